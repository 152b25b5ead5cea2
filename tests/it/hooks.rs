//! What other programs are told about connlint: the problem matcher reads what `--format concise` writes, the action
//! and the hooks call commands that exist.

#![allow(clippy::unwrap_used, clippy::disallowed_methods, reason = "a test reads the files and may panic")]

use std::path::Path;
use std::process::{Command, Output};

use connlint::source::{FileId, SourceFile};
use connlint::tree::{Node, yaml};
use regex::Regex;
use serde_json::Value;

fn read(path: &str) -> String {
    std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(path)).unwrap()
}

fn yaml(path: &str) -> Value {
    let text = read(path);
    let source = SourceFile::new(FileId::default(), path, &text);
    let read = yaml::parse(&source, 0..text.len());
    assert!(read.problems.is_empty(), "{path}: {:?}", read.problems);
    read.documents.first().map(Node::to_json).unwrap()
}

fn connlint(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_connlint"))
        .args(arguments)
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .output()
        .unwrap()
}

#[test]
fn the_problem_matcher_reads_every_finding() {
    let matcher: Value = serde_json::from_str(&read(".github/connlint-matcher.json")).unwrap();
    let pattern = &matcher["problemMatcher"][0]["pattern"][0];
    let regexp = Regex::new(pattern["regexp"].as_str().unwrap()).unwrap();
    let bad = "fixtures/pipedrive/bad.connector.yaml";
    let output = String::from_utf8(connlint(&["check", "--format", "concise", bad]).stdout).unwrap();
    let (findings, summary) = output.trim_end().rsplit_once('\n').unwrap();
    assert!(!regexp.is_match(summary), "{summary}");
    for line in findings.lines() {
        let found = regexp.captures(line).unwrap_or_else(|| panic!("not read: {line}"));
        let part = |name: &str| &found[pattern[name].as_u64().unwrap() as usize];
        assert_eq!(part("file"), bad);
        assert!(part("line").parse::<u32>().is_ok() && part("column").parse::<u32>().is_ok(), "{line}");
        assert!(connlint::rules::RULES.iter().any(|rule| rule.name == part("code")), "{line}");
        assert!(line.ends_with(part("message")) && matches!(part("severity"), "info" | "warning" | "error"));
    }
}

#[test]
fn the_action_uses_files_that_are_there() {
    let action = yaml("action.yml");
    assert_eq!(action["runs"]["using"], "composite");
    let steps = action["runs"]["steps"].as_array().unwrap();
    let script = steps.last().unwrap()["run"].as_str().unwrap();
    let matcher = script.split("$GITHUB_ACTION_PATH/").nth(1).and_then(|rest| rest.split('"').next()).unwrap();
    assert!(Path::new(env!("CARGO_MANIFEST_DIR")).join(matcher).is_file(), "{matcher}");
}

/// Runs the action's own script, with the program where the step before has built it.
#[cfg(unix)]
#[test]
fn the_action_announces_the_matcher_and_fails_on_findings() {
    let action = yaml("action.yml");
    let script = action["runs"]["steps"].as_array().unwrap().last().unwrap()["run"].as_str().unwrap();
    let temporary = tempfile::tempdir().unwrap();
    let programs = temporary.path().join("connlint/bin");
    std::fs::create_dir_all(&programs).unwrap();
    std::os::unix::fs::symlink(env!("CARGO_BIN_EXE_connlint"), programs.join("connlint")).unwrap();
    for (arguments, code) in [("--severity info fixtures/pipedrive", 1), ("fixtures/pipedrive/pipedrive-oauth.md", 0)] {
        let output = Command::new("bash")
            .args(["--noprofile", "--norc", "-eo", "pipefail", "-c", script])
            .env("ARGUMENTS", arguments)
            .env("GITHUB_ACTION_PATH", "action")
            .env("RUNNER_TEMP", temporary.path())
            .current_dir(env!("CARGO_MANIFEST_DIR"))
            .output()
            .unwrap();
        let text = String::from_utf8(output.stdout).unwrap();
        assert!(text.starts_with("::add-matcher::action/.github/connlint-matcher.json\n"), "{text}");
        assert_eq!(output.status.code(), Some(code), "{text}");
    }
}

#[test]
fn the_hooks_call_commands_that_exist() {
    let hooks = yaml(".pre-commit-hooks.yaml");
    for hook in hooks.as_array().unwrap() {
        let entry = hook["entry"].as_str().unwrap();
        let arguments: Vec<&str> = entry.split(' ').skip(1).collect();
        let good = "fixtures/pipedrive/good.connector.yaml";
        let output = connlint(&[arguments.as_slice(), &[good]].concat());
        assert_eq!(output.status.code(), Some(0), "{entry}: {}", String::from_utf8_lossy(&output.stderr));
    }
}

#[test]
fn the_image_holds_the_program_of_the_dist_profile() {
    let (dockerfile, manifest) = (read("Dockerfile"), read("Cargo.toml"));
    assert!(manifest.contains("[profile.dist]") && dockerfile.contains("--profile dist"));
    assert!(dockerfile.contains("/source/target/dist/connlint"));
}
