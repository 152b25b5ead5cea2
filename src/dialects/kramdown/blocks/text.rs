//! Paragraphs, headings, quotes, code and rules.

use std::ops::Range;

use super::{BlockParser, Blocks, Child, Content, HeadingDraft, MAX_DEPTH, Scope};
use crate::dialects::kramdown::lines::{Line, is_blank_byte, leading_blanks, trim_end};
use crate::guide::{BlockId, BlockKind};

impl BlockParser<'_> {
    /// Lines that are nothing else. A paragraph goes on where the one before it ended.
    pub(super) fn paragraph(&mut self, scope: &mut Scope, first: Line) {
        let more =
            scope.rest()[1..].iter().take_while(|line| !line.ends_paragraph(self.text, &self.found.options)).count();
        let before = scope.children.last().copied();
        let lines = scope.take(1 + more);
        let end = lines.last().map_or(first.end, |line| line.end);
        let lines = self.keep(lines.iter().copied());
        let start = first.trimmed(self.text).start;
        if let Some(Child::Block(before)) = before
            && self.found.list[before].kind == BlockKind::Paragraph
            && let Content::Text(kept) = &mut self.found.bodies[before].content
            && kept.end == lines.start
        {
            kept.end = lines.end;
            let more = self.trimmed(start..end);
            self.found.list[before].span.end = more.end;
            return;
        }
        self.add(scope, BlockKind::Paragraph, start..end, Content::Text(lines));
    }

    /// `# Heading`. With GFM's quirks it needs no boundary before it, and `#` at its end a space.
    pub(super) fn heading(&mut self, scope: &mut Scope, line: Line) -> bool {
        let options = &self.found.options;
        let with_quirks = options.gfm && options.paragraph_end;
        let Some(level) = line.heading_level(self.text, options) else { return false };
        let (mut content, id) = self.heading_content(line.from(line.start + level));
        let text = content.text(self.text);
        let bare = text.trim_end_matches('#');
        let closed = if with_quirks { bare.ends_with([' ', '\t']) } else { !bare.ends_with('\\') };
        if bare.len() < text.len() && closed {
            content.end = content.start + trim_end(bare).len();
        }
        if content.text(self.text).is_empty() || !with_quirks && !scope.is_after_boundary() {
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
        let starts = line.after_spaces(self.text, 3).is_some_and(|rest| !rest.starts_with('\t'));
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

    /// The text of a heading and the id after it, `{#id}`.
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
        range: Range<usize>,
        content: Line,
        id: Option<String>,
        level: usize,
        setext: bool,
    ) {
        let attributes = scope.attributes.take().unwrap_or_default();
        let index = self.found.headings.len();
        let body = Content::Text(self.keep([content]));
        let block = self.add(scope, BlockKind::Heading(index), range, body);
        let content = content.start..content.end;
        self.found.headings.push(HeadingDraft { level: level as u8, setext, content, id, attributes, block });
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
        let quote = self.add(scope, BlockKind::Quote, start..end, Content::None);
        self.blocks(&mut scope.inner(inner, Some(quote)));
        true
    }

    fn without_quote_marker(&self, line: Line) -> Line {
        let Some(rest) = line.after_spaces(self.text, 3).and_then(|rest| rest.strip_prefix('>')) else { return line };
        line.from(line.end - rest.strip_prefix(' ').unwrap_or(rest).len())
    }

    /// Lines indented by a tab or four spaces, and those that go on without.
    pub(super) fn indented_code(&mut self, scope: &mut Scope, line: Line) -> bool {
        if line.unindented(self.text).is_none() {
            return false;
        }
        let count = self.indented_lines(scope.rest());
        let lines: Vec<Line> =
            scope.take(count).iter().map(|line| line.unindented(self.text).unwrap_or(*line)).collect();
        let start = line.trimmed(self.text).start;
        let end = lines.last().map_or(line.end, |line| line.end);
        let body = Content::Code(self.keep(lines));
        self.add(scope, BlockKind::Code { language: None }, start..end, body);
        true
    }

    /// `CODEBLOCK_MATCH`: how many of these lines are indented, or go on without.
    pub(super) fn indented_lines(&self, lines: &[Line]) -> usize {
        let is_lazy = |line: &Line| !line.ends_lazily(self.text);
        let is_code = |line: &Line| line.unindented(self.text).is_some() && !line.is_blank(self.text);
        let mut count = 0;
        loop {
            let blank = lines[count..].iter().take_while(|line| line.is_blank(self.text)).count();
            let code = lines[count + blank..].iter().take_while(|line| is_code(line)).count();
            if code == 0 {
                return count;
            }
            count += blank + code;
            count += lines[count..].iter().take_while(|line| is_lazy(line)).count();
        }
    }

    /// Code between two fences. The second one may be shorter if what is left of the first one is part of the word
    /// after it; without the second one, or with two words after the first, it is text.
    pub(super) fn fenced_code(&mut self, scope: &mut Scope, line: Line) -> bool {
        let Some((marks, end)) = line.fence(self.text, &self.found.options) else { return false };
        let start = end - marks;
        let closed_by = |scope: &mut Scope, length: usize| {
            if length < 3 {
                return None;
            }
            let word = self.word_after(start + length, line.end)?;
            Some((self.closing_fence(scope, start..start + length)?, word))
        };
        let closed = closed_by(scope, marks).or_else(|| {
            // Only as part of a word can marks be left over.
            let following = self.text[end..line.end].bytes().next();
            let is_even = self.text[start..end].trim_start_matches(&self.text[start..=start]).is_empty();
            let longest = if following.is_none_or(|byte| !is_blank_byte(byte)) && is_even {
                self.longest_fence(scope)
            } else {
                0
            };
            closed_by(scope, longest.min(marks - 1))
        });
        let Some((inside, word)) = closed else { return false };
        let lines = scope.take(inside + 2).to_vec();
        let start = line.trimmed(self.text).start;
        let language = (!word.is_empty()).then(|| self.page.span(word));
        let body = Content::Code(self.keep(lines[1..=inside].iter().copied()));
        self.add(scope, BlockKind::Code { language }, start..lines[inside + 1].end, body);
        true
    }

    /// How long the fences after this line are at most that may close another one.
    fn longest_fence(&self, scope: &mut Scope) -> usize {
        let closing = |line: &Line| {
            let fence = line.fence(self.text, &self.found.options);
            let (marks, _) = fence.filter(|(_, end)| line.from(*end).is_blank(self.text)).unwrap_or_default();
            marks
        };
        let longest =
            scope.sought.longest_fence.unwrap_or_else(|| scope.rest()[1..].iter().map(closing).max().unwrap_or(0));
        scope.sought.longest_fence = Some(longest);
        longest
    }

    /// The one word between two offsets, or nothing.
    fn word_after(&self, start: usize, end: usize) -> Option<Range<usize>> {
        let info = trim_end(&self.text[start..end]);
        let word = start + leading_blanks(info)..start + info.len();
        let word = if word.start > word.end { start..start } else { word };
        (!self.text[word.clone()].contains([' ', '\t'])).then_some(word)
    }

    /// How many lines are before the fence that closes the one with these marks.
    fn closing_fence(&self, scope: &mut Scope, marks: Range<usize>) -> Option<usize> {
        let marks = &self.text[marks];
        if scope.sought.unclosed_fences.iter().any(|known| known == marks) {
            return None;
        }
        let most = if self.found.options.gfm { 3 } else { 0 };
        let last = char::from(marks.as_bytes()[marks.len() - 1]);
        let closes = |line: &Line| {
            let rest = line.after_spaces(self.text, most).and_then(|rest| rest.strip_prefix(marks));
            rest.is_some_and(|rest| trim_end(rest.trim_start_matches(last)).is_empty())
        };
        let found = scope.rest()[1..].iter().position(closes);
        if found.is_none() {
            scope.sought.unclosed_fences.push(marks.to_owned());
        }
        found
    }

    /// `---`
    pub(super) fn rule(&mut self, scope: &mut Scope, line: Line) -> bool {
        if !line.is_rule(self.text) {
            return false;
        }
        scope.take(1);
        let line = line.trimmed(self.text);
        self.add(scope, BlockKind::Rule, line.start..line.end, Content::None);
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
    /// The lines of a block if it is a paragraph.
    pub(super) fn paragraph_lines(&self, block: BlockId) -> &[Line] {
        match &self.bodies[block].content {
            Content::Text(lines) if self.list[block].kind == BlockKind::Paragraph => self.lines(lines),
            _ => &[],
        }
    }

    /// Lines that were kept.
    pub(in crate::dialects::kramdown) fn lines(&self, range: &Range<u32>) -> &[Line] {
        &self.lines[range.start as usize..range.end as usize]
    }
}

/// An XML name, which kramdown wants for a heading's id.
fn is_id(text: &str) -> bool {
    let mut characters = text.chars();
    characters.next().is_some_and(|c| c.is_alphabetic() || matches!(c, '_' | ':'))
        && characters.all(|c| c.is_alphanumeric() || matches!(c, '_' | ':' | '-' | '.'))
}
