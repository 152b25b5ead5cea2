//! Runs that refuse to guess: settings, input, baselines, options, and packs that do not fit.

#![allow(clippy::disallowed_methods, reason = "a test reads what was written")]

use std::path::Path;
use std::process::Command;

use crate::support::folder::write;
use crate::support::program::{folder, run, run_with};

const CONFIG: &str = "Connector: pipedrive-connector\nAuthType: Apikey\nAuthValue: ${K}\n";

fn text(folder: &Path, name: &str) -> String {
    std::fs::read_to_string(folder.join(name)).expect("it can be read")
}

#[test]
fn the_order_of_paths_does_not_choose_the_settings() {
    let off = "[rules]\n\"config/invalid-value\" = \"off\"\n";
    let files = [("a/x.connector.yaml", CONFIG), ("b/x.connector.yaml", CONFIG), ("b/connlint.toml", off)];
    let folder = folder(&files);
    let config = ("c/connlint.toml", "c/x.connector.yaml");
    write(folder.path(), config.0, "severity = \"info\"\n");
    write(folder.path(), config.1, CONFIG);
    for paths in [["a", "b"], ["b", "a"], ["c/x.connector.yaml", "b/x.connector.yaml"]] {
        let refused = run(folder.path(), &["check", paths[0], paths[1]]);
        assert_eq!((refused.code, refused.stdout.as_str()), (2, ""), "{paths:?}");
        assert!(
            refused.stderr.contains("`b/connlint.toml`")
                && refused.stderr.contains(if paths[0] == "a" || paths[1] == "a" {
                    "no settings"
                } else {
                    "`c/connlint.toml`"
                }),
            "{refused:?}"
        );
        assert_eq!(run(folder.path(), &["check", "--isolated", paths[0], paths[1]]).code, 1);
        assert_eq!(run(folder.path(), &["check", "--config", "b/connlint.toml", paths[0], paths[1]]).code, 0);
    }
    // A hook names any files: those without settings have those of the others, in any order.
    for paths in [["a/x.connector.yaml", "b/x.connector.yaml"], ["b/x.connector.yaml", "a/x.connector.yaml"]] {
        assert_eq!(run(folder.path(), &["check", paths[0], paths[1]]).code, 0);
    }
    write(folder.path(), "connlint.toml", off);
    std::fs::remove_file(folder.path().join("b/connlint.toml")).expect("it is there");
    assert_eq!(run(folder.path(), &["check", "a", "b/x.connector.yaml", "."]).code, 0, "one file for all paths");
}

#[test]
fn standard_input_above_the_limit_is_not_fixed() {
    let folder = folder(&[("connlint.toml", "max-file-size = 20\n")]);
    for fix in ["--fix", "--fix-only"] {
        let refused = run_with(folder.path(), &["check", fix, "--stdin-filename", "x.connector.yaml", "-"], CONFIG);
        assert_eq!((refused.code, refused.stdout.as_str()), (2, ""), "nothing replaces the text: {refused:?}");
        assert!(refused.stderr.contains("max-file-size"), "{refused:?}");
    }
}

#[test]
fn a_baseline_is_found_up_to_the_root_of_the_repository() {
    let folder = folder(&[("sub/below/a.connector.yaml", CONFIG)]);
    let below = folder.path().join("sub/below");
    run(folder.path(), &["check", "--write-baseline", "."]);
    assert_eq!(run(&below, &["check", "."]).code, 1, "nothing marks the folder as a repository");
    std::fs::create_dir(folder.path().join(".git")).expect("a folder can be made");
    assert_eq!(run(&below, &["check", "."]).code, 0);
    run(&below, &["check", "--write-baseline", "."]);
    assert!(!below.join("connlint-baseline.json").exists(), "it is written where it was found");
    write(folder.path(), "connlint-baseline.json", "<<<<<<< ours\n{}\n=======\n");
    for arguments in [&["check", "."][..], &["check", "--write-baseline", "."]] {
        let refused = run(&below, arguments);
        assert_eq!(refused.code, 2);
        let says = |part: &str| refused.stderr.contains(part);
        assert!(says("unresolved merge conflict") && says("remove it and run `--write-baseline`"), "{refused:?}");
    }
}

#[test]
fn options_without_effect_are_named() {
    let folder = folder(&[("a.connector.yaml", CONFIG)]);
    for (arguments, option) in [
        (&["--fixable", "config"][..], "`--fixable`"),
        (&["--unfixable", "config"], "`--unfixable`"),
        (&["--kind", "guide"], "`--kind`"),
        (&["--max-per-rule", "2", "--format", "concise"], "`--max-per-rule`"),
    ] {
        let named = run(folder.path(), &[&["check", "."], arguments].concat());
        assert!(named.code == 1 && named.stderr.contains(option), "{named:?}");
        let quiet = run(folder.path(), &[&["check", "-q", "."], arguments].concat());
        assert_eq!(quiet.stderr, "");
    }
    let used =
        ["check", "--diff", "--fixable", "config", "--kind", "config", "--max-per-rule", "2", "a.connector.yaml"];
    assert!(!run(folder.path(), &used).stderr.contains("no effect"));
    for arguments in
        [&["check", "--select", "config", "--ignore", "config"][..], &["check", "--new-since", "HEAD", "-"]]
    {
        assert_eq!(run_with(folder.path(), arguments, CONFIG).code, 2, "{arguments:?}");
    }
}

