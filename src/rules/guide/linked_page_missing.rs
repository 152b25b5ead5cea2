//! `guide/linked-page-missing`

use crate::diagnostic::{Finding, Severity};
use crate::dialect::Trait;
use crate::rule::{Check, Fixable, Page, Rule};

pub(in crate::rules) const RULE: Rule = Rule {
    name: "guide/linked-page-missing",
    severity: Severity::Error,
    fixable: Fixable::No,
    docs: include_str!("linked_page_missing.md"),
    needs: &[Trait::FrontMatter],
    check: Check::Guide(check),
};

fn check(page: &Page<'_>, found: &mut Vec<Finding>) {
    let key = page.profile.front_matter.linked.as_str();
    let Some(linked) = page.guide.front_matter(key).filter(|node| node.as_bool() == Some(true)) else { return };
    let Some(permalink) = &page.contract.permalink else { return };
    let own = permalink.value.trim_matches('/');
    let counterpart = page.profile.counterpart_of(own);
    let finding = if counterpart == own {
        Finding::new(linked.span, "the linked page is this page itself").help(format!(
            "remove `{key}`, or let the permalink end in `{}` or `{}`",
            page.profile.guides.setup.suffix, page.profile.guides.information.suffix
        ))
    } else if page.site.is_complete() && page.site.pages(&counterpart).next().is_none() {
        Finding::new(linked.span, format!("there is no linked page `{counterpart}`"))
            .help(format!("remove `{key}`, or give the page that belongs to this one that permalink"))
    } else {
        return;
    };
    found.push(match permalink.span {
        Some(span) => finding.label(span, "the linked page's permalink is made from this one"),
        None => finding,
    });
}
