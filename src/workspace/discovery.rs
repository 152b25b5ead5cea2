//! Finds the files of a run: walks folders, finds the sites around the paths, tells guides from other pages.

use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, HashSet};
use std::ffi::OsString;
use std::path::{MAIN_SEPARATOR, Path, PathBuf};
use std::sync::{Arc, Mutex};

use ignore::{DirEntry, WalkBuilder};
use rayon::prelude::*;

use super::page_head::PageHead;
use super::site::{SiteIndex, SiteSettings};
use super::{Error, File, FileKind, InMemory, Options, Workspace, display_path, read, read_head};
use crate::paths::absolute;
use crate::profile::GuideKind;
use crate::source::{FileId, SourceFile};

/// The file that marks the root of a Jekyll site.
const SITE_SETTINGS: &str = "_config.yml";

/// Files whose heads are read before they are put into the index of their site.
const BATCH: usize = 1024;

/// A file before its page head was read.
struct Candidate {
    path: PathBuf,
    explicit: bool,
    checked: bool,
    site: usize,
    held: Option<Vec<u8>>,
}

/// The root of a site and whether all of its pages are known.
struct Root {
    path: PathBuf,
    settings: SiteSettings,
    complete: bool,
    /// Whether the settings are among the files that are not on disk.
    held: bool,
}

/// The files of a run, found and not yet read.
pub struct Found {
    roots: Vec<Root>,
    candidates: Vec<Candidate>,
}

impl Found {
    /// Reads the index of each site that the files belong to.
    ///
    /// # Errors
    /// A page that cannot be read.
    pub fn open(self, options: impl Into<Options>) -> Result<Workspace, Error> {
        build(options.into(), self.roots, self.candidates)
    }
}

/// Finds all files under `paths`; see [`Workspace::find`].
pub(super) fn find(paths: &[PathBuf], memory: Vec<InMemory>) -> Result<Found, Error> {
    let (memory, mut roots) = roots_in_memory(memory);
    let mut walks = Walks::default();
    let mut candidates = Vec::new();
    for path in paths {
        if !path.exists() {
            return Err(Error::Missing(path.clone()));
        }
        if path.is_dir() {
            add_folder(path, &mut roots, &mut walks, &mut candidates)?;
        } else {
            let site = site_of(path.parent().unwrap_or(Path::new("")), false, &mut roots)?;
            candidates.push(Candidate { path: path.clone(), explicit: true, checked: true, site, held: None });
        }
    }
    for (path, bytes) in memory {
        let path = PathBuf::from(path);
        let site = site_of(path.parent().unwrap_or(Path::new("")), false, &mut roots)?;
        candidates.push(Candidate { path, explicit: true, checked: true, site, held: Some(bytes) });
    }
    add_pages(&roots, &mut walks, &mut candidates)?;
    drop(walks);
    Ok(Found { roots, candidates: merge(candidates) })
}

/// Takes the site settings out of the files that are not on disk: they mark the roots of sites
/// all of whose pages are at hand.
fn roots_in_memory(memory: Vec<InMemory>) -> (Vec<InMemory>, Vec<Root>) {
    let is_settings = |path: &str| Path::new(path).file_name().is_some_and(|name| name == SITE_SETTINGS);
    let (settings, files): (Vec<_>, Vec<_>) = memory.into_iter().partition(|(path, _)| is_settings(path));
    let root = |(path, bytes): InMemory| Root {
        path: Path::new(&path).parent().map(Path::to_owned).unwrap_or_default(),
        settings: SiteSettings::parse(bytes),
        complete: true,
        held: true,
    };
    (files, settings.into_iter().map(root).collect())
}

/// The files of a folder that was given.
fn add_folder(
    folder: &Path,
    roots: &mut Vec<Root>,
    walks: &mut Walks,
    candidates: &mut Vec<Candidate>,
) -> Result<(), Error> {
    let outer = site_of(folder, true, roots)?;
    let mut site = outer;
    let mut inside: Option<PathBuf> = None;
    for path in walks.files(folder, None)? {
        if path.file_name().is_some_and(|name| name == SITE_SETTINGS) && path.parent() != Some(folder) {
            let root = path.parent().unwrap_or(folder).to_owned();
            site = site_of(&root, true, roots)?;
            inside = Some(root);
        }
        if inside.as_ref().is_some_and(|root| !path.starts_with(root)) {
            (site, inside) = (outer, None);
        }
        if is_checkable(path) {
            candidates.push(Candidate { path: path.clone(), explicit: false, checked: true, site, held: None });
        }
    }
    Ok(())
}

