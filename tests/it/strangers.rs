//! Configurations for connectors of the built-in bundle, whose guides are not at hand, in the styles of different
//! people: right ones are not blamed, and wrong ones for their one mistake, on its line.

use crate::support::check;

use check::check;
use connlint::testing::diagnostic::Severity;
use serde_json::{Value, json};

/// What a right configuration for a connector says.
struct Right {
    connector: &'static str,
    auth: &'static str,
    grant: Option<&'static str>,
    calls_back: bool,
    scopes: &'static [&'static str],
    properties: &'static [&'static str],
    has_auth_value: bool,
}

const fn oauth(connector: &'static str, scopes: &'static [&'static str], properties: &'static [&'static str]) -> Right {
    let (auth, grant) = ("OAuth2", Some("AuthorisationCode"));
    Right { connector, auth, grant, calls_back: true, scopes, properties, has_auth_value: false }
}

const fn single(connector: &'static str, auth: &'static str, properties: &'static [&'static str]) -> Right {
    Right { connector, auth, grant: None, calls_back: false, scopes: &[], properties, has_auth_value: true }
}

const CLIENT: &[&str] = &["ClientId", "ClientSecret"];

const RIGHT: [Right; 19] = [
    Right {
        grant: Some("ClientCredentials"),
        calls_back: false,
        ..oauth("paypal-connector", &[], &["ClientId", "ClientSecret", "Environment"])
    },
    oauth("hubspot-connector", &["crm.objects.contacts.read", "crm.objects.contacts.write"], CLIENT),
    single("postgresql-connector", "Basic", &["Host", "Post", "Database", "SSLConnection", "SSHTunnel"]),
    single("kareo-connector", "Basic", &["CustomerKey"]),
    oauth("candidate-hub", &[], &["ClientId", "ClientSecret", "Subdomain"]),
    oauth("candidate-hub", &[], &["ClientId", "Secret"]),
    oauth("vincere-connector", &[], &["ClientId", "Domain", "ApiKey"]),
    oauth("salesforce-connector", &["full", "refresh_token", "offline_access"], CLIENT),
    oauth("dropbox-connector", &["files.metadata.read", "files.content.read"], CLIENT),
    oauth(
        "bigquery-connector",
        &["https://www.googleapis.com/auth/bigquery"],
        &["ClientId", "ClientSecret", "ProjectId", "DatasetId"],
    ),
    oauth(
        "quickbooks-connector",
        &["com.intuit.quickbooks.accounting", "com.intuit.quickbooks.payment"],
        &["ClientId", "ClientSecret", "RealmId"],
    ),
    oauth("openapply-connector", &[], &["ClientId", "ClientSecret", "AccountName"]),
    Right { auth: "OAuth1", grant: None, ..oauth("tripleseat", &[], CLIENT) },
    Right { auth: "OAuth1", grant: None, ..oauth("twitter-connector", &[], &["ConsumerKey", "ConsumerSecret"]) },
    Right {
        grant: Some("ClientCredentials"),
        calls_back: false,
        ..oauth("cvent-connector", &[], &["ClientId", "ClientSecret", "HostName"])
    },
    single("klaviyo-connector", "ApiKey", &[]),
    single("revelation-pets-connector", "ApiKey", &["BaseUrl"]),
    single("retainme-connector", "Basic", &[]),
    single("odoo-connector", "Basic", &["ServerUrl", "DatabaseName"]),
];

/// How references are written, each in a file of its own.
const REFERENCES: [fn(&str) -> String; 5] = [
    |name| format!("${{{name}}}"),
    |name| format!("${{{name}:?is not set}}"),
    |name| format!("$({name})"),
    |name| format!("#{{{name}}}"),
    |name| format!("${{env:{name}}}"),
];

impl Right {
    fn members(&self, reference: fn(&str) -> String) -> Vec<(&'static str, Value)> {
        let mut members = vec![("Connector", json!(self.connector)), ("AuthType", json!(self.auth))];
        members.extend(self.grant.map(|grant| ("OAuth2Type", json!(grant))));
        if self.calls_back {
            members.push(("ServiceDomain", json!("connect.brightpath.example")));
            members.push(("CallbackUrl", json!("https://connect.brightpath.example/connector/callback")));
        }
        if !self.scopes.is_empty() {
            members.push(("Scopes", json!(self.scopes)));
        }
        if self.has_auth_value {
            members.push(("AuthValue", json!(reference("BRIGHTPATH_CREDENTIALS"))));
        }
        let property =
            |name: &&str| json!({"Name": name, "Value": reference(&format!("BRIGHTPATH_{}", name.to_uppercase()))});
        if !self.properties.is_empty() {
            members.push(("Properties", self.properties.iter().map(property).collect()));
        }
        members
    }
}

/// A document in block style, with the quotes that `scalar` gives.
fn block(members: &[(&str, Value)], scalar: fn(&Value) -> String) -> String {
    let lines = members.iter().map(|(key, value)| match value {
        Value::Array(items) if items.iter().all(Value::is_object) => {
            let pair = |item: &Value| [scalar(&item["Name"]), scalar(&item["Value"])];
            let item = |item: &Value| format!("  - Name: {}\n", pair(item).join("\n    Value: "));
            let items: Vec<String> = items.iter().map(item).collect();
            format!("{key}:\n{}", items.concat())
        }
        Value::Array(items) => {
            let items: Vec<String> = items.iter().map(|item| format!("- {}\n", scalar(item))).collect();
            format!("{key}:\n{}", items.concat())
        }
        _ => format!("{key}: {}\n", scalar(value)),
    });
    lines.collect()
}

fn single_quoted(value: &Value) -> String {
    format!("'{}'", value.as_str().unwrap_or_default())
}

/// A configuration in the style of one of several people: name of the file and text.
fn written(right: &Right, style: usize) -> (String, String) {
    let mut members = right.members(REFERENCES[style % REFERENCES.len()]);
    let yaml = |text| ("brightpath.connector.yaml".to_owned(), text);
    match style {
        0 => yaml(block(&members, Value::to_string)),
        1 => {
            members[1..].reverse();
            yaml(format!(
                "# Who to ask: the integrations team\n{}",
                block(&members, single_quoted).replace(":\n", ": # as agreed\n")
            ))
        }
        2 => {
            let object: serde_json::Map<String, Value> =
                members.into_iter().map(|(key, value)| (key.to_owned(), value)).collect();
            ("brightpath.connector.json".to_owned(), format!("{:#}\n", Value::from(object)))
        }
        3 => {
            members.push(("Name", json!("Brightpath, live")));
            let text = block(&members, Value::to_string);
            yaml(format!("---\n{text}---\n{}", text.replace("live", "trial")))
        }
        _ => {
            let text = block(&members, single_quoted)
                .replace("'connect.brightpath.example'", "&host 'connect.brightpath.example'");
            yaml(format!("x-about: &about\n  Description: One of several\n\n<<: *about\n{text}"))
        }
    }
}

#[test]
fn right_configurations_are_not_blamed() {
    let mut blamed = Vec::new();
    for right in &RIGHT {
        for style in 0..REFERENCES.len() {
            let (path, text) = written(right, style);
            let outcome = check(&[(path, text.clone())]);
            let grave = outcome.diagnostics.iter().filter(|found| found.severity >= Severity::Warning);
            let told: Vec<String> = grave.map(|found| format!("{}: {}", found.rule, found.finding.message)).collect();
            if !told.is_empty() {
                blamed.push(format!("{} in style {style}: {told:#?}", right.connector));
            }
        }
    }
    assert!(blamed.is_empty(), "{}", blamed.join("\n"));
}

/// A salesperson's export: OAuth with a callback URL.
const DROPBOX: &str = r#"Connector: dropbox-connector
Name: "Files of Brightpath"
AuthType: OAuth2
OAuth2Type: AuthorisationCode
ServiceDomain: connect.brightpath.example
CallbackUrl: https://connect.brightpath.example/connector/callback
Scopes:
  - files.metadata.read
  - files.content.read
Properties:
  - Name: ClientId
    Value: ${DROPBOX_ID}
  - Name: ClientSecret
    Value: ${DROPBOX_SECRET}
"#;

/// A database: user name and password in one value.
const ODOO: &str = r"Connector: odoo-connector
AuthType: Basic
AuthValue: ${ODOO_CREDENTIALS}
Properties:
  - Name: ServerUrl
    Value: https://erp.brightpath.example
  - Name: DatabaseName
    Value: brightpath
";

const LAUNCH: &str = r#"{
  "AccountId": "3b1f2d4c-5a69-4b7e-8c1d-2e3f4a5b6c7d",
  "AccountName": "Brightpath",
  "ConnectorAuthentications": [
    {
      "Name": "Dropbox",
      "Version": "1.0",
      "AuthValue": "${DROPBOX_TOKENS}"
    }
  ]
}
"#;

