//! Character references that kramdown knows: the names of HTML 4 and a few more; numbers of Windows-1252 stand for its
//! characters. The references are data: `entities.txt`.

use std::collections::HashMap;
use std::sync::LazyLock;

/// The characters of the references that are written by name, and of the numbers that stand for another one.
static CHARACTERS: LazyLock<HashMap<&str, char>> = LazyLock::new(|| {
    let read = |line: &'static str| {
        let (written, number) = line.split_once(' ')?;
        Some((written, char::from_u32(number.parse().ok()?)?))
    };
    include_str!("entities.txt").lines().filter_map(read).collect()
});

/// A character reference at the start of a text: the character and how long it is written.
pub(super) fn reference(text: &str) -> Option<(Option<char>, usize)> {
    let inner = text.strip_prefix('&')?;
    let (known, prefix, length) = if let Some(number) = inner.strip_prefix("#x") {
        let digits = number.bytes().take_while(u8::is_ascii_hexdigit).count();
        (u32::from_str_radix(&number[..digits], 16).ok().and_then(numbered), 2, digits)
    } else if let Some(number) = inner.strip_prefix('#') {
        let digits = number.bytes().take_while(u8::is_ascii_digit).count();
        (number[..digits].parse().ok().and_then(numbered), 1, digits)
    } else {
        let name = |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b':' | b'-' | b'.');
        let length = inner.bytes().take_while(name).count();
        (CHARACTERS.get(&inner[..length]).copied(), 0, length)
    };
    let starts = inner.starts_with(|c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | ':' | '#'));
    (starts && length > 0 && inner[prefix + length..].starts_with(';')).then_some((known, prefix + length + 2))
}

fn numbered(number: u32) -> Option<char> {
    CHARACTERS.get(number.to_string().as_str()).copied().or_else(|| char::from_u32(number))
}

#[cfg(test)]
mod tests {
    use super::{CHARACTERS, reference};

    #[test]
    fn each_line_is_a_reference() {
        assert_eq!(CHARACTERS.len(), include_str!("entities.txt").lines().count());
    }

    #[test]
    fn a_reference_ends_with_a_semicolon() {
        assert_eq!(reference("&amp;x"), Some((Some('&'), 5)));
        assert_eq!(reference("&#8212;"), Some((Some('—'), 7)));
        assert_eq!(reference("&#x2014;"), Some((Some('—'), 8)));
        assert_eq!(reference("&#146;"), Some((Some('’'), 6)));
        assert_eq!(reference("&unknown;"), Some((None, 9)));
        assert_eq!(reference("&amp"), None);
        assert_eq!(reference("& amp;"), None);
        assert_eq!(reference("&#;"), None);
    }
}
