//! The report of JUnit: each file a suite of tests, each finding a test that failed.
//!
//! The form is that of the schema of Apache Ant's JUnit tasks (windyroad/JUnit-Schema), the strictest
//! that is published. What a linter has none of, such as times, is written as zero, so the same
//! findings give the same report.

use super::encode::relative;
use super::redact::Entry;
use super::xml::{DECLARATION, Elements};
use super::{Context, Summary, Terminal};

/// Everything before the first file.
pub(super) fn start(_: Context) -> String {
    format!("{DECLARATION}<testsuites>\n")
}

/// Everything after the last file. Without any finding that is a test that passed, since servers
/// take a report without tests for a mistake.
pub(super) fn end(summary: &Summary, _: Terminal) -> String {
    let mut out = String::new();
    if summary.findings() == 0 {
        let mut elements = Elements::new();
        open(&mut elements, env!("CARGO_PKG_NAME"), 0, 1, 0);
        elements.empty("testcase", &[("name", "no findings"), ("classname", env!("CARGO_PKG_NAME")), ("time", "0")]);
        close(&mut elements);
        out = elements.finish();
    }
    out.push_str("</testsuites>\n");
    out
}

pub(super) fn file(entries: &[Entry], context: Context) -> Vec<String> {
    let file = &entries[0].primary.file;
    let path = relative(file.path(), context.folder);
    let mut out = Elements::new();
    open(&mut out, path, file.id().0, entries.len(), entries.len());
    for entry in entries {
        let start = entry.primary.start();
        let name = format!("{} ({}:{})", entry.rule, start.line, start.column);
        out.open("testcase", &[("name", &name), ("classname", path), ("time", "0")]);
        out.text("failure", &[("message", &entry.message), ("type", entry.severity.name())], &described(entry, path));
        out.close("testcase");
    }
    close(&mut out);
    vec![out.finish()]
}

/// `id` distinguishes suites; it is the number of the file in the run.
fn open(out: &mut Elements, name: &str, id: u32, tests: usize, failures: usize) {
    let (id, tests, failures) = (id.to_string(), tests.to_string(), failures.to_string());
    let attributes = [
        ("id", id.as_str()),
        ("name", name),
        ("package", env!("CARGO_PKG_NAME")),
        ("timestamp", "1970-01-01T00:00:00"),
        ("hostname", "localhost"),
        ("tests", &tests),
        ("failures", &failures),
        ("errors", "0"),
        ("time", "0"),
    ];
    out.open("testsuite", &attributes);
    out.empty("properties", &[]);
}

fn close(out: &mut Elements) {
    out.empty("system-out", &[]);
    out.empty("system-err", &[]);
    out.close("testsuite");
}

fn described(entry: &Entry, path: &str) -> String {
    let start = entry.primary.start();
    format!("{path}:{}:{}: {}", start.line, start.column, entry.described())
}