/// The site that a folder belongs to: that of the nearest folder upwards with site settings, else
/// the folder itself, whose pages are then all that is known.
fn site_of(folder: &Path, walked: bool, roots: &mut Vec<Root>) -> Result<usize, Error> {
    if let Some(held) = roots.iter().position(|root| root.held && folder.starts_with(&root.path)) {
        return Ok(held);
    }
    let absolute = absolute(folder);
    let marked = absolute.ancestors().find(|ancestor| ancestor.join(SITE_SETTINGS).is_file());
    let root = match marked {
        Some(root) => shorten(root, &absolute, folder),
        None => folder.to_owned(),
    };
    if let Some(known) = roots.iter().position(|known| known.path == root) {
        roots[known].complete |= walked;
        return Ok(known);
    }
    let settings = match marked {
        Some(_) => SiteSettings::parse(read(&root.join(SITE_SETTINGS))?),
        None => SiteSettings::default(),
    };
    roots.push(Root { path: root, settings, complete: marked.is_some() || walked, held: false });
    Ok(roots.len() - 1)
}

/// Writes the ancestor `root` of `absolute` in the form in which `folder` was given.
fn shorten(root: &Path, absolute: &Path, folder: &Path) -> PathBuf {
    if root == absolute {
        return folder.to_owned();
    }
    let levels = absolute.strip_prefix(root).map_or(0, |rest| rest.components().count());
    let mut short = folder.to_owned();
    for _ in 0..levels {
        if !short.pop() {
            return root.to_owned();
        }
    }
    if folder.is_absolute() || !short.as_os_str().is_empty() { short } else { root.to_owned() }
}

/// The other pages of each site, known by their front matter only.
fn add_pages(roots: &[Root], walks: &mut Walks, candidates: &mut Vec<Candidate>) -> Result<(), Error> {
    for (site, root) in roots.iter().enumerate() {
        let depth = if root.complete { None } else { Some(1) };
        let folder = if root.path.as_os_str().is_empty() { Path::new(".") } else { &root.path };
        if !folder.is_dir() {
            continue;
        }
        let mut known: HashSet<OsString> = candidates.iter().map(|file| absolute(&file.path).into()).collect();
        // A link that was named is the page that it leads to, not another one.
        let named = candidates.iter().filter(|file| file.explicit);
        known.extend(named.filter_map(|file| file.path.canonicalize().ok()).map(OsString::from));
        for path in walks.files(folder, depth)? {
            if is_published(path) && !known.contains(absolute(path).as_os_str()) {
                candidates.push(Candidate { path: path.clone(), explicit: false, checked: false, site, held: None });
            }
        }
    }
    Ok(())
}

/// The folders that were walked, so that a site that was named is walked once.
#[derive(Default)]
struct Walks {
    done: BTreeMap<(PathBuf, Option<usize>), Vec<PathBuf>>,
}

impl Walks {
    /// See [`walk`].
    fn files(&mut self, folder: &Path, depth: Option<usize>) -> Result<&[PathBuf], Error> {
        match self.done.entry((folder.to_owned(), depth)) {
            Entry::Occupied(done) => Ok(done.into_mut()),
            Entry::Vacant(new) => Ok(new.insert(walk(folder, depth)?)),
        }
    }
}

/// Files below a folder in the order of their names; what Git and Jekyll leave out is left out.
fn walk(folder: &Path, depth: Option<usize>) -> Result<Vec<PathBuf>, Error> {
    let mut paths = Vec::new();
    let walker = WalkBuilder::new(folder)
        .max_depth(depth)
        .sort_by_file_name(Ord::cmp)
        .filter_entry(|entry| entry.depth() == 0 || !is_left_out(entry))
        .build();
    for entry in walker {
        let entry = entry.map_err(|error| unreadable(folder, error))?;
        if entry.file_type().is_some_and(|kind| kind.is_file()) {
            paths.push(entry.into_path());
        }
    }
    Ok(paths)
}

fn unreadable(folder: &Path, error: ignore::Error) -> Error {
    let text = error.to_string();
    Error::Unreadable(folder.to_owned(), error.into_io_error().unwrap_or_else(|| std::io::Error::other(text)))
}

