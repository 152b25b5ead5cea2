//! UTF-16, as some editors and shells save files: such a file is not checked, only its kind is known by what it holds.

/// Whether the low byte of each unit is first (little-endian), for bytes after a byte order mark or without one; `None`
/// for other encodings. In text of the tool's files, most characters are ASCII.
pub(crate) fn utf_16_order(text: &[u8]) -> Option<bool> {
    let is_nul = |first: usize| text.len() > 3 && text.iter().skip(first).step_by(2).take(8).all(|byte| *byte == 0);
    if is_nul(1) { Some(true) } else { is_nul(0).then_some(false) }
}

/// The text of bytes in UTF-16; `None` for other encodings.
pub(crate) fn from_utf_16(bytes: &[u8]) -> Option<String> {
    let text = without_mark(bytes);
    let unit = if utf_16_order(text)? { u16::from_le_bytes } else { u16::from_be_bytes };
    let units = text.chunks_exact(2).map(|pair| unit([pair[0], pair[1]]));
    Some(char::decode_utf16(units).map(|unit| unit.unwrap_or('?')).collect())
}

/// Whether bytes are a text in UTF-16.
pub(crate) fn is_utf_16(bytes: &[u8]) -> bool {
    utf_16_order(without_mark(bytes)).is_some()
}

fn without_mark(bytes: &[u8]) -> &[u8] {
    bytes.strip_prefix(&[0xFF, 0xFE]).or_else(|| bytes.strip_prefix(&[0xFE, 0xFF])).unwrap_or(bytes)
}
