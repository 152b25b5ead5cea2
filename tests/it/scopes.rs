//! The scope catalogues: those built in are sound, and a scope is found the way people write it.

#![allow(clippy::unwrap_used, reason = "a test")]
#![allow(clippy::disallowed_methods, reason = "the test reads the catalogue files")]

use std::ops::Range;
use std::path::Path;

use connlint::testing::profile::Profile;
use connlint::testing::scopes::{Catalogue, Catalogues, Delimiter, invalid_character, names_of, outdated};
use connlint::testing::source::{FileId, SourceFile};
use connlint::testing::tree::{Problem, yaml};
use regex::Regex;
use serde_json::Value;

use crate::support::check::check;

fn read(text: &str) -> Result<Catalogue, Problem> {
    let source = SourceFile::new(FileId(0), "own.yaml", text);
    Catalogue::from_node(&yaml::parse(&source, 0..text.len()).documents[0])
}

const OWN: &str = "vendor: own\nname: Own\ndelimiter: comma\nset_in: request\nauthority: official\ncomplete: true\n\
    checked: 2026-11-23\nsources: [https://example.com]\nprefix: https://example.com/\npatterns: ['^team\\.[a-z]+$']\n\
    scopes:\n  - name: Files.Read\n    label: 'Files: Read only'\n  - name: Files.Write\n    implies: [Files.Read]\n\
    \x20 - name: admin\n    implies: [Files.Write]\n    broad: true\n  - name: https://example.com/mail\n  - name: note.Read\n  - name: note_read\n";

/// The catalogue files as they are in the repository: identifier, text, value.
fn files() -> Vec<(String, String, Value)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("schemas/scopes");
    let mut files: Vec<_> = folder
        .read_dir()
        .unwrap()
        .map(|entry| {
            let path = entry.unwrap().path();
            let text = std::fs::read_to_string(&path).unwrap();
            let value = serde_json::from_str(&text).unwrap();
            (path.file_stem().unwrap().to_str().unwrap().to_owned(), text, value)
        })
        .collect();
    files.sort_by(|a, b| a.0.cmp(&b.0));
    files
}

fn texts<'a>(value: &'a Value, key: &str) -> Vec<&'a str> {
    value[key].as_array().into_iter().flatten().filter_map(Value::as_str).collect()
}

fn names(catalogue: &Value) -> Vec<&str> {
    catalogue["scopes"].as_array().unwrap().iter().map(|scope| scope["name"].as_str().unwrap()).collect()
}

#[test]
fn catalogue_files_fit_their_schema_and_are_sorted() {
    let schema: Value = serde_json::from_str(include_str!("../../schemas/scope-catalogue.schema.json")).unwrap();
    jsonschema::meta::validate(&schema).unwrap();
    let validator = jsonschema::options().should_validate_formats(true).build(&schema).unwrap();
    for (id, text, value) in files() {
        let errors: Vec<String> =
            validator.iter_errors(&value).map(|error| format!("{}: {error}", error.instance_path())).collect();
        assert!(errors.is_empty(), "{id}: {errors:?}");
        assert_eq!(value["vendor"], *id);
        let names = names(&value);
        assert!(names.is_sorted_by(|a, b| a < b), "{id}: not sorted, or a name is duplicated");
        let written = names.iter().filter(|name| text.contains(&format!("    {{\"name\": \"{name}\"")));
        assert_eq!(written.count(), names.len(), "{id}: the index of names finds another form");
    }
}

#[test]
fn every_catalogue_of_the_folder_is_built_in_and_consistent() {
    let catalogues = Catalogues::builtin();
    let files = files();
    assert_eq!(catalogues.ids(), files.iter().map(|(id, ..)| id.as_str()).collect::<Vec<_>>());
    for (id, _, value) in &files {
        let catalogue = catalogues.get(id).unwrap_or_else(|| panic!("{id} cannot be read"));
        assert_eq!(catalogue.vendor, *id);
        for scope in &catalogue.scopes {
            assert_eq!(invalid_character(&scope.name), None, "{id}: {}", scope.name);
            let named = scope.implies.iter().chain(&scope.replaced_by);
            for other in named {
                let other = catalogue.lookup(other).unwrap_or_else(|| panic!("{id}: `{other}` of {}", scope.name));
                assert!(!scope.replaced_by.contains(&other.name) || !other.deprecated, "{id}: {}", other.name);
            }
        }
        for resource in texts(value, "resources") {
            let full = format!("{}{}", resource.replace('*', "acme.crm4"), catalogue.scopes[0].name);
            assert_eq!(catalogue.lookup(&full).map(|scope| &scope.name), Some(&catalogue.scopes[0].name), "{full}");
        }
    }
}

