//! `guide/setup-field-missing`

mod coordinated;
mod renamed;

use std::cell::LazyCell;
use std::collections::{HashMap, HashSet};

use crate::contract::{AuthKind, Field, Found, Level};
use crate::diagnostic::Finding;
use crate::guide::words::VERBS_OF_STEPS;
use crate::guide::{Block, BlockId, BlockKind, InlineKind};
use crate::profile::{Evidence, FieldName, GuideKind, fold};
use crate::rule::{Page, Rule};
use crate::searchable::Searchable;
use crate::source::Span;

pub const RULE: Rule =
    Rule::convention("guide/setup-field-missing", include_str!("setup_field_missing.md"), check).warning();

/// Bytes before the second word of a pair in which the first one is looked for.
const LONGEST_PAIR: usize = 48;

/// Words in the longest name of a key.
const MOST_WORDS: usize = 4;

/// More values are not compared with a list.
const MOST_FIELDS: usize = 50;

/// Bytes of the longest item that names a value.
const LONGEST_ITEM: usize = 200;

/// Words of the description of a value that is chosen in the form.
const CHOICES: [&str; 7] = ["select", "choose", "dropdown", "drop-down", "either", "default", "true or false"];

/// Words before an example of a value that no application gives: a time zone, a date.
const BEFORE_EXAMPLES: [&str; 3] = ["for example", "such as", "e.g."];

/// Words before a table of the values that were not entered before.
const LATER: [&str; 2] = ["If you did not enter them", "If you didn't enter them"];

fn check(page: &Page<'_>, found: &mut Vec<Finding>) {
    if page.kind == GuideKind::Setup && !page.contract.fields.is_empty() {
        promised(page, found);
        stated(page, found);
        coordinated::check(page, found);
        credentials(page, found);
        renamed::check(page, found);
        half_asked(page, found);
        unlisted(page, found);
        second_table(page, found);
    }
}

/// A key that is asked for without the secret that the application creates with it: "create an API Key and Secret".
fn half_asked(page: &Page<'_>, found: &mut Vec<Finding>) {
    let guide = page.guide;
    let has_secret = |field: &Field| field.name.value.to_lowercase().contains("secret");
    if page.contract.fields.iter().any(has_secret) {
        return;
    }
    let secrets = page.contract.fields.iter().filter(|field| field.secret);
    let fields: HashMap<String, &Field> = secrets.map(|field| (field.name.value.to_lowercase(), field)).collect();
    let platform = &page.platform;
    for secret in guide.text.starts_of("secret") {
        let before = &guide.text.as_str()[guide.text.line_before(secret, LONGEST_PAIR)];
        let Some(first) = [" and ", " & "].iter().find_map(|and| before.strip_suffix(and)) else { continue };
        // The longest name that the text ends with has few words.
        let starts = first.rmatch_indices(' ').map(|(at, _)| at + 1).chain([0]).take(MOST_WORDS);
        let named = starts.into_iter().find_map(|at| fields.get(&first[at..].to_lowercase()));
        let Some(field) = named.filter(|_| !platform.contains(secret)) else { continue };
        let Some(place) = field.name.span else { continue };
        let span = guide.text.span_of(secret..secret + "secret".len());
        let finding = Finding::new(place, format!("secret of `{}` missing beside it", field.name.value));
        found.push(finding.label(span, "secret").help("add it to the values to enter, or remove it from the steps"));
        return;
    }
}

/// A table of values to enter later, if they were not entered before, without one of them.
fn second_table(page: &Page<'_>, found: &mut Vec<Finding>) {
    let guide = page.guide;
    let Some(promise) = LATER.iter().find_map(|words| guide.text.as_str().find(words)) else { return };
    let in_table = |field: &&Field| {
        let block = field.name.span.and_then(|name| guide.block_around(name));
        block.is_some_and(|block| matches!(block.kind, BlockKind::Cell { .. }))
    };
    let of = |level: Level| page.contract.fields.iter().filter(in_table).filter(move |field| field.level == level);
    let later: HashSet<String> = of(Level::Account).map(|field| fold(&field.name.value)).collect();
    let first = of(Level::Account).find_map(|field| field.name.span);
    let Some(first) = first.filter(|first| guide.text.span_of(promise..promise + 1).start < first.start) else {
        return;
    };
    for field in of(Level::Console).filter(|field| !later.contains(&fold(&field.name.value))) {
        let finding = Finding::new(first, format!("field `{}` missing from the second table", field.name.value));
        let finding = finding.maybe_label(field.name.span, "first table");
        found.push(finding.help(format!("add `{}` to this table", field.name.value)));
    }
}

