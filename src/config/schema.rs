//! The schemas of the shapes, and their keys in the schema's spelling.

use std::collections::HashSet;
use std::sync::{LazyLock, OnceLock};

use jsonschema::Validator;
use serde_json::{Map, Value, json};

use crate::config::Shape;
use crate::contract::Contract;
use crate::contract::{validator, with_references};
use crate::profile::fold;
use crate::scopes::Catalogue;
use crate::source::Span;
use crate::tree::{self, Node, Tree};

/// The published schema: one definition for each shape, and what they share.
pub(super) static SCHEMA: LazyLock<Value> =
    LazyLock::new(|| serde_json::from_str(SCHEMA_TEXT).expect("the embedded schema is read by the tests"));

/// The published schema of configurations, as text.
pub const SCHEMA_TEXT: &str = include_str!("../../schemas/cyclr/config.schema.json");

/// The schema of a manifest for one connector: what every manifest must look like, and what the
/// connector's contract asks for. It is self-contained.
pub fn manifest_schema(contract: &Contract, catalogues: &[&Catalogue]) -> Value {
    let mut demands = contract.schema(catalogues);
    let title = demands.as_object_mut().and_then(|members| {
        members.remove("$schema");
        members.remove("title")
    });
    json!({
        "$schema": SCHEMA["$schema"],
        "title": title,
        "description": SCHEMA["$defs"]["manifest"]["description"],
        "allOf": [{ "$ref": "#/$defs/manifest" }, demands],
        "$defs": with_references(&SCHEMA["$defs"]),
    })
}

/// A shape's definition in the schema.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Definition {
    /// The shape that it describes.
    pub(super) shape: Shape,
    /// Its name under `$defs`.
    pub(super) name: &'static str,
    index: usize,
}

/// The definitions of whole documents.
pub(super) const DEFINITIONS: [Definition; 6] = [
    Definition { shape: Shape::Native, name: "manifest", index: 0 },
    Definition { shape: Shape::Native, name: "manifests", index: 1 },
    Definition { shape: Shape::Launch, name: "launch", index: 2 },
    Definition { shape: Shape::Account, name: "accountConnector", index: 3 },
    Definition { shape: Shape::Custom, name: "customConnector", index: 4 },
    Definition { shape: Shape::Install, name: "install", index: 5 },
];

/// One connector of a native manifest.
pub(super) const MANIFEST: Definition = DEFINITIONS[0];

/// A native manifest with several connectors.
const MANIFESTS: Definition = DEFINITIONS[1];

impl Definition {
    fn schema(self) -> &'static Value {
        &SCHEMA["$defs"][self.name]
    }

    /// The keys, with their types, that identify the shape.
    pub(super) fn marks(self) -> &'static [Value] {
        self.schema()["x-recognised-by"].as_array().map_or(&[], Vec::as_slice)
    }

    /// The keys that a document of the shape must have.
    pub(super) fn required(self) -> impl Iterator<Item = &'static str> {
        self.schema()["required"].as_array().into_iter().flatten().filter_map(Value::as_str)
    }

    /// The keys that a document of the shape may have, with their schemas.
    pub(super) fn properties(self) -> Option<&'static Map<String, Value>> {
        self.schema()["properties"].as_object()
    }

    /// The validator, compiled when it is first asked for.
    pub(super) fn validator(self) -> Option<&'static Validator<Tree>> {
        static COMPILED: [OnceLock<Option<Validator<Tree>>>; DEFINITIONS.len()] =
            [const { OnceLock::new() }; DEFINITIONS.len()];
        let compile = || match self {
            MANIFESTS => validator(&self.list_itself(), ""),
            _ => validator(&SCHEMA, &format!("/$defs/{}", self.name)),
        };
        COMPILED[self.index].get_or_init(compile).as_ref()
    }

    /// The schema of a list of manifests where each manifest with a key is checked on its own: an item without keys
    /// still lacks what each manifest must have.
    fn list_itself(self) -> Value {
        let mut schema = self.schema().clone();
        let item = json!({ "type": "object", "required": MANIFEST.schema()["required"] });
        if let Some(items) = schema.pointer_mut("/properties/Connectors/items") {
            *items = item;
        }
        schema
    }
}