#[test]
fn patterns_accept_their_names_and_refuse_slips_of_them() {
    for (id, _, value) in files() {
        let patterns: Vec<Regex> =
            texts(&value, "patterns").into_iter().map(|pattern| Regex::new(pattern).unwrap()).collect();
        let names = names(&value);
        for pattern in &patterns {
            let covered = texts(&value, "examples").into_iter().chain(names.iter().copied());
            let covered: Vec<&str> = covered.filter(|name| pattern.is_match(name)).collect();
            assert!(!covered.is_empty(), "{id}: {pattern} covers nothing");
            for name in covered {
                let free = pattern.captures(name).unwrap().name("any").map_or(0..0, |free| free.range());
                for slip in slips(name, &free) {
                    let is_other_name = names.contains(&slip.as_str());
                    let accepted = patterns.iter().any(|pattern| pattern.is_match(&slip));
                    assert!(is_other_name || !accepted, "{id}: `{slip}` passes as `{name}`");
                }
            }
        }
    }
}

/// `name` with one letter missing, doubled or swapped with the next, outside the part that is free.
fn slips(name: &str, free: &Range<usize>) -> Vec<String> {
    let letters: Vec<char> = name.chars().collect();
    let mut slips = Vec::new();
    for at in (0..letters.len()).filter(|at| letters[*at].is_ascii_alphabetic() && !free.contains(at)) {
        let mut missing = letters.clone();
        missing.remove(at);
        let mut doubled = letters.clone();
        doubled.insert(at, letters[at]);
        slips.push(missing);
        slips.push(doubled);
        let next = at + 1;
        if letters.get(next).is_some_and(|letter| *letter != letters[at]) && !free.contains(&next) {
            let mut swapped = letters.clone();
            swapped.swap(at, next);
            slips.push(swapped);
        }
    }
    slips.into_iter().map(String::from_iter).collect()
}

#[test]
fn most_connectors_that_sign_in_with_oauth_are_served() {
    let (profile, catalogues) = (Profile::builtin(), Catalogues::builtin());
    assert!(catalogues.ids().len() >= 120);
    let served = profile.catalogues.keys().filter(|connector| {
        let of_connector = catalogues.of_connector(&profile.catalogues, connector);
        of_connector.iter().any(|catalogue| catalogue.none || !catalogue.scopes.is_empty() || catalogue.partial)
    });
    assert_eq!(served.count(), profile.catalogues.len());
}

#[test]
fn real_names_of_closed_catalogues_are_known() {
    let catalogues = Catalogues::builtin();
    for (id, name) in [
        ("xero", "finance.accountingactivity.read"),
        ("xero", "practicemanager.client.read"),
        ("box", "ai.readwrite"),
        ("github", "scim:enterprise"),
        ("microsoft-graph-delegated", "Group.ReadBasic.All"),
        ("slack", "lists:read"),
        ("slack", "search:read.public"),
        ("facebook", "instagram_manage_insights"),
        ("square", "INVOICES_READ"),
        ("hubspot", "crm.objects.contacts.highly_sensitive.read"),
        ("zoom", "meeting:read:list_meetings:admin"),
        ("zoho-crm", "ZohoCRM.settings.tags.all"),
        ("google", "https://www.googleapis.com/auth/youtube.readonly"),
    ] {
        assert!(catalogues.get(id).unwrap().knows(name), "{id}: {name}");
    }
    for (id, name) in [
        ("zoom", "meetting:read:admin"),
        ("zoom", "meeting:read:list_meetings:admn"),
        ("xero", "accounting.reports.bogus.read"),
        ("microsoft-graph-delegated", "https://graph.microsoft.com/User.Reed"),
        ("zoho-crm", "ZohoCRM.modules.Leads.RAED"),
    ] {
        assert!(!catalogues.get(id).unwrap().knows(name), "{id}: {name}");
    }
}

