//! Which files of a run are the pack's: by its paths, and by the URLs in its data.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use ignore::WalkBuilder;

use super::{endings, page_of};
use crate::pack::{Captures, Data, Pack, Pattern, Place};
use crate::paths::{SETTINGS_FILE, absolute};
use crate::source::{FileId, Size};
use crate::workspace::candidate::{Candidate, merge};
use crate::workspace::discovery::{is_checkable, is_set_aside};
use crate::workspace::jekyll::SiteConfig;
use crate::workspace::{Options, display_path, read_text, walk};

/// Adds the files of the pack to those that were found, and says which of them are the pack's.
pub(in crate::workspace) fn place(
    pack: &Pack,
    options: &Options,
    given: &[PathBuf],
    mut candidates: Vec<Candidate>,
) -> Vec<Candidate> {
    let (patterns, limit) = (pack.patterns(), options.max_file_size);
    let Some(root) = root(&patterns, options, given, &candidates) else { return candidates };
    let given: Vec<PathBuf> = given.iter().map(|path| absolute(path)).collect();
    let known: HashMap<PathBuf, usize> =
        candidates.iter().enumerate().map(|(index, candidate)| (absolute(&candidate.path), index)).collect();
    let in_memory: Vec<PathBuf> = known.keys().filter(|path| path.starts_with(&root)).cloned().collect();
    let site = candidates.first().map_or(0, |candidate| candidate.site);
    let mut added = Vec::new();
    let mut add = |path: PathBuf, place: Place| {
        if let Some(index) = known.get(&path) {
            candidates[*index].place = Some(place);
        } else {
            let checked = given.iter().any(|given| path.starts_with(given));
            let mut candidate = Candidate::found(shown(&path).into(), checked, site, None);
            candidate.place = Some(place);
            added.push(candidate);
        }
    };
    let mut walked: HashMap<(String, Option<usize>), Vec<PathBuf>> = HashMap::new();
    for (kind, pattern) in &patterns {
        let mut add_matched = |path: &PathBuf| {
            let relative = path.strip_prefix(&root).map(display_path).unwrap_or_default();
            if let Some(captures) = pattern.captures(&relative) {
                let depth = relative.split('/').count();
                add(path.clone(), Place { kind: (*kind).to_owned(), captures, depth });
            }
        };
        let starts = pattern.starts();
        for start in if starts.is_empty() { vec![String::new()] } else { starts } {
            let files = walked.entry((start, pattern.depth()));
            let files = files.or_insert_with_key(|(start, depth)| match start.as_str() {
                "" => walk_all(&root, *depth, &given),
                start => walk_start(&root, start, *depth),
            });
            files.iter().for_each(&mut add_matched);
        }
        in_memory.iter().for_each(add_matched);
    }
    let placed: Vec<(PathBuf, String)> = (candidates.iter().chain(&added))
        .filter_map(|file| Some((file, file.place.as_ref()?)))
        .map(|(file, place)| (absolute(&file.path), place.kind.clone()))
        .collect();
    let mut seen: HashSet<PathBuf> = placed.iter().map(|(path, _)| path.clone()).collect();
    for (kind, path) in named_pages(pack, &root, &placed, limit) {
        let depth = path.strip_prefix(&root).map_or(0, |path| path.components().count());
        let place = Place { kind: kind.to_owned(), captures: Captures::new(), depth };
        if let Some(index) = known.get(&path) {
            candidates[*index].place.get_or_insert(place);
        } else if seen.insert(path.clone()) {
            let checked = given.iter().any(|given| path.starts_with(given));
            let mut candidate = Candidate::found(shown(&path).into(), checked, site, None);
            candidate.place = Some(place);
            added.push(candidate);
        }
    }
    candidates.extend(added);
    merge(candidates)
}

