//! `guide/linked-page-undeclared`

use crate::diagnostic::{Edit, Finding, Fix};
use crate::dialect::Trait;
use crate::rule::{Page, Rule};
use crate::source::Span;

pub const RULE: Rule =
    Rule::convention("guide/linked-page-undeclared", include_str!("linked_page_undeclared.md"), check)
        .info()
        .safe_fix()
        .needs(&[Trait::FrontMatter]);

fn check(page: &Page<'_>, found: &mut Vec<Finding>) {
    let Some(key) = page.profile.front_matter.linked.as_deref() else { return };
    let (guide, Some(permalink)) = (page.guide, &page.contract.permalink) else { return };
    let own = permalink.value.trim_matches('/');
    let counterpart = page.profile.counterpart_of(own);
    if guide.front_matter(key).is_some() || counterpart == own {
        return;
    }
    let (Some(other), Some(span)) = (page.site.pages(&counterpart).next(), permalink.span) else { return };
    let finding = Finding::new(span, format!("counterpart `{counterpart}` is not linked"));
    let (entry, other) = (format!("{key}: true"), other.permalink.as_ref().map(|(_, place)| *place));
    let add = |line| Edit::insert_before(line, format!("{entry}{}", line_ending(page, line)));
    let fix = closing_line(page).map(|line| Fix::safe(format!("add `{entry}`"), vec![add(line)]));
    found.push(finding.help(format!("add `{entry}`")).maybe_label(other, "counterpart").maybe_fix(fix));
}

/// The line that closes the front matter.
fn closing_line(page: &Page<'_>) -> Option<Span> {
    let source = &page.guide.source;
    let front_matter = page.guide.front_matter.span.filter(|_| !page.guide.front_matter.unclosed)?;
    source.line_span(source.line(front_matter.end.saturating_sub(1)))
}

fn line_ending(page: &Page<'_>, line: Span) -> &'static str {
    if page.guide.source.text()[..line.start as usize].ends_with("\r\n") { "\r\n" } else { "\n" }
}
