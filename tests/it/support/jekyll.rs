//! Pages as Jekyll publishes them with its default options.

use std::sync::Arc;

use connlint::dialect::Dialect;
use connlint::dialects::{self, kramdown};
use connlint::guide::Guide;
use connlint::source::SourceFile;

/// Reads a page.
pub(crate) fn read(source: Arc<SourceFile>) -> Guide {
    dialects::read(source, Dialect::Kramdown, &kramdown::Options::default())
}
