//! A site's pages by their address, and what its configuration says about them.

use std::collections::{BTreeSet, HashMap};
use std::ffi::OsStr;
use std::path::Path;
use std::sync::Arc;

use super::Workspace;
use super::addresses::{key, trim};
use super::jekyll::{Place, SiteConfig};
use super::layouts::TemplatePage;
use super::page_head::PageHead;
use crate::guide::Guide;
use crate::nearest;
use crate::profile::GuideKind;
use crate::source::FileId;
use crate::tree::Node;

use super::site_index::{Names, SiteIndex};
/// A site as one of its pages sees it.
#[derive(Debug, Clone, Copy)]
pub struct Site<'a> {
    workspace: &'a Workspace,
    index: &'a SiteIndex,
    page: FileId,
}

impl<'a> Site<'a> {
    pub(super) fn new(workspace: &'a Workspace, index: &'a SiteIndex, page: FileId) -> Self {
        Self { workspace, index, page }
    }

    /// Whether the root of the site is known. Without one no other page is: a rule says nothing about others then.
    pub fn is_known(&self) -> bool {
        self.index.is_known
    }

    /// Whether the address of every page is known, so that what is not found does not exist.
    pub fn is_complete(&self) -> bool {
        self.index.is_complete
    }

    /// Whether plugins of the site may define Liquid tags: true where its configuration is not known.
    pub fn may_have_plugins(&self) -> bool {
        !self.index.is_jekyll || self.index.plugins().any
    }

    /// Whether the site is made by Jekyll with plugins.
    pub fn has_plugins(&self) -> bool {
        self.index.is_jekyll && self.index.plugins().any
    }

    /// Whether a plugin of the site defines a Liquid tag, as far as that can be read.
    pub fn defines_tag(&self, tag: &str) -> bool {
        self.index.is_jekyll && self.index.plugins().define(tag)
    }

    /// The variables that the includes of a page set; `None` where one of them cannot be read.
    pub fn included_variables(&self, page: &Guide) -> Option<BTreeSet<String>> {
        self.index.layouts.variables(page)
    }

    /// Whether the layout of a page prints a heading of level 1; `None` where that is not known.
    pub fn prints_title(&self, page: &Guide) -> Option<bool> {
        let layout = page.front_matter("layout").or_else(|| self.default_value("layout")).and_then(Node::as_str)?;
        self.index.layouts.has_first_heading(layout)
    }

    /// Whether the site has an include of this name.
    pub fn has_include(&self, name: &str) -> bool {
        self.index.layouts.has_include(name)
    }

    /// Whether the site is made by Jekyll.
    pub fn is_jekyll(&self) -> bool {
        self.index.is_jekyll
    }

