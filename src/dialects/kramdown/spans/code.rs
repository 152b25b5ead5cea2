//! Code spans.

use std::ops::Range;

use super::{Event, Parser};
use crate::dialects::kramdown::lines::is_blank_byte;

impl Parser<'_> {
    /// `parse_codespan`. Backticks that nothing closes are text.
    pub(super) fn code(&mut self) -> bool {
        let text = &self.text[self.start..self.end];
        let start = self.at - self.start;
        let ticks = run(text.as_bytes(), start);
        let (least, from) = self.missing.code;
        let is_missing = ticks >= least && self.at >= from;
        if !is_missing && let Some((whole, content)) = code_span(text, start) {
            let content = self.start + content.start..self.start + content.end;
            return self.push(whole.len(), |range| Event::Code(range, content));
        }
        if !is_lone(text, start, ticks) && !is_missing {
            self.missing.code = (ticks, self.at);
        }
        self.push_text(self.at + ticks);
        true
    }
}

/// The code span whose backticks start at `start`: its whole range and its content. kramdown takes the first run of
/// as many backticks.
pub(in crate::dialects) fn code_span(text: &str, start: usize) -> Option<(Range<usize>, Range<usize>)> {
    let bytes = text.as_bytes();
    let ticks = run(bytes, start);
    let content = start + ticks;
    if is_lone(text, start, ticks) {
        return None;
    }
    let length = memchr::memmem::find(&bytes[content..], &bytes[start..content])?;
    let (whole, mut content) = (start..content + length + ticks, content..content + length);
    if ticks > 1 {
        content.start += usize::from(text[content.clone()].starts_with(' '));
        content.end -= usize::from(text[content.clone()].ends_with(' '));
    }
    Some((whole, content))
}

/// A lone backtick between spaces is text.
fn is_lone(text: &str, start: usize, ticks: usize) -> bool {
    let bytes = text.as_bytes();
    let after_blank = start == 0 || is_blank_byte(bytes[start - 1]);
    ticks == 1 && after_blank && bytes.get(start + 1).is_none_or(|byte| is_blank_byte(*byte))
}

/// How many backticks are at `start`.
pub(in crate::dialects) fn run(bytes: &[u8], start: usize) -> usize {
    bytes[start..].iter().take_while(|byte| **byte == b'`').count()
}
