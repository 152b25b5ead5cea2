//! Which rules are about the same thing, for the end of each rule's page.

/// Topics, each with the rules about it. A rule may be in several.
const TOPICS: &[&[&str]] = &[
    // Callback URLs
    &[
        "guide/callback-url-invalid",
        "guide/callback-url-missing",
        "guide/callback-url-outdated",
        "guide/callback-url-style",
        "config/callback-host-suspicious",
        "config/callback-url-invalid",
        "config/callback-url-mismatch",
        "config/service-domain-invalid",
        "connector/missing-on-page",
    ],
    // Scopes in guides
    &["guide/scope-ambiguous", "guide/scope-malformed", "guide/scope-outdated", "guide/scope-unknown"],
    // Scopes in configurations
    &[
        "config/scope-broad",
        "config/scope-delimiter",
        "config/scope-label",
        "config/scope-malformed",
        "config/scope-not-documented",
        "config/scope-outdated",
        "config/scope-redundant",
        "config/scope-unknown",
    ],
    // The same fault in a guide and in a configuration
    &["guide/scope-outdated", "config/scope-outdated"],
    &["guide/scope-unknown", "config/scope-unknown"],
    &["guide/scope-malformed", "config/scope-malformed"],
    // Secrets
    &["guide/secret-in-guide", "config/literal-secret", "config/secret-exposed", "config/insecure-url"],
    // Links and anchors
    &[
        "guide/anchor-broken",
        "guide/bare-url",
        "guide/link-broken",
        "guide/link-malformed",
        "guide/link-not-rendered",
        "guide/link-style",
        "guide/link-text",
    ],
    &["guide/anchor-broken", "guide/anchor-unused", "connector/anchor-broken", "guide/duplicate-heading"],
    // Permalinks and counterparts
    &[
        "guide/linked-page-missing",
        "guide/linked-page-undeclared",
        "guide/permalink-duplicate",
        "guide/permalink-format",
    ],
    // Images
    &["guide/image-alt-missing", "guide/image-missing", "guide/image-not-rendered"],
    // Front matter
    &[
        "guide/front-matter-key-missing",
        "guide/front-matter-missing",
        "guide/front-matter-syntax",
        "guide/front-matter-value-invalid",
    ],
    // Titles and names
    &[
        "guide/title-format",
        "guide/title-mismatch",
        "guide/title-missing",
        "guide/connector-name-inconsistent",
        "guide/wrong-connector-name",
    ],
    &["connector/value-differs", "guide/title-mismatch"],
    // Headings and sections
    &[
        "guide/heading-level-one",
        "guide/heading-level-skipped",
        "guide/setext-heading",
        "guide/duplicate-heading",
        "guide/title-missing",
    ],
    &[
        "guide/empty-section",
        "guide/legacy-section",
        "guide/section-level",
        "guide/section-missing",
        "guide/section-name",
        "guide/section-order",
    ],
    &["guide/card-structure", "guide/card-unbalanced", "guide/kramdown-options-missing"],
    // What is published differently than it is written
    &["guide/html-not-rendered", "guide/html-unclosed", "guide/html-unknown-tag", "guide/html-workaround"],
    &["guide/liquid-erases-text", "guide/liquid-syntax"],
    &["guide/list-restarts", "guide/step-number", "guide/lines-run-together"],
    &["guide/table-columns", "guide/table-not-rendered", "guide/image-not-rendered"],
    &["guide/markup-broken", "guide/link-not-rendered", "guide/html-not-rendered"],
    // Values to enter
    &[
        "guide/setup-field-duplicate",
        "guide/setup-field-format",
        "guide/setup-field-missing",
        "guide/setup-field-name",
        "guide/value-description-mismatch",
    ],
    &["guide/value-differs", "guide/typo", "guide/callback-url-invalid"],
    // Words
    &["guide/doubled-word", "guide/terminology", "guide/typo"],
    &["guide/note-format", "guide/ui-path-format", "guide/terminology"],
    &["guide/template-leftover", "config/placeholder-left", "guide/html-unknown-tag"],
    // Files
    &["guide/encoding-invalid", "guide/invisible-character", "config/whitespace-in-value"],
    &["config/syntax", "config/duplicate-key", "config/yaml-1-1-ambiguity", "config/value-truncated"],
    &["config/file-too-large", "guide/encoding-invalid", "config/syntax"],
    // Keys and values of a configuration
    &[
        "config/connector-unknown",
        "config/forbidden-field",
        "config/missing-field",
        "config/unknown-field",
        "config/unknown-shape",
    ],
    &["config/invalid-value", "config/value-form", "config/value-outdated", "config/wrong-type"],
    &["config/wrong-type", "config/yaml-1-1-ambiguity", "config/value-truncated"],
    &["config/credential-format", "config/same-secret", "config/values-swapped", "config/whitespace-in-value"],
    &["config/environment-mixed", "config/value-form", "config/values-swapped"],
    &["config/auth-type-mismatch", "config/forbidden-field", "connector/auth-differs"],
    // Pages and data of a connector
    &["connector/file-missing", "connector/missing-on-page", "connector/not-in-data", "connector/not-on-page"],
    // Ignore comments
    &["ignore/reason-missing", "ignore/unknown-rule", "ignore/unused"],
];

/// The names of the rules that share a topic with the rule `name`, each once, in the order of the topics.
pub fn related(name: &str) -> impl Iterator<Item = &'static str> {
    let mut found: Vec<&'static str> = Vec::new();
    for topic in TOPICS.iter().filter(|topic| topic.contains(&name)) {
        for other in topic.iter().filter(|other| **other != name) {
            if !found.contains(other) {
                found.push(other);
            }
        }
    }
    found.into_iter()
}
