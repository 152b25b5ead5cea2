//! The front matter of a page, cut off as Jekyll does.

use std::ops::Range;

use crate::source::{SourceFile, Span};
use crate::tree::{Documents, Node, Problem, yaml};

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
    /// The line where front matter begins that Jekyll does not read: after blank lines, or without its first `---`.
    pub late: Option<Span>,
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
    let Some(cut) = cut(source.text()) else {
        let late = late(source.text()).map(|line| source.span(line));
        return (FrontMatter { late, ..FrontMatter::default() }, bom(source.text()));
    };
    let mut front_matter =
        FrontMatter { span: Some(source.span(cut.whole.clone())), unclosed: !cut.closed, ..FrontMatter::default() };
    if cut.closed {
        let documents = parse(source, cut.content);
        front_matter.node = documents.documents.into_iter().next();
        front_matter.problems = documents.problems;
    }
    (front_matter, cut.whole.end)
}

/// Lines of a text in quotes that are looked at.
const LONGEST_QUOTE: usize = 16;

/// Reads YAML as Ruby does: the lines of a text in quotes need not be indented.
fn parse(source: &SourceFile, content: Range<usize>) -> Documents {
    let mut read = yaml::parse(source, content.clone());
    let mut changed: Option<String> = None;
    for _ in 0..LONGEST_QUOTE {
        let unclosed = read.problems.iter().find(|problem| problem.message.starts_with("unclosed quote before"));
        let Some(at) = unclosed.map(|problem| problem.span.range().start) else { break };
        let text = changed.get_or_insert_with(|| source.text().to_owned());
        // The first line after the quote that is not indented.
        let ends = memchr::memchr_iter(b'\n', &text.as_bytes()[at..content.end]).map(|end| at + end);
        let mut ends = ends.filter(|end| text[end + 1..].starts_with(|c: char| !c.is_whitespace()));
        let Some(end) = ends.next() else { break };
        if text[end + 1..].lines().next().is_some_and(|line| key(line).is_some() || line.starts_with("---")) {
            break;
        }
        text.replace_range(end..=end, " ");
        read = yaml::parse(&SourceFile::new(source.id(), source.path(), text.as_str()), content.clone());
    }
    read
}

/// Fewer keys before a line `---` may be text above a rule, or a heading.
const FEWEST_KEYS: usize = 2;

/// The first line of front matter after blank lines, or without the line `---` before its keys.
fn late(text: &str) -> Option<Range<usize>> {
    let mut lines = text[bom(text)..].lines().skip_while(|line| line.trim().is_empty());
    let first = lines.next()?;
    let start = first.as_ptr() as usize - text.as_ptr() as usize;
    let has_marker = first.trim_end() == "---";
    // Keys of Jekyll are in lowercase, notes and labels are not.
    let key = |line| key(line).filter(|key| key.starts_with(|c: char| c.is_ascii_lowercase()));
    if has_marker && start == bom(text) || !has_marker && key(first).is_none() {
        return None;
    }
    let mut keys = usize::from(!has_marker);
    for line in lines {
        if line.trim_end() == "---" {
            return (keys >= FEWEST_KEYS || has_marker && keys > 0).then(|| start..start + first.len());
        }
        if key(line).is_some() {
            keys += 1;
        } else if !(line.trim().is_empty() && has_marker || line.starts_with([' ', '\t', '#', '-'])) {
            return None;
        }
    }
    None
}

/// The key that a line of front matter begins with.
fn key(line: &str) -> Option<&str> {
    let (key, rest) = line.split_once(':')?;
    let is_word = key.starts_with(|c: char| c.is_ascii_alphabetic());
    let is_key = is_word && key.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '-'));
    (is_key && (rest.is_empty() || rest.starts_with([' ', '\t', '\r']))).then_some(key)
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
