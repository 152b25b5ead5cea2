//! `guide/template-leftover`

use crate::diagnostic::{Finding, Severity};
use crate::rule::{Check, Fixable, Page, Rule};
use crate::searchable::Searchable;
use crate::source::Span;
use crate::tree::{Node, Value};

pub(in crate::rules) const RULE: Rule = Rule {
    name: "guide/template-leftover",
    severity: Severity::Error,
    fixable: Fixable::No,
    docs: include_str!("template_leftover.md"),
    needs: &[],
    check: Check::Guide(check),
};

fn check(page: &Page<'_>, found: &mut Vec<Finding>) {
    let (guide, leftovers) = (page.guide, &page.profile.leftovers);
    let text = guide.text.as_str();
    for (_, range) in leftovers.find_in(&guide.text.searchable()) {
        found.push(left(guide.text.span_of(range.clone()), &text[range]));
    }
    for tag in &guide.tags {
        let written = guide.slice(tag.span);
        // A tag that no browser knows is said by a rule of its own.
        if leftovers.as_slice().iter().any(|leftover| leftover.eq_ignore_ascii_case(written)) && tag.is_html() {
            found.push(left(tag.span, written));
        }
    }
    let entries = guide.front_matter.node.as_ref().map(Node::entries).unwrap_or_default();
    for entry in entries {
        if let Value::String(value) = &entry.value.value
            && let Some(range) = leftovers.first_in(&Searchable::new(value))
        {
            found.push(left(entry.value.span, &value[range]));
        }
    }
}

fn left(span: Span, text: &str) -> Finding {
    Finding::new(span, format!("template text `{text}`")).help("replace it, or remove it")
}
