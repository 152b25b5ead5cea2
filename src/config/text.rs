//! A string of a configuration that knows the location of each part.

use std::ops::Range;

use crate::config::References;
use crate::source::{SourceFile, Span};
use crate::tree::{Node, ScalarStyle};

/// A string value and its place.
#[derive(Debug, Clone)]
pub struct Text {
    /// The string.
    pub value: String,
    /// Its location, quotes included.
    pub span: Span,
    /// How it is written.
    pub style: ScalarStyle,
    /// Whether each of its characters is written as itself.
    is_verbatim: bool,
}

/// One scope of a configuration.
#[derive(Debug, Clone)]
pub struct ScopeWord {
    /// The scope as written.
    pub name: String,
    /// Where.
    pub span: Span,
}

impl Text {
    /// The string of a node; `None` for other nodes.
    pub fn new(node: &Node, source: &SourceFile) -> Option<Self> {
        let value = node.as_str()?.to_owned();
        let inner = within_quotes(node.span, node.style);
        let is_verbatim = inner.start <= inner.end && source.slice(inner) == value;
        Some(Self { value, span: node.span, style: node.style, is_verbatim })
    }

    /// Where the bytes `range` of the string are; the whole string where escapes hide it.
    pub fn part(&self, range: Range<usize>) -> Span {
        match self.inner() {
            Some(inner) => {
                Span { start: inner.start + range.start as u32, end: inner.start + range.end as u32, file: inner.file }
            }
            None => self.span,
        }
    }

    /// Where the characters are without quotes; `None` where escapes hide them.
    pub fn inner(&self) -> Option<Span> {
        self.is_verbatim.then(|| within_quotes(self.span, self.style))
    }

    /// The words of a text of scopes, at whatever people separate them; a reference is never split.
    pub fn words(&self, references: &References) -> Vec<ScopeWord> {
        let kept = references.parts(&self.value);
        // An encoded space is as long as what stands for it here.
        let value = self.value.replace("%20", "   ");
        let is_separator = |c: char| c.is_whitespace() || matches!(c, ',' | ';' | '|' | '+');
        let mut kept = kept.into_iter().peekable();
        let mut words = Vec::new();
        let mut start = 0;
        let mut add = |range: Range<usize>| {
            if !range.is_empty() {
                words.push(ScopeWord { name: value[range.clone()].to_owned(), span: self.part(range) });
            }
        };
        for (at, separator) in value.match_indices(is_separator) {
            while kept.next_if(|part| part.end <= at).is_some() {}
            if kept.peek().is_none_or(|part| at < part.start) {
                add(start..at);
                start = at + separator.len();
            }
        }
        add(start..value.len());
        words
    }
}

/// Where the characters of a scalar are.
fn within_quotes(span: Span, style: ScalarStyle) -> Span {
    let quote = u32::from(matches!(style, ScalarStyle::SingleQuoted | ScalarStyle::DoubleQuoted));
    Span { start: span.start + quote, end: span.end.saturating_sub(quote), ..span }
}
