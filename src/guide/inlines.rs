//! What is within a block: emphasis, code, links, images.

use std::ops::Range;

use super::BlockId;
use crate::source::Span;

/// An inline element.
#[derive(Debug)]
pub struct Inline {
    /// What it is.
    pub kind: InlineKind,
    /// Its source, delimiters included.
    pub span: Span,
    /// Its content without delimiters.
    pub content: Span,
    /// What the reader sees of it, as a range of bytes in [`Guide::text`](super::Guide::text).
    pub text: Range<u32>,
    /// The innermost block that holds it.
    pub block: BlockId,
}

/// The kinds of inline element.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum InlineKind {
    /// A code span.
    Code,
    /// Emphasis.
    Emphasis,
    /// Strong emphasis.
    Strong,
    /// A link; the index into [`Guide::links`](super::Guide::links).
    Link(usize),
    /// An image; the index into [`Guide::images`](super::Guide::images).
    Image(usize),
    /// A forced line break.
    Break,
}

/// How a link or image is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LinkForm {
    /// `[text](target)`.
    Inline,
    /// `[text][label]`.
    Reference,
    /// `<https://...>` or `<a@b>`.
    Autolink,
    /// `<a href="...">`, `<img src="...">`.
    Html,
}

/// A published link.
#[derive(Debug)]
pub struct Link {
    /// How it is written.
    pub form: LinkForm,
    /// The whole link; for HTML the opening tag.
    pub span: Span,
    /// The target as kramdown writes it into `href`.
    pub target: String,
    /// Where the target is written (in the definition, for a reference).
    pub target_span: Span,
    /// What the reader sees, as a range of bytes in [`Guide::text`](super::Guide::text).
    pub text: Range<u32>,
}

/// A published image.
#[derive(Debug)]
pub struct Image {
    /// How it is written.
    pub form: LinkForm,
    /// The whole image.
    pub span: Span,
    /// The target as kramdown writes it into `src`.
    pub target: String,
    /// Where the target is written.
    pub target_span: Span,
    /// The text for readers who cannot see it; `None` if an HTML image has no `alt`.
    pub alt: Option<String>,
}
