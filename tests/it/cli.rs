//! The command line: exit codes, standard input, formats, fixes on disk, help.

#![allow(clippy::disallowed_methods, reason = "the tests write the files to be checked")]

use std::path::Path;

use assert_cmd::Command;
use serde_json::Value;
use tempfile::TempDir;

/// A page with one error (a table that is not rendered) and nothing else.
const WRONG: &str = "---
title: Acme Authentication
sidebar: cyclr_sidebar
permalink: acme-connector
tags: [connector]
---
{::options parse_block_html=\"true\" /}
<section class=\"card\">

## Acme setup

To get an API key, open **Settings** in Acme and select **Create key**.

</section>
<section class=\"card\">

## Cyclr setup

To set up the Acme connector in Cyclr, go to your Cyclr console:

1. Go to **Connectors** > **Application Connector Library**.

2. Use the search box to find the Acme connector.

3. Select the **Setup Required** icon.

4. Enter the below values:

   | **Value**   | **Description**        |
   | :---------- | :--------------------- |
   | **API Key** | The API key from Acme. |

5. Select **Save Changes**.

These are the limits:
| Plan | Requests a minute |
| :--- | :---------------- |
| Free | 10                |

</section>
";

/// What the safe fixes make of it.
fn right() -> String {
    WRONG.replace("limits:\n|", "limits:\n\n|")
}

fn connlint(folder: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_connlint"));
    command.current_dir(folder).env_remove("NO_COLOR").env_remove("CLICOLOR_FORCE").env_remove("FORCE_HYPERLINK");
    command
}

/// A folder with files: name and text.
fn folder(files: &[(&str, &str)]) -> TempDir {
    let folder = TempDir::new().expect("a folder");
    for (name, text) in files {
        std::fs::write(folder.path().join(name), text).expect("a file");
    }
    folder
}

struct Output {
    code: i32,
    stdout: String,
    stderr: String,
}

fn run(folder: &TempDir, arguments: &[&str]) -> Output {
    run_with(folder, arguments, "")
}

fn run_with(folder: &TempDir, arguments: &[&str], stdin: &str) -> Output {
    let output = connlint(folder.path()).args(arguments).write_stdin(stdin).output().expect("it runs");
    Output {
        code: output.status.code().expect("an exit code"),
        stdout: String::from_utf8(output.stdout).expect("UTF-8"),
        stderr: String::from_utf8(output.stderr).expect("UTF-8"),
    }
}

fn read(folder: &TempDir, name: &str) -> String {
    std::fs::read_to_string(folder.path().join(name)).expect("the file is there")
}

/// The report on a right guide that has no site around it.
const UNCHECKED: &str = "Checked 1 file: no findings.\nLinks to other pages were not checked: no site root found.\n";

#[test]
fn exit_codes_tell_clean_findings_and_failure_apart() {
    let files = folder(&[("wrong.md", WRONG), ("right.md", &right().replace("acme-", "acme-two-"))]);
    assert_eq!(run(&files, &["check", "right.md"]).code, 0);
    assert_eq!(run(&files, &["check", "wrong.md"]).code, 1);
    assert_eq!(run(&files, &["check", "wrong.md", "right.md"]).code, 1);
    for wrong in [
        &["check", "missing.md"][..],
        &["check", "wrong.md", "missing.md"],
        &["check", "--severity", "loud"],
        &["check", "--pack", "missing.yaml", "right.md"],
        &["explain", "guide/no-such-rule"],
        &["no-such-command"],
        &[],
    ] {
        let output = run(&files, wrong);
        assert_eq!(output.code, 2, "{wrong:?}");
        assert!(!output.stderr.is_empty(), "{wrong:?} fails without a word");
        assert_eq!(output.stdout, "", "{wrong:?}");
    }
}

#[test]
fn nothing_to_check_is_no_success() {
    let files = folder(&[("notes.txt", "nothing for us")]);
    let output = run(&files, &["check"]);
    assert_eq!(output.code, 2);
    assert!(output.stderr.contains("no guide or connector configuration"), "{}", output.stderr);
    assert_eq!(run(&files, &["check", "--allow-empty"]).code, 0);
}

/// What each kind of file becomes when a hook names it.
#[test]
fn named_files_are_treated_like_found_ones() {
    let config = "Connector: acme-connector\nAuthType: Bsaic\n";
    let files = folder(&[
        ("README.md", "# Acme\n\n## Acme\n"),
        ("compose.yaml", "services: {}\n"),
        ("package.json", "{}"),
        ("notes.txt", WRONG),
        ("a.connector.jsonc", "{}"),
        ("wrong.MD", WRONG),
        ("acme.connector.YAML", config),
    ]);
    let others = ["README.md", "compose.yaml", "package.json", "notes.txt", "a.connector.jsonc"];
    let output = run(&files, &[&["check", "--allow-empty"], &others[..]].concat());
    assert_eq!((output.code, output.stdout.as_str()), (0, "Checked 0 files: no findings.\n"));
    assert_eq!(output.stderr, "skipped 5 files: not a guide or configuration\n");
    let output = run(&files, &[&["check", "--allow-empty", "--verbose", "--force-exclude"], &others[..]].concat());
    assert!(output.stderr.contains("\n  compose.yaml\n"), "{}", output.stderr);
    let output = run(&files, &[&["check"], &others[..]].concat());
    assert_eq!(output.code, 2);
    assert!(output.stderr.contains("use `--kind`"), "{}", output.stderr);
    for (kind, name, rule) in [
        ("guide", "README.md", "guide/front-matter"),
        ("guide", "notes.txt", "guide/table-not-rendered"),
        ("config", "compose.yaml", "config/unknown-shape"),
    ] {
        let output = run(&files, &["check", "--severity", "info", "--kind", kind, name]);
        assert!(output.stdout.contains(rule), "{name}: {}{}", output.stdout, output.stderr);
    }
    let named = run(&files, &[&["check", "wrong.MD", "acme.connector.YAML"], &others[..]].concat());
    assert_eq!(named.code, 1);
    assert_eq!(named.stdout, run(&files, &["check", "."]).stdout);
}

#[test]
fn standard_input_is_what_its_name_or_arguments_say() {
    let files = folder(&[("a.md", WRONG)]);
    let output = run_with(&files, &["check", "--stdin-filename", "README.md", "--allow-empty"], "# Acme\n");
    assert_eq!((output.code, output.stdout.as_str()), (0, "Checked 0 files: no findings.\n"));
    assert_eq!(run_with(&files, &["check", "--stdin-filename", "b.md", "a.md"], WRONG).code, 2);
    for (arguments, text) in [
        (&["--shape", "native"][..], "Connector: acme-connector\nAuthType: Bsaic\n"),
        (&["--kind", "config"], "{\"Connector\": \"acme-connector\", \"AuthType\": \"Bsaic\"}"),
    ] {
        let output = run_with(&files, &[&["check", "-"], arguments].concat(), text);
        assert!(output.stdout.contains("config/invalid-value"), "{}", output.stdout);
    }
}

#[test]
fn fail_on_moves_the_bar() {
    let unused = "<!-- connlint-ignore guide/table-not-rendered: mended long ago -->";
    let files =
        folder(&[("_config.yml", ""), ("a.md", &right().replace("These are", &format!("{unused}\nThese are")))]);
    assert_eq!(run(&files, &["check"]).code, 0);
    assert_eq!(run(&files, &["check", "--fail-on", "warning"]).code, 1);
    let shown = run(&files, &["check", "--fail-on", "warning", "--severity", "error"]);
    assert!(shown.code == 1 && shown.stdout.contains("ignore/unused"), "what fails is shown: {}", shown.stdout);
}

#[test]
fn text_shows_the_place() {
    let files = folder(&[("wrong.md", WRONG)]);
    let output = run(&files, &["check", "wrong.md"]);
    insta::assert_snapshot!(output.stdout);
    assert_eq!(output.stderr, "");
}

#[test]
fn json_follows_its_schema() {
    let schema: Value = serde_json::from_str(include_str!("../../schemas/report.schema.json")).unwrap();
    let validator = jsonschema::validator_for(&schema).unwrap();
    let files = folder(&[("wrong.md", WRONG), ("broken.connector.yaml", "Connector: [")]);
    let named = ["check", "--format", "json", "--severity", "info", "wrong.md", "broken.connector.yaml"];
    let output = run(&files, &named);
    let report: Value = serde_json::from_str(&output.stdout).unwrap();
    let errors: Vec<String> = validator.iter_errors(&report).map(|error| error.to_string()).collect();
    assert!(errors.is_empty(), "{errors:#?}");
    assert_eq!(report["summary"]["files"], 2);
}

#[test]
fn standard_input_is_checked_under_a_name() {
    let files = folder(&[]);
    let output = run_with(&files, &["check", "-", "--stdin-filename", "docs/acme.md"], WRONG);
    assert_eq!(output.code, 1);
    assert!(output.stdout.contains("--> docs/acme.md:36:1\n"), "{}", output.stdout);
    let output = run_with(&files, &["check", "-"], &right());
    assert_eq!((output.code, output.stdout.as_str()), (0, UNCHECKED));
}

#[test]
fn colours_obey_the_argument_and_no_color() {
    let files = folder(&[("wrong.md", WRONG)]);
    let colored = |arguments: &[&str]| run(&files, arguments).stdout.contains('\u{1b}');
    assert!(!colored(&["check"]));
    assert!(colored(&["check", "--color", "always"]));
    assert!(!colored(&["check", "--color", "never"]));
}

#[test]
fn the_number_of_threads_does_not_show() {
    let names: Vec<String> = (0..40).map(|number| format!("page{number}.md")).collect();
    let pages: Vec<(&str, &str)> = names.iter().map(|name| (name.as_str(), WRONG)).collect();
    let files = folder(&pages);
    let with = |threads: &str| {
        let output = connlint(files.path()).args(["check"]).env("RAYON_NUM_THREADS", threads).output().unwrap();
        String::from_utf8(output.stdout).unwrap()
    };
    assert_eq!(with("1"), with("7"));
}

#[test]
fn fix_mends_and_reports_what_is_left() {
    let files = folder(&[("wrong.md", WRONG)]);
    let output = run(&files, &["check", "--fix"]);
    assert_eq!((output.code, output.stdout.as_str()), (0, UNCHECKED));
    assert_eq!(output.stderr, "Fixed 1 problem in 1 file:\n  1  guide/table-not-rendered  1 file\n");
    assert_eq!(read(&files, "wrong.md"), right());
    let again = run(&files, &["check", "--fix"]);
    assert_eq!((again.code, again.stderr.as_str()), (0, ""));
}

#[test]
fn fix_only_reports_nothing() {
    let files = folder(&[("wrong.md", WRONG)]);
    let output = run(&files, &["check", "--fix-only"]);
    assert_eq!((output.code, output.stdout.as_str()), (0, ""));
    assert_eq!(read(&files, "wrong.md"), right());
}

#[test]
fn diff_writes_nothing() {
    let files = folder(&[("wrong.md", WRONG)]);
    let output = run(&files, &["check", "--fix", "--diff"]);
    insta::assert_snapshot!(output.stdout);
    assert_eq!(output.code, 1);
    assert_eq!(read(&files, "wrong.md"), WRONG);
    let piped = run_with(&files, &["check", "--diff", "-"], &right());
    assert_eq!((piped.code, piped.stdout.as_str()), (0, ""));
}

#[test]
fn diff_shows_control_characters_and_obeys_none() {
    let files = folder(&[("wrong.md", &WRONG.replace("These are", "\u{1b}[2J\u{9b}1m\u{202e}These are\r"))]);
    let out = run(&files, &["check", "--diff"]).stdout;
    assert!(out.contains("\u{241b}[2J"), "{out}");
    let steers = |character: char| (character.is_control() && character != '\n') || character == '\u{202e}';
    assert!(!out.contains(steers), "{out:?}");
}

#[test]
fn the_other_file_of_a_finding_is_shown_without_its_secrets() {
    // Put together here, so that nobody takes it for a real one.
    let token = ["AKIA", "Q7TZ3MNB5RWX2KLD"].concat();
    let first = right().replace("tags: [connector]", &format!("tags: [connector]\nowner: {token}"));
    let first = first.replace("permalink: acme-connector", &format!("permalink: acme-connector # {token}"));
    let files = folder(&[("_config.yml", ""), ("a.md", &first), ("b.md", &right())]);
    for format in ["text", "narrated", "json", "jsonl", "sarif", "rdjson"] {
        let out = run(&files, &["check", "--format", format, "--severity", "info"]).stdout;
        assert!(out.contains("guide/permalink-duplicate"), "{out}");
        assert!(!out.contains(&token), "{format}: {out}");
    }
}

#[test]
fn line_endings_and_a_missing_last_one_stay() {
    let crlf = WRONG.trim_end().replace('\n', "\r\n");
    let files = folder(&[("wrong.md", &crlf)]);
    assert_eq!(run(&files, &["check", "--fix"]).code, 0);
    assert_eq!(read(&files, "wrong.md"), right().trim_end().replace('\n', "\r\n"));
}

#[test]
fn standard_input_is_fixed_to_standard_output() {
    let files = folder(&[("other.md", WRONG)]);
    let fixed = run_with(&files, &["check", "--fix", "-", "--stdin-filename", "docs/acme.md"], WRONG);
    assert_eq!((fixed.code, fixed.stdout), (0, right()), "{}", fixed.stderr);
    assert!(fixed.stderr.starts_with("Fixed 1 problem in 1 file:\n") && fixed.stderr.contains("no findings"));
    let again = run_with(&files, &["check", "--fix-only", "-"], &right());
    assert_eq!((again.code, again.stdout, again.stderr.as_str()), (0, right(), ""));
    let left = run_with(&files, &["check", "--fix", "--unfixable", "guide", "-"], WRONG);
    assert_eq!((left.code, left.stdout.as_str()), (1, WRONG));
    assert!(left.stderr.contains("error[guide/table-not-rendered]"), "{}", left.stderr);
    // A text that is not checked comes back, too: it replaces what is in the editor.
    let other = run_with(&files, &["check", "--fix", "--allow-empty", "--stdin-filename", "a.md", "-"], "# Any\n");
    assert_eq!((other.code, other.stdout.as_str()), (0, "# Any\n"), "{}", other.stderr);
    let mixed = run_with(&files, &["check", "--fix", "-", "other.md"], WRONG);
    assert!(mixed.code == 2 && mixed.stdout.is_empty() && mixed.stderr.contains("standard input only"));
    assert_eq!(read(&files, "other.md"), WRONG);
}

#[test]
fn a_file_that_is_no_text_has_one_finding() {
    // A picture's first bytes, more of the kind, and a page as some editors save it (UTF-16).
    let picture: Vec<u8> =
        b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR".iter().copied().chain((0..=255).cycle().take(4000)).collect();
    let wide: Vec<u8> = WRONG.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let marked: Vec<u8> = [0xff, 0xfe].into_iter().chain(wide.iter().copied()).collect();
    for (bytes, told) in [(picture, "NUL byte"), (wide, "UTF-16"), (marked, "UTF-16")] {
        let files = folder(&[]);
        let files_of = [("guide", "a.md", "guide/encoding-invalid"), ("config", "a.yaml", "config/syntax")];
        for (kind, name, rule) in files_of.into_iter().chain([("config", "a.json", "config/syntax")]) {
            std::fs::write(files.path().join(name), &bytes).expect("the file can be written");
            let output = run(&files, &["check", "--severity", "info", "--format", "concise", "--kind", kind, name]);
            let findings: Vec<&str> = output.stdout.lines().filter(|line| line.contains(name)).collect();
            assert_eq!((output.code, findings.len()), (1, 1), "{}", output.stdout);
            assert!(findings[0].contains(rule) && findings[0].contains(told), "{}", output.stdout);
        }
    }
}

#[test]
fn bytes_that_are_no_text_are_never_rewritten() {
    let mut bytes = WRONG.as_bytes().to_vec();
    bytes.extend(b"\xff\xfe\n");
    let files = folder(&[]);
    std::fs::write(files.path().join("wrong.md"), &bytes).unwrap();
    run(&files, &["check", "--fix"]);
    assert_eq!(std::fs::read(files.path().join("wrong.md")).unwrap(), bytes);
}

#[cfg(unix)]
#[test]
fn permissions_and_links_stay() {
    use std::os::unix::fs::PermissionsExt;

    let files = folder(&[("wrong.md", WRONG)]);
    let path = files.path().join("wrong.md");
    std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o640)).unwrap();
    let link = files.path().join("link.md");
    std::os::unix::fs::symlink("wrong.md", &link).unwrap();
    assert_eq!(run(&files, &["check", "--fix", "link.md"]).code, 0);
    assert_eq!(read(&files, "wrong.md"), right());
    assert!(link.symlink_metadata().unwrap().is_symlink());
    assert_eq!(path.metadata().unwrap().permissions().mode() & 0o777, 0o640);
    let left: Vec<_> = std::fs::read_dir(files.path()).unwrap().collect();
    assert_eq!(left.len(), 2, "nothing is left beside the files");
}

