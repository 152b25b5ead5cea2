//! Values that a guide names in passing, in a sentence or as the heading of a part.

use std::collections::{BTreeSet, HashSet};

use super::Field;
use super::fields::{Told, pascal_case};
use crate::guide::{Guide, InlineKind};
use crate::profile::{FieldName, Profile, fold};

/// The most words of a name that is looked for in sentences.
const LONGEST_NAME: usize = 3;

/// The properties of values that a guide names and does not ask for, sorted: names of the vocabulary, and strong
/// or code texts that are names of values.
pub(super) fn mentioned(guide: &Guide, profile: &Profile, fields: &[Field], told: &[Told]) -> Vec<String> {
    // In American or British spelling.
    let neutral = |name: &str| fold(name).replace('z', "s");
    let asked_for: HashSet<String> =
        fields.iter().flat_map(|field| [neutral(&field.key), neutral(&field.name.value)]).collect();
    let mut found: BTreeSet<String> = BTreeSet::new();
    let mut add = |key: String| {
        if !key.is_empty() && !asked_for.contains(&neutral(&key)) {
            found.insert(key);
        }
    };
    let marked = guide.inlines.iter().filter(|inline| matches!(inline.kind, InlineKind::Strong | InlineKind::Code));
    let marked = marked.map(|inline| guide.slice(inline.content).trim().trim_end_matches(':'));
    let headings = guide.headings.iter().flat_map(|heading| {
        // "How to find your Site Code"
        let named = heading.text.rsplit_once(" your ").map(|(_, name)| name.trim());
        named.into_iter().chain([heading.text.trim()])
    });
    for name in marked.chain(headings).filter(|name| name.split(' ').count() <= LONGEST_NAME) {
        if name.chars().all(|c| c.is_alphanumeric() || matches!(c, ' ' | '-' | '_')) && profile.names_a_value(name) {
            add(profile.field(name).map_or_else(|| pascal_case(name), |field| field.key.clone()));
        }
    }
    for told in told {
        let name = &guide.text.as_str()[told.name.clone()];
        add(profile.field(name).map_or_else(|| pascal_case(name), |field| field.key.clone()));
    }
    let words: Vec<&str> = guide.text.as_str().split_whitespace().collect();
    for start in 0..words.len() {
        for count in 1..=LONGEST_NAME.min(words.len() - start) {
            // Every guide speaks of keys and secrets.
            let is_name = |field: &&FieldName| count > 1 || !field.secret;
            if let Some(field) = profile.field(&words[start..start + count].join(" ")).filter(is_name) {
                add(field.key.clone());
            }
        }
    }
    found.into_iter().collect()
}