#[test]
fn a_full_name_is_the_same_scope() {
    let catalogues = Catalogues::builtin();
    let graph = catalogues.get("microsoft-graph-delegated").unwrap();
    assert!(graph.includes("https://graph.microsoft.com/Mail.Read", "Mail.Read"));
    assert!(graph.includes("00000003-0000-0000-c000-000000000000/Mail.ReadWrite", "Mail.Read"));
    assert!(graph.includes("https://graph.microsoft.com/.default", "Mail.Read") && graph.knows(".default"));
    assert!(!graph.knows("https://graph.example.com/Mail.Read"));
    let dynamics = catalogues.get("dynamics").unwrap();
    assert!(dynamics.includes("https://acme.crm4.dynamics.com/user_impersonation", "user_impersonation"));
    assert!(!dynamics.knows("https://acme/crm4.dynamics.com/user_impersonation"));
    let drive = catalogues.get("google-drive").unwrap();
    assert!(drive.includes("https://www.googleapis.com/auth/drive", "drive.readonly"));
    assert!(!drive.knows("drive.readonly"), "a request needs the full name");
}

#[test]
fn outdated_scopes_are_told_from_current_ones() {
    let catalogues = Catalogues::builtin();
    let xero = [catalogues.get("xero").unwrap()];
    let old = outdated(&xero, "accounting.transactions").unwrap();
    assert!(old.replaced_by.iter().any(|name| name == "accounting.invoices"));
    assert!(outdated(&xero, "accounting.invoices").is_none());
}

#[test]
fn pipedrive_has_its_thirty_scopes_with_labels() {
    let catalogues = Catalogues::builtin();
    let pipedrive = catalogues.get("pipedrive").unwrap();
    assert_eq!(pipedrive.scopes.len(), 30);
    assert!(pipedrive.is_closed());
    assert_eq!(pipedrive.by_label("Deals: Read only").unwrap().name, "deals:read");
    assert_eq!(pipedrive.by_label("deals:  read ONLY").unwrap().name, "deals:read");
    assert!(pipedrive.by_label("Read only").is_none());
    assert!(!pipedrive.has_unnamed_label("Deals: Read only"));
    assert!(catalogues.get("onelogin").unwrap().has_unnamed_label("read users"));
    assert_eq!(pipedrive.implied("deals:full").into_iter().collect::<Vec<_>>(), ["deals:read"]);
    for (name, meant) in
        [("Deals:Read", "deals:read"), ("deals.read", "deals:read"), ("contcats:read", "contacts:read")]
    {
        assert_eq!(pipedrive.near_miss(name), Some(meant), "{name}");
    }
    assert_eq!(pipedrive.near_miss("write"), None);
}

#[test]
fn a_catalogue_of_the_user_is_read_and_wins() {
    let own = read(OWN).unwrap();
    assert_eq!(own.delimiter, Delimiter::Comma);
    assert!(own.knows("team.x") && own.lookup("team.x").is_none() && !own.knows("files.read"));
    assert_eq!(own.near_miss("mail"), Some("https://example.com/mail"));
    assert_eq!(own.near_miss("note:read"), None, "two fit");
    assert_eq!(own.implied("admin").len(), 2);
    let catalogues = Catalogues::with(vec![own, read(&OWN.replace("vendor: own", "vendor: pipedrive")).unwrap()]);
    assert_eq!(catalogues.get("pipedrive").unwrap().name, "Own");
    assert!(catalogues.get("own").is_some() && catalogues.get("slack").is_some());
}

#[test]
fn a_bad_catalogue_is_told_at_its_place() {
    let bad = OWN.replace("set_in: request", "set_in: requset");
    let problem = read(&bad).unwrap_err();
    assert_eq!(&bad[problem.span.range()], "requset");
    let bad = OWN.replace("'^team", "'^(team");
    assert_eq!(&bad[read(&bad).unwrap_err().span.range()], "['^(team\\.[a-z]+$']");
}

