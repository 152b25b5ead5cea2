//! `guide/ui-path-format`

use crate::diagnostic::{Finding, Severity};
use crate::guide::interface_labels::unmarked_labels;
use crate::guide::menu_paths::{MenuPath, menu_paths};
use crate::rule::{Check, Fixable, Page, Rule};
use crate::searchable::Searchable;
use crate::source::{Places, Span};

pub(in crate::rules) const RULE: Rule = Rule {
    name: "guide/ui-path-format",
    severity: Severity::Info,
    fixable: Fixable::No,
    docs: include_str!("ui_path_format.md"),
    needs: &[],
    check: Check::Guide(check),
};

/// One finding for all paths of a guide, one for all its labels.
fn check(page: &Page<'_>, found: &mut Vec<Finding>) {
    let interface = &page.profile.interface;
    let paths: Vec<MenuPath> = menu_paths(page.guide).into_iter().filter(|path| !path.canonical).collect();
    let places = Places::new(paths.iter().map(|path| path.span));
    let on_path = |label: &Span| places.touching(*label).next().is_some();
    let mut labels = unmarked_labels(page.guide, &interface.actions, &interface.parts);
    // Steps of an earlier console are the matter of another rule.
    let mut last = (0, false);
    let mut is_legacy = |label: &Span| {
        let number = page.guide.source.line(label.start);
        if last.0 != number {
            let line = page.guide.source.line_span(number);
            let is_in = |line| page.profile.steps.legacy.is_in(&Searchable::new(page.guide.slice(line)));
            last = (number, line.is_some_and(is_in));
        }
        last.1
    };
    labels.retain(|label| !on_path(label) && !is_legacy(label));
    if let Some(first) = paths.first() {
        let names: Vec<&str> =
            first.labels.iter().map(|label| page.guide.text.as_str()[label.clone()].trim()).collect();
        let path = names.join(" > ");
        let path = without_action(&path, &interface.actions);
        let message =
            format!("the path `{path}` is not written as bold labels with ` > ` between them{}", further(paths.len()));
        let form = format!("**{}**", path.replace(" > ", "** > **"));
        found.push(
            Finding::new(first.span, message).help(format!("write `{form}`: each label bold, ` > ` between them")),
        );
    }
    if let Some(first) = labels.first() {
        let name = page.guide.slice(*first).trim_matches(|c| "\"'`*_\u{201c}\u{201d}\u{2018}\u{2019}".contains(c));
        let message = format!("the label `{name}` is not bold{}", further(labels.len()));
        found.push(Finding::new(*first, message).help(format!("write `**{name}**`, as the interface spells it")));
    }
}

/// The path without what is done to its first label: "Select Settings".
fn without_action<'a>(path: &'a str, actions: &[String]) -> &'a str {
    actions.iter().find_map(|action| path.strip_prefix(action.as_str())?.strip_prefix(' ')).unwrap_or(path)
}

fn further(count: usize) -> String {
    match count {
        1 => String::new(),
        2 => ", another one below".to_owned(),
        more => format!(", {} more below", more - 1),
    }
}
