//! Fixes change what they say and nothing else, whole or not at all, and come to rest.

use crate::support::{corpus, page};

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Arc;

use connlint::testing::Settings;
use connlint::testing::diagnostic::{Applicability, Diagnostic, Edit, Finding, Fix, Severity};
use connlint::testing::engine::check_source;
use connlint::testing::fix::{FixedText, HIDING, Reason, Skipped, apply, apply_until_stable, unified_diff};
use connlint::testing::profile::Profile;
use connlint::testing::rules::RULES;
use connlint::testing::source::{FileId, SourceFile, Span};
use connlint::testing::workspace::Workspace;
use proptest::prelude::*;

fn edit(start: usize, end: usize, text: &str) -> Edit {
    Edit::replace(Span::new(FileId(0), start..end), text)
}

fn fix(edits: Vec<Edit>) -> Fix {
    Fix::safe("mend", edits)
}

#[test]
fn edits_of_one_fix_are_applied_together() {
    let both = fix(vec![edit(0, 1, "A"), edit(1, 1, "-"), edit(2, 3, "")]);
    let applied = apply("abc", [&both]);
    assert_eq!((applied.text.as_str(), applied.applied), ("A-b", 1));
}

#[test]
fn a_fix_that_touches_an_earlier_one_waits() {
    let (first, overlapping, apart) =
        (fix(vec![edit(0, 2, "x")]), fix(vec![edit(1, 3, "y"), edit(5, 6, "y")]), fix(vec![edit(4, 5, "z")]));
    let applied = apply("abcdef", [&first, &overlapping, &apart]);
    assert_eq!((applied.text.as_str(), applied.applied), ("xcdzf", 2));
    let (one, other) = (fix(vec![edit(1, 1, "1")]), fix(vec![edit(1, 1, "2")]));
    assert_eq!(apply("ab", [&one, &other]).text, "a1b");
}

#[test]
fn edits_are_applied_in_the_order_of_their_places() {
    assert_eq!(apply("abcde", [&fix(vec![edit(4, 5, "x"), edit(0, 1, "y")])]).text, "ybcdx");
}

#[test]
fn a_fix_that_does_not_fit_is_left_out() {
    for wrong in [
        fix(vec![edit(2, 9, "")]),
        fix(vec![edit(1, 2, "x")]),
        fix(vec![edit(0, 3, "x"), edit(1, 3, "x")]),
        fix(vec![edit(0, 1, "a")]),
        fix(vec![]),
    ] {
        let applied = apply("aébcd", [&wrong]);
        assert_eq!((applied.text.as_str(), applied.applied), ("aébcd", 0), "{wrong:?}");
    }
}

/// A finding of the rule `rule` with this fix, at its first edit.
fn finding(rule: &'static str, fix: Fix) -> Diagnostic {
    let finding = Finding::new(fix.edits[0].span, "wrong").fix(fix);
    Diagnostic { rule, severity: Severity::Warning, finding }
}

/// A fix that halves the first run of two spaces, and one, not safe, that removes the first `!`.
fn findings_of(text: &str) -> Vec<Diagnostic> {
    let spaces = text.find("  ").map(|at| fix(vec![edit(at, at + 2, " ")]));
    let mark = text.find('!').map(|at| Fix::needs_review("calm down", vec![edit(at, at + 1, "")]));
    spaces.into_iter().chain(mark).map(|fix| finding("a/b", fix)).collect()
}

#[test]
fn rounds_go_on_until_nothing_changes() {
    let safe = apply_until_stable("a     b! c", Applicability::Safe, findings_of);
    assert_eq!((safe.text.as_str(), safe.applied, safe.skipped), ("a b! c", 4, Vec::new()));
    let all = apply_until_stable("a     b! c", Applicability::Unsafe, findings_of);
    assert_eq!((all.text.as_str(), all.applied, all.skipped), ("a b c", 5, Vec::new()));
}