#[test]
fn a_connector_finds_its_vendor_or_none() {
    let catalogues = Catalogues::builtin();
    let assigned = Profile::builtin().catalogues.clone();
    let vendors = |connector| -> Vec<&str> {
        let of_connector = catalogues.of_connector(&assigned, connector);
        of_connector.into_iter().map(|catalogue| catalogue.vendor.as_str()).collect()
    };
    assert_eq!(vendors("pipedrive-oauth-connector"), ["pipedrive"]);
    assert_eq!(vendors("Pipedrive (OAuth2.0)"), ["pipedrive"]);
    assert_eq!(vendors("google-calendar-connector"), ["google-calendar"]);
    assert_eq!(vendors("zoho-crm-v2-connector"), ["zoho-crm"]);
    assert_eq!(vendors("squareup-connector"), ["square"], "the profile says so");
    assert_eq!(vendors("google-authentication"), ["google"]);
    assert_eq!(vendors("dropbox-sign-connector"), [""; 0]);
    assert_eq!(vendors("connector"), [""; 0]);
}

#[test]
fn a_scope_tells_whose_it_is() {
    let catalogues = Catalogues::builtin();
    let owner = |name| catalogues.owner(name).map(|catalogue| catalogue.vendor.as_str());
    assert_eq!(owner("users.profile:write"), Some("slack"));
    assert_eq!(owner("https://www.googleapis.com/auth/spreadsheets"), Some("google-sheets"));
    assert_eq!(owner("https://graph.microsoft.com/Mail.Read"), Some("microsoft-graph-application"));
    assert_eq!(owner("openid"), None, "many vendors have it");
    assert_eq!(owner("no.such.scope"), None);
    let own = Catalogues::with(vec![read(&OWN.replace("vendor: own", "vendor: slack")).unwrap()]);
    assert!(own.owner("users.profile:write").is_none(), "the built-in catalogue is replaced");
}

#[test]
fn several_catalogues_have_one_name() {
    let catalogues = Catalogues::builtin();
    let of = |ids: &[&str]| names_of(&ids.iter().map(|id| catalogues.get(id).unwrap()).collect::<Vec<_>>());
    assert_eq!(of(&["zoom"]), "Zoom");
    assert_eq!(of(&["google-drive", "google-docs"]), "Google Drive or Google Docs");
    assert_eq!(of(&["zoho-crm", "zoho-books", "zoho-services"]), "Zoho");
    assert_eq!(of(&["zoom", "slack", "box"]), "Zoom, Slack, Box");
}

#[test]
fn scope_tokens_are_those_of_rfc_6749() {
    for good in ["a", "deals:read", "a,b", "!#[]~", "https://example.com/auth"] {
        assert_eq!(invalid_character(good), None);
    }
    assert_eq!(invalid_character("refresh\\_token"), Some((7, '\\')));
    assert_eq!(invalid_character("a b"), Some((1, ' ')));
    assert_eq!(invalid_character("é\""), Some((0, 'é')));
}

#[test]
fn a_wrong_delimiter_in_a_property_is_one_finding() {
    let values = "  - {Name: ClientId, Value: \"${A}\"}\n  - {Name: ClientSecret, Value: \"${B}\"}\n";
    let scopes = "  - {Name: Scopes, Value: \"crm.objects.contacts.read,crm.objects.contacts.write\"}\n";
    let text = format!(
        "Connector: hubspot-connector\nAuthType: OAuth2\nOAuth2Type: AuthorisationCode\nServiceDomain: acme-h.cyclr.com\n\
         CallbackUrl: https://acme-h.cyclr.com/connector/callback\nProperties:\n{values}{scopes}"
    );
    let outcome = check(&[("hubspot.yaml".to_owned(), text)]);
    let rules: Vec<&str> = outcome.diagnostics.iter().map(|found| found.rule).collect();
    assert_eq!(rules, ["config/scope-delimiter"]);
}
