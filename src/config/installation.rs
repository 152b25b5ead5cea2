//! A connector that a configuration installs: its values by what they are for.

use std::sync::Arc;

use crate::config::schema::Definition;
use crate::config::{Contracts, ScopeWord, Shape, Text};
use crate::contract::{AuthKind, KnownContract};
use crate::profile::fold;
use crate::scopes::is_same;
use crate::source::SourceFile;
use crate::tree::Node;

/// A connector that is to be installed.
#[derive(Debug)]
pub struct Installation {
    /// The shape of the document that it is in.
    pub shape: Shape,
    /// The mapping of its values, keys in the spelling of the shape.
    pub node: Node,
    /// The connector's name: the permalink of its guide.
    pub connector: Option<Text>,
    /// What the installed connector is called.
    pub name: Option<Text>,
    /// How it authenticates, as written.
    pub auth_type: Option<Text>,
    /// The credentials.
    pub auth_value: Option<Node>,
    /// The partner's service domain.
    pub service_domain: Option<Text>,
    /// The callback URL.
    pub callback: Option<Text>,
    /// The value of the scopes: a list or a string.
    pub scopes: Option<Node>,
    /// The connector's own values.
    pub properties: Vec<Property>,
    /// The connector's contract, where it is known.
    pub contract: Option<Arc<KnownContract>>,
}

/// A value of the connector's own.
#[derive(Debug)]
pub struct Property {
    /// Its name.
    pub name: Text,
    /// Its value, where one is written.
    pub value: Option<Node>,
    /// Who fills it in, where the configuration leaves it open.
    pub provided_by: Option<Text>,
}

impl Installation {
    /// How the connector authenticates: by the configuration, else by its contract.
    pub fn kind(&self) -> Option<AuthKind> {
        match &self.auth_type {
            Some(written) => AuthKind::from_config_name(&written.value),
            None => self.contract.as_ref()?.contract.auth.as_ref().map(|auth| auth.value),
        }
    }

    /// Whether the connector's guide names a scope.
    pub fn is_documented_scope(&self, name: &str) -> bool {
        let documented = self.contract.iter().flat_map(|known| known.contract.documented_scopes());
        documented.into_iter().any(|scope| is_same(&scope.value, name))
    }

    /// The texts that hold scopes: each item of the list, or the one string.
    pub fn scope_texts(&self, source: &SourceFile) -> Vec<Text> {
        let Some(scopes) = &self.scopes else {
            return Vec::new();
        };
        let single = std::slice::from_ref(scopes);
        let nodes = if scopes.items().is_empty() { single } else { scopes.items() };
        nodes.iter().filter_map(|node| Text::new(node, source)).collect()
    }

    /// The scopes, each on its own: strings are split at spaces and commas.
    pub fn scope_words(&self, source: &SourceFile) -> Vec<ScopeWord> {
        let texts = self.scope_texts(source);
        texts.iter().flat_map(Text::words).collect()
    }
}

/// The connectors that a document installs.
pub(super) fn read(
    node: &Node,
    definition: Definition,
    source: &SourceFile,
    contracts: &Contracts<'_>,
) -> Vec<Installation> {
    let one_or_many = |key: &str| match node.get(key) {
        Some(single) if !single.entries().is_empty() => vec![single],
        Some(list) => list.items().iter().collect(),
        None => Vec::new(),
    };
    let nodes: Vec<&Node> = match definition.name {
        "manifests" => one_or_many("Connectors"),
        "launch" => [one_or_many("ConnectorAuthentications"), one_or_many("PartnerConnector")].concat(),
        "customConnector" => Vec::new(),
        _ => vec![node],
    };
    nodes.into_iter().map(|node| installation(node, definition.shape, source, contracts)).collect()
}

fn installation(node: &Node, shape: Shape, source: &SourceFile, contracts: &Contracts<'_>) -> Installation {
    let text = |key: &str| node.get(key).and_then(|value| Text::new(value, source));
    let connector = text("Connector");
    let in_account = node.get("Connector").filter(|_| shape == Shape::Account);
    let auth = |key: &str| in_account.unwrap_or(node).get(key).and_then(|value| Text::new(value, source));
    let properties = node.get("Properties").map(|list| properties(list, source)).unwrap_or_default();
    let contract = match &connector {
        Some(connector) => contracts(&connector.value),
        None if shape != Shape::Native => {
            in_account.unwrap_or(node).get("Name").and_then(|name| named(name, contracts))
        }
        None => None,
    };
    let scopes = node.get("Scopes").or_else(|| scopes_of(&properties, contract.as_deref())).cloned();
    Installation {
        shape,
        contract,
        connector,
        name: text("Name"),
        auth_type: auth("AuthType"),
        auth_value: node.get("AuthValue").cloned(),
        service_domain: text("ServiceDomain"),
        callback: text("CallbackUrl"),
        scopes,
        properties,
        node: node.clone(),
    }
}

/// The contract of the connector whose title a body of a request has as its name.
fn named(name: &Node, contracts: &Contracts<'_>) -> Option<Arc<KnownContract>> {
    let name = name.as_str().filter(|name| !name.is_empty())?;
    contracts(name).filter(|known| {
        let title = known.contract.connector.as_ref().map(|connector| fold(&connector.value));
        title.is_some_and(|title| title == fold(name))
    })
}

/// The value of the property that holds the scopes, unless its guide describes how they are written.
fn scopes_of<'a>(properties: &'a [Property], contract: Option<&KnownContract>) -> Option<&'a Node> {
    let is_scopes =
        |property: &&Property| matches!(fold(&property.name.value).as_str(), "scope" | "scopes" | "oauthscopes");
    let found = properties.iter().find(is_scopes)?;
    let mut fields = contract.into_iter().flat_map(|known| &known.contract.fields);
    // The platform signs the scopes of a service account into its token, and splits them itself.
    let is_described = fields
        .any(|field| field.key == "PrivateKey" || field.form.is_some() && fold(&field.key) == fold(&found.name.value));
    found.value.as_ref().filter(|value| !is_described && value.as_str().is_some_and(|text| !text.is_empty()))
}

fn properties(list: &Node, source: &SourceFile) -> Vec<Property> {
    let mut found = Vec::with_capacity(list.items().len());
    found.extend(list.items().iter().filter_map(|item| property(item, source)));
    found
}

fn property(item: &Node, source: &SourceFile) -> Option<Property> {
    let text = |key: &str| item.get(key).and_then(|value| Text::new(value, source));
    Some(Property { name: text("Name")?, value: item.get("Value").cloned(), provided_by: text("ProvidedBy") })
}
