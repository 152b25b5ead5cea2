//! No secret leaves: random secrets in every position, shape and spelling, searched in every output.

#![allow(clippy::disallowed_methods, reason = "the tests write the files to be checked")]

use std::path::Path;
use std::sync::Arc;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

use crate::support::report::whole;
use connlint::testing::Settings;
use connlint::testing::diagnostic::{Diagnostic, Severity};
use connlint::testing::engine;
use connlint::testing::profile::Profile;
use connlint::testing::report::{Format, Sources};
use connlint::testing::secrets::{self, Format as TokenFormat};
use connlint::testing::source::{FileId, SourceFile};
use connlint::testing::workspace::Workspace;
use proptest::prelude::*;
use proptest::strategy::{Strategy, ValueTree};
use proptest::string::string_regex;
use proptest::test_runner::TestRunner;

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

/// Positions for secrets without characters that mean something in YAML or JSON.
const PLAIN: &[(&str, &str)] = &[
    ("a.yaml", "Connector: a\nAuthType: AuthFields\nProperties:\n  - name: ClientSecret\n    value: §\n    Extra: 1\n"),
    ("a.yaml", "Connector: a\nAuthType: AuthFields\nProperties:\n  - Name: ClientSecret\n    Valu: §\n"),
    ("a.yaml", "Connector: a\nAuthType: AuthFields\nProperties:\n  - Name: ClientSecret\n    Val: §\n"),
    ("a.yaml", "Connector: a\nAuthType: AuthFields\nProperties:\n  - Nmae: ClientSecret\n    Value: §\n"),
    ("a.yaml", "Connector: a\nAuthType: ApiKey\nAuthVaule: §\n"),
    ("a.yaml", "Connector: a\nAuthType: AuthFields\nProperties:\n  - Name: ClientSecret\n    Value: #§\n"),
    ("a.yaml", "Connector: a\nAuthType: AuthFields\nProperties:\n  - Name: ClientSecret\n    Value: !§\n"),
    ("a.yaml", "Connector: a\nAuthType: AuthFields\nProperties:\n  - Name: ClientSecret\n    Value: &§\n"),
    ("a.yaml", "Connector: a\nAuthType: AuthFields\nProperties:\n  - Name: ClientSecret\n    Value: kestrel #§\n"),
    ("a.yaml", "Connector: a\nAuthType: ApiKey\nAuthValue: #§\n"),
    ("a.yaml", "Connector: a\nAuthType: AuthFields\nProperties:\n  - Name: ClientSecret\n    Value: |\n  §\n"),
    ("a.yaml", "Connector: a\nAuthType: ApiKey\nAuthValue: |\n§\n"),
    ("a.yaml", "Connector: a\nAuthType: ApiKey\nAuthValue:\n  §\nScopes: [\n"),
    ("a.yaml", "Connector: a\nAuthType: ApiKey\nAuthValue:\n§\n"),
    ("a.yaml", "Connector: a\nProperties: [{Name: ClientSecret, Value: pa,§}]\n"),
    ("a.yaml", "Connector: a\nProperties: [{Name: ClientSecret, Value: pa,§: b}]\n"),
    ("a.yaml", "Connector: a\nProperties: [{Name: ClientSecret, Value:§}]\n"),
    ("a.yaml", "Connector: a\nAuthType: AuthFields\nServiceDomain: jo:§@h.example.com\n"),
    ("a.yaml", "Connector: a\nAuthType: ApiKey\nAuthValue:§\n"),
    ("a.yaml", "Connector: a\nAuthType: ApiKey\nAuthValue: {§}\n"),
    ("a.yaml", "Connector: a\nAuthType: ApiKey\nAuthValue: {§: x}\n"),
    ("a.yaml", "Connector: a\nAuthType: ApiKey\nBody: '{\"client_secret\": \"§\"}'\n"),
    ("a.yaml", "Connector: a\nAuthType: ApiKey\nAuthorization: Bearer §\n"),
    (
        "a.yaml",
        "Connector: a\nProperties:\n  - {Name: ApiKey2, Value: §, X: 1}\n  - {Name: Password1, Value: §}\n  - {Name: pwd, Value: §}\n  - {Name: Passwort, Value: §}\n",
    ),
    (
        "a.yaml",
        "Connector: a\nProperties:\n  - {Name: ConsumerKey, Value: §, X: 1}\n  - {Name: Authorization, Value: §}\n  - {Name: AccountKey, Value: §}\n  - {Name: ConnectionString, Value: §}\n",
    ),
    (
        "a.yaml",
        "Connector: a\nApiKey2: §\nPassword1: §\npwd: §\nPasswort: §\nConsumerKey: §\nConnectionString: §\nMot de passe: §\n",
    ),
    ("a.yaml", "Connector: a\nCallbackUrl: https://h.example.com/x?apiKey=§&sig=§\n"),
    ("a.json", "{\n  // §\n  \"Connector\": \"a\"\n}"),
    ("a.json", "{\n  \"Connector\": \"a\", // §\n  \"AuthValue\":\n    \"§\",\n}"),
    ("a.json", r#"{"Connector": "a", "Body": "{\"client_secret\": \"§\"}"}"#),
    (
        "a.json",
        r#"{"Connector": "a", "Properties": [{"name": "ClientSecret", "value": "§"}, {"Name": "Pwd", "Valu": "§"}]}"#,
    ),
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
    checked(path, text).0
}

/// All reports of a run over one file, and the rules that found something.
fn checked(path: &str, text: &str) -> (String, Vec<&'static str>) {
    let memory = vec![(path.to_owned(), text.as_bytes().to_vec())];
    let workspace = Workspace::open(Profile::builtin(), &[], memory).expect("files in memory can be opened");
    let settings = Settings { severity: Severity::Info, ..Settings::default() };
    let (mut out, mut rules) = (String::new(), Vec::new());
    engine::run(
        &workspace,
        &settings,
        &mut engine::Filter::default(),
        |checked| checked,
        |checked: engine::Checked| {
            let diagnostics: &[Diagnostic] = &checked.diagnostics;
            rules.extend(diagnostics.iter().map(|diagnostic| diagnostic.rule));
            let sources = One(Arc::clone(&checked.source));
            for format in Format::ALL {
                out.push_str(&whole(format, diagnostics, &sources));
            }
        },
    )
    .expect("files in memory can be read");
    (out, rules)
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
    for secret in ["hunter2hunter2", "3f1c9a77b02e4d", "s3cr3t-value_x", "Zm9vYmFyYmF6", "kestrelTern41"] {
        let plain = PLAIN.iter().copied();
        for (path, template) in
            YAML.iter().map(|t| ("a.yaml", *t)).chain(JSON.iter().map(|t| ("a.json", *t))).chain(plain)
        {
            let text = template.replace('§', secret);
            let printed = outputs(path, &text);
            assert!(!gives_away(&printed, secret), "{text}\n{printed}");
            assert!(!printed.trim().is_empty(), "nothing is found in\n{text}");
        }
    }
}

/// A value of each known format, made from its pattern: no text that looks like a token is in this file.
fn tokens() -> Vec<(&'static TokenFormat, String)> {
    let mut runner = TestRunner::deterministic();
    let mut token = |format: &'static TokenFormat| {
        if format.id == "json-web-token" {
            let part = |text: &str| URL_SAFE_NO_PAD.encode(text);
            return [part(r#"{"alg":"HS256"}"#), part(r#"{"sub":"kestrel-41"}"#), part("a signature of some bytes")]
                .join(".");
        }
        let values = string_regex(&format.pattern).expect("the generator knows what the patterns use");
        let tree = values.new_tree(&mut runner).expect("the patterns have values");
        tree.current()
    };
    secrets::formats().iter().map(|format| (format, token(format))).collect()
}

#[test]
fn each_format_is_found_and_its_placeholders_are_not() {
    for (format, token) in tokens() {
        assert!(format.source.starts_with("https://"), "{}", format.id);
        let named =
            |text: &str| secrets::known(text).into_iter().map(|secret| (secret.name, secret.range)).collect::<Vec<_>>();
        for text in [token.clone(), format!("a \"{token}\", b"), format!("x={token}\n"), format!("\\n{token}\\n")] {
            assert!(!named(&text).is_empty(), "{}: {} bytes", format.id, text.len());
            assert!(!secrets::redact(&text).contains(&token), "{}", format.id);
        }
        let mark = &format.marks[0];
        for text in [
            format!("{mark}XXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXX"),
            format!("{mark}..."),
            format!("{mark}<your token>"),
            format!("{mark}${{TOKEN}}"),
        ] {
            assert_eq!(named(&text), [], "{}: {text}", format.id);
        }
        let short: String = token.chars().take(mark.len() + 4).collect();
        assert_eq!(named(&short), [], "{}: {short}", format.id);
    }
}

/// Where a token can be in a configuration.
const TOKEN_IN_CONFIG: &[(&str, &str)] = &[
    ("a.connector.yaml", "Connector: acme-connector\nName: §\n"),
    ("a.connector.yaml", "Connector: acme-connector\nDescription: see § here\n"),
    ("a.connector.yaml", "Connector: acme-connector\nServiceDomain: §\nCallbackUrl: https://h/§\n"),
    ("a.connector.yaml", "Connector: acme-connector\nServiceDomain: h.example.com # §\n"),
    ("a.connector.yaml", "# §\nConnector: acme-connector\n"),
    ("a.connector.yaml", "Connector: \"§\"\n"),
    ("a.connector.yaml", "Connector: acme-connector\nAuthType: \"§\"\n"),
    ("a.connector.yaml", "Connector: acme-connector\nAuthType: ApiKey\nAuthValue: \"§\"\n"),
    ("a.connector.yaml", "Connector: acme-connector\nAuthType: ApiKey\nauthvaule: \"§\"\n"),
    ("a.connector.yaml", "Connector: acme-connector\nScopes: [\"§\"]\n"),
    ("a.connector.yaml", "Connector: acme-connector\n\"§\": x\n"),
    ("a.connector.yaml", "Connector: acme-connector\nProperties:\n  - {Name: \"§\", Value: x}\n"),
    ("a.connector.yaml", "Connector: acme-connector\nProperties:\n  - {Name: Region, Value: \"§\"}\n"),
    ("a.connector.yaml", "Connector: acme-connector\nProperties:\n  - {Name: ApiKey, Value: \"§\"}\n"),
    ("a.connector.yaml", "Connector: acme-connector\nProperties:\n  - name: Region\n    value: '§'\n"),
    ("a.connector.yaml", "Connector: acme-connector\nProperties:\n  - Name: Region\n    Valu: '§'\n"),
    ("a.connector.yaml", "Connector: acme-connector\nProperties:\n  - Name: Region\n    Value: |\n      §\n"),
    ("a.connector.yaml", "Connector: acme-connector\nProperties:\n  Region: '§'\n"),
    ("a.connector.yaml", "Connector: acme-connector\nCallbackUrl: https://h.example.com/connector/callback?key=§\n"),
    ("a.connector.yaml", "Connector: acme-connector\nName: '{\"a\": \"§\"}'\n"),
    ("a.connector.yaml", "Connector: acme-connector\nName: [\n§\n"),
    ("a.connector.yaml", "Connector: acme-connector\n\tName: §\n"),
    ("a.connector.yaml", "Connector: acme-connector\nName: \"§\n"),
    ("a.connector.yaml", "Connector: acme-connector\n  §\nx\n"),
    ("a.connector.json", r#"{"Connector": "acme-connector", "Name": "§"}"#),
    ("a.connector.json", r#"{"Connector": "acme-connector", "§": 1}"#),
    ("a.connector.json", r#"{"Connector": "acme-connector", "Body": "{\"a\": \"§\"}"}"#),
    ("a.connector.json", "{\"Connector\": \"acme-connector\", // §\n\"Name\": 1}"),
    ("a.connector.json", r#"{"Connector": "acme-connector", "Name": §}"#),
    ("a.connector.json", r#"{"ConnectorAuthentications": [{"Name": "§", "AuthValue": "x"}], "AccountName": "§"}"#),
    ("a.connector.json", r#"{"Username": "§", "Password": "§", "PartnerConnector": {"Name": "x"}}"#),
    ("a.connector.json", r#"{"Name": "x", "Description": "§", "AuthValue": null}"#),
    ("a.connector.json", r#"{"Name": "§", "Connector": {"Name": "x"}}"#),
    ("a.connector.json", r#"{"Name": "§", "UniqueIdentifier": "x", "Methods": [{"Endpoint": "https://h/§"}]}"#),
];

/// Where a token can be in a guide.
const TOKEN_IN_GUIDE: &[&str] = &[
    "---\ntitle: \"§\"\ntags: [a]\npermalink: \"§\"\n---\n\nText.\n",
    "---\ntitle: Acme\n# §\nsidebar: x\nlinkedpage: [§\n---\n",
    "# §\n\n#### §\n\nText (`§`\n",
    "Text §.\n\n| **§** | x |\n\n- **§**: the key\n",
    "[here](https://h.example.com/?token=§) and <https://jo:§@h.example.com/> and ![](§.png)\n",
    "<!-- § -->\n<a name=\"§\"></a><§>\n\n```\ncurl -H 'Authorization: Bearer §'\n```\n",
    "{{ § }} {% § %}\n",
    "* Client Secret: §\n* the the §\n",
];

#[test]
fn no_known_token_is_printed_and_each_is_found() {
    for (format, token) in tokens().into_iter().step_by(5) {
        let guides = TOKEN_IN_GUIDE.iter().map(|template| ("a.md", *template));
        for (path, template) in TOKEN_IN_CONFIG.iter().copied().chain(guides) {
            let text = template.replace('§', &token);
            let (printed, rules) = checked(path, &text);
            assert!(!gives_away(&printed, &token), "{} in {template}:\n{printed}", format.id);
            let rules_of_secrets = ["config/secret-exposed", "config/literal-secret", "guide/secret-in-guide"];
            assert!(rules.iter().any(|rule| rules_of_secrets.contains(rule)), "{} in {template}: {rules:?}", format.id);
        }
    }
}

/// What each command prints of the files in a folder, and what it writes there.
fn command_outputs(folder: &Path) -> String {
    let commands: [&[&str]; 9] = [
        &["check", "--severity", "info", "--verbose", "."],
        &["check", "--severity", "info", "--fix", "--unsafe-fixes", "--diff", "."],
        &["check", "--statistics", "."],
        &["check", "--baseline", "known.json", "--write-baseline", "."],
        &["inspect", "."],
        &["inspect", "--format", "json", "."],
        &["contract", "0.md"],
        &["contract", "--all", "."],
        &["settings", "."],
    ];
    let run = |arguments: &&[&str]| {
        let mut command = assert_cmd::Command::cargo_bin("connlint").expect("the program is built");
        let output = command.current_dir(folder).args(*arguments).output().expect("the program runs");
        [output.stdout, output.stderr].map(|bytes| String::from_utf8_lossy(&bytes).into_owned()).concat()
    };
    let printed: String = commands.iter().map(run).collect();
    printed + &std::fs::read_to_string(folder.join("known.json")).expect("the baseline was written")
}

#[test]
fn no_command_prints_a_token() {
    for (format, token) in tokens().into_iter().step_by(7) {
        let folder = tempfile::tempdir().expect("a folder");
        let guides = TOKEN_IN_GUIDE.iter().map(|template| ("a.md", *template));
        for (number, (path, template)) in guides.chain(TOKEN_IN_CONFIG.iter().copied()).enumerate() {
            let name = path.replacen('a', &number.to_string(), 1);
            std::fs::write(folder.path().join(name), template.replace('§', &token)).expect("the file is written");
        }
        let printed = command_outputs(folder.path());
        assert!(!gives_away(&printed, &token), "{}:\n{printed}", format.id);
    }
}

#[test]
fn arguments_and_settings_are_printed_without_tokens() {
    let (_, token) = tokens().into_iter().find(|(format, _)| format.id == "github-token").expect("a format");
    let folder = tempfile::tempdir().expect("a folder");
    let run = |arguments: &[String]| {
        let mut command = assert_cmd::Command::cargo_bin("connlint").expect("the program is built");
        let output = command.current_dir(folder.path()).args(arguments).output().expect("the program runs");
        let printed = String::from_utf8_lossy(&[output.stdout, output.stderr].concat()).into_owned();
        assert!(!printed.is_empty() && !gives_away(&printed, &token), "{printed}");
    };
    let check = ["check".to_owned(), ".".to_owned()];
    // The last mistake is too far in its line for the line to be shown.
    let late = format!("rules = {{ {}{token} = \"off\" }}\n", " ".repeat(2000));
    for settings in [format!("severity = \"{token}\"\n"), format!("{token} = 1\n"), late] {
        std::fs::write(folder.path().join("connlint.toml"), settings).expect("the file is written");
        run(&check);
    }
    run(&["check".to_owned(), token.clone()]);
    run(std::slice::from_ref(&token));
    run(&["explain".to_owned(), token.clone()]);
}

#[test]
fn values_that_yaml_changes_are_found() {
    let rules = |value: &str| {
        checked("a.yaml", &format!("Connector: a\nProperties:\n  - Name: ClientSecret\n    Value: {value}\n")).1
    };
    for value in ["#kestrelTern41", "!kestrelTern41", "&kestrelTern41", "kestrel #Tern41", "12e400", "-12e400", ".inf"]
    {
        assert!(rules(value).contains(&"config/value-truncated"), "{value}: {:?}", rules(value));
    }
    for value in ["${X} # a comment", "'#a'", "# to do", "!env X", "a#b", "a & b", "12", "kestrel # the old one", ""] {
        assert!(!rules(value).contains(&"config/value-truncated"), "{value}: {:?}", rules(value));
    }
}

#[test]
fn secrets_with_escapes_are_masked_where_they_are_repeated() {
    for written in ["\"kes\\x74rel#Tern41\"", "\"kes\\\n      trel#Tern41\"", "\"kes\\u0074rel#Tern41\""] {
        let text = format!(
            "Connector: a\nAuthType: OAuth2\nProperties:\n  - Name: ClientSecret\n    Value: {written}\n  - Name: kestrel#Tern41\n    Value: b\n"
        );
        let (output, _) = checked("a.connector.yaml", &text);
        assert!(!output.contains("Tern41"), "{written}: {output}");
    }
}