/// Values that a list names as needed and that no step asks for.
fn promised(page: &Page<'_>, found: &mut Vec<Finding>) {
    let guide = page.guide;
    // Few lists name values.
    let asked = LazyCell::new(|| asked(page));
    let lists = (0..guide.blocks.len()).filter(|id| matches!(guide.blocks[*id].kind, BlockKind::List { .. }));
    for list in lists {
        let named = named(page, list);
        let is_asked_for = |field: &FieldName| asked.contains(field.key.as_str());
        if !named.iter().any(|(_, field)| is_asked_for(field)) {
            continue;
        }
        for (item, field) in named {
            if !is_asked_for(field) {
                found.push(
                    Finding::new(
                        guide.blocks[item].span,
                        format!("field `{}` missing from the values to enter", field.name),
                    )
                    .help("add it to the values to enter, or remove it from this list"),
                );
            }
        }
    }
}

/// Values that the setup asks for, and that neither the list of the needed ones nor any step of the application has.
fn unlisted(page: &Page<'_>, found: &mut Vec<Finding>) {
    let (guide, platform) = (page.guide, &page.platform);
    let fields = &page.contract.fields;
    if fields.len() > MOST_FIELDS {
        return;
    }
    let lists = (1..guide.blocks.len()).filter(|id| matches!(guide.blocks[*id].kind, BlockKind::List { .. }));
    let mut lists = lists.filter(|list| {
        let before = &guide.blocks[list - 1].text;
        let lead = guide.text.searchable_in(before.start as usize..before.end as usize);
        !platform.contains(guide.blocks[*list].text.start as usize)
            && page.profile.values.needs.is_in(&lead)
            && states_needs(guide.text_in(before))
    });
    let items = |list: BlockId| guide.children(list).map(|item| fold(guide.text_of(item))).collect::<Vec<String>>();
    let Some((list, items)) = lists.find_map(|list| {
        let items = items(list);
        let is_named = guide.children(list).all(|item| names_one(guide.text_of(item), fields));
        (!items.is_empty() && is_named).then_some((list, items))
    }) else {
        return;
    };
    let [_, elsewhere] = platform.folded(guide.text.as_str());
    let mut seen = HashSet::new();
    for field in fields.iter().filter(|field| !field.optional && seen.insert(&field.key)) {
        let name = fold(&field.name.value);
        let is_variant = items.iter().any(|item| item.contains(&name) || name.contains(item.as_str()));
        let is_callback = page.profile.callback.announcements.is_in(&Searchable::new(&field.name.value));
        let Some(span) = field.name.span.filter(|_| !is_variant && !is_callback && !field.conditional) else {
            continue;
        };
        let is_asked = items.len() > 1 || page.profile.names_a_value(&field.name.value);
        if is_asked && !elsewhere.contains(&name) && !is_chosen(page, field, span) {
            let message = format!("field `{}` missing from the needed values", field.name.value);
            let finding = Finding::new(span, message).label(guide.blocks[list].span, "needed values");
            found.push(finding.help("add it to the list, with the steps that give it"));
        }
    }
}

/// Whether a text before a list says what the reader needs: neither a step ("Tell them that you need") nor a condition.
fn states_needs(lead: &str) -> bool {
    let sentence = lead.rsplit(". ").next().unwrap_or(lead).to_lowercase();
    let first = sentence.split(|c: char| !c.is_alphanumeric()).next().unwrap_or_default();
    !VERBS_OF_STEPS.contains(&first) && !sentence.split(' ').any(|word| ["if", "that"].contains(&word))
}

/// Whether the item of a list begins with a value, and names no other: "The API key of your account."
fn names_one(item: &str, fields: &[Field]) -> bool {
    if item.len() > LONGEST_ITEM {
        return false;
    }
    let words = |text: &str| format!(" {} ", text.to_lowercase().replace(|c: char| !c.is_alphanumeric(), " "));
    let item = words(item);
    let named: HashSet<String> =
        fields.iter().map(|field| words(&field.name.value)).filter(|name| item.contains(name.as_str())).collect();
    // `API Key ID` has the name of another value in it.
    let is_part = |name: &String| named.iter().any(|other| other != name && other.contains(name.as_str()));
    let mut whole = named.iter().filter(|name| !is_part(name));
    let (Some(name), None) = (whole.next(), whole.next()) else { return false };
    let article = [" a ", " an ", " the ", " your "].into_iter().find(|article| item.starts_with(article));
    let rest = item[article.map_or(0, |article| article.len() - 1)..].strip_prefix(name.as_str());
    // "A domain with a certificate" is a condition.
    rest.is_some_and(|rest| rest.split(' ').next().is_none_or(|next| next != "with"))
}

/// Whether the value of a row is chosen there, or has a default, or an example where its name is not that of a usual value.
fn is_chosen(page: &Page<'_>, field: &Field, name: Span) -> bool {
    let row = page.guide.row_around(name).map_or("", |row| page.guide.text_of(row)).to_lowercase();
    let has_one_of = |words: &[&str]| words.iter().any(|word| row.contains(word));
    has_one_of(&CHOICES) || !page.profile.names_a_value(&field.name.value) && has_one_of(&BEFORE_EXAMPLES)
}

