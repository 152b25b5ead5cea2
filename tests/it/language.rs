//! Every text that a user reads is in plain words, and every message has one grammar.
//!
//! `docs/style.md` explains the words and the grammar to contributors.

#![allow(clippy::disallowed_methods, reason = "the test reads the source text")]

use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::LazyLock;

use connlint::testing::rules::RULES;
use regex::Regex;

use crate::support::page;

/// Words that no text has outside code and quotations, and what to use instead.
const WORDS: &[(&str, &str)] = &[
    (r"(?:un)?mend(?:s|ed|ing)?", "fix, fixed, not fixed"),
    (r"behind", "after"),
    (r"stands? (?:in|twice|on its own|alone)", "is in, is duplicated, is alone"),
    (r"is told|are told|tells", "is reported, reports"),
    (r"is no [a-z]+|is none|are none", "is not a valid X, no X, unknown X"),
    (r"blanks?", "space, blank line"),
    (r"small letters?|capitals?", "lowercase, uppercase"),
    (r"spare|too much|too many by one", "extra"),
    (r"at hand", "available"),
    (r"anew|once more", "again"),
    (r"by itself|by themselves", "on its own"),
    (r"nobody|everybody", "the actor by name, or passive"),
    (r"(?:mis)?spelt|behaviou?r(?:s|al)?|colou?r(?:s|ed)?", "American spelling"),
];

/// What is right although [`WORDS`] has it.
const RIGHT: &str = r"(?i)blank lines?|there is no|behaviors?|colors?|colored|is no longer";

static LEFT: LazyLock<Regex> = LazyLock::new(|| {
    let words: Vec<&str> = WORDS.iter().map(|(word, _)| *word).collect();
    Regex::new(&format!(r"(?i)\b(?:{})\b", words.join("|"))).expect("the words are patterns")
});

static ALLOWED: LazyLock<Regex> = LazyLock::new(|| Regex::new(RIGHT).expect("a pattern"));

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

/// Code, quotations and comments.
static QUOTED: LazyLock<Regex> =
    LazyLock::new(|| Regex::new("(?s)``.*?``|`[^`]*`|\"[^\"\n]*\"|<!--.*?-->").expect("a pattern"));

/// A Markdown text without code, comments and quotations.
fn prose(markdown: &str) -> String {
    let mut out = String::new();
    let mut fence: Option<String> = None;
    for line in markdown.lines() {
        let ticks: String = line.trim_start().chars().take_while(|mark| *mark == '`').collect();
        match &fence {
            Some(open) if line.trim() == open => fence = None,
            Some(_) => {}
            None if ticks.len() >= 3 => fence = Some(ticks),
            None => out.push_str(line),
        }
        out.push('\n');
    }
    QUOTED.replace_all(&out, "").into_owned()
}

/// The words of a text that are to be replaced.
fn left(text: &str) -> Vec<String> {
    let text = ALLOWED.replace_all(text, "");
    LEFT.find_iter(&text).map(|found| found.as_str().to_owned()).collect()
}

fn assert_plain(place: &str, text: &str, faults: &mut Vec<String>) {
    faults.extend(left(text).into_iter().map(|word| format!("{place}: `{word}`")));
}

/// The string literals of a Rust file that are neither tests nor messages for developers.
fn literals(code: &str) -> Vec<String> {
    static LITERAL: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r#"(?s)//[^\n]*|b?'(?:[^'\\\n]|\\.[^'\n]{0,8})'|(?:expect\(|reason = )?b?"((?:[^"\\]|\\.)*)""#)
            .expect("a pattern")
    });
    let code = code.split("#[cfg(test)]").next().unwrap_or_default();
    let found = LITERAL.captures_iter(code);
    let shown = found.filter(|found| !found[0].starts_with("expect(") && !found[0].starts_with("reason = "));
    shown.filter_map(|found| Some(found.get(1)?.as_str().to_owned())).collect()
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

#[test]
fn help_of_all_commands_is_plain() {
    let help = |arguments: &[&str]| {
        let output = Command::new(env!("CARGO_BIN_EXE_connlint")).args(arguments).output().expect("the program runs");
        String::from_utf8(output.stdout).expect("help is UTF-8")
    };
    let all = help(&["--help"]);
    let (_, commands) = all.split_once("Commands:").expect("there are commands");
    let names = commands.lines().skip(1).take_while(|line| !line.trim().is_empty());
    let names: Vec<&str> = names.filter_map(|line| line.split_whitespace().next()).collect();
    assert!(names.len() > 8 && names.contains(&"check"), "{names:?}");
    let mut faults = Vec::new();
    assert_plain("connlint --help", &prose(&all), &mut faults);
    for name in names {
        assert_plain(&format!("connlint {name} --help"), &prose(&help(&[name, "--help"])), &mut faults);
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

/// Names that keep their capitals at the start of a message.
const NAMES: &[&str] = &["HTML", "IP", "Jekyll", "JSON", "Liquid", "Markdown", "URL", "UTF-8", "YAML"];

/// A text starts in lowercase letters, apart from names and quotations, and has no full stop at its end.
fn is_fragment(text: &str) -> bool {
    let is_name = || NAMES.iter().any(|name| text.starts_with(name));
    (!text.starts_with(char::is_uppercase) || is_name()) && !ends_sentence(text)
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
    "he ",
    "it ",
    "its ",
    "she ",
    "such ",
    "that ",
    "the reader is told",
    "these ",
    "they ",
    "this ",
    "those ",
    "your ",
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
    let mut files = Vec::new();
    files_below(&root().join("docs/rules"), "md", &mut files);
    let mut faults = Vec::new();
    for path in files.iter().filter(|path| !path.ends_with("docs/style.md")) {
        let text = prose(&std::fs::read_to_string(path).expect("a page is UTF-8"));
        for (number, paragraph) in text.split("\n\n").enumerate() {
            let start: String = paragraph.trim().chars().take(50).collect();
            assert_plain(&format!("{} ({number}: {start})", path.display()), paragraph, &mut faults);
        }
    }
    assert!(files.len() > 100, "{}", files.len());
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}
