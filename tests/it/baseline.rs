//! The baseline and `--new-since`: what is known stays known, what is new is reported.

#![allow(clippy::unwrap_used, clippy::disallowed_methods, reason = "a test makes its own files and may panic")]

use std::fmt::Write;
use std::path::Path;

use assert_cmd::Command;
use connlint::testing::Fingerprint;
use connlint::testing::baseline::{Baseline, Matcher, Stale};
use connlint::testing::diagnostic::{Diagnostic, Finding, Severity};
use connlint::testing::source::{FileId, SourceFile};

use crate::support::folder::write;

const RULE: &str = "guide/typo";

fn source(path: &str, text: &str) -> SourceFile {
    SourceFile::new(FileId(0), path, text)
}

/// A finding on each line that holds `!`.
fn findings(source: &SourceFile) -> Vec<Diagnostic> {
    let marks = source.text().match_indices('!');
    let finding = |at| Finding::new(source.span(at..at + 1), "found");
    marks.map(|(at, _)| Diagnostic { rule: RULE, severity: Severity::Warning, finding: finding(at) }).collect()
}

/// The baseline of files with the given paths and texts, through its text form.
fn baseline(files: &[(&str, &str)]) -> Baseline {
    let path = Path::new("known.json");
    let mut baseline = Baseline::new(path);
    for (path, text) in files {
        let source = source(path, text);
        baseline.record(&source, &findings(&source));
    }
    Baseline::read(path, &baseline.to_text()).unwrap()
}

/// The lines with new findings, and what is stale, when files that are not among `gone` exist.
fn check(baseline: Baseline, files: &[(&str, &str)]) -> (Vec<String>, Vec<(String, usize)>) {
    let mut matcher = Matcher::new(baseline, |path| !path.to_string_lossy().contains("gone"));
    let mut new = Vec::new();
    for (path, text) in files {
        let source = source(path, text);
        let mut diagnostics = findings(&source);
        matcher.apply(&source, &mut diagnostics);
        let line = |diagnostic: &Diagnostic| source.line(diagnostic.finding.primary.span.start);
        new.extend(diagnostics.iter().map(|diagnostic| format!("{path}:{}", line(diagnostic))));
    }
    let stale = matcher.stale().into_iter().map(|Stale { path, count }| (path, count));
    (new, stale.collect())
}

#[test]
fn known_findings_stay_known_when_their_lines_move() {
    let known = || baseline(&[("docs/a.md", "one!\n\ntwo!\n")]);
    assert_eq!(check(known(), &[("docs/a.md", "one!\n\ntwo!\n")]), (vec![], vec![]));
    assert_eq!(check(known(), &[("./docs/a.md", "new\r\nlines\r\n   two!\r\none! \r\n")]), (vec![], vec![]));
    let (new, stale) = check(known(), &[("docs/a.md", "three!\none!\n")]);
    assert_eq!(new, ["docs/a.md:1"]);
    assert_eq!(stale, [("docs/a.md".to_owned(), 1)]);
}

#[test]
fn of_equal_findings_as_many_are_known_as_were_recorded() {
    let known = baseline(&[("a.md", "same!\nsame!\n")]);
    assert_eq!(check(known, &[("a.md", "same!\n\nsame!\nsame!\n")]).0, ["a.md:4"]);
}

#[test]
fn of_findings_on_one_line_the_graver_ones_are_known() {
    let source = source("a.md", "one! two!\n");
    let mut found = findings(&source);
    let mut recorded = Baseline::new(Path::new("known.json"));
    recorded.record(&source, &found[1..]);
    found[0].severity = Severity::Info;
    Matcher::new(recorded, |_| true).apply(&source, &mut found);
    assert_eq!(found.iter().map(|found| found.severity).collect::<Vec<_>>(), [Severity::Info]);
}

