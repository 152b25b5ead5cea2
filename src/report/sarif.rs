//! SARIF 2.1.0, the report that code scanning services read.
//!
//! Section numbers are those of the OASIS standard, `docs.oasis-open.org/sarif/sarif/v2.1.0`.

use std::collections::BTreeMap;

use serde::Serialize;
use serde_json::{Value, json};

use super::encode::{relative, to_json, uri};
use super::redact::{Entry, Place};
use super::visible::lines;
use super::{Context, RuleDescription};
use crate::diagnostic::{Applicability, Edit, Fix, HOMEPAGE, Severity};
use crate::fingerprint::Fingerprint;
use crate::source::{FileId, SourceFile, Span};

const SCHEMA: &str = "https://json.schemastore.org/sarif-2.1.0.json";

/// Names the fingerprint and its version (3.27.17): a result is the same as long as its rule and the
/// text of its line are.
const FINGERPRINT: &str = "ruleAndLine/v1";

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct SarifResult<'a> {
    rule_id: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    rule_index: Option<usize>,
    level: &'static str,
    message: Message,
    locations: [Location; 1],
    partial_fingerprints: BTreeMap<&'static str, Fingerprint>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    related_locations: Vec<Location>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    fixes: Vec<SarifFix<'a>>,
}

#[derive(Serialize)]
struct Message {
    text: String,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
#[allow(clippy::struct_field_names, reason = "the names are those of the standard")]
struct Location {
    /// What a message refers to it by.
    #[serde(skip_serializing_if = "Option::is_none")]
    id: Option<usize>,
    physical_location: PhysicalLocation,
    #[serde(skip_serializing_if = "Option::is_none")]
    message: Option<Message>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct PhysicalLocation {
    artifact_location: ArtifactLocation,
    region: Region,
}

#[derive(Serialize)]
struct ArtifactLocation {
    uri: String,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Region {
    start_line: u32,
    start_column: u32,
    end_line: u32,
    end_column: u32,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct SarifFix<'a> {
    description: Message,
    artifact_changes: Vec<ArtifactChange<'a>>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct ArtifactChange<'a> {
    artifact_location: ArtifactLocation,
    replacements: Vec<Replacement<'a>>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Replacement<'a> {
    deleted_region: Region,
    inserted_content: Content<'a>,
}

#[derive(Serialize)]
struct Content<'a> {
    text: &'a str,
}

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
pub(super) fn end() -> String {
    "\n]}]}\n".to_owned()
}

/// One result, on one line.
pub(super) fn entry(entry: &Entry, context: Context) -> String {
    let related = (1..).zip(&entry.labels).map(|(id, place)| Location { id: Some(id), ..location(place, context) });
    to_json(&SarifResult {
        rule_id: entry.rule,
        rule_index: context.rules().iter().position(|rule| rule.name == entry.rule),
        level: level(entry.severity),
        message: message_with_links(entry),
        locations: [location(&entry.primary, context)],
        partial_fingerprints: BTreeMap::from([(FINGERPRINT, entry.fingerprint())]),
        related_locations: related.collect(),
        fixes: entry.fix.iter().map(|written| fix(written, entry, context)).collect(),
    })
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
fn message_with_links(entry: &Entry) -> Message {
    let labeled = (1..).zip(&entry.labels).filter(|(_, place)| !place.message.is_empty());
    let links: Vec<String> =
        labeled.map(|(id, place)| format!("\n[{}]({id})", escaped(&lines(&place.message)))).collect();
    if links.is_empty() {
        return message(&entry.described());
    }
    Message { text: escaped(&lines(&entry.described())) + &links.concat() }
}

/// A message without links. Where its text looks like one its brackets are escaped: a message that
/// quotes Markdown links to nothing.
fn message(text: &str) -> Message {
    let text = lines(text);
    Message { text: if text.contains("](") { escaped(&text) } else { text } }
}

/// A text in which nothing is a link.
fn escaped(text: &str) -> String {
    text.replace('\\', "\\\\").replace('[', "\\[").replace(']', "\\]")
}

fn location(place: &Place, context: Context) -> Location {
    let message = (!place.message.is_empty()).then(|| message(&place.message));
    let (artifact_location, region) = (artifact(&place.file, context), region(&place.file, place.span));
    Location { id: None, physical_location: PhysicalLocation { artifact_location, region }, message }
}

fn artifact(file: &SourceFile, context: Context) -> ArtifactLocation {
    ArtifactLocation { uri: uri(relative(file.path(), context.folder)) }
}

fn region(file: &SourceFile, span: Span) -> Region {
    let (start, end) = (file.position(span.start), file.position(span.end));
    Region { start_line: start.line, start_column: start.column, end_line: end.line, end_column: end.column }
}

fn fix<'a>(fix: &'a Fix, entry: &Entry, context: Context) -> SarifFix<'a> {
    let mut changes: BTreeMap<FileId, Vec<&Edit>> = BTreeMap::new();
    for edit in &fix.edits {
        changes.entry(edit.span.file).or_default().push(edit);
    }
    let changes = changes.into_iter().map(|(id, edits)| {
        let file = &entry.files[&id];
        let replacements = edits.into_iter().map(|edit| Replacement {
            deleted_region: region(file, edit.span),
            inserted_content: Content { text: &edit.text },
        });
        ArtifactChange { artifact_location: artifact(file, context), replacements: replacements.collect() }
    });
    let description = match fix.applicability {
        Applicability::Safe => message(&fix.title),
        Applicability::Unsafe => message(&format!("{} (needs review)", fix.title)),
    };
    SarifFix { description, artifact_changes: changes.collect() }
}
