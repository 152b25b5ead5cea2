//! Names of other connectors that came with a copied sentence or heading, and are not in the rest of the page.

use std::collections::BTreeMap;
use std::ops::Range;

use super::{LONGEST_NAME, LONGEST_NAME_BYTES, is_known};
use crate::guide::{BlockKind, Guide, InlineKind};
use crate::profile::fold;
use crate::rule::Page;
use crate::rule::names::is_alike;

/// What a product does in the sentence that begins a section about it.
const VERBS: [&str; 4] = ["uses", "requires", "supports", "needs"];

/// Words before a name in "the key of your Acme account".
const DETERMINERS: [&str; 4] = ["the", "your", "a", "an"];

/// Words before the determiner: what is described is a part of what is named.
const PREPOSITIONS: [&str; 8] = ["of", "in", "from", "for", "to", "by", "with", "into"];

/// Words before the name of a connector that the reader looks for in a list.
const SEARCHES: [&str; 6] = ["find", "locate", "search for", "scroll down to", "scroll to", "look for"];

/// What a user has of a product, besides the words of products.
const CREDENTIALS: &str = "credentials";

/// The names, each of them at a place that says what the page is about.
pub(super) fn names(page: &Page<'_>, connector: &str) -> Vec<Range<usize>> {
    let flat = &page.guide.text;
    let mut places: Vec<Range<usize>> = headings(page).chain(searched(page)).chain(subjects(page)).collect();
    places.extend(owners(page));
    places.sort_by_key(|place| (place.start, place.end));
    places.dedup();
    let mut by_name: BTreeMap<String, Vec<Range<usize>>> = BTreeMap::new();
    for place in places {
        by_name.entry(flat.as_str()[place.clone()].to_lowercase()).or_default().push(place);
    }
    let permalink = page.contract.permalink.as_ref().map_or("", |permalink| permalink.value.as_str());
    by_name.retain(|_, places| {
        let name = &flat.as_str()[places[0].clone()];
        is_known(page, name)
            && ![connector, permalink].into_iter().any(|own| is_alike(own, name))
            && mentions(page, name) == places.len()
            && !is_in_target(page.guide, name)
    });
    by_name.into_values().flatten().collect()
}

/// How often a name is in the text, in any case.
fn mentions(page: &Page<'_>, name: &str) -> usize {
    let (flat, text) = (&page.guide.text, page.guide.text.as_str());
    let first = name.split(|c: char| !c.is_alphanumeric()).next().unwrap_or(name);
    let is_name = |at: &usize| text.get(*at..at + name.len()).is_some_and(|written| written.eq_ignore_ascii_case(name));
    flat.starts_of(first).filter(is_name).count()
}

/// Whether a link or an image leads to something of the other product's.
fn is_in_target(guide: &Guide, name: &str) -> bool {
    let name = fold(name);
    let links = guide.links.iter().map(|link| link.target.as_str());
    links.chain(guide.images.iter().map(|image| image.target.as_str())).any(|target| fold(target).contains(&name))
}

/// What may be a name in headings that are made like that of the section about the application: "Acme setup", "Acme
/// account setup".
fn headings<'a>(page: &'a Page<'_>) -> impl Iterator<Item = Range<usize>> + 'a {
    let guide = page.guide;
    let own = guide.blocks.iter().filter_map(|block| match block.kind {
        BlockKind::Heading(index) => Some((block.text.start as usize, guide.headings[index].text.as_str())),
        _ => None,
    });
    own.flat_map(|(start, heading)| {
        let named = page.profile.sections.named_connector(heading);
        let at = named.and_then(|name| Some((name, start + guide.text.as_str().get(start..)?.find(name)?)));
        let words = at.into_iter().flat_map(|(name, at)| ends_of_words(name).map(move |end| at..at + end));
        words.take(LONGEST_NAME)
    })
}

