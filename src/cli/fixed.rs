//! What became of fixed files: written, and summed up by rule.

use std::collections::{BTreeMap, BTreeSet};
use std::io;
use std::path::Path;

use super::display::DisplayArguments;
use super::replace::{self, replace};
use super::{Error, counted, say};
use crate::engine::FixedFile;
use crate::fix::Reason;
use crate::paths;
use crate::report::FixedFinding;
use crate::source::FileId;
use crate::workspace::{self, InMemory, Workspace};

/// What was fixed so far.
#[derive(Debug, Default)]
pub(super) struct Tally {
    /// The lines of the applied fixes by rule and path.
    fixes: BTreeMap<&'static str, BTreeMap<String, Vec<u32>>>,
    /// The fixes that the last pass skipped.
    skipped: Vec<String>,
    /// The files that could not be fixed: the program had a fault in them, or they are out of reach.
    failed: BTreeSet<FileId>,
    /// The files that the last pass did not fix because they changed after they were read.
    changed: BTreeSet<FileId>,
}

impl Tally {
    /// How many fixes were applied.
    pub(super) fn count(&self) -> usize {
        self.fixes.values().flat_map(BTreeMap::values).map(Vec::len).sum()
    }

    /// The applied fixes, in the order of files and lines.
    pub(super) fn fixed(&self) -> Vec<FixedFinding> {
        let files =
            self.fixes.iter().flat_map(|(rule, files)| files.iter().map(move |(file, lines)| (*rule, file, lines)));
        let mut all: Vec<FixedFinding> = files
            .flat_map(|(rule, file, lines)| {
                lines.iter().map(move |line| FixedFinding { file: file.clone(), line: *line, rule })
            })
            .collect();
        all.sort();
        all
    }

    /// How many files could not be fixed.
    pub(super) fn failures(&self) -> usize {
        self.failed.union(&self.changed).count()
    }

    /// Whether another pass may fix files that changed.
    pub(super) fn has_changed(&self) -> bool {
        !self.changed.is_empty()
    }

    /// Counts the fixes of a file.
    pub(super) fn add(&mut self, workspace: &Workspace, file: &FixedFile) {
        for (line, rule) in &file.fixes {
            let files = self.fixes.entry(*rule).or_default();
            files.entry(workspace.display(file.before.id())).or_default().push(*line);
        }
    }

    /// Notes a file that a fault of the program keeps from being fixed.
    pub(super) fn add_faulty(&mut self, workspace: &Workspace, id: FileId) -> io::Result<()> {
        if self.failed.insert(id) { say_faulty(workspace, id) } else { Ok(()) }
    }

    /// Writes the files of a pass to disk, or to `memory` where they come from there.
    pub(super) fn write(
        &mut self,
        workspace: &Workspace,
        files: &[FixedFile],
        memory: &mut [InMemory],
    ) -> Result<(), Error> {
        self.skipped.clear();
        self.changed.clear();
        for file in files {
            self.skipped.extend(skipped_in(workspace, file));
            if file.fixes.is_empty() {
                continue;
            }
            let path = &workspace.file(file.before.id()).path;
            match memory.iter_mut().find(|(name, _)| Path::new(name) == &**path) {
                Some((_, bytes)) => {
                    file.after.text().as_bytes().clone_into(bytes);
                    self.add(workspace, file);
                }
                None => self.write_file(workspace, file, path)?,
            }
        }
        Ok(())
    }

    fn write_file(&mut self, workspace: &Workspace, file: &FixedFile, path: &Path) -> Result<(), Error> {
        let id = file.before.id();
        if let Some(reason) = out_of_reach(path) {
            if self.failed.insert(id) {
                say(&format!("error: cannot fix `{}`: {reason}", path.display()))?;
            }
            return Ok(());
        }
        match replace(path, file.before.text(), file.after.text()) {
            Ok(replace::Outcome::Replaced) => self.add(workspace, file),
            Ok(replace::Outcome::Changed) => {
                self.changed.insert(id);
            }
            Err(error) => {
                if self.failed.insert(id) {
                    say(&format!("error: {error}"))?;
                }
            }
        }
        Ok(())
    }

    /// Reports the fixes that were skipped and those that were applied: by rule, and each with its location if that is
    /// asked for.
    pub(super) fn report(&self, done: &str, with_locations: bool, display: &DisplayArguments) -> Result<(), Error> {
        self.skipped.iter().try_for_each(|skipped| say(skipped))?;
        if !self.changed.is_empty() {
            let files = counted(self.changed.len(), "file", "files");
            say(&format!("error: {files} not fixed: changed during the run; run `--fix` again"))?;
        }
        if self.count() == 0 {
            return Ok(());
        }
        let files: BTreeSet<&String> = self.fixes.values().flat_map(BTreeMap::keys).collect();
        let (problems, files) = (counted(self.count(), "problem", "problems"), counted(files.len(), "file", "files"));
        display.remark(&format!("{done} {problems} in {files}:"))?;
        let mut rules: Vec<_> = self
            .fixes
            .iter()
            .map(|(rule, files)| (files.values().map(Vec::len).sum::<usize>(), *rule, files))
            .collect();
        rules.sort_by_key(|(count, rule, _)| (std::cmp::Reverse(*count), *rule));
        let width = rules.first().map_or(0, |(count, ..)| count.to_string().len());
        let longest = rules.iter().map(|(_, rule, _)| rule.len()).max().unwrap_or_default();
        for (count, rule, files) in rules {
            let in_files = counted(files.len(), "file", "files");
            display.remark(&format!("  {count:>width$}  {rule:longest$}  {in_files}"))?;
            let places = files.iter().flat_map(|(path, lines)| lines.iter().map(move |line| (path, line)));
            for (path, line) in places.filter(|_| with_locations) {
                display.remark(&format!("    {path}:{line}"))?;
            }
        }
        Ok(())
    }
}

/// Says that a file was not fixed because of a fault of the program.
pub(super) fn say_faulty(workspace: &Workspace, id: FileId) -> io::Result<()> {
    say(&format!("`{}` was not fixed: internal error in connlint", workspace.display(id)))
}

/// A message for each fix that was not applied to a file.
pub(super) fn skipped_in(workspace: &Workspace, file: &FixedFile) -> impl Iterator<Item = String> {
    let path = workspace.display(file.before.id());
    file.skipped.iter().map(move |skipped| {
        let reason = match skipped.reason {
            Reason::Conflict => "conflicting fixes",
            Reason::AddsFindings => "the fix would add findings",
        };
        format!("`{path}:{}`: skipped `{}`: {reason}", skipped.line, skipped.rule)
    })
}

/// Why a file is not written: no link leads a run out of its tree, or into a repository's own files.
fn out_of_reach(path: &Path) -> Option<&'static str> {
    let (here, path) = (paths::absolute(Path::new("")), paths::absolute(path));
    let beside = path.parent().unwrap_or(&path);
    let of_run = Some(here.as_path()).filter(|here| beside.starts_with(here));
    if [Some(beside), of_run].into_iter().flatten().any(|folder| !workspace::is_below(tree(folder), &path)) {
        return Some("the link leads out of its repository or folder");
    }
    workspace::is_in_git(&path).then_some("it is in `.git`")
}

/// The repository that a folder belongs to, else its site, else the folder.
fn tree(folder: &Path) -> &Path {
    let with = |names: &[&str]| folder.ancestors().find(|above| names.iter().any(|name| above.join(name).exists()));
    with(&[".git"]).or_else(|| with(&["_config.yml", paths::SETTINGS_FILE])).unwrap_or(folder)
}
