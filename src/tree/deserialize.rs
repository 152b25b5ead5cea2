//! Reads typed data from a tree with serde, with errors that say where.
//!
//! Types are strict: a number is not a string, a string no number.

use std::fmt;

use serde::de::value::{MapAccessDeserializer, StrDeserializer};
use serde::de::{self, DeserializeOwned, DeserializeSeed, Error as _, IntoDeserializer, MapAccess, SeqAccess, Visitor};

use crate::nearest;
use crate::source::Span;
use crate::tree::{Entry, Node, Problem, Value, scalar};

/// Reads a value of type `T` from `node`.
///
/// # Errors
///
/// The first thing that does not fit, at the key (unknown) or value (wrong) that causes it.
pub fn deserialize<T: DeserializeOwned>(node: &Node) -> Result<T, Problem> {
    let problem = |error: Error| Problem::value(error.span.unwrap_or(node.span), error.message, error.help);
    T::deserialize(Reader(node)).map_err(problem)
}

/// A serde error that learns its place on the way up.
#[derive(Debug, thiserror::Error)]
#[error("{message}")]
struct Error {
    message: String,
    help: Option<String>,
    span: Option<Span>,
}

impl Error {
    /// Gives the error a place if it has none yet.
    fn at(mut self, span: Span) -> Self {
        self.span.get_or_insert(span);
        self
    }

    fn unknown(what: &str, name: &str, expected: &[&str]) -> Self {
        let near = nearest::suggestion(name, expected);
        let help = match near {
            Some(near) => Some(format!("did you mean `{near}`?")),
            None if expected.is_empty() => None,
            None => Some(format!("use one of {}", list(expected))),
        };
        Self { message: format!("unknown {what} `{name}`"), help, span: None }
    }
}

impl de::Error for Error {
    fn custom<T: fmt::Display>(message: T) -> Self {
        Self { message: message.to_string(), help: None, span: None }
    }

    fn invalid_type(unexpected: de::Unexpected<'_>, expected: &dyn de::Expected) -> Self {
        // serde calls numbers and structures by their types.
        let expected = match expected.to_string().as_str() {
            "u8" => "a number up to 255".to_owned(),
            "u32" | "u64" | "usize" => "a positive number".to_owned(),
            "a sequence" => "a list".to_owned(),
            other if other == "a map" || other.starts_with("struct ") => "a mapping".to_owned(),
            other => other.to_owned(),
        };
        Self::custom(format_args!("expected {expected}, found {}", plain(unexpected)))
    }

    fn invalid_value(unexpected: de::Unexpected<'_>, expected: &dyn de::Expected) -> Self {
        Self::invalid_type(unexpected, expected)
    }

    fn unknown_variant(variant: &str, expected: &'static [&'static str]) -> Self {
        Self::unknown("value", variant, expected)
    }

    fn unknown_field(field: &str, expected: &'static [&'static str]) -> Self {
        Self::unknown("key", field, expected)
    }

    fn missing_field(field: &'static str) -> Self {
        Self::custom(format_args!("missing key `{field}`"))
    }
}

fn list(names: &[&str]) -> String {
    names.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ")
}

/// What was found, without its value: the value may be a secret.
fn plain(unexpected: de::Unexpected<'_>) -> &'static str {
    match unexpected {
        de::Unexpected::Bool(_) => "a boolean",
        de::Unexpected::Unsigned(_) | de::Unexpected::Signed(_) | de::Unexpected::Float(_) => "a number",
        de::Unexpected::Str(_) | de::Unexpected::Char(_) => "a string",
        de::Unexpected::Seq => "a list",
        de::Unexpected::Unit => "nothing",
        _ => "a mapping",
    }
}

struct Reader<'a>(&'a Node);

impl<'de> de::Deserializer<'de> for Reader<'_> {
    type Error = Error;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        let result = match &self.0.value {
            Value::Null => visitor.visit_unit(),
            Value::Bool(value) => visitor.visit_bool(*value),
            Value::Number(text) => visit_number(text, visitor),
            Value::String(text) => visitor.visit_str(text),
            Value::Sequence(items) => visitor.visit_seq(Items(items.iter())),
            Value::Mapping(_) => visitor.visit_map(Members::new(self.0)),
        };
        result.map_err(|error| error.at(place(self.0)))
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        match self.0.value {
            Value::Null => visitor.visit_none(),
            _ => visitor.visit_some(self),
        }
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(self, _: &'static str, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Error> {
        let result = match &self.0.value {
            Value::String(text) => {
                let name: StrDeserializer<'_, Error> = text.as_str().into_deserializer();
                visitor.visit_enum(name)
            }
            Value::Mapping(_) => visitor.visit_enum(MapAccessDeserializer::new(Members::new(self.0))),
            _ => Err(Error::custom(format_args!("expected a string, found a {}", self.0.type_name()))),
        };
        result.map_err(|error| error.at(place(self.0)))
    }

    serde::forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf unit unit_struct
        seq tuple tuple_struct map struct identifier ignored_any
    }
}

/// Where an error about a node belongs: a mapping in block style is shown by its first key.
fn place(node: &Node) -> Span {
    let first = node.entries().first().map(|entry| entry.key_span);
    first.filter(|key| key.start == node.span.start).unwrap_or(node.span)
}

fn visit_number<'de, V: Visitor<'de>>(text: &str, visitor: V) -> Result<V::Value, Error> {
    let number = scalar::number(text);
    match (number.as_u64(), number.as_i64(), number.as_f64()) {
        (Some(value), ..) => visitor.visit_u64(value),
        (_, Some(value), _) => visitor.visit_i64(value),
        (.., Some(value)) => visitor.visit_f64(value),
        _ => visitor.visit_f64(f64::NAN),
    }
}

struct Items<'a>(std::slice::Iter<'a, Node>);

impl<'de> SeqAccess<'de> for Items<'_> {
    type Error = Error;

    fn next_element_seed<T: DeserializeSeed<'de>>(&mut self, seed: T) -> Result<Option<T::Value>, Error> {
        self.0.next().map(|item| seed.deserialize(Reader(item))).transpose()
    }

    fn size_hint(&self) -> Option<usize> {
        Some(self.0.len())
    }
}

/// The entries of a mapping that count, in order.
struct Members<'a> {
    entries: std::vec::IntoIter<&'a Entry>,
    value: Option<&'a Node>,
}

impl<'a> Members<'a> {
    fn new(node: &'a Node) -> Self {
        Self { entries: node.effective_entries().collect::<Vec<_>>().into_iter(), value: None }
    }
}

impl<'de> MapAccess<'de> for Members<'_> {
    type Error = Error;

    fn next_key_seed<K: DeserializeSeed<'de>>(&mut self, seed: K) -> Result<Option<K::Value>, Error> {
        let Some(entry) = self.entries.next() else {
            return Ok(None);
        };
        self.value = Some(&entry.value);
        let key: StrDeserializer<'_, Error> = entry.key.as_str().into_deserializer();
        seed.deserialize(key).map(Some).map_err(|error| error.at(entry.key_span))
    }

    fn next_value_seed<T: DeserializeSeed<'de>>(&mut self, seed: T) -> Result<T::Value, Error> {
        match self.value.take() {
            Some(node) => seed.deserialize(Reader(node)).map_err(|error| error.at(place(node))),
            None => Err(Error::custom("a value was asked for before its key")),
        }
    }
}