const INSTALL: &str = r#"Name: Dropbox of Brightpath
AuthValue: '{"AccessToken": "${TOKEN}", "Expires": "2031-04-30T10:00:00Z"}'
"#;

/// Values in the forms that guides describe, and tokens that are references.
const AS_DESCRIBED: [&str; 22] = [
    // A guide that calls the name of a host a subdomain, in the section with this name.
    "Connector: workable-connector\nAuthType: ApiKey\nAuthValue: ${WORKABLE}\nProperties:\n  \
     - {Name: SubDomain, Value: jobs.brightpath.example}\n",
    // A guide that asks for the name and the password of a user beside the client's values.
    "Connector: invenias-connector\nAuthType: OAuth2\nOAuth2Type: PasswordCredentials\nProperties:\n  \
     - {Name: ClientId, Value: \"${ID}\"}\n  - {Name: ClientSecret, Value: \"${SECRET}\"}\n  \
     - {Name: Username, Value: mira}\n  - {Name: Password, Value: \"${WORD}\"}\n  - {Name: Subdomain, Value: brightpath}\n",
    // The platform has its own client.
    "Connector: sugarcrm-connector\nAuthType: OAuth2\nOAuth2Type: PasswordCredentials\nProperties:\n  \
     - {Name: Domain, Value: brightpath.sugarcrm.example}\n  - {Name: Username, Value: mira}\n  \
     - {Name: Password, Value: \"${WORD}\"}\n",
    // A value that the guide lists in lowercase words beside those that every connector has.
    "Connector: FluentCommerce-connector\nAuthType: OAuth2\nOAuth2Type: PasswordCredentials\nProperties:\n  \
     - {Name: ClientId, Value: \"${ID}\"}\n  - {Name: ClientSecret, Value: \"${SECRET}\"}\n  \
     - {Name: Username, Value: mira}\n  - {Name: Password, Value: \"${WORD}\"}\n  \
     - {Name: GraphQLDomain, Value: api.brightpath.example}\n",
    // Scopes for some of the methods that the guide lists.
    "Connector: office-365-connector\nAuthType: OAuth2\nOAuth2Type: AuthorisationCode\n\
     ServiceDomain: hub.brightpath.example\nCallbackUrl: https://hub.brightpath.example/connector/callback\n\
     Scopes: [Calendars.ReadWrite]\nProperties:\n  \
     - {Name: ClientId, Value: \"${ID}\"}\n  - {Name: ClientSecret, Value: \"${SECRET}\"}\n",
    // Scopes that the guide names in brackets behind the words of the vendor's console.
    "Connector: salesforce-pardot-oauth-connector\nAuthType: OAuth2\nOAuth2Type: AuthorisationCode\n\
     ServiceDomain: hub.brightpath.example\nCallbackUrl: https://hub.brightpath.example/connector/callback\n\
     Scopes: refresh_token offline_access pardot_api\nProperties:\n  \
     - {Name: ClientId, Value: \"${ID}\"}\n  - {Name: ClientSecret, Value: \"${SECRET}\"}\n  \
     - {Name: BusinessUnitId, Value: 0Uv7w000000AbCdEAK}\n",
    // A variable of a template.
    "Connector: retainme-connector\nAuthType: Basic\nAuthValue: \"{{ BRIGHTPATH_RETAIN }}\"\n",
    // Fields belong to the environment that is chosen.
    "Connector: tiktok-for-business-connector\nAuthType: OAuth2\nOAuth2Type: AuthorisationCode\n\
     ServiceDomain: hub.brightpath.example\nCallbackUrl: https://hub.brightpath.example/connector/callback\nProperties:\n  \
     - {Name: Environment, Value: Sandbox}\n  - {Name: ApiKey, Value: \"${KEY}\"}\n",
    // The platform asks for what is left blank.
    "Connector: zap-connector\nAuthType: AuthFields\nProperties:\n  - {Name: Username, Value: mira}\n",
    "Connector: channel-advisor-connector\nProperties:\n  - {Name: ApplicationId, Value: \"${ID}\"}\n  \
     - {Name: SharedSecret, Value: \"${SECRET}\"}\n",
    // A switch that is off, and a value that is set on a wish.
    "Connector: salesforce-chatter-connector\nProperties:\n  - {Name: ClientId, Value: \"${ID}\"}\n  \
     - {Name: ClientSecret, Value: \"${SECRET}\"}\n  - {Name: InstanceURL, Value: \"https://brightpath.example\"}\n",
    // The guide has a slip in the name of the port, and the passwords of a tunnel are optional.
    "Connector: postgresql-connector\nProperties:\n  - {Name: Host, Value: db.brightpath.example}\n  \
     - {Name: Port, Value: \"5432\"}\n  - {Name: Username, Value: mira}\n  - {Name: Password, Value: \"${WORD}\"}\n  \
     - {Name: Database, Value: sales}\n",
    // An example without a scheme for a value that is named after URLs; the guide only lists it.
    "Connector: waitwhile-connector\nAuthType: ApiKey\nAuthValue: ${KEY}\nProperties:\n  \
     - {Name: BaseUrl, Value: api.waitwhile.com}\n",
    // A guide that calls back and names the first version of OAuth only.
    "Connector: trello-connector\nAuthType: OAuth1\nServiceDomain: hub.brightpath.example\n\
     CallbackUrl: https://hub.brightpath.example/connector/callback\nProperties:\n  \
     - {Name: ClientId, Value: \"${ID}\"}\n  - {Name: ClientSecret, Value: \"${SECRET}\"}\n",
    // A value that is left blank, as the guide says, also in a body.
    "Name: Insightly\nProperties:\n  - {Name: Pod, Value: na1}\n  - {Name: Username, Value: \"${KEY}\"}\n  \
     - {Name: Password, Value: \"\"}\n",
    // Values of guides that only list what is needed.
    "Connector: freshdesk-connector\nAuthType: ApiKey\nAuthValue: ${KEY}\nProperties:\n  \
     - {Name: FreshdeskDomain, Value: brightpath.freshdesk.com}\n",
    // The name of a company where the guide cuts it out of an address.
    "Connector: scoro-connector\nName: Scoro with an API key\nAuthType: AuthFields\nProperties:\n  \
     - {Name: Language, Value: eng}\n  - {Name: CompanyName, Value: brightpath}\n  \
     - {Name: CompanyAccountID, Value: brightpath_1}\n  - {Name: ApiKey, Value: \"${KEY}\"}\n",
    "Connector: jira-connector\nAuthType: Basic\nAuthValue: op://Hub/Jira board/basic\nProperties:\n  \
     - {Name: JIRAURL, Value: \"https://${JIRA_HOST}\"}\n  - {Name: OnPremisesInstallation, Value: \"False\"}\n",
    "Connector: itris-connector\nAuthType: Basic\nAuthValue: ${ITRIS}\nProperties:\n  \
     - {Name: Domain, Value: crm.brightpath.example}\n  - {Name: Port, Value: \"8080\"}\n",
    "Connector: paypal-connector\nAuthType: OAuth2\nOAuth2Type: ClientCredentials\nProperties:\n  \
     - {Name: ClientId, Value: \"op://Hub/PayPal app/id\"}\n  - {Name: ClientSecret, Value: \"op://Hub/PayPal app/secret\"}\n  \
     - {Name: Environment, Value: sandbox}\n",
    "Connector: filevine-connector\nAuthType: AuthFields\nProperties:\n  - {Name: ApiKey, Value: \"${KEY}\"}\n  \
     - {Name: ApiSecret, Value: \"${SECRET}\"}\n  - {Name: Domain, Value: files.brightpath.example}\n  \
     - {Name: UserId, Value: \"77\"}\n  - {Name: OrgID, Value: \"12\"}\n",
    "Name: Files\nAuthValue: '{\"AccessToken\": \"${ACCESS}\", \"RefreshToken\": \"${REFRESH}\"}'\n",
];

