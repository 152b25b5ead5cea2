//! `connlint check --watch`: checks again whenever something changes that a run reads.
//!
//! Everything is checked each time: a page can make another one wrong, and a whole site takes less time
//! than a person needs to look up from the editor.

use std::collections::{BTreeSet, HashSet};
use std::io;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::mpsc::{self, Receiver};
use std::time::{Duration, Instant};

use notify::event::{EventKind, ModifyKind};
use notify::{Event, RecommendedWatcher, RecursiveMode, Watcher};
use same_file::Handle;

use super::check::{self, CheckArguments, Read};
use super::{Error, display, say};
use crate::file_events::matters;
use crate::paths;
use crate::project::pack_file;
use crate::workspace;

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
    /// Folders above, that are watched for files that are found by their names.
    above: BTreeSet<PathBuf>,
    /// The files that the last run read, and those that it may have read.
    read: HashSet<PathBuf>,
}

/// Endings of files that a run reads, by what is in them.
const READ: [&str; 9] = ["md", "markdown", "mdx", "html", "htm", "yaml", "yml", "json", "toml"];

/// What standard output and errors may be written to.
const OUTPUTS: [fn() -> io::Result<Handle>; 2] = [Handle::stdout, Handle::stderr];

/// Whether an output is written to the file at a path.
fn is_at(output: fn() -> io::Result<Handle>, path: &Path) -> bool {
    output().is_ok_and(|output| Handle::from_path(path).is_ok_and(|file| file == output))
}

/// Checks, and again at each change, until the program is ended from outside.
pub(super) fn run(arguments: &CheckArguments) -> Result<ExitCode, Error> {
    let mut watch = Watch::new()?;
    // Before the first run, so that nothing is missed that changes while it reads.
    for path in arguments.inputs.paths().iter().filter(|path| path.is_dir()) {
        watch.add_tree(path)?;
    }
    watch.add_above(&arguments.inputs.paths());
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
        arguments.display.remark("waiting for changes: press Ctrl-C to stop")?;
        watch.wait()?;
    }
}

impl Watch {
    fn new() -> Result<Self, Error> {
        let (sender, changes) = mpsc::channel();
        // The receiver is gone when the program ends.
        let watcher = notify::recommended_watcher(move |event| drop(sender.send(event))).map_err(unwatchable)?;
        let (folders, above) = Default::default();
        Ok(Self { watcher, changes, trees: Vec::new(), folders, above, read: HashSet::new() })
    }

    fn add_tree(&mut self, folder: &Path) -> Result<(), Error> {
        let folder = paths::absolute(folder);
        self.watcher.watch(&folder, RecursiveMode::Recursive).map_err(unwatchable)?;
        self.trees.push(folder);
        Ok(())
    }

    /// Watches the folders above the given paths, where settings may appear. One that cannot be watched is left out.
    fn add_above(&mut self, given: &[PathBuf]) {
        for path in given.iter().map(|path| paths::absolute(path)) {
            let top = workspace::repository_of(&path);
            let folders = path.ancestors().skip(1).take_while(|folder| top.is_none_or(|top| folder.starts_with(top)));
            for folder in folders {
                let is_watched = self.trees.iter().any(|tree| folder.starts_with(tree));
                if !is_watched && self.watcher.watch(folder, RecursiveMode::NonRecursive).is_ok() {
                    self.above.insert(folder.to_owned());
                }
            }
        }
    }

    /// Whether an event is about another file in a folder that is watched only for those that are found by their names.
    fn is_elsewhere(&self, event: &Event) -> bool {
        let is_other = |path: &PathBuf| {
            let folder = path.parent().unwrap_or(path);
            let is_above = self.above.contains(folder) && !self.folders.contains(folder);
            is_above && !self.trees.iter().any(|tree| path.starts_with(tree)) && !workspace::is_found_by_name(path)
        };
        !event.paths.is_empty() && event.paths.iter().all(is_other)
    }

    /// Whether an event can be about a file that a run reads: where the report of the run itself is below the folder, its
    /// changes are not. A file that appears or goes may be the target of a link.
    fn is_of_input(&self, event: &Event) -> bool {
        let is_change =
            matches!(event.kind, EventKind::Modify(ModifyKind::Data(_) | ModifyKind::Any) | EventKind::Access(_));
        let is_read = |path: &PathBuf| {
            let ending = path.extension().unwrap_or_default().to_ascii_lowercase();
            // Layouts, includes, data, and plugins of a site.
            let is_of_site = path.components().any(|part| part.as_os_str().as_encoded_bytes().starts_with(b"_"));
            let is_text = READ.iter().any(|read| ending == *read) || path.ends_with(".gitignore");
            self.read.contains(path) || is_of_site || is_text
        };
        let is_own = |path: &PathBuf| OUTPUTS.iter().any(|output| is_at(*output, path));
        event.paths.is_empty() || event.paths.iter().any(|path| !is_own(path) && (!is_change || is_read(path)))
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
        self.read = files.map(paths::absolute).collect();
        for folder in self.read.iter().filter_map(|file| file.parent()).collect::<BTreeSet<_>>() {
            if !self.trees.iter().any(|tree| folder.starts_with(tree)) && !self.folders.contains(folder) {
                self.watcher.watch(folder, RecursiveMode::NonRecursive).map_err(unwatchable)?;
                self.folders.insert(folder.to_owned());
            }
        }
        Ok(())
    }

    /// Waits until something changed and then nothing for a while.
    fn wait(&self) -> Result<(), Error> {
        loop {
            // The watcher holds the other end.
            let event = self.changes.recv().expect("the watcher lives as long as the receiver");
            let event = event.map_err(unwatchable)?;
            if matters(&event) && !self.is_elsewhere(&event) && self.is_of_input(&event) {
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
