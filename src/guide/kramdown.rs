//! Where kramdown 2.4 (GFM input) differs from CommonMark: heading ids, tables.

use std::collections::BTreeMap;

/// Gives out heading ids as kramdown does (`basic_generate_id` and `generate_id` of its HTML converter).
#[derive(Debug, Default)]
pub(super) struct Ids {
    given: BTreeMap<String, usize>,
}

impl Ids {
    /// The id for a heading's text: from the first ASCII letter on, ASCII letters, digits and hyphens in
    /// lower case, blanks as hyphens; `section` if nothing is left; `-1` for the second of a name.
    pub(super) fn next(&mut self, text: &str) -> String {
        let start = text.find(|c: char| c.is_ascii_alphabetic()).unwrap_or(text.len());
        let kept = text[start..].chars().filter(|c| c.is_ascii_alphanumeric() || matches!(c, ' ' | '-'));
        let mut id: String = kept.map(|c| if c == ' ' { '-' } else { c.to_ascii_lowercase() }).collect();
        if id.is_empty() {
            id.push_str("section");
        }
        let count = self.given.entry(id.clone()).and_modify(|count| *count += 1).or_insert(0);
        if *count > 0 { format!("{id}-{count}") } else { id }
    }
}

/// The cells of a table row: `|` separates outside code spans and unless escaped; those at the edges
/// only frame it.
pub(super) fn cells(row: &str) -> u32 {
    let row = row.trim();
    let bytes = row.as_bytes();
    let (mut at, mut cells, mut code) = (usize::from(row.starts_with('|')), 1, 0);
    while at < bytes.len() {
        match bytes[at] {
            b'\\' if code == 0 => at += 1,
            b'`' => {
                let run = bytes[at..].iter().take_while(|byte| **byte == b'`').count();
                if code == 0 && closes(&bytes[at + run..], run) {
                    code = run;
                } else if code == run {
                    code = 0;
                }
                at += run - 1;
            }
            b'|' if code == 0 && at + 1 < bytes.len() => cells += 1,
            _ => {}
        }
        at += 1;
    }
    cells
}

/// Whether a run of exactly `length` backticks follows.
fn closes(bytes: &[u8], length: usize) -> bool {
    let mut at = 0;
    while let Some(start) = memchr::memchr(b'`', &bytes[at..]).map(|offset| at + offset) {
        let run = bytes[start..].iter().take_while(|byte| **byte == b'`').count();
        if run == length {
            return true;
        }
        at = start + run;
    }
    false
}
