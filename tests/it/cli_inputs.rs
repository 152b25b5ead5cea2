//! What the command line is given: the same file is checked in the same way, however it is named.

#![allow(
    clippy::unwrap_used,
    clippy::disallowed_methods,
    reason = "a test writes the files to be checked and may panic"
)]

use std::path::Path;

use assert_cmd::Command;
use serde_json::Value;
use tempfile::TempDir;

use crate::support::folder::write;

fn folder(files: &[(&str, &str)]) -> TempDir {
    let folder = TempDir::new().unwrap();
    for (name, text) in files {
        write(folder.path(), name, text);
    }
    folder
}

/// Exit code, standard output and standard error.
fn run(folder: &Path, arguments: &[&str], stdin: &str) -> (Option<i32>, String, String) {
    let mut command = Command::cargo_bin("connlint").unwrap();
    let output = command.current_dir(folder).args(arguments).write_stdin(stdin).output().unwrap();
    let [out, err] = [output.stdout, output.stderr].map(|bytes| String::from_utf8_lossy(&bytes).into_owned());
    (output.status.code(), out, err)
}

/// The findings in a file, as rule and line.
fn found(report: &str, file: &str) -> Vec<(String, u64)> {
    let report: Value = serde_json::from_str(report).unwrap();
    let all = report["diagnostics"].as_array().unwrap().iter();
    let of_file = all.filter(|one| one["file"].as_str().is_some_and(|path| path.ends_with(file)));
    of_file
        .map(|one| (one["rule"].as_str().unwrap().to_owned(), one["span"]["start"]["line"].as_u64().unwrap()))
        .collect()
}

#[test]
fn a_file_of_a_pack_is_the_same_however_it_is_named() {
    let text = "# A\n\nText of of it.\n";
    for ending in ["md", "mdx"] {
        let dialect = if ending == "md" { "gfm" } else { "mdx" };
        for glob in
            ["**/docs/{name}", "**/{name}", "{site}/docs/{name}", "one/**/{name}", "one/docs/{name}", "*/docs/{name}"]
        {
            let pack = format!(
                "pack: acme\ndialect: {dialect}\nfiles: {{ guide: {{ glob: \"{glob}.{ending}\", read: page }} }}\n\
                 connector: {{ key: [name], files: [guide] }}\npage: {{ title: {{ from: heading }} }}\n"
            );
            let file = format!("one/docs/a.{ending}");
            let folder = folder(&[("pack.yaml", &pack), (&file, text), (&format!("two/docs/b.{ending}"), text)]);
            let check = |rest: &[&str]| {
                let arguments = [&["check", "--format", "json", "--pack", "pack.yaml"], rest].concat();
                found(&run(folder.path(), &arguments, text).1, &file)
            };
            let expected = [("guide/doubled-word".to_owned(), 3)];
            for given in [".", "one", "one/docs", &file] {
                assert_eq!(check(&[given]), expected, "{glob} {given}");
            }
            assert_eq!(check(&["--stdin-filename", &file, "-"]), expected, "{glob} stdin");
        }
    }
}

#[cfg(unix)]
#[test]
fn settings_that_are_a_link_show_nothing_of_another_file() {
    let folder = folder(&[(".env", "WORD=zqprivate\n"), ("site/.env", "WORD=zqprivate\n"), ("site/a.md", "# A\n")]);
    let link = folder.path().join("site/connlint.toml");
    for target in ["../.env", ".env"] {
        std::os::unix::fs::symlink(target, &link).unwrap();
        for command in ["check", "settings"] {
            let (code, out, err) = run(folder.path(), &[command, "site"], "");
            assert_eq!(code, Some(2), "{command} {target}: {out}{err}");
            assert!(!format!("{out}{err}").contains("zqprivate"), "{command} {target}: {out}{err}");
        }
        std::fs::remove_file(&link).unwrap();
    }
    // A link to settings of the same repository is used.
    write(folder.path(), "shared.toml", "severity = \"info\"\n");
    std::fs::create_dir(folder.path().join(".git")).unwrap();
    std::os::unix::fs::symlink("../shared.toml", &link).unwrap();
    assert!(run(folder.path(), &["settings", "site"], "").1.contains("severity = \"info\"  # site/connlint.toml:1"));
}

