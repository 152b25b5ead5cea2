//! Which rules and files a run takes, how much of it a report shows, and `connlint init`.

#![allow(clippy::disallowed_methods, reason = "a test reads what was written")]

use std::collections::BTreeMap;
use std::path::Path;
use std::process::Command;
use std::sync::Arc;

use connlint::testing::source::{FileId, SourceFile};
use connlint::testing::tree::{Node, yaml};
use serde_json::Value;
use tempfile::TempDir;

use crate::support::corpus;
use crate::support::folder::write;

struct Output {
    code: i32,
    stdout: String,
    stderr: String,
}

fn run(folder: &Path, arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_connlint"));
    command.current_dir(folder).args(arguments).env_remove("COLUMNS").env_remove("CLICOLOR_FORCE");
    let output = command.output().expect("it runs");
    let text = |bytes| String::from_utf8(bytes).expect("UTF-8");
    Output {
        code: output.status.code().expect("an exit code"),
        stdout: text(output.stdout),
        stderr: text(output.stderr),
    }
}

/// A configuration with a misspelled connector (fixable), a duplicate key, and a scope that is broad (info).
const CONFIG: &str = "Connector: slack-conector\nAuthType: OAuth2\nAuthType: Oauth2\nScopes: [admin]\n";

/// A page with a table that is not rendered (fixable).
const GUIDE: &str = "---\ntitle: Acme\nsidebar: cyclr_sidebar\npermalink: acme-connector\ntags: [connector]\n---\n\nEnter these values:\n| Value | Description |\n| --- | --- |\n| **Name** | Yours |\n";

fn site() -> TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    write(folder.path(), "docs/a.md", GUIDE);
    write(folder.path(), "a.connector.yaml", CONFIG);
    folder
}

/// The rules that a run reports, each once, in order.
fn rules(folder: &Path, arguments: &[&str]) -> Vec<String> {
    let output = run(folder, &[&["check", "--format", "jsonl"], arguments].concat());
    assert!(output.code < 2, "{arguments:?}: {}", output.stderr);
    let rule = |line: &str| serde_json::from_str::<Value>(line).expect("JSON")["rule"].as_str().map(str::to_owned);
    let mut rules: Vec<String> = output.stdout.lines().filter_map(rule).collect();
    rules.sort();
    rules.dedup();
    rules
}

#[test]
fn rules_are_selected_by_name_group_and_glob() {
    let folder = site();
    let folder = folder.path();
    let all = rules(folder, &[]);
    assert!(all.iter().any(|rule| rule.starts_with("guide/")) && all.iter().any(|rule| rule.starts_with("config/")));
    assert_eq!(rules(folder, &["--select", "guide/table-not-rendered"]), ["guide/table-not-rendered"]);
    assert_eq!(
        rules(folder, &["--select", "guide/table-*,config/dup*"]),
        ["config/duplicate-key", "guide/table-not-rendered"]
    );
    let without = rules(folder, &["--ignore", "config"]);
    assert!(!without.is_empty() && without.iter().all(|rule| rule.starts_with("guide/")), "{without:?}");
    assert_eq!(rules(folder, &["--select", "config", "--ignore", "config/[!d]*"]), ["config/duplicate-key"]);
    let unknown = run(folder, &["check", "--select", "guide/table-not-renderd"]);
    assert_eq!((unknown.code, unknown.stdout.as_str()), (2, ""));
    assert!(unknown.stderr.contains("did you mean `guide/table-not-rendered`?"), "{}", unknown.stderr);
    assert!(run(folder, &["check", "--ignore", "guid/*"]).stderr.contains("`guid/*` matches no rule"));
    assert_eq!(run(folder, &["check", "--select", "guide", "--write-baseline"]).code, 2);
}

#[test]
fn rules_are_added_that_are_off_or_mild() {
    let folder = site();
    let folder = folder.path();
    write(folder, "connlint.toml", "rules = { \"config/duplicate-key\" = \"off\" }\nseverity = \"error\"\n");
    let before = rules(folder, &[]);
    assert!(!before.contains(&"config/duplicate-key".to_owned()), "{before:?}");
    assert!(rules(folder, &["--extend-select", "config/duplicate-key"]).contains(&"config/duplicate-key".to_owned()));
    let hidden = rules(folder, &["--severity", "info"]);
    let mild = hidden.iter().find(|rule| !before.contains(rule)).expect("a rule below an error");
    let mut expected = [before, vec![mild.clone()]].concat();
    expected.sort();
    assert_eq!(rules(folder, &["--extend-select", mild]), expected);
}

