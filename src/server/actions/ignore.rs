//! Where an ignore comment can be put without changing the page.

use std::sync::Arc;

use crate::diagnostic::{Diagnostic, Severity};
use crate::engine::Checked;
use crate::guide::Guide;
use crate::inspect;
use crate::server::checker::Checker;
use crate::source::{SourceFile, line_start};
use crate::workspace::FileKind;

/// The rule that asks for a reason: the author has still to write it.
const REASON: &str = "ignore/reason-missing";

/// A comment that silences a finding.
pub(super) struct Ignored {
    /// The byte before which it is inserted.
    pub(super) at: usize,
    /// The text before and after the reason.
    before: String,
    after: String,
    /// What it silences: "here" or "in this file".
    pub(super) extent: &'static str,
}

impl Ignored {
    pub(super) fn with_reason(&self, reason: &str) -> String {
        [&self.before, reason, &self.after].concat()
    }
}

/// The narrowest comment that silences a finding and changes nothing else; `None` where a file has no comments.
pub(super) fn comment(checker: &Checker, file: &Checked, found: &Diagnostic) -> Option<Ignored> {
    let source = &file.source;
    let candidates = match checker.workspace.file(source.id()).kind {
        FileKind::Guide(_) => in_guide(checker, source, found),
        FileKind::Yaml => in_yaml(source, found),
        FileKind::Json | FileKind::Data | FileKind::Page => Vec::new(),
    };
    let before = checker.check_text(source.id(), source.text())?;
    candidates.into_iter().find(|candidate| changes_nothing_else(checker, &before, found, candidate))
}

fn in_guide(checker: &Checker, source: &Arc<SourceFile>, found: &Diagnostic) -> Vec<Ignored> {
    let guide = checker.workspace.guide(Arc::clone(source));
    let place = found.finding.primary.span.at_start();
    let mut around: Vec<usize> = guide.blocks_around(place).collect();
    around.sort_unstable_by(|a, b| b.cmp(a));
    let mut candidates: Vec<Ignored> = Vec::new();
    for block in around {
        let start = guide.blocks[block].span.start as usize;
        candidates.extend(at_line(source, start, "<!-- connlint-ignore", found.rule, " -->"));
    }
    let body = guide.body.start as usize;
    candidates.push(whole_file(source, body, "<!-- connlint-ignore-file", found.rule, " -->"));
    candidates
}

fn in_yaml(source: &SourceFile, found: &Diagnostic) -> Vec<Ignored> {
    let start = found.finding.primary.span.start as usize;
    let line = line_start(source.text(), start);
    let own = source.text()[line..].len() - source.text()[line..].trim_start_matches(' ').len();
    let mut candidates: Vec<Ignored> =
        at_line(source, line + own, "# connlint-ignore", found.rule, "").into_iter().collect();
    candidates.push(whole_file(source, 0, "# connlint-ignore-file", found.rule, ""));
    candidates
}

/// A comment on a line of its own before the line of `start`, indented as that; `None` if other text is before `start`.
fn at_line(source: &SourceFile, start: usize, opening: &str, rule: &str, closing: &str) -> Option<Ignored> {
    let text = source.text();
    let line = line_start(text, start);
    let indent = &text[line..start];
    indent.chars().all(char::is_whitespace).then(|| Ignored {
        at: line,
        before: format!("{indent}{opening} {rule}: "),
        after: format!("{closing}{}", source.line_ending()),
        extent: "here",
    })
}

fn whole_file(source: &SourceFile, at: usize, opening: &str, rule: &str, closing: &str) -> Ignored {
    let (before, after) = (format!("{opening} {rule}: "), format!("{closing}{}", source.line_ending()));
    Ignored { at, before, after, extent: "in this file" }
}

/// Whether the comment silences the finding, adds no error or warning, and leaves the page as its reader sees it.
fn changes_nothing_else(checker: &Checker, before: &Checked, found: &Diagnostic, ignored: &Ignored) -> bool {
    let source = &before.source;
    let mut text = source.text().to_owned();
    text.insert_str(ignored.at, &ignored.with_reason("reason"));
    let Some(after) = checker.check_text(source.id(), &text) else { return false };
    let of_rule = |checked: &Checked| checked.diagnostics.iter().filter(|other| other.rule == found.rule).count();
    let grave = |checked: &Checked| {
        let is_grave = |other: &&Diagnostic| other.severity > Severity::Info && other.rule != REASON;
        checked.diagnostics.iter().filter(is_grave).count()
    };
    let is_silent = of_rule(&after) < of_rule(before) && grave(&after) <= grave(before);
    is_silent && is_same_page(checker, source, &text)
}

fn is_same_page(checker: &Checker, source: &Arc<SourceFile>, text: &str) -> bool {
    if !matches!(checker.workspace.file(source.id()).kind, FileKind::Guide(_)) {
        return true;
    }
    let read =
        |text: &str| -> Guide { checker.workspace.guide(Arc::new(SourceFile::new(source.id(), source.path(), text))) };
    let (before, after) = (read(source.text()), read(text));
    before.text.as_str() == after.text.as_str() && inspect::outline(&before) == inspect::outline(&after)
}
