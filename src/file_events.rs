//! Which changes of files matter to a run that watches them.

use std::ffi::OsStr;
use std::path::Path;

use notify::Event;
use notify::event::{AccessKind, AccessMode, EventKind};

/// Folders whose changes are not edits.
const NOT_WATCHED: &[&str] = &[".git"];

/// Whether an event can change what a run finds. Reading, which a run does itself, cannot.
pub fn matters(event: &Event) -> bool {
    let written = match event.kind {
        EventKind::Access(kind) => kind == AccessKind::Close(AccessMode::Write),
        _ => true,
    };
    // An event without a path shows that events were lost.
    written && (event.paths.is_empty() || event.paths.iter().any(|path| is_watched(path)))
}

/// Whether a change of the file at a path can be an edit.
pub fn is_watched(path: &Path) -> bool {
    !path.iter().any(|part| NOT_WATCHED.iter().any(|name| part == OsStr::new(name)))
}
