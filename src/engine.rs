//! Checks files: parses each once, runs the rules, applies severities and ignore comments, orders.
//!
//! Files are checked in parallel and handed on in the order of their paths, so that output does not
//! depend on the number of threads and a file's findings are dropped as soon as they are reported.

mod filter;
mod fixing;
mod scope;

use std::cell::LazyCell;
use std::collections::BTreeSet;
use std::sync::{Arc, mpsc};

use crate::config::{Config, Reading, Shape};
use crate::contract::extract;
use crate::diagnostic::{Counts, Diagnostic, FAULT, Finding, Severity};
use crate::fault::{self, Fault};
use crate::pack::Content;
use crate::profile::GuideKind;
use crate::rule::{Check, Configuration, Mark, Page, Rule};
use crate::rules::{RULES, packs};
use crate::settings::{FileLevels, Settings};
use crate::source::{FileId, SourceFile};
use crate::suppress::{self, Comment};
use crate::threads;
use crate::workspace::{Error, FileKind, Workspace};

pub use filter::{Filter, RunError};
pub use fixing::{FixedFile, Fixer, Outcome};

/// Files that are checked before their findings are handed on: enough work for every thread, and
/// few enough that their findings do not weigh.
const BATCH: usize = 64;

/// Batches that may wait to be handed on. More would only fill the memory.
const WAITING: usize = 1;

/// A file that was checked.
#[derive(Debug)]
pub struct Checked {
    /// Its text, with its secrets marked.
    pub source: Arc<SourceFile>,
    /// Its findings in order of place.
    pub diagnostics: Vec<Diagnostic>,
    /// Findings that were dropped because they are below the severity that is reported.
    pub hidden: Counts,
    /// How many findings were silenced by ignore comments.
    pub suppressed: usize,
    /// How many findings the baseline knows.
    pub baselined: usize,
}

impl Checked {
    /// A file that could not be checked because of a bug in the program. Its text is omitted, because its secrets are
    /// unknown.
    pub fn faulty(source: &SourceFile, fault: &Fault) -> Self {
        let source = Arc::new(SourceFile::new(source.id(), source.path(), ""));
        let diagnostics = vec![diagnose(&source, format!("file not checked: {fault}"))];
        Self { source, diagnostics, hidden: Counts::default(), suppressed: 0, baselined: 0 }
    }

    /// Whether a bug in the program stopped the check of this file.
    pub fn is_faulty(&self) -> bool {
        self.diagnostics.iter().any(|diagnostic| diagnostic.rule == FAULT)
    }

    /// Drops the findings of rules that do not report, and those below the severity that is reported.
    fn keep_reported(&mut self, settings: &Settings) {
        self.diagnostics.retain(|found| found.rule == FAULT || settings.selection.reports(found.rule));
        for mild in self.diagnostics.extract_if(.., |found| filter::is_mild(settings, found)) {
            self.hidden.count(mild.severity);
        }
    }
}

/// Checks all files of a workspace.
///
/// `filter` sees the files in the order of their paths, and so does `then`, with what `each` makes
/// of them on many threads. A YAML or JSON file that was only found in a folder and is no
/// configuration is skipped.
///
/// # Errors
/// The first file, in that order, that could not be read, or whose changes could not.
pub fn run<T: Send>(
    workspace: &Workspace,
    settings: &Settings,
    filter: &mut Filter,
    each: impl Fn(Checked) -> T + Sync,
    then: impl FnMut(T),
) -> Result<(), RunError> {
    let files: Vec<FileId> = workspace.checked().collect();
    let examined =
        |id: FileId| -> Result<Option<Checked>, Error> { Ok(examine(workspace, settings, &workspace.source(id)?)) };
    if !filter.is_in_turn() {
        // Each file is finished on the thread that checks it.
        let finish = |id: FileId| {
            let Some(mut checked) = examined(id)? else { return Ok(None) };
            filter.apply_alone(settings, &mut checked)?;
            Ok(Some(each(checked)))
        };
        let check = |batch: &[FileId]| {
            let finished = threads::map(batch.to_vec(), 1, finish);
            finished.into_iter().filter_map(Result::transpose).collect::<Result<Vec<T>, RunError>>()
        };
        return in_turn(&files, check, then);
    }
    let check = |batch: &[FileId]| {
        let all = threads::map(batch.to_vec(), 1, examined).into_iter();
        let mut checked = all.filter_map(Result::transpose).collect::<Result<Vec<Checked>, Error>>()?;
        for checked in &mut checked {
            filter.apply(settings, checked)?;
        }
        Ok(threads::map(checked, 1, &each))
    };
    in_turn(&files, check, then)
}

