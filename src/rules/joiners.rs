//! Invisible characters that some scripts need.

/// Whether the character at `at` is a joiner or a mark of direction that belongs there: between letters of scripts that
/// need them, or within an emoji.
pub(super) fn belongs(text: &str, at: usize, character: char) -> bool {
    let before = text[..at].chars().next_back();
    let after = text[at + character.len_utf8()..].chars().next();
    matches!(character, '\u{200c}'..='\u{200f}') && [before, after].into_iter().flatten().any(|c| !c.is_ascii())
}
