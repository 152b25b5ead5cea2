//! `guide/html-not-rendered`

use crate::diagnostic::Finding;
use crate::guide::{BlockId, BlockKind, Guide, Style, Tag, TagKind};
use crate::rule::{Page, Rule};
use crate::source::Span;

pub const RULE: Rule = Rule::guide("guide/html-not-rendered", include_str!("html_not_rendered.md"), check);

/// Elements whose text shows markup on purpose.
const CODE: [&str; 5] = ["code", "kbd", "pre", "samp", "tt"];

fn check(page: &Page<'_>, found: &mut Vec<Finding>) {
    let guide = page.guide;
    let card = page.profile.page.card.as_ref().map(|card| card.element.as_str());
    let codes = guide.elements(&CODE);
    let mut last = None;
    for printed in &guide.printed_tags {
        // What is printed after the first tag of a block, or of a table, is printed for the same reason.
        let block = guide.blocks.partition_point(|block| block.span.start <= printed.start).saturating_sub(1);
        let block = table_of(guide, block).unwrap_or(block);
        let tag =
            guide.tags.binary_search_by_key(&printed.start, |tag| tag.span.start).ok().map(|tag| &guide.tags[tag]);
        let is_swallowed = guide.swallowed.is_some_and(|swallowed| swallowed.start <= printed.start);
        let is_reported = tag.is_some_and(|tag| tag.unclosed || !tag.is_html() || Some(tag.name.as_str()) == card);
        let is_shown = codes.around(*printed).next().is_some();
        if is_swallowed || is_reported || is_shown || last.replace(block) == Some(block) {
            continue;
        }
        let written = guide.slice(*printed);
        let finding = Finding::new(*printed, format!("HTML published as text: `{written}`"));
        found.push(match empty_anchor(guide, *printed) {
            Some(anchor) => finding.help(format!("use `{anchor}`")),
            None => finding.help(help(guide, tag)),
        });
    }
    let text = guide.text.as_str();
    for at in memchr::memmem::find_iter(text.as_bytes(), "<!") {
        let place = guide.text.span_of(at..at + 1);
        let (before, from) = guide.source.text().split_at(place.range().start);
        let is_comment = from.starts_with("<!--") && !before.ends_with('\\');
        if is_comment && !guide.text.any_has(at..at + 1, Style::CODE) && codes.around(place).next().is_none() {
            let mark = guide.source.span(place.range().start..place.range().start + "<!--".len());
            found.push(Finding::new(mark, "comment published as text: no `-->`").help("add `-->` at its end"));
        }
    }
}

/// The table that a cell is part of.
fn table_of(guide: &Guide, block: BlockId) -> Option<BlockId> {
    let mut around = std::iter::successors(Some(block), |block| guide.blocks.get(*block)?.parent());
    around.find(|block| guide.blocks.get(*block).is_some_and(|block| matches!(block.kind, BlockKind::Table { .. })))
}

/// The anchor that an empty link to a heading was meant as: `<a href=”#keys”></a>`.
fn empty_anchor(guide: &Guide, printed: Span) -> Option<String> {
    let written = guide.slice(printed);
    let is_empty = guide.source.text()[printed.range().end..].trim_start().starts_with("</a>");
    let (_, name) = written.strip_prefix("<a ").filter(|_| is_empty)?.split_once('#')?;
    let name: String = name.chars().take_while(|c| c.is_alphanumeric() || matches!(c, '-' | '_' | '.')).collect();
    (!name.is_empty()).then(|| format!("<a name=\"{name}\"></a>"))
}

fn help(guide: &Guide, tag: Option<&Tag>) -> &'static str {
    let Some(tag) = tag else {
        return "use straight quotes around attribute values, and spaces between attributes";
    };
    match (tag.kind, tag.partner) {
        (TagKind::Close, None) => "remove it",
        (TagKind::Close, Some(open)) if !guide.is_printed(guide.tags[open].span) => {
            if tag.is_block() {
                "move it to the start of a line"
            } else {
                "move it to the paragraph of its opening tag"
            }
        }
        _ => "move it to the start of a line, after a blank line",
    }
}
