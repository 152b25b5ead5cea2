//! The rule pages of the book are what the rules say of themselves, and the schema of the settings names the rules.
//!
//! `CONNLINT_BLESS=1 cargo test --test it book` writes `docs/rules`, their list in the book's contents, the names in the
//! schema, the table of settings and the page on the command line again.

#![allow(clippy::disallowed_methods, reason = "the test compares and writes the book's files")]

use std::collections::BTreeMap;
use std::fmt::Write;
use std::path::{Path, PathBuf};

use connlint::testing::diagnostic::FAULT;
use connlint::testing::rules::Rule;
use connlint::testing::rules::{FAULT_PAGE, RULES};

const HEAD: &str = "# Rules

Each finding names its rule; `connlint explain RULE` prints the same page as the links below. This folder is generated
from the pages in `src/rules`.
";

/// What each group is about.
const GROUPS: &[(&str, &str)] = &[
    ("guide", "Connector guides: one page, and pages across a site"),
    ("config", "Connector configuration files"),
    ("connector", "The files of one connector together, by a pack"),
    ("ignore", "The linter's own comments"),
];

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/rules")
}

fn index() -> String {
    let mut out = HEAD.to_owned();
    for (group, about) in GROUPS {
        let rules: Vec<&Rule> = RULES.iter().filter(|rule| rule.group() == *group).collect();
        if rules.is_empty() {
            continue;
        }
        let _ = write!(
            out,
            "\n## {group}\n\n{about}.\n\n| Rule | Severity | Fix | Problem |\n| :--- | :--- | :--- | :--- |\n"
        );
        for rule in rules {
            let (name, severity, fix) = (rule.name, rule.severity.name(), rule.fixable.name());
            let _ =
                writeln!(out, "| [{name}]({name}.md) | {severity} | {fix} | {} |", rule.summary().replace('|', "\\|"));
        }
    }
    let _ = write!(out, "\nA fault of the program itself is reported as [{FAULT}]({FAULT}.md).\n");
    out
}

/// Every file of the folder: path below it, and text.
fn book() -> BTreeMap<String, String> {
    let pages = RULES.iter().map(|rule| (format!("{}.md", rule.name), rule.page()));
    let fault = (format!("{FAULT}.md"), FAULT_PAGE.to_owned());
    [("README.md".to_owned(), index()), fault].into_iter().chain(pages).collect()
}

fn on_disk(folder: &Path, below: &str, files: &mut BTreeMap<String, String>) {
    for entry in std::fs::read_dir(folder).into_iter().flatten() {
        let path = entry.expect("an entry").path();
        let name = format!("{below}{}", path.file_name().unwrap_or_default().to_string_lossy());
        if path.is_dir() {
            on_disk(&path, &format!("{name}/"), files);
        } else {
            files.insert(name, std::fs::read_to_string(path).expect("pages are UTF-8"));
        }
    }
}

fn write(book: &BTreeMap<String, String>) {
    if folder().exists() {
        std::fs::remove_dir_all(folder()).expect("the old pages can be removed");
    }
    for (name, text) in book {
        let path = folder().join(name);
        std::fs::create_dir_all(path.parent().expect("a folder")).expect("the folder can be made");
        std::fs::write(path, text).expect("the page can be written");
    }
}

#[test]
fn the_rule_pages_are_those_of_the_rules() {
    let book = book();
    if std::env::var_os("CONNLINT_BLESS").is_some() {
        write(&book);
    }
    let mut files = BTreeMap::new();
    on_disk(&folder(), "", &mut files);
    let differing: Vec<&String> =
        book.keys().chain(files.keys()).filter(|name| book.get(*name) != files.get(*name)).collect();
    assert!(differing.is_empty(), "out of date, run `CONNLINT_BLESS=1 cargo test --test it book`: {differing:?}");
}

/// What stands before the generated part of the book's contents.
const RULES_PART: &str = "# Rules\n\n";

/// The rules' part of the contents.
fn rules_part() -> String {
    let mut out = "- [All rules](rules/README.md)\n".to_owned();
    for rule in GROUPS.iter().flat_map(|(group, _)| RULES.iter().filter(move |rule| rule.group() == *group)) {
        let _ = writeln!(out, "  - [{0}](rules/{0}.md)", rule.name);
    }
    let _ = writeln!(out, "  - [{FAULT}](rules/{FAULT}.md)");
    out
}

#[test]
fn the_contents_list_every_rule() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/SUMMARY.md");
    let text = std::fs::read_to_string(&path).expect("the page is UTF-8");
    let (head, list) = text.split_once(RULES_PART).expect("the contents have a place for the rules");
    if std::env::var_os("CONNLINT_BLESS").is_some() {
        std::fs::write(&path, format!("{head}{RULES_PART}{}", rules_part())).expect("the page can be written");
        return;
    }
    assert!(list == rules_part(), "out of date, run `CONNLINT_BLESS=1 cargo test --test it book`: {}", path.display());
}

#[test]
fn every_group_is_in_the_index() {
    for rule in RULES {
        assert!(GROUPS.iter().any(|(group, _)| *group == rule.group()), "{}", rule.name);
        let summary = rule.summary();
        assert!(
            summary.ends_with('.') && !summary.contains("##"),
            "{}: a summary is one sentence: {summary}",
            rule.name
        );
    }
}

