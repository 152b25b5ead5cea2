//! What a text near the word "scope" is: a scope, one with a remark, what is between two of them.

use std::borrow::Cow;
use std::ops::Range;

use crate::scopes;

/// A scope without the escapes of Markdown, which a code span shows: `refresh\_token`.
pub(super) fn unescaped(word: &str) -> Cow<'_, str> {
    if word.contains("\\_") { Cow::Owned(word.replace("\\_", "_")) } else { Cow::Borrowed(word) }
}

/// What is in the brackets at the end of a part of `text`: the scopes after the words of the vendor's console, as in
/// "Manage contacts (contacts.read, contacts.write)".
pub(super) fn in_last_brackets(text: &str, part: &Range<usize>) -> Option<Range<usize>> {
    let own = text[part.clone()].trim_end().trim_end_matches('.').strip_suffix(')')?;
    let open = own.rfind('(')? + 1;
    Some(part.start + open..part.start + own.len())
}

/// The first word of a part of `text`, where a remark follows it: "chat:write - post messages".
pub(super) fn before_remark(text: &str, part: &Range<usize>) -> Option<Range<usize>> {
    let own = &text[part.clone()];
    let (word, rest) = own.split_once(' ')?;
    let first = word.trim_end_matches([':', ',']);
    let follows = first.len() < word.len() || ["- ", "– ", "— ", "("].iter().any(|mark| rest.starts_with(mark));
    // "tickets - optional", "owners.read: not needed for new apps"
    let is_open = has_word(rest, &["optional", "optionally", "not", "deprecated", "only", "if", "unless"]);
    (follows && !is_open).then(|| part.start..part.start + first.len())
}

/// Whether one of the words of a text is in a list.
pub(super) fn has_word(text: &str, list: &[&str]) -> bool {
    let mut words = text.split(|c: char| !c.is_alphanumeric());
    words.any(|word| list.iter().any(|known| known.eq_ignore_ascii_case(word)))
}

/// The text between the members of a series.
pub(super) fn is_separator(between: &str) -> bool {
    matches!(between.trim().trim_matches(','), "" | "and" | "or" | "&" | "or/and" | "and/or")
        || between.trim() == ", and"
}

/// Lower-case words joined by dots, colons or underscores, or a URL of which a catalog knows the
/// beginning: no other text in guides looks like that next to the word "scope".
pub(super) fn is_built_like_a_scope(word: &str) -> bool {
    if scopes::invalid_character(word).is_some() || word.contains("://") {
        return word.contains("/auth/") && word.starts_with("https://");
    }
    let joined = word.split(['.', ':', '_']).count() > 1;
    let is_plain = |part: &str| part.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit());
    joined
        && word.split(['.', ':', '_', '-']).all(|part| !part.is_empty() && (is_plain(part) || part == "*"))
        && word.chars().any(|c| c.is_ascii_lowercase())
}
