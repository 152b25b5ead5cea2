//! Configurations: shapes, what they install, where they break schema and contract, what is hidden.

use std::sync::Arc;

use connlint::testing::config::{Called, Config, Detection, Reading, Shape, Violation, ViolationKind};
use connlint::testing::contract::{AuthKind, Contract, Field, Found, KnownContract, Level};
use connlint::testing::source::{FileId, SourceFile};

use crate::support::corpus;

fn found<T>(value: T, line: u32) -> Found<T> {
    Found { value, line, span: None }
}

fn field(name: &str, key: &str, secret: bool, optional: bool, line: u32) -> Field {
    let name = found(name.to_owned(), line);
    let (key, conditional, level, form, samples) = (key.to_owned(), false, Level::Console, None, Vec::new());
    Field { name, key, optional, conditional, when: None, secret, level, form, samples }
}

fn contract(auth: AuthKind, fields: Vec<Field>) -> Contract {
    Contract {
        connector: Some(found("Acme".to_owned(), 2)),
        permalink: Some(found("acme-connector".to_owned(), 3)),
        auth: Some(found(auth, 10)),
        callback: (auth == AuthKind::OAuth2)
            .then(|| found("https://{YourServiceDomain e.g. app-h.cyclr.com}/connector/callback".to_owned(), 20)),
        fields,
        ..Contract::default()
    }
}

fn oauth() -> Contract {
    contract(
        AuthKind::OAuth2,
        vec![
            field("Client ID", "ClientId", false, false, 30),
            field("Client Secret", "ClientSecret", true, false, 31),
            field("Callback URL", "CallbackUrl", false, false, 32),
            field("Region", "Region", false, true, 33),
        ],
    )
}

fn read_with(text: &str, json: bool, known: Option<Contract>) -> Config {
    let source = Arc::new(SourceFile::new(FileId(0), "acme.yaml", text));
    let known = known.map(|contract| Arc::new(KnownContract::new(contract)));
    Config::parse(source, Reading { json, ..Reading::default() }, &|called| {
        let names = [Called::Connector("acme-connector".to_owned()), Called::Title("Acme".to_owned(), None)];
        known.clone().filter(|_| names.contains(called))
    })
}

fn read(text: &str) -> Config {
    read_with(text, false, None)
}

/// A violation in one line: where, what kind, which name.
fn told(config: &Config, violation: &Violation) -> String {
    let line = config.source.line(violation.span.start);
    let what = match &violation.kind {
        ViolationKind::Misshaped { first } => format!("misshaped {first}"),
        ViolationKind::Misplaced { names } => format!("misplaced {}", names.join(" ")),
        ViolationKind::Missing { name, property, more, empty, .. } => {
            let name = [std::slice::from_ref(name), more.as_slice()].concat().join(", ");
            format!(
                "missing {}{name}{}",
                if *property { "property " } else { "" },
                if *empty { " (empty)" } else { "" }
            )
        }
        ViolationKind::Unknown { name, meant, .. } => format!("unknown {name} {}", meant.as_deref().unwrap_or("?")),
        ViolationKind::WrongType { name, expected, found, .. } => format!("type {name}: {expected}, {found}"),
        ViolationKind::Invalid { name, meant, form, .. } => {
            format!("invalid {name} {}", meant.as_deref().or(form.map(|(form, _)| form)).unwrap_or("?"))
        }
        ViolationKind::Forbidden { name, .. } => format!("forbidden {name}"),
        ViolationKind::AuthMismatch { written, .. } => format!("auth {written}"),
    };
    let demand = violation.demand.as_ref().map(|demand| format!(" <- {}", demand.line));
    format!("{line}: {what}{}", demand.unwrap_or_default())
}

fn violations(config: &Config) -> Vec<String> {
    config.violations().map(|violation| told(config, violation)).collect()
}

const GOOD: &str = "Connector: acme-connector\nAuthType: OAuth2\nOAuth2Type: AuthorisationCode\n\
    ServiceDomain: acme-h.example.com\nCallbackUrl: https://acme-h.example.com/connector/callback\n\
    Scopes: [base]\nProperties:\n  - {Name: ClientId, Value: '${ID}'}\n  - Name: ClientSecret\n    Value: '${SECRET}'\n";