#[test]
fn a_short_name_of_several_rules_lists_them() {
    let folder = folder(&[]);
    let several = run(folder.path(), &["explain", "scope-unknown"]);
    assert_eq!(several.code, 2);
    assert!(several.stderr.contains("`config/scope-unknown` or `guide/scope-unknown`"), "{several:?}");
}

#[test]
fn facts_and_contracts_are_read_from_standard_input() {
    let guide = "---\ntitle: Acme\npermalink: acme-connector\ntags: [connector]\n---\n\n## Acme setup\n\nText.\n";
    let folder = folder(&[("acme.md", guide)]);
    for command in ["inspect", "contract"] {
        let named = run(folder.path(), &[command, "acme.md"]);
        let piped = run_with(folder.path(), &[command, "-"], guide);
        assert_eq!((named.code, piped.code), (0, 0), "{piped:?}");
        assert_eq!(named.stdout.lines().count(), piped.stdout.lines().count(), "{}", piped.stdout);
    }
    assert!(run_with(folder.path(), &["inspect", "-"], CONFIG).stdout.contains("pipedrive"));
    let other = run(folder.path(), &["inspect", "/etc/hostname"]);
    assert!(!other.stderr.contains("--kind"), "{other:?}");
}

#[test]
fn manual_pages_make_their_folder() {
    let folder = folder(&[]);
    assert_eq!(run(folder.path(), &["man", "--output", "share/man1"]).code, 0);
    assert!(folder.path().join("share/man1/connlint.1").is_file());
}

/// A job of a service may run in a folder below the checkout, whose files the service knows by their paths from its root.
#[test]
fn paths_start_at_the_checkout_of_a_job() {
    let folder = folder(&[("docs/a.connector.yaml", CONFIG)]);
    let docs = folder.path().join("docs");
    for (variable, format) in
        [("GITHUB_WORKSPACE", "github"), ("GITHUB_WORKSPACE", "sarif"), ("CI_PROJECT_DIR", "gitlab")]
    {
        let report = |root: &Path, path: &Path| {
            let mut command = Command::new(env!("CARGO_BIN_EXE_connlint"));
            command.env_remove("GITHUB_WORKSPACE").env_remove("CI_PROJECT_DIR").env(variable, root);
            let output = command.current_dir(&docs).args(["check", "--format", format]).arg(path).output();
            String::from_utf8(output.expect("it runs").stdout).expect("UTF-8")
        };
        for path in [Path::new("."), &docs] {
            let from_root = report(folder.path(), path);
            assert!(from_root.contains("docs/a.connector.yaml"), "{from_root}");
            assert!(!from_root.contains(&*folder.path().to_string_lossy()), "{from_root}");
        }
        let elsewhere = report(Path::new("/nowhere"), Path::new("."));
        assert!(!elsewhere.contains("docs/a.connector.yaml"), "{elsewhere}");
    }
}

#[test]
fn a_pack_whose_files_are_gone_is_named() {
    let pack = "pack: acme\ndialect: gfm\nfiles:\n  page: { glob: \"pages/{slug}.md\", read: page }\n  \
                apps: { file: apps.json, read: json, each: \"/apps/*\" }\nconnector: { key: [slug], files: [page] }\n";
    let page = "# Birch\n\nBirch keeps lists.\n";
    let folder = folder(&[("pack.yaml", pack), ("pages/birch.md", page), ("apps.json", "{\"apps\": [{\"id\": 1}]}\n")]);
    let check = ["check", "--pack", "pack.yaml", "."];
    assert!(!run(folder.path(), &check).stderr.contains("no file"));
    std::fs::rename(folder.path().join("apps.json"), folder.path().join("catalog.json")).expect("it is there");
    let renamed = run(folder.path(), &check);
    assert!(renamed.stderr.contains("no file of the kind `apps`: `apps.json`"), "{renamed:?}");
    assert_eq!(text(folder.path(), "pages/birch.md"), page);
}

/// Two runs over the same files: each file is fixed once, or one line says how many are left.
#[test]
fn two_runs_that_fix_the_same_files_say_what_is_left() {
    let files: Vec<(String, &str)> = (0..300).map(|at| (format!("{at}.connector.yaml"), CONFIG)).collect();
    let files: Vec<(&str, &str)> = files.iter().map(|(name, text)| (name.as_str(), *text)).collect();
    let folder = folder(&files);
    let path = folder.path().to_owned();
    let other = std::thread::spawn(move || run(&path, &["check", "--fix-only", "."]));
    let runs = [run(folder.path(), &["check", "--fix-only", "."]), other.join().expect("it ends")];
    let left = files.iter().filter(|(name, _)| text(folder.path(), name).contains("Apikey")).count();
    for ended in &runs {
        let says = ended.stderr.lines().filter(|line| line.contains("changed during the run")).count();
        assert!(says <= 1 && (ended.code == 2) == (says == 1), "{ended:?}");
    }
    assert!(left == 0 || runs.iter().any(|ended| ended.code == 2), "{left} files are left");
}
