//! The lists around a line: MDX has no indented code, so a line that is indented further than the content of its list
//! item is content all the same.

/// An indentation from which Markdown takes a line for code.
const CODE: usize = 4;

/// The most digits of a list number.
const MOST_DIGITS: usize = 9;

/// The columns at which the content of the list items around a line starts.
#[derive(Debug, Default)]
pub(super) struct Lists {
    columns: Vec<usize>,
    /// Whether the line before is the end of its block: a heading, or a line of code.
    has_ended: bool,
}

impl Lists {
    /// Remembers that a line of code was before.
    pub(super) fn code(&mut self) {
        self.has_ended = true;
    }

    /// The indentation with which a line is read as what it is, and not as code. `line` is without its own indentation;
    /// `is_after_blank` says whether it may begin a block in any case.
    pub(super) fn indentation(&mut self, line: &str, indent: usize, is_after_blank: bool) -> usize {
        let may_begin = is_after_blank || std::mem::take(&mut self.has_ended) || begins_block(line);
        if line.trim().is_empty() || !may_begin {
            return indent;
        }
        self.has_ended = is_heading(line);
        while self.columns.pop_if(|column| *column > indent).is_some() {}
        let base = self.columns.last().copied().unwrap_or(0);
        let indent = if indent >= base + CODE { base } else { indent };
        if let Some(marker) = marker(line) {
            let content = line[marker..].trim_start_matches([' ', '\t']);
            let spaces = line.len() - marker - content.len();
            let is_usual = (1..=CODE).contains(&spaces) && !content.trim().is_empty();
            self.columns.push(indent + marker + if is_usual { spaces } else { 1 });
        }
        indent
    }
}

fn is_heading(line: &str) -> bool {
    let marks = line.bytes().take_while(|byte| *byte == b'#').count();
    (1..=6).contains(&marks) && line[marks..].starts_with([' ', '\t', '\n', '\r'])
}

/// Whether a line begins a block even right after a line of text.
fn begins_block(line: &str) -> bool {
    let starts = [">", "```", "~~~"];
    is_heading(line) || starts.iter().any(|start| line.starts_with(start)) || marker(line).is_some()
}

/// The length of the marker that a list item begins with.
fn marker(line: &str) -> Option<usize> {
    let digits = line.bytes().take_while(u8::is_ascii_digit).count();
    let length = match line.as_bytes().get(digits)? {
        b'-' | b'*' | b'+' if digits == 0 => 1,
        b'.' | b')' if (1..=MOST_DIGITS).contains(&digits) => digits + 1,
        _ => return None,
    };
    let rest = &line[length..];
    (rest.is_empty() || rest.starts_with([' ', '\t', '\n', '\r'])).then_some(length)
}
