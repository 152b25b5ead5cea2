//! `connlint new` and `connlint schema`, through the binary: what is begun passes the check, says
//! what the guide says, and never takes another file's place.

#![allow(clippy::disallowed_methods, reason = "the tests write the files to be checked")]

use std::fs;
use std::path::Path;

use assert_cmd::Command;
use serde_json::Value;
use tempfile::TempDir;

const DOMAIN: &str = "acme-h.example.com";

/// Connectors of every kind of authentication, with and without optional values.
const TEN: [&str; 10] = [
    "pipedrive-oauth-connector", "slack-connector", "hubspot-connector", "docusign-connector", "Akeneo-connector",
    "Cardpointe-connector", "Akken-connector", "CometChat-connector", "mindbody-connector", "tripleseat",
];

struct Output {
    code: i32,
    stdout: String,
    stderr: String,
}

fn run(folder: &Path, arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_connlint"));
    let output = command.current_dir(folder).args(arguments).output().expect("it runs");
    Output {
        code: output.status.code().expect("an exit code"),
        stdout: String::from_utf8(output.stdout).expect("UTF-8"),
        stderr: String::from_utf8(output.stderr).expect("UTF-8"),
    }
}

/// What a command that must succeed prints.
fn printed(folder: &Path, arguments: &[&str]) -> String {
    let output = run(folder, arguments);
    assert_eq!(output.code, 0, "{arguments:?}: {}", output.stderr);
    output.stdout
}

fn json(text: &str) -> Value {
    serde_json::from_str(text).expect("JSON")
}

fn folder() -> TempDir {
    TempDir::new().expect("a folder")
}

fn config(folder: &Path, connector: &str, format: &str) -> String {
    printed(folder, &["new", "config", connector, "--service-domain", DOMAIN, "--format", format])
}

/// A new manifest with the grant that its guide leaves open.
fn with_grant(text: &str) -> String {
    let open = "# OAuth2Type: \"AuthorisationCode\"";
    if text.starts_with('{') {
        let mut manifest = json(text);
        if manifest["AuthType"] == "OAuth2" && manifest["OAuth2Type"].is_null() {
            manifest["OAuth2Type"] = "ClientCredentials".into();
        }
        return manifest.to_string();
    }
    text.replace(open, "OAuth2Type: \"ClientCredentials\"")
}

/// The manifest with the values that it only shows.
fn with_optional_values(yaml: &str) -> String {
    let spelt =
        [("\n# Properties:", "\nProperties:"), ("\n  # - Name:", "\n  - Name:"), ("\n  #   Value:", "\n    Value:")];
    spelt.iter().fold(yaml.to_owned(), |text, (from, to)| text.replace(from, to))
}

#[test]
fn a_configuration_for_every_known_connector_passes() {
    let (empty, configs) = (folder(), folder());
    let known = json(&printed(empty.path(), &["connectors", "--format", "json"]));
    let known = known.as_array().expect("a list");
    assert!(known.len() > 300, "{}", known.len());
    for row in known {
        let permalink = row["permalink"].as_str().expect("a permalink");
        let yaml = config(empty.path(), permalink, "yaml");
        assert!(yaml.contains(&format!("Connector: \"{permalink}\"")), "{yaml}");
        let write = |end: &str, text: &str| fs::write(configs.path().join(format!("{permalink}{end}")), text).unwrap();
        let yaml = with_grant(&yaml);
        let complete = with_optional_values(&yaml);
        if complete != yaml {
            write("-complete.connector.yaml", &complete);
        }
        write(".connector.yaml", &yaml);
    }
    let checked = run(configs.path(), &["check", "--fail-on", "warning"]);
    assert_eq!((checked.code, checked.stdout.contains("no findings")), (0, true), "{}", checked.stdout);
}

#[test]
fn both_languages_say_the_same() {
    let folder = folder();
    for connector in TEN {
        let yaml = config(folder.path(), connector, "yaml");
        let source = connlint::testing::source::SourceFile::new(
            connlint::testing::source::FileId::default(),
            "a.yaml",
            yaml.as_str(),
        );
        let read = connlint::testing::tree::yaml::parse(&source, 0..yaml.len());
        assert!(read.problems.is_empty(), "{connector}");
        assert_eq!(read.documents[0].to_json(), json(&config(folder.path(), connector, "json")), "{connector}");
    }
}

