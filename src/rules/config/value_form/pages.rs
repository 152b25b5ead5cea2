//! Addresses of pages where the address of an API or a site is meant.

use super::given::Given;
use crate::config::Misfit;

pub(super) fn misfit(given: &Given<'_>) -> Option<Misfit> {
    let is_site = is_site(&given.folded) || is_site_by_guide(given);
    let is_page = is_site && is_page(given.value) || is_linked(given);
    (is_page && !is_of_page(&given.folded) && !given.has_references()).then(|| Misfit {
        problem: "is the address of a page".to_owned(),
        help: if given.samples().any(has_path) {
            "use the URL that the guide describes"
        } else {
            "end the URL after the host"
        }
        .to_owned(),
    })
}

/// Whether a property is named after a whole site, whose address has no query.
fn is_site(folded: &str) -> bool {
    ["baseurl", "domain", "host", "hostname", "siteurl", "serverurl", "instanceurl", "apiurl"].contains(&folded)
}

/// Whether a property is named after a page or something else that has a whole address.
pub(super) fn is_of_page(folded: &str) -> bool {
    const WORDS: [&str; 11] =
        ["login", "signin", "authoris", "authoriz", "token", "page", "portal", "webhook", "feed", "wsdl", "callback"];
    WORDS.iter().any(|word| folded.contains(word))
}

/// Whether the guide shows addresses for a property, none of them that of a page, and the property is not named after
/// what is at one of them.
fn is_site_by_guide(given: &Given<'_>) -> bool {
    let mut samples = given.samples().filter(|sample| sample.contains("://")).peekable();
    let is_page = |sample: &str| is_page(sample) || has_path(sample) && given.folded != "url";
    samples.peek().is_some() && !samples.any(is_page)
}

fn has_path(url: &str) -> bool {
    url.split_once("://").is_some_and(|(_, rest)| rest.trim_end_matches('/').contains('/'))
}

/// Whether a URL is that of a page to which the guide links.
fn is_linked(given: &Given<'_>) -> bool {
    let is_url = is_site(&given.folded) || ["url", "uri", "endpoint"].iter().any(|end| given.folded.ends_with(end));
    is_url && given.installation.contract.iter().any(|known| known.contract.links_to_page(given.value))
}

/// Whether a value is the URL of a page for people: one with a query, or one where they sign in.
fn is_page(value: &str) -> bool {
    const PATHS: [&str; 6] = ["login", "signin", "sign-in", "logon", "dashboard", "settings"];
    let is_host = |first: &str| first.contains('.') && !first.contains(char::is_whitespace);
    let bare = || value.split('/').next().is_some_and(is_host).then_some(value);
    let Some(rest) = value.split_once("://").map(|(_, rest)| rest).or_else(bare) else { return false };
    let last = rest.trim_end_matches('/').rsplit_once('/').map_or("", |(_, last)| last);
    rest.contains(['?', '#']) || PATHS.iter().any(|path| path.eq_ignore_ascii_case(last))
}
