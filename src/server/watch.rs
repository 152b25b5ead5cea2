//! Changes of files, for clients that cannot report them.

use std::path::PathBuf;

use crossbeam_channel::{Receiver, bounded};
use notify::{Event, RecommendedWatcher, RecursiveMode, Watcher};

use crate::file_events::matters;

/// Watches folders until it is dropped.
pub(super) struct Watch {
    _watcher: RecommendedWatcher,
    /// Something in one of the folders changed. Several changes may be one message.
    pub(super) changes: Receiver<()>,
}

impl Watch {
    /// Watches the folders with all that is below them; `None` if the system does not let it.
    pub(super) fn new(folders: &[PathBuf]) -> Option<Self> {
        let (sender, changes) = bounded(1);
        let on_event = move |event: notify::Result<Event>| {
            if event.is_ok_and(|event| matters(&event)) {
                // A change that waits to be read stands for this one, too.
                let _ = sender.try_send(());
            }
        };
        let mut watcher = notify::recommended_watcher(on_event).ok()?;
        for folder in folders {
            watcher.watch(folder, RecursiveMode::Recursive).ok()?;
        }
        Some(Self { _watcher: watcher, changes })
    }
}
