//! `guide/linked-page-missing`

use crate::diagnostic::Finding;
use crate::dialect::Trait;
use crate::rule::{Page, Rule};
use crate::source::Span;

pub const RULE: Rule = Rule::convention("guide/linked-page-missing", include_str!("linked_page_missing.md"), check)
    .needs(&[Trait::FrontMatter]);

fn check(page: &Page<'_>, found: &mut Vec<Finding>) {
    let Some(key) = page.profile.front_matter.linked.as_deref() else { return };
    let Some(linked) = page.guide.front_matter(key).filter(|node| node.as_bool() == Some(true)) else { return };
    let Some(permalink) = &page.contract.permalink else { return };
    let own = permalink.value.trim_matches('/');
    let counterpart = page.profile.counterpart_of(own);
    let finding = if counterpart == own {
        // The permalink that this page should have is known by that of the page that belongs to it.
        let right = format!("{own}{}", page.profile.form(page.kind).suffix);
        let has_other = page.site.pages(&page.profile.counterpart_of(&right)).next().is_some();
        let finding = Finding::new(linked.span, "page links to itself");
        if has_other {
            finding.help(format!("change the permalink to `{right}`, or remove `{key}`"))
        } else {
            finding.help(format!("remove `{key}`, and change the permalink to `{right}`"))
        }
    } else if page.site.is_complete() && page.site.pages(&counterpart).next().is_none() {
        let finding = Finding::new(linked.span, format!("linked page `{counterpart}` not found"));
        match without_suffix(page, &counterpart) {
            Some((other, span)) => finding
                .help(format!("change the permalink `{other}` to `{counterpart}`, or remove `{key}`"))
                .label(span, "similar permalink"),
            None => finding.help(format!("remove `{key}`, or create a page with that permalink")),
        }
    } else {
        return;
    };
    found.push(finding.maybe_label(permalink.span, "source of the expected permalink"));
}

/// The page whose permalink lacks only the ending of the counterpart's.
fn without_suffix<'a>(page: &Page<'a>, counterpart: &str) -> Option<(&'a str, Span)> {
    let guides = &page.profile.guides;
    let stem = [&guides.setup.suffix, &guides.information.suffix]
        .into_iter()
        .find_map(|suffix| counterpart.strip_suffix(suffix.as_str()).filter(|stem| !stem.is_empty()))?;
    let other = page.site.pages(stem).find(|other| other.file != page.site.this_page())?;
    other.permalink.as_ref().map(|(permalink, span)| (&**permalink, *span))
}
