//! `guide/permalink-duplicate`

use crate::diagnostic::Finding;
use crate::dialect::Trait;
use crate::rule::{Page, Rule};

pub const RULE: Rule = Rule::guide("guide/permalink-duplicate", include_str!("permalink_duplicate.md"), check)
    .needs(&[Trait::FrontMatter]);

fn check(page: &Page<'_>, found: &mut Vec<Finding>) {
    let Some(permalink) = &page.contract.permalink else { return };
    let Some(span) = permalink.span else { return };
    // Of two pages the later one is reported: the other was there before it.
    let Some(first) = page.site.earlier_at_own_address() else { return };
    let other = first.permalink.as_ref().map(|(_, other)| *other);
    found.push(
        Finding::new(span, format!("duplicate permalink `{}`", permalink.value))
            .help("use a different permalink for each page")
            .maybe_label(other, "first page with this permalink"),
    );
}