#[test]
fn values_in_the_form_that_the_guide_describes_are_right() {
    for text in AS_DESCRIBED {
        assert_right("brightpath.connector.yaml", text);
    }
}

fn assert_right(path: &str, text: &str) {
    let outcome = check(&[(path.to_owned(), text.to_owned())]);
    let grave = outcome.diagnostics.iter().filter(|found| found.severity >= Severity::Warning);
    let told: Vec<&str> = grave.map(|found| found.finding.message.as_str()).collect();
    assert!(told.is_empty(), "{text}: {told:?}");
}

/// A mistake: what is written for what, the rule that finds it, and a text on its line.
type Mistake = (&'static str, &'static str, &'static str, &'static str);

const IN_DROPBOX: [Mistake; 61] = [
    ("Properties:", "Propertes:", "config/unknown-field", "Propertes"),
    ("${DROPBOX_ID}", "DROPBOX_CLIENT_ID", "config/credential-format", "DROPBOX_CLIENT_ID"),
    ("${DROPBOX_ID}", "n/a", "config/placeholder-left", "n/a"),
    ("${DROPBOX_ID}", "tbc", "config/placeholder-left", "tbc"),
    ("${DROPBOX_ID}", "${DROPBOX_ID", "config/placeholder-left", "${DROPBOX_ID"),
    ("${DROPBOX_ID}", "$DROPBOX_ID}", "config/placeholder-left", "$DROPBOX_ID}"),
    ("${DROPBOX_ID}", "client_id=kq4d8wz1", "config/credential-format", "kq4d8wz1"),
    ("${DROPBOX_ID}", "'kq4d8wz1,'", "config/credential-format", "kq4d8wz1"),
    ("${DROPBOX_ID}", "mira@brightpath.example", "config/value-form", "mira"),
    ("${DROPBOX_ID}", "hub.brightpath.example", "config/value-form", "Value: hub"),
    ("${DROPBOX_SECRET}", "https://hub.brightpath.example", "config/value-form", "Value: https"),
    ("${DROPBOX_ID}", "${DROPBOX_CLIENT_SECRET}", "config/values-swapped", "DROPBOX_CLIENT_SECRET"),
    ("${DROPBOX_ID}", "vault:hub/dropbox#secret", "config/values-swapped", "dropbox#secret"),
    ("${DROPBOX_SECRET}", "${env:DROPBOX_CLIENT_ID:?}", "config/values-swapped", "DROPBOX_CLIENT_ID"),
    ("${DROPBOX_SECRET}", "${DROPBOX_ID}", "config/same-secret", "DROPBOX_ID"),
    ("${DROPBOX_ID}", "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", "config/secret-exposed", "GOCSPX"),
    ("OAuth2Type: AuthorisationCode", "OAuth2Type: ClientCredentials", "config/auth-type-mismatch", "OAuth2Type:"),
    (
        "CallbackUrl: https://connect.brightpath.example",
        "CallbackUrl: https://example.com",
        "config/callback-host-suspicious",
        "CallbackUrl:",
    ),
    ("dropbox-connector", "dropbox", "config/connector-unknown", "Connector:"),
    ("dropbox-connector", "dropbox-conector", "config/connector-unknown", "Connector:"),
    ("AuthType: OAuth2", "AuthType: ApiKey", "config/auth-type-mismatch", "AuthType:"),
    ("AuthType: OAuth2", "AuthType: oauth2", "config/invalid-value", "AuthType:"),
    ("AuthType:", "authType:", "config/unknown-field", "authType:"),
    ("AuthorisationCode", "AuthorizationCode", "config/invalid-value", "OAuth2Type:"),
    ("AuthorisationCode", "Implicit", "config/invalid-value", "OAuth2Type:"),
    ("OAuth2Type: AuthorisationCode\n", "", "config/missing-field", "Connector:"),
    ("ServiceDomain: connect.", "ServiceDomain: https://connect.", "config/service-domain-invalid", "ServiceDomain:"),
    (
        "ServiceDomain: connect.brightpath.example",
        "ServiceDomain: connect_brightpath example",
        "config/service-domain-invalid",
        "ServiceDomain:",
    ),
    (
        "ServiceDomain: connect.brightpath.example",
        "ServiceDomain: brightpath-h.cylcr.com",
        "config/callback-host-suspicious",
        "ServiceDomain:",
    ),
    (
        "CallbackUrl: https://connect.brightpath.example",
        "CallbackUrl: https://brightpath-h.cylcr.com",
        "config/callback-host-suspicious",
        "CallbackUrl:",
    ),
    (
        "CallbackUrl: https://connect.brightpath.example",
        "CallbackUrl: https://3f2a.ngrok-free.app",
        "config/callback-host-suspicious",
        "CallbackUrl:",
    ),
    (
        "CallbackUrl: https://connect.brightpath.example",
        "CallbackUrl: https://quiet-fox.trycloudflare.com",
        "config/callback-host-suspicious",
        "CallbackUrl:",
    ),
    (
        "CallbackUrl: https://connect.brightpath.example",
        "CallbackUrl: https://my.cyclr.com",
        "config/callback-host-suspicious",
        "CallbackUrl:",
    ),
    (
        "CallbackUrl: https://connect.brightpath.example",
        "CallbackUrl: https://app-h.cyclr.com",
        "config/callback-host-suspicious",
        "CallbackUrl:",
    ),
    ("CallbackUrl: https://connect.", "CallbackUrl: https://Connect.", "config/callback-url-invalid", "CallbackUrl:"),
    ("CallbackUrl: https:", "CallbackUrl: http:", "config/callback-url-invalid", "CallbackUrl:"),
    ("connector/callback", "connector/callback/", "config/callback-url-invalid", "CallbackUrl:"),
    ("connector/callback", "connectorauth/callback", "config/callback-url-invalid", "CallbackUrl:"),
    ("example/connector/callback", "example:443/connector/callback", "config/callback-url-invalid", "CallbackUrl:"),
    ("connector/callback", "connector/callback?from=mail", "config/callback-url-invalid", "CallbackUrl:"),
    ("CallbackUrl: https://connect.", "CallbackUrl: https://connects.", "config/callback-url-mismatch", "CallbackUrl:"),
    ("CallbackUrl: https://connect.brightpath.example/connector/callback\n", "", "config/missing-field", "Connector:"),
    ("files.metadata.read", "files.metdata.read", "config/scope-unknown", "files.metdata.read"),
    ("  - files.content.read\n", "", "config/scope-not-documented", "Scopes:"),
    ("files.content.read", "files.content.write", "config/scope-not-documented", "files.content.write"),
    (
        "Scopes:\n  - files.metadata.read\n  - files.content.read",
        "Scopes: []",
        "config/scope-not-documented",
        "Scopes:",
    ),
    (
        "files.content.read\n",
        "files.content.read\n  - files.content.read\n",
        "config/scope-redundant",
        "files.content.read",
    ),
    ("Name: ClientId", "Name: clientId", "config/unknown-field", "clientId"),
    ("Name: ClientSecret", "Name: ClientSecert", "config/unknown-field", "ClientSecert"),
    ("Name: ClientSecret", "Name: Client Secret", "config/unknown-field", "Client Secret"),
    ("  - Name: ClientSecret\n    Value: ${DROPBOX_SECRET}\n", "", "config/missing-field", "Properties:"),
    ("${DROPBOX_SECRET}", "wq7rt2pl9xk4mz8c", "config/literal-secret", "wq7rt2pl9xk4mz8c"),
    ("${DROPBOX_SECRET}", "client_secret", "config/placeholder-left", "client_secret"),
    ("${DROPBOX_SECRET}", "REDACTED", "config/placeholder-left", "REDACTED"),
    (
        "${DROPBOX_SECRET}",
        "\u{2022}\u{2022}\u{2022}\u{2022}\u{2022}\u{2022}",
        "config/placeholder-left",
        "\u{2022}\u{2022}",
    ),
    ("${DROPBOX_SECRET}", "<your secret>", "config/placeholder-left", "<your secret>"),
    ("${DROPBOX_ID}", "YOUR_CLIENT_ID", "config/placeholder-left", "YOUR_CLIENT_ID"),
    ("${DROPBOX_ID}", "\u{201c}kq4d8wz1\u{201d}", "config/credential-format", "kq4d8wz1"),
    ("${DROPBOX_ID}", "'\"kq4d8wz1\"'", "config/credential-format", "kq4d8wz1"),
    ("${DROPBOX_ID}", "kq4d 8wz1", "config/credential-format", "kq4d 8wz1"),
    ("${DROPBOX_ID}", "4471102", "config/wrong-type", "4471102"),
];

