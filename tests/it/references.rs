//! References: a value that is kept elsewhere is not judged as if it were written out, whatever its style and its name.

use serde_json::{Value, json};

use crate::support::check;

use check::{check, given};

/// How many files each connector has: together they have each style under many names.
const ROUNDS: usize = 3;

/// A reference of a style to the value called `name`.
fn written(style: &Value, name: &str) -> String {
    let text = |key: &str| style[key].as_str().unwrap_or_default();
    let lower = name.to_ascii_lowercase();
    let inner = match (text("inner"), text("contains")) {
        (_, "://") => format!("vault://kv/northwind#{lower}"),
        (_, "/secrets/") => format!("northwind/secrets/{lower}/versions/1"),
        (_, host) if host.starts_with(".vault.azure.net/") => format!("northwind{host}{lower}"),
        (_, "#") => format!("kv/data/northwind#{lower}"),
        (_, "~") => format!("/kv/northwind~{lower}"),
        (_, "}}") => format!(" secret \"kv/northwind\" }}}}{{{{ .Data.data.{lower} }}}}"),
        (_, "['") => format!("['northwind_{lower}']"),
        (_, ":") => format!(":secretsmanager:eu-west-1:123456789012:secret:northwind-{lower}"),
        ("constant", _) => format!("NORTHWIND_{}", name.to_ascii_uppercase()),
        ("variable", _) => format!("northwind_{lower}"),
        ("field", _) => format!(".Northwind{name}"),
        ("word", _) => format!("northwind/{lower}"),
        _ => format!("northwind_{name}"),
    };
    let first = style["words"][0].as_str();
    let dotted =
        |word: &str| if inner.starts_with('[') { format!("{word}{inner}") } else { format!("{word} .{inner}") };
    let inner = first.map_or_else(|| inner.clone(), dotted);
    format!("{}{inner}{}", text("start"), text("end"))
}

/// A manifest of a connector whose values are references, each of another style.
fn manifest(contract: &Value, styles: &[Value], mut next: usize) -> String {
    let mut reference = |name: &str| {
        next += 1;
        written(&styles[next % styles.len()], name)
    };
    let kind = match contract["auth"]["value"].as_str() {
        Some("apikey") => "ApiKey",
        Some("basic") => "Basic",
        Some("oauth1") => "OAuth1",
        Some("oauth2") => "OAuth2",
        Some("none") => "None",
        _ => "AuthFields",
    };
    let mut manifest = json!({ "Connector": contract["permalink"], "AuthType": kind });
    if matches!(kind, "ApiKey" | "Basic") {
        manifest["AuthValue"] = reference("AuthValue").into();
    }
    if kind == "OAuth2" {
        manifest["Scopes"] = reference("Scopes").into();
        manifest["ServiceDomain"] = reference("ServiceDomain").into();
        manifest["CallbackUrl"] = reference("CallbackUrl").into();
    }
    let lists = ["fields", "described"].into_iter().filter_map(|list| contract[list].as_array()).flatten();
    let mut names: Vec<&str> = lists.filter_map(|field| field["key"].as_str()).collect();
    names.sort_unstable();
    names.dedup();
    let properties = names.into_iter().filter(|name| *name != "CallbackUrl");
    manifest["Properties"] = properties.map(|name| json!({ "Name": name, "Value": reference(name) })).collect();
    format!("{manifest:#}")
}

#[test]
fn a_reference_has_no_form_whatever_it_is_for() {
    // What a connector has and how it signs in is not about its values.
    const OTHERS: [&str; 4] =
        ["config/missing-field", "config/unknown-field", "config/auth-type-mismatch", "config/forbidden-field"];
    let styles: Value = serde_json::from_str(include_str!("../../schemas/references.json")).expect("JSON");
    let contracts: Value = serde_json::from_str(include_str!("../../schemas/cyclr/contracts.json")).expect("JSON");
    let styles = styles["forms"].as_array().expect("a list of styles");
    let contracts = contracts.as_array().expect("a list of contracts");
    let mut files = Vec::new();
    for (index, contract) in contracts.iter().enumerate() {
        for round in 0..ROUNDS {
            let next = index * 7 + round * styles.len() / ROUNDS;
            files.push((format!("{index}-{round}.json"), manifest(contract, styles, next)));
        }
    }
    let outcome = check(&files);
    for found in &outcome.diagnostics {
        let source = &outcome.sources[&found.finding.primary.span.file];
        // Some guides say to leave a value out.
        let is_surplus = found.finding.message.starts_with("unexpected value for");
        let place = format!("{}: {}", given(source.path()), source.slice(found.finding.primary.span));
        assert!(is_surplus || OTHERS.contains(&found.rule), "{place}: {} {}", found.rule, found.finding.message);
    }
}

/// Values that have the marks of a reference or begin like one.
const LITERAL: [&str; 25] = [
    "{{ instanceUrl }}",
    "{{yourAcmeKey}}",
    "{{apiKey}}",
    "{{ .ApiKey }}",
    "{{ clientSecret | quote }}",
    "{{ required key }}",
    "{{ index }}",
    "<path: the path of your key>",
    "<secret: from the console>",
    "<< your key >>",
    "$[your key]",
    "{$yourkey}",
    "{{ storeName }}",
    "{{ shopDomain }}",
    "<vault: ask your administrator>",
    "{{ organizationId }}",
    "{{dataCenter}}",
    "{{customDomain}}",
    "{{portalId}}",
    "{{refreshToken}}",
    "{{secretGoesHere}}",
    "{{changeMe}}",
    "{{ .ClientSecret }}",
    "{{ .SecretGoesHere }}",
    "https://northwind.vault.azure.net/?code=k9LmZq0XvBn8Wt6YrPc2Hs4J",
];

#[test]
fn a_placeholder_is_not_a_reference() {
    for value in LITERAL {
        let text = format!("Connector: gingr-connector\nAuthType: ApiKey\nAuthValue: '{value}'\n");
        let outcome = check(&[("gingr.yaml".to_owned(), text)]);
        let rules: Vec<&str> = outcome.diagnostics.iter().map(|found| found.rule).collect();
        let is_blamed = rules.iter().any(|rule| matches!(*rule, "config/placeholder-left" | "config/literal-secret"));
        assert!(is_blamed, "{value}: {rules:?}");
    }
}
