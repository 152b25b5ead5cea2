//! Text on its way to the reader: lines become one, and each part keeps the place that it comes from.

use std::ops::Range;

use super::Reader;
use crate::dialects::kramdown::entities;
use crate::dialects::kramdown::lines::{Line, is_blank_byte, trim_end};
use crate::dialects::kramdown::spans::SpanText;
use crate::guide::{BlockKind, Style};

impl Reader<'_> {
    /// A range of a block's text as written.
    pub(super) fn written(&mut self, text: &SpanText<'_>, range: Range<usize>) {
        let mut at = range.start;
        while let Some(feed) = memchr::memchr(b'\n', &text.text.as_bytes()[at..range.end]).map(|length| at + length) {
            let end = at + trim_end(&text.text[at..feed]).len();
            self.written_line(text, at..end);
            let blanks = text.text[feed..range.end].bytes().take_while(|byte| is_blank_byte(*byte)).count();
            at = feed + blanks;
            self.line_break(text.on_page(end..end).start..text.on_page(at..at + 1).start);
        }
        self.written_line(text, at..range.end);
    }

    fn written_line(&mut self, text: &SpanText<'_>, range: Range<usize>) {
        for (part, page) in text.parts(range) {
            self.push(&text.text[part], page);
        }
    }

    /// Text in HTML, with character references.
    pub(super) fn with_references(&mut self, text: &SpanText<'_>, range: Range<usize>) {
        let mut start = range.start;
        for at in memchr::memchr_iter(b'&', text.text[range.clone()].as_bytes()).map(|at| range.start + at) {
            if let Some((Some(character), length)) = entities::reference(&text.text[at..range.end]) {
                self.written(text, start..at);
                self.push_instead(character.encode_utf8(&mut [0; 4]), text.on_page(at..at + length));
                start = at + length;
            }
        }
        self.written(text, start..range.end);
    }

    /// Text within one line of HTML.
    pub(super) fn raw_text(&mut self, line: Line) {
        let page = self.page.rendered.text();
        let mut start = line.start;
        for at in memchr::memchr_iter(b'&', line.text(page).as_bytes()).map(|at| line.start + at) {
            if let Some((Some(character), length)) = entities::reference(&page[at..line.end]) {
                self.push_some(&page[start..at], start);
                self.push_instead(character.encode_utf8(&mut [0; 4]), at..at + length);
                start = at + length;
            }
        }
        self.push_some(&page[start..line.end], start);
    }

    fn push_some(&mut self, text: &str, start: usize) {
        if !text.is_empty() {
            self.push(text, start..start + text.len());
        }
    }

    /// Between two lines: a space, or a new line in `<pre>`.
    pub(super) fn line_break(&mut self, page: Range<usize>) {
        let page = page.start..page.end.max(page.start);
        let is_html = self.open_blocks.last().is_some_and(|block| self.content.blocks[*block].kind == BlockKind::Html);
        if self.elements.last().is_some_and(|element| element.keeps_lines) {
            self.push("\n", page);
        } else if !is_html {
            self.push(" ", page);
        } else if !self.content.text.as_str().is_empty() && !self.content.text.as_str().ends_with('\n') {
            self.gap = Some(page);
        }
    }

    pub(super) fn fill_gap(&mut self) {
        if let Some(gap) = self.gap.take() {
            self.push_parts(" ", gap);
        }
    }

    /// Adds to the reader's text, split where something was left out of the source or the style changes.
    pub(super) fn push(&mut self, text: &str, range: Range<usize>) {
        self.fill_gap();
        self.push_parts(text, range);
    }

    /// Adds what stands for a range of the page.
    pub(super) fn push_instead(&mut self, text: &str, range: Range<usize>) {
        self.fill_gap();
        let source = self.page.rendered.source(range);
        let style = self.style_at(source.start);
        self.content.text.push(text, source, style);
    }

    fn push_parts(&mut self, mut text: &str, mut range: Range<usize>) {
        let rendered = self.page.rendered;
        if text.len() != range.len() {
            return self.push_instead(text, range);
        }
        while !range.is_empty() {
            let source = rendered.first_source(range.clone());
            let (part, rest) = text.split_at(source.len());
            let style = self.style_at(source.start);
            self.content.text.push(part, source, style);
            text = rest;
            range.start += part.len();
        }
    }

    fn style_at(&self, source: usize) -> Style {
        let style = self.elements.last().map_or(self.style, |element| self.style.with(element.style));
        let raws = &self.page.liquid.raws;
        let after = raws.partition_point(|raw| raw.range().start <= source);
        let is_raw = after > 0 && source < raws[after - 1].range().end;
        if is_raw { style.with(Style::RAW) } else { style }
    }
}
