//! What a link on a page of the site leads to, as a browser resolves it on the published page.

use std::path::Path;

use super::site::Site;
use crate::source::FileId;

/// What a link leads to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Destination<'t> {
    /// Another site, a mail address, or what cannot be told.
    Elsewhere,
    /// A page of the site, and the place on it.
    Page {
        /// The page.
        page: FileId,
        /// What stands behind `#`, if anything does.
        fragment: Option<&'t str>,
    },
    /// Another file of the site.
    File,
    /// An address of the site at which there is nothing.
    Missing {
        /// The path without the slash at its start.
        path: &'t str,
    },
}

impl Site<'_> {
    /// What `target` leads to from this page; `hosts` serve the site.
    ///
    /// The answer is `Elsewhere` where the site is not known well enough to say that something is missing.
    pub fn destination<'t>(&self, target: &'t str, hosts: &[String]) -> Destination<'t> {
        let target = target.trim();
        let (address, fragment) = match target.split_once('#') {
            Some((address, fragment)) => (address, Some(fragment)),
            None => (target, None),
        };
        let address = address.split('?').next().unwrap_or_default();
        if address.is_empty() {
            return Destination::Page { page: self.this_page(), fragment };
        }
        let Some((path, absolute)) = path_on_site(address, hosts) else { return Destination::Elsewhere };
        let base = self.base_url();
        let written = path.trim_start_matches('/');
        let below_base = written
            .strip_prefix(base)
            .and_then(|rest| if rest.is_empty() { Some(rest) } else { rest.strip_prefix('/') });
        let path = if absolute && !base.is_empty() { below_base.unwrap_or(written) } else { written };
        let folder = if absolute { "" } else { self.folder() };
        self.at(&join(folder, path), path, fragment)
    }

    fn at<'t>(&self, resolved: &str, path: &'t str, fragment: Option<&'t str>) -> Destination<'t> {
        let plain = resolved.strip_suffix(".html").unwrap_or(resolved);
        let plain = plain.strip_suffix("index").unwrap_or(plain);
        let other_than_plain = || self.page_at(resolved).filter(|_| plain != resolved);
        if let Some(page) = other_than_plain().or_else(|| self.page_at(plain)) {
            return Destination::Page { page, fragment };
        }
        if resolved.is_empty() || self.is_redirected(resolved) {
            return Destination::File;
        }
        let source =
            Path::new(resolved).extension().is_some_and(|extension| extension == "md" || extension == "markdown");
        match self.has_file(resolved) {
            // The source of a page is not published.
            Some(true) if !source => Destination::File,
            None if Path::new(resolved).extension().is_some() && !source => Destination::Elsewhere,
            _ if !self.is_complete() || resolved.contains('%') => Destination::Elsewhere,
            _ if self.has_file(&format!("{resolved}.html")) == Some(true) => Destination::File,
            _ => Destination::Missing { path },
        }
    }
}

/// The path of an address on the site and whether it starts at the root; `None` for other sites.
fn path_on_site<'t>(address: &'t str, hosts: &[String]) -> Option<(&'t str, bool)> {
    if let Some(rest) = address.strip_prefix("//").or_else(|| address.split_once("://").and_then(web)) {
        let (host, path) = rest.find('/').map_or((rest, ""), |at| rest.split_at(at));
        return hosts.iter().any(|known| known.eq_ignore_ascii_case(host)).then_some((path, true));
    }
    // A colon in the first part of a path can only be a scheme (RFC 3986, section 4.2).
    let first = address.split('/').next().unwrap_or_default();
    (!first.contains(':')).then_some((address, address.starts_with('/')))
}

fn web<'t>((scheme, rest): (&'t str, &'t str)) -> Option<&'t str> {
    matches!(scheme.to_ascii_lowercase().as_str(), "http" | "https").then_some(rest)
}

/// `path` seen from `folder`, without `.` and `..`.
fn join(folder: &str, path: &str) -> String {
    let mut parts: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                // Browsers stay at the root.
                parts.pop();
            }
            _ => parts.push(part),
        }
    }
    parts.join("/")
}
