//! A connector configuration: its shape, what it installs, and where it breaks the shape's schema or
//! the connector's contract.
//!
//! Reading never fails. What is wrong is kept as problems (of the text) and violations (of schema
//! and contract), each with its place; saying it is left to the rules.

pub mod credentials;
mod insert;
mod installation;
mod placeholder;
mod schema;
mod secrets;
mod shape;
mod text;
mod url;
mod violations;
mod vocabulary;

use std::sync::Arc;

use crate::contract::KnownContract;
use crate::source::SourceFile;
use crate::tree::{Documents, Node, Problem, ProblemKind, json, yaml};

pub use installation::{Installation, Property};
pub use placeholder::find_placeholder;
pub use secrets::{is_reference, is_secret_name};
pub use shape::{Detection, Shape};
pub use text::{ScopeWord, Text};
pub use url::{UrlParts, host_problem};
pub use violations::{Demand, Violation, ViolationKind};
pub use vocabulary::vocabulary;

/// The contract of a connector by the name that a configuration gives it.
pub type Contracts<'a> = dyn Fn(&str) -> Option<Arc<KnownContract>> + 'a;

/// A configuration file.
#[derive(Debug)]
pub struct Config {
    /// The file, with its secrets marked.
    pub source: Arc<SourceFile>,
    /// Whether it is JSON rather than YAML.
    pub json: bool,
    /// The documents as they are written.
    pub documents: Vec<Node>,
    /// What is wrong with the text.
    pub problems: Vec<Problem>,
    /// What each document means, in order.
    pub bodies: Vec<Body>,
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
    pub fn parse(source: Arc<SourceFile>, json: bool, contracts: &Contracts<'_>) -> Self {
        Self::parse_as(source, json, None, contracts)
    }

    /// Reads a configuration as if it had been recognised as `forced`.
    pub fn parse_as(source: Arc<SourceFile>, json: bool, forced: Option<Shape>, contracts: &Contracts<'_>) -> Self {
        let Documents { documents, problems } =
            if json { json::parse(&source) } else { yaml::parse(&source, 0..source.text().len()) };
        let bodies: Vec<Body> =
            documents.iter().map(|document| Body::new(document, &source, json, forced, contracts)).collect();
        let broken = problems.iter().any(|problem| problem.kind == ProblemKind::Syntax);
        let hidden = secrets::positions(&source, &documents, &bodies, broken);
        let source = if hidden.is_empty() { source } else { Arc::new(hide(source, hidden)) };
        Self { source, json, documents, problems, bodies }
    }

    /// Whether the file is certainly a connector configuration: it has a shape's own keys, in its
    /// own spelling.
    pub fn is_recognised(&self) -> bool {
        self.bodies.iter().any(|body| body.detection.is_certain())
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
    fn new(document: &Node, source: &SourceFile, json: bool, forced: Option<Shape>, contracts: &Contracts<'_>) -> Self {
        let detection = forced.map_or_else(|| shape::detect(document), |shape| shape::force(shape, document));
        let Some(definition) = detection.definition() else {
            let (node, installations, violations) = (document.clone(), Vec::new(), Vec::new());
            return Self { detection, node, installations, violations };
        };
        let (node, renamed) = schema::normalise(document, definition);
        let installations = installation::read(&node, definition, source, contracts);
        let violations = violations::find(&node, definition, renamed, &installations, source, json);
        Self { detection, node, installations, violations }
    }
}

/// The source with `ranges` marked as secret; its text is copied only if somebody else holds it.
fn hide(source: Arc<SourceFile>, ranges: Vec<std::ops::Range<usize>>) -> SourceFile {
    let mut own = Arc::try_unwrap(source)
        .unwrap_or_else(|shared| SourceFile::new(shared.id(), shared.path().to_owned(), shared.text().to_owned()));
    own.hide(ranges);
    own
}