    pub(super) fn workspace(&self) -> &'a Workspace {
        self.workspace
    }

    pub(super) fn config(&self) -> &'a SiteConfig {
        &self.index.config
    }

    /// The path under which the site is served, without slashes around it; often empty.
    pub fn base_url(&self) -> &'a str {
        &self.index.config.base_url
    }

    /// The value that the site's configuration gives to a key of this page's front matter (`defaults`).
    pub fn default_value(&self, key: &str) -> Option<&'a Node> {
        let path = self.own_path()?;
        self.index.config.default_value(path, self.index.config.place(path)?, key)
    }

    /// The published pages at an address (slashes around it do not matter), in the order of their paths.
    pub fn pages(&self, address: &str) -> impl Iterator<Item = &'a PageHead> + use<'a> {
        let known = self.is_known().then(|| self.index.pages(address));
        known.into_iter().flatten()
    }

    /// The page that is written to the same file as this one and comes before it.
    pub fn earlier_at_own_address(&self) -> Option<&'a PageHead> {
        let own = self.own().filter(|page| page.is_published)?;
        let destination = own.destination()?;
        let earlier = self.pages(own.key()).take_while(|other| other.file != self.page);
        earlier.into_iter().find(|other| other.destination().as_ref() == Some(&destination))
    }

    pub(super) fn page_at(&self, address: &str) -> Option<FileId> {
        self.pages(address).next().map(|page| page.file)
    }

    /// The page whose file is at `path`, from the site's source.
    pub(super) fn page_of_file(&self, path: &str) -> Option<&'a PageHead> {
        let index = self.index;
        let numbered = || (0u32..).zip(&index.pages).filter_map(|(at, page)| Some((page.path.clone()?, at)));
        let by_path = index.by_path.get_or_init(|| numbered().collect());
        by_path.get(path).map(|page| &index.pages[*page as usize]).filter(|page| page.is_published)
    }

    /// The published pages whose files have this name in any case.
    pub(super) fn pages_of_file_name(&self, name: &str) -> impl Iterator<Item = &'a PageHead> + use<'a> {
        let index = self.index;
        let by_name = index.by_file_name.get_or_init(|| {
            let mut by_name: HashMap<String, Vec<u32>> = HashMap::new();
            for (at, page) in (0..).zip(&index.pages).filter(|(_, page)| page.is_published) {
                let path = page.path.as_deref().unwrap_or_default();
                let name = path.rsplit('/').next().unwrap_or(path).to_ascii_lowercase();
                by_name.entry(name).or_default().push(at);
            }
            by_name
        });
        let found = by_name.get(&name.to_ascii_lowercase()).into_iter().flatten();
        found.map(|page| &index.pages[*page as usize])
    }

    /// Whether `{% link path %}` finds a page or a file (`tags/link.rb`); true where the site is not known well enough.
    pub fn has_link_target(&self, path: &str) -> bool {
        let path = path.strip_prefix('/').unwrap_or(path);
        !self.index.is_jekyll || self.page_of_file(path).is_some() || self.has_file(path) == Some(true)
    }

    /// The address that `{% link path %}` writes, without the path under which the site is served.
    pub(super) fn link_target(&self, path: &str) -> Option<String> {
        let path = path.strip_prefix('/').unwrap_or(path);
        match self.page_of_file(path) {
            Some(page) => page.address.as_deref().map(str::to_owned),
            None => self.has_file(path).filter(|exists| *exists).map(|_| format!("/{path}")),
        }
    }

    /// Whether `{% post_url name %}` finds a post (`tags/post_url.rb`); true where the site is not known well enough.
    pub fn has_post(&self, name: &str) -> bool {
        !self.index.is_jekyll || self.post(name).is_some()
    }

    /// The post that `{% post_url name %}` means.
    pub(super) fn post(&self, name: &str) -> Option<&'a PageHead> {
        let (folder, name) = name.trim_start_matches('/').rsplit_once('/').unwrap_or(("", name));
        let is_it = |path: &str| {
            let (place, file) = path.rsplit_once('/').unwrap_or(("", path));
            let in_folder = place.contains("_posts") && (folder.is_empty() || place.contains(folder));
            in_folder && file.rsplit_once('.').is_some_and(|(stem, _)| stem == name)
        };
        let index = self.index;
        index.pages.iter().find(|page| page.path.as_deref().is_some_and(is_it))
    }

    /// The published pages, in the order of their files.
    pub(super) fn all_pages(&self) -> impl Iterator<Item = &'a PageHead> + use<'a> {
        self.index.pages.iter().filter(|page| page.is_published)
    }

    /// The names of the site's files, looked for once.
    pub(super) fn names_of(&self, find: impl FnOnce(&Path, &SiteConfig, &BTreeSet<String>) -> Names) -> &'a Names {
        let index = self.index;
        let source = if index.source.as_os_str().is_empty() { Path::new(".") } else { &index.source };
        index.names.get_or_init(|| find(source, &index.config, &self.workspace.options.listed_files))
    }

    /// Whether a former address leads to a page.
    pub(super) fn is_redirected(&self, address: &str) -> bool {
        self.index.redirects.contains(key(address)) || self.index.redirects_by_host(address)
    }

    /// Whether another program than Jekyll makes the site, and gives headings ids by its own rules.
    pub fn has_generator(&self) -> bool {
        self.index.has_generator(self.own_path().unwrap_or_default())
    }

    /// Whether an address from the root of the host may be one of this site: without a configuration, where one of its
    /// folders has the name that it begins with. Another site may be at the root, or the site in a folder of it.
    pub(super) fn may_have_address(&self, path: &str) -> bool {
        let first = path.split('/').next().unwrap_or_default();
        self.index.is_jekyll || !self.has_generator() && path.contains('/') && self.index.has_folder(first)
    }

    /// Another page of the site whose source fulfills a condition.
    pub fn other_page(&self, is_it: impl Fn(&str) -> bool) -> Option<FileId> {
        let others = self.all_pages().map(|page| page.file).filter(|page| *page != self.page && self.is_known());
        others.into_iter().find(|page| self.workspace.readable(*page).is_some_and(|source| is_it(source.text())))
    }

    /// The address of the page that a former address leads to, without slashes around it.
    pub fn address_after_redirect(&self, address: &str) -> Option<&'a str> {
        if !self.is_known() || !self.is_redirected(address) || self.page_at(address).is_some() {
            return None;
        }
        let leads = |page: &&PageHead| page.redirects.iter().any(|former| &**former == key(address));
        self.all_pages().find(leads)?.address.as_deref().map(trim)
    }

    /// The folder in whose place relative links on this page start, without a slash at its start; `None` where
    /// the page has no address.
    pub(super) fn folder(&self) -> Option<&'a str> {
        let address = self.own()?.address.as_deref()?;
        Some(address.rsplit_once('/').map_or("", |(folder, _)| trim(folder)))
    }

    /// The path of this page's file from the site's source.
    pub(super) fn own_path(&self) -> Option<&'a str> {
        self.own()?.path.as_deref()
    }

    fn own(&self) -> Option<&'a PageHead> {
        self.index.head(self.page)
    }

    /// Which kind of guide a page of the site is.
    pub fn kind(&self, page: FileId) -> Option<GuideKind> {
        self.index.head(page)?.kind
    }

    /// The addresses of the pages that have a permalink, in order.
    pub fn permalinks(&self) -> impl Iterator<Item = &'a str> + use<'a> {
        let index = self.index;
        let pages = index.by_address.iter().map(|page| &index.pages[*page as usize]);
        let named = pages.filter(|page| page.permalink.is_some() && index.is_known);
        let mut last = None;
        named
            .filter_map(|page| page.address.as_deref())
            .map(trim)
            .filter(move |address| last.replace(*address) != Some(*address))
    }

    /// The addresses of the pages with a permalink that begin or end most like a name.
    pub fn permalinks_like(&self, name: &str) -> impl Iterator<Item = &'a str> + use<'a> {
        self.index.permalinks.get_or_init(|| nearest::Names::new(self.permalinks())).around(name)
    }

    /// The page that looks.
    pub fn this_page(&self) -> FileId {
        self.page
    }

    /// Whether links to the source files of pages lead to these.
    pub(super) fn has_relative_links(&self) -> bool {
        !self.index.is_jekyll || self.index.config.relative_links.unwrap_or_else(|| self.index.plugins().relative_links)
    }

    /// Whether a folder without an index shows its `README`.
    pub(super) fn shows_readme(&self) -> bool {
        !self.index.is_jekyll || self.index.plugins().readme_index
    }

    /// Whether a plugin may publish a page at an address, or another build a file.
    pub(super) fn may_be_made(&self, address: &str) -> bool {
        self.index.is_jekyll && (self.index.config.made.may_have(address) || self.index.plugins().make_pages)
    }

    pub(super) fn has_folder(&self, path: &str) -> bool {
        self.index.has_folder(path)
    }

    /// Whether the site has a file at `path`, from its source. `None` if that is unknown
    /// because the folder of the file is not there either. A list of files that was given speaks for
    /// all files of the kinds that it names.
    pub fn has_file(&self, path: &str) -> Option<bool> {
        let listed = &self.workspace.options.listed_files;
        let has_folder = self.index.has_folder(path.rsplit_once('/').map_or("", |(folder, _)| folder));
        let is_published = || !self.index.is_jekyll || self.index.config.place(path).is_some();
        if listed.contains(path) || has_folder && is_published() && self.index.source.join(path).is_file() {
            return Some(true);
        }
        let extension = |path: &str| Path::new(path).extension().map(OsStr::to_ascii_lowercase);
        let is_listed_kind = || listed.iter().any(|other| extension(other) == extension(path));
        (has_folder || is_listed_kind()).then_some(false)
    }

    /// The ids and anchor names that a page of the site offers to `#fragment` links; `None` where they are not
    /// all on the page.
    pub fn anchors(&self, page: FileId) -> Option<Arc<BTreeSet<String>>> {
        self.index.anchors.get_or(page, || self.read_anchors(page).map(Arc::new))
    }

    /// Whether a page may have an anchor by its layout or its includes, as far as they can be rendered.
    pub fn layout_may_have(&self, page: &Guide, anchor: &str) -> bool {
        if !self.index.is_jekyll {
            return page.includes().next().is_some();
        }
        let site = self.workspace.site(page.source.id());
        let path = site.own_path();
        let default_value = |key: &str| site.default_value(key);
        let written = page.front_matter("layout").or_else(|| site.default_value("layout"));
        let page = TemplatePage {
            guide: page,
            is_document: path
                .and_then(|path| self.index.config.place(path))
                .is_none_or(|place| !matches!(place, Place::Page)),
            address: site.own().and_then(|own| own.address.as_deref()),
            layout: written.and_then(Node::as_str),
            options: &self.index.config.kramdown,
            default_value: &default_value,
            held: &|path| self.workspace.held_document(path),
        };
        self.index.layouts.may_have(&page, anchor)
    }

    /// A page of the site, read; `None` where it cannot be read or is too large.
    pub fn guide(&self, page: FileId) -> Option<Guide> {
        Some(self.workspace.guide(self.workspace.readable(page)?))
    }

    fn read_anchors(&self, page: FileId) -> Option<BTreeSet<String>> {
        if self.index.head(page)?.is_redirect {
            return None;
        }
        let guide = self.guide(page)?;
        (!guide.has_unseen_parts(&self.workspace.profile().page.liquid_tags)).then(|| guide.anchors().clone())
    }
}