/// A bold name that a step on the platform looks for.
fn searched<'a>(page: &'a Page<'_>) -> impl Iterator<Item = Range<usize>> + 'a {
    let flat = &page.guide.text;
    let bold = page.guide.inlines.iter().filter(|inline| inline.kind == InlineKind::Strong);
    bold.map(|inline| inline.text.start as usize..inline.text.end as usize).filter(|place| {
        let before = flat.as_str()[flat.line_before(place.start, LONGEST_NAME_BYTES)].trim_end().to_lowercase();
        let before = before.strip_suffix(" the").unwrap_or(&before);
        // "Find the **Acme** step": another thing has the name.
        let rest = &flat.as_str()[place.end..];
        let is_all = rest.is_empty() || rest.starts_with(['.', ',', '\n']);
        page.platform.contains(place.start) && is_all && SEARCHES.iter().any(|search| before.ends_with(search))
    })
}

/// The names at the beginning of the paragraphs that begin sections: "Acme uses OAuth 2.0".
fn subjects<'a>(page: &'a Page<'_>) -> impl Iterator<Item = Range<usize>> + 'a {
    let guide = page.guide;
    let first = guide.sections.iter().filter_map(|section| {
        let heading = &guide.headings[section.heading?];
        let block = guide.blocks.get(guide.blocks.partition_point(|block| block.span.start < heading.span.end))?;
        (block.kind == BlockKind::Paragraph).then_some(block.text.start as usize..block.text.end as usize)
    });
    first.filter_map(|own| {
        let text = &guide.text.as_str()[own.clone()];
        let mut words = text.split(' ');
        let length = words.by_ref().take_while(|word| !VERBS.contains(word)).map(|word| word.len() + 1).sum::<usize>();
        let name = text.get(..length.checked_sub(1)?)?;
        (is_name(name) && words.next().is_some()).then_some(own.start..own.start + name.len())
    })
}

/// Names before what users have of a product, where what a value is or where it is found is said: "the key of your Acme
/// account", "a set of Acme credentials".
fn owners<'a>(page: &'a Page<'_>) -> impl Iterator<Item = Range<usize>> + 'a {
    let (flat, text) = (&page.guide.text, page.guide.text.as_str());
    let nouns = page.profile.product_words.iter().map(String::as_str).chain([CREDENTIALS]);
    nouns.flat_map(|noun| flat.starts_of(noun).map(move |at| (noun, at))).filter_map(|(noun, at)| {
        let line = flat.line_before(at, LONGEST_NAME_BYTES);
        let before = text[line.clone()].strip_suffix(' ')?;
        let words: Vec<&str> = before.rsplit(' ').take(LONGEST_NAME).take_while(|word| is_name(word)).collect();
        let name = words.iter().map(|word| word.len() + 1).sum::<usize>().checked_sub(1)?;
        let mut lead = before[..before.len() - name].trim_end().rsplit(' ');
        let (determiner, preposition) = (lead.next().unwrap_or_default(), lead.next().unwrap_or_default());
        let is_part = DETERMINERS.contains(&determiner) && PREPOSITIONS.contains(&preposition);
        let is_set = noun == CREDENTIALS && (determiner == "of" || DETERMINERS.contains(&determiner));
        let place = at - 1 - name..at - 1;
        let is_here = page.platform.contains(at) || is_in_cell(page.guide, at);
        (is_part && is_here || is_set).then_some(place)
    })
}

/// Where the words of a text end.
fn ends_of_words(text: &str) -> impl Iterator<Item = usize> + '_ {
    text.match_indices(' ').map(|(at, _)| at).chain([text.len()])
}

/// Whether each word of a text begins as those of names do.
fn is_name(text: &str) -> bool {
    let begins = |word: &str| word.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit());
    text.split(' ').count() <= LONGEST_NAME && text.split(' ').all(begins)
}

fn is_in_cell(guide: &Guide, at: usize) -> bool {
    let place = guide.text.span_of(at..at + 1);
    let block = guide.blocks_around(place).max();
    block.is_some_and(|block| matches!(guide.blocks[block].kind, BlockKind::Cell { .. }))
}