const IN_ODOO: [Mistake; 18] = [
    ("${ODOO_CREDENTIALS}", "mira:${ODOO_PASSWORD}", "config/credential-format", "AuthValue:"),
    ("AuthValue: ${ODOO_CREDENTIALS}", "AuthValue:\n  User: ${U}\n  Word: ${W}", "config/wrong-type", "AuthValue:"),
    ("https://erp.brightpath.example", "erp.brightpath.example", "config/value-form", "erp.brightpath.example"),
    ("https://erp.brightpath.example", "https://https://erp.brightpath.example", "config/value-form", "erp"),
    ("https://erp.brightpath.example", "\"https://erp.brightpath.example>\"", "config/value-form", "erp"),
    ("https://erp.brightpath.example", "\"https://erp.bright path.example\"", "config/value-form", "erp"),
    (
        "https://erp.brightpath.example",
        "https://erp.brightpath.example/?api_key=wq7rt2pl9xk4",
        "config/secret-exposed",
        "erp",
    ),
    ("AuthType: Basic", "AuthType: Basic\nAuthType: Basic", "config/duplicate-key", "AuthType:"),
    ("AuthType: Basic", "AuthType: Basic\nScopes: [all]", "config/forbidden-field", "Scopes:"),
    ("AuthType: Basic", "AuthType: ApiKey", "config/auth-type-mismatch", "AuthType:"),
    ("AuthValue: ${ODOO_CREDENTIALS}\n", "", "config/missing-field", "Connector:"),
    ("${ODOO_CREDENTIALS}", "mira:harbour", "config/credential-format", "AuthValue:"),
    ("${ODOO_CREDENTIALS}", "Basic bWlyYTpoYXJib3Vy", "config/credential-format", "AuthValue:"),
    ("${ODOO_CREDENTIALS}", "bWlyYTpoYXJib3VyCg==", "config/credential-format", "AuthValue:"),
    ("${ODOO_CREDENTIALS}", "changeme", "config/placeholder-left", "AuthValue:"),
    ("Name: DatabaseName", "Name: DatabaseNam", "config/unknown-field", "DatabaseNam"),
    (
        "Properties:",
        "Properties:\n  - {Name: Password, Value: \"${ODOO_PASSWORD}\"}",
        "config/forbidden-field",
        "Name: Password",
    ),
    ("    Value: brightpath", "    Value: {name}", "config/wrong-type", "Value: {name}"),
];

