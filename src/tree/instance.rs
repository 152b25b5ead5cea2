//! A tree as an instance for the JSON Schema validator, which reads it unchanged: no copy is made of it.
//!
//! What it says is what [`Node::to_json`] writes: of equal keys one counts, numbers that JSON does not have are null.

use std::borrow::Cow;

use jsonschema::JsonType;
use jsonschema::json::{Array, Json, Node as Instance, NodeIdentity, Object, cmp, unique};
use serde_json::{Number, Value as JsonValue};

use super::{Entry, Node, ScalarStyle, Value, scalar};
use crate::source::{FileId, Span};

/// Trees as a representation of JSON.
#[derive(Debug)]
pub struct Tree;

impl Json for Tree {
    type Node<'a> = &'a Node;
    type PreparedKey = String;
    type StringBuffer = ();

    const ACYCLIC: bool = true;

    fn prepare_key(key: &str) -> String {
        key.to_owned()
    }

    fn with_string_node<T>((): &mut (), string: &str, f: impl FnOnce(&Node) -> T) -> T {
        let (value, span) = (Value::String(string.to_owned()), Span::new(FileId::default(), 0..0));
        f(&Node { value, span, style: ScalarStyle::Plain, tag: None })
    }
}

impl<'a> Instance<'a, Tree> for &'a Node {
    type Object = Members<'a>;
    type Array = &'a [Node];
    type Number = Number;

    fn as_object(&self) -> Option<Members<'a>> {
        matches!(self.value, Value::Mapping(_)).then_some(Members(self))
    }

    fn as_array(&self) -> Option<&'a [Node]> {
        matches!(self.value, Value::Sequence(_)).then(|| self.items())
    }

    fn as_string(&self) -> Option<Cow<'a, str>> {
        self.as_str().map(Cow::Borrowed)
    }

    fn as_number(&self) -> Option<Number> {
        let Value::Number(text) = &self.value else { return None };
        match scalar::number(text) {
            JsonValue::Number(number) => Some(number),
            _ => None,
        }
    }

    fn as_boolean(&self) -> Option<bool> {
        self.as_bool()
    }

    fn is_null(&self) -> bool {
        self.json_type() == JsonType::Null
    }

    fn json_type(&self) -> JsonType {
        match &self.value {
            Value::Null => JsonType::Null,
            Value::Bool(_) => JsonType::Boolean,
            Value::Number(_) if self.as_number().is_none() => JsonType::Null,
            Value::Number(_) => JsonType::Number,
            Value::String(_) => JsonType::String,
            Value::Sequence(_) => JsonType::Array,
            Value::Mapping(_) => JsonType::Object,
        }
    }

    fn equals_value(&self, expected: &JsonValue) -> bool {
        match (&self.value, expected) {
            (Value::String(text), JsonValue::String(expected)) => text == expected,
            _ => cmp::equal(&self.to_json(), expected),
        }
    }

    /// What an error would hold of the instance. Ours are identified by their location, which the tree has, and each
    /// would hold a copy of all of a list.
    fn to_value(&self) -> Cow<'a, JsonValue> {
        Cow::Owned(JsonValue::Null)
    }

    fn identity(&self) -> Option<NodeIdentity> {
        Some(NodeIdentity::new(std::ptr::from_ref::<Node>(self) as usize))
    }
}

/// The entries of a mapping that count.
pub struct Members<'a>(&'a Node);

impl<'a> Object<'a, Tree> for Members<'a> {
    type Node = &'a Node;
    type MemberName = &'a str;
    type MembersIter = Box<dyn Iterator<Item = (&'a str, &'a Node)> + 'a>;

    fn len(&self) -> usize {
        self.0.effective_entries().count()
    }

    fn get(&self, key: &String) -> Option<&'a Node> {
        self.0.get(key)
    }

    fn members(&self) -> Self::MembersIter {
        Box::new(self.0.effective_entries().map(|entry: &Entry| (entry.key.as_str(), &entry.value)))
    }
}

impl<'a> Array<'a, Tree> for &'a [Node] {
    type Node = &'a Node;
    type ElementsIter = std::slice::Iter<'a, Node>;

    fn len(&self) -> usize {
        <[Node]>::len(self)
    }

    fn elements(&self) -> std::slice::Iter<'a, Node> {
        self.iter()
    }

    fn is_unique(&self) -> bool {
        let items: Vec<JsonValue> = self.iter().map(Node::to_json).collect();
        unique::is_unique(&items)
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::Tree;
    use crate::source::{FileId, SourceFile};
    use crate::tree::yaml;

    const TEXTS: &[&str] = &[
        "a: 1\nb: x\nc: [yes, no]\n",
        "a: 1.5\nb: y\nc: [ab, ab, 1, 1.0, c]\n",
        "a: .inf\nb: [1.0]\nc: {}\nd: {k: 1.0}\n",
        "b: 1.0\nd: {k: 2}\nlong-key: ~\n",
        "a: x\na: 2\nb: 1\nb: z\n",
        "base: &base {a: x, b: y}\na: 3\n<<: *base\n",
        "one: &one {a: 1}\ntwo: &two {a: x, b: w}\n<<: [*one, *two]\n",
        "a: 0x1F\na1: 1\na2: 1\na3: 1\na4: 1\na5: 1\na6: 1\na7: 1\na: x\na8: 1\na7: 2\n",
        "[a, b]\n",
        "12\n",
    ];

    /// The validator says the same of a tree as of its copy as JSON, in the same places.
    #[test]
    fn is_what_its_copy_is() {
        let schema = json!({
            "type": "object",
            "properties": {
                "a": { "type": "integer", "maximum": 30 },
                "b": { "enum": ["x", 1, null, [1]] },
                "c": { "type": "array", "uniqueItems": true, "items": { "type": ["string", "number"], "minLength": 2 } },
                "d": { "const": { "k": 1 } },
            },
            "required": ["a"],
            "propertyNames": { "maxLength": 4 },
            "additionalProperties": { "type": "integer" },
            "maxProperties": 6,
        });
        let of_trees = jsonschema::options_for::<Tree>().build(&schema).expect("the schema is one");
        let of_copies = jsonschema::options().build(&schema).expect("the schema is one");
        let mut count = 0;
        for text in TEXTS {
            let source = SourceFile::new(FileId(0), "a.yaml", *text);
            let documents = yaml::parse(&source, 0..text.len()).documents;
            let copy = documents[0].to_json();
            let place =
                |error: jsonschema::ValidationError<'_>| format!("{} {}", error.instance_path(), error.schema_path());
            let found: Vec<String> = of_trees.iter_errors(&documents[0]).map(place).collect();
            let expected: Vec<String> = of_copies.iter_errors(&copy).map(place).collect();
            assert_eq!(found, expected, "{text}");
            count += found.len();
        }
        assert!(count > 15, "{count}");
    }
}
