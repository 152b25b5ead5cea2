//! Findings as diagnostics of the protocol.

use std::ops::Range;
use std::path::Path;
use std::sync::Arc;

use lsp_types as t;

use super::checker::Checker;
use super::client::Client;
use super::documents::Documents;
use super::positions::Lines;
use crate::diagnostic::{Severity, rule_url};
use crate::engine::Checked;
use crate::report::{self, Entry, Sources};
use crate::rule::Mark;
use crate::rules;
use crate::source::{FileId, SourceFile, Span};
use crate::tree::Problem;

/// What the client shows as the author of a diagnostic.
const SOURCE: &str = "connlint";

/// A span of more lines is cut at the end of its first line: a section that is underlined as a whole cannot be read.
const MOST_LINES: u32 = 3;

/// The files that findings point to.
pub(super) struct CheckerSources<'a> {
    pub(super) checker: &'a Checker,
    pub(super) own: Arc<SourceFile>,
}

impl Sources for CheckerSources<'_> {
    fn source(&self, id: FileId) -> Arc<SourceFile> {
        if id == self.own.id() { Arc::clone(&self.own) } else { self.checker.source(id) }
    }
}

/// The diagnostics of a file that was checked.
pub(super) fn of(file: &Checked, checker: &Checker, documents: &Documents, client: &Client) -> Vec<t::Diagnostic> {
    let sources = CheckerSources { checker, own: Arc::clone(&file.source) };
    let lines = Lines::new(file.source.text(), client.encoding);
    let convert = Convert { checker, documents, client, lines };
    let shown = file.diagnostics.iter().filter(|found| Some(found.severity) >= client.options.severity);
    shown.map(|found| convert.diagnostic(&report::entry(found, &sources))).collect()
}

pub(super) fn of_settings(source: &SourceFile, problems: &[Problem], client: &Client) -> Vec<t::Diagnostic> {
    let lines = Lines::new(source.text(), client.encoding);
    let diagnostic = |problem: &Problem| {
        let message = crate::secrets::redact(&problem.message).into_owned();
        t::Diagnostic {
            range: lines.range(source.text(), shown(source.text(), problem.span.range())),
            ..plain(&with_help(&message, problem.help.as_deref()))
        }
    };
    problems.iter().map(diagnostic).collect()
}

/// An error without a location.
pub(super) fn at_start(message: &str) -> t::Diagnostic {
    plain(message)
}

fn plain(message: &str) -> t::Diagnostic {
    t::Diagnostic {
        severity: Some(t::DiagnosticSeverity::Error),
        source: Some(SOURCE.to_owned()),
        message: message.to_owned().into(),
        ..Default::default()
    }
}

fn with_help(message: &str, help: Option<&str>) -> String {
    match help {
        Some(help) => format!("{message}\n\nhelp: {help}"),
        None => message.to_owned(),
    }
}

struct Convert<'a> {
    checker: &'a Checker,
    documents: &'a Documents,
    client: &'a Client,
    lines: Lines,
}

impl Convert<'_> {
    fn diagnostic(&self, entry: &Entry<'_>) -> t::Diagnostic {
        let text = entry.primary.file.text();
        let labels = entry.labels.iter().filter_map(|label| self.related(label));
        let related: Vec<t::DiagnosticRelatedInformation> = labels.collect();
        let mut message = with_help(&entry.message, entry.help.as_deref());
        if !self.client.related_information {
            for label in &entry.labels {
                let place = if label.file.id() == entry.primary.file.id() {
                    format!("line {}", label.start().line)
                } else {
                    let path = label.file.path();
                    let name = path.rsplit('/').next().unwrap_or(path);
                    format!("{name}:{}", label.start().line)
                };
                message = format!("{message}\n{place}: {}", label.message);
            }
        }
        let href = rule_url(entry.rule).map(|url| t::CodeDescription { href: t::Uri(url) });
        t::Diagnostic {
            range: self.lines.range(text, shown(text, entry.primary.span.range())),
            severity: Some(severity(entry.severity)),
            code: Some(entry.rule.to_owned().into()),
            code_description: href,
            source: Some(SOURCE.to_owned()),
            message: message.into(),
            tags: tags(entry.rule),
            related_information: (self.client.related_information && !related.is_empty()).then_some(related),
            data: None,
        }
    }

    fn related(&self, label: &report::Place<'_>) -> Option<t::DiagnosticRelatedInformation> {
        let location = self.location(&label.file, label.span)?;
        let message = if label.message.is_empty() { "see here".to_owned() } else { label.message.to_string() };
        Some(t::DiagnosticRelatedInformation { location, message })
    }

    fn location(&self, file: &SourceFile, span: Span) -> Option<t::Location> {
        let path = Path::new(&*self.checker.workspace.file(file.id()).path);
        let uri = self.documents.uri(path)?;
        let lines = Lines::new(file.text(), self.client.encoding);
        Some(t::Location { uri, range: lines.range(file.text(), span.range()) })
    }
}

/// The bytes that are marked in the editor: at least one character, and at most a few lines.
fn shown(text: &str, range: Range<usize>) -> Range<usize> {
    let part = text.get(range.clone()).unwrap_or_default();
    if part.is_empty() {
        let next = text.get(range.start..).and_then(|rest| rest.chars().next()).filter(|next| *next != '\n');
        return range.start..range.start + next.map_or(0, char::len_utf8);
    }
    if part.matches('\n').count() as u32 >= MOST_LINES {
        let first = part.find(['\n', '\r']).unwrap_or(part.len());
        return range.start..range.start + first;
    }
    range
}

fn severity(severity: Severity) -> t::DiagnosticSeverity {
    match severity {
        Severity::Error => t::DiagnosticSeverity::Error,
        Severity::Warning => t::DiagnosticSeverity::Warning,
        Severity::Info => t::DiagnosticSeverity::Information,
    }
}

fn tags(rule: &str) -> Option<Vec<t::DiagnosticTag>> {
    let rule = rules::find(rule)?;
    if rule.is(Mark::Unnecessary) {
        return Some(vec![t::DiagnosticTag::Unnecessary]);
    }
    rule.is(Mark::Deprecated).then(|| vec![t::DiagnosticTag::Deprecated])
}
