//! The reports of `connlint check`: each file's findings are written as soon as those of the files before it are.

use std::cell::Cell;
use std::collections::BTreeSet;
use std::path::Path;
use std::sync::{Arc, LazyLock};

use super::Error;
use super::display::{self, DisplayArguments, Progress};
use super::formats::Target;
use super::inputs::remark_skipped;
use super::reports::Reports;
use crate::engine::{self, Checked, Filter};
use crate::fault;
use crate::inspect;
use crate::paths;
use crate::report::{Command, Context, FixedFinding, Part, Renderer, RuleDescription, Sources, Summary, pack_hint};
use crate::rule::Rule;
use crate::rules::{self, RULES};
use crate::secrets;
use crate::settings::Settings;
use crate::source::{FileId, SourceFile};
use crate::workspace::{self, FileKind, Workspace};

/// How findings are reported.
pub(super) struct Reporting<'a> {
    pub(super) targets: &'a [Target],
    /// Whether the report replaces what is on the screen.
    pub(super) in_place: bool,
    pub(super) display: &'a DisplayArguments,
    /// The command that makes the report again, if there is one.
    pub(super) command: Option<&'a Command>,
    /// Whether a run that checks no file has a report.
    pub(super) allow_empty: bool,
    /// The fixes that were applied before; `None` if none were asked for.
    pub(super) fixed: Option<Vec<FixedFinding>>,
    /// A built-in pack that matches the folder, where no pack is set.
    pub(super) fitting_pack: Option<String>,
}

/// Checks, and writes each file's findings as soon as those of the files before it are written.
pub(super) fn report(
    reporting: &Reporting,
    workspace: &Workspace,
    settings: &Settings,
    filter: &mut Filter,
) -> Result<Summary, Error> {
    let folder = workspace::display_path(&paths::absolute(Path::new("")));
    let root = display::checkout().map(|root| workspace::display_path(&paths::absolute(&root))).unwrap_or_default();
    let context = Context { rules: Some(&RULE_DESCRIPTIONS), folder: &folder, root: &root, command: reporting.command };
    let Reporting { targets, in_place, display, .. } = *reporting;
    let mut reports = Reports::start(targets, in_place, |target| display.renderer(target, context))?;
    let (mut summary, mut examined) = (Summary::default(), BTreeSet::new());
    let progress = Progress::new(workspace.checked().count(), !display.quiet);
    let renderers = reports.renderers();
    engine::run(
        workspace,
        settings,
        filter,
        |checked| {
            if checked.diagnostics.len() > MANY {
                return Rendered::Later(checked);
            }
            let rendered = fault::guard(|| render(&renderers, workspace, settings, &checked));
            let faulty = |fault| render(&renderers, workspace, settings, &Checked::faulty(&checked.source, &fault));
            let (parts, counts) = rendered.unwrap_or_else(faulty);
            Rendered::Whole(checked.source.id(), parts, counts)
        },
        |rendered| {
            progress.advance();
            match rendered {
                Rendered::Whole(id, parts, counts) => {
                    summary.add(&counts);
                    examined.insert(id);
                    reports.file(parts);
                }
                Rendered::Later(checked) => {
                    summary.add(&counts(&checked));
                    examined.insert(checked.source.id());
                    let faulty = Cell::new(None);
                    let few = |renderer| few_at_a_time(renderer, workspace, settings, &checked, &faulty);
                    reports.file_in_parts(few);
                    if let Some(faulty) = faulty.take() {
                        summary.add(&Summary { files: 0, ..counts(&faulty) });
                    }
                }
            }
        },
    )?;
    progress.finish();
    summary.without_site = workspace.guides_without_site();
    summary.unread_config = workspace.unread_config().map(str::to_owned);
    summary.few_fit = few_fit(workspace, settings);
    summary.fixed.clone_from(&reporting.fixed);
    summary.fitting_pack.clone_from(&reporting.fitting_pack);
    if summary.files == 0 && !reporting.allow_empty {
        reports.discard();
        if let Some(pack) = &reporting.fitting_pack {
            display.remark(&pack_hint(pack))?;
        }
    } else {
        reports.end(&summary)?;
    }
    for (kind, path) in workspace.kinds_without_files() {
        display.remark(&format!("the pack finds no file of the kind `{kind}`: `{path}`"))?;
    }
    remark_skipped(workspace, &examined, display)?;
    Ok(summary)
}

