//! What a guide passes as the user name and as the password of Basic authentication: "passing the **Acme Key** as the
//! username", "the secret in the `Password` field", "the Acme ID and the token as username and password".

use std::collections::BTreeMap;
use std::ops::Range;

use super::keys::pascal_case;
use super::{AuthKind, Field, Found, Level, all_sentences, forms};
use crate::guide::Guide;
use crate::profile::{Profile, is_same};

/// The words for the two, and the properties that hold them.
const ROLES: [(&str, &str); 3] = [("username", "Username"), ("user name", "Username"), ("password", "Password")];

/// What begins the part of a sentence about another value.
const STARTS: [&str; 9] = [". ", ", ", "; ", ": ", "\n", "(", " and the ", " and then ", " and your "];

/// The longest part of a sentence about one value, in bytes.
const LONGEST_CLAUSE: usize = 120;

/// The most words after the name of a value: "you have just copied".
const MOST_WORDS_AFTER: usize = 5;

/// The most words of a marked name.
const LONGEST_NAME: usize = 3;

/// Words before `as` that compare.
const COMPARISONS: [&str; 4] = ["same", "such", "known", "well"];

const QUOTES: [char; 6] = ['"', '\'', '`', '\u{201c}', '\u{201d}', ' '];

/// A value that is passed as the user name or as the password.
pub(in crate::contract) struct Passed {
    /// The property: `Username` or `Password`.
    key: &'static str,
    /// Where the word for it is in the guide's text.
    role: Range<usize>,
    /// The property that the vendor's name for it would be.
    source: Option<String>,
}

