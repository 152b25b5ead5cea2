//! What can be wrong with a configuration, and the place of a guide that demands otherwise.

use crate::config::properties::Misshaped;
use crate::contract::{Found, KnownContract};
use crate::diagnostic::{Edit, Finding, Severity};
use crate::source::Span;

/// A place where a configuration breaks its schema or contract.
#[derive(Debug, Clone)]
pub struct Violation {
    /// What is wrong.
    pub kind: ViolationKind,
    /// The key or value; for something missing, the first key of the mapping that lacks it.
    pub span: Span,
    /// Set where it is milder than usual.
    pub severity: Option<Severity>,
    /// The demand of the contract that the violation breaks.
    pub demand: Option<Demand>,
}

/// The kinds of violation.
#[derive(Debug, Clone)]
pub enum ViolationKind {
    /// Something required is not there.
    Missing {
        /// The key or the name of the property.
        name: String,
        /// Whether it is a property of the connector.
        property: bool,
        /// Further properties that are missing.
        more: Vec<String>,
        /// Whether it is there and empty.
        empty: bool,
        /// What requires it, in words.
        because: Option<String>,
        /// Adds it, with a reference for its value.
        insert: Option<Edit>,
    },
    /// A key or a property that is not known.
    Unknown {
        /// As written.
        name: String,
        /// Whether it is a property of the connector.
        property: bool,
        /// What it means.
        meant: Option<String>,
        /// Whether it can mean nothing else.
        is_sure: bool,
        /// What is known there.
        known: Vec<String>,
    },
    /// A value of the wrong type.
    WrongType {
        /// The key, or the name of the property.
        name: String,
        /// What is meant: `a string`.
        expected: String,
        /// What it is.
        found: &'static str,
        /// Whether quotes make it right.
        quotable: bool,
    },
    /// Properties that are not a list of names and values.
    Misshaped {
        /// The name of the first of them.
        first: String,
    },
    /// Properties among the keys of the manifest.
    Misplaced {
        /// Their names.
        names: Vec<String>,
    },
    /// A value that is not among those allowed or has not the right form.
    Invalid {
        /// The key.
        name: String,
        /// What is allowed; empty where it is a form.
        allowed: Vec<String>,
        /// The one allowed value that it can only mean.
        meant: Option<String>,
        /// The problem and the suggestion, if the schema has them.
        advice: Option<(String, String)>,
        /// The form that is meant, `must be a GUID`, and what to do.
        form: Option<(&'static str, &'static str)>,
    },
    /// A key that this kind of authentication does not have.
    Forbidden {
        /// The key, or the name of the property.
        name: String,
        /// Why, in words.
        because: Option<String>,
        /// What to do, if it is not about the kind of authentication.
        help: Option<String>,
    },
    /// Another kind of authentication than the guide's, or another grant.
    AuthMismatch {
        /// The key.
        key: &'static str,
        /// The configuration's.
        written: String,
        /// The guide's.
        documented: &'static str,
    },
}

/// The place of a guide that a configuration must agree with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Demand {
    /// The line of the guide, from 1.
    pub line: u32,
    /// The permalink of the guide.
    pub guide: Option<String>,
    /// The place, where the guide is available.
    pub span: Option<Span>,
}

impl Demand {
    /// The demand that a fact of a contract makes.
    pub fn new<T>(fact: &Found<T>, known: &KnownContract) -> Self {
        let guide = known.contract.permalink.as_ref().map(|permalink| permalink.value.clone());
        Self { line: fact.line, guide, span: fact.span }
    }

    /// Adds the location in the guide to a finding: as a label if the guide was read, otherwise in the help.
    #[must_use]
    pub fn show(&self, finding: Finding, label: &str) -> Finding {
        if let Some(span) = self.span {
            return finding.label(span, label);
        }
        let guide = self.guide.as_deref().unwrap_or("the guide");
        let place = format!("{label}: `{guide}`, line {}", self.line);
        let help = finding.help.as_ref().map_or_else(|| place.clone(), |help| format!("{help} ({place})"));
        finding.help(help)
    }
}

impl Violation {
    pub(super) fn new(kind: ViolationKind, span: Span) -> Self {
        Self { kind, span, severity: None, demand: None }
    }

    /// A finding at the place of the violation, as grave as the violation.
    pub fn finding(&self, message: impl Into<String>) -> Finding {
        Finding { severity: self.severity, ..Finding::new(self.span, message) }
    }

    /// Adds the location in the guide that the violation departs from.
    pub fn show(&self, finding: Finding, label: &str) -> Finding {
        match &self.demand {
            Some(demand) => demand.show(finding, label),
            None => finding,
        }
    }

    /// Properties in another form than a list of names and values.
    pub(in crate::config) fn misshaped(found: Misshaped) -> Self {
        Self::new(ViolationKind::Misshaped { first: found.first }, found.span)
    }

    pub(super) fn missing(name: &str, property: bool, span: Span) -> Self {
        let name = name.to_owned();
        Self::new(
            ViolationKind::Missing { name, property, more: Vec::new(), empty: false, because: None, insert: None },
            span,
        )
    }

    /// The order of violations at one place; a value of rank 0 hides those after it.
    pub(super) fn rank(&self) -> u8 {
        match self.kind {
            ViolationKind::WrongType { .. } => 0,
            ViolationKind::Missing { .. } => 2,
            _ => 1,
        }
    }

    /// Whether it is about what a value is, rather than about a key.
    pub(super) fn is_about_value(&self) -> bool {
        use ViolationKind::{AuthMismatch, Invalid, WrongType};
        matches!(self.kind, WrongType { .. } | Invalid { .. } | AuthMismatch { .. })
    }

    pub(super) fn missing_name(&self) -> Option<(&str, bool)> {
        match &self.kind {
            ViolationKind::Missing { name, property, .. } => Some((name, *property)),
            _ => None,
        }
    }
}
