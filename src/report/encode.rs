//! Values in the notations that several formats share: JSON, and paths as machines want them.

use std::fmt::Write as _;

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use serde::Serialize;

use super::visible::{inert_json, is_unseen};

/// RFC 3986, section 2.3: what is never encoded, and the `/` between the parts of a path. A colon is
/// encoded since a relative reference may have none in its first part (section 4.2).
const PATH: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~').remove(b'/');

/// Serializes, with every character that a terminal could obey as an escape. Such characters
/// are in strings only, where the escape means the same.
pub(super) fn to_json(value: &impl Serialize) -> String {
    let json = inert_json(serde_json::to_string(value).expect("structs with string keys always serialize"));
    // Nearly every report is ASCII, in which only one character is unseen.
    let plain = json.is_ascii() && memchr::memchr(0x7f, json.as_bytes()).is_none();
    if plain || !json.chars().any(needs_escape) {
        return json;
    }
    let mut out = String::with_capacity(json.len() + 16);
    for character in json.chars() {
        if needs_escape(character) {
            for unit in character.encode_utf16(&mut [0; 2]) {
                // Writing into a string cannot fail.
                let _ = write!(out, "\\u{unit:04x}");
            }
        } else {
            out.push(character);
        }
    }
    out
}

fn needs_escape(character: char) -> bool {
    character == '\u{7f}' || is_unseen(character)
}

/// The path from `folder` if it lies below it; the path itself otherwise.
pub(super) fn relative<'a>(path: &'a str, folder: &str) -> &'a str {
    let below = path.strip_prefix(folder).and_then(|rest| rest.strip_prefix('/'));
    below.filter(|_| !folder.is_empty()).unwrap_or(path)
}

/// A path as a URI reference: relative as it is, or `file:` from the root.
pub(super) fn uri(path: &str) -> String {
    let encoded = utf8_percent_encode(path, PATH);
    if path.starts_with('/') {
        return format!("file://{encoded}");
    }
    // RFC 8089, appendix E.2: a drive letter follows an empty host.
    let drive = path.as_bytes().get(..3).is_some_and(|start| start[0].is_ascii_alphabetic() && &start[1..] == b":/");
    if drive { format!("file:///{encoded}") } else { encoded.to_string() }
}
