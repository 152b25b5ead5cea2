//! What a finding is: rule, severity, message, labelled places, help, and a fix.
//!
//! How findings are printed is left to `report`, how fixes are applied to `fix`.

use std::ops::AddAssign;

use serde::Deserialize;

use crate::source::Span;

/// How bad a finding is. Ordered: `Info < Warning < Error`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// House style.
    Info,
    /// A careful reviewer would ask for the change.
    Warning,
    /// The published page or the installation is wrong.
    Error,
}

impl Severity {
    /// The lower-case word used in every format and in settings.
    pub fn name(self) -> &'static str {
        match self {
            Self::Info => "info",
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }
}

/// How many findings there are of each severity. Ordered by the errors, then by the warnings.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Counts {
    /// How many are errors.
    pub errors: usize,
    /// How many are warnings.
    pub warnings: usize,
    /// How many are hints on style.
    pub infos: usize,
}

impl Counts {
    /// Counts a finding.
    pub fn count(&mut self, severity: Severity) {
        match severity {
            Severity::Error => self.errors += 1,
            Severity::Warning => self.warnings += 1,
            Severity::Info => self.infos += 1,
        }
    }

    /// The numbers with their severities, the gravest first.
    pub fn by_gravity(&self) -> [(usize, Severity); 3] {
        [(self.errors, Severity::Error), (self.warnings, Severity::Warning), (self.infos, Severity::Info)]
    }

    /// How many there are of all severities.
    pub fn all(&self) -> usize {
        self.errors + self.warnings + self.infos
    }
}

impl AddAssign for Counts {
    fn add_assign(&mut self, other: Self) {
        self.errors += other.errors;
        self.warnings += other.warnings;
        self.infos += other.infos;
    }
}

/// A place that a finding points to, with what is to be said about it there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Label {
    pub span: Span,
    /// What is said at the place; may be empty for the primary label.
    pub message: String,
}

/// Whether a fix may be applied without a human look.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Applicability {
    /// Keeps what the author means; `--fix` applies it.
    Safe,
    /// Needs a human look; only `--unsafe-fixes` applies it.
    Unsafe,
}

impl Applicability {
    /// Safe where that is so, unsafe otherwise.
    pub fn safe_if(is_safe: bool) -> Self {
        if is_safe { Self::Safe } else { Self::Unsafe }
    }
}

/// Replaces the bytes of a span by a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Edit {
    /// What is replaced; empty for an insertion.
    pub span: Span,
    /// The new text.
    pub text: String,
}

/// A repair: edits that belong together, in one file, without overlaps.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fix {
    /// What the repair does, as an order: "wrap in `raw`".
    pub title: String,
    /// Whether it may be applied without a look.
    pub applicability: Applicability,
    /// The edits, in order of their place.
    pub edits: Vec<Edit>,
}

impl Fix {
    /// A fix that `--fix` applies.
    pub fn safe(title: impl Into<String>, edits: Vec<Edit>) -> Self {
        Self { title: title.into(), applicability: Applicability::Safe, edits: in_order(edits) }
    }

    /// A fix that needs a human look.
    pub fn needs_review(title: impl Into<String>, edits: Vec<Edit>) -> Self {
        Self { title: title.into(), applicability: Applicability::Unsafe, edits: in_order(edits) }
    }

    /// A fix that `--fix` applies if `is_safe`, and that needs a human look otherwise.
    pub fn safe_if(is_safe: bool, title: impl Into<String>, edits: Vec<Edit>) -> Self {
        Self { title: title.into(), applicability: Applicability::safe_if(is_safe), edits: in_order(edits) }
    }
}

/// Edits in the order of their places; those at one place keep theirs.
fn in_order(mut edits: Vec<Edit>) -> Vec<Edit> {
    edits.sort_by_key(|edit| (edit.span.start, edit.span.end));
    edits
}

