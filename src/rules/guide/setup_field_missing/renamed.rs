//! Values that are asked for under another name than the steps of the application give them.

use std::collections::{BTreeSet, HashMap, HashSet};
use std::ops::Range;

use crate::diagnostic::Finding;
use crate::guide::{Guide, InlineKind, Style};
use crate::profile::{Evidence, FieldName, Places, fold, is_same};
use crate::rule::Page;
use crate::source::Span;

/// Words before a reference to earlier steps that is all that is said of a value: "Also retrieved from the above steps".
const MOST_WORDS: usize = 3;

/// Bytes before a reference that may belong to it.
const LONGEST_REFERENCE: usize = 64;

/// Verbs between a value and the steps that give it.
const VERBS: [&str; 6] = ["obtained", "retrieved", "created", "generated", "copied", "noted"];

/// Ends of the names of addresses.
const ADDRESSES: [&str; 2] = ["URL", "URI"];

pub(super) fn check(page: &Page<'_>, found: &mut Vec<Finding>) {
    if !unnamed_above(page, found) {
        other_secret(page, found);
    }
}

/// A value that earlier steps are said to give, and where the text above it ends.
struct Referred<'a> {
    name: &'a str,
    span: Span,
    above: usize,
}

/// Values "retrieved from the above steps" that no step above names, where the steps name others.
fn unnamed_above(page: &Page<'_>, found: &mut Vec<Finding>) -> bool {
    let (guide, before) = (page.guide, found.len());
    let references = page.profile.values.back_references.places_in(&guide.text.searchable());
    if references.is_empty() {
        return false;
    }
    let (mut seen, mut others) = (HashSet::new(), None);
    let mut firsts: HashMap<&str, (Option<usize>, Option<usize>)> = HashMap::new();
    for Referred { name, span, above } in described(page, &references).chain(mentioned(page, &references)) {
        if !seen.insert(fold(name)) {
            continue;
        }
        let words = name.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
        let places: Vec<_> =
            words.map(|word| *firsts.entry(word).or_insert_with(|| first_places(guide, word))).collect();
        let is_above = |place: Option<usize>| place.is_some_and(|place| place < above);
        // A heading may name the only value, and its steps call it otherwise: "Retrieving the API key".
        let last = page.contract.fields.len() > 1 || places.last().is_none_or(|(_, in_text)| is_above(*in_text));
        if last && places.iter().all(|(place, _)| is_above(*place)) {
            continue;
        }
        let others = others.get_or_insert_with(|| named_before(page, above));
        if !others.is_empty() {
            let other = other_name(page, others, name).map(|other| guide.text.span_of(other.clone()));
            let finding = Finding::new(span, format!("`{name}` is not named in the steps above"));
            let finding = finding.maybe_label(other, "another name");
            found.push(finding.help("use one name for the value, in the steps and here"));
        }
    }
    found.len() > before
}

/// Values to enter of which nothing is said but that earlier steps give them.
fn described<'a>(page: &'a Page<'_>, references: &Places) -> impl Iterator<Item = Referred<'a>> {
    let (guide, text) = (page.guide, &page.guide.text);
    page.contract.fields.iter().filter_map(move |field| {
        let (name, span) = (field.name.value.as_str(), field.name.span?);
        let own = &guide.blocks[guide.row_around(span)?].text;
        let own = own.start as usize..own.end as usize;
        let end = text.place_of(&own, span.range().start)? + name.len();
        let reference = references.within(&(end..own.end)).first()?;
        let between = text.as_str().get(end..reference.start).filter(|between| between.len() < LONGEST_REFERENCE)?;
        (between.split_whitespace().count() <= MOST_WORDS).then_some(Referred { name, span, above: own.start })
    })
}

/// Values in sentences: "enter the API key obtained in the above steps".
fn mentioned<'a>(page: &'a Page<'_>, references: &Places) -> impl Iterator<Item = Referred<'a>> {
    let (guide, text) = (page.guide, &page.guide.text);
    references.within(&(0..text.len())).iter().filter_map(move |reference| {
        let start = text.line_before(reference.start, LONGEST_REFERENCE).start;
        let (before, verb) = text.as_str()[start..reference.start].trim_end().rsplit_once(' ')?;
        let names = before.rmatch_indices(' ').map(|(at, _)| at + 1).take(MOST_WORDS);
        let is_value = |name: &str| page.profile.field(name).is_some_and(|known| known.secret || known.auth.is_some());
        let at = names.filter(|at| VERBS.contains(&verb) && is_value(&before[*at..])).last()?;
        let span = text.span_of(start + at..start + before.len());
        let above = guide.block_around(span)?.text.start as usize;
        Some(Referred { name: &before[at..], span, above })
    })
}

