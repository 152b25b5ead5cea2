//! The JSON report, version 1: `schemas/report.schema.json`.
//!
//! Its own types, apart from those inside the program, so that the format stays when they change.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::Arc;

use serde::Serialize;

use super::Summary;
use super::encode::to_json;
use super::redact::{Entry, Place};
use crate::diagnostic::{Applicability, Counts, Fix, rule_url};
use crate::secrets;
use crate::source::{FileId, Position, SourceFile};

const VERSION: u32 = 1;

#[derive(Serialize)]
struct Tool {
    name: &'static str,
    version: &'static str,
}

#[derive(Serialize)]
struct JsonDiagnostic<'a> {
    rule: &'a str,
    severity: &'static str,
    message: &'a str,
    help: Option<&'a str>,
    url: Option<String>,
    file: &'a str,
    span: JsonSpan,
    labels: Vec<JsonLabel<'a>>,
    fix: Option<JsonFix<'a>>,
}

#[derive(Serialize)]
struct JsonLabel<'a> {
    file: &'a str,
    span: JsonSpan,
    message: &'a str,
}

#[derive(Serialize)]
struct JsonSpan {
    start: JsonPosition,
    end: JsonPosition,
}

#[derive(Serialize)]
struct JsonPosition {
    line: u32,
    column: u32,
    offset: u32,
}

#[derive(Serialize)]
struct JsonFix<'a> {
    title: &'a str,
    applicability: &'static str,
    edits: Vec<JsonEdit<'a>>,
}

#[derive(Serialize)]
struct JsonEdit<'a> {
    file: &'a str,
    start: u32,
    end: u32,
    text: &'a str,
}

#[derive(Serialize)]
struct JsonFixed<'a> {
    file: Cow<'a, str>,
    line: u32,
    rule: &'a str,
}

#[derive(Serialize)]
struct JsonSummary {
    files: usize,
    errors: usize,
    warnings: usize,
    infos: usize,
    suppressed: usize,
    baselined: usize,
    fixable: usize,
    #[serde(skip_serializing_if = "Option::is_none")]
    without_site: Option<usize>,
}

/// Everything before the first diagnostic.
pub(super) fn start() -> String {
    let tool = Tool { name: env!("CARGO_PKG_NAME"), version: env!("CARGO_PKG_VERSION") };
    format!("{{\"version\":{VERSION},\"tool\":{},\"diagnostics\":[\n", to_json(&tool))
}

/// One diagnostic, on one line.
pub(super) fn entry(entry: &Entry) -> String {
    to_json(&JsonDiagnostic {
        rule: entry.rule,
        severity: entry.severity.name(),
        message: &entry.message,
        help: entry.help.as_deref(),
        url: rule_url(entry.rule),
        file: entry.primary.file.path(),
        span: span(&entry.primary),
        labels: entry.labels.iter().map(label).collect(),
        fix: entry.fix.as_ref().map(|written| fix(written, &entry.files)),
    })
}

/// Everything after the last diagnostic.
pub(super) fn end(summary: &Summary) -> String {
    let Summary { files, found: Counts { errors, warnings, infos }, suppressed, baselined, fixable, .. } = *summary;
    let without_site = Some(summary.without_site).filter(|count| *count > 0);
    let fixed = summary.fixed.as_ref().map_or_else(String::new, |all| {
        let all: Vec<_> = all
            .iter()
            .map(|one| JsonFixed { file: secrets::redact(&one.file), line: one.line, rule: one.rule })
            .collect();
        format!(",\"fixed\":{}", to_json(&all))
    });
    let summary = JsonSummary { files, errors, warnings, infos, suppressed, baselined, fixable, without_site };
    format!("\n]{fixed},\"summary\":{}}}\n", to_json(&summary))
}

fn label<'a>(place: &'a Place) -> JsonLabel<'a> {
    JsonLabel { file: place.file.path(), span: span(place), message: &place.message }
}

fn span(place: &Place) -> JsonSpan {
    let position = |Position { line, column }, offset| JsonPosition { line, column, offset };
    JsonSpan { start: position(place.start(), place.span.start), end: position(place.end(), place.span.end) }
}

fn fix<'a>(fix: &'a Fix, files: &'a BTreeMap<FileId, Arc<SourceFile>>) -> JsonFix<'a> {
    let edits = fix.edits.iter().map(|edit| JsonEdit {
        file: files[&edit.span.file].path(),
        start: edit.span.start,
        end: edit.span.end,
        text: &edit.text,
    });
    let applicability = match fix.applicability {
        Applicability::Safe => "safe",
        Applicability::Unsafe => "unsafe",
    };
    JsonFix { title: &fix.title, applicability, edits: edits.collect() }
}
