//! Names whose values are secret: `ClientSecret`, `api_key`, `Passwort2`. The words are data:
//! `schemas/secret-names.json`.

use std::sync::LazyLock;

use serde::Deserialize;

use crate::nearest;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Names {
    #[serde(rename = "description")]
    _description: String,
    words: Vec<String>,
    endings: Vec<String>,
    anywhere: Vec<String>,
    about: Vec<String>,
    identifiers: Vec<String>,
    public: Vec<String>,
}

static NAMES: LazyLock<Names> = LazyLock::new(|| {
    serde_json::from_str(include_str!("../../schemas/secret-names.json"))
        .expect("the embedded names of secrets are read by the tests")
});

/// Names that are also recognized with a slip, folded.
const OFTEN_MISSPELLED: [&str; 8] = [
    "authvalue", "clientsecret", "password", "accesstoken", "refreshtoken", "authorization", "privatekey",
    "credentials",
];

/// The longest name that is looked at.
const LONGEST: usize = 128;

/// Whether the value under a name is secret: `ClientSecret`, `api_key2`, `Authorization`.
pub fn is_secret_name(name: &str) -> bool {
    let names = &*NAMES;
    let folded = fold(name);
    let ends_in = |words: &[String]| words.iter().any(|word| folded.ends_with(word.as_str()));
    // Most names end otherwise and need not be cut into words.
    if !ends_in(&names.words)
        && !ends_in(&names.endings)
        && !names.anywhere.iter().any(|word| folded.contains(word.as_str()))
    {
        return false;
    }
    if ends_in(&names.public) || ends_in(&names.identifiers) {
        return false;
    }
    let words = words(last_part(name));
    let last = words.last();
    ends_in(&names.endings)
        || last.is_some_and(|last| names.words.contains(last))
        || words.iter().any(|word| names.anywhere.contains(word))
            && !last.is_some_and(|last| names.about.contains(last))
}

/// Whether a name ends in the word `key` and does not say that it is one to an account, as `api_key` does.
pub(super) fn is_general_key(name: &str) -> bool {
    let folded = fold(name);
    folded.ends_with("key") && !NAMES.endings.iter().any(|ending| folded.ends_with(ending.as_str()))
}

/// Whether the value under a name is not shown: a secret, or an identifier that goes with one (`ConsumerKey`).
pub fn is_hidden_name(name: &str) -> bool {
    let identifier = || {
        let folded = fold(name);
        NAMES.identifiers.iter().any(|identifier| folded.ends_with(identifier.as_str()))
    };
    is_secret_name(name) || identifier()
}

/// Whether a name is that of a secret, or was meant to be: `AuthVaule`, `Pasword`.
pub fn is_like_secret_name(name: &str) -> bool {
    is_hidden_name(name) || {
        let folded = fold(name);
        let is_near = |known: &&str| {
            let slips = if known.len() > 8 { 2 } else { 1 };
            nearest::slips(&folded, known, slips).is_some()
        };
        OFTEN_MISSPELLED.iter().any(is_near)
    }
}

/// A name without the digits at its end. The words of a sentence before it do not change what it is.
fn last_part(name: &str) -> &str {
    let name = name.trim_end_matches(|c: char| !c.is_alphabetic());
    name.char_indices().rev().nth(LONGEST).map_or(name, |(at, _)| &name[at..])
}

/// A name in lowercase letters and digits, without the digits at its end.
fn fold(name: &str) -> String {
    last_part(name).chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// The lowercase words of a name: at uppercase letters, digits stay with their word.
pub fn words(name: &str) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    let mut previous_lower = false;
    for c in name.chars() {
        if !c.is_alphanumeric() {
            previous_lower = false;
            words.push(String::new());
            continue;
        }
        if words.is_empty() || (c.is_uppercase() && previous_lower) {
            words.push(String::new());
        }
        previous_lower = c.is_lowercase() || c.is_ascii_digit();
        if let Some(word) = words.last_mut() {
            word.extend(c.to_lowercase());
        }
    }
    words.retain(|word| !word.is_empty());
    words
}
