//! The JSON report, version 1: `schemas/report.schema.json`.
//!
//! Its keys are written out, so that the format stays when the types inside the program change.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde_json::{Value, json};

use super::encode::to_json;
use super::redact::{Entry, Place};
use super::{Context, Renderer, Summary, Terminal};
use crate::diagnostic::{Applicability, Counts, Edit, Fix, rule_url};
use crate::secrets;
use crate::source::{FileId, Position, SourceFile};

const VERSION: u32 = 1;

/// Everything before the first diagnostic.
pub(super) fn start(_: Context) -> String {
    let tool = json!({"name": env!("CARGO_PKG_NAME"), "version": env!("CARGO_PKG_VERSION")});
    format!("{{\"version\":{VERSION},\"tool\":{},\"diagnostics\":[\n", to_json(&tool))
}

/// One diagnostic, on one line.
pub(super) fn entry(entry: &Entry, _: &Renderer) -> String {
    to_json(&json!({
        "rule": entry.rule,
        "severity": entry.severity.name(),
        "message": entry.message,
        "help": entry.help,
        "url": rule_url(entry.rule),
        "file": entry.primary.file.path(),
        "span": span(&entry.primary),
        "labels": entry.labels.iter().map(label).collect::<Vec<_>>(),
        "fix": entry.fix.as_ref().map(|written| fix(written, &entry.files)),
    }))
}

/// The same in a report of lines.
pub(super) fn line(entry: &Entry, renderer: &Renderer) -> String {
    self::entry(entry, renderer) + "\n"
}

/// Everything after the last diagnostic.
pub(super) fn end(summary: &Summary, _: Terminal) -> String {
    let Summary { files, found: Counts { errors, warnings, infos }, suppressed, baselined, fixable, .. } = *summary;
    let fixed = summary.fixed.as_ref().map_or_else(String::new, |all| {
        let fixed =
            all.iter().map(|one| json!({"file": secrets::redact(&one.file), "line": one.line, "rule": one.rule}));
        format!(",\"fixed\":{}", to_json(&fixed.collect::<Value>()))
    });
    let mut counts = json!({
        "files": files,
        "errors": errors,
        "warnings": warnings,
        "infos": infos,
        "suppressed": suppressed,
        "baselined": baselined,
        "fixable": fixable,
    });
    if summary.without_site > 0 {
        counts["without_site"] = summary.without_site.into();
    }
    format!("\n]{fixed},\"summary\":{}}}\n", to_json(&counts))
}

fn label(place: &Place) -> Value {
    json!({"file": place.file.path(), "span": span(place), "message": place.message})
}

fn span(place: &Place) -> Value {
    let position = |Position { line, column }, offset: u32| json!({"line": line, "column": column, "offset": offset});
    json!({"start": position(place.start(), place.span.start), "end": position(place.end(), place.span.end)})
}

fn fix(fix: &Fix, files: &BTreeMap<FileId, Arc<SourceFile>>) -> Value {
    let edits = fix.edits.iter().map(|Edit { span, text }| {
        json!({"file": files[&span.file].path(), "start": span.start, "end": span.end, "text": text})
    });
    let applicability = match fix.applicability {
        Applicability::Safe => "safe",
        Applicability::Unsafe => "unsafe",
    };
    json!({"title": fix.title, "applicability": applicability, "edits": edits.collect::<Vec<_>>()})
}
