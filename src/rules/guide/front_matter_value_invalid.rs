//! `guide/front-matter-value-invalid`

use crate::diagnostic::{Applicability, Edit, Finding, Fix};
use crate::dialect::Trait;
use crate::nearest;
use crate::rule::{Page, Rule};
use crate::tree::{Node, Value};

pub const RULE: Rule =
    Rule::guide("guide/front-matter-value-invalid", include_str!("front_matter_value_invalid.md"), check)
        .warning()
        .safe_fix()
        .needs(&[Trait::FrontMatter]);

fn check(page: &Page<'_>, found: &mut Vec<Finding>) {
    let Some(node) = &page.guide.front_matter.node else { return };
    let form = &page.profile.front_matter;
    found.extend(tag_of_other_kind(page));
    for entry in node.effective_entries() {
        let (key, value) = (entry.key.as_str(), &entry.value);
        if let Some(allowed) = form.values.get(key) {
            let items = if value.items().is_empty() { std::slice::from_ref(value) } else { value.items() };
            // Beside a value that is known there may be others: tags of the site's own.
            let known = items.iter().filter_map(Node::as_str).any(|text| allowed.iter().any(|word| word == text));
            let fitting = fitting(page, allowed);
            found.extend(items.iter().filter_map(|item| outside(key, item, allowed, &fitting, known)));
        } else if form.booleans.iter().any(|boolean| boolean == key) {
            found.extend(no_boolean(key, value));
        } else if form.required.iter().any(|required| required == key)
            && !is_text(value)
            && !is_empty_permalink(key, value)
        {
            found.push(no_text(key, value));
        } else if value.as_str().is_some_and(|text| text.starts_with('\u{201c}') && text.ends_with('\u{201d}')) {
            let finding = Finding::new(value.span, format!("typographic quotation marks published in `{key}`"));
            found.push(finding.help("use straight quotation marks"));
        }
    }
}

fn no_text(key: &str, value: &Node) -> Finding {
    let is_empty = matches!(value.value, Value::Null) || value.as_str().is_some();
    let message = if is_empty {
        format!("empty value for `{key}`")
    } else {
        format!("invalid value for `{key}`: found a {}", value.type_name())
    };
    Finding::new(value.span, message).help("use one line of text")
}

/// The tag of the other kind of guide alone: the page is listed among guides of that kind.
fn tag_of_other_kind(page: &Page<'_>) -> Option<Finding> {
    let kind = page.certain_kind()?;
    let own = page.profile.form(kind).tag.as_deref()?;
    let other = page.profile.form(kind.other()).tag.as_deref()?;
    let tags = page.guide.front_matter("tags")?;
    let items = if tags.items().is_empty() { std::slice::from_ref(tags) } else { tags.items() };
    let with = |tag: &str| items.iter().find(|item| item.as_str() == Some(tag));
    let wrong = with(other).filter(|_| with(own).is_none())?;
    let finding = Finding::new(wrong.span, format!("invalid tag `{other}` on a page of the kind `{own}`"));
    Some(finding.replace_with(own, Applicability::Unsafe))
}

/// An empty permalink is reported by another rule.
fn is_empty_permalink(key: &str, value: &Node) -> bool {
    key == "permalink"
        && (matches!(value.value, Value::Null) || value.as_str().is_some_and(|text| text.trim().is_empty()))
}

/// A number is published as written.
fn is_text(value: &Node) -> bool {
    matches!(&value.value, Value::Number(_)) || value.as_str().is_some_and(|text| !text.trim().is_empty())
}

/// The values that a page of its kind can have, without the tag of the other kind.
fn fitting<'a>(page: &Page<'a>, allowed: &'a [String]) -> Vec<&'a String> {
    let other = page.certain_kind().and_then(|kind| page.profile.form(kind.other()).tag.as_ref());
    allowed.iter().filter(|word| Some(*word) != other).collect()
}

fn outside(key: &str, value: &Node, allowed: &[String], fitting: &[&String], others: bool) -> Option<Finding> {
    let known = || fitting.iter().map(|word| format!("`{word}`")).collect::<Vec<_>>().join(" or ");
    let Some(text) = value.as_str() else {
        let message = format!("invalid value for `{key}`: found a {}", value.type_name());
        return Some(Finding::new(value.span, message).help(format!("use {}", known())));
    };
    if allowed.iter().any(|word| word == text) {
        return None;
    }
    let meant = nearest::certain(text, allowed.iter().map(String::as_str), str::to_lowercase);
    if others && meant.is_none() {
        return None;
    }
    let finding = Finding::new(value.span, format!("invalid value `{text}` for `{key}`"));
    Some(match meant {
        Some(meant) => finding.replace_with(meant, Applicability::Safe),
        None => finding.help(format!("use {}", known())),
    })
}

fn no_boolean(key: &str, value: &Node) -> Option<Finding> {
    if value.as_bool().is_some() {
        return None;
    }
    let text = value.as_str().unwrap_or_default();
    let finding = Finding::new(value.span, format!("invalid value for `{key}`: expected true or false"))
        .help("use `true` or `false`");
    let meant = ["true", "false"].into_iter().find(|word| word.eq_ignore_ascii_case(text.trim()));
    let fix = |meant| Fix::safe(format!("use `{meant}`"), vec![Edit::replace(value.span, meant)]);
    Some(finding.maybe_fix(meant.map(fix)))
}
