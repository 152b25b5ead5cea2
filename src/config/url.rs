//! The parts of a URL by place: a finding points at the part that is wrong, not at the whole URL.
//!
//! The parts are only cut here, by RFC 3986 (section 3); whether they are right is left to rules.

use std::net::IpAddr;
use std::ops::Range;

/// Where the parts of a URL stand, as byte ranges of its text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UrlParts {
    /// Before `://`.
    pub scheme: Range<usize>,
    /// Before the `@`, with it; empty where there is none.
    pub userinfo: Range<usize>,
    /// The host, without its port.
    pub host: Range<usize>,
    /// The port with its colon; empty where there is none.
    pub port: Range<usize>,
    /// From the first slash behind the host to a query or fragment.
    pub path: Range<usize>,
    /// Query and fragment, with their `?` or `#`.
    pub rest: Range<usize>,
}

impl UrlParts {
    /// Cuts a URL; `None` where it has no `://`.
    pub fn new(url: &str) -> Option<Self> {
        let scheme = 0..url.find("://")?;
        let authority = scheme.end + "://".len();
        let end = url[authority..].find(['/', '?', '#']).map_or(url.len(), |at| authority + at);
        let host = url[authority..end].rfind('@').map_or(authority, |at| authority + at + 1);
        let colon = url[host..end].rfind(':').filter(|_| !url[host..end].ends_with(']'));
        let port = colon.map_or(end, |at| host + at);
        let path_end = url[end..].find(['?', '#']).map_or(url.len(), |at| end + at);
        Some(Self {
            scheme,
            userinfo: authority..host,
            host: host..port,
            port: port..end,
            path: end..path_end,
            rest: path_end..url.len(),
        })
    }

    /// Whether the URL may be a callback URL: https, a public host and nothing but `path`.
    pub fn is_callback(&self, url: &str, path: &str) -> bool {
        let bare = self.userinfo.is_empty() && self.port.is_empty() && self.rest.is_empty();
        let right = &url[self.scheme.clone()] == "https" && &url[self.path.clone()] == path;
        bare && right && host_problem(&url[self.host.clone()]).is_none()
    }
}

/// What keeps a host from being a public host name, in words; `None` for one that may be right.
pub fn host_problem(host: &str) -> Option<&'static str> {
    let bare = host.trim_start_matches('[').trim_end_matches(']');
    if host.is_empty() {
        return Some("the host is missing");
    }
    if host.contains('*') {
        return Some("a wildcard is no host: redirect URLs are compared exactly");
    }
    if bare.parse::<IpAddr>().is_ok() {
        return Some("an IP address is no host that vendors accept");
    }
    let lower = host.to_ascii_lowercase();
    if lower == "localhost" || [".localhost", ".local", ".internal"].iter().any(|end| lower.ends_with(end)) {
        return Some("the host is reachable only from your own machine or network");
    }
    (!is_host_name(host)).then_some("this is not a host name")
}

/// Whether a text is a host name of at least two labels (RFC 1123, section 2.1), or one with
/// characters beyond ASCII.
fn is_host_name(host: &str) -> bool {
    let is_label = |label: &str| {
        let inner = |c: char| c.is_ascii_alphanumeric() || c == '-' || !c.is_ascii();
        !label.is_empty()
            && label.len() <= 63
            && label.chars().all(inner)
            && !label.starts_with('-')
            && !label.ends_with('-')
    };
    host.len() <= 253 && host.contains('.') && host.split('.').all(is_label)
}
