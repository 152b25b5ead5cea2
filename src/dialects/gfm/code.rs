//! Code in a line of text.

use std::ops::Range;

/// What is between the backticks of a piece of code, without the space or line end at each side that is not part of it
/// (CommonMark 0.31, section 6.1).
pub(super) fn content(body: &str, range: &Range<usize>) -> Range<usize> {
    let written = &body[range.clone()];
    let ticks = written.bytes().take_while(|byte| *byte == b'`').count();
    let inner = &written[ticks..written.len() - ticks];
    let blanks = ["\r\n", "\n", " "];
    let start = blanks.iter().find(|blank| inner.starts_with(**blank));
    let sides = start.zip(blanks.iter().find(|blank| inner.ends_with(**blank)));
    let (start, end) = sides.filter(|_| !inner.trim().is_empty()).unwrap_or((&"", &""));
    range.start + ticks + start.len()..range.end - ticks - end.len()
}