#[test]
fn a_renamed_file_keeps_its_findings_and_a_copy_does_not() {
    let text = "one!\ntwo!\nthree!\n";
    let known = || baseline(&[("gone/old.md", text), ("gone/other.md", "four!\n")]);
    let (new, stale) = check(known(), &[("docs/new.md", "one!\ntwo!\nfresh!\n")]);
    assert_eq!(new, ["docs/new.md:3"]);
    assert_eq!(stale, [("docs/new.md".to_owned(), 1), ("gone/other.md".to_owned(), 1)]);
    let (new, _) = check(known(), &[("docs/copy1.md", text), ("docs/copy2.md", text)]);
    assert_eq!(new, ["docs/copy2.md:1", "docs/copy2.md:2", "docs/copy2.md:3"]);
    let (new, _) = check(known(), &[("docs/unlike.md", "one!\nelse!\nmore!\n")]);
    assert_eq!(new.len(), 3, "one line in common is not enough");
    let (new, _) = check(baseline(&[("kept/old.md", text)]), &[("docs/new.md", text)]);
    assert_eq!(new.len(), 3, "the old file is still there");
}

#[test]
fn of_gone_files_the_one_with_the_same_name_is_taken() {
    let known = baseline(&[("gone/a.md", "one!\n"), ("gone/b.md", "one!\n")]);
    let (new, stale) = check(known, &[("docs/b.md", "one!\n")]);
    assert_eq!((new.len(), stale), (0, vec![("gone/a.md".to_owned(), 1)]));
}

#[test]
fn a_fingerprint_holds_no_secret() {
    let with = |secret: &str| {
        let text = format!("ClientSecret: {secret} # ours\n");
        let mut source = source("a.yaml", &text);
        source.hide(std::iter::once(14..14 + secret.len()));
        Fingerprint::new("config/literal-secret", &source, source.span(14..15))
    };
    assert_eq!(with("first"), with("the second"), "the secret is no part of it");
    let other = source("a.yaml", "ClientSecret: *\n");
    assert_ne!(with("first"), Fingerprint::new("config/literal-secret", &other, other.span(14..15)));
}

#[test]
fn fingerprints_are_those_of_every_version() {
    let source = source("a.md", "\u{feff}  Enter teh name. \n");
    let print = Fingerprint::new(RULE, &source, source.span(10..13));
    // printf 'guide/typo\0Enter teh name.' | sha256sum | cut -c -32
    assert_eq!(print.to_string(), "7913646c60d29f92b0b177e560cec222");
}

