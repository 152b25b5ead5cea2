//! `guide/empty-section`

use crate::diagnostic::{Finding, Severity};
use crate::dialect::Trait;
use crate::guide::{BlockId, BlockKind, Guide, Section, Style};
use crate::rule::{Page, Rule};

pub const RULE: Rule = Rule::guide("guide/empty-section", include_str!("empty_section.md"), check).warning();

/// Fewer words before a colon are a label, and so are more in uppercase.
const FEWEST_WORDS: usize = 3;

const HELP: &str = "add text, nest the headings after it, or remove it";

fn check(page: &Page<'_>, found: &mut Vec<Finding>) {
    let (guide, legacy) = (page.guide, page.legacy_heading());
    for section in guide.sections.iter().filter(|section| guide.is_empty_section(section)) {
        let Some(index) = section.heading else { continue };
        let heading = &guide.headings[index];
        // What becomes of a second heading of level 1 is for `guide/heading-level-one` to say.
        if heading.level == 1 && guide.dialect.has(Trait::TitleFromFrontMatter) {
            continue;
        }
        let next = guide.headings.get(index + 1);
        let finding = match next.filter(|next| next.level > heading.level) {
            Some(next) => {
                let message = format!("no text between the headings `{}` and `{}`", heading.text, next.text);
                let is_of_platform = |heading: &str| page.profile.section_level(heading).is_some();
                let lacks_steps = is_of_platform(&next.text) && !is_of_platform(&heading.text);
                // A section of a former structure is rewritten as a whole.
                if legacy.is_some_and(|legacy| legacy.span == heading.span) && !lacks_steps {
                    continue;
                }
                let help = if lacks_steps {
                    "add the steps in the application, or remove the heading"
                } else {
                    "add a sentence that introduces the section"
                };
                Finding::new(heading.span, message).help(help).severity(Severity::Info)
            }
            None => Finding::new(heading.span, format!("section `{}` is empty", heading.text)).help(HELP),
        };
        found.push(finding.maybe_label(next.map(|next| next.span), "next heading"));
    }
    found.extend(page.guide.sections.iter().filter_map(|section| announced(page.guide, section)));
    for card in &page.cards {
        if page.guide.shows_nothing(card.open.end..card.span.end) {
            let finding = Finding::new(card.open, "card without content");
            found.push(finding.help("remove it"));
        }
    }
}

/// A section whose last paragraph announces missing content: the next heading is beside or above its own.
fn announced(guide: &Guide, section: &Section) -> Option<Finding> {
    let index = section.heading?;
    let heading = &guide.headings[index];
    let next = guide.headings.get(index + 1);
    if next.is_some_and(|next| next.level > heading.level) {
        return None;
    }
    let shown = |id: &BlockId| !guide.text_of(*id).trim().is_empty();
    let last = &guide.blocks[section.blocks.clone().rfind(shown)?];
    let end = next.map_or(guide.body.end, |next| next.span.start);
    let colon = last.text.start as usize + guide.text_in(&last.text).trim_end().strip_suffix(':')?.len();
    // An image may follow the colon, and a label alone is a value.
    let ends = guide.slice(last.span).trim_end().trim_end_matches(['*', '_']).ends_with(':');
    let words = || guide.text_in(&last.text).split_whitespace();
    let is_sentence =
        words().nth(FEWEST_WORDS - 1).is_some() && words().any(|word| word.starts_with(char::is_lowercase));
    // The name of an emoji has a colon at both ends.
    let is_name = words().last().is_some_and(|word| word.starts_with(':'));
    let is_announcement = last.kind == BlockKind::Paragraph
        && last.parent() == guide.blocks[heading.block].parent()
        && ends
        && is_sentence
        && !is_name
        && !guide.text.any_has(colon..colon + 1, Style::CODE)
        && guide.shows_nothing(last.span.end..end);
    let message = format!("nothing follows the colon at the end of section `{}`", heading.text);
    is_announcement.then(|| {
        let finding = Finding::new(guide.text.span_of(colon..colon + 1), message)
            .help("add the announced content, nest the headings after it, or use a full stop");
        finding.maybe_label(next.map(|next| next.span), "next heading")
    })
}
