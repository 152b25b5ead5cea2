//! `guide/link-malformed`

use crate::diagnostic::{Edit, Finding, Fix};
use crate::guide::targets::{Fault, fault};
use crate::guide::{Guide, Link, LinkForm};
use crate::rule::{Page, Rule};
use crate::source::Span;
use crate::workspace::Destination;

pub const RULE: Rule = Rule::guide("guide/link-malformed", include_str!("link_malformed.md"), check).safe_fix();

fn check(page: &Page<'_>, found: &mut Vec<Finding>) {
    let guide = page.guide;
    let links = guide.links.iter().map(|link| (link.target.as_str(), link.target_span));
    let images = guide.images.iter().map(|image| (image.target.as_str(), image.target_span));
    for (target, place) in links.chain(images) {
        let is_written = guide.slice(place).trim() == target.trim();
        // A file of the site may be named like a host.
        let is_there =
            || !matches!(page.site.destination(target, &[]), Destination::Elsewhere | Destination::Missing { .. });
        let fault = fault(guide, target, place).filter(|fault| *fault != Fault::Host || !is_there());
        found.extend(fault.map(|fault| finding(target.trim(), place, &fault, is_written)));
    }
    for link in guide.links.iter().filter(|link| is_empty(guide, link)) {
        found.push(Finding::new(link.span, "empty link target").help("add the address"));
    }
}

/// Whether a link has no address, and was meant as one.
fn is_empty(guide: &Guide, link: &Link) -> bool {
    let target = link.target.trim();
    // `#` leads to the top of the page, and in HTML to what a script does.
    let is_left_open =
        target == "#" && link.form != LinkForm::Html && !guide.text_in(&link.text).to_lowercase().contains("top");
    (target.is_empty() || is_left_open) && !guide.is_written_by_liquid(link.target_span) && !guide.is_unclosed(link)
}

/// The repair is for a target that is written as it is read.
fn finding(target: &str, place: Span, fault: &Fault, is_written: bool) -> Finding {
    let with = |message: String| Finding::new(place, message);
    let repair = |fix: Fix| is_written.then_some(fix);
    match fault {
        Fault::Scheme { meant, is_certain } => {
            let (title, edits) = ("correct the address", vec![Edit::replace(place, meant.as_str())]);
            let fix = Fix::safe_if(*is_certain, title, edits);
            with(format!("invalid scheme in the target `{target}`"))
                .help(format!("use `{meant}`"))
                .maybe_fix(repair(fix))
        }
        Fault::Twice => with(format!("two addresses in the target `{target}`")).help("use one of them"),
        Fault::Mail => with(format!("missing `mailto:` in the target `{target}`"))
            .help(format!("use `mailto:{target}`"))
            .maybe_fix(repair(Fix::safe("insert `mailto:`", vec![Edit::insert_before(place, "mailto:")]))),
        Fault::NoMail => with(format!("missing mail address in the target `{target}`")).help("use `mailto:name@host`"),
        Fault::Host => with(format!("missing scheme in the target `{target}`"))
            .help(format!("use `https://{target}`"))
            .maybe_fix(repair(Fix::needs_review("insert `https://`", vec![Edit::insert_before(place, "https://")]))),
        Fault::HostName(host) if host.is_empty() => {
            with(format!("missing host in the target `{target}`")).help("add the host")
        }
        Fault::HostName(host) => with(format!("invalid host `{host}` in the target")).help("correct the host"),
        Fault::OwnComputer => {
            with(format!("local file in the target `{target}`")).help("add the file to the site, and link to it there")
        }
        Fault::Space => {
            with(format!("space in the target `{target}`")).help("use the address alone, with `%20` for each space")
        }
        Fault::Character(character) => {
            with(format!("invalid character `{character}` in the target `{target}`")).help("use the address alone")
        }
    }
}
