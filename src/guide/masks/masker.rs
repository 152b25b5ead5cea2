//! Goes through one block's text from left to right and masks what the CommonMark parser shall not read.

use std::ops::Range;

use super::{Atom, AtomKind, Document, FILLER, TARGET};
use crate::guide::blocks::Blocks;
use crate::guide::byte_set::ByteSet;
use crate::guide::elements::Model;
use crate::guide::html::{self, RawAttribute, RawTag};
use crate::guide::lines::{attribute_list_end, is_blank_byte, leading_blanks};
use crate::guide::{TagKind, code};

/// The longest target that is looked for, in bytes: keeps `[](` a million times over from taking forever.
const MAX_TARGET: usize = 4096;

/// The characters that a backslash protects (`ESCAPED_CHARS_GFM`).
const ESCAPABLE: &[u8] = b"\\.*_+`<>()[]{}#!:|\"'$=-~";

/// What a mask may begin at.
const MARKS: ByteSet = ByteSet::of(b"<\\`~{[]");

pub(super) struct Masker<'a> {
    document: &'a mut Document,
    masked: &'a mut Vec<u8>,
    blocks: &'a Blocks,
    start: usize,
    at: usize,
    end: usize,
    /// The elements that are open, and whether what stands in them is not read as Markdown.
    open: Vec<(String, bool)>,
    raw: bool,
    in_html: bool,
    brackets: usize,
    unclosed_comment: bool,
}

impl<'a> Masker<'a> {
    pub(super) fn new(
        document: &'a mut Document,
        masked: &'a mut Vec<u8>,
        blocks: &'a Blocks,
        range: Range<usize>,
        raw: bool,
        in_html: bool,
    ) -> Self {
        let filler = usize::from(document.original.as_bytes()[range.start] == FILLER);
        let start = range.start + filler;
        Self {
            document,
            masked,
            blocks,
            start,
            at: start,
            end: range.end,
            open: Vec::new(),
            raw,
            in_html,
            brackets: 0,
            unclosed_comment: false,
        }
    }

    /// Hides the `[ ]` or `[x]` of a task, which kramdown replaces by a check box.
    pub(super) fn check_box(&mut self) {
        if let [b'[', b' ' | b'x' | b'X', b']', b' ', ..] = self.text().as_bytes()[self.at..] {
            self.atom(self.at + 3, AtomKind::Hidden);
        }
    }

    pub(super) fn run(&mut self) {
        while self.at < self.end {
            let byte = self.document.original.as_bytes()[self.at];
            match byte {
                b'<' => self.angle(),
                _ if self.raw || self.open.last().is_some_and(|(_, raw)| *raw) => {
                    // Character references are read even in raw HTML.
                    if byte.is_ascii_punctuation() && !matches!(byte, b'&' | b'#' | b';') {
                        self.literal(self.at + 1);
                    } else {
                        self.at += 1;
                    }
                }
                b'\\' => self.backslash(),
                b'`' => self.backticks(),
                b'~' => self.tildes(),
                b'{' => self.brace(),
                b'[' => self.bracket(),
                b']' => self.closing_bracket(),
                _ => {
                    let rest = &self.document.original.as_bytes()[self.at..self.end];
                    self.at += MARKS.find(rest).unwrap_or(rest.len());
                }
            }
        }
    }

    fn text(&self) -> &str {
        &self.document.original[..self.end]
    }

    fn starts_with(&self, start: &str) -> bool {
        self.text()[self.at..].starts_with(start)
    }

    fn byte_at(&self, at: usize) -> Option<u8> {
        self.text().as_bytes().get(at).copied()
    }

    /// Masks what is shown as it is written; line endings stay.
    fn literal(&mut self, end: usize) {
        for byte in &mut self.masked[self.at..end] {
            if !is_blank_byte(*byte) {
                *byte = FILLER;
            }
        }
        self.at = end;
    }

    /// Masks all of what is an atom.
    fn atom(&mut self, end: usize, kind: AtomKind) {
        self.masked[self.at..end].fill(FILLER);
        self.document.atoms.push(Atom { range: self.at..end, kind });
        self.at = end;
    }

