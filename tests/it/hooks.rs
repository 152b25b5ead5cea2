//! What other programs are told about connlint: the hooks call commands that exist, the image holds the program.

#![allow(clippy::unwrap_used, clippy::disallowed_methods, reason = "a test reads the files and may panic")]

use crate::support::folder::write;

use std::path::Path;
use std::process::{Command, Output};

use connlint::testing::source::{FileId, SourceFile};
use connlint::testing::tree::{Node, yaml};
use serde_json::Value;

fn read(path: &str) -> String {
    std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(path)).unwrap()
}

fn yaml(path: &str) -> Value {
    let text = read(path);
    let source = SourceFile::new(FileId::default(), path, &text);
    let read = yaml::parse(&source, 0..text.len());
    assert!(read.problems.is_empty(), "{path}: {:?}", read.problems);
    read.documents.first().map(Node::to_json).unwrap()
}

fn connlint(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_connlint"))
        .args(arguments)
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .output()
        .unwrap()
}

#[test]
fn the_hooks_call_commands_that_exist() {
    let hooks = yaml(".pre-commit-hooks.yaml");
    for hook in hooks.as_array().unwrap() {
        let entry = hook["entry"].as_str().unwrap();
        let arguments: Vec<&str> = entry.split(' ').skip(1).collect();
        let good = "fixtures/pipedrive/good.connector.yaml";
        let output = connlint(&[arguments.as_slice(), &[good]].concat());
        assert_eq!(output.status.code(), Some(0), "{entry}: {}", String::from_utf8_lossy(&output.stderr));
    }
}

/// Nothing on the site depends on it.
#[test]
fn a_change_to_the_readme_alone_runs_no_hook_over_the_whole_site() {
    let hooks = yaml(".pre-commit-hooks.yaml");
    let of_site = hooks.as_array().unwrap().iter().filter(|hook| hook["pass_filenames"] == false);
    let excludes: Vec<&str> = of_site.map(|hook| hook["exclude"].as_str().unwrap()).collect();
    assert!(!excludes.is_empty());
    for exclude in excludes {
        let exclude = regex::Regex::new(exclude).unwrap();
        assert!(["README.md", "readme.MD", "docs/CHANGELOG.md"].iter().all(|path| exclude.is_match(path)));
        assert!(
            ["readme-connector.md", "docs/guide.md", "security.md.yaml"].iter().all(|path| !exclude.is_match(path))
        );
    }
}

#[test]
fn the_image_holds_the_program_of_the_dist_profile() {
    let (dockerfile, manifest) = (read("Dockerfile"), read("Cargo.toml"));
    assert!(manifest.contains("[profile.dist]") && dockerfile.contains("--profile dist"));
    assert!(dockerfile.contains("/source/target/dist/connlint"));
}

/// A guide at the root of a site with a typo, a broken link and a missing image, and one below it.
fn site(folder: &Path) {
    write(folder, "_config.yml", "exclude: [old]\n");
    for (name, permalink) in [("a.md", "a-connector"), ("docs/b.md", "b-connector"), ("old/c.md", "c-connector")] {
        let head =
            format!("---\ntitle: Acme\nsidebar: cyclr_sidebar\npermalink: {permalink}\ntags: [connector]\n---\n");
        let text = "\nThey recieve it. [Home](/nowhere) ![Key](./key.png) ![Key](docs/key.png)\n";
        write(folder, name, &(head + text));
    }
    write(folder, "README.md", "# About\n\nThey recieve it: [nowhere](nowhere.md)\n");
    write(folder, "package.json", "{\"name\": \"site\"}\n");
    write(folder, "docs/acme.connector.yaml", "Connector: slack-connector\nAuthType: None\n");
}

/// Whether files are named, as pre-commit does it, or found: the same findings.
#[test]
fn named_files_have_the_findings_of_a_run_over_the_folder() {
    let folder = tempfile::tempdir().unwrap();
    site(folder.path());
    let findings = |arguments: &[&str]| -> Vec<String> {
        let mut command = Command::new(env!("CARGO_BIN_EXE_connlint"));
        let output = command.current_dir(folder.path()).args(arguments).output().unwrap();
        assert_eq!(output.status.code(), Some(1), "{}", String::from_utf8_lossy(&output.stderr));
        let text = String::from_utf8(output.stdout).unwrap();
        text.lines().filter(|line| line.contains('[')).map(str::to_owned).collect()
    };
    let check = ["check", "--allow-empty", "--format", "concise"];
    let found = findings(&[&check[..], &["."]].concat());
    assert!(
        ["a.md:", "docs/b.md:", "yaml:"].iter().all(|file| found.iter().any(|line| line.contains(file))),
        "{found:?}"
    );
    assert_eq!(found.iter().filter(|line| line.contains("image-missing")).count(), 4, "{found:?}");
    let named =
        ["README.md", "_config.yml", "a.md", "docs/acme.connector.yaml", "docs/b.md", "old/c.md", "package.json"];
    assert_eq!(findings(&[&check[..], &named].concat()), found);
    let above: Vec<String> = named.iter().map(|name| format!("./{name}")).collect();
    let above: Vec<&str> = above.iter().map(String::as_str).collect();
    assert_eq!(findings(&[&check[..], &above].concat()), found);
}

/// Every page names the repository of the package in the same way, by a placeholder as long as the package has none.
#[test]
fn pages_name_one_repository() {
    let address = env!("CARGO_PKG_REPOSITORY").trim_end_matches('/');
    let address = if address.is_empty() { "https://github.com/OWNER/connlint" } else { address };
    let name = address.split_once("://github.com/").unwrap().1;
    let hooks = read("docs/start/hooks.md");
    assert!(hooks.contains(&format!("- repo: {address}\n")) && hooks.contains(&format!("uses: {name}@v")), "{hooks}");
    for page in ["docs/start/hooks.md", "docs/editors.md", "docs/install.md", "README.md"] {
        let text = read(page);
        let named = text
            .split("github.com/")
            .skip(1)
            .filter(|rest| rest.split([')', ' ', '\n']).next().unwrap().contains("connlint"));
        assert!(named.into_iter().all(|rest| rest.starts_with(name)), "{page}");
    }
}
