//! Where a configuration breaks the schema of its shape or the contract of its connector.
//!
//! Both are checked by the JSON Schema validator; an error names a place by a JSON pointer, which
//! the tree turns into the bytes of the key or value. A name that is plainly a misspelling is one
//! violation, not an unknown name and a missing one.

mod custom;
mod names;
mod translate;

use crate::config::insert::{Addition, into_list, into_mapping};
use crate::config::installation::Installation;
use crate::config::properties::Misshaped;
use crate::config::schema::{Definition, MANIFEST, Renamed};
use crate::config::{Reading, References, Shape, environment_name};
use crate::contract::{Found, KnownContract};
use crate::diagnostic::{Edit, Finding, Severity};
use crate::source::{SourceFile, Span};
use crate::tree::{Node, Value};

/// A place where a configuration breaks its schema or contract.
#[derive(Debug, Clone)]
pub struct Violation {
    /// What is wrong.
    pub kind: ViolationKind,
    /// The key or value; for something missing, the first key of the mapping that lacks it.
    pub span: Span,
    /// Set where it is milder than usual.
    pub severity: Option<Severity>,
    /// Who says so, if it is the contract.
    pub demand: Option<Demand>,
}

/// The kinds of violation.
#[derive(Debug, Clone)]
pub enum ViolationKind {
    /// Something required is not there.
    Missing {
        /// The key or the name of the property.
        name: String,
        /// Whether it is a property of the connector.
        property: bool,
        /// Further properties that are missing.
        more: Vec<String>,
        /// Whether it is there and empty.
        blank: bool,
        /// What requires it, in words.
        because: Option<String>,
        /// Adds it, with a reference for its value.
        insert: Option<Edit>,
    },
    /// A key or a property that is not known.
    Unknown {
        /// As it is written.
        name: String,
        /// Whether it is a property of the connector.
        property: bool,
        /// What it can only mean, if that is certain.
        meant: Option<String>,
        /// What is known there.
        known: Vec<String>,
    },
    /// A value of the wrong type.
    WrongType {
        /// The key, or the name of the property.
        name: String,
        /// What is meant: `a string`.
        expected: String,
        /// What it is.
        found: &'static str,
        /// Whether quotes make it right.
        quotable: bool,
    },
    /// Properties that are not a list of names and values.
    Misshaped {
        /// The name of the first of them.
        first: String,
    },
    /// Properties among the keys of the manifest.
    Misplaced {
        /// Their names.
        names: Vec<String>,
    },
    /// A value that is not among those allowed or has not the right form.
    Invalid {
        /// The key.
        name: String,
        /// What is allowed; empty where it is a form.
        allowed: Vec<String>,
        /// The one allowed value that it can only mean.
        meant: Option<String>,
        /// What is wrong and what to do, where the schema says it.
        advice: Option<(String, String)>,
        /// The form that is meant: `must be a GUID`.
        form: Option<String>,
    },
    /// A key that this kind of authentication does not have.
    Forbidden {
        /// The key, or the name of the property.
        name: String,
        /// Why, in words.
        because: Option<String>,
    },
    /// Another kind of authentication than the guide's, or another grant.
    AuthMismatch {
        /// The key.
        key: &'static str,
        /// The configuration's.
        written: String,
        /// The guide's.
        documented: &'static str,
    },
    /// A callback URL that is not of the guide's form.
    CallbackMismatch {
        /// The guide's template.
        template: String,
    },
    /// A scope that the guide does not name.
    ScopeUndocumented,
}

/// The place of a guide that a configuration must agree with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Demand {
    /// The line of the guide, from 1.
    pub line: u32,
    /// The permalink of the guide.
    pub guide: Option<String>,
    /// The place, where the guide is at hand.
    pub span: Option<Span>,
}

impl Demand {
    /// The demand behind a fact of a contract.
    pub fn new<T>(fact: &Found<T>, known: &KnownContract) -> Self {
        let guide = known.contract.permalink.as_ref().map(|permalink| permalink.value.clone());
        Self { line: fact.line, guide, span: fact.span }
    }

    /// Adds the guide's place to a finding: as a label where the guide is at hand, else in the help.
    #[must_use]
    pub fn show(&self, finding: Finding, says: &str) -> Finding {
        if let Some(span) = self.span {
            return finding.label(span, says);
        }
        let guide = self.guide.as_deref().unwrap_or("the guide");
        let place = format!("{says}: `{guide}`, line {}", self.line);
        let help = finding.help.as_ref().map_or_else(|| place.clone(), |help| format!("{help} ({place})"));
        finding.help(help)
    }
}

/// What the search needs to know about the file.
#[derive(Clone, Copy)]
struct File<'a> {
    source: &'a SourceFile,
    reading: &'a Reading,
}