#[test]
fn the_settings_select_too_and_the_command_line_replaces_them() {
    let folder = site();
    let folder = folder.path();
    write(folder, "connlint.toml", "select = [\"config\"]\nignore = [\"config/duplicate-key\"]\n");
    let found = rules(folder, &[]);
    assert!(found.iter().all(|rule| rule.starts_with("config/") && rule != "config/duplicate-key"), "{found:?}");
    assert_eq!(rules(folder, &["--select", "config/duplicate-key"]), ["config/duplicate-key"]);
    write(folder, "connlint.toml", "select = [\"config\", \"guide/tpyo\"]\n");
    let wrong = run(folder, &["check"]);
    assert!(wrong.code == 2 && wrong.stderr.contains(" --> connlint.toml:1:21\n"), "{}", wrong.stderr);
    assert!(wrong.stderr.contains("did you mean `guide/typo`?"), "{}", wrong.stderr);
}

/// Comments and the baseline stay what they are when some rules do not report.
#[test]
fn what_is_not_selected_is_neither_unused_nor_stale() {
    let folder = site();
    let folder = folder.path();
    let silenced = GUIDE.replace("Enter these", "<!-- connlint-ignore guide/table-not-rendered: old -->\nEnter these");
    write(folder, "docs/a.md", &silenced);
    let found = rules(folder, &["--ignore", "guide/table-not-rendered"]);
    assert!(!found.contains(&"ignore/unused".to_owned()), "{found:?}");
    run(folder, &["check", "--write-baseline"]);
    let narrow = run(folder, &["check", "--select", "guide"]);
    assert_eq!((narrow.code, narrow.stderr.as_str()), (0, ""), "{}", narrow.stdout);
}

#[test]
fn fixes_are_applied_of_some_rules() {
    let fixed = |arguments: &[&str]| {
        let folder = site();
        let output = run(folder.path(), &[&["check", "--fix-only"], arguments].concat());
        assert_eq!(output.code, 0, "{}", output.stderr);
        let rules = output.stderr.lines().filter_map(|line| line.split_whitespace().nth(1)).map(str::to_owned);
        rules.filter(|rule| rule.contains('/')).collect::<Vec<_>>()
    };
    let all = fixed(&[]);
    assert!(all.iter().any(|rule| rule.starts_with("config/")), "{all:?}");
    assert_eq!(fixed(&["--fixable", "guide"]), ["guide/table-not-rendered"]);
    assert_eq!(fixed(&["--select", "guide"]), ["guide/table-not-rendered"]);
    assert!(!fixed(&["--unfixable", "guide/table*"]).contains(&"guide/table-not-rendered".to_owned()));
    let folder = site();
    let shown = run(folder.path(), &["check", "--diff", "--fixable", "guide", "--show-fixes"]);
    let expected = "Would fix 1 problem in 1 file:\n  1  guide/table-not-rendered  1 file\n    docs/a.md:9\n";
    assert_eq!((shown.code, shown.stderr.as_str()), (1, expected));
}

#[test]
fn files_are_excluded_and_listed() {
    let folder = site();
    let folder = folder.path();
    write(folder, "connlint.toml", "exclude = [\"old\"]\n");
    write(folder, "old/b.md", GUIDE);
    write(folder, "README.md", "# Ours\n");
    let listed = run(folder, &["check", "--show-files"]);
    assert_eq!((listed.code, listed.stdout.as_str()), (0, "config       a.connector.yaml\nguide        docs/a.md\n"));
    let listed = run(folder, &["check", "--show-files", "--exclude", "docs", ".", "README.md", "old/b.md"]);
    assert_eq!(listed.stdout, "config       a.connector.yaml\nskipped      README.md\nexcluded     old/b.md\n");
    assert!(rules(folder, &["--exclude", "docs/**"]).iter().all(|rule| rule.starts_with("config/")));
    assert_eq!(run(folder, &["check", "--exclude", "a{"]).code, 2);
}

/// A glob may begin anywhere: in the current folder, above it, at the root of the file system.
#[test]
fn files_are_excluded_however_their_folder_is_written() {
    let folder = site();
    let folder = folder.path();
    let whole = format!("{}/docs/*.md", folder.display());
    let inside = format!("../{}/docs", folder.file_name().and_then(|name| name.to_str()).expect("a name"));
    for glob in ["docs/*.md", "./docs/", "a/../docs", &whole, &inside] {
        let listed = run(folder, &["check", "--exclude", glob, "--show-files"]).stdout;
        assert!(!listed.contains("docs/a.md") && listed.contains("a.connector.yaml"), "{glob}: {listed}");
    }
    assert_eq!(run(folder, &["check", "--exclude", "."]).code, 2, "everything is excluded");
}