    /// kramdown has no escape for `,` and the like; a backslash at the end of a line breaks it, but not in
    /// HTML elements.
    fn backslash(&mut self) {
        match self.byte_at(self.at + 1) {
            Some(b'\\') if self.byte_at(self.at + 2) == Some(b'\n') => {
                self.masked[self.at..self.at + 2].fill(b' ');
                self.at += 2;
            }
            Some(byte) if ESCAPABLE.contains(&byte) => self.at += 2,
            Some(b'\n') if !self.in_html => self.at += 1,
            _ => self.literal(self.at + 1),
        }
    }

    fn backticks(&mut self) {
        let text = &self.document.original[self.start..self.end];
        match code::code_span(text, self.at - self.start) {
            Some((whole, content)) => {
                let content = self.start + content.start..self.start + content.end;
                self.atom(self.start + whole.end, AtomKind::Code(content));
            }
            None => self.literal(self.at + code::run(self.text().as_bytes(), self.at)),
        }
    }

    /// Only two tildes strike out.
    fn tildes(&mut self) {
        let run = self.text().as_bytes()[self.at..].iter().take_while(|byte| **byte == b'~').count();
        if run == 2 {
            self.at += 2;
        } else {
            self.literal(self.at + run);
        }
    }

    /// `{: .class}` behind an element, `{::comment}...{:/}`.
    fn brace(&mut self) {
        let behind_element = self.document.atoms.last().is_some_and(|atom| atom.range.end == self.at)
            || self.at > self.start && b")]*_>~}".contains(&self.text().as_bytes()[self.at - 1]);
        let inner = &self.text()[self.at + 1..];
        let end = if let Some(inner) = inner.strip_prefix("::") {
            extension_end(inner).map(|length| self.at + 3 + length)
        } else {
            let list = inner.strip_prefix(':').filter(|_| behind_element);
            list.and_then(attribute_list_end).filter(|length| *length > 0).map(|length| self.at + 2 + length + 1)
        };
        match end {
            Some(end) => self.atom(end, AtomKind::Hidden),
            None => self.at += 1,
        }
    }

    /// `[^note]` is a mark that leads to a footnote; other brackets may start a link.
    fn bracket(&mut self) {
        let note = self.text()[self.at..].strip_prefix("[^").and_then(|rest| rest.split_once(']'));
        if let Some((label, _)) = note.filter(|(label, _)| self.blocks.footnotes.contains(*label)) {
            let end = self.at + label.len() + 3;
            self.atom(end, AtomKind::Hidden);
        } else {
            self.brackets += 1;
            self.at += 1;
        }
    }

    /// The target behind `](` is no text. kramdown takes it as it is, with blanks and all.
    fn closing_bracket(&mut self) {
        let is_link = self.brackets > 0 && self.starts_with("](");
        self.brackets = self.brackets.saturating_sub(1);
        let found = if is_link { self.target(self.at + 2) } else { None };
        let Some((target, end)) = found else {
            self.at += 1;
            return;
        };
        let text = &self.document.original[target.clone()];
        let start = target.start + leading_blanks(text);
        let target = start..start + text.trim().len();
        self.masked[target.clone()].fill(TARGET);
        self.document.targets.push((end, target));
        self.at = end;
    }

    /// kramdown's way to the end of `(target "title")`, from behind the parenthesis on.
    fn target(&self, start: usize) -> Option<(Range<usize>, usize)> {
        let text = self.text();
        if text[start..].starts_with('<') {
            let close = start + text[start..].find(['>', '\n'])?;
            let behind = close + 1;
            let end = if text.get(behind..)?.starts_with(')') { behind + 1 } else { title_end(text, behind)? };
            return Some((start + 1..close, end));
        }
        let bytes = text.as_bytes();
        let mut depth = 1;
        for at in start..bytes.len().min(start + MAX_TARGET) {
            match bytes[at] {
                b'(' => depth += 1,
                b')' if depth == 1 => return Some((start..at, at + 1)),
                b')' => depth -= 1,
                byte if is_blank_byte(byte) && matches!(bytes.get(at + 1), Some(b'"' | b'\'')) => {
                    return Some((start..at, title_end(text, at)?));
                }
                _ => {}
            }
        }
        None
    }

