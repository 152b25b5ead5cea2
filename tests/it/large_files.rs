//! Files that are larger than the settings allow: reported, never read whole, never printed, never changed.

#![allow(
    clippy::unwrap_used,
    clippy::disallowed_methods,
    reason = "the tests write files, run the program and may panic"
)]

use crate::support::folder::write;

use std::io::Write;
use std::path::Path;
use std::process::{Command, Output, Stdio};

use serde_json::Value;
use tempfile::TempDir;

/// What is in the large files and must be nowhere else.
const TEXT: &str = "zqprivate";

/// The limit in the settings of the tests.
const SETTINGS: &str = "max-file-size = \"8KB\"\n";

fn page(permalink: &str, text: &str) -> String {
    let head = format!("title: Acme\nsidebar: cyclr_sidebar\npermalink: {permalink}\ntags: [connector]");
    format!("---\n{head}\n---\n\n{text}\n")
}

/// More than the limit.
fn long() -> String {
    format!("They recieve {TEXT}.\n\n").repeat(500)
}

fn run_with(folder: &Path, arguments: &[&str], input: &str) -> (Option<i32>, String, String) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_connlint"));
    command.current_dir(folder).args(arguments).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().unwrap();
    // The program need not read all of it.
    let _ = child.stdin.take().unwrap().write_all(input.as_bytes());
    let Output { status, stdout, stderr } = child.wait_with_output().unwrap();
    let [out, err] = [stdout, stderr].map(|text| String::from_utf8(text).unwrap());
    assert!(!format!("{out}{err}").contains(TEXT), "{arguments:?}: {out}{err}");
    (status.code(), out, err)
}

fn run(folder: &Path, arguments: &[&str]) -> (Option<i32>, String, String) {
    run_with(folder, arguments, "")
}

/// Rules and files of the findings of a check.
fn findings(folder: &Path, arguments: &[&str]) -> Vec<(String, String)> {
    let (code, out, err) = run(folder, &[&["check", "--format", "json"], arguments].concat());
    assert_eq!(code, Some(1), "{err}");
    let report: Value = serde_json::from_str(&out).unwrap();
    let of = |finding: &Value| {
        let text = |key: &str| finding[key].as_str().unwrap_or_default().to_owned();
        (text("rule"), text("file"))
    };
    report["diagnostics"].as_array().unwrap().iter().map(of).collect()
}

fn folder(files: &[(&str, String)]) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    write(folder.path(), "connlint.toml", SETTINGS);
    for (name, text) in files {
        write(folder.path(), name, text);
    }
    folder
}

const RULE: &str = "config/file-too-large";

#[test]
fn each_large_file_is_one_finding() {
    let property = format!("  - Name: Region\n    Value: {TEXT}\n");
    let yaml = format!("Connector: acme-connector\nAuthType: ApiKey\nProperties:\n{}", property.repeat(300));
    let json = format!("{{\"Name\":\"Acme\",\"Connector\":\"acme-connector\",\"Note\":\"{}\"}}", TEXT.repeat(1000));
    let folder = folder(&[
        ("guide.md", page("acme-connector", &long())),
        ("head.md", format!("---\ntitle: Acme\nnote: {}\n---\n", TEXT.repeat(1000))),
        ("a.connector.yaml", yaml.clone()),
        ("b.yaml", yaml),
        ("c.json", json),
        ("data.yaml", format!("- {TEXT}\n").repeat(1000)),
        ("page.md", long()),
    ]);
    let found = |rule: &str| {
        let found = findings(folder.path(), &["."]);
        found.into_iter().filter(|found| found.0 == rule).map(|found| found.1).collect::<Vec<_>>()
    };
    assert_eq!(found(RULE), ["a.connector.yaml", "b.yaml", "c.json", "guide.md", "head.md"]);
    assert_eq!(findings(folder.path(), &["."]).len(), 5);
    assert_eq!(findings(folder.path(), &["head.md", "b.yaml", "guide.md"]).len(), 3);
    let (_, out, _) = run(folder.path(), &["check", "guide.md"]);
    assert!(out.contains("file too large: more than 8 KB") && out.contains("max-file-size"), "{out}");
    write(folder.path(), "connlint.toml", "max-file-size = 8192000\n");
    assert!(found(RULE).is_empty() && !found("guide/section-missing").is_empty());
}