/// A selection in the settings is not one of what a baseline knows.
#[test]
fn a_baseline_records_rules_that_are_not_selected() {
    let folder = site();
    let folder = folder.path();
    write(folder, "connlint.toml", "select = [\"config/duplicate-key\"]\n");
    assert_eq!(run(folder, &["check", "--write-baseline"]).code, 0);
    write(folder, "connlint.toml", "");
    let output = run(folder, &["check"]);
    assert_eq!(output.code, 0, "{}{}", output.stdout, output.stderr);
}

#[test]
fn findings_do_not_fail_a_run_that_says_so() {
    let folder = site();
    assert_eq!(run(folder.path(), &["check"]).code, 1);
    assert_eq!(run(folder.path(), &["check", "--exit-zero"]).code, 0);
    assert_eq!(run(folder.path(), &["check", "--exit-zero", "--diff"]).code, 0);
    assert_eq!(run(folder.path(), &["check", "--exit-zero", "missing"]).code, 2);
}

/// Pages with one error each.
fn many(count: usize) -> TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    for number in 0..count {
        let page = GUIDE.replace("acme-connector", &format!("acme{number:02}-connector"));
        write(folder.path(), &format!("docs/{number:02}.md"), &page);
    }
    folder
}

#[test]
fn the_number_of_findings_decides_what_a_text_is() {
    let select = ["check", "--select", "guide/table-not-rendered"];
    let few = run(many(20).path(), &select).stdout;
    assert_eq!(few.matches("\n  --> ").count() + few.matches("\n --> ").count(), 20, "{few}");
    let folder = many(25);
    let text = run(folder.path(), &select).stdout;
    assert!(text.starts_with("error[guide/table-not-rendered] × 25, 25 fixable: "), "{text}");
    assert_eq!(text.lines().filter(|line| line.starts_with("  docs/")).count(), 10, "{text}");
    let more = "  and 15 more: connlint check --select guide/table-not-rendered --format full\n";
    assert!(
        text.contains(more) && text.contains("\nNext:\n  connlint check --select guide/table-not-rendered --diff"),
        "{text}"
    );
    let with = |options: &[&str]| run(folder.path(), &[&select[..], options].concat()).stdout;
    assert_eq!(with(&["--max-per-rule", "3"]).matches("  docs/").count(), 3);
    assert_eq!(with(&["--max-per-rule", "all"]).matches("  docs/").count(), 25);
    assert_eq!(with(&["--format", "full"]).matches("[fixable]").count(), 25);
    assert_eq!(with(&["--format", "concise"]).lines().count(), 26);
    assert!(!with(&["--quiet"]).contains("Next:"));
    assert_eq!(run(folder.path(), &["check", "--max-per-rule", "0"]).code, 2);
    // What is to be run next has the paths and the severity of this run.
    let again = run(folder.path(), &["check", "--severity", "info", "--format", "overview", "docs", "./docs"]).stdout;
    assert!(again.contains("  connlint check docs docs --severity info --diff"), "{again}");
}

#[test]
fn init_writes_what_is_not_there_and_the_next_run_is_clean() {
    let folder = site();
    let folder = folder.path();
    write(folder, ".pre-commit-config.yaml", "repos: []\n");
    let first = run(folder, &["init"]);
    assert_eq!(first.code, 0, "{}", first.stderr);
    assert!(first.stdout.contains("\nFound "), "{}", first.stdout);
    for said in ["wrote `connlint.toml`", "kept `.pre-commit-config.yaml`", "wrote `connlint-baseline.json`"] {
        assert!(first.stderr.contains(said), "{}", first.stderr);
    }
    let read = |name: &str| std::fs::read_to_string(folder.join(name)).expect("the file is there");
    assert_eq!(read(".pre-commit-config.yaml"), "repos: []\n");
    assert!(first.stderr.contains("add this hook to it, under `repos`:\n"), "{}", first.stderr);
    assert!(read(".github/workflows/connlint.yml").contains("          arguments: .\n"));
    assert_eq!(run(folder, &["check"]).code, 0);
    let files = ["connlint.toml", "connlint-baseline.json", ".github/workflows/connlint.yml"];
    let before = files.map(read);
    write(folder, "docs/new.md", &GUIDE.replace("acme-connector", "new-connector"));
    assert_eq!(run(folder, &["check"]).code, 1);
    assert_eq!(run(folder, &["init"]).code, 0);
    assert_eq!(files.map(read), before);
    assert_eq!(run(folder, &["check"]).code, 1, "the baseline is not written again");
}

