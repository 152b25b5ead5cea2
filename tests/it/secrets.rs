//! No secret leaves: random secrets in every position, shape and spelling, searched in every output.

use std::sync::Arc;

use connlint::diagnostic::{Diagnostic, Severity};
use connlint::engine;
use connlint::profile::Profile;
use connlint::report::{Format, Renderer, Sources, Terminal};
use connlint::settings::Settings;
use connlint::source::{FileId, SourceFile};
use connlint::workspace::Workspace;
use proptest::prelude::*;

/// Where a secret can stand; `§` is the secret. The files are broken in many ways on purpose, so
/// that findings point at and around the secret.
const YAML: &[&str] = &[
    "Connector: acme-connector\nAuthType: Bsaic\nAuthValue: § # was §\nNmae: x\n",
    "Connector: acme-connector\nAuthType: Basic\nAuthValue: '§'\nScopes: [a]\n",
    "Connector: acme-connector\nAuthType: ApiKey\nAuthValue: \"Bearer §\"\n",
    "Connector: acme-connector\nAuthType: ApiKey\nAuthValue: |\n  §\n  §\n",
    "Connector: acme-connector\nAuthType: ApiKey\nAuthValue: [§]\n",
    "Connector: acme-connector\nAuthType: ApiKey\nAuthValue:\n  Token: §\n  Other: {x: §}\n",
    "Connector: acme-connector\nAuthType: ApiKey\nAuth_Value: §\n",
    "Connector: acme-connector\nAuthType: ApiKey\nauthvalue: §\nAuthValue: §\n",
    "Connector: acme-connector\nAuthType: OAuth2\nAuthValue: '{\"AccessToken\": \"§\", \"Expires\": \"§\"}'\n",
    "Connector: a\nAuthType: OAuth2\nProperties:\n  - {Name: ClientSecret, Value: §, Extra: 1}\n  - {Name: ClientId, Value: x}\n",
    "Connector: a\nAuthType: OAuth2\nProperties:\n  - Name: client_secret\n    Value: §   # §\n  - Name: ClientId\n    Value: §\n",
    "Connector: a\nAuthType: AuthFields\nProperties:\n  - {Value: ' § ', Name: ApiKey}\n  - {Name: ApiKey, Value: §}\n",
    "Connector: a\nAuthType: AuthFields\nProperties:\n  ClientSecret: §\n",
    "Connector: a\nAuthType: AuthFields\nClientSecret: §\nPassword: '§'\n",
    "x-key: &k §\nConnector: a\nAuthType: ApiKey\nAuthValue: *k\n",
    "Connector: a\nAuthType: AuthFields\nProperties: [{Name: Url, Value: 'http://user:§@example.com/?a=b'}]\n",
    "Connector: a\nAuthType: AuthFields\nProperties: [{Name: Url, Value: 'http://example.com/?client_secret=§&b=c'}]\n",
    "Connector: a\nAuthType: OAuth2\nCallbackUrl: http://user:§@example.com/x?token=§\n",
    "# AuthValue: §\nConnector: a\nAuthType: Nothing # Password: §\n",
    "Name: x\nAuthValue: §\nProperties: [{Name: Password, Value: §}]\n---\nName: y\nAuthValue: §\n",
    "Username: u\nPassword: §\nConnectorAuthentications:\n  - {Nmae: x, AuthValue: §}\n",
    "PartnerConnector: {Name: x, AuthValue: '§', Properties: [{Name: Token, Value: '§'}]}\nPassword: 5\n",
    "Connector: {AuthType: Key}\nAuthValue: §\nProperties: [{Name: ApiKey, Value: '§'}]\n",
    "Methods: []\nName: null\nAuthValue: §\nClientSecret: §\n",
    "Connector: a\nMethods: []\nAuthValue: §\n",
    "Whatever: 1\nAuthValue: §\n\tTab: §\n",
    "Connector: a\nProperties:\n  - {Name: ClientSecret, Value: §\n  - [\n",
    "Connector: a\nAuthValue: \"§\nName: x\n",
    "Connector: a\nAuthValue: §\nAuthValue: §\n: : :\n",
    "Connector: a\nProperties:\n- Name: PrivateKey\n  Value: |\n    -----BEGIN PRIVATE KEY-----\n    §\n    -----END PRIVATE KEY-----\n",
    "Connector: a\nDescription: |\n  -----BEGIN RSA PRIVATE KEY-----\n  §\nAuthType: x\n",
];

