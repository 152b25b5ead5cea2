//! Every text that a user reads is in plain words, and every message has one grammar.
//!
//! `docs/style.md` explains the words and the grammar to contributors.

#![allow(clippy::disallowed_methods, reason = "the test reads the source text")]

use std::path::{Path, PathBuf};
use std::process::Command;

use crate::support::page;
use connlint::testing::rules::RULES;

mod words;

use words::{Strictness, assert_plain, assert_plain_for, comments, literals, prose};

/// The verbs that a help begins with.
const IMPERATIVES: &[&str] = &[
    "add", "change", "check", "choose", "close", "convert", "copy", "correct", "define", "describe", "encode", "end",
    "escape", "flatten", "format", "indent", "insert", "join", "keep", "link", "list", "lower", "merge", "move",
    "name", "number", "put", "remove", "rename", "replace", "resolve", "revoke", "rewrite", "save", "separate",
    "split", "start", "type", "use", "wrap",
];

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn files_below(folder: &Path, extension: &str, files: &mut Vec<PathBuf>) {
    let entries = std::fs::read_dir(folder).expect("a folder");
    let mut paths: Vec<_> = entries.map(|entry| entry.expect("an entry").path()).collect();
    paths.sort();
    for path in paths {
        if path.is_dir() {
            files_below(&path, extension, files);
        } else if path.extension().is_some_and(|own| own == extension) {
            files.push(path);
        }
    }
}