const IN_LAUNCH: [Mistake; 6] = [
    ("3b1f2d4c-5a69-4b7e-8c1d-2e3f4a5b6c7d", "3b1f2d4c-5a69-4b7e-8c1d", "config/invalid-value", "AccountId"),
    (
        "3b1f2d4c-5a69-4b7e-8c1d-2e3f4a5b6c7d",
        "3b1f2d4c-5a69-4b7e-8cld-2e3f4a5b6c7d",
        "config/invalid-value",
        "AccountId",
    ),
    ("ConnectorAuthentications", "ConectorAuthentications", "config/unknown-shape", "ConectorAuthentications"),
    (
        "3b1f2d4c-5a69-4b7e-8c1d-2e3f4a5b6c7d",
        "3b1f2d4c-5a69-4b7e-8c1d-2e3f4a5b6c7",
        "config/invalid-value",
        "AccountId",
    ),
    ("\"Name\": \"Dropbox\"", "\"Nmae\": \"Dropbox\"", "config/unknown-field", "Nmae"),
    ("${DROPBOX_TOKENS}", "Bearer ${DROPBOX_TOKEN}", "config/credential-format", "AuthValue"),
];

/// Guides that say what a value must look like.
const FORMS: &str = r"Connectors:
  - Connector: jira-connector
    AuthType: Basic
    AuthValue: ${JIRA}
    Properties:
      - {Name: JIRAURL, Value: 'https://board.brightpath.example'}
      - {Name: OnPremisesInstallation, Value: 'false'}
  - Connector: itris-connector
    AuthType: Basic
    AuthValue: ${ITRIS}
    Properties:
      - {Name: Domain, Value: crm.brightpath.example}
      - {Name: Port, Value: '8080'}
  - Connector: onelogin-connector
    AuthType: OAuth2
    OAuth2Type: ClientCredentials
    Properties:
      - {Name: ClientId, Value: '${ONELOGIN_ID}'}
      - {Name: ClientSecret, Value: '${ONELOGIN_SECRET}'}
      - {Name: Subdomain, Value: brightpath}
  - Connector: paypal-connector
    AuthType: OAuth2
    OAuth2Type: ClientCredentials
    Properties:
      - {Name: ClientId, Value: '${PAYPAL_ID}'}
      - {Name: ClientSecret, Value: '${PAYPAL_SECRET}'}
      - {Name: Environment, Value: Production}
  - Connector: klaviyo-connector
    AuthType: ApiKey
    AuthValue: ${KLAVIYO}
    Properties: []
  - Connector: foodtec-solutions-connector
    Name: Food with an API key
    AuthType: ApiKey
    AuthValue: ${FOODTEC}
    Properties:
      - {Name: ChainName, Value: brightchain}
  - Connector: counterpoint
    AuthType: Basic
    AuthValue: ${COUNTERPOINT}
    Properties:
      - {Name: ServerUrl, Value: 'https://pos.brightpath.example:52000'}
  - Connector: salesforce-pardot-connector
    AuthType: AuthFields
    Properties:
      - {Name: UserKey, Value: '${PARDOT_KEY}'}
      - {Name: EmailAddress, Value: post@brightpath.example}
      - {Name: Password, Value: '${PARDOT_WORD}'}
  - Connector: doordash-connector
    AuthType: AuthFields
    Properties:
      - {Name: KeyID, Value: k-20}
      - {Name: SigningSecret, Value: '${DOORDASH}'}
      - {Name: DeveloperID, Value: d-20}
  - Connector: miva-connector
    AuthType: AuthFields
    Properties:
      - {Name: Domain, Value: shop.brightpath.example}
      - {Name: Folder, Value: mm5}
      - {Name: StoreCode, Value: shop}
      - {Name: Signature, Value: '${MIVA_SIGNATURE}'}
      - {Name: AccessToken, Value: '${MIVA_TOKEN}'}
  - Connector: shireburn-connector
    AuthType: AuthFields
    Properties:
      - {Name: AzureApiKey, Value: '${AZURE}'}
      - {Name: ApiKey, Value: '${OPEN}'}
  - Connector: godaddy-connector
    AuthType: ApiKey
    AuthValue: ${GODADDY}
    Properties:
      - {Name: ServerName, Value: 'https://api.ote-godaddy.com'}
  - Connector: ncr-silver-connector
    AuthType: AuthFields
    Properties:
      - {Name: SharedKey, Value: '${NCR_SHARED}'}
      - {Name: SecretKey, Value: '${NCR_SECRET}'}
      - {Name: NEPOrganization, Value: brightpath-cafe}
  - Connector: revio-connector
    AuthType: AuthFields
    Properties:
      - {Name: Username, Value: mira@brightpath}
      - {Name: Password, Value: '${REVIO}'}
  - Connector: genesys-cloud-connector
    AuthType: OAuth2
    OAuth2Type: ClientCredentials
    Properties:
      - {Name: ClientId, Value: '${GENESYS_ID}'}
      - {Name: ClientSecret, Value: '${GENESYS_SECRET}'}
      - {Name: BaseUrl, Value: 'https://api.mypurecloud.example'}
  - Connector: authenticate-emarsys
    AuthType: AuthFields
    Properties:
      - {Name: Username, Value: mira001}
      - {Name: SecretKey, Value: '${EMARSYS}'}
  - Connector: tiktok-for-business-connector
    Name: Ads
    AuthType: AuthFields
    Properties:
      - {Name: Environment, Value: Production}
      - {Name: ClientId, Value: '${TIKTOK_ID}'}
      - {Name: ClientSecret, Value: '${TIKTOK_SECRET}'}
  - Connector: connectwisepsa-connector
    AuthType: AuthFields
    Properties:
      - {Name: Domain, Value: api-eu.myconnectwise.example}
      - {Name: APIVersion, Value: v2023_1}
      - {Name: ClientId, Value: '${CW_ID}'}
      - {Name: Username, Value: mira+k20}
      - {Name: Password, Value: '${CW_PRIVATE_KEY}'}
  - Connector: administrate-connector
    AuthType: AuthFields
    Properties:
      - {Name: Username, Value: '${CW_USER_NAME}'}
      - {Name: Password, Value: '${CW_ACCOUNT_SID}'}
  - Connector: netsuite-suitetalk-rest-connector
    AuthType: AuthFields
    Properties:
      - {Name: AccountID, Value: '4711'}
  - Connector: counterpoint
    Name: Counterpoint
    AuthType: AuthFields
    Properties:
      - {Name: Username, Value: LUMEN.mira}
  - Connector: ingenious-vendor-connector
    AuthType: ApiKey
    AuthValue: ${INGENIOUS}
    Properties:
      - {Name: Domain, Value: api.ingenious.com}
  - Connector: sugarcrm-connector
    Properties:
      - {Name: Domain, Value: lumen.sugarcrm.eu}
  - Connector: uve-solutions-connector
    AuthType: ApiKey
    AuthValue: ${UVE}
    Properties:
      - {Name: Domain, Value: bright.uvesolutions.com}
  - Connector: canvas
    Properties:
      - {Name: BaseUrl, Value: 'https://north.instructure.com'}
      - {Name: ClientId, Value: '${CANVAS_ID}'}
      - {Name: ClientSecret, Value: '${CANVAS_SECRET}'}
  - Connector: briostack-connector
    AuthType: AuthFields
    Properties:
      - {Name: AccountName, Value: brightpest}
  - Connector: selligent
    AuthType: AuthFields
    Properties:
      - {Name: Server, Value: brightpath.slgnt.example}
      - {Name: Username, Value: mira}
      - {Name: Password, Value: '${SELLIGENT}'}
  - Connector: freshdesk-connector
    AuthType: ApiKey
    AuthValue: ${FRESHDESK}
    Properties:
      - {Name: FreshdeskDomain, Value: bright.freshdesk.com}
  - Connector: act-connector
    AuthType: AuthFields
    Properties:
      - {Name: Username, Value: mira}
      - {Name: Password, Value: '${ACT}'}
      - {Name: DatabaseName, Value: H20}
      - {Name: BaseUrl, Value: 'https://apius.act.com/act.web.api'}
  - Connector: adobe-campaign-connector
    AuthType: AuthFields
    Properties:
      - {Name: ClientId, Value: '${ADOBE_ID}'}
      - {Name: ClientSecret, Value: '${ADOBE_SECRET}'}
      - {Name: ApiKey, Value: '${ADOBE_KEY}'}
      - {Name: TenantId, Value: bright-tenant}
  - Connector: zoho
    AuthType: OAuth2
    OAuth2Type: AuthorisationCode
    ServiceDomain: hub.brightpath.example
    CallbackUrl: https://hub.brightpath.example/connector/callback
    Properties:
      - {Name: ClientId, Value: '${ZOHO_ID}'}
      - {Name: ClientSecret, Value: '${ZOHO_SECRET}'}
      - {Name: Domain, Value: 'https://crm.zoho.eu'}
  - Connector: userdotcom-connector
    AuthType: ApiKey
    AuthValue: ${USERDOTCOM}
    Properties:
      - {Name: Subdomain, Value: bright}
  - Connector: vonage-connector
    AuthType: AuthFields
    Properties:
      - {Name: ApplicationId, Value: '${VONAGE_ID}'}
      - {Name: PrivateKey, Value: '${VONAGE_KEY}'}
      - {Name: ApiKey, Value: '${VONAGE_API}'}
      - {Name: ApiSecret, Value: '${VONAGE_SECRET}'}
  - Connector: mondaydotcom-connector
    AuthType: ApiKey
    AuthValue: ${MONDAY}
    Properties:
      - {Name: BoardID, Value: '1234567890'}
  - Connector: google-ads-connector
    AuthType: OAuth2
    OAuth2Type: AuthorisationCode
    ServiceDomain: hub.brightpath.example
    CallbackUrl: https://hub.brightpath.example/connector/callback
    Properties:
      - {Name: ClientId, Value: 417209385561-8vq2k0fj.apps.googleusercontent.com}
      - {Name: ClientSecret, Value: '${ADS_SECRET}'}
      - {Name: DeveloperToken, Value: '${ADS_TOKEN}'}
      - {Name: ClientCustomerID, Value: '4839201758'}
  - Connector: candidate-hub
    AuthType: OAuth2
    OAuth2Type: AuthorisationCode
    ServiceDomain: hub.brightpath.example
    CallbackUrl: https://hub.brightpath.example/connector/callback
    Properties:
      - {Name: ClientId, Value: '${CANDIDATE_ID}'}
      - {Name: ClientSecret, Value: '${CANDIDATE_SECRET}'}
      - {Name: Subdomain, Value: app}
