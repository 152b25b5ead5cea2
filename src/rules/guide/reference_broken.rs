//! `guide/reference-broken`

use std::cell::LazyCell;
use std::ops::Range;

use crate::diagnostic::Finding;
use crate::guide::{Block, BlockKind, Guide, Style};
use crate::profile::fold;
use crate::rule::{Page, Rule};
use crate::source::Span;

pub const RULE: Rule = Rule::guide("guide/reference-broken", include_str!("reference_broken.md"), check).warning();

/// Words for images.
const IMAGES: [&str; 4] = ["image", "screenshot", "picture", "diagram"];

/// Words for parts of a page that may be of any form.
const PARTS: [&str; 5] = ["information", "section", "instructions", "steps", "details"];

/// Words that may follow a reference: after others, the text says below what it is.
const AFTER_REFERENCES: [&str; 8] = ["about ", "and ", "concerning ", "for ", "on how ", "or ", "to ", "when "];

/// Fewer words are a label.
const FEWEST_WORDS: usize = 4;

/// Bytes around a word in which the words beside it are looked for.
const LONGEST_WORD: usize = 24;

/// Bytes before a section in which its name is looked for.
const LONGEST_NAME: usize = 60;

/// Elements that may show what the text refers to.
const SHOWN: [&str; 6] = ["table", "iframe", "video", "svg", "object", "figure"];

/// Which way a word points.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Way {
    Before,
    After,
}

/// What a word points to.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Thing {
    Table,
    Image,
    Part,
}

fn check(page: &Page<'_>, found: &mut Vec<Finding>) {
    let guide = page.guide;
    if guide.swallowed.is_some() || guide.has_unknown_text(guide.body) {
        return;
    }
    announced(page, found);
    let sides = LazyCell::new(|| Sides::of(guide));
    for (word, way) in [("below", Way::After), ("following", Way::After), ("above", Way::Before)] {
        for at in guide.text.starts_of(word) {
            let place = at..at + word.len();
            let Some((noun, thing)) = noun(guide, &place, word == "following") else { continue };
            let Some(noun) = named(guide, &sides, noun, thing, found) else { continue };
            let style = guide.text.any_has(noun.clone(), Style::CODE) || guide.text.any_has(noun.clone(), Style::LINK);
            let span = guide.text.span_of(noun.clone());
            if style || is_there(guide, &sides, span, thing, way) {
                continue;
            }
            let (what, where_) = (name(thing), if way == Way::After { "after" } else { "before" });
            let message = format!("`{}` with no {what} {where_} it", &guide.text.as_str()[noun]);
            found.push(Finding::new(span, message).help(format!("add the {what}, or remove the reference")));
        }
    }
}

/// A paragraph at the end of the page that ends with a colon, before nothing or a note. Before a heading, the sections
/// after it may be what it announces.
fn announced(page: &Page<'_>, found: &mut Vec<Finding>) {
    let guide = page.guide;
    let is_paragraph = |block: &Block| block.kind == BlockKind::Paragraph && block.parent().is_none();
    let Some(id) = guide.blocks.iter().rposition(is_paragraph) else { return };
    let (own, end) = (guide.own_text(id), guide.blocks[id].span.end);
    let text = guide.text.as_str()[own.clone()].trim_end();
    let Some(colon) = text.strip_suffix(':').map(|words| own.start + words.len()) else { return };
    let note = guide.blocks[id + 1..].iter().find(|next| next.kind == BlockKind::Quote && begins_note(page, next));
    let has_only_note = note.is_some_and(|note| {
        guide.shows_nothing(end..note.span.start) && guide.shows_nothing(note.span.end..guide.body.end)
    });
    let is_code = guide.text.any_has(colon..colon + 1, Style::CODE);
    // The end of a container of another generator, or the name of an emoji: `:tada:`.
    let last = text.rsplit(' ').next().unwrap_or_default();
    let is_container = last.ends_with(":::") || last.len() > 2 && last.starts_with(':');
    if (has_only_note || guide.shows_nothing(end..guide.body.end))
        && text.split(' ').count() >= FEWEST_WORDS
        && !is_code
        && !is_container
    {
        let finding = Finding::new(guide.text.span_of(colon..colon + 1), "colon with nothing after it");
        found.push(finding.help("add the list or text, or end the sentence with a full stop"));
    }
}

/// Whether a quote begins as a note does.
fn begins_note(page: &Page<'_>, quote: &Block) -> bool {
    let text = page.guide.text_in(&quote.text).trim_start();
    let rest = page.profile.notes.words.iter().find_map(|word| text.strip_prefix(word.as_str()));
    rest.is_some_and(|rest| rest.starts_with([':', ' ']))
}

