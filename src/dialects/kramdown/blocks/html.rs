//! HTML between blocks: elements whose content is Markdown (with `parse_block_html`), text or HTML.

use super::{BlockParser, Child, Content, Scope};
use crate::dialects::html;
use crate::dialects::html::RawTag;
use crate::dialects::kramdown::lines::Line;
use crate::guide::elements::Model;
use crate::guide::{BlockKind, TagKind};

impl BlockParser<'_> {
    /// A tag or comment at the start of a line, unless it is that of an element within text.
    pub(super) fn html(&mut self, scope: &mut Scope, line: Line) -> bool {
        let Some(rest) = line.after_spaces(self.text, 3).filter(|rest| rest.starts_with('<')) else { return false };
        let start = line.end - rest.len();
        let limit = &self.text[..scope.end()];
        if rest.starts_with("<!--") {
            return line.pad == 0 && start == line.start && self.comment(scope, start);
        }
        let Some(tag) = html::KRAMDOWN.tag_at(limit, start).filter(|tag| !tag.element.is_span()) else { return false };
        if tag.kind != TagKind::Close {
            self.element(scope, tag);
            return true;
        }
        let closed = scope.close_element(&tag.name);
        if closed {
            scope.advance_to(tag.range.end);
            scope.skip_line_end(self.text);
            self.found.tags.push(tag);
        }
        closed
    }

    fn comment(&mut self, scope: &mut Scope, start: usize) -> bool {
        let text = &self.text[..scope.end()];
        let Some(end) = (!scope.sought.unclosed_comment).then(|| html::comment_end(text, start)).flatten() else {
            scope.sought.unclosed_comment = true;
            return false;
        };
        self.found.comments.push(start..end);
        scope.advance_to(end);
        scope.skip_line_end(self.text);
        scope.children.push(Child::Html);
        true
    }

    /// kramdown's `handle_kramdown_html_tag`.
    fn element(&mut self, scope: &mut Scope, tag: RawTag) {
        scope.attributes = None;
        if tag.kind == TagKind::Empty {
            scope.advance_to(tag.range.end);
            self.found.tags.push(tag);
            scope.children.push(Child::Html);
        } else if matches!(tag.name.as_str(), "script" | "style") {
            self.script(scope, tag);
        } else {
            let default = if self.found.options.parse_block_html { tag.element.model() } else { Model::Raw };
            match self.model(&tag, default) {
                Model::Block => self.open_element(scope, tag),
                Model::Span => self.text_element(scope, tag),
                Model::Raw => self.raw_element(scope, tag),
            }
        }
    }

    /// How an element's content is read, unless its attribute `markdown` says nothing.
    pub(super) fn model(&self, tag: &RawTag, default: Model) -> Model {
        match tag.value(self.text, "markdown").map(|value| &self.text[value]) {
            Some("1") => tag.element.model(),
            Some("span") => Model::Span,
            Some("block") => Model::Block,
            Some("0") => Model::Raw,
            _ => default,
        }
    }

    /// Starts reading the blocks in an element.
    pub(super) fn open_element(&mut self, scope: &mut Scope, tag: RawTag) {
        scope.advance_to(tag.range.end);
        scope.skip_line_end(self.text);
        scope.open_element(&tag.name);
        self.found.tags.push(tag);
    }

    /// An element that holds text, such as `<p>`.
    fn text_element(&mut self, scope: &mut Scope, tag: RawTag) {
        let end = self.element_with_text(scope, tag);
        self.leave(scope, end);
    }

    /// Reads an element that holds text, and returns where it ends.
    pub(super) fn element_with_text(&mut self, scope: &Scope, tag: RawTag) -> usize {
        let limit = scope.end();
        let close = html::closing_tag(&self.text[..limit], tag.range.end, &tag.name);
        let content = tag.range.end..close.as_ref().map_or(limit, |close| close.start);
        let end = close.as_ref().map_or(limit, |close| close.end);
        if close.is_none() {
            self.swallow(tag.range.start, limit);
        }
        let lines = scope.lines_until(content.start, content.end);
        self.found.tags.push(tag);
        let is_text = |line: &&Line| !line.is_blank(self.text);
        if let Some((first, last)) = lines.iter().find(is_text).zip(lines.iter().rfind(is_text)) {
            let range = first.trimmed(self.text).start..last.end;
            let body = Content::Text(self.keep(lines));
            let in_html = std::mem::replace(&mut self.in_html, true);
            self.push(scope.parent, BlockKind::Paragraph, range, body);
            self.in_html = in_html;
        }
        if let Some(close) = close.and_then(|close| html::KRAMDOWN.tag_at(self.text, close.start)) {
            self.found.tags.push(close);
        }
        end
    }

    /// A script or style sheet, which is not read.
    fn script(&mut self, scope: &mut Scope, tag: RawTag) {
        let limit = scope.end();
        let close = html::closing_tag(&self.text[..limit], tag.range.end, &tag.name);
        if close.is_none() {
            self.swallow(tag.range.start, limit);
        }
        let end = close.as_ref().map_or(limit, |close| close.end);
        self.push(scope.parent, BlockKind::Html, tag.range.start..end, Content::None);
        self.found.tags.push(tag);
        if let Some(close) = close.and_then(|close| html::KRAMDOWN.tag_at(self.text, close.start)) {
            self.found.tags.push(close);
        }
        scope.children.push(Child::Html);
        scope.advance_to(end);
    }

    pub(super) fn leave(&self, scope: &mut Scope, end: usize) {
        scope.children.push(Child::Html);
        scope.advance_to(end);
        scope.skip_line_end(self.text);
    }

    /// Notes the first element whose end is missing.
    pub(super) fn swallow(&mut self, start: usize, end: usize) {
        if self.found.swallowed.is_none() {
            self.found.swallowed = Some(start..end);
        }
    }
}
