//! A site of the run: its folder, its configuration, and its pages by address.

use std::collections::{BTreeSet, HashMap};
use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};

use super::addresses::key;
use super::display_path;
use super::generators::Generators;
use super::jekyll::SiteConfig;
use super::layouts::Layouts;
use super::memo::Memo;
use super::page_head::PageHead;
use super::plugins::Plugins;
use super::redirects::Redirects;
use super::roots::Root;
use crate::nearest;
use crate::paths::below;
use crate::profile::GuideKind;
use crate::source::{FileId, Size};

/// The files of a site, by the last part of their paths in lowercase.
pub(super) type Names = Vec<(String, String)>;

/// The index of a site, kept for the whole run.
#[derive(Debug, Default)]
#[allow(clippy::struct_excessive_bools, reason = "each is a fact of its own")]
pub(super) struct SiteIndex {
    pub(super) source: PathBuf,
    folder: PathBuf,
    pub(super) config: SiteConfig,
    pub(super) is_known: bool,
    /// Why its configuration could not be read.
    pub(super) unread: Option<String>,
    is_readable: bool,
    pub(super) is_jekyll: bool,
    /// Whether nothing but the names of folders made pages guides, so that none is.
    pub(super) is_foreign: bool,
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
    /// Pages by the names of their files in lowercase, once a link is broken.
    pub(super) by_file_name: OnceLock<HashMap<String, Vec<u32>>>,
    /// The addresses of the pages with a permalink, once a link is broken.
    pub(super) permalinks: OnceLock<nearest::Names>,
    pub(super) anchors: Memo<FileId, Option<Arc<BTreeSet<String>>>>,
    /// Whether there is a folder at a path, for those that links were followed to.
    folders: Memo<Box<str>, bool>,
    pub(super) layouts: Layouts,
    /// The files that are not pages by their names, once a target has no target.
    pub(super) names: OnceLock<Names>,
    /// The redirects of its host, once an address is not found.
    host_redirects: OnceLock<Redirects>,
    /// Other programs that make the site.
    generators: Generators,
    /// Its plugins, once they were looked for.
    plugins: OnceLock<Plugins>,
}

impl SiteIndex {
    /// The index of a site, still without pages, whose parts are read up to a size.
    pub(super) fn new(root: Root, limit: Size) -> Self {
        let Root { source, config, is_known, unread, is_readable, is_jekyll, path: folder, .. } = root;
        let is_complete = is_known && is_readable;
        let layouts = Layouts::new(source.clone(), config.folders.clone(), limit);
        Self {
            source,
            folder,
            config,
            is_known,
            unread,
            is_readable,
            is_jekyll,
            is_complete,
            layouts,
            ..Self::default()
        }
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
        (self.by_path, self.by_file_name, self.permalinks) = Default::default();
        self.is_complete = self.is_known && self.is_readable;
        for page in pages {
            self.add(page);
        }
        self.arrange();
    }

    /// Takes a page for one that is not a guide.
    pub(super) fn set_aside(&mut self, page: FileId) {
        if let Ok(at) = self.pages.binary_search_by_key(&page, |page| page.file) {
            self.pages[at].kind = None;
        }
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

    /// Whether the host sends an address elsewhere.
    pub(super) fn redirects_by_host(&self, address: &str) -> bool {
        let folders = [self.source.as_path(), self.folder.as_path()];
        self.host_redirects.get_or_init(|| Redirects::find(&folders)).take(address)
    }

    /// Whether the files of another program that makes sites are around a page at a path from the site's source.
    pub(super) fn has_generator(&self, page: &str) -> bool {
        !self.is_jekyll && self.generators.are_around(&self.folder, page)
    }

    /// The plugins in its configuration, in a folder of its own (`plugins_dir`), and in the `Gemfile`.
    pub(super) fn plugins(&self) -> &Plugins {
        let config = &self.config;
        self.plugins
            .get_or_init(|| Plugins::find(&self.source.join(&config.plugins_dir), &self.folder, &config.plugins))
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
