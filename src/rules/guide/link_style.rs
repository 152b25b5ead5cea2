//! `guide/link-style`

use crate::diagnostic::{Edit, Finding, Fix, Severity};
use crate::guide::{Image, Link, LinkForm};
use crate::rule::{Fixable, Page, Rule};
use crate::source::Span;

pub(in crate::rules) const RULE: Rule =
    Rule::guide("guide/link-style", Severity::Info, Fixable::Safe, include_str!("link_style.md"), check);

fn check(page: &Page<'_>, found: &mut Vec<Finding>) {
    for link in &page.guide.links {
        // An address shown as such is written as its reader is to see it.
        if link.form == LinkForm::Autolink || page.guide.slice(link.target_span) != link.target {
            continue;
        }
        found.extend(within_site(page, link).or_else(|| insecure(page, link)).or_else(|| dangling(link)));
    }
    let has_site = !page.profile.site.hosts.is_empty();
    for image in
        page.guide.images.iter().filter(|image| has_site && !page.guide.is_written_by_liquid(image.target_span))
    {
        found.extend(elsewhere(image));
    }
}

/// An image that is not in a folder beside the page.
fn elsewhere(image: &Image) -> Option<Finding> {
    let target = image.target.trim();
    let host = target.strip_prefix("https://").or_else(|| target.strip_prefix("http://"));
    let message = match host {
        Some(rest) => {
            format!("image from another host: `{}`", rest.split(['/', '?', '#']).next().unwrap_or_default())
        }
        None if target.starts_with('/') && !target.starts_with("//") => {
            format!("image path from the root of the site: `{target}`")
        }
        None => return None,
    };
    let help = if host.is_some() {
        "add the file to the site, and use its path from the page"
    } else {
        "use its path from the page"
    };
    Some(Finding::new(image.target_span, message).help(help))
}

/// A link to the site's own host.
fn within_site(page: &Page<'_>, link: &Link) -> Option<Finding> {
    let (_, rest) = link.target.split_once("://")?;
    let (host, path) = rest.find('/').map_or((rest, ""), |at| (&rest[..at], &rest[at + 1..]));
    let is_own = page.profile.site.hosts.iter().any(|known| known.eq_ignore_ascii_case(host));
    if !is_own || path.is_empty() {
        return None;
    }
    let root = page.site.base_url();
    let path = path.strip_prefix(root).map_or(path, |rest| rest.trim_start_matches('/'));
    // A former address is not repeated.
    let (former, fragment) = path.split_at(path.find(['#', '?']).unwrap_or(path.len()));
    let current = page.site.address_after_redirect(former).map(|address| format!("{address}{fragment}"));
    let path = current.as_deref().unwrap_or(path);
    let finding = Finding::new(link.target_span, format!("host `{host}` in a link within the site"))
        .help(format!("use `{path}`"));
    let leads_there = page.site.destination(path, &[]) == page.site.destination(&link.target, &page.profile.site.hosts);
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
