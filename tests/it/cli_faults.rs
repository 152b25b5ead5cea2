//! A fault of the program in one page: every command goes on with the others, says so, and tells nothing of the page.

#![cfg(debug_assertions)]
#![allow(
    clippy::unwrap_used,
    clippy::disallowed_methods,
    reason = "the tests write files, run the program and may panic"
)]

use crate::support::folder::write;

use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Command, Output, Stdio};

use serde_json::Value;
use tempfile::TempDir;

/// What is on the faulty page and must be nowhere else.
const TEXT: &str = "zqprivate";

/// A site with a page at which the program stops, and one that links to it.
fn site() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    let page = |name: &str, text: &str| {
        let head = format!("title: Acme\nsidebar: cyclr_sidebar\npermalink: {name}-connector\ntags: [connector]");
        write(folder.path(), &format!("docs/{name}.md"), &format!("---\n{head}\n---\n\n{text}\n"));
    };
    page("faulty", &format!("## {TEXT} setup\n\nThey recieve {TEXT}. <!-- connlint-test: fault -->"));
    page("sound", "They recieve it. [There](faulty-connector#key) and [nowhere](nowhere-connector).");
    page("other", "They recieve it.");
    write(
        folder.path(),
        "docs/linked.md",
        "---\ntitle: Linked\npermalink: linked\n---\n\nzqprivate <!-- connlint-test: fault -->\n",
    );
    page("linking", "They recieve it. [There](linked#key) and [nowhere](nowhere-connector).");
    write(folder.path(), "_config.yml", "");
    folder
}

fn run(folder: &Path, arguments: &[&str]) -> (Option<i32>, String, String) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_connlint"));
    let Output { status, stdout, stderr } = command.current_dir(folder).args(arguments).output().unwrap();
    let [out, err] = [stdout, stderr].map(|text| String::from_utf8(text).unwrap());
    assert!(!format!("{out}{err}").contains(TEXT), "{arguments:?}: {out}{err}");
    assert!(!err.contains("panicked"), "{arguments:?}: {err}");
    (status.code(), out, err)
}

/// Rules and files of the findings in a JSON report.
fn findings(report: &str) -> Vec<(String, String)> {
    let report: Value = serde_json::from_str(report).unwrap();
    let of = |finding: &Value| {
        let text = |key: &str| finding[key].as_str().unwrap_or_default().to_owned();
        (text("rule"), text("file"))
    };
    report["diagnostics"].as_array().unwrap().iter().map(of).collect()
}

#[test]
fn a_check_reports_the_fault_and_everything_else() {
    let folder = site();
    for arguments in [&["check", "."][..], &["check", ".", "--fix", "--isolated"]] {
        let (code, out, _) = run(folder.path(), &[arguments, &["--format", "json"]].concat());
        let found = findings(&out);
        let has = |rule: &str, path: &str| found.iter().any(|found| found.0 == rule && found.1.ends_with(path));
        assert_eq!(code, Some(2));
        assert!(has("internal/panic", "faulty.md") && has("internal/panic", "linking.md"), "{found:?}");
        assert!(has("guide/section-missing", "sound.md") && has("guide/section-missing", "linking.md"), "{found:?}");
        assert!(has("guide/link-broken", "linking.md") && has("guide/link-broken", "sound.md"), "{found:?}");
    }
    let text = |name: &str| std::fs::read_to_string(folder.path().join(name)).unwrap();
    assert!(text("docs/other.md").contains("receive") && text("docs/faulty.md").contains("recieve"));
    for format in ["text", "narrated", "concise", "jsonl", "sarif", "github", "gitlab", "junit", "rdjson", "markdown"] {
        assert_eq!(run(folder.path(), &["check", ".", "--format", format]).0, Some(2), "{format}");
    }
    for arguments in [&["check", ".", "--fix-only"][..], &["check", ".", "--diff"], &["check", ".", "--statistics"]] {
        assert_eq!(run(folder.path(), arguments).0, Some(2), "{arguments:?}");
    }
}

#[test]
fn other_commands_go_on_with_other_files() {
    let folder = site();
    let (code, out, err) = run(folder.path(), &["inspect", ".", "--format", "json"]);
    let read: Value = serde_json::from_str(&out).unwrap();
    assert_eq!((code, read.as_array().unwrap().len()), (Some(2), 3));
    assert!(err.contains("error: `docs/faulty.md`: internal error in connlint (src/"), "{err}");
    let (code, out, err) = run(folder.path(), &["contract", "--all", "."]);
    assert_eq!(code, Some(2), "{err}");
    assert!(serde_json::from_str::<Value>(&out).is_ok() && err.contains("docs/faulty.md"), "{out}{err}");
    let (code, out, err) = run(folder.path(), &["contract", "docs/faulty.md"]);
    assert_eq!((code, out.as_str()), (Some(2), ""));
    assert!(err.contains("error: `docs/faulty.md`: "), "{err}");
}

#[test]
fn watching_goes_on() {
    let folder = site();
    let mut command = Command::new(env!("CARGO_BIN_EXE_connlint"));
    command.current_dir(folder.path()).args(["check", "docs", "--watch", "--format", "concise"]);
    let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    let mut said = BufReader::new(child.stderr.take().unwrap()).lines().map_while(Result::ok);
    assert!(said.by_ref().any(|line| line.contains("waiting for changes")));
    write(folder.path(), "docs/faulty.md", "---\ntitle: Acme\npermalink: faulty-connector\n---\n");
    assert!(said.by_ref().any(|line| line.contains("waiting for changes")), "it ended");
    child.kill().unwrap();
    let output = child.wait_with_output().unwrap();
    let out = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(out.contains("docs/faulty.md:1:1: error[internal/panic]") && !out.contains(TEXT), "{out}");
}

#[test]
fn the_fault_has_a_page() {
    let folder = tempfile::tempdir().unwrap();
    let (code, out, _) = run(folder.path(), &["explain", "internal/panic"]);
    assert_eq!(code, Some(0));
    assert_eq!(out, include_str!("../../docs/rules/internal/panic.md"));
}
