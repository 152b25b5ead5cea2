//! Logging commands of Azure Pipelines: each finding becomes an issue of the run.
//!
//! Form and escapes are those of `Command` in github.com/microsoft/azure-pipelines-agent.

use super::Renderer;
use super::encode::relative;
use super::redact::Entry;
use super::visible::{inert_value, lines, one_line};
use crate::diagnostic::Severity;

/// A finding as a command on its line.
pub(super) fn entry(entry: &Entry, renderer: &Renderer) -> String {
    let start = entry.primary.start();
    // There are no issues of a third kind.
    let kind = match entry.severity {
        Severity::Error => "error",
        Severity::Warning | Severity::Info => "warning",
    };
    let path = property(&one_line(relative(entry.primary.file.path(), renderer.context.folder)));
    format!(
        "##vso[task.logissue type={kind};sourcepath={path};linenumber={};columnnumber={};code={};]{}\n",
        start.line,
        start.column,
        property(entry.rule),
        data(lines(&entry.described()))
    )
}

fn data(text: String) -> String {
    inert_value(text).replace('%', "%AZP25").replace('\r', "%0D").replace('\n', "%0A")
}

fn property(text: &str) -> String {
    data(text.to_owned()).replace(';', "%3B").replace(']', "%5D")
}
