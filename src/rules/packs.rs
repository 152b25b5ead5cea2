//! What rules check in the files of a pack, and which rules leave them alone.

use std::collections::HashSet;
use std::sync::Arc;

use super::{encoding, problem};
use crate::diagnostic::{Finding, Severity};
use crate::guide::Guide;
use crate::pack::{Connector, Content, Data, Demand, Demanded, Link, Outline, Role};
use crate::rule::{Check, Rule};
use crate::source::SourceFile;
use crate::tree::{Node, ProblemKind, Value};

/// What a rule checks in a connector of a pack.
type OfConnector = fn(&Connector<'_>, &mut Vec<Finding>);

/// The rules that check pages and configurations in other ways where there is no pack.
const CHECKS: &[(&str, OfConnector)] = &[
    ("config/invalid-value", invalid_values),
    ("config/missing-field", missing_fields),
    ("config/unknown-field", |connector, found| found.extend(unmet(connector, Demanded::Unknown))),
    ("config/wrong-type", |connector, found| found.extend(unmet(connector, Demanded::WrongType))),
    ("guide/empty-section", empty_sections),
    ("guide/front-matter-key-missing", missing_keys),
    ("guide/front-matter-value-invalid", invalid_front_matter),
    ("guide/section-missing", missing_sections),
    ("guide/section-name", section_names),
];

/// Those of them that look at each file alone: of a file, one connector is enough.
const CHECKS_OF_FILES: &[(&str, OfConnector)] = &[
    ("config/duplicate-key", |connector, found| found.extend(problems(connector, ProblemKind::DuplicateKey))),
    ("config/syntax", syntax),
    ("config/unknown-shape", unknown_shapes),
    ("guide/front-matter-syntax", front_matter_syntax),
    ("guide/template-leftover", leftovers),
];

/// Checks a file of a pack, as far as its connectors are what a rule looks at; whether nothing is left to check.
pub fn check(rule: &Rule, own: &Arc<SourceFile>, connectors: &[Connector<'_>], found: &mut Vec<Finding>) -> bool {
    let among =
        |checks: &[(&str, OfConnector)]| checks.iter().find(|(name, _)| *name == rule.name).map(|found| found.1);
    let (check, enough) = match (rule.check, among(CHECKS), among(CHECKS_OF_FILES)) {
        (Check::Connector(check), ..) | (_, Some(check), _) => (check, connectors.len()),
        (.., Some(check)) => (check, 1),
        (check, ..) => return matches!(check, Check::Convention(_)),
    };
    // Connectors share files.
    let mut known = HashSet::new();
    for connector in connectors.iter().take(enough) {
        let mut new = Vec::new();
        check(connector, &mut new);
        let is_new = |finding: &Finding| known.insert((finding.primary.span, finding.message.clone()));
        found.extend(new.into_iter().filter(|finding| finding.primary.span.file == own.id()).filter(is_new));
    }
    true
}

fn data<'a>(connector: &'a Connector<'_>) -> impl Iterator<Item = &'a Data> {
    let own = connector.members.iter().filter(|member| member.content.source().id() == connector.own);
    own.filter_map(|member| match &member.content {
        Content::Data(data) => Some(&**data),
        Content::Page(_) => None,
    })
}

fn syntax(connector: &Connector<'_>, found: &mut Vec<Finding>) {
    found.extend(data(connector).filter_map(|data| encoding::finding(&data.source)));
    found.extend(problems(connector, ProblemKind::Syntax));
}

/// What a reader of the data found, of a kind.
fn problems(connector: &Connector<'_>, kind: ProblemKind) -> impl Iterator<Item = Finding> {
    let problems = data(connector).flat_map(|data| &data.problems);
    problems.filter(move |problem| problem.kind == kind).map(problem::finding)
}

/// Data in which no value can be looked up: an empty file, a list, no entry where the pack says that entries are.
fn unknown_shapes(connector: &Connector<'_>, found: &mut Vec<Finding>) {
    for member in &connector.members {
        let Content::Data(data) = &member.content else { continue };
        if data.problems.iter().any(|problem| problem.kind == ProblemKind::Syntax) {
            continue;
        }
        let mut add = |span, expected: &str, shown: &str| {
            let finding = Finding::new(span, format!("expected {expected}, found {shown}"));
            found.push(finding.help("use the keys that the pack names"));
        };
        let roles = connector.pack.roles.get(&member.kind);
        let may_be_list = || roles.into_iter().flat_map(std::collections::BTreeMap::values).any(Role::may_be_in_list);
        let mapping = |node: &Node| {
            let is_fine = !node.entries().is_empty() || matches!(node.value, Value::Sequence(_)) && may_be_list();
            (!is_fine).then(|| format!("a {}", node.type_name()))
        };
        let each = connector.pack.files.get(&member.kind).and_then(|form| form.each.as_deref());
        match (&data.document, each) {
            (None, _) => add(data.source.span(0..0), "data", "an empty file"),
            (Some(node), Some(each)) if data.entries.is_empty() => {
                add(node.span.at_start(), &format!("entries at `{each}`"), "none");
            }
            (Some(_), Some(_)) => {
                for (entry, shown) in data.entries.iter().filter_map(|entry| Some((entry, mapping(&entry.node)?))) {
                    add(entry.span, "a mapping", &shown);
                }
            }
            (Some(node), None) => mapping(node).iter().for_each(|shown| add(node.span.at_start(), "a mapping", shown)),
        }
    }
}

fn missing_fields(connector: &Connector<'_>, found: &mut Vec<Finding>) {
    if !is_page(connector) {
        found.extend(unmet(connector, Demanded::Missing));
    }
}

fn invalid_values(connector: &Connector<'_>, found: &mut Vec<Finding>) {
    if !is_page(connector) {
        found.extend(unmet(connector, Demanded::Invalid));
    }
}

fn invalid_front_matter(connector: &Connector<'_>, found: &mut Vec<Finding>) {
    if is_page(connector) {
        found.extend(unmet(connector, Demanded::Invalid));
    }
}

/// Whether the file that is checked is a page.
fn is_page(connector: &Connector<'_>) -> bool {
    connector.pages().any(|(_, guide)| guide.source.id() == connector.own)
}

/// The demands of a kind that the data does not meet.
pub(super) fn unmet(connector: &Connector<'_>, kind: Demanded) -> impl Iterator<Item = Finding> {
    let unmet = connector.unmet().iter().filter(move |demand| demand.kind == kind);
    unmet.map(|Demand { span, message, help, .. }| Finding::new(*span, message.clone()).help(help.clone()))
}

/// The page that is checked, and its sections.
pub(super) fn outlines<'a>(connector: &'a Connector<'_>) -> impl Iterator<Item = (&'a Guide, Outline<'a>)> {
    let own = connector.pages().filter(|(_, guide)| guide.source.id() == connector.own);
    own.map(|(_, guide)| (guide, connector.outline(guide)))
}

fn missing_sections(connector: &Connector<'_>, found: &mut Vec<Finding>) {
    for (guide, outline) in outlines(connector) {
        let sections = &connector.form(guide).sections;
        for (rank, section) in sections.iter().enumerate().filter(|(_, section)| !connector.may_leave_out(section)) {
            if outline.first(rank).is_some() {
                continue;
            }
            let before = outline.found.iter().rev().find(|found| found.rank < rank);
            let place =
                before.map(|found| found.heading.span).or_else(|| guide.headings.first().map(|first| first.span));
            let place = place.unwrap_or_else(|| guide.body.at_start());
            let marks = "#".repeat(usize::from(section.level.unwrap_or(2)));
            let finding = Finding::new(place, format!("missing section `{}`", section.spoken()));
            found.push(finding.help(format!("add `{marks} {}`", section.name)));
        }
    }
}

fn section_names(connector: &Connector<'_>, found: &mut Vec<Finding>) {
    for (_, outline) in outlines(connector) {
        for section in
            outline.found.iter().filter(|section| !section.is_exact && !connector.may_leave_out(section.form))
        {
            let message = format!("wrong name for the section `{}`: `{}`", section.form.name, section.heading.text);
            let finding = Finding::new(section.heading.content, message);
            found.push(finding.help(format!("use `{}`", section.form.name)));
        }
    }
}

fn empty_sections(connector: &Connector<'_>, found: &mut Vec<Finding>) {
    for (guide, outline) in outlines(connector) {
        for section in outline.found.iter().filter(|section| !section.form.heading_only) {
            let own = guide.sections.iter().find(|own| own.heading == Some(section.index));
            let next = guide.headings.get(section.index + 1);
            // Of a section at the wrong level, the level is what is reported.
            let level = section.form.level.unwrap_or(section.heading.level).min(section.heading.level);
            let has_parts = next.is_some_and(|next| next.level > level);
            if !has_parts && own.is_some_and(|own| guide.is_empty_section(own)) {
                let finding =
                    Finding::new(section.heading.span, format!("section `{}` is empty", section.heading.text));
                found.push(finding.help("add its text"));
            }
        }
    }
}

fn missing_keys(connector: &Connector<'_>, found: &mut Vec<Finding>) {
    for (_, guide) in connector.pages() {
        let front_matter = guide.front_matter.node.as_ref();
        let is_published = front_matter.and_then(|node| node.get("published")).and_then(Node::as_bool);
        if is_published == Some(false) || guide.front_matter.unclosed || !guide.front_matter.problems.is_empty() {
            continue;
        }
        for key in &connector.form(guide).required {
            let value = front_matter.and_then(|node| node.get(key));
            if value.is_none_or(|value| value.as_str().is_some_and(|text| text.trim().is_empty())) {
                found.push(key_missing(guide, key, "every page needs it"));
            }
        }
        if guide.source.id() == connector.own {
            found.extend(unmet(connector, Demanded::Missing));
        }
        if let Some(Link::NoKey(key)) = connector.link {
            found.push(key_missing(guide, key, "it joins the page to its data").severity(Severity::Warning));
        }
    }
}

fn front_matter_syntax(connector: &Connector<'_>, found: &mut Vec<Finding>) {
    for (_, guide) in connector.pages() {
        found.extend(guide.front_matter.problems.iter().map(problem::finding));
    }
}

fn key_missing(guide: &Guide, key: &str, reason: &str) -> Finding {
    let place = guide.front_matter.span.unwrap_or(guide.body).at_start();
    Finding::new(place, format!("missing front matter key `{key}`")).help(format!("add `{key}`: {reason}"))
}

fn leftovers(connector: &Connector<'_>, found: &mut Vec<Finding>) {
    for (_, guide) in connector.pages() {
        let leftovers = &connector.form(guide).leftovers;
        let left =
            |span, text: &str| Finding::new(span, format!("template text `{text}`")).help("replace it, or remove it");
        for heading in &guide.headings {
            if leftovers.is_heading(&heading.text) {
                found.push(left(heading.span, heading.text.trim()));
            }
        }
        for (_, range) in leftovers.phrases.find_in(&guide.text.searchable()) {
            found.push(left(guide.text.span_of(range.clone()), &guide.text.as_str()[range]));
        }
    }
}
