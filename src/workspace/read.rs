//! Reads files: whole up to a size, or their start.

use std::fs::File;
use std::io::Read;
use std::path::Path;

use super::{Error, display_path};
use crate::source::{FileId, Size, SourceFile, is_utf_16};

/// Bytes in which nearly every page ends, and the front matter of nearly every other one.
const START: u64 = 4096;

/// What was read of a file.
pub(super) enum Content {
    Whole(Vec<u8>),
    Start(Vec<u8>),
}

/// Reads a file that is not one of the run: a profile, settings.
pub fn read_source(id: FileId, path: &Path) -> Result<SourceFile, Error> {
    let read = || {
        let mut bytes = Vec::new();
        open(path)?.0.read_to_end(&mut bytes)?;
        if is_utf_16(&bytes) {
            return Err(std::io::Error::other("file encoded as UTF-16; save the file as UTF-8"));
        }
        if std::str::from_utf8(&bytes).is_err() {
            return Err(std::io::Error::other("invalid UTF-8; save the file as UTF-8"));
        }
        Ok(bytes)
    };
    Ok(SourceFile::from_bytes(id, display_path(path), unless_unreadable(path, read())?))
}

/// Reads a file if it has no more than `limit` bytes; else it is [too large](SourceFile::excess).
pub fn read_text(id: FileId, path: &Path, limit: Size) -> Result<SourceFile, Error> {
    Ok(match read_within(path, limit)? {
        Content::Whole(bytes) => SourceFile::from_bytes(id, display_path(path), bytes),
        Content::Start(bytes) => SourceFile::too_large(id, display_path(path), limit, &bytes),
    })
}

/// Reads a file if it has no more than `limit` bytes, else its start.
pub(super) fn read_within(path: &Path, limit: Size) -> Result<Content, Error> {
    let read = || {
        let (file, size) = open(path)?;
        let mut bytes = Vec::new();
        if size > limit.bytes() {
            file.take(START).read_to_end(&mut bytes)?;
            return Ok(Content::Start(bytes));
        }
        bytes.reserve_exact(size as usize);
        // It may grow meanwhile, and what the kernel writes has no size.
        file.take(limit.bytes() + 1).read_to_end(&mut bytes)?;
        Ok(within(bytes, limit))
    };
    unless_unreadable(path, read())
}

/// Reads the start of a page, and on to its end as far as that is `needed` and no more than `limit` bytes.
pub(super) fn read_head(path: &Path, limit: Size, needed: impl Fn(&[u8]) -> bool) -> Result<Content, Error> {
    let read = || {
        let (mut file, size) = open(path)?;
        let mut bytes = Vec::with_capacity(START as usize);
        file.by_ref().take(START).read_to_end(&mut bytes)?;
        if (bytes.len() as u64) < START {
            return Ok(within(bytes, limit));
        }
        if !needed(&bytes) || size > limit.bytes() {
            return Ok(Content::Start(bytes));
        }
        file.take(limit.bytes() + 1).read_to_end(&mut bytes)?;
        Ok(within(bytes, limit))
    };
    unless_unreadable(path, read())
}

/// The bytes of a file, or their start if there are more than `limit`.
pub(super) fn within(mut bytes: Vec<u8>, limit: Size) -> Content {
    if bytes.len() as u64 <= limit.bytes() {
        return Content::Whole(bytes);
    }
    bytes.truncate(START as usize);
    Content::Start(bytes)
}

/// Whether a file can be read.
pub(super) fn probe(path: &Path) -> Result<(), Error> {
    unless_unreadable(path, open(path).map(drop))
}

pub(super) fn read_start(path: &Path) -> Result<Vec<u8>, Error> {
    let mut bytes = Vec::new();
    let read = open(path).and_then(|(file, _)| file.take(START).read_to_end(&mut bytes));
    unless_unreadable(path, read).map(|_| bytes)
}

fn unless_unreadable<T>(path: &Path, read: std::io::Result<T>) -> Result<T, Error> {
    read.map_err(|error| Error::Unreadable(path.to_owned(), error))
}

/// Opens a file, and returns it with its size. Reading from a pipe, a device or a socket may wait or go on without end.
fn open(path: &Path) -> std::io::Result<(File, u64)> {
    let metadata = path.metadata()?;
    let kind = metadata.file_type();
    if !kind.is_file() && !kind.is_dir() {
        return Err(std::io::Error::other("not a regular file"));
    }
    Ok((File::open(path)?, metadata.len()))
}
