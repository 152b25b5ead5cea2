//! The shape of a document, identified by keys that only this shape has.

use crate::config::properties;
use crate::config::schema::{self, Definition};
use crate::nearest;
use crate::profile::{fold, is_same};
use crate::secrets::is_secret_name;
use crate::source::Span;
use crate::tree::{Entry, Node, Value};

/// The kinds of configuration that a partner has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Shape {
    /// One connector, or several, with everything needed to install them.
    Native,
    /// The body of a request that installs one connector.
    Install,
    /// The body of a request that opens an installation for a user.
    Launch,
    /// An installed connector, as the platform's API returns it.
    Account,
    /// A connector of the partner's own.
    Custom,
}

impl Shape {
    /// All shapes.
    pub const ALL: [Self; 5] = [Self::Native, Self::Install, Self::Launch, Self::Account, Self::Custom];

    /// The shape with a name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|shape| shape.name() == name)
    }

    /// The word used on the command line and in output.
    pub fn name(self) -> &'static str {
        match self {
            Self::Native => "native",
            Self::Install => "install",
            Self::Launch => "launch",
            Self::Account => "account",
            Self::Custom => "custom",
        }
    }
}

/// What a document was taken for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Detection {
    /// One shape.
    Known {
        /// The shape.
        shape: Shape,
        /// Which definition of the schema describes it.
        definition: Definition,
        /// Whether its keys have the shape's own spelling.
        certain: bool,
    },
    /// Several shapes fit equally.
    Ambiguous(Vec<Shape>),
    /// No shape fits.
    Unknown,
}

impl Detection {
    /// The shape, if it is known.
    pub fn shape(&self) -> Option<Shape> {
        match self {
            Self::Known { shape, .. } => Some(*shape),
            _ => None,
        }
    }

    /// The keys that a document of the shape can have, and what the schema says about each.
    pub fn keys(&self) -> impl Iterator<Item = (&'static str, Option<&'static str>)> {
        let properties = self.definition().and_then(Definition::properties);
        let described = |schema: &'static serde_json::Value| schema["description"].as_str();
        properties.into_iter().flatten().map(move |(key, schema)| (key.as_str(), described(schema)))
    }

    pub(super) fn definition(&self) -> Option<Definition> {
        match self {
            Self::Known { definition, .. } => Some(*definition),
            _ => None,
        }
    }

    pub(super) fn is_certain(&self) -> bool {
        !matches!(self, Self::Unknown | Self::Known { certain: false, .. })
    }
}

/// Shows the shape of a document: by keys in their own spelling, else by keys that differ from it
/// only in case and separators.
pub(super) fn detect(node: &Node) -> Detection {
    let exact = fitting(node, |key, known| key == known);
    let is_strong = exact.iter().any(|(_, weight)| *weight == Weight::Strong);
    let folded = || fitting(node, is_same);
    let choice = choose(&exact, true);
    if is_strong {
        return choice;
    }
    // `connector: x` with other keys in their own spelling is still a manifest.
    match choose(&folded(), choice.is_certain()) {
        Detection::Known { shape, definition, certain } => {
            Detection::Known { shape, definition, certain: certain || is_spelled_out(node, definition) }
        }
        other => other,
    }
}

