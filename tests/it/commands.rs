//! Every command in the documentation is run, and what it shows is compared with what it prints.
//!
//! A page starts in a folder of its own that holds a copy of `fixtures`. From top to bottom, a block with
//! `file=NAME` behind its language is written there, and each line of a `console` block that begins with `$ ` is run
//! by a shell. What stands below it is the output, errors included; a line `...` stands for any lines. A command
//! ends with exit code 0 unless `$ echo $?` follows it. Commands in running text have to be accepted.
//!
//! `CONNLINT_BLESS=1 cargo test --test it commands` writes outputs again that have no `...` in them.

#![cfg(unix)]
#![allow(clippy::unwrap_used, clippy::disallowed_methods, reason = "a test reads pages, runs programs and may panic")]

use std::fmt::Write;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::support::folder::pages_below;
use connlint::testing::source::{FileId, SourceFile};
use connlint::testing::tree::yaml;

/// A command and what a page shows below it.
struct Shown<'a> {
    command: &'a str,
    output: Vec<&'a str>,
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The page on reports is run by `tests/it/formats.rs`, which reads its outputs with other programs' eyes, too.
const ELSEWHERE: &str = "docs/formats.md";

/// Programs that build, install or need a network: their commands are not run.
const NOT_RUN: &[&str] = &["cargo", "docker", "mdbook", "CONNLINT_BLESS=1"];

/// What stands for a value in a command in running text, and such a value.
const PLACEHOLDERS: &[(&str, &str)] = &[
    ("FORMAT", "json"),
    ("FORMAT:FILE", "json:out.json"),
    ("FILE", "a.md"),
    ("PATH", "a.md"),
    ("RULE", "guide/typo"),
    ("REV", "HEAD"),
    ("CONNECTOR", "slack-connector"),
    ("NAME", "Acme"),
];

/// All pages of the documentation, by their paths in the repository.
fn all_pages() -> Vec<PathBuf> {
    let mut pages: Vec<PathBuf> =
        ["README.md", "CONTRIBUTING.md", "SECURITY.md", "CHANGELOG.md"].map(|name| root().join(name)).to_vec();
    pages.extend(pages_below(&root().join("docs")));
    pages.sort();
    pages
}

/// The pages whose blocks are run here.
fn pages() -> Vec<PathBuf> {
    all_pages().into_iter().filter(|path| !path.ends_with(ELSEWHERE)).collect()
}

/// Whether a command is one of a program that is not run.
fn is_left_out(command: &str) -> bool {
    command.split(' ').next().is_some_and(|program| NOT_RUN.contains(&program))
}

fn copy(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).unwrap();
    for entry in std::fs::read_dir(from).unwrap().map(Result::unwrap) {
        let target = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy(&entry.path(), &target);
        } else {
            std::fs::copy(entry.path(), target).unwrap();
        }
    }
}

/// Output, errors included, and exit code.
fn run(folder: &Path, command: &str) -> (String, i32) {
    let program = Path::new(env!("CARGO_BIN_EXE_connlint")).parent().unwrap();
    let path = format!("{}:{}", program.display(), std::env::var("PATH").unwrap_or_default());
    let mut shell = Command::new("sh");
    shell.args(["-c", &format!("{{ {command}\n}} 2>&1")]).current_dir(folder).env("PATH", path);
    for name in ["CLICOLOR_FORCE", "COLUMNS", "FORCE_COLOR", "GITHUB_ACTIONS", "GITHUB_STEP_SUMMARY", "GITLAB_CI"] {
        shell.env_remove(name);
    }
    let output = shell.env("NO_COLOR", "1").env("GIT_CONFIG_GLOBAL", "/dev/null").output().unwrap();
    (String::from_utf8(output.stdout).unwrap(), output.status.code().unwrap())
}

/// The commands of a block, each with the lines below it.
fn commands(block: &str) -> Vec<Shown<'_>> {
    let mut shown: Vec<Shown<'_>> = Vec::new();
    for line in block.lines() {
        match (line.strip_prefix("$ "), shown.last_mut()) {
            (Some(command), _) => shown.push(Shown { command, output: Vec::new() }),
            (None, Some(last)) => last.output.push(line),
            (None, None) => panic!("output without a command: {line}"),
        }
    }
    shown
}

