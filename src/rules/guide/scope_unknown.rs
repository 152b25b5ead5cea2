//! `guide/scope-unknown`

use crate::contract::scope_lists::{Listed, listed_beside};
use crate::diagnostic::{Applicability, Finding, Severity};
use crate::rule::{Page, Rule};
use crate::scopes::{Catalogue, names_of};

pub const RULE: Rule = Rule::convention("guide/scope-unknown", include_str!("scope_unknown.md"), check).safe_fix();

fn check(page: &Page<'_>, found: &mut Vec<Finding>) {
    // A catalog is read when it is first asked for.
    let own = if page.contract.scopes.is_empty() { Vec::new() } else { page.own_catalogues() };
    if own.is_empty() {
        return;
    }
    let read = page.contract.scopes.iter().filter_map(|scope| Some(Listed { span: scope.span?, text: &scope.value }));
    for scope in read.chain(listed_beside(page.guide, page.contract)) {
        // A label of the vendor's console was read as the scope that it stands for.
        let as_written = page.guide.slice(scope.span) == scope.text;
        if as_written && own.iter().all(|catalogue| !catalogue.knows(scope.text)) {
            found.extend(finding(page, &own, scope));
        }
    }
}

/// An incomplete catalog can only identify misspellings.
fn finding(page: &Page<'_>, own: &[&Catalogue], scope: Listed<'_>) -> Option<Finding> {
    let closed = own.iter().all(|catalogue| catalogue.is_closed());
    let severity = if closed { Severity::Error } else { Severity::Warning };
    let message = format!("unknown scope `{}` for {}", scope.text, names_of(own));
    let finding = Finding::new(scope.span, message).severity(severity);
    let mut near: Vec<&str> = own.iter().filter_map(|catalogue| catalogue.near_miss(scope.text)).collect();
    near.sort_unstable();
    near.dedup();
    match near.as_slice() {
        [near] => {
            let is_sure = own.iter().all(|catalogue| catalogue.surely_means(scope.text, near));
            Some(finding.replace_with(near, Applicability::safe_if(is_sure)))
        }
        _ if !closed => None,
        _ => Some(match page.catalogues.owner(scope.text) {
            Some(other) => finding.help(format!("use a scope of this application (`{}` has this one)", other.name)),
            None => finding.help("use the name from the application's documentation"),
        }),
    }
}