#[cfg(unix)]
#[test]
fn reports_never_replace_what_is_read() {
    let files =
        folder(&[("wrong.md", WRONG), ("a.connector.yaml", "Connector: acme-connector\n"), ("connlint.toml", "")]);
    std::os::unix::fs::symlink("wrong.md", files.path().join("link.txt")).unwrap();
    std::fs::hard_link(files.path().join("wrong.md"), files.path().join("hard.txt")).unwrap();
    for target in ["wrong.md", "./wrong.md", "link.txt", "hard.txt", "a.connector.yaml", "connlint.toml"] {
        for arguments in [
            &["check", ".", "--output", target][..],
            &["check", ".", "--format", &format!("sarif:{target}")],
            &["check", ".", "--fix", "--output", target],
            &["check", ".", "--write-baseline", "--baseline", target],
        ] {
            let output = run(&files, arguments);
            assert_eq!(output.code, 2, "{arguments:?}: {}", output.stdout);
            assert_eq!(read(&files, "wrong.md"), WRONG, "{arguments:?}");
        }
    }
    for _ in 0..2 {
        let output = run(&files, &["check", ".", "--format", "json:out.json", "--format", "markdown:out.md"]);
        assert_eq!(output.code, 1, "an earlier report is replaced: {}", output.stderr);
    }
}

