//! What is found wrong with a value in data.

use crate::source::Span;

/// A demand that data does not meet.
#[derive(Debug, Clone)]
pub struct Demand {
    pub kind: Demanded,
    pub span: Span,
    pub message: String,
    pub help: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Demanded {
    Missing,
    /// A value may not be as it is.
    Invalid,
    /// A value was right.
    Current,
    WrongType,
    /// A key is not one of the schema.
    Unknown,
}

impl Demand {
    pub(super) fn new(kind: Demanded, span: Span, message: impl Into<String>, help: impl Into<String>) -> Self {
        Self { kind, span, message: message.into(), help: help.into() }
    }
}
