//! A connector that a configuration installs: its values by what they are for.

use std::collections::HashSet;
use std::sync::{Arc, OnceLock};

use crate::config::schema::Definition;
use crate::config::{Called, Config, Contracts, References, ScopeWord, Shape, Text};
use crate::contract::{AuthKind, CALLBACK, Field, KnownContract};
use crate::profile::{self, fold};
use crate::scopes::is_same;
use crate::source::SourceFile;
use crate::tree::{Node, Value};

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
    /// The callback URL: the value of the manifest's key, or without it, those of properties.
    pub callbacks: Vec<Text>,
    /// The value of the scopes: a list or a string, or the value of a property.
    pub scopes: Option<Node>,
    /// The connector's own values.
    pub properties: Vec<Property>,
    /// The folded names of them, once they are asked for.
    names: OnceLock<HashSet<String>>,
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

    /// Whether it has credentials, which the platform's own output leaves empty.
    pub fn has_credentials(&self) -> bool {
        self.auth_value.as_ref().is_some_and(|value| !matches!(value.value, Value::Null) && value.as_str() != Some(""))
    }

    /// Whether its scopes are the value of a property.
    pub fn has_scopes_as_property(&self) -> bool {
        self.scopes.is_some() && self.node.get("Scopes").is_none()
    }

    /// Whether the connector's guide names a scope.
    pub fn is_documented_scope(&self, name: &str) -> bool {
        let documented = self.contract.iter().flat_map(|known| known.contract.documented_scopes());
        documented.into_iter().any(|scope| is_same(&scope.value, name))
    }

    /// The property that a second one of the same name is meant for, after which its reference is named: the line was copied.
    pub fn copied(&self, second: &Property, references: &References) -> Option<&str> {
        let value = second.value.as_ref()?.as_str().filter(|value| references.is_single(value))?;
        let variable = fold(value);
        let has = |name: &str| {
            self.names
                .get_or_init(|| self.properties.iter().map(|property| fold(&property.name.value)).collect())
                .contains(&fold(name))
        };
        let fields = self.contract.iter().flat_map(|known| known.contract.properties());
        let mut names = ["ClientId", "ClientSecret"].into_iter().chain(fields.map(|field| field.key.as_str()));
        names.find(|name| variable.ends_with(&fold(name)) && !has(name))
    }

    /// The texts that hold scopes: each item of the list, or the one string, but no reference to them.
    pub fn scope_texts(&self, config: &Config) -> Vec<Text> {
        let closed =
            self.scope_nodes(&config.references).iter().filter(|node| !config.references.is_reference_node(node));
        closed.filter_map(|node| Text::new(node, &config.source)).collect()
    }

    /// The scopes, each on its own: strings are split at spaces and commas.
    pub fn scope_words(&self, config: &Config) -> Vec<ScopeWord> {
        let texts = self.scope_texts(config);
        texts.iter().flat_map(|text| text.words(&config.references)).collect()
    }

    /// Whether some of the scopes are kept elsewhere.
    pub fn has_open_scopes(&self, references: &References) -> bool {
        self.scope_nodes(references).iter().any(|node| references.is_reference_node(node))
    }

    fn scope_nodes(&self, references: &References) -> &[Node] {
        match &self.scopes {
            // What is in `!If [IsLive, a, b]` are its arguments.
            Some(scopes) if scopes.items().is_empty() || references.is_reference_node(scopes) => {
                std::slice::from_ref(scopes)
            }
            Some(scopes) => scopes.items(),
            None => &[],
        }
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
    let properties = node.get("Properties").map(|list| all_properties(list, source)).unwrap_or_default();
    let name = text("Name");
    let auth_type = auth("AuthType");
    // The platform's own output has the name of the connector besides that of its installation.
    let title = || in_account.and_then(|connector| connector.get("Name")?.as_str().map(str::to_owned));
    let title = || title().or_else(|| name.as_ref().map(|name| name.value.clone()));
    let auth_value = node.get("AuthValue").cloned();
    let kind = match &auth_type {
        Some(written) => AuthKind::from_config_name(&written.value),
        None => kind_by_values(auth_value.as_ref(), &properties),
    };
    let called = match &connector {
        Some(connector) => Some(Called::Connector(connector.value.clone())),
        None if shape == Shape::Native => None,
        None => title().map(|title| Called::Title(title, kind)),
    };
    let contract = called.and_then(|called| contracts(&called));
    let mut callbacks: Vec<Text> = text(CALLBACK).into_iter().collect();
    let known = contract.as_ref().filter(|known| shape != Shape::Account && known.contract.is_oauth());
    if let Some(known) = known.filter(|_| callbacks.is_empty()) {
        callbacks = callbacks_among(&properties, known, source);
    }
    Installation {
        shape,
        callbacks,
        contract,
        connector,
        name,
        auth_type,
        auth_value,
        service_domain: text("ServiceDomain"),
        scopes: node.get("Scopes").cloned().or_else(|| scopes_among(&properties)),
        properties,
        names: OnceLock::new(),
        node: node.clone(),
    }
}

/// Whether a configuration may call a value of the guide so: by its property, or as the guide does.
pub fn is_called(field: &Field, name: &str) -> bool {
    profile::is_same(&field.key, name) || profile::is_same(&field.name.value, name)
}

/// How the connector of a body authenticates, by the values that the body has: the identifier of a client, or a key.
fn kind_by_values(auth_value: Option<&Node>, properties: &[Property]) -> Option<AuthKind> {
    if properties.iter().any(|property| property.name.value == "ClientId") {
        return Some(AuthKind::OAuth2);
    }
    let value = auth_value.and_then(Node::as_str).filter(|value| !value.is_empty())?;
    (!value.starts_with('{')).then_some(AuthKind::ApiKey)
}

/// The scopes that a property holds: some connectors ask for them as a value.
fn scopes_among(properties: &[Property]) -> Option<Node> {
    const NAMES: [&str; 4] = ["scope", "scopes", "oauthscope", "oauthscopes"];
    let property = properties.iter().find(|property| NAMES.contains(&fold(&property.name.value).as_str()))?;
    property.value.clone().filter(|value| value.as_str().is_some())
}

/// The callback URLs that properties hold in the place of the manifest's key: some guides ask for it as a value.
fn callbacks_among(properties: &[Property], known: &KnownContract, source: &SourceFile) -> Vec<Text> {
    const NAMES: [&str; 4] = ["callbackurl", "callbackuri", "redirecturl", "redirecturi"];
    let is_callback = |property: &&Property| {
        let (name, folded) = (&property.name.value, fold(&property.name.value));
        NAMES.contains(&folded.as_str()) && known.contract.fields.iter().any(|field| is_called(field, name))
    };
    let values = properties.iter().filter(is_callback).filter_map(|property| property.value.as_ref());
    values.filter_map(|value| Text::new(value, source)).collect()
}

fn all_properties(list: &Node, source: &SourceFile) -> Vec<Property> {
    let mut found = Vec::with_capacity(list.items().len());
    found.extend(list.items().iter().filter_map(|item| property(item, source)));
    found
}

fn property(item: &Node, source: &SourceFile) -> Option<Property> {
    let text = |key: &str| item.get(key).and_then(|value| Text::new(value, source));
    Some(Property { name: text("Name")?, value: item.get("Value").cloned(), provided_by: text("ProvidedBy") })
}
