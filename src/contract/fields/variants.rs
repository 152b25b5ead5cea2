//! Sections for different readers: their headings differ only in a remark, as in "Account setup (production)" and "Account
//! setup (sandbox)". A value that only some of them ask for is optional.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::ops::Range;

use super::FieldFound;
use crate::guide::Guide;
use crate::profile::fold;

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
            field.optional |= asking[&field.key].len() < remarks.len();
        }
    }
}

/// Whether two of the sections have the same heading with different remarks.
fn are_alternatives(variants: &[Variant]) -> bool {
    let mut remarks: HashMap<&str, &str> = HashMap::new();
    variants.iter().any(|variant| *remarks.entry(&variant.heading).or_insert(&variant.remark) != variant.remark)
}
