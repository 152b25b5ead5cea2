//! What the values of a configuration look like: credentials, samples. The vendor's words are data.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use serde::Deserialize;

/// The vendor's words for values.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Vocabulary {
    /// What the platform itself fills into the endpoints of custom connectors.
    pub platform_merge_fields: Vec<String>,
    /// Words that a key of a custom connector, of its methods, or of their parameters may have.
    pub known_words: BTreeMap<String, Vec<String>>,
    /// Values that the documentation prints as samples.
    pub sample_values: Vec<String>,
}

static VOCABULARY: LazyLock<Vocabulary> = LazyLock::new(|| {
    // `config.yaml` as JSON.
    serde_json::from_str(include_str!("../../schemas/cyclr/config.json"))
        .expect("the embedded vocabulary is read by the tests")
});

/// The vendor's words for values.
pub fn vocabulary() -> &'static Vocabulary {
    &VOCABULARY
}
