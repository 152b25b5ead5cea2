//! A connector configuration: its shape, what it installs, and where it breaks the shape's schema or
//! the connector's contract.
//!
//! Reading never fails. What is wrong is kept as problems (of the text) and violations (of schema
//! and contract), each with its place; saying it is left to the rules.

pub mod credentials;
mod forms;
mod insert;
mod installation;
mod literals;
mod looks;
mod placeholder;
mod properties;
mod references;
mod schema;
mod secrets;
mod shape;
mod text;
mod url;
pub mod vendor_values;
mod violations;
mod vocabulary;

use std::cell::{RefCell, RefMut};
use std::collections::HashMap;
use std::sync::{Arc, OnceLock};

use crate::contract::{AuthKind, KnownContract};
use crate::secrets::Secret;
use crate::source::{SourceFile, TooLarge};
use crate::tree::{Documents, Node, Problem, ProblemKind, json, yaml};

pub use forms::{Misfit, guid_misfit, host_misfit, misfit, url_misfit};
pub use installation::{Installation, Property, is_called};
pub use literals::Literal;
pub use looks::{Look, foreign, foreign_key, is_host, is_identified_by_uri};
pub use placeholder::is_masked;
pub use references::{References, is_general_word};
pub use schema::{SCHEMA_TEXT, manifest_schema};
pub use secrets::environment_name;
pub use shape::{Detection, Shape, meant_key, misspells_list};
pub use text::{ScopeWord, Text};
pub use url::{Address, Reach, host_problem, is_same_host, reach};
pub use violations::{Demand, Violation, ViolationKind};
pub use vocabulary::vocabulary;

/// What a configuration calls a connector.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Called {
    /// The permalink of its guide.
    Connector(String),
    /// The name of the installed connector, and its kind of authentication if the configuration has it.
    Title(String, Option<AuthKind>),
}

/// The contract of a connector by what a configuration calls it.
pub type Contracts<'a> = dyn Fn(&Called) -> Option<Arc<KnownContract>> + 'a;

/// How a file is to be read.
#[derive(Debug, Clone, Default)]
pub struct Reading {
    /// As JSON rather than YAML.
    pub json: bool,
    /// The shape to assume, regardless of the keys.
    pub shape: Option<Shape>,
    /// For an installation without prompts: an empty value is an error.
    pub unattended: bool,
    /// What counts as a reference.
    pub references: Arc<References>,
}

/// A configuration file.
#[derive(Debug)]
pub struct Config {
    /// The file, with its secrets marked.
    pub source: Arc<SourceFile>,
    /// Whether it is JSON rather than YAML.
    pub json: bool,
    /// What counts as a reference in it.
    pub references: Arc<References>,
    /// The documents as written.
    pub documents: Vec<Node>,
    /// What is wrong with the text.
    pub problems: Vec<Problem>,
    /// What each document means, in order.
    pub bodies: Vec<Body>,
    /// Tokens and private keys that their form gives away, wherever they are.
    pub tokens: Vec<Secret>,
    /// The style of its references, sought when it is first asked for.
    style: OnceLock<&'static str>,
}

/// What one document of a configuration file means.
#[derive(Debug)]
pub struct Body {
    /// Which shape it has.
    pub detection: Detection,
    /// The document, with its keys in the spelling of the shape.
    pub node: Node,
    /// The connectors that it installs.
    pub installations: Vec<Installation>,
    /// Where it breaks the shape's schema or a contract, in order of place.
    pub violations: Vec<Violation>,
}

impl Config {
    /// Reads a configuration and marks its secrets in the source.
    pub fn parse(source: Arc<SourceFile>, reading: Reading, contracts: &Contracts<'_>) -> Self {
        let json = reading.json;
        let Documents { documents, problems } =
            if json { json::parse(&source) } else { yaml::parse(&source, 0..source.text().len()) };
        let known = RefCell::new(HashMap::new());
        let contract = |called: &Called| {
            let mut known: RefMut<'_, HashMap<Called, Option<Arc<KnownContract>>>> = known.borrow_mut();
            known.entry(called.clone()).or_insert_with(|| contracts(called)).clone()
        };
        let bodies: Vec<Body> =
            documents.iter().map(|document| Body::new(document, &source, &reading, &contract)).collect();
        let broken = problems.iter().any(|problem| problem.kind == ProblemKind::Syntax);
        let tokens = crate::secrets::known(source.text());
        let file = secrets::File { source: &source, references: &reading.references, json, broken };
        let (hidden, escaped) = secrets::find(file, &documents, &bodies, &tokens);
        let source = source.hiding(hidden, escaped);
        let (references, style) = (reading.references, OnceLock::new());
        Self { source, json, references, documents, problems, bodies, tokens, style }
    }

    /// Whether the text has a syntax error.
    pub fn is_broken(&self) -> bool {
        self.problems.iter().any(|problem| problem.kind == ProblemKind::Syntax)
    }

    /// Whether the file is certainly a connector configuration: by its name, or by keys that only a
    /// configuration has, in their own spelling.
    pub fn is_recognised(&self) -> bool {
        let name = self.source.path().rsplit('/').next().unwrap_or_default().to_ascii_lowercase();
        let is_named_so =
            [".connector.yaml", ".connector.yml", ".connector.json"].iter().any(|end| name.ends_with(end));
        let starts_so = |file: &TooLarge| shape::is_mentioned(&file.start, self.json);
        is_named_so
            || self.source.excess().is_some_and(starts_so)
            || self.bodies.iter().any(|body| body.detection.is_certain() || shape::misspells_list(&body.node))
            || (self.is_broken() && shape::is_mentioned(self.source.text(), self.json))
    }

    /// A reference to the variable of a value called `name`, in the style that the file uses already.
    pub fn example(&self, name: &str) -> String {
        let style = self.style.get_or_init(|| references::style_of(&self.documents));
        style.replace("NAME", &environment_name(name))
    }

    /// The connectors that all documents install.
    pub fn installations(&self) -> impl Iterator<Item = &Installation> {
        self.bodies.iter().flat_map(|body| &body.installations)
    }

    /// The violations of all documents.
    pub fn violations(&self) -> impl Iterator<Item = &Violation> {
        self.bodies.iter().flat_map(|body| &body.violations)
    }
}

impl Body {
    fn new(document: &Node, source: &SourceFile, reading: &Reading, contracts: &Contracts<'_>) -> Self {
        let detect = || match shape::detect(document) {
            Detection::Unknown => shape::detect_misshaped(document),
            known => known,
        };
        let detection = reading.shape.map_or_else(detect, |shape| shape::force(shape, document));
        let Some(definition) = detection.definition() else {
            let (node, installations, violations) = (document.clone(), Vec::new(), Vec::new());
            return Self { detection, node, installations, violations };
        };
        let mut document = document.clone();
        let misshaped = properties::normalise(&mut document);
        let (node, renamed) = schema::normalise(document, definition);
        let installations = installation::read(&node, definition, source, contracts);
        let mut violations = violations::find(&node, definition, renamed, &installations, source, reading);
        violations.extend(misshaped.into_iter().map(Violation::misshaped));
        violations.sort_by_key(|violation| violation.span);
        Self { detection, node, installations, violations }
    }
}
