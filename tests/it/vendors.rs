//! Another vendor's guides and configurations are served by data alone: `fixtures/wickerlink` holds a pack,
//! settings and a scope catalogue of an invented vendor, and the program runs on them from outside.

#![allow(clippy::unwrap_used, clippy::disallowed_methods, reason = "a test reads the fixtures and may panic")]

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use connlint::testing::profile::Profile;
use connlint::testing::source::{FileId, SourceFile};
use connlint::testing::tree::{Node, yaml};

/// What the wrong guide and the wrong configuration are told at every severity.
const TOLD: &[&str] = &[
    "connect/fennelbooks-setup.md:1:1: error[guide/front-matter-key-missing]",
    "connect/fennelbooks-setup.md:2:8: info[guide/title-format]",
    "connect/fennelbooks-setup.md:3:9: warning[guide/front-matter-value-invalid]",
    "connect/fennelbooks-setup.md:4:12: info[guide/permalink-format]",
    "connect/fennelbooks-setup.md:11:54: error[guide/callback-url-invalid]",
    "connect/fennelbooks-setup.md:11:61: error[guide/callback-url-invalid]",
    "connect/fennelbooks-setup.md:15:4: info[guide/section-name]",
    "connect/fennelbooks-setup.md:20:4: error[guide/table-not-rendered]",
    "mistaken.connector.yaml:6:22: warning[config/callback-host-suspicious]",
    "mistaken.connector.yaml:6:22: error[config/callback-url-mismatch]",
    "mistaken.connector.yaml:6:46: error[config/callback-url-invalid]",
    "mistaken.connector.yaml:7:1: warning[config/scope-not-documented]",
    "mistaken.connector.yaml:7:10: error[config/scope-unknown]",
    "mistaken.connector.yaml:7:24: warning[config/scope-not-documented]",
    "mistaken.connector.yaml:8:1: error[config/missing-field]",
    "mistaken.connector.yaml:12:12: warning[config/literal-secret]",
];

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/wickerlink")
}

/// Runs the program in the vendor's folder.
fn connlint(arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_connlint"));
    command.args(arguments).env("NO_COLOR", "1").current_dir(folder()).output().unwrap()
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).unwrap()
}

fn profile() -> Node {
    let text = std::fs::read_to_string(folder().join("pack.yaml")).unwrap();
    let source = SourceFile::new(FileId::default(), "pack.yaml", &text);
    let pack = yaml::parse(&source, 0..text.len()).documents.into_iter().next().unwrap();
    pack.get("conventions").unwrap().clone()
}

/// The schema of `conventions` in a pack.
fn conventions_schema() -> serde_json::Value {
    let schema: serde_json::Value = serde_json::from_str(include_str!("../../schemas/pack.schema.json")).unwrap();
    schema["$defs"]["conventions"].clone()
}

#[test]
fn the_schema_and_the_program_accept_the_profile() {
    let schema = conventions_schema();
    let node = profile();
    let errors: Vec<String> = jsonschema::validator_for(&schema)
        .unwrap()
        .iter_errors(&node.to_json())
        .map(|error| format!("{}: {error}", error.instance_path()))
        .collect();
    assert_eq!(errors, [""; 0]);
    let profile = Profile::from_node(&node).unwrap();
    assert_eq!(profile.connector_of_title("Connect Larchdesk"), "Larchdesk");
    assert_eq!(profile.connector_of_title("Connector Larchdesk"), "Connector Larchdesk");
    assert!(!profile.is_builtin() && Profile::builtin().is_builtin());
}

#[test]
fn what_the_schema_requires_the_program_requires() {
    let schema = conventions_schema();
    let required: Vec<&str> = schema["required"].as_array().unwrap().iter().map(|key| key.as_str().unwrap()).collect();
    for key in schema["properties"].as_object().unwrap().keys() {
        let mut node = profile();
        let connlint::testing::tree::Value::Mapping(entries) = &mut node.value else {
            panic!("a profile is a mapping")
        };
        *entries = entries.iter().filter(|entry| entry.key != *key).cloned().collect();
        assert_eq!(Profile::from_node(&node).is_err(), required.contains(&key.as_str()), "{key}");
    }
}

#[test]
fn nothing_is_found_in_what_is_right() {
    let output = connlint(&["check", "connect/larchdesk-setup.md", "larchdesk.connector.yaml"]);
    assert_eq!((text(&output.stdout).as_str(), output.status.code()), ("Checked 2 files: no findings.\n", Some(0)));
}

#[test]
fn what_is_wrong_is_found() {
    let output = connlint(&["check", "--format", "concise", "."]);
    let found = text(&output.stdout);
    let told: Vec<&str> = found.lines().filter_map(|line| line.split_inclusive(']').next()).collect();
    assert_eq!(told[..TOLD.len()], *TOLD, "{found}");
    assert_eq!(told.len(), TOLD.len() + 1, "only the summary follows:\n{found}");
    assert_eq!(output.status.code(), Some(1));
}

