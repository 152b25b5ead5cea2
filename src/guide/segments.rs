//! Cuts the rendered page into runs that are Markdown documents of their own.
//!
//! A line that holds only container tags (`<section class="card">`) or a kramdown extension
//! (`{::options ... /}`) ends a run: kramdown with `parse_block_html` starts afresh there, where
//! CommonMark would see one HTML block up to the next blank line. What is left to Markdown is the same
//! text, byte for byte, with tags and attribute lists overwritten, so that offsets stay.

use std::ops::Range;

use super::TagKind;
use super::html::{self, RawTag};

/// Stands where a tag stood: text to Markdown, nothing to the reader.
pub(super) const FILLER: u8 = 0x1a;

/// The page, cut.
#[derive(Debug, Default)]
pub(super) struct Segments {
    /// The text with tags, comments and attribute lists overwritten; as long as the rendered text.
    pub(super) masked: String,
    /// Runs of Markdown, in order.
    pub(super) runs: Vec<Range<usize>>,
    /// kramdown's extensions, `{::options ... /}`.
    pub(super) extensions: Vec<Range<usize>>,
    /// Lines of a run that are a block attribute list, `{: .table}`.
    pub(super) attribute_lists: Vec<Range<usize>>,
    /// From an unknown tag that is never closed to the end: kramdown prints it as it stands.
    pub(super) swallowed: Option<Range<usize>>,
}

/// Cuts a text whose tags are `tags`; tags inside fenced code are removed from them.
pub(super) fn cut(text: &str, tags: &mut Vec<RawTag>) -> Segments {
    let fenced = fences(text);
    let in_fence = |at: usize| {
        let behind = fenced.partition_point(|range| range.start <= at);
        behind > 0 && at < fenced[behind - 1].end
    };
    tags.retain(|tag| !in_fence(tag.range.start));
    html::pair(tags);
    let mut cutter =
        Cutter { text, tags, next_tag: 0, start: 0, masked: text.as_bytes().to_vec(), segments: Segments::default() };
    cutter.mask_tags();
    let mut at = 0;
    while at < text.len() {
        let end = memchr::memchr(b'\n', &text.as_bytes()[at..]).map_or(text.len(), |offset| at + offset + 1);
        at = if in_fence(at) { end } else { cutter.line(at..end) };
    }
    cutter.finish(text.len())
}

struct Cutter<'a> {
    text: &'a str,
    tags: &'a [RawTag],
    next_tag: usize,
    start: usize,
    masked: Vec<u8>,
    segments: Segments,
}

impl Cutter<'_> {
    fn mask_tags(&mut self) {
        for tag in self.tags {
            for byte in &mut self.masked[tag.range.clone()] {
                if *byte != b'\n' && *byte != b'\r' {
                    *byte = FILLER;
                }
            }
        }
    }

    /// Looks at a line outside code; returns where to go on.
    fn line(&mut self, line: Range<usize>) -> usize {
        let content = self.text[line.clone()].trim();
        if content.starts_with("{::") && content.ends_with('}') {
            let start = line.start + self.text[line.clone()].find('{').unwrap_or_default();
            self.segments.extensions.push(start..start + content.len());
            self.end_run(line.start, line.end);
        } else if content.starts_with("{:") && content.ends_with('}') {
            self.segments.attribute_lists.push(line.clone());
            self.masked[line.start..line.start + self.text[line.clone()].trim_end().len()].fill(b' ');
        } else if content.starts_with('<') {
            return self.tag_line(&line);
        }
        line.end
    }

    /// A line that begins with a tag.
    fn tag_line(&mut self, line: &Range<usize>) -> usize {
        while self.tags.get(self.next_tag).is_some_and(|tag| tag.range.start < line.start) {
            self.next_tag += 1;
        }
        let Some(first) = self.tags.get(self.next_tag).filter(|tag| tag.range.start < line.end) else {
            return line.end;
        };
        let at_start = self.text[line.start..first.range.start].trim().is_empty();
        if at_start && first.kind == TagKind::Open && !first.comment && !html::is_known(&first.name) {
            return self.raw_element(line, first.range.start, first.partner);
        }
        if self.only_containers(line) {
            self.end_run(line.start, line.end);
        }
        line.end
    }

    /// kramdown reads the content of an element that it does not know as raw HTML.
    fn raw_element(&mut self, line: &Range<usize>, start: usize, partner: Option<usize>) -> usize {
        let end = partner.map_or(self.text.len(), |partner| self.tags[partner].range.end);
        if partner.is_none() && self.segments.swallowed.is_none() {
            self.segments.swallowed = Some(start..end);
        }
        self.end_run(line.start, end);
        end
    }

    fn only_containers(&self, line: &Range<usize>) -> bool {
        let mut at = line.start;
        for tag in self.tags[self.next_tag..].iter().take_while(|tag| tag.range.start < line.end) {
            if !html::is_container(&tag.name) || !self.text[at..tag.range.start].trim().is_empty() {
                return false;
            }
            at = tag.range.end.min(line.end);
        }
        self.text[at..line.end].trim().is_empty()
    }

    fn end_run(&mut self, end: usize, next: usize) {
        if !self.text[self.start..end.max(self.start)].trim().is_empty() {
            self.segments.runs.push(self.start..end);
        }
        self.start = next;
    }

    fn finish(mut self, end: usize) -> Segments {
        self.end_run(end, end);
        // Whole characters are overwritten by ASCII, so the bytes stay UTF-8.
        self.segments.masked = String::from_utf8(self.masked).unwrap_or_else(|_| self.text.to_owned());
        self.segments
    }
}

/// Fenced code blocks: from the opening to the closing fence. An unclosed fence is none.
fn fences(text: &str) -> Vec<Range<usize>> {
    let mut found: Vec<Range<usize>> = Vec::new();
    let mut open: Option<(u8, usize, usize)> = None;
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let content = line.trim();
        let mark = content.as_bytes().first().copied().unwrap_or_default();
        let length = content.bytes().take_while(|byte| *byte == mark).count();
        if (mark == b'`' || mark == b'~') && length >= 3 {
            match open {
                Some((known, least, start)) if known == mark && length >= least && content.len() == length => {
                    found.push(start..at + line.len());
                    open = None;
                }
                None if mark == b'~' || !content[length..].contains('`') => open = Some((mark, length, at)),
                _ => {}
            }
        }
        at += line.len();
    }
    found
}