/// How many pages follow the default conventions, where no pack is set and less than a quarter do.
fn few_fit(workspace: &Workspace, settings: &Settings) -> Option<(String, usize, usize)> {
    let (guides, pages) = workspace.fitting_pages();
    let is_few = settings.pack.is_none() && guides > 0 && guides * 4 < pages;
    is_few.then(|| (workspace.profile().name.clone(), guides, pages))
}

/// All rules in the form for other programs.
static RULE_DESCRIPTIONS: LazyLock<Vec<RuleDescription>> = LazyLock::new(|| {
    let described = RULES.iter().map(|rule| RuleDescription {
        name: rule.name,
        severity: rule.severity,
        summary: |name| rules::find(name).map(Rule::summary).unwrap_or_default(),
        why: |name| rules::find(name).map(Rule::why).unwrap_or_default(),
        page: |name| rules::find(name).map(Rule::page).unwrap_or_default(),
        url: rule.url(),
    });
    described.collect()
});

/// Findings of one file that are rendered at once: the texts of more would take many times the memory of the file.
const MANY: usize = 4096;

/// A file that was checked.
enum Rendered {
    /// Its part of each report.
    Whole(FileId, Vec<Part>, Summary),
    /// It has so many findings that they are rendered while they are written.
    Later(Checked),
}

/// The parts of a file with many findings, each made when it is asked for. A fault ends them and is put into `faulty`.
fn few_at_a_time<'a>(
    renderer: Renderer<'a>,
    workspace: &'a Workspace,
    settings: &'a Settings,
    checked: &'a Checked,
    faulty: &'a Cell<Option<Checked>>,
) -> impl Iterator<Item = Part> + 'a {
    let sources = CheckedSources { workspace, settings, own: Arc::clone(&checked.source) };
    let size = if renderer.is_by_finding() { MANY } else { checked.diagnostics.len() };
    let mut is_over = false;
    checked.diagnostics.chunks(size).map_while(move |some| {
        if is_over {
            return None;
        }
        let part = fault::guard(|| renderer.file(some, &sources));
        Some(part.unwrap_or_else(|fault| {
            is_over = true;
            let instead = Checked::faulty(&checked.source, &fault);
            let part = renderer.file(&instead.diagnostics, &sources);
            faulty.set(Some(instead));
            part
        }))
    })
}

/// What a file adds to the summary.
fn counts(checked: &Checked) -> Summary {
    let Checked { hidden, suppressed, baselined, .. } = *checked;
    let mut counts = Summary { files: 1, hidden, suppressed, baselined, ..Summary::default() };
    counts.count_file(&checked.diagnostics);
    counts
}

/// One file's part of each report, made on the thread that checked it.
fn render(
    renderers: &[Renderer],
    workspace: &Workspace,
    settings: &Settings,
    checked: &Checked,
) -> (Vec<Part>, Summary) {
    let sources = CheckedSources { workspace, settings, own: Arc::clone(&checked.source) };
    (renderers.iter().map(|renderer| renderer.file(&checked.diagnostics, &sources)).collect(), counts(checked))
}

/// The file that was checked and the others that its findings point to, all with their secrets marked.
struct CheckedSources<'a> {
    workspace: &'a Workspace,
    settings: &'a Settings,
    own: Arc<SourceFile>,
}

impl Sources for CheckedSources<'_> {
    fn source(&self, id: FileId) -> Arc<SourceFile> {
        if id == self.own.id() {
            return Arc::clone(&self.own);
        }
        // A file that vanished since it was indexed is shown without its text.
        let other = engine::source(self.workspace, self.settings, id);
        other.unwrap_or_else(|_| Arc::new(SourceFile::new(id, self.workspace.display(id), "")))
    }

    fn outline(&self, id: FileId) -> Vec<String> {
        let is_guide = matches!(self.workspace.file(id).kind, FileKind::Guide(_));
        if !is_guide || self.own.text().is_empty() {
            return Vec::new();
        }
        let outline = inspect::outline(&self.workspace.guide(Arc::clone(&self.own)));
        outline.into_iter().map(|line| secrets::redact(&self.own.redact(&line)).into_owned()).collect()
    }
}
