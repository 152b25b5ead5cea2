//! `guide/setup-field-name`

mod described;
mod other_key;

use std::collections::{HashMap, HashSet};
use std::ops::Range;

use crate::contract::Field;
use crate::diagnostic::{Edit, Finding, Fix};
use crate::guide::{BlockId, BlockKind, Guide, InlineKind};
use crate::profile::{FieldName, fold, is_same};
use crate::rule::{Page, Rule};
use crate::source::Span;

pub const RULE: Rule =
    Rule::convention("guide/setup-field-name", include_str!("setup_field_name.md"), check).info().safe_fix();

/// Names of fewer words have one order, and names of more are sentences.
const WORDS_IN_ORDER: usize = 3;

/// Bytes of a description in which it is looked for.
const LONGEST_DESCRIPTION: usize = 300;

/// The last word of the name of an identifier, and how many values it is looked for in.
const ID: &str = "ID";
const MOST_FIELDS: usize = 50;

/// What names a secret without being it.
const ID_OF_SECRET: &str = "secret id";

fn check(page: &Page<'_>, found: &mut Vec<Finding>) {
    let mut reported: HashSet<&str> = HashSet::new();
    let mut usual: HashMap<&str, bool> = HashMap::new();
    for field in &page.contract.fields {
        let name = field.name.value.as_str();
        if !reported.contains(name)
            && let Some(finding) = misspelled(page, field, &mut usual)
        {
            reported.insert(name);
            found.push(finding);
        }
    }
    found.extend(marked_names(page).filter_map(|place| misordered(page, place)));
    found.extend(page.contract.fields.iter().filter_map(|field| id_of_secret(page, field)));
    found.extend(page.contract.fields.iter().find_map(|field| shortened(page, field)));
    let on_platform = &page.platform;
    found.extend(other_key::check(page, on_platform));
    let needed: Vec<Range<usize>> = needed_lists(page).map(|list| range_of(page.guide, list)).collect();
    let others = other_texts(page);
    let mut seen: HashSet<String> = HashSet::new();
    for field in page.contract.fields.iter().filter(|field| !reported.contains(field.name.value.as_str())) {
        if seen.insert(fold(&field.name.value)) {
            found.extend(spelled_otherwise(page, &needed, &others, field));
        }
    }
}

/// A name that the vocabulary spells in another way; the fix replaces it wherever it is set as a name. `usual` has the
/// names that were looked for in the page.
fn misspelled<'p>(page: &Page<'p>, field: &'p Field, usual: &mut HashMap<&'p str, bool>) -> Option<Finding> {
    let known = page.profile.field(&field.name.value)?;
    let (name, right) = (field.name.value.as_str(), known.name.as_str());
    // Another word for the value, such as `Organisation ID`, is not another spelling, and one that the profile has as a
    // variant is right.
    let is_right = name == right || known.variants.iter().any(|variant| variant == name);
    if is_right || !is_same(name, right) || !is_set_as_name(page, field) {
        return None;
    }
    if *usual.entry(name).or_insert_with(|| is_usual(page.guide, name, right)) {
        return None;
    }
    let span = field.name.span?;
    let fuller = described::fuller(page, known, span);
    let help = fuller
        .map_or(format!("use `{right}`"), |fuller| format!("use `{fuller}`, as the description has it, or `{right}`"));
    let finding = Finding::new(span, format!("misspelled field name `{name}`")).help(help);
    if page.guide.slice(span) != name {
        return Some(finding);
    }
    let marked = marked(page.guide, name).filter(|other| *other != span);
    let described = described::places(page.guide, name, span);
    // Elsewhere, it may be a label of the application.
    let marked: Vec<Span> = marked.collect();
    let is_safe = marked.is_empty() && described.is_empty() && fuller.is_none();
    let places = std::iter::once(span).chain(marked).chain(described);
    let edits: Vec<Edit> = places.map(|place| Edit::replace(place, right)).collect();
    Some(finding.fix(Fix::safe_if(is_safe, format!("use `{right}`"), edits)))
}