#[test]
fn the_file_is_read_strictly() {
    let read = |text: &str| Baseline::read(Path::new("known.json"), text).map(|_| ()).unwrap_err();
    assert!(read("{").contains("line 1"), "{}", read("{"));
    assert_eq!(read("{\"version\": 2, \"files\": {}}"), "unknown version 2, expected 1");
    let short = "{\"version\": 1, \"files\": {\"a\": [{\"rule\": \"x\", \"fingerprint\": \"ab\"}]}}";
    assert!(read(short).contains("32 hexadecimal digits"), "{}", read(short));
    assert_eq!(baseline(&[]).to_text(), "{\n  \"version\": 1,\n  \"files\": {}\n}\n");
    insta::assert_snapshot!(baseline(&[("b.md", "x!\nx!\ny!\n"), ("../a \"b\".md", "x!\n")]).to_text(), @r#"
    {
      "version": 1,
      "files": {
        "../a \"b\".md": [
          {"rule":"guide/typo","fingerprint":"c6d6a354a6551d6807c0dd537c0bffa8"}
        ],
        "b.md": [
          {"rule":"guide/typo","fingerprint":"0bc506f821ca8944c8f80e2d13e5f971"},
          {"rule":"guide/typo","fingerprint":"c6d6a354a6551d6807c0dd537c0bffa8","count":2}
        ]
      }
    }
    "#);
}

fn connlint(folder: &Path, arguments: &[&str]) -> (Option<i32>, String, String) {
    let output = Command::cargo_bin("connlint").unwrap().current_dir(folder).args(arguments).output().unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    (output.status.code(), text(output.stdout), text(output.stderr))
}

/// How many errors are reported: those of the one defect that the samples have.
fn reported(folder: &Path, arguments: &[&str]) -> usize {
    let (_, out, err) = connlint(folder, &[&["check", "--format", "json", "--severity", "error"], arguments].concat());
    let report: serde_json::Value = serde_json::from_str(&out).unwrap_or_else(|_| panic!("{out}{err}"));
    report["diagnostics"].as_array().unwrap().len()
}

const DEFECT: &str = "Enter these values:\n| Value | Description |\n| --- | --- |\n| **Name** | Yours |\n";

fn guide(number: usize, defects: usize) -> String {
    let mut text = format!(
        "---\ntitle: Sample {number}\nsidebar: cyclr_sidebar\npermalink: sample{number}-connector\ntags: [connector]\n---\n"
    );
    for part in 0..defects {
        // Texts that are equal in one guide and between guides.
        let _ = write!(text, "\nPart {}.\n\n{DEFECT}", part / 2);
    }
    text
}

fn site(folder: &Path) {
    for number in 0..20 {
        write(folder, &format!("docs/sample{number}.md"), &guide(number, number % 4));
    }
}

#[test]
fn ten_lines_at_the_top_change_nothing_and_one_new_defect_is_one_finding() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    site(folder);
    assert!(reported(folder, &["docs"]) > 20);
    let (code, _, err) = connlint(folder, &["check", "docs", "--baseline", "known.json", "--write-baseline"]);
    assert_eq!(code, Some(0), "{err}");
    for number in 0..20 {
        let path = format!("docs/sample{number}.md");
        let text = std::fs::read_to_string(folder.join(&path)).unwrap();
        let at = text.find("---\n\n").map_or(text.len(), |at| at + "---\n".len());
        let lines: Vec<String> = (0..10).map(|line| format!("\nLine {line} is new.\n")).collect();
        write(folder, &path, &format!("{}{}{}", &text[..at], lines.concat(), &text[at..]));
    }
    let known = ["docs", "--baseline", "known.json"];
    assert_eq!(reported(folder, &known), 0);
    let path = folder.join("docs/sample7.md");
    let text = std::fs::read_to_string(&path).unwrap();
    std::fs::write(&path, format!("{text}\nMore.\n\n{DEFECT}")).unwrap();
    assert_eq!(reported(folder, &known), 1);
}

#[test]
fn writing_keeps_what_was_not_checked_and_drops_what_is_gone() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    site(folder);
    write(folder, "connlint.toml", "baseline = \"known.json\"\n");
    let all = |arguments: &[&str]| connlint(folder, &[&["check"], arguments].concat());
    let (code, out, err) = all(&["docs"]);
    assert_eq!((code, out.as_str()), (Some(2), ""), "the settings name a file that is not there");
    assert!(err.contains("--write-baseline"), "{err}");
    assert_eq!(all(&["docs", "--write-baseline"]).0, Some(0));
    let first = std::fs::read_to_string(folder.join("known.json")).unwrap();
    assert_eq!(all(&["docs", "--write-baseline"]).0, Some(0));
    assert_eq!(std::fs::read_to_string(folder.join("known.json")).unwrap(), first, "same input, same bytes");
    std::fs::remove_file(folder.join("docs/sample3.md")).unwrap();
    write(folder, "docs/sample2.md", &guide(2, 3));
    let (code, _, err) = all(&["docs"]);
    assert_eq!(code, Some(1));
    assert!(err.contains("known.json"), "says what is stale: {err}");
    assert_eq!(all(&["docs/sample2.md", "--write-baseline"]).0, Some(0));
    let (code, _, err) = all(&["docs"]);
    assert_eq!(code, Some(0));
    assert!(err.contains("docs/sample3.md"), "a file elsewhere may have been renamed: {err}");
    assert_eq!(all(&["docs", "--write-baseline"]).0, Some(0));
    let (code, _, err) = all(&["docs"]);
    assert_eq!((code, err.as_str()), (Some(0), ""));
}

