//! Finds the files of a run: those under the given paths, the sites around them, and the other pages of these.

use std::collections::{HashMap, HashSet};
use std::ffi::OsString;
use std::path::{Component, Path, PathBuf};

use super::candidate::{Candidate, merge};
use super::jekyll::{CONFIG_NAMES, SiteConfig};
use super::roots::{Root, Roots};
use super::walk::{Unreadable, Walked, walk};
use super::{Error, InMemory, Options, STDIN, Workspace, classify, display_path, extension, packs};
use crate::paths::{absolute, below, written_below};

/// The files of a run, found and not yet read.
pub struct Found {
    given: Vec<PathBuf>,
    roots: Vec<Root>,
    candidates: Vec<Candidate>,
    /// Folders that could not be read, the sites that they belong to, and whether their files were to be found.
    unreadable: Vec<(Unreadable, usize, bool)>,
}

impl Found {
    /// Reads the index of each site that the files belong to.
    pub fn open(mut self, options: impl Into<Options>) -> Result<Workspace, Error> {
        let options = options.into();
        let is_excluded = |path: &Path| !options.no_exclude && options.exclude.is_match(path);
        let mut unreadable = Vec::new();
        for ((path, error), site, is_sought) in self.unreadable.into_iter().filter(|((path, _), ..)| !is_excluded(path))
        {
            self.roots[site].is_readable = false;
            unreadable.extend(is_sought.then_some(Error::Unreadable(path, error)));
        }
        let candidates = match &options.pack {
            Some(pack) => packs::place(pack, &options, &self.given, self.candidates),
            None => self.candidates,
        };
        classify::open(options, self.roots, candidates, unreadable)
    }
}

/// Finds all files under `paths`; see [`Workspace::find`].
pub(super) fn find(paths: &[PathBuf], memory: Vec<InMemory>) -> Result<Found, Error> {
    let (memory, mut roots) = Roots::in_memory(memory);
    let (mut folders, mut named) = (Vec::new(), Vec::new());
    paths.iter().try_for_each(|path| super::exists(path))?;
    for path in paths.iter().filter(|path| path.is_dir()) {
        folders.push((path, roots.of_folder(path)));
    }
    let files = paths.iter().filter(|path| !path.is_dir()).map(|path| (path.clone(), None));
    for (path, held) in files.chain(memory.into_iter().map(|(path, bytes)| (path.into(), Some(bytes)))) {
        named.push(Candidate::named(path, held, &mut roots));
    }
    let (mut candidates, mut unreadable) = (once_each(named), Vec::new());
    for (folder, site) in &folders {
        let unread = add_folder(folder, *site, &mut roots, &mut candidates);
        unreadable.extend(unread.into_iter().map(|unread| (unread, *site, true)));
    }
    for (site, root) in roots.all.iter().enumerate() {
        let is_walked = |folder: &Path| folder == root.source || written_below(folder, &root.source).is_some();
        if !folders.iter().any(|(folder, _)| is_walked(folder)) {
            let unread = add_pages(site, root, &mut candidates);
            unreadable.extend(unread.into_iter().map(|unread| (unread, site, false)));
        }
    }
    Ok(Found { given: paths.to_vec(), roots: roots.all, candidates: merge(candidates), unreadable })
}

impl Candidate {
    /// A file that was named itself.
    fn named(path: PathBuf, held: Option<Vec<u8>>, roots: &mut Roots) -> Self {
        let folder = path.parent().unwrap_or(Path::new(""));
        let site = roots.of_folder(folder);
        // A text without a name is some version of a page that may be on the site under its own.
        let is_nameless = held.is_some() && path == Path::new(STDIN) && !path.exists();
        let published = roots.all[site].published(&path).filter(|_| !is_nameless);
        Self { path: path.into(), explicit: true, checked: true, site, published, held, place: None }
    }
}

impl Root {
    /// The path of a file from the site's source.
    fn relative(&self, path: &Path) -> Option<String> {
        below(&self.source, path).map(|relative| display_path(&relative))
    }

    /// The path of a file from the site's source, if it is published.
    fn published(&self, path: &Path) -> Option<String> {
        let relative = self.relative(path)?;
        let is_published =
            if self.is_jekyll { self.config.place(&relative).is_some() } else { !is_set_aside(Path::new(&relative)) };
        is_published.then_some(relative)
    }

    /// Whether a folder is read for pages.
    fn publishes_folder(&self, folder: &Path) -> bool {
        let Some(relative) = self.relative(folder) else { return false };
        if self.is_jekyll {
            self.config.publishes_folder(&relative)
        } else {
            !is_set_aside(&Path::new(&relative).join("a"))
        }
    }

    /// Whether a configuration that was found in a folder is one of the files that the site is made from.
    fn reads_data(&self, path: &Path) -> bool {
        let relative = self.relative(path).filter(|_| self.is_jekyll);
        relative.is_none_or(|relative| self.config.reads_data(&relative))
    }
}

