//! A sentence without its verb: "you can the key".

use crate::diagnostic::Finding;
use crate::guide::Style;
use crate::rule::Page;

/// Words before which people are named and after which a verb comes.
const MODALS: [&str; 6] = ["can", "could", "may", "must", "should", "will"];

const PEOPLE: [&str; 5] = ["you", "we", "they", "users", "partners"];

/// Words with which the object of the verb begins. "This" and "that" begin a time as well: "you must this time".
const OBJECTS: [&str; 7] = ["a", "an", "our", "the", "their", "these", "your"];

/// What they begin with, of a time: "you can the first time".
const TIMES: [&str; 8] = ["day", "entire", "first", "last", "moment", "next", "same", "whole"];

/// Words before the people with which a clause begins that has its own verb elsewhere: "as much as you can".
const CLAUSES: [&str; 12] =
    ["as", "how", "however", "if", "than", "that", "what", "whatever", "where", "wherever", "which", "who"];

/// Bytes before a modal in which the people are named.
const LONGEST_LEAD: usize = 32;

pub(super) fn check(page: &Page<'_>, found: &mut Vec<Finding>) {
    let flat = &page.guide.text;
    let text = flat.as_str();
    for modal in MODALS {
        for at in flat.starts_of(modal) {
            let end = at + modal.len();
            let mut lead = text[flat.line_before(at, LONGEST_LEAD)].trim_end().rsplit(' ');
            let (before, first) = (lead.next().unwrap_or_default(), lead.next().unwrap_or_default().to_lowercase());
            let mut rest = text[end..].trim_start_matches(' ').split(' ');
            let (after, object) = (rest.next().unwrap_or_default(), rest.next().unwrap_or_default());
            let is_people = PEOPLE.iter().any(|people| people.eq_ignore_ascii_case(before));
            let is_open = CLAUSES.contains(&first.as_str()) || TIMES.contains(&object);
            if is_people && OBJECTS.contains(&after) && !is_open && !flat.any_has(at..end, Style::CODE) {
                let place = flat.span_of(at - before.len() - 1..end);
                found.push(Finding::new(place, format!("no verb after `{before} {modal}`")).help("add the verb"));
            }
        }
    }
}
