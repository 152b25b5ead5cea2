//! The report of Checkstyle, which most servers of continuous integration read.

use super::encode::relative;
use super::redact::Entry;
use super::xml::{DECLARATION, Elements};
use super::{Context, Summary, Terminal};

/// The version of Checkstyle whose form this is; it has not changed since.
const VERSION: &str = "4.3";

/// Everything before the first file.
pub(super) fn start(_: Context) -> String {
    format!("{DECLARATION}<checkstyle version=\"{VERSION}\">\n")
}

/// Everything after the last file.
pub(super) fn end(_: &Summary, _: Terminal) -> String {
    "</checkstyle>\n".to_owned()
}

pub(super) fn file(entries: &[Entry], context: Context) -> Vec<String> {
    let path = entries[0].primary.file.path();
    let mut out = Elements::new();
    out.open("file", &[("name", relative(path, context.folder))]);
    for entry in entries {
        let start = entry.primary.start();
        let attributes = [
            ("line", start.line.to_string()),
            ("column", start.column.to_string()),
            ("severity", entry.severity.name().to_owned()),
            ("message", entry.message.to_string()),
            // Viewers group by the parts between dots, as of a Java class.
            ("source", format!("{}.{}", env!("CARGO_PKG_NAME"), entry.rule.replace('/', "."))),
        ];
        out.empty("error", &attributes.each_ref().map(|(key, value)| (*key, value.as_str())));
    }
    out.close("file");
    vec![out.finish()]
}