fn git(folder: &Path, arguments: &[&str]) {
    let mut command = std::process::Command::new("git");
    let identity = ["-c", "user.name=Test", "-c", "user.email=test@example.com", "-c", "commit.gpgSign=false"];
    let output = command.current_dir(folder).args(identity).args(arguments).output().unwrap();
    assert!(output.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
}

/// A repository with the site, committed.
fn repository(folder: &Path) {
    site(folder);
    git(folder, &["init", "--quiet"]);
    git(folder, &["add", "."]);
    git(folder, &["commit", "--quiet", "--message", "Begin"]);
}

#[test]
fn only_findings_on_lines_changed_since_a_revision() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    repository(folder);
    let since = ["docs", "--new-since", "HEAD"];
    assert_eq!(reported(folder, &since), 0);
    write(folder, "docs/sample2.md", &guide(2, 3));
    assert_eq!(reported(folder, &since), 1, "a changed file");
    git(folder, &["add", "."]);
    assert_eq!(reported(folder, &since), 1, "staged");
    write(folder, "docs/ein \"neuer\" Führer.md", &guide(99, 2));
    assert_eq!(reported(folder, &since), 3, "a file that Git does not know");
    git(folder, &["add", "."]);
    assert_eq!(reported(folder, &since), 3, "a file with a name that Git quotes");
    git(folder, &["mv", "docs/sample7.md", "docs/renamed.md"]);
    assert_eq!(reported(folder, &since), 3, "a renamed file");
    git(folder, &["commit", "--quiet", "--message", "Change"]);
    assert_eq!(reported(folder, &since), 0);
    assert_eq!(reported(folder, &["docs", "--new-since", "HEAD~1"]), 3);
    for setting in [["diff.noprefix", "true"], ["diff.mnemonicPrefix", "true"], ["color.ui", "always"]] {
        git(folder, &[&["config"], &setting[..]].concat());
        assert_eq!(reported(folder, &["docs", "--new-since", "HEAD~1"]), 3, "{setting:?}");
    }
    assert_eq!(reported(&folder.join("docs"), &["sample2.md", "--new-since", "HEAD~1"]), 1);
}

/// The text of a file of the site.
fn text(folder: &Path, number: usize) -> String {
    std::fs::read_to_string(folder.join(format!("docs/sample{number}.md"))).unwrap()
}

const MENDED: &str = "Enter these values:\n\n| Value | Description |";

#[test]
fn a_baseline_without_a_name_is_beside_the_settings() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    site(folder);
    assert_eq!(connlint(folder, &["check", "docs"]).0, Some(1));
    assert_eq!(connlint(folder, &["check", "docs", "--write-baseline"]).0, Some(0));
    assert!(folder.join("connlint-baseline.json").is_file());
    let (code, out, _) = connlint(folder, &["check", "docs"]);
    assert!(code == Some(0) && out.contains("in the baseline"), "{out}");
    std::fs::remove_file(folder.join("connlint-baseline.json")).unwrap();
    write(folder, "docs/connlint.toml", "");
    assert_eq!(connlint(folder, &["check", "docs", "--write-baseline"]).0, Some(0));
    assert!(folder.join("docs/connlint-baseline.json").is_file() && !folder.join("connlint-baseline.json").exists());
    assert_eq!(connlint(folder, &["check", "docs"]).0, Some(0));
}

#[test]
fn fixes_leave_known_findings_alone() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    site(folder);
    let check =
        |arguments: &[&str]| connlint(folder, &[&["check", "docs", "--baseline", "known.json"], arguments].concat());
    assert_eq!(check(&["--write-baseline"]).0, Some(0));
    assert_eq!(check(&["--diff"]).1, "");
    write(folder, "docs/sample7.md", &format!("{}\nMore.\n\n{DEFECT}", guide(7, 3)));
    let (code, out, err) = check(&["--fix"]);
    assert_eq!(
        (code, err.as_str()),
        (Some(0), "Fixed 1 problem in 1 file:\n  1  guide/table-not-rendered  1 file\n"),
        "{out}"
    );
    assert!(text(folder, 7).starts_with(&guide(7, 3)));
    assert_eq!(text(folder, 7).matches(MENDED).count(), 1);
    assert_eq!(text(folder, 6), guide(6, 2));
    assert_eq!(check(&["--fix", "--write-baseline"]).0, Some(0));
    assert_eq!(text(folder, 7).matches(MENDED).count(), 4, "before a baseline is written, everything is mended");
    assert_eq!(text(folder, 6).matches(MENDED).count(), 2);
}

