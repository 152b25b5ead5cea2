//! The files of a run: found, classified, read, and the site that they belong to.
//!
//! The only module that reads the file system. Discovery and the site index read only the front
//! matter of each page and are kept for the whole run; a file is parsed when its turn comes and is
//! dropped afterwards, so memory does not grow with the site.

mod addresses;
mod candidate;
mod classify;
mod connectors;
mod discovery;
mod jekyll;
mod layouts;
mod likely_files;
mod links;
mod packs;
mod page_head;
mod read;
mod roots;
mod site;
mod walk;
mod written_targets;

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, OnceLock};

use crate::config::References;
use crate::contract::{KnownContract, bundle};
use crate::dialects;
use crate::fault;
use crate::guide::Guide;
use crate::pack::{Pack, Place};
use crate::paths::{self, PathGlobs};
use crate::profile::{GuideKind, Profile};
use crate::scopes::Catalogues;
use crate::source::{FileId, Size, SourceFile};

use connectors::Alias;
pub use connectors::{Lookup, builtin_connector};
pub use discovery::Found;
pub use links::Destination;
pub use page_head::PageHead;
use read::read_start;
pub use read::{read_source, read_text};
pub use site::Site;
use site::SiteIndex;

/// A file that is not on disk: its path and its bytes.
pub type InMemory = (String, Vec<u8>);

/// The name of a text from standard input that was given none.
pub const STDIN: &str = "stdin.md";

/// What stops a run: the tool could not do its work.
#[derive(Debug)]
pub enum Error {
    /// A path that was given does not exist.
    Missing(PathBuf),
    /// A file or folder could not be read.
    Unreadable(PathBuf, std::io::Error),
    /// There is nothing to check under the given paths.
    NothingToCheck(Vec<PathBuf>),
}

impl std::fmt::Display for Error {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Missing(path) => write!(out, "`{}` does not exist", path.display()),
            Self::Unreadable(path, error) => write!(out, "cannot read `{}`: {error}", path.display()),
            Self::NothingToCheck(paths) => {
                let names: Vec<_> = paths.iter().map(|path| format!("`{}`", path.display())).collect();
                write!(out, "no guide and no connector configuration under {}", names.join(", "))?;
                let names_a_file = paths.iter().any(|path| path.is_file());
                if names_a_file { write!(out, "; use `--kind` to check a file whatever it holds") } else { Ok(()) }
            }
        }
    }
}

impl std::error::Error for Error {}

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

/// A file of the run.
#[derive(Debug)]
#[allow(clippy::struct_excessive_bools, reason = "each is a fact of its own")]
pub struct File {
    /// Where it is read from.
    pub path: Box<Path>,
    /// What it is taken for.
    pub kind: FileKind,
    /// Whether it was named itself rather than found in a folder.
    pub explicit: bool,
    /// Whether it is to be checked.
    pub checked: bool,
    /// Whether it is excluded by the settings or the site.
    pub excluded: bool,
    /// Whether its kind is given, so that it is checked whatever it holds.
    pub kind_given: bool,
    /// Where it belongs in the pack.
    pub place: Option<Place>,
    /// Which site it belongs to: index into the workspace's sites.
    site: usize,
    /// Its text, where it is at hand: not from the file system, or read whole with its front matter.
    held: Option<Arc<SourceFile>>,
}

/// What a run takes into account besides the files.
#[derive(Debug)]
pub struct Options {
    /// The vendor's conventions.
    pub profile: Profile,
    /// The pack of the files, in place of the conventions.
    pub pack: Option<Arc<Pack>>,
    /// The scope catalogues.
    pub catalogues: Catalogues,
    /// What counts as a reference in configurations.
    pub references: Arc<References>,
    /// What is not checked; its pages are still known to others.
    pub exclude: PathGlobs,
    /// Whether excluded files are checked all the same.
    pub no_exclude: bool,
    /// What files that were named themselves are taken for.
    pub named: Named,
    /// Files of the sites that are not at hand, relative to the site's root.
    pub listed_files: BTreeSet<String>,
    /// What has more bytes is not read.
    pub max_file_size: Size,
}

impl From<Profile> for Options {
    /// The given conventions, the built-in catalogues, and nothing else.
    fn from(profile: Profile) -> Self {
        let (exclude, listed_files, references) = Default::default();
        let (no_exclude, named, max_file_size) = Default::default();
        let (catalogues, pack) = (Catalogues::builtin(), None);
        Self { profile, pack, catalogues, references, exclude, no_exclude, named, listed_files, max_file_size }
    }
}

impl From<Pack> for Options {
    /// The files and conventions of a pack: what it leaves out, no rule asks for.
    fn from(pack: Pack) -> Self {
        let mut profile = Profile::neutral();
        profile.name.clone_from(&pack.name);
        profile.dialect = pack.dialect;
        profile.page.liquid_tags.clone_from(&pack.page.liquid_tags);
        Self { pack: Some(Arc::new(pack)), ..profile.into() }
    }
}

