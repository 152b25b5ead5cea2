//! Code actions: fixes, all fixes of a rule or document, and ignore comments.
//!
//! Each is tried before it is offered: its finding has to be gone, and no error or warning may be new.

mod ignore;
mod trial;

use std::ops::Range;
use std::sync::Arc;

use lsp_types as t;

use super::checker::Checker;
use super::client::{Client, FIX_ALL, UnsafeFixes};
use super::diagnostics::{self, CheckerSources};
use super::documents::Document;
use super::edits;
use super::positions::Lines;
use super::session::{Open, Session};
use crate::diagnostic::{Applicability, Diagnostic};
use crate::engine::Checked;
use crate::report::{self, Entry};
use trial::Trial;

/// The actions for a part of a document.
pub(super) fn actions(session: &mut Session, params: &t::CodeActionParams) -> Option<Vec<t::CodeAction>> {
    let Open { session, checker, id, document, lines } = session.open(&params.text_document)?;
    let checked = checker.check(id)?;
    let range = lines.bytes(&document.text, params.range);
    let offered = Offered {
        lines,
        client: &session.client,
        checker,
        document,
        trial: Trial::new(checker, &checked),
        only: params.context.only.as_deref(),
        shown: diagnostics::of(&checked, checker, &session.documents, &session.client),
        checked: &checked,
    };
    Some(offered.all(&range))
}

/// What actions are made from.
struct Offered<'a> {
    client: &'a Client,
    checker: &'a Checker,
    document: &'a Document,
    checked: &'a Checked,
    /// Where the lines of the document start.
    lines: Lines,
    /// The diagnostics as the client has them.
    shown: Vec<t::Diagnostic>,
    trial: Trial<'a>,
    /// The kinds that the client asks for; all if it names none.
    only: Option<&'a [t::CodeActionKind]>,
}