#[test]
fn fixes_leave_unchanged_lines_alone() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    repository(folder);
    write(folder, "docs/sample7.md", &format!("{}\nMore.\n\n{DEFECT}", guide(7, 3)));
    let (_, _, err) = connlint(folder, &["check", "docs", "--new-since", "HEAD", "--fix"]);
    assert_eq!(err, "Fixed 1 problem in 1 file:\n  1  guide/table-not-rendered  1 file\n");
    assert_eq!(text(folder, 7).matches(MENDED).count(), 1);
    assert_eq!(text(folder, 6), guide(6, 2));
}

#[test]
fn what_a_deletion_breaks_is_new() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    write(folder, "docs/a.md", &guide(1, 1).replace(":\n|", ":\n\n|"));
    git(folder, &["init", "--quiet"]);
    git(folder, &["add", "."]);
    git(folder, &["commit", "--quiet", "--message", "Begin"]);
    let since = ["docs", "--new-since", "HEAD"];
    let before = reported(folder, &since);
    write(folder, "docs/a.md", &guide(1, 1));
    assert_eq!((before, reported(folder, &since)), (0, 1));
}

#[test]
fn what_git_cannot_tell_stops_the_tool() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    site(folder);
    let refused = |revision: &str| {
        let (code, out, err) = connlint(folder, &["check", "docs", "--new-since", revision]);
        assert_eq!((code, out.as_str()), (Some(2), ""), "{err}");
        err
    };
    assert!(refused("HEAD").contains("not a git repository"), "{}", refused("HEAD"));
    git(folder, &["init", "--quiet"]);
    assert_eq!(refused("HEAD"), "error: the repository has no commit\n");
    git(folder, &["add", "."]);
    git(folder, &["commit", "--quiet", "--message", "Begin"]);
    assert_eq!(refused("no-such"), "error: unknown Git revision `no-such`\n");
    assert_eq!(refused("HEAD..no"), "error: unknown Git revision `HEAD..no`; did you mean `HEAD...no`?\n");
}

#[test]
fn changes_are_counted_from_the_merge_base() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    repository(folder);
    git(folder, &["branch", "--move", "main"]);
    git(folder, &["checkout", "--quiet", "-b", "topic"]);
    write(folder, "docs/sample2.md", &guide(2, 3));
    git(folder, &["commit", "--quiet", "--all", "--message", "Ours"]);
    git(folder, &["checkout", "--quiet", "main"]);
    // What the other branch fixed meanwhile is not new on ours.
    write(folder, "docs/sample7.md", &guide(7, 0));
    git(folder, &["commit", "--quiet", "--all", "--message", "Theirs"]);
    git(folder, &["checkout", "--quiet", "topic"]);
    for revision in ["main", "main...", "main...HEAD", "main...topic"] {
        assert_eq!(reported(folder, &["docs", "--new-since", revision]), 1, "{revision}");
    }
    git(folder, &["checkout", "--quiet", "--orphan", "other"]);
    git(folder, &["commit", "--quiet", "--message", "Other"]);
    let (code, _, err) = connlint(folder, &["check", "docs", "--new-since", "main"]);
    assert_eq!(code, Some(2));
    assert!(err.contains("no common ancestor"), "{err}");
}

#[test]
fn a_shallow_clone_says_what_to_fetch() {
    let folder = tempfile::tempdir().unwrap();
    let [whole, shallow] = ["whole", "shallow"].map(|name| folder.path().join(name));
    std::fs::create_dir(&whole).unwrap();
    repository(&whole);
    git(&whole, &["commit", "--quiet", "--allow-empty", "--message", "More"]);
    let address = format!("file://{}", whole.display());
    git(folder.path(), &["clone", "--quiet", "--depth", "1", &address, "shallow"]);
    for revision in ["HEAD~1", "origin/no-such"] {
        let (code, _, err) = connlint(&shallow, &["check", "docs", "--new-since", revision]);
        assert_eq!(code, Some(2));
        assert!(err.contains("fetch-depth: 0"), "{err}");
    }
}

