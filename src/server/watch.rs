//! Changes of files, for clients that cannot report them.

use std::path::PathBuf;

use crossbeam_channel::{Receiver, bounded};
use notify::{Event, RecommendedWatcher, RecursiveMode, Watcher};

use crate::file_events::matters;

/// Watches folders until it is dropped.
pub(super) struct Watch {
    watcher: RecommendedWatcher,
    folders: Vec<PathBuf>,
    /// Something in one of the folders changed. Several changes may be one message.
    pub(super) changes: Receiver<()>,
}

impl Watch {
    /// Watches nothing yet.
    pub(super) fn new() -> notify::Result<Self> {
        let (sender, changes) = bounded(1);
        let on_event = move |event: notify::Result<Event>| {
            if event.is_ok_and(|event| matters(&event)) {
                // A change that waits to be read stands for this one, too.
                let _ = sender.try_send(());
            }
        };
        Ok(Self { watcher: notify::recommended_watcher(on_event)?, folders: Vec::new(), changes })
    }

    /// Watches these folders, with all that is below them, instead of the earlier ones. Returns a message for each that
    /// cannot be watched.
    pub(super) fn set(&mut self, folders: &[PathBuf]) -> Vec<String> {
        for folder in std::mem::replace(&mut self.folders, folders.to_vec()) {
            // One that is gone is not watched anymore.
            let _ = self.watcher.unwatch(&folder);
        }
        let watched = self.folders.iter().map(|folder| (folder, self.watcher.watch(folder, RecursiveMode::Recursive)));
        let refused = watched.filter_map(|(folder, watched)| Some((folder, watched.err()?)));
        refused.map(|(folder, error)| format!("cannot watch `{}` for changes: {error}", folder.display())).collect()
    }
}