#[test]
fn help_speaks_the_vendors_words() {
    let output = text(&connlint(&["check", "connect/fennelbooks-setup.md"]).stdout);
    for words in ["use `https://{your-hub}.wickerlink.example/oauth/return`", "use `In Wickerlink`"] {
        assert!(output.contains(words), "{output}");
    }
}

#[test]
fn contracts_of_the_built_in_vendor_are_not_known() {
    let own = text(&connlint(&["contract", "connect/larchdesk-setup.md"]).stdout);
    assert!(
        own.contains("\"^https://[^/?#@:\\\\s]+/oauth/return$|^[^/]*$|") && own.contains("\"tickets.write\""),
        "{own}"
    );
    let output = connlint(&["new", "config", "pipedrive-oauth-connector"]);
    assert_eq!(output.status.code(), Some(2));
    assert_eq!(text(&output.stderr), "error: unknown connector `pipedrive-oauth-connector`\n");
}

#[test]
fn samples_of_the_vendor_are_no_values() {
    let folder = tempfile::tempdir().unwrap();
    let good = std::fs::read_to_string(crate::vendors::folder().join("larchdesk.connector.yaml")).unwrap();
    let path = folder.path().join("sample.connector.yaml");
    std::fs::write(&path, good.replace("${LARCHDESK_APP_KEY}", "wk-0123-sample")).unwrap();
    let arguments = ["check", "--config", "connlint.toml", "connect", &path.to_string_lossy()];
    let output = text(&connlint(&arguments).stdout);
    assert!(output.contains("sample value `wk-0123-sample` from the documentation"), "{output}");
}

#[test]
fn new_files_are_begun_in_the_vendors_form() {
    let domain = "orchard.wickerlink.example";
    let manifest = text(&connlint(&["new", "config", "larchdesk-setup", "--service-domain", domain]).stdout);
    assert!(manifest.contains(&format!("CallbackUrl: \"https://{domain}/oauth/return\"")), "{manifest}");
    let guide = text(&connlint(&["new", "guide", "Moss Ledger"]).stdout);
    assert!(guide.contains("title: Connect Moss Ledger\n") && guide.contains("permalink: moss-ledger-setup\n"));
    let begun = tempfile::Builder::new().suffix("-setup.md").tempfile().unwrap();
    std::fs::write(begun.path(), guide).unwrap();
    let output = connlint(&["check", "--config", "connlint.toml", "--kind", "guide", &begun.path().to_string_lossy()]);
    assert_eq!(output.status.code(), Some(0), "{}", text(&output.stdout));
}

/// A vendor may have one kind of guide, and no section for its customers.
#[test]
fn what_a_vendor_does_not_have_is_never_written() {
    let folder = tempfile::tempdir().unwrap();
    let pack = std::fs::read_to_string(crate::vendors::folder().join("pack.yaml")).unwrap();
    let kept =
        pack.replace("    linked: has_reference\n", "").replace("    account:\n      name: For your customers\n", "");
    assert_eq!(pack.lines().count() - kept.lines().count(), 3, "the fixture has both");
    let guide = |permalink: &str| {
        format!(
            "---\ntitle: Connect Acme\nlayout: adapter\npermalink: {permalink}\nproduct: hub\n---\n\n## In Acme\n\nCopy the key.\n\n\
             ## In Wickerlink\n\nYour customer fills in:\n\n| Setting | Where you find it |\n| --- | --- |\n| **API Key** | The key. |\n\n\
             ## ---\n"
        )
    };
    std::fs::create_dir(folder.path().join("connect")).unwrap();
    std::fs::write(folder.path().join("pack.yaml"), kept).unwrap();
    std::fs::write(folder.path().join("_config.yml"), "title: x\n").unwrap();
    for name in ["acme-setup", "acme-reference"] {
        std::fs::write(folder.path().join(format!("connect/{name}.md")), guide(name)).unwrap();
    }
    let run = |arguments: &[&str]| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_connlint"));
        command.args(arguments).env("NO_COLOR", "1").current_dir(folder.path()).output().unwrap()
    };
    for action in [&["--verbose"][..], &["--fix", "--unsafe-fixes"]] {
        let output = run(&[&["check", "--pack", "pack.yaml", "--severity", "info", "."], action].concat());
        assert!(output.status.code() < Some(2), "{}", text(&output.stderr));
        assert!(!output.stdout.contains(&0) && !output.stdout.is_empty(), "{}", text(&output.stdout));
    }
    for name in ["acme-setup", "acme-reference"] {
        assert!(!std::fs::read(folder.path().join(format!("connect/{name}.md"))).unwrap().contains(&0));
    }
}
