//! Every rule's page keeps its word: a bad example gives exactly the output printed, its fix the text
//! shown, a good example is silent under all rules, and a rule is fixable if and only if an example is
//! fixed.
//!
//! `CONNLINT_BLESS=1 cargo test --test it rule_docs` writes the `output` and `fixed` blocks again, to be
//! reviewed as a diff.

use crate::support::check;
use crate::support::page;

use std::collections::BTreeMap;
use std::fmt::Write;
use std::ops::Range;
use std::path::PathBuf;

use check::{Outcome, check, check_bytes, check_within};
use connlint::testing::diagnostic::{Applicability, Diagnostic, Severity};
use connlint::testing::fix;
use connlint::testing::rules::RULES;
use connlint::testing::rules::{Fixable, Rule};
use connlint::testing::source::Span;
use page::{Example, examples, with_blocks};

/// The page around a guide example that has no front matter: complete, and silent under all rules.
const BEFORE: &str = include_str!("support/before.md");
const AFTER: &str = include_str!("support/after.md");

/// Rounds of fixes after which a text has to be at rest.
const MOST_ROUNDS: usize = 10;

#[test]
fn every_page_is_complete() {
    for rule in RULES {
        let examples = examples(rule.docs);
        let path = path_of(rule);
        let demand = |holds: bool, failure: &str| assert!(holds, "{}: {failure}", path.display());
        demand(path.exists(), "the rule's page is not where its name says");
        demand(rule.docs.starts_with(&format!("# {}\n\n", rule.name)), "the heading is not the rule's name");
        demand(rule.docs.contains("\n## Why\n"), "there is no section `Why`");
        demand(examples.iter().any(|example| example.block.says("bad")), "there is no bad example");
        demand(examples.iter().any(|example| example.block.says("good")), "there is no good example");
        let fixed = examples.iter().any(|example| example.fixed.is_some());
        demand(fixed == (rule.fixable != Fixable::No), "fixable if and only if an example is fixed");
    }
}

#[test]
fn every_page_keeps_its_word() {
    let bless = std::env::var_os("CONNLINT_BLESS").is_some();
    let mut failures = String::new();
    for rule in RULES {
        let mut report = Report::default();
        check_page(rule, &mut report);
        if bless && !report.blessed.is_empty() {
            #[allow(clippy::disallowed_methods, reason = "writing the pages is what was asked for")]
            std::fs::write(path_of(rule), with_blocks(rule.docs, report.blessed)).expect("the page can be written");
        }
        for failure in report.failures {
            let _ = writeln!(failures, "{}: {failure}", path_of(rule).display());
        }
    }
    assert!(failures.is_empty(), "\n{failures}");
}

#[test]
fn the_comment_on_a_page_silences_its_rule() {
    let mut seen = 0;
    for rule in RULES {
        let Some(comment) = rule.ignore_comment() else { continue };
        for example in examples(rule.docs).iter().filter(|example| example.block.says("bad")) {
            let mut world = World::new(example);
            let (path, text) = &mut world.files[0];
            if std::path::Path::new(path).extension().is_some_and(|extension| extension == "json") {
                continue;
            }
            *text = if std::path::Path::new(path).extension().is_some_and(|extension| extension == "md") {
                format!("{text}\n\n{comment}\n")
            } else {
                format!("{comment}\n{text}")
            };
            let outcome = check(&world.files);
            let is_left = |found: &Diagnostic| {
                found.rule == rule.name && outcome.path(found.finding.primary.span) == world.files[0].0
            };
            assert_eq!(world.print(&outcome, is_left), "", "{}, line {}", rule.name, example.line());
            seen += 1;
        }
    }
    assert!(seen > RULES.len(), "{seen}");
}

/// What is wrong with a page, and what would be right.
#[derive(Default)]
struct Report {
    failures: Vec<String>,
    blessed: Vec<(Range<usize>, String)>,
}

fn path_of(rule: &Rule) -> PathBuf {
    let file = format!("src/rules/{}/{}.md", rule.group(), rule.short_name().replace('-', "_"));
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join(file)
}