/// Leaves out files that are named again in another way. What is not on disk goes before what is.
fn once_each(mut named: Vec<Candidate>) -> Vec<Candidate> {
    let mut seen = HashSet::new();
    named.sort_by_key(|file| file.held.is_none());
    named.retain(|file| seen.insert(absolute(&file.path)));
    named
}

/// The files of a folder that was given, and the pages that are known for others only; `outer` is the site
/// that the folder belongs to. Returns what could not be read.
fn add_folder(folder: &Path, outer: usize, roots: &mut Roots, candidates: &mut Vec<Candidate>) -> Vec<Unreadable> {
    let Walked { files, unreadable } = walk(folder, None, &roots.all[outer].config);
    // Who names a folder that the site leaves out wants to see the files in there.
    let is_left_out = !roots.all[outer].publishes_folder(folder);
    let known = Known::new(folder, candidates);
    let mut sites: HashMap<PathBuf, usize> = HashMap::new();
    for path in files {
        let parent = path.parent().unwrap_or(folder);
        let site = match sites.get(parent) {
            Some(site) => *site,
            None => *sites.entry(parent.to_owned()).or_insert(site_in(parent, outer, roots)),
        };
        let root = &roots.all[site];
        let checked = is_checkable(&root.config, &path);
        if !checked && !root.config.is_page(&path) || known.contains(&path) {
            continue;
        }
        let published = root.published(&path);
        let is_wanted = if is_data(&path) { root.reads_data(&path) } else { published.is_some() };
        let is_inside = || !is_set_aside(path.strip_prefix(folder).unwrap_or(&path));
        let is_off_site = || is_left_out || root.relative(&path).is_none();
        if is_wanted && root.is_jekyll || (is_wanted || is_off_site()) && is_inside() {
            candidates.push(Candidate::found(path, checked, site, published));
        }
    }
    unreadable
}

/// The site of a folder inside one that belongs to `outer`: without a root of its own it is of that one.
fn site_in(folder: &Path, outer: usize, roots: &mut Roots) -> usize {
    if roots.has_mark(folder) { roots.of_folder(folder) } else { outer }
}

/// Whether a file is in a folder, or has a name, that neither Jekyll nor this program reads by default.
pub(super) fn is_set_aside(path: &Path) -> bool {
    let hidden = |part: Component<'_>| part.as_os_str().as_encoded_bytes().starts_with(b".");
    let folders = path.parent().into_iter().flat_map(Path::components);
    path.components().any(hidden) || folders.into_iter().any(|part| part.as_os_str().as_encoded_bytes()[0] == b'_')
}

/// The other pages of a site that was not walked as a folder that was given: known by their front matter only.
/// Without a root, those beside the file: the contract of a configuration may be among them. Returns what could not be
/// read.
fn add_pages(site: usize, root: &Root, candidates: &mut Vec<Candidate>) -> Vec<Unreadable> {
    let depth = if root.is_known { None } else { Some(1) };
    let folder = if root.source.as_os_str().is_empty() { Path::new(".") } else { &root.source };
    if !folder.is_dir() {
        return Vec::new();
    }
    let known = Known::new(folder, candidates);
    let walked = walk(folder, depth, &root.config);
    for path in walked.files {
        if root.config.is_page(&path)
            && !known.contains(&path)
            && let Some(published) = root.published(&path)
        {
            candidates.push(Candidate::found(path, false, site, Some(published)));
        }
    }
    walked.unreadable
}

/// The candidates that another walk may find under other paths, by the names of their files.
struct Known {
    files: HashMap<OsString, Vec<PathBuf>>,
}

impl Known {
    /// Those that a walk of `folder` may find. What it finds under the same path is known when the candidates
    /// are merged.
    fn new(folder: &Path, candidates: &[Candidate]) -> Self {
        let mut files: HashMap<OsString, Vec<PathBuf>> = HashMap::new();
        let mut add = |path: PathBuf| {
            let name = path.file_name().unwrap_or_default().to_owned();
            files.entry(name).or_default().push(path);
        };
        for Candidate { path, explicit, .. } in candidates {
            if *explicit || written_below(folder, path).is_none() {
                add(absolute(path));
            }
            // A link that was named is the page that it leads to, not another one.
            if *explicit && let Ok(target) = path.canonicalize() {
                add(target);
            }
        }
        Self { files }
    }

    fn contains(&self, path: &Path) -> bool {
        if self.files.is_empty() {
            return false;
        }
        let named = self.files.get(path.file_name().unwrap_or_default());
        named.is_some_and(|files| files.contains(&absolute(path)))
    }
}

/// A file that holds data, by its name.
pub fn is_data(path: &Path) -> bool {
    matches!(extension(path).as_deref(), Some("yaml" | "yml" | "json"))
}

pub(super) fn is_checkable(config: &SiteConfig, path: &Path) -> bool {
    let is_site_config = || path.file_name().is_some_and(|name| CONFIG_NAMES.iter().any(|known| name == *known));
    config.is_markdown(path) || is_data(path) && !is_site_config()
}
