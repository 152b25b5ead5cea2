//! The form of a value, by what the guide says of it: by examples ("enter `acme.example.com`"), by values to choose
//! from ("either **Live** or **Test**"), by words about a part of a URL ("without the `https://`").
//!
//! A description without such words has no form.

use std::cell::OnceCell;
use std::collections::{HashMap, HashSet};
use std::ops::Range;

use super::{Field, Form};
use crate::guide::Guide;
use crate::profile::fold;

mod choices;
mod literals;
mod marks;
mod samples;
mod text;

pub(in crate::contract) use choices::{choice_in, chosen_after, is_kind};
use literals::{Literal, is_address, is_host, literals, placeholders};
pub(in crate::contract) use literals::{beginning, last_marked};
pub use samples::{is_example_word, is_own_thing, marked_samples, samples};
pub(in crate::contract) use text::scheme_of_key;

/// Words before an example, or before what is to be entered.
const INTRODUCTIONS: &[&str] =
    &["example", "e.g", "eg", "i.e", "ie", "enter", "entered", "be", "as", "to", "format", "value", "is", "use"];

/// Words that take a part of a URL away.
const TAKES: &[&str] =
    &["without", "not", "don't", "exclude", "excluding", "remove", "omit", "omitting", "after", "no", "never"];

/// Words that ask for a part of a URL.
const ASKS: &[&str] =
    &["with", "including", "include", "includes", "starting", "starts", "start", "begin", "begins", "use"];

/// Words right before what is to be entered.
const WANTS: &[&str] = &["is", "be", "enter", "use", "as"];

/// How many words before the name of a part may say whether it is wanted.
const REACH: usize = 7;

/// Bytes of a description that are looked at; a cell of a table has far fewer.
const LONGEST_DESCRIPTION: usize = 4096;

/// How many addresses of a description are compared with its other literals; it shows one or two.
const MOST_ADDRESSES: usize = 32;

/// Reads the forms of a guide's values.
pub(super) struct Reader<'a> {
    guide: &'a Guide,
    /// The placeholders at the beginning of hosts, folded.
    placeholders: OnceCell<HashSet<String>>,
    /// The sentences about the characters of a value, in lowercase.
    said: OnceCell<Vec<(String, Form)>>,
}

impl<'a> Reader<'a> {
    pub(super) fn new(guide: &'a Guide) -> Self {
        Self { guide, placeholders: OnceCell::new(), said: OnceCell::new() }
    }

    /// The form of the value called `name` by what a part of the guide's text says of it.
    pub(super) fn form(&self, name: &str, about: Range<usize>) -> Option<Form> {
        let text = beginning(&self.guide.text.as_str()[about.clone()], LONGEST_DESCRIPTION);
        let about = about.start..about.start + text.len();
        let literals = literals(self.guide, about);
        let raw: Vec<&str> = text.split_whitespace().collect();
        let bare: Vec<&str> = raw.iter().map(|word| self::bare(word)).collect();
        if words(name).any(|word| is_one_of(word, &["scope", "scopes"])) {
            return marks::separator(&bare).map(Form::List);
        }
        text::other_than(text, &literals)
            .or_else(|| marks::joined(text))
            .or_else(|| marks::replaced(text, &literals))
            .or_else(|| text::end(text, &literals))
            .or_else(|| boolean(&bare, &literals))
            .or_else(|| marks::separator(&bare).map(Form::List))
            .or_else(|| choices::choice(text, is_kind(name), &literals))
            .or_else(|| text::within_domain(text, name, &literals))
            .or_else(|| match part_of_url(&raw) {
                // An example says whether the name is a whole host.
                Some(Form::Name) => contrast(text, &literals)
                    .or_else(|| example(text, &bare, name, &literals))
                    .filter(|form| matches!(form, Form::Host | Form::Label))
                    .or(Some(Form::Name)),
                form => form,
            })
            .or_else(|| contrast(text, &literals))
            .or_else(|| text::of_longer(text, &literals))
            .or_else(|| one_address(text, &literals))
            .or_else(|| example(text, &bare, name, &literals))
            .or_else(|| text::shape(text, &literals))
            .or_else(|| text::shape_of_parts(text, name, &literals))
            .or_else(|| text::characters(text, &literals))
            .or_else(|| self.by_placeholder(name).or_else(|| by_name(name).filter(|_| !is_switch(&bare))))
            .or_else(|| text::scheme(name, &literals))
    }