/// Jekyll publishes nothing from folders whose name begins with `_`.
fn is_left_out(entry: &DirEntry) -> bool {
    let folder = entry.file_type().is_some_and(|kind| kind.is_dir());
    folder && entry.file_name().to_string_lossy().starts_with('_')
}

fn extension(path: &Path) -> Option<&str> {
    path.extension().and_then(|extension| extension.to_str())
}

fn is_page(path: &Path) -> bool {
    matches!(extension(path), Some("md" | "markdown"))
}

/// Jekyll publishes HTML files too.
fn is_published(path: &Path) -> bool {
    is_page(path) || extension(path) == Some("html")
}

fn is_checkable(path: &Path) -> bool {
    is_page(path)
        || matches!(extension(path), Some("yaml" | "yml" | "json"))
            && path.file_name().is_some_and(|name| name != SITE_SETTINGS)
}

/// Orders the files by their path; a file that was found twice is kept once.
fn merge(mut candidates: Vec<Candidate>) -> Vec<Candidate> {
    // Byte by byte, which is faster than part by part. As a byte, the separator would stand behind a
    // space or hyphen: `a/b` after `a-b`.
    fn bytes(candidate: &Candidate) -> impl Iterator<Item = u8> {
        let bytes = candidate.path.as_os_str().as_encoded_bytes().iter();
        bytes.map(|byte| if char::from(*byte) == MAIN_SEPARATOR { 0 } else { *byte })
    }
    candidates.sort_by(|a, b| bytes(a).cmp(bytes(b)).then(b.held.is_some().cmp(&a.held.is_some())));
    candidates.dedup_by(|next, kept| {
        let same = next.path == kept.path;
        if same {
            kept.explicit |= next.explicit;
            kept.checked |= next.checked;
        }
        same
    });
    candidates
}

/// Reads the head of each page, and with it tells what each file is.
fn build(options: Options, roots: Vec<Root>, candidates: Vec<Candidate>) -> Result<Workspace, Error> {
    let excluded: Vec<_> = roots.iter().map(|root| root.settings.matcher()).collect();
    let folders: Vec<PathBuf> = roots.iter().map(|root| absolute(&root.path)).collect();
    let mut sites: Vec<_> =
        roots.into_iter().map(|root| SiteIndex::new(root.path, root.settings, root.complete)).collect();
    let mut files = Vec::with_capacity(candidates.len());
    let mut candidates = candidates.into_iter();
    while candidates.len() > 0 {
        let first = files.len();
        let batch: Vec<Candidate> = candidates.by_ref().take(BATCH).collect();
        let read = batch.into_par_iter().enumerate().map(|(index, candidate)| {
            let path = absolute(&candidate.path);
            let relative = path.strip_prefix(&folders[candidate.site]);
            let published = relative.is_ok_and(|relative| !excluded[candidate.site].is_match(relative));
            classify(&options, FileId((first + index) as u32), candidate, published)
        });
        for (file, head) in read.collect::<Result<Vec<_>, _>>()? {
            if let Some(head) = head {
                let path = absolute(&file.path);
                sites[file.site].add(head, path.strip_prefix(&folders[file.site]).unwrap_or(&file.path));
            }
            files.push(file);
        }
    }
    Ok(Workspace { options, files, sites, contracts: Mutex::default() })
}

fn classify(
    options: &Options,
    id: FileId,
    candidate: Candidate,
    published: bool,
) -> Result<(File, Option<PageHead>), Error> {
    let Candidate { path, explicit, mut checked, site, held } = candidate;
    let mut head = None;
    let mut text = held.map(|bytes| Arc::new(SourceFile::from_bytes(id, display_path(&path), bytes)));
    let kind = match extension(&path) {
        Some("json") => FileKind::Json,
        Some("yaml" | "yml") => FileKind::Yaml,
        _ => {
            let source = match &text {
                Some(source) => Arc::clone(source),
                None => Arc::new(SourceFile::from_bytes(id, display_path(&path), read_head(&path)?)),
            };
            let read = PageHead::read(&options.profile, &source);
            let kind = match read.kind {
                Some(kind) => FileKind::Guide(kind),
                None if explicit => FileKind::Guide(GuideKind::Setup),
                None => FileKind::Page,
            };
            head = published.then_some(read);
            kind
        }
    };
    checked &= explicit || kind != FileKind::Page && published && !options.exclude.is_match(&path);
    if kind == FileKind::Page {
        text = None;
    }
    Ok((File { path, kind, explicit, checked, site, held: text }, head))
}
