//! What a contract demands of a manifest for the connector, as JSON Schema 2020-12.
//!
//! Each demand carries where the guide makes it: `x-guide` (permalink), `x-line`, `x-role`, and
//! `x-field`, the guide's name for a field. What the contract leaves open, the schema leaves open.

use jsonschema::{Draft, PatternOptions, Registry, Validator};
use serde_json::{Map, Value, json};

use crate::contract::{AuthKind, Contract, Field, Found, Grant, When};
use crate::tree::Tree;

/// The key of the callback URL, which is not a property of the connector.
pub(crate) const CALLBACK: &str = "CallbackUrl";

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
    /// What a manifest is held against, as JSON Schema: each violation is then looked at on its own.
    pub(super) fn demands(&self) -> Value {
        let required = self.required_properties();
        let required = required.map(|field| self.property_demand(field, &json!({ "const": field.key }))).collect();
        let mut schema = self.with_properties(self.facts(), required);
        if let Some(credential) = self.owed_credential() {
            // What the partner fills in is not asked for again.
            schema["if"] = json!({ "not": { "required": ["ProvidedBy"] } });
            schema["then"] = json!({ "allOf": [self.credential_demand(credential)] });
        }
        // Where the guide does not show where its values are, the manifest does.
        let listed = self.properties_of_any_kind().filter(|_| self.auth.is_none() && self.lists_values());
        let listed: Vec<Value> =
            listed.map(|field| self.property_demand(field, &json!({ "const": field.key }))).collect();
        if !listed.is_empty() {
            let kind = json!({ "const": AuthKind::AuthFields.config_name() });
            schema["allOf"] =
                json!([under(&json!({ "properties": { "AuthType": kind }, "required": ["AuthType"] }), &listed)]);
        }
        schema
    }

    /// What the contract says of the manifest's own keys.
    pub(super) fn facts(&self) -> Map<String, Value> {
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
        properties
    }

    /// A schema with demands for the manifest's own keys and for its properties, and for editors the names of those that
    /// may be.
    pub(super) fn with_properties(&self, mut properties: Map<String, Value>, required: Vec<Value>) -> Value {
        let mut names: Vec<&str> = self.properties().map(|field| field.key.as_str()).collect();
        names.dedup();
        if !names.is_empty() {
            let mut demand = json!({ "items": { "properties": { "Name": { "examples": names } } } });
            if !required.is_empty() {
                demand["type"] = "array".into();
                demand["allOf"] = required.into();
            }
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
        schema
    }

    /// The first of the credentials that `AuthValue` must hold.
    pub(super) fn owed_credential(&self) -> Option<&Field> {
        self.credentials().find(|field| !field.optional && !self.has_several_ways())
    }

    pub(super) fn credential_demand(&self, credential: &Field) -> Value {
        let demand = json!({ "required": ["AuthValue"], "x-field": credential.name.value });
        self.annotated(demand, "credential", credential.name.line)
    }

    /// Whether the guide shows how the connector signs in: words alone may describe one of several ways, and what is said
    /// in passing is not owed.
    pub fn shows_auth(&self, auth: &Found<AuthKind>) -> bool {
        let is_owed = |field: &Field| self.lists_values() || !field.optional;
        self.states_auth
            || self.needs_auth
            || auth.value == AuthKind::None
            || self.callback.is_some()
            || self.fields.iter().any(|field| field.name.line == auth.line && is_owed(field))
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
        let user = self.user_of_basic();
        self.fields.iter().enumerate().filter_map(move |(index, field)| {
            let user = kind == Some(AuthKind::Basic) && user == Some(index);
            let single = matches!(kind, Some(AuthKind::ApiKey | AuthKind::Basic));
            ((field.secret && single) || user).then_some(field)
        })
    }

    /// The user name among the fields: one that is called so, or the field right before the password. Other names, such as
    /// that of an email, may be for something else.
    fn user_of_basic(&self) -> Option<usize> {
        let before = self.fields.iter().position(|field| field.secret).and_then(|secret| secret.checked_sub(1));
        self.fields.iter().position(|field| field.key == "Username").or(before)
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
    pub(super) fn required_properties(&self) -> impl Iterator<Item = &Field> {
        let is_open = self.auth.is_none();
        let several = self.has_several_ways();
        let secrets = self.fields.iter().filter(|field| field.secret).count();
        self.properties_of_any_kind().filter(move |field| field.when.is_some() || !(is_open && secrets > 0 || several))
    }

    fn properties_of_any_kind(&self) -> impl Iterator<Item = &Field> {
        self.properties().filter(|field| !field.optional && !field.conditional)
    }

    pub(super) fn property_demand(&self, field: &Field, name: &Value) -> Value {
        let demand = json!({
            "contains": { "properties": { "Name": name }, "required": ["Name"] },
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

    pub(super) fn annotated(&self, mut demand: Value, role: &str, line: u32) -> Value {
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

/// What must be among the properties under a condition.
pub(super) fn under(condition: &Value, required: &[Value]) -> Value {
    json!({ "if": condition, "then": { "properties": { "Properties": { "allOf": required } } } })
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
