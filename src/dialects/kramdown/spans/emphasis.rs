//! Emphasis, and struck out text.

use super::{Event, Level, Parser, Parsers, Stop, Tree};
use crate::dialects::kramdown::lines::is_blank_byte;

impl Parser<'_> {
    /// `parse_emphasis`. One mark is emphasis, two are strong; neither is in itself, and `_` not after letters.
    pub(super) fn emphasis(&mut self) -> bool {
        let saved = self.save();
        let mark = self.byte(0).unwrap_or_default();
        let length = if self.byte(1) == Some(mark) { 2 } else { 1 };
        let tree = if length == 2 { Tree::Strong } else { Tree::Emphasis };
        let is_text = mark == b'_' && self.is_after_letters()
            || self.byte(length).is_some_and(is_blank_byte)
            || self.is_within(tree)
            || self.is_spent();
        if !is_text {
            if self.emphasised(mark, length, tree) {
                return true;
            }
            if length == 2 && self.level.tree != Tree::Emphasis && self.emphasised(mark, 1, Tree::Emphasis) {
                return true;
            }
        }
        self.push_text(saved.at + length);
        true
    }

    /// Reads the text between so many marks, if they are closed.
    fn emphasised(&mut self, mark: u8, length: usize, tree: Tree) -> bool {
        let saved = self.save();
        let start = self.at;
        let missing = usize::from(mark == b'_');
        if start >= self.missing.marks[missing] {
            return false;
        }
        self.at += length;
        if memchr::memchr(mark, self.rest().as_bytes()).is_none() {
            self.missing.marks[missing] = start;
            self.at = start;
            return false;
        }
        self.found.events.push(Event::Emphasis(start..start, length));
        if !self.inside(tree, Parsers::All, &mut Stop::Marks { mark, length }) {
            self.go_back(saved);
            return false;
        }
        self.at += length;
        self.found.events[saved.events] = Event::Emphasis(start..self.at, length);
        self.found.events.push(Event::End);
        true
    }

    /// Whether the marks here end what they began.
    pub(super) fn ends_emphasis(&self, mark: u8, length: usize) -> bool {
        let run = self.rest().bytes().take(3).take_while(|byte| *byte == mark).count();
        let is_other = run < length || length == 1 && run == 2;
        let after_space = self.at > self.start && is_blank_byte(self.text.as_bytes()[self.at - 1]);
        if is_other || after_space || self.found.events.len() == self.level.events {
            return false;
        }
        mark != b'_' || !self.rest()[length..].starts_with(char::is_alphanumeric)
    }

    /// Whether letters are before, or letters and a hyphen.
    fn is_after_letters(&self) -> bool {
        let before = &self.text[self.start..self.at];
        before.strip_suffix('-').unwrap_or(before).ends_with(char::is_alphabetic)
    }

    /// `~~text~~`, of the GFM parser. Its content is read as a separate text.
    pub(super) fn strikethrough(&mut self) -> bool {
        let Some(end) = self.struck_out() else { return false };
        let outer = (self.start, self.end, self.missing, self.around);
        let level = self.level;
        self.found.events.push(Event::Hidden);
        (self.start, self.at, self.end, self.around) = (self.at + 2, self.at + 2, end, 0);
        self.level = Level { tree: Tree::Text, images: 0, events: self.found.events.len(), ..level };
        (self.depth, self.elements) = (self.depth + 1, self.elements + 1);
        self.spans(&mut Stop::End);
        (self.depth, self.elements) = (self.depth - 1, self.elements - 1);
        (self.start, self.end, self.missing, self.around) = outer;
        self.level = level;
        self.at = end + 2;
        self.found.events.push(Event::Hidden);
        true
    }

    /// Where the tildes are that close those here.
    fn struck_out(&mut self) -> Option<usize> {
        let rest = self.rest();
        if !self.options.gfm || self.at >= self.missing.strikethrough || self.is_spent() {
            return None;
        }
        if rest[2..].starts_with(|c: char| c == '~' || c.is_ascii_whitespace()) {
            return None;
        }
        let bytes = rest.as_bytes();
        let closes = |at: &usize| *at > 2 && bytes[at - 1] != b'~' && !is_blank_byte(bytes[at - 1]);
        let end = memchr::memmem::find_iter(&bytes[2..], b"~~").map(|at| at + 2).find(closes);
        if end.is_none() {
            self.missing.strikethrough = self.at;
        }
        end.map(|end| self.at + end)
    }
}
