//! Many findings for people: by rule, errors first, a few locations of each, and what to do next.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use anstyle::{AnsiColor, Style};
use textwrap::core::display_width;

use super::redact::Entry;
use super::style::{paint, style_of};
use super::text::{ascii, linked, wrapped};
use super::visible::one_line;
use super::{Context, Summary, Terminal};
use crate::diagnostic::{Applicability, Severity};

/// How far a location is indented.
const INDENT: &str = "  ";

/// How far the lines after the first one of a rule's sentence are indented: more than a location.
const HANGING: usize = 6;

/// A message gets at least this many columns, however long the path before it is.
const NARROWEST_MESSAGE: usize = 20;

/// A finding in one line.
#[derive(Clone, Debug)]
pub(super) struct Brief {
    rule: &'static str,
    severity: Severity,
    place: String,
    message: String,
    fix: Option<Applicability>,
}

impl Brief {
    pub(super) fn new(entry: &Entry) -> Self {
        let start = entry.primary.start();
        Self {
            rule: entry.rule,
            severity: entry.severity,
            place: format!("{}:{}:{}", one_line(entry.primary.file.path()), start.line, start.column),
            message: one_line(&entry.message),
            fix: entry.fix.as_ref().map(|fix| fix.applicability),
        }
    }
}

/// The findings of one rule and severity.
#[derive(Debug, Default)]
struct Group {
    findings: usize,
    fixable: usize,
    fixable_after_review: usize,
    /// The first ones: no more than are shown.
    first: Vec<Brief>,
    /// The message of the first one, and whether all others have the same.
    message: String,
    is_shared: bool,
}

/// The findings of a run by rule and severity, as they come in.
#[derive(Debug, Default)]
pub(super) struct Overview {
    groups: BTreeMap<(Severity, &'static str), Group>,
}

impl Overview {
    /// Counts a finding, and keeps it if its rule has fewer than `most` so far.
    pub(super) fn add(&mut self, brief: Brief, most: usize) {
        let group = self.groups.entry((brief.severity, brief.rule)).or_default();
        if group.findings == 0 {
            group.message.clone_from(&brief.message);
            group.is_shared = true;
        }
        group.is_shared &= group.message == brief.message;
        group.findings += 1;
        group.fixable += usize::from(brief.fix == Some(Applicability::Safe));
        group.fixable_after_review += usize::from(brief.fix == Some(Applicability::Unsafe));
        if group.first.len() < most {
            group.first.push(brief);
        }
    }

    /// How many findings came in.
    pub(super) fn findings(&self) -> usize {
        self.groups.values().map(|group| group.findings).sum()
    }

    /// The groups, errors first, then by number.
    pub(super) fn text(&self, context: Context, terminal: Terminal) -> String {
        let groups: Vec<String> =
            self.sorted().into_iter().map(|(key, group)| group.text(key, context, terminal)).collect();
        let text = groups.join("\n");
        if terminal.unicode { text } else { ascii(&text) }
    }

    /// The rule to explain first: the most frequent one of the gravest.
    pub(super) fn first_rule(&self) -> Option<&'static str> {
        self.sorted().first().map(|((_, rule), _)| *rule)
    }

    fn sorted(&self) -> Vec<((Severity, &'static str), &Group)> {
        let mut groups: Vec<_> = self.groups.iter().map(|(key, group)| (*key, group)).collect();
        groups.sort_by_key(|((severity, rule), group)| (Reverse((*severity, group.findings)), *rule));
        groups
    }
}

impl Group {
    fn text(&self, (severity, rule): (Severity, &'static str), context: Context, terminal: Terminal) -> String {
        let mut out = self.title(severity, rule, context, terminal);
        for brief in &self.first {
            let message = if self.is_shared { "" } else { &brief.message };
            out.push_str(&location(&brief.place, message, terminal));
        }
        let left_out = self.findings - self.first.len();
        if left_out > 0 {
            let command = context.command.map(|command| shown(&command.of_rule(rule, severity), terminal));
            let command = command.map_or_else(String::new, |command| format!(": {command}"));
            out.extend([INDENT, &format!("and {left_out} more{command}\n")]);
        }
        out
    }

    /// Severity, rule, how many, and the message that all have, else the rule's sentence.
    fn title(&self, severity: Severity, rule: &'static str, context: Context, terminal: Terminal) -> String {
        let counts = [(self.fixable, "fixable"), (self.fixable_after_review, "fixable after review")];
        let counts = counts.into_iter().filter(|(count, _)| *count > 0);
        let fixable = counts.map(|(count, what)| format!(", {count} {what}")).collect::<Vec<_>>().concat();
        let prefix = format!("{}[{rule}]", severity.name());
        let summary = context.rule(rule).filter(|_| !self.is_shared).map(|rule| (rule.summary)(rule.name));
        let problem = summary.as_deref().unwrap_or(&self.message);
        let text = wrapped(&format!("{prefix} × {}{fixable}: {problem}", self.findings), terminal.width, HANGING);
        let Some(rest) = text.strip_prefix(&prefix) else { return text + "\n" };
        let prefix = format!("{}[{}]", severity.name(), linked(rule, context, terminal));
        format!("{}{}\n", paint(&prefix, style_of(severity), terminal), paint(rest, Style::new().bold(), terminal))
    }
}

/// A finding on its line: the message is cut at its end.
fn location(place: &str, message: &str, terminal: Terminal) -> String {
    let room = terminal.width.saturating_sub(INDENT.len() + display_width(place) + 2).max(NARROWEST_MESSAGE);
    format!("{INDENT}{place}  {}", cut(message, room)).trim_end().to_owned() + "\n"
}

/// The start of a text, with an ellipsis where it goes on.
fn cut(text: &str, width: usize) -> String {
    if display_width(text) <= width {
        return text.to_owned();
    }
    let mut out = String::new();
    for character in text.chars() {
        if display_width(&out) + 1 >= width {
            break;
        }
        out.push(character);
    }
    out.push('…');
    out
}

/// What to do with many findings.
pub(super) fn next_steps(overview: &Overview, summary: &Summary, context: Context, terminal: Terminal) -> String {
    let mut steps: Vec<(String, &str)> = Vec::new();
    if let Some(command) = context.command {
        if summary.fixable > 0 {
            steps.push((command.with("--diff"), "preview the safe fixes"));
        } else if summary.fixable_after_review > 0 {
            steps.push((command.with("--diff --unsafe-fixes"), "preview the fixes to review"));
        }
        if summary.found.errors > 0 && summary.found.errors < summary.findings() {
            steps.push((command.errors(), "report errors only"));
        }
    }
    if let Some(rule) = overview.first_rule() {
        steps.push((format!("connlint explain {rule}"), "reason and examples of a rule"));
    }
    if let Some(command) = context.command {
        steps.push((command.with("--format concise"), "all findings, one on each line"));
        if summary.baselined == 0 && command.records {
            steps.push((command.with("--write-baseline"), "record today's findings, then report new ones only"));
        }
    }
    let width = steps.iter().map(|(command, _)| display_width(command)).max().unwrap_or_default();
    let line = |(command, what): &(String, &str)| {
        let padding = " ".repeat(width - display_width(command));
        format!("{INDENT}{}{padding}  {what}\n", shown(command, terminal))
    };
    let lines: String = steps.iter().map(line).collect();
    format!("\n{}\n{lines}", paint("Next:", Style::new().bold(), terminal))
}

/// A command to be copied.
pub(super) fn shown(command: &str, terminal: Terminal) -> String {
    paint(command, AnsiColor::Cyan.on_default(), terminal)
}