/// The violations of a document, in order of place.
pub(super) fn find(
    node: &Node,
    definition: Definition,
    renamed: Vec<Renamed>,
    installations: &[Installation],
    source: &SourceFile,
    reading: &Reading,
) -> Vec<Violation> {
    let file = File { source, reading };
    let mut found: Vec<Violation> = renamed.into_iter().map(|key| renamed_key(key, definition.shape)).collect();
    if definition.shape == Shape::Native {
        if definition != MANIFEST {
            found.extend(translate::shallow(node, definition));
        }
        for installation in installations.iter().filter(|installation| !installation.node.entries().is_empty()) {
            manifest(installation, file, &mut found);
        }
    } else {
        found.extend(translate::run(node, &node.to_json(), definition));
        names::pair(&mut found);
        if definition.shape == Shape::Custom {
            found.extend(custom::merge_fields(node, source));
        }
        for installation in installations {
            blank_values(installation, reading, &mut found);
        }
    }
    let open = open_spans(node, &reading.references);
    found.retain(|violation| !violation.judges_value() || open.binary_search(&violation.span).is_err());
    found.sort_by_key(|violation| (violation.span, violation.rank()));
    // One cause, one violation: a value of the wrong type is not also outside its enumeration.
    found.dedup_by(|next, kept| next.span == kept.span && next.rank() > kept.rank() && kept.rank() == 0);
    found
}

/// The spans of all references in a node, in order: what they hold has no type or form yet.
fn open_spans(node: &Node, references: &References) -> Vec<Span> {
    fn walk(node: &Node, references: &References, found: &mut Vec<Span>) {
        if references.is_reference_node(node) {
            found.push(node.span);
            return;
        }
        node.entries().iter().for_each(|entry| walk(&entry.value, references, found));
        node.items().iter().for_each(|item| walk(item, references, found));
    }
    let mut found = Vec::new();
    walk(node, references, &mut found);
    found.sort_unstable();
    found
}

impl Violation {
    fn new(kind: ViolationKind, span: Span) -> Self {
        Self { kind, span, severity: None, demand: None }
    }

    /// Properties in another form than a list of names and values.
    pub(super) fn misshaped(found: Misshaped) -> Self {
        Self::new(ViolationKind::Misshaped { first: found.first }, found.span)
    }

    fn missing(name: &str, property: bool, span: Span) -> Self {
        let name = name.to_owned();
        Self::new(
            ViolationKind::Missing { name, property, more: Vec::new(), blank: false, because: None, insert: None },
            span,
        )
    }

    /// The order of violations at one place; a value of rank 0 hides those behind it.
    fn rank(&self) -> u8 {
        match self.kind {
            ViolationKind::WrongType { .. } => 0,
            ViolationKind::Missing { .. } => 2,
            _ => 1,
        }
    }

    /// Whether it is about what a value is, rather than about a key.
    fn judges_value(&self) -> bool {
        use ViolationKind::{AuthMismatch, CallbackMismatch, Invalid, WrongType};
        matches!(self.kind, WrongType { .. } | Invalid { .. } | AuthMismatch { .. } | CallbackMismatch { .. })
    }

    fn missing_name(&self) -> Option<(&str, bool)> {
        match &self.kind {
            ViolationKind::Missing { name, property, .. } => Some((name, *property)),
            _ => None,
        }
    }
}

/// The platform reads the keys of its own bodies in any case; a manifest's keys are exact.
fn renamed_key(key: Renamed, shape: Shape) -> Violation {
    let case_only = key.written.eq_ignore_ascii_case(&key.meant) && shape != Shape::Native;
    let kind = ViolationKind::Unknown { name: key.written, property: false, meant: Some(key.meant), known: Vec::new() };
    Violation { severity: case_only.then_some(Severity::Warning), ..Violation::new(kind, key.span) }
}

/// Checks one native manifest against the schema and the connector's contract.
fn manifest(installation: &Installation, file: File<'_>, found: &mut Vec<Violation>) {
    let mut instance = installation.node.to_json();
    if let Some(members) = instance.as_object_mut() {
        members.entry("Properties").or_insert_with(|| serde_json::Value::Array(Vec::new()));
        if let (None, Some(kind)) = (&installation.auth_type, installation.kind()) {
            members.entry("AuthType").or_insert_with(|| kind.config_name().into());
        }
    }
    let mut own = names::check(installation, &mut instance);
    own.extend(translate::run(&installation.node, &instance, MANIFEST));
    if let Some(known) = &installation.contract {
        own.extend(translate::contract(&installation.node, &instance, known));
    }
    // With another kind of authentication than the guide's, all else that the guide asks for is missing too.
    if own.iter().any(|violation| matches!(violation.kind, ViolationKind::AuthMismatch { key: "AuthType", .. })) {
        own.retain(|violation| violation.demand.is_none() || violation.missing_name().is_none());
    }
    merge_missing(&mut own);
    names::pair(&mut own);
    names::misplaced(installation, &mut own);
    // A list under a misspelled key is there all the same.
    let misspells_list = |violation: &Violation| matches!(&violation.kind, ViolationKind::Unknown { meant: Some(meant), .. } if meant == "Properties");
    let list_is_misspelled = own.iter().any(misspells_list);
    // The manifest's own key holds what a guide calls a value.
    let is_given = |name: &str| name == "Scopes" && installation.scopes.is_some() || list_is_misspelled;
    own.retain(|violation| !violation.missing_name().is_some_and(|(name, property)| property && is_given(name)));
    let properties = installation.node.get("Properties");
    if properties.is_some_and(|node| file.reading.references.is_reference_node(node)) {
        own.retain(|violation| !violation.missing_name().is_some_and(|(_, property)| property));
    }
    blank_values(installation, file.reading, &mut own);
    insertions(installation, file, &mut own);
    join_missing(&mut own);
    found.extend(own);
}