#[test]
fn texts_in_the_code_are_plain() {
    let mut files = Vec::new();
    files_below(&root().join("src"), "rs", &mut files);
    let mut faults = Vec::new();
    for path in files {
        let code = std::fs::read_to_string(&path).expect("Rust is UTF-8");
        for literal in literals(&code).iter().filter(|literal| literal.contains(' ')) {
            assert_plain(&path.display().to_string(), &prose(literal), &mut faults);
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

/// The help of a command and of its own commands.
fn add_help(command: &[&str], texts: &mut Vec<(String, String)>) {
    let program = Command::new(env!("CARGO_BIN_EXE_connlint")).args(command).arg("--help").output();
    let text = String::from_utf8(program.expect("the program runs").stdout).expect("help is UTF-8");
    if let Some((_, commands)) = text.split_once("Commands:\n") {
        let lines = commands.lines().take_while(|line| !line.trim().is_empty());
        let names = lines.filter(|line| !line.starts_with("   ")).filter_map(|line| line.split_whitespace().next());
        for name in names.filter(|name| *name != "help") {
            add_help(&[command, &[name]].concat(), texts);
        }
    }
    texts.push((command.join(" "), text));
}

#[test]
fn help_of_all_commands_is_plain() {
    let mut texts = Vec::new();
    add_help(&[], &mut texts);
    let has = |name: &str| texts.iter().any(|(command, _)| command == name);
    assert!(texts.len() > 16 && has("check") && has("new config"), "{}", texts.len());
    let mut faults = Vec::new();
    for (command, text) in &texts {
        assert_plain(&format!("connlint {command} --help"), &prose(text), &mut faults);
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

/// Names that keep their capitals at the start of a message.
const NAMES: &[&str] = &["HTML", "IP", "Jekyll", "JSON", "Liquid", "Markdown", "URL", "UTF-8", "YAML"];

/// A text starts in lowercase letters, apart from names and quotations, and has no full stop at its end.
fn is_fragment(text: &str) -> bool {
    let is_name = || NAMES.iter().any(|name| text.starts_with(name));
    (!text.starts_with(char::is_uppercase) || is_name()) && !ends_sentence(text) && !has_clause(text)
}

/// A relative clause, or a sentence that starts with "there is".
fn has_clause(text: &str) -> bool {
    let text = words::prose(text);
    text.starts_with("there ") || [" which ", " that ", " who ", " whose "].iter().any(|word| text.contains(word))
}

fn ends_sentence(text: &str) -> bool {
    text.ends_with('.') && !text.ends_with("...")
}

/// A help names one thing to do.
fn is_imperative(help: &str) -> bool {
    let verb: String = help.chars().take_while(char::is_ascii_lowercase).collect();
    IMPERATIVES.contains(&verb.as_str())
}

#[test]
fn messages_have_one_grammar() {
    let mut faults = Vec::new();
    let mut messages = 0;
    for rule in RULES {
        for output in page::examples(rule.docs).into_iter().filter_map(|example| example.output) {
            for line in output.text.lines() {
                let (message, help) = match line.trim_start().split_once(": ") {
                    Some(("help", help)) => (None, Some(help)),
                    Some(("fix", title)) => (Some(title), None),
                    Some((_, message)) if !line.starts_with(' ') => (Some(message), None),
                    _ => (None, None),
                };
                messages += usize::from(message.is_some());
                if message.is_some_and(|message| !is_fragment(message)) {
                    faults.push(format!("{}: {line}", rule.name));
                }
                if help.is_some_and(|help| !is_imperative(help) || ends_sentence(help)) {
                    faults.push(format!("{}: {line}", rule.name));
                }
                assert_plain(rule.name, &prose(line), &mut faults);
            }
        }
    }
    assert!(messages > 400, "{messages}");
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

/// Pronouns and phrases that need another text before them.
const DEPENDENT: &[&str] = &[
    "he ", "it ", "its ", "she ", "such ", "that ", "the reader is told", "these ", "they ", "this ", "those ", "your ",
];

/// A reason stands alone after `why:`, and says something else than what to do.
#[test]
fn reasons_stand_alone() {
    let words = |text: &str| {
        let split = text.split(|letter: char| !letter.is_alphanumeric()).filter(|word| !word.is_empty());
        split.map(str::to_lowercase).collect::<Vec<_>>()
    };
    let mut faults = Vec::new();
    for rule in RULES {
        let why = rule.why();
        let lower = why.to_lowercase();
        if DEPENDENT.iter().any(|start| lower.starts_with(start)) || !why.ends_with('.') {
            faults.push(format!("{}: {why}", rule.name));
        }
        let reason = words(&why).join(" ");
        for output in page::examples(rule.docs).into_iter().filter_map(|example| example.output) {
            let helps = output.text.lines().filter_map(|line| line.trim_start().strip_prefix("help: "));
            let clauses = helps.flat_map(|help| help.split([',', ':', ';'])).map(words);
            for clause in clauses.filter(|clause| clause.len() > 3) {
                if format!(" {reason} ").contains(&format!(" {} ", clause.join(" "))) {
                    faults.push(format!("{}: the reason repeats `{}`", rule.name, clause.join(" ")));
                }
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn pages_are_plain() {
    let top = ["README.md", "CONTRIBUTING.md", "SECURITY.md", "CHANGELOG.md", "packaging/README.md", "fuzz/README.md"];
    let mut files: Vec<PathBuf> = top.map(|name| root().join(name)).into();
    files_below(&root().join("docs"), "md", &mut files);
    let mut faults = Vec::new();
    // The style guide quotes the words.
    for path in files.iter().filter(|path| !path.ends_with("docs/style.md")) {
        let text = prose(&std::fs::read_to_string(path).expect("a page is UTF-8"));
        for paragraph in text.split("\n\n") {
            assert_plain(&path.display().to_string(), paragraph, &mut faults);
        }
    }
    assert!(files.len() > 130, "{}", files.len());
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

/// Files of the action, of hooks, and of templates, which are texts for users as a whole.
const CONFIGURATIONS: &[&str] = &[
    "action.yml",
    ".pre-commit-hooks.yaml",
    "src/cli/init/connlint.toml",
    "src/cli/init/pre-commit.yaml",
    "src/cli/init/workflow.yml",
    "fixtures/wickerlink/connlint.toml",
];

#[test]
fn schemas_and_configurations_are_plain() {
    let mut faults = Vec::new();
    for name in CONFIGURATIONS {
        let text = std::fs::read_to_string(root().join(name)).expect("a file of the project");
        assert_plain(name, &prose(&text), &mut faults);
    }
    let mut files = Vec::new();
    files_below(&root().join("schemas"), "json", &mut files);
    for path in &files {
        let text = std::fs::read_to_string(path).expect("JSON is UTF-8");
        let json = serde_json::from_str(&text).expect("JSON");
        add_descriptions(&path.display().to_string(), &json, &mut faults);
    }
    assert!(files.len() > 130, "{}", files.len());
    let mut packs = Vec::new();
    files_below(&root().join("schemas"), "yaml", &mut packs);
    files_below(&root().join("fixtures"), "yaml", &mut packs);
    for path in &packs {
        // The values of a vendor's file are its own words.
        let text = std::fs::read_to_string(path).expect("YAML is UTF-8");
        let lines = text.lines().filter_map(|line| line.split_once("# ").map(|(_, comment)| comment));
        let comments = lines.collect::<Vec<_>>().join("\n");
        assert_plain(&path.display().to_string(), &prose(&comments), &mut faults);
    }
    assert!(packs.len() > 6, "{}", packs.len());
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

/// The titles and descriptions of a JSON file.
fn add_descriptions(place: &str, json: &serde_json::Value, faults: &mut Vec<String>) {
    for (key, value) in json.as_object().into_iter().flatten() {
        if let (true, Some(text)) = (["title", "description", "about"].contains(&key.as_str()), value.as_str()) {
            assert_plain(place, &prose(text), faults);
        }
        add_descriptions(place, value, faults);
    }
    for value in json.as_array().into_iter().flatten() {
        add_descriptions(place, value, faults);
    }
}

#[test]
fn comments_are_plain() {
    let mut files = Vec::new();
    files_below(&root().join("src"), "rs", &mut files);
    let mut faults = Vec::new();
    for path in &files {
        let code = std::fs::read_to_string(path).expect("Rust is UTF-8");
        assert_plain_for(Strictness::Comments, &path.display().to_string(), &prose(&comments(&code)), &mut faults);
    }
    assert!(files.len() > 300, "{}", files.len());
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}
