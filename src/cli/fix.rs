//! `connlint check --fix` and `--diff`: mends files, or shows how it would.

use std::cell::Cell;
use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;

use clap::{ArgGroup, Args};
use rayon::prelude::*;

use super::display::DisplayArguments;
use super::replace::{self, replace};
use super::{Error, counted, output, say};
use crate::diagnostic::{Applicability, Diagnostic, Fix, Severity};
use crate::engine::{self, Checked, Filter};
use crate::fault;
use crate::fix::{Marks, Reason, Skipped, Untouched, apply_until_stable, unified_diff};
use crate::paths;
use crate::report::visible_lines;
use crate::secrets;
use crate::settings::{Selection, Settings};
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

/// What became of a file.
enum Outcome {
    /// Fixes were found, and applied or skipped.
    Mended(MendedFile),
    /// There is nothing to fix.
    Unchanged,
    /// It is left as it is: the program had a fault in it.
    Faulty,
}

/// What one pass over all files made of them, in the order of their paths.
#[derive(Default)]
struct Pass {
    mended: Vec<MendedFile>,
    /// The files that a fault of the program leaves as they are.
    faulty: Vec<FileId>,
    /// The files that were checked.
    checked: BTreeSet<FileId>,
}

/// A run that has fixed files.
pub(super) struct Fixed {
    /// The files as they were before the last pass.
    pub(super) workspace: Workspace,
    /// Those that were checked.
    pub(super) checked: BTreeSet<FileId>,
    /// How many could not be fixed.
    pub(super) failures: usize,
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
    /// The files that could not be fixed: the program had a fault in them, or they are out of reach.
    failed: BTreeSet<FileId>,
}

/// Mends the files of the workspaces that `open` gives, until a pass changes nothing. What `unmended`
/// keeps out of the report is left as it is.
pub(super) fn mend(
    arguments: &FixArguments,
    display: &DisplayArguments,
    settings: &Settings,
    open: impl Fn() -> Result<Workspace, Error>,
    unmended: impl Fn() -> Result<Filter, Error>,
) -> Result<Fixed, Error> {
    let mut tally = Tally::default();
    let mut passes = 0;
    let (workspace, pass) = loop {
        let workspace = open()?;
        let before = tally.fixes;
        tally.skipped.clear();
        let pass = pass(arguments, settings, &workspace, &mut unmended()?)?;
        for id in pass.faulty.iter().filter(|id| tally.failed.insert(**id)) {
            say_faulty(&workspace, *id)?;
        }
        write(&workspace, &pass.mended, &mut tally)?;
        passes += 1;
        if tally.fixes == before || passes == MOST_PASSES {
            break (workspace, pass);
        }
    };
    tally.skipped.iter().try_for_each(|skipped| say(skipped))?;
    if tally.fixes > 0 {
        let (applied, mended) = (counted(tally.fixes, "fix", "fixes"), counted(tally.files.len(), "file", "files"));
        display.remark(&format!("applied {applied} in {mended}"))?;
    }
    Ok(Fixed { workspace, checked: pass.checked, failures: tally.failed.len() })
}

fn say_faulty(workspace: &Workspace, id: FileId) -> io::Result<()> {
    say(&format!("`{}` is left as it is: connlint stopped at a fault of its own", workspace.display(id)))
}

/// Prints what fixes would change. Returns the files that were checked, and the exit code: whether there is anything.
pub(super) fn diff(
    arguments: &FixArguments,
    settings: &Settings,
    workspace: &Workspace,
    unmended: &mut Filter,
) -> Result<(BTreeSet<FileId>, ExitCode), Error> {
    let pass = pass(arguments, settings, workspace, unmended)?;
    let mut out = output();
    let mut any = false;
    for file in &pass.mended {
        skipped_in(workspace, file).try_for_each(|skipped| say(&skipped))?;
        let difference = unified_diff(&file.before, &file.after);
        any |= !difference.is_empty();
        out.write_all(visible_lines(&secrets::redact_known(difference)).as_bytes())?;
    }
    out.flush()?;
    pass.faulty.iter().try_for_each(|id| say_faulty(workspace, *id))?;
    Ok((pass.checked, ExitCode::from(if pass.faulty.is_empty() { u8::from(any) } else { 2 })))
}

/// What fixes make of all files.
fn pass(
    arguments: &FixArguments,
    settings: &Settings,
    workspace: &Workspace,
    unmended: &mut Filter,
) -> Result<Pass, workspace::Error> {
    let reported = reported(settings, workspace, unmended)?;
    let run = Run { accept: arguments.accept(), settings, workspace, reported };
    // No fix may make a warning, even if only errors or some rules are reported.
    let extend_select = settings.selection.extend_select.clone();
    let selection = Selection { extend_select, ..Selection::default() };
    let all = Settings { severity: settings.severity.min(Severity::Warning), selection, ..settings.clone() };
    let files: Vec<FileId> = workspace.checked().collect();
    let outcomes = files.par_iter().map(|id| {
        let mended = fault::guard(|| mended_file(&run, &all, *id));
        mended.unwrap_or(Ok(Some(Outcome::Faulty))).map(|outcome| Some((*id, outcome?)))
    });
    let mut pass = Pass::default();
    for (id, outcome) in outcomes.filter_map(Result::transpose).collect::<Result<Vec<_>, _>>()? {
        pass.checked.insert(id);
        match outcome {
            Outcome::Mended(file) => pass.mended.push(file),
            Outcome::Faulty => pass.faulty.push(id),
            Outcome::Unchanged => {}
        }
    }
    Ok(pass)
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

/// What a pass goes by.
struct Run<'a> {
    accept: Applicability,
    settings: &'a Settings,
    workspace: &'a Workspace,
    /// What is reported of each file; `None` if that is all.
    reported: Option<Reported>,
}

