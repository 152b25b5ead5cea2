//! The reports of a run: each is whole or not there, whatever becomes of the others, and names commands that run.

#![cfg(unix)]
#![allow(
    clippy::unwrap_used,
    clippy::disallowed_methods,
    reason = "the tests write files, run the program and may panic"
)]

use crate::support::folder::write;

use std::fs;
use std::path::Path;
use std::process::{Command, Output, Stdio};

use tempfile::TempDir;

/// A table that is not rendered (an error, fixable), and a word that is duplicated (a warning).
const GUIDE: &str = "---\ntitle: Acme\nsidebar: cyclr_sidebar\npermalink: acme-connector\ntags: [connector]\n---\n\nEnter the the values:\n| Value | Description |\n| --- | --- |\n| **Name** | Yours |\n";

fn connlint(folder: &Path, arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_connlint"));
    command.current_dir(folder).args(arguments).env_remove("COLUMNS").env_remove("GITHUB_STEP_SUMMARY");
    command.stdin(Stdio::null()).output().unwrap()
}

fn run(folder: &Path, arguments: &[&str]) -> (Option<i32>, String, String) {
    let Output { status, stdout, stderr } = connlint(folder, arguments);
    (status.code(), String::from_utf8(stdout).unwrap(), String::from_utf8(stderr).unwrap())
}

fn site() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    write(folder.path(), "docs/a.md", GUIDE);
    folder
}

/// Runs with a standard output that is read by nobody.
fn unread(folder: &Path, arguments: &[&str]) -> (Option<i32>, String) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_connlint"));
    command.current_dir(folder).args(arguments).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().unwrap();
    drop(child.stdout.take());
    // The run begins when standard input ends: after the pipe is closed.
    drop(child.stdin.take());
    let output = child.wait_with_output().unwrap();
    (output.status.code(), String::from_utf8(output.stderr).unwrap())
}

#[test]
fn a_closed_pipe_ends_no_other_report() {
    let folder = site();
    let folder = folder.path();
    let input = ["check", "-", "docs", "--severity", "info"];
    let reports = [&input[..], &["--format", "full", "--format", "sarif:out.sarif"]].concat();
    let (code, err) = unread(folder, &reports);
    assert_eq!(code, Some(1), "{err}");
    let sarif: serde_json::Value = serde_json::from_slice(&fs::read(folder.join("out.sarif")).unwrap()).unwrap();
    assert!(sarif["runs"][0]["results"].as_array().unwrap().len() > 1, "{sarif}");
    let (code, err) = unread(folder, &[&input[..], &["--write-baseline", "--format", "json"]].concat());
    assert_eq!(code, Some(0), "{err}");
    assert!(folder.join("connlint-baseline.json").is_file(), "{err}");
}

#[test]
fn a_report_that_cannot_be_written_is_named() {
    let folder = site();
    let folder = folder.path();
    let (code, out, err) = run(folder, &["check", "--format", "json:no/x.json", "docs"]);
    assert_eq!((code, out.as_str()), (Some(2), ""));
    assert!(err.starts_with("error: cannot write `no/x.json`: the folder does not exist"), "{err}");
    if Path::new("/dev/full").exists() {
        let (code, _, err) =
            run(folder, &["check", "--format", "json:/dev/full", "--format", "sarif:out.sarif", "docs"]);
        assert_eq!(code, Some(2));
        assert!(err.starts_with("error: cannot write `/dev/full`: no storage space"), "{err}");
        assert!(folder.join("out.sarif").is_file(), "the other report is whole");
    }
}

#[test]
fn runs_without_a_report_refuse_its_options() {
    let folder = site();
    for mode in ["--diff", "--fix-only", "--show-files"] {
        for report in [["--format", "sarif:out.sarif"], ["--output", "out.json"]] {
            let (code, _, err) = run(folder.path(), &["check", mode, report[0], report[1], "docs"]);
            assert_eq!(code, Some(2), "{mode} {report:?}");
            assert!(err.contains("cannot be used with"), "{err}");
        }
    }
}

#[test]
fn a_run_without_files_has_no_report() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    write(folder, "empty/notes.txt", "text\n");
    for format in ["text", "json", "junit", "markdown"] {
        let file = format!("{format}:out");
        let (code, out, err) = run(folder, &["check", "--format", &file, "empty"]);
        assert_eq!((code, folder.join("out").exists()), (Some(2), false), "{out}{err}");
        assert_eq!(run(folder, &["check", "--format", format, "empty"]).1, "", "{format}");
        assert_eq!(run(folder, &["check", "--allow-empty", "--format", &file, "empty"]).0, Some(0));
        fs::remove_file(folder.join("out")).unwrap();
    }
}

