//! `--statistics`: how often each rule was found at each severity, instead of the findings.

use std::cmp::Reverse;

use serde_json::{Value, json};

use super::encode::to_json;
use super::style::{paint, style_of};
use super::text::ascii;
use super::totals;
use super::{RuleCount, Summary, Terminal};
use crate::diagnostic::{Severity, rule_url};

/// The columns before the rule, and what each counts.
const COLUMNS: [(&str, Column); 5] = [
    ("errors", |count| count.found.errors),
    ("warnings", |count| count.found.warnings),
    ("infos", |count| count.found.infos),
    ("files", |count| count.files),
    ("fixable", |count| count.fixable),
];

type Column = fn(&RuleCount) -> usize;

/// A row for each rule, errors first, and the totals if they are wanted.
pub(super) fn table(summary: &Summary, terminal: Terminal, with_totals: bool) -> String {
    let rows = by_severity(summary);
    let mut out = String::new();
    if !rows.is_empty() {
        let titles: Vec<&str> = COLUMNS.iter().map(|(title, _)| *title).collect();
        out.extend([&titles.join("  "), "  rule\n"]);
    }
    for (rule, count) in &rows {
        let cells = COLUMNS.iter().map(|(title, column)| {
            let number = Some(column(count)).filter(|number| *number > 0);
            let cell = number.map_or_else(|| "·".to_owned(), |number| number.to_string());
            // Padded before it is painted: escapes have no width.
            let cell = format!("{cell:>width$}", width = title.len());
            match severity_of(title).filter(|_| number.is_some()) {
                Some(severity) => paint(&cell, style_of(severity), terminal),
                None => cell,
            }
        });
        out.extend([&cells.collect::<Vec<_>>().join("  "), "  ", rule, "\n"]);
    }
    if with_totals {
        out.extend([if rows.is_empty() { "" } else { "\n" }, &totals::end(summary, terminal)]);
    }
    if terminal.unicode { out } else { ascii(&out) }
}

fn severity_of(title: &str) -> Option<Severity> {
    match title {
        "errors" => Some(Severity::Error),
        "warnings" => Some(Severity::Warning),
        "infos" => Some(Severity::Info),
        _ => None,
    }
}

/// The same as a table in Markdown.
pub(super) fn markdown(summary: &Summary, with_totals: bool) -> String {
    let titles = COLUMNS.map(|(title, _)| title).join(" | ");
    let mut out = format!("| rule | {titles} |\n| :--- |{}\n", " ---: |".repeat(COLUMNS.len()));
    for (rule, count) in by_severity(summary) {
        let cells: Vec<String> = COLUMNS.iter().map(|(_, column)| column(&count).to_string()).collect();
        out.extend(["| `", rule, "` | ", &cells.join(" | "), " |\n"]);
    }
    if with_totals {
        out.extend(["\n", &totals::end(summary, Terminal::default())]);
    }
    out
}

/// The same as a JSON array.
pub(super) fn json(summary: &Summary) -> String {
    let row = |(rule, count): (&'static str, RuleCount)| {
        let mut row = json!({"rule": rule});
        for (title, column) in COLUMNS {
            row[title] = column(&count).into();
        }
        row["url"] = rule_url(rule).into();
        row
    };
    let rows: Vec<Value> = by_severity(summary).into_iter().map(row).collect();
    to_json(&rows) + "\n"
}

/// The rules, those with the most errors first, then those with the most warnings.
pub(super) fn by_severity(summary: &Summary) -> Vec<(&'static str, RuleCount)> {
    let mut rules: Vec<_> = summary.rules.iter().map(|(rule, count)| (*rule, *count)).collect();
    rules.sort_by_key(|(rule, count)| (Reverse(count.found), *rule));
    rules
}
