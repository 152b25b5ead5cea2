//! `connlint check`.

mod again;
mod effects;

use std::cell::RefCell;
use std::collections::BTreeSet;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::Instant;

use clap::Args;

use super::display::DisplayArguments;
use super::fix::{self, FixArguments};
use super::formats::{FormatArguments, Place, Target};
use super::inputs::{InputArguments, remark_skipped, show_files};
use super::known::KnownArguments;

use super::replace::refuse_git;
use super::report::{Reporting, report};
use super::selection::SelectionArguments;
use super::settings::SettingsSource;
use super::temporary::handle_signals;
use super::{Error, counted, output, refuse_unreadable};
use crate::config::Shape;
use crate::diagnostic::{FAULT, Severity};
use crate::engine;
use crate::pack::Pack;
use crate::project::{BASELINE_NAME, Loaded, options, pack_file};
use crate::settings::Settings;
use crate::source::FileId;
use crate::workspace::{self, Named, Options, Workspace};

const EXAMPLES: &str = "\
Examples:
  connlint check docs/                                   all guides and configurations under docs/
  connlint check --severity info --statistics docs/      numbers of findings by rule
  connlint check --fix docs/                             apply safe fixes, report the rest
  connlint check --watch docs/                           check again at each change
  connlint check --format text --format sarif:out.sarif  two reports of one run
  connlint check --baseline known.json --write-baseline  record today's findings";

#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
#[allow(clippy::struct_excessive_bools, reason = "each is a flag of the command line")]
pub(super) struct CheckArguments {
    #[command(flatten)]
    pub(super) inputs: InputArguments,
    /// Read configurations as this shape, regardless of their keys
    #[arg(long, value_parser = Shape::ALL.map(Shape::name))]
    shape: Option<String>,
    /// Check again whenever a file changes
    #[arg(long, conflicts_with_all = ["fix", "fix_only", "diff", "write_baseline"])]
    pub(super) watch: bool,
    /// Report findings of this severity and above [default: warning]
    #[arg(long, value_enum, help_heading = "Findings")]
    severity: Option<Severity>,
    /// Exit with 1 if there is a finding of this severity or above, and report it [default: error]
    #[arg(long, value_enum, help_heading = "Findings")]
    fail_on: Option<Severity>,
    /// Treat literal secrets as errors
    #[arg(long, help_heading = "Findings")]
    strict: bool,
    /// Treat empty values as errors, for installations without prompts
    #[arg(long, help_heading = "Findings")]
    unattended: bool,
    /// Exit with 0 even if there are findings; with 2 if the run fails
    #[arg(long, help_heading = "Findings")]
    exit_zero: bool,
    #[command(flatten, next_help_heading = "Findings")]
    selection: SelectionArguments,
    #[command(flatten, next_help_heading = "Known findings")]
    known: KnownArguments,
    #[command(flatten, next_help_heading = "Fixes")]
    fixes: FixArguments,
    #[command(flatten, next_help_heading = "Report")]
    formats: FormatArguments,
    #[command(flatten, next_help_heading = "Report")]
    pub(super) display: DisplayArguments,
    #[command(flatten, next_help_heading = "Settings")]
    source: SettingsSource,
}

/// The inputs of a run, passed on before it begins.
pub(super) struct Read<'a> {
    pub(super) workspace: &'a Workspace,
    pub(super) loaded: &'a Loaded,
}

/// Checks the given files.
pub(super) fn run(arguments: &CheckArguments) -> Result<ExitCode, Error> {
    once(arguments, false, |_| Ok(()))
}

