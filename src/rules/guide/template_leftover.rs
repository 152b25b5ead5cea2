//! `guide/template-leftover`

use crate::diagnostic::{Finding, Severity};
use crate::guide::Guide;
use crate::profile::GuideKind;
use crate::rule::{Page, Rule};
use crate::searchable::Searchable;
use crate::source::Span;
use crate::tree::{Node, Value};

pub const RULE: Rule = Rule::guide("guide/template-leftover", include_str!("template_leftover.md"), check);

/// Kinds of environments that applications have.
const ENVIRONMENTS_OF_OTHERS: [&str; 8] =
    ["demo", "development", "live", "OTE", "production", "sandbox", "staging", "test"];

/// What is before and after them.
const OUR: &str = "our ";
const ENVIRONMENT: &str = " environment";

fn check(page: &Page<'_>, found: &mut Vec<Finding>) {
    let (guide, leftovers) = (page.guide, &page.profile.leftovers);
    let text = guide.text.as_str();
    for (_, range) in leftovers.find_in(&guide.text.searchable()) {
        found.push(left(guide.text.span_of(range.clone()), &text[range]));
    }
    if page.kind == GuideKind::Setup {
        found.extend(ENVIRONMENTS_OF_OTHERS.iter().flat_map(|kind| of_vendor(guide, kind)));
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

/// An environment of the application that the text calls its own, as the manual of its vendor does: "our sandbox
/// environment".
fn of_vendor<'a>(guide: &'a Guide, kind: &'a str) -> impl Iterator<Item = Finding> + 'a {
    let text = guide.text.as_str();
    guide.text.starts_of(kind).filter_map(move |at| {
        let before = text[guide.text.line_before(at, OUR.len())].to_ascii_lowercase();
        let rest = &text[guide.text.line_after(at + kind.len(), ENVIRONMENT.len())];
        let place = at.checked_sub(OUR.len())?..at + kind.len() + rest.len();
        (before == OUR && rest == ENVIRONMENT).then(|| {
            let message = format!("text of the manual of the application: `{}`", &text[place.clone()]);
            Finding::new(guide.text.span_of(place), message)
                .severity(Severity::Warning)
                .help("use the name of the application instead of `our`")
        })
    })
}

fn left(span: Span, text: &str) -> Finding {
    Finding::new(span, format!("template text `{text}`")).help("replace it, or remove it")
}
