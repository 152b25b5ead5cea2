//! The published schema and the program agree on what a profile is, and the built-in one is right.

#![allow(clippy::unwrap_used, reason = "a test")]

use connlint::testing::Searchable;
use connlint::testing::profile::{GuideKind, Profile, SectionRole, typos};
use connlint::testing::scopes::Catalogues;
use connlint::testing::source::{FileId, SourceFile};
use connlint::testing::tree::{Node, Problem, yaml};
use serde_json::Value;

const PROFILE: &str = include_str!("../../schemas/cyclr/conventions.yaml");
const TYPOS: &str = include_str!("../../schemas/typos.yaml");

fn tree(text: &str) -> Node {
    let source = SourceFile::new(FileId::default(), "profile.yaml", text);
    let read = yaml::parse(&source, 0..text.len());
    assert!(read.problems.is_empty(), "{:?}", read.problems);
    read.documents.into_iter().next().unwrap()
}

fn errors(schema: &str, value: &Value) -> Vec<String> {
    let schema: Value = serde_json::from_str(schema).unwrap();
    jsonschema::meta::validate(&schema).unwrap();
    let validator = jsonschema::validator_for(&schema).unwrap();
    validator.iter_errors(value).map(|error| format!("{}: {error}", error.instance_path())).collect()
}

/// The schema of `conventions` in a pack.
fn conventions_schema() -> String {
    let schema: Value = serde_json::from_str(include_str!("../../schemas/pack.schema.json")).unwrap();
    schema["$defs"]["conventions"].to_string()
}

fn profile_errors(text: &str) -> Vec<String> {
    errors(&conventions_schema(), &tree(text).to_json())
}

/// The problem of the built-in profile with `old` replaced, and the text that it points at.
fn problem(old: &str, new: &str) -> (String, Problem) {
    assert!(PROFILE.contains(old), "{old}");
    let text = PROFILE.replacen(old, new, 1);
    assert!(!profile_errors(&text).is_empty(), "the schema accepts {new}");
    let problem = Profile::from_node(&tree(&text)).unwrap_err();
    (text[problem.span.start as usize..problem.span.end as usize].to_owned(), problem)
}

#[test]
#[expect(clippy::disallowed_methods, reason = "the test writes generated files")]
fn builtin_data_is_that_of_its_source() {
    for name in ["conventions", "config"] {
        let path = format!("{}/schemas/cyclr/{name}", env!("CARGO_MANIFEST_DIR"));
        let source = std::fs::read_to_string(format!("{path}.yaml")).unwrap();
        // One key a line, so that changes can be read.
        let members = tree(&source).to_json();
        let lines = members.as_object().unwrap().iter().map(|(key, value)| format!("\"{key}\":{value}"));
        let json = format!("{{\n{}\n}}\n", lines.collect::<Vec<_>>().join(",\n"));
        let path = format!("{path}.json");
        if std::env::var_os("CONNLINT_BLESS").is_some() {
            std::fs::write(&path, &json).unwrap();
        }
        let there = std::fs::read_to_string(&path).unwrap_or_default();
        assert!(there == json, "out of date, run `CONNLINT_BLESS=1 cargo test --test it profile`: {path}");
    }
}

#[test]
fn schema_accepts_builtin_profile() {
    assert_eq!(profile_errors(PROFILE), [""; 0]);
    assert_eq!(Profile::builtin().front_matter.linked.as_deref(), Some("linkedpage"));
}

#[test]
fn problems_of_a_profile_have_places() {
    let (place, found) = problem("\nconnector_phrases:", "\nconnector_phrsaes:");
    assert_eq!(place, "connector_phrsaes");
    assert_eq!(found.help.as_deref(), Some("did you mean `connector_phrases`?"));
    let (place, _) = problem("auth: oauth1", "auth: kerberos");
    assert_eq!(place, "kerberos");
    let (place, found) = problem("  required: [title,", "  required: [2,");
    assert_eq!((place.as_str(), found.message.as_str()), ("2", "expected a string, found a number"));
    let (_, found) = problem("  - when you install the {connector} connector", "  - when you install");
    assert!(found.message.contains("needs words on both sides"), "{}", found.message);
}

#[test]
fn catalogues_of_connectors_exist() {
    let (profile, catalogues) = (Profile::builtin(), Catalogues::builtin());
    for id in profile.catalogues.values().flatten() {
        assert!(catalogues.get(id).is_some(), "no catalogue `{id}`");
    }
}

#[test]
fn fields_are_listed_once_and_keys_follow_names() {
    let profile = Profile::builtin();
    for field in &profile.fields {
        for name in std::iter::once(&field.name).chain(&field.variants) {
            let known = profile.field(name).unwrap();
            assert!(known.name == field.name, "`{name}` stands twice");
        }
        assert_eq!(field.key.to_lowercase(), field.name.replace([' ', '-'], "").to_lowercase());
    }
}

#[test]
fn kind_is_told_by_path_then_tags() {
    let profile = Profile::builtin();
    let kind = |tags: &[&str], path| profile.guide_kind(tags, path);
    assert_eq!(kind(&["connector"], "docs/authentication/acme.md"), Some(GuideKind::Setup));
    assert_eq!(kind(&["connector"], "docs/information/acme.md"), Some(GuideKind::Information));
    assert_eq!(kind(&["connector-information"], "acme.md"), Some(GuideKind::Information));
    assert_eq!(kind(&["Connector"], "acme.md"), Some(GuideKind::Setup));
    assert_eq!(kind(&["billing"], "acme.md"), None);
}

