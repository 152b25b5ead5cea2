//! `guide/link-private`

use std::collections::BTreeMap;

use crate::diagnostic::Finding;
use crate::guide::{BlockKind, Guide, Link};
use crate::rule::{Page, Rule};
use crate::source::Span;
use crate::workspace::Destination;

pub const RULE: Rule = Rule::guide("guide/link-private", include_str!("link_private.md"), check).warning();

/// Names of the computer that the reader is at.
const OWN_COMPUTER: [&str; 3] = ["localhost", "127.0.0.1", "0.0.0.0"];

/// Parts of a path after which the name of what belongs to one customer follows.
const CONTAINERS: [&str; 10] = [
    "accounts", "companies", "customers", "organisations", "organizations", "orgs", "projects", "teams", "tenants",
    "workspaces",
];

/// Pages of what a container holds that are shown to its members only.
const PAGES_OF_MEMBERS: [&str; 3] = ["settings", "admin", "api-keys"];

/// Names that stand for the one that the reader has open, those of examples, and pages that lead to others.
const NAMES_OF_ANY: [&str; 38] = [
    "_", "account", "acme", "admin", "all", "api", "apps", "auth", "billing", "create", "current", "default", "demo",
    "details", "developer", "developers", "edit", "example", "general", "integrations", "last", "list", "login",
    "manage", "me", "members", "my", "new", "overview", "permissions", "profile", "roles", "security", "self",
    "settings", "tokens", "users", "webhooks",
];

/// Fewer digits are a version or a page.
const SHORTEST_NUMBER: usize = 4;

/// Hosts of manuals begin so.
const HOSTS_OF_MANUALS: [&str; 8] = ["docs", "doc", "help", "support", "developer", "developers", "learn", "knowledge"];

/// Names of regions, which a number follows in the names of servers that serve some customers each.
const REGIONS: [&str; 12] = ["ap", "apac", "au", "ca", "dc", "de", "emea", "eu", "na", "sg", "uk", "us"];

fn check(page: &Page<'_>, found: &mut Vec<Finding>) {
    let mut servers: BTreeMap<String, (&str, Span)> = BTreeMap::new();
    for link in &page.guide.links {
        let Some((host, path)) = host_and_path(page.guide, link) else { continue };
        if is_preview(page, host, path) {
            found.push(
                Finding::new(link.target_span, format!("link to a preview of the site: `{host}`"))
                    .help(format!("use `{path}`")),
            );
            continue;
        }
        if let Some(name) = container(host, path) {
            found.push(
                Finding::new(link.target_span, format!("link into one account: `{name}`"))
                    .help("link to the start page of the application, and describe the way from there"),
            );
        }
        let Some(any) = any_server(host).filter(|_| !names_server(page.guide, link, host)) else { continue };
        let (first, place) = *servers.entry(any).or_insert((host, link.target_span));
        if first != host {
            found.push(
                Finding::new(
                    link.target_span,
                    format!("links to two servers of one application: `{host}` and `{first}`"),
                )
                .label(place, "other server")
                .help("use the address that leads each reader to their own server"),
            );
        }
    }
}

/// Whether a link leads to the site on the author's own computer.
fn is_preview(page: &Page<'_>, host: &str, path: &str) -> bool {
    let name = host.split(':').next().unwrap_or_default();
    let is_page = || matches!(page.site.destination(path, &[]), Destination::Page { .. });
    // Programs on the reader's computer have a start page as well.
    let is_start = matches!(path.trim_matches('/'), "" | "index.html" | "index");
    OWN_COMPUTER.contains(&name) && !is_start && is_page()
}

/// The host and the path of a link to another site.
fn host_and_path<'a>(guide: &Guide, link: &'a Link) -> Option<(&'a str, &'a str)> {
    let (_, rest) = link.target.split_once("://").filter(|_| !guide.is_written_by_liquid(link.target_span))?;
    let rest = rest.split(['?', '#']).next().unwrap_or_default();
    rest.split_once('/')
}

/// The name in a path that one customer has, if the path leads to a page that only members see.
fn container<'a>(host: &str, path: &'a str) -> Option<&'a str> {
    let parts: Vec<&str> = path.split('/').collect();
    let is_manual = HOSTS_OF_MANUALS.contains(&host.split('.').next().unwrap_or_default());
    // Of one account, a page may be named instead: `/account/security/settings`.
    let is_number = |name: &str| name.len() >= SHORTEST_NUMBER && name.bytes().all(|c| c.is_ascii_digit());
    let is_container = |part: &str, name: &str| {
        CONTAINERS.iter().any(|several| *several == part || is_number(name) && several.strip_suffix('s') == Some(part))
    };
    let mut places = parts.windows(3);
    let name = places.find(|part| is_container(part[0], part[1]) && PAGES_OF_MEMBERS.contains(&part[2]))?[1];
    let is_name = name.bytes().all(|c| c.is_ascii_alphanumeric() || matches!(c, b'-' | b'_'));
    let is_of_one = is_name && !NAMES_OF_ANY.contains(&name) && !name.to_ascii_lowercase().contains("your");
    (!is_manual && !name.is_empty() && is_of_one).then_some(name)
}

/// A host without the number of the server; `None` if it has none.
fn any_server(host: &str) -> Option<String> {
    let (label, rest) = host.split_once('.')?;
    let region = label.trim_end_matches(|c: char| c.is_ascii_digit());
    (region.len() < label.len() && REGIONS.contains(&region)).then(|| format!("{region}.{rest}"))
}

/// Whether the text of a link, or the table that it is in, says which server it leads to.
fn names_server(guide: &Guide, link: &Link, host: &str) -> bool {
    let label = host.split('.').next().unwrap_or_default();
    let text = guide.text_in(&link.text).to_ascii_lowercase();
    let is_in_cell = guide.block_around(link.span).is_some_and(|block| matches!(block.kind, BlockKind::Cell { .. }));
    is_in_cell || text.contains(label) || text.contains("://")
}
