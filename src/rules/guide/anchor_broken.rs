//! `guide/anchor-broken`

use std::collections::{BTreeSet, HashMap};

use crate::diagnostic::Finding;
use crate::guide::{Guide, Link, LinkForm};
use crate::nearest::closest;
use crate::rule::{LinkedPages, OtherForms, Page, Rule, needs_anchor};
use crate::source::Span;
use crate::workspace::Destination;

pub const RULE: Rule = Rule::guide("guide/anchor-broken", include_str!("anchor_broken.md"), check);

fn check(page: &Page<'_>, found: &mut Vec<Finding>) {
    let guide = page.guide;
    let known_tags = &page.profile.page.liquid_tags;
    let mut others: Option<OtherForms> = None;
    let mut own: Option<Option<&BTreeSet<String>>> = None;
    let mut linked = LinkedPages::of(page.site);
    let mut sources: Option<HashMap<&str, Vec<Span>>> = None;
    for link in &guide.links {
        let address = page.site.target(guide, &link.target, link.target_span);
        let Some(address) = address.filter(|address| address.contains('#')) else { continue };
        let Destination::Page { page: target, fragment: Some(fragment) } =
            page.site.destination(&address, &page.profile.site.hosts)
        else {
            continue;
        };
        if !needs_anchor(fragment) || link.form == LinkForm::Html && guide.text_in(&link.text).trim().is_empty() {
            continue;
        }
        if target == page.site.this_page() {
            let anchors = own.get_or_insert_with(|| (!guide.has_unseen_parts(known_tags)).then(|| guide.anchors()));
            if let Some(anchors) = anchors.as_ref().filter(|anchors| !anchors.contains(fragment))
                && !others.get_or_insert_with(|| OtherForms::of(page.site, guide, anchors)).have(fragment)
                && !page.site.layout_may_have(guide, fragment)
            {
                let sources = sources.get_or_insert_with(|| sources_by_fragment(guide));
                found.push(on_this_page(page, link, fragment, anchors, sources));
            }
        } else if let Some(anchors) = linked.without(target, fragment) {
            let name = address.split('#').next().unwrap_or_default();
            found.push(finding(page, link, fragment, &format!("`{name}`"), &anchors));
        }
    }
}

/// The `<a href="#x">` of a page by their fragments.
fn sources_by_fragment(guide: &Guide) -> HashMap<&str, Vec<Span>> {
    let mut sources: HashMap<&str, Vec<Span>> = HashMap::new();
    for tag in guide.tags.iter().filter(|tag| tag.name == "a") {
        let href = tag.attributes.iter().find(|attribute| attribute.name == "href");
        if let Some((value, _)) = href.and_then(|href| href.value.as_ref()) {
            sources.entry(value.trim_start_matches('#')).or_default().push(tag.span);
        }
    }
    sources
}

/// An `<a href="x">` without an end or text, or one that is the anchor's own name, was meant as the anchor.
fn on_this_page(
    page: &Page<'_>,
    link: &Link,
    fragment: &str,
    anchors: &BTreeSet<String>,
    sources: &HashMap<&str, Vec<Span>>,
) -> Finding {
    let meant = sources.get(fragment).into_iter().flatten().find(|tag| **tag != link.span);
    match meant {
        Some(tag) => Finding::new(link.target_span, format!("anchor `#{fragment}` not found on this page"))
            .label(*tag, "`href` does not define an anchor")
            .help(format!("replace it with `<a name=\"{fragment}\"></a>`")),
        None => finding(page, link, fragment, "this page", anchors),
    }
}

fn finding(page: &Page<'_>, link: &Link, fragment: &str, place: &str, anchors: &BTreeSet<String>) -> Finding {
    let span = link.target_span;
    let bare = fragment.trim_start_matches('#');
    if bare != fragment && anchors.contains(bare) {
        return Finding::new(span, format!("extra `#` in the anchor `#{fragment}`")).help(format!("use `#{bare}`"));
    }
    let finding = Finding::new(span, format!("anchor `#{bare}` not found on {place}"));
    if let Some(near) = nearest(bare, anchors) {
        return finding.help(format!("use `#{near}`"));
    }
    let likely = likely(page, &format!("{bare}-{}", page.guide.text_in(&link.text)), anchors);
    match likely.as_slice() {
        [] => finding.help("add the anchor, or remove the link"),
        [only] => finding.help(format!("use `#{only}`, or add the anchor")),
        several => finding.help(format!("use an anchor of the page: `#{}`", several.join("`, `#"))),
    }
}

