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

#[cfg(test)]
mod tests {
    use std::iter;

    use proptest::collection::{btree_map, vec};
    use proptest::prelude::*;
    use serde_json::{Value as Json, json};

    use super::skim;
    use crate::pack::form::Role;
    use crate::source::{FileId, SourceFile, Span};
    use crate::tree::{Node, Value, json as tree_json};

    fn document() -> impl Strategy<Value = Json> {
        let leaf = prop_oneof![
            Just(json!(null)),
            any::<bool>().prop_map(Json::from),
            any::<i32>().prop_map(Json::from),
            "[ab\"\\\\é\n{}\\[\\],:]{0,5}".prop_map(Json::from),
        ];
        leaf.prop_recursive(4, 40, 5, |inner| {
            let mapping = btree_map("[abx\"é]{1,2}", inner.clone(), 0..5);
            prop_oneof![vec(inner, 0..4).prop_map(Json::from), mapping.prop_map(Json::from_iter)]
        })
    }

    /// What is read of a value: all of a scalar, of others how many parts they have.
    fn read(node: &Node) -> (Span, String) {
        let shown = match &node.value {
            Value::Mapping(_) => "mapping".to_owned(),
            Value::Sequence(items) => format!("{} items", items.len()),
            scalar => format!("{scalar:?}"),
        };
        (node.span, shown)
    }

    /// What a role finds in a document.
    fn found(role: &Role, document: &Node) -> Vec<impl PartialEq + std::fmt::Debug + use<>> {
        let told = |fact: crate::pack::pointers::Fact<'_>| {
            let key = fact.entry.map(|entry| (entry.key.clone(), entry.key_span));
            (read(fact.node), key, fact.label.map(read), fact.other_name.map(read))
        };
        role.facts(document).into_iter().map(told).collect()
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(2_048))]
        #[test]
        fn a_role_finds_the_same_as_in_the_whole_tree(
            document in document(),
            at in vec("(/(a|b|x|é|ab|0|1|\\*)){1,3}", 1..4),
            label in vec("(/(a|b|x|0|\\*)){1,2}", 0..3),
            pretty in any::<bool>(),
        ) {
            let text = if pretty { format!("{document:#}\n") } else { document.to_string() };
            let role: Role = serde_json::from_value(json!({ "at": at, "label": label })).expect("a role");
            let source = SourceFile::new(FileId::default(), "a.json", text);
            let skimmed = skim(&source, iter::once(&role), iter::empty()).expect("valid JSON");
            let whole = tree_json::parse(&source).documents.into_iter().next().expect("valid JSON");
            prop_assert_eq!(found(&role, &skimmed), found(&role, &whole));
        }
    }
}
