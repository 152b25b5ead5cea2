//! What a link on a page of the site leads to, as a browser resolves it on the published page.

use std::borrow::Cow;
use std::path::Path;

use super::addresses::decoded;
use super::site::Site;
use crate::source::FileId;

/// Addresses at which plugins that many sites use publish a file of their own: `jekyll-feed`, `jekyll-sitemap`
/// and `jekyll-redirect-from`.
const GENERATED: [&str; 5] = ["feed.xml", "atom.xml", "sitemap.xml", "robots.txt", "redirects.json"];

/// Endings of sources of pages and of files that are published as they are.
const FILES: [&str; 28] = [
    "adoc", "csv", "docx", "gif", "ipynb", "jpeg", "jpg", "js", "json", "markdown", "md", "mdown", "mdx", "mov", "mp4",
    "pdf", "png", "pptx", "py", "rst", "sh", "svg", "txt", "webp", "xlsx", "yaml", "yml", "zip",
];

/// What a link leads to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Destination<'t> {
    /// Another site, a mail address, or unknown.
    Elsewhere,
    /// A page of the site, and the place on it.
    Page {
        page: FileId,
        /// What follows `#`, if anything does.
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
        let Some((path, absolute)) = path_on_site(address, hosts).filter(|_| self.is_known()) else {
            return Destination::Elsewhere;
        };
        let written = path.trim_start_matches('/');
        let readings = if absolute { self.readings_from_root(written) } else { self.readings_from_page(written) };
        let mut found = readings.iter().map(|path| self.at(&decoded(path), written, fragment));
        let Some(first) = found.next() else { return Destination::Elsewhere };
        let leads = |destination: &Destination<'_>| match destination {
            Destination::Missing { .. } => false,
            // A folder of the base URL's name need not be there.
            Destination::Elsewhere => !absolute,
            Destination::Page { .. } | Destination::File => true,
        };
        let is_unsure = if absolute {
            !self.may_have_address(written)
        } else {
            self.leaves_site(written) || !names_file(written) && self.has_generator()
        };
        if is_unsure && !leads(&first) && !readings.is_empty() {
            return found.find(leads).unwrap_or(Destination::Elsewhere);
        }
        let best = if leads(&first) { first } else { found.find(leads).unwrap_or(first) };
        // What is beside the site on its host is not part of it.
        let is_beside = absolute && !self.base_url().is_empty() && below(written, self.base_url()).is_none();
        if is_beside && !leads(&best) { Destination::Elsewhere } else { best }
    }

    /// The paths that an address from the root of the host may mean, the likeliest first.
    fn readings_from_root<'p>(&self, path: &'p str) -> Vec<Cow<'p, str>> {
        let inside = below(path, self.base_url()).filter(|_| !self.base_url().is_empty());
        inside.into_iter().chain([path]).map(|path| join("", path).into()).collect()
    }

    /// The paths that an address from this page may mean. If no configuration shows that Jekyll builds the
    /// site, links between files work too.
    fn readings_from_page<'p>(&self, path: &'p str) -> Vec<Cow<'p, str>> {
        let by_file = || self.own_path().map(|own| own.rsplit_once('/').map_or("", |(folder, _)| folder));
        let by_address = self.folder();
        let by_file = if self.is_jekyll() { None } else { by_file() };
        by_address.into_iter().chain(by_file).map(|folder| join(folder, path).into()).collect()
    }

    /// Whether a relative address leads out of the folder with the site's files, as links between files do that are in
    /// a part of what is published.
    fn leaves_site(&self, path: &str) -> bool {
        let mut depth = self.own_path().map_or(0, |own| own.matches('/').count());
        !self.is_jekyll()
            && path.split('/').any(|part| {
                let leaves = part == ".." && depth == 0;
                match part {
                    "" | "." => {}
                    ".." => depth = depth.saturating_sub(1),
                    _ => depth += 1,
                }
                leaves
            })
    }

    fn at<'t>(&self, resolved: &str, path: &'t str, fragment: Option<&'t str>) -> Destination<'t> {
        if let Some(page) = self.page_at(resolved) {
            return Destination::Page { page, fragment };
        }
        if resolved.is_empty() || self.is_redirected(resolved) || GENERATED.contains(&resolved) {
            return Destination::File;
        }
        let is_source = self.config().is_markdown(Path::new(resolved));
        if is_source && let Some(page) = self.source_page(resolved, path) {
            return Destination::Page { page, fragment };
        }
        if self.shows_readme() && self.has_folder(resolved) {
            let mut names = ["README.md", "readme.md", "Readme.md"].iter();
            let page = names.find_map(|name| self.page_of_file(&format!("{resolved}/{name}")));
            if let Some(page) = page {
                return Destination::Page { page: page.file, fragment };
            }
            // GitHub shows each folder.
            if !self.is_jekyll() {
                return Destination::File;
            }
        }
        match self.has_file(resolved) {
            // Jekyll does not publish the source of a page.
            Some(true) if !is_source || !self.is_jekyll() => Destination::File,
            None if Path::new(resolved).extension().is_some() && !is_source => Destination::Elsewhere,
            _ if !self.is_complete() || resolved.contains('%') || self.may_be_made(resolved) => Destination::Elsewhere,
            _ if self.has_file(&format!("{resolved}.html")) == Some(true) || self.is_style(resolved) => {
                Destination::File
            }
            _ => Destination::Missing { path },
        }
    }

    /// The page that a link to its source file leads to: where a plugin makes it one, where no configuration
    /// shows that Jekyll makes the site, and for a file without front matter, which is copied.
    fn source_page(&self, resolved: &str, written: &str) -> Option<FileId> {
        let from_file = || {
            let own = self.own_path()?;
            let folder = own.rsplit_once('/').map_or("", |(folder, _)| folder);
            self.page_of_file(&join(folder, written)).filter(|_| self.is_jekyll() && self.has_relative_links())
        };
        let page = from_file().or_else(|| self.page_of_file(resolved))?;
        let works = !page.has_front_matter || self.has_relative_links();
        works.then_some(page.file)
    }

    /// Whether Jekyll makes a style sheet from a file beside it.
    fn is_style(&self, resolved: &str) -> bool {
        let stem = resolved.strip_suffix(".css");
        stem.is_some_and(|stem| {
            ["scss", "sass"].iter().any(|ending| self.has_file(&format!("{stem}.{ending}")) == Some(true))
        })
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

/// Whether a path names the source of a page or another file by its ending: programs that make sites publish pages at
/// addresses without one, and take `@` or `~` for a folder of their own.
fn names_file(path: &str) -> bool {
    let ending = path.rsplit('/').next().and_then(|name| name.rsplit_once('.')).map(|(_, ending)| ending);
    !path.starts_with(['@', '~'])
        && ending.is_some_and(|ending| FILES.iter().any(|known| ending.eq_ignore_ascii_case(known)))
}

/// What follows a folder in a path; empty for the folder itself.
fn below<'p>(path: &'p str, folder: &str) -> Option<&'p str> {
    let rest = path.strip_prefix(folder)?;
    if rest.is_empty() { Some(rest) } else { rest.strip_prefix('/') }
}

fn web<'t>((scheme, rest): (&'t str, &'t str)) -> Option<&'t str> {
    matches!(scheme.to_ascii_lowercase().as_str(), "http" | "https").then_some(rest)
}

/// `path` seen from `folder`, without `.` and `..`.
pub(super) fn join(folder: &str, path: &str) -> String {
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