#[test]
fn tokens_are_masked_in_lists() {
    let token = format!("ghp_{}", "16C7e42F292c6912E7710c838347Ae178B4a");
    let settings = format!("[terminology]\n\"{token}\" = \"x\"\n");
    let folder = folder(&[("connlint.toml", &settings), (&format!("{token}.connector.yaml"), "Connector: acme\n")]);
    for arguments in [&["settings"][..], &["settings", "--format", "json"], &["check", "--show-files", "."]] {
        let (code, out, err) = run(folder.path(), arguments, "");
        assert_eq!(code, Some(0), "{arguments:?}: {err}");
        assert!(!out.is_empty() && !out.contains(&token), "{arguments:?}: {out}");
    }
}

#[test]
fn of_a_site_whose_configuration_cannot_be_read_no_link_is_checked() {
    let guide =
        "---\ntitle: A\npermalink: a-connector\ntags: [connector]\n---\n\n[x](p/docs/nowhere/) [y](/p/b-connector)\n";
    for (config, is_read) in [("baseurl: /p\n", true), ("baseurl: /p\na: [\n", false), ("\0b\0a\0", false)] {
        let folder = folder(&[("_config.yml", config), ("docs/a.md", guide)]);
        let (_, out, err) = run(folder.path(), &["check", "."], "");
        assert_eq!(out.contains("guide/link-broken"), is_read, "{config}: {out}");
        let cause = "Links to other pages were not checked: `_config.yml` cannot be read (line ";
        assert_eq!(out.contains(cause), !is_read, "{config}: {out}{err}");
    }
}

#[test]
fn a_guide_in_another_encoding_is_found_in_its_folder() {
    let guide = |name: &str, text: &str| {
        format!("---\ntitle: A\npermalink: {name}-connector\ntags: [connector]\n---\n\n{text}\n")
    };
    let folder = folder(&[("_config.yml", ""), ("docs/b.md", &guide("b", "[a](a-connector) and [c](c-connector)"))]);
    let text = guide("a", "Text of of it \u{20ac}\u{4e2d}.");
    for (mark, is_little) in [(&[0xFF, 0xFE][..], true), (&[0xFE, 0xFF], false), (&[], true)] {
        let units =
            text.encode_utf16().flat_map(|unit| if is_little { unit.to_le_bytes() } else { unit.to_be_bytes() });
        std::fs::write(folder.path().join("docs/a.md"), mark.iter().copied().chain(units).collect::<Vec<u8>>())
            .unwrap();
        for given in [&["."][..], &["docs/a.md", "docs/b.md"]] {
            let select = ["--select", "guide/link-broken", "--select", "guide/encoding-invalid"];
            let (_, out, err) = run(folder.path(), &[&["check", "--format", "json"], &select[..], given].concat(), "");
            assert_eq!(found(&out, "a.md"), [("guide/encoding-invalid".to_owned(), 1)], "{out}{err}");
            assert_eq!(found(&out, "b.md"), [("guide/link-broken".to_owned(), 7)], "{out}{err}");
        }
    }
}

const CONFIGURATION: &str = "Connector: acme\nAuthType: Wrong\n";

#[test]
fn reports_are_not_written_where_later_runs_read() {
    for name in ["connlint.toml", "connlint-baseline.json", "_config.yml", "docs/connlint.toml"] {
        let folder = folder(&[("a.connector.yaml", CONFIGURATION), ("docs/b.txt", "")]);
        let (code, _, err) = run(folder.path(), &["check", "--format", "json", "--output", name, "."], "");
        assert_eq!(code, Some(2), "{name}: {err}");
        assert!(err.contains("later runs read it") && !folder.path().join(name).exists(), "{name}: {err}");
    }
}

#[test]
fn a_configuration_has_no_contract() {
    let folder = folder(&[("a.connector.yaml", CONFIGURATION)]);
    let (code, out, err) = run(folder.path(), &["contract", "a.connector.yaml"], "");
    assert_eq!((code, out.as_str()), (Some(2), ""));
    assert!(err.contains("`a.connector.yaml` is not a guide"), "{err}");
}

