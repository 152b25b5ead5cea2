//! `guide/bare-url`

use crate::contract::callback;
use crate::diagnostic::{Edit, Finding, Fix, Severity};
use crate::guide::Guide;
use crate::guide::bare_urls::{BareUrl, bare_urls};
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
    let callbacks = callback::mentions(guide, page.profile);
    for url in bare_urls(guide) {
        let is_callback =
            callbacks.iter().any(|callback| callback.span.start < url.span.end && url.span.start < callback.span.end);
        let is_scope = page.contract.scopes.iter().any(|scope| scope.value == url.text);
        if is_callback || is_scope {
            continue;
        }
        found.push(finding(guide, &url));
    }
}

fn finding(guide: &Guide, url: &BareUrl<'_>) -> Finding {
    let finding = Finding::new(url.span, format!("`{}` is neither a link nor code", url.text));
    let (before, after, help) = if url.is_example {
        ("`", "`", "an example of an address belongs in a code span")
    } else {
        ("<", ">", "make it a link: `[text](address)`, or `<address>`")
    };
    let finding = finding.help(help);
    // Markup inside the address would be printed as it stands.
    if guide.slice(url.span) != url.text {
        return finding;
    }
    let title = if url.is_example { "set it as code" } else { "make it a link" };
    finding.fix(Fix::safe(title, vec![Edit::insert_before(url.span, before), Edit::insert_after(url.span, after)]))
}
