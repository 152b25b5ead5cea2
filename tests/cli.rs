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
    command.current_dir(folder).env_remove("NO_COLOR").env_remove("CLICOLOR_FORCE");
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
        &["check", "--profile", "missing.yaml", "right.md"],
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
    assert!(output.stderr.contains("no guide and no connector configuration"), "{}", output.stderr);
    assert_eq!(run(&files, &["check", "--allow-empty"]).code, 0);
}

#[test]
fn fail_on_moves_the_bar() {
    let unused = "<!-- connlint-ignore guide/table-not-rendered: mended long ago -->";
    let files = folder(&[("a.md", &right().replace("These are", &format!("{unused}\nThese are")))]);
    assert_eq!(run(&files, &["check"]).code, 0);
    assert_eq!(run(&files, &["check", "--fail-on", "warning"]).code, 1);
    assert_eq!(run(&files, &["check", "--fail-on", "warning", "--severity", "error"]).code, 0);
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
    let schema: Value = serde_json::from_str(include_str!("../schemas/report.schema.json")).unwrap();
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
    assert!(output.stdout.contains("[docs/acme.md:36:1]"), "{}", output.stdout);
    let output = run_with(&files, &["check", "-"], &right());
    assert_eq!((output.code, output.stdout.as_str()), (0, "no findings in 1 file\n"));
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
    assert_eq!((output.code, output.stdout.as_str()), (0, "no findings in 1 file\n"));
    assert_eq!(output.stderr, "applied 1 fix in 1 file\n");
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
    let files = folder(&[("a.md", &first), ("b.md", &right())]);
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
fn standard_input_cannot_be_mended() {
    let output = run_with(&folder(&[]), &["check", "--fix", "-"], WRONG);
    assert_eq!(output.code, 2);
    assert!(output.stderr.contains("standard input"), "{}", output.stderr);
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

#[test]
fn explain_prints_the_page_and_helps_with_names() {
    let files = folder(&[]);
    let page = run(&files, &["explain", "guide/table-not-rendered"]);
    assert_eq!(page.code, 0);
    assert_eq!(page.stdout, include_str!("../docs/rules/guide/table-not-rendered.md"));
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
    assert_eq!(rows.len(), connlint::rules::RULES.len());
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

#[test]
fn completions_and_manual_pages_know_what_the_help_knows() {
    let folder = tempfile::tempdir().unwrap();
    let shells = ["bash", "elvish", "fish", "powershell", "zsh"];
    for shell in shells {
        let script = run(&folder, &["completions", shell]).stdout;
        for word in ["inspect", "completions", "new-since"] {
            assert!(script.contains(word), "{shell} does not complete `{word}`");
        }
    }
    let page = run(&folder, &["man"]).stdout;
    assert!(page.starts_with(".ie") && page.contains("connlint\\-check"), "{page}");
    let path = folder.path().to_str().unwrap();
    assert_eq!(run(&folder, &["man", "--output", path]).code, 0);
    let page = std::fs::read_to_string(folder.path().join("connlint-check.1")).unwrap();
    assert!(page.contains("\\-\\-new\\-since"), "{page}");
}
