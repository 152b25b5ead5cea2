//! A contract as JSON Schema 2020-12: what a manifest for the connector must look like.
//!
//! Each demand carries where the guide makes it: `x-guide` (permalink), `x-line`, `x-role`, and
//! `x-field`, the guide's name for a field. What the contract leaves open, the schema leaves open.

use jsonschema::{Draft, PatternOptions, Registry, Validator};
use serde_json::{Map, Value, json};

use crate::contract::{AuthKind, Contract, Field, Found, Grant, When};
use crate::tree::Tree;

/// The key of the callback URL, which is not a property of the connector.
const CALLBACK: &str = "CallbackUrl";

/// The address by which a validator refers to its schema.
const ADDRESS: &str = "connlint:schema";

/// The validator of the part of a schema that a JSON pointer names; `None` if the schema is invalid.
///
/// Before it is compiled, a schema is validated itself, by a validator of schemas that takes longer to
/// compile than all of ours. So what is compiled is a reference, in the draft with the smallest schema of
/// schemas, to a schema of any draft. That ours are schemas is tested.
pub(crate) fn validator(schema: &Value, pointer: &str) -> Option<Validator<Tree>> {
    let registry = Registry::new().add(ADDRESS, schema).ok()?.prepare().ok()?;
    let options = jsonschema::options_for::<Tree>()
        .with_draft(Draft::Draft4)
        .with_registry(&registry)
        .with_pattern_options(PatternOptions::regex())
        .should_validate_formats(true);
    options.build(&json!({ "$ref": format!("{ADDRESS}#{pointer}") })).ok()
}

impl AuthKind {
    /// The word for it in a configuration.
    pub fn config_name(self) -> &'static str {
        match self {
            Self::OAuth2 => "OAuth2",
            Self::OAuth1 => "OAuth1",
            Self::ApiKey => "ApiKey",
            Self::Basic => "Basic",
            Self::AuthFields => "AuthFields",
            Self::None => "None",
        }
    }

    /// The kind that a configuration's word stands for.
    pub fn from_config_name(name: &str) -> Option<Self> {
        let all = [Self::OAuth2, Self::OAuth1, Self::ApiKey, Self::Basic, Self::AuthFields, Self::None];
        all.into_iter().find(|kind| kind.config_name() == name)
    }
}

impl Grant {
    /// The word for it in a configuration.
    pub fn config_name(self) -> &'static str {
        match self {
            Self::AuthorisationCode => "AuthorisationCode",
            Self::ClientCredentials => "ClientCredentials",
            Self::PasswordCredentials => "PasswordCredentials",
        }
    }
}

impl Contract {
    /// The contract as JSON Schema 2020-12.
    pub fn schema(&self) -> Value {
        let mut properties = Map::new();
        if let Some(auth) = self.auth.as_ref().filter(|_| !self.has_several_ways()) {
            let demand = json!({ "const": auth.value.config_name() });
            properties.insert("AuthType".to_owned(), self.annotated(demand, "auth", auth.line));
        }
        if let Some(grant) = self.grant.as_ref().filter(|_| !self.has_several_ways()) {
            let demand = json!({ "const": grant.value.config_name() });
            properties.insert("OAuth2Type".to_owned(), self.annotated(demand, "grant", grant.line));
        }
        if let Some(callback) = &self.callback
            && let Some(pattern) = callback_pattern(&callback.value)
        {
            let demand = json!({ "pattern": pattern });
            properties.insert(CALLBACK.to_owned(), self.annotated(demand, "callback", callback.line));
        }
        if let Some(first) = self.documented_scopes().first() {
            let names: Vec<&str> = self.documented_scopes().iter().map(|scope| scope.value.as_str()).collect();
            let demand = json!({ "items": { "enum": names } });
            properties.insert("Scopes".to_owned(), self.annotated(demand, "scopes", first.line));
        }
        if let Some(demand) = self.properties_demand() {
            properties.insert("Properties".to_owned(), demand);
        }
        let mut schema = json!({
            "$schema": "https://json-schema.org/draft/2020-12/schema",
            "type": "object",
            "properties": properties,
        });
        if let Some(connector) = &self.connector {
            schema["title"] = connector.value.as_str().into();
        }
        if let Some(credential) = self.credentials().find(|field| !field.optional && !self.has_several_ways()) {
            let demand = json!({ "required": ["AuthValue"], "x-field": credential.name.value });
            let demand = self.annotated(demand, "credential", credential.name.line);
            // What the partner fills in is not asked for again.
            schema["if"] = json!({ "not": { "required": ["ProvidedBy"] } });
            schema["then"] = json!({ "allOf": [demand] });
        }
        schema
    }