/// Values that a sentence names as needed, where tables ask for all values and none has this one.
fn stated(page: &Page<'_>, found: &mut Vec<Finding>) {
    let guide = page.guide;
    if !page.profile.values.needs.is_in(&guide.text.searchable()) {
        return;
    }
    let cells: Vec<&Block> = guide.blocks.iter().filter(|block| matches!(block.kind, BlockKind::Cell { .. })).collect();
    let cell_at = |place: Span| {
        let after = cells.partition_point(|cell| cell.span.start <= place.start);
        cells[..after].last().filter(|cell| cell.span.contains(place))
    };
    let is_in_cell = |asked: &Field| asked.name.span.and_then(cell_at).is_some();
    if !page.contract.fields.iter().all(is_in_cell) {
        return;
    }
    let asked = asked(page);
    let table: String = cells.iter().map(|cell| guide.text_in(&cell.text).to_lowercase() + " ").collect();
    let names: Vec<String> = page.contract.fields.iter().map(|field| field.name.value.to_lowercase()).collect();
    // Under another name the value has a word in common: `Organization` for `Organization ID`. A word of the name of
    // another value does not count: `API Key` for `API Version`.
    let is_in_table = |name: &str| {
        let (first, endings) = (name.split(' ').next().unwrap_or(name), &page.profile.values.name_endings);
        let own = name.to_lowercase();
        let is_other = |other: &&String| other.contains(' ') && !own.contains(other.as_str()) && !other.contains(&own);
        let table = names.iter().filter(is_other).fold(table.clone(), |table, other| table.replace(other.as_str(), ""));
        name.split(' ').any(|word| (word == first || !endings.contains(word)) && table.contains(&word.to_lowercase()))
    };
    let mut reported = HashSet::new();
    for bold in guide.inlines.iter().filter(|inline| inline.kind == InlineKind::Strong) {
        let paragraph = &guide.blocks[bold.block];
        let before = guide.source.text().get(paragraph.span.range().start..bold.span.range().start);
        let sentence = before.unwrap_or_default().rsplit(". ").next().unwrap_or_default();
        if paragraph.kind != BlockKind::Paragraph || !page.profile.values.needs.is_in(&Searchable::new(sentence)) {
            continue;
        }
        let Some(field) = page.profile.field(guide.slice(bold.content).trim()) else { continue };
        if !asked.contains(field.key.as_str()) && reported.insert(&field.key) && !is_in_table(&field.name) {
            found.push(
                Finding::new(bold.span, format!("field `{}` missing from the values to enter", field.name))
                    .help("add it to the values to enter, or remove it here"),
            );
        }
    }
}

/// Whether a value that the guide asks for is the one of the vocabulary.
fn is(page: &Page<'_>, asked: &Field, known: &FieldName) -> bool {
    let own = page.profile.field(&asked.name.value);
    own.map_or(asked.key == known.key, |own| own.key == known.key)
}

/// The keys of the values that the guide asks for, by the vocabulary where it has them.
fn asked<'a>(page: &Page<'a>) -> HashSet<&'a str> {
    let key = |asked: &'a Field| page.profile.field(&asked.name.value).map_or(&*asked.key, |own| &*own.key);
    page.contract.fields.iter().map(key).collect()
}

/// The items of a list all of which are names of values.
fn named<'a>(page: &Page<'a>, list: BlockId) -> Vec<(BlockId, &'a FieldName)> {
    let named = page.guide.children(list).map(|item| {
        let name = page.guide.text_of(item).trim().trim_end_matches('.');
        Some((item, page.profile.field(name)?))
    });
    named.collect::<Option<_>>().unwrap_or_default()
}

/// A guide with a callback URL that asks for one of the client's two credentials only.
fn credentials(page: &Page<'_>, found: &mut Vec<Finding>) {
    let is_oauth =
        matches!(page.contract.auth, Some(Found { value: AuthKind::OAuth2, .. })) && page.contract.callback.is_some();
    let asked = |known: &FieldName| page.contract.fields.iter().find(|field| is(page, field, known));
    let Some((id, secret)) = client_pair(&page.profile.fields) else { return };
    let (missing, given) = match (asked(id), asked(secret)) {
        // Under another name, any secret may be the one that is meant, and any value the identifier.
        (Some(given), None) if page.contract.fields.iter().all(|field| !field.secret) => (secret, given),
        (None, Some(given)) if page.contract.fields.len() == 1 => (id, given),
        _ => return,
    };
    let Some(span) = given.name.span.filter(|_| is_oauth) else { return };
    found.push(
        Finding::new(span, format!("field `{}` missing beside this value", missing.name))
            .help(format!("add `{}` to the values to enter", missing.name)),
    );
}

/// The identifier and the secret of an OAuth client: the first secret that implies OAuth 2.0, and the
/// first open value that begins with the same word.
fn client_pair(fields: &[FieldName]) -> Option<(&FieldName, &FieldName)> {
    let first_word = |field: &FieldName| field.name.split(' ').next().map(str::to_lowercase);
    let mut secrets = fields.iter().filter(|field| field.secret && field.auth == Some(Evidence::OAuth2));
    secrets.find_map(|secret| {
        let id = fields.iter().find(|field| !field.secret && first_word(field) == first_word(secret))?;
        Some((id, secret))
    })
}