/// Hands on what `check` makes of one batch on the thread that called while it works at the next one.
fn in_turn<T: Send>(
    files: &[FileId],
    mut check: impl FnMut(&[FileId]) -> Result<Vec<T>, RunError> + Send,
    mut then: impl FnMut(T),
) -> Result<(), RunError> {
    if files.len() <= BATCH {
        check(files)?.into_iter().for_each(then);
        return Ok(());
    }
    rayon::in_place_scope(|scope| {
        let (done, finished) = mpsc::sync_channel(WAITING);
        scope.spawn(move |_| {
            for batch in files.chunks(BATCH) {
                let results = check(batch);
                let failed = results.is_err();
                // No receiver is left after a batch that failed.
                if done.send(results).is_err() || failed {
                    break;
                }
            }
        });
        for results in finished {
            results?.into_iter().for_each(&mut then);
        }
        Ok(())
    })
}

/// Checks one file. `None` if it was only found in a folder and is not a configuration.
pub fn check(workspace: &Workspace, settings: &Settings, id: FileId) -> Result<Option<Checked>, Error> {
    Ok(check_source(workspace, settings, workspace.source(id)?))
}

/// Checks a text as that of the file whose number it bears: an editor's buffer, a fixed text.
/// `None` as for [`check`].
#[allow(clippy::needless_pass_by_value, reason = "callers make the text for this check alone")]
pub fn check_source(workspace: &Workspace, settings: &Settings, source: Arc<SourceFile>) -> Option<Checked> {
    let mut checked = examine(workspace, settings, &source)?;
    checked.keep_reported(settings);
    Some(checked)
}

/// Checks a text as [`check_source`] does and drops what `filter` keeps out of the report.
pub fn check_filtered(
    workspace: &Workspace,
    settings: &Settings,
    source: &Arc<SourceFile>,
    filter: &mut Filter,
) -> Option<Checked> {
    let mut checked = examine(workspace, settings, source)?;
    filter.apply(settings, &mut checked).ok()?;
    Some(checked)
}

/// A file of the run as a report may show it: with its secrets marked.
pub fn source(workspace: &Workspace, settings: &Settings, id: FileId) -> Result<Arc<SourceFile>, Error> {
    let source = workspace.source(id)?;
    Ok(match workspace.file(id).kind {
        FileKind::Guide(_) | FileKind::Page => workspace.guide(source).source,
        FileKind::Yaml | FileKind::Json => config(workspace, settings, source).source,
        FileKind::Data => match workspace.content(Arc::clone(&source)) {
            Some(content) => Arc::clone(content.source()),
            None => source,
        },
    })
}

/// Checks a file and keeps the findings of every severity. A bug in the program is one of them.
fn examine(workspace: &Workspace, settings: &Settings, source: &Arc<SourceFile>) -> Option<Checked> {
    let id = source.id();
    let examined = fault::guard(|| match workspace.file(id).kind {
        FileKind::Guide(kind) => Some(check_guide(workspace, settings, Arc::clone(source), kind)),
        FileKind::Yaml | FileKind::Json => check_config(workspace, settings, id, Arc::clone(source)),
        FileKind::Data => check_data(workspace, settings, Arc::clone(source)),
        FileKind::Page => None,
    });
    examined.unwrap_or_else(|fault| Some(Checked::faulty(source, &fault)))
}

/// The finding for a bug in the program. No setting and no comment can silence it.
fn diagnose(source: &SourceFile, message: String) -> Diagnostic {
    let finding = Finding::new(source.span(0..0), message).help("report this bug, with the file if possible");
    Diagnostic { rule: FAULT, severity: Severity::Error, finding }
}

fn check_guide(workspace: &Workspace, settings: &Settings, source: Arc<SourceFile>, kind: GuideKind) -> Checked {
    let guide = Arc::new(workspace.guide(source));
    let own = Content::Page(Arc::clone(&guide));
    let connectors = workspace.pack_connectors(guide.source.id(), &own);
    let profile = workspace.profile();
    let contract = extract::extract_names(&guide, profile, workspace.catalogues());
    let site = workspace.site(guide.source.id());
    let page = Page::new(&guide, kind, &contract, profile, workspace.catalogues(), &site);
    let mut comments = suppress::in_guide(&guide);
    let is_read =
        !scope::is_copied(&guide) && guide.front_matter.problems.is_empty() && guide.liquid.problems.is_empty();
    let is_joined = workspace.pack().is_none() || !connectors.is_empty();
    suppress::spare(&mut comments, |_| !is_read || !is_joined || !site.is_known());
    finish(settings, &guide.source, comments, |rule, found| {
        let is_of_pack = workspace.pack().is_some() && !scope::is_copied(&guide);
        if is_of_pack && packs::check(rule, &guide.source, &connectors, found) || !scope::holds(rule, &guide) {
            return;
        }
        if let Check::Guide(check) | Check::Convention(check) = rule.check
            && rule.needs.iter().all(|required| guide.dialect.has(*required))
        {
            check(&page, found);
            scope::drop_unknown(rule, &guide, found);
        }
    })
}

