//! Which shape a document has, told by the keys that only this shape has.

use crate::config::schema::{self, Definition};
use crate::tree::{Node, Value};

/// The kinds of configuration that a partner has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Shape {
    /// One connector, or several, with everything needed to install them.
    Native,
    /// The body of a request that installs one connector.
    Install,
    /// The body of a request that opens an installation for a user.
    Launch,
    /// An installed connector as the platform tells it.
    Account,
    /// A connector of the partner's own.
    Custom,
}

impl Shape {
    /// All shapes.
    pub const ALL: [Self; 5] = [Self::Native, Self::Install, Self::Launch, Self::Account, Self::Custom];

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

/// Tells the shape of a document: by keys in their own spelling, else by keys that differ from it
/// only in case and separators.
pub(super) fn detect(node: &Node) -> Detection {
    let exact = fitting(node, |key, known| key == known);
    if !exact.is_empty() {
        return choose(&exact, true);
    }
    choose(&fitting(node, |key, known| schema::fold(key) == schema::fold(known)), false)
}

/// The shape that the user names.
pub(super) fn force(shape: Shape, node: &Node) -> Detection {
    let fits = fitting(node, |key, known| key == known);
    let of_shape = |definition: &&Definition| definition.shape == shape;
    let definition = fits.iter().find(of_shape).or_else(|| schema::DEFINITIONS.iter().find(of_shape));
    definition.map_or(Detection::Unknown, |definition| Detection::Known {
        shape,
        definition: *definition,
        certain: true,
    })
}

/// The definitions one of whose own keys the document has.
fn fitting(node: &Node, same: impl Fn(&str, &str) -> bool) -> Vec<Definition> {
    let has = |mark: &serde_json::Value| {
        let (Some(key), Some(types)) = (mark["key"].as_str(), mark["types"].as_array()) else {
            return false;
        };
        let fits = |value: &Node| types.iter().any(|kind| kind == json_type(value));
        node.entries().iter().any(|entry| same(&entry.key, key) && fits(&entry.value))
    };
    let recognised = |definition: &&Definition| definition.marks().iter().any(has);
    schema::DEFINITIONS.iter().filter(recognised).copied().collect()
}

/// The one definition among those that fit; a fallback counts only where nothing else fits.
fn choose(fits: &[Definition], certain: bool) -> Detection {
    let strong: Vec<&Definition> = fits.iter().filter(|definition| !definition.is_fallback()).collect();
    let candidates = if strong.is_empty() { fits.iter().collect() } else { strong };
    match candidates.as_slice() {
        [] => Detection::Unknown,
        [only] => Detection::Known { shape: only.shape, definition: **only, certain },
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
