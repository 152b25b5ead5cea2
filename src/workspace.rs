//! The files of a run: found, classified, read, and the site that they belong to.
//!
//! The only module that reads the file system. Discovery and the site index read only the front
//! matter of each page and are kept for the whole run; a file is parsed when its turn comes and is
//! dropped afterwards, so memory does not grow with the site.

mod addresses;
mod candidate;
mod classify;
mod connectors;
mod contracts;
mod discovery;
mod file_system;
mod fragments;
mod generators;
mod jekyll;
mod layouts;
mod likely_files;
mod links;
mod memo;
mod nothing;
mod options;
mod packs;
mod page_head;
mod plugins;
mod read;
mod redirects;
mod roots;
mod site;
mod site_data;
mod site_index;
mod template;
mod walk;
mod written_targets;

use std::collections::{HashMap, HashSet};
use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};

use crate::config::References;
use crate::contract::{KnownContract, bundle};
use crate::dialect::Dialect;
use crate::dialects;
use crate::fault;
use crate::guide::{Guide, front_matter_range};
use crate::pack::Place;
use crate::profile::{GuideKind, Profile};
use crate::scopes::Catalogues;
use crate::source::{FileId, SourceFile};
use crate::tree::yaml;

use connectors::Alias;
pub use connectors::{Lookup, builtin_connector};
pub use discovery::{Found, is_data};
pub(crate) use file_system::display_path;
pub use file_system::{
    cause, exists, find_in_repository, find_upward, fits, is_below, is_file, is_found_by_name, is_in_git, is_of_site,
    is_same_file, leaves_repository, repository_of,
};
use file_system::{extension, unreadable};
pub use links::Destination;
use memo::Memo;
pub use options::Options;
pub use page_head::PageHead;
pub use read::{read_source, read_text};
pub use site::Site;
use site_index::SiteIndex;

/// A file that is not on disk: its path and its bytes.
pub type InMemory = (String, Vec<u8>);

/// The name of a text from standard input that was given none.
pub const STDIN: &str = "stdin.md";

/// An error that stops a run.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// A path that was given does not exist.
    #[error("`{}` does not exist", .0.display())]
    Missing(PathBuf),
    /// A file or folder could not be read.
    #[error("{}", unreadable(.0, .1))]
    Unreadable(PathBuf, std::io::Error),
    /// There is nothing to check under the given paths, and what may help.
    #[error("no guide or connector configuration under {0}; {1}")]
    NothingToCheck(String, String),
}

/// What a file is taken for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FileKind {
    /// A connector guide.
    Guide(GuideKind),
    /// A connector configuration in YAML.
    Yaml,
    /// A connector configuration in JSON.
    Json,
    /// A data file of the pack.
    Data,
    /// Another page of the site: known by its permalink, not checked.
    Page,
}

/// What a file that was named itself is taken for.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Named {
    /// What it would be if it had been found in a folder: files of no known kind are skipped, and excludes apply.
    AsFound,
    /// A guide or a configuration by the ending of its name, whatever it holds and whatever is excluded.
    #[default]
    ByName,
    /// A guide, whatever its name and front matter.
    Guide,
    /// A connector configuration, whatever its name and keys.
    Configuration,
}

#[derive(Debug)]
#[allow(clippy::struct_excessive_bools, reason = "each is a fact of its own")]
pub struct File {
    /// Where it is read from.
    pub path: Box<Path>,
    /// What it is taken for.
    pub kind: FileKind,
    /// Whether it was named itself rather than found in a folder.
    pub explicit: bool,
    pub checked: bool,
    /// Whether it is excluded by the settings or the site.
    pub excluded: bool,
    /// Whether its kind is given, so that it is checked whatever it holds.
    pub kind_given: bool,
    /// Where it belongs in the pack.
    pub place: Option<Place>,
    /// Which site it belongs to: index into the workspace's sites.
    site: usize,
    /// Its text, where it is available: not from the file system, or read whole with its front matter.
    held: Option<Arc<SourceFile>>,
}

