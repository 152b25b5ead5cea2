//! The reports of `connlint check`: each file's findings are written as soon as those of the files before it are.

use std::collections::BTreeSet;
use std::path::Path;
use std::sync::{Arc, LazyLock};

use super::Error;
use super::display::{DisplayArguments, Progress};
use super::formats::Target;
use super::inputs::remark_skipped;
use super::reports::Reports;
use crate::engine::{self, Checked, Filter};
use crate::fault;
use crate::inspect;
use crate::paths;
use crate::report::{Context, Part, Renderer, RuleDescription, Sources, Summary};
use crate::rule::Rule;
use crate::rules::{self, RULES};
use crate::secrets;
use crate::settings::Settings;
use crate::source::{FileId, SourceFile};
use crate::workspace::{self, FileKind, Workspace};

/// How findings are reported.
pub(super) struct Reporting<'a> {
    pub(super) targets: &'a [Target],
    /// Whether the report takes the place of what is on the screen.
    pub(super) in_place: bool,
    pub(super) display: &'a DisplayArguments,
    /// The command that makes the report again.
    pub(super) command: &'a str,
}

/// Checks, and writes each file's findings as soon as those of the files before it are written.
pub(super) fn report(
    reporting: &Reporting,
    workspace: &Workspace,
    settings: &Settings,
    filter: &mut Filter,
) -> Result<Summary, Error> {
    let folder = workspace::display_path(&paths::absolute(Path::new("")));
    let context = Context { rules: Some(&RULE_DESCRIPTIONS), folder: &folder, command: reporting.command };
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
            let rendered = fault::guard(|| render(&renderers, workspace, settings, &checked));
            let faulty = |fault| render(&renderers, workspace, settings, &Checked::faulty(&checked.source, &fault));
            (checked.source.id(), rendered.unwrap_or_else(faulty))
        },
        |(id, (parts, counts))| {
            summary.add(&counts);
            examined.insert(id);
            progress.advance();
            reports.file(parts);
        },
    )?;
    progress.finish();
    summary.without_site = workspace.guides_without_site();
    reports.end(&summary)?;
    remark_skipped(workspace, &examined, display)?;
    Ok(summary)
}

/// All rules as they are told to other programs.
static RULE_DESCRIPTIONS: LazyLock<Vec<RuleDescription>> = LazyLock::new(|| {
    let described = RULES.iter().map(|rule| RuleDescription {
        name: rule.name,
        severity: rule.severity,
        summary: rule.summary(),
        why: rule.why(),
        page: |name| rules::find(name).map(Rule::page).unwrap_or_default(),
        url: rule.url(),
    });
    described.collect()
});

/// One file's part of each report, made on the thread that checked it.
fn render(
    renderers: &[Renderer],
    workspace: &Workspace,
    settings: &Settings,
    checked: &Checked,
) -> (Vec<Part>, Summary) {
    let Checked { hidden, suppressed, baselined, .. } = *checked;
    let mut counts = Summary { files: 1, hidden, suppressed, baselined, ..Summary::default() };
    counts.count_file(&checked.diagnostics);
    let sources = CheckedSources { workspace, settings, own: Arc::clone(&checked.source) };
    (renderers.iter().map(|renderer| renderer.file(&checked.diagnostics, &sources)).collect(), counts)
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
