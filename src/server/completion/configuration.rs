//! Completion in configurations: what the connector's guide asks for comes first.

use std::collections::BTreeSet;

use lsp_types::CompletionItemKind as Kind;

use super::context::Cursor;
use super::{Proposal, Proposals};
use crate::config::{Config, Installation};
use crate::contract::{AuthKind, Contract, Field, Form, Level, bundle};
use crate::rule::Configuration;
use crate::scopes::Catalogue;
use crate::server::checker::Checker;
use crate::source::FileId;

pub(super) fn complete(checker: &Checker, id: FileId, cursor: &Cursor<'_>) -> Option<Proposals> {
    let config = checker.config(id)?;
    let installation = installation_at(&config, cursor.at);
    let around = Around { checker, config: &config, installation, cursor };
    let parent = cursor.parent();
    if let Some(pair) = cursor.pair() {
        let (key, value) = (pair.key, pair.value);
        return match (parent, key) {
            (_, "Connector") => Some(around.connectors(value)),
            (_, "AuthType") => Some(around.authentication(value)),
            (_, "CallbackUrl") => around.callback(value),
            (Some("Properties"), "Name") => around.properties(value, ""),
            (Some("Properties"), "Value") => around.values_of(around.name_beside()?, value),
            (Some("Properties"), name) => around.values_of(name, value),
            (_, "Scopes") => around.scopes(value.rsplit([' ', ',']).next().unwrap_or_default()),
            _ => None,
        };
    }
    if let (Some("Scopes"), Some(item)) = (parent, cursor.item()) {
        return around.scopes(item);
    }
    let partial = cursor.beginning_of_key()?;
    match parent {
        Some("Properties") if cursor.item().is_none() => around.properties(partial, ": "),
        None => around.keys(partial),
        _ => None,
    }
}

/// The connector that a byte belongs to: the last one that begins before it.
pub(super) fn installation_at(config: &Config, at: usize) -> Option<&Installation> {
    let begun = config.installations().filter(|installation| installation.node.span.range().start <= at);
    begun.max_by_key(|installation| installation.node.span.start).or_else(|| config.installations().next())
}

/// A cursor in a configuration.
struct Around<'a> {
    checker: &'a Checker,
    config: &'a Config,
    installation: Option<&'a Installation>,
    cursor: &'a Cursor<'a>,
}

