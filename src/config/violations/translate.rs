//! Turns the JSON Schema validator's errors into violations at the bytes of keys and values.

use std::collections::HashSet;

use jsonschema::ValidationError;
use jsonschema::error::{TypeKind, ValidationErrorKind as Kind};
use serde_json::Value as Json;

use crate::config::schema::{Definition, MANIFEST, SCHEMA};
use crate::config::violations::{Demand, Violation, ViolationKind, credentials, names};
use crate::contract::{AuthKind, Field, KnownContract};
use crate::diagnostic::Severity;
use crate::source::Span;
use crate::tree::{Node, Place, ScalarStyle, Value, unescaped};

/// The violations of `instance`, which is `node` as it is meant, against a shape.
pub(super) fn run(node: &Node, instance: &Node, definition: Definition) -> Vec<Violation> {
    let errors = definition.validator().into_iter().flat_map(|validator| validator.iter_errors(instance));
    errors.flat_map(|error| translate(node, &error, &SCHEMA)).collect()
}

/// The violations of a list of manifests itself; each manifest is checked on its own.
pub(super) fn shallow(node: &Node, definition: Definition) -> Vec<Violation> {
    let errors = definition.validator().into_iter().flat_map(|validator| validator.iter_errors(node));
    let outside = errors.filter(|error| {
        let path = error.instance_path().as_str();
        let inside = path.strip_prefix("/Connectors/").and_then(|rest| rest.split('/').next());
        // An item that is not a mapping is not read as a manifest: its error is reported here.
        inside
            .and_then(|index| node.get("Connectors")?.items().get(index.parse::<usize>().ok()?))
            .is_none_or(|item| item.entries().is_empty())
    });
    outside.flat_map(|error| translate(node, &error, &SCHEMA)).collect()
}

/// The violations of a manifest against its connector's contract.
pub(super) fn contract(node: &Node, instance: &Node, known: &KnownContract) -> Vec<Violation> {
    let Some((schema, validator)) = known.validator() else {
        return Vec::new();
    };
    validator.iter_errors(instance).filter_map(|error| demanded(node, instance, &error, schema, known)).collect()
}

