//! JSON Schemas of data files: what a file breaks in the schema that its kind names.

use jsonschema::error::{TypeKind, ValidationErrorKind as Kind};
use jsonschema::{ValidationError, Validator};
use serde_json::Value as Json;

use super::demand::{Demand, Demanded};
use crate::contract::validator;
use crate::nearest;
use crate::tree::{Node, Place, Tree, unescaped};

/// The schema of a kind of data file.
#[derive(Debug)]
pub(super) struct Schema {
    document: Json,
    validator: Validator<Tree>,
}

impl Schema {
    /// Reads a schema of any draft.
    ///
    /// # Errors
    /// The document is not a JSON Schema.
    pub(super) fn new(document: Json) -> Result<Self, String> {
        jsonschema::meta::validate(&document).map_err(|error| {
            let place = error.instance_path().as_str();
            format!("not a JSON Schema: `{}`: {error}", if place.is_empty() { "/" } else { place })
        })?;
        Self::trusted(document).ok_or_else(|| "unresolved reference in the schema".to_owned())
    }

    /// A schema that is known to be one.
    pub(super) fn trusted(document: Json) -> Option<Self> {
        let validator = validator(&document, "")?;
        Some(Self { document, validator })
    }

    /// What a document breaks, each at the key or value that is wrong.
    pub(super) fn broken(&self, node: &Node) -> Vec<Demand> {
        let errors = self.validator.iter_errors(node);
        let mut broken: Vec<Demand> = errors.flat_map(|error| self.demands(node, &error)).collect();
        broken.sort_by_key(|demand| demand.span);
        // A value of the wrong type is not also outside its enumeration.
        broken.dedup_by(|next, kept| next.span == kept.span);
        broken
    }

    fn demands(&self, node: &Node, error: &ValidationError<'_>) -> Vec<Demand> {
        let pointer = error.instance_path().as_str();
        let Some(place) = node.at_pointer(pointer) else { return Vec::new() };
        let name = name_of(&place, pointer);
        let found = &place.node;
        match error.kind() {
            Kind::Type { kind } => {
                let message = format!("`{name}`: expected {}, found {}", types(kind), articled(found.type_name()));
                vec![Demand::new(Demanded::WrongType, found.span, message, format!("write {}", types(kind)))]
            }
            Kind::AdditionalProperties { unexpected } | Kind::UnevaluatedProperties { unexpected } => {
                let known = self.known_keys(error);
                unexpected.iter().filter_map(|key| unknown_key(found, key, &known)).collect()
            }
            Kind::FalseSchema => {
                let key = place.entry.map_or(found.span, |entry| entry.key_span);
                vec![Demand::new(Demanded::Unknown, key, format!("unknown key `{name}`"), "remove it".to_owned())]
            }
            Kind::Required { property } => {
                let key = property.as_str().unwrap_or_default();
                let at = place.entry.map(|entry| entry.key_span);
                let at = at.or_else(|| found.entries().first().map(|entry| entry.key_span)).unwrap_or(found.span);
                vec![Demand::new(Demanded::Missing, at, format!("missing `{key}`"), format!("add `{key}` to `{name}`"))]
            }
            Kind::Enum { options } => vec![outside(found, &name, options.as_array().map_or(&[], Vec::as_slice))],
            Kind::Constant { expected_value } => vec![outside(found, &name, std::slice::from_ref(expected_value))],
            _ => {
                let message = format!("`{name}` does not match the schema: `{}`", shown(found));
                vec![Demand::new(Demanded::Invalid, found.span, message, advice(error.kind()))]
            }
        }
    }

    /// The keys that the schema names beside the keyword that refuses others.
    fn known_keys(&self, error: &ValidationError<'_>) -> Vec<&str> {
        let evaluated = error.schema_path().as_str();
        let mut at = &self.document;
        for step in evaluated.split('/').skip(1) {
            let step = unescaped(step);
            let next = match (step.as_str(), at) {
                ("$ref", _) => at["$ref"].as_str().and_then(|to| self.document.pointer(to.strip_prefix('#')?)),
                (_, Json::Array(items)) => step.parse::<usize>().ok().and_then(|index| items.get(index)),
                _ => at.get(&step),
            };
            match next {
                Some(next @ (Json::Object(_) | Json::Array(_))) => at = next,
                _ => break,
            }
        }
        at["properties"].as_object().into_iter().flat_map(|keys| keys.keys().map(String::as_str)).collect()
    }
}

fn unknown_key(parent: &Node, key: &str, known: &[&str]) -> Option<Demand> {
    let entry = parent.entry(key)?;
    let unused: Vec<&str> = known.iter().copied().filter(|name| parent.entry(name).is_none()).collect();
    let help = match nearest::suggestion(key, &unused) {
        Some(near) => format!("did you mean `{near}`?"),
        None => "remove it".to_owned(),
    };
    Some(Demand::new(Demanded::Unknown, entry.key_span, format!("unknown key `{key}`"), help))
}

/// A value that the schema does not list.
fn outside(node: &Node, name: &str, options: &[Json]) -> Demand {
    let message = format!("invalid `{name}`: `{}` is not a value of the schema", shown(node));
    let texts: Vec<&str> = options.iter().filter_map(Json::as_str).collect();
    let help = if let Some(near) = node.as_str().and_then(|text| nearest::suggestion(text, &texts)) {
        format!("use `{near}`")
    } else {
        let list: Vec<String> = options.iter().map(|option| format!("`{}`", bare(option))).collect();
        format!("use {}", list.join(" or "))
    };
    Demand::new(Demanded::Invalid, node.span, message, help)
}

/// What the value at a place is called: its key, or the key of the list that it is in.
fn name_of(place: &Place<'_>, pointer: &str) -> String {
    if let Some(entry) = place.entry {
        return entry.key.clone();
    }
    let named = pointer.rsplit('/').find(|step| step.parse::<usize>().is_err() && !step.is_empty());
    named.map_or_else(|| "the file".to_owned(), unescaped)
}

fn types(kind: &TypeKind) -> String {
    match kind {
        TypeKind::Single(one) => articled(&one.to_string()),
        TypeKind::Multiple(set) => {
            let names: Vec<String> = set.iter().map(|one| articled(&one.to_string())).collect();
            names.join(" or ")
        }
    }
}

/// The name of a type, in JSON Schema or in the tree, with its article.
fn articled(name: &str) -> String {
    match name {
        "null" => name.to_owned(),
        "array" => "a list".to_owned(),
        "object" => "a mapping".to_owned(),
        "integer" => "an integer".to_owned(),
        _ => format!("a {name}"),
    }
}

fn advice(kind: &Kind) -> String {
    match kind {
        Kind::Pattern { pattern } => format!("use a value that matches `{pattern}`"),
        Kind::Format { format } => format!("use a value of the format `{format}`"),
        Kind::MinLength { limit } => format!("use at least {limit} characters"),
        Kind::MaxLength { limit } => format!("use at most {limit} characters"),
        Kind::MinItems { limit } => format!("list at least {limit}"),
        Kind::MaxItems { limit } => format!("list at most {limit}"),
        _ => "use a value that matches the schema".to_owned(),
    }
}

/// The value as a message shows it.
fn shown(node: &Node) -> String {
    match node.as_str() {
        Some(text) => text.to_owned(),
        None if node.entries().is_empty() && node.items().is_empty() => bare(&node.to_json()),
        None => format!("a {}", node.type_name()),
    }
}

fn bare(value: &Json) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}
