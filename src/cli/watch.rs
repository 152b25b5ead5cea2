//! `connlint check --watch`: checks again whenever something changes that a run reads.
//!
//! Everything is checked each time: a page can make another one wrong, and a whole site takes less time
//! than a person needs to look up from the editor.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::mpsc::{self, Receiver};
use std::time::{Duration, Instant};

use notify::{Event, RecommendedWatcher, RecursiveMode, Watcher};

use super::check::{self, CheckArguments, Read};
use super::{Error, display, say};
use crate::file_events::matters;
use crate::paths;
use crate::project::pack_file;

/// Editors save in several steps: a change is over when nothing happened for this long.
const SETTLED: Duration = Duration::from_millis(20);

/// A change is over after this time at the latest.
const LONGEST_CHANGE: Duration = Duration::from_millis(100);

/// What is watched so far, and what happens there.
struct Watch {
    watcher: RecommendedWatcher,
    changes: Receiver<notify::Result<Event>>,
    /// Folders that are watched with all that is below them.
    trees: Vec<PathBuf>,
    /// Folders that are watched for the files in them.
    folders: BTreeSet<PathBuf>,
}

/// Checks, and again at each change, until the program is ended from outside.
pub(super) fn run(arguments: &CheckArguments) -> Result<ExitCode, Error> {
    let mut watch = Watch::new()?;
    // Before the first run, so that nothing is missed that changes while it reads.
    for path in arguments.inputs.paths().iter().filter(|path| path.is_dir()) {
        watch.add_tree(path)?;
    }
    let mut first = true;
    loop {
        let begin = |inputs: &Read<'_>| watch.add_folders_of(inputs);
        match check::once(arguments, !first && display::is_on_terminal(), begin) {
            Ok(_) => {}
            // What is wrong from the start will not come right on its own.
            Err(error) if first => return Err(error),
            Err(error) => say(&format!("error: {error}"))?,
        }
        first = false;
        arguments.display.remark("waiting for changes; Ctrl-C ends")?;
        watch.wait()?;
    }
}

impl Watch {
    fn new() -> Result<Self, Error> {
        let (sender, changes) = mpsc::channel();
        // The receiver is gone when the program ends.
        let watcher = notify::recommended_watcher(move |event| drop(sender.send(event))).map_err(unwatchable)?;
        Ok(Self { watcher, changes, trees: Vec::new(), folders: BTreeSet::new() })
    }

    fn add_tree(&mut self, folder: &Path) -> Result<(), Error> {
        let folder = paths::absolute(folder);
        self.watcher.watch(&folder, RecursiveMode::Recursive).map_err(unwatchable)?;
        self.trees.push(folder);
        Ok(())
    }

    /// Watches the folders of what a run reads outside of the folders that were given: files, pages of
    /// the site, settings.
    fn add_folders_of(&mut self, inputs: &Read<'_>) -> Result<(), Error> {
        let settings = &inputs.loaded.settings;
        let pack = pack_file(inputs.loaded);
        let own = [&settings.baseline, &settings.images].into_iter().flatten().map(PathBuf::as_path);
        let catalogues = settings.scopes.values().filter_map(|changes| changes.catalogue.as_deref());
        let source = inputs.loaded.source.as_ref().map(|source| Path::new(source.path()));
        let files = inputs.workspace.paths().chain(own).chain(pack.as_deref()).chain(catalogues).chain(source);
        for folder in files.filter_map(Path::parent).collect::<BTreeSet<_>>() {
            let folder = paths::absolute(folder);
            if !self.trees.iter().any(|tree| folder.starts_with(tree)) && !self.folders.contains(&folder) {
                self.watcher.watch(&folder, RecursiveMode::NonRecursive).map_err(unwatchable)?;
                self.folders.insert(folder);
            }
        }
        Ok(())
    }

    /// Waits until something changed and then nothing for a while.
    fn wait(&self) -> Result<(), Error> {
        loop {
            // The watcher holds the other end.
            let event = self.changes.recv().expect("the watcher lives as long as the receiver");
            if matters(&event.map_err(unwatchable)?) {
                break;
            }
        }
        let latest = Instant::now() + LONGEST_CHANGE;
        while Instant::now() < latest && self.changes.recv_timeout(SETTLED).is_ok() {}
        Ok(())
    }
}

#[allow(clippy::needless_pass_by_value, reason = "the form in which `map_err` hands it over")]
fn unwatchable(error: notify::Error) -> Error {
    Error::File(format!("cannot watch for changes: {error}"))
}
