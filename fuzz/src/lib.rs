//! What the fuzz targets share: a check of one file in memory, and what must be true of every result.

use std::sync::Arc;

use connlint::testing::Settings;
use connlint::testing::diagnostic::{Diagnostic, FAULT, Severity};
use connlint::testing::dialects::Dialect;
use connlint::testing::engine::{self, Filter};
use connlint::testing::profile::Profile;
use connlint::testing::report::{Format, Renderer, Sources, Stream, Summary, Terminal};
use connlint::testing::source::{FileId, SourceFile};
use connlint::testing::workspace::{Options, Workspace};

/// The findings of one file.
pub struct Outcome {
    /// All of them, at every severity.
    pub diagnostics: Vec<Diagnostic>,
    /// The file.
    pub source: Arc<SourceFile>,
}

impl Sources for Outcome {
    fn source(&self, _: FileId) -> Arc<SourceFile> {
        Arc::clone(&self.source)
    }
}

impl Outcome {
    /// The report in a format.
    pub fn rendered(&self, format: Format) -> String {
        let renderer = Renderer::new(format, Terminal::default());
        let mut summary = Summary { files: 1, ..Summary::default() };
        summary.count_file(&self.diagnostics);
        let mut out = Vec::new();
        let mut stream = Stream::start(renderer, &mut out).expect("memory can be written to");
        stream.file(renderer.file(&self.diagnostics, self)).expect("memory can be written to");
        stream.end(&summary).expect("memory can be written to");
        String::from_utf8(out).expect("reports are text")
    }

    /// Fails if the program did, or if a place is outside the file or within a character.
    pub fn assert_sound(&self) {
        for diagnostic in &self.diagnostics {
            assert_ne!(diagnostic.rule, FAULT, "a fault of the program: {}", diagnostic.finding.message);
            let finding = &diagnostic.finding;
            let labels = std::iter::once(&finding.primary).chain(&finding.labels).map(|label| label.span);
            let edits = finding.fix.iter().flat_map(|fix| &fix.edits).map(|edit| edit.span);
            for span in labels.chain(edits).filter(|span| span.file == self.source.id()) {
                assert!(self.source.text().get(span.range()).is_some(), "{}: {span:?}", diagnostic.rule);
            }
        }
        for format in Format::ALL {
            let _ = self.rendered(format);
        }
    }
}

/// A workspace of one file in memory, in a folder that is on no disk.
pub fn workspace(path: &str, bytes: &[u8], dialect: Dialect) -> Option<Workspace> {
    let mut profile = Profile::builtin();
    profile.dialect = dialect;
    let files = vec![(format!("/nowhere/{path}"), bytes.to_vec())];
    Workspace::open(Options::from(profile), &[], files).ok()
}

/// The settings that report everything.
pub fn settings() -> Settings {
    Settings { severity: Severity::Info, ..Settings::default() }
}

/// Checks a file in memory with all rules.
pub fn check(path: &str, bytes: &[u8], dialect: Dialect) -> Option<Outcome> {
    let workspace = workspace(path, bytes, dialect)?;
    let mut outcome = None;
    let collect = |checked: engine::Checked| {
        outcome = Some(Outcome { diagnostics: checked.diagnostics, source: checked.source });
    };
    engine::run(&workspace, &settings(), &mut Filter::default(), |checked| checked, collect).ok()?;
    outcome
}