impl Edit {
    /// Replaces `span` by `text`.
    pub fn replace(span: Span, text: impl Into<String>) -> Self {
        Self { span, text: text.into() }
    }

    /// Inserts `text` before the first byte of `span`.
    pub fn insert_before(span: Span, text: impl Into<String>) -> Self {
        Self { span: span.at_start(), text: text.into() }
    }

    /// Inserts `text` after the last byte of `span`.
    pub fn insert_after(span: Span, text: impl Into<String>) -> Self {
        Self { span: span.at_end(), text: text.into() }
    }

    /// Removes `span`.
    pub fn remove(span: Span) -> Self {
        Self { span, text: String::new() }
    }
}

/// What a rule says: a finding before the engine has given it the rule's name and severity.
///
/// There is no way to make one without a place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// Where it is, and what is said right there (may be empty).
    pub primary: Label,
    /// What is wrong: lower case, no full stop, the found thing in backticks.
    pub message: String,
    /// Other places that matter, in this file or another one.
    pub labels: Vec<Label>,
    /// What to do.
    pub help: Option<String>,
    /// The repair, if there is one.
    pub fix: Option<Fix>,
    /// Set where this finding is milder or graver than the rule's default.
    pub severity: Option<Severity>,
}

impl Finding {
    /// A finding at `span` that says `message`.
    pub fn new(span: Span, message: impl Into<String>) -> Self {
        Self {
            primary: Label { span, message: String::new() },
            message: message.into(),
            labels: Vec::new(),
            help: None,
            fix: None,
            severity: None,
        }
    }

    /// Says something at the primary place itself.
    #[must_use]
    pub fn here(mut self, message: impl Into<String>) -> Self {
        self.primary.message = message.into();
        self
    }

    /// Adds a second place.
    #[must_use]
    pub fn label(mut self, span: Span, message: impl Into<String>) -> Self {
        self.labels.push(Label { span, message: message.into() });
        self
    }

    /// Adds a second place, if there is one.
    #[must_use]
    pub fn maybe_label(self, span: Option<Span>, message: impl Into<String>) -> Self {
        match span {
            Some(span) => self.label(span, message),
            None => self,
        }
    }

    /// Says what to do.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// Adds the repair.
    #[must_use]
    pub fn fix(mut self, fix: Fix) -> Self {
        self.fix = Some(fix);
        self
    }

    /// Adds the repair, if there is one.
    #[must_use]
    pub fn maybe_fix(self, fix: Option<Fix>) -> Self {
        Self { fix: fix.or(self.fix), ..self }
    }

    /// Says to use `text` at the primary place, and offers to write it there.
    #[must_use]
    pub fn replace_with(self, text: &str, applicability: Applicability) -> Self {
        let title = format!("use `{text}`");
        let edits = vec![Edit::replace(self.primary.span, text)];
        self.help(title.clone()).fix(Fix { title, applicability, edits })
    }

    /// Departs from the rule's default severity.
    #[must_use]
    pub fn severity(mut self, severity: Severity) -> Self {
        self.severity = Some(severity);
        self
    }
}

/// A finding as it is reported.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    /// The rule's name, `group/name`.
    pub rule: &'static str,
    /// How bad it is, settings considered.
    pub severity: Severity,
    /// What was found.
    pub finding: Finding,
}

/// The name under which a fault of the program in a file is reported. It is not a rule: nothing switches it off.
pub const FAULT: &str = "internal/panic";

/// Where the book is published: `homepage` in `Cargo.toml`. While that is empty, no report has links.
pub const HOMEPAGE: Option<&str> = {
    let address = env!("CARGO_PKG_HOMEPAGE");
    if address.is_empty() { None } else { Some(address) }
};

/// The published page of the rule with this name; `None` while the book is not published.
pub fn rule_url(rule: &str) -> Option<String> {
    HOMEPAGE.map(|home| [home.trim_end_matches('/'), "/rules/", rule, ".html"].concat())
}