/// All files of a run and the sites around them.
#[derive(Debug)]
pub struct Workspace {
    options: Options,
    files: Vec<File>,
    sites: Vec<SiteIndex>,
    contracts: Memo<ContractKey, Option<Arc<KnownContract>>>,
    /// The guides for setting up a connector by their permalinks, once one is asked for.
    guides: OnceLock<HashMap<Box<str>, Vec<FileId>>>,
    /// What connectors are called, once a name is looked up that is not a permalink.
    aliases: OnceLock<Vec<Alias>>,
    /// The names of connectors as free text has them.
    product_names: OnceLock<Vec<Alias>>,
    /// The names that were looked up.
    lookups: Memo<String, Lookup>,
    /// The fragments of addresses on all pages, once one is asked for.
    fragments: OnceLock<HashSet<Box<str>>>,
    packs: packs::PackFiles,
    /// What was to be checked and could not be read.
    unreadable: Vec<Error>,
}

/// A connector and the guide that speaks of it; without one, its contract is built in.
type ContractKey = (String, Option<FileId>);

impl Workspace {
    /// Finds the files under `paths` and reads the index of each site that they belong to.
    ///
    /// In a folder, guides are recognized by the profile and configurations by their name or shape; for a
    /// file that is named itself, [`Named`] decides. `memory` holds files that are not on disk
    /// (standard input, an editor's buffer): path and text, treated like named files.
    pub fn open(options: impl Into<Options>, paths: &[PathBuf], memory: Vec<InMemory>) -> Result<Self, Error> {
        Self::find(paths, memory)?.open(options)
    }

    /// The first half of [`Workspace::open`], which needs no options: they can be read meanwhile.
    pub fn find(paths: &[PathBuf], memory: Vec<InMemory>) -> Result<Found, Error> {
        discovery::find(paths, memory)
    }

    /// The vendor's conventions of this run.
    pub fn profile(&self) -> &Profile {
        &self.options.profile
    }

    /// The scope catalogs of this run.
    pub fn catalogues(&self) -> &Catalogues {
        &self.options.catalogues
    }

    /// What counts as a reference in configurations of this run.
    pub fn references(&self) -> Arc<References> {
        Arc::clone(&self.options.references)
    }

    /// The path of a file as reported.
    pub fn display(&self, id: FileId) -> String {
        display_path(&self.file(id).path)
    }