/// A key that was written in another spelling than the schema's.
#[derive(Debug)]
pub(super) struct Renamed {
    pub(super) span: Span,
    pub(super) written: String,
    pub(super) meant: String,
}

/// The document with each key that differs from the schema's only in case and separators in the
/// schema's spelling, and those keys.
pub(super) fn normalise(mut node: Node, definition: Definition) -> (Node, Vec<Renamed>) {
    let mut found = Vec::new();
    if let Some(value) = renamed(&node.value, definition.schema(), &mut found) {
        node.value = value;
    }
    (node, found)
}

/// The value with its keys renamed; `None` where nothing changes, so that it stays shared.
fn renamed(value: &tree::Value, schema: &Value, found: &mut Vec<Renamed>) -> Option<tree::Value> {
    match value {
        tree::Value::Mapping(entries) => {
            let properties = &resolve(schema, false)["properties"];
            let mut written: HashSet<String> = entries.iter().map(|entry| entry.key.clone()).collect();
            let changes = entries.iter().map(|entry| {
                let meant = canonical(&entry.key, &written, properties);
                if let Some(meant) = &meant {
                    written.insert(meant.clone());
                    found.push(Renamed { span: entry.key_span, written: entry.key.clone(), meant: meant.clone() });
                }
                let schema = &properties[meant.as_deref().unwrap_or(&entry.key)];
                let value = renamed(&entry.value.value, schema, found);
                (meant.is_some() || value.is_some()).then_some((meant, value))
            });
            let put = |entry: &mut tree::Entry, (key, value): (Option<String>, Option<tree::Value>)| {
                entry.key = key.unwrap_or_else(|| std::mem::take(&mut entry.key));
                if let Some(value) = value {
                    entry.value.value = value;
                }
            };
            tree::changed(entries, changes, put).map(tree::Value::Mapping)
        }
        tree::Value::Sequence(items) => {
            let schema = &resolve(schema, true)["items"];
            let changes = items.iter().map(|item| renamed(&item.value, schema, found));
            tree::changed(items, changes, |item, value| item.value = value).map(tree::Value::Sequence)
        }
        _ => None,
    }
}

/// The schema's key that `key` can only mean; `None` if it is one itself, or if that is among those `written`, too.
fn canonical(key: &str, written: &HashSet<String>, properties: &Value) -> Option<String> {
    let known = properties.as_object()?;
    if known.contains_key(key) {
        return None;
    }
    let folded = fold(key);
    let is_alias = |schema: &Value| schema["x-also"].as_array().into_iter().flatten().any(|other| *other == folded);
    let meant = known.keys().find(|name| fold(name) == folded);
    let meant = meant.or_else(|| known.iter().find(|(_, schema)| is_alias(schema)).map(|(name, _)| name))?;
    (!written.contains(meant)).then(|| meant.clone())
}

/// The definition that a reference names.
fn referred(reference: &Value) -> Option<&'static Value> {
    SCHEMA["$defs"].get(reference.as_str()?.strip_prefix("#/$defs/")?)
}

/// Follows references and the choice between a list and a single value.
fn resolve(schema: &Value, is_list: bool) -> &Value {
    let mut schema = schema;
    // The schema has no cycle of references; the bound makes that plain.
    for _ in 0..8 {
        if let Some(definition) = referred(&schema["$ref"]) {
            schema = definition;
        } else if let Some(kind) = schema["if"]["type"].as_str() {
            schema = &schema[if (kind == "array") == is_list { "then" } else { "else" }];
        } else {
            break;
        }
    }
    schema
}
