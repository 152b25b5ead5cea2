//! A site's pages by permalink, and what a link on one of them leads to.

use std::collections::{BTreeMap, BTreeSet};
use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};

use globset::{Glob, GlobSet, GlobSetBuilder};

use super::page_head::{PageHead, strings, trim};
use super::{Workspace, display_path};
use crate::guide::Guide;
use crate::paths::below;
use crate::profile::GuideKind;
use crate::source::{FileId, SourceFile};
use crate::tree::{Node, yaml};

/// What a site's settings (`_config.yml`) say about its pages.
#[derive(Debug, Default)]
pub(super) struct SiteSettings {
    base_url: String,
    exclude: Vec<String>,
}

impl SiteSettings {
    /// Reads the settings; what cannot be read counts as not said.
    pub(super) fn parse(bytes: Vec<u8>) -> Self {
        let source = SourceFile::from_bytes(FileId::default(), "", bytes);
        let documents = yaml::parse(&source, 0..source.text().len()).documents;
        let Some(root) = documents.first() else { return Self::default() };
        let base_url = root.get("baseurl").and_then(Node::as_str).map(trim).unwrap_or_default().to_owned();
        let exclude = root.get("exclude").map(strings).unwrap_or_default();
        Self { base_url, exclude: exclude.into_iter().map(str::to_owned).collect() }
    }

    /// Matches the paths, relative to the site, that Jekyll leaves out.
    pub(super) fn matcher(&self) -> GlobSet {
        let mut set = GlobSetBuilder::new();
        for pattern in &self.exclude {
            let pattern = pattern.trim_matches('/');
            for form in [pattern.to_owned(), format!("{pattern}/**")] {
                // An exclude that is no glob excludes nothing in Jekyll either.
                if let Ok(glob) = Glob::new(&form) {
                    set.add(glob);
                }
            }
        }
        set.build().unwrap_or_default()
    }
}

/// The index of a site, kept for the whole run.
#[derive(Debug)]
pub(super) struct SiteIndex {
    root: PathBuf,
    base_url: String,
    complete: bool,
    pages: Vec<PageHead>,
    /// The pages that have a permalink, as indices, in the order of their permalinks, then of their paths.
    by_permalink: Vec<u32>,
    /// Pages without a permalink, by the address that Jekyll makes of their path.
    paths: BTreeMap<Box<str>, FileId>,
    redirects: BTreeSet<Box<str>>,
    /// Of the pages without a permalink, by their index: without slashes around them.
    addresses: BTreeMap<usize, Box<str>>,
    anchors: Mutex<BTreeMap<FileId, Arc<BTreeSet<String>>>>,
    /// Whether there is a folder at a path, for those that links were followed to.
    folders: Mutex<BTreeMap<Box<str>, bool>>,
}

impl SiteIndex {
    pub(super) fn new(root: PathBuf, settings: SiteSettings, complete: bool) -> Self {
        let (pages, by_permalink, paths, redirects, addresses) = Default::default();
        let (anchors, folders) = Default::default();
        let base_url = settings.base_url;
        Self { root, base_url, complete, pages, by_permalink, paths, redirects, addresses, anchors, folders }
    }

    /// The site's topmost folder, as it was given.
    pub(super) fn root(&self) -> &Path {
        &self.root
    }

    /// Adds the page that is read from `path`. Pages come in the order of their files; when all are there,
    /// they have to be [arranged](Self::arrange).
    pub(super) fn add(&mut self, head: PageHead, path: &Path) {
        if head.permalink.is_some() {
            self.by_permalink.push(self.pages.len() as u32);
        } else {
            let path = below(&self.root, path).unwrap_or(path.into());
            let address = display_path(&path.with_extension(""));
            let address: Box<str> = trim(address.strip_suffix("index").unwrap_or(&address)).into();
            self.paths.insert(address.clone(), head.file);
            self.addresses.insert(self.pages.len(), address);
        }
        self.redirects.extend(head.redirects.iter().cloned());
        self.pages.push(head);
    }

    /// Puts the pages that have a permalink in order.
    pub(super) fn arrange(&mut self) {
        self.by_permalink.sort_by_key(|page| self.pages[*page as usize].address());
    }