/// All files of a run and the sites around them.
#[derive(Debug)]
pub struct Workspace {
    options: Options,
    files: Vec<File>,
    sites: Vec<SiteIndex>,
    contracts: Mutex<BTreeMap<ContractKey, Option<Arc<KnownContract>>>>,
    /// The guides for setting up a connector by their permalinks, once one is asked for.
    guides: OnceLock<HashMap<Box<str>, Vec<FileId>>>,
    /// What connectors are called, once a name is looked up that is not a permalink.
    aliases: OnceLock<Vec<Alias>>,
    /// The names that were looked up.
    lookups: Mutex<HashMap<String, Lookup>>,
    packs: packs::PackFiles,
}

/// A connector and the guide that speaks of it; without one, its contract is built in.
type ContractKey = (String, Option<FileId>);

impl Workspace {
    /// Finds the files under `paths` and reads the index of each site that they belong to.
    ///
    /// In a folder, guides are recognized by the profile and configurations by their name or shape; for a
    /// file that is named itself, [`Named`] decides. `memory` holds files that are not on disk
    /// (standard input, an editor's buffer): path and text, treated like named files.
    ///
    /// # Errors
    /// A path that does not exist, a folder that cannot be read.
    pub fn open(options: impl Into<Options>, paths: &[PathBuf], memory: Vec<InMemory>) -> Result<Self, Error> {
        Self::find(paths, memory)?.open(options)
    }

    /// The first half of [`Workspace::open`], which needs no options: they can be read meanwhile.
    ///
    /// # Errors
    /// A path that does not exist, a folder that cannot be read.
    pub fn find(paths: &[PathBuf], memory: Vec<InMemory>) -> Result<Found, Error> {
        discovery::find(paths, memory)
    }

    /// The vendor's conventions of this run.
    pub fn profile(&self) -> &Profile {
        &self.options.profile
    }

    /// The scope catalogues of this run.
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
        (0u32..).map(FileId).zip(&self.files).filter(|(_, file)| file.checked).map(|(id, _)| id)
    }

    /// Where all files of the run are read from, those that are not checked included.
    pub fn paths(&self) -> impl Iterator<Item = &Path> {
        self.files.iter().map(|file| &*file.path)
    }

    /// The files that were named themselves.
    pub fn named(&self) -> impl Iterator<Item = FileId> + '_ {
        (0u32..).map(FileId).zip(&self.files).filter(|(_, file)| file.explicit).map(|(id, _)| id)
    }

    /// A file of the run.
    pub fn file(&self, id: FileId) -> &File {
        &self.files[id.0 as usize]
    }

    /// Reads a file. One that is [too large](SourceFile::excess) has no text.
    ///
    /// # Errors
    /// The file cannot be read.
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
        guides.filter(|file| !self.sites[file.site].is_known()).count()
    }

    /// The contract of the connector `name`: of a guide with that permalink on one of the sites, else
    /// the built-in one where the conventions are the built-in ones, too.
    pub fn contract(&self, name: &str) -> Option<Arc<KnownContract>> {
        self.contract_of(name, self.guides_of(name).first().copied())
    }

    /// The contract of the connector that the file `from` means by `written`, if it can mean only one. Of several
    /// guides with one permalink, that of the nearest folder counts, on the file's own site first.
    pub fn contract_meant(&self, written: &str, from: FileId) -> Option<Arc<KnownContract>> {
        let near = |name: &str| self.contract_of(name, self.nearest_guide(name, from));
        near(written).or_else(|| match self.connector(written) {
            Lookup::Meant(permalink) | Lookup::Misspelled(permalink) => near(&permalink),
            _ => None,
        })
    }

    fn contract_of(&self, name: &str, guide: Option<FileId>) -> Option<Arc<KnownContract>> {
        let key = (name.to_owned(), guide);
        if let Ok(contracts) = self.contracts.lock()
            && let Some(known) = contracts.get(&key)
        {
            return known.clone();
        }
        let known = self.read_contract(name, guide).map(Arc::new);
        if let Ok(mut contracts) = self.contracts.lock() {
            contracts.insert(key, known.clone());
        }
        known
    }

    fn read_contract(&self, name: &str, guide: Option<FileId>) -> Option<KnownContract> {
        let Some(id) = guide else {
            let contract = bundle::builtin(name).filter(|_| self.profile().is_builtin());
            return contract.map(KnownContract::new);
        };
        let guide = self.guide(self.readable(id)?);
        let contract = crate::contract::extract::extract_all(&guide, self.profile(), self.catalogues());
        Some(KnownContract::new(contract))
    }

    /// The guides with a permalink, in the order of the sites and their files.
    fn guides_of(&self, permalink: &str) -> &[FileId] {
        let guides = self.guides.get_or_init(|| {
            let mut guides: HashMap<Box<str>, Vec<FileId>> = HashMap::new();
            for (permalink, guide) in self.sites.iter().flat_map(SiteIndex::setup_guides) {
                guides.entry(permalink.into()).or_default().push(guide);
            }
            guides
        });
        guides.get(permalink.trim_matches('/')).map(Vec::as_slice).unwrap_or_default()
    }

    fn nearest_guide(&self, permalink: &str, from: FileId) -> Option<FileId> {
        let guides = self.guides_of(permalink);
        if guides.len() < 2 {
            return guides.first().copied();
        }
        let folder = |id: FileId| paths::absolute(self.file(id).path.parent().unwrap_or(Path::new("")));
        let own = folder(from);
        let distance = |guide: &FileId| {
            let is_elsewhere = self.file(*guide).site != self.file(from).site;
            let (up, down) = paths::steps(&own, &folder(*guide));
            (is_elsewhere, up, down)
        };
        guides.iter().copied().min_by_key(distance)
    }

    /// The setup guides of the run's sites: permalink and name of the file.
    fn setup_files(&self) -> impl Iterator<Item = (&str, String)> {
        let guides = self.sites.iter().flat_map(SiteIndex::setup_guides);
        guides.filter_map(|(permalink, file)| {
            Some((permalink, self.file(file).path.file_stem()?.to_string_lossy().into_owned()))
        })
    }

    /// Reads a page of the run in the dialect of its vendor, as the configuration of its site says.
    pub fn guide(&self, source: Arc<SourceFile>) -> Guide {
        let options = &self.sites[self.file(source.id()).site].config().kramdown;
        fault::provoke(source.text());
        dialects::read(source, self.profile().dialect, options)
    }

    /// The permalinks of all guides that tell how to set up a connector, those of the built-in
    /// contracts included where they are those of this vendor.
    pub fn connectors(&self) -> impl Iterator<Item = &str> {
        let builtin =
            bundle::permalinks().filter(|_| self.profile().is_builtin()).map(|permalink| -> &str { permalink });
        self.sites.iter().flat_map(SiteIndex::setup_permalinks).chain(builtin)
    }
}