    /// What a sentence anywhere in the guide says of the characters of the value called `name`; several words name a value
    /// wherever they are.
    pub(super) fn said_elsewhere(&self, name: &str) -> Option<Form> {
        let name = name.trim().to_ascii_lowercase();
        let said = self.said.get_or_init(|| text::sentences(self.guide));
        said.iter().find_map(|(sentence, form)| match form {
            // "Enter the username in the format `username@{company}`"
            Form::Shape(_) => text::is_shape_of(sentence, &name).then(|| form.clone()),
            Form::Digits(_) => text::counts_digits_of(sentence, &name).then(|| form.clone()),
            _ => (name.contains(' ') && sentence.contains(&name)).then(|| form.clone()),
        })
    }

    /// A value whose name is a placeholder at the beginning of the host of an address anywhere in the guide, as in
    /// `https://{SubDomain}.acme.example`, is one part of a host.
    fn by_placeholder(&self, name: &str) -> Option<Form> {
        let text = self.guide.text.as_str();
        let known = self.placeholders.get_or_init(|| placeholders(text).map(fold).collect());
        let name = fold(name);
        (known.contains(&name) || known.contains(&format!("your{name}"))).then_some(Form::Label)
    }
}

/// Whether a part of the guide's text says that the value is left out.
pub(super) fn is_left_out(guide: &Guide, name: &str, about: Range<usize>) -> bool {
    text::empty(&guide.text.as_str()[about], name).is_some()
}

/// What is between the parts of the credentials: "they have to be joined by a colon".
pub(super) fn joint(text: &str) -> Option<char> {
    let phrases = ["joined by a colon", "joined with a colon", "separated by a colon", "separated with a colon"];
    phrases.iter().any(|phrase| text.contains(phrase)).then_some(':')
}

/// Joins the forms of a value that is asked for in several places: choices are added up, others must agree.
pub(super) fn reconcile(fields: &mut [Field]) {
    let mut joined: HashMap<String, Option<Form>> = HashMap::new();
    for field in fields.iter() {
        let Some(form) = &field.form else { continue };
        let known = joined.entry(field.key.clone()).or_insert_with(|| Some(form.clone()));
        *known = known.take().and_then(|known| join(known, form.clone()));
    }
    for field in fields.iter_mut().filter(|field| field.form.is_some()) {
        // A single value is one of several that the guide does not name.
        let is_choice = |form: &Form| !matches!(form, Form::OneOf(values) if values.len() < 2);
        field.form = joined.get(&field.key).cloned().flatten().filter(is_choice);
    }
}

fn join(one: Form, other: Form) -> Option<Form> {
    match (one, other) {
        (Form::OneOf(mut values), Form::OneOf(more)) => {
            let is_new = |value: &String| !values.contains(value);
            let more: Vec<String> = more.into_iter().filter(is_new).collect();
            values.extend(more);
            values.sort_unstable();
            Some(Form::OneOf(values))
        }
        (Form::Site, Form::Url) | (Form::Url, Form::Site) => Some(Form::Url),
        (one, other) => (one == other).then_some(one),
    }
}

/// The words of a text without the punctuation around them.
fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split_whitespace().map(bare)
}

/// The last word of a text.
fn last_word(text: &str) -> Option<&str> {
    text.split_whitespace().rev().map(bare).find(|word| !word.is_empty())
}

fn bare(word: &str) -> &str {
    word.trim_matches(|c: char| !c.is_alphanumeric() && c != '/')
}

fn is_one_of(word: &str, list: &[&str]) -> bool {
    list.iter().any(|known| known.eq_ignore_ascii_case(word))
}

