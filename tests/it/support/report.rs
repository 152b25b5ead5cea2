//! A report as it is written, from its first to its last byte.

use connlint::testing::diagnostic::Diagnostic;
use connlint::testing::report::{Context, Format, Renderer, Sources, Stream, Summary, Terminal};

/// The report of one file with these findings.
pub(crate) fn whole(format: Format, diagnostics: &[Diagnostic], sources: &dyn Sources) -> String {
    written(Renderer::new(format, Terminal::default()).with(Context::default()), diagnostics, sources)
}

/// The same by a renderer.
pub(crate) fn written(renderer: Renderer<'_>, diagnostics: &[Diagnostic], sources: &dyn Sources) -> String {
    let mut summary = Summary { files: 1, ..Summary::default() };
    summary.count_file(diagnostics);
    let mut stream = Stream::start(renderer, Vec::new()).expect("memory to write to");
    stream.file(renderer.file(diagnostics, sources)).expect("memory to write to");
    String::from_utf8(stream.end(&summary).expect("memory to write to")).expect("reports are text")
}