fn check_page(rule: &Rule, report: &mut Report) {
    for example in &examples(rule.docs) {
        let world = World::new(example);
        if example.block.says("bad") {
            check_bad(rule, example, &world, report);
        } else {
            check_good(example, &world, report);
        }
    }
}

fn check_good(example: &Example, world: &World, report: &mut Report) {
    let outcome = check(&world.files);
    if !outcome.diagnostics.is_empty() {
        let printed = world.print(&outcome, |_| true);
        report.failures.push(format!("line {}: the good example is not silent\n{printed}", example.line()));
    }
}

fn check_bad(rule: &Rule, example: &Example, world: &World, report: &mut Report) {
    let outcome = match example.block.limit() {
        Some(limit) => check_within(limit, world.bytes()),
        None if example.block.says("latin-1") => check_bytes(world.latin_1()),
        None => check(&world.files),
    };
    let printed = world.print(&outcome, |diagnostic| diagnostic.rule == rule.name);
    if printed.is_empty() {
        report.failures.push(format!("line {}: the rule finds nothing in the bad example", example.line()));
    }
    match &example.output {
        Some(output) if output.text == printed => {}
        Some(output) => {
            report.failures.push(format!("line {}: expected\n{}found\n{printed}", output.lines.start, output.text));
            report.blessed.push((output.lines.clone(), printed));
        }
        None => report.failures.push(format!("line {}: the bad example has no output", example.line())),
    }
    let others = |diagnostic: &Diagnostic| diagnostic.rule != rule.name && diagnostic.severity == Severity::Error;
    if !example.block.says("others") && outcome.diagnostics.iter().any(others) {
        let printed = world.print(&outcome, others);
        report.failures.push(format!("line {}: errors of other rules\n{printed}", example.line()));
    }
    if let Some(fixed) = &example.fixed {
        let Fixed { text, outcome: after, is_safe } = fixed_by(rule, world);
        let text = world.unwrapped(&text);
        if is_safe == fixed.says("unsafe") {
            report.failures.push(format!("line {}: `unsafe` if and only if a fix needs review", fixed.lines.start));
        }
        if text != fixed.text {
            report.failures.push(format!("line {}: expected\n{}found\n{text}", fixed.lines.start, fixed.text));
            report.blessed.push((fixed.lines.clone(), text));
        }
        check_mended(rule, fixed.lines.start, world, (&outcome, &after), report);
    }
}

/// After its fixes a rule has nothing more to say, and no other rule says more than before.
fn check_mended(rule: &Rule, line: usize, world: &World, (before, after): (&Outcome, &Outcome), report: &mut Report) {
    let (before, counts) = (counts(before), counts(after));
    if counts.contains_key(rule.name) {
        let printed = world.print(after, |diagnostic| diagnostic.rule == rule.name);
        report.failures.push(format!("line {line}: the fixed example still has findings\n{printed}"));
    }
    for (name, count) in counts {
        if name != rule.name && count > before.get(name).copied().unwrap_or_default() {
            let printed = world.print(after, |diagnostic| diagnostic.rule == name);
            report.failures.push(format!("line {line}: the fix adds a finding\n{printed}"));
        }
    }
}

fn counts(outcome: &Outcome) -> BTreeMap<&'static str, usize> {
    let mut counts = BTreeMap::new();
    for diagnostic in &outcome.diagnostics {
        *counts.entry(diagnostic.rule).or_default() += 1;
    }
    counts
}

/// An example after the fixes of its rule.
struct Fixed {
    /// The text of the first file.
    text: String,
    /// What is found then.
    outcome: Outcome,
    /// Whether all fixes are safe.
    is_safe: bool,
}