#[test]
fn shapes_are_told_by_their_own_keys() {
    for (text, shape) in [
        ("Connector: acme\n", Some(Shape::Native)),
        ("connector: acme\n", Some(Shape::Native)),
        ("Connectors: [{Connector: a}]\n", Some(Shape::Native)),
        ("AuthValue: x\n", Some(Shape::Install)),
        ("Name: x\nProperties: []\n", Some(Shape::Install)),
        ("ConnectorAuthentications: [{Name: x}]\n", Some(Shape::Launch)),
        ("ConnectorAuthentications: {Name: x}\n", Some(Shape::Launch)),
        ("PartnerConnector: {Name: x}\n", Some(Shape::Launch)),
        ("Connector: {AuthType: ApiKey}\nProperties: []\nAuthValue: x\n", Some(Shape::Account)),
        ("Methods: []\nName: x\n", Some(Shape::Custom)),
        ("Name: x\n", None),
        ("- 1\n", None),
    ] {
        assert_eq!(read(text).bodies[0].detection.shape(), shape, "{text}");
    }
    let both = read("Connector: acme\nMethods: []\n");
    assert_eq!(both.bodies[0].detection, Detection::Ambiguous(vec![Shape::Native, Shape::Custom]));
    assert!(!read("connector: acme\n").is_recognised() && read("Connector: acme\n").is_recognised());
}

#[test]
fn lists_in_another_form_or_under_a_misspelled_key_are_recognised_by_what_is_in_them() {
    for (text, is_recognised) in [
        ("{Name: Acme, Properties: {ClientId: ada, ClientSecret: '${SECRET}'}}", true),
        ("{Name: Acme, Properties: {Color: red}}", false),
        ("{Name: Acme, Type: Queue, Properties: {KmsKey: '${KEY}'}}", false),
        ("ConnectorAuthentication: [{Name: Acme, AuthValue: '${KEY}'}]", true),
        ("ConnectorAuthentication: [{Color: red}]", false),
        ("Conectors: [{Connector: acme-connector, AuthValue: '${KEY}'}]", true),
        ("Conectors: [red]", false),
    ] {
        assert_eq!(read(text).is_recognised(), is_recognised, "{text}");
    }
}

#[test]
fn properties_as_names_and_values_are_those_of_the_list() {
    let text = |properties: &str| format!("Connector: acme-connector\nAuthType: ApiKey\nProperties:\n{properties}");
    let misshaped =
        |properties: &str| violations(&read(&text(properties))).iter().any(|violation| violation.contains("misshaped"));
    assert!(misshaped("  Domain: acme\n  ApiKey: x\n"));
    assert!(misshaped("  - Domain: acme\n  - ApiKey: x\n"));
    // An item of the list without its dash, a reference of a template, and nothing.
    for other in
        ["  Name: Domain\n  Value: acme\n", "  Domain: acme\n  Value: x\n", "  Fn::Sub: x\n", "  {}\n", "  []\n"]
    {
        assert!(!misshaped(other), "{other}");
    }
}

#[test]
fn a_good_manifest_breaks_nothing() {
    let config = read_with(GOOD, false, Some(oauth()));
    assert_eq!(violations(&config), Vec::<String>::new());
    let json = read(GOOD).documents[0].to_json().to_string();
    assert_eq!(violations(&read_with(&json, true, Some(oauth()))), Vec::<String>::new());
}