/// Checks the given files, fixes them if asked to, and prints what was found; `in_place` of what is on
/// the screen. `begin` gets the inputs of the run before any file is checked.
pub(super) fn once(
    arguments: &CheckArguments,
    in_place: bool,
    mut begin: impl FnMut(&Read<'_>) -> Result<(), Error>,
) -> Result<ExitCode, Error> {
    let start = Instant::now();
    let loaded = settings(arguments)?;
    let settings = &loaded.settings;
    let fixes_stdin = arguments.fixes.writes() && arguments.inputs.reads_stdin();
    let targets = if fixes_stdin {
        arguments.formats.targets_beside_output(settings)?
    } else {
        arguments.formats.targets(settings)?
    };
    arguments.display.check(&targets)?;
    arguments.refuse_to_watch_own_output(&targets)?;
    let inputs = arguments.inputs.read(settings)?;
    if fixes_stdin && !inputs.paths.is_empty() {
        return Err(Error::Arguments("`--fix -` fixes standard input only: remove the other paths"));
    }
    let limit = settings.max_file_size;
    if fixes_stdin && inputs.memory.iter().any(|(_, bytes)| bytes.len() as u64 > limit.bytes()) {
        return Err(Error::File(format!("cannot fix standard input: larger than {limit}; raise `max-file-size`")));
    }
    if arguments.writes(&targets) {
        handle_signals()?;
    }
    describe(arguments, &loaded)?;
    arguments.remark_unused(&inputs.paths, &targets)?;
    let memory = RefCell::new(inputs.memory.clone());
    let open = || {
        let find = |memory| Workspace::find(&inputs.paths, memory);
        let held = memory.borrow().clone();
        // The pack is read while folders are walked; for files it would take longer to start a thread.
        let walks = inputs.paths.iter().any(|path| path.is_dir());
        let (options, found) =
            if walks { rayon::join(|| options(&loaded), || find(held)) } else { (options(&loaded), find(held)) };
        Ok(found?.open(arguments.inputs.options(options?))?)
    };
    if arguments.inputs.show_files {
        let workspace = open()?;
        let any = show_files(&workspace, settings)?;
        refuse_unreadable(&workspace)?;
        return if any || arguments.inputs.allow_empty {
            Ok(ExitCode::SUCCESS)
        } else {
            Err(arguments.inputs.nothing(&workspace))
        };
    }
    let unfixed = || arguments.known.unfixed(settings, &inputs.starts());
    if arguments.fixes.diff {
        let workspace = open()?;
        let (checked, code) = fix::diff(&arguments.fixes, &arguments.display, settings, &workspace, &mut unfixed()?)?;
        let code = if arguments.exit_zero && code == ExitCode::from(1) { ExitCode::SUCCESS } else { code };
        return arguments.without_report(&workspace, &checked).map(|()| code);
    }
    let (mut failures, mut applied) = (0, None);
    if arguments.fixes.writes() {
        arguments.refuse_to_replace_inputs(&targets, &loaded, &open()?)?;
        let fixed = fix::apply(&arguments.fixes, &arguments.display, settings, &memory, open, unfixed)?;
        (failures, applied) = (fixed.failures, Some(fixed.applied));
        if let ([(_, bytes)], true) = (memory.borrow().as_slice(), fixes_stdin) {
            let mut out = output();
            out.write_all(bytes)?;
            out.flush()?;
        }
        if arguments.fixes.fix_only {
            arguments.without_report(&fixed.workspace, &fixed.checked)?;
            return Ok(ExitCode::from(if failures > 0 { 2 } else { 0 }));
        }
    }
    let mut filter = arguments.known.filter(settings, &inputs.starts())?;
    let workspace = open()?;
    arguments.refuse_to_replace_inputs(&targets, &loaded, &workspace)?;
    begin(&Read { workspace: &workspace, loaded: &loaded })?;
    let command = arguments.again(settings);
    let reporting = Reporting {
        targets: &targets,
        in_place,
        display: &arguments.display,
        command: command.as_ref(),
        allow_empty: arguments.inputs.allow_empty,
        fixed: applied,
        fitting_pack: fitting_pack(settings, &inputs.paths),
    };
    let summary = report(&reporting, &workspace, settings, &mut filter)?;
    if summary.files == 0 && !arguments.inputs.allow_empty {
        refuse_unreadable(&workspace)?;
        return Err(arguments.inputs.nothing(&workspace));
    }
    KnownArguments::finish(filter, settings, &arguments.display)?;
    if arguments.display.verbose {
        let files = counted(summary.files, "file", "files");
        let threads = counted(rayon::current_num_threads(), "thread", "threads");
        arguments.display.detail(&format!("checked {files} in {:.3} s on {threads}", start.elapsed().as_secs_f64()))?;
    }
    refuse_unreadable(&workspace)?;
    if failures > 0 || summary.rules.contains_key(FAULT) {
        return Ok(ExitCode::from(2));
    }
    let fails = summary.worst() >= Some(settings.fail_on) && !arguments.exit_zero;
    Ok(if fails { ExitCode::from(1) } else { ExitCode::SUCCESS })
}

/// The only built-in pack that matches a folder that is checked, where no pack is set.
fn fitting_pack(settings: &Settings, paths: &[PathBuf]) -> Option<String> {
    if settings.pack.is_some() {
        return None;
    }
    let folders: Vec<&PathBuf> = paths.iter().filter(|path| path.is_dir()).collect();
    if folders.is_empty() {
        return None;
    }
    let packs = Pack::builtin();
    let mut fitting = packs.iter().filter(|pack| folders.iter().any(|folder| workspace::fits(pack, folder)));
    fitting.next().map(|pack| pack.name.clone()).filter(|_| fitting.next().is_none())
}

impl CheckArguments {
    /// Whether the run writes files.
    fn writes(&self, targets: &[Target]) -> bool {
        let is_file = |target: &Target| matches!(target.place, Place::File(_));
        self.fixes.writes() || self.known.writes() || targets.iter().any(is_file)
    }

    /// Nothing that a run reads is replaced by what it writes: neither a named file nor a guide or configuration,
    /// neither the settings nor what they name.
    fn refuse_to_replace_inputs(
        &self,
        targets: &[Target],
        loaded: &Loaded,
        workspace: &Workspace,
    ) -> Result<(), Error> {
        let settings = &loaded.settings;
        let reports = targets.iter().filter_map(|target| match &target.place {
            Place::File(path) => Some(path.as_path()),
            Place::Output | Place::Errors | Place::StepSummary(_) => None,
        });
        let source = loaded.source.as_ref().map(|source| Path::new(source.path()));
        let catalogues = settings.scopes.values().filter_map(|changes| changes.catalogue.as_deref());
        let images = settings.images.as_deref();
        let pack = pack_file(loaded);
        let own: Vec<&Path> = source.into_iter().chain(images).chain(pack.as_deref()).chain(catalogues).collect();
        let baseline = settings.baseline.as_deref();
        let recorded = baseline.filter(|_| self.known.writes());
        for written in reports.chain(recorded) {
            refuse_git(written)?;
            if workspace::is_found_by_name(written) || recorded != Some(written) && written.ends_with(BASELINE_NAME) {
                return Err(Error::File(format!("cannot write `{}`: later runs read it", written.display())));
            }
            let is_same = |path: &Path| workspace::is_same_file(path, written);
            let is_baseline = recorded != Some(written) && baseline.is_some_and(is_same);
            if is_baseline || own.iter().any(|path| is_same(path)) || reads(workspace, settings, written) {
                return Err(Error::File(format!("cannot write `{}`: the run reads this file", written.display())));
            }
            if would_check(loaded, written)? {
                let what = "a guide or connector configuration";
                return Err(Error::File(format!("cannot write `{}`: it is {what}", written.display())));
            }
        }
        Ok(())
    }

    /// Ends a run that reports no findings: reports what was not `checked`.
    fn without_report(&self, workspace: &Workspace, checked: &BTreeSet<FileId>) -> Result<(), Error> {
        remark_skipped(workspace, checked, &self.display)?;
        refuse_unreadable(workspace)?;
        if checked.is_empty() && !self.inputs.allow_empty { Err(self.inputs.nothing(workspace)) } else { Ok(()) }
    }

    /// A report that is written to a file, and standard input, cannot be watched: the one would be a
    /// change itself, the other never changes.
    fn refuse_to_watch_own_output(&self, targets: &[Target]) -> Result<(), Error> {
        if self.watch && targets.iter().any(|target| matches!(target.place, Place::File(_))) {
            return Err(Error::Arguments("`--watch` cannot write a report to a file"));
        }
        if self.watch && self.inputs.reads_stdin() {
            return Err(Error::Arguments("cannot watch standard input"));
        }
        Ok(())
    }
}

/// Whether a file is one that the run checks, that was named, or that a site is made from.
fn reads(workspace: &Workspace, settings: &Settings, written: &Path) -> bool {
    let is_same = |id: &FileId| workspace::is_same_file(&workspace.file(*id).path, written);
    let is_checked = |id: FileId| engine::check(workspace, settings, id).is_ok_and(|checked| checked.is_some());
    workspace.named().any(|id| is_same(&id))
        || workspace.checked().filter(is_same).any(is_checked)
        || workspace::is_of_site(written)
}

/// Whether there is a file that a run over its folder would check.
fn would_check(loaded: &Loaded, written: &Path) -> Result<bool, Error> {
    if !workspace::is_file(written) {
        return Ok(false);
    }
    let options = Options { named: Named::AsFound, ..options(loaded)? };
    let workspace = Workspace::open(options, &[written.to_owned()], Vec::new())?;
    let is_checked = |id| engine::check(&workspace, &loaded.settings, id).is_ok_and(|checked| checked.is_some());
    Ok(workspace.checked().any(is_checked))
}

/// Says what the run goes by.
fn describe(arguments: &CheckArguments, loaded: &Loaded) -> Result<(), Error> {
    let file = loaded.source.as_ref().map_or("none", |source| source.path());
    arguments.display.detail(&format!("settings: {file}"))?;
    let named = |path: &Option<PathBuf>, none: &str| path.as_deref().map_or(none.to_owned(), workspace::display_path);
    arguments.display.detail(&format!("pack: {}", loaded.settings.pack.as_deref().unwrap_or("built-in")))?;
    arguments.display.detail(&format!("baseline: {}", named(&loaded.settings.baseline, "none")))?;
    Ok(())
}

/// The settings file with the arguments put over it.
fn settings(arguments: &CheckArguments) -> Result<Loaded, Error> {
    let mut loaded = arguments.source.load(&arguments.inputs.start())?;
    arguments.formats.override_settings(&mut loaded.settings);
    arguments.selection.override_settings(&mut loaded.settings)?;
    arguments.inputs.override_settings(&mut loaded.settings)?;
    let settings = &mut loaded.settings;
    if let Some(severity) = arguments.severity {
        settings.severity = severity;
    }
    if let Some(fail_on) = arguments.fail_on {
        settings.fail_on = fail_on;
    }
    // What makes the run fail is shown.
    settings.severity = settings.severity.min(settings.fail_on);
    if let Some(baseline) = &arguments.known.baseline {
        settings.baseline = Some(baseline.clone());
    }
    if arguments.known.no_baseline {
        settings.baseline = None;
    }
    settings.shape.clone_from(&arguments.shape);
    settings.unattended |= arguments.unattended;
    settings.strict |= arguments.strict;
    if arguments.known.writes() && loaded.settings.baseline.is_none() {
        let baseline = loaded.default_baseline();
        if !loaded.is_beside(&baseline) {
            let path = baseline.display();
            return Err(Error::File(format!("cannot write `{path}`: the link leads out of its folder")));
        }
        loaded.settings.baseline = Some(baseline);
    }
    Ok(loaded)
}