#[test]
fn names_are_transliterated_in_a_permalink() {
    let folder = folder(&[]);
    let cases = [
        ("Gr\u{f6}\u{df}enwerk", "groessenwerk"),
        ("\u{141}\u{105}kowo", "lakowo"),
        ("Cr\u{e8}me & Co", "creme-co"),
        ("Cre\u{300}me", "creme"),
        ("\u{dc}n\u{ef}c\u{f6}d\u{e9}", "uenicoede"),
        ("Acme\u{2014}Two", "acme-two"),
    ];
    for (name, permalink) in cases {
        let (_, out, err) = run(folder.path(), &["new", "guide", name], "");
        assert!(out.contains(&format!("permalink: {permalink}-connector\n")), "{name}: {out}{err}");
    }
}

#[test]
fn a_baseline_of_some_files_keeps_those_of_others_that_are_gone() {
    let folder = folder(&[("moved.connector.yaml", CONFIGURATION), ("x.connector.yaml", CONFIGURATION)]);
    let check = |arguments: &[&str]| run(folder.path(), &[&["check"], arguments].concat(), "").0;
    check(&["--write-baseline", "."]);
    std::fs::rename(folder.path().join("moved.connector.yaml"), folder.path().join("m2.connector.yaml")).unwrap();
    assert_eq!(check(&["."]), Some(0));
    check(&["--write-baseline", "x.connector.yaml"]);
    assert_eq!(check(&["."]), Some(0));
    check(&["--write-baseline", "."]);
    let baseline = std::fs::read_to_string(folder.path().join("connlint-baseline.json")).unwrap();
    assert!(baseline.contains("m2.connector.yaml") && !baseline.contains("moved"), "{baseline}");
}

#[test]
fn errors_say_what_is_wrong_and_no_more() {
    let utf_16: String = "severity = 'info'".chars().flat_map(|letter| [letter, '\0']).collect();
    let files =
        [("a.connector.yaml", CONFIGURATION), ("one/connlint.toml", &*utf_16), ("two/connlint.toml", "[a.\"x\"]\n")];
    let folder = folder(&files);
    let error = |arguments: &[&str]| {
        let (code, _, err) = run(folder.path(), arguments, "");
        assert_eq!(code, Some(2), "{arguments:?}: {err}");
        err
    };
    let unwritable = error(&["check", "--format", "json", "--output", "none/x.json", "."]);
    assert!(unwritable.contains("the folder does not exist") && !unwritable.contains(".tmp"), "{unwritable}");
    assert!(error(&["settings", "one"]).contains("file encoded as UTF-16"));
    let unknown = error(&["settings", "two"]);
    assert!(unknown.matches("unknown key").count() == 1 && !unknown.contains("`profile`"), "{unknown}");
    std::fs::write(folder.path().join("one/connlint.toml"), b"severity = \"\xff\"").unwrap();
    assert!(error(&["settings", "one"]).contains("invalid UTF-8"));
    for (setting, problem) in
        [("output = \"\"", "`output` is empty"), ("exclude = [\" \"]", "invalid glob: it is empty")]
    {
        std::fs::write(folder.path().join("one/connlint.toml"), setting).unwrap();
        let empty = error(&["settings", "one"]);
        assert!(empty.contains(problem), "{setting}: {empty}");
    }
    assert!(error(&["check", "--exclude", "", "."]).contains("invalid glob ``: it is empty"));
    std::fs::write(folder.path().join("list.json"), "[]").unwrap();
    let baseline = error(&["check", "--baseline", "list.json", "."]);
    assert!(baseline.contains("not a baseline of connlint: "), "{baseline}");
    for arguments in [&["check", "--config", "none.toml", "."][..], &["contract", "none.md"], &["check", "none.md"]] {
        let missing = error(arguments);
        assert!(missing.contains("` does not exist") && !missing.contains("os error"), "{missing}");
    }
    assert!(error(&["explain", "guide/nope"]).matches("did you mean").count() == 0);
    assert!(error(&["explain", "guide/tipo"]).contains("`guide/typo`"));
    let git = std::process::Command::new("git").args(["init", "-q"]).current_dir(folder.path()).status().unwrap();
    assert!(git.success());
    assert!(error(&["check", "--new-since", "main", "."]).contains("the repository has no commit"));
}

