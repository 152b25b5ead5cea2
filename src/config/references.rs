//! References: values that only name where the real value is kept, such as `${NAME}`, `op://...` or a
//! tag such as `!Ref`. The styles are data; the settings of a run add patterns of their own.

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;
use serde::Deserialize;

use crate::secrets::words;
use crate::source::{drop_overlapping, spliced};
use crate::tree::{Node, Value};

/// The longest text between the start and the end of a reference, in bytes.
const LONGEST: usize = 1024;

/// The characters that references inside a longer value start with.
const STARTS: [char; 8] = ['$', '#', '%', '_', '@', '(', '<', '{'];

/// The style that is suggested where the file has no reference of its own.
const DEFAULT_STYLE: &str = "${NAME}";

static STYLES: LazyLock<Styles> = LazyLock::new(|| {
    serde_json::from_str(include_str!("../../schemas/references.json"))
        .expect("the embedded styles of references are read by the tests")
});

/// The styles, those with the same start and end together: where they end is looked for once.
static GROUPS: LazyLock<Vec<&'static [Style]>> =
    LazyLock::new(|| STYLES.forms.chunk_by(Style::is_written_like).collect());

/// The file of built-in styles.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Styles {
    #[serde(rename = "about")]
    _about: String,
    tags: Vec<String>,
    general: Vec<String>,
    forms: Vec<Style>,
}

/// One way to write a reference; `schemas/references.json` describes the members.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Style {
    start: String,
    #[serde(default)]
    end: String,
    inner: Inner,
    #[serde(default)]
    words: Vec<String>,
    #[serde(default)]
    contains: String,
    #[serde(default)]
    guarded: bool,
    #[serde(default)]
    inside: bool,
    #[serde(default)]
    write: String,
}

#[derive(Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Inner {
    Any,
    Shell,
    Word,
    Name,
    Constant,
    Variable,
    Field,
}

/// The styles of reference of a run: the built-in ones and the patterns that the settings add.
#[derive(Debug, Clone, Default)]
pub struct References {
    added: Vec<Regex>,
}

impl References {
    /// The built-in styles and those that `added` matches.
    pub fn with(added: Vec<Regex>) -> Self {
        Self { added }
    }

    /// Whether a value only names where the real one is kept, `tag` being its YAML tag. Several
    /// references with nothing but punctuation between them are one.
    pub fn is_reference(&self, value: &str, tag: Option<&str>) -> bool {
        tag.is_some_and(is_reference_tag) || self.is_single(value) || {
            let parts = self.parts(value);
            let whole = |part: &Range<usize>| self.is_single(&value[part.clone()]);
            !parts.is_empty() && parts.iter().all(whole) && !outside(value, &parts).contains(char::is_alphanumeric)
        }
    }

    /// Whether a value is exactly one reference.
    pub fn is_single(&self, value: &str) -> bool {
        let covers = |group: &&'static [Style]| {
            let found = Style::found(group, value, 0).filter(|(_, end)| *end == value.len());
            found.is_some_and(|(inner, _)| group.iter().any(|style| style.admits(inner) && style.is_bare(value)))
        };
        GROUPS.iter().any(covers)
            || self
                .added
                .iter()
                .any(|pattern| pattern.find(value).is_some_and(|found| found.range() == (0..value.len())))
    }

    /// Whether a node refers to something kept elsewhere: by its tag, its text, or as a mapping such
    /// as `{Ref: Name}`.
    pub fn is_reference_node(&self, node: &Node) -> bool {
        let long_form = |key: &str| key == "Ref" || key.starts_with("Fn::");
        match &node.value {
            Value::String(text) => self.is_reference(text, node.tag.as_deref()),
            Value::Mapping(entries) if entries.len() == 1 && long_form(&entries[0].key) => true,
            _ => node.tag.as_deref().is_some_and(is_reference_tag),
        }
    }

    /// Where a value holds references, in order and without overlaps: some are one only as the whole value.
    pub fn parts(&self, value: &str) -> Vec<Range<usize>> {
        if self.is_single(value) {
            return std::iter::once(0..value.len()).collect();
        }
        let added = self.added.iter().flat_map(|pattern| pattern.find_iter(value).map(|found| found.range()));
        let mut found: Vec<_> = added.filter(|range| !range.is_empty()).collect();
        let mut at = 0;
        while let Some(next) = value[at..].find(STARTS) {
            let start = at + next;
            let end_of = |group: &&'static [Style]| {
                let (inner, end) = Style::found(group, value, start)?;
                group.iter().any(|style| style.inside && style.admits(inner)).then_some(end)
            };
            let end = GROUPS.iter().filter_map(end_of).max();
            found.extend(end.map(|end| start..end));
            at = end.unwrap_or(start + 1);
        }
        drop_overlapping(&mut found, |range| range);
        found
    }
}