    /// The pages with a permalink, in the order of their paths.
    fn pages(&self, permalink: &str) -> impl Iterator<Item = &PageHead> + use<'_> {
        let address = |page: &u32| self.pages[*page as usize].address().unwrap_or_default();
        let first = self.by_permalink.partition_point(|page| address(page) < permalink);
        let count = self.by_permalink[first..].partition_point(|page| address(page) == permalink);
        self.by_permalink[first..first + count].iter().map(|page| &self.pages[*page as usize])
    }

    pub(super) fn setup_guide(&self, permalink: &str) -> Option<FileId> {
        self.pages(permalink).find(|page| page.kind == Some(GuideKind::Setup)).map(|page| page.file)
    }

    /// Whether the site has a folder at `path`. The images of a site are in few folders.
    fn has_folder(&self, path: &str) -> bool {
        let look = || self.root.join(path).is_dir();
        let Ok(mut known) = self.folders.lock() else { return look() };
        if let Some(exists) = known.get(path) {
            return *exists;
        }
        *known.entry(path.into()).or_insert_with(look)
    }

    pub(super) fn setup_permalinks(&self) -> impl Iterator<Item = &str> {
        self.setup_guides().map(|(permalink, _)| permalink)
    }

    /// The setup guides that have a permalink, and their files.
    pub(super) fn setup_guides(&self) -> impl Iterator<Item = (&str, FileId)> {
        let setup = self.pages.iter().filter(|page| page.kind == Some(GuideKind::Setup));
        setup.filter_map(|page| Some((page.address()?, page.file)))
    }
}

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

    /// Whether every page of the site is known, so that what is not found does not exist.
    pub fn is_complete(&self) -> bool {
        self.index.complete
    }

    /// The path under which the site is served, without slashes around it; often empty.
    pub fn base_url(&self) -> &'a str {
        &self.index.base_url
    }

    /// The pages with a permalink (slashes around it do not matter), in the order of their paths.
    pub fn pages(&self, permalink: &str) -> impl Iterator<Item = &'a PageHead> + use<'a> {
        self.index.pages(trim(permalink))
    }

    /// The page at an address, without slashes around it.
    pub(super) fn page_at(&self, address: &str) -> Option<FileId> {
        let address = trim(address);
        let named = self.pages(address).next().map(|page| page.file);
        named.or_else(|| self.index.paths.get(address).copied())
    }

    /// Whether a former address leads to a page.
    pub(super) fn is_redirected(&self, address: &str) -> bool {
        self.index.redirects.contains(trim(address))
    }

    /// The folder in whose place relative links on this page start, without slashes around it.
    pub(super) fn folder(&self) -> &'a str {
        let Ok(own) = self.index.pages.binary_search_by_key(&self.page, |page| page.file) else { return "" };
        let permalink = self.index.pages[own].permalink.as_ref().map(|(permalink, _)| permalink);
        let address = permalink.or_else(|| self.index.addresses.get(&own));
        address.and_then(|address| address.rsplit_once('/')).map_or("", |(folder, _)| folder)
    }

    /// The permalinks of all pages of the site, in order.
    pub fn permalinks(&self) -> impl Iterator<Item = &'a str> + use<'a> {
        let index = self.index;
        let permalinks = index.by_permalink.iter().filter_map(|page| index.pages[*page as usize].address());
        let mut last = None;
        permalinks.filter(move |permalink| last.replace(*permalink) != Some(*permalink))
    }

    /// The page that looks.
    pub fn this_page(&self) -> FileId {
        self.page
    }

    /// Whether the site has a file at `path`, relative to its root. `None` if that cannot be told
    /// because the folder of the file is not there either. A list of files that was given speaks for
    /// all files of the kinds that it names.
    pub fn has_file(&self, path: &str) -> Option<bool> {
        let listed = &self.workspace.options.listed_files;
        let has_folder = self.index.has_folder(path.rsplit_once('/').map_or("", |(folder, _)| folder));
        if listed.contains(path) || has_folder && self.index.root.join(path).is_file() {
            return Some(true);
        }
        let extension = |path: &str| Path::new(path).extension().map(OsStr::to_ascii_lowercase);
        let is_listed_kind = || listed.iter().any(|other| extension(other) == extension(path));
        (has_folder || is_listed_kind()).then_some(false)
    }

    /// The ids and anchor names that a page of the site offers to `#fragment` links.
    pub fn anchors(&self, page: FileId) -> Option<Arc<BTreeSet<String>>> {
        if let Ok(known) = self.index.anchors.lock()
            && let Some(anchors) = known.get(&page)
        {
            return Some(Arc::clone(anchors));
        }
        let anchors = Arc::new(Guide::parse(self.workspace.source(page).ok()?).anchors());
        if let Ok(mut known) = self.index.anchors.lock() {
            known.insert(page, Arc::clone(&anchors));
        }
        Some(anchors)
    }
}
