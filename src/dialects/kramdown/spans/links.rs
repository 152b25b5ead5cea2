//! Links and images: `[text](target "title")`, `[text][label]`, `[label]`.

use std::ops::Range;

use super::{Event, Parser, Parsers, Place, Stop, Target, Tree};
use crate::dialects::kramdown::blocks::normalise;
use crate::dialects::kramdown::lines::{is_blank_byte, leading_blanks, trim_end};
use crate::dialects::kramdown::spans::symbols::is_escapable;
use crate::guide::LinkForm;

/// Why brackets are not a link.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Lost {
    /// Their label is not defined.
    Label,
    /// The address after them has no end.
    Address,
}

impl Parser<'_> {
    /// `parse_link`. No link is in a link or image; without an end or target the bracket is text.
    pub(super) fn link(&mut self) -> bool {
        let start = self.at;
        let is_image = self.byte(0) == Some(b'!');
        let opening = 1 + usize::from(is_image);
        if self.byte(opening).is_none_or(|next| next == b'^') {
            return false;
        }
        let is_nested = self.is_within(Tree::Link) || self.is_within(Tree::Image);
        if (!is_image && is_nested) || self.is_spent() || !self.linked(opening, is_image) {
            self.push_text(start + opening);
        }
        true
    }

    /// Reads a link or image, if it is one.
    fn linked(&mut self, opening: usize, is_image: bool) -> bool {
        let saved = self.save();
        let start = self.at;
        let Some(text) = self.bracketed(opening, is_image) else {
            self.go_back(saved);
            return false;
        };
        let target = match self.target(start, text.clone()) {
            Ok(target) => target,
            Err(lost) => {
                let range = start..self.at;
                self.go_back(saved);
                let known = self.found.undefined.last().is_some_and(|known| range.end <= known.end);
                if lost == Lost::Label && !known {
                    self.found.undefined.push(range);
                }
                return false;
            }
        };
        if is_image {
            let end = self.at;
            self.go_back(saved);
            self.at = end;
            self.level.images += 1;
            self.found.events.push(Event::Image(target, unescaped(&self.text[text])));
        } else {
            self.found.events[saved.events] = Event::Link(target);
            self.found.events.push(Event::End);
        }
        true
    }

    /// Reads the content of brackets; the event before it is to be replaced.
    fn bracketed(&mut self, opening: usize, is_image: bool) -> Option<Range<usize>> {
        self.at += opening;
        let start = self.at;
        if start >= self.missing.bracket {
            return None;
        }
        if memchr::memchr(b']', self.rest().as_bytes()).is_none() {
            self.missing.bracket = start;
            return None;
        }
        self.found.events.push(Event::Hidden);
        let tree = if is_image { Tree::Image } else { Tree::Link };
        if !self.inside(tree, Parsers::All, &mut Stop::Bracket { open: 1 }) {
            return None;
        }
        self.at += 1;
        Some(start..self.at - 1)
    }

    /// The text after the brackets; reading goes on after it. Where a label is not defined, that is after
    /// the label.
    fn target(&mut self, start: usize, text: Range<usize>) -> Result<Target, Lost> {
        if let Some((label, length)) = label(self.rest()) {
            self.spend(length);
            let label = if label.is_empty() { None } else { Some(self.at + label.start..self.at + label.end) };
            self.at += length;
            return match label {
                Some(label) => self.reference_by(start, &self.text[label]),
                None => self.reference_by(start, &unescaped(&self.text[text])),
            };
        }
        if self.byte(0) != Some(b'(') {
            return self.reference_by(start, &unescaped(&self.text[text]));
        }
        let (place, length) = self.address().ok_or(Lost::Address)?;
        let written = &self.text[place.clone()];
        let from = place.start + leading_blanks(written);
        let place = from..from.max(place.start + trim_end(written).len());
        self.at += length;
        let address = self.text[place.clone()].to_owned();
        Ok(Target { range: start..self.at, form: LinkForm::Inline, address, place: Place::Here(place) })
    }

    fn reference_by(&self, start: usize, label: &str) -> Result<Target, Lost> {
        let definition = self.context.definitions.get(&normalise(label)).ok_or(Lost::Label)?;
        Ok(Target {
            range: start..self.at,
            form: LinkForm::Reference,
            address: definition.target.clone(),
            place: Place::Page(definition.place.clone()),
        })
    }

    /// Where the address in the parentheses here is, and how far they reach.
    fn address(&mut self) -> Option<(Range<usize>, usize)> {
        let rest = self.rest();
        let angled = rest[1..].starts_with('<').then(|| memchr::memchr2(b'>', b'\n', &rest.as_bytes()[2..])).flatten();
        if let Some(close) = angled.map(|length| 2 + length).filter(|close| rest[*close..].starts_with('>')) {
            let place = self.at + 2..self.at + close;
            let closed = rest[close + 1..].starts_with(')');
            let length = if closed { close + 2 } else { close + 1 + self.title(close + 1)? };
            return Some((place, length));
        }
        let (length, open) = parentheses(rest);
        self.spend(if open { rest.len() } else { length });
        let place = self.at + 1..self.at + 1.max(length - 1);
        Some((place, if open { length + self.title(length)? } else { length }))
    }

    /// How long `"title")` is at an offset, with spaces before it.
    fn title(&mut self, from: usize) -> Option<usize> {
        let rest = &self.rest()[from..];
        let open = leading_blanks(rest);
        let quote = *rest.as_bytes().get(open).filter(|quote| matches!(quote, b'"' | b'\''))?;
        let mut quotes = memchr::memchr_iter(quote, &rest.as_bytes()[open + 1..]).map(|at| open + 1 + at);
        let end = quotes.find_map(|close| {
            let end = close + 1 + leading_blanks(&rest[close + 1..]);
            (close > open + 1 && rest[end..].starts_with(')')).then_some(end + 1)
        });
        self.spend(end.unwrap_or(rest.len()));
        end
    }
}

/// How far the parentheses at the start of a text reach, or the content of them up to a title; whether some are
/// left open.
fn parentheses(text: &str) -> (usize, bool) {
    let bytes = text.as_bytes();
    let (mut depth, mut following) = (0, 0);
    for (at, byte) in bytes.iter().enumerate() {
        match byte {
            b'(' => depth += 1,
            b')' => depth -= 1,
            byte if is_blank_byte(*byte) && matches!(bytes.get(at + 1), Some(b'"' | b'\'')) => return (at + 1, true),
            _ => continue,
        }
        following = at + 1;
        if depth == 0 {
            return (following, false);
        }
    }
    (following, true)
}

/// `[label]` at the start of a text, after spaces: where the label is, and how far it reaches.
fn label(text: &str) -> Option<(Range<usize>, usize)> {
    let open = leading_blanks(text);
    let inner = text[open..].strip_prefix('[')?;
    let length = memchr::memchr(b']', inner.as_bytes())?;
    Some((open + 1..open + 1 + length, open + length + 2))
}

/// A text without the backslashes that protect characters.
fn unescaped(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut characters = text.chars().peekable();
    while let Some(c) = characters.next() {
        let protected = characters.peek().copied().filter(|next| c == '\\' && is_escapable_char(*next));
        plain.push(protected.unwrap_or(c));
        if protected.is_some() {
            characters.next();
        }
    }
    plain
}

fn is_escapable_char(c: char) -> bool {
    u8::try_from(c).is_ok_and(is_escapable)
}