/// Reads a configuration of the run.
pub fn config(workspace: &Workspace, settings: &Settings, source: Arc<SourceFile>) -> Config {
    let reading = Reading {
        json: workspace.file(source.id()).kind == FileKind::Json,
        shape: settings.shape.as_deref().and_then(Shape::from_name),
        unattended: settings.unattended,
        references: workspace.references(),
    };
    let id = source.id();
    Config::parse(source, reading, &|called| workspace.contract_called(called, id))
}

fn check_config(workspace: &Workspace, settings: &Settings, id: FileId, source: Arc<SourceFile>) -> Option<Checked> {
    let file = workspace.file(id);
    let config = config(workspace, settings, source);
    if !file.kind_given && !config.is_recognised() {
        return None;
    }
    let (profile, catalogues) = (workspace.profile(), workspace.catalogues());
    let configuration = Configuration { config: &config, profile, catalogues, workspace };
    // JSON has no comments, so nothing in it can silence a finding.
    let mut comments = if config.json { Vec::new() } else { suppress::in_yaml(&config.source, &config.documents) };
    let is_known = config.installations().all(|installation| installation.contract.is_some());
    suppress::spare(&mut comments, |_| config.is_broken() || !is_known);
    Some(finish(settings, &config.source, comments, |rule, found| {
        if let Check::Config(check) = rule.check {
            check(&configuration, found);
        }
    }))
}

/// Checks a data file of a pack. Data has no comments that silence findings.
fn check_data(workspace: &Workspace, settings: &Settings, source: Arc<SourceFile>) -> Option<Checked> {
    let own = workspace.content(source)?;
    let connectors = workspace.pack_connectors(own.source().id(), &own);
    Some(finish(settings, own.source(), Vec::new(), |rule, found| {
        packs::check(rule, own.source(), &connectors, found);
    }))
}

/// Runs the rules that are on, and silences, judges and orders what they found.
fn finish(
    settings: &Settings,
    source: &Arc<SourceFile>,
    mut comments: Vec<Comment>,
    check: impl Fn(&Rule, &mut Vec<Finding>),
) -> Checked {
    let levels = settings.at(source.path());
    let is_text = source.first_nul().is_none();
    let mut diagnostics = Vec::new();
    let (mut found, mut faults) = (Vec::new(), Vec::new());
    let rules = RULES.iter().filter(|rule| is_text || rule.is(Mark::AnyFile));
    let is_read = source.excess().is_none();
    let mut rules = rules.filter(|rule| is_read || matches!(rule.check, Check::File(_)));
    // A fault ends one rule: those after it are taken up again.
    let mut current = None;
    while let Err(fault) = fault::guard(|| {
        for rule in rules.by_ref() {
            current = Some(rule.name);
            match rule.check {
                Check::File(check) => check(source, &mut found),
                _ => check(rule, &mut found),
            }
            fault::provoke_in(rule.name, source.text());
            if settings.strict && rule.is(Mark::Strict) {
                for finding in &mut found {
                    finding.severity = Some(Severity::Error);
                }
            }
            apply_level(&levels, rule, &mut found, &mut diagnostics);
        }
    }) {
        found.clear();
        faults.push(diagnose(source, format!("`{}` not checked: {fault}", current.unwrap_or_default())));
    }
    let is_off = |rule: &&Rule| levels.severity_of(rule, rule.severity).is_none();
    // Most files have no comment.
    let off = LazyCell::new(|| -> BTreeSet<&str> {
        RULES.iter().filter(is_off).flat_map(|rule| suppress::names_of(rule.name)).collect()
    });
    suppress::spare(&mut comments, |name| !is_text || !faults.is_empty() || off.contains(name));
    let suppressed = suppress::apply(&mut comments, &mut diagnostics);
    for rule in RULES {
        if let Check::Comments(check) = rule.check {
            check(&comments, &mut found);
            apply_level(&levels, rule, &mut found, &mut diagnostics);
        }
    }
    if !source.invalid().is_empty() {
        // Bytes that are not text could not be kept.
        for diagnostic in &mut diagnostics {
            diagnostic.finding.fix = None;
        }
    }
    diagnostics.append(&mut faults);
    diagnostics.sort_by(|a, b| {
        let place = |diagnostic: &Diagnostic| (diagnostic.finding.primary.span, diagnostic.rule);
        place(a).cmp(&place(b)).then_with(|| a.finding.message.cmp(&b.finding.message))
    });
    Checked { source: Arc::clone(source), diagnostics, hidden: Counts::default(), suppressed, baselined: 0 }
}

/// Gives each finding its rule's name and the severity that is in force; drops those that are off.
fn apply_level(levels: &FileLevels<'_>, rule: &Rule, found: &mut Vec<Finding>, out: &mut Vec<Diagnostic>) {
    // Nearly always a rule finds nothing.
    if found.is_empty() {
        return;
    }
    for finding in found.drain(..) {
        let default = finding.severity.unwrap_or(rule.severity);
        if let Some(severity) = levels.severity_of(rule, default) {
            out.push(Diagnostic { rule: rule.name, severity, finding });
        }
    }
}
