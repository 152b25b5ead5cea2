//! `connlint check --fix` and `--diff`: mends files, or shows how it would.

use std::cell::Cell;
use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, Write};
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;

use clap::{ArgGroup, Args};
use rayon::prelude::*;

use super::display::DisplayArguments;
use super::replace::{self, replace};
use super::{Error, counted, output, say};
use crate::diagnostic::{Applicability, Diagnostic, Fix};
use crate::engine::{self, Checked, Filter};
use crate::fault;
use crate::fix::{Marks, Reason, Skipped, Untouched, apply_until_stable, unified_diff};
use crate::report::visible_lines;
use crate::secrets;
use crate::settings::Settings;
use crate::source::{FileId, SourceFile};
use crate::workspace::{self, Workspace};

/// A fix in one page can make a fix in another one possible; a site comes to rest after very few passes.
const MOST_PASSES: usize = 4;

#[derive(Debug, Args)]
#[command(group(ArgGroup::new("mending").multiple(true).args(["fix", "fix_only", "diff"])))]
#[allow(clippy::struct_excessive_bools, reason = "each is a flag of the command line")]
pub(super) struct FixArguments {
    /// Apply safe fixes, then report what is left
    #[arg(long)]
    pub(super) fix: bool,
    /// Apply safe fixes and report nothing
    #[arg(long)]
    pub(super) fix_only: bool,
    /// With `--fix`, `--fix-only` or `--diff`: also fixes that need a look
    #[arg(long, requires = "mending")]
    pub(super) unsafe_fixes: bool,
    /// Show what fixes would change, and write nothing
    #[arg(long)]
    pub(super) diff: bool,
}

impl FixArguments {
    /// Whether files are to be changed.
    pub(super) fn writes(&self) -> bool {
        !self.diff && (self.fix || self.fix_only)
    }

    fn accept(&self) -> Applicability {
        if self.unsafe_fixes { Applicability::Unsafe } else { Applicability::Safe }
    }
}

/// The findings of each file that a run reports.
type Reported = BTreeMap<FileId, Marks>;

/// What became of a file that has something to mend.
enum Outcome {
    Mended(MendedFile),
    /// It is left as it is: the program had a fault in it.
    Faulty(FileId),
}

/// What fixes make of a file.
struct MendedFile {
    before: Arc<SourceFile>,
    after: Arc<SourceFile>,
    applied: usize,
    skipped: Vec<Skipped>,
}

/// What was mended.
#[derive(Debug, Default)]
struct Tally {
    fixes: usize,
    files: BTreeSet<PathBuf>,
    /// What the last pass skipped.
    skipped: Vec<String>,
    /// The files that a fault of the program left as they were.
    faulty: BTreeSet<FileId>,
}

/// Mends the files of the workspaces that `open` gives, until a pass changes nothing. What `unmended`
/// keeps out of the report is left as it is. Tells how many files were left because of a fault of the program.
pub(super) fn mend(
    arguments: &FixArguments,
    display: &DisplayArguments,
    settings: &Settings,
    open: impl Fn() -> Result<Workspace, Error>,
    unmended: impl Fn() -> Result<Filter, Error>,
) -> Result<usize, Error> {
    let mut tally = Tally::default();
    for _ in 0..MOST_PASSES {
        let workspace = open()?;
        let before = tally.fixes;
        tally.skipped.clear();
        let (files, faulty) = mended_files(arguments, settings, &workspace, &mut unmended()?)?;
        for id in faulty.into_iter().filter(|id| tally.faulty.insert(*id)) {
            say_faulty(&workspace, id)?;
        }
        write(&workspace, &files, &mut tally)?;
        if tally.fixes == before {
            break;
        }
    }
    tally.skipped.iter().try_for_each(|skipped| say(skipped))?;
    if tally.fixes > 0 {
        let (applied, mended) = (counted(tally.fixes, "fix", "fixes"), counted(tally.files.len(), "file", "files"));
        display.remark(&format!("applied {applied} in {mended}"))?;
    }
    Ok(tally.faulty.len())
}

fn say_faulty(workspace: &Workspace, id: FileId) -> io::Result<()> {
    say(&format!("`{}` is left as it is: connlint stopped at a fault of its own", workspace.display(id)))
}

/// Prints what fixes would change. The code tells whether there is anything.
pub(super) fn diff(
    arguments: &FixArguments,
    settings: &Settings,
    workspace: &Workspace,
    unmended: &mut Filter,
) -> Result<ExitCode, Error> {
    let (files, faulty) = mended_files(arguments, settings, workspace, unmended)?;
    let mut out = output();
    let mut any = false;
    for file in &files {
        skipped_in(workspace, file).try_for_each(|skipped| say(&skipped))?;
        let difference = unified_diff(&file.before, &file.after);
        any |= !difference.is_empty();
        out.write_all(visible_lines(&secrets::redact_known(difference)).as_bytes())?;
    }
    out.flush()?;
    faulty.iter().try_for_each(|id| say_faulty(workspace, *id))?;
    Ok(ExitCode::from(if faulty.is_empty() { u8::from(any) } else { 2 }))
}

