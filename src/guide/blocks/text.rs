//! Paragraphs, headings, quotes, code and rules.

use super::{BlockParser, Blocks, Body, Child, HeadingDraft, MAX_DEPTH, Scope};
use crate::guide::BlockKind;
use crate::guide::lines::{Line, leading_blanks, trim_end};

impl BlockParser<'_> {
    /// Lines that are nothing else. A paragraph goes on where the one before it ended.
    pub(super) fn paragraph(&mut self, scope: &mut Scope, first: Line) {
        let more = scope.rest()[1..].iter().take_while(|line| !line.ends_paragraph(self.text)).count();
        let before = scope.children.last().copied();
        let lines = scope.take(1 + more);
        let end = lines.last().map_or(first.end, |line| line.end);
        let lines = self.keep(lines.iter().copied());
        if let Some(Child::Block(before)) = before
            && let Some(draft) = self.found.drafts.get_mut(before)
            && draft.kind == BlockKind::Paragraph
            && let Body::Text(kept) = &mut draft.body
            && kept.end == lines.start
        {
            kept.end = lines.end;
            draft.range.end = trim_end(&self.text[..end]).len();
            return;
        }
        let start = first.trimmed(self.text).start;
        self.add(scope, BlockKind::Paragraph, start..end, Body::Text(lines));
    }

    /// `# Heading`; the GFM parser wants no boundary before it.
    pub(super) fn heading(&mut self, scope: &mut Scope, line: Line) -> bool {
        let Some(level) = line.heading_level(self.text) else { return false };
        let (mut content, id) = self.heading_content(line.from(line.start + level));
        let text = content.text(self.text);
        let bare = trim_end(text.trim_end_matches('#'));
        let closed = text.ends_with('#') && text[..text.trim_end_matches('#').len()].ends_with([' ', '\t']);
        if closed {
            content.end = content.start + bare.len();
        }
        if content.text(self.text).is_empty() {
            return false;
        }
        scope.take(1);
        self.add_heading(scope, line.start..line.end, content, id, level, false);
        true
    }

    /// A line underlined with `---` or `===`.
    pub(super) fn underlined_heading(&mut self, scope: &mut Scope, line: Line) -> bool {
        let Some(below) = scope.rest().get(1).filter(|_| scope.is_after_boundary()) else { return false };
        let underline = below.text(self.text);
        let Some(mark) = underline.bytes().next().filter(|mark| matches!(mark, b'-' | b'=')) else { return false };
        let underlined = trim_end(underline).trim_matches(['-', '=']).is_empty();
        let starts = line.behind_spaces(self.text, 3).is_some_and(|rest| !rest.starts_with('\t'));
        if !underlined || !starts || below.pad > 0 {
            return false;
        }
        let (content, id) = self.heading_content(line);
        if content.text(self.text).is_empty() {
            return false;
        }
        let range = content.start..below.end;
        scope.take(2);
        self.add_heading(scope, range, content, id, if mark == b'-' { 2 } else { 1 }, true);
        true
    }

    /// The text of a heading and the id behind it, `{#id}`.
    fn heading_content(&self, line: Line) -> (Line, Option<String>) {
        let mut content = line.trimmed(self.text);
        let text = content.text(self.text);
        let written = text.strip_suffix('}').and_then(|rest| rest.rsplit_once("{#"));
        let Some((before, id)) = written.filter(|(before, id)| before.ends_with([' ', '\t']) && is_id(id)) else {
            return (content, None);
        };
        content.end = content.start + trim_end(before).len();
        (content, Some(id.to_owned()))
    }

    fn add_heading(
        &mut self,
        scope: &mut Scope,
        range: std::ops::Range<usize>,
        content: Line,
        id: Option<String>,
        level: usize,
        setext: bool,
    ) {
        let id = id.or(scope.attributes.take().and_then(|list| list.id));
        let index = self.found.headings.len();
        let body = Body::Text(self.keep([content]));
        let block = self.add(scope, BlockKind::Heading(index), range, body);
        let content = content.start..content.end;
        self.found.headings.push(HeadingDraft { level: level as u8, setext, content, id, block });
    }

    /// `> quote`, up to a blank line or a tag.
    pub(super) fn quote(&mut self, scope: &mut Scope, line: Line) -> bool {
        if !line.is_quote(self.text) || scope.depth >= MAX_DEPTH {
            return false;
        }
        let more = scope.rest()[1..].iter().take_while(|line| !line.ends_lazily(self.text)).count();
        let lines = scope.take(1 + more);
        let start = line.trimmed(self.text).start;
        let end = lines.last().map_or(line.end, |line| line.end);
        let inner: Vec<Line> = lines.iter().map(|line| self.without_quote_marker(*line)).collect();
        let quote = self.add(scope, BlockKind::Quote, start..end, Body::None);
        self.blocks(&mut scope.inner(inner, Some(quote)));
        true
    }

    fn without_quote_marker(&self, line: Line) -> Line {
        let Some(rest) = line.behind_spaces(self.text, 3).and_then(|rest| rest.strip_prefix('>')) else { return line };
        line.from(line.end - rest.strip_prefix(' ').unwrap_or(rest).len())
    }

    /// Lines indented by a tab or four spaces, and those that go on without.
    pub(super) fn indented_code(&mut self, scope: &mut Scope, line: Line) -> bool {
        if line.unindented(self.text).is_none() {
            return false;
        }
        let rest = scope.rest();
        let is_lazy = |line: &Line| !line.ends_lazily(self.text);
        let is_code = |line: &Line| line.unindented(self.text).is_some() && !line.is_blank(self.text);
        let mut count = 0;
        loop {
            let blank = rest[count..].iter().take_while(|line| line.is_blank(self.text)).count();
            let code = rest[count + blank..].iter().take_while(|line| is_code(line)).count();
            if code == 0 {
                break;
            }
            count += blank + code;
            count += rest[count..].iter().take_while(|line| is_lazy(line)).count();
        }
        let lines: Vec<Line> =
            scope.take(count).iter().map(|line| line.unindented(self.text).unwrap_or(*line)).collect();
        let start = line.trimmed(self.text).start;
        let end = lines.last().map_or(line.end, |line| line.end);
        let body = Body::Code(self.keep(lines));
        self.add(scope, BlockKind::Code { language: None }, start..end, body);
        true
    }

    /// Code between two fences. Without the second one, or with two words behind the first, it is text.
    pub(super) fn fenced_code(&mut self, scope: &mut Scope, line: Line) -> bool {
        let Some((mark, length, end)) = line.fence(self.text) else { return false };
        let info = trim_end(&self.text[end..line.end]);
        let word = end + leading_blanks(info)..end + info.len();
        let sought = scope.unclosed_fence.is_some_and(|(known, least)| known == mark && least <= length);
        if sought || self.text[word.clone()].contains([' ', '\t']) {
            return false;
        }
        let closes = |line: &Line| {
            let fence = line.fence(self.text).filter(|(other, _, _)| *other == mark);
            fence.is_some_and(|(_, other, end)| other >= length && trim_end(&self.text[end..line.end]).is_empty())
        };
        let Some(inside) = scope.rest()[1..].iter().position(closes) else {
            scope.unclosed_fence = Some((mark, length));
            return false;
        };
        let lines = scope.take(inside + 2).to_vec();
        let start = line.trimmed(self.text).start;
        let language = (!word.is_empty()).then(|| self.page.span(word));
        let body = Body::Code(self.keep(lines[1..=inside].iter().copied()));
        self.add(scope, BlockKind::Code { language }, start..lines[inside + 1].end, body);
        true
    }

    /// `---`
    pub(super) fn rule(&mut self, scope: &mut Scope, line: Line) -> bool {
        if !line.is_rule(self.text) {
            return false;
        }
        scope.take(1);
        let line = line.trimmed(self.text);
        self.add(scope, BlockKind::Rule, line.start..line.end, Body::None);
        true
    }

    /// `^`
    pub(super) fn boundary_marker(&mut self, scope: &mut Scope, line: Line) -> bool {
        let found = line.is_boundary_marker(self.text);
        if found {
            scope.take(1);
            scope.children.push(Child::Boundary);
        }
        found
    }
}

impl Blocks {
    /// The lines of a paragraph.
    pub(super) fn paragraph_lines(&self, block: &super::Draft) -> &[Line] {
        match &block.body {
            Body::Text(lines) if block.kind == BlockKind::Paragraph => &self.lines[lines.clone()],
            _ => &[],
        }
    }
}

/// An XML name, which kramdown wants for a heading's id.
fn is_id(text: &str) -> bool {
    let mut characters = text.chars();
    characters.next().is_some_and(|c| c.is_alphabetic() || matches!(c, '_' | ':'))
        && characters.all(|c| c.is_alphanumeric() || matches!(c, '_' | ':' | '-' | '.'))
}