/// Where a word, or its plural, is first, and where outside headings.
fn first_places(guide: &Guide, word: &str) -> (Option<usize>, Option<usize>) {
    let text = &guide.text;
    let plural = format!("{word}s");
    let places = || text.starts_of(word).chain(text.starts_of(&plural));
    (places().min(), places().filter(|at| !text.style_at(*at).has(Style::HEADING)).min())
}

/// The names of values to sign in with before a place, in order: a word that ends one outside headings, with the one
/// before it.
fn named_before(page: &Page<'_>, end: usize) -> Vec<Range<usize>> {
    let (text, platform) = (&page.guide.text, &page.platform);
    let of_sign_in = page.profile.fields.iter().filter(|field| field.secret || field.auth.is_some());
    let endings: BTreeSet<&str> = of_sign_in.filter_map(|field| field.name.split(' ').next_back()).collect();
    let is_it = |at: &usize| *at < end && !platform.contains(*at) && !text.style_at(*at).has(Style::HEADING);
    let places = endings.into_iter().flat_map(|word| text.starts_of(word).map(move |at| at..at + word.len()));
    let mut names: Vec<Range<usize>> = places
        .filter(|place| is_it(&place.start))
        .map(|place| {
            let before = &text.as_str()[text.line_before(place.start, LONGEST_REFERENCE)];
            let first = before.trim_end().rsplit(' ').next().unwrap_or_default();
            let is_part = before.ends_with(' ') && first.starts_with(char::is_uppercase);
            if is_part { place.start - 1 - first.len()..place.end } else { place }
        })
        .collect();
    names.sort_by_key(|name| name.start);
    names
}

/// Which of some names may be another one of the value `name`: one that ends in the same word, else the only one. It is
/// no address, and no value that is asked for has it.
fn other_name<'n>(page: &Page<'_>, names: &'n [Range<usize>], name: &str) -> Option<&'n Range<usize>> {
    let shown = |place: &Range<usize>| &page.guide.text.as_str()[place.clone()];
    let is_claimed = |name: &str| page.contract.fields.iter().any(|field| is_same(&field.name.value, name));
    let is_address = |name: &str| ADDRESSES.iter().any(|end| name.ends_with(end));
    let mut free = names.iter().filter(|place| !is_claimed(shown(place)) && !is_address(shown(place)));
    let last = |name: &str| name.rsplit(' ').next().map(fold);
    let alike = free.clone().rfind(|place| last(shown(place)) == last(name));
    let first = free.next();
    alike.or_else(|| first.filter(|first| free.all(|place| is_same(shown(place), shown(first)))))
}

/// Secrets that are asked for under a name that the rest of the guide never has, where it has another one that is not
/// asked for.
fn other_secret(page: &Page<'_>, found: &mut Vec<Finding>) {
    let (guide, platform) = (page.guide, &page.platform);
    let marked = guide.inlines.iter().filter(|inline| matches!(inline.kind, InlineKind::Strong | InlineKind::Code));
    let given = marked.filter(|inline| !platform.contains(inline.text.start as usize)).filter_map(|inline| {
        let known = page.profile.field(guide.text_in(&inline.text).trim())?;
        known.secret.then_some((inline.span, known))
    });
    let mut names = HashSet::new();
    let given: Vec<(Span, &FieldName)> = given.filter(|(_, known)| names.insert(&*known.key)).collect();
    if given.is_empty() {
        return;
    }
    let [on_platform, elsewhere] = platform.folded(guide.text.as_str());
    let is_unused = |known: &FieldName| !on_platform.contains(&fold(&known.name));
    let unused: Vec<&(Span, &FieldName)> = given.iter().filter(|(_, known)| is_unused(known)).collect();
    let mut seen = HashSet::new();
    for field in page.contract.fields.iter().filter(|field| field.secret) {
        let Some(known) = page.profile.field(&field.name.value).filter(|known| seen.insert(&*known.key)) else {
            continue;
        };
        let Some(span) = field.name.span.filter(|_| !elsewhere.contains(&fold(&known.name))) else { continue };
        // What a user signs in with is not given by the guide.
        let is_of_user = matches!(known.auth, Some(Evidence::User | Evidence::Password));
        let shares_word =
            |other: &FieldName| known.name.split(' ').any(|word| other.name.split(' ').any(|own| own == word));
        let Some((place, other)) = unused.iter().find(|(_, other)| shares_word(other)).filter(|_| !is_of_user) else {
            continue;
        };
        let own = description(guide, span);
        if !given.iter().any(|(_, known)| own.contains(&fold(&known.name))) {
            let message = format!("`{}` is not named in the steps of the application", field.name.value);
            let help = format!("describe which value of the application it is, such as `{}`", other.name);
            found.push(Finding::new(span, message).label(*place, format!("`{}`", other.name)).help(help));
        }
    }
}

/// The letters and digits of the row or line that the name of a value is in.
fn description(guide: &Guide, name: Span) -> String {
    guide.row_around(name).map(|row| fold(guide.text_of(row))).unwrap_or_default()
}