/// A violation of the contract, with the guide's place.
fn demanded(
    node: &Node,
    instance: &Node,
    error: &ValidationError<'_>,
    schema: &Json,
    known: &KnownContract,
) -> Option<Violation> {
    let contract = &known.contract;
    let subschema = parent(schema, error.schema_path().as_str());
    let (place, _) = resolve(node, error.instance_path().as_str());
    let role = subschema["x-role"].as_str()?;
    let named = subschema["x-field"].as_str();
    let field = || contract.fields.iter().find(|field| Some(field.name.value.as_str()) == named);
    let mut severity = (role == "grant").then_some(Severity::Warning);
    let (kind, demand, span) = match role {
        "auth" => {
            let auth = contract.auth.as_ref()?;
            if !contract.shows_auth(auth) {
                return None;
            }
            let is_stated = contract.states_auth || auth.value == AuthKind::None;
            let written = place.node.as_str()?.to_owned();
            // A word that is not a kind at all is an invalid value. A key of several parts is given as fields as well.
            let kind = AuthKind::from_config_name(&written)?;
            let are_given = || credentials::is_any_property(node, contract) || credentials::are_fields(node, contract);
            let as_fields = kind == AuthKind::AuthFields && are_given();
            let has_whole = auth.value == AuthKind::AuthFields && matches!(kind, AuthKind::ApiKey | AuthKind::Basic);
            // A sentence about the kind does not say where the values are.
            let is_open = kind == AuthKind::AuthFields && !contract.lists_values();
            if as_fields || has_whole || is_open {
                return None;
            }
            // Names of values and the version of OAuth are not certain; values of an OAuth client may be fields.
            let is_certain = is_stated || contract.callback.is_some() && kind != AuthKind::OAuth1;
            let is_client = kind == AuthKind::AuthFields && auth.value == AuthKind::OAuth2;
            severity = (!is_certain).then_some(if is_client { Severity::Info } else { Severity::Warning });
            let kind = ViolationKind::AuthMismatch { key: "AuthType", written, documented: auth.value.config_name() };
            (kind, Demand::new(auth, known), place.node.span)
        }
        "grant" => {
            let grant = contract.grant.as_ref()?;
            let mut known_grants = SCHEMA["$defs"]["grant"]["enum"].as_array()?.iter();
            let written = place.node.as_str().filter(|written| known_grants.any(|name| name == written))?.to_owned();
            let documented = grant.value.config_name();
            let kind = ViolationKind::AuthMismatch { key: "OAuth2Type", written, documented };
            (kind, Demand::new(grant, known), place.node.span)
        }
        // The pack knows the form of callback URLs. A guide with another one is reported itself.
        "callback" => return None,
        "credential" => {
            let written = node.get("AuthType").and_then(Node::as_str);
            if written == Some(AuthKind::AuthFields.config_name()) {
                let field = credentials::first_left_out(instance, contract)?;
                let missing = Violation::missing(&field.key, true, properties_head(node));
                return Some(Violation { demand: Some(Demand::new(&field.name, known)), ..missing });
            }
            // No guide says whether the values of its table are properties.
            if credentials::are_parts(node, contract) {
                return None;
            }
            let mut missing = Violation::missing("AuthValue", false, head(node));
            let mut parts: Vec<&Field> = contract.credentials().collect();
            parts.sort_by_key(|part| part.secret);
            if let (Some(AuthKind::Basic), [user, password]) = (contract.auth.as_ref().map(|auth| auth.value), &*parts)
            {
                let words = format!("base64 of `{}:{}`", user.name.value, password.name.value);
                missing = with_cause(missing, Some(words));
            }
            let demand = Some(Demand::new(&field()?.name, known));
            return Some(Violation { demand, ..missing });
        }
        _ => {
            let may_be_whole = contract.auth.as_ref().is_some_and(|auth| auth.value == AuthKind::AuthFields);
            if (may_be_whole || field()?.when.is_some()) && credentials::is_in_auth_value(node, field()?) {
                return None;
            }
            let missing = Violation::missing(&field()?.key, true, properties_head(node));
            (missing.kind, Demand::new(&field()?.name, known), missing.span)
        }
    };
    Some(Violation { demand: Some(demand), severity, ..Violation::new(kind, span) })
}

/// A violation of a shape's schema; an error about several keys gives one for each.
fn translate(node: &Node, error: &ValidationError<'_>, schema: &Json) -> Vec<Violation> {
    let subschema = parent(schema, error.schema_path().as_str());
    let (place, written) = resolve(node, error.instance_path().as_str());
    let name = name_of(node, &place, error.instance_path().as_str());
    let span = place.node.span;
    let one = match error.kind() {
        Kind::AdditionalProperties { unexpected } => return unknown(&place, unexpected, subschema),
        Kind::Required { property } => {
            let key = property.as_str().unwrap_or_default();
            let because = because(schema, error.schema_path().as_str());
            with_cause(Violation::missing(key, false, head(place.node)), because)
        }
        Kind::Contains => {
            let name = subschema["contains"]["properties"]["Name"]["const"].as_str().or(subschema["x-name"].as_str());
            let because = because(schema, error.evaluation_path().as_str());
            with_cause(Violation::missing(name.unwrap_or_default(), true, properties_head(node)), because)
        }
        Kind::Type { kind } => {
            // A mapping or list begins on the line after its key.
            let is_block = matches!(place.node.value, Value::Mapping(_) | Value::Sequence(_));
            let span = place.entry.filter(|_| is_block).map_or(span, |entry| entry.key_span);
            Violation::new(wrong_type(name, kind, place.node), span)
        }
        Kind::FalseSchema | Kind::Not { .. } => forbidden(&place, name, subschema, schema, error),
        Kind::Enum { options } => Violation::new(outside(name, options, place.node), span),
        Kind::Constant { .. } | Kind::Format { .. } | Kind::Pattern { .. } | Kind::MinLength { .. } => {
            Violation::new(malformed(name, error.kind()), span)
        }
        _ => Violation::new(malformed(name, error.kind()), span),
    };
    // Text that is not in the file was inserted here: its absence is reported elsewhere.
    let is_missing = matches!(one.kind, ViolationKind::Missing { .. });
    if written || is_missing { vec![one] } else { Vec::new() }
}