    /// The scopes that a configuration may name; empty where the guide leaves them open.
    pub fn documented_scopes(&self) -> &[Found<String>] {
        let open = !self.scope_labels.is_empty() || self.gaps.iter().any(|gap| gap.fact == "scopes");
        if open { &[] } else { &self.scopes }
    }

    /// The fields that make up the credentials of an API key or Basic authentication: they are
    /// together in `AuthValue`, not each in a property.
    pub fn credentials(&self) -> impl Iterator<Item = &Field> {
        let kind = self.auth.as_ref().map(|auth| auth.value);
        let first_secret = self.fields.iter().position(|field| field.secret);
        self.fields.iter().enumerate().filter_map(move |(index, field)| {
            // A user name is right before its password, or alone where it holds the key.
            let is_lone = first_secret.is_none() && field.key == "Username";
            let user = kind == Some(AuthKind::Basic) && (first_secret == Some(index + 1) || is_lone);
            let single = matches!(kind, Some(AuthKind::ApiKey | AuthKind::Basic));
            ((field.secret && single) || user).then_some(field)
        })
    }

    /// Whether the credentials are several keys: the parts of one value, or values on their own.
    pub fn has_several_keys(&self) -> bool {
        let mut keys = self.credentials().map(|field| field.key.as_str());
        let first = keys.next();
        keys.any(|key| Some(key) != first)
    }

    /// The fields that a configuration gives as properties.
    pub fn properties(&self) -> impl Iterator<Item = &Field> {
        let credentials: Vec<&str> = self.credentials().map(|field| field.key.as_str()).collect();
        self.fields.iter().filter(move |field| field.key != CALLBACK && !credentials.contains(&field.key.as_str()))
    }

    /// The properties that a configuration must have. If the guide does not specify the kind of
    /// authentication, its secrets may make up `AuthValue` as well: they are left open.
    fn required_properties(&self) -> impl Iterator<Item = &Field> {
        let is_open = self.auth.is_none();
        let several = self.has_several_ways();
        let secrets = self.fields.iter().filter(|field| field.secret).count();
        self.properties().filter(move |field| {
            let is_open = is_open && (field.secret || secrets > 0) || several;
            !field.optional && !field.conditional && (field.when.is_some() || !is_open)
        })
    }

    /// What must be among the properties, and for editors the names of those that may.
    fn properties_demand(&self) -> Option<Value> {
        let mut names: Vec<&str> = self.properties().map(|field| field.key.as_str()).collect();
        names.dedup();
        let contains: Vec<Value> = self.required_properties().map(|field| self.property_demand(field)).collect();
        let mut demand = json!({ "items": { "properties": { "Name": { "examples": names } } } });
        if !contains.is_empty() {
            demand["type"] = "array".into();
            demand["allOf"] = contains.into();
        }
        (!names.is_empty()).then_some(demand)
    }

    fn property_demand(&self, field: &Field) -> Value {
        let demand = json!({
            "contains": { "properties": { "Name": { "const": field.key } }, "required": ["Name"] },
            "x-field": field.name.value,
        });
        let demand = self.annotated(demand, "field", field.name.line);
        let Some(When { key, values }) = &field.when else { return demand };
        let chosen = json!({
            "properties": { "Name": { "const": key }, "Value": { "enum": values } },
            "required": ["Name", "Value"],
        });
        json!({ "if": { "contains": chosen }, "then": demand })
    }

    fn annotated(&self, mut demand: Value, role: &str, line: u32) -> Value {
        demand["x-role"] = role.into();
        if let Some(permalink) = &self.permalink {
            let field = demand["x-field"].as_str().map(|name| format!("`{name}`: ")).unwrap_or_default();
            demand["description"] = format!("{field}line {line} of the guide `{}`.", permalink.value).into();
            demand["x-guide"] = permalink.value.as_str().into();
        }
        demand["x-line"] = line.into();
        demand
    }
}

/// The pattern of a callback URL: any host, and exactly the path of the guide's template.
///
/// `None` for an invalid template: no `https`, or no path after the host.
fn callback_pattern(template: &str) -> Option<String> {
    let rest = template.strip_prefix("https://")?;
    let host = rest.rfind(['}', ']', '>']).map_or(0, |close| close + 1);
    let path = &rest[host + rest[host..].find('/')?..];
    Some(format!(r"^https://[^/?#@:\s]+{}$", regex::escape(path)))
}