";

const IN_FORMS: [Mistake; 68] = [
    ("mira+k20", "k20", "config/value-form", "Value: k20"),
    ("v2023_1", "v2023.1", "config/value-form", "APIVersion"),
    ("AccountID, Value: '4711'", "AccountID, Value: '4711_SB1'", "config/value-form", "4711_SB1"),
    ("LUMEN.mira", "mira", "config/value-form", "Username"),
    ("api.ingenious.com", "https://api.ingenious.com/api", "config/value-form", "Name: Domain"),
    ("lumen.sugarcrm.eu", "https://lumen.sugarcrm.eu", "config/value-form", "Name: Domain"),
    ("bright.uvesolutions.com", "https://bright.uvesolutions.com", "config/value-form", "Name: Domain"),
    ("https://north.instructure.com", "https://north.instructure.com/login/canvas", "config/value-form", "BaseUrl"),
    ("${KLAVIYO}", "Klaviyo-API-Key ${KLAVIYO}", "config/credential-format", "AuthValue"),
    ("'${CW_USER_NAME}'", "'${CW_API_TOKEN}'", "config/values-swapped", "CW_API_TOKEN"),
    ("brightpest", "brightpest.briostack.com", "config/value-form", "AccountName"),
    ("brightpath.slgnt", "https://brightpath.slgnt", "config/value-form", "Server"),
    ("bright.freshdesk.com", "help.brightpath.example", "config/value-form", "FreshdeskDomain"),
    ("apius.act", "appus.act", "config/value-form", "BaseUrl"),
    ("bright-tenant", "bright-tenant.marketing.adobe.com", "config/value-form", "TenantId"),
    ("'https://crm.zoho.eu'", "'https://crmplus.zoho.com'", "config/value-form", "crmplus"),
    ("${USERDOTCOM}", "Zk3Q9P", "config/value-form", "AuthValue"),
    ("${USERDOTCOM}", "api.brightpath.example", "config/value-form", "AuthValue"),
    ("${KLAVIYO}", "ops@brightpath.example", "config/value-form", "AuthValue"),
    ("${KLAVIYO}", "https://www.brightpath.example/account", "config/value-form", "AuthValue"),
    ("'https://north.instructure.com'", "kq4d8wz1rt5y7h2m", "config/value-form", "BaseUrl"),
    ("'https://north.instructure.com'", "https://north.instructure.com/login", "config/value-form", "BaseUrl"),
    (
        "${USERDOTCOM}\n    Properties:\n      - {Name: Subdomain, Value: bright}",
        "${USERDOTCOM_SUBDOMAIN}\n    Properties:\n      - {Name: Subdomain, Value: '${USERDOTCOM_API_KEY}'}",
        "config/values-swapped",
        "Name: Subdomain",
    ),
    ("'${VONAGE_KEY}'", "\"-----BEGIN PRIVATE KEY-----\\n${VONAGE_KEY}\"", "config/value-form", "PrivateKey"),
    ("'1234567890'", "Customer board", "config/value-form", "BoardID"),
    ("googleusercontent.com", "googleusercontent", "config/credential-format", "googleusercontent"),
    ("${ZOHO_ID}", "417209385561-8vq2k0fj.apps.googleusercontent.com", "config/credential-format", "googleusercontent"),
    (
        "'${AZURE}'",
        "'${OPEN_API_KEY}'}\n      - {Name: ApiVersion, Value: '${OPEN_API_KEY}'",
        "config/same-secret",
        "ApiVersion",
    ),
    ("${PAYPAL_ID}", "${PAYPAL_APP_SECRET_KEY}", "config/values-swapped", "PAYPAL_APP_SECRET_KEY"),
    ("brightpath-cafe", "'acct:brightpath-cafe@1f2e'", "config/value-form", "NEPOrganization"),
    ("brightpath-cafe", "brightpath-cafe@1f2e", "config/value-form", "NEPOrganization"),
    ("mira@brightpath", "mira", "config/value-form", "Value: mira"),
    ("api.mypurecloud", "login.mypurecloud", "config/value-form", "BaseUrl"),
    ("      - {Name: SecretKey, Value: '${EMARSYS}'}\n", "", "config/missing-field", "Properties:"),
    (
        "{Name: Environment, Value: Production}\n      - {Name: ClientId",
        "{Name: Environment, Value: Sandbox}\n      - {Name: ClientId",
        "config/forbidden-field",
        "Sandbox",
    ),
    (
        "'${TIKTOK_ID}'}\n",
        "'${TIKTOK_ID}'}\n      - {Name: ApiKey, Value: '${TIKTOK_KEY}'}\n",
        "config/forbidden-field",
        "ApiKey",
    ),
    ("      - {Name: ClientSecret, Value: '${TIKTOK_SECRET}'}\n", "", "config/missing-field", "Properties:"),
    ("${JIRA}", "silver otter #84 lane", "config/value-truncated", "otter"),
    ("'${AZURE}'", "'${OPEN}'", "config/same-secret", "Name: ApiKey"),
    ("Value: crm.brightpath.example", "Value: crm.brightpath.example:8080", "config/value-form", "Domain"),
    ("'https://board.brightpath.example'", "'https://board.brightpath.example/'", "config/value-form", "JIRAURL"),
    (
        "'https://board.brightpath.example'",
        "'https://board.brightpath.example/jira/software/boards/4'",
        "config/value-form",
        "JIRAURL",
    ),
    ("Value: crm.brightpath.example", "Value: brightpath", "config/value-form", "Domain"),
    ("Value: brightchain", "Value: brightchain.foodtec.example", "config/value-form", "ChainName"),
    ("Value: brightchain", "Value: https://brightchain.foodtec.example", "config/value-form", "ChainName"),
    ("Value: Production", "Value: Live", "config/value-form", "Live"),
    ("'https://pos.", "'https:/pos.", "config/value-form", "ServerUrl"),
    ("'https://pos.", "'htps://pos.", "config/value-form", "ServerUrl"),
    ("'https://pos.", "'https//pos.", "config/value-form", "ServerUrl"),
    ("'https://pos.", "'pos.", "config/value-form", "ServerUrl"),
    ("post@brightpath", "post.brightpath", "config/value-form", "EmailAddress"),
    ("      - {Name: SigningSecret, Value: '${DOORDASH}'}\n", "", "config/missing-field", "Properties:"),
    ("      - {Name: AzureApiKey, Value: '${AZURE}'}\n", "", "config/missing-field", "Properties:"),
    ("Value: shop.brightpath", "Value: https://shop.brightpath", "config/value-form", "Name: Domain"),
    ("Value: shop}", "Value: shop.brightpath.example}", "config/value-form", "StoreCode"),
    ("Value: mm5", "Value: /mm5/admin", "config/value-form", "Folder"),
    ("'https://api.ote-godaddy.com'", "test", "config/value-form", "ServerName"),
    ("Value: app}", "Value: https://app.candidatehub.example}", "config/value-form", "Subdomain"),
    ("'false'", "'no'", "config/value-form", "OnPremisesInstallation"),
    ("https://board", "board", "config/value-form", "JIRAURL"),
    ("Value: crm.", "Value: https://crm.", "config/value-form", "crm."),
    ("Value: crm.brightpath.example", "Value: crm.brightpath.example/login", "config/value-form", "crm."),
    ("'8080'", "'https'", "config/value-form", "Port"),
    ("Value: brightpath}", "Value: brightpath.onelogin.com}", "config/value-form", "Subdomain"),
    ("Value: Production", "Value: Live", "config/value-form", "Live"),
    ("${PAYPAL_ID}", "${PAYPAL_ENVIRONMENT}", "config/values-swapped", "PAYPAL_ENVIRONMENT"),
    ("Properties: []", "Properties: [{Name: ApiKey, Value: '${K}'}]", "config/forbidden-field", "ApiKey"),
    ("Properties: []", "Properties: [{Name: Password, Value: '${K}'}]", "config/forbidden-field", "Password"),
];