/// The values that the guide of a connector asks for: the name in a configuration, and the line.
fn demands(folder: &Path, connector: &str) -> Vec<(String, u64)> {
    let row = json(&printed(folder, &["connectors", connector, "--format", "json"]));
    let fields = row[0]["contract"]["fields"].as_array().expect("fields").clone();
    let required = fields.into_iter().filter(|field| field["optional"] == false);
    required
        .map(|field| (field["key"].as_str().expect("a key").to_owned(), field["line"].as_u64().expect("a line")))
        .collect()
}

/// A manifest without one of its values: `AuthValue` or a property.
fn without(manifest: &Value, key: &str) -> Option<Value> {
    let mut manifest = manifest.clone();
    let members = manifest.as_object_mut()?;
    if key == "AuthValue" {
        return members.remove(key).map(|_| manifest);
    }
    let properties = members.get_mut("Properties")?.as_array_mut()?;
    let before = properties.len();
    properties.retain(|property| property["Name"] != key);
    (properties.len() < before).then_some(manifest)
}

#[test]
fn a_value_taken_away_is_missed_with_the_line_of_the_guide() {
    let (empty, mut cases) = (folder(), 0);
    for connector in TEN {
        let manifest = json(&with_grant(&config(empty.path(), connector, "json")));
        let demands = demands(empty.path(), connector);
        let mut taken: Vec<(&str, Vec<u64>)> = Vec::new();
        for (key, _) in &demands {
            let lines = demands.iter().filter(|(other, _)| other == key).map(|(_, line)| *line).collect();
            taken.push((key, lines));
        }
        // What makes up the credentials stands together in one value.
        taken.push(("AuthValue", demands.iter().map(|(_, line)| *line).collect()));
        let mut of_connector = 0;
        for (key, lines) in taken {
            let Some(lacking) = without(&manifest, key) else { continue };
            of_connector += 1;
            let file = empty.path().join("lacking.connector.json");
            fs::write(&file, lacking.to_string()).unwrap();
            let report = json(
                &run(empty.path(), &["check", "--unattended", "--format", "json", "lacking.connector.json"]).stdout,
            );
            fs::remove_file(file).unwrap();
            let found = report["diagnostics"].as_array().expect("diagnostics");
            assert_eq!(found.len(), 1, "{connector} without {key}: {found:#?}");
            assert_eq!(found[0]["rule"], "config/missing-field", "{connector} without {key}");
            let help = found[0]["help"].as_str().expect("help");
            let named = lines.iter().any(|line| help.contains(&format!("`{connector}`, line {line}")));
            assert!(named, "{connector} without {key}: {help}");
        }
        assert!(of_connector > 0, "{connector} asks for nothing");
        cases += of_connector;
    }
    assert!(cases >= 20, "{cases}");
}

#[test]
fn nothing_is_overwritten() {
    let folder = folder();
    let path = folder.path().join("a.connector.json");
    let arguments = ["new", "config", "slack-connector", "--service-domain", DOMAIN, "--output", "a.connector.json"];
    assert_eq!(printed(folder.path(), &arguments), "");
    assert_eq!(
        json(&fs::read_to_string(&path).unwrap())["Connector"],
        "slack-connector",
        "the name tells the language"
    );
    fs::write(&path, "mine").unwrap();
    for arguments in [&arguments[..], &["new", "guide", "Acme", "-o", "a.connector.json"]] {
        let output = run(folder.path(), arguments);
        assert_eq!(output.code, 2);
        assert!(output.stderr.contains("`a.connector.json` already exists"), "{}", output.stderr);
        assert_eq!(fs::read_to_string(&path).unwrap(), "mine");
    }
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1, "nothing is left beside the file");
}

