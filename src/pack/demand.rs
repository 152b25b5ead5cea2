//! What is found wrong with a value in data.

use crate::source::Span;

/// A demand that data does not meet.
#[derive(Debug, Clone)]
pub struct Demand {
    /// Which one.
    pub kind: Demanded,
    /// The place.
    pub span: Span,
    /// What is wrong.
    pub message: String,
    /// What to do.
    pub help: String,
}

/// The kinds of demands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Demanded {
    /// A value is missing.
    Missing,
    /// A value may not be as it is.
    Invalid,
    /// A value was right.
    Current,
    /// A value has the wrong type.
    WrongType,
    /// A key is not one of the schema.
    Unknown,
}
