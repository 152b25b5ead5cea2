//! The part of one file: its findings with their source, and the outline that its readers get.
//!
//! A large site has thousands of findings, so the end tags that HTML makes optional are left out.

use std::ops::Range;

use quick_xml::escape::minimal_escape as escape;

use crate::diagnostic::{Applicability, Severity};
use crate::report::Context;
use crate::report::redact::{Entry, Place};
use crate::report::snippet::{Excerpt, excerpts};
use crate::report::visible::{lines, one_line};

/// Columns of source that are shown around a place.
const WIDTH: usize = 64;

/// A file with findings.
#[derive(Clone, Debug)]
pub(in crate::report) struct Page {
    pub(super) path: String,
    /// Its errors, warnings and infos.
    pub(super) counts: [usize; 3],
    pub(super) html: String,
}

/// The part of a file with these findings; `outline` are the lines of what is published.
pub(in crate::report) fn page(entries: &[Entry], outline: &[String], context: Context) -> Option<Page> {
    let path = one_line(entries.first()?.primary.file.path());
    let count = |severity| entries.iter().filter(|entry| entry.severity == severity).count();
    let counts = [Severity::Error, Severity::Warning, Severity::Info].map(count);
    let findings = entries.iter().map(|entry| finding(entry, context)).collect::<Vec<_>>().concat();
    let outline = if outline.is_empty() {
        String::new()
    } else {
        let lines = outline.iter().map(|line| one_line(line)).collect::<Vec<_>>().join("\n");
        format!("<details><summary>Outline as published</summary><pre>{}</pre></details>\n", escape(&lines))
    };
    let html = format!("<h3>{}</h3>\n{outline}<ol>\n{findings}</ol>\n", escape(&path));
    Some(Page { path, counts, html })
}

fn finding(entry: &Entry, context: Context) -> String {
    let severity = match entry.severity {
        Severity::Error => "e",
        Severity::Warning => "w",
        Severity::Info => "i",
    };
    let fix = entry.fix.as_ref().map_or("", |fix| match fix.applicability {
        Applicability::Safe => " f",
        Applicability::Unsafe => " u",
    });
    let (start, rule) = (entry.primary.start(), entry.rule);
    let mut out = format!(
        "<li class=\"{severity}{fix}\"><p><b>{}</b> <a href=\"#{}\">{rule}</a> {}:{} {}",
        entry.severity.name(),
        id(rule, context),
        start.line,
        start.column,
        prose(&one_line(&entry.message)),
    );
    for excerpt in excerpts(entry, WIDTH) {
        out.push_str(&source(&excerpt));
    }
    out.extend(entry.labels.iter().filter(|label| !label.message.is_empty()).map(|label| said(label, entry)));
    if let Some(help) = entry.help_beside_fix() {
        out.extend(["<p>Help: ", &prose(&lines(help))]);
    }
    if let Some(fix) = &entry.fix {
        let review = if fix.applicability == Applicability::Safe { "" } else { " (needs review)" };
        out.extend(["<p>Fix: ", &prose(&one_line(&fix.title)), review]);
    }
    out + "\n"
}

/// What is said at another place.
fn said(label: &Place, entry: &Entry) -> String {
    let line = label.start().line;
    let place = if label.file.id() == entry.primary.file.id() {
        format!("Line {line}")
    } else {
        format!("{}:{line}", escape(one_line(label.file.path())))
    };
    format!("<p>{place}: {}", prose(&one_line(&label.message)))
}

/// Lines of source with their numbers and marks.
fn source(excerpt: &Excerpt) -> String {
    let mut out = String::from("<pre>");
    let mut start = 0;
    for (number, line) in (excerpt.first_line..).zip(excerpt.text.split('\n')) {
        if excerpt.shows(number) {
            out.extend([if start > 0 { "\n" } else { "" }, "<i>", &number.to_string(), "</i>"]);
            out.push_str(&marked(excerpt, start, line));
        } else if !out.ends_with("…") {
            out.push_str("\n…");
        }
        start += line.len() + 1;
    }
    out + "</pre>"
}

/// A line of an excerpt, which starts at byte `start` of it, with its marks.
fn marked(excerpt: &Excerpt, start: usize, line: &str) -> String {
    let within = |at: usize| at.clamp(start, start + line.len()) - start;
    let marks: Vec<_> = excerpt
        .marks
        .iter()
        .filter(|mark| mark.range.start <= start + line.len() && mark.range.end >= start)
        .map(|mark| (within(mark.range.start)..within(mark.range.end), mark.primary))
        .collect();
    let mut ends: Vec<usize> = marks.iter().flat_map(|(range, _)| [range.start, range.end]).collect();
    ends.extend([0, line.len()]);
    let is_inside = |at: usize, (range, primary): &(Range<usize>, bool)| *primary && range.start < at && at < range.end;
    ends.retain(|at| !marks.iter().any(|mark| is_inside(*at, mark)));
    ends.sort_unstable();
    ends.dedup();
    let mut out = String::new();
    for (index, from) in ends.iter().enumerate() {
        if let Some((_, primary)) = marks.iter().find(|(range, _)| range.is_empty() && range.start == *from) {
            out.extend(["<mark", class(*primary), "></mark>"]);
        }
        let Some(to) = ends.get(index + 1) else { continue };
        let text = escape(&line[*from..*to]);
        let covering = marks.iter().filter(|(range, _)| range.start <= *from && range.end >= *to);
        match covering.map(|(_, primary)| *primary).max() {
            Some(primary) => out.extend(["<mark", class(primary), ">", &text, "</mark>"]),
            None => out.push_str(&text),
        }
    }
    out
}

fn class(primary: bool) -> &'static str {
    if primary { "" } else { " class=\"l\"" }
}

/// A message, in which what is in backticks is code.
pub(super) fn prose(message: &str) -> String {
    let mut out = String::new();
    for (index, part) in message.split('`').enumerate() {
        let is_code = index % 2 == 1;
        out.extend([if is_code { "<code>" } else { "" }, &escape(part), if is_code { "</code>" } else { "" }]);
    }
    out
}

/// Where the reasons of a rule are in the report.
pub(super) fn id(rule: &str, context: Context) -> String {
    match context.rules().iter().position(|described| described.name == rule) {
        Some(number) => format!("r{number}"),
        None => rule.to_owned(),
    }
}
