//! A sentence without its verb: "you can the key".

use crate::diagnostic::Finding;
use crate::guide::Style;
use crate::rule::Page;

/// Words before which people are named and after which a verb comes.
const MODALS: [&str; 6] = ["can", "could", "may", "must", "should", "will"];

const PEOPLE: [&str; 5] = ["you", "we", "they", "users", "partners"];

/// Words with which the object of the verb begins. "This" and "that" begin a time as well: "you must this time".
const OBJECTS: [&str; 7] = ["a", "an", "our", "the", "their", "these", "your"];

/// Bytes before a modal in which the people are named.
const LONGEST_WORD: usize = 16;

pub(super) fn check(page: &Page<'_>, found: &mut Vec<Finding>) {
    let flat = &page.guide.text;
    let text = flat.as_str();
    for modal in MODALS {
        for at in flat.starts_of(modal) {
            let end = at + modal.len();
            let before = text[flat.line_before(at, LONGEST_WORD)].strip_suffix(' ');
            let before = before.and_then(|before| before.rsplit(' ').next()).unwrap_or_default();
            let after = text[end..].strip_prefix(' ').and_then(|rest| rest.split(' ').next()).unwrap_or_default();
            let is_people = PEOPLE.iter().any(|people| people.eq_ignore_ascii_case(before));
            if is_people && OBJECTS.contains(&after) && !flat.any_has(at..end, Style::CODE) {
                let place = flat.span_of(at - before.len() - 1..end);
                found.push(Finding::new(place, format!("no verb after `{before} {modal}`")).help("add the verb"));
            }
        }
    }
}
