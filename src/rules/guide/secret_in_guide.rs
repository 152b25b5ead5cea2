//! `guide/secret-in-guide`

use crate::diagnostic::Finding;
use crate::rule::{Mark, Page, Rule};

pub const RULE: Rule = Rule::guide("guide/secret-in-guide", include_str!("secret_in_guide.md"), check).marked(&[
    Mark::CopiedPage,
    Mark::Component,
    Mark::PluginBlock,
]);

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
