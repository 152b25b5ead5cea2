//! White space as Ruby's expressions have it.

/// Ruby's `\s`, without the line feed that ends a line.
pub(super) fn is_blank_byte(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t' | b'\r' | b'\n' | 0x0b | 0x0c)
}

/// How many bytes of white space a text starts with.
pub(super) fn leading_blanks(text: &str) -> usize {
    text.bytes().take_while(|byte| is_blank_byte(*byte)).count()
}

/// A text without the white space at its end.
pub(super) fn trim_end(text: &str) -> &str {
    let mut rest = text;
    while rest.bytes().next_back().is_some_and(is_blank_byte) {
        rest = &rest[..rest.len() - 1];
    }
    rest
}
