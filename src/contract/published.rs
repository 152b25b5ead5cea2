//! A contract as other programs validate with it: what every manifest for the connector must have.
//!
//! `check` looks at each violation on its own; a schema cannot. What `check` may accept, the schema leaves open.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use super::fields::pascal_case;
use super::schema::{CALLBACK, under};
use super::{AuthKind, Contract, Field, Level};
use crate::profile::Profile;
use crate::scopes::{Catalogue, Catalogues};

/// The names of properties that may hold a key.
const SECRETS: &str = "[Kk]ey|KEY|[Tt]oken|TOKEN|[Ss]ecret|SECRET|[Pp]assword|PASSWORD";

/// A text with a sign that words do not have, or that begins like the name of a variable: a reference to a word.
const REFERENCE: &str = r"[^\w\s.,-]|^__|^(process\.)?env\.|^secrets\.";

/// The same for scopes, which may be URLs and have colons.
const SCOPE_ELSEWHERE: &str = r"[\[\]${}%<>()@#!+]|^([^h]|h[^t])[^/]*://|^__|^env[.:]";

/// A reference to a URL: a text without a slash, or with another scheme.
const URL_ELSEWHERE: &str = "^[^/]*$|^([^h/:]|h[^t]|ht[^t]|htt[^p])[^/]*:";

/// One of `words`, or a reference to one.
fn or_reference(words: &Value, pattern: &str) -> Value {
    json!([{ "enum": words }, { "type": "string", "pattern": pattern }])
}

/// The schema of a list, or of a reference to one.
fn open_list(list: &Value) -> Value {
    let mut list = list.clone();
    list["type"] = json!(["array", "string"]);
    list["pattern"] = REFERENCE.into();
    list
}

/// The definitions of a schema of manifests that accept references where a configuration may have them.
pub(crate) fn with_references(definitions: &Value) -> Value {
    let mut open = definitions.clone();
    for name in ["authType", "grant"] {
        if let Some(members) = open[name].as_object_mut()
            && let Some(words) = members.remove("enum")
        {
            members.insert("anyOf".to_owned(), or_reference(&words, REFERENCE));
        }
    }
    open["properties"] = open_list(&open["properties"]);
    open
}

impl Contract {
    /// The contract as JSON Schema 2020-12. `catalogues` are those of the connector.
    pub fn schema(&self, catalogues: &[&Catalogue]) -> Value {
        let mut facts = self.facts();
        match self.kinds() {
            None => drop(facts.remove("AuthType")),
            Some(kinds) => {
                if let Some(demand) = facts.get_mut("AuthType").and_then(Value::as_object_mut) {
                    demand.remove("const");
                    demand.insert("anyOf".to_owned(), or_reference(&json!(kinds), REFERENCE));
                }
            }
        }
        if let Some(demand) = facts.get_mut("OAuth2Type").and_then(Value::as_object_mut)
            && let Some(grant) = demand.remove("const")
        {
            demand.insert("anyOf".to_owned(), or_reference(&json!([grant]), REFERENCE));
        }
        if let Some(pattern) = facts.get_mut(CALLBACK).and_then(|demand| demand.get_mut("pattern")) {
            *pattern = format!("{}|{URL_ELSEWHERE}", pattern.as_str().unwrap_or_default()).into();
        }
        let scopes = self.allowed_scopes(catalogues);
        if let Some(first) = self.scopes.first().filter(|_| !scopes.is_empty()) {
            let demand = json!({ "items": { "anyOf": or_reference(&json!(scopes), SCOPE_ELSEWHERE) } });
            facts.insert("Scopes".to_owned(), self.annotated(demand, "scopes", first.line));
        }
        let required: Vec<&Field> = self.required_properties().filter(|field| self.is_certain(field)).collect();
        let (whole, required): (Vec<&Field>, Vec<&Field>) =
            required.into_iter().partition(|field| self.may_be_whole(field));
        let demands = |fields: Vec<&Field>| -> Vec<Value> {
            fields.into_iter().map(|field| self.property_demand(field, &self.name_of(field))).collect()
        };
        let (asked, others): (Vec<&Field>, Vec<&Field>) =
            required.into_iter().partition(|field| self.is_in_console(&field.key));
        let mut schema = self.with_properties(facts, demands(others));
        if let Some(list) = schema.pointer_mut("/properties/Properties") {
            *list = open_list(list);
        }
        // What the partner enters in the console need not be in the manifest.
        let by_partner = json!({ "properties": { "ProvidedBy": { "const": "partner" } }, "required": ["ProvidedBy"] });
        let given = json!({ "anyOf": [{ "required": ["AuthValue"] }, by_partner] });
        let conditions = [(json!({ "not": by_partner }), asked), (json!({ "not": given }), whole)];
        let owed = conditions.into_iter().filter(|(_, fields)| !fields.is_empty());
        let owed: Vec<Value> = owed.map(|(condition, fields)| under(&condition, &demands(fields))).collect();
        if !owed.is_empty() {
            schema["allOf"] = owed.into();
        }
        let is_single = |field: &&Field| self.is_certain(field) && !self.has_several_keys();
        if let Some(credential) = self.owed_credential().filter(is_single) {
            let name = json!({ "anyOf": [{ "pattern": SECRETS }, self.name_of(credential)] });
            let given = json!({ "contains": { "properties": { "Name": name }, "required": ["Name"] } });
            let given = json!({ "properties": { "Properties": given }, "required": ["Properties"] });
            // What the partner fills in is not asked for again, and a key may be a property.
            schema["if"] = json!({ "not": { "anyOf": [{ "required": ["ProvidedBy"] }, given] } });
            schema["then"] = json!({ "allOf": [self.credential_demand(credential)] });
        }
        schema
    }