/// The files that fixes change, and those that a fault of the program leaves as they are, in the order of their paths.
fn mended_files(
    arguments: &FixArguments,
    settings: &Settings,
    workspace: &Workspace,
    unmended: &mut Filter,
) -> Result<(Vec<MendedFile>, Vec<FileId>), workspace::Error> {
    let reported = reported(settings, workspace, unmended)?;
    let files: Vec<FileId> = workspace.checked().collect();
    let mended = files.par_iter().map(|id| {
        let mended = fault::guard(|| mended_file(arguments.accept(), settings, workspace, reported.as_ref(), *id));
        mended.unwrap_or(Ok(Some(Outcome::Faulty(*id))))
    });
    let (mut files, mut faulty) = (Vec::new(), Vec::new());
    for outcome in mended.filter_map(Result::transpose).collect::<Result<Vec<Outcome>, _>>()? {
        match outcome {
            Outcome::Mended(file) => files.push(file),
            Outcome::Faulty(id) => faulty.push(id),
        }
    }
    Ok((files, faulty))
}

/// What a run with this filter reports of each file; `None` if it reports all.
fn reported(
    settings: &Settings,
    workspace: &Workspace,
    filter: &mut Filter,
) -> Result<Option<Reported>, workspace::Error> {
    if filter.baseline.is_none() && filter.changes.is_none() {
        return Ok(None);
    }
    let mut files = Reported::new();
    let each = |checked: Checked| (checked.source.id(), Marks::of(&checked.source, &checked.diagnostics));
    engine::run(workspace, settings, filter, each, |(id, marks)| {
        files.insert(id, marks);
    })?;
    Ok(Some(files))
}

/// What is left alone in a file that was not mended yet.
fn untouched_in(reported: Option<&Reported>, checked: &Checked) -> Untouched {
    let Some(files) = reported else { return Untouched::default() };
    let nothing = Marks::default();
    let reported = files.get(&checked.source.id()).unwrap_or(&nothing);
    Untouched::new(&Marks::of(&checked.source, &checked.diagnostics), reported)
}

/// What fixes make of one file; `None` if there are none, and where bytes are no text and could not be kept.
fn mended_file(
    accept: Applicability,
    settings: &Settings,
    workspace: &Workspace,
    reported: Option<&Reported>,
    id: FileId,
) -> Result<Option<Outcome>, workspace::Error> {
    let read = workspace.source(id)?;
    if !read.invalid().is_empty() {
        return Ok(None);
    }
    let faulty = Cell::new(false);
    let check = |text: &str| {
        let source = Arc::new(SourceFile::new(id, read.path(), text));
        let checked = engine::check_source(workspace, settings, source)?;
        faulty.set(faulty.get() || checked.is_faulty());
        Some(checked)
    };
    let Some(before) = check(read.text()) else { return Ok(None) };
    let untouched = untouched_in(reported, &before);
    let mut first = Some(before.diagnostics);
    let mended = apply_until_stable(read.text(), accept, |text| {
        let found = first.take().map(|found| (Arc::clone(&before.source), found));
        let checked = found.or_else(|| check(text).map(|checked| (checked.source, checked.diagnostics)));
        checked.map_or_else(Vec::new, |(source, found)| fixable_here(id, untouched.without_fixes(&source, found)))
    });
    if faulty.get() {
        return Ok(Some(Outcome::Faulty(id)));
    }
    if mended.applied == 0 && mended.skipped.is_empty() {
        return Ok(None);
    }
    let after = check(&mended.text).map_or_else(|| Arc::clone(&before.source), |checked| checked.source);
    if faulty.get() {
        return Ok(Some(Outcome::Faulty(id)));
    }
    let file = MendedFile { before: before.source, after, applied: mended.applied, skipped: mended.skipped };
    Ok(Some(Outcome::Mended(file)))
}

/// The findings of a file, without fixes that change another one.
fn fixable_here(id: FileId, mut found: Vec<Diagnostic>) -> Vec<Diagnostic> {
    let elsewhere = |fix: &Fix| fix.edits.iter().any(|edit| edit.span.file != id);
    for diagnostic in &mut found {
        diagnostic.finding.fix.take_if(|fix| elsewhere(fix));
    }
    found
}

fn write(workspace: &Workspace, files: &[MendedFile], tally: &mut Tally) -> Result<(), Error> {
    for file in files {
        tally.skipped.extend(skipped_in(workspace, file));
        if file.applied == 0 {
            continue;
        }
        let path = &workspace.file(file.before.id()).path;
        match replace(path, file.before.text(), file.after.text())? {
            replace::Outcome::Replaced => {
                tally.fixes += file.applied;
                tally.files.insert(path.to_path_buf());
            }
            replace::Outcome::Changed => say(&format!("`{}` is left as it is: it changed meanwhile", path.display()))?,
        }
    }
    Ok(())
}

/// A message for each fix that was not applied to a file.
fn skipped_in(workspace: &Workspace, file: &MendedFile) -> impl Iterator<Item = String> {
    let path = workspace.display(file.before.id());
    file.skipped.iter().map(move |skipped| {
        let reason = match skipped.reason {
            Reason::Conflict => "conflicting fixes",
            Reason::AddsFindings => "the fix would add findings",
        };
        format!("`{path}:{}`: skipped `{}`: {reason}", skipped.line, skipped.rule)
    })
}
