//! Reads the inline elements of one block's text as kramdown 2.4 does.
//!
//! One pass from left to right tries kramdown's span parsers where their first character is, in its order. An
//! element that needs an end is read to where it ends; without one its mark is text and reading goes on after the
//! mark. What is found is a list of [`Event`]s; what the reader sees of them is left to [`super::inline`].
//!
//! kramdown takes quadratic time for marks that stay open, and more for images within images. Ends that are missing
//! are remembered here, and a text may cost no more than some multiple of its length: in what is left of a text that
//! costs more, marks of emphasis and links are text.

mod code;
mod emphasis;
mod events;
mod extensions;
mod html;
mod links;
mod state;
mod symbols;
mod text;

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

pub(super) use self::code::{code_span, run};
pub(super) use self::events::{Event, Place, Spans, Target};
use self::state::{Level, Missing, Parsers, Saved, Stop, Tree};
pub(super) use self::text::{Buffer, SpanText};
use super::Options;
use crate::dialects::kramdown::blocks::Definition;
use crate::dialects::kramdown::byte_set::ByteSet;

/// Where an element may begin; a `]` may end one.
const MARKS: ByteSet = ByteSet::of(b"*_`<[]!\"'${&.-\\>~\n");

/// How deep elements may nest; the marks of deeper ones are text.
const MAX_DEPTH: usize = 64;

/// How often each byte of a text may be read, besides a few for short ones.
const READINGS: usize = 64;
const FREE: usize = 1 << 16;

/// What the page says that a text may refer to.
pub(super) struct Context<'a> {
    pub(super) definitions: &'a BTreeMap<String, Definition>,
    pub(super) footnotes: &'a BTreeSet<String>,
    /// Whether the text is in an HTML element, where the GFM parser breaks no lines.
    pub(super) in_html: bool,
}

/// Reads a text after its first `skipped` bytes, which stand for an element. `options` are those of the page, which
/// a text may change.
pub(super) fn read(text: &str, skipped: usize, context: &Context<'_>, options: &mut Options, found: &mut Spans) {
    let mut parser = Parser::new(text, context, options, found);
    if skipped > 0 {
        parser.push(skipped, |_| Event::Hidden);
    }
    parser.spans(&mut Stop::End);
}

/// Reads only code spans and HTML elements, as kramdown does to find the pipes of a table.
pub(super) fn read_code_and_html(text: &str, options: &mut Options, found: &mut Spans) {
    let (definitions, footnotes) = (BTreeMap::new(), BTreeSet::new());
    let context = Context { definitions: &definitions, footnotes: &footnotes, in_html: false };
    let mut parser = Parser::new(text, &context, options, found);
    parser.level.parsers = Parsers::CodeAndHtml;
    parser.spans(&mut Stop::End);
}

struct Parser<'a> {
    text: &'a str,
    /// Where kramdown's own text begins: within struck out text it knows nothing of the text before.
    start: usize,
    at: usize,
    end: usize,
    context: &'a Context<'a>,
    options: &'a mut Options,
    found: &'a mut Spans,
    level: Level,
    /// The elements around, a bit each.
    around: u8,
    depth: usize,
    /// How many HTML elements are open.
    elements: usize,
    missing: Missing,
    /// How many bytes may still be read.
    credit: usize,
}

impl<'a> Parser<'a> {
    fn new(text: &'a str, context: &'a Context<'a>, options: &'a mut Options, found: &'a mut Spans) -> Self {
        let level = Level { tree: Tree::Text, parsers: Parsers::All, events: found.events.len(), images: 0 };
        Self {
            text,
            start: 0,
            at: 0,
            end: text.len(),
            context,
            options,
            found,
            level,
            around: 0,
            depth: 0,
            elements: 0,
            missing: Missing::NONE,
            credit: text.len() * READINGS + FREE,
        }
    }

    /// kramdown's `parse_spans`: reads up to a stop; without one, to the end. Whether the stop was found.
    fn spans(&mut self, stop: &mut Stop<'_>) -> bool {
        while let Some(start) = self.next_start(stop) {
            self.spend(start + 1 - self.at);
            self.push_text(start);
            if self.stops(stop) {
                return true;
            }
            if !self.element() {
                let length = self.rest().chars().next().map_or(1, char::len_utf8);
                self.push_text(self.at + length);
            }
        }
        if matches!(stop, Stop::End) {
            self.push_text(self.end);
        }
        false
    }

    /// Reads the content of an element up to its end.
    fn inside(&mut self, tree: Tree, parsers: Parsers, stop: &mut Stop<'_>) -> bool {
        let level = Level { tree, parsers, events: self.found.events.len(), images: 0 };
        let (outer, around) = (std::mem::replace(&mut self.level, level), self.around);
        self.around |= 1 << tree as u8;
        self.depth += 1;
        let found = self.spans(stop);
        self.depth -= 1;
        self.around = around;
        self.level = outer;
        found
    }

    /// Where the next element or the stop may begin.
    fn next_start(&self, stop: &Stop<'_>) -> Option<usize> {
        let bytes = &self.text.as_bytes()[..self.end];
        match self.level.parsers {
            Parsers::Html => return memchr::memchr(b'<', &bytes[self.at..]).map(|offset| self.at + offset),
            Parsers::CodeAndHtml => {
                return memchr::memchr2(b'<', b'`', &bytes[self.at..]).map(|offset| self.at + offset);
            }
            Parsers::All => {}
        }
        let mut from = self.at;
        loop {
            let at = from + MARKS.find(&bytes[from..])?;
            if let Some(start) = self.start_at(at, stop) {
                return Some(start);
            }
            from = at + 1;
        }
    }