/// A log is read by the service that runs the job.
#[test]
fn nothing_in_a_file_is_a_command_to_a_service() {
    let commands = "##vso[task.setvariable variable=a]b ##[add-mask]c ##teamcity[message text='d']";
    let files = folder(&[("wrong.md", &WRONG.replace("| Plan ", &format!("| {commands} ")))]);
    let name = "::error::x.connector.yaml";
    std::fs::write(files.path().join(name), "Connector: acme-connector\nAuthType: Bsaic\n").unwrap();
    for format in
        ["text", "narrated", "concise", "json", "jsonl", "sarif", "rdjson", "gitlab", "github", "azure", "markdown"]
            .into_iter()
            .chain(["checkstyle", "junit"])
    {
        let out = run(&files, &["check", ".", "--severity", "info", "--format", format]).stdout;
        let obeyed = |line: &str| {
            // The commands that are the report.
            let line = match format {
                "azure" => line.trim_start_matches("##vso[task.logissue "),
                "github" => line.trim_start_matches("::"),
                _ => line,
            };
            ["##vso[", "##[", "##teamcity["].iter().any(|command| line.contains(command))
                || line.trim_start().starts_with("::")
        };
        assert!(!out.lines().any(obeyed), "{format}: {out}");
    }
    let diff = run(&files, &["check", "--diff", "."]).stdout;
    assert!(!diff.contains("##["), "{diff}");
    for arguments in [&["check", "\u{1b}[2J##vso[x]"][..], &["check", "--\u{1b}[2J"], &["explain", "\u{1b}[2J"]] {
        let output = run(&files, arguments);
        assert!(output.code == 2 && !output.stderr.contains(['\u{1b}', '\u{9b}']), "{}", output.stderr);
        assert!(!output.stderr.contains("##vso["), "{}", output.stderr);
    }
    let page = WRONG.replace("## Acme setup", "## Acme \u{1b}[2J\u{9b}setup");
    std::fs::write(files.path().join("wrong.md"), page).unwrap();
    let tree = run(&files, &["inspect", "wrong.md"]).stdout;
    assert!(!tree.contains(['\u{1b}', '\u{9b}']), "{tree}");
}

