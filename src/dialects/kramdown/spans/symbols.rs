//! What stands for a character: escapes, character references, typographic symbols; line breaks and formulas.

use super::{Event, Parser};
use crate::dialects::kramdown::entities;
use crate::dialects::kramdown::lines::{leading_blanks, trim_end};

/// The characters that a backslash protects (`ESCAPED_CHARS`); the GFM parser has `~` too.
const ESCAPABLE: &[u8] = b"\\.*_+`<>()[]{}#!:|\"'$=-";

/// Whether a backslash protects a character.
pub(super) fn is_escapable(byte: u8) -> bool {
    ESCAPABLE.contains(&byte)
}

impl Parser<'_> {
    /// `parse_escaped_chars`. A backslash at the end of a line breaks it, but not in HTML elements.
    pub(super) fn escape(&mut self) -> bool {
        match self.byte(1) {
            Some(byte) if is_escapable(byte) || byte == b'~' && self.options.gfm => {
                self.at += 1;
                self.push_text(self.at + 1);
                true
            }
            Some(b'\n') if self.options.gfm && !self.options.hard_wrap && !self.is_in_html() => {
                self.push(1, Event::Break)
            }
            _ => false,
        }
    }

    /// Whether the GFM parser breaks no lines here.
    pub(super) fn is_in_html(&self) -> bool {
        self.context.in_html || self.elements > 0
    }

    /// `parse_line_break`: two spaces or two backslashes at the end of a line. With `hard_wrap` each line end is one.
    pub(super) fn line_break(&mut self) -> bool {
        let rest = self.rest();
        if self.options.hard_wrap {
            return rest.starts_with('\n') && !self.is_in_html() && self.push(1, Event::Break);
        }
        (rest.starts_with("  \n") || rest.starts_with("\\\\\n")) && self.push(2, Event::Break)
    }

    /// `parse_html_entity`. Names that kramdown does not know are text.
    pub(super) fn reference(&mut self) -> bool {
        let Some((character, length)) = entities::reference(self.rest()) else { return false };
        if let Some(character) = character {
            return self.push(length, |range| Event::Reference(range, character));
        }
        self.push(1, Event::Mark);
        self.push_text(self.at + length - 1);
        true
    }

    /// `parse_typographic_syms`.
    pub(super) fn typographic(&mut self) -> bool {
        let rest = self.rest();
        let starts = |text: &str| rest.starts_with(text);
        if !self.options.typographic {
            false
        } else if starts("---") || starts("...") {
            self.push(3, Event::Mark)
        } else if starts("--") {
            self.push(2, Event::Mark)
        } else if starts("\\<<") {
            self.push(3, |range| Event::Symbol(range, "<<"))
        } else if starts("\\>>") {
            self.push(3, |range| Event::Symbol(range, ">>"))
        } else if starts("<< ") {
            self.push(3, |range| Event::Symbol(range, "« "))
        } else if starts(" >>") {
            self.push(3, |range| Event::Symbol(range, " »"))
        } else if starts("<<") {
            self.push(2, |range| Event::Symbol(range, "«"))
        } else {
            starts(">>") && self.push(2, |range| Event::Symbol(range, "»"))
        }
    }

    /// `parse_inline_math`.
    pub(super) fn math(&mut self) -> bool {
        let rest = self.rest();
        if self.at >= self.missing.math || !rest.starts_with("$$") {
            return false;
        }
        let Some(length) = memchr::memmem::find(&rest.as_bytes()[2..], b"$$") else {
            self.missing.math = self.at;
            return false;
        };
        let written = trim_end(&rest[2..2 + length]);
        let start = self.at + 2 + leading_blanks(written);
        let content = start..start.max(self.at + 2 + written.len());
        self.push(length + 4, |_| Event::Math(content))
    }
}
