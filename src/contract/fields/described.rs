//! Values that a guide describes without asking for them on the platform: "1. The server of your account, for example
//! **acme.example.com**", or a part of the page under the name of a value.

use std::collections::HashSet;
use std::ops::Range;

use super::keys::key_as_printed;
use super::told::Told;
use super::{Field, Form, Found, Level, forms, pascal_case, sections};
use crate::guide::{BlockKind, Guide, Inline, InlineKind};
use crate::profile::Profile;
use crate::secrets::is_secret_name;

/// The most words of a name that begins a line without marks.
const LONGEST_NAME: usize = 3;

/// The most sentences of a line.
const MOST_SENTENCES: usize = 4;

/// The most bytes of what is said of a value.
const LONGEST_ABOUT: usize = 2048;

/// Words before a name.
const LEADS: &[&str] = &["the ", "your ", "a ", "an ", "enter ", "enter the ", "enter your ", "set the ", "set your "];

/// The values, except `asked_for`, whose form the guide describes, in its own words or in a step (`told`). No configuration has to have them.
pub(in crate::contract) fn described(
    guide: &Guide,
    profile: &Profile,
    connector: Option<&str>,
    asked_for: &[Field],
    told: Vec<Told>,
) -> Vec<Field> {
    let reader = forms::Reader::new(guide);
    let mut found: Vec<Field> = Vec::new();
    let mut known_forms: HashSet<String> =
        asked_for.iter().filter(|field| field.form.is_some()).map(|field| field.key.clone()).collect();
    for (name, about) in in_lines(guide, profile, connector).chain(in_headings(guide, profile)) {
        let name_text = &guide.text.as_str()[name.clone()];
        let known = profile.field(name_text);
        let key = known.map_or_else(|| pascal_case(name_text), |known| key_as_printed(name_text, &known.key));
        let secret = known.map_or_else(|| is_secret_name(name_text), |known| known.secret);
        // The client has forms of the vendor's own.
        let is_client = matches!(key.as_str(), "ClientId" | "ClientSecret");
        if is_client || known_forms.contains(&key) {
            continue;
        }
        let form = reader.form(name_text, about.clone()).or_else(|| reader.said_elsewhere(name_text));
        let form = form.filter(|form| is_kept(form) && (!secret || form.is_of_secrets()));
        // What is said may be about a value that the guide asks for: "If the domain is `X`, the host name is `Y`".
        let (text, own) = (guide.text.as_str()[about.clone()].to_lowercase(), name_text.to_lowercase());
        let is_of_other = |field: &Field| {
            let other = field.name.value.to_lowercase();
            field.form == form && text.contains(&other) && !other.ends_with(&own)
        };
        if form.is_none() || asked_for.iter().any(is_of_other) {
            continue;
        }
        known_forms.insert(key.clone());
        let samples = if secret { Vec::new() } else { forms::samples(guide, about) };
        let span = guide.text.span_of(name.clone());
        let name = Found { value: name_text.to_owned(), line: guide.source.line(span.start), span: Some(span) };
        found.push(Field { samples, ..unasked(name, key, secret, form) });
    }
    found.extend(in_steps(guide, profile, told, &mut known_forms));
    found
}

/// The values of which steps say what to choose, or that they are left empty.
fn in_steps(guide: &Guide, profile: &Profile, told: Vec<Told>, known_forms: &mut HashSet<String>) -> Vec<Field> {
    let field = |told: Told| {
        let form = told.form?;
        let text = &guide.text.as_str()[told.name.clone()];
        let known = profile.field(text);
        let key = known.map_or_else(|| pascal_case(text), |known| key_as_printed(text, &known.key));
        let secret = known.map_or_else(|| is_secret_name(text), |known| known.secret);
        let is_new = (form == Form::Empty || !secret) && known_forms.insert(key.clone());
        let span = guide.text.span_of(told.name);
        let name = Found { value: text.to_owned(), line: guide.source.line(span.start), span: Some(span) };
        is_new.then(|| unasked(name, key, secret, Some(form)))
    };
    told.into_iter().filter_map(field).collect()
}

/// A value that no configuration has to have.
fn unasked(name: Found<String>, key: String, secret: bool, form: Option<Form>) -> Field {
    let (level, samples) = (Level::Account, Vec::new());
    Field { name, key, optional: true, conditional: true, when: None, secret, level, form, samples }
}

/// Whether sentences that are not about the platform can be trusted with a form: they offer other choices.
fn is_kept(form: &Form) -> bool {
    !matches!(form, Form::OneOf(_) | Form::List(_) | Form::Boolean | Form::Empty)
}

