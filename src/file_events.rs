//! Which changes of files matter to a run that watches them.

use std::ffi::OsStr;
use std::path::PathBuf;

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
    let elsewhere = |path: &PathBuf| path.iter().any(|part| NOT_WATCHED.iter().any(|name| part == OsStr::new(name)));
    // An event without a path shows that events were lost.
    written && (event.paths.is_empty() || !event.paths.iter().all(elsewhere))
}