#[test]
fn explain_prints_the_page_and_helps_with_names() {
    let files = folder(&[]);
    let page = run(&files, &["explain", "guide/table-not-rendered"]);
    assert_eq!(page.code, 0);
    assert_eq!(page.stdout, include_str!("../../docs/rules/guide/table-not-rendered.md"));
    assert_eq!(run(&files, &["explain", "table-not-rendered"]).stdout, page.stdout);
    let unknown = run(&files, &["explain", "guide/table-not-renderd"]);
    assert!(unknown.stderr.contains("did you mean `guide/table-not-rendered`?"), "{}", unknown.stderr);
}

#[test]
fn rules_lists_every_rule() {
    let files = folder(&[]);
    let text = run(&files, &["rules"]).stdout;
    let json: Value = serde_json::from_str(&run(&files, &["rules", "--format", "json"]).stdout).unwrap();
    let rows = json.as_array().unwrap();
    assert_eq!(rows.len(), connlint::testing::rules::RULES.len());
    assert_eq!(text.lines().count(), rows.len());
}

#[test]
fn help_is_as_reviewed() {
    let files = folder(&[]);
    insta::assert_snapshot!("help", run(&files, &["--help"]).stdout);
    insta::assert_snapshot!("help_check", run(&files, &["check", "--help"]).stdout);
    insta::assert_snapshot!("help_new_config", run(&files, &["new", "config", "--help"]).stdout);
    insta::assert_snapshot!("help_schema", run(&files, &["schema", "--help"]).stdout);
}

