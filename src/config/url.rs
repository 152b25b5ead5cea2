//! URLs by their parts: a finding points at the part that is wrong, not at the whole URL.
//!
//! The parts are cut here by RFC 3986 (section 3), because the `url` crate gives no positions; whether a
//! host is one, and whether two are the same, is judged by that crate (WHATWG URL Standard). What a reference or a
//! placeholder holds open is not judged.

use std::ops::Range;

use url::Host;

use crate::config::References;

/// Where the parts of a URL are, as byte ranges of its text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UrlParts {
    /// Before `://`; empty if there is none.
    pub scheme: Range<usize>,
    /// Before the `@`, with it; empty if there is none.
    pub userinfo: Range<usize>,
    /// The host, without its port.
    pub host: Range<usize>,
    /// The port with its colon; empty if there is none.
    pub port: Range<usize>,
    /// From the first slash after the host to a query or fragment.
    pub path: Range<usize>,
    /// Query and fragment, with their `?` or `#`.
    pub rest: Range<usize>,
}

impl UrlParts {
    /// Cuts a URL. Without a scheme the text begins with the host.
    pub fn new(url: &str) -> Self {
        let scheme = 0..url.find("://").unwrap_or(0);
        let authority = if scheme.is_empty() { 0 } else { scheme.end + "://".len() };
        let end = url[authority..].find(['/', '?', '#']).map_or(url.len(), |at| authority + at);
        let host = url[authority..end].rfind('@').map_or(authority, |at| authority + at + 1);
        let colon = url[host..end].rfind(':').filter(|_| !url[host..end].ends_with(']'));
        let port = colon.map_or(end, |at| host + at);
        let path_end = url[end..].find(['?', '#']).map_or(url.len(), |at| end + at);
        Self {
            scheme,
            userinfo: authority..host,
            host: host..port,
            port: port..end,
            path: end..path_end,
            rest: path_end..url.len(),
        }
    }
}

/// A URL or a host of a configuration, cut where its open parts (references and placeholders) are not an obstacle.
#[derive(Debug, Clone)]
pub struct Address {
    /// Its parts.
    pub parts: UrlParts,
    /// The text with letters instead of the open parts.
    text: String,
    open: Vec<Range<usize>>,
}

impl Address {
    /// Cuts the text of a URL, or of a host alone.
    pub fn new(url: &str, references: &References) -> Self {
        let open = references.open_parts(url);
        let mut text = url.to_owned();
        for part in &open {
            text.replace_range(part.clone(), &"x".repeat(part.len()));
        }
        Self { parts: UrlParts::new(&text), text, open }
    }

    /// Whether nothing but the content of a reference or placeholder decides about (a part of) a range.
    pub fn is_open(&self, range: &Range<usize>) -> bool {
        self.open.iter().any(|part| part.start < range.end && range.start < part.end)
    }

    /// Whether the URL has a scheme, or may get one from the reference that it begins with.
    pub fn has_scheme(&self) -> bool {
        !self.parts.scheme.is_empty() || self.open.first().is_some_and(|part| part.start == 0)
    }

    /// What keeps the host from being a public host name, in words.
    pub fn host_problem(&self) -> Option<&'static str> {
        let host = &self.text[self.parts.host.clone()];
        if !self.is_open(&self.parts.host) {
            return host_problem(host);
        }
        let is_plain = |c: char| c.is_alphanumeric() || matches!(c, '-' | '.' | '_');
        (!host.chars().all(is_plain)).then_some(NOT_A_HOST)
    }
}

const NOT_A_HOST: &str = "invalid host name";

/// What keeps a host from being a public host name, in words; `None` for one that may be right.
pub fn host_problem(host: &str) -> Option<&'static str> {
    if host.is_empty() {
        return Some("missing host");
    }
    if host.contains('*') {
        return Some("wildcard in the host");
    }
    let ascii = match Host::parse(host) {
        Ok(Host::Domain(ascii)) => ascii,
        Ok(Host::Ipv4(_) | Host::Ipv6(_)) => return Some("IP address instead of a host name"),
        Err(_) => return Some(NOT_A_HOST),
    };
    if ascii == "localhost" || [".localhost", ".local", ".internal"].iter().any(|end| ascii.ends_with(end)) {
        return Some("local host");
    }
    (!is_host_name(&ascii)).then_some(NOT_A_HOST)
}

/// How far the host of an address reaches.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reach {
    /// Only the machine itself.
    Machine,
    /// The machines of one network.
    Network,
    /// Anywhere.
    Public,
}

/// How far a host reaches, without a port (RFC 1918, RFC 4193, RFC 6761, RFC 6762).
pub fn reach(host: &str) -> Reach {
    const INTERNAL: [&str; 6] = [".local", ".internal", ".lan", ".home.arpa", ".intranet", ".corp"];
    let host = host.strip_suffix('.').unwrap_or(host);
    let (is_machine, is_network) = match Host::parse(host) {
        Ok(Host::Domain(name)) => {
            let is_internal = !name.contains('.') || INTERNAL.iter().any(|end| name.ends_with(end));
            (name == "localhost" || name.ends_with(".localhost"), is_internal)
        }
        Ok(Host::Ipv4(address)) => (address.is_loopback(), address.is_private() || address.is_link_local()),
        Ok(Host::Ipv6(address)) => {
            (address.is_loopback(), address.is_unique_local() || address.is_unicast_link_local())
        }
        Err(_) => (false, false),
    };
    match (is_machine, is_network) {
        (true, _) => Reach::Machine,
        (_, true) => Reach::Network,
        _ => Reach::Public,
    }
}

/// Whether two host names are the same: in any case, in Unicode or as Punycode.
pub fn is_same_host(one: &str, other: &str) -> bool {
    one.eq_ignore_ascii_case(other)
        || matches!((Host::parse(one), Host::parse(other)), (Ok(one), Ok(other)) if one == other)
}

/// Whether a domain has at least two labels, all of letters, digits and inner hyphens (RFC 1123, section 2.1).
fn is_host_name(ascii: &str) -> bool {
    let is_label = |label: &str| {
        !label.is_empty()
            && label.len() <= 63
            && label.bytes().all(|c| c.is_ascii_alphanumeric() || c == b'-')
            && !label.starts_with('-')
            && !label.ends_with('-')
    };
    ascii.len() <= 253 && ascii.contains('.') && ascii.split('.').all(is_label)
}
