//! A site of the run: its folder, its configuration, and its pages by address.

use std::collections::{BTreeSet, HashMap};
use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};

use super::addresses::key;
use super::jekyll::SiteConfig;
use super::layouts::Layouts;
use super::memo::Memo;
use super::page_head::PageHead;
use super::roots::Root;
use super::{display_path, read_text};
use crate::paths::below;
use crate::profile::GuideKind;
use crate::source::{FileId, Size};

/// The files of a site, by the last part of their paths in lowercase.
pub(super) type Names = Vec<(String, String)>;

/// The index of a site, kept for the whole run.
#[derive(Debug, Default)]
pub(super) struct SiteIndex {
    pub(super) source: PathBuf,
    /// The folder of its configuration.
    folder: PathBuf,
    pub(super) config: SiteConfig,
    pub(super) is_known: bool,
    pub(super) is_jekyll: bool,
    pub(super) pages: Vec<PageHead>,
    /// The published pages, as indices, in the order of their addresses, then of their paths.
    pub(super) by_address: Vec<u32>,
    /// The addresses of those, in the form in which they are compared.
    keys: Vec<Box<str>>,
    /// Whether the address of each published page is known.
    pub(super) is_complete: bool,
    pub(super) redirects: BTreeSet<Box<str>>,
    /// Pages by the paths of their files from the site's source.
    pub(super) by_path: OnceLock<HashMap<Box<str>, u32>>,
    pub(super) anchors: Memo<FileId, Option<Arc<BTreeSet<String>>>>,
    /// Whether there is a folder at a path, for those that links were followed to.
    folders: Memo<Box<str>, bool>,
    pub(super) layouts: Layouts,
    /// The files that are not pages by their names, once a target has no target.
    pub(super) names: OnceLock<Names>,
    /// Whether there are plugins, once it was looked for.
    plugins: OnceLock<bool>,
}

impl SiteIndex {
    pub(super) fn new(root: Root) -> Self {
        let Root { source, config, is_known, is_jekyll, path: folder, .. } = root;
        Self { source, folder, config, is_known, is_jekyll, is_complete: is_known, ..Self::default() }
    }

    pub(super) fn config(&self) -> &SiteConfig {
        &self.config
    }

    pub(super) fn is_known(&self) -> bool {
        self.is_known
    }

    /// Whether Jekyll leaves out a file below the site's source.
    pub(super) fn leaves_out(&self, path: &Path) -> bool {
        let relative = below(&self.source, path).filter(|_| self.is_jekyll);
        relative.is_some_and(|relative| !self.config.reads_data(&display_path(&relative)))
    }

    /// Adds a page. Pages come in the order of their files; when all are there, they have to be
    /// [arranged](Self::arrange).
    pub(super) fn add(&mut self, head: PageHead) {
        if head.is_published {
            self.is_complete &= head.address.is_some();
            self.by_address.push(self.pages.len() as u32);
            self.redirects.extend(head.redirects.iter().cloned());
        }
        self.pages.push(head);
    }

    /// The head of a page of the site.
    pub(super) fn head(&self, page: FileId) -> Option<&PageHead> {
        self.pages.binary_search_by_key(&page, |page| page.file).ok().map(|at| &self.pages[at])
    }

    /// Forgets what was read of a page except for its head.
    pub(super) fn forget(&mut self, page: FileId) {
        self.anchors.forget(&page);
        self.layouts.forget(page);
    }

    /// Puts the head of a page in the place of its earlier one.
    pub(super) fn replace(&mut self, head: PageHead) {
        let mut pages = std::mem::take(&mut self.pages);
        if let Ok(at) = pages.binary_search_by_key(&head.file, |page| page.file) {
            pages[at] = head;
        }
        self.by_address.clear();
        self.redirects.clear();
        self.by_path = OnceLock::new();
        self.is_complete = self.is_known;
        for page in pages {
            self.add(page);
        }
        self.arrange();
    }

    /// Puts the pages in the order of their addresses.
    pub(super) fn arrange(&mut self) {
        self.by_address.sort_by_key(|page| self.pages[*page as usize].key());
        self.keys = self.by_address.iter().map(|page| self.pages[*page as usize].key().into()).collect();
    }

    /// The pages at an address, in the order of their paths.
    pub(super) fn pages(&self, address: &str) -> impl Iterator<Item = &PageHead> + use<'_> {
        let wanted = key(address);
        let first = self.keys.partition_point(|key| &**key < wanted);
        let count = self.keys[first..].iter().take_while(|key| &***key == wanted).count();
        self.by_address[first..first + count].iter().map(|page| &self.pages[*page as usize])
    }

    pub(super) fn setup_permalinks(&self) -> impl Iterator<Item = &str> {
        self.setup_guides().map(|(permalink, _)| permalink)
    }

    /// The guides for setting up a connector, by the permalinks as written, and their files. Guides
    /// without a site around them have no address.
    pub(super) fn setup_guides(&self) -> impl Iterator<Item = (&str, FileId)> {
        let setup = self.pages.iter().filter(|page| page.kind == Some(GuideKind::Setup));
        setup.filter_map(|page| Some((&*page.permalink.as_ref()?.0, page.file)))
    }

    /// Whether plugins are in its configuration, in a folder of its own (`plugins_dir`), or in the `Gemfile`.
    pub(super) fn has_plugins(&self) -> bool {
        let is_plugin = |line: &str| {
            let line = line.trim_start();
            !line.starts_with('#')
                && ["jekyll_plugins", "jekyll-", "github-pages"].iter().any(|name| line.contains(name))
        };
        let in_gemfile = || {
            let gemfile = read_text(FileId::default(), &self.folder.join("Gemfile"), Size::DEFAULT);
            gemfile.is_ok_and(|gemfile| gemfile.excess().is_some() || gemfile.text().lines().any(is_plugin))
        };
        let config = &self.config;
        *self
            .plugins
            .get_or_init(|| config.has_plugins || self.source.join(&config.plugins_dir).is_dir() || in_gemfile())
    }

    /// Whether the site has a folder at `path`. The images of a site are in few folders.
    pub(super) fn has_folder(&self, path: &str) -> bool {
        let look = || {
            let folder = self.source.join(path);
            // The current folder.
            folder.as_os_str().is_empty() || folder.is_dir()
        };
        self.folders.get_or(path.into(), look)
    }
}