/// The commands that the help of a command lists, with the words that lead to them.
fn commands(folder: &TempDir, words: &[String]) -> Vec<Vec<String>> {
    let mut all = vec![words.to_vec()];
    let help = help_of(folder, words);
    let listed = help.split_once("\nCommands:\n").map_or("", |(_, rest)| rest.split("\n\n").next().unwrap_or_default());
    let names = listed.lines().filter_map(|line| line.strip_prefix("  ").filter(|name| !name.starts_with(' ')));
    for name in names.filter_map(|line| line.split(' ').next()).filter(|name| *name != "help") {
        all.extend(commands(folder, &[words, &[name.to_owned()]].concat()));
    }
    all
}

fn help_of(folder: &TempDir, words: &[String]) -> String {
    let arguments: Vec<&str> = words.iter().map(String::as_str).chain(["--help"]).collect();
    let output = run(folder, &arguments);
    assert_eq!(output.code, 0, "{words:?}");
    output.stdout
}

/// The long options that a help explains.
fn options(help: &str) -> impl Iterator<Item = &str> {
    let explained = help.lines().filter(|line| line.trim_start().starts_with('-'));
    explained.filter_map(|line| line.split("--").nth(1)?.split([' ', '[']).next())
}

#[test]
fn completions_and_manual_pages_know_what_the_help_knows() {
    let folder = tempfile::tempdir().unwrap();
    let scripts = ["bash", "elvish", "fish", "powershell", "zsh"]
        .map(|shell| (shell, run(&folder, &["completions", shell]).stdout));
    let path = folder.path().to_str().unwrap();
    assert_eq!(run(&folder, &["man", "--output", path]).code, 0);
    let all = commands(&folder, &[]);
    assert!(all.len() > 15, "{all:?}");
    for words in &all {
        let page = format!("{}.1", [&["connlint".to_owned()], words.as_slice()].concat().join("-"));
        let page = read(&folder, &page).replace("\\-", "-");
        for option in options(&help_of(&folder, words)) {
            assert!(page.contains(&format!("--{option}")), "the page of {words:?} does not know `--{option}`");
            for (shell, script) in &scripts {
                // fish names long options without their hyphens.
                let known = script.contains(&format!("--{option}")) || script.contains(&format!(" -l {option}"));
                assert!(known, "{shell} does not complete `--{option}` of {words:?}");
            }
        }
        for (shell, script) in &scripts {
            assert!(words.iter().all(|word| script.contains(word.as_str())), "{shell} does not complete {words:?}");
        }
    }
    for (shell, script) in scripts {
        if matches!(shell, "bash" | "fish" | "zsh") {
            for value in ["guide/table-not-rendered", "jsonl"] {
                assert!(script.contains(value), "{shell} does not offer `{value}`");
            }
        }
        assert!(shell != "zsh" || script.contains(":FORMAT:(") && !script.contains("FORMAT["), "{script}");
    }
    let page = run(&folder, &["man"]).stdout;
    assert!(page.starts_with(".ie") && page.contains("connlint\\-check"), "{page}");
}

