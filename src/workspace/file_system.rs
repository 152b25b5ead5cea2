//! What the rest of the program asks of the file system: where a file is, what a path leads to.

use std::borrow::Cow;
use std::io;
use std::path::{Path, PathBuf};

use super::read::read_start;
use super::{Error, jekyll};
use crate::pack::Pack;
use crate::paths;

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

/// The Git repository that a path is the root of or lies in. In a linked work tree and in a submodule `.git` is a file.
pub fn repository_of(path: &Path) -> Option<&Path> {
    path.ancestors().find(|folder| folder.join(".git").exists())
}

/// The file `name` in the nearest folder at or above the current one that is in the same repository.
pub fn find_in_repository(name: &str) -> Option<PathBuf> {
    let current = paths::absolute(Path::new("."));
    let repository = repository_of(&current)?;
    let folders = current.ancestors().take_while(|folder| folder.starts_with(repository));
    let found = folders.map(|folder| folder.join(name)).find(|path| path.is_file())?;
    (!leaves_repository(&found)).then_some(found)
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

/// Whether a file is a link that leads out of its repository, or into the repository's own files; without a repository,
/// out of its folder.
pub fn leaves_repository(path: &Path) -> bool {
    let path = paths::absolute(path);
    let folder = path.parent();
    let repository = folder.and_then(repository_of).or(folder);
    repository.is_some_and(|repository| !is_below(repository, &path)) || is_in_git(&path)
}

/// Whether two paths are one file, by whatever links and spellings.
pub fn is_same_file(a: &Path, b: &Path) -> bool {
    same_file::is_same_file(a, b).unwrap_or(false)
}

/// Whether the files of a pack are in a folder.
pub fn fits(pack: &Pack, folder: &Path) -> bool {
    pack.fits(folder, Path::exists)
}

/// Why a file cannot be read, without the number that the system has for it.
pub(super) fn unreadable(path: &Path, error: &io::Error) -> String {
    let path = path.display();
    match error.kind() {
        io::ErrorKind::NotFound => format!("`{path}` does not exist"),
        _ => format!("cannot read `{path}`: {}", cause(error)),
    }
}

/// A fault of the system in words. Errors of temporary files name these, and have another kind.
pub fn cause(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::Other => error.to_string(),
        kind => kind.to_string(),
    }
}

/// The error that a path does not exist, or that this cannot be known.
pub fn exists(path: &Path) -> Result<(), Error> {
    match path.try_exists() {
        Ok(true) => Ok(()),
        Ok(false) => Err(Error::Missing(path.to_owned())),
        Err(error) => Err(Error::Unreadable(path.to_owned(), error)),
    }
}

/// Whether there is a file at a path.
pub fn is_file(path: &Path) -> bool {
    path.is_file()
}

/// Whether a file is found by its name: settings, or the configuration of a site.
pub fn is_found_by_name(path: &Path) -> bool {
    path.ends_with(paths::SETTINGS_FILE) || jekyll::CONFIG_NAMES.iter().any(|name| path.ends_with(name))
}

/// Whether a file is the configuration of a site, or starts like a page with front matter.
pub fn is_of_site(path: &Path) -> bool {
    is_file(path) && (is_found_by_name(path) || read_start(path).is_ok_and(|start| start.starts_with(b"---")))
}

/// What follows the last dot of a file's name, in lowercase.
pub(super) fn extension(path: &Path) -> Option<String> {
    path.extension().and_then(|extension| extension.to_str()).map(str::to_ascii_lowercase)
}

/// The path as reported: `/` between its parts, no leading `./`.
pub(crate) fn display_path(path: &Path) -> String {
    let text = path.to_str().map_or_else(|| path.to_string_lossy(), Cow::Borrowed);
    let text = if std::path::MAIN_SEPARATOR == '\\' { Cow::Owned(text.replace('\\', "/")) } else { text };
    text.strip_prefix("./").unwrap_or(&text).to_owned()
}
