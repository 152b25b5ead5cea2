//! HTML as written: tags, attributes, comments.

use crate::source::Span;

/// An HTML tag as written.
#[derive(Debug)]
pub struct Tag {
    /// The name, lower case.
    pub name: String,
    /// From `<` to `>`.
    pub span: Span,
    /// Opening, closing or complete in itself.
    pub kind: TagKind,
    /// Its attributes in order.
    pub attributes: Vec<Attribute>,
    /// Index in [`Guide::tags`](super::Guide::tags) of the tag that closes or opens it.
    pub partner: Option<usize>,
    /// Whether `>` is missing.
    pub unclosed: bool,
}

/// Whether a tag opens or closes an element.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TagKind {
    /// `<name>`.
    Open,
    /// `</name>`.
    Close,
    /// `<name/>`, or an element that never has content such as `<br>`.
    Empty,
}

/// An attribute of an HTML tag.
#[derive(Debug)]
pub struct Attribute {
    /// The name, lower case.
    pub name: String,
    /// Where the name is.
    pub span: Span,
    /// The value without quotes, and where it is.
    pub value: Option<(String, Span)>,
}

/// An HTML comment.
#[derive(Debug)]
pub struct Comment {
    /// From `<!--` to `-->`.
    pub span: Span,
    /// The text between.
    pub content: Span,
}
