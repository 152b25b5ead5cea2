//! What is around a cursor. Half-written text often cannot be parsed, so this looks at lines.

use std::ops::Range;

/// A place in a text where something is written.
#[derive(Debug, Clone, Copy)]
pub(super) struct Cursor<'t> {
    pub(super) text: &'t str,
    /// The byte that the cursor is before.
    pub(super) at: usize,
}

/// A key and the part of its value before the cursor.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Written<'t> {
    pub(super) key: &'t str,
    pub(super) value: &'t str,
}

impl<'t> Cursor<'t> {
    pub(super) fn new(text: &'t str, at: usize) -> Self {
        Self { text, at }
    }

    /// The line up to the cursor.
    pub(super) fn line_before(&self) -> &'t str {
        let before = &self.text[..self.at];
        before.rsplit(['\n', '\r']).next().unwrap_or_default()
    }

    /// The bytes of what is written before the cursor and after it up to the end of the word.
    pub(super) fn partial(&self, partial: &str) -> Range<usize> {
        let is_word = |c: char| c.is_alphanumeric() || "_-./:".contains(c);
        let after = &self.text[self.at..];
        let end = after.find(|c| !is_word(c)).unwrap_or(after.len());
        self.at - partial.len()..self.at + end
    }

    /// The key and the value that the cursor is in: `Key: value`, `- Key: value`, `"Key": "value`.
    pub(super) fn pair(&self) -> Option<Written<'t>> {
        let line = self.line_before().trim_start_matches([' ', '\t', '-', '{', ',']);
        let (key, value) = line.split_once(':')?;
        let key = key.trim().trim_matches(['"', '\'']);
        let is_key = !key.is_empty() && key.chars().all(|c| c.is_alphanumeric() || "_-".contains(c));
        is_key.then(|| Written { key, value: value.trim_start().trim_start_matches(['"', '\'', '[']) })
    }

    /// The item that the cursor is in: `- item`, `"item`.
    pub(super) fn item(&self) -> Option<&'t str> {
        let line = self.line_before().trim_start();
        line.strip_prefix("- ").or_else(|| line.strip_prefix('"')).map(|item| item.trim_start_matches(['"', '\'']))
    }

    /// The key that the cursor begins to write; empty at the start of a line.
    pub(super) fn beginning_of_key(&self) -> Option<&'t str> {
        let line = self.line_before().trim_start_matches([' ', '\t', '-', '{', ',']);
        let key = line.trim_start_matches(['"', '\'']);
        key.chars().all(|c| c.is_alphanumeric() || "_-".contains(c)).then_some(key)
    }

    /// The key that the line of the cursor belongs to: the nearest one above that is indented less.
    pub(super) fn parent(&self) -> Option<&'t str> {
        let line = self.text[..self.at].rfind(['\n', '\r']).map_or(0, |at| at + 1);
        let mut indent = indentation(&self.text[line..]);
        let mut is_item = self.text[line..].trim_start().starts_with('-');
        for above in self.text[..line].lines().rev().filter(|line| !line.trim().is_empty()) {
            let own = indentation(above);
            let written = above.trim_start();
            // The items of a list may be indented as much as its key.
            let is_above = own < indent || own == indent && is_item && !written.starts_with('-');
            if !is_above {
                continue;
            }
            if let Some(rest) = written.strip_prefix("- ")
                && own + 2 <= indent
            {
                // A key beside this one, in the same item.
                is_item = true;
                indent = own;
                let _ = rest;
                continue;
            }
            let key = written.trim_end().trim_end_matches(['[', '{']).trim_end().strip_suffix(':');
            if let Some(key) = key {
                return Some(key.trim().trim_matches(['"', '\'']));
            }
            indent = own;
            is_item = written.starts_with('-');
        }
        None
    }
}

fn indentation(line: &str) -> usize {
    line.len() - line.trim_start_matches([' ', '\t']).len()
}

#[cfg(test)]
mod tests {
    use super::{Cursor, Written};

    /// The cursor is where `|` is.
    fn at(text: &str) -> (String, usize) {
        let at = text.find('|').expect("a cursor");
        (text.replace('|', ""), at)
    }

    fn parent(text: &str) -> Option<String> {
        let (text, at) = at(text);
        Cursor::new(&text, at).parent().map(str::to_owned)
    }

    #[test]
    fn a_pair_is_read_in_yaml_and_json() {
        for text in ["Connector: pip|", "  - Connector: pip|", "  \"Connector\": \"pip|\",", "- {Connector: pip|"] {
            let (text, at) = at(text);
            assert_eq!(Cursor::new(&text, at).pair(), Some(Written { key: "Connector", value: "pip" }), "{text}");
        }
    }

    #[test]
    fn the_key_above_is_found() {
        assert_eq!(parent("Scopes:\n  - |").as_deref(), Some("Scopes"));
        assert_eq!(parent("Scopes:\n- a\n- |").as_deref(), Some("Scopes"));
        assert_eq!(parent("Properties:\n  - Name: A\n    Value: |").as_deref(), Some("Properties"));
        assert_eq!(parent("Properties:\n  - Name: |").as_deref(), Some("Properties"));
        assert_eq!(parent("{\n  \"Scopes\": [\n    \"|").as_deref(), Some("Scopes"));
        assert_eq!(parent("Properties:\n  A: b\nName: |"), None);
    }
}
