//! The beginning of a configuration: what a contract asks for, as a manifest with references in place
//! of values, and comments that refer to the guide.
//!
//! What the guide leaves open is a comment, not a guess.

use serde_json::{Map, Value, json};

use crate::config::environment_name;
use crate::contract::{AuthKind, Contract, Field, Grant, Level};
use crate::profile::Profile;

/// A manifest before it is written down.
#[derive(Debug)]
pub struct Manifest {
    header: Vec<String>,
    entries: Vec<Entry>,
    properties: Vec<Property>,
}

/// A key of the manifest.
#[derive(Debug)]
struct Entry {
    key: &'static str,
    value: Value,
    comments: Vec<String>,
    /// Whether it is only shown, in a comment.
    is_comment: bool,
}

/// A value of the connector's own.
#[derive(Debug)]
struct Property {
    key: String,
    reference: String,
    comment: String,
    is_comment: bool,
}

impl Manifest {
    /// A manifest for the connector whose guide has the permalink `connector`, by its contract; `profile` is
    /// its vendor's.
    ///
    /// `service_domain` is the partner's own host; `None` is returned where a callback URL is needed
    /// and there is no host to make it from.
    pub fn new(profile: &Profile, contract: &Contract, connector: &str, service_domain: Option<&str>) -> Option<Self> {
        let kind = contract.auth.as_ref().map(|auth| auth.value);
        let is_oauth = matches!(kind, Some(AuthKind::OAuth1 | AuthKind::OAuth2));
        let calls_back = contract.grant.as_ref().is_some_and(|grant| grant.value == Grant::AuthorisationCode);
        let redirects = kind == Some(AuthKind::OAuth1) || calls_back;
        if redirects && service_domain.is_none() {
            return None;
        }
        let name = contract.connector.as_ref().map_or(connector, |found| found.value.as_str());
        let mut draft = Draft { contract, prefix: prefix(name), entries: Vec::new() };
        draft.add("Connector", connector.into(), &[]);
        draft.add("Name", name.into(), &[]);
        draft.sign_in(kind);
        if let Some(domain) = service_domain {
            draft.add("ServiceDomain", domain.into(), &[]);
            if redirects || (kind.is_none() && contract.callback.is_some()) {
                draft.callback(&format!("https://{domain}{}", profile.callback.path));
            }
        }
        if kind == Some(AuthKind::OAuth2) {
            draft.scopes();
        }
        let properties = draft.properties(is_oauth);
        let header = vec![
            one_line(&format!(
                "{name}: configuration from the guide `{connector}`, with its line numbers in parentheses."
            )),
            "`${NAME}` refers to the environment variable NAME. Keep secrets out of this file.".to_owned(),
        ];
        Some(Self { header, entries: draft.entries, properties })
    }

    /// The manifest as YAML, with comments.
    pub fn to_yaml(&self) -> String {
        let mut lines: Vec<String> = self.header.iter().map(|text| format!("# {text}")).collect();
        for entry in &self.entries {
            lines.extend(entry.comments.iter().map(|text| format!("# {text}")));
            let mark = if entry.is_comment { "# " } else { "" };
            match &entry.value {
                Value::Array(items) if !items.is_empty() => {
                    lines.push(format!("{mark}{}:", entry.key));
                    lines.extend(items.iter().map(|item| format!("{mark}  - {item}")));
                }
                // A JSON string is a double-quoted YAML one: no value is taken for a number or a date.
                value => lines.push(format!("{mark}{}: {value}", entry.key)),
            }
        }
        if !self.properties.is_empty() {
            let mark = if self.properties.iter().all(|property| property.is_comment) { "# " } else { "" };
            lines.push(format!("{mark}Properties:"));
        }
        for property in &self.properties {
            let mark = if property.is_comment { "# " } else { "" };
            let (name, value) = (Value::from(property.key.as_str()), Value::from(property.reference.as_str()));
            lines.push(format!("  # {}", property.comment));
            lines.push(format!("  {mark}- Name: {name}"));
            lines.push(format!("  {mark}  Value: {value}"));
        }
        lines.join("\n") + "\n"
    }

    /// The manifest as JSON, without what is only shown in comments.
    pub fn to_json(&self) -> String {
        let entries = self.entries.iter().filter(|entry| !entry.is_comment);
        let mut members: Map<String, Value> =
            entries.map(|entry| (entry.key.to_owned(), entry.value.clone())).collect();
        let properties = self.properties.iter().filter(|property| !property.is_comment);
        let properties: Vec<Value> =
            properties.map(|property| json!({ "Name": property.key, "Value": property.reference })).collect();
        if !properties.is_empty() {
            members.insert("Properties".to_owned(), properties.into());
        }
        format!("{:#}\n", Value::Object(members))
    }
}

/// A manifest in the making.
struct Draft<'a> {
    contract: &'a Contract,
    /// What the names of environment variables begin with.
    prefix: String,
    entries: Vec<Entry>,
}