    /// Where the element starts whose mark is at `at`, if it may be one.
    fn start_at(&self, at: usize, stop: &Stop<'_>) -> Option<usize> {
        let rest = &self.text.as_bytes()[at..self.end];
        let after_spaces = |count: usize| at >= self.at + count && self.text[..at].ends_with(&"  "[..count]);
        let starts = match rest[0] {
            b']' => matches!(stop, Stop::Bracket { .. }),
            b'!' => rest.starts_with(b"!["),
            b'{' => rest.starts_with(b"{:"),
            b'$' => rest.starts_with(b"$$"),
            b'~' => rest.starts_with(b"~~"),
            b'.' => rest.starts_with(b"..."),
            b'-' => rest.starts_with(b"--"),
            b'>' if rest.starts_with(b">>") => return Some(if after_spaces(1) { at - 1 } else { at }),
            b'>' => false,
            b'\n' if self.options.hard_wrap => true,
            b'\n' => return after_spaces(2).then(|| at - 2),
            _ => true,
        };
        starts.then_some(at)
    }

    /// Whether the stop is here and ends the element.
    fn stops(&mut self, stop: &mut Stop<'_>) -> bool {
        match stop {
            Stop::End => false,
            Stop::Marks { mark, length } => self.ends_emphasis(*mark, *length),
            Stop::Bracket { open } => {
                match self.byte(0) {
                    Some(b']') => *open -= 1,
                    Some(b'[' | b'!') => *open += 1,
                    _ => return false,
                }
                *open == self.level.images
            }
            Stop::Tag { name, folds_case } => self.closing_tag_length(name, *folds_case).is_some(),
        }
    }

    /// Reads the element that begins here, if there is one.
    fn element(&mut self) -> bool {
        match (self.byte(0), self.level.parsers) {
            (Some(b'`'), Parsers::All | Parsers::CodeAndHtml) => self.code(),
            (Some(b'<'), Parsers::Html | Parsers::CodeAndHtml) => self.html(),
            (_, Parsers::Html | Parsers::CodeAndHtml) => false,
            (Some(b'*' | b'_'), _) => self.emphasis(),
            (Some(b'<'), _) => self.autolink() || self.html() || self.typographic(),
            (Some(b'['), _) => self.footnote() || self.link(),
            (Some(b'!'), _) => self.link(),
            (Some(b'"' | b'\''), _) => self.push(1, Event::Mark),
            (Some(b'$'), _) => self.math(),
            (Some(b'{'), _) => self.extension(),
            (Some(b'&'), _) => self.reference(),
            (Some(b'.' | b'-' | b'>'), _) => self.typographic(),
            (Some(b' ' | b'\n'), _) => self.line_break() || self.typographic(),
            (Some(b'\\'), _) => self.typographic() || self.line_break() || self.escape(),
            (Some(b'~'), _) => self.strikethrough(),
            _ => false,
        }
    }

    fn rest(&self) -> &'a str {
        &self.text[self.at..self.end]
    }

    fn byte(&self, offset: usize) -> Option<u8> {
        self.text.as_bytes()[..self.end].get(self.at + offset).copied()
    }

    /// Adds the text up to `end`.
    fn push_text(&mut self, end: usize) {
        let raw = self.level.parsers == Parsers::Html;
        match self.found.events.last_mut() {
            Some(Event::Text(range)) if !raw && range.end == self.at => range.end = end,
            _ if end == self.at => {}
            _ if raw => self.found.events.push(Event::Raw(self.at..end)),
            _ => self.found.events.push(Event::Text(self.at..end)),
        }
        self.at = end;
    }

    /// Adds an event for the next `length` bytes.
    fn push(&mut self, length: usize, event: impl FnOnce(Range<usize>) -> Event) -> bool {
        let range = self.at..self.at + length;
        self.found.events.push(event(range.clone()));
        self.at = range.end;
        true
    }

    fn save(&self) -> Saved {
        let Spans { events, tags, printed, undefined } = &*self.found;
        Saved {
            at: self.at,
            events: events.len(),
            tags: tags.len(),
            printed: printed.len(),
            undefined: undefined.len(),
            level: self.level,
        }
    }

    fn go_back(&mut self, saved: Saved) {
        self.found.events.truncate(saved.events);
        self.found.tags.truncate(saved.tags);
        self.found.printed.truncate(saved.printed);
        self.found.undefined.truncate(saved.undefined);
        self.at = saved.at;
        self.level = saved.level;
    }

    /// Whether the last thing in this element is text; `None` if there is nothing.
    fn is_after_text(&self) -> Option<bool> {
        let inside = &self.found.events[self.level.events..];
        inside.last().map(|event| matches!(event, Event::Text(_) | Event::Raw(_)))
    }

    fn is_within(&self, tree: Tree) -> bool {
        self.around & 1 << tree as u8 != 0
    }

    /// Whether no element may be looked for that needs an end.
    fn is_spent(&self) -> bool {
        self.credit == 0 || self.depth >= MAX_DEPTH
    }

    fn spend(&mut self, bytes: usize) {
        self.credit = self.credit.saturating_sub(bytes);
    }
}
