//! What the values of a configuration look like: credentials, samples. The vendor's words are data.

use std::sync::LazyLock;

use serde::Deserialize;

use crate::source::{FileId, SourceFile};
use crate::tree::{deserialize, yaml};

/// The vendor's words for values.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Vocabulary {
    /// Last words of names whose values must not be shown.
    pub secret_words: Vec<String>,
    /// Names that end in such a word and are no secret, folded to lower-case letters and digits.
    pub public_names: Vec<String>,
    /// What the platform itself fills into the endpoints of custom connectors.
    pub platform_merge_fields: Vec<String>,
    /// Values that the documentation prints as samples.
    pub sample_values: Vec<String>,
}

static VOCABULARY: LazyLock<Vocabulary> = LazyLock::new(|| {
    let text = include_str!("../../schemas/cyclr/config.yaml");
    let source = SourceFile::new(FileId::default(), "config.yaml", text);
    let read = yaml::parse(&source, 0..text.len());
    // The tests read the file; an empty vocabulary is the mildest answer to a mistake of ours.
    read.documents.first().and_then(|node| deserialize(node).ok()).unwrap_or_default()
});

/// The vendor's words for values.
pub fn vocabulary() -> &'static Vocabulary {
    &VOCABULARY
}
