//! Round brackets of running text that are never closed.

use super::{Guide, Style};

/// Where the unclosed opening brackets are. None on a page with an extra closing bracket: the two may belong together.
pub fn unclosed(guide: &Guide) -> Vec<usize> {
    let text = guide.text.as_str();
    let mut open: Vec<usize> = Vec::new();
    let mut unclosed: Vec<usize> = Vec::new();
    let mut line = 0;
    for at in memchr::memchr3_iter(b'(', b')', b'\n', text.as_bytes()) {
        match text.as_bytes()[at] {
            b'\n' => {
                unclosed.append(&mut open);
                line = at + 1;
            }
            _ if guide.text.style_at(at).has(Style::CODE) => {}
            b'(' => open.push(at),
            _ if open.pop().is_some() => {}
            // "a) first", "1) first"
            _ if at - line <= 2 || text[..at].ends_with([':', ';', '-']) => {}
            _ => return Vec::new(),
        }
    }
    unclosed.append(&mut open);
    // After a square bracket it is the target of what was meant as a link.
    unclosed.retain(|at| !text[..*at].trim_end_matches('(').ends_with([':', ';', '-', ']']));
    unclosed
}

/// Whether a bracket is opened in a text and not closed in it.
pub fn is_open(text: &str, opening: char, closing: char) -> bool {
    let mut depth = 0_usize;
    for character in text.chars() {
        if character == opening {
            depth += 1;
        } else if character == closing {
            depth = depth.saturating_sub(1);
        }
    }
    depth > 0
}