/// The names at the beginnings of items, paragraphs and their sentences, each with what follows it there.
fn in_lines<'a>(
    guide: &'a Guide,
    profile: &'a Profile,
    connector: Option<&'a str>,
) -> impl Iterator<Item = (Range<usize>, Range<usize>)> + 'a {
    let is_line = |kind: &BlockKind| matches!(kind, BlockKind::Item(_) | BlockKind::Paragraph);
    let blocks = guide.blocks.iter().enumerate().filter(move |(_, block)| is_line(&block.kind));
    blocks.flat_map(move |(id, block)| {
        let (start, end) = (block.text.start as usize, block.text.end as usize);
        let strong = guide
            .inlines_of(id)
            .first()
            .filter(|inline| inline.kind == InlineKind::Strong && inline.text.start as usize == start);
        let names: Vec<Range<usize>> = if let Some(strong) = strong {
            strong_name(guide, profile, strong).into_iter().collect()
        } else {
            let sentences = guide.text.as_str()[start..end].match_indices(". ").map(|(at, _)| start + at + 2);
            let starts = std::iter::once(start).chain(sentences).take(MOST_SENTENCES);
            starts.filter_map(|start| name_at(guide, profile, connector, start..end)).collect()
        };
        names.into_iter().map(move |name| (name.clone(), near(guide, name.end..end)))
    })
}

/// The name that a strong text is.
fn strong_name(guide: &Guide, profile: &Profile, strong: &Inline) -> Option<Range<usize>> {
    let (start, end) = (strong.text.start as usize, strong.text.end as usize);
    let name = guide.text.as_str()[start..end].trim_matches(|c: char| !c.is_alphanumeric());
    let start = start + guide.text.as_str()[start..end].find(name)?;
    profile.names_a_value(name).then(|| start..start + name.len())
}

/// The beginning of a part of the text.
fn near(guide: &Guide, part: Range<usize>) -> Range<usize> {
    part.start..part.start + forms::beginning(&guide.text.as_str()[part.clone()], LONGEST_ABOUT).len()
}

/// The name of the vocabulary that a line begins with, after an article or the name of the connector.
fn name_at(guide: &Guide, profile: &Profile, connector: Option<&str>, line: Range<usize>) -> Option<Range<usize>> {
    let text = &guide.text.as_str()[line.clone()];
    let begins =
        |at: usize, lead: &str| text.get(at..at + lead.len()).is_some_and(|head| head.eq_ignore_ascii_case(lead));
    let lead = LEADS.iter().filter(|lead| begins(0, lead)).map(|lead| lead.len()).max().unwrap_or_default();
    let own = connector.filter(|connector| begins(lead, connector) && text[lead + connector.len()..].starts_with(' '));
    let lead = lead + own.map_or(0, |connector| connector.len() + 1);
    let ends = text[lead..].match_indices(|c: char| !c.is_alphanumeric()).map(|(at, _)| at);
    let ends: Vec<usize> = ends.chain([text.len() - lead]).take(LONGEST_NAME).collect();
    // "Log in to ..." is a step.
    let is_name = |end: &usize| profile.field(&text[lead..lead + end]).is_some_and(|known| known.key != "Login");
    let end = ends.into_iter().rev().find(is_name).filter(|_| text[lead..].starts_with(char::is_alphanumeric))?;
    let name = text[lead..lead + end].trim_end_matches(|c: char| !c.is_alphanumeric());
    Some(line.start + lead..line.start + lead + name.len())
}

fn is_capitalised(word: &str) -> bool {
    word.starts_with(char::is_uppercase)
}

/// The names in headings, at their ends or before a word for values in general, each with the text of the section.
fn in_headings<'a>(guide: &'a Guide, profile: &'a Profile) -> impl Iterator<Item = (Range<usize>, Range<usize>)> + 'a {
    let sections = guide.sections.iter().filter_map(|section| Some((section, &guide.headings[section.heading?])));
    sections.filter_map(|(section, heading)| {
        let text = heading.text.trim();
        let text = [" property", " value", " setting"].iter().find_map(|end| text.strip_suffix(end)).unwrap_or(text);
        let is_short = text.split(' ').count() <= LONGEST_NAME && text.split(' ').all(is_capitalised);
        let name = profile.known_ending(text).or_else(|| (is_short && profile.names_a_value(text)).then_some(text))?;
        let block = &guide.blocks[heading.block].text;
        let own = block.start as usize + guide.text_of(heading.block).rfind(name)?;
        let about = sections::text_of(guide, section)?;
        Some((own..own + name.len(), near(guide, about)))
    })
}
