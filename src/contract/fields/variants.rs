//! Sections for different readers: their headings differ only in a remark, as in "Account setup (production)" and "Account
//! setup (sandbox)". A value that only some of them ask for is optional, or belongs to the choice that each of them names:
//! "Select **Production**".

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::ops::Range;

use super::FieldFound;
use crate::contract::{Form, When};
use crate::guide::Guide;
use crate::profile::fold;

/// The most values of a choice.
const MOST_VALUES: usize = 16;

/// A section with a remark in its heading.
struct Variant {
    heading: String,
    remark: String,
    /// Its fields among all.
    fields: Range<usize>,
}

/// Marks the fields that only some variants of a section ask for. `read` has each section with its fields among those
/// that were found.
pub(super) fn mark_optional(guide: &Guide, read: &[(usize, Range<usize>)], found: &mut [FieldFound]) {
    let mut beside: BTreeMap<Option<usize>, Vec<Variant>> = BTreeMap::new();
    for (section, fields) in read.iter().filter(|(_, fields)| !fields.is_empty()) {
        let section = &guide.sections[*section];
        let heading = section.heading.map_or("", |heading| guide.headings[heading].text.as_str());
        let Some((heading, remark)) = heading.trim_end().strip_suffix(')').and_then(|text| text.rsplit_once('('))
        else {
            continue;
        };
        let variant = Variant { heading: fold(heading), remark: fold(remark), fields: fields.clone() };
        beside.entry(section.parent).or_default().push(variant);
    }
    for variants in beside.values().filter(|variants| are_alternatives(variants)) {
        let remarks: BTreeSet<&str> = variants.iter().map(|variant| variant.remark.as_str()).collect();
        let mut asking: HashMap<String, BTreeSet<&str>> = HashMap::new();
        for variant in variants {
            for one in &found[variant.fields.clone()] {
                asking.entry(one.field.key.clone()).or_default().insert(&variant.remark);
            }
        }
        for one in variants.iter().flat_map(|variant| variant.fields.clone()) {
            let field = &mut found[one].field;
            field.optional |= field.when.is_none() && asking[&field.key].len() < remarks.len();
        }
    }
}

/// Ties the fields of sections to the choice that the sections are for: one has "Select **Production**" for the same
/// property for which another one has "Select **Sandbox**". Other sections are for a choice that their headings name.
pub(super) fn tie_to_choices(guide: &Guide, read: &[(usize, Range<usize>)], found: &mut [FieldFound]) {
    let choices: Vec<(String, String)> = read.iter().filter_map(|(_, fields)| choice(&found[fields.clone()])).collect();
    let mut first: HashMap<&str, &str> = HashMap::new();
    let mut other = choices.iter().filter(|(key, value)| *first.entry(key).or_insert(value) != value);
    let Some(key) = other.next().map(|(key, _)| key.clone()) else { return };
    let values: BTreeSet<String> = choices.into_iter().filter(|(own, _)| *own == key).map(|(_, value)| value).collect();
    if values.len() > MOST_VALUES {
        return;
    }
    let mut asking: HashMap<String, BTreeSet<&str>> = HashMap::new();
    for (section, fields) in read {
        let heading = guide.sections[*section].heading.map_or("", |heading| guide.headings[heading].text.as_str());
        let in_heading = || {
            let words: Vec<String> = heading.split_whitespace().map(fold).collect();
            values.iter().find(|value| words.contains(&fold(value)))
        };
        let own = choice(&found[fields.clone()]).filter(|(own, _)| *own == key).map(|(_, value)| value);
        let value = own.as_ref().map_or_else(in_heading, |own| values.get(own));
        for one in &found[fields.clone()] {
            let for_values = asking.entry(one.field.key.clone()).or_default();
            // Without a choice, the section is for all of them.
            for_values
                .extend(values.iter().filter(|known| value.is_none_or(|value| value == *known)).map(String::as_str));
        }
    }
    for one in found {
        let for_values = &asking[&one.field.key];
        if for_values.len() < values.len() {
            let values = for_values.iter().map(|value| (*value).to_owned()).collect();
            one.field.when = Some(When { key: key.clone(), values });
        }
    }
}

/// The property for which the fields of a section have a single value, and the value.
fn choice(fields: &[FieldFound]) -> Option<(String, String)> {
    fields.iter().find_map(|one| match &one.field.form {
        Some(Form::OneOf(values)) if values.len() == 1 => Some((one.field.key.clone(), values[0].clone())),
        _ => None,
    })
}

/// Whether two of the sections have the same heading with different remarks.
fn are_alternatives(variants: &[Variant]) -> bool {
    let mut remarks: HashMap<&str, &str> = HashMap::new();
    variants.iter().any(|variant| *remarks.entry(&variant.heading).or_insert(&variant.remark) != variant.remark)
}
