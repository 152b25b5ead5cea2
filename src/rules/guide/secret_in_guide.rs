//! `guide/secret-in-guide`

use crate::diagnostic::{Finding, Severity};
use crate::rule::{Fixable, Page, Rule};

pub(in crate::rules) const RULE: Rule =
    Rule::guide("guide/secret-in-guide", Severity::Error, Fixable::No, include_str!("secret_in_guide.md"), check);

fn check(page: &Page<'_>, found: &mut Vec<Finding>) {
    let shown = page.profile.sample_secrets.as_slice();
    for secret in &page.guide.secrets {
        let span = page.guide.source.span(secret.range.clone());
        if shown.iter().any(|sample| sample == page.guide.slice(span)) {
            continue;
        }
        found.push(
            Finding::new(span, format!("published {}", secret.name))
                .help("revoke it, and replace it with a placeholder such as `{your key}`"),
        );
    }
}