impl Around<'_> {
    fn contract(&self) -> Option<&Contract> {
        Some(&self.installation?.contract.as_ref()?.contract)
    }

    fn connectors(&self, partial: &str) -> Proposals {
        let workspace = &self.checker.workspace;
        let listed = bundle::list();
        let names: BTreeSet<&str> = workspace.connectors().collect();
        let proposals = names.into_iter().map(|permalink| {
            let builtin = listed.iter().find(|listed| listed.permalink == permalink);
            let kind = builtin.and_then(|listed| listed.auth).map(|kind| kind.config_name().to_owned());
            Proposal {
                text: permalink.to_owned(),
                kind: Some(Kind::Module),
                detail: builtin.map(|listed| listed.name.clone()),
                documentation: kind.map(|kind| format!("Authentication: `{kind}`")),
                also_found_by: builtin.map(|listed| listed.name.clone()).unwrap_or_default(),
            }
        });
        Proposals::new(self.cursor.partial(partial), proposals.collect())
    }

    fn authentication(&self, partial: &str) -> Proposals {
        use AuthKind::{ApiKey, AuthFields, Basic, None, OAuth1, OAuth2};
        let asked = self.contract().and_then(|contract| contract.auth.as_ref()).map(|auth| (auth.value, auth.line));
        let mut kinds = vec![OAuth2, OAuth1, ApiKey, Basic, AuthFields, None];
        kinds.sort_by_key(|kind| asked.is_none_or(|(asked, _)| asked != *kind));
        let proposals = kinds.into_iter().map(|kind| Proposal {
            text: kind.config_name().to_owned(),
            kind: Some(Kind::EnumMember),
            detail: asked.filter(|(asked, _)| *asked == kind).map(|(_, line)| format!("the guide, line {line}")),
            ..Proposal::default()
        });
        Proposals::new(self.cursor.partial(partial), proposals.collect())
    }

    /// The callback URL on the partner's own host.
    fn callback(&self, partial: &str) -> Option<Proposals> {
        let domain = &self.installation?.service_domain.as_ref()?.value;
        let path = &self.checker.workspace.profile().callback.path;
        let proposal = Proposal {
            text: format!("https://{domain}{path}"),
            kind: Some(Kind::Value),
            detail: Some("callback URL of this service domain".to_owned()),
            ..Proposal::default()
        };
        Some(Proposals::new(self.cursor.partial(partial), vec![proposal]))
    }

    /// The properties that the guide asks for and the configuration does not have yet, required ones first.
    fn properties(&self, partial: &str, after: &str) -> Option<Proposals> {
        let (contract, installation) = (self.contract()?, self.installation?);
        let has = |field: &Field| {
            installation
                .properties
                .iter()
                .any(|property| property.name.value == field.key && property.name.value != partial)
        };
        let mut fields: Vec<&Field> = contract.properties().filter(|field| !has(field)).collect();
        fields.sort_by_key(|field| field.optional);
        let proposals = fields.into_iter().map(|field| Proposal {
            text: format!("{}{after}", field.key),
            kind: Some(Kind::Property),
            detail: Some(if field.optional { "optional" } else { "required" }.to_owned()),
            documentation: Some(described(field)),
            also_found_by: field.name.value.clone(),
        });
        Some(Proposals::new(self.cursor.partial(partial), proposals.collect()))
    }

    /// The name of the property whose value is written: on the line above.
    fn name_beside(&self) -> Option<&str> {
        let above = self.cursor.text[..self.cursor.at].lines().rev().nth(1)?;
        let (key, name) = above.trim_start_matches([' ', '\t', '-']).split_once(':')?;
        let is_name = key.trim_matches('"') == "Name";
        is_name.then(|| name.trim().trim_matches(['"', '\'', ',']))
    }

    fn values_of(&self, name: &str, partial: &str) -> Option<Proposals> {
        let field = self.contract()?.fields.iter().find(|field| field.key == name)?;
        let values = match field.form.as_ref()? {
            Form::Boolean => vec!["true".to_owned(), "false".to_owned()],
            Form::OneOf(values) => values.clone(),
            _ => return None,
        };
        let proposals = values.into_iter().map(|text| Proposal {
            text,
            kind: Some(Kind::Value),
            documentation: Some(described(field)),
            ..Proposal::default()
        });
        Some(Proposals::new(self.cursor.partial(partial), proposals.collect()))
    }

    /// The scopes that the guide names, then those of the vendor, without those that are there.
    fn scopes(&self, partial: &str) -> Option<Proposals> {
        let installation = self.installation?;
        let there: BTreeSet<String> = installation
            .scope_words(self.config)
            .into_iter()
            .map(|word| word.name)
            .filter(|name| name != partial)
            .collect();
        let asked = self.contract().map(Contract::documented_scopes).unwrap_or_default();
        let mut seen = there;
        let mut proposals = Vec::new();
        for scope in asked.iter().filter(|scope| seen.insert(scope.value.clone())) {
            let detail = Some(format!("the guide, line {}", scope.line));
            proposals.push(Proposal {
                text: scope.value.clone(),
                kind: Some(Kind::Constant),
                detail,
                ..Proposal::default()
            });
        }
        let catalogues = catalogues_of(self.checker, self.config, installation);
        for scope in catalogues.iter().flat_map(|catalogue| &catalogue.scopes) {
            if !scope.deprecated && seen.insert(scope.name.clone()) {
                let (text, detail) = (scope.name.clone(), scope.label.clone());
                let also_found_by = detail.clone().unwrap_or_default();
                proposals.push(Proposal {
                    text,
                    kind: Some(Kind::Constant),
                    detail,
                    also_found_by,
                    ..Proposal::default()
                });
            }
        }
        Some(Proposals::new(self.cursor.partial(partial), proposals))
    }

    /// The keys that the configuration can have and does not have yet.
    fn keys(&self, partial: &str) -> Option<Proposals> {
        let body = self.config.bodies.first()?;
        let known = body.detection.keys();
        let has = |key: &str| body.node.entry(key).is_some();
        let proposals = known.filter(|(key, _)| !has(key)).map(|(key, description)| Proposal {
            text: format!("{key}: "),
            kind: Some(Kind::Property),
            documentation: description.map(str::to_owned),
            ..Proposal::default()
        });
        Some(Proposals::new(self.cursor.partial(partial), proposals.collect()))
    }
}

/// The scope catalogs that serve the connector of an installation.
pub(in crate::server) fn catalogues_of<'a>(
    checker: &'a Checker,
    config: &'a Config,
    installation: &Installation,
) -> Vec<&'a Catalogue> {
    let workspace = &checker.workspace;
    let (profile, catalogues) = (workspace.profile(), workspace.catalogues());
    Configuration { config, profile, catalogues, workspace }.catalogues_of(installation)
}

/// What a guide says about a field.
pub(in crate::server) fn described(field: &Field) -> String {
    let whose = match field.level {
        Level::Console => "entered by the partner",
        Level::Account => "entered at installation",
    };
    let optional = if field.optional { "optional" } else { "required" };
    format!("`{}`: {optional}, {whose} (line {} of the guide)", field.name.value, field.name.line)
}