/// Whether a word in lowercase says nothing but what kind of value is meant: `key`, `name`.
pub fn is_general_word(word: &str) -> bool {
    STYLES.general.iter().any(|known| known == word)
}

/// The style of the references that some documents use already, as one to the variable `NAME` is written.
pub(super) fn style_of(documents: &[Node]) -> &'static str {
    documents.iter().find_map(style_in).unwrap_or(DEFAULT_STYLE)
}

/// The style of the first reference in a node.
fn style_in(node: &Node) -> Option<&'static str> {
    match &node.value {
        Value::Mapping(entries) => entries.iter().find_map(|entry| style_in(&entry.value)),
        Value::Sequence(items) => items.iter().find_map(style_in),
        Value::String(text) => {
            let mut written = GROUPS.iter().filter_map(|group| {
                let (inner, _) = Style::found(group, text, 0).filter(|(_, end)| *end == text.len())?;
                group.iter().find(|style| !style.write.is_empty() && style.admits(inner) && style.is_bare(text))
            });
            written.next().map(|style| style.write.as_str())
        }
        _ => None,
    }
}

impl Style {
    /// Whether the styles differ only in the text between their start and end.
    fn is_written_like(&self, other: &Self) -> bool {
        self.start == other.start && self.end == other.end
    }

    /// The text inside what begins at `at` like the styles of `group`, and where it ends.
    fn found<'t>(group: &[Self], text: &'t str, at: usize) -> Option<(&'t str, usize)> {
        let style = group.first()?;
        let head = text.as_bytes().get(at..at + style.start.len())?;
        if !head.eq_ignore_ascii_case(style.start.as_bytes()) {
            return None;
        }
        // What begins a reference is ASCII.
        let rest = &text[at + style.start.len()..];
        let length = if style.end.is_empty() { rest.len() } else { style.inner_length(rest)? };
        Some((&rest[..length], at + style.start.len() + length + style.end.len()))
    }

    /// How long the text before the closing `end` is; brackets inside are paired.
    fn inner_length(&self, rest: &str) -> Option<usize> {
        let rest = &rest[..rest.floor_char_boundary(LONGEST + self.end.len())];
        if !rest.contains(&self.end) {
            return None;
        }
        let open = self.start.chars().next_back()?;
        let close = self.end.chars().next()?;
        let is_pair = matches!((open, close), ('{', '}') | ('(', ')') | ('[', ']') | ('<', '>'));
        let mut depth = 0_i32;
        for (at, c) in rest.char_indices().take_while(|(at, _)| *at < LONGEST) {
            if depth == 0 && rest[at..].starts_with(&self.end) {
                return Some(at);
            }
            depth += i32::from(is_pair && c == open) - i32::from(is_pair && c == close);
        }
        None
    }

    fn admits(&self, inner: &str) -> bool {
        let inner = inner.trim();
        // A template may change the value of its variable: `{{ acme_key | trim }}`.
        let variable = inner.split('|').next().unwrap_or_default().trim_end();
        let starts_name = |first: char| first.is_ascii_alphabetic() || first == '_';
        let fits = match self.inner {
            Inner::Any | Inner::Shell => !inner.contains('\n'),
            Inner::Word => !inner.contains(char::is_whitespace),
            Inner::Name => {
                inner.starts_with(starts_name) && inner.chars().all(|c| c.is_alphanumeric() || "_.-".contains(c))
            }
            Inner::Constant => {
                inner.starts_with(|first: char| first.is_ascii_uppercase() || first == '_')
                    && inner.bytes().all(|c| c.is_ascii_uppercase() || c.is_ascii_digit() || c == b'_')
                    // `%C3%` is a percent-encoded byte.
                    && (self.start != "%" || inner.len() > 2 || !inner.bytes().all(|c| c.is_ascii_hexdigit()))
            }
            Inner::Variable => {
                variable.starts_with(|first: char| first.is_ascii_lowercase())
                    && variable.bytes().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || b"_.".contains(&c))
            }
            Inner::Field => variable.strip_prefix('.').is_some_and(|name| {
                name.starts_with(|first: char| first.is_ascii_alphabetic())
                    && name.bytes().all(|c| c.is_ascii_alphanumeric() || b"_.".contains(&c))
            }),
        };
        let first = || {
            let inner = inner.trim_start_matches(['-', '~', '#', ' ', '(', '.', '$']);
            let end = inner.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(inner.len());
            (end < inner.len()).then(|| inner[..end].to_ascii_lowercase())
        };
        let begins = self.words.is_empty() || first().is_some_and(|first| self.words.contains(&first));
        let is_own = !self.guarded || self.names_own_value(variable);
        !inner.is_empty() && fits && begins && is_own && (self.contains.is_empty() || inner.contains(&self.contains))
    }

    /// Whether a name is more than a general word for a value: `ACME_API_KEY`, but neither `API_KEY` nor `YOUR_ACME_KEY`.
    fn names_own_value(&self, name: &str) -> bool {
        const ADDRESSES: [&str; 8] = ["your", "my", "the", "insert", "replace", "enter", "add", "put"];
        const FILLERS: [&str; 12] = [
            "goes", "here", "change", "fill", "example", "sample", "dummy", "placeholder", "todo", "some", "actual",
            "enter",
        ];
        // Digits do not end a word in uppercase.
        let words = if self.inner == Inner::Field { words(name) } else { words(&name.to_ascii_lowercase()) };
        let is_general = |word: &String| STYLES.general.contains(word);
        let is_filler = |word: &String| self.inner == Inner::Field && FILLERS.contains(&word.as_str());
        words.len() > 1
            && !ADDRESSES.contains(&words[0].as_str())
            && !words.iter().all(is_general)
            && !words.iter().any(is_filler)
    }

    /// Whether a whole reference holds no value of its own: `${NAME:-value}` does.
    fn is_bare(&self, value: &str) -> bool {
        let default = || [":-", ":="].iter().find_map(|mark| value.split_once(mark));
        self.inner != Inner::Shell || default().is_none_or(|(_, rest)| rest.trim_end_matches('}').is_empty())
    }
}

/// Whether a YAML tag says that the value is read from elsewhere: `!Ref`, `!env`, `!vault`.
fn is_reference_tag(tag: &str) -> bool {
    let name = tag.trim_start_matches('!').to_ascii_lowercase();
    let name = name.split(['/', ':', '.']).next().unwrap_or_default();
    STYLES.tags.iter().any(|known| known == name)
}

/// The text outside of `parts`.
pub(super) fn outside(value: &str, parts: &[Range<usize>]) -> String {
    spliced(value, 0..value.len(), parts.iter().map(|part| (part.clone(), "")))
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::{GROUPS, STARTS, STYLES};

    #[test]
    fn a_reference_inside_a_value_starts_with_one_of_the_characters_looked_for() {
        for style in STYLES.forms.iter().filter(|style| style.inside) {
            assert!(style.start.starts_with(STARTS), "{}", style.start);
        }
        assert!(STYLES.forms.iter().all(|style| style.start.is_ascii()));
    }
    #[test]
    fn the_end_is_looked_for_once_for_each_pair_of_start_and_end() {
        let pairs: HashSet<_> = GROUPS.iter().map(|group| (&group[0].start, &group[0].end)).collect();
        assert_eq!(pairs.len(), GROUPS.len());
    }
}