fn with_cause(mut violation: Violation, cause: Option<String>) -> Violation {
    if let ViolationKind::Missing { because, .. } = &mut violation.kind {
        *because = cause;
    }
    violation
}

fn unknown(place: &Place<'_>, unexpected: &[String], subschema: &Json) -> Vec<Violation> {
    let known: Vec<String> =
        subschema["properties"].as_object().into_iter().flatten().map(|(key, _)| key.clone()).collect();
    let unexpected: HashSet<&String> = unexpected.iter().collect();
    // Keys that begin with `x-` hold anchors, as in Compose files and OpenAPI; `$schema` is for editors.
    let is_checked = |key: &str| !key.starts_with("x-") && key != "$schema";
    let entries = place.node.entries().iter().filter(|entry| unexpected.contains(&entry.key) && is_checked(&entry.key));
    let written: HashSet<&str> = place.node.entries().iter().map(|entry| entry.key.as_str()).collect();
    let free: Vec<&str> = known.iter().map(String::as_str).filter(|key| !written.contains(key)).collect();
    entries
        .map(|entry| {
            let name = entry.key.clone();
            let meant = names::meant(&name, &free).map(str::to_owned);
            Violation::new(
                ViolationKind::Unknown { name, property: false, meant, is_sure: true, known: known.clone() },
                entry.key_span,
            )
        })
        .collect()
}

fn wrong_type(name: String, kind: &TypeKind, node: &Node) -> ViolationKind {
    let words: Vec<&str> = match kind {
        TypeKind::Single(single) => vec![type_words(&single.to_string())],
        TypeKind::Multiple(set) => {
            set.iter().map(|kind| type_words(&kind.to_string())).filter(|w| *w != "nothing").collect()
        }
    };
    let quotable = words.contains(&"a string") && matches!(node.value, Value::Bool(_) | Value::Number(_));
    ViolationKind::WrongType { name, expected: words.join(" or "), found: node.type_name(), quotable }
}

fn type_words(name: &str) -> &'static str {
    match name {
        "string" => "a string",
        "array" => "a list",
        "object" => "a mapping",
        "boolean" => "`true` or `false`",
        "null" => "nothing",
        "integer" => "a whole number",
        _ => "a number",
    }
}

fn forbidden(
    place: &Place<'_>,
    name: String,
    subschema: &Json,
    schema: &Json,
    error: &ValidationError<'_>,
) -> Violation {
    let path = error.schema_path().as_str();
    let severity = (subschema["x-severity"] == "warning").then_some(Severity::Warning);
    if let Some(advice) = subschema["x-advice"].as_str() {
        let help = subschema["x-help"].as_str().unwrap_or("use another value");
        let advice = Some((advice.to_owned(), help.to_owned()));
        let kind = ViolationKind::Invalid { name, allowed: Vec::new(), meant: None, advice, form: None };
        return Violation { severity, ..Violation::new(kind, place.node.span) };
    }
    let is_property = name == "Name";
    let name = if is_property { place.node.as_str().unwrap_or_default().to_owned() } else { name };
    let span = place.entry.filter(|_| !is_property).map_or(place.node.span, |entry| entry.key_span);
    let kind = ViolationKind::Forbidden { name, because: because(schema, path), help: None };
    Violation { severity, ..Violation::new(kind, span) }
}

