//! `guide/bare-url`

use crate::diagnostic::{Edit, Finding, Fix, Severity};
use crate::guide::bare_urls::{BareUrl, bare_urls};
use crate::guide::{Guide, Inline};
use crate::rule::{Check, Fixable, Page, Rule};

pub(in crate::rules) const RULE: Rule = Rule {
    name: "guide/bare-url",
    severity: Severity::Info,
    fixable: Fixable::Safe,
    docs: include_str!("bare_url.md"),
    check: Check::Guide(check),
};

fn check(page: &Page<'_>, found: &mut Vec<Finding>) {
    let guide = page.guide;
    for url in bare_urls(guide) {
        let is_callback = page
            .callbacks
            .iter()
            .any(|callback| callback.span.start < url.span.end && url.span.start < callback.span.end);
        let is_scope = page.contract.scopes.iter().any(|scope| scope.value == url.text);
        if is_callback || is_scope {
            continue;
        }
        found.push(finding(guide, &url));
    }
}

fn finding(guide: &Guide, url: &BareUrl<'_>) -> Finding {
    let finding = Finding::new(url.span, format!("`{}` is neither a link nor code", url.text));
    let (title, help) = if url.is_example {
        ("set it as code", "an example of an address belongs in a code span")
    } else {
        ("make it a link", "make it a link: `[text](address)`, or `<address>`")
    };
    let finding = finding.help(help);
    match edits(guide, url) {
        Some(edits) => finding.fix(Fix::safe(title, edits)),
        None => finding,
    }
}

/// What sets the address as code or as a link; `None` if markup in it would be torn apart.
fn edits(guide: &Guide, url: &BareUrl<'_>) -> Option<Vec<Edit>> {
    let (before, after) = if url.is_example { ("`", "`") } else { ("<", ">") };
    let written = guide.slice(url.span);
    if written == url.text {
        return Some(vec![Edit::insert_before(url.span, before), Edit::insert_after(url.span, after)]);
    }
    // In code and in a link markup is printed as it stands: what the reader sees is written in its place.
    let inside = |inline: &&Inline| inline.span.start < url.span.end && url.span.start < inline.span.end;
    let is_whole = |inline: &Inline| url.span.contains(inline.span) || inline.content.contains(url.span);
    let text = format!("{before}{}{after}", url.text);
    let is_liquid = url.text.contains("{{") || url.text.contains("{%");
    let is_raw = guide.liquid.raws.iter().any(|raw| raw.contains(url.span));
    let text = if is_liquid && !is_raw { format!("{{% raw %}}{text}{{% endraw %}}") } else { text };
    let all_whole = guide.inlines.iter().filter(inside).all(is_whole);
    let fits = all_whole && guide.raw_is_whole(url.span) && !written.contains('<');
    fits.then(|| vec![Edit::replace(url.span, text)])
}