#[test]
fn titles_name_connectors() {
    let profile = Profile::builtin();
    assert_eq!(profile.connector_of_title("Acme (OAuth2.0) Connector Guide"), "Acme (OAuth2.0)");
    assert!(profile.is_title(GuideKind::Setup, "Acme Authentication"));
    assert!(!profile.is_title(GuideKind::Setup, "Acme"));
    assert!(!profile.is_title(GuideKind::Setup, "Authentication"));
    assert!(!profile.is_title(GuideKind::Setup, "Acme Installation"));
    assert!(profile.is_title(GuideKind::Information, "Acme information"));
}

#[test]
fn headings_have_roles() {
    let profile = Profile::builtin();
    let role = |heading: &str| profile.sections.role(heading, "Acme CRM");
    let platform = profile.sections.platform.name.as_str();
    assert_eq!(role("Acme CRM setup"), Some(SectionRole::Application));
    assert_eq!(role("ACME Cloud Set-Up"), Some(SectionRole::Application));
    assert_eq!(role("Acme CRM"), Some(SectionRole::Application));
    assert_eq!(role(platform), Some(SectionRole::Platform));
    assert_eq!(role(&platform.replace("setup", "Set Up")), Some(SectionRole::Platform));
    assert_eq!(role("Account set up"), Some(SectionRole::Account));
    assert_eq!(role("Get authentication details"), None);
    assert_eq!(role("setup"), Some(SectionRole::Application));
    assert!(profile.sections.is_legacy("Partner Setup", "Acme CRM"));
    assert!(profile.sections.is_legacy("Acme CRM", "Acme CRM"));
    assert!(!profile.sections.is_legacy("Acme CRM setup", "Acme CRM"));
}

#[test]
fn headings_are_respelt() {
    let profile = Profile::builtin();
    let respelt = |heading: &str| profile.sections.respelt(heading, "Acme CRM");
    let platform = profile.sections.platform.name.as_str();
    assert_eq!(respelt(platform), None);
    assert_eq!(respelt(&platform.replace("setup", "set up")).as_deref(), Some(platform));
    assert_eq!(respelt("Acme CRM Set-up").as_deref(), Some("Acme CRM setup"));
    assert_eq!(respelt("Webhook Setup"), None);
    assert_eq!(respelt("Requirements"), None);
}

#[test]
fn terms_are_found_where_they_stand_alone() {
    let profile = Profile::builtin();
    let found = |text: &str| -> Vec<(String, String)> {
        let terms = profile.terms_in(&Searchable::new(text)).into_iter();
        terms.map(|term| (text[term.range].to_owned(), term.write)).collect()
    };
    let pair = |a: &str, b: &str| (a.to_owned(), b.to_owned());
    assert_eq!(
        found("How to setup it. Login to Acme."),
        [pair("to setup", "to set up"), pair("Login to", "Log in to")]
    );
    assert_eq!(found("Setup your app"), [pair("Setup your", "Set up your")]);
    assert_eq!(found("an oAuth app"), [pair("oAuth", "OAuth")]);
    assert_eq!(found("the Acme api. The Api"), [pair("api", "API"), pair("Api", "API")]);
    for right in [
        "Go to Setup, then",
        "go to setup",
        "Select Login to continue",
        "api.acme.example and acme/api and `api`",
        "the \"Api Keys\" tab",
        "your login to Acme",
        "OAuth and API",
        "whitelister",
    ] {
        assert_eq!(found(right), [], "{right}");
    }
}

#[test]
fn names_stand_in_set_phrases() {
    let profile = Profile::builtin();
    let names = |text: &'static str| -> Vec<&str> {
        profile.connector_phrases.names_in(&Searchable::new(text)).into_iter().map(|range| &text[range]).collect()
    };
    assert_eq!(names("Use the search box to find the Acme CRM connector."), ["Acme CRM"]);
    assert_eq!(names("To allow Acme.io to be used in the console"), ["Acme.io"]);
    assert_eq!(names("when you install the connector into an account"), [""; 0]);
    assert_eq!(names("when you install the app. Then the Acme connector"), [""; 0]);
}

#[test]
fn placeholders_of_hosts_are_known() {
    let profile = Profile::builtin();
    let template = profile.callback.template.strip_prefix("https://").unwrap();
    assert!(profile.is_host_placeholder(template.strip_suffix(profile.callback.path.as_str()).unwrap()));
    assert!(profile.is_host_placeholder("[Your-Service-Domain]"));
    assert!(!profile.is_host_placeholder("{subdomain}.acme.example"));
}

fn corrections(text: &str) -> Vec<String> {
    typos::find_in(&Searchable::new(text)).map(|(_, correction)| correction).collect()
}

#[test]
fn misspellings_are_corrected() {
    assert_eq!(corrections("recieve"), ["receive"]);
    assert_eq!(corrections("Recieve teh mail"), ["Receive", "the"]);
    assert_eq!(corrections("receive"), [""; 0]);
    assert_eq!(corrections("TEH"), [""; 0]);
    assert_eq!(corrections(""), [""; 0]);
    assert_eq!(corrections("é"), [""; 0]);
}

#[test]
fn misspellings_are_sorted_and_no_corrections() {
    let node = tree(TYPOS);
    assert_eq!(errors(include_str!("../../schemas/typos.schema.json"), &node.to_json()), [""; 0]);
    let words: Vec<&str> = node.entries().iter().map(|entry| entry.key.as_str()).collect();
    assert!(words.is_sorted());
    for entry in node.entries() {
        let correct = entry.value.as_str().unwrap();
        assert_eq!(corrections(&entry.key), [correct]);
        assert_eq!(corrections(correct), [""; 0]);
    }
}