    fn angle(&mut self) {
        if self.starts_with("<!--") && !self.unclosed_comment {
            if let Some(end) = html::comment_end(self.text(), self.at) {
                let range = self.document.rendered(self.at..end);
                self.document.comments.push(range);
                return self.atom(end, AtomKind::Hidden);
            }
            self.unclosed_comment = true;
        }
        if let Some(tag) = html::tag_at(self.text(), self.at) {
            return self.tag(tag);
        }
        if let Some(end) = autolink_end(self.text(), self.at) {
            self.at = end;
            return;
        }
        if let Some(tag) = html::broken_tag_at(self.text(), self.at) {
            self.keep(tag);
        }
        self.literal(self.at + 1);
    }

    fn tag(&mut self, tag: RawTag) {
        let raw = self.raw || self.open.last().is_some_and(|(_, raw)| *raw);
        let (end, kind, element, name) = (tag.range.end, tag.kind, tag.element, tag.name.clone());
        let index = self.keep(tag);
        match kind {
            TagKind::Close => {
                if self.open.pop_if(|(open, _)| *open == name).is_none() {
                    return self.literal(end);
                }
            }
            _ if !raw && element.is_block() => return self.literal(end),
            TagKind::Open => {
                let raw = raw || element.model() == Model::Raw;
                self.open.push((name.clone(), raw));
            }
            TagKind::Empty => {}
        }
        self.atom(end, AtomKind::Tag(index));
        if kind == TagKind::Open && matches!(name.as_str(), "script" | "style") {
            let close = html::closing_tag(self.text(), self.at, &name).map_or(self.end, |close| close.start);
            if close > self.at {
                self.atom(close, AtomKind::Hidden);
            }
        }
    }

    /// Remembers a tag, in offsets of the rendered text.
    fn keep(&mut self, tag: RawTag) -> usize {
        let document = &mut *self.document;
        let attributes = tag.attributes.iter().map(|attribute| RawAttribute {
            name: document.rendered(attribute.name.clone()),
            value: attribute.value.clone().map(|value| document.rendered(value)),
        });
        let attributes = attributes.collect();
        let range = document.rendered(tag.range.clone());
        document.tags.push(RawTag { range, attributes, ..tag });
        document.tags.len() - 1
    }
}

/// Behind `{::`: the end of an extension that shows nothing (`options`, `comment`).
fn extension_end(inner: &str) -> Option<usize> {
    let close = attribute_list_end(inner)?;
    let name = inner[..close].split([' ', '\t', '/']).next().unwrap_or_default();
    if inner[..close].ends_with('/') {
        return matches!(name, "options" | "comment" | "nomarkdown").then_some(close + 1);
    }
    let stop = inner[close + 1..].find("{:/").filter(|_| name == "comment")? + close + 1;
    inner[stop..].find('}').map(|length| stop + length + 1)
}

/// The end of `"title")`, from the blank before it on.
fn title_end(text: &str, start: usize) -> Option<usize> {
    let open = start + leading_blanks(&text[start..]);
    let quote = *text.as_bytes().get(open).filter(|quote| matches!(quote, b'"' | b'\''))?;
    let limit = text.len().min(open + MAX_TARGET);
    memchr::memchr_iter(quote, &text.as_bytes()[open + 1..limit]).map(|at| open + 1 + at).find_map(|close| {
        let end = close + 1 + leading_blanks(&text[close + 1..]);
        (close > open + 1 && text[end..].starts_with(')')).then_some(end + 1)
    })
}

/// The end of `<https://...>` or `<name@host>`.
fn autolink_end(text: &str, start: usize) -> Option<usize> {
    let line = text[start + 1..].split('\n').next()?;
    let (inner, _) = line.split_once('>')?;
    let has_scheme = ["mailto:", "http:", "https:", "ftp:", "ftps:"].iter().any(|scheme| inner.starts_with(scheme));
    let is_mail = || {
        let part = |part: &str| !part.is_empty() && part.chars().all(|c| c.is_alphanumeric() || "-_.".contains(c));
        inner.split_once('@').is_some_and(|(name, host)| part(name) && part(host))
    };
    (has_scheme || is_mail()).then_some(start + 1 + inner.len() + 1)
}