/// A hook of a linked work tree has variables that name another folder than the one that is checked.
#[test]
fn a_hook_compares_with_the_repository_of_the_folder() {
    let folder = tempfile::tempdir().unwrap();
    let [whole, linked] = ["whole", "linked"].map(|name| folder.path().join(name));
    std::fs::create_dir(&whole).unwrap();
    repository(&whole);
    git(&whole, &["worktree", "add", "--quiet", "../linked"]);
    let mut command = Command::cargo_bin("connlint").unwrap();
    command.current_dir(&linked).env("GIT_DIR", whole.join(".git/worktrees/linked")).env("GIT_WORK_TREE", &whole);
    command.args(["check", "--new-since", "HEAD", "docs"]).assert().code(0);
}

#[test]
fn a_clone_without_old_texts_says_what_to_fetch() {
    let folder = tempfile::tempdir().unwrap();
    let whole = folder.path().join("whole");
    std::fs::create_dir(&whole).unwrap();
    repository(&whole);
    write(&whole, "docs/sample2.md", &guide(2, 3));
    git(&whole, &["commit", "--quiet", "--all", "--message", "More"]);
    git(&whole, &["config", "uploadpack.allowFilter", "true"]);
    let address = format!("file://{}", whole.display());
    git(folder.path(), &["clone", "--quiet", "--filter=blob:none", &address, "partial"]);
    let partial = folder.path().join("partial");
    assert_eq!(reported(&partial, &["docs", "--new-since", "HEAD"]), 0, "all texts are there");
    for mode in [&["--format", "concise"][..], &["--fix-only"]] {
        let (code, out, err) = connlint(&partial, &[&["check", "docs", "--new-since", "HEAD~1"], mode].concat());
        assert_eq!((code, out.as_str()), (Some(2), ""), "{err}");
        assert!(err.contains("earlier text of `docs/sample2.md`: clone without `--filter`"), "{err}");
    }
}

#[test]
fn an_empty_revision_is_none() {
    let folder = tempfile::tempdir().unwrap();
    repository(folder.path());
    for revision in ["", " "] {
        let (code, _, err) = connlint(folder.path(), &["check", "docs", "--new-since", revision]);
        assert_eq!(code, Some(2), "{err}");
        assert!(err.contains("unknown Git revision"), "{err}");
    }
}

/// A file is compared with what it was, under whatever name it is read.
#[cfg(unix)]
#[test]
fn linked_files_and_folders_are_not_new() {
    use std::os::unix::fs::symlink;

    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    site(folder);
    symlink("sample3.md", folder.join("docs/link.md")).unwrap();
    symlink("docs", folder.join("more")).unwrap();
    git(folder, &["init", "--quiet"]);
    git(folder, &["add", "."]);
    git(folder, &["commit", "--quiet", "--message", "Begin"]);
    for path in ["docs/link.md", "more", "more/sample3.md", "more/link.md"] {
        assert_eq!(reported(folder, &[path, "--new-since", "HEAD"]), 0, "{path}");
    }
    write(folder, "docs/sample3.md", &guide(3, 4));
    for path in ["docs/link.md", "more/sample3.md", "more/link.md"] {
        assert_eq!(reported(folder, &[path, "--new-since", "HEAD"]), 1, "{path}");
    }
    symlink(folder, folder.with_extension("linked")).unwrap();
    assert_eq!(reported(&folder.with_extension("linked"), &["docs/sample3.md", "--new-since", "HEAD"]), 1);
    std::fs::remove_file(folder.with_extension("linked")).unwrap();
}