impl Run<'_> {
    /// What is left alone in a file that was not fixed yet.
    fn untouched_in(&self, checked: &Checked) -> Untouched {
        let Some(files) = &self.reported else { return Untouched::default() };
        let nothing = Marks::default();
        let reported = files.get(&checked.source.id()).unwrap_or(&nothing);
        Untouched::new(&Marks::of(&checked.source, &checked.diagnostics), reported)
    }

    /// The findings of a file, without fixes of what is not reported and those that change another file.
    fn fixable_here(&self, id: FileId, mut found: Vec<Diagnostic>) -> Vec<Diagnostic> {
        let elsewhere = |fix: &Fix| fix.edits.iter().any(|edit| edit.span.file != id);
        for diagnostic in &mut found {
            let (rule, settings) = (diagnostic.rule, self.settings);
            let is_mild =
                diagnostic.severity < settings.severity && !settings.selection.extend_select.contains(rule);
            let is_kept = is_mild || !settings.selection.reports(rule) || !settings.selection.fixes(rule);
            diagnostic.finding.fix.take_if(|fix| is_kept || elsewhere(fix));
        }
        found
    }
}

/// What fixes make of one file; `None` if it is not one to be checked. Where bytes are no text, they could not be kept;
/// what is too large was not read.
fn mended_file(run: &Run<'_>, all: &Settings, id: FileId) -> Result<Option<Outcome>, workspace::Error> {
    let workspace = run.workspace;
    let read = workspace.source(id)?;
    if read.excess().is_some() {
        return Ok(engine::check_source(workspace, all, read).map(|_| Outcome::Unchanged));
    }
    if !read.invalid().is_empty() {
        return Ok(Some(Outcome::Unchanged));
    }
    let faulty = Cell::new(false);
    let check = |text: &str| {
        let source = Arc::new(SourceFile::new(id, read.path(), text));
        let checked = engine::check_source(workspace, all, source)?;
        faulty.set(faulty.get() || checked.is_faulty());
        Some(checked)
    };
    let Some(before) = check(read.text()) else { return Ok(None) };
    let untouched = run.untouched_in(&before);
    let mut first = Some(before.diagnostics);
    let mended = apply_until_stable(read.text(), run.accept, |text| {
        let found = first.take().map(|found| (Arc::clone(&before.source), found));
        let checked = found.or_else(|| check(text).map(|checked| (checked.source, checked.diagnostics)));
        checked.map_or_else(Vec::new, |(source, found)| run.fixable_here(id, untouched.without_fixes(&source, found)))
    });
    if faulty.get() {
        return Ok(Some(Outcome::Faulty));
    }
    if mended.applied == 0 && mended.skipped.is_empty() {
        return Ok(Some(Outcome::Unchanged));
    }
    let after = check(&mended.text).map_or_else(|| Arc::clone(&before.source), |checked| checked.source);
    if faulty.get() {
        return Ok(Some(Outcome::Faulty));
    }
    let file = MendedFile { before: before.source, after, applied: mended.applied, skipped: mended.skipped };
    Ok(Some(Outcome::Mended(file)))
}

fn write(workspace: &Workspace, files: &[MendedFile], tally: &mut Tally) -> Result<(), Error> {
    for file in files {
        tally.skipped.extend(skipped_in(workspace, file));
        if file.applied == 0 {
            continue;
        }
        let id = file.before.id();
        let path = &workspace.file(id).path;
        if let Some(reason) = out_of_reach(path) {
            if tally.failed.insert(id) {
                say(&format!("error: cannot fix `{}`: {reason}", path.display()))?;
            }
            continue;
        }
        match replace(path, file.before.text(), file.after.text()) {
            Ok(replace::Outcome::Replaced) => {
                tally.fixes += file.applied;
                tally.files.insert(path.to_path_buf());
            }
            Ok(replace::Outcome::Changed) => {
                say(&format!("`{}` is left as it is: it changed meanwhile", path.display()))?;
            }
            Err(error) => {
                if tally.failed.insert(id) {
                    say(&format!("error: {error}"))?;
                }
            }
        }
    }
    Ok(())
}

/// Why a file is not written: no link leads a run out of its tree, or into a repository's own files.
fn out_of_reach(path: &Path) -> Option<&'static str> {
    let (here, path) = (paths::absolute(Path::new("")), paths::absolute(path));
    let beside = path.parent().unwrap_or(&path);
    let of_run = Some(here.as_path()).filter(|here| beside.starts_with(here));
    if [Some(beside), of_run].into_iter().flatten().any(|folder| !workspace::is_below(tree(folder), &path)) {
        return Some("it is a link out of its repository or folder");
    }
    workspace::is_in_git(&path).then_some("it is in `.git`")
}

/// The repository that a folder belongs to, else its site, else the folder.
fn tree(folder: &Path) -> &Path {
    let with = |names: &[&str]| folder.ancestors().find(|above| names.iter().any(|name| above.join(name).exists()));
    with(&[".git"]).or_else(|| with(&["_config.yml", paths::SETTINGS_FILE])).unwrap_or(folder)
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