#[test]
fn each_kind_of_authentication_has_its_fields() {
    for (text, expected) in [
        ("Connector: a\nAuthType: None\n", vec![]),
        ("Connector: a\nAuthType: None\nAuthValue: x\n", vec!["3: forbidden AuthValue"]),
        ("Connector: a\nAuthType: None\nProperties: [{Name: ClientId, Value: x}]\n", vec!["3: forbidden ClientId"]),
        ("Connector: a\nAuthType: ApiKey\n", vec!["1: missing AuthValue"]),
        ("Connector: a\nAuthType: ApiKey\nProvidedBy: partner\n", vec![]),
        ("Connector: a\nAuthType: Basic\nAuthValue: x\nScopes: [a]\n", vec!["4: forbidden Scopes"]),
        ("Connector: a\nAuthType: AuthFields\nCallbackUrl: x\n", vec!["3: forbidden CallbackUrl"]),
        (
            "Connector: a\nAuthType: OAuth1\n",
            vec!["1: missing CallbackUrl", "1: missing property ClientId, ClientSecret"],
        ),
        (
            "Connector: a\nAuthType: OAuth2\nProperties: [{Name: ClientId, Value: x}]\n",
            vec!["1: missing OAuth2Type", "3: missing property ClientSecret"],
        ),
        (
            "Connector: a\nAuthType: OAuth2\nOAuth2Type: ClientCredentials\nCallbackUrl: x\n\
             Properties: [{Name: ClientId, Value: x}, {Name: ClientSecret, ProvidedBy: partner}]\n",
            vec!["4: forbidden CallbackUrl"],
        ),
        (
            "Connector: a\nAuthType: OAuth2\nOAuth2Type: PasswordCredentials\n\
             Properties: [{Name: ClientId, Value: x}, {Name: ClientSecret, Value: y}, {Name: UserName, Value: z}]\n",
            vec!["3: invalid OAuth2Type ?", "4: missing property Password"],
        ),
    ] {
        assert_eq!(violations(&read(text)), expected, "{text}");
    }
}

#[test]
fn mistakes_are_told_at_their_key_or_value() {
    for (from, to, expected) in [
        ("Connector: acme", "conector: acme", vec!["1: unknown conector Connector"]),
        ("AuthType", "auth_type", vec!["2: unknown auth_type AuthType"]),
        ("AuthorisationCode", "AuthorizationCode", vec!["3: invalid OAuth2Type AuthorisationCode"]),
        ("OAuth2\n", "Oauth2\n", vec!["2: invalid AuthType OAuth2"]),
        ("Scopes", "Scope", vec!["6: unknown Scope Scopes"]),
        ("Scopes", "Whatever", vec!["6: unknown Whatever ?"]),
        ("Name: ClientId,", "Name: Client ID,", vec!["8: unknown Client ID ClientId"]),
        ("Name: ClientSecret", "Name: ClientSecert", vec!["9: unknown ClientSecert ClientSecret"]),
        ("'${SECRET}'", "123", vec!["10: type ClientSecret: a string, number"]),
        ("'${SECRET}'", "", vec!["9: missing property ClientSecret (empty)"]),
        ("[base]", "[1.0]", vec!["6: type Scopes: a string, number"]),
        (
            "ServiceDomain: acme-h.example.com",
            "AuthenticationId: 12",
            vec!["4: type AuthenticationId: a string, number"],
        ),
        (
            "ServiceDomain: acme-h.example.com",
            "AuthenticationId: x-y",
            vec!["4: invalid AuthenticationId must be a GUID"],
        ),
    ] {
        let text = GOOD.replacen(from, to, 1);
        assert_eq!(violations(&read(&text)), expected, "{text}");
    }
}

#[test]
fn a_contract_is_demanded_with_the_line_of_the_guide() {
    for (from, to, expected) in [
        ("OAuth2\n", "OAuth1\n", vec!["2: auth OAuth1 <- 10", "3: forbidden OAuth2Type", "6: forbidden Scopes"]),
        ("AuthType: OAuth2\n", "", vec![]),
        ("/connector/callback", "/callback", vec![]),
        ("  - {Name: ClientId, Value: '${ID}'}\n", "", vec!["7: missing property ClientId <- 30"]),
        ("Name: ClientId,", "Name: Region,", vec!["7: missing property ClientId <- 30"]),
        ("{Name: ClientId,", "{Name: Other, Value: x}\n  - {Name: ClientId,", vec!["8: unknown Other ?"]),
    ] {
        let text = GOOD.replacen(from, to, 1);
        assert_eq!(violations(&read_with(&text, false, Some(oauth()))), expected, "{text}");
    }
    let key = contract(
        AuthKind::ApiKey,
        vec![field("API Key", "ApiKey", true, false, 40), field("Site", "Site", false, false, 41)],
    );
    let text = "Connector: acme-connector\nAuthType: ApiKey\n";
    let expected = ["1: missing AuthValue <- 40", "1: missing property Site <- 41"];
    assert_eq!(violations(&read_with(text, false, Some(key))), expected);
}