#[test]
fn a_large_file_is_never_changed() {
    let folder =
        folder(&[("a.md", page("acme-connector", &long())), ("b.md", page("acme-connector", "They recieve it."))]);
    let text = |name: &str| std::fs::read_to_string(folder.path().join(name)).unwrap();
    let before = text("a.md");
    run(folder.path(), &["check", "--fix", "--unsafe-fixes", "."]);
    assert!(text("a.md") == before && text("b.md").contains("receive"));
    let (_, out, _) = run(folder.path(), &["check", "--diff", "a.md"]);
    assert_eq!(out, "");
}

#[test]
fn what_a_large_file_holds_counts_as_unknown() {
    let links = "[A](acme-connector#a), [B](b-connector#b), [C](/c-connector#zqlost) and [D](/gone).";
    let folder = folder(&[
        ("_config.yml", "title: Acme\n".to_owned()),
        ("_layouts/wide.html", long()),
        ("a.md", page("acme-connector", &long())),
        ("b.md", format!("---\nnote: {}\npermalink: b-connector\n---\n", TEXT.repeat(1000))),
        ("c.md", page("c-connector", "x").replace("\ntitle:", "\nlayout: wide\ntitle:")),
        ("d.md", page("d-connector", links)),
        ("a.connector.yaml", "Connector: acme-connector\nName: Acme\n".to_owned()),
    ]);
    let found = findings(folder.path(), &["."]);
    let of = |rule: &str| found.iter().filter(|found| found.0 == rule).count();
    // Some page has an address that is not known, so no link to an address is broken.
    assert_eq!((of(RULE), of("guide/anchor-broken"), of("guide/link-broken")), (2, 0, 0), "{found:?}");
    assert_eq!(of("config/connector-unknown"), 0, "{found:?}");
}

#[test]
fn a_large_standard_input_is_read_up_to_the_limit() {
    let folder = folder(&[]);
    let text = page("acme-connector", &long().repeat(100));
    for arguments in
        [&["check", "-"][..], &["check", "-", "--stdin-filename", "a.md"], &["check", "-", "--kind", "config"]]
    {
        let (code, out, err) = run_with(folder.path(), arguments, &text);
        assert_eq!(code, Some(1), "{err}");
        assert!(out.contains(RULE) && out.contains("1 error"), "{out}");
    }
}

#[test]
fn other_commands_name_large_files() {
    let folder = folder(&[
        ("a.md", page("acme-connector", &long())),
        ("b.md", page("b-connector", "They receive it.")),
        ("c.yaml", format!("- {TEXT}\n").repeat(1000)),
    ]);
    let reason = "error: `a.md`: the file is larger than 8 KB";
    for arguments in [&["inspect", "."][..], &["contract", "--all", "."], &["contract", "a.md"]] {
        let (code, _, err) = run(folder.path(), arguments);
        assert_eq!((code, err.trim()), (Some(2), reason), "{arguments:?}");
    }
    let (_, out, _) = run(folder.path(), &["settings"]);
    assert!(out.contains("max-file-size = \"8 KB\"  # connlint.toml:1"), "{out}");
}

/// More findings than are rendered at once.
const MANY: usize = 4_200;

#[test]
fn a_file_with_many_findings_is_reported_whole() {
    let folder = tempfile::tempdir().unwrap();
    write(folder.path(), "docs/a.md", &page("acme-connector", &"They recieve it.\n\n".repeat(MANY)));
    let report = |format: &str| run(folder.path(), &["check", "--select", "guide/typo", "--format", format]).1;
    let parsed = |format: &str| -> Value { serde_json::from_str(&report(format)).unwrap() };
    let json = parsed("json");
    let found = json["diagnostics"].as_array().unwrap();
    assert_eq!((found.len(), &json["summary"]["warnings"]), (MANY, &MANY.into()));
    let lines: Vec<Value> = report("jsonl").lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(&lines, found);
    let starts = found.iter().map(|finding| finding["span"]["start"]["offset"].as_u64().unwrap());
    assert!(starts.is_sorted());
    assert_eq!(report("concise").lines().count(), MANY + 1);
    assert_eq!(parsed("sarif")["runs"][0]["results"].as_array().unwrap().len(), MANY);
    assert_eq!(parsed("gitlab").as_array().unwrap().len(), MANY);
    assert_eq!(report("junit").matches("<failure").count(), MANY);
}
