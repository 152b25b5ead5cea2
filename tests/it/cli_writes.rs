//! What a run writes: whole files in their places, with their owners, and nothing beside them.

#![cfg(unix)]
#![allow(
    clippy::unwrap_used,
    clippy::disallowed_methods,
    reason = "the tests write files, run the program and may panic"
)]

use crate::support::folder::write;

use std::fs::{self, File};
use std::os::unix::fs::{MetadataExt, PermissionsExt, chown, symlink};
use std::path::Path;
use std::process::{Child, Command, Output, Stdio};
use std::time::{Duration, Instant};

use tempfile::TempDir;

/// A guide with a typo that the safe fixes repair.
const WRONG: &str = "---
title: Acme
sidebar: cyclr_sidebar
permalink: acme-connector
tags: [connector]
---

They recieve it.
";

fn connlint(folder: &Path, arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_connlint"));
    command.current_dir(folder).args(arguments).stdin(Stdio::null()).output().unwrap()
}

fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

fn is_fixed(path: &Path) -> bool {
    fs::read_to_string(path).unwrap().contains("receive")
}

fn names(folder: &Path) -> Vec<String> {
    let mut names: Vec<_> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    names.sort();
    names.into_iter().map(|name| name.into_string().unwrap()).collect()
}

#[test]
fn the_json_report_lists_what_was_fixed() {
    let folder = tempfile::tempdir().unwrap();
    write(folder.path(), "a.md", WRONG);
    let output = connlint(folder.path(), &["check", "--isolated", "--fix", "--format", "json"]);
    let report: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    let fixed = serde_json::json!([{ "file": "a.md", "line": 8, "rule": "guide/typo" }]);
    assert_eq!(report["fixed"], fixed);
    let output = connlint(folder.path(), &["check", "--isolated", "--format", "json"]);
    let report: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    assert!(report["fixed"].is_null(), "only a run that fixes has the list");
}

#[test]
fn fixed_files_and_reports_keep_owner_group_and_mode() {
    let folder = tempfile::tempdir().unwrap();
    let (page, report) = (folder.path().join("a.md"), folder.path().join("out.json"));
    write(folder.path(), "a.md", WRONG);
    write(folder.path(), "out.json", "");
    for path in [&page, &report] {
        // Only root may give files away; for others it stays as it is.
        let _ = chown(path, Some(1234), Some(2345));
        fs::set_permissions(path, fs::Permissions::from_mode(0o604)).unwrap();
    }
    let before = [&page, &report].map(|path| path.metadata().unwrap());
    connlint(folder.path(), &["check", "--fix", "--format", "json:out.json", "a.md"]);
    assert!(is_fixed(&page) && fs::read_to_string(&report).unwrap().starts_with('{'));
    for (path, before) in [&page, &report].into_iter().zip(before) {
        let after = path.metadata().unwrap();
        assert_ne!(after.ino(), before.ino(), "the file is a new one");
        assert_eq!((after.uid(), after.gid(), after.mode()), (before.uid(), before.gid(), before.mode()));
    }
}

/// A link leads out of the folder, the repository or the site that it is in.
#[test]
fn no_link_leads_a_fix_elsewhere() {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name);
    for name in ["outside/a.md", "site/page.md", "site/docs/b.md", "site/plain/.keep"] {
        write(folder.path(), name, &WRONG.replace("acme", &name.replace(['/', '.'], "-")));
    }
    symlink("../outside/a.md", path("site/file.md")).unwrap();
    symlink("../outside", path("site/folder")).unwrap();
    symlink("../docs/b.md", path("site/plain/in-site.md")).unwrap();
    let (site, around) = (path("site"), folder.path().to_owned());
    let absolute = site.join("file.md");
    for (current, named) in [
        (&site, "file.md"),
        (&site, "folder"),
        (&site, "folder/a.md"),
        (&around, "site/file.md"),
        (&around, "site/plain/in-site.md"),
        (&path("outside"), "../site/file.md"),
        (&path("site/docs"), absolute.to_str().unwrap()),
    ] {
        for fix in ["--fix", "--fix-only"] {
            let output = connlint(current, &["check", fix, named]);
            assert_eq!(output.status.code(), Some(2), "{named}: {}", said(&output));
            assert!(said(&output).contains("the link leads out of its"), "{named}: {}", said(&output));
            assert!(!is_fixed(&path("outside/a.md")) && !is_fixed(&path("site/docs/b.md")), "{named}");
        }
    }
    // Other files are fixed all the same, and a link within the site is followed.
    write(&site, "_config.yml", "");
    let output = connlint(&site, &["check", "--fix-only", "file.md", "page.md", "plain/in-site.md"]);
    assert_eq!(output.status.code(), Some(2));
    assert_eq!(said(&output).matches("error: ").count(), 1, "{}", said(&output));
    assert!(is_fixed(&site.join("page.md")) && is_fixed(&site.join("docs/b.md")));
    assert!(!is_fixed(&path("outside/a.md")));
}

