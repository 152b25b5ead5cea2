//! The lines that close a report for people: how much was found, what can be fixed, and what was left out.

use anstyle::AnsiColor;

use super::format::MOST_IN_FULL;
use super::style::{paint, style_of};
use super::{Summary, Terminal};

/// The lines that close the report.
pub(super) fn end(summary: &Summary, terminal: Terminal) -> String {
    let first = joined([found(summary, terminal), left_out(summary)], " ");
    joined([first, fixable(summary), unchecked(summary), fitting(summary)], "\n") + "\n"
}

/// The same, and where the reasons are.
pub(super) fn with_reasons(summary: &Summary, terminal: Terminal) -> String {
    end(summary, terminal) + &reasons(summary)
}

/// The lines that close a report in full or, of many findings, an overview.
pub(super) fn by_number(summary: &Summary, terminal: Terminal) -> String {
    if summary.findings() > MOST_IN_FULL { end(summary, terminal) } else { with_reasons(summary, terminal) }
}

/// The lines that close a report for any terminal.
pub(super) fn plain(summary: &Summary, _: Terminal) -> String {
    end(summary, Terminal::default())
}

/// The same on one line, for a report of lines.
pub(super) fn line(summary: &Summary, _: Terminal) -> String {
    let found = found(summary, Terminal::default());
    joined([found, left_out(summary), fixable(summary), unchecked(summary)], " ") + "\n"
}

fn joined<const N: usize>(parts: [String; N], between: &str) -> String {
    parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(between)
}

/// Where the reasons are: in the page of the gravest and most frequent rule, for example.
fn reasons(summary: &Summary) -> String {
    let rules = summary.rules.iter();
    let gravest = rules.max_by_key(|(_, count)| count.found);
    gravest.map_or_else(String::new, |(rule, _)| format!("Reasons and examples: connlint explain {rule}\n"))
}

fn found(summary: &Summary, terminal: Terminal) -> String {
    let files = counted(summary.files, "file");
    if summary.findings() == 0 {
        let clean = paint("no findings", AnsiColor::Green.on_default(), terminal);
        return format!("Checked {files}: {clean}.");
    }
    let counts: Vec<String> = summary
        .found
        .by_gravity()
        .into_iter()
        .filter(|(count, _)| *count > 0)
        .map(|(count, severity)| paint(&counted(count, severity.name()), style_of(severity), terminal))
        .collect();
    let (found, checked) = (summary.files_with_findings, summary.files);
    let files = if found < checked { format!("{found} of {files}") } else { files };
    format!("Found {} in {files}.", listed(&counts))
}

/// What was found and is not reported.
fn left_out(summary: &Summary) -> String {
    let hidden = summary.hidden.by_gravity().into_iter();
    let lowest = if summary.hidden.infos > 0 { "info" } else { "warning" };
    let mut parts = Vec::new();
    let counts: Vec<String> =
        hidden.filter(|(count, _)| *count > 0).map(|(count, severity)| counted(count, severity.name())).collect();
    if !counts.is_empty() {
        parts.push(format!("{} (`--severity {lowest}`)", listed(&counts)));
    }
    if summary.suppressed > 0 {
        parts.push(format!("{} suppressed by comments", summary.suppressed));
    }
    if summary.baselined > 0 {
        parts.push(format!("{} in the baseline (`--no-baseline`)", summary.baselined));
    }
    if parts.is_empty() { String::new() } else { format!("Not shown: {}.", parts.join(", ")) }
}

fn fixable(summary: &Summary) -> String {
    match (summary.fixable, summary.fixable_after_review) {
        (0, 0) => String::new(),
        (safe, 0) => format!("{safe} fixable with `--fix`."),
        (0, review) => format!("{review} fixable with `--fix --unsafe-fixes`, after review."),
        (safe, review) => {
            format!("{safe} fixable with `--fix`, {review} more with `--fix --unsafe-fixes`, after review.")
        }
    }
}

/// What was not checked.
fn unchecked(summary: &Summary) -> String {
    let cause = summary.unread_config.as_deref().or((summary.without_site > 0).then_some("no site root found"));
    let links = cause.map(|cause| format!("Links to other pages were not checked: {cause}."));
    let links = links.unwrap_or_default();
    joined([links, few_fit(summary)], " ")
}

/// That most pages are not guides to the default conventions.
fn few_fit(summary: &Summary) -> String {
    let Some((vendor, guides, pages)) = &summary.few_fit else { return String::new() };
    let follow = if *guides == 1 { "follows" } else { "follow" };
    format!(
        "{guides} of {pages} pages {follow} the conventions of {vendor}, the default pack; the others were not checked \
         (`connlint new pack`)."
    )
}

/// The pack that the run should have used.
fn fitting(summary: &Summary) -> String {
    let pack = summary.fitting_pack.as_ref();
    pack.map_or_else(String::new, |pack| pack_hint(pack))
}

/// A sentence about the pack that the run should have used.
pub fn pack_hint(pack: &str) -> String {
    format!("The built-in pack `{pack}` matches this folder: use `--pack {pack}`.")
}

/// `a`, `a and b`, `a, b and c`.
fn listed(parts: &[String]) -> String {
    match parts {
        [] => String::new(),
        [one] => one.clone(),
        [first @ .., last] => format!("{} and {last}", first.join(", ")),
    }
}

fn counted(count: usize, word: &str) -> String {
    if count == 1 { format!("1 {word}") } else { format!("{count} {word}s") }
}