#[test]
fn the_contract_is_a_valid_schema() {
    let schema = oauth().schema(&[]);
    assert!(jsonschema::meta::is_valid(&schema));
    assert_eq!(schema["properties"]["AuthType"]["x-line"], 10);
    let published: serde_json::Value =
        serde_json::from_str(include_str!("../../schemas/cyclr/config.schema.json")).unwrap();
    assert!(jsonschema::meta::is_valid(&published));
}

/// Editors and other validators judge a file by the shape that its keys show.
#[test]
fn the_published_schema_refuses_what_fits_no_shape() {
    let published = serde_json::from_str(include_str!("../../schemas/cyclr/config.schema.json")).unwrap();
    let validator = jsonschema::validator_for(&published).unwrap();
    let is_valid = |text: &str| validator.is_valid(&serde_json::from_str(text).unwrap());
    for right in [
        r#"{"Connector": "acme-connector", "AuthType": "ApiKey", "AuthValue": "x"}"#,
        r#"{"Connectors": [{"Connector": "acme-connector"}]}"#,
        r#"{"Name": "Acme", "AuthValue": "x", "Properties": [{"Name": "Url", "Value": "y"}]}"#,
        r#"{"AccountId": "a", "Username": "u", "ConnectorAuthentications": [{"Name": "Acme", "AuthValue": "x"}]}"#,
        r#"{"Connector": {"AuthType": "OAuth2"}, "Name": "Acme"}"#,
        r#"{"Name": "Acme", "UniqueIdentifier": "7e5ffbe4-3e1c-4a8f-9d0b-0f2f6a1d3c55", "Methods": []}"#,
    ] {
        assert!(is_valid(right), "{right}");
    }
    for wrong in [
        "{}",
        "[]",
        r#"{"Connector": "acme-connector", "AuthType": "XBasic"}"#,
        r#"{"Connector": "acme-connector", "Propreties": []}"#,
        r#"{"AuthType": "Basic", "AuthValue": "x"}"#,
        r#"{"Nmae": "Acme", "AuthValue": "x"}"#,
        r#"{"ConnectorAuthentications": [{"Nmae": "Acme"}]}"#,
        r#"{"Username": "u", "Password": "x"}"#,
        r#"{"Methods": [], "Name": null, "UniqueIdentifier": "x"}"#,
        r#"{"Connectors": []}"#,
    ] {
        assert!(!is_valid(wrong), "{wrong}");
    }
}

#[test]
fn other_shapes_are_checked() {
    for (text, expected) in [
        ("Name: x\nAuthValue: {AccessToken: y}\n", vec!["2: type AuthValue: a string, mapping"]),
        ("Name: x\nAuthValue: {Ref: KeyParameter}\n", vec![]),
        ("Name: x\nAuthValue: {\"Fn::Sub\": y}\n", vec![]),
        ("Name: x\nAuthValue: {Ref: y, Other: z}\n", vec!["2: type AuthValue: a string, mapping"]),
        ("Name: x\nAuthValue: y\nProperties: [{Name: Url, Value: {Ref: Url}}]\n", vec![]),
        ("Name: x\nauthvalue: y\n", vec!["2: unknown authvalue AuthValue"]),
        ("Name: x\nAuthValue: y\nProperties: [{Name: Url, Value: 5}]\n", vec!["3: type Url: a string, number"]),
        ("ConnectorAuthentications:\n  Name: x\n  Properties: [{Nmae: a, Value: b}]\n", vec!["3: unknown Nmae Name"]),
        ("ConnectorAuthentications:\n- Version: '1'\n", vec!["2: missing Name"]),
        (
            "Methods: []\nName: null\nUniqueIdentifier: x\n",
            vec!["2: type Name: a string, null", "3: invalid UniqueIdentifier must be a GUID"],
        ),
        ("Connectors:\n- Connector: a\n- AuthType: None\n", vec!["3: missing Connector"]),
        ("Connectors:\n- x\n", vec!["2: type Connectors: a mapping, string"]),
        ("Connectors: []\n", vec!["1: invalid Connectors must have an item"]),
    ] {
        let mut told = violations(&read(text));
        told.sort();
        assert_eq!(told, expected, "{text}");
    }
}