#[test]
fn wrong_arguments_are_told() {
    let folder = folder();
    for (arguments, told) in [
        (&["config", "slakc-connector"][..], "unknown connector `slakc-connector`; did you mean `slack-connector`?"),
        (&["config", "slack-connector"], "--service-domain HOST"),
        (&["config", "slack-connector", "--service-domain", "https://acme.example.com"], "invalid host name"),
        (&["config", "slack-connector", "--service-domain", "localhost"], "local host"),
        (&["guide", "A <b>"], "invalid character '<'"),
        (&["guide", "…"], "cannot make a permalink"),
    ] {
        let output = run(folder.path(), &[&["new"], arguments].concat());
        assert_eq!((output.code, output.stdout.as_str()), (2, ""), "{arguments:?}");
        assert!(output.stderr.contains(told), "{arguments:?}: {}", output.stderr);
    }
}

#[test]
fn a_connector_is_found_by_its_name_and_in_any_case() {
    let folder = folder();
    for name in ["Slack", "slack", "SLACK-CONNECTOR"] {
        assert_eq!(json(&config(folder.path(), name, "json"))["Connector"], "slack-connector", "{name}");
    }
}

#[test]
fn what_a_guide_leaves_open_is_a_comment() {
    let folder = folder();
    let yaml = config(folder.path(), "pipedrive-oauth-connector", "yaml");
    assert!(yaml.contains("\n    Value: \"${PIPEDRIVE_CLIENT_ID}\"\n"), "{yaml}");
    assert!(yaml.contains("Read only, Full access.\n# Scopes: []\n"), "{yaml}");
    assert!(config(folder.path(), "FIVECRM-connector", "yaml").contains("\n# AuthType: "));
    let yaml = config(folder.path(), "paypal-connector", "yaml");
    assert!(yaml.contains("\n# OAuth2Type: ") && !yaml.contains("CallbackUrl:"), "{yaml}");
    let yaml = config(folder.path(), "pingone-connector", "yaml");
    assert!(yaml.contains("\nOAuth2Type: \"ClientCredentials\"") && !yaml.contains("CallbackUrl:"), "{yaml}");
    assert!(config(folder.path(), "slack-connector", "yaml").contains(", optional.\n  # - Name: \"Scopes\"\n"));
}

#[test]
fn guides_pass_and_make_configurations() {
    let folder = folder();
    for (index, name) in ["Acme", "Zoho CRM (OAuth 2.0)", "AT&T Mail", "C#", "Étoile 3"].into_iter().enumerate() {
        printed(folder.path(), &["new", "guide", name, "--output", &format!("{index}.md")]);
    }
    let config = ["new", "config", "acme-connector", "--service-domain", DOMAIN, "--output", "a.connector.yaml"];
    printed(folder.path(), &config);
    let checked = run(folder.path(), &["check", "--fail-on", "warning"]);
    assert_eq!(
        (checked.code, checked.stdout.contains("Checked 6 files: no findings")),
        (0, true),
        "{}",
        checked.stdout
    );
    let yaml = fs::read_to_string(folder.path().join("a.connector.yaml")).unwrap();
    assert!(yaml.contains("Value: \"${ACME_CLIENT_SECRET}\""), "{yaml}");
    assert!(!yaml.contains("# AuthType"), "{yaml}");
}

#[test]
fn a_profile_without_the_text_begins_no_guide() {
    let folder = folder();
    let profile = include_str!("../../schemas/cyclr/conventions.yaml");
    let start = profile.find("  # The output of `connlint new guide`").expect("the text");
    let end = start + profile[start..].find("\npage:").expect("what follows it");
    let conventions = format!("{}{}", &profile[..start], &profile[end..]).replace('\n', "\n  ");
    fs::write(folder.path().join("own.yaml"), format!("pack: own\nconventions:\n  {conventions}\n")).unwrap();
    let output = run(folder.path(), &["new", "guide", "Acme", "--pack", "own.yaml"]);
    assert_eq!(output.code, 2);
    assert!(output.stderr.contains("`guides.skeleton`"), "{}", output.stderr);
}

#[test]
fn schemas_are_the_published_ones() {
    let folder = folder();
    for (name, text) in [
        ("config", include_str!("../../schemas/cyclr/config.schema.json")),
        ("settings", include_str!("../../schemas/settings.schema.json")),
        ("pack", include_str!("../../schemas/pack.schema.json")),
        ("scope-catalogue", include_str!("../../schemas/scope-catalogue.schema.json")),
        ("report", include_str!("../../schemas/report.schema.json")),
    ] {
        assert_eq!(printed(folder.path(), &["schema", name]), text, "{name}");
        jsonschema::meta::validate(&json(text)).unwrap_or_else(|error| panic!("{name}: {error}"));
    }
}