#[test]
fn what_is_not_text_has_no_fix() {
    let folder = TempDir::new().unwrap();
    std::fs::write(folder.path().join("a.connector.yaml"), b"Connector: acme\nAuthType: oauth2\nName: \xE4\n").unwrap();
    let (_, out, err) = run(folder.path(), &["check", "--severity", "info", "."], "");
    assert!(out.contains("error") && !out.contains("fixable"), "{out}{err}");
}

#[test]
fn nothing_to_check_says_what_helps() {
    let pack = "pack: acme\ndialect: gfm\nfiles: { guide: { glob: \"guides/{name}.md\", read: page } }\n";
    let files =
        [("a/b/y.connector.yaml", CONFIGURATION), ("a/one.md", "# A\n"), ("pack.yaml", pack), ("empty/x.txt", "")];
    let folder = folder(&files);
    let error = |arguments: &[&str]| {
        let (code, _, err) = run(folder.path(), &[&["check"], arguments].concat(), "# A\n");
        assert_eq!(code, Some(2), "{arguments:?}: {err}");
        err
    };
    // A guide of the site around does not count.
    std::fs::write(
        folder.path().join("a/two.md"),
        "---\ntitle: Acme\npermalink: acme-connector\ntags: [connector]\n---\n",
    )
    .unwrap();
    for given in ["a/b/y.connector.yaml", "a/b"] {
        assert!(error(&["--exclude", "a/b", given]).contains("use `--no-exclude`"), "{given}");
    }
    assert!(error(&["--pack", "pack.yaml", "a"]).contains("the pack `acme`: `guides/{name}.md`"));
    assert!(error(&["a/one.md"]).contains("use `--kind`"));
    // The name of the kind is enough outside the places of a pack, too.
    let (code, _, err) = run(folder.path(), &["check", "--pack", "pack.yaml", "--kind", "guide", "a/one.md"], "");
    assert!(code != Some(2), "{err}");
    std::fs::remove_file(folder.path().join("a/two.md")).unwrap();
    let held = error(&["--stdin-filename", "a/two.md", "-"]);
    assert!(held.contains("under `a/two.md`; use `--kind`"), "{held}");
    assert!(error(&["empty"]).contains("need a pack"));
}

#[test]
fn a_configuration_is_the_same_alone_and_in_its_repository() {
    let guide = "---\ntitle: Brick Authentication\npermalink: brick-connector\ntags: [connector]\n---\n\n## Brick setup\n\nSign in.\n";
    let config = "Connector: brick-connector\nAuthType: ApiKey\nAuthValue: ${BRICK_KEY}\n";
    let folder = folder(&[("docs/brick.md", guide), ("in use/brick.connector.yaml", config)]);
    std::fs::create_dir(folder.path().join(".git")).unwrap();
    let file = "in use/brick.connector.yaml";
    for (given, stdin) in
        [(&["."][..], ""), (&["in use"], ""), (&[file], ""), (&["--stdin-filename", file, "-"], config)]
    {
        let arguments = [&["check", "--format", "json"], given].concat();
        let (_, out, err) = run(folder.path(), &arguments, stdin);
        assert!(found(&out, "brick.connector.yaml").is_empty(), "{given:?}: {out}{err}");
    }
}

#[test]
fn a_connector_has_the_name_of_its_page_with_and_without_its_ending() {
    let guide = "---\ntitle: Acme\nsidebar: cyclr_sidebar\npermalink: acme-connector.html\ntags: [connector]\n---\nCopy the key.\n";
    for (name, is_known) in [("acme-connector", true), ("acme-connector.html", true), ("acme-conector", false)] {
        let folder = folder(&[("acme.md", guide), ("a.yaml", &format!("Connector: {name}\nAuthType: ApiKey\n"))]);
        let (_, out, err) = run(folder.path(), &["check", "--select", "config/connector-unknown", "a.yaml"], "");
        assert_eq!(!out.contains("config/connector-unknown"), is_known, "{name}: {out}{err}");
    }
}
