//! Checks files that are held in memory, through the library's public door.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use connlint::testing::Pack;
use connlint::testing::Settings;
use connlint::testing::diagnostic::{Diagnostic, Severity};
use connlint::testing::engine::{self, Filter};
use connlint::testing::profile::Profile;
use connlint::testing::report::Sources;
use connlint::testing::source::{FileId, Size, SourceFile};
use connlint::testing::tree::yaml;
use connlint::testing::workspace::{Options, Workspace};

/// What a run over some files found.
#[derive(Debug, Default)]
pub(crate) struct Outcome {
    /// The findings of each file in the order of the files' paths.
    pub(crate) diagnostics: Vec<Diagnostic>,
    /// The files that were checked.
    pub(crate) sources: BTreeMap<FileId, Arc<SourceFile>>,
}

impl Sources for Outcome {
    fn source(&self, id: FileId) -> Arc<SourceFile> {
        Arc::clone(&self.sources[&id])
    }
}

/// The connectors that the configurations in the examples are for. Their guides promise nothing.
const CONNECTORS: [&str; 2] = ["acme-connector", "pipedrive-oauth-connector"];

fn guide(connector: &str) -> (String, Vec<u8>) {
    let front_matter =
        format!("title: Acme Authentication\nsidebar: cyclr_sidebar\npermalink: {connector}\ntags: [connector]");
    (format!("the-guide-of-{connector}.md"), format!("---\n{front_matter}\n---\n\nSee the vendor.\n").into_bytes())
}

/// A folder that is on no disk, so that no root of a site is found around the files.
const NOWHERE: &str = "/nowhere";

/// The path that a file was given.
pub(crate) fn given(path: &str) -> &str {
    path.strip_prefix(NOWHERE).and_then(|path| path.strip_prefix('/')).unwrap_or(path)
}

/// Runs all rules at every severity over `files`: path and text. Where there is no guide among them,
/// those of `CONNECTORS` are known.
pub(crate) fn check(files: &[(String, String)]) -> Outcome {
    check_bytes(files.iter().map(|(path, text)| (path.clone(), text.clone().into_bytes())).collect())
}

fn has_extension(path: &str, wanted: &str) -> bool {
    Path::new(path).extension().is_some_and(|extension| extension == wanted)
}

/// The pack that an example shows.
fn pack(bytes: &[u8]) -> Pack {
    let text = String::from_utf8(bytes.to_vec()).expect("a pack is UTF-8");
    let source = SourceFile::new(FileId::default(), "pack.yaml", &text);
    let documents = yaml::parse(&source, 0..text.len()).documents;
    Pack::from_node(&documents[0]).unwrap_or_else(|problem| panic!("pack.yaml: {}", problem.message))
}

/// As [`check`], for files that may not be text.
pub(crate) fn check_bytes(files: Vec<(String, Vec<u8>)>) -> Outcome {
    check_within(Size::DEFAULT, files)
}

/// As [`check_bytes`], with another limit on the size of files.
pub(crate) fn check_within(max_file_size: Size, mut files: Vec<(String, Vec<u8>)>) -> Outcome {
    let settings = Settings { severity: Severity::Info, ..Settings::default() };
    let pack = files.iter().position(|(path, _)| path == "pack.yaml").map(|at| pack(&files.remove(at).1));
    let guided = pack.is_some() || files.iter().any(|(path, _)| has_extension(path, "md"));
    if !guided {
        files.extend(CONNECTORS.map(guide));
    }
    // Images are listed, since no disk has them.
    let (images, files): (Vec<_>, Vec<_>) = files.into_iter().partition(|(path, _)| has_extension(path, "png"));
    let listed_files = images.into_iter().map(|(path, _)| path).collect();
    let options = pack.map_or_else(|| Options::from(Profile::builtin()), Options::from);
    let options = Options { listed_files, max_file_size, ..options };
    let files = files.into_iter().map(|(path, bytes)| (format!("{NOWHERE}/{path}"), bytes)).collect();
    let workspace = Workspace::open(options, &[], files).expect("files in memory can be opened");
    let mut outcome = Outcome::default();
    let collect = |checked: engine::Checked| {
        if !guided && given(checked.source.path()).starts_with("the-guide-of-") {
            return;
        }
        outcome.sources.insert(checked.source.id(), checked.source);
        outcome.diagnostics.extend(checked.diagnostics);
    };
    engine::run(&workspace, &settings, &mut Filter::default(), |checked| checked, collect)
        .expect("files in memory can be read");
    outcome
}