/// The values that a guide passes so, in order.
pub(in crate::contract) fn passed(guide: &Guide, profile: &Profile) -> Vec<Passed> {
    let text = guide.text.as_str().to_ascii_lowercase();
    let places =
        ROLES.iter().flat_map(|(word, key)| text.match_indices(word).map(move |(at, _)| (at, word.len(), *key)));
    let mut places: Vec<(usize, usize, &'static str)> = places.filter(|(at, ..)| !is_denied(&text, *at)).collect();
    places.sort_unstable();
    let mut found: Vec<Passed> = Vec::new();
    // Where the first of two words together ends, and what is said of the second.
    let mut second: Option<(usize, Range<usize>)> = None;
    for (at, length, key) in places {
        let role = at..at + length;
        if let Some((_, clause)) = second.take().filter(|(end, _)| text[*end..at].trim() == "and") {
            found.push(Passed { key, role, source: source_in(guide, profile, clause) });
        } else if let Some(mut clause) = clause(&text, &role) {
            if is_both(&text, &role) {
                let and = text[clause.clone()].rfind(" and ").map(|and| clause.start + and);
                second = Some((role.end, and.unwrap_or(clause.end)..clause.end));
                clause.end = and.unwrap_or(clause.start);
            }
            found.push(Passed { key, role, source: source_in(guide, profile, clause) });
        }
    }
    found
}

/// Bytes before a role in which its sentence begins.
const LONGEST_SENTENCE: usize = 300;

/// Words of a sentence about how the connector signs in.
const SIGN_INS: [&str; 2] = ["connector", "authenticat"];

/// The fields of a guide that asks for none otherwise and passes a user name and a password in one sentence about the
/// connector, which has no other way to sign in.
pub(in crate::contract) fn fields(guide: &Guide, profile: &Profile, passed: &[Passed]) -> Vec<Field> {
    let (text, searchable) = (guide.text.as_str(), guide.text.searchable());
    let speaks = |sentence: &Range<usize>| {
        let sentence = text[sentence.clone()].to_ascii_lowercase();
        SIGN_INS.iter().any(|word| sentence.contains(word))
    };
    let others = profile.auth.phrases.iter().filter(|phrases| phrases.kind != AuthKind::Basic);
    let places = others.flat_map(|phrases| phrases.any.find_in(&searchable)).map(|(_, place)| place);
    // What is passed belongs to this way to sign in.
    let is_passed = |place: &Range<usize>| {
        let name = &text[place.clone()];
        passed.iter().filter_map(|one| one.source.as_ref()).any(|source| is_same(source, name))
    };
    let mut other_places: Vec<usize> = places.filter(|place| !is_passed(place)).map(|place| place.start).collect();
    other_places.sort_unstable();
    // The sentences on how the connector signs in, and whether each has words for another way.
    let has_other = |sentence: &Range<usize>| {
        let next = other_places.partition_point(|place| *place < sentence.start);
        other_places.get(next).is_some_and(|place| sentence.contains(place))
    };
    let mut spoken: Vec<(Range<usize>, bool)> = all_sentences(guide)
        .filter(speaks)
        .map(|sentence| {
            let other = has_other(&sentence);
            (sentence, other)
        })
        .collect();
    spoken.sort_by_key(|(sentence, _)| sentence.start);
    let with_other = spoken.iter().filter(|(_, other)| *other).count();
    let is_pair = |pair: &&[Passed]| {
        let after = spoken.partition_point(|(sentence, _)| sentence.start <= pair[0].role.start);
        let own = spoken[..after]
            .last()
            .filter(|(sentence, _)| sentence.contains(&pair[0].role.start) && sentence.contains(&pair[1].role.start));
        pair[0].key == "Username"
            && pair[1].key == "Password"
            && own.is_some_and(|(_, other)| with_other == usize::from(*other))
    };
    let pair = passed.windows(2).find(is_pair).unwrap_or_default();
    let field = |one: &Passed| {
        let span = guide.text.span_of(one.role.clone());
        Field {
            name: Found { value: one.key.to_owned(), line: guide.source.line(span.start), span: Some(span) },
            key: one.key.to_owned(),
            optional: false,
            conditional: false,
            when: None,
            secret: one.key == "Password",
            level: Level::Account,
            form: None,
            samples: Vec::new(),
        }
    };
    pair.iter().map(field).collect()
}

/// Basic authentication, where a guide passes a value of another name as the password.
pub(in crate::contract) fn as_password(guide: &Guide, passed: &[Passed]) -> Option<Found<AuthKind>> {
    let password = passed.iter().find(|one| one.key == "Password" && one.source.is_some())?;
    let span = guide.text.span_of(password.role.clone());
    Some(Found { value: AuthKind::Basic, line: guide.source.line(span.start), span: Some(span) })
}

/// The properties that the vendor's names would be, with those that hold the values.
pub(in crate::contract) fn sources(passed: Vec<Passed>) -> BTreeMap<String, String> {
    passed.into_iter().filter_map(|one| Some((one.source?, one.key.to_owned()))).collect()
}

/// Whether a sentence says before a place what is not passed.
fn is_denied(text: &str, at: usize) -> bool {
    let near = &text[text.ceil_char_boundary(at.saturating_sub(LONGEST_SENTENCE))..at];
    let sentence = near.rsplit(['.', '\n']).next().unwrap_or_default();
    let mut words = sentence.split(|c: char| !c.is_alphanumeric());
    words.any(|word| matches!(word, "not" | "t" | "never" | "no" | "without" | "instead"))
}

/// What a sentence says of the value before the word for its role: "the Acme Key" in "passing the Acme Key as the username".
fn clause(text: &str, role: &Range<usize>) -> Option<Range<usize>> {
    let before = text[..role.start].trim_end_matches(QUOTES);
    let before = [" the", " your", " a"].iter().find_map(|article| before.strip_suffix(article)).unwrap_or(before);
    let after = text[role.end..].trim_start_matches(QUOTES);
    let in_field = || {
        let is_field = after.starts_with("field") || after.starts_with("box");
        [" in", " into"].iter().find_map(|word| before.strip_suffix(word)).filter(|_| is_field)
    };
    let is_told = |before: &&str| !COMPARISONS.iter().any(|word| before.ends_with(word));
    let end = before.strip_suffix(" as").filter(is_told).or_else(in_field)?.len();
    let near = text.ceil_char_boundary(end.saturating_sub(LONGEST_CLAUSE));
    let is_between = |mark: &&&str| !(is_both(text, role) && mark.starts_with(" and"));
    let starts = STARTS.iter().filter(is_between);
    let start = starts.filter_map(|mark| Some(near + text[near..end].rfind(mark)? + mark.len())).max();
    Some(start.unwrap_or(near)..end)
}

/// Whether a word for the user name is followed by that for the password.
fn is_both(text: &str, role: &Range<usize>) -> bool {
    text[role.end..].starts_with(" and password")
}

/// The value that a part of a sentence names.
fn source_in(guide: &Guide, profile: &Profile, clause: Range<usize>) -> Option<String> {
    let text = guide.text.as_str()[clause.clone()].trim_matches(QUOTES);
    let is_name = |name: &&str| {
        let is_short = name.split(' ').count() <= LONGEST_NAME;
        is_short && (name.starts_with(char::is_uppercase) || profile.names_a_value(name))
    };
    let ends = text.match_indices(' ').map(|(at, _)| at).rev();
    let known = || {
        std::iter::once(text.len())
            .chain(ends)
            .take(MOST_WORDS_AFTER)
            .find_map(|end| profile.known_ending(&text[..end]))
    };
    let name = forms::last_marked(guide, clause).filter(is_name).or_else(known)?;
    let is_role = ROLES.iter().any(|(word, _)| is_same(word, name));
    (!is_role).then(|| profile.field(name).map_or_else(|| pascal_case(name), |known| known.key.clone()))
}
