//! Pages as Jekyll publishes them with its default options.

use std::sync::Arc;

use connlint::testing::dialects::Dialect;
use connlint::testing::dialects::{self, kramdown};
use connlint::testing::guide::Guide;
use connlint::testing::source::SourceFile;

/// Reads a page.
pub(crate) fn read(source: Arc<SourceFile>) -> Guide {
    dialects::read(source, Dialect::Kramdown, &kramdown::Options::default())
}