    /// The files to check, in the order of their paths.
    pub fn checked(&self) -> impl Iterator<Item = FileId> + '_ {
        self.files_that(|file| file.checked)
    }

    /// The files that fulfill a condition, in the order of their paths.
    fn files_that(&self, is_it: impl Fn(&File) -> bool) -> impl Iterator<Item = FileId> {
        (0u32..).map(FileId).zip(&self.files).filter(move |(_, file)| is_it(file)).map(|(id, _)| id)
    }

    /// Where all files of the run are read from, those that are not checked included.
    pub fn paths(&self) -> impl Iterator<Item = &Path> {
        self.files.iter().map(|file| &*file.path)
    }

    /// The file of the run that is read from `path`.
    pub fn find_file(&self, path: &Path) -> Option<FileId> {
        self.files_that(|file| *file.path == *path).next()
    }

    /// The pages of all sites of the run, those that are not checked included.
    pub fn pages(&self) -> impl Iterator<Item = FileId> + '_ {
        self.sites.iter().flat_map(|site| site.pages.iter().map(|page| page.file))
    }

    /// What was to be checked and could not be read: files and folders.
    pub fn unreadable(&self) -> &[Error] {
        &self.unreadable
    }

    /// The permalink of a page, without slashes around it.
    pub fn permalink(&self, page: FileId) -> Option<&str> {
        let head = self.sites[self.file(page).site].head(page)?;
        head.permalink.as_ref().map(|(permalink, _)| &**permalink)
    }

    /// The files that were named themselves.
    pub fn named(&self) -> impl Iterator<Item = FileId> + '_ {
        self.files_that(|file| file.explicit)
    }

    /// A file of the run.
    pub fn file(&self, id: FileId) -> &File {
        &self.files[id.0 as usize]
    }

    /// Reads a file. One that is [too large](SourceFile::excess) has no text.
    pub fn source(&self, id: FileId) -> Result<Arc<SourceFile>, Error> {
        let file = self.file(id);
        match &file.held {
            Some(source) => Ok(Arc::clone(source)),
            None => read_text(id, &file.path, self.options.max_file_size).map(Arc::new),
        }
    }

    /// The text of a file, if it can be read and is not too large.
    fn readable(&self, id: FileId) -> Option<Arc<SourceFile>> {
        self.source(id).ok().filter(|source| source.excess().is_none())
    }

    /// The site around a file.
    pub fn site(&self, id: FileId) -> Site<'_> {
        Site::new(self, &self.sites[self.file(id).site], id)
    }

    /// The guides to check around which no root of a site was found: links on them to other pages are not checked.
    pub fn guides_without_site(&self) -> usize {
        let guides = self.files.iter().filter(|file| file.checked && matches!(file.kind, FileKind::Guide(_)));
        guides.filter(|file| !self.sites[file.site].is_known).count()
    }

    /// Why the configuration of a site could not be read.
    pub fn unread_config(&self) -> Option<&str> {
        self.sites.iter().find_map(|site| site.unread.as_deref())
    }

    /// How many pages in the folders of a run are guides, and how many Markdown pages there are; none where a guide was
    /// named itself.
    pub fn fitting_pages(&self) -> (usize, usize) {
        let is_page = |file: &&File| matches!(file.kind, FileKind::Guide(_) | FileKind::Page);
        let of_site = |file: &&File| self.sites[file.site].config.is_markdown(&file.path) && !file.excluded;
        let pages: Vec<&File> = self.files.iter().filter(is_page).filter(of_site).collect();
        if pages.iter().any(|file| file.explicit) {
            return (0, 0);
        }
        (pages.iter().filter(|file| file.checked).count(), pages.len())
    }

    /// The setup guides of the run's sites: permalink and name of the file.
    fn setup_files(&self) -> impl Iterator<Item = (&str, String)> {
        let guides = self.sites.iter().flat_map(SiteIndex::setup_guides);
        guides.filter_map(|(permalink, file)| {
            Some((permalink, self.file(file).path.file_stem()?.to_string_lossy().into_owned()))
        })
    }

    /// The title in the front matter of a page of the run.
    pub fn title(&self, page: FileId) -> Option<String> {
        let source = self.readable(page)?;
        let front_matter = yaml::parse(&source, front_matter_range(source.text())?);
        front_matter.documents.first()?.get("title")?.as_str().map(str::to_owned)
    }

    /// Reads a page of the run in the dialect of its vendor, as the configuration of its site says.
    pub fn guide(&self, source: Arc<SourceFile>) -> Guide {
        let config = &self.sites[self.file(source.id()).site].config;
        fault::provoke(source.text());
        match (self.profile().dialect, self.pack()) {
            (Dialect::Mdx, Some(pack)) => dialects::read_mdx(source, &pack.mdx),
            (Dialect::Kramdown, _) if !config.is_kramdown => {
                dialects::read(source, Dialect::CommonMark, &config.kramdown)
            }
            (dialect, _) => dialects::read(source, dialect, &config.kramdown),
        }
    }

    /// The permalinks of all guides that describe how to set up a connector, those of the built-in
    /// contracts included where they are those of this vendor.
    pub fn connectors(&self) -> impl Iterator<Item = &str> {
        let builtin =
            bundle::permalinks().filter(|_| self.profile().is_builtin()).map(|permalink| -> &str { permalink });
        self.sites.iter().flat_map(SiteIndex::setup_permalinks).chain(builtin)
    }
}
