//! Walks folders, without what Git leaves out and what Jekyll never publishes.

use std::path::Path;

use ignore::WalkBuilder;

use super::Error;
use super::jekyll::SiteConfig;

/// Folders that are the source or the output of a build under every configuration that is usual.
const NEVER_PUBLISHED: [&str; 6] = ["_site", "_includes", "_layouts", "_sass", "_data", "_plugins"];

/// Files below a folder, in any order; what the repository's ignore files leave out is left out, and hidden
/// files and folders that the site does not include.
///
/// What a person lets Git ignore everywhere (`core.excludesFile`) is not: a run would find other things on
/// another machine.
pub(super) fn walk(folder: &Path, depth: Option<usize>, config: &SiteConfig) -> Result<Vec<Box<Path>>, Error> {
    let hidden = config.hidden_names();
    let is_kept = move |name: &str| !name.starts_with('.') || hidden.iter().any(|kept| name.starts_with(kept.as_str()));
    let mut paths = Vec::new();
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
