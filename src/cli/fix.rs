//! `connlint check --fix` and `--diff`: fixes files, or shows how it would.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use std::io::Write;
use std::process::ExitCode;

use anstyle::{AnsiColor, Style};
use clap::{ArgGroup, Args};
use rayon::prelude::*;

use super::display::DisplayArguments;
use super::fixed::{Tally, say_faulty, skipped_in};
use super::{Error, output, say};
use crate::diagnostic::Applicability;
use crate::engine::{self, Checked, Filter, FixedFile, Fixer, Outcome};
use crate::fault;
use crate::fix::{Marks, unified_diff};
use crate::report::{FixedFinding, visible_lines};
use crate::secrets;
use crate::settings::Settings;
use crate::source::FileId;
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
/// on disk. What `unfixed` keeps out of the report is not changed.
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
        if tally.count() == before && !tally.has_changed() || passes == MOST_PASSES {
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
        if file.before.text() != file.after.text() {
            any = true;
            tally.add(workspace, file);
            if difference.is_empty() {
                say(&format!("`{}`: the changes are in secrets and not shown", file.before.path()))?;
            }
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
) -> Result<Pass, Error> {
    let reported = reported(settings, workspace, unfixed)?;
    let fixer = Fixer::new(workspace, settings, arguments.accept());
    let nothing = Marks::default();
    let fixed_file = |id: FileId| {
        let reported = reported.as_ref().map(|files| files.get(&id).unwrap_or(&nothing));
        Ok(fixer.fix(&workspace.source(id)?, reported, &|_, _| true))
    };
    let files: Vec<FileId> = workspace.checked().collect();
    let outcomes = files.par_iter().map(|id| {
        let outcome = fault::guard(|| fixed_file(*id));
        outcome.unwrap_or(Ok(Some(Outcome::Faulty))).map(|outcome| Some((*id, outcome?)))
    });
    let mut pass = Pass::default();
    for (id, outcome) in outcomes.filter_map(Result::transpose).collect::<Result<Vec<_>, workspace::Error>>()? {
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
fn reported(settings: &Settings, workspace: &Workspace, filter: &mut Filter) -> Result<Option<Reported>, Error> {
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