/// Findings of some rules: for each one the text that is wrong, and what its fix writes in its place.
fn replacing(rules: &[(&'static str, &'static str, &'static str)], text: &str) -> Vec<Diagnostic> {
    let places = |(rule, wrong, right): &(&'static str, &'static str, &'static str)| {
        let found = text.match_indices(wrong);
        found.map(|(at, _)| finding(rule, fix(vec![edit(at, at + wrong.len(), right)]))).collect::<Vec<_>>()
    };
    rules.iter().flat_map(places).collect()
}

#[test]
fn only_fixes_that_undo_each_other_are_skipped() {
    let rules = [("a/up", "x", "X"), ("a/down", "X", "x"), ("a/grow", "o", "oo"), ("a/typo", "teh", "the")];
    for (text, fixed, skipped) in [
        ("teh\nx\nteh\n", "the\nx\nthe\n", vec![(2, "a/up")]),
        ("teh\nteh o\n", "the\nthe o\n", vec![(2, "a/grow")]),
        ("x\nteh\no\n", "x\nthe\no\n", vec![(1, "a/up"), (3, "a/grow")]),
    ] {
        let fixed_text = apply_until_stable(text, Applicability::Safe, |text| replacing(&rules, text));
        assert_eq!(fixed_text.text, fixed);
        let conflict = |(line, rule)| Skipped { line, rule, reason: Reason::Conflict };
        assert_eq!(fixed_text.skipped, skipped.into_iter().map(conflict).collect::<Vec<_>>());
    }
    // However many there are.
    let many = "o\nteh\n".repeat(100);
    let fixed_text = apply_until_stable(&many, Applicability::Safe, |text| replacing(&rules, text));
    assert_eq!((fixed_text.text, fixed_text.skipped.len()), ("o\nthe\n".repeat(100), 100));
}

#[test]
fn a_fix_that_makes_more_wrong_is_skipped() {
    let check = |text: &str| {
        let mut found = replacing(&[("a/typo", "teh", "the"), ("a/bad", "b", "B")], text);
        for (at, _) in text.match_indices('B') {
            let mut added = finding("a/added", fix(vec![edit(at, at + 1, "C")]));
            added.finding.fix = None;
            added.severity = Severity::Error;
            found.push(added);
        }
        found
    };
    let fixed_text = apply_until_stable("teh\n b\nteh", Applicability::Safe, check);
    assert_eq!(fixed_text.text, "the\n b\nthe");
    assert_eq!(fixed_text.skipped, [Skipped { line: 2, rule: "a/bad", reason: Reason::AddsFindings }]);
}

/// Findings of `replacing`, and an error on each line with `B` and a warning on each with `W`.
fn with_new_ones(rules: &[(&'static str, &'static str, &'static str)], text: &str) -> Vec<Diagnostic> {
    let mut found = replacing(rules, text);
    for (mark, severity) in [('B', Severity::Error), ('W', Severity::Warning), ('I', Severity::Info)] {
        for (at, _) in text.match_indices(mark) {
            let finding = Finding::new(Span::new(FileId(0), at..at + 1), "new");
            found.push(Diagnostic { rule: "a/added", severity, finding });
        }
    }
    found
}

/// However much good fixes of any rule do in the same round, in the same line or elsewhere.
#[test]
fn a_harmful_fix_does_not_hide_behind_a_good_one() {
    let rules = [("a/good", "B-", ""), ("a/typo", "teh", "the"), ("a/worse", "w", "W"), ("a/bad", "b", "B")];
    for (text, fixed, skipped) in [
        // The good fix removes an error of the same rule.
        ("B-\nb\n", "\nb\n", vec![(2, "a/bad")]),
        ("B-\nB-\nb\nteh w\nw\n", "\n\nb\nthe w\nw\n", vec![(3, "a/bad"), (4, "a/worse"), (5, "a/worse")]),
        ("teh b teh\nteh\n", "the b the\nthe\n", vec![(1, "a/bad")]),
        // A new hint is no reason.
        ("i teh\n", "I the\n", vec![]),
    ] {
        let rules = [&rules[..], &[("a/hint", "i", "I")]].concat();
        let fixed_text = apply_until_stable(text, Applicability::Safe, |text| with_new_ones(&rules, text));
        assert_eq!(fixed_text.text, fixed);
        let adds = |(line, rule)| Skipped { line, rule, reason: Reason::AddsFindings };
        assert_eq!(fixed_text.skipped, skipped.into_iter().map(adds).collect::<Vec<_>>());
    }
    let many = "B-teh\nb\n".repeat(60);
    let mut checks = 0;
    let fixed_text = apply_until_stable(&many, Applicability::Safe, |text| {
        checks += 1;
        with_new_ones(&rules, text)
    });
    assert_eq!((fixed_text.text, fixed_text.skipped.len()), ("the\nb\n".repeat(60), 60));
    assert!(checks < 200, "{checks} checks");
}

/// What kept others from being read may be fixed, though they come to light; not so what makes them.
#[test]
fn what_a_fix_reveals_is_not_new() {
    let check = |text: &str| {
        let mut found = replacing(&[("config/syntax", "?", ""), ("a/bad", "b", "B")], text);
        if !text.contains('?') {
            found.extend(with_new_ones(&[], text));
        }
        found
    };
    let fixed_text = apply_until_stable("?\nW\nb\n", Applicability::Safe, check);
    assert_eq!(fixed_text.text, "\nW\nb\n");
    assert_eq!(fixed_text.skipped, [Skipped { line: 3, rule: "a/bad", reason: Reason::AddsFindings }]);
}

#[test]
fn a_finding_that_moves_with_its_line_is_not_new() {
    let rules = [("a/gone", "x\n", ""), ("a/two", "y", "y\ny2"), ("a/drop", "-", "")];
    for (text, fixed) in [("x\nB\n", "B\n"), ("y\nB\n", "y\ny2\nB\n"), ("-\nx\nB x\nW\n", "\nB W\n")] {
        let mut left = true;
        let fixed_text = apply_until_stable(text, Applicability::Safe, |text| {
            let found = with_new_ones(if text.contains("y2") { &[] } else { &rules }, text);
            left = !found.is_empty();
            found
        });
        assert_eq!(fixed_text.text, fixed);
        assert!(left);
    }
}

#[test]
fn a_diff_shows_what_changes_and_no_secret() {
    let file = |text: &str| {
        let mut file = SourceFile::new(FileId(0), "a.yaml", text);
        let at = text.find("hunter2").unwrap();
        file.hide(Some(at..at + 7));
        file
    };
    let (before, after) = (file("name : x\nkey: hunter2\nlast: 1"), file("name: x\nkey: hunter2\nlast: 1"));
    insta::assert_snapshot!(unified_diff(&before, &after));
    assert_eq!(unified_diff(&before, &before), "");
}

proptest! {
    /// What lies outside the edits stays, byte for byte.
    #[test]
    fn nothing_else_changes(text in "[aé\r\n]{0,30}", edits in proptest::collection::vec((0usize..40, 0usize..4), 0..6)) {
        let fixes: Vec<Fix> = edits.into_iter().map(|(at, len)| fix(vec![edit(at, at + len, "#")])).collect();
        let applied = apply(&text, &fixes);
        prop_assert_eq!(applied.text.matches('#').count(), applied.applied);
        let kept: usize = fixes.iter().map(|fix| fix.edits[0].span.len()).sum();
        prop_assert!(applied.text.len() + kept >= text.len());
    }
}

/// A file and what is found in it, and the same after fixes.
struct Trial<'a> {
    workspace: &'a Workspace,
    settings: Settings,
    id: FileId,
    path: String,
}

impl Trial<'_> {
    fn found(&self, text: &str) -> Vec<Diagnostic> {
        let source = Arc::new(SourceFile::new(self.id, self.path.as_str(), text));
        check_source(self.workspace, &self.settings, source).map(|checked| checked.diagnostics).unwrap_or_default()
    }

    fn fixed_by(&self, text: &str, accept: Applicability) -> FixedText {
        let here = |fix: &Fix| fix.edits.iter().all(|edit| edit.span.file == self.id);
        let without_others = |mut found: Diagnostic| {
            found.finding.fix = found.finding.fix.filter(here);
            found
        };
        apply_until_stable(text, accept, |text| self.found(text).into_iter().map(without_others).collect())
    }

    fn counts(&self, text: &str) -> BTreeMap<&'static str, usize> {
        let mut counts = BTreeMap::new();
        for diagnostic in self.found(text) {
            *counts.entry(diagnostic.rule).or_default() += 1;
        }
        counts
    }

    /// Mends the text, and fails if that does not come to rest or makes any rule say more than before.
    /// Rules and how many of their findings are gone.
    fn run(&self, text: &str, accept: Applicability) -> BTreeMap<&'static str, usize> {
        let fixed_text = self.fixed_by(text, accept);
        assert_eq!(fixed_text.skipped, [], "{}: a fix is skipped\n{text}", self.path);
        assert_eq!(self.fixed_by(&fixed_text.text, accept).applied, 0, "{}: a second run changes something", self.path);
        let (mut before, after) = (self.counts(text), self.counts(&fixed_text.text));
        let hidden = HIDING.iter().any(|rule| before.contains_key(rule));
        for (rule, count) in after {
            let had = before.entry(rule).or_default();
            assert!(count <= *had || hidden, "{}: {rule} says more after the fixes\n{}", self.path, fixed_text.text);
            *had = had.saturating_sub(count);
        }
        before.retain(|_, gone| *gone > 0);
        before
    }
}