impl Draft<'_> {
    fn add(&mut self, key: &'static str, value: Value, comments: &[String]) {
        let comments = comments.iter().map(|text| one_line(text)).collect();
        self.entries.push(Entry { key, value, comments, is_comment: false });
    }

    fn add_comment(&mut self, key: &'static str, value: Value, comment: &str) {
        self.entries.push(Entry { key, value, comments: vec![one_line(comment)], is_comment: true });
    }

    fn reference(&self, key: &str) -> String {
        let name = environment_name(key);
        if self.prefix.is_empty() { format!("${{{name}}}") } else { format!("${{{}_{name}}}", self.prefix) }
    }

    /// The kind of authentication and what goes with it.
    fn sign_in(&mut self, kind: Option<AuthKind>) {
        let Some(kind) = kind else {
            let known = "ApiKey, Basic, OAuth1, OAuth2, AuthFields or None";
            let text = format!("No kind of authentication in the guide: use {known}.");
            return self.add_comment("AuthType", AuthKind::ApiKey.config_name().into(), &text);
        };
        self.add("AuthType", kind.config_name().into(), &[]);
        match kind {
            AuthKind::OAuth2 => {
                if let Some(grant) = &self.contract.grant {
                    let comment = format!("Grant that the guide describes (line {}).", grant.line);
                    return self.add("OAuth2Type", grant.value.config_name().into(), &[comment]);
                }
                let text = "No OAuth 2.0 grant in the guide: use AuthorisationCode with a `CallbackUrl`, \
                            ClientCredentials or PasswordCredentials.";
                self.add_comment("OAuth2Type", Grant::AuthorisationCode.config_name().into(), text);
            }
            AuthKind::ApiKey | AuthKind::Basic => self.credentials(kind),
            AuthKind::OAuth1 | AuthKind::AuthFields | AuthKind::None => {}
        }
    }

    fn credentials(&mut self, kind: AuthKind) {
        let fields: Vec<&Field> = self.contract.credentials().collect();
        let named: Vec<String> = fields.iter().map(|field| name_with_line(field)).collect();
        let mut comments = Vec::new();
        if kind == AuthKind::Basic {
            comments.push("Base64 form of `user:password`.".to_owned());
        }
        if !named.is_empty() {
            comments.push(format!("{}.", named.join(", ")));
        }
        let reference = match fields.as_slice() {
            [single] if kind == AuthKind::ApiKey => self.reference(&single.key),
            _ => self.reference("AuthValue"),
        };
        self.add("AuthValue", reference.into(), &comments);
    }

    fn callback(&mut self, url: &str) {
        let line = self.contract.callback.as_ref().map(|found| format!(" (line {})", found.line));
        let comment = format!("Register this URL with the application{}.", line.unwrap_or_default());
        self.add("CallbackUrl", url.into(), &[comment]);
    }

    fn scopes(&mut self) {
        let names: Vec<&str> = self.contract.documented_scopes().iter().map(|scope| scope.value.as_str()).collect();
        if let Some(first) = self.contract.documented_scopes().first() {
            let comment = format!("Scopes that the guide names (from line {}).", first.line);
            return self.add("Scopes", names.into(), &[comment]);
        }
        let is_gap = self.contract.gaps.iter().any(|gap| gap.fact == "scopes");
        if let Some(first) = self.contract.scope_labels.first() {
            let labels: Vec<&str> = self.contract.scope_labels.iter().map(|label| label.value.as_str()).collect();
            let labels = labels.join(", ");
            let text = format!("The guide has only labels of scopes (line {}): {labels}.", first.line);
            self.add_comment("Scopes", json!([]), &text);
        } else if is_gap {
            self.add_comment("Scopes", json!([]), "The guide does not list the scopes.");
        }
    }

    /// The connector's own values, each once; those that every OAuth client has come first.
    fn properties(&self, has_client: bool) -> Vec<Property> {
        let mut found: Vec<Property> = Vec::new();
        let fields: Vec<&Field> = self.contract.properties().filter(|field| !field.is_left_out()).collect();
        if has_client {
            let missing = ["ClientId", "ClientSecret"].into_iter().filter(|key| !self.contract.leaves_out(key));
            let missing = missing.filter(|key| fields.iter().all(|field| field.key != *key || field.optional));
            found.extend(missing.map(|key| self.property(key, "Required for every OAuth client.".to_owned(), false)));
        }
        if self.contract.grant.as_ref().is_some_and(|grant| grant.value == Grant::PasswordCredentials) {
            let missing = ["Username", "Password"].into_iter();
            let missing = missing.filter(|key| fields.iter().all(|field| field.key != *key || field.optional));
            found.extend(missing.map(|key| self.property(key, "This grant needs it.".to_owned(), false)));
        }
        for field in fields {
            if found.iter().all(|property| property.key != field.key) {
                found.push(self.property(&field.key, comment(field), field.optional));
            }
        }
        found
    }

    fn property(&self, key: &str, comment: String, is_comment: bool) -> Property {
        Property { key: key.to_owned(), reference: self.reference(key), comment, is_comment }
    }
}

/// A field by the guide's name, with its line.
fn name_with_line(field: &Field) -> String {
    one_line(&format!("{} (line {})", field.name.value, field.name.line))
}

fn comment(field: &Field) -> String {
    let mut text = name_with_line(field);
    if field.optional {
        text.push_str(", optional");
    }
    if field.level == Level::Account {
        text.push_str(", prompted for at installation if `ProvidedBy: account` replaces `Value`");
    }
    text.push('.');
    text
}

/// The connector's name as the beginning of a variable's: the content of brackets is not a part of it.
fn prefix(name: &str) -> String {
    let bare = name.split(['(', '[']).next().unwrap_or_default();
    let words = bare.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty());
    let joined = words.map(str::to_ascii_uppercase).collect::<Vec<_>>().join("_");
    if joined.starts_with(|c: char| c.is_ascii_digit()) { format!("_{joined}") } else { joined }
}

/// A comment must not run over the end of its line.
fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
