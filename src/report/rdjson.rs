//! The Reviewdog Diagnostic Format, with fixes as suggestions: github.com/reviewdog/reviewdog,
//! `proto/rdf/reviewdog.proto`.

use serde_json::{Value, json};

use super::encode::{relative, to_json};
use super::redact::{Entry, Place};
use super::visible::lines;
use super::{Context, Renderer, Summary, Terminal};
use crate::diagnostic::{HOMEPAGE, Severity, rule_url};
use crate::source::{SourceFile, Span};

/// Everything before the first diagnostic.
pub(super) fn start(_: Context) -> String {
    let mut source = json!({"name": env!("CARGO_PKG_NAME")});
    if let Some(url) = HOMEPAGE {
        source["url"] = url.into();
    }
    format!("{{\"source\":{},\"diagnostics\":[\n", to_json(&source))
}

/// Everything after the last diagnostic.
pub(super) fn end(_: &Summary, _: Terminal) -> String {
    "\n]}\n".to_owned()
}

/// One diagnostic, on one line.
pub(super) fn entry(entry: &Entry, renderer: &Renderer) -> String {
    let folder = renderer.context.folder;
    let mut diagnostic = json!({
        "message": lines(&entry.described()),
        "location": location(&entry.primary, folder),
        "severity": match entry.severity {
            Severity::Error => "ERROR",
            Severity::Warning => "WARNING",
            Severity::Info => "INFO",
        },
        "code": {"value": entry.rule},
    });
    if let Some(url) = rule_url(entry.rule) {
        diagnostic["code"]["url"] = url.into();
    }
    if let Some((span, text)) = suggestion(entry) {
        diagnostic["suggestions"] = json!([{"range": range(&entry.primary.file, span), "text": text}]);
    }
    if !entry.labels.is_empty() {
        let related = entry
            .labels
            .iter()
            .map(|place| json!({"message": lines(&place.message), "location": location(place, folder)}));
        diagnostic["related_locations"] = related.collect();
    }
    to_json(&diagnostic)
}

/// The fix as one replacement, since several suggestions are a choice and not parts of one repair.
/// `None` where it fixes another file.
fn suggestion(entry: &Entry) -> Option<(Span, String)> {
    entry.replacement().filter(|(span, _)| span.file == entry.primary.file.id())
}

fn location(place: &Place, folder: &str) -> Value {
    json!({"path": relative(place.file.path(), folder), "range": range(&place.file, place.span)})
}

fn range(file: &SourceFile, span: Span) -> Value {
    json!({"start": position(file, span.start), "end": position(file, span.end)})
}

/// Columns count bytes of UTF-8 here.
fn position(file: &SourceFile, offset: u32) -> Value {
    let line = file.line(offset);
    let start = file.line_span(line).map_or(0, |line| line.start);
    json!({"line": line, "column": offset - start + 1})
}