#[test]
fn the_examples_in_the_help_work() {
    let files = folder(&[("guide.md", &right())]);
    std::fs::create_dir(files.path().join("docs")).unwrap();
    std::fs::create_dir(files.path().join("man1")).unwrap();
    std::fs::write(files.path().join("docs/guide.md"), right()).unwrap();
    std::fs::write(files.path().join("acme.connector.yaml"), "Connector: acme-connector\n").unwrap();
    let mut seen = 0;
    for words in commands(&files, &[]) {
        let help = help_of(&files, &words);
        let Some((_, examples)) = help.split_once("\nExamples:\n") else {
            assert!(words.len() != 1, "{words:?} has no examples");
            continue;
        };
        for example in examples.lines().take_while(|line| !line.is_empty()) {
            let (command, _) = example.trim().split_once("  ").unwrap_or((example.trim(), ""));
            let command = command.split(['|', '>']).next().unwrap_or_default();
            let arguments: Vec<&str> = command.split_whitespace().skip(1).collect();
            if arguments.contains(&"--watch") {
                continue;
            }
            let output = run(&files, &arguments);
            assert!(output.code < 2, "`{command}`: {}", output.stderr);
            seen += 1;
        }
    }
    assert!(seen > 15, "{seen}");
}

#[test]
fn quiet_says_nothing_but_findings() {
    let files = folder(&[("right.md", &right())]);
    let output = run(&files, &["check", "--quiet"]);
    assert_eq!((output.code, output.stdout.as_str(), output.stderr.as_str()), (0, "", ""));
    let files = folder(&[("wrong.md", WRONG)]);
    let output = run(&files, &["check", "-q"]);
    assert!(output.stdout.starts_with("error[") && !output.stdout.contains("1 error"), "{}", output.stdout);
    let output = run(&files, &["check", "-q", "--fix"]);
    assert_eq!((output.code, output.stdout.as_str(), output.stderr.as_str()), (0, "", ""));
}

