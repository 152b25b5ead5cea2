//! SARIF 2.1.0, the report that code scanning services read.
//!
//! Section numbers are those of the OASIS standard, `docs.oasis-open.org/sarif/sarif/v2.1.0`.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::encode::{relative, to_json, uri};
use super::mask::{Entry, Place};
use super::visible::lines;
use super::{Context, RuleDescription};
use crate::diagnostic::{Applicability, Edit, Fix, Severity};
use crate::source::{FileId, SourceFile, Span};

const SCHEMA: &str = "https://json.schemastore.org/sarif-2.1.0.json";

/// Names the fingerprint and its version (3.27.17): a result is the same as long as its rule and the
/// text of its line are.
const FINGERPRINT: &str = "ruleAndLine/v1";

/// Everything before the first result.
pub(super) fn start(context: Context) -> String {
    let rules: Vec<Value> = context.rules.iter().map(rule).collect();
    let driver = json!({
        "name": env!("CARGO_PKG_NAME"),
        "version": env!("CARGO_PKG_VERSION"),
        "informationUri": "https://docs.rs/connlint",
        "rules": rules,
    });
    format!(
        "{{\"$schema\":\"{SCHEMA}\",\"version\":\"2.1.0\",\"runs\":[{{\"tool\":{{\"driver\":{}}},\
         \"columnKind\":\"unicodeCodePoints\",\"results\":[\n",
        to_json(&driver)
    )
}

/// Everything behind the last result.
pub(super) fn end() -> String {
    "\n]}]}\n".to_owned()
}

/// One result, on one line.
pub(super) fn entry(entry: &Entry, context: Context) -> String {
    let mut result = json!({
        "ruleId": entry.rule,
        "level": level(entry.severity),
        "message": message_with_links(entry),
        "locations": [location(&entry.primary, context)],
        "partialFingerprints": {FINGERPRINT: entry.fingerprint()},
    });
    if let Some(index) = context.rules.iter().position(|rule| rule.name == entry.rule) {
        result["ruleIndex"] = index.into();
    }
    if !entry.labels.is_empty() {
        let related = (1..).zip(&entry.labels).map(|(id, place)| {
            let mut location = location(place, context);
            location["id"] = id.into();
            location
        });
        result["relatedLocations"] = related.collect::<Vec<Value>>().into();
    }
    if let Some(written) = &entry.fix {
        result["fixes"] = json!([fix(written, entry, context)]);
    }
    to_json(&result)
}

fn rule(rule: &RuleDescription) -> Value {
    json!({
        "id": rule.name,
        "shortDescription": {"text": rule.summary},
        "helpUri": rule.url,
        "help": {"text": rule.summary, "markdown": rule.page},
        "defaultConfiguration": {"level": level(rule.severity)},
    })
}

fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Info => "note",
    }
}

/// What was found and what to do, and a link (3.11.6) to each related location: viewers show those that
/// the message leads to.
fn message_with_links(entry: &Entry) -> Value {
    let told = (1..).zip(&entry.labels).filter(|(_, place)| !place.message.is_empty());
    let links: Vec<String> = told.map(|(id, place)| format!("\n[{}]({id})", escaped(&lines(&place.message)))).collect();
    if links.is_empty() {
        return message(&entry.described());
    }
    json!({"text": escaped(&lines(&entry.described())) + &links.concat()})
}

/// A message without links. Where its text looks like one its brackets are escaped: a message that
/// quotes Markdown links to nothing.
fn message(text: &str) -> Value {
    let text = lines(text);
    json!({"text": if text.contains("](") { escaped(&text) } else { text }})
}

/// A text in which nothing is a link.
fn escaped(text: &str) -> String {
    text.replace('\\', "\\\\").replace('[', "\\[").replace(']', "\\]")
}

fn location(place: &Place, context: Context) -> Value {
    let physical = json!({
        "artifactLocation": artifact(&place.file, context),
        "region": region(&place.file, place.span),
    });
    if place.message.is_empty() {
        return json!({"physicalLocation": physical});
    }
    json!({"physicalLocation": physical, "message": message(&place.message)})
}

fn artifact(file: &SourceFile, context: Context) -> Value {
    json!({"uri": uri(relative(file.path(), context.folder))})
}

fn region(file: &SourceFile, span: Span) -> Value {
    let (start, end) = (file.position(span.start), file.position(span.end));
    json!({
        "startLine": start.line,
        "startColumn": start.column,
        "endLine": end.line,
        "endColumn": end.column,
    })
}

fn fix(fix: &Fix, entry: &Entry, context: Context) -> Value {
    let mut changes: BTreeMap<FileId, Vec<&Edit>> = BTreeMap::new();
    for edit in &fix.edits {
        changes.entry(edit.span.file).or_default().push(edit);
    }
    let changes = changes.into_iter().map(|(id, edits)| {
        let file = &entry.files[&id];
        let replacements = edits.into_iter().map(|edit| replacement(file, edit));
        json!({"artifactLocation": artifact(file, context), "replacements": replacements.collect::<Vec<_>>()})
    });
    let title = match fix.applicability {
        Applicability::Safe => fix.title.clone(),
        Applicability::Unsafe => format!("{} (needs a look)", fix.title),
    };
    json!({"description": message(&title), "artifactChanges": changes.collect::<Vec<_>>()})
}

fn replacement(file: &SourceFile, edit: &Edit) -> Value {
    json!({"deletedRegion": region(file, edit.span), "insertedContent": {"text": edit.text}})
}