/// Where bold text or code outside headings is.
fn marked_names<'a>(page: &Page<'a>) -> impl Iterator<Item = Span> + 'a {
    let guide = page.guide;
    let marked = guide.inlines.iter().filter(|inline| matches!(inline.kind, InlineKind::Strong | InlineKind::Code));
    marked.map(|inline| inline.content).filter(|content| !guide.is_in_heading(*content))
}

/// The words of a name of the vocabulary in another order: `Access Secret Key`.
fn misordered(page: &Page<'_>, place: Span) -> Option<Finding> {
    let written = page.guide.slice(place);
    if written.split(' ').count() != WORDS_IN_ORDER || page.profile.field(written).is_some() {
        return None;
    }
    let sorted = |name: &str| {
        let mut words: Vec<String> = name.split(' ').map(str::to_lowercase).collect();
        words.sort_unstable();
        words
    };
    let words = sorted(written);
    let has_words = |name: &&FieldName| name.name.len() == written.len() && sorted(&name.name) == words;
    let known = page.profile.fields.iter().find(has_words)?;
    let message = format!("words of a name in another order: `{written}`");
    Some(Finding::new(place, message).help(format!("use `{}`", known.name)))
}

/// The description of a secret that calls it the ID of a secret, which is another value.
fn id_of_secret(page: &Page<'_>, field: &Field) -> Option<Finding> {
    let (guide, name) = (page.guide, &field.name.value);
    if !field.secret || !name.to_ascii_lowercase().ends_with("secret") {
        return None;
    }
    let own = &guide.blocks[guide.row_around(field.name.span?)?].text;
    let text = guide.text.as_str();
    let end = text.floor_char_boundary((own.end as usize).min(own.start as usize + LONGEST_DESCRIPTION));
    let whole = own.start as usize..end;
    let at = whole.start + text[whole].to_ascii_lowercase().find(ID_OF_SECRET)?;
    let place = at..at + ID_OF_SECRET.len();
    let is_whole = !text[place.end..].starts_with(char::is_alphanumeric);
    is_whole.then(|| {
        let message = format!("wrong field name `{}` for `{name}`", &text[place.clone()]);
        let help = format!("use `{name}`, or the name that the application gives to the secret");
        Finding::new(guide.text.span_of(place), message).help(help)
    })
}

/// A secret without the first word of the identifier that is asked for beside it: `Secret` beside `Client ID`.
fn shortened(page: &Page<'_>, field: &Field) -> Option<Finding> {
    let name = field.name.value.as_str();
    let is_word = field.secret && !name.contains(' ') && name.starts_with(char::is_uppercase);
    let fuller = page.contract.fields.iter().take(MOST_FIELDS).find_map(|other| {
        let (first, _) = other.name.value.split_once(' ').filter(|(_, rest)| *rest == ID)?;
        let known = page.profile.field(&format!("{first} {name}"))?;
        (known.secret && known.name.ends_with(name)).then_some((&known.name, other))
    });
    let (fuller, other) = fuller.filter(|_| is_word)?;
    // The application may have both names.
    let is_field = page.contract.fields.iter().any(|other| fold(&other.name.value) == fold(fuller));
    let mut strong = page.guide.inlines.iter().filter(|inline| inline.kind == InlineKind::Strong);
    let is_named = strong
        .any(|inline| page.guide.slice(inline.content) == name && !page.platform.contains(inline.text.start as usize));
    if is_field || is_named {
        return None;
    }
    let finding =
        Finding::new(field.name.span?, format!("shortened field name `{name}` beside `{}`", other.name.value));
    Some(finding.maybe_label(other.name.span, "identifier").help(format!("use `{fuller}`")))
}

/// Where bold text is nothing but a name.
fn marked<'a>(guide: &'a Guide, name: &'a str) -> impl Iterator<Item = Span> + 'a {
    let strong = guide.inlines.iter().filter(|inline| inline.kind == InlineKind::Strong);
    strong
        .map(|inline| inline.content)
        .filter(move |content| guide.slice(*content) == name && !guide.is_in_heading(*content))
}