#[test]
fn the_schema_of_a_contract_stands_by_itself() {
    let folder = folder();
    for connector in TEN {
        let schema = json(&printed(folder.path(), &["schema", "contract", connector]));
        jsonschema::meta::validate(&schema).unwrap_or_else(|error| panic!("{connector}: {error}"));
        let validator = jsonschema::validator_for(&schema).expect("a schema");
        let manifest = json(&with_grant(&config(folder.path(), connector, "json")));
        assert!(validator.is_valid(&manifest), "{connector}");
        for (key, _) in demands(folder.path(), connector) {
            let Some(lacking) = without(&manifest, &key) else { continue };
            fs::write(folder.path().join("a.connector.json"), lacking.to_string()).unwrap();
            // What is asked for later is not demanded.
            let is_error = run(folder.path(), &["check"]).code == 1;
            assert!(!is_error || !validator.is_valid(&lacking), "{connector} without {key}");
        }
        let mut unknown = manifest;
        unknown["Colour"] = "red".into();
        assert!(!validator.is_valid(&unknown), "{connector}");
    }
    let unknown = run(folder.path(), &["schema", "contract", "slakc-connector"]);
    assert_eq!(unknown.code, 2);
    assert!(unknown.stderr.contains("did you mean `slack-connector`?"), "{}", unknown.stderr);
}

#[test]
fn schemas_tell_editors_what_to_show() {
    let folder = folder();
    let schema = json(&printed(folder.path(), &["schema", "contract", "dropbox-connector"]));
    let demands = &schema["allOf"][1]["properties"];
    assert_eq!(demands["Scopes"]["items"]["anyOf"][0]["enum"][0], "files.metadata.read");
    assert_eq!(demands["Properties"]["items"]["properties"]["Name"]["examples"][0], "ClientId");
    let description = demands["CallbackUrl"]["description"].as_str().expect("a description");
    assert!(description.contains("of the guide `dropbox-connector`"), "{description}");
    let manifest = &schema["$defs"]["manifest"]["properties"];
    assert!(manifest["Connector"]["description"].is_string() && manifest["Connector"]["examples"].is_array());
}

/// A new pack is valid as it is, and finds what is wrong in a small repository.
#[test]
fn a_new_pack_checks_a_small_site() {
    let folder = tempfile::tempdir().unwrap();
    let made = run(folder.path(), &["new", "pack", "acorn", "--output", "pack.yaml"]);
    assert_eq!(made.code, 0, "{}", made.stderr);
    let connector = folder.path().join("connectors/birch");
    std::fs::create_dir_all(&connector).unwrap();
    let page =
        "# Birch connector\n\nIt keeps lists.\n\n## Authentication\n\nCreate an API key, and enter it as **Key**.\n";
    std::fs::write(connector.join("guide.md"), page).unwrap();
    let check = |data: &str| {
        std::fs::write(connector.join("connector.yaml"), data).unwrap();
        run(
            folder.path(),
            &["check", "--isolated", "--pack", "pack.yaml", "--severity", "info", "--format", "concise", "connectors"],
        )
    };
    let right = check("title: Birch\nauth: { type: key, fields: [{ label: Key }] }\n");
    assert_eq!(
        right.stdout,
        "Checked 2 files: no findings. Links to other pages were not checked: no site root found.\n"
    );
    let wrong = check("title: Willow\nauth: { type: oauth2, fields: [{ label: Region }] }\n");
    let wrong = wrong.stdout;
    for rule in ["connector/value-differs", "connector/auth-differs", "connector/not-on-page"] {
        assert!(wrong.contains(rule), "{wrong}");
    }
    let refused = run(folder.path(), &["new", "pack", "Acorn Co"]);
    assert!(refused.code == 2 && refused.stderr.contains("lowercase letters"), "{}", refused.stderr);
}

