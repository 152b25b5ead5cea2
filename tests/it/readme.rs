//! The README keeps its word: what it shows of the example's output is the output. Its links are checked with the book's.

#![allow(clippy::disallowed_methods, reason = "the test reads the README")]

use std::path::PathBuf;
use std::process::Command;

fn readme() -> String {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("README.md");
    std::fs::read_to_string(path).expect("the README is there")
}

/// The fenced blocks of one language.
fn blocks<'a>(text: &'a str, language: &str) -> Vec<&'a str> {
    let fence = format!("```{language}\n");
    text.split(fence.as_str()).skip(1).filter_map(|rest| rest.split("```").next()).collect()
}

#[test]
fn the_output_shown_is_the_output_of_the_first_command() {
    let readme = readme();
    let commands = blocks(&readme, "console");
    let command = commands[0].trim().strip_prefix("$ cargo run --release --quiet -- ").expect("it runs the program");
    let output = Command::new(env!("CARGO_BIN_EXE_connlint"))
        .args(command.split(' '))
        .env("NO_COLOR", "1")
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .output()
        .expect("the program runs");
    assert_eq!(output.status.code(), Some(1));
    let output = String::from_utf8(output.stdout).expect("the output is UTF-8");
    let shown = blocks(&readme, "text");
    assert_eq!(shown.len(), 2);
    for shown in shown {
        assert!(output.contains(shown.trim_end()), "not in the output:\n{shown}\nthe output:\n{output}");
    }
}

#[test]
fn the_second_command_runs_the_tests() {
    assert_eq!(blocks(&readme(), "console")[1].trim(), "$ cargo test");
}

/// The commands in running text, on a site that has what they name.
#[test]
fn the_commands_it_names_do_their_work() {
    let folder = tempfile::tempdir().expect("a folder");
    let fixtures = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("fixtures/pipedrive");
    std::fs::create_dir(folder.path().join("docs")).expect("a folder");
    for entry in std::fs::read_dir(&fixtures).expect("the fixtures are there") {
        let entry = entry.expect("an entry");
        std::fs::copy(entry.path(), folder.path().join("docs").join(entry.file_name())).expect("a copy");
    }
    std::fs::copy(fixtures.join("pipedrive-oauth.md"), folder.path().join("guide.md")).expect("a copy");
    let readme = readme();
    let commands: Vec<&str> = readme.split("`connlint ").skip(1).filter_map(|rest| rest.split('`').next()).collect();
    assert!(commands.len() > 10, "{commands:?}");
    // Watching ends only when it is interrupted.
    for command in commands.into_iter().filter(|command| !command.contains("--watch")) {
        let mut program = Command::new(env!("CARGO_BIN_EXE_connlint"));
        let output = program.args(command.split(' ')).current_dir(folder.path()).output().expect("the program runs");
        let told = String::from_utf8_lossy(&output.stderr);
        assert!(matches!(output.status.code(), Some(0 | 1)), "`connlint {command}`: {told}");
    }
}
