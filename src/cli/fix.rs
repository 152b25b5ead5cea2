//! `connlint check --fix` and `--diff`: fixes files, or shows how it would.

use std::cell::{Cell, RefCell};
use std::collections::{BTreeMap, BTreeSet};
use std::io::Write;
use std::process::ExitCode;
use std::sync::Arc;

use anstyle::{AnsiColor, Style};
use clap::{ArgGroup, Args};
use rayon::prelude::*;

use super::display::DisplayArguments;
use super::fixed::{FixedFile, Tally, say_faulty, skipped_in};
use super::{Error, output, say};
use crate::diagnostic::{Applicability, Diagnostic, Fix, Severity};
use crate::engine::{self, Checked, Filter};
use crate::fault;
use crate::fix::{Marks, Untouched, apply_until_stable, unified_diff};
use crate::report::{FixedFinding, visible_lines};
use crate::secrets;
use crate::settings::{Selection, Settings};
use crate::source::{FileId, SourceFile};
use crate::workspace::{self, InMemory, Workspace};

/// A fix in one page can make a fix in another one possible; a site comes to rest after very few passes.
const MOST_PASSES: usize = 4;

#[derive(Debug, Args)]
#[command(group(ArgGroup::new("fixing").multiple(true).args(["fix", "fix_only", "diff"])))]
#[allow(clippy::struct_excessive_bools, reason = "each is a flag of the command line")]
pub(super) struct FixArguments {
    /// Apply safe fixes, then report the other findings
    #[arg(long)]
    pub(super) fix: bool,
    /// Apply safe fixes and report nothing
    #[arg(long)]
    pub(super) fix_only: bool,
    /// With `--fix`, `--fix-only` or `--diff`: also fixes that need review
    #[arg(long, requires = "fixing")]
    pub(super) unsafe_fixes: bool,
    /// Show the changes of fixes, and write nothing
    #[arg(long)]
    pub(super) diff: bool,
    /// With `--fix`, `--fix-only` or `--diff`: list the location of each fix
    #[arg(long, requires = "fixing")]
    show_fixes: bool,
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
    Fixed(FixedFile),
    /// There is nothing to fix.
    Unchanged,
    /// It is not changed: the program had a fault in it.
    Faulty,
}

/// What one pass over all files made of them, in the order of their paths.
#[derive(Default)]
struct Pass {
    fixed: Vec<FixedFile>,
    /// The files that a bug in the program leaves unchanged.
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
    /// The applied fixes.
    pub(super) applied: Vec<FixedFinding>,
}

/// Fixes the files of the workspaces that `open` gives, until a pass changes nothing; `memory` holds those that are not
/// on disk. What `unmended` keeps out of the report is not changed.
pub(super) fn apply(
    arguments: &FixArguments,
    display: &DisplayArguments,
    settings: &Settings,
    memory: &RefCell<Vec<InMemory>>,
    open: impl Fn() -> Result<Workspace, Error>,
    unfixed: impl Fn() -> Result<Filter, Error>,
) -> Result<Fixed, Error> {
    let mut tally = Tally::default();
    let mut passes = 0;
    let (workspace, pass) = loop {
        let workspace = open()?;
        let before = tally.count();
        let pass = pass(arguments, settings, &workspace, &mut unfixed()?)?;
        pass.faulty.iter().try_for_each(|id| tally.add_faulty(&workspace, *id))?;
        tally.write(&workspace, &pass.fixed, &mut memory.borrow_mut())?;
        passes += 1;
        if tally.count() == before || passes == MOST_PASSES {
            break (workspace, pass);
        }
    };
    tally.report("Fixed", arguments.show_fixes, display)?;
    Ok(Fixed { workspace, checked: pass.checked, failures: tally.failures(), applied: tally.fixed() })
}

