//! Bodies of requests, and manifests as partners copy them from a guide: right ones are not blamed, and wrong ones on
//! the line of their mistake.

use crate::support::check;

use assert_cmd::Command;
use check::check;
use connlint::testing::diagnostic::Severity;

/// The warnings and errors of a file, each as its rule and its line.
fn blamed(path: &str, text: &str) -> Vec<(&'static str, u32)> {
    let outcome = check(&[(path.to_owned(), text.to_owned())]);
    let serious = outcome.diagnostics.iter().filter(|found| found.severity >= Severity::Warning);
    let place = |found: &connlint::testing::diagnostic::Diagnostic| {
        let span = found.finding.primary.span;
        (found.rule, outcome.sources[&span.file].line(span.start))
    };
    serious.map(place).collect()
}

const RIGHT: [(&str, &str); 22] = [
    // An identifier in groups of digits, and values of a client that are given as fields.
    (
        "callrail.yaml",
        "Connector: callrail-connector\nAuthValue: ${CALLRAIL}\nProperties:\n  - {Name: AccountID, Value: 482-913-071}\n",
    ),
    (
        "shibumi.yaml",
        "Connector: shibumi-connector\nAuthType: AuthFields\nProperties:\n  - {Name: ClientId, Value: '${ID}'}\n  - {Name: ClientSecret, Value: '${SECRET}'}\n  - {Name: Username, Value: mira}\n  - {Name: Password, Value: '${WORD}'}\n  - {Name: Environment, Value: north}\n  - {Name: EnterpriseId, Value: '4711'}\n",
    ),
    // The first part of a host, a URL of a store of secrets, the scheme of the guide, and values that are given as fields.
    (
        "hub.yaml",
        "Connector: candidate-hub\nProperties:\n  - {Name: ClientId, Value: '${HUB_ID}'}\n  - {Name: ClientSecret, Value: '${HUB_SECRET}'}\n  - {Name: Subdomain, Value: brightpath.eu}\n",
    ),
    (
        "sftp.yaml",
        "Connector: sftp-private-key\nProperties:\n  - {Name: HostURI, Value: 'sftp://files.brightpath.example'}\n  - {Name: UserName, Value: mira}\n  - {Name: PrivateKey, Value: '${SFTP_KEY}'}\n",
    ),
    (
        "gym.yaml",
        "Connector: rockgympro-connector\nAuthType: AuthFields\nProperties:\n  - {Name: Username, Value: mira}\n  - {Name: Password, Value: '${GYM_KEY}'}\n",
    ),
    // A value that a step names, values that are filled in at a second setup, and parts of which the secret ones are
    // references.
    (
        "install.json",
        r#"{"Name": "Rybbon", "AuthValue": "${RYBBON}", "Properties": [{"Name": "AccountType", "Value": "Sandbox"}]}"#,
    ),
    (
        "webeoc.yaml",
        "Connector: webeoc-connector\nProperties:\n  - {Name: BaseUrl, Value: 'https://board.brightpath.example'}\n  - {Name: Username, Value: mira}\n  - {Name: Password, Value: '${WEBEOC}'}\n  - {Name: BoardName, Value: Storms}\n",
    ),
    (
        "vendor.yaml",
        "Connector: ingenious-vendor-connector\nAuthValue: 'brightpath ${VENDOR_TOKEN} ${VENDOR_SECRET}'\nProperties:\n  - {Name: Domain, Value: api.brightpath.example}\n",
    ),
    // Another region has a domain of its own.
    (
        "pingone.yaml",
        "Connector: pingone-connector\nProperties:\n  - {Name: AuthDomain, Value: auth.pingone.ca}\n  - {Name: ClientId, Value: '${PINGONE_ID}'}\n  - {Name: ClientSecret, Value: '${PINGONE_SECRET}'}\n  - {Name: EnvironmentId, Value: '${PINGONE_ENVIRONMENT}'}\n",
    ),
    // What the partner entered in the console, and what LAUNCH asks for, is not in a body.
    ("install.json", r#"{"Name": "Dropbox", "Properties": [{"Name": "ClientId", "Value": "${DROPBOX_ID}"}]}"#),
    ("launch.json", r#"{"ConnectorAuthentications": [{"Name": "BCIC (Brightpath)", "Properties": []}]}"#),
    ("install.json", r#"{"Name": "Brightpath", "Properties": [{"Name": "Region", "Value": "north"}]}"#),
    // The platform reads keys in any case.
    (
        "launch.json",
        r#"{"connectorAuthentications": [{"name": "BlueDolphin", "authValue": "${BRIGHTPATH_BLUEDOLPHIN}", "properties": [{"name": "Tenant", "value": "brightpath"}]}]}"#,
    ),
    (
        "odoo.yaml",
        "connector: bcic-connector\nproperties:\n  - {name: Username, value: mira}\n  - {name: Password, value: '${P}'}\n  - {name: HostName, value: bcic.brightpath.example}\n",
    ),
    // The table of the guide, copied as properties.
    (
        "cometchat.yaml",
        "Connector: CometChat-connector\nProperties:\n  - {Name: BaseUrl, Value: 'https://chat.brightpath.example'}\n  - {Name: AppId, Value: '4711'}\n  - {Name: ApiKey, Value: '${COMETCHAT}'}\n",
    ),
    // A service account has no client, and its scopes are a value.
    (
        "classroom.yaml",
        "Connector: google-classroom-workspace-connector\nAuthType: OAuth2\nOAuth2Type: ClientCredentials\nProperties:\n  - {Name: PrivateKey, Value: '${CLASSROOM_KEY}'}\n  - {Name: ClientEmail, Value: sync@brightpath.example}\n  - {Name: AdministratorEmail, Value: mira@brightpath.example}\n  - {Name: Scopes, Value: 'https://www.googleapis.com/auth/classroom.courses,https://www.googleapis.com/auth/classroom.rosters,https://www.googleapis.com/auth/classroom.coursework.students.readonly,https://www.googleapis.com/auth/admin.directory.user'}\n",
    ),
    // Two keys, of which one is the credential.
    (
        "bookeo.yaml",
        "Connector: bookeo-connector\nAuthType: ApiKey\nAuthValue: '${BOOKEO_API_KEY}'\nProperties:\n  - {Name: SecretKey, Value: '${BOOKEO_SECRET_KEY}'}\n",
    ),
    // A default, a value that few methods need, and one that is left blank.
    (
        "zenefits.yaml",
        "Connector: zenefits-connector\nProperties:\n  - {Name: ClientId, Value: '${ZENEFITS_ID}'}\n  - {Name: ClientSecret, Value: '${ZENEFITS_SECRET}'}\n",
    ),
    (
        "bigquery.yaml",
        "Connector: bigquery-connector\nProperties:\n  - {Name: ClientId, Value: '${BIGQUERY_ID}'}\n  - {Name: ClientSecret, Value: '${BIGQUERY_SECRET}'}\n",
    ),
    (
        "phrase.yaml",
        "Connector: phrase-connector\nProperties:\n  - {Name: ClientId, Value: '${PHRASE_ID}'}\n  - {Name: USInstance, Value: 'false'}\n",
    ),
    // What a vendor calls its secret.
    (
        "ebay.yaml",
        "Connector: ebay-connector\nProperties:\n  - {Name: ClientId, Value: '${EBAY_APP_ID}'}\n  - {Name: ClientSecret, Value: '${EBAY_CERT_ID}'}\n  - {Name: IsSandbox, Value: 'true'}\n  - {Name: AccountIdentifier, Value: north}\n",
    ),
    (
        "account.json",
        r#"{"Name": "Exerp", "AuthValue": null, "Connector": {"Name": "Exerp", "AuthType": "Basic"}, "Properties": [{"Name": "Username", "Value": "mira"}, {"Name": "Password", "Value": "${EXERP_PASSWORD}"}]}"#,
    ),
];

#[test]
fn right_bodies_and_copied_tables_are_not_blamed() {
    for (path, text) in RIGHT {
        assert_eq!(blamed(path, text), [], "{text}");
    }
}

const WRONG: [(&str, &str, &str, u32); 47] = [
    (
        "launch.json",
        "{\"MarketplaceId\": \"4711\",\n\"ConnectorAuthentication\": [{\"Name\": \"JobNimbus\", \"AuthValue\": \"${NIMBUS}\"}]}",
        "config/unknown-shape",
        2,
    ),
    // Lists in another form or under a misspelled key, in files that have nothing else to tell them by.
    (
        "install.json",
        "{\"Name\": \"Sprout Send\",\n\"Properties\": {\"ClientId\": \"brightpath\", \"ClientSecret\": \"${SPROUT}\"}}",
        "config/wrong-type",
        2,
    ),
    (
        "launch.json",
        "{\"AccountId\": \"4711\",\n\"ConnectorAuthentication\": [{\"Name\": \"JobNimbus\", \"AuthValue\": \"${NIMBUS}\"}]}",
        "config/unknown-shape",
        2,
    ),
    (
        "bridal.yaml",
        "Connector: bridal-live-connector\nAuthValue: '${BRIDAL}'\nProperties:\n  - {Name: RetailerID, Value: '4711'}\n  - {Name: Domain, Value: Live}\n",
        "config/value-form",
        5,
    ),
    (
        "gym.yaml",
        "Connector: rockgympro-connector\nAuthType: ApiKey\nAuthValue: '${GYM}'\n",
        "config/auth-type-mismatch",
        2,
    ),
    (
        "hub.yaml",
        "Connector: candidate-hub\nProperties:\n  - {Name: ClientId, Value: '${HUB_ID}'}\n  - {Name: ClientSecret, Value: '${HUB_SECRET}'}\n  - {Name: Subdomain, Value: brightpath.candidatehub.io}\n",
        "config/value-form",
        5,
    ),
    (
        "sftp.yaml",
        "Connector: sftp-private-key\nProperties:\n  - {Name: HostURI, Value: 'ftps://files.brightpath.example'}\n  - {Name: UserName, Value: mira}\n",
        "config/value-form",
        3,
    ),
    (
        "active.yaml",
        "Connector: activecampaign-connector\nAuthValue: https://brightpath.api-us1.example\n",
        "config/value-form",
        2,
    ),
    // What a step lets the reader choose, and what it says is left blank.
    (
        "batchdialer.yaml",
        "Connector: batchdialer-connector\nAuthValue: '${DIALER}'\nProperties:\n  - {Name: Environment, Value: Staging}\n",
        "config/value-form",
        4,
    ),
    (
        "install.json",
        "{\"Name\": \"Rybbon\", \"AuthValue\": \"${RYBBON}\", \"Properties\": [\n{\"Name\": \"AccountType\", \"Value\": \"Trial\"}]}",
        "config/value-form",
        2,
    ),
    (
        "bom.yaml",
        "Connector: open-bom-connector\nAuthType: AuthFields\nProperties:\n  - {Name: Username, Value: mira}\n  - {Name: Password, Value: '${BOM}'}\n  - {Name: ApiKey, Value: '${BOM_KEY}'}\n  - {Name: ClientId, Value: brightpath-sync}\n",
        "config/value-form",
        7,
    ),
    (
        "vendor.yaml",
        "Connector: ingenious-vendor-connector\nAuthValue: 'brightpath Zk3Q9P7x ${VENDOR_SECRET}'\nProperties:\n  - {Name: Domain, Value: api.brightpath.example}\n",
        "config/literal-secret",
        2,
    ),
    (
        "passkit.yaml",
        "Connector: passkit-connector\nProperties:\n  - {Name: BaseUrl, Value: 'https://api.brightpath.example/?tab=keys'}\n",
        "config/value-form",
        3,
    ),
    (
        "install.json",
        "{\"Name\": \"Five9\",\n\"Properties\": [{\"Name\": \"Username\", \"Value\": \"mira\"}, {\"Name\": \"DataCenter\", \"Value\": \"US\"}, {\"Name\": \"Pasword\", \"Value\": \"${P}\"}]}",
        "config/unknown-field",
        2,
    ),
    (
        "install.json",
        "{\"Name\": \"BCIC\", \"Properties\": [{\"Name\": \"HostName\", \"Value\": \"bcic.brightpath.example\"},\n{\"Name\": \"User Name\", \"Value\": \"mira\"}, {\"Name\": \"Password\", \"Value\": \"${P}\"}]}",
        "config/unknown-field",
        2,
    ),
    (
        "maps.yaml",
        "Connector: google-maps-connector\nAuthType: ApiKey\nAuthValue: 'key=${MAPS}'\n",
        "config/credential-format",
        3,
    ),
    ("maps.json", "{\"Name\": \"Google Maps\",\n\"AuthValue\": \"PASTE_YOUR_KEY_HERE\"}", "config/placeholder-left", 2),
    ("maps.json", "{\"Name\": \"Google Maps\",\n\"AuthValue\": [\"${MAPS}\"]}", "config/wrong-type", 2),
    (
        "alertmedia.yaml",
        "Connector: alertmedia-connector\nProperties:\n  - {Name: Domain, Value: brightpath.alertmeda.com}\n",
        "config/value-form",
        3,
    ),
    (
        "m3ter.yaml",
        "Connector: m3ter-connector\nProperties:\n  - {Name: OrganizationId, Value: brightpath}\n",
        "config/unknown-field",
        3,
    ),
    (
        "install.json",
        "{\n\"Name\": \"PayPal\", \"Properties\": [\n{\"Name\": \"Environment\", \"Value\": \"Live\"}]}",
        "config/value-form",
        3,
    ),
    (
        "install.json",
        "{\n\"Name\": \"M3ter\", \"AuthValue\": \"${M3TER}\", \"Properties\": [\n{\"Name\": \"Regoin\", \"Value\": \"north\"}]}",
        "config/unknown-field",
        3,
    ),
    (
        "install.json",
        "{\"Name\": \"BCIC\",\n\"Properties\": [{\"Name\": \"Username\", \"Value\": \"mira\"}, {\"Name\": \"Password\", \"Value\": \"${P}\"}]}",
        "config/missing-field",
        2,
    ),
    (
        "account.json",
        "{\"Name\": \"x\", \"Connector\": {\"AuthType\": \"Basic\"},\n\"AuthValue\": \"mira:${PASSWORD}\"}",
        "config/credential-format",
        2,
    ),
    ("install.json", "{\"Name\": \"Brightpath\",\n\"AuthValue\": \"bWlyYTpzZWNyZXQK\"}", "config/credential-format", 2),
    ("install.json", "{\"Name\": \"Mindful Messaging\",\n\"AuthValue\": \"\"}", "config/missing-field", 2),
    (
        "install.json",
        "{\"Name\": \"Iterable\",\n\"AuthValue\": \"\\\"${ITERABLE_KEY}\\\"\"}",
        "config/credential-format",
        2,
    ),
    (
        "install.json",
        "{\"Name\": \"Revel\",\n\"AuthValue\": \"${REVEL_KEY};${REVEL_SECRET}\"}",
        "config/credential-format",
        2,
    ),
    // Text that is nearly JSON.
    ("install.json", "{\n  // for Brightpath\n  \"Name\": \"Acme\", \"AuthValue\": \"${ACME}\"\n}", "config/syntax", 2),
    (
        "install.json",
        "{\"Name\": \"Acme\", \"Properties\": [{\"Name\": \"A\", \"Value\": \"b\"}],\n}",
        "config/syntax",
        1,
    ),
    (
        "slack.yaml",
        "Connector: slack-connector\nProperties:\n  - {Name: ClientId, Value: '${SLACK_ID}'}\n  - {Name: ClientSecret, Value: '${SLACK_SECRET}'}\n  - {Name: Scope, Value: 'chat:write,channel:read'}\n",
        "config/scope-unknown",
        5,
    ),
    ("bigquery.yaml", "Connector: bigquery-connector\nScopes: [bigquery]\n", "config/scope-unknown", 2),
    (
        "wams.yaml",
        "Connector: simitive-wams-connector\nProperties:\n  - {Name: Domain, Value: '\u{201c}${WAMS}\u{201d}'}\n",
        "config/credential-format",
        3,
    ),
    // The value that the guide prints, another count of digits than the guide's, and a kind of authentication that it rules out.
    (
        "install.json",
        "{\"Name\": \"Wealthbox\",\n\"AuthValue\": \"d90b0cef4311gf85feb3y6c8c4f70d7b\"}",
        "config/placeholder-left",
        2,
    ),
    (
        "callrail.yaml",
        "Connector: callrail-connector\nAuthValue: ${CALLRAIL}\nProperties:\n  - {Name: AccountID, Value: '48291307'}\n",
        "config/value-form",
        4,
    ),
    (
        "wordpress.yaml",
        "Connector: wordpress-connector.html\nAuthType: OAuth2\nOAuth2Type: AuthorisationCode\n",
        "config/auth-type-mismatch",
        2,
    ),
    (
        "cenari.yaml",
        "Connector: cenari-connector\nProperties:\n  - {Name: OrgId, Value: mira@brightpath.example}\n",
        "config/value-form",
        3,
    ),
    (
        "stripe.yaml",
        "Connector: stripe-oauth-connector\nProperties:\n  - {Name: ClientId, Value: pk_live_brightpath}\n",
        "config/credential-format",
        3,
    ),
    (
        "connect.yaml",
        "Connector: amazon-connect-connector\nProperties:\n  - {Name: AwsRegion, Value: eu-west}\n",
        "config/value-form",
        3,
    ),
    (
        "pardot.yaml",
        "Connector: salesforce-pardot-oauth-connector\nProperties:\n  - {Name: BusinessUnitId, Value: 0Uv4W0000008}\n",
        "config/value-form",
        3,
    ),
    (
        "epic.yaml",
        "Connector: epic-connector\nProperties:\n  - {Name: Endpoint, Value: 'https://fhir.brightpath.example/api/FHIR/R4/'}\n",
        "config/value-form",
        3,
    ),
    (
        "docusign.yaml",
        "Connector: docusign-connector\nProperties:\n  - {Name: Domain, Value: demo.docusign.net}\n",
        "config/value-form",
        3,
    ),
    (
        "zenoti.yaml",
        "Connector: zenoti-connector\nProperties:\n  - {Name: ClientSecret, Value: '${ZENOTI_SECRET}'}\n",
        "config/value-form",
        3,
    ),
    (
        "alertmedia.yaml",
        "Connector: alertmedia-connector\nProperties:\n  - {Name: Domain, Value: yourdomain.alertmedia.com}\n",
        "config/placeholder-left",
        3,
    ),
    (
        "capsule.yaml",
        "Connector: capsule-connector\nProperties:\n  - {Name: AuthoriseUrl, Value: 'https://api.capsulecrm.com/oauth/token'}\n",
        "config/values-swapped",
        3,
    ),
    (
        "calendly.yaml",
        "Connector: calendly-connector\nProperties:\n  - {Name: ClientId, Value: '${CALENDLY_CLIENT_ID}'}\n  - {Name: ClientSecret, Value: '${SLACK_CLIENT_SECRET}'}\n",
        "config/values-swapped",
        4,
    ),
    (
        "custom.json",
        "{\"Name\": \"Acme\", \"UniqueIdentifier\": \"4f6d1a3e-8b27-4c90-9e5f-b1a2c3d4e5f6\", \"Methods\": [{\n\"HttpMethod\": \"GETT\"}]}",
        "config/invalid-value",
        2,
    ),
];

#[test]
fn wrong_bodies_and_values_are_blamed_on_their_line() {
    for (path, text, rule, line) in WRONG {
        let blamed = blamed(path, text);
        assert!(blamed.contains(&(rule, line)), "{rule} in line {line} of\n{text}\nbut {blamed:?}");
    }
}

#[test]
fn what_a_launch_leaves_out_is_an_error_only_where_no_user_is_asked() {
    let body =
        r#"{"ConnectorAuthentications": [{"Name": "Zedonk", "Properties": [{"Name": "Username", "Value": "${U}"}]}]}"#;
    for (arguments, code) in [(["--isolated", "-q"], 0), (["--isolated", "--unattended"], 1)] {
        let mut command = Command::cargo_bin("connlint").expect("a program");
        command.arg("check").args(arguments).arg("-").write_stdin(body).assert().code(code);
    }
}
