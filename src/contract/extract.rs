//! Reads a contract from a guide. What cannot be read is a gap; nothing is guessed.

use super::{AuthKind, Contract, Found, Gap, auth, callback, fields, mentioned, scopes};
use crate::guide::Guide;
use crate::profile::Profile;
use crate::scopes::Catalogues;
use crate::tree::Node;

/// The contract of a guide, by the conventions of `profile`.
pub fn extract(guide: &Guide, profile: &Profile, catalogues: &Catalogues) -> Contract {
    let permalink = guide.front_matter("permalink").and_then(|node| text(guide, node));
    let connector = connector(guide, profile);
    let fields = fields::fields(guide, profile, connector.as_ref().map(|found| found.value.as_str()));
    let callback = callback::mentions(guide, profile).into_iter().next();
    let scopes = scopes::scopes(guide, profile, catalogues, permalink.as_ref().map(|found| found.value.as_str()));
    let mut contract = Contract {
        connector,
        permalink,
        auth: None,
        grant: None,
        callback: callback.map(|mention| Found {
            value: mention.template(guide),
            line: guide.source.line(mention.span.start),
            span: Some(mention.span),
        }),
        fields,
        scopes: scopes.tokens,
        optional_scopes: scopes.optional,
        scope_labels: scopes.labels,
        mentioned: Vec::new(),
        gaps: scopes.gaps,
    };
    contract.auth = auth::auth(guide, profile, &contract);
    if contract.is_oauth() {
        fields::name_for_oauth(&mut contract.fields, profile);
    }
    let several = profile.auth.several.first_in(&guide.text.searchable());
    let reason = match (&contract.auth, &several) {
        (None, _) => Some("no kind of authentication in the guide"),
        (Some(_), Some(_)) => Some("several kinds of authentication in the guide"),
        _ => None,
    };
    if let Some(reason) = reason {
        let span = several.map(|range| guide.text.span_of(range));
        contract.gaps.push(Gap { fact: "auth", reason: reason.into(), span });
    }
    contract.grant = auth::grant(guide, profile, &contract);
    if contract.grant.is_none() && contract.auth.as_ref().is_some_and(|auth| auth.value == AuthKind::OAuth2) {
        contract.gaps.push(Gap { fact: "grant", reason: "no OAuth 2.0 grant in the guide".into(), span: None });
    }
    if contract.fields.is_empty() && contract.auth.as_ref().is_none_or(|auth| auth.value != AuthKind::None) {
        contract.gaps.push(Gap { fact: "fields", reason: "no values to enter in the guide".into(), span: None });
    }
    contract
}

/// The contract of a guide with the values that it names in passing: what a configuration is held against.
pub fn extract_all(guide: &Guide, profile: &Profile, catalogues: &Catalogues) -> Contract {
    let mut contract = extract(guide, profile, catalogues);
    contract.mentioned = mentioned::mentioned(guide, profile, &contract.fields);
    contract
}

/// The connector's name: the title without what the house style puts around it.
fn connector(guide: &Guide, profile: &Profile) -> Option<Found<String>> {
    let found = text(guide, guide.front_matter("title")?)?;
    Some(Found { value: profile.connector_of_title(&found.value).to_owned(), ..found })
}

fn text(guide: &Guide, node: &Node) -> Option<Found<String>> {
    let value = node.as_str()?.to_owned();
    Some(Found { value, line: guide.source.line(node.span.start), span: Some(node.span) })
}