#[test]
fn a_file_that_cannot_be_written_does_not_keep_others_from_being_fixed() {
    let folder = tempfile::tempdir().unwrap();
    write(folder.path(), "a/a.md", WRONG);
    write(folder.path(), "b.md", &WRONG.replace("acme", "other"));
    let locked = folder.path().join("a");
    fs::set_permissions(&locked, fs::Permissions::from_mode(0o555)).unwrap();
    if File::create(locked.join("probe")).is_ok() {
        eprintln!("skipped: this user may write everywhere");
        return;
    }
    let output = connlint(folder.path(), &["check", "--fix-only", "."]);
    assert_eq!(output.status.code(), Some(2));
    assert!(said(&output).contains("cannot write `./a/a.md`"), "{}", said(&output));
    assert!(is_fixed(&folder.path().join("b.md")));
}

#[test]
fn a_file_that_may_not_be_written_is_not_replaced() {
    let folder = tempfile::tempdir().unwrap();
    for (name, text) in [("a.md", WRONG), ("report.json", "{}")] {
        write(folder.path(), name, text);
        let path = folder.path().join(name);
        fs::set_permissions(&path, fs::Permissions::from_mode(0o444)).unwrap();
    }
    for arguments in [&["check", "--fix-only", "a.md"][..], &["check", "a.md", "--format", "json:report.json"]] {
        let output = connlint(folder.path(), arguments);
        assert_eq!(output.status.code(), Some(2), "{}", said(&output));
        assert!(said(&output).contains("the file is read-only"), "{}", said(&output));
    }
    assert!(!is_fixed(&folder.path().join("a.md")));
}

#[test]
fn what_a_dead_run_has_left_is_removed_and_nothing_else() {
    let folder = tempfile::tempdir().unwrap();
    let kept = [".connlint-backup", ".connlint-notes.tmp", ".connlint-12-abc.tmp", ".connlint-12-abcDE6.md"];
    let (left, in_use) = (".connlint-4000000-aB3dE6.tmp", ".connlint-4000001-aB3dE6.tmp");
    for name in kept.into_iter().chain([left, in_use]) {
        write(folder.path(), name, "");
    }
    fs::create_dir(folder.path().join(".connlint-4000002-aB3dE6.tmp")).unwrap();
    symlink("a.md", folder.path().join(".connlint-4000003-aB3dE6.tmp")).unwrap();
    write(folder.path(), "a.md", WRONG);
    // As a run holds it that is still at work.
    let held = File::open(folder.path().join(in_use)).unwrap();
    held.lock().unwrap();
    let before = names(folder.path());
    connlint(folder.path(), &["check", "a.md"]);
    assert_eq!(names(folder.path()), before, "a run that writes nothing removes nothing");
    connlint(folder.path(), &["check", "--fix-only", "a.md"]);
    let rest: Vec<_> = before.into_iter().filter(|name| name != left).collect();
    assert_eq!(names(folder.path()), rest);
}

/// A run over so many files that it is at work for a while, once it has begun its report.
fn writing(folder: &TempDir) -> Child {
    let mut command = Command::new(env!("CARGO_BIN_EXE_connlint"));
    command.current_dir(folder.path()).args(["check", ".", "--output", "out.txt"]);
    let child = command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
    let start = Instant::now();
    while names(folder.path()).iter().all(|name| !name.starts_with(".connlint-")) {
        assert!(start.elapsed() < Duration::from_mins(1), "the report is never begun");
        std::thread::sleep(Duration::from_millis(1));
    }
    child
}

#[test]
fn a_signal_ends_a_run_without_leftovers() {
    let folder = tempfile::tempdir().unwrap();
    for page in 0..400 {
        let text = WRONG.replace("acme", &format!("acme-{page}"))
            + &"They recieve it, and then `some` **more**.\n".repeat(200);
        write(folder.path(), &format!("pages/{page}.md"), &text);
    }
    write(folder.path(), "out.txt", "an earlier report");
    for (signal, code) in [("INT", 130), ("TERM", 143)] {
        let mut child = writing(&folder);
        let sent = Command::new("kill").args(["-s", signal, &child.id().to_string()]).status().unwrap();
        assert!(sent.success());
        assert_eq!(child.wait().unwrap().code(), Some(code), "SIG{signal}");
        assert_eq!(names(folder.path()), ["out.txt", "pages"]);
        assert_eq!(fs::read_to_string(folder.path().join("out.txt")).unwrap(), "an earlier report");
    }
}