/// Everything at every severity.
fn all() -> Settings {
    Settings { severity: Severity::Info, ..Settings::default() }
}

fn workspace(paths: &[PathBuf], memory: Vec<(String, Vec<u8>)>) -> Workspace {
    // A folder that is on no disk, so that the guides of this repository are not those of the examples.
    let memory = memory.into_iter().map(|(path, bytes)| (format!("/nowhere/{path}"), bytes)).collect();
    Workspace::open(Profile::builtin(), paths, memory).expect("the files can be read")
}

#[test]
fn fixes_of_every_example_come_to_rest_and_add_nothing() {
    for rule in RULES {
        for example in page::examples(rule.docs) {
            let files = example.files();
            let memory = files.iter().map(|(path, text)| (path.clone(), text.clone().into_bytes())).collect();
            let workspace = workspace(&[], memory);
            for id in workspace.checked() {
                let text = workspace.source(id).expect("it is in memory").text().to_owned();
                let trial = Trial { workspace: &workspace, settings: all(), id, path: workspace.display(id) };
                trial.run(&text, Applicability::Safe);
            }
        }
    }
}

#[test]
#[ignore = "needs CONNLINT_CORPUS"]
fn fixes_of_a_real_site_come_to_rest_and_add_nothing() {
    let workspace = workspace(&[corpus::path("cyclr")], Vec::new());
    let mut gone: BTreeMap<&str, usize> = BTreeMap::new();
    for id in workspace.checked() {
        let text = workspace.source(id).expect("it can be read").text().to_owned();
        let trial = Trial { workspace: &workspace, settings: all(), id, path: workspace.display(id) };
        for (rule, count) in trial.run(&text, Applicability::Safe) {
            *gone.entry(rule).or_default() += count;
        }
    }
    eprintln!("findings gone by rule: {gone:#?}");
}