/// The anchors that have a word in common with a fragment and the text of its link, besides those of the connector's name;
/// none of many.
fn likely<'a>(page: &Page<'_>, written: &str, anchors: &'a BTreeSet<String>) -> Vec<&'a str> {
    if anchors.len() > MOST_COMPARED {
        return Vec::new();
    }
    let connector = page.contract.connector.as_ref().map_or("", |connector| connector.value.as_str());
    let wanted = &words(&written.to_ascii_lowercase()) - &words(&connector.to_ascii_lowercase());
    let is_likely = |anchor: &&String| {
        let own = words(anchor);
        let shared = own.intersection(&wanted).count();
        shared > 0 && shared * FEWEST_SHARED >= own.len()
    };
    let likely: Vec<&str> = anchors.iter().filter(is_likely).map(String::as_str).collect();
    Some(likely).filter(|likely| likely.len() <= MOST_NAMED).unwrap_or_default()
}

/// Anchors that a message names.
const MOST_NAMED: usize = 6;

/// Of so many words of an anchor one at least is in the fragment or in the text of its link.
const FEWEST_SHARED: usize = 3;

/// Anchors that are compared: no page for people has more.
const MOST_COMPARED: usize = 500;

/// The anchor that `fragment` most likely stands for: one of which a third differs, the only one that has its words, or
/// the one with most of them.
fn nearest<'a>(fragment: &str, anchors: &'a BTreeSet<String>) -> Option<&'a str> {
    if anchors.len() > MOST_COMPARED {
        return None;
    }
    let wanted = fragment.to_ascii_lowercase();
    if let Some((_, best)) = closest(&wanted, wanted.len() / 3, anchors.iter().map(String::as_str)) {
        return Some(best);
    }
    let mut with_words = anchors.iter().filter(|anchor| anchor.contains(&wanted) || wanted.contains(anchor.as_str()));
    let only = with_words.next().map(String::as_str).filter(|_| with_words.next().is_none());
    only.or_else(|| alike(&wanted, anchors))
}

/// Words that say little about a heading.
const LITTLE: [&str; 14] = ["a", "an", "and", "at", "for", "from", "in", "of", "on", "or", "the", "to", "you", "your"];

/// The anchor that shares most words with `fragment`, in any form of them: more than half, and more than any other.
fn alike<'a>(fragment: &str, anchors: &'a BTreeSet<String>) -> Option<&'a str> {
    let wanted = words(fragment);
    let share = |anchor: &str| {
        let other = words(anchor);
        let shared = other.intersection(&wanted).count();
        (shared * 2 > wanted.len().max(other.len())).then(|| (shared * 100) / wanted.union(&other).count())
    };
    let mut ranked: Vec<(usize, &str)> =
        anchors.iter().filter_map(|anchor| Some((share(anchor)?, anchor.as_str()))).collect();
    ranked.sort_unstable_by(|one, other| other.cmp(one));
    match ranked.as_slice() {
        [(_, only)] => Some(only),
        [(first, best), (second, _), ..] if first > second => Some(best),
        _ => None,
    }
}

/// The words of an anchor that say something, without the endings of their forms.
fn words(anchor: &str) -> BTreeSet<String> {
    let words = anchor.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty() && !LITTLE.contains(word));
    let stem = |word: &str| {
        let ending = ["ing", "ed", "es", "s", "e"].iter().find_map(|ending| word.strip_suffix(ending));
        let stem = ending.filter(|stem| stem.len() > 2).unwrap_or(word);
        // `setting`, `getting`: the doubled letter is that of the form.
        let (last, rest) = (stem.chars().next_back(), stem.get(..stem.len().saturating_sub(1)).unwrap_or_default());
        let is_doubled = last.is_some() && rest.chars().next_back() == last && rest.len() > 1;
        if is_doubled { rest.to_owned() } else { stem.to_owned() }
    };
    words.map(stem).collect()
}
