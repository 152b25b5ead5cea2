//! Replaces a file by a new text: whole or not at all.

use std::io::{self, Write};
use std::path::{Path, PathBuf};

use super::Error;
use super::temporary::Temporary;
use crate::paths;
use crate::source::FileId;
use crate::workspace;

/// What became of a file that was to be replaced.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Outcome {
    /// It holds the new text.
    Replaced,
    /// It no longer held the text that the new one was made from, and was left alone.
    Changed,
}

/// Replaces the file at `path`, which held `before`, by `after`.
///
/// The new text is written beside the file and then renamed over it, so that the file is whole at every
/// moment. Owner, group and permissions are kept; a symbolic link stays one and its target is replaced.
pub(super) fn replace(path: &Path, before: &str, after: &str) -> Result<Outcome, Error> {
    let unwritable = |error| Error::Unwritable(path.to_owned(), error);
    let target = path.canonicalize().map_err(unwritable)?;
    refuse_read_only(&target).map_err(unwritable)?;
    let new = written_beside(&target, after).map_err(unwritable)?;
    // As late as possible: whoever wrote the file meanwhile wins.
    if workspace::read_source(FileId::default(), &target)?.text() != before {
        return Ok(Outcome::Changed);
    }
    new.persist(&target).map_err(unwritable)?;
    Ok(Outcome::Replaced)
}

/// Writes `text` to the file at `path`, and replaces an existing file.
pub(super) fn write(path: &Path, text: &str) -> Result<(), Error> {
    let mut new = Replacement::of(path)?;
    new.write_all(text.as_bytes()).map_err(|error| Error::Unwritable(path.to_owned(), error))?;
    new.persist()
}

/// A file that is being written and that replaces another one when it is whole.
#[derive(Debug)]
pub(super) struct Replacement {
    path: PathBuf,
    target: PathBuf,
    file: Temporary,
}

impl Replacement {
    /// Creates the file that is moved to `path`.
    pub(super) fn of(path: &Path) -> Result<Self, Error> {
        // A file that is not there yet has no other name.
        let target = path.canonicalize().unwrap_or_else(|_| paths::absolute(path));
        let file = refuse_read_only(&target).and_then(|()| Temporary::beside(&target));
        let file = file.map_err(|error| Error::Unwritable(path.to_owned(), error))?;
        Ok(Self { path: path.to_owned(), target, file })
    }

    /// Moves the file to its destination.
    pub(super) fn persist(self) -> Result<(), Error> {
        let Self { path, target, file } = self;
        file.sync(&target).and_then(|()| file.persist(&target)).map_err(|error| Error::Unwritable(path, error))
    }
}

impl Write for Replacement {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.file.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.flush()
    }
}

/// Refuses to take the place of a file that may not be written: moving another one over it needs no right to write it.
fn refuse_read_only(target: &Path) -> io::Result<()> {
    let is_read_only = target.metadata().is_ok_and(|metadata| metadata.permissions().readonly());
    if is_read_only { Err(io::Error::other("the file is read-only")) } else { Ok(()) }
}

/// Refuses to write a file of a repository's own.
pub(super) fn refuse_git(path: &Path) -> Result<(), Error> {
    if workspace::is_in_git(path) {
        return Err(Error::File(format!("cannot write `{}`: it is in `.git`", path.display())));
    }
    Ok(())
}

/// Writes `text` to a new file at `path`; one that is there is left alone.
pub(super) fn create(path: &Path, text: &str) -> Result<(), Error> {
    refuse_git(path)?;
    let new = written_beside(&paths::absolute(path), text);
    let new = new.map_err(|error| Error::Unwritable(path.to_owned(), error))?;
    new.persist_new(path).map_err(|error| match error.kind() {
        io::ErrorKind::AlreadyExists => Error::File(format!("`{}` already exists", path.display())),
        _ => Error::Unwritable(path.to_owned(), error),
    })
}

/// A file with `text` that can take the place of `target`.
fn written_beside(target: &Path, text: &str) -> io::Result<Temporary> {
    let mut file = Temporary::beside(target)?;
    file.write_all(text.as_bytes())?;
    file.sync(target)?;
    Ok(file)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::disallowed_methods, reason = "the tests look at the files")]

    use super::{Outcome, replace};

    #[test]
    fn a_file_that_changed_meanwhile_is_left_alone() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.md");
        std::fs::write(&path, "someone else's").unwrap();
        assert_eq!(replace(&path, "ours", "fixed").unwrap(), Outcome::Changed);
        assert_eq!(std::fs::read_to_string(&path).unwrap(), "someone else's");
        assert_eq!(replace(&path, "someone else's", "fixed").unwrap(), Outcome::Replaced);
        assert_eq!(std::fs::read_to_string(&path).unwrap(), "fixed");
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1, "nothing is left beside the file");
    }

    #[test]
    fn a_file_that_vanished_is_an_error() {
        let folder = tempfile::tempdir().unwrap();
        let error = replace(&folder.path().join("gone.md"), "", "").unwrap_err();
        assert!(error.to_string().contains("cannot write"), "{error}");
    }
}
