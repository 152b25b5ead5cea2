//! Where a code span ends, for whoever must not look into code: table cells and inline elements.

use std::ops::Range;

use super::lines::is_blank_byte;

/// The code span whose backticks start at `start`: its whole range and its content. kramdown takes the
/// first run of as many backticks; a lone backtick between blanks is text.
pub(super) fn code_span(text: &str, start: usize) -> Option<(Range<usize>, Range<usize>)> {
    let bytes = text.as_bytes();
    let ticks = run(bytes, start);
    let content = start + ticks;
    let after_blank = start == 0 || is_blank_byte(bytes[start - 1]);
    if ticks == 1 && after_blank && bytes.get(content).is_none_or(|byte| is_blank_byte(*byte)) {
        return None;
    }
    let delimiter = &bytes[start..content];
    let length = memchr::memmem::find(&bytes[content..], delimiter)?;
    Some((start..content + length + ticks, content..content + length))
}

/// How many backticks stand at `start`.
pub(super) fn run(bytes: &[u8], start: usize) -> usize {
    bytes[start..].iter().take_while(|byte| **byte == b'`').count()
}