const IN_INSTALL: [Mistake; 3] = [
    ("2031-04-30T10:00:00Z", "tomorrow", "config/credential-format", "AuthValue:"),
    ("AccessToken", "access_token", "config/credential-format", "AuthValue:"),
    ("\"2031-04-30T10:00:00Z\"", "3600", "config/credential-format", "AuthValue:"),
];

#[test]
fn wrong_configurations_are_blamed_on_the_line() {
    let mut missed = Vec::new();
    let groups: [(&str, &str, &[Mistake]); 5] = [
        (FORMS, "brightpath.connector.yaml", &IN_FORMS),
        (DROPBOX, "brightpath.connector.yaml", &IN_DROPBOX),
        (ODOO, "brightpath.connector.yaml", &IN_ODOO),
        (LAUNCH, "launch.json", &IN_LAUNCH),
        (INSTALL, "install.connector.yaml", &IN_INSTALL),
    ];
    for (text, path, mistakes) in groups {
        assert_right(path, text);
        for (right, wrong, rule, line) in mistakes {
            assert!(text.contains(right), "{right} is not in the text");
            let text = text.replacen(right, wrong, 1);
            let outcome = check(&[(path.to_owned(), text)]);
            let place = |found: &connlint::testing::diagnostic::Diagnostic| {
                let source = &outcome.sources[&found.finding.primary.span.file];
                source
                    .line_span(source.line(found.finding.primary.span.start))
                    .map(|span| source.slice(span).to_owned())
                    .unwrap_or_default()
            };
            if !outcome.diagnostics.iter().any(|found| found.rule == *rule && place(found).contains(line)) {
                let told: Vec<String> = outcome
                    .diagnostics
                    .iter()
                    .map(|found| format!("{}: {} at {:?}", found.rule, found.finding.message, place(found)))
                    .collect();
                missed.push(format!("{rule} for {wrong:?}, but {told:#?}"));
            }
        }
    }
    assert!(missed.is_empty(), "{}", missed.join("\n"));
}

#[test]
fn the_names_of_template_variables_are_references_unless_they_name_nothing() {
    for (value, is_placeholder) in [
        ("{{ BRIGHTPATH_DROPBOX_SECRET }}", false),
        ("{{DROPBOX_SECRET}}", false),
        ("{{ CLIENT_SECRET }}", true),
        ("{{API_KEY}}", true),
        ("{{ YOUR_DROPBOX_SECRET }}", true),
        ("{{ClientSecret}}", true),
        ("{{SECRET}}", true),
    ] {
        let text = DROPBOX.replace("${DROPBOX_SECRET}", &format!("\"{value}\""));
        let outcome = check(&[("brightpath.connector.yaml".to_owned(), text)]);
        let found = outcome.diagnostics.iter().any(|found| found.rule == "config/placeholder-left");
        assert_eq!(found, is_placeholder, "{value}");
    }
}