    /// The scope catalogs that serve the connector.
    pub fn catalogues<'a>(&self, profile: &Profile, all: &'a Catalogues) -> Vec<&'a Catalogue> {
        let permalink = self.permalink.as_ref();
        permalink.map(|permalink| all.of_connector(&profile.catalogues, &permalink.value)).unwrap_or_default()
    }

    /// The words for the kinds of authentication that a manifest may have; `None` for any.
    fn kinds(&self) -> Option<BTreeSet<&'static str>> {
        let auth = self.auth.as_ref().filter(|auth| self.shows_auth(auth) && !self.has_several_keys())?;
        // The credentials may be given as fields, and fields together as one value.
        let others: &[AuthKind] = match auth.value {
            AuthKind::AuthFields => &[AuthKind::ApiKey, AuthKind::Basic],
            _ => &[AuthKind::AuthFields],
        };
        Some([auth.value].iter().chain(others).map(|kind| kind.config_name()).collect())
    }

    /// Whether the partner enters a property in the console.
    pub fn is_in_console(&self, key: &str) -> bool {
        matches!(key, "ClientId" | "ClientSecret")
            || self.fields.iter().any(|field| field.key == key && field.level == Level::Console)
    }

    /// Whether a value must be where the contract has it, in every manifest.
    fn is_certain(&self, field: &Field) -> bool {
        let is_later = self.asks_later && self.fields.iter().any(|field| field.level == Level::Console);
        // A manifest has a key of its own for scopes.
        !is_later && self.lists_values() && field.key != "Scopes"
    }

    /// Whether a property may be a part of `AuthValue` instead.
    fn may_be_whole(&self, field: &Field) -> bool {
        let is_fields = self.auth.as_ref().is_some_and(|auth| auth.value == AuthKind::AuthFields);
        (is_fields || field.when.is_some()) && (field.secret || matches!(field.key.as_str(), "Username" | "Email"))
    }

    /// Whether the guide leaves it to the reader which of its scopes are needed: others may be as well.
    pub fn leaves_scopes_open(&self) -> bool {
        self.documented_scopes().iter().all(|scope| self.optional_scopes.contains(&scope.value))
    }

    /// Whether all that the vendor has is among the optional scopes: less may be asked for.
    pub fn offers_everything(&self, catalogues: &[&Catalogue]) -> bool {
        let mut optional = self.documented_scopes().iter().filter(|scope| self.optional_scopes.contains(&scope.value));
        optional.any(|scope| is_everything(catalogues, &scope.value))
    }

    /// The scopes that a manifest may have; empty where the guide or a catalog leaves others open.
    fn allowed_scopes<'a>(&'a self, catalogues: &[&'a Catalogue]) -> Vec<&'a str> {
        let is_open = catalogues.iter().any(|catalogue| catalogue.partial);
        if is_open || self.leaves_scopes_open() || self.offers_everything(catalogues) {
            return Vec::new();
        }
        let documented = self.documented_scopes();
        let known = catalogues.iter().flat_map(|catalogue| &catalogue.scopes).map(|scope| scope.name.as_str());
        let is_included = |name: &str| {
            let mut pairs =
                catalogues.iter().flat_map(|catalogue| documented.iter().map(move |scope| (catalogue, scope)));
            is_everything(catalogues, name) || pairs.any(|(catalogue, scope)| catalogue.includes(&scope.value, name))
        };
        let mut allowed: Vec<&str> = documented.iter().map(|scope| scope.value.as_str()).collect();
        for name in known.filter(|name| is_included(name)) {
            if !allowed.contains(&name) {
                allowed.push(name);
            }
        }
        allowed
    }

    /// The names that a property may have, as a schema: no guide says how one is capitalized.
    fn name_of(&self, field: &Field) -> Value {
        if matches!(field.key.as_str(), "ClientId" | "ClientSecret") {
            return json!({ "enum": BTreeSet::from([field.key.clone(), pascal_case(&field.name.value)]) });
        }
        let letters = |name: &str| -> String {
            let any_case = |c: char| match (c.to_ascii_uppercase(), c.to_ascii_lowercase()) {
                (upper, lower) if upper == lower => regex::escape(c.encode_utf8(&mut [0; 4])),
                (upper, lower) => format!("[{upper}{lower}]"),
            };
            name.chars().filter(|c| c.is_alphanumeric()).map(any_case).collect()
        };
        let connector = letters(self.connector.as_ref().map_or("", |connector| &connector.value));
        let key = letters(&field.key);
        let bare = key.strip_prefix(&connector).filter(|rest| !rest.is_empty()).unwrap_or(&key).to_owned();
        let names = BTreeSet::from([bare, letters(&field.name.value)]);
        let names = names.into_iter().collect::<Vec<_>>().join("|");
        json!({ "pattern": format!("^({connector})?({names})$") })
    }
}

/// Whether a scope stands for all that the vendor has.
pub fn is_everything(catalogues: &[&Catalogue], name: &str) -> bool {
    catalogues.iter().filter_map(|catalogue| catalogue.lookup(name)).any(|scope| scope.everything)
}