#[test]
fn verbose_says_what_is_used_beside_the_report() {
    let files = folder(&[("right.md", &right()), ("connlint.toml", "fail-on = \"warning\"\n")]);
    let output = run(&files, &["check", "--verbose"]);
    assert_eq!(output.stdout, "Checked 1 file: no findings.\n");
    assert!(output.stderr.starts_with("settings: connlint.toml\npack: built-in\nbaseline: none\nchecked 1 file in "));
}

#[test]
fn statistics_stand_in_place_of_the_findings() {
    let files = folder(&[("wrong.md", WRONG)]);
    let output = run(&files, &["check", "--statistics"]);
    assert_eq!(output.code, 1);
    let table = "errors  warnings  infos  files  fixable  rule\n     1         ·      ·      1        1  guide/table-not-rendered\n";
    assert!(output.stdout.starts_with(&format!("{table}\nFound 1 error ")), "{}", output.stdout);
    let output = run(&files, &["check", "--statistics", "--quiet"]);
    assert_eq!(output.stdout, table);
    let output = run(&files, &["check", "--statistics", "--quiet", "--format", "markdown"]);
    assert!(output.stdout.ends_with("\n| `guide/table-not-rendered` | 1 | 0 | 0 | 1 | 1 |\n"), "{}", output.stdout);
    for flag in ["--diff", "--fix-only"] {
        let output = run(&files, &["check", "--statistics", flag]);
        assert!(output.code == 2 && output.stderr.contains("cannot be used with"), "{}", output.stderr);
    }
    let output = run(&files, &["check", "--statistics", "--format", "json"]);
    let rules: Value = serde_json::from_str(&output.stdout).unwrap();
    assert_eq!(rules[0]["rule"], "guide/table-not-rendered");
    assert_eq!(run(&files, &["check", "--statistics", "--format", "sarif"]).code, 2);
}
