//! Marks that are meant as they are: powers, wildcards, notes.

use std::ops::Range;

/// What the numbers of HTTP are for.
const STATUS: [&str; 7] = ["code", "codes", "error", "errors", "response", "responses", "status"];

/// Bytes after a star in which the note is looked for that it leads to.
const NOTES: usize = 4000;

/// Whether two stars that are alone touch no word, as the mark of a note, a power ("2 ** 3") and an empty line do, or are
/// any folder of a path ("a/**", "**/b").
pub(super) fn are_stars(text: &str, mark: &Range<usize>) -> bool {
    let (before, after) = (&text[..mark.start], &text[mark.end..]);
    let is_glob = before.ends_with('/') && !after.starts_with(char::is_alphanumeric)
        || after.starts_with('/') && !before.ends_with(char::is_alphanumeric);
    let is_space = |c: Option<char>| c.is_none_or(char::is_whitespace);
    is_glob || is_space(before.chars().next_back()) && is_space(after.chars().next())
}

/// Whether stars stand for any digits: "5** errors", "7.***", "**** 1234", or are dialed: "**21#", "**21*1#".
pub(super) fn are_digits(text: &str, mark: &Range<usize>) -> bool {
    let dialed = text[mark.end..].trim_start_matches(|c: char| c.is_ascii_digit());
    let is_dialed = dialed.starts_with(['*', '#']) && !dialed.starts_with("**");
    let (first, last) = (text[..mark.start].trim_end_matches('*'), text[mark.end..].trim_start_matches('*'));
    let is_run = first.len() + last.len() + 2 < text.len();
    let is_mask = is_run && !first.ends_with(char::is_alphabetic) && !last.starts_with(char::is_alphabetic);
    if is_mask || is_dialed && dialed.len() < text.len() - mark.end {
        return true;
    }
    let mut before = text[..mark.start].trim_end_matches('.').chars().rev();
    if !is_digit(before.next()) {
        return false;
    }
    let is_one = !is_digit(before.next());
    let after = text[mark.end..].trim_start_matches('*');
    let word = after.trim_start().split(|c: char| !c.is_alphabetic()).next().unwrap_or_default();
    !after.starts_with(char::is_alphanumeric)
        && (after.len() < text.len() - mark.end || is_one && STATUS.contains(&word))
}

fn is_digit(character: Option<char>) -> bool {
    character.is_some_and(|c| c.is_ascii_digit())
}

/// Whether the star at `at` stands for any name that ends so, as in `*BSD` and `*ChangeEvent`, or for a note that a
/// later line begins.
pub(super) fn is_wildcard_or_note(text: &str, at: usize) -> bool {
    let rest = &text[at..text.floor_char_boundary(at + NOTES)];
    let Some(rest) = rest.strip_prefix('*') else { return false };
    let word = rest.split(|c: char| !c.is_alphanumeric()).next().unwrap_or_default();
    word.len() == 1 || word.chars().skip(1).any(char::is_uppercase) || rest.contains("\n*")
}
