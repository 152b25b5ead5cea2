//! `guide/scope-outdated`

use crate::diagnostic::{Edit, Finding, Fix};
use crate::rule::{Mark, Page, Rule};
use crate::scopes::outdated;

pub const RULE: Rule = Rule::convention("guide/scope-outdated", include_str!("scope_outdated.md"), check)
    .warning()
    .unsafe_fix()
    .marked(&[Mark::Deprecated]);

fn check(page: &Page<'_>, found: &mut Vec<Finding>) {
    let scopes = &page.contract.scopes;
    // A catalog is read when it is first asked for.
    let own = if scopes.is_empty() { Vec::new() } else { page.own_catalogues() };
    for scope in scopes {
        let (Some(span), Some(outdated)) = (scope.span, outdated(&own, &scope.value)) else { continue };
        let finding = Finding::new(span, format!("outdated scope `{}`", scope.value)).help(outdated.replacement_help());
        let is_verbatim = page.guide.slice(span) == scope.value;
        found.push(match outdated.replaced_by.as_slice() {
            [new] if is_verbatim && scopes.iter().all(|other| other.value != *new) => {
                finding.fix(Fix::needs_review(format!("replace with `{new}`"), vec![Edit::replace(span, new)]))
            }
            _ => finding,
        });
    }
}
