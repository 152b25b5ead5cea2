//! SARIF 2.1.0, the report that code scanning services read.
//!
//! Section numbers are those of the OASIS standard, `docs.oasis-open.org/sarif/sarif/v2.1.0`.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::encode::{to_json, uri};
use super::redact::{Entry, Place};
use super::visible::lines;
use super::{Context, Renderer, RuleDescription, Summary, Terminal};
use crate::diagnostic::{Applicability, Edit, Fix, HOMEPAGE, Severity};
use crate::source::{FileId, SourceFile, Span};

const SCHEMA: &str = "https://json.schemastore.org/sarif-2.1.0.json";

/// Names the fingerprint and its version (3.27.17): a result is the same as long as its rule and the
/// text of its line are.
const FINGERPRINT: &str = "ruleAndLine/v1";

/// Everything before the first result.
pub(super) fn start(context: Context) -> String {
    let rules: Vec<Value> = context.rules().iter().map(rule).collect();
    let mut driver = json!({"name": env!("CARGO_PKG_NAME"), "version": env!("CARGO_PKG_VERSION"), "rules": rules});
    if let Some(url) = HOMEPAGE {
        driver["informationUri"] = url.into();
    }
    format!(
        "{{\"$schema\":\"{SCHEMA}\",\"version\":\"2.1.0\",\"runs\":[{{\"tool\":{{\"driver\":{}}},\
         \"columnKind\":\"unicodeCodePoints\",\"results\":[\n",
        to_json(&driver)
    )
}

/// Everything after the last result.
pub(super) fn end(_: &Summary, _: Terminal) -> String {
    "\n]}]}\n".to_owned()
}

/// One result, on one line.
pub(super) fn entry(entry: &Entry, renderer: &Renderer) -> String {
    let context = renderer.context;
    let mut result = json!({"ruleId": entry.rule});
    if let Some(index) = context.rules().iter().position(|rule| rule.name == entry.rule) {
        result["ruleIndex"] = index.into();
    }
    result["level"] = level(entry.severity).into();
    result["message"] = message_with_links(entry);
    result["locations"] = json!([location(&entry.primary, None, context)]);
    result["partialFingerprints"] = json!({FINGERPRINT: entry.fingerprint()});
    if !entry.labels.is_empty() {
        let related = (1..).zip(&entry.labels).map(|(id, place)| location(place, Some(id), context));
        result["relatedLocations"] = related.collect();
    }
    if let Some(written) = &entry.fix {
        result["fixes"] = json!([fix(written, entry, context)]);
    }
    to_json(&result)
}

fn rule(rule: &RuleDescription) -> Value {
    let summary = (rule.summary)(rule.name);
    let mut described = json!({
        "id": rule.name,
        "shortDescription": {"text": summary},
        "help": {"text": summary, "markdown": (rule.page)(rule.name)},
        "defaultConfiguration": {"level": level(rule.severity)},
    });
    if let Some(url) = &rule.url {
        described["helpUri"] = url.as_str().into();
    }
    described
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
    let labeled = (1..).zip(&entry.labels).filter(|(_, place)| !place.message.is_empty());
    let links: Vec<String> =
        labeled.map(|(id, place)| format!("\n[{}]({id})", escaped(&lines(&place.message)))).collect();
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

/// A place; `id` is what a message refers to it by.
fn location(place: &Place, id: Option<usize>, context: Context) -> Value {
    let mut location = json!({});
    if let Some(id) = id {
        location["id"] = id.into();
    }
    location["physicalLocation"] =
        json!({"artifactLocation": artifact(&place.file, context), "region": region(&place.file, place.span)});
    if !place.message.is_empty() {
        location["message"] = message(&place.message);
    }
    location
}

fn artifact(file: &SourceFile, context: Context) -> Value {
    json!({"uri": uri(&context.path_from_root(file.path()))})
}

fn region(file: &SourceFile, span: Span) -> Value {
    let (start, end) = (file.position(span.start), file.position(span.end));
    json!({"startLine": start.line, "startColumn": start.column, "endLine": end.line, "endColumn": end.column})
}

fn fix(fix: &Fix, entry: &Entry, context: Context) -> Value {
    let mut changes: BTreeMap<FileId, Vec<Value>> = BTreeMap::new();
    for Edit { span, text } in &fix.edits {
        let replacement =
            json!({"deletedRegion": region(&entry.files[&span.file], *span), "insertedContent": {"text": text}});
        changes.entry(span.file).or_default().push(replacement);
    }
    let changes = changes.into_iter().map(|(id, replacements)| {
        json!({"artifactLocation": artifact(&entry.files[&id], context), "replacements": replacements})
    });
    let description = match fix.applicability {
        Applicability::Safe => message(&fix.title),
        Applicability::Unsafe => message(&format!("{} (needs review)", fix.title)),
    };
    json!({"description": description, "artifactChanges": changes.collect::<Vec<_>>()})
}
