//! `--statistics`: how often each rule was found at each severity, in place of the findings.

use anstyle::Style;
use serde_json::{Value, json};

use super::encode::to_json;
use super::totals::{self, paint, style_of};
use super::{RuleCount, Summary, Terminal};
use crate::diagnostic::{Severity, rule_url};

/// Stands beside a rule of whose findings at least one has a safe fix.
const FIXABLE: &str = "[*]";

/// A line for each rule and severity, the most frequent first, and the totals if they are wanted.
pub(super) fn table(summary: &Summary, terminal: Terminal, with_totals: bool) -> String {
    let rules = by_frequency(summary);
    let width = rules.first().map_or(0, |(_, _, count)| count.findings.to_string().len());
    let line = |(rule, severity, count): &Row| {
        // Padded before it is painted: escapes have no width.
        let severity = paint(&format!("{:7}", severity.name()), style_of(*severity), terminal);
        let mark = if count.fixable > 0 { FIXABLE } else { "" };
        format!("{:>width$}  {severity}  {mark:3}  {rule}\n", count.findings)
    };
    let mut out: String = rules.iter().map(line).collect();
    if !with_totals {
        return out;
    }
    if !out.is_empty() {
        out.push('\n');
    }
    if summary.fixable > 0 {
        out.extend([&paint(FIXABLE, Style::new().bold(), terminal), " fixable with `--fix`\n"]);
    }
    out + &totals::end(summary, terminal)
}

/// The same as a JSON array.
pub(super) fn json(summary: &Summary) -> String {
    let row = |(rule, severity, count): Row| {
        json!({
            "rule": rule,
            "severity": severity.name(),
            "findings": count.findings,
            "fixable": count.fixable,
            "url": rule_url(rule),
        })
    };
    let rows: Vec<Value> = by_frequency(summary).into_iter().map(row).collect();
    to_json(&rows) + "\n"
}

/// A rule, one severity, and the findings of both.
type Row = (&'static str, Severity, RuleCount);

fn by_frequency(summary: &Summary) -> Vec<Row> {
    let mut rules: Vec<_> = summary.rules.iter().map(|((rule, severity), count)| (*rule, *severity, *count)).collect();
    rules.sort_by_key(|(rule, severity, count)| (std::cmp::Reverse((count.findings, *severity)), *rule));
    rules
}
