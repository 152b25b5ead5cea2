//! The schema of a contract, as other programs validate with it, asks for no more than `check` does.

use std::collections::HashSet;

use connlint::testing::contract::{Contract, builtin};
use connlint::testing::diagnostic::{Diagnostic, Severity};
use connlint::testing::profile::Profile;
use connlint::testing::scopes::Catalogues;
use serde_json::{Value, json};

use crate::support::check::check;

/// The permalinks of the built-in contracts.
fn permalinks() -> Vec<String> {
    let bundle: Vec<Value> =
        serde_json::from_str(include_str!("../../schemas/cyclr/contracts.json")).expect("a bundle");
    bundle.iter().map(|entry| entry["permalink"].as_str().expect("a permalink").to_owned()).collect()
}

/// The names of properties in a spelling that differs in case alone: `WebhookId` for `WebhookID`.
fn in_other_case(name: &str) -> String {
    let mut previous = ' ';
    let lower = |c: char| {
        let own = if previous.is_uppercase() { c.to_ascii_lowercase() } else { c };
        previous = c;
        own
    };
    name.chars().map(lower).collect()
}

/// Manifests for a connector: the kinds of authentication, with and without a key, with all of the values that the
/// guide asks for, with all but one, and with none.
fn manifests(permalink: &str, contract: &Contract) -> Vec<Value> {
    let mut names: Vec<&str> = contract.fields.iter().map(|field| field.key.as_str()).collect();
    names.sort_unstable();
    names.dedup();
    let own = contract.auth.as_ref().map_or("", |auth| auth.value.config_name());
    let list = |names: &[String]| -> Value {
        names.iter().map(|name| json!({ "Name": name, "Value": "${ACME_VALUE}" })).collect()
    };
    let exact: Vec<String> = names.iter().map(|name| (*name).to_owned()).collect();
    let other: Vec<String> = names.iter().map(|name| in_other_case(name)).collect();
    let all = [Value::Null, list(&exact), list(&other)];
    let rests = (0..exact.len()).map(|left_out| [&exact[..left_out], &exact[left_out + 1..]].concat());
    let rests: Vec<Value> = rests.map(|rest| list(&rest)).collect();
    let of_kinds =
        ["", "ApiKey", "AuthFields", "OAuth2"].into_iter().flat_map(|kind| all.iter().map(move |list| (kind, list)));
    let of_own = rests.iter().map(|list| (own, list));
    let mut found = Vec::new();
    for (kind, properties) in of_kinds.chain(of_own) {
        let mut manifest = json!({ "Connector": permalink });
        if !kind.is_empty() {
            manifest["AuthType"] = kind.into();
        }
        if kind == "OAuth2" {
            manifest["OAuth2Type"] =
                contract.grant.as_ref().map_or("ClientCredentials", |grant| grant.value.config_name()).into();
            manifest["CallbackUrl"] = "${ACME_CALLBACK}".into();
            let scopes = contract.scopes.iter().map(|scope| scope.value.as_str());
            manifest["Scopes"] = scopes.chain(["acme.everything"]).collect();
        }
        if !properties.is_null() {
            manifest["Properties"] = properties.clone();
        }
        if kind != "AuthFields" {
            let mut with_key = manifest.clone();
            with_key["AuthValue"] = "${ACME_KEY}".into();
            found.push(with_key);
        }
        found.push(manifest);
    }
    found.extend(open_manifests(permalink, own, &all[1]));
    found
}

/// Manifests that leave to a reference, or to the partner, what the guide asks for.
fn open_manifests(permalink: &str, kind: &str, properties: &Value) -> Vec<Value> {
    let mut whole = json!({ "Connector": permalink, "Properties": properties });
    if !kind.is_empty() {
        whole["AuthType"] = kind.into();
    }
    if kind == "OAuth2" {
        whole["OAuth2Type"] = "${ACME_GRANT}".into();
        whole["CallbackUrl"] = "op://Acme/connector/callback".into();
        whole["Scopes"] = json!(["ref+vault://acme#scopes"]);
    }
    if matches!(kind, "ApiKey" | "Basic") {
        whole["AuthValue"] = "${ACME_KEY}".into();
    }
    let mut without_list = whole.clone();
    without_list["Properties"] = "${ACME_PROPERTIES}".into();
    let mut without_kind = whole.clone();
    without_kind["AuthType"] = "${ACME_KIND}".into();
    let by_partner = json!({ "Connector": permalink, "ProvidedBy": "partner", "Properties": [] });
    vec![whole, without_list, without_kind, by_partner]
}

#[test]
fn what_check_accepts_is_valid() {
    let (profile, catalogues) = (Profile::builtin(), Catalogues::builtin());
    let contracts: Vec<(String, Contract)> =
        permalinks().into_iter().filter_map(|permalink| builtin(&permalink).map(|found| (permalink, found))).collect();
    let all: Vec<(&Contract, Vec<Value>)> =
        contracts.iter().map(|(permalink, contract)| (contract, manifests(permalink, contract))).collect();
    let each = all.iter().flat_map(|(contract, manifests)| manifests.iter().map(move |manifest| (*contract, manifest)));
    let each: Vec<(&Contract, &Value)> = each.collect();
    let mut files: Vec<(String, String)> =
        each.iter().enumerate().map(|(at, (_, manifest))| (format!("{at:06}.json"), manifest.to_string())).collect();
    // With a guide, the built-in contracts are those of all other connectors.
    files.push(("index.md".to_owned(), "# Acorn\n".to_owned()));
    let outcome = check(&files);
    let path_of = |found: &Diagnostic| outcome.sources[&found.finding.primary.span.file].path().to_owned();
    let reported = outcome.diagnostics.iter().filter(|found| found.severity >= Severity::Warning);
    let reported: HashSet<String> =
        reported.map(path_of).map(|path| path.rsplit('/').next().unwrap_or_default().to_owned()).collect();
    let mut wrong = Vec::new();
    let mut validator = None;
    for ((contract, manifest), (path, _)) in each.iter().zip(&files) {
        let (_, current) = validator.take().filter(|(of, _)| std::ptr::eq(*of, *contract)).unwrap_or_else(|| {
            let schema = contract.schema(&contract.catalogues(&profile, &catalogues));
            (*contract, jsonschema::validator_for(&schema).expect("a schema"))
        });
        if !reported.contains(path.as_str())
            && let Some(error) = current.iter_errors(manifest).next()
        {
            wrong.push(format!("{manifest}: {} {error}", error.instance_path()));
        }
        validator = Some((*contract, current));
    }
    assert!(wrong.is_empty(), "{} manifests, such as\n{}", wrong.len(), wrong[..wrong.len().min(40)].join("\n"));
}
