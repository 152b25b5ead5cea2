//! Which files belong to which site, however the paths to them are written.

#![allow(
    clippy::unwrap_used,
    clippy::disallowed_methods,
    reason = "a test writes the files to be checked and may panic"
)]

use std::path::Path;

use assert_cmd::Command;
use serde_json::Value;
use tempfile::TempDir;

/// A page with this permalink that links to `target`.
fn page(permalink: &str, target: &str) -> String {
    format!(
        "---\ntitle: Acme information\nsidebar: cyclr_sidebar\npermalink: {permalink}\ntags: [connector-information]\n\
         ---\nSee [the other page]({target}).\n"
    )
}

fn folder(files: &[(&str, String)]) -> TempDir {
    let folder = TempDir::new().unwrap();
    for (path, text) in files {
        let path = folder.path().join(path);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    }
    folder
}

fn check(folder: &Path, paths: &[&str]) -> Value {
    let mut command = Command::cargo_bin("connlint").unwrap();
    let run = command.current_dir(folder).args(["check", "--isolated", "--format", "json"]).args(paths).output();
    serde_json::from_slice(&run.unwrap().stdout).unwrap()
}

/// The errors of a report: rule and file.
fn errors(report: &Value) -> Vec<(&str, &str)> {
    let found = report["diagnostics"].as_array().unwrap().iter().filter(|one| one["severity"] == "error");
    found.map(|one| (one["rule"].as_str().unwrap(), one["file"].as_str().unwrap())).collect()
}

fn two_sites() -> TempDir {
    folder(&[
        ("one/_config.yml", "baseurl: /one\n".to_owned()),
        ("one/Acme.md", page("acme-information", "zest-information")),
        ("one/zest.md", page("zest-information", "acme-information")),
        ("two/_config.yml", "baseurl: /two\n".to_owned()),
        ("two/Acme.md", page("acme-information", "only-in-one-information")),
    ])
}

#[test]
fn sites_inside_a_folder_are_apart() {
    // `Acme.md` comes before `_config.yml` and belongs to the site all the same: no permalink is there twice.
    let report = check(two_sites().path(), &["."]);
    assert_eq!(errors(&report), [("guide/link-broken", "two/Acme.md")]);
}

#[test]
fn a_file_is_one_file_however_it_is_named() {
    let sites = two_sites();
    let absolute = sites.path().join("one").canonicalize().unwrap();
    let absolute = absolute.to_str().unwrap();
    for (files, paths) in [
        (2, &["one"][..]),
        (2, &["./one"]),
        (2, &["two/../one"]),
        (2, &["./one/Acme.md", "one"]),
        (2, &["one", "two/../one/Acme.md", "./one"]),
        (2, &[absolute, "one/zest.md"]),
        (1, &["one/Acme.md"]),
        (1, &["one/Acme.md", "./one/Acme.md"]),
    ] {
        let report = check(sites.path(), paths);
        assert_eq!((errors(&report), &report["summary"]["files"]), (vec![], &Value::from(files)), "{paths:?}");
    }
}

#[test]
fn long_pages_are_read_to_their_end() {
    // The heads of pages are read first, and small pages whole with them.
    let long = |words: usize| page("acme-information", "#end") + &"word ".repeat(words) + "\n\n## End\n";
    for words in [1, 780, 795, 800, 2000] {
        let sites = folder(&[("a.md", long(words)), ("b.md", page("zest-information", "acme-information#end"))]);
        assert_eq!(errors(&check(sites.path(), &["."])), [], "{words}");
        assert_eq!(errors(&check(sites.path(), &["a.md"])), [], "{words}");
    }
}
