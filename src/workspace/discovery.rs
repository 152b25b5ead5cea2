//! Finds the files of a run: those under the given paths, the sites around them, and the other pages of these.

use std::cmp::Ordering;
use std::collections::{HashMap, HashSet};
use std::ffi::OsString;
use std::path::{MAIN_SEPARATOR, Path, PathBuf};

use super::site::SiteSettings;
use super::walk::walk;
use super::{Error, InMemory, Options, Workspace, classify, extension, read};
use crate::paths::{absolute, written_below};

/// The file that marks the root of a Jekyll site.
const SITE_SETTINGS: &str = "_config.yml";

/// A file before its page head was read.
pub(super) struct Candidate {
    pub(super) path: Box<Path>,
    pub(super) explicit: bool,
    pub(super) checked: bool,
    pub(super) site: usize,
    pub(super) held: Option<Vec<u8>>,
}

/// The root of a site and whether all of its pages are known.
pub(super) struct Root {
    /// As it was given.
    pub(super) path: PathBuf,
    absolute: PathBuf,
    pub(super) settings: SiteSettings,
    pub(super) complete: bool,
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
        classify::open(options.into(), self.roots, self.candidates)
    }
}

/// Finds all files under `paths`; see [`Workspace::find`].
pub(super) fn find(paths: &[PathBuf], memory: Vec<InMemory>) -> Result<Found, Error> {
    let (memory, mut roots) = roots_in_memory(memory);
    let (mut folders, mut named) = (Vec::new(), Vec::new());
    for path in paths {
        if !path.exists() {
            return Err(Error::Missing(path.clone()));
        }
        if path.is_dir() {
            folders.push((path, site_of(path, true, &mut roots)?));
        } else {
            named.push(Candidate::named(path.clone(), None, &mut roots)?);
        }
    }
    for (path, bytes) in memory {
        named.push(Candidate::named(path.into(), Some(bytes), &mut roots)?);
    }
    let mut candidates = once_each(named);
    for (folder, site) in &folders {
        add_folder(folder, *site, &mut roots, &mut candidates)?;
    }
    for (site, root) in roots.iter().enumerate() {
        if !folders.iter().any(|(folder, _)| *folder == &root.path || written_below(folder, &root.path).is_some()) {
            add_pages(site, root, &mut candidates)?;
        }
    }
    Ok(Found { roots, candidates: merge(candidates) })
}

impl Candidate {
    /// A file that was named itself.
    fn named(path: PathBuf, held: Option<Vec<u8>>, roots: &mut Vec<Root>) -> Result<Self, Error> {
        let site = site_of(path.parent().unwrap_or(Path::new("")), false, roots)?;
        Ok(Self { path: path.into(), explicit: true, checked: true, site, held })
    }

    /// A file that was found in a folder.
    fn found(path: Box<Path>, checked: bool, site: usize) -> Self {
        Self { path, explicit: false, checked, site, held: None }
    }
}

/// Leaves out files that are named again in another way. What is not on disk goes before what is.
fn once_each(mut named: Vec<Candidate>) -> Vec<Candidate> {
    let mut seen = HashSet::new();
    named.sort_by_key(|file| file.held.is_none());
    named.retain(|file| seen.insert(absolute(&file.path)));
    named
}

/// Takes the site settings out of the files that are not on disk: they mark the roots of sites
/// all of whose pages are at hand.
fn roots_in_memory(memory: Vec<InMemory>) -> (Vec<InMemory>, Vec<Root>) {
    let is_settings = |path: &str| Path::new(path).file_name().is_some_and(|name| name == SITE_SETTINGS);
    let (settings, files): (Vec<_>, Vec<_>) = memory.into_iter().partition(|(path, _)| is_settings(path));
    let root = |(path, bytes): InMemory| {
        let path = Path::new(&path).parent().map(Path::to_owned).unwrap_or_default();
        Root { absolute: absolute(&path), path, settings: SiteSettings::parse(bytes), complete: true, held: true }
    };
    (files, settings.into_iter().map(root).collect())
}

