//! The language server finds what `check` finds, also after many changes.

#![allow(
    clippy::unwrap_used,
    clippy::disallowed_methods,
    reason = "a test writes the files that are opened and may panic"
)]

use std::path::Path;

use connlint::testing::server::End;
use serde_json::{Value, json};

use crate::support::corpus;
use crate::support::editor::{Editor, new};

/// What is found in the files of a folder: file, rule, offset and message, in order.
type Found = Vec<(String, String, usize, String)>;

/// What the command line finds in the open folder.
fn checked(folder: &Path) -> Found {
    let mut command = assert_cmd::Command::cargo_bin("connlint").unwrap();
    let run = command.current_dir(folder).args(["check", "--quiet", "--format", "jsonl"]).output().unwrap();
    let text = String::from_utf8(run.stdout).unwrap();
    let read = |line: &str| {
        let found: Value = serde_json::from_str(line).unwrap();
        let offset = usize::try_from(found["span"]["start"]["offset"].as_u64().unwrap()).unwrap();
        let own = |key: &str| found[key].as_str().unwrap().to_owned();
        (own("file"), own("rule"), offset, own("message"))
    };
    let mut found: Found = text.lines().map(read).collect();
    found.sort();
    found
}

impl Editor {
    /// What the server finds in a file with this text.
    fn found(&mut self, name: &str, text: &str) -> Found {
        let starts = line_starts(text);
        let read = |found: &Value| {
            let place = &found["range"]["start"];
            let number = |key: &str| usize::try_from(place[key].as_u64().unwrap()).unwrap();
            let message = found["message"].as_str().unwrap().split("\n\nhelp: ").next().unwrap().to_owned();
            let rule = found["code"].as_str().unwrap().to_owned();
            (name.to_owned(), rule, starts[number("line")] + number("character"), message)
        };
        self.pulled(name).iter().map(read).collect()
    }
}

/// Where lines start as the protocol counts them: `\n`, `\r\n` and a lone `\r` end a line.
fn line_starts(text: &str) -> Vec<usize> {
    let bytes = text.as_bytes();
    let ends = |at: &usize| bytes[*at] == b'\n' || bytes[*at] == b'\r' && bytes.get(at + 1) != Some(&b'\n');
    std::iter::once(0).chain((0..bytes.len()).filter(ends).map(|at| at + 1)).collect()
}

/// Numbers that look random and are the same in every run.
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, end: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap() % end.max(1)
    }
}

/// What authors type: pieces of pages and configurations.
const PIECES: [&str; 16] = [
    "\n", " ", "#", "- ", "| a | b |\n", "](/acme-connector)", "the the ", "1. ", "{{ x }}", "```\n",
    "\u{e9}\u{1d4b3}", "---\n", ": ", "permalink: x\n", "**", "<div>",
];

/// Changes a text at random as an editor does, and sends each change. Returns the text afterwards.
fn type_at_random(editor: &Editor, name: &str, mut text: String, count: i32, numbers: &mut Numbers) -> String {
    for version in 2..2 + count {
        // No editor has a cursor within `\r\n`.
        let is_place = |at: &usize| !(text[..*at].ends_with('\r') && text[*at..].starts_with('\n'));
        let boundaries = text.char_indices().map(|(at, _)| at).chain([text.len()]).filter(is_place);
        let boundaries: Vec<usize> = boundaries.collect();
        let first = numbers.below(boundaries.len());
        let length = if numbers.below(3) == 0 { numbers.below(12) } else { 0 };
        let range = boundaries[first]..boundaries[(first + length).min(boundaries.len() - 1)];
        let new = if length == 0 { PIECES[numbers.below(PIECES.len())] } else { "" };
        let starts = line_starts(&text);
        let position = |offset: usize| {
            let line = starts.partition_point(|start| *start <= offset) - 1;
            json!({ "line": line, "character": offset - starts[line] })
        };
        let range_sent = json!({ "start": position(range.start), "end": position(range.end) });
        let document = json!({ "uri": editor.uri(name), "version": version });
        let change = json!({ "range": range_sent, "text": new });
        editor.notify("textDocument/didChange", json!({ "textDocument": document, "contentChanges": [change] }));
        text.replace_range(range, new);
    }
    text
}

/// Compares the server with the command line: for all files as they are, then after random changes of `count` of them.
/// Returns how many findings they have in the end.
fn compare_with_check(files: &[(String, String)], count: usize, changes: i32) -> usize {
    let given: Vec<(&str, &str)> = files.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect();
    let mut editor = Editor::open(&new(), &given);
    let is_checked = |name: &str| {
        let is_of_settings =
            ["profile.yaml", "pack.yaml", "-scopes.yaml", "_config.yml"].iter().any(|end| name.ends_with(end));
        !is_of_settings && [".md", ".yaml", ".json"].iter().any(|end| name.ends_with(end))
    };
    let mut found: Found = Vec::new();
    for (name, text) in files.iter().filter(|(name, _)| is_checked(name)) {
        found.extend(editor.found(name, text));
    }
    found.sort();
    assert_same(&found, &checked(&editor.path("")));
    let mut numbers = Numbers(2026);
    let names: Vec<&(String, String)> = files.iter().filter(|(name, _)| is_checked(name)).collect();
    let mut texts: Vec<(String, String)> = files.to_vec();
    for _ in 0..count {
        let (name, _) = names[numbers.below(names.len())];
        let at = texts.iter().position(|(known, _)| known == name).unwrap();
        editor.show_text(name, &texts[at].1);
        texts[at].1 = type_at_random(&editor, name, texts[at].1.clone(), changes, &mut numbers);
        std::fs::write(editor.path(name), &texts[at].1).unwrap();
    }
    let mut found: Found = Vec::new();
    for (name, text) in texts.iter().filter(|(name, _)| is_checked(name)) {
        found.extend(editor.found(name, text));
    }
    found.sort();
    assert_same(&found, &checked(&editor.path("")));
    assert_eq!(editor.end(), End::Clean);
    found.len()
}

/// Fails with what one side found more often than the other.
fn assert_same(server: &Found, check: &Found) {
    let count =
        |all: &Found, found: &(String, String, usize, String)| all.iter().filter(|other| *other == found).count();
    let more = |one: &Found, other: &Found| -> Found {
        one.iter().filter(|found| count(one, found) > count(other, found)).cloned().collect()
    };
    let (server_only, check_only) = (more(server, check), more(check, server));
    assert!(server == check, "more by the server: {server_only:#?}\nmore by check: {check_only:#?}");
}

/// The text files below a folder, by their paths from it.
fn files_of(folder: &Path) -> Vec<(String, String)> {
    let mut files = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(next) = folders.pop() {
        for entry in std::fs::read_dir(next).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if let Ok(text) = std::fs::read_to_string(&path) {
                files.push((path.strip_prefix(folder).unwrap().to_string_lossy().into_owned(), text));
            }
        }
    }
    files.sort();
    files
}

#[test]
fn diagnostics_are_those_of_check() {
    let fixtures = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures");
    for name in ["pipedrive", "wickerlink", "pebbleworks"] {
        compare_with_check(&files_of(&fixtures.join(name)), 6, 8);
    }
    let site: Vec<(String, String)> =
        crate::server::site().into_iter().map(|(name, text)| (name.to_owned(), text.to_owned())).collect();
    assert!(compare_with_check(&site, 4, 2) > 0);
}

#[test]
#[ignore = "needs CONNLINT_CORPUS"]
fn diagnostics_are_those_of_check_on_a_real_site() {
    assert!(compare_with_check(&files_of(&corpus::path("cyclr")), 100, 10) > 0);
}