/// A pack from samples checks them, and finds what is wrong in other connectors of the vendor.
#[test]
fn a_pack_from_samples_checks_the_other_connectors() {
    let folder = tempfile::tempdir().unwrap();
    let write = |path: &str, text: &str| {
        let path = folder.path().join(path);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    };
    let connector = |name: &str, title: &str, label: &str| {
        let page = format!(
            "# {title}\n\n## What it does\n\n- List orders\n\n## Credentials\n\nCopy the **{label}**, an API key.\n"
        );
        write(&format!("site/{name}/readme.md"), &page);
        let data = format!(
            "title: {title}\nauth:\n  type: api_key\n  fields:\n    - label: {label}\noperations:\n  - label: List orders\n"
        );
        write(&format!("site/{name}/{name}.yaml"), &data);
    };
    connector("birch", "Birch", "Secret key");
    connector("larch", "Larch", "Shop key");
    let samples = ["site/birch/readme.md", "./site/birch/birch.yaml", "site/larch/readme.md", "site/larch/larch.yaml"];
    let made = run(folder.path(), &[&["new", "pack", "acorn", "--output", "pack.yaml"][..], &samples[..]].concat());
    assert_eq!(made.code, 0, "{}", made.stderr);
    let check = || {
        let arguments =
            ["check", "--isolated", "--pack", "pack.yaml", "--severity", "info", "--format", "concise", "site"];
        run(folder.path(), &arguments)
    };
    assert_eq!(check().code, 0, "{}", check().stdout);
    connector("willow", "Willow", "Shop key");
    let page = "# Alder\n\n## Credentials\n\nSign in by OAuth.\n\n## What it does\n\n- List orders\n- List shops\n- Get shops\n";
    write("site/willow/readme.md", page);
    let wrong = check().stdout;
    for rule in ["connector/value-differs", "connector/auth-differs", "connector/not-on-page", "guide/section-order"] {
        assert!(wrong.contains(rule), "{wrong}");
    }
    let paths = [("index.md", "names a connector"), ("../x.md", "below the current folder"), ("no.md", "not exist")];
    for (sample, problem) in paths.into_iter().chain([("pack.txt", "neither a page")]) {
        write("index.md", "# All\n");
        write("pack.txt", "");
        let refused = run(folder.path(), &["new", "pack", "acorn", sample]);
        assert!(refused.code == 2 && refused.stderr.contains(problem), "{}", refused.stderr);
    }
}

/// Where one file has the data of many connectors, pages refer to its entries by a key of their front matter.
#[test]
fn a_pack_from_samples_joins_pages_to_entries() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::create_dir(folder.path().join("docs")).unwrap();
    for (name, id) in [("birch", "b7"), ("larch", "l2")] {
        let page =
            format!("---\ntitle: {name} connector\nref: {id}\npermalink: /{name}/\n---\n\n## Set up\n\nSign in.\n");
        std::fs::write(folder.path().join(format!("docs/{name}.md")), page).unwrap();
    }
    let url = "https://user:hunter2@acme.example/callback";
    std::fs::write(folder.path().join("birch.json"), format!("{{\"callback_url\": \"{url}\"}}")).unwrap();
    let secret = printed(folder.path(), &["new", "pack", "acorn", "docs/birch.md", "birch.json"]);
    assert!(!secret.contains("hunter2"), "{secret}");
    let data = "items:\n  - { id: b7, name: Birch }\n  - { id: l2, name: Larch }\n  - { id: x1, name: Alder }\n";
    std::fs::write(folder.path().join("all.yaml"), data).unwrap();
    let made = printed(folder.path(), &["new", "pack", "acorn", "docs/birch.md", "docs/larch.md", "all.yaml"]);
    for line in [
        "dialect: jekyll-kramdown",
        "guide: { glob: \"docs/{name}.md\", read: page, match: { front_matter: ref, data: data, pointer: /id } }",
        "data: { file: all.yaml, read: yaml, each: \"/items/*\" }",
        "required: [title, ref, permalink]",
        "title: { at: /name, required: true }",
    ] {
        assert!(made.contains(line), "{line}\n{made}");
    }
    std::fs::write(folder.path().join("pack.yaml"), made).unwrap();
    let checked = run(folder.path(), &["check", "--isolated", "--pack", "pack.yaml", "docs"]);
    assert_eq!(checked.code, 0, "{}", checked.stdout);
}