/// `true` and `false`, or one of them that a value is set to under a condition.
fn boolean(words: &[&str], literals: &[Literal<'_>]) -> Option<Form> {
    let has = |word: &str| literals.iter().any(|literal| literal.text.eq_ignore_ascii_case(word));
    let is_set = || words.iter().any(|word| word.eq_ignore_ascii_case("set"));
    let is_printed = || words.windows(3).any(|three| three == ["true", "or", "false"]);
    (has("true") && (has("false") || is_set()) || is_printed()).then_some(Form::Boolean)
}

/// Whether the value says whether something is done.
fn is_switch(words: &[&str]) -> bool {
    words.first().is_some_and(|word| is_one_of(word, &["whether"]))
}

/// Whether the guide asks for the scheme of a URL, or for a URL without its scheme or without a slash at its end.
fn part_of_url(raw: &[&str]) -> Option<Form> {
    raw.iter().enumerate().find_map(|(at, word)| {
        let part = bare(word).trim_end_matches("//").trim_end_matches(':');
        let before = |count: usize| at.checked_sub(count).map(|at| raw[at]);
        let is_kind = is_one_of(part, &["protocol", "scheme"]);
        if !is_kind && !is_one_of(part, &["http", "https", "slash", "slashes"]) {
            return None;
        }
        let quoted = before(1).filter(|word| is_kind && word.starts_with(['"', '\'', '\u{201c}', '\u{2018}']));
        let wanted = polarity(&raw[at.saturating_sub(REACH)..at])?;
        match (part.to_ascii_lowercase().as_str(), wanted) {
            (_, true) if quoted.is_some() => quoted.map(|word| Form::Scheme(bare(word).to_owned())),
            ("http" | "https", true) => Some(Form::Url),
            ("http" | "https" | "protocol" | "scheme", false) => {
                Some(if is_before_domain(&raw[at..]) { Form::Label } else { Form::Name })
            }
            ("slash" | "slashes", false) => Some(Form::WithoutSlash),
            _ => None,
        }
    })
}

/// Whether the part that is to be entered ends before a domain: "after `https://` and before `.acme.example`".
fn is_before_domain(words: &[&str]) -> bool {
    let near = &words[..words.len().min(REACH)];
    near.windows(2).any(|pair| {
        let domain = pair[1].trim_start_matches(|c: char| !c.is_alphanumeric() && c != '.');
        is_one_of(bare(pair[0]), &["before"]) && domain.starts_with('.') && domain.len() > 1
    })
}

/// Whether the last of the words that take something away or ask for it asks for it; `None` where the sentence has
/// none.
fn polarity(before: &[&str]) -> Option<bool> {
    let ends = |word: &&str| word.ends_with(['.', '?', '!', ';']) && !is_one_of(bare(word), INTRODUCTIONS);
    let sentence = before.iter().rposition(ends).map_or(0, |at| at + 1);
    // "Do not use", "not including": the word that takes away decides.
    let words = &before[sentence..];
    if words.iter().any(|word| is_one_of(bare(word), TAKES)) {
        return Some(false);
    }
    words.iter().any(|word| is_one_of(bare(word), ASKS)).then_some(true)
}

/// A URL and the part of it that is to be entered: "if you use `https://acme.example.com`, enter `acme`".
fn contrast(text: &str, literals: &[Literal<'_>]) -> Option<Form> {
    let plain: Vec<(&Literal<'_>, String)> = literals.iter().map(|literal| (literal, literal.plain())).collect();
    let addresses: Vec<&(&Literal<'_>, String)> =
        plain.iter().filter(|(_, plain)| is_address(plain)).take(MOST_ADDRESSES).collect();
    let marked = plain.iter().rev().find_map(|(part, plain)| {
        let mut wholes = addresses.iter().filter(|(whole, _)| whole.text != part.text);
        wholes.find_map(|(_, whole)| part_form(plain, whole))
    });
    // "If it is acme.example.com, the name will be acme"
    let in_words = || {
        addresses.iter().any(|(whole, plain)| {
            let rest = plain.split_once("://").map_or(plain.as_str(), |(_, rest)| rest);
            let own = rest.split('.').next().unwrap_or_default();
            let after: Vec<&str> = words(&text[whole.range.end..]).filter(|word| !word.is_empty()).collect();
            after.windows(2).any(|pair| pair[1] == own && is_one_of(pair[0], WANTS))
        })
    };
    marked.or_else(|| in_words().then_some(Form::Label))
}

/// The form of a `part` of the address `whole`; `None` if it is not a part of it.
fn part_form(part: &str, whole: &str) -> Option<Form> {
    let rest = whole.split_once("://").map_or(whole, |(_, rest)| rest);
    let authority = rest.split(['/', '?', '#']).next().unwrap_or_default();
    let (host, number) = authority.split_once(':').unwrap_or((authority, ""));
    if part.contains("://") {
        let path = whole.strip_prefix(part).unwrap_or_default();
        let is_origin = !part.trim_end_matches('/').rsplit("://").next().unwrap_or_default().contains('/');
        return (is_origin && path.trim_matches('/').len() > 1 && path.starts_with('/')).then_some(Form::Origin);
    }
    if !number.is_empty() && number == part {
        return Some(Form::Number);
    }
    if part.contains('.') {
        return (whole.contains("://") && host.eq_ignore_ascii_case(part)).then_some(Form::Host);
    }
    if host.split('.').any(|label| label.eq_ignore_ascii_case(part) && label != "www") {
        return Some(Form::Label);
    }
    rest[authority.len()..].split('/').any(|folder| folder == part && !part.is_empty()).then_some(Form::Name)
}

/// One of several addresses with a scheme: "One of these: `https://api.acme.example` or `https://test.acme.example`".
fn one_address(text: &str, literals: &[Literal<'_>]) -> Option<Form> {
    let urls =
        literals.iter().filter(|literal| literal.text.contains("://") && literal.placeholder().is_none()).count();
    let lower = text.to_lowercase();
    let announces = ["one of", "either"].iter().any(|words| lower.contains(words));
    (urls > 1 && announces && !lower.contains("select")).then_some(Form::Url)
}

/// The addresses that are given as examples, or that are to be entered: all with a scheme, or all without one.
fn example(text: &str, bare: &[&str], name: &str, literals: &[Literal<'_>]) -> Option<Form> {
    let is_open = |pair: &[&str]| is_one_of(pair[0], &["custom"]) && is_one_of(pair[1], &["domain", "domains", "URLs"]);
    if bare.windows(2).any(is_open) {
        return None;
    }
    let is_introduction = |word: &str| is_one_of(word, INTRODUCTIONS);
    let end = |word: &str| word.as_ptr() as usize - text.as_ptr() as usize + word.len();
    let first = text.split_whitespace().find(|word| is_introduction(self::bare(word))).map(end);
    let introduced = |literal: &&Literal<'_>| {
        let mut before = text[..literal.range.start].split_whitespace().rev().map(self::bare);
        before.find(|word| !word.is_empty()).is_some_and(is_introduction)
            || literal.marked && first.is_some_and(|first| first <= literal.range.start)
    };
    let examples: Vec<&Literal<'_>> =
        literals.iter().filter(|literal| is_address(&literal.plain())).filter(introduced).collect();
    let last = examples.last()?;
    let has_scheme = last.text.contains("://");
    // Of an address and what to enter for it, the latter counts.
    let is_wanted = || {
        let lead = last_word(&text[..last.range.start]);
        last.marked && lead.is_some_and(|word| is_one_of(word, WANTS))
    };
    if examples.iter().any(|other| other.text.contains("://") != has_scheme) && (has_scheme || !is_wanted()) {
        return None;
    }
    let last_word = name.split_whitespace().next_back().unwrap_or_default();
    match last.placeholder() {
        Some(placeholder) if placeholder.to_lowercase().ends_with(&last_word.to_lowercase()) => Some(Form::Label),
        Some(_) if has_scheme && !is_one_of(last_word, &["URL", "URI"]) => None,
        _ if has_scheme && !last.text.starts_with("http") => {
            last.scheme().map(|scheme| Form::Scheme(scheme.to_owned()))
        }
        _ if has_scheme && examples.iter().all(|example| is_origin(example.text)) => Some(Form::Site),
        _ if has_scheme => Some(Form::Url),
        _ => is_host(&last.plain()).then_some(Form::Host),
    }
}

/// Whether a URL ends after its host, without a slash.
fn is_origin(url: &str) -> bool {
    url.split_once("://").is_some_and(|(_, rest)| !rest.contains(['/', '?', '#']))
}

/// The form that the name implies: a port is a number.
fn by_name(name: &str) -> Option<Form> {
    let words: Vec<&str> = words(name).collect();
    let is_single = !words.iter().any(|word| is_one_of(word, &["and", "or"]));
    let last = words.last().filter(|_| is_single)?;
    if is_one_of(last, &["Port"]) {
        return Some(Form::Number);
    }
    let is_email = |word: &&str| is_one_of(word, &["Email", "E-mail"]);
    let before_last = words.len().checked_sub(2).and_then(|at| words.get(at));
    (is_email(last) || is_one_of(last, &["Address"]) && before_last.is_some_and(is_email)).then_some(Form::Email)
}