/// The folder that the paths of the pack start from: the nearest one around the first path.
fn root(
    patterns: &BTreeMap<&str, Pattern>,
    options: &Options,
    given: &[PathBuf],
    candidates: &[Candidate],
) -> Option<PathBuf> {
    let start = given.first().map(|path| absolute(path)).or_else(|| Some(absolute(&candidates.first()?.path)))?;
    let held: Vec<PathBuf> =
        candidates.iter().filter(|candidate| candidate.held.is_some()).map(|held| absolute(&held.path)).collect();
    let exists = |path: &Path| path.exists() || held.iter().any(|held| held.starts_with(path));
    let fits = |folder: &&Path| patterns.values().any(|pattern| pattern.starts_in(folder, exists));
    let fitting = start.ancestors().find(fits).map(Path::to_owned);
    // Paths that begin with a capture or `**` fit everywhere.
    let is_anywhere = || patterns.values().any(|pattern| pattern.starts().is_empty());
    fitting.or_else(|| is_anywhere().then(|| around(&start, options.pack_folder.as_deref())))
}

/// The folder that a repository, settings or the pack mark, the nearest around a path; without one, the current folder
/// if the path is in it.
fn around(start: &Path, pack: Option<&Path>) -> PathBuf {
    let pack = pack.map(absolute);
    let is_marked = |folder: &&Path| {
        let marks = [".git", SETTINGS_FILE].map(|name| folder.join(name));
        pack.as_deref() == Some(*folder) || marks.iter().any(|mark| mark.exists())
    };
    let current = absolute(Path::new("."));
    let own = || if start.is_dir() { start } else { start.parent().unwrap_or(start) };
    let marked = start.ancestors().find(is_marked);
    marked.or_else(|| start.starts_with(&current).then_some(&*current)).unwrap_or_else(own).to_owned()
}

/// The files below a start that is a folder, or the start itself.
fn walk_start(root: &Path, start: &str, depth: Option<usize>) -> Vec<PathBuf> {
    let path = root.join(start);
    if path.is_file() {
        return vec![path];
    }
    if !path.is_dir() {
        return Vec::new();
    }
    let below = depth.map(|depth| depth.saturating_sub(start.split('/').count()));
    let walker = WalkBuilder::new(&path).max_depth(below).git_global(false).build();
    let files = walker.filter_map(Result::ok).filter(|entry| entry.file_type().is_some_and(|kind| kind.is_file()));
    files.map(ignore::DirEntry::into_path).collect()
}

/// The files of a folder for paths that may be anywhere in it. Pages and data below what is given were found with the
/// site that they belong to.
fn walk_all(root: &Path, depth: Option<usize>, given: &[PathBuf]) -> Vec<PathBuf> {
    let config = SiteConfig::default();
    let is_found = |path: &Path| is_checkable(&config, path) && given.iter().any(|given| path.starts_with(given));
    let is_kept = |path: &&Path| !is_found(path) && !is_set_aside(path.strip_prefix(root).unwrap_or(path));
    let files = walk::walk(root, depth, &config).files;
    files.iter().map(|path| &**path).filter(is_kept).map(Path::to_owned).collect()
}

/// A path as it is reported: from the current folder where it is in there.
fn shown(path: &Path) -> PathBuf {
    path.strip_prefix(absolute(Path::new("."))).unwrap_or(path).to_owned()
}

/// The pages that URLs in data name.
fn named_pages<'a>(pack: &'a Pack, root: &Path, placed: &[(PathBuf, String)], limit: Size) -> Vec<(&'a str, PathBuf)> {
    let mut read: HashMap<&str, Vec<Data>> = HashMap::new();
    let mut named = Vec::new();
    for (kind, form) in &pack.files {
        let Some(of) = &form.at_url_of else { continue };
        let data = read.entry(&of.file).or_insert_with(|| naming_data(pack, &of.file, placed, limit));
        let pages = data.iter().flat_map(Data::parts).filter_map(|(_, node)| page_of(form, node));
        let found = pages.flat_map(|(page, _)| endings(form, &page)).map(|page| root.join(page));
        named.extend(found.filter(|path| path.is_file()).map(|path| (kind.as_str(), path)));
    }
    named
}

/// The data whose URLs name pages.
fn naming_data(pack: &Pack, kind: &str, placed: &[(PathBuf, String)], limit: Size) -> Vec<Data> {
    let Some(form) = pack.files.get(kind) else { return Vec::new() };
    let paths = placed.iter().filter(|(_, other)| other == kind).map(|(path, _)| path);
    let sources = paths.filter_map(|path| read_text(FileId::default(), path, limit).ok());
    sources.map(|source| Data::read(Arc::new(source), pack, kind, form)).collect()
}
