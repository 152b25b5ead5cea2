//! The front matter of a page, cut off as Jekyll does.

use std::ops::Range;

use crate::source::{SourceFile, Span};
use crate::tree::{Node, Problem, yaml};

/// The front matter of a page.
#[derive(Debug, Default)]
pub struct FrontMatter {
    /// From the opening `---` to the end of the closing line; `None` if there is no front matter.
    pub span: Option<Span>,
    /// Whether the opening `---` is never closed.
    pub unclosed: bool,
    /// The YAML mapping, as far as it could be read.
    pub node: Option<Node>,
    /// What is wrong with the YAML.
    pub problems: Vec<Problem>,
}

/// The parts of a page with front matter, as byte ranges.
struct Cut {
    /// Both `---` lines and the text between them.
    whole: Range<usize>,
    /// The text between.
    content: Range<usize>,
    closed: bool,
}

/// The front matter of a page, and where its body starts.
pub(crate) fn read(source: &SourceFile) -> (FrontMatter, usize) {
    let Some(cut) = cut(source.text()) else { return (FrontMatter::default(), bom(source.text())) };
    let mut front_matter =
        FrontMatter { span: Some(source.span(cut.whole.clone())), unclosed: !cut.closed, ..FrontMatter::default() };
    if cut.closed {
        let documents = yaml::parse(source, cut.content);
        front_matter.node = documents.documents.into_iter().next();
        front_matter.problems = documents.problems;
    }
    (front_matter, cut.whole.end)
}

/// The bytes of the YAML between the `---` lines, if both are there.
pub(crate) fn front_matter_range(text: &str) -> Option<Range<usize>> {
    cut(text).filter(|cut| cut.closed).map(|cut| cut.content)
}

/// Jekyll's pattern: a first line `---`, then anything up to a line `---` or `...`; spaces may follow both.
fn cut(text: &str) -> Option<Cut> {
    let start = bom(text);
    let first = text[start..].split_inclusive('\n').next()?;
    if first.trim_end() != "---" || !first.ends_with('\n') {
        return None;
    }
    let content = start + first.len();
    let mut at = content;
    while at < text.len() {
        let end = memchr::memchr(b'\n', &text.as_bytes()[at..]).map_or(text.len(), |length| at + length + 1);
        let line = &text[at..end];
        if line.starts_with(['-', '.']) && matches!(line.trim_end(), "---" | "...") {
            return Some(Cut { whole: start..end, content: content..at, closed: true });
        }
        at = end;
    }
    Some(Cut { whole: start..content, content: content..content, closed: false })
}

/// Bytes of a byte order mark at the start.
fn bom(text: &str) -> usize {
    if text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 }
}
