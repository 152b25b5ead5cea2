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

#[test]
fn the_commands_it_names_exist() {
    let help = Command::new(env!("CARGO_BIN_EXE_connlint")).arg("--help").output().expect("the program runs");
    let help = String::from_utf8(help.stdout).expect("help is UTF-8");
    let readme = readme();
    for command in readme.split("`connlint ").skip(1).filter_map(|rest| rest.split([' ', '`']).next()) {
        assert!(help.contains(&format!("\n  {command} ")), "`connlint {command}` is no command");
    }
}