fn fixed_by(rule: &Rule, world: &World) -> Fixed {
    let mut files = world.files.clone();
    let mut outcome = check(&files);
    let mut is_safe = true;
    for _ in 0..MOST_ROUNDS {
        let first = |diagnostic: &&Diagnostic| {
            diagnostic.rule == rule.name && outcome.path(diagnostic.finding.primary.span) == files[0].0
        };
        let repairs: Vec<_> =
            outcome.diagnostics.iter().filter(first).filter_map(|found| found.finding.fix.as_ref()).collect();
        is_safe &= repairs.iter().all(|fix| fix.applicability == Applicability::Safe);
        let round = fix::apply(&files[0].1, repairs);
        if round.applied == 0 {
            break;
        }
        files[0].1 = round.text;
        outcome = check(&files);
    }
    Fixed { text: files.swap_remove(0).1, outcome, is_safe }
}

/// The files of an example as they are checked.
struct World {
    files: Vec<(String, String)>,
    /// Lines before the example in the first file, where a page was put around it.
    lines_before: u32,
}

impl World {
    fn new(example: &Example) -> Self {
        let mut files = example.files();
        let wrap =
            example.block.words[0] == "markdown" && !files[0].1.starts_with("---\n") && !example.block.says("whole");
        if wrap {
            files[0].1 = format!("{BEFORE}{}{AFTER}", files[0].1);
        }
        Self { files, lines_before: if wrap { BEFORE.lines().count() as u32 } else { 0 } }
    }

    fn bytes(&self) -> Vec<(String, Vec<u8>)> {
        self.files.iter().map(|(path, text)| (path.clone(), text.clone().into_bytes())).collect()
    }

    /// The files in the encoding ISO 8859-1.
    fn latin_1(&self) -> Vec<(String, Vec<u8>)> {
        let bytes = |text: &str| text.chars().map(|c| u8::try_from(c).unwrap_or(b'?')).collect();
        self.files.iter().map(|(path, text)| (path.clone(), bytes(text))).collect()
    }

    /// The example's own part of the first file.
    fn unwrapped(&self, text: &str) -> String {
        if self.lines_before == 0 {
            return text.to_owned();
        }
        let inner = text.strip_prefix(BEFORE).and_then(|rest| rest.strip_suffix(AFTER));
        inner.map_or_else(|| format!("(the fix changed the page around the example)\n{text}"), String::from)
    }

    /// Findings in the form of an `output` block.
    fn print(&self, outcome: &Outcome, wanted: impl Fn(&Diagnostic) -> bool) -> String {
        let mut out = String::new();
        for diagnostic in outcome.diagnostics.iter().filter(|diagnostic| wanted(diagnostic)) {
            let finding = &diagnostic.finding;
            let place = self.place(outcome, finding.primary.span);
            let _ = writeln!(out, "{place} {} {}: {}", diagnostic.severity.name(), diagnostic.rule, finding.message);
            if !finding.primary.message.is_empty() {
                let _ = writeln!(out, "  here: {}", finding.primary.message);
            }
            if let Some(help) = &finding.help {
                let _ = writeln!(out, "  help: {}", help.replace('\n', "\n        "));
            }
            for label in &finding.labels {
                let _ = writeln!(out, "  note: {}: {}", self.place(outcome, label.span), label.message);
            }
            if let Some(fix) = &finding.fix {
                let unsure = if fix.applicability == Applicability::Unsafe { " (unsafe)" } else { "" };
                let _ = writeln!(out, "  fix: {}{unsure}", fix.title);
            }
        }
        out
    }

    /// `line:column`, with the path in front where it is not the first file.
    fn place(&self, outcome: &Outcome, span: Span) -> String {
        let path = outcome.path(span);
        let Some(source) = outcome.sources.get(&span.file) else { return format!("{path}:?") };
        let position = source.position(span.start);
        if path != self.files[0].0 {
            return format!("{path}:{}:{}", position.line, position.column);
        }
        let line = i64::from(position.line) - i64::from(self.lines_before);
        format!("{line}:{}", position.column)
    }
}

impl Outcome {
    fn path(&self, span: Span) -> &str {
        self.sources.get(&span.file).map_or("(elsewhere)", |source| check::given(source.path()))
    }
}
