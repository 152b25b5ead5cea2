//! What other programs are told about connlint: the hooks call commands that exist, the image holds the program.

#![allow(clippy::unwrap_used, clippy::disallowed_methods, reason = "a test reads the files and may panic")]

use std::path::Path;
use std::process::{Command, Output};

use connlint::source::{FileId, SourceFile};
use connlint::tree::{Node, yaml};
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
