//! Paths as text: without `.` and `..`, relative to a folder, matched by globs.
//!
//! Nothing here looks at the file system; a path is taken as written.

mod globs;

use std::borrow::Cow;
use std::path::{Component, Path, PathBuf};

pub use globs::{GlobError, PathGlobs};

/// The name under which the settings file is looked for.
pub const SETTINGS_FILE: &str = "connlint.toml";

/// The path from the root, with `.` and `..` resolved as written; an empty path is the
/// current folder.
pub fn absolute(path: &Path) -> PathBuf {
    let path = if path.as_os_str().is_empty() { Path::new(".") } else { path };
    if is_resolved(path) {
        let current = || std::env::current_dir().map_or_else(|_| path.to_owned(), |current| current.join(path));
        return if path.is_absolute() { path.to_owned() } else { current() };
    }
    let mut out = PathBuf::new();
    // If the current folder is gone, a path has no absolute form.
    for component in std::path::absolute(path).unwrap_or_else(|_| path.to_owned()).components() {
        match component {
            Component::CurDir => {}
            Component::ParentDir => {
                out.pop();
            }
            other => out.push(other),
        }
    }
    out
}

/// Whether a path is written without `.`, `..` and repeated separators, so that nothing in it has to
/// be resolved. Most are; taking one apart costs more than all else that is done with it.
fn is_resolved(path: &Path) -> bool {
    let bytes = path.as_os_str().as_encoded_bytes();
    let plain = |pair: &[u8]| !(pair[0] == b'/' && matches!(pair[1], b'/' | b'.'));
    cfg!(unix) && !bytes.starts_with(b".") && !bytes.ends_with(b"/") && bytes.windows(2).all(plain)
}

/// The way from the folder `root` down to `path`; `None` if it does not lie below it.
pub fn below<'a>(root: &Path, path: &'a Path) -> Option<Cow<'a, Path>> {
    written_below(root, path).map(Cow::Borrowed).or_else(|| {
        let resolved = absolute(path);
        resolved.strip_prefix(absolute(root)).ok().map(|rest| Cow::Owned(rest.to_owned()))
    })
}

/// The text after `root` in `path`, if that is written as `root` with the names of files and folders
/// after it: as nearly all are, since they were found in there. Neither has to be resolved then.
pub fn written_below<'a>(root: &Path, path: &'a Path) -> Option<&'a Path> {
    let rest = path.to_str()?.strip_prefix(root.to_str()?)?.strip_prefix('/')?;
    Some(Path::new(rest)).filter(|rest| is_resolved(rest))
}

/// The way from the folder `root` to `path`, both absolute, with `/` between its parts: the form in
/// which a file is kept in data that must mean the same on every machine.
pub fn relative(root: &Path, path: &Path) -> String {
    let shared = root.components().zip(path.components()).take_while(|(a, b)| a == b).count();
    let up = root.components().skip(shared).map(|_| "..".to_owned());
    let down = path.components().skip(shared).map(|part| part.as_os_str().to_string_lossy().into_owned());
    up.chain(down).collect::<Vec<_>>().join("/")
}

/// How many folders up and then down the way from one folder to another leads, both absolute.
pub fn steps(from: &Path, to: &Path) -> (usize, usize) {
    let shared = from.components().zip(to.components()).take_while(|(a, b)| a == b).count();
    (from.components().count() - shared, to.components().count() - shared)
}
