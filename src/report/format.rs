//! The forms that a report can have, and their names.

use super::{FORMS, Form};

/// So many findings are reported in full by [`Format::Text`]. The number alone decides, so that a report is the same
/// wherever it is made.
pub const MOST_IN_FULL: usize = 20;

/// The forms of a report, in the order of `FORMS`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Format {
    /// For people: [`Full`](Self::Full) up to 20 findings, [`Overview`](Self::Overview) beyond.
    #[default]
    Text,
    /// Each finding with its source.
    Full,
    /// Findings by rule, with the first locations of each.
    Overview,
    /// Sentences for a screen reader.
    Narrated,
    /// One line for each finding.
    Concise,
    /// Version 1 of the JSON report, see `schemas/report.schema.json`.
    Json,
    /// The diagnostics of the JSON report, each on a line of its own, and nothing else.
    Jsonl,
    /// SARIF 2.1.0.
    Sarif,
    /// Workflow commands of GitHub Actions.
    Github,
    /// The code quality report of GitLab.
    Gitlab,
    /// The XML of JUnit: each finding a test that failed.
    Junit,
    /// The XML of Checkstyle.
    Checkstyle,
    /// The Reviewdog Diagnostic Format.
    Rdjson,
    /// Logging commands of Azure Pipelines.
    Azure,
    /// Markdown for a comment or a summary.
    Markdown,
    /// One HTML file for people: tables by rule and file, filters, the source, reasons.
    Html,
}

impl Format {
    /// The name of the format that the environment decides on.
    pub const AUTO: &str = "auto";

    /// All formats, in the order in which they are listed for people.
    pub const ALL: [Self; 16] = [
        Self::Text,
        Self::Full,
        Self::Overview,
        Self::Narrated,
        Self::Concise,
        Self::Json,
        Self::Jsonl,
        Self::Sarif,
        Self::Github,
        Self::Gitlab,
        Self::Junit,
        Self::Checkstyle,
        Self::Rdjson,
        Self::Azure,
        Self::Markdown,
        Self::Html,
    ];

    /// What can be written for a format, in the order in which it is listed for people.
    pub fn names() -> impl Iterator<Item = &'static str> {
        Self::ALL.into_iter().map(Self::name).chain([Self::AUTO])
    }

    /// The word used on the command line and in settings.
    pub fn name(self) -> &'static str {
        self.form().name
    }

    /// What it makes of a report.
    pub(super) fn form(self) -> &'static Form {
        &FORMS[self as usize]
    }

    /// The format with this name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|format| format.name() == name)
    }
}