fn outside(name: String, options: &Json, node: &Node) -> ViolationKind {
    let options = options.as_array().map(Vec::as_slice).unwrap_or_default();
    let allowed: Vec<String> = options.iter().filter_map(Json::as_str).map(str::to_owned).collect();
    let names: Vec<&str> = allowed.iter().map(String::as_str).collect();
    let meant = node.as_str().and_then(|value| names::meant(value, &names)).map(str::to_owned);
    if node.as_str().is_none()
        && node.style == ScalarStyle::Plain
        && meant.is_none()
        && !matches!(node.value, Value::Null)
    {
        let expected = "a string".to_owned();
        return ViolationKind::WrongType { name, expected, found: node.type_name(), quotable: false };
    }
    ViolationKind::Invalid { name, allowed, meant, advice: None, form: None }
}

fn malformed(name: String, kind: &Kind) -> ViolationKind {
    let form = match kind {
        Kind::Format { format } if format == "uuid" => {
            Some(("must be a GUID", "copy it from the console: five groups of hexadecimal digits (8-4-4-4-12)"))
        }
        Kind::MinLength { .. } => Some(("must not be empty", "add the value")),
        Kind::Minimum { .. } => Some(("must be a positive number", "use the number that the console shows")),
        Kind::MinItems { .. } => Some(("must have an item", "add an item")),
        _ => None,
    };
    ViolationKind::Invalid { name, allowed: Vec::new(), meant: None, advice: None, form }
}

/// The node at a pointer, and whether it is in the file; else the nearest place above it.
fn resolve<'n>(node: &'n Node, pointer: &str) -> (Place<'n>, bool) {
    let mut rest = pointer;
    loop {
        if let Some(place) = node.at_pointer(rest) {
            return (place, rest.len() == pointer.len());
        }
        rest = rest.rfind('/').map_or("", |slash| &rest[..slash]);
    }
}

/// What the value at a place is called: its key, or the property that it is the value of.
fn name_of(node: &Node, place: &Place<'_>, pointer: &str) -> String {
    let property = pointer.strip_suffix("/Value").and_then(|item| node.at_pointer(item)?.node.get("Name")?.as_str());
    if let Some(name) = property {
        return name.to_owned();
    }
    let key = place.entry.map(|entry| entry.key.clone());
    key.unwrap_or_else(|| {
        let named = pointer.rsplit('/').find(|step| step.parse::<usize>().is_err());
        named.unwrap_or_default().to_owned()
    })
}

/// The location for a missing key of a mapping: its first key.
pub(super) fn head(node: &Node) -> Span {
    node.entries().iter().find(|entry| !entry.merged).map_or(node.span, |entry| entry.key_span)
}

/// The location for a missing property: the key of the list, otherwise the manifest's first key.
pub(super) fn properties_head(node: &Node) -> Span {
    node.entry("Properties").map_or_else(|| head(node), |entry| entry.key_span)
}

/// The schema that holds the keyword at the end of a path.
fn parent<'s>(schema: &'s Json, path: &str) -> &'s Json {
    let holder = path.rfind('/').map_or("", |slash| &path[..slash]);
    schema.pointer(holder).unwrap_or(&Json::Null)
}

/// Why the schema at a path applies: the nearest `x-because` above it.
///
/// A path of evaluation begins with the reference from a document to its definition; it leads on
/// from a manifest, the only definition with such causes.
fn because(schema: &Json, path: &str) -> Option<String> {
    let (schema, mut rest) = match path.strip_prefix("/$ref") {
        Some(rest) => (&schema["$defs"][MANIFEST.name], rest),
        None => (schema, path),
    };
    while let Some(slash) = rest.rfind('/') {
        rest = &rest[..slash];
        if let Some(words) = follow(schema, rest).and_then(|found| found["x-because"].as_str()) {
            return Some(words.to_owned());
        }
    }
    None
}

/// The schema at a path that may lead through references.
fn follow<'s>(schema: &'s Json, path: &str) -> Option<&'s Json> {
    let mut at = schema;
    for step in path.split('/').skip(1) {
        let step = unescaped(step);
        at = match (step.as_str(), at) {
            ("$ref", _) => SCHEMA.pointer(at["$ref"].as_str()?.strip_prefix('#')?)?,
            (_, Json::Array(items)) => items.get(step.parse::<usize>().ok()?)?,
            _ => at.get(&step)?,
        };
    }
    Some(at)
}