#[test]
fn a_run_says_what_it_skipped_and_applies_the_rest() {
    let folder = tempfile::tempdir().unwrap();
    let head = "---\ntitle: Acme\nsidebar: cyclr_sidebar\npermalink: acme-connector\ntags: [connector]\n---\n";
    let steps = "1. Open.\n\n2) Copy the key.\n\n4. Save it.\n";
    let path = folder.path().join("acme.md");
    #[allow(clippy::disallowed_methods, reason = "a file to fix")]
    std::fs::write(&path, format!("{head}\nThey recieve it.\n\n{steps}")).unwrap();
    let mut command = assert_cmd::Command::cargo_bin("connlint").unwrap();
    let output = command.current_dir(folder.path()).args(["check", "--fix-only", "."]).output().unwrap();
    let said = String::from_utf8(output.stderr).unwrap();
    assert!(said.contains("`acme.md:14`: skipped `guide/list-restarts`: the fix would add findings"), "{said}");
    #[allow(clippy::disallowed_methods, reason = "the fixed file")]
    let fixed = std::fs::read_to_string(&path).unwrap();
    assert_eq!(fixed, format!("{head}\nThey receive it.\n\n{steps}"));
}

/// Text beside the placeholder, or a bracket that is open, is another mistake than its marks.
#[test]
fn a_callback_url_with_other_text_in_its_host_has_no_usual_form() {
    for url in [
        "https://[YourServiceDomain].cyclr.com/connector/callback",
        "`https://{YourServiceDomain e.g. app-h.cyclr.com/connector/callback}`",
        "`https://YourServiceDomain/connector/callback}`",
        "`https://{YourServiceDomain}.com/connector/callback`",
        "`https://{YourServiceDomain}:443/connector/callback`",
        "`https://{YourServiceDomain}//connector/callback`",
        "`https://{your-subdomain}.acme.example/connector/callback`",
    ] {
        let text = format!("---\ntitle: Acme\npermalink: acme-connector\ntags: [connector]\n---\nEnter {url} there.\n");
        let workspace = workspace(&[], vec![("acme.md".to_owned(), text.clone().into_bytes())]);
        let id = workspace.checked().next().expect("the page is checked");
        let trial = Trial { workspace: &workspace, settings: all(), id, path: workspace.display(id) };
        let found = trial.found(&text);
        assert!(found.iter().all(|found| found.rule != "guide/callback-url-style"), "{url}: {found:?}");
    }
}
