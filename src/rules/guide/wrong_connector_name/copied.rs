//! Names of other connectors that came with a copied heading, and are not in the rest of the page.

use std::collections::BTreeMap;
use std::ops::Range;

use super::{LONGEST_NAME, is_known};
use crate::guide::{BlockKind, Guide};
use crate::profile::fold;
use crate::rule::Page;
use crate::rule::names::is_alike;

/// The names, each of them in a heading that says what the page is about.
pub(super) fn names(page: &Page<'_>, connector: &str) -> Vec<Range<usize>> {
    let flat = &page.guide.text;
    let places: Vec<Range<usize>> = headings(page).collect();
    // A guide with a section about its own application may speak of another one as well.
    if places.iter().any(|place| is_alike(connector, &flat.as_str()[place.clone()])) {
        return Vec::new();
    }
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

/// Where the words of a text end.
fn ends_of_words(text: &str) -> impl Iterator<Item = usize> + '_ {
    text.match_indices(' ').map(|(at, _)| at).chain([text.len()])
}