#[test]
fn fixes_of_secrets_are_a_difference() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    let secret = "wq7rt2pl9xk4mz8c";
    let config = format!(
        "Connector: pipedrive-oauth-connector\nAuthType: OAuth2\nOAuth2Type: AuthorizationCode\nProperties:\n  - Name: ClientSecret\n    Value: \" {secret} \"\n"
    );
    write(folder, "a.connector.yaml", &config);
    let (code, out, err) = run(folder, &["check", "--diff", "a.connector.yaml"]);
    assert_eq!(code, Some(1), "{out}{err}");
    assert!(err.contains("`a.connector.yaml`: the changes are in secrets and not shown"), "{err}");
    assert!(err.contains("Would fix 1 problem"), "{err}");
    assert!(!format!("{out}{err}").contains(secret));
}

/// The commands that a report names.
fn commands(report: &str) -> Vec<String> {
    let commands = report.lines().filter_map(|line| line.split_once("connlint check"));
    commands.map(|(_, rest)| rest.split("  ").next().unwrap().trim().to_owned()).collect()
}

/// The words of a command, as a shell splits them.
fn words(folder: &Path, command: &str) -> Vec<String> {
    let script = format!("printf '%s\\n' {command}");
    let output = Command::new("sh").args(["-c", &script]).current_dir(folder).output().unwrap();
    String::from_utf8(output.stdout).unwrap().lines().map(str::to_owned).collect()
}

#[test]
fn the_next_steps_check_what_the_report_is_about() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    for number in 0..15 {
        write(folder, &format!("the docs/{number:02}.md"), &GUIDE.replace("acme-", &format!("acme{number:02}-")));
    }
    write(folder, "other.toml", "exclude = [\"the docs/0*\"]\n");
    let runs: [&[&str]; 6] = [
        &["--severity", "info", "--fail-on", "info"],
        &["--config", "other.toml", "--exclude", "the docs/*4.md", "--strict"],
        &["--isolated", "--kind", "guide", "--dialect", "gfm"],
        &["--select", "guide/d*,guide/table-not-rendered", "--ignore", "guide/title*"],
        &["--severity", "error", "--extend-select", "guide/doubled-word"],
        &["--no-exclude", "--no-baseline", "--unattended", "--shape", "install"],
    ];
    for options in runs {
        let report = |more: &[&str]| {
            let all =
                [&["check"], options, &["the docs", "--format", "overview", "--max-per-rule", "2"], more].concat();
            run(folder, &all)
        };
        let (_, overview, err) = report(&[]);
        let commands = commands(&overview);
        assert!(commands.len() > 3, "{options:?}: {overview}{err}");
        let total = overview.lines().find(|line| line.starts_with("Found ")).unwrap();
        for command in commands {
            let words = words(folder, &command);
            let words: Vec<&str> = words.iter().map(String::as_str).collect();
            let last = words.last().copied();
            let all = [&["check"], words.as_slice()].concat();
            if last == Some("--write-baseline") {
                continue;
            }
            let (code, out, err) = run(folder, &all);
            assert!(code.is_some_and(|code| code < 2), "{command}: {err}");
            match last {
                Some("concise") => assert!(out.contains(total), "{command}: {out}\n{total}"),
                Some("full") => {
                    let rule = words[words.iter().position(|word| *word == "--select").unwrap() + 1];
                    let count = overview.lines().find(|line| line.contains(&format!("[{rule}]"))).unwrap();
                    let found = out.matches(&format!("[{rule}]")).count();
                    assert!(count.contains(&format!("× {found}")), "{command}: {found}\n{count}");
                    assert_eq!(out.matches("]: ").count(), found, "{command}: no other rule\n{out}");
                }
                Some("--diff") => assert!(out.contains("+++ ") || err.contains("skipped"), "{command}: {out}{err}"),
                _ => assert!(!out.contains("warning[") && out.contains("error["), "{command}: {out}"),
            }
        }
    }
    // A hook names each file: no command repeats them.
    let files: Vec<String> = (0..15).map(|number| format!("the docs/{number:02}.md")).collect();
    let files: Vec<&str> = files.iter().map(String::as_str).collect();
    let (_, out, _) = run(folder, &[&["check", "--format", "overview"], files.as_slice()].concat());
    assert!(out.contains("Next:") && commands(&out).is_empty(), "{out}");
    // Standard input is gone, so no command reads it again.
    let text = fs::read_to_string(folder.join("the docs/00.md")).unwrap();
    let mut command = assert_cmd::Command::cargo_bin("connlint").unwrap();
    let output = command.current_dir(folder).args(["check", "-", "--format", "overview"]).write_stdin(text).output();
    let out = String::from_utf8(output.unwrap().stdout).unwrap();
    assert!(out.contains("Next:") && commands(&out).is_empty(), "{out}");
}