#[test]
fn init_in_a_folder_of_a_repository_writes_its_hook_and_workflow_to_the_root() {
    let folder = tempfile::tempdir().expect("a folder");
    write(folder.path(), ".git/HEAD", "ref: refs/heads/main\n");
    write(folder.path(), "the site/docs/a.md", GUIDE);
    let output = run(&folder.path().join("the site"), &["init", "--no-baseline"]);
    assert_eq!(output.code, 0, "{}", output.stderr);
    let read = |name: &str| std::fs::read_to_string(folder.path().join(name)).expect("the file is there");
    assert!(read(".pre-commit-config.yaml").contains("entry: connlint check --format concise -- 'the site'\n"));
    assert!(read(".github/workflows/connlint.yml").contains("arguments: the site\n"));
    assert!(folder.path().join("the site/connlint.toml").is_file());
    assert!(!folder.path().join("the site/connlint-baseline.json").exists());
    assert!(!output.stderr.contains("add this hook"), "{}", output.stderr);
    let again = run(&folder.path().join("the site"), &["init", "--no-baseline"]);
    assert!(!again.stderr.contains("add this hook"), "the hook is there: {}", again.stderr);
    // Whatever the folder is called, the hook and the workflow name it.
    for name in ["it's #1", "a: b", "$x \"y\" \\z", "1.10", "null"] {
        let folder = tempfile::tempdir().expect("a folder");
        write(folder.path(), ".git/HEAD", "ref: refs/heads/main\n");
        write(folder.path(), &format!("{name}/a.md"), GUIDE);
        let output = run(&folder.path().join(name), &["init", "--no-baseline"]);
        assert_eq!(output.code, 0, "{}", output.stderr);
        let value = |path: &str, key: &str| {
            let text = std::fs::read_to_string(folder.path().join(path)).expect("the file is there");
            let source = Arc::new(SourceFile::new(FileId::default(), path, text));
            let read = yaml::parse(&source, 0..source.text().len());
            assert!(read.problems.is_empty(), "{}", source.text());
            let line = source.text().lines().find(|line| line.trim_start().starts_with(key)).expect("the key is there");
            let line = Arc::new(SourceFile::new(FileId::default(), path, line.trim_start()));
            let read = yaml::parse(&line, 0..line.text().len());
            read.documents[0].get(key.trim_end_matches(':')).and_then(Node::as_str).expect("a text").to_owned()
        };
        assert_eq!(value(".github/workflows/connlint.yml", "arguments:"), name);
        let entry = value(".pre-commit-config.yaml", "entry:");
        let script = format!("printf '%s\\n' {entry}");
        let words = Command::new("sh").args(["-c", &script]).output().expect("a shell").stdout;
        assert_eq!(String::from_utf8_lossy(&words).lines().last(), Some(name), "{entry}");
    }
    let empty = tempfile::tempdir().expect("a folder");
    assert_eq!(run(empty.path(), &["init"]).code, 2);
    assert!(!empty.path().join("connlint.toml").exists());
}

/// The lines of a report of a real site and of its pages with three findings.
#[test]
#[ignore = "needs CONNLINT_CORPUS"]
fn reports_of_a_real_site_are_short_and_complete() {
    let site = corpus::path("cyclr");
    let text = run(&site, &["check", "--isolated"]).stdout;
    assert!(text.lines().count() <= 400, "{}", text.lines().count());
    let lines = run(&site, &["check", "--isolated", "--format", "jsonl"]).stdout;
    let found: Vec<Value> = lines.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect();
    let mut files: BTreeMap<&str, usize> = BTreeMap::new();
    for finding in &found {
        assert!(text.contains(&format!("[{}] × ", finding["rule"].as_str().expect("a name"))), "{finding}");
        *files.entry(finding["file"].as_str().expect("a path")).or_default() += 1;
    }
    let concise = run(&site, &["check", "--isolated", "--format", "concise"]).stdout;
    assert_eq!(concise.lines().count(), found.len() + 1);
    let mut seen = 0;
    for (file, _) in files.iter().filter(|(_, count)| **count == 3) {
        let text = run(&site, &["check", "--isolated", file]).stdout;
        assert!(text.lines().count() <= 36, "{} lines:\n{text}", text.lines().count());
        seen += 1;
    }
    assert!(seen > 30, "{seen}");
    let html = run(&site, &["check", "--isolated", "--severity", "info", "--format", "html"]).stdout;
    assert!(html.len() < 1_000_000, "{}", html.len());
}
