//! The data files of a site (`site.data`).

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};

use super::read_text;
use crate::source::{FileId, Size};
use crate::tree::{Node, json, yaml};

/// The data files of a site by the keys under which templates find them, each read when it is first asked for.
#[derive(Debug)]
pub(super) struct SiteData {
    files: BTreeMap<Vec<String>, DataFile>,
    limit: Size,
}

#[derive(Debug)]
struct DataFile {
    path: PathBuf,
    /// `None` if it cannot be read.
    document: OnceLock<Option<Node>>,
}

impl SiteData {
    /// Finds the data files in a folder.
    pub(super) fn find(folder: &Path, limit: Size) -> Self {
        let mut files = BTreeMap::new();
        let mut folders = vec![(folder.to_owned(), Vec::new())];
        while let Some((folder, keys)) = folders.pop() {
            let entries = std::fs::read_dir(folder).into_iter().flatten().filter_map(Result::ok);
            for entry in entries {
                // Links are not followed: they may lead out of the site, and to each other.
                let (path, Ok(kind)) = (entry.path(), entry.file_type()) else { continue };
                let Some(name) = path.file_stem().and_then(|name| name.to_str()) else { continue };
                let keys: Vec<String> = keys.iter().cloned().chain([name.to_owned()]).collect();
                if kind.is_dir() {
                    folders.push((path, keys));
                } else if kind.is_file() {
                    files.insert(keys, DataFile { path, document: OnceLock::new() });
                }
            }
        }
        Self { files, limit }
    }

    /// The document that the first of some keys name, and how many of them do; `None` if it is not there or cannot be
    /// read.
    ///
    /// `held` gives the document of a file that was read before.
    pub(super) fn value(&self, keys: &[String], held: impl Fn(&Path) -> Option<Node>) -> Option<(&Node, usize)> {
        let (file, taken) = (1..=keys.len()).find_map(|taken| Some((self.files.get(&keys[..taken])?, taken)))?;
        let document = file.document.get_or_init(|| held(&file.path).or_else(|| read(&file.path, self.limit)));
        Some((document.as_ref()?, taken))
    }
}

fn read(path: &Path, limit: Size) -> Option<Node> {
    let source = Arc::new(read_text(FileId::default(), path, limit).ok()?);
    let is_whole = source.excess().is_none();
    let read = match path.extension()?.to_str()? {
        "yml" | "yaml" => yaml::parse(&source, 0..source.text().len()),
        "json" => json::parse(&source),
        _ => return None,
    };
    read.documents.into_iter().next().filter(|_| is_whole && read.problems.is_empty())
}