/// Whether a document has the keys that a shape must have, in whatever spelling, and another one of several words, or a
/// list of names and values: `connector` with `auth_type`. Files for other programs have one of them alone.
fn is_spelled_out(node: &Node, definition: Definition) -> bool {
    match definition.name {
        "launch" => {
            let lists =
                ["connectorauthentications", "partnerconnector"].into_iter().filter_map(|key| folded(node, key));
            return lists
                .flat_map(|list| if list.entries().is_empty() { list.items() } else { std::slice::from_ref(list) })
                .any(is_connection);
        }
        "manifests" => {
            let connectors = folded(node, "connectors").map(Node::items).unwrap_or_default();
            return connectors.iter().any(|connector| is_spelled_out(connector, schema::MANIFEST));
        }
        "install" => {
            let known =
                |key: &str| definition.properties().is_some_and(|all| all.keys().any(|known| is_same(known, key)));
            return is_connection(node) && node.entries().iter().all(|entry| known(&entry.key));
        }
        "manifest" if folded(node, "connector").is_some() && has_properties(node) => return true,
        _ => {}
    }
    let written: Vec<String> = node.entries().iter().map(|entry| fold(&entry.key)).collect();
    let is_written = |name: &str| written.contains(&fold(name));
    let required: Vec<&str> = definition.required().collect();
    let has_words = |name: &str| name.chars().skip(1).any(char::is_uppercase);
    let is_other = |name: &&String| !required.contains(&name.as_str()) && has_words(name) && is_written(name);
    !required.is_empty()
        && required.iter().all(|name| is_written(name))
        && definition.properties().is_some_and(|properties| properties.keys().any(|name| is_other(&name)))
}

/// The key of a document of unknown shape that can only be a misspelling of an identifying key, and that key.
pub fn meant_key(node: &Node) -> Option<(Span, &'static str)> {
    let marks = || schema::DEFINITIONS.iter().flat_map(|definition| definition.marks());
    let keys: Vec<&str> = marks().filter_map(|mark| mark["key"].as_str()).filter(|key| key.len() > 5).collect();
    node.entries().iter().find_map(|entry| {
        let meant = nearest::certain(&entry.key, keys.iter().copied(), fold).filter(|meant| *meant != entry.key)?;
        Some((entry.key_span, meant))
    })
}

/// The shape of a document whose properties are in another form than a list: certain only where one of them is a secret.
pub(super) fn detect_misshaped(node: &Node) -> Detection {
    let mut rewritten = node.clone();
    if properties::normalise(&mut rewritten).is_empty() {
        return Detection::Unknown;
    }
    let list = folded(&rewritten, "properties").map(Node::items).unwrap_or_default();
    let mut names = list.iter().filter_map(|item| item.get("Name")?.as_str());
    let has_secret = names.any(is_secret_name);
    match detect(&rewritten) {
        Detection::Known { shape, definition, .. } => {
            let certain = has_secret && is_spelled_out(&rewritten, definition);
            Detection::Known { shape, definition, certain }
        }
        other => other,
    }
}

/// Whether a document has a list of connectors under a misspelled key, and none under the right one.
pub fn misspells_list(node: &Node) -> bool {
    let Some((span, meant)) = meant_key(node).filter(|(_, meant)| node.get(meant).is_none()) else { return false };
    let list = node.entries().iter().find(|entry| entry.key_span == span).map(|entry| entry.value.items());
    let items = list.unwrap_or_default();
    let is_connector = |item: &Node| match meant {
        "ConnectorAuthentications" => is_connection(item),
        "Connectors" => item.get("Connector").is_some() && item.entries().len() > 1,
        _ => false,
    };
    !items.is_empty() && items.iter().all(is_connector)
}

/// The shape that the user names.
pub(super) fn force(shape: Shape, node: &Node) -> Detection {
    let fits = fitting(node, |key, known| key == known);
    let of_shape = |definition: &&Definition| definition.shape == shape;
    let definition = fits.iter().map(|(definition, _)| definition).find(of_shape);
    let definition = definition.or_else(|| schema::DEFINITIONS.iter().find(of_shape));
    definition.map_or(Detection::Unknown, |definition| Detection::Known {
        shape,
        definition: *definition,
        certain: true,
    })
}

/// The value of the key that is `key` when folded.
fn folded<'n>(node: &'n Node, key: &str) -> Option<&'n Node> {
    node.entries().iter().find(|entry| fold(&entry.key) == key).map(|entry| &entry.value)
}

