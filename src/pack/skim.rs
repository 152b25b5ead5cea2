//! Reads of a JSON file only what pointers lead to: definitions of interfaces are megabytes, of which a pack looks at a
//! few values.
//!
//! The text is first read whole by `serde_json`, into nothing: what this refuses, and what has a key twice, is read by
//! the tree, which says what is wrong. The rest is valid JSON, in which the values are then found without nodes for
//! what lies between.

use std::borrow::Cow;
use std::collections::{BTreeMap, HashSet};
use std::fmt;

use serde::de::{Deserialize, Deserializer, Error, MapAccess, SeqAccess, Visitor};

use super::form::Role;
use super::pointers::steps;
use crate::source::SourceFile;
use crate::tree::{Entry, Node, ScalarStyle, Value};

/// Keys of one mapping that are compared one by one; of more, a set is made.
const FEW_KEYS: usize = 16;

/// The pointers into a file, by their steps.
#[derive(Debug, Default)]
struct Trie<'a> {
    below: BTreeMap<Cow<'a, str>, Trie<'a>>,
}

impl<'a> Trie<'a> {
    /// The trie of what roles look at: their values, and what is beside them.
    fn of(roles: impl Iterator<Item = &'a Role>) -> Self {
        let mut trie = Self::default();
        for role in roles {
            let limits = [&role.only, &role.unless, &role.optional_where, &role.secret_where];
            let limits = limits.into_iter().flat_map(BTreeMap::keys);
            let beside: Vec<&String> = role.labels().iter().chain(&role.value).chain(&role.key).chain(limits).collect();
            for pointer in role.at.as_slice() {
                let at = trie.add(pointer);
                for pointer in &beside {
                    at.add(pointer);
                }
            }
        }
        trie
    }

    fn add(&mut self, pointer: &str) -> &mut Self {
        steps(pointer).into_iter().fold(self, |at, step| at.below.entry(Cow::Owned(step)).or_default())
    }

    /// The tries below a key: one that names it, and one of every key.
    fn at(&self, key: &str) -> [Option<&Self>; 2] {
        [self.below.get(key), self.below.get("*")]
    }
}

/// The document of a file with the values that roles and joins look at; the first entry of a mapping is kept too, and other
/// values are null. `None` if the text is not JSON, or has a key twice.
pub(super) fn skim<'a>(
    source: &SourceFile,
    roles: impl Iterator<Item = &'a Role>,
    joins: impl Iterator<Item = &'a str>,
) -> Option<Node> {
    let text = source.text();
    let base = if text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
    let Distinct = serde_json::from_str(&text[base..]).ok()?;
    let mut trie = Trie::of(roles);
    for pointer in joins {
        trie.add(pointer);
    }
    let mut reader = Reader { source, bytes: text.as_bytes(), at: base };
    reader.value(&[&trie])
}

/// Valid JSON in which no mapping has a key twice.
struct Distinct;

impl<'de> Deserialize<'de> for Distinct {
    fn deserialize<D: Deserializer<'de>>(reader: D) -> Result<Self, D::Error> {
        reader.deserialize_any(DistinctVisitor)
    }
}

struct DistinctVisitor;

impl<'de> Visitor<'de> for DistinctVisitor {
    type Value = Distinct;

    fn expecting(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("JSON")
    }

    fn visit_bool<E>(self, _: bool) -> Result<Distinct, E> {
        Ok(Distinct)
    }

    fn visit_i64<E>(self, _: i64) -> Result<Distinct, E> {
        Ok(Distinct)
    }

    fn visit_u64<E>(self, _: u64) -> Result<Distinct, E> {
        Ok(Distinct)
    }

    fn visit_f64<E>(self, _: f64) -> Result<Distinct, E> {
        Ok(Distinct)
    }

    fn visit_str<E>(self, _: &str) -> Result<Distinct, E> {
        Ok(Distinct)
    }

    fn visit_unit<E>(self) -> Result<Distinct, E> {
        Ok(Distinct)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Distinct, A::Error> {
        while items.next_element::<Distinct>()?.is_some() {}
        Ok(Distinct)
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Distinct, A::Error> {
        let (mut few, mut many): (Vec<Key<'de>>, HashSet<Key<'de>>) = (Vec::new(), HashSet::new());
        while let Some(key) = entries.next_key::<Key<'de>>()? {
            if few.contains(&key) || many.contains(&key) {
                return Err(A::Error::custom("duplicate key"));
            }
            if few.len() < FEW_KEYS {
                few.push(key);
            } else {
                many.insert(key);
            }
            entries.next_value::<Distinct>()?;
        }
        Ok(Distinct)
    }
}

/// A key, borrowed from the text where it has no escapes.
#[derive(PartialEq, Eq, Hash, serde::Deserialize)]
struct Key<'a>(#[serde(borrow)] Cow<'a, str>);

