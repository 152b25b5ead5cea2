//! What of a page is not Markdown: imports and exports, `{expressions}`, tags of components and elements.
//!
//! Grammar: the extensions of micromark for MDX (`mdxjs-esm`, `mdx-expression`, `mdx-jsx`). Code is left alone.

use std::ops::Range;

use super::tags::{Component, component, expression};

/// A part of a page that is not Markdown.
#[derive(Debug)]
pub(super) enum Part {
    /// Imports or exports, to the end of their last line.
    Module(Range<usize>),
    /// `{...}`.
    Expression(Range<usize>),
    Tag(Component),
}

impl Part {
    pub(super) fn range(&self) -> Range<usize> {
        match self {
            Self::Module(range) | Self::Expression(range) => range.clone(),
            Self::Tag(tag) => tag.range.clone(),
        }
    }
}

/// Bytes that looking for ends may cost, as a multiple of the text: what is never closed is read again and again.
const MOST_READ: usize = 16;

/// What was found, and what is still to be read.
struct Scan<'a> {
    text: &'a str,
    parts: Vec<Part>,
    /// Lines of fenced code.
    fenced: Vec<Range<usize>>,
    /// Bytes that may still be read to find ends.
    left: usize,
}

/// The parts of a text that are not Markdown, in order, and the lines of its fenced code.
pub(super) fn scan(text: &str) -> (Vec<Part>, Vec<Range<usize>>) {
    let mut scan = Scan { text, parts: Vec::new(), fenced: Vec::new(), left: text.len() * MOST_READ };
    let mut at = 0;
    let mut after_blank = true;
    while at < text.len() {
        let end = line_end(text, at);
        let line = &text[at..end];
        let start = at;
        if let Some(fence) = fence(line) {
            at = scan.fenced_code(end, fence);
            scan.fenced.push(start..at);
        } else if after_blank && (line.starts_with("import ") || line.starts_with("export ")) {
            at = scan.module(start);
        } else {
            at = scan.line(at, end);
        }
        after_blank = line.trim().is_empty() || matches!(scan.parts.last(), Some(Part::Module(last)) if last.end == at);
    }
    (scan.parts, scan.fenced)
}

/// The mark of a code fence and how often it is repeated.
fn fence(line: &str) -> Option<(char, usize)> {
    let line = line.trim_start();
    let mark = line.chars().next().filter(|mark| matches!(mark, '`' | '~'))?;
    let count = line.chars().take_while(|other| *other == mark).count();
    let info = &line[count..];
    (count >= 3 && !(mark == '`' && info.contains('`'))).then_some((mark, count))
}

impl Scan<'_> {
    /// The end of the fenced code whose first line ends at `at`.
    fn fenced_code(&self, mut at: usize, (mark, count): (char, usize)) -> usize {
        while at < self.text.len() {
            let end = line_end(self.text, at);
            let line = self.text[at..end].trim();
            at = end;
            if line.chars().count() >= count && line.chars().all(|other| other == mark) {
                break;
            }
        }
        at
    }

    /// Imports and exports: to the first blank line at which their brackets are closed.
    fn module(&mut self, start: usize) -> usize {
        let mut at = start;
        let mut open = 0;
        while at < self.text.len() {
            let end = line_end(self.text, at);
            let line = &self.text[at..end];
            if line.trim().is_empty() && open == 0 {
                break;
            }
            let count = |marks: [char; 3]| line.matches(marks).count();
            open = (open + count(['{', '(', '['])).saturating_sub(count(['}', ')', ']']));
            at = end;
        }
        self.parts.push(Part::Module(start..at));
        at
    }

    /// The parts that start on a line; the start of the first line after them.
    fn line(&mut self, mut at: usize, end: usize) -> usize {
        while at < end {
            let rest = &self.text[at..end];
            let Some(offset) = rest.find(['`', '{', '<', '\\']) else { break };
            at += offset;
            let part = match self.text.as_bytes()[at] {
                b'`' => {
                    at = self.code(at);
                    continue;
                }
                b'\\' => {
                    at += 1 + self.text[at + 1..].chars().next().map_or(0, char::len_utf8);
                    continue;
                }
                b'{' => expression(self.text, at, &mut self.left).map(|end| Part::Expression(at..end)),
                _ => component(self.text, at, &mut self.left).map(Part::Tag),
            };
            match part {
                Some(part) => {
                    at = part.range().end;
                    self.parts.push(part);
                }
                None => at += 1,
            }
        }
        if at <= end { end } else { line_end(self.text, at.saturating_sub(1)).max(at) }
    }

    /// The end of the code span at `at`, or of its opening marks if it is not one.
    fn code(&mut self, at: usize) -> usize {
        let text = self.text;
        let marks = text[at..].bytes().take_while(|byte| *byte == b'`').count();
        let mut next = at + marks;
        let reach = &text.as_bytes()[next..text.len().min(next + self.left)];
        let paragraph = next + blank_line(reach).unwrap_or(reach.len());
        self.left -= paragraph - next;
        while let Some(offset) = memchr::memchr(b'`', &text.as_bytes()[next..paragraph]) {
            let start = next + offset;
            let found = text[start..].bytes().take_while(|byte| *byte == b'`').count();
            next = (start + found).min(paragraph);
            if found == marks {
                return start + found;
            }
        }
        at + marks
    }
}

/// Where the first line ends after which a line without text follows.
fn blank_line(text: &[u8]) -> Option<usize> {
    let is_blank =
        |at: &usize| text[at + 1..].iter().find(|byte| !matches!(byte, b' ' | b'\t' | b'\r')) == Some(&b'\n');
    memchr::memchr_iter(b'\n', text).find(is_blank)
}

/// Where the line at `at` ends, its line break included.
pub(super) fn line_end(text: &str, at: usize) -> usize {
    memchr::memchr(b'\n', &text.as_bytes()[at..]).map_or(text.len(), |offset| at + offset + 1)
}