const JSON: &[&str] = &[
    r#"{"Connector": "acme-connector", "AuthType": "Bsaic", "AuthValue": "§", "Nmae": 1}"#,
    r#"{"Connector": "a", "AuthType": "OAuth2", "AuthValue": "{\"AccessToken\": \"§\", \"Expires\": \"§\"}"}"#,
    r#"{"Connector": "a", "Properties": [{"Name": "ClientSecret", "Value": "§"}, {"Name": "ApiKey", "Value": " §"}]}"#,
    r#"{"Name": "x", "AuthValue": {"AccessToken": "§"}}"#,
    r#"{"ConnectorAuthentications": {"Name": 1, "AuthValue": "§"}, "Password": "§"}"#,
    "{\n  \"AuthValue\": \"§\",\n  \"Properties\": [{\"Name\": \"ClientSecret\", \"Value\": \"§\"},]\n}",
    "{\n  \"AuthValue\": \"§\", // §\n}",
    r#"{"AuthValue": "§", "AuthValue": "§"}"#,
    r#"{"AuthValue": '§'}"#,
];

struct One(Arc<SourceFile>);

impl Sources for One {
    fn source(&self, _: FileId) -> Arc<SourceFile> {
        Arc::clone(&self.0)
    }
}

/// All outputs of a run over one file.
fn outputs(path: &str, text: &str) -> String {
    let memory = vec![(path.to_owned(), text.as_bytes().to_vec())];
    let workspace = Workspace::open(Profile::builtin(), &[], memory).expect("files in memory can be opened");
    let settings = Settings { severity: Severity::Info, ..Settings::default() };
    let mut out = String::new();
    engine::run(
        &workspace,
        &settings,
        &mut engine::Filter::default(),
        |checked| checked,
        |checked: engine::Checked| {
            let diagnostics: &[Diagnostic] = &checked.diagnostics;
            let sources = One(Arc::clone(&checked.source));
            for format in Format::ALL {
                let terminal = Terminal::default();
                out.push_str(&Renderer::new(format, terminal).file(diagnostics, &sources));
            }
        },
    )
    .expect("files in memory can be read");
    out
}

/// The secret in any form that gives it away: as it is, escaped for JSON.
fn gives_away(output: &str, secret: &str) -> bool {
    let escaped = serde_json::to_string(secret).expect("a string is JSON");
    output.contains(secret) || output.contains(escaped.trim_matches('"'))
}

/// How many cases are tried; `CONNLINT_CASES` asks for more.
fn cases() -> u32 {
    #[allow(clippy::disallowed_methods)]
    std::env::var("CONNLINT_CASES").ok().and_then(|cases| cases.parse().ok()).unwrap_or(400)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: cases(), failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_secret_is_printed(
        secret in "[A-Za-z0-9][A-Za-z0-9!$%*+./:;<=>?@^_~(){}-]{6,24}[A-Za-z0-9]",
        template in proptest::sample::select(YAML.iter().map(|t| ("a.yaml", *t)).chain(JSON.iter().map(|t| ("a.json", *t))).collect::<Vec<_>>()),
    ) {
        let (path, template) = template;
        let text = template.replace('§', &secret);
        let printed = outputs(path, &text);
        prop_assert!(!gives_away(&printed, &secret), "{}\n{}", text, printed);
    }
}

#[test]
fn no_plain_secret_is_printed_from_any_position() {
    for secret in ["hunter2hunter2", "3f1c9a77b02e4d", "s3cr3t-value_x", "Zm9vYmFyYmF6"] {
        for (path, template) in YAML.iter().map(|t| ("a.yaml", *t)).chain(JSON.iter().map(|t| ("a.json", *t))) {
            let text = template.replace('§', secret);
            let printed = outputs(path, &text);
            assert!(!gives_away(&printed, secret), "{text}\n{printed}");
            assert!(!printed.trim().is_empty(), "nothing is found in\n{text}");
        }
    }
}