/// Whether the lines of `output` are those shown, where `...` stands for any lines.
fn is_shown(shown: &[&str], output: &[&str]) -> bool {
    match shown.split_first() {
        None => output.is_empty(),
        Some((&"...", rest)) => (0..=output.len()).any(|skipped| is_shown(rest, &output[skipped..])),
        Some((first, rest)) => output.split_first().is_some_and(|(line, left)| line == first && is_shown(rest, left)),
    }
}

/// Runs a block's commands: the block with its outputs written anew, and what differs.
fn run_block(folder: &Path, block: &str, wrong: &mut String) -> String {
    let mut anew = String::new();
    let mut ended = 0;
    let shown = commands(block);
    for (index, Shown { command, output }) in shown.iter().enumerate() {
        if is_left_out(command) {
            let _ = writeln!(anew, "$ {command}");
            anew.extend(output.iter().flat_map(|line| [*line, "\n"]));
            continue;
        }
        let (text, code) = if *command == "echo $?" { (format!("{ended}\n"), 0) } else { run(folder, command) };
        let is_told = shown.get(index + 1).is_some_and(|next| next.command == "echo $?");
        if code != 0 && !is_told {
            let _ = writeln!(wrong, "`{command}` ends with {code}, and the page does not say so:\n{text}");
        }
        ended = code;
        let lines: Vec<&str> = text.lines().map(str::trim_end).collect();
        let kept = if is_shown(output, &lines) || output.contains(&"...") { output } else { &lines };
        if !is_shown(output, &lines) {
            let _ = writeln!(wrong, "`{command}` prints\n{text}");
        }
        let _ = writeln!(anew, "$ {command}");
        for line in kept {
            let _ = writeln!(anew, "{line}");
        }
    }
    anew
}

/// A line of a page, or a fenced block.
struct Piece<'p> {
    /// The line, or that of the fence.
    start: &'p str,
    /// What is after the fence of a block.
    info: Option<&'p str>,
    inside: String,
    /// The line of the closing fence.
    end: &'p str,
}

fn pieces(page: &str) -> Vec<Piece<'_>> {
    let mut lines = page.split_inclusive('\n');
    let mut pieces = Vec::new();
    while let Some(start) = lines.next() {
        let text = start.trim_start();
        let info = text.trim_start_matches('`');
        let fence = &text[..text.len() - info.len()];
        let mut piece =
            Piece { start, info: (fence.len() > 2).then_some(info.trim_end()), inside: String::new(), end: "" };
        if piece.info.is_some() {
            for line in lines.by_ref() {
                if line.trim() == fence {
                    piece.end = line;
                    break;
                }
                piece.inside += line;
            }
        }
        pieces.push(piece);
    }
    pieces
}

/// Runs a page from top to bottom: the page with its outputs written anew, and what differs.
fn run_page(page: &str) -> (String, String) {
    let folder = tempfile::tempdir().unwrap();
    copy(&root().join("fixtures"), &folder.path().join("fixtures"));
    let (mut anew, mut wrong) = (String::new(), String::new());
    for piece in pieces(page) {
        let Some(info) = piece.info else {
            anew += piece.start;
            continue;
        };
        if let Some(name) = info.split_whitespace().find_map(|word| word.strip_prefix("file=")) {
            let path = folder.path().join(name);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(path, &piece.inside).unwrap();
        }
        let is_command = info.trim() == "console";
        let inside = if is_command { run_block(folder.path(), &piece.inside, &mut wrong) } else { piece.inside };
        anew.extend([piece.start, &inside, piece.end]);
    }
    (anew, wrong)
}

#[test]
fn what_the_book_shows_is_what_happens() {
    let mut all = String::new();
    for path in pages() {
        let page = std::fs::read_to_string(&path).unwrap();
        let (anew, wrong) = run_page(&page);
        assert!(
            !wrong.is_empty() || anew == page,
            "{}: a page without a difference is written as it is",
            path.display()
        );
        if std::env::var_os("CONNLINT_BLESS").is_some() && anew != page {
            std::fs::write(&path, anew).unwrap();
        } else if !wrong.is_empty() {
            let _ = writeln!(all, "== {}\n{wrong}", path.display());
        }
    }
    assert!(all.is_empty(), "{all}");
}