/// The bold texts outside headings and the items of lists of needed values, except those where the guide asks for a value,
/// by their lowercase letters.
fn other_texts(page: &Page<'_>) -> HashMap<String, Vec<Span>> {
    let guide = page.guide;
    let fields: HashSet<Span> = page.contract.fields.iter().filter_map(|field| field.name.span).collect();
    let strong = guide.inlines.iter().filter(|inline| inline.kind == InlineKind::Strong).map(|inline| inline.content);
    let items = needed_lists(page).flat_map(|list| guide.children(list)).map(|item| {
        let own = guide.own_text(item);
        let text = guide.text.as_str()[own.clone()].trim_end_matches(['.', ':', ' ']);
        guide.text.span_of(own.start..own.start + text.len())
    });
    let mut texts: HashMap<String, Vec<Span>> = HashMap::new();
    for content in strong.chain(items).filter(|content| !fields.contains(content) && !guide.is_in_heading(*content)) {
        texts.entry(guide.slice(content).trim_end_matches(':').to_ascii_lowercase()).or_default().push(content);
    }
    texts
}

/// The lists below a sentence that says that their items are needed. Steps may have labels of the application.
fn needed_lists<'a>(page: &Page<'a>) -> impl Iterator<Item = BlockId> + 'a {
    let (guide, needs) = (page.guide, &page.profile.values.needs);
    let lists = (1..guide.blocks.len()).filter(|id| guide.blocks[*id].kind == BlockKind::List { ordered: false });
    lists.filter(move |list| needs.is_in(&guide.text.searchable_in(range_of(guide, list - 1))))
}

fn range_of(guide: &Guide, block: BlockId) -> Range<usize> {
    let text = &guide.blocks[block].text;
    text.start as usize..text.end as usize
}

/// Bold text that is the name of a value in another spelling than where the guide asks for it.
fn spelled_otherwise(
    page: &Page<'_>,
    needed: &[Range<usize>],
    others: &HashMap<String, Vec<Span>>,
    field: &Field,
) -> Option<Finding> {
    let guide = page.guide;
    let (name, place) = (field.name.value.as_str(), field.name.span?);
    let written = |content: Span| guide.slice(content).trim_end_matches(':');
    // Elsewhere, the text may be a label of the application, or a word of the sentence.
    let is_of_guide = |content: Span| {
        let text = guide.block_around(content).map(|block| block.text.start as usize..block.text.end as usize);
        let is_needed = |text: &Range<usize>| needed.iter().any(|list| list.contains(&text.start));
        let needs = |text: Range<usize>| page.profile.values.needs.is_in(&guide.text.searchable_in(text));
        let is_name = written(content).starts_with(char::is_uppercase);
        text.is_some_and(|text| {
            is_needed(&text) && written(content).contains(char::is_uppercase)
                || is_name && (page.platform.contains(text.start) || needs(text))
        })
    };
    let is_asked = |name: &str| page.contract.fields.iter().any(|field| field.name.value == name);
    let is_other = |content: &Span| !is_asked(written(*content)) && is_of_guide(*content);
    let other = others.get(&name.to_ascii_lowercase())?.iter().copied().find(is_other)?;
    let written = written(other);
    let message = format!("inconsistent field name: `{written}` here, `{name}` where the value is entered");
    Some(Finding::new(other, message).label(place, "entered here").help("use one name, that of the form"))
}

/// Whether the page writes the words of a name apart or together as this one does, and never as the vocabulary has it:
/// the application may show them so.
fn is_usual(guide: &Guide, name: &str, right: &str) -> bool {
    let (name, right, text) = (name.to_lowercase(), right.to_lowercase(), guide.text.as_str().to_lowercase());
    name != right && name.contains(' ') && text.matches(&name).nth(1).is_some() && !text.contains(&right)
}

/// Whether the name stands for itself, in a table or in bold, and is not a word of the sentence.
fn is_set_as_name(page: &Page<'_>, field: &Field) -> bool {
    let Some(span) = field.name.span else { return false };
    let guide = page.guide;
    let is_bold = || guide.inlines_around(span).any(|inline| inline.kind == InlineKind::Strong);
    let block = guide.block_around(span);
    block.is_some_and(|block| matches!(block.kind, BlockKind::Cell { .. })) || is_bold()
}
