//! Walks folders, without what Git leaves out and what Jekyll never publishes.

use std::path::{Path, PathBuf};

use ignore::WalkBuilder;

use super::jekyll::SiteConfig;

/// Folders that are the source or the output of a build under every configuration that is usual.
const NEVER_PUBLISHED: [&str; 6] = ["_site", "_includes", "_layouts", "_sass", "_data", "_plugins"];

#[derive(Default)]
pub(super) struct Walked {
    /// The files, in any order.
    pub(super) files: Vec<Box<Path>>,
    /// The folders that could not be read.
    pub(super) unreadable: Vec<Unreadable>,
}

/// What could not be read, and why.
pub(super) type Unreadable = (PathBuf, std::io::Error);

/// Files below a folder; what the repository's ignore files leave out is left out, and hidden
/// files and folders that the site does not include.
///
/// What a person lets Git ignore everywhere (`core.excludesFile`) is not: a run would find other things on
/// another machine.
pub(super) fn walk(folder: &Path, depth: Option<usize>, config: &SiteConfig) -> Walked {
    let hidden = config.hidden_names();
    let is_kept = move |name: &str| !name.starts_with('.') || hidden.iter().any(|kept| name.starts_with(kept.as_str()));
    let mut found = Walked::default();
    let walker = WalkBuilder::new(folder)
        .max_depth(depth)
        .git_global(false)
        .hidden(false)
        .filter_entry(move |entry| {
            let name = entry.file_name().to_string_lossy();
            entry.depth() == 0 || is_kept(&name) && !NEVER_PUBLISHED.contains(&&*name)
        })
        .build();
    for entry in walker {
        match entry {
            Ok(entry) if entry.file_type().is_some_and(|kind| kind.is_file()) => {
                found.files.push(entry.into_path().into());
            }
            Ok(_) => {}
            Err(error) => found.unreadable.push(unreadable(folder, &error)),
        }
    }
    found
}

fn unreadable(folder: &Path, error: &ignore::Error) -> Unreadable {
    // The text of an error of the system names its path again.
    let reason = error.io_error().map_or_else(|| std::io::Error::other(error.to_string()), |error| error.kind().into());
    (path_of(error).unwrap_or(folder).to_owned(), reason)
}

/// The file or folder that an error is about.
fn path_of(error: &ignore::Error) -> Option<&Path> {
    match error {
        ignore::Error::WithPath { path, .. } => Some(path),
        ignore::Error::WithDepth { err, .. } | ignore::Error::WithLineNumber { err, .. } => path_of(err),
        _ => None,
    }
}