/// The file `name` in the nearest folder at or above `start`, a file or folder: as a path from the
/// current folder where it is in there and `start` is given so, else from the root.
pub fn find_upward(start: &Path, name: &str) -> Option<PathBuf> {
    let folder = if start.is_dir() { start } else { start.parent().unwrap_or(start) };
    let current = paths::absolute(Path::new("."));
    let folder = paths::absolute(folder);
    let found = folder.ancestors().map(|ancestor| ancestor.join(name)).find(|path| path.is_file())?;
    match found.strip_prefix(&current) {
        Ok(short) if start.is_relative() => Some(short.to_owned()),
        _ => Some(found),
    }
}

/// Whether `path` is below `folder` once symbolic links are followed. What does not exist yet is taken as written.
pub fn is_below(folder: &Path, path: &Path) -> bool {
    let folder = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
    let (Some(folder), Some(path)) = (resolved(folder), resolved(path)) else { return false };
    path.starts_with(folder)
}

/// The path with symbolic links followed as far as it exists; `None` if the rest leads upwards.
fn resolved(path: &Path) -> Option<PathBuf> {
    let path = std::path::absolute(path).ok()?;
    let (there, real) = path.ancestors().find_map(|there| Some((there, there.canonicalize().ok()?)))?;
    let rest = path.strip_prefix(there).ok()?;
    let goes_up = rest.components().any(|part| part == std::path::Component::ParentDir);
    (!goes_up).then(|| if rest.as_os_str().is_empty() { real } else { real.join(rest) })
}

/// Whether a path leads into a repository's own files (`.git`).
pub fn is_in_git(path: &Path) -> bool {
    let is_git = |path: &Path| path.components().any(|part| part.as_os_str().eq_ignore_ascii_case(".git"));
    is_git(path) || resolved(path).is_some_and(|path| is_git(&path))
}

/// Whether two paths are one file, by whatever links and spellings.
pub fn is_same_file(a: &Path, b: &Path) -> bool {
    same_file::is_same_file(a, b).unwrap_or(false)
}

/// Whether the files of a pack are in a folder.
pub fn fits(pack: &Pack, folder: &Path) -> bool {
    pack.fits(folder, Path::exists)
}

/// Whether there is a file at a path.
pub fn is_file(path: &Path) -> bool {
    path.is_file()
}

/// Whether a file is the configuration of a site, or starts like a page with front matter.
pub fn is_of_site(path: &Path) -> bool {
    let is_config = || path.file_name().is_some_and(|name| jekyll::CONFIG_NAMES.iter().any(|known| name == *known));
    let is_page = || read_start(path).is_ok_and(|start| start.starts_with(b"---"));
    is_file(path) && (is_config() || is_page())
}

/// What follows the last dot of a file's name, in lowercase.
fn extension(path: &Path) -> Option<String> {
    path.extension().and_then(|extension| extension.to_str()).map(str::to_ascii_lowercase)
}

/// The path as reported: `/` between its parts, no leading `./`.
pub(crate) fn display_path(path: &Path) -> String {
    let text = path.to_string_lossy();
    let text = if std::path::MAIN_SEPARATOR == '\\' { text.replace('\\', "/") } else { text.into_owned() };
    text.strip_prefix("./").map_or(text.clone(), str::to_owned)
}