/// Whether a node names a connector and has values for it.
fn is_connection(node: &Node) -> bool {
    folded(node, "name").is_some() && (has_properties(node) || folded(node, "authvalue").is_some())
}

/// Whether a node has a list of nothing but names and values.
fn has_properties(node: &Node) -> bool {
    let Some(list) = folded(node, "properties") else { return false };
    let is_key = |entry: &Entry| ["name", "value", "id", "accountconnectorid"].contains(&fold(&entry.key).as_str());
    let has = |item: &Node, key: &str| item.entries().iter().any(|entry| fold(&entry.key) == key);
    let is_property = |item: &Node| has(item, "name") && has(item, "value") && item.entries().iter().all(is_key);
    !list.items().is_empty() && list.items().iter().all(is_property)
}

/// Whether a text that cannot be read has a line that begins with a key that only one shape has, or keys that only one
/// has together. In JSON, a key need not begin a line.
pub(super) fn is_mentioned(text: &str, json: bool) -> bool {
    let strong = |mark: &&serde_json::Value| mark["weak"] != true && mark["fallback"] != true;
    let marks = schema::DEFINITIONS.iter().flat_map(|definition| definition.marks().iter().filter(strong));
    let keys: Vec<&str> = marks.filter_map(|mark| mark["key"].as_str()).collect();
    let has_key = |key: &str| {
        text.split(|c| c == '\n' || json && matches!(c, ',' | '{')).any(|line| {
            let start = line.trim_start_matches([' ', '\t', '-', '{', '"', '\'', '\u{feff}']);
            start.strip_prefix(key).is_some_and(|rest| rest.trim_start_matches(['"', '\'', ' ']).starts_with(':'))
        })
    };
    keys.iter().any(|key| has_key(key))
        || has_key("Name") && (has_key("AuthValue") || has_key("Properties") && has_key("Value"))
}

/// How reliably a key identifies the shape.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Weight {
    /// Counts only where nothing else fits: other shapes have the key too.
    Fallback,
    /// Found in one shape as a rule.
    Weak,
    /// Only this shape has it.
    Strong,
}

/// The definitions one of whose own keys the document has, each with its weightiest key.
fn fitting(node: &Node, same: impl Fn(&str, &str) -> bool) -> Vec<(Definition, Weight)> {
    let weight = |mark: &serde_json::Value| {
        let (key, types) = (mark["key"].as_str()?, mark["types"].as_array()?);
        let fits = |value: &Node| types.iter().any(|kind| kind == json_type(value));
        let is_there = node.entries().iter().any(|entry| same(&entry.key, key) && fits(&entry.value));
        is_there.then_some(match (mark["fallback"] == true, mark["weak"] == true) {
            (true, _) => Weight::Fallback,
            (_, true) => Weight::Weak,
            _ => Weight::Strong,
        })
    };
    let weightiest = |definition: &Definition| definition.marks().iter().filter_map(weight).max();
    schema::DEFINITIONS.iter().filter_map(|definition| Some((*definition, weightiest(definition)?))).collect()
}

/// The one definition that fits best.
fn choose(fits: &[(Definition, Weight)], exact: bool) -> Detection {
    let Some(best) = fits.iter().map(|(_, weight)| *weight).max() else {
        return Detection::Unknown;
    };
    let candidates: Vec<Definition> = fits.iter().filter(|fit| fit.1 == best).map(|fit| fit.0).collect();
    match candidates.as_slice() {
        [only] => Detection::Known { shape: only.shape, definition: *only, certain: exact && best != Weight::Weak },
        several => Detection::Ambiguous(several.iter().map(|definition| definition.shape).collect()),
    }
}

fn json_type(node: &Node) -> &'static str {
    match node.value {
        Value::Null => "null",
        Value::Bool(_) => "boolean",
        Value::Number(_) => "number",
        Value::String(_) => "string",
        Value::Sequence(_) => "array",
        Value::Mapping(_) => "object",
    }
}