/// Reads values of valid JSON.
struct Reader<'a> {
    source: &'a SourceFile,
    bytes: &'a [u8],
    at: usize,
}

impl<'a> Reader<'a> {
    /// The value available, with what the tries lead to; `None` where the text is not valid.
    fn value(&mut self, tries: &[&Trie<'_>]) -> Option<Node> {
        self.spaces();
        let start = self.at;
        let mut style = ScalarStyle::Plain;
        let value = match self.bytes.get(start)? {
            b'{' if !tries.is_empty() => Value::Mapping(self.mapping(tries)?.into()),
            b'[' if !tries.is_empty() => Value::Sequence(self.sequence(tries)?.into()),
            b'{' | b'[' => {
                self.skip()?;
                Value::Null
            }
            b'"' => {
                style = ScalarStyle::DoubleQuoted;
                Value::String(self.string()?.into_owned())
            }
            _ => {
                self.skip()?;
                match &self.source.text()[start..self.at] {
                    "true" => Value::Bool(true),
                    "false" => Value::Bool(false),
                    "null" => Value::Null,
                    number => Value::Number(number.into()),
                }
            }
        };
        Some(Node { value, span: self.source.span(start..self.at), style, tag: None })
    }

    fn mapping(&mut self, tries: &[&Trie<'_>]) -> Option<Vec<Entry>> {
        let mut entries = Vec::new();
        self.at += 1;
        loop {
            self.spaces();
            match self.bytes.get(self.at)? {
                b'}' => break,
                b',' => self.at += 1,
                _ => {
                    let start = self.at;
                    let key = self.string()?;
                    let key_span = self.source.span(start..self.at);
                    self.spaces();
                    self.at += 1;
                    let below: Vec<&Trie<'_>> = tries.iter().flat_map(|trie| trie.at(&key)).flatten().collect();
                    if below.is_empty() && !entries.is_empty() {
                        self.spaces();
                        self.skip()?;
                    } else {
                        let key = key.into_owned();
                        entries.push(Entry { key, key_span, value: self.value(&below)?, merged: false });
                    }
                }
            }
        }
        self.at += 1;
        Some(entries)
    }

    fn sequence(&mut self, tries: &[&Trie<'_>]) -> Option<Vec<Node>> {
        let mut items = Vec::new();
        self.at += 1;
        loop {
            self.spaces();
            match self.bytes.get(self.at)? {
                b']' => break,
                b',' => self.at += 1,
                _ => {
                    let key = items.len().to_string();
                    let below: Vec<&Trie<'_>> = tries.iter().flat_map(|trie| trie.at(&key)).flatten().collect();
                    items.push(self.value(&below)?);
                }
            }
        }
        self.at += 1;
        Some(items)
    }

    /// The string available, unescaped.
    fn string(&mut self) -> Option<Cow<'a, str>> {
        let (source, start) = (self.source, self.at);
        self.skip()?;
        let written = &source.text()[start..self.at];
        let inner = written.get(1..written.len() - 1)?;
        Some(if inner.contains('\\') { Cow::Owned(serde_json::from_str(written).ok()?) } else { Cow::Borrowed(inner) })
    }

    fn spaces(&mut self) {
        while self.bytes.get(self.at).is_some_and(u8::is_ascii_whitespace) {
            self.at += 1;
        }
    }

    /// Skips the value available.
    fn skip(&mut self) -> Option<()> {
        let mut depth = 0usize;
        loop {
            match self.bytes.get(self.at)? {
                b'"' => {
                    self.at += 1;
                    loop {
                        self.at += memchr::memchr2(b'"', b'\\', self.bytes.get(self.at..)?)?;
                        if self.bytes[self.at] == b'"' {
                            break;
                        }
                        self.at += 2;
                    }
                }
                b'{' | b'[' => depth += 1,
                b'}' | b']' => depth -= 1,
                b',' | b':' | b' ' | b'\n' | b'\r' | b'\t' => {}
                _ => {
                    let is_end = |byte: &u8| matches!(byte, b',' | b']' | b'}') || byte.is_ascii_whitespace();
                    let rest = &self.bytes[self.at..];
                    self.at += rest.iter().position(is_end).unwrap_or(rest.len()) - 1;
                }
            }
            self.at += 1;
            if depth == 0 {
                return Some(());
            }
        }
    }
}