#[test]
fn related_rules_exist() {
    let mut without = Vec::new();
    for rule in RULES {
        let page = rule.page();
        let (_, links) = page.split_once("\n## Related rules\n").unwrap_or_default();
        let names: Vec<&str> = links.split('[').skip(1).filter_map(|link| Some(link.split_once(']')?.0)).collect();
        for name in &names {
            assert!(RULES.iter().any(|other| other.name == *name), "{}: unknown rule `{name}`", rule.name);
        }
        if names.is_empty() {
            without.push(rule.name);
        }
    }
    assert!(without.is_empty(), "rules without a topic in `src/rule/topics.txt`: {without:?}");
}

#[test]
fn a_page_holds_no_instructions_to_the_tester() {
    for rule in RULES {
        let told = rule.page().lines().find(|line| line.starts_with("```") && line.contains(' ')).map(String::from);
        assert_eq!(told, None, "{}", rule.name);
    }
}

#[test]
fn the_settings_schema_names_the_rules() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("schemas/settings.schema.json");
    let text = std::fs::read_to_string(&path).expect("the schema is UTF-8");
    let mut schema: serde_json::Value = serde_json::from_str(&text).expect("the schema is JSON");
    let groups = GROUPS.iter().map(|(group, _)| *group);
    let names: Vec<&str> = groups.chain(RULES.iter().map(|rule| rule.name)).collect();
    schema["$defs"]["rule"]["enum"] = names.into();
    let generated = serde_json::to_string_pretty(&schema).expect("JSON can be written") + "\n";
    if std::env::var_os("CONNLINT_BLESS").is_some() {
        std::fs::write(&path, &generated).expect("the schema can be written");
        return;
    }
    assert!(text == generated, "out of date, run `CONNLINT_BLESS=1 cargo test --test it book`: {}", path.display());
}

/// What stands before the generated part of the page on settings.
const ALL_KEYS: &str = "## All keys\n\n";

/// A table of the keys that the schema describes.
fn settings_table() -> String {
    let schema: serde_json::Value =
        serde_json::from_str(include_str!("../../schemas/settings.schema.json")).expect("the schema is JSON");
    let mut out = "| Key | Value | Default | Meaning |\n| :--- | :--- | :--- | :--- |\n".to_owned();
    for (key, property) in schema["properties"].as_object().expect("the schema describes keys") {
        let reference = property["$ref"].as_str().and_then(|reference| reference.strip_prefix("#/$defs/"));
        let value = match reference.or(property["type"].as_str()).unwrap_or("name of a format") {
            "severity" => "`info`, `warning` or `error`",
            "globs" => "list of globs",
            "selector" => "list of rules, groups and globs",
            "names" => "list of names",
            "patterns" => "list of regular expressions",
            "levels" => "table: rule or group to `off`, `info`, `warning` or `error`",
            "object" => "table",
            "array" => "list of tables",
            other => other,
        };
        let default = property.get("default").map(|default| format!("`{default}`")).unwrap_or_default();
        let meaning = property["description"].as_str().expect("every key is described");
        let _ = writeln!(out, "| `{key}` | {value} | {default} | {meaning} |");
    }
    out
}

#[test]
fn the_page_on_settings_tells_every_key() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/settings.md");
    let text = std::fs::read_to_string(&path).expect("the page is UTF-8");
    let (head, table) = text.split_once(ALL_KEYS).expect("the page has a place for the table");
    if std::env::var_os("CONNLINT_BLESS").is_some() {
        std::fs::write(&path, format!("{head}{ALL_KEYS}{}", settings_table())).expect("the page can be written");
        return;
    }
    assert!(
        table == settings_table(),
        "out of date, run `CONNLINT_BLESS=1 cargo test --test it book`: {}",
        path.display()
    );
}

const COMMAND_LINE: &str = "# Command line

This page is generated from the help of each command. See [Settings](settings.md) for what a settings file can say.
";

/// The help of a command, as wide as a page.
fn help(words: &[&str]) -> String {
    let mut command = assert_cmd::Command::cargo_bin("connlint").expect("the program is built");
    let output = command.env("COLUMNS", "100").args(words).arg("--help").output().expect("the program runs");
    String::from_utf8(output.stdout).expect("the help is UTF-8")
}

/// The names of the commands that a help lists.
fn commands_in(help: &str) -> Vec<String> {
    let listed = help.split_once("\nCommands:\n").map_or("", |(_, rest)| rest.split("\n\n").next().unwrap_or_default());
    let names = listed.lines().filter_map(|line| line.strip_prefix("  ")?.split(' ').next());
    names.filter(|name| !name.is_empty() && *name != "help").map(str::to_owned).collect()
}

/// A section for each command, those below it behind it.
fn command_sections(words: &[&str], out: &mut String) {
    let help = help(words);
    if !words.is_empty() {
        let level = "#".repeat(words.len() + 1);
        let _ = write!(out, "\n{level} connlint {}\n\n```text\n{}\n```\n", words.join(" "), help.trim_end());
    }
    for name in commands_in(&help) {
        command_sections(&[words, &[&name]].concat(), out);
    }
}

#[test]
fn the_page_on_the_command_line_is_the_help() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/command-line.md");
    let mut page = format!("{COMMAND_LINE}\n```text\n{}\n```\n", help(&[]).trim_end());
    command_sections(&[], &mut page);
    if std::env::var_os("CONNLINT_BLESS").is_some() {
        std::fs::write(&path, &page).expect("the page can be written");
    }
    let text = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(text == page, "out of date, run `CONNLINT_BLESS=1 cargo test --test it book`: {}", path.display());
}
