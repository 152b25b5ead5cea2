//! `guide/kramdown-options-missing`

use crate::diagnostic::{Edit, Finding, Fix};
use crate::dialect::Trait;
use crate::rule::{Page, Rule};

pub const RULE: Rule =
    Rule::convention("guide/kramdown-options-missing", include_str!("kramdown_options_missing.md"), check)
        .safe_fix()
        .needs(&[Trait::AttributeLists]);

fn check(page: &Page<'_>, found: &mut Vec<Finding>) {
    let guide = page.guide;
    let (Some(options), Some(card)) = (&page.profile.page.options, page.cards.first()) else { return };
    let says_so = |written: &str| written == options || option(written).contains(&option(options));
    let mut given = guide.extensions.iter().filter(|span| says_so(guide.slice(**span)));
    let first = given.next();
    if first.is_some_and(|span| span.end <= card.open.start) {
        return;
    }
    let Some(line) = guide.source.line_span(guide.source.line(card.open.start)) else { return };
    let ending = guide.source.line_ending();
    // Right below a line of text it would be text, too.
    let above = guide.source.line_span(guide.source.line(line.start).saturating_sub(1));
    let is_text = above.is_some_and(|above| above.start >= guide.body.start && !guide.slice(above).trim().is_empty());
    let gap = if is_text { ending } else { "" };
    let edit = Edit::insert_before(line, format!("{gap}{options}{ending}"));
    let finding = Finding::new(card.open, "Markdown not rendered in a card")
        .help(format!("add the line `{options}` before the first card"))
        .fix(Fix::safe("insert the line", vec![edit]));
    found.push(finding.maybe_label(first.copied(), "option after the first card"));
}

/// An extension's options without what may differ in writing: quotes, spaces, the marks around it.
fn option(extension: &str) -> String {
    let inner = extension.trim_start_matches("{::").trim_end_matches('}').trim_end().trim_end_matches('/');
    inner.trim_start_matches("options").chars().filter(|c| !c.is_whitespace() && !matches!(c, '"' | '\'')).collect()
}
