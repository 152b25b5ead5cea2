//! HTML whose content is HTML to kramdown: elements that it does not know, and all without `parse_block_html`. An
//! element inside may say that its own content is Markdown.

use std::ops::Range;

use super::{BlockParser, Content, HtmlPart, Scope};
use crate::dialects::html;
use crate::dialects::html::RawTag;
use crate::guide::elements::Model;
use crate::guide::{BlockKind, TagKind};

/// An element of HTML while it is being read.
struct Raw {
    open: Vec<String>,
    /// What was read since the last block of Markdown, and where that begins.
    parts: Vec<HtmlPart>,
    start: usize,
    /// How far the page is read.
    at: usize,
    /// Whether the end of a comment or processing instruction was sought in vain.
    unclosed: [bool; 2],
}

impl BlockParser<'_> {
    /// kramdown's `parse_raw_html`, from an opening tag on.
    pub(super) fn raw_element(&mut self, scope: &mut Scope, tag: RawTag) {
        let start = tag.range.start;
        let mut raw = Raw { open: Vec::new(), parts: Vec::new(), start, at: start, unclosed: [false; 2] };
        self.open_raw(scope, &mut raw, tag);
        while !raw.open.is_empty() {
            let limit = scope.end();
            let Some(next) = memchr::memchr(b'<', &self.text.as_bytes()[raw.at.min(limit)..limit]) else {
                Self::raw_text(scope, &mut raw, limit);
                self.swallow(start, limit);
                break;
            };
            let next = raw.at + next;
            Self::raw_text(scope, &mut raw, next);
            self.raw_markup(scope, &mut raw);
        }
        self.end_part(scope, &mut raw);
        let end = raw.at;
        self.leave(scope, end);
    }

    /// Adds the text up to `end`.
    fn raw_text(scope: &mut Scope, raw: &mut Raw, end: usize) {
        let lines = scope.lines_until(raw.at, end);
        raw.parts.extend(lines.into_iter().map(HtmlPart::Text));
        raw.go_to(scope, end);
    }

    /// What begins with the `<` here.
    fn raw_markup(&mut self, scope: &mut Scope, raw: &mut Raw) {
        let limit = &self.text[..scope.end()];
        if let Some((range, is_comment)) = raw.hidden(limit) {
            if is_comment {
                self.found.comments.push(range.clone());
            }
            return raw.go_to(scope, range.end);
        }
        match html::KRAMDOWN.tag_at(limit, raw.at) {
            Some(tag) if tag.kind == TagKind::Close => {
                let closes = raw.open.last() == Some(&tag.name);
                let range = tag.range.clone();
                self.found.tags.push(tag);
                if closes {
                    raw.open.pop();
                    raw.parts.push(HtmlPart::Tag(self.found.tags.len() - 1));
                    raw.go_to(scope, range.end);
                } else {
                    self.found.printed_tags.push(range.clone());
                    Self::raw_text(scope, raw, range.end);
                }
            }
            Some(tag) => self.open_raw(scope, raw, tag),
            None => {
                self.found.printed_tags.extend(html::printed_tag_at(limit, raw.at));
                if let Some(tag) = html::broken_tag_at(limit, raw.at) {
                    self.found.tags.push(tag);
                }
                let end = raw.at + 1;
                Self::raw_text(scope, raw, end);
            }
        }
    }

    /// An opening tag, or one that is an element.
    fn open_raw(&mut self, scope: &mut Scope, raw: &mut Raw, tag: RawTag) {
        let (range, name) = (tag.range.clone(), tag.name.clone());
        let is_script = matches!(name.as_str(), "script" | "style");
        let model = if tag.kind == TagKind::Empty || is_script { Model::Raw } else { self.model(&tag, Model::Raw) };
        let has_content = tag.kind == TagKind::Open && !is_script;
        match model {
            Model::Raw => {
                self.found.tags.push(tag);
                raw.parts.push(HtmlPart::Tag(self.found.tags.len() - 1));
                raw.go_to(scope, range.end);
                if has_content {
                    raw.open.push(name);
                } else if is_script {
                    self.raw_script(scope, raw, &name);
                }
            }
            Model::Span => {
                self.end_part(scope, raw);
                let end = self.element_with_text(scope, tag);
                raw.go_to(scope, end);
            }
            Model::Block => {
                self.end_part(scope, raw);
                self.open_element(scope, tag);
                self.blocks_in_element(scope);
                raw.at = scope.offset();
            }
        }
        if raw.parts.is_empty() {
            raw.start = raw.at;
        }
    }

    /// The content of a script or style sheet, which is not read.
    fn raw_script(&mut self, scope: &mut Scope, raw: &mut Raw, name: &str) {
        let limit = scope.end();
        let close = html::closing_tag(&self.text[..limit], raw.at, name);
        let close = close.and_then(|close| html::KRAMDOWN.tag_at(&self.text[..limit], close.start));
        let end = close.as_ref().map_or(limit, |close| close.range.end);
        if let Some(close) = close {
            self.found.tags.push(close);
            raw.parts.push(HtmlPart::Tag(self.found.tags.len() - 1));
        }
        raw.go_to(scope, end);
    }

    /// Makes a block of what was read.
    fn end_part(&mut self, scope: &Scope, raw: &mut Raw) {
        let parts = std::mem::take(&mut raw.parts);
        if !parts.is_empty() {
            let parts = self.keep_parts(parts);
            self.push(scope.parent, BlockKind::Html, raw.start..raw.at, Content::Html(parts));
        }
        raw.start = raw.at;
    }

    /// Keeps parts that are published as they are.
    pub(super) fn keep_parts(&mut self, parts: impl IntoIterator<Item = HtmlPart>) -> Range<u32> {
        let start = self.found.html.len() as u32;
        self.found.html.extend(parts);
        start..self.found.html.len() as u32
    }
}

impl Raw {
    fn go_to(&mut self, scope: &mut Scope, end: usize) {
        self.at = end;
        scope.advance_to(end);
    }

    /// The comment or processing instruction that begins here, and whether it is a comment.
    fn hidden(&mut self, text: &str) -> Option<(Range<usize>, bool)> {
        let rest = &text[self.at..];
        let is_comment = rest.starts_with("<!--");
        let known = &mut self.unclosed[usize::from(is_comment)];
        if *known || !is_comment && !rest.starts_with("<?") {
            return None;
        }
        let end = if is_comment {
            html::comment_end(text, self.at)
        } else {
            memchr::memmem::find(&rest.as_bytes()[2..], b"?>").map(|length| self.at + 2 + length + 2)
        };
        *known = end.is_none();
        end.map(|end| (self.at..end, is_comment))
    }
}
