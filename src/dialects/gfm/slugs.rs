//! The ids of headings: as GitHub gives them (`html-pipeline`'s table of contents filter), or Mintlify.

use std::collections::BTreeMap;

use crate::dialects::html::is_word;

/// Gives out ids; one that was given before gets a number.
#[derive(Debug)]
pub(in crate::dialects) struct Slugs {
    given: BTreeMap<String, usize>,
    slug: fn(&str) -> String,
    /// The number of the second heading with one id.
    second: usize,
    /// The deepest level of headings that get ids.
    deepest: u8,
}

impl Slugs {
    /// As GitHub: lowercase, without punctuation, spaces as hyphens.
    pub(in crate::dialects) fn github() -> Self {
        Self { given: BTreeMap::new(), slug: github, second: 1, deepest: 6 }
    }

    /// As Mintlify (`@mintlify/common` 1.0): lowercase, spaces as hyphens; of the marks only those fall away that a URL
    /// keeps as they are, and some more.
    pub(in crate::dialects) fn mintlify() -> Self {
        Self { given: BTreeMap::new(), slug: mintlify, second: 2, deepest: 4 }
    }

    /// The id of a heading; empty if headings of its level get none.
    pub(super) fn next(&mut self, text: &str, level: u8) -> String {
        if level > self.deepest {
            return String::new();
        }
        let id = (self.slug)(text);
        if let Some(count) = self.given.get_mut(&id) {
            *count += 1;
            return format!("{id}-{}", *count + self.second - 1);
        }
        self.given.insert(id.clone(), 0);
        id
    }
}

fn github(text: &str) -> String {
    let lower = text.trim().chars().flat_map(char::to_lowercase);
    let kept = lower.filter(|c| is_word(*c) || matches!(c, '-' | ' '));
    kept.map(|c| if c == ' ' { '-' } else { c }).collect()
}

fn mintlify(text: &str) -> String {
    let kept = |c: &char| {
        !matches!(c, '.' | '~' | '*' | '?' | ',' | ';' | ':' | '!' | '\'' | '"' | '(' | ')' | '[' | ']' | '{' | '}')
            && !is_emoji(*c)
    };
    let lower = text.trim().chars().flat_map(char::to_lowercase).filter(kept);
    lower.map(|c| if c.is_whitespace() { '-' } else { c }).collect()
}

/// Whether a character is a picture: symbols and pictographs, and what joins and varies them.
fn is_emoji(c: char) -> bool {
    matches!(u32::from(c), 0x1F000..=0x1FAFF | 0x2600..=0x27BF | 0xFE0F | 0x200D)
}
