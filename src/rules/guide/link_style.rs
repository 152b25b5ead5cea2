//! `guide/link-style`

use crate::diagnostic::{Edit, Finding, Fix};
use crate::guide::{Image, Link, LinkForm};
use crate::rule::{LinkedPages, Page, Rule, further, needs_anchor};
use crate::source::Span;
use crate::workspace::Destination;

pub const RULE: Rule = Rule::guide("guide/link-style", include_str!("link_style.md"), check).info().safe_fix();

/// Parameters of visits: where a visitor came from, or what was searched for.
const OF_VISITS: [&str; 13] = [
    "fbclid", "from_search", "gclid", "highlight", "mc_cid", "mc_eid", "msclkid", "utm_term", "_ga", "_gl", "_hsenc",
    "_hsmi", "hsCtaTracking",
];

fn check(page: &Page<'_>, found: &mut Vec<Finding>) {
    let mut linked = LinkedPages::of(page.site);
    for link in &page.guide.links {
        // An address shown as such is written as its reader is to see it.
        if link.form == LinkForm::Autolink || page.guide.slice(link.target_span) != link.target {
            continue;
        }
        found.extend(
            within_site(page, link, &mut linked)
                .or_else(|| insecure(page, link))
                .or_else(|| dangling(link))
                .or_else(|| tracked(link)),
        );
    }
    if page.profile.site.hosts.is_empty() {
        return;
    }
    let own = page.guide.images.iter().filter(|image| !page.guide.is_written_by_liquid(image.target_span));
    let (hosted, others): (Vec<&Image>, Vec<&Image>) = own.partition(|image| host(image).is_some());
    found.extend(hosted.into_iter().filter_map(from_host));
    found.extend(from_root(others.into_iter().filter(|image| is_from_root(image.target.trim()))));
}

/// The host that an image is on, with what follows it.
fn host(image: &Image) -> Option<&str> {
    let target = image.target.trim();
    target.strip_prefix("https://").or_else(|| target.strip_prefix("http://"))
}

fn from_host(image: &Image) -> Option<Finding> {
    let host = host(image)?.split(['/', '?', '#']).next().unwrap_or_default();
    let finding = Finding::new(image.target_span, format!("image from another host: `{host}`"));
    Some(finding.help("add the file to the site, and use its path from the page"))
}

fn is_from_root(target: &str) -> bool {
    target.starts_with('/') && !target.starts_with("//")
}

/// Images by their path from the root of the site, said once.
fn from_root<'a>(mut images: impl Iterator<Item = &'a Image>) -> Option<Finding> {
    let first = images.next()?;
    let further = further(images.count() + 1);
    let message = format!("image path from the root of the site: `{}`{further}", first.target.trim());
    Some(Finding::new(first.target_span, message).help("use the path from the page"))
}

/// A link to the site's own host.
fn within_site(page: &Page<'_>, link: &Link, linked: &mut LinkedPages<'_>) -> Option<Finding> {
    let (_, rest) = link.target.split_once("://")?;
    let (host, path) = rest.find('/').map_or((rest, ""), |at| (&rest[..at], &rest[at + 1..]));
    let is_own = page.profile.site.hosts.iter().any(|known| known.eq_ignore_ascii_case(host));
    if !is_own || path.is_empty() {
        return None;
    }
    let root = page.site.base_url();
    let below_root = |rest: &&str| root.is_empty() || rest.is_empty() || rest.starts_with('/');
    let path = path.strip_prefix(root).filter(below_root).map_or(path, |rest| rest.trim_start_matches('/'));
    // A former address is not repeated.
    let (former, fragment) = path.split_at(path.find(['#', '?']).unwrap_or(path.len()));
    let current = page.site.address_after_redirect(former).map(|address| format!("{address}{fragment}"));
    let path = current.as_deref().unwrap_or(path);
    let destination = page.site.destination(&link.target, &page.profile.site.hosts);
    // An anchor that is not there is to be corrected first.
    if let Destination::Page { page: target, fragment: Some(fragment) } = &destination
        && needs_anchor(fragment)
        && linked.without(*target, fragment).is_some()
    {
        return None;
    }
    let finding = Finding::new(link.target_span, format!("host `{host}` in a link within the site"))
        .help(format!("use `{path}`"));
    let leads_there = page.site.destination(path, &[]) == destination;
    Some(if leads_there {
        finding.fix(Fix::safe("remove the host", vec![Edit::replace(link.target_span, path)]))
    } else {
        finding
    })
}

fn insecure(page: &Page<'_>, link: &Link) -> Option<Finding> {
    let rest = link.target.strip_prefix("http://")?;
    let is_local = rest.starts_with("localhost") || rest.starts_with("127.0.0.1");
    let scheme = Span { end: link.target_span.start + "http".len() as u32, ..link.target_span };
    (!is_local && page.guide.slice(scheme) == "http").then(|| {
        Finding::new(scheme, "link over unencrypted `http`")
            .help("use `https` if the site supports it")
            .fix(Fix::needs_review("use `https`", vec![Edit::replace(scheme, "https")]))
    })
}

/// `?` with nothing after it.
fn dangling(link: &Link) -> Option<Finding> {
    link.target.ends_with('?').then(|| {
        let mark = Span { start: link.target_span.end - 1, ..link.target_span };
        Finding::new(mark, "empty query in the link")
            .help("remove the `?`")
            .fix(Fix::safe("remove the `?`", vec![Edit::remove(mark)]))
    })
}

/// What a search or a campaign has left in the query of a link.
fn tracked(link: &Link) -> Option<Finding> {
    let (address, _) = link.target.split_once('#').unwrap_or((&link.target, ""));
    let (_, query) = address.split_once('?')?;
    let mut names = query.split('&').map(|part| part.split('=').next().unwrap_or_default());
    let name = names.find(|name| OF_VISITS.contains(name))?;
    let finding = Finding::new(link.target_span, format!("parameter of a visit or a search, `{name}`, in the link"));
    Some(finding.help("remove the parameters that the page does not need"))
}