/// The files of a folder that was given, and the pages that are known for others only; `outer` is the site
/// that the folder belongs to.
fn add_folder(
    folder: &Path,
    outer: usize,
    roots: &mut Vec<Root>,
    candidates: &mut Vec<Candidate>,
) -> Result<(), Error> {
    let files = walk(folder, None)?;
    let mut inner = Vec::new();
    for path in files.iter().filter(|path| path.file_name().is_some_and(|name| name == SITE_SETTINGS)) {
        let root = path.parent().unwrap_or(folder);
        if root != folder {
            inner.push((root.to_owned(), site_of(root, true, roots)?));
        }
    }
    // The nearest root above a file is the longest one.
    inner.sort_by_key(|(root, _)| std::cmp::Reverse(root.as_os_str().len()));
    let known = Known::new(folder, candidates);
    candidates.extend(files.into_iter().filter(|path| !known.contains(path)).filter_map(|path| {
        let checked = is_checkable(&path);
        let site = inner.iter().find(|(root, _)| path.starts_with(root)).map_or(outer, |(_, site)| *site);
        (checked || is_published(&path)).then(|| Candidate::found(path, checked, site))
    }));
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
    let place = marked.unwrap_or(&absolute);
    if let Some(known) = roots.iter().position(|known| known.absolute == place) {
        roots[known].complete |= walked;
        return Ok(known);
    }
    let settings = match marked {
        Some(_) => SiteSettings::parse(read(&root.join(SITE_SETTINGS))?),
        None => SiteSettings::default(),
    };
    let absolute = place.to_owned();
    roots.push(Root { path: root, absolute, settings, complete: marked.is_some() || walked, held: false });
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

/// The other pages of a site that was not walked as a folder that was given: known by their front matter only.
fn add_pages(site: usize, root: &Root, candidates: &mut Vec<Candidate>) -> Result<(), Error> {
    let depth = if root.complete { None } else { Some(1) };
    let folder = if root.path.as_os_str().is_empty() { Path::new(".") } else { &root.path };
    if !folder.is_dir() {
        return Ok(());
    }
    let known = Known::new(folder, candidates);
    let pages = walk(folder, depth)?.into_iter().filter(|path| is_published(path) && !known.contains(path));
    candidates.extend(pages.map(|path| Candidate::found(path, false, site)));
    Ok(())
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
        let named = self.files.get(path.file_name().unwrap_or_default());
        named.is_some_and(|files| files.contains(&absolute(path)))
    }
}

pub(super) fn is_page(path: &Path) -> bool {
    matches!(extension(path).as_deref(), Some("md" | "markdown"))
}

/// Jekyll publishes HTML files too.
pub(super) fn is_published(path: &Path) -> bool {
    is_page(path) || extension(path).as_deref() == Some("html")
}

fn is_checkable(path: &Path) -> bool {
    is_page(path)
        || matches!(extension(path).as_deref(), Some("yaml" | "yml" | "json"))
            && path.file_name().is_some_and(|name| name != SITE_SETTINGS)
}

/// Orders the files by their path; a file that was found twice is kept once.
fn merge(mut candidates: Vec<Candidate>) -> Vec<Candidate> {
    candidates.sort_by(|a, b| by_parts(&a.path, &b.path).then(a.held.is_none().cmp(&b.held.is_none())));
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

/// Compares paths part by part, which needs no look at what they have in common.
fn by_parts(a: &Path, b: &Path) -> Ordering {
    let [a, b] = [a, b].map(|path| path.as_os_str().as_encoded_bytes());
    let differs = a.iter().zip(b).position(|(a, b)| a != b);
    // As a byte, the separator would stand behind a space or hyphen: `a/b` after `a-b`.
    let rank = |byte: u8| if char::from(byte) == MAIN_SEPARATOR { 0 } else { byte };
    differs.map_or(a.len().cmp(&b.len()), |at| rank(a[at]).cmp(&rank(b[at])))
}
