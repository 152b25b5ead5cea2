//! `guide/html-unknown-tag`

use crate::diagnostic::{Edit, Finding, Fix};
use crate::dialect::Trait;
use crate::guide::{Guide, Tag, TagKind};
use crate::rule::{Page, Rule};

pub const RULE: Rule = Rule::guide("guide/html-unknown-tag", include_str!("html_unknown_tag.md"), check)
    .unsafe_fix()
    .needs(&[Trait::UnknownTagsVanish]);

/// Bytes of the target of a link at most.
const LONGEST_TARGET: usize = 500;

fn check(page: &Page<'_>, found: &mut Vec<Finding>) {
    let guide = page.guide;
    // They have elements of their own.
    let drawings = guide.elements(&["math", "svg"]);
    for tag in guide.tags.iter().filter(|tag| is_text(page, tag) && drawings.around(tag.span).next().is_none()) {
        let written = guide.slice(tag.span);
        let swallows = guide.swallowed.is_some_and(|swallowed| swallowed.start == tag.span.start);
        let message = if swallows {
            format!("unknown HTML tag `{written}`: the rest of the page is not rendered")
        } else {
            format!("unknown HTML tag `{written}`")
        };
        found.push(repaired(page, tag, Finding::new(tag.span, message)));
    }
}

/// A placeholder of the template gives way to what it stands for; other text is meant to be read.
fn repaired(page: &Page<'_>, tag: &Tag, finding: Finding) -> Finding {
    let written = page.guide.slice(tag.span);
    let is_whole = tag.partner.is_none() && !written.contains(['`', '\n']) && !is_in_target(page.guide, tag);
    if let Some(name) = page.contract.connector.as_ref().filter(|_| stands_for_connector(written)) {
        let finding = finding.help(format!("replace with `{}`", name.value));
        let fix = Fix::needs_review("use the connector's name", vec![Edit::replace(tag.span, name.value.clone())]);
        return finding.maybe_fix(is_whole.then_some(fix));
    }
    let finding = finding.help("use a code span, or `{...}` for a placeholder");
    // A text of the page's template is replaced, not shown.
    let is_leftover = page.profile.leftovers.as_slice().iter().any(|text| text.eq_ignore_ascii_case(written));
    if !is_whole || is_leftover {
        return finding;
    }
    let edits = vec![Edit::insert_before(tag.span, "`"), Edit::insert_after(tag.span, "`")];
    finding.fix(Fix::needs_review("format as code", edits))
}

/// `<connector name>`, `<connector>`, `<name of the connector>`.
fn stands_for_connector(written: &str) -> bool {
    let words = written.trim_matches(['<', '>', '/']).split_whitespace().map(str::to_ascii_lowercase);
    let words: Vec<String> = words.filter(|word| !matches!(word.as_str(), "of" | "the" | "your" | "this")).collect();
    let is_known = |word: &String| matches!(word.as_str(), "connector" | "name" | "connector's");
    words.iter().all(is_known) && words.iter().any(|word| word.starts_with("connector"))
}

/// Whether a tag is in what is written as the target of a link, where no code span can be.
fn is_in_target(guide: &Guide, tag: &Tag) -> bool {
    let before = &guide.source.text()[..tag.span.range().start];
    let near = before.ceil_char_boundary(before.len().saturating_sub(LONGEST_TARGET));
    let line = before[near..].rsplit('\n').next().unwrap_or_default();
    line.rfind("](").is_some_and(|start| !line[start..].contains(')'))
}

/// Whether a tag is a custom element (HTML Living Standard 4.13), which has a hyphen in its name, or a component: a
/// placeholder has no attributes with values, and no end.
fn is_component(guide: &Guide, tag: &Tag) -> bool {
    let written = guide.slice(tag.span);
    let has_values = tag.attributes.iter().any(|attribute| attribute.value.is_some());
    let binds = tag
        .attributes
        .iter()
        .any(|attribute| attribute.name.starts_with([':', '@', '#']) || attribute.name.starts_with("v-"));
    let is_custom = tag.name.contains('-') && (has_values || tag.partner.is_some() || written.ends_with("/>"));
    is_custom || binds || has_values && written.ends_with("/>")
}

/// Whether a tag is text that its author meant to be read.
fn is_text(page: &Page<'_>, tag: &Tag) -> bool {
    let escaped = page.guide.source.text()[..tag.span.range().start].ends_with('\\');
    let closes_another = tag.kind == TagKind::Close && tag.partner.is_some();
    !closes_another
        && !is_component(page.guide, tag)
        && !tag.is_html()
        && !page.profile.page.card.as_ref().is_some_and(|card| tag.misspells(&card.element))
        && !escaped
}
