//! `config/scope-redundant`

use std::collections::HashMap;

use crate::config::{Config, ScopeWord};
use crate::diagnostic::{Edit, Finding, Fix};
use crate::rule::{Configuration, Rule};
use crate::source::{Places, Span};
use crate::tree::Node;

pub const RULE: Rule =
    Rule::config("config/scope-redundant", include_str!("scope_redundant.md"), check).info().safe_fix();

fn check(configuration: &Configuration<'_>, found: &mut Vec<Finding>) {
    let config = configuration.config;
    for installation in config.installations() {
        let catalogues = configuration.catalogues_of(installation);
        let words = installation.scope_words(config);
        // A scope in two forms is twice the same.
        let listed = |word: &'_ ScopeWord| catalogues.iter().find_map(|catalogue| catalogue.lookup(&word.name));
        let mut first: HashMap<&str, Span> = HashMap::new();
        let mut implied: HashMap<&str, &ScopeWord> = HashMap::new();
        for word in &words {
            for catalogue in &catalogues {
                for name in catalogue.implied(&word.name) {
                    implied.entry(name).or_insert(word);
                }
            }
        }
        let items = installation.scopes.as_ref().map(Node::items).unwrap_or_default();
        let places = Places::new(items.iter().map(|item| item.span));
        for word in &words {
            let name = listed(word).map_or(word.name.as_str(), |scope| scope.name.as_str());
            let earlier = *first.entry(name).or_insert(word.span);
            let twin = (earlier != word.span).then_some(earlier);
            let wider = implied.get(word.name.as_str());
            // A scope that the guide names is not redundant.
            let wider = wider.filter(|_| !installation.is_documented_scope(&word.name));
            // Of two names of one scope, neither is.
            let is_same = |wider: &&&ScopeWord| {
                catalogues.iter().any(|catalogue| catalogue.implied(&word.name).contains(wider.name.as_str()))
            };
            let wider = wider.filter(|wider| !is_same(wider));
            let finding = match (twin, wider) {
                (Some(twin), _) => {
                    Finding::new(word.span, format!("duplicate scope `{}`", word.name)).label(twin, "first definition")
                }
                (_, Some(wider)) => {
                    let message = format!("redundant scope `{}`: included in `{}`", word.name, wider.name);
                    Finding::new(word.span, message).label(wider.span, "broader scope")
                }
                _ => continue,
            };
            let edit = places.around(word.span).min().and_then(|index| removal(config, items, index));
            let fix = edit.map(|edit| Fix::safe(format!("remove `{}`", word.name), vec![edit]));
            found.push(finding.help("remove it").maybe_fix(fix));
        }
    }
}

/// Removes an item of a list: with its comma, or with its whole line.
fn removal(config: &Config, items: &[Node], index: usize) -> Option<Edit> {
    let item = items[index].span;
    let source = &config.source;
    let line = source.line_span(source.line(item.start))?;
    let before = &source.text()[line.range().start..item.range().start];
    if before.trim() == "-" {
        // A comment after the item may be worth keeping.
        let bare = source.text()[item.range().end..line.range().end].trim().is_empty();
        let next = source.line_span(source.line(item.start) + 1)?;
        return bare.then(|| Edit::remove(Span { end: next.start, ..line }));
    }
    let comma_between = |left: Span, right: Span| source.text()[left.range().end..right.range().start].trim() == ",";
    let previous = index.checked_sub(1).map(|index| items[index].span).filter(|span| span.end <= item.start);
    let next = items.get(index + 1).map(|next| next.span).filter(|span| item.end <= span.start);
    match (previous, next) {
        (Some(previous), _) if comma_between(previous, item) => {
            Some(Edit::remove(Span { start: previous.end, ..item }))
        }
        (None, Some(next)) if comma_between(item, next) => Some(Edit::remove(Span { end: next.start, ..item })),
        _ => None,
    }
}