/// Each way in which a repository's configuration can name a program that Git runs.
#[cfg(unix)]
#[test]
fn no_program_of_the_repository_is_run() {
    use std::os::unix::fs::PermissionsExt;

    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    repository(folder);
    let (marker, program) = (folder.join("marker"), folder.join("program"));
    std::fs::write(&program, format!("#!/bin/sh\ntouch '{}'\ncat\n", marker.display())).unwrap();
    std::fs::set_permissions(&program, std::fs::Permissions::from_mode(0o755)).unwrap();
    let program = program.to_str().unwrap();
    let hooks = folder.join("hooks");
    std::fs::create_dir(&hooks).unwrap();
    for hook in ["post-index-change", "fsmonitor-watchman", "query-watchman", "reference-transaction"] {
        std::fs::copy(program, hooks.join(hook)).unwrap();
    }
    write(folder, ".gitattributes", "* filter=evil diff=evil merge=evil\n");
    write(folder, "docs/sample2.md", &guide(2, 3));
    for key in [
        "core.fsmonitor", "core.pager", "core.sshCommand", "core.editor", "core.askPass", "core.alternateRefsCommand",
        "credential.helper", "diff.external", "diff.evil.command", "diff.evil.textconv", "filter.evil.clean",
        "filter.evil.smudge", "filter.evil.process", "merge.evil.driver", "alias.rev-parse", "alias.ls-files",
        "gpg.program",
    ] {
        let value = if key.starts_with("alias") { format!("!{program}") } else { program.to_owned() };
        git(folder, &["config", key, &value]);
    }
    git(folder, &["config", "filter.evil.required", "true"]);
    git(folder, &["config", "core.hooksPath", hooks.to_str().unwrap()]);
    let _ = std::fs::remove_file(&marker);
    let (code, _, err) = connlint(folder, &["check", "docs", "--new-since", "HEAD"]);
    assert_eq!(code, Some(1), "{err}");
    assert!(!marker.exists(), "a program of the repository was run");
    // A bare repository inside of the working tree, with a configuration of its own, is refused.
    let inner = folder.join("docs");
    std::fs::write(inner.join("HEAD"), "ref: refs/heads/main\n").unwrap();
    std::fs::write(inner.join("config"), format!("[core]\n\tbare = true\n\tfsmonitor = {program}\n")).unwrap();
    for name in ["objects", "refs"] {
        std::fs::create_dir(inner.join(name)).unwrap();
    }
    let (code, _, err) = connlint(folder, &["check", "docs", "--new-since", "HEAD"]);
    assert_eq!(code, Some(2), "{err}");
    assert!(!marker.exists(), "a program of the inner repository was run");
}

/// However many files changed, one run of Git reads what they were.
#[cfg(unix)]
#[test]
fn one_run_of_git_reads_all_files() {
    use std::os::unix::fs::PermissionsExt;

    let folder = tempfile::tempdir().unwrap();
    let (folder, programs) = (folder.path().join("site"), folder.path().join("programs"));
    std::fs::create_dir_all(&folder).unwrap();
    repository(&folder);
    for number in 1..=7 {
        write(&folder, &format!("docs/sample{number}.md"), &guide(number, 3));
    }
    let found = std::process::Command::new("sh").args(["-c", "command -v git"]).output().unwrap();
    let real = String::from_utf8(found.stdout).unwrap();
    let log = programs.join("log");
    write(&programs, "git", &format!("#!/bin/sh\necho \"$@\" >>'{}'\nexec {} \"$@\"\n", log.display(), real.trim()));
    std::fs::set_permissions(programs.join("git"), std::fs::Permissions::from_mode(0o755)).unwrap();
    let mut command = Command::new(env!("CARGO_BIN_EXE_connlint"));
    let path = format!("{}:{}", programs.display(), std::env::var("PATH").unwrap());
    command.current_dir(&folder).env("PATH", path).args(["check", "docs", "--new-since", "HEAD"]).assert().code(1);
    let runs = std::fs::read_to_string(log).unwrap();
    assert_eq!(runs.matches(" cat-file ").count(), 1, "{runs}");
    assert!(runs.lines().count() < 12, "{runs}");
}
