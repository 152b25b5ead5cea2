//! Walks folders, without what Git and Jekyll leave out.

use std::path::Path;

use ignore::{DirEntry, WalkBuilder};

use super::Error;

/// Files below a folder, in any order; what the repository's ignore files and Jekyll leave out is left out.
///
/// What a person lets Git ignore everywhere (`core.excludesFile`) is not: a run would find other things on
/// another machine.
pub(super) fn walk(folder: &Path, depth: Option<usize>) -> Result<Vec<Box<Path>>, Error> {
    let mut paths = Vec::new();
    let walker = WalkBuilder::new(folder)
        .max_depth(depth)
        .git_global(false)
        .filter_entry(|entry| entry.depth() == 0 || !is_left_out(entry))
        .build();
    for entry in walker {
        let entry = entry.map_err(|error| unreadable(folder, error))?;
        if entry.file_type().is_some_and(|kind| kind.is_file()) {
            paths.push(entry.into_path().into());
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
