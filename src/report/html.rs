//! A report as one HTML file that needs nothing else: no request, no font, and without scripts nothing but the filters
//! is missing. What pages and settings hold is text in it, never markup.

mod page;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use quick_xml::escape::minimal_escape as escape;
use sha2::{Digest, Sha256};

pub(super) use self::page::{Page, page};
use self::page::{id, prose};
use super::statistics::by_severity;
use super::totals;
use super::{Context, RuleCount, Summary, Terminal};

const STYLE: &str = include_str!("html/report.css");

const SCRIPT: &str = include_str!("html/report.js");

/// The choices of the filters: what a script compares, and what a reader sees.
const SEVERITIES: [(&str, &str); 3] = [("e", "Errors"), ("w", "Warnings"), ("i", "Infos")];
const FIXES: [(&str, &str); 2] = [("f", "Fixable"), ("u", "Fixable after review")];

/// The whole report.
pub(super) fn document(pages: &[Page], summary: &Summary, context: Context) -> String {
    let policy = format!(
        "default-src 'none'; style-src '{}'; script-src '{}'; base-uri 'none'; form-action 'none'",
        digest(STYLE),
        digest(SCRIPT)
    );
    let mut out = String::new();
    out.extend([
        "<!DOCTYPE html>\n<html lang=\"en\">\n<meta charset=\"utf-8\">\n<meta http-equiv=\"Content-Security-Policy\" content=\"",
        &policy,
        "\">\n<meta name=\"viewport\" content=\"width=device-width\">\n<title>connlint report</title>\n<style>",
        STYLE,
        "</style>\n<header>\n<h1>connlint report</h1>\n",
        &totals(summary),
        "</header>\n<main>\n",
        &filters(),
        &rules(summary, context),
        &page_list(pages),
        "<h2>Findings</h2>\n",
    ]);
    for (number, page) in pages.iter().enumerate() {
        out.extend([&format!("<section class=\"page\" id=\"p{number}\">\n"), page.html.as_str(), "</section>\n"]);
    }
    out.extend([&reasons(summary, context), "</main>\n<script>", SCRIPT, "</script>\n</html>\n"]);
    out
}

/// The source of a text in a content security policy (CSP 3, section 2.3.1).
fn digest(text: &str) -> String {
    format!("sha256-{}", STANDARD.encode(Sha256::digest(text)))
}

fn totals(summary: &Summary) -> String {
    let text = totals::end(summary, Terminal::default());
    let version = concat!("connlint ", env!("CARGO_PKG_VERSION"));
    text.lines().chain([version]).map(|line| format!("<p>{}</p>\n", prose(line))).collect::<Vec<_>>().concat()
}

/// The filters, which a script shows.
fn filters() -> String {
    let select = |name: &str, title: &str, options: &[(&str, &str)]| {
        let option = |(value, text): &(&str, &str)| format!("<option value=\"{value}\">{text}</option>");
        let options = options.iter().map(option).collect::<Vec<_>>().concat();
        format!(
            "<p><label for=\"{name}\">{title}</label><select id=\"{name}\" name=\"{name}\"><option value=\"\">All</option>{options}</select></p>\n"
        )
    };
    [
        "<form hidden aria-label=\"Filter findings\">\n",
        &select("severity", "Severity", &SEVERITIES),
        &select("rule", "Rule", &[]),
        &select("fix", "Fix", &FIXES),
        "<p><label for=\"text\">Text or path</label><input id=\"text\" name=\"text\"></p>\n",
        "<p id=\"count\" role=\"status\"></p>\n</form>\n",
    ]
    .concat()
}

/// The rules with findings: a row each.
fn rules(summary: &Summary, context: Context) -> String {
    let row = |(rule, RuleCount { found, files, fixable }): (&str, RuleCount)| {
        let counts = [found.errors, found.warnings, found.infos, files, fixable];
        format!("<tr><td><a href=\"#{}\">{rule}</a>{}\n", id(rule, context), cells(&counts))
    };
    let rows = by_severity(summary).into_iter().map(row).collect::<Vec<_>>().concat();
    table("rules", "By rule", &["Rule", "Errors", "Warnings", "Infos", "Files", "Fixable"], &rows)
}

/// The pages with findings: a row each, the worst first.
fn page_list(pages: &[Page]) -> String {
    let mut order: Vec<(usize, &Page)> = pages.iter().enumerate().collect();
    order.sort_by_key(|(number, page)| (std::cmp::Reverse(page.counts), *number));
    let row = |(number, page): (usize, &Page)| {
        format!("<tr><td><a href=\"#p{number}\">{}</a>{}\n", escape(&page.path), cells(&page.counts))
    };
    let rows = order.into_iter().map(row).collect::<Vec<_>>().concat();
    table("pages", "By file", &["File", "Errors", "Warnings", "Infos"], &rows)
}

fn cells(counts: &[usize]) -> String {
    counts.iter().map(|count| format!("<td class=\"n\">{count}")).collect::<Vec<_>>().concat()
}

fn table(id: &str, title: &str, columns: &[&str], rows: &str) -> String {
    let column = |(index, column): (usize, &&str)| {
        let class = if index == 0 { "" } else { " class=\"n\"" };
        format!("<th scope=\"col\"{class}>{column}</th>")
    };
    let columns = columns.iter().enumerate().map(column).collect::<Vec<_>>().concat();
    format!(
        "<h2 id=\"{id}-title\">{title}</h2>\n<table id=\"{id}\" aria-labelledby=\"{id}-title\">\n<thead><tr>{columns}</tr></thead>\n<tbody>\n{rows}</tbody>\n</table>\n"
    )
}

/// Why each rule with findings matters.
fn reasons(summary: &Summary, context: Context) -> String {
    let reason = |rule: &&'static str| {
        let described = context.rule(rule);
        let text = |text: String| if text.is_empty() { String::new() } else { format!("<p>{}</p>\n", prose(&text)) };
        let (summary, why) = described
            .map_or_else(Default::default, |described| (text((described.summary)(rule)), text((described.why)(rule))));
        let more = format!("<p>More: <code>connlint explain {rule}</code></p>\n");
        format!("<section id=\"{}\">\n<h3>{rule}</h3>\n{summary}{why}{more}</section>\n", id(rule, context))
    };
    let reasons = summary.rules.keys().map(reason).collect::<Vec<_>>().concat();
    format!("<h2>Reasons</h2>\n{reasons}")
}