/// What both the kind of authentication and the contract demand is missing once; the contract's
/// voice wins because it names a place.
fn merge_missing(found: &mut Vec<Violation>) {
    let demanded: Vec<(String, bool)> = found
        .iter()
        .filter(|violation| violation.demand.is_some())
        .filter_map(Violation::missing_name)
        .map(|(name, property)| (name.to_owned(), property))
        .collect();
    found.retain(|violation| {
        let repeated = |(name, property)| demanded.iter().any(|(n, p)| n == name && *p == property);
        violation.demand.is_some() || !violation.missing_name().is_some_and(repeated)
    });
    // A guide may ask for a value in the console and again for the account.
    let mut told: Vec<(String, bool)> = Vec::new();
    found.retain(|violation| {
        let Some((name, property)) = violation.missing_name() else { return true };
        let name = (name.to_owned(), property);
        let is_new = !told.contains(&name);
        told.push(name);
        is_new
    });
}

/// Properties that are missing at one place are one violation that names them all; what adds them is joined.
fn join_missing(found: &mut Vec<Violation>) {
    let mut joined: Option<Violation> = None;
    found.retain(|violation| {
        let ViolationKind::Missing { name, property: true, blank: false, insert, .. } = &violation.kind else {
            return true;
        };
        let Some(first) = &mut joined else {
            joined = Some(violation.clone());
            return false;
        };
        if let ViolationKind::Missing { more, insert: own, because, .. } = &mut first.kind {
            more.push(name.clone());
            *because = None;
            *own = match (own.take(), insert) {
                (Some(mut own), Some(insert)) if own.span == insert.span => {
                    own.text.push_str(&insert.text);
                    Some(own)
                }
                _ => None,
            };
        }
        false
    });
    found.extend(joined);
}

/// A value that is left empty is asked for at installation. A request that carries credentials is
/// sent by a machine: nobody is there to ask.
fn blank_values(installation: &Installation, reading: &Reading, found: &mut Vec<Violation>) {
    let unattended = reading.unattended || installation.shape != Shape::Native && installation.auth_value.is_some();
    let blank = |node: &Node| match &node.value {
        Value::Null => true,
        Value::String(text) => text.is_empty() && !reading.references.is_reference(text, node.tag.as_deref()),
        _ => false,
    };
    for property in installation.properties.iter().filter(|property| property.provided_by.is_none()) {
        if let Some(value) = property.value.as_ref().filter(|value| blank(value)) {
            let mut violation = Violation::missing(&property.name.value, true, property.name.span);
            if let ViolationKind::Missing { blank, .. } = &mut violation.kind {
                *blank = true;
            }
            if !value.span.is_empty() {
                violation.span = value.span;
            }
            violation.severity = (!unattended).then_some(Severity::Info);
            found.push(violation);
        }
    }
}

/// Offers to add what is missing, with a reference for its value.
fn insertions(installation: &Installation, file: File<'_>, found: &mut [Violation]) {
    let list = installation.node.get("Properties").filter(|list| matches!(list.value, Value::Sequence(_)));
    let mut list_is_new = list.is_none();
    for violation in found {
        let ViolationKind::Missing { name, property, blank: false, insert, .. } = &mut violation.kind else { continue };
        let value = format!("${{{}}}", environment_name(name));
        *insert = match (&*property, list) {
            (true, Some(list)) => into_list(file.source, list, file.reading.json, name, &value),
            // The first of several missing properties brings the list.
            (true, None) => {
                let addition = if std::mem::take(&mut list_is_new) {
                    Addition::Property { name, value: &value }
                } else {
                    Addition::Item { name, value: &value }
                };
                into_mapping(file.source, &installation.node, file.reading.json, &addition)
            }
            (false, _) if name == "AuthValue" => into_mapping(
                file.source,
                &installation.node,
                file.reading.json,
                &Addition::Value { key: name, value: &value },
            ),
            _ => None,
        };
    }
}