/// Prints what fixes would change. Returns the files that were checked, and the exit code: whether there is anything.
pub(super) fn diff(
    arguments: &FixArguments,
    display: &DisplayArguments,
    settings: &Settings,
    workspace: &Workspace,
    unfixed: &mut Filter,
) -> Result<(BTreeSet<FileId>, ExitCode), Error> {
    let pass = pass(arguments, settings, workspace, unfixed)?;
    let (mut out, mut tally) = (output(), Tally::default());
    let mut any = false;
    for file in &pass.fixed {
        skipped_in(workspace, file).try_for_each(|skipped| say(&skipped))?;
        let difference = unified_diff(&file.before, &file.after);
        if !difference.is_empty() {
            any = true;
            tally.add(workspace, file);
        }
        let difference = visible_lines(&secrets::redact_known(difference));
        out.write_all(if display.colors_output() { painted(&difference) } else { difference }.as_bytes())?;
    }
    out.flush()?;
    pass.faulty.iter().try_for_each(|id| say_faulty(workspace, *id))?;
    tally.report("Would fix", arguments.show_fixes, display)?;
    Ok((pass.checked, ExitCode::from(if pass.faulty.is_empty() { u8::from(any) } else { 2 })))
}

/// A unified diff in color.
fn painted(difference: &str) -> String {
    let line = |line: &str| {
        let style = match line.as_bytes() {
            [b'-', b'-', b'-', ..] | [b'+', b'+', b'+', ..] => Style::new().bold(),
            [b'-', ..] => AnsiColor::Red.on_default(),
            [b'+', ..] => AnsiColor::Green.on_default(),
            [b'@', ..] => AnsiColor::Cyan.on_default(),
            _ => return format!("{line}\n"),
        };
        format!("{style}{line}{style:#}\n")
    };
    difference.lines().map(line).collect()
}

/// What fixes make of all files.
fn pass(
    arguments: &FixArguments,
    settings: &Settings,
    workspace: &Workspace,
    unfixed: &mut Filter,
) -> Result<Pass, workspace::Error> {
    let reported = reported(settings, workspace, unfixed)?;
    let run = Run { accept: arguments.accept(), settings, workspace, reported };
    // No fix may make a warning, even if only errors or some rules are reported.
    let extend_select = settings.selection.extend_select.clone();
    let selection = Selection { extend_select, ..Selection::default() };
    let all = Settings { severity: settings.severity.min(Severity::Warning), selection, ..settings.clone() };
    let files: Vec<FileId> = workspace.checked().collect();
    let outcomes = files.par_iter().map(|id| {
        let fixed = fault::guard(|| fixed_file(&run, &all, *id));
        fixed.unwrap_or(Ok(Some(Outcome::Faulty))).map(|outcome| Some((*id, outcome?)))
    });
    let mut pass = Pass::default();
    for (id, outcome) in outcomes.filter_map(Result::transpose).collect::<Result<Vec<_>, _>>()? {
        pass.checked.insert(id);
        match outcome {
            Outcome::Fixed(file) => pass.fixed.push(file),
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
            let is_mild = diagnostic.severity < settings.severity && !settings.selection.extend_select.contains(rule);
            let is_kept = is_mild || !settings.selection.reports(rule) || !settings.selection.fixes(rule);
            diagnostic.finding.fix.take_if(|fix| is_kept || elsewhere(fix));
        }
        found
    }
}

/// What fixes make of one file; `None` if it is not one to be checked. Bytes that are not text could not be kept;
/// what is too large was not read.
fn fixed_file(run: &Run<'_>, all: &Settings, id: FileId) -> Result<Option<Outcome>, workspace::Error> {
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
    let fixed = apply_until_stable(read.text(), run.accept, |text| {
        let found = first.take().map(|found| (Arc::clone(&before.source), found));
        let checked = found.or_else(|| check(text).map(|checked| (checked.source, checked.diagnostics)));
        checked.map_or_else(Vec::new, |(source, found)| run.fixable_here(id, untouched.without_fixes(&source, found)))
    });
    if faulty.get() {
        return Ok(Some(Outcome::Faulty));
    }
    if fixed.applied == 0 && fixed.skipped.is_empty() {
        return Ok(Some(Outcome::Unchanged));
    }
    let after = check(&fixed.text).map_or_else(|| Arc::clone(&before.source), |checked| checked.source);
    if faulty.get() {
        return Ok(Some(Outcome::Faulty));
    }
    let file = FixedFile { before: before.source, after, fixes: fixed.fixes, skipped: fixed.skipped };
    Ok(Some(Outcome::Fixed(file)))
}
