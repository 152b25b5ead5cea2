//! What the values of a configuration look like: credentials, samples. The vendor's words are data.

use std::sync::LazyLock;

use serde::Deserialize;

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
    // `config.yaml` as JSON. The tests read it; an empty vocabulary is the mildest answer to a mistake of ours.
    serde_json::from_str(include_str!("../../schemas/cyclr/config.json")).unwrap_or_default()
});

/// The vendor's words for values.
pub fn vocabulary() -> &'static Vocabulary {
    &VOCABULARY
}
