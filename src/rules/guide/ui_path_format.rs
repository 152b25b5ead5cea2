//! `guide/ui-path-format`

use crate::diagnostic::{Finding, Severity};
use crate::guide::interface_labels::unmarked_labels;
use crate::guide::menu_paths::menu_paths;
use crate::rule::{Check, Fixable, Page, Rule};
use crate::searchable::Searchable;
use crate::source::Span;

pub(in crate::rules) const RULE: Rule = Rule {
    name: "guide/ui-path-format",
    severity: Severity::Info,
    fixable: Fixable::No,
    docs: include_str!("ui_path_format.md"),
    check: Check::Guide(check),
};

/// One finding for all paths of a guide, one for all its labels.
fn check(page: &Page<'_>, found: &mut Vec<Finding>) {
    let interface = &page.profile.interface;
    let paths: Vec<Span> = menu_paths(page.guide).iter().filter(|path| !path.canonical).map(|path| path.span).collect();
    let on_path = |label: &Span| paths.iter().any(|path| path.start <= label.end && label.start <= path.end);
    let mut labels = unmarked_labels(page.guide, &interface.actions, &interface.parts);
    // Steps of an earlier console are the matter of another rule.
    let is_legacy = |label: &Span| {
        let line = page.guide.source.line_span(page.guide.source.line(label.start));
        line.is_some_and(|line| page.profile.steps.legacy.is_in(&Searchable::new(page.guide.slice(line))))
    };
    labels.retain(|label| !on_path(label) && !is_legacy(label));
    if let Some(first) = paths.first() {
        let message = format!("a path through menus without bold labels{}", further(paths.len()));
        found.push(
            Finding::new(*first, message).help("write `**Menu** > **Page**`: each label bold, ` > ` between them"),
        );
    }
    if let Some(first) = labels.first() {
        let message = format!("a label of the interface that is not bold{}", further(labels.len()));
        found.push(Finding::new(*first, message).help("write it in bold, as the interface spells it: `**Save**`"));
    }
}

fn further(count: usize) -> String {
    match count {
        1 => String::new(),
        2 => ", another one below".to_owned(),
        more => format!(", {} more below", more - 1),
    }
}
