//! Ignore comments in files that cannot be judged completely, and at the end of a line.

#![allow(clippy::disallowed_methods, reason = "a test reads what was written")]

use std::path::Path;

use serde_json::json;

use crate::support::editor::{Editor, new};
use crate::support::program::{folder, run, run_with};

const COMMENT: &str = "# connlint-ignore-file config/literal-secret: the test system accepts any secret\n";

const PAGE: &str =
    "---\ntitle: Acme Authentication\nsidebar: cyclr_sidebar\npermalink: acme-connector\ntags: [connector]\n---\n\n";

/// Files with a valid comment whose rule cannot judge them.
fn unjudged() -> [(&'static str, String); 4] {
    let literal = "AuthValue: kestrelTern41Zq9kestrelTern41\n";
    let link = "<!-- connlint-ignore guide/link-broken: published later -->\nSee [the other page](/other-connector).\n";
    [
        ("a.connector.yaml", format!("{COMMENT}Connector: pipedrive-connector\nAuthType: ApiKey\n{literal}Foo: [\n")),
        (
            "b.connector.yaml",
            format!("{COMMENT}Connector: unheard-of-connector\nAuthType: ApiKey\nAuthValue: ${{K}}\n"),
        ),
        ("c.md", format!("{PAGE}{link}")),
        ("d.md", format!("{}{link}", PAGE.replace("title: Acme", "title: \"Acme"))),
    ]
}

fn text(folder: &Path, name: &str) -> String {
    std::fs::read_to_string(folder.join(name)).expect("it can be read")
}

#[test]
fn comments_whose_rule_cannot_judge_the_file_are_kept() {
    for (name, content) in unjudged() {
        let folder = folder(&[(name, &content)]);
        let fixed = run(folder.path(), &["check", "--fix", "--unsafe-fixes", name]);
        assert!(!format!("{}{}", fixed.stdout, fixed.stderr).contains("ignore/unused"), "{name}: {fixed:?}");
        assert!(text(folder.path(), name).contains("connlint-ignore"), "{name}");
        let piped = run_with(folder.path(), &["check", "--fix", "--stdin-filename", name, "-"], &content);
        assert!(piped.stdout.contains("connlint-ignore"), "{name}: {piped:?}");
    }
}

#[test]
fn comments_for_rules_that_are_off_are_kept() {
    let page = format!("{PAGE}<!-- connlint-ignore guide/doubled-word: a name -->\nThe the key.\n");
    for off in ["\"guide/doubled-word\" = \"off\"", "guide = \"off\""] {
        let folder = folder(&[("a.md", &page), ("connlint.toml", &format!("[rules]\n{off}\n"))]);
        let found = run(folder.path(), &["check", "--select", "ignore", "a.md"]);
        assert!(!found.stdout.contains("ignore/unused"), "{}", found.stdout);
    }
}

/// Another run may have findings of the rule: with other options, for instance.
#[test]
fn unused_comments_are_removed_on_request_only() {
    let page = format!("{PAGE}<!-- connlint-ignore guide/doubled-word: a name -->\nThe key.\n");
    let folder = folder(&[("_config.yml", ""), ("a.md", &page)]);
    run(folder.path(), &["check", "--fix-only", "--select", "ignore", "a.md"]);
    assert_eq!(text(folder.path(), "a.md"), page);
    run(folder.path(), &["check", "--fix-only", "--unsafe-fixes", "--select", "ignore", "a.md"]);
    assert!(!text(folder.path(), "a.md").contains("connlint-ignore"));
}

#[test]
fn the_editor_keeps_comments_when_it_fixes_everything() {
    let page = format!("{PAGE}<!-- connlint-ignore guide/doubled-word: a name -->\nThe key.\n");
    let mut editor = Editor::open(&new(), &[("_config.yml", ""), ("a.md", &page)]);
    editor.show("a.md");
    assert!(editor.pulled("a.md").iter().any(|found| found["code"] == "ignore/unused"));
    let all = editor.actions("a.md", 0, &json!(["source.fixAll"]));
    assert!(all.iter().all(|action| !action.to_string().contains("connlint-ignore")), "{all:#?}");
}

#[test]
fn a_comment_at_the_end_of_a_line_silences_that_block() {
    let comment = "<!-- connlint-ignore guide/doubled-word: a name -->";
    for line in ["The the key.", "## The the key", "- The the key.", "> The the key.", "First line,\nand the the key."]
    {
        let page = format!("{PAGE}{line} {comment}\n\nThe the page.\n");
        let folder = folder(&[("_config.yml", ""), ("a.md", &page)]);
        let found = run(folder.path(), &["check", "--format", "concise", "--select", "guide/doubled-word,ignore", "."]);
        assert!(found.stdout.contains("Found 1 warning"), "{line}: {}", found.stdout);
        assert!(found.stdout.contains(": warning[guide/doubled-word]"), "{line}: {}", found.stdout);
        let last = page.lines().count();
        assert!(found.stdout.contains(&format!("a.md:{last}:")), "{line}: {}", found.stdout);
    }
}

#[test]
fn a_comment_after_markers_silences_the_next_block() {
    for page in ["- <!-- C -->\n  The the key.\n", "> <!-- C -->\n> The the key.\n", "1. <!-- C -->\n   The the key.\n"]
    {
        let page = page.replace('C', "connlint-ignore guide/doubled-word: a name");
        let folder = folder(&[("_config.yml", ""), ("a.md", &format!("{PAGE}{page}"))]);
        let found = run(folder.path(), &["check", "--format", "concise", "--select", "guide/doubled-word,ignore", "."]);
        assert!(found.stdout.contains("no findings"), "{page}: {}", found.stdout);
    }
}