impl Offered<'_> {
    fn all(&self, range: &Range<usize>) -> Vec<t::CodeAction> {
        let mut actions = Vec::new();
        if self.wants(&t::CodeActionKind::QuickFix) {
            let here: Vec<&Diagnostic> =
                self.checked.diagnostics.iter().filter(|found| touches(found, range)).collect();
            actions.extend(here.iter().filter_map(|found| self.fix(found)));
            let mut rules: Vec<&'static str> = here.iter().map(|found| found.rule).collect();
            rules.sort_unstable();
            rules.dedup();
            actions.extend(rules.iter().filter_map(|rule| self.fix_rule(rule)));
            actions.extend(here.iter().filter_map(|found| self.ignore(found)));
        }
        if self.wants(&FIX_ALL.to_owned().into()) {
            actions.extend(self.fix_all());
        }
        actions
    }

    /// Whether the client asks for actions of a kind: for the kind itself or for a wider one.
    fn wants(&self, kind: &t::CodeActionKind) -> bool {
        let Some(only) = self.only else { return true };
        let kind = kind.to_string();
        only.iter().any(|wanted| {
            let wanted = wanted.to_string();
            kind.strip_prefix(&wanted).is_some_and(|rest| wanted.is_empty() || rest.is_empty() || rest.starts_with('.'))
        })
    }

    fn fix(&self, found: &Diagnostic) -> Option<t::CodeAction> {
        let sources = CheckerSources { checker: self.checker, own: Arc::clone(&self.checked.source) };
        let entry: Entry<'_> = report::entry(found, &sources);
        let fix = entry.fix.as_ref()?;
        let is_safe = fix.applicability == Applicability::Safe;
        if !is_safe && self.client.options.unsafe_fixes == UnsafeFixes::Hide {
            return None;
        }
        if !self.trial.solves(found) {
            return None;
        }
        let title = capitalized(&fix.title);
        let title = if is_safe { title } else { format!("{title} (check the result)") };
        let text = self.document.text.as_str();
        let edit = |edit: &crate::diagnostic::Edit| t::TextEdit {
            range: self.lines.range(text, edit.span.range()),
            new_text: edit.text.clone(),
        };
        let edits = fix.edits.iter().map(edit).collect();
        Some(t::CodeAction { is_preferred: is_safe.then_some(true), ..self.quick_fix(title, &[found], edits) })
    }

    /// All safe fixes of a rule, where it has several.
    fn fix_rule(&self, rule: &'static str) -> Option<t::CodeAction> {
        let of_rule: Vec<&Diagnostic> = self.checked.diagnostics.iter().filter(|found| found.rule == rule).collect();
        if of_rule.iter().filter(|found| is_safe(found)).count() < 2 {
            return None;
        }
        let after = self.trial.all(&|found| found.rule == rule)?;
        let edits = edits::between(&self.document.text, &after, self.client.encoding);
        Some(self.quick_fix(format!("Fix all `{rule}` in this file"), &of_rule, edits))
    }

    fn fix_all(&self) -> Option<t::CodeAction> {
        let after = self.trial.all(&|_| true)?;
        let edits = edits::between(&self.document.text, &after, self.client.encoding);
        let title = "Apply all safe fixes of connlint".to_owned();
        let kind = Some(FIX_ALL.to_owned().into());
        Some(t::CodeAction { kind, diagnostics: None, ..self.quick_fix(title, &[], edits) })
    }

    /// An ignore comment for a finding, with the reason left for the author to write.
    fn ignore(&self, found: &Diagnostic) -> Option<t::CodeAction> {
        let ignored = ignore::comment(self.checker, self.checked, found)?;
        let title = format!("Ignore `{}` {}", found.rule, ignored.extent);
        let text = self.document.text.as_str();
        let range = self.lines.range(text, ignored.at..ignored.at);
        let edit = if self.client.snippet_edits && self.client.document_changes {
            let value = ignored.with_reason("${0:reason}");
            t::SnippetTextEdit { range, snippet: t::StringValue { value }, annotation_id: None }.into()
        } else {
            t::TextEdit { range, new_text: ignored.with_reason("") }.into()
        };
        Some(t::CodeAction {
            edit: Some(edits::of_document(self.document, vec![edit], self.client.document_changes)),
            ..self.quick_fix(title, &[found], Vec::new())
        })
    }

    fn quick_fix(&self, title: String, solved: &[&Diagnostic], edits: Vec<t::TextEdit>) -> t::CodeAction {
        let edits = edits.into_iter().map(t::Edit::TextEdit).collect();
        t::CodeAction {
            title,
            kind: Some(t::CodeActionKind::QuickFix),
            diagnostics: Some(self.shown_of(solved)),
            edit: Some(edits::of_document(self.document, edits, self.client.document_changes)),
            ..Default::default()
        }
    }

    /// The diagnostics of findings, as the client has them.
    fn shown_of(&self, findings: &[&Diagnostic]) -> Vec<t::Diagnostic> {
        let text = self.document.text.as_str();
        let start = |found: &Diagnostic| self.lines.position(text, found.finding.primary.span.start as usize);
        let is_of = |shown: &t::Diagnostic, found: &Diagnostic| {
            shown.range.start == start(found) && shown.code == Some(found.rule.to_owned().into())
        };
        self.shown.iter().filter(|shown| findings.iter().any(|found| is_of(shown, found))).cloned().collect()
    }
}

fn is_safe(found: &Diagnostic) -> bool {
    found.finding.fix.as_ref().is_some_and(|fix| fix.applicability == Applicability::Safe)
}

/// Whether a finding has a byte or an end in common with a part of the document.
fn touches(found: &Diagnostic, range: &Range<usize>) -> bool {
    let span = found.finding.primary.span.range();
    span.start <= range.end && range.start <= span.end
}

fn capitalized(title: &str) -> String {
    let mut characters = title.chars();
    characters.next().map_or_else(String::new, |first| first.to_uppercase().chain(characters).collect())
}
