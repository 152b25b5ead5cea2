//! `guide/link-malformed`

use crate::diagnostic::{Edit, Finding, Fix, Severity};
use crate::guide::targets::{Fault, fault};
use crate::rule::{Check, Fixable, Page, Rule};
use crate::source::Span;

pub(in crate::rules) const RULE: Rule = Rule {
    name: "guide/link-malformed",
    severity: Severity::Error,
    fixable: Fixable::Safe,
    docs: include_str!("link_malformed.md"),
    needs: &[],
    check: Check::Guide(check),
};

fn check(page: &Page<'_>, found: &mut Vec<Finding>) {
    let guide = page.guide;
    let links = guide.links.iter().map(|link| (link.target.as_str(), link.target_span));
    let images = guide.images.iter().map(|image| (image.target.as_str(), image.target_span));
    for (target, place) in links.chain(images) {
        found.extend(fault(guide, target, place).map(|fault| finding(target.trim(), place, &fault)));
    }
}

fn finding(target: &str, place: Span, fault: &Fault) -> Finding {
    let with = |message: String| Finding::new(place, message);
    match fault {
        Fault::Scheme(meant) => with(format!("`{target}` does not begin as an address does"))
            .help(format!("write `{meant}`"))
            .fix(Fix::safe("correct the address", vec![Edit::replace(place, meant.as_str())])),
        Fault::Mail => with(format!("`{target}` is a mail address, not a page"))
            .help(format!("write `mailto:{target}`"))
            .fix(Fix::safe("put `mailto:` in front", vec![Edit::insert_before(place, "mailto:")])),
        Fault::Host => with(format!("`{target}` has no scheme, so it leads to a page of this site"))
            .help(format!("write `https://{target}`"))
            .fix(Fix::needs_review("put `https://` in front", vec![Edit::insert_before(place, "https://")])),
        Fault::OwnComputer => with(format!("`{target}` is a file on the author's own computer"))
            .help("add the file to the site, and write its path there"),
        Fault::Character(character) => {
            with(format!("`{target}` is no address: it has `{character}` in it")).help("write the address alone")
        }
    }
}
