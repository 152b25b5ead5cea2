//! The keys of values in a configuration, from the names that the guide gives them.

use std::collections::HashMap;

use super::Field;
use crate::profile::{FieldName, Profile, fold, is_same};

/// Gives values their properties in OAuth: a consumer key is the client's identifier, unless another value is that
/// already.
pub(in crate::contract) fn name_for_oauth(fields: &mut [Field], profile: &Profile) {
    // The name of the value that has a key; `None` where values of several names have it.
    let mut holders: HashMap<String, Option<String>> = HashMap::new();
    let hold = |holders: &mut HashMap<String, Option<String>>, key: &str, name: &str| {
        let holder = holders.entry(key.to_owned()).or_insert_with(|| Some(fold(name)));
        if holder.as_ref().is_some_and(|holder| *holder != fold(name)) {
            *holder = None;
        }
    };
    for field in fields.iter() {
        hold(&mut holders, &field.key, &field.name.value);
    }
    for field in fields {
        let Some(key) = profile.field(&field.name.value).and_then(|known| known.oauth.as_ref()) else { continue };
        // A value that is asked for at two levels is one.
        let name = fold(&field.name.value);
        if holders.get(key).is_none_or(|holder| holder.as_ref() == Some(&name)) {
            hold(&mut holders, key, &field.name.value);
            field.key.clone_from(key);
        }
    }
}

/// The property's name for a display name: `Base URL` is `BaseURL`, `api version` is `ApiVersion`.
pub(in crate::contract) fn pascal_case(name: &str) -> String {
    let words = name.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    words
        .flat_map(|word| {
            let mut letters = word.chars();
            let first = letters.next().into_iter().flat_map(char::to_uppercase);
            first.chain(letters).collect::<Vec<_>>()
        })
        .collect()
}

/// The property for a value that the guide calls `name`, where the vocabulary has `key` for it: the spelling is that of
/// the guide.
pub(super) fn key_as_printed(name: &str, key: &str) -> String {
    let neutral = |name: &str| fold(name).replace('z', "s");
    let is_other_spelling = !is_same(name, key) && neutral(name) == neutral(key);
    if is_other_spelling { pascal_case(name) } else { key.to_owned() }
}

/// The value of the vocabulary that a guide calls `name`, where words of its own may be before it: "production API key".
pub(super) fn known<'a>(profile: &'a Profile, name: &str) -> Option<&'a FieldName> {
    let qualified = || {
        let ending = profile.known_ending(name).filter(|ending| ending.starts_with(char::is_uppercase))?;
        name.starts_with(char::is_lowercase).then(|| profile.field(ending)).flatten()
    };
    profile.field(name).or_else(qualified)
}