/// A reference without a name. One to a section by its name is reported if no heading of the page has the name.
fn named(
    guide: &Guide,
    sides: &Sides,
    noun: Range<usize>,
    thing: Thing,
    found: &mut Vec<Finding>,
) -> Option<Range<usize>> {
    let text = guide.text.as_str();
    let before = text[guide.text.line_before(noun.start, LONGEST_NAME)].trim_end();
    let start = before.rfind(['.', ',', ';', '(']).map_or(0, |at| at + 1);
    let is_section = thing == Thing::Part && text[noun.clone()].starts_with("section");
    let name = before[start..].rsplit_once(" the ").map(|(_, name)| name).filter(|_| is_section);
    let Some(name) = name.filter(|name| name.starts_with(char::is_uppercase)) else { return Some(noun) };
    // "Scroll to the Keys section below" is said of a page of the application.
    if before[start..].to_lowercase().contains("scroll") {
        return None;
    }
    let wanted = fold(name);
    if !sides.headings.iter().any(|heading| heading.contains(&wanted))
        && !guide.text.any_has(noun.start - name.len() - 1..noun.end, Style::LINK)
    {
        let place = noun.start - name.len() - 1..noun.end;
        let message = format!("section `{name}` not on the page");
        found.push(Finding::new(guide.text.span_of(place), message).help("link to the page that has the section"));
    }
    None
}

fn name(thing: Thing) -> &'static str {
    match thing {
        Thing::Table => "table",
        Thing::Image => "image",
        Thing::Part => "text",
    }
}

/// The reference that a word makes with the one before or after it: "the table below", "the above table".
fn noun(guide: &Guide, word: &Range<usize>, is_before_only: bool) -> Option<(Range<usize>, Thing)> {
    let text = guide.text.as_str();
    let before = &text[guide.text.line_before(word.start, LONGEST_WORD)];
    let after = &text[guide.text.line_after(word.end, LONGEST_WORD)];
    let next =
        after.strip_prefix(' ').map(|rest| &rest[..rest.find(|c: char| !c.is_alphabetic()).unwrap_or(rest.len())]);
    // "the following images are allowed"
    let is_subject = |next: &str| is_before_only && after[1 + next.len()..].starts_with(" are ");
    if let Some((next, thing)) = next.and_then(|next| Some((next, thing(next)?))).filter(|(next, _)| !is_subject(next))
    {
        return Some((word.start..word.end + 1 + next.len(), thing));
    }
    let last = before.strip_suffix(' ')?.rsplit(|c: char| !c.is_alphabetic()).next()?;
    let thing = thing(last).filter(|_| !is_before_only)?;
    // "the steps below the table": what follows says below what.
    let ends = after.is_empty()
        || after.starts_with(['.', ',', ':', ';', ')'])
        || AFTER_REFERENCES.iter().any(|word| after.strip_prefix(' ').is_some_and(|rest| rest.starts_with(word)));
    ends.then(|| (word.start - 1 - last.len()..word.end, thing))
}

fn thing(word: &str) -> Option<Thing> {
    let word = word.to_ascii_lowercase();
    let singular = word.strip_suffix('s').unwrap_or(&word);
    // Several tables are those of a database.
    if word == "table" {
        Some(Thing::Table)
    } else if IMAGES.contains(&singular) {
        Some(Thing::Image)
    } else {
        (PARTS.contains(&word.as_str()) || PARTS.contains(&singular)).then_some(Thing::Part)
    }
}

/// Where the things of each kind are: where the first one ends and the last one begins.
struct Sides {
    tables: Option<(u32, u32)>,
    images: Option<(u32, u32)>,
    elements: Option<(u32, u32)>,
    /// The headings, folded.
    headings: Vec<String>,
}

impl Sides {
    fn of(guide: &Guide) -> Self {
        let tables = guide.blocks.iter().filter(|block| matches!(block.kind, BlockKind::Table { .. }));
        let raw = guide.raw_tables.iter().map(|table| table.span);
        let elements = guide.tags.iter().filter(|tag| SHOWN.contains(&tag.name.as_str()));
        Self {
            tables: ends(tables.map(|block| block.span).chain(raw)),
            images: ends(guide.images.iter().map(|image| image.span)),
            elements: ends(elements.map(|tag| tag.span)),
            headings: guide.headings.iter().map(|heading| fold(&heading.text)).collect(),
        }
    }
}

/// Where the first of some places ends and the last one begins.
fn ends(places: impl Iterator<Item = Span>) -> Option<(u32, u32)> {
    places.fold(None, |ends: Option<(u32, u32)>, place| match ends {
        Some((first, last)) => Some((first.min(place.end), last.max(place.start))),
        None => Some((place.end, place.start)),
    })
}

/// Whether the next block is code.
fn has_code_after(guide: &Guide, place: Span) -> bool {
    let next = guide.blocks.partition_point(|block| block.span.start < place.end);
    guide.blocks.get(next).is_some_and(|block| matches!(block.kind, BlockKind::Code { .. }))
}

/// Whether what a reference at `place` points to is on its side.
fn is_there(guide: &Guide, sides: &Sides, place: Span, thing: Thing, way: Way) -> bool {
    let around = guide.block_around(place).map_or(place, |block| block.span);
    let is_on_side = |ends: Option<(u32, u32)>| {
        ends.is_some_and(|(first, last)| match way {
            Way::After => last >= place.end,
            Way::Before => first <= place.start,
        })
    };
    match (thing, way) {
        // An image may show a table, and code may make one.
        (Thing::Table, Way::After) if has_code_after(guide, place) => true,
        (Thing::Table, _) => is_on_side(sides.tables) || is_on_side(sides.elements) || is_on_side(sides.images),
        (Thing::Image, _) => is_on_side(sides.images) || is_on_side(sides.elements),
        (Thing::Part, Way::After) => !guide.shows_nothing(around.end..guide.body.end),
        (Thing::Part, Way::Before) => !guide.shows_nothing(guide.body.start..around.start),
    }
}