#[test]
fn command_blocks_are_of_one_language() {
    for path in pages() {
        let page = std::fs::read_to_string(&path).unwrap();
        let others = ["```sh", "```bash", "```shell", "```zsh"];
        let is_other = page.lines().any(|line| others.contains(&line.trim()));
        assert!(!is_other, "{}: commands stand in `console` blocks, which are run", path.display());
    }
}

/// The code spans of a page's running text.
fn code_spans(page: &str) -> Vec<String> {
    let text: String = pieces(page).iter().filter(|piece| piece.info.is_none()).map(|piece| piece.start).collect();
    // A span may go on in the next line, and does not leave its paragraph.
    let spans = text.split("\n\n").flat_map(|paragraph| paragraph.split('`').skip(1).step_by(2));
    spans.map(|span| span.split_whitespace().collect::<Vec<_>>().join(" ")).collect()
}

#[test]
fn commands_in_running_text_are_accepted() {
    let folder = tempfile::tempdir().unwrap();
    let (mut seen, mut wrong) = (0, String::new());
    for path in all_pages() {
        for span in code_spans(&std::fs::read_to_string(&path).unwrap()) {
            let Some(arguments) = span.strip_prefix("connlint ") else { continue };
            let value = |word: &str| {
                let known = PLACEHOLDERS.iter().find(|(name, _)| *name == word);
                known.map_or(word.to_owned(), |(_, value)| (*value).to_owned())
            };
            let arguments: Vec<String> = arguments.split(' ').map(value).collect();
            // Help is printed only if the commands and options before it exist, and their values do.
            let (said, code) = run(folder.path(), &format!("connlint {} --help", arguments.join(" ")));
            if code != 0 {
                let _ = writeln!(wrong, "{}: `{span}`: {said}", path.display());
            }
            seen += 1;
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
    assert!(seen > 40, "{seen}");
}

/// What is not run names targets that exist.
#[test]
fn cargo_commands_name_targets() {
    let manifest = std::fs::read_to_string(root().join("Cargo.toml")).unwrap();
    let mut seen = 0;
    for path in all_pages() {
        for span in code_spans(&std::fs::read_to_string(&path).unwrap()).iter().filter(|span| span.contains("cargo ")) {
            let words: Vec<&str> = span.split(' ').collect();
            for pair in words.windows(2) {
                let exists = match pair[0] {
                    "--test" => root().join("tests").join(pair[1]).join("main.rs").is_file(),
                    "--bench" => manifest.contains(&format!("name = \"{}\"", pair[1])),
                    _ => continue,
                };
                assert!(exists, "{}: `{span}` names `{}`", path.display(), pair[1]);
                seen += 1;
            }
            // Cargo takes one filter; several go to the test program.
            let filters = words.iter().take_while(|word| **word != "--").filter(|word| word.contains('_'));
            assert!(filters.filter(|word| !word.contains('=')).count() < 2, "{}: `{span}`", path.display());
        }
    }
    assert!(seen > 2, "{seen}");
}

#[test]
fn snippets_for_services_are_right() {
    let page = std::fs::read_to_string(root().join("docs/start/hooks.md")).unwrap();
    let mut checked = 0;
    for Piece { info, inside: text, .. } in pieces(&page).into_iter().filter(|piece| piece.info != Some("console")) {
        if info == Some("yaml") {
            let source = SourceFile::new(FileId::default(), "snippet.yaml", &text);
            assert_eq!(yaml::parse(&source, 0..text.len()).problems, [], "{text}");
        }
        for line in text.lines().filter_map(|line| line.split_once("connlint check ")) {
            // Help is printed only if the options before it exist.
            let command = format!("connlint check {} --help", line.1.split('\'').next().unwrap_or_default());
            assert_eq!(run(root(), &command).1, 0, "{command}");
            checked += 1;
        }
    }
    assert_eq!(checked, 3, "GitLab, Azure and Jenkins");
}

/// The hooks that the page shows are those that the project has.
#[test]
fn the_hooks_shown_exist() {
    let page = std::fs::read_to_string(root().join("docs/start/hooks.md")).unwrap();
    let hooks = std::fs::read_to_string(root().join(".pre-commit-hooks.yaml")).unwrap();
    let ids = |text: &str| -> Vec<String> {
        let mut ids: Vec<String> =
            text.lines().filter_map(|line| line.trim().strip_prefix("- id: ").map(str::to_owned)).collect();
        ids.sort();
        ids
    };
    assert_eq!(ids(&page), ids(&hooks));
}