#[test]
fn secrets_are_hidden_and_references_are_not() {
    let shown = |text: &str, json: bool| {
        let config = read_with(text, json, Some(oauth()));
        let mut shown = text.to_owned();
        for range in config.source.hidden().iter().rev() {
            shown.replace_range(range.clone(), "*");
        }
        shown
    };
    for (text, expected) in [
        ("AuthValue: hunter2 # old: hunter1\n", "AuthValue: * #*\n"),
        ("AuthValue: \"hunter2\"\n", "AuthValue: \"*\"\n"),
        ("AuthValue: |\n  hunter2\n  hunter3\n", "AuthValue: *\n"),
        ("AuthValue: {AccessToken: hunter2, n: 5}\n", "AuthValue: {AccessToken: *, n: *}\n"),
        ("AuthValue: ${KEY}\n", "AuthValue: ${KEY}\n"),
        ("AuthValue: !env KEY\n", "AuthValue: !env KEY\n"),
        ("AuthValue: op://vault/key\n", "AuthValue: op://vault/key\n"),
        ("AuthValue: ${KEY:-hunter2}\n", "AuthValue: *\n"),
        ("Properties: [{Name: ClientSecret, Value: hunter2}]\n", "Properties: [{Name: ClientSecret, Value: *}]\n"),
        ("Properties: [{Value: hunter2, Name: api_key}]\n", "Properties: [{Value: *, Name: api_key}]\n"),
        ("client_secret: hunter2\n", "client_secret: *\n"),
        ("x: &k hunter2\nAuthValue: *k\n", "x: &k *\nAuthValue: *k\n"),
        ("Url: https://u:hunter2@example.com/\n", "Url: https://*@example.com/\n"),
        ("Url: https://example.com/?a=b&client_secret=hunter2\n", "Url: https://example.com/?a=b&client_secret=*\n"),
        ("a: 1\n# ApiKey: hunter2\n", "a: 1\n# ApiKey: *\n"),
        ("a: [\nClientSecret: hunter2\n", "a: [\nClientSecret: *\n"),
        ("a: [\n- {Name: ClientSecret, Value: hunter2}\n", "a: [\n- {Name: ClientSecret, Value: *\n"),
        ("PublicKey: abc\nName: Keynote\n", "PublicKey: abc\nName: Keynote\n"),
    ] {
        assert_eq!(shown(text, false), expected);
    }
    for (text, expected) in [
        (r#"{"AuthValue": "hunter2"}"#, r#"{"AuthValue": "*"}"#),
        (r#"{"AuthValue":"hunter2","Propreties":[]}"#, r#"{"AuthValue":"*","Propreties":[]}"#),
        (r#"{"AuthValue":"hunter2","Scopes":"read"}"#, r#"{"AuthValue":"*","Scopes":"read"}"#),
    ] {
        assert_eq!(shown(text, true), expected);
    }
}

#[test]
#[ignore = "needs CONNLINT_CORPUS"]
fn real_payloads_are_told_apart() {
    let folder = corpus::path("config");
    for (file, shape) in [
        ("account-connector-response.json", Some(Shape::Account)),
        ("authvalue-oauth.json", Some(Shape::Install)),
        ("custom-connector-mailchimp-2019.json", Some(Shape::Custom)),
        ("custom-connector-minimal.json", Some(Shape::Custom)),
        ("custom-connector-zohocrm-2019.json", Some(Shape::Custom)),
        ("install-access-crm.json", Some(Shape::Install)),
        ("install-bad-unknown-property.json", Some(Shape::Install)),
        ("launch-account.json", Some(Shape::Launch)),
        ("launch-partner-connector.json", Some(Shape::Launch)),
        ("launch-user-object-form.json", Some(Shape::Launch)),
        ("marketplace-user.json", Some(Shape::Launch)),
        ("property-create.json", None),
    ] {
        #[allow(clippy::disallowed_methods, reason = "a test reads its own material")]
        let text = std::fs::read_to_string(folder.join(file)).expect("the file is there");
        let config = read_with(&text, true, None);
        assert_eq!(config.bodies[0].detection.shape(), shape, "{file}");
        eprintln!("{file}: {:?}", violations(&config));
    }
}

/// JSON Schema's patterns are those of ECMA-262 (2020-12 core, section 6.4), which has no flags inside a pattern.
#[test]
fn patterns_of_the_schema_are_read_by_other_validators() {
    let schema = include_str!("../../schemas/cyclr/config.schema.json");
    let patterns: Vec<&str> = schema.split("\"pattern\": \"").skip(1).collect();
    assert!(!patterns.is_empty() && patterns.iter().all(|pattern| !pattern.starts_with("(?i")));
}

#[test]
fn references_of_all_styles_are_open_values() {
    let references = connlint::testing::config::References::default();
    for value in [
        "${ID}",
        "${ID:?unset}",
        "${env:ID}",
        "$(ID)",
        "#{ID}",
        "__ID__",
        "%ID%",
        "%X%",
        "((id))",
        "@@ID@@",
        "$ID",
        "<%= ENV['ID'] %>",
        "{{ secrets.ID }}",
        "${{ secrets.ID }}",
        "{{ .Values.id }}",
        "{{resolve:ssm:id}}",
        "op://vault/item/field",
        "vault:secret/app#id",
        "env:ID",
        "ref+vault://secret/app#id",
        "ENC[AES256_GCM,data:ab]",
        "${USER}:${PASSWORD}",
        "@Microsoft.KeyVault(SecretUri=https://kestrel.vault.azure.net/secrets/id)",
        "projects/kestrel/secrets/id",
        "arn:aws:secretsmanager:eu-west-1:123456789012:secret:id",
        "akv://vault/id",
        "gcp-sm://id",
        "keyring:kestrel/id",
    ] {
        assert!(references.is_reference(value, None), "{value}");
    }
    for value in ["kestrel", "${ID:-kestrel}", "kestrel-${ID}", "{{ .id }}", "%C3%", "$kestrel", "Bearer ${ID}"] {
        assert!(!references.is_reference(value, None), "{value}");
    }
    let added = connlint::testing::config::References::with(vec![regex::Regex::new(r"^cfg:\S+$").expect("a pattern")]);
    assert!(added.is_reference("cfg:kestrel/id", None) && added.is_reference("x", Some("!Ref")));
    assert_eq!(references.open_parts("https://${STAGE}-h.{Domain}/x"), [8..16, 19..27]);
}

#[test]
fn a_short_name_means_one_connector_or_names_its_candidates() {
    use connlint::testing::workspace::{Lookup, builtin_connector};
    for (name, permalink) in [
        ("slack", "slack-connector"),
        ("Active Campaign", "activecampaign-connector"),
        ("https://docs.example.com/slack-connector.html#setup", "slack-connector"),
        ("stripe", "stripe-oauth-connector"),
    ] {
        assert_eq!(builtin_connector(name), Lookup::Meant(permalink.to_owned()), "{name}");
    }
    assert_eq!(builtin_connector("slakc-connector"), Lookup::Misspelled("slack-connector".to_owned()));
    assert!(matches!(builtin_connector("xero"), Lookup::Several(names) if names[0] == "xero-oauth2"));
    assert_eq!(builtin_connector("kestrelwerk"), Lookup::Unknown);
}
