//! `guide/front-matter-key-missing`

use crate::diagnostic::{Edit, Finding, Fix};
use crate::dialect::Trait;
use crate::profile::fold;
use crate::rule::{Page, Rule};
use crate::source::Span;
use crate::tree::{Entry, Node, ProblemKind, Value};

pub const RULE: Rule =
    Rule::guide("guide/front-matter-key-missing", include_str!("front_matter_key_missing.md"), check)
        .unsafe_fix()
        .needs(&[Trait::FrontMatter]);

fn check(page: &Page<'_>, found: &mut Vec<Finding>) {
    let front_matter = &page.guide.front_matter;
    let Some(whole) = front_matter.span.filter(|_| !front_matter.unclosed) else { return };
    let readable = front_matter.node.as_ref().is_none_or(|node| matches!(node.value, Value::Mapping(_) | Value::Null));
    if !readable || front_matter.problems.iter().any(|problem| problem.kind == ProblemKind::Syntax) {
        return;
    }
    let entries = front_matter.node.as_ref().map(Node::entries).unwrap_or_default();
    for key in &page.profile.front_matter.booleans {
        let is_meant = |entry: &&Entry| entry.key != *key && fold(&entry.key) == fold(key);
        found.extend(entries.iter().find(is_meant).map(|entry| misspelled(entry, key)));
    }
    for key in &page.profile.front_matter.required {
        if entries.iter().any(|entry| entry.key == *key) || page.site.default_value(key).is_some() {
            continue;
        }
        if let Some(entry) = entries.iter().find(|entry| entry.key.eq_ignore_ascii_case(key)) {
            found.push(misspelled(entry, key));
            continue;
        }
        let mut finding = Finding::new(opening(page, whole), format!("missing front matter key `{key}`"));
        if let Some(value) = likely_value(page, key) {
            let line = format!("{key}: {value}");
            let edit = Edit::insert_before(closing(page, whole), format!("{line}{}", page.guide.source.line_ending()));
            finding = finding.help(format!("add `{line}`")).fix(Fix::needs_review(format!("add `{line}`"), vec![edit]));
        } else {
            finding = finding.help(format!("add the line `{key}: ...`"));
        }
        found.push(finding);
    }
}

fn misspelled(entry: &Entry, key: &str) -> Finding {
    let finding = Finding::new(entry.key_span, format!("unknown front matter key `{}`", entry.key));
    let fix = Fix::needs_review(format!("use `{key}`"), vec![Edit::replace(entry.key_span, key)]);
    let reason = if entry.key.eq_ignore_ascii_case(key) { " (keys are case-sensitive)" } else { "" };
    finding.help(format!("use `{key}`{reason}")).fix(fix)
}

/// The line `---` that opens the front matter.
fn opening(page: &Page<'_>, whole: Span) -> Span {
    let source = &page.guide.source;
    source.line_span(source.line(whole.start)).unwrap_or(whole)
}

/// The line that closes it.
fn closing(page: &Page<'_>, whole: Span) -> Span {
    let source = &page.guide.source;
    source.line_span(source.line(whole.end.saturating_sub(1))).unwrap_or(whole)
}

/// What the key of a guide of this kind most likely says, except a title.
fn likely_value(page: &Page<'_>, key: &str) -> Option<String> {
    let form = page.profile.form(page.kind);
    if let Some(values) = page.profile.front_matter.values.get(key) {
        return match &values[..] {
            [value] => Some(value.clone()),
            values => form.tag.as_ref().filter(|tag| values.contains(tag)).map(|tag| format!("[{tag}]")),
        };
    }
    let name = page.guide.source.path().rsplit('/').next()?.strip_suffix(".md")?;
    let name = name.strip_suffix(form.suffix.as_str()).unwrap_or(name).to_lowercase();
    let known = |c: char| page.profile.front_matter.permalink_characters.contains(c);
    (key == "permalink" && name.chars().all(known)).then(|| format!("{name}{}", form.suffix))
}