#[test]
fn nothing_that_a_site_is_made_from_is_replaced() {
    let folder = tempfile::tempdir().unwrap();
    for (name, text) in [
        ("a.md", WRONG),
        ("about.md", "---\ntitle: About\n---\nUs.\n"),
        ("other/acme.connector.yaml", "Connector: acme-connector\nAuthType: OAuth2\n"),
        ("other/acme.json", "{\"Connector\": \"acme-connector\", \"AuthType\": \"OAuth2\"}"),
        ("_config.yml", "baseurl: /x\n"),
        ("connlint.toml", ""),
    ] {
        write(folder.path(), name, text);
    }
    fs::create_dir_all(folder.path().join(".git/hooks")).unwrap();
    let unchanged = |name: &str| fs::read_to_string(folder.path().join(name)).unwrap_or_default();
    for target in [
        "a.md", "about.md", "other/acme.connector.yaml", "other/acme.json", "_config.yml", "connlint.toml",
        ".git/hooks/pre-commit",
    ] {
        let before = unchanged(target);
        let baseline = ["check", ".", "--write-baseline", "--baseline", target];
        let (sarif, config) = (format!("sarif:{target}"), ["new", "config", "slack-connector", "--output", target]);
        for arguments in [
            &["check", "a.md", "--output", target][..],
            &["check", ".", "--output", target],
            &["check", ".", "--diff", "--output", target],
            &["check", ".", "--fix-only", "--output", target],
            &["check", ".", "--fix", "--format", &sarif],
            &["new", "guide", "Acme", "--output", target],
            &[&config[..], &["--service-domain", "acme-h.example.com"]].concat(),
            &baseline,
        ] {
            let output = connlint(folder.path(), arguments);
            assert_eq!(output.status.code(), Some(2), "{arguments:?}: {}", said(&output));
            assert_eq!(unchanged(target), before, "{arguments:?}");
        }
    }
}

#[test]
fn runs_without_a_report_say_what_they_skip() {
    let folder = tempfile::tempdir().unwrap();
    write(folder.path(), "README.md", "# About\n\nThey recieve it.\n");
    write(folder.path(), "a.md", WRONG);
    for flag in ["--diff", "--fix-only"] {
        let output = connlint(folder.path(), &["check", flag, "README.md"]);
        assert_eq!(output.status.code(), Some(2), "{flag}");
        assert!(said(&output).contains("error: no guide"), "{flag}: {}", said(&output));
        let output = connlint(folder.path(), &["check", flag, "--allow-empty", "README.md"]);
        assert_eq!(output.status.code(), Some(0), "{flag}");
        assert_eq!(said(&output), "skipped 1 file: not a guide or configuration\n", "{flag}");
        let output = connlint(folder.path(), &["check", flag, "README.md", "a.md"]);
        assert!(said(&output).contains("skipped 1 file: not a guide or configuration\n"), "{flag}: {}", said(&output));
    }
}

/// A configuration whose keys are all in another case is one; a file of another program is not.
#[test]
fn a_configuration_is_recognized_whatever_the_case_of_its_keys() {
    let folder = tempfile::tempdir().unwrap();
    write(folder.path(), "lower.yaml", "connector: slack-connector\nauthtype: OAuth2\nproperties: []\n");
    write(folder.path(), "snake.json", "{\"connector\": \"slack-connector\", \"auth_type\": \"OAuth2\"}\n");
    write(folder.path(), "kafka.yaml", "connector: jdbc-sink\nname: orders\nproperties: []\n");
    write(folder.path(), "app.yaml", "auth_type: oauth2\ncallback_url: https://example.com\nscopes: []\n");
    let output = connlint(
        folder.path(),
        &["check", "--format", "concise", "lower.yaml", "snake.json", "kafka.yaml", "app.yaml"],
    );
    let report = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(report.contains("lower.yaml:") && report.contains("snake.json:"), "{report}");
    assert!(!report.contains("kafka.yaml:") && !report.contains("app.yaml:"), "{report}");
    assert!(said(&output).contains("skipped 2 files: not a guide or configuration"), "{}", said(&output));
}
