//! The scope catalogues: those built in are sound, and a scope is found the way people write it.

use std::path::Path;

use connlint::scopes::{Catalogue, Catalogues, Delimiter, SetIn, invalid_character};
use connlint::source::{FileId, SourceFile};
use connlint::tree::{Problem, yaml};

fn read(text: &str) -> Result<Catalogue, Problem> {
    let source = SourceFile::new(FileId(0), "own.yaml", text);
    Catalogue::from_node(&yaml::parse(&source, 0..text.len()).documents[0])
}

const OWN: &str = "vendor: own\nname: Own\ndelimiter: comma\nset_in: request\nauthority: official\ncomplete: true\n\
    checked: 2026-11-23\nsources: [https://example.com]\nprefix: https://example.com/\npatterns: ['^team\\.[a-z]+$']\n\
    scopes:\n  - name: Files.Read\n    label: 'Files: Read only'\n  - name: Files.Write\n    implies: [Files.Read]\n\
    \x20 - name: admin\n    implies: [Files.Write]\n    broad: true\n  - name: https://example.com/mail\n  - name: note.Read\n  - name: note_read\n";

#[test]
fn every_catalogue_of_the_folder_is_built_in_and_sound() {
    let catalogues = Catalogues::builtin();
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("schemas/scopes");
    let mut files: Vec<String> = folder
        .read_dir()
        .unwrap()
        .map(|entry| entry.unwrap().path().file_stem().unwrap().to_str().unwrap().to_owned())
        .collect();
    files.sort();
    assert_eq!(catalogues.ids(), files);
    for id in catalogues.ids() {
        let catalogue = catalogues.get(id).unwrap_or_else(|| panic!("{id} cannot be read"));
        assert_eq!(catalogue.vendor, id);
        assert_eq!(catalogue.scopes.is_empty(), catalogue.none, "{id}");
        for scope in &catalogue.scopes {
            assert_eq!(invalid_character(&scope.name), None, "{id}: {}", scope.name);
            assert!(scope.implies.iter().all(|implied| catalogue.lookup(implied).is_some()), "{id}: {}", scope.name);
        }
    }
}

#[test]
fn pipedrive_has_its_thirty_scopes_with_labels() {
    let catalogues = Catalogues::builtin();
    let pipedrive = catalogues.get("pipedrive").unwrap();
    assert_eq!(pipedrive.scopes.len(), 30);
    assert!(pipedrive.is_closed() && pipedrive.set_in == SetIn::Application);
    assert_eq!(pipedrive.by_label("Deals: Read only").unwrap().name, "deals:read");
    assert_eq!(pipedrive.by_label("deals:  read ONLY").unwrap().name, "deals:read");
    assert!(pipedrive.by_label("Read only").is_none());
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
    let vendor = |connector| catalogues.for_connector(connector).map(|catalogue| catalogue.vendor.as_str());
    assert_eq!(vendor("pipedrive-oauth-connector"), Some("pipedrive"));
    assert_eq!(vendor("Pipedrive (OAuth2.0)"), Some("pipedrive"));
    assert_eq!(vendor("google-calendar-connector"), Some("google-calendar"));
    assert_eq!(vendor("zoho-crm-v2-connector"), Some("zoho-crm"));
    assert_eq!(vendor("dropbox-sign-connector"), None);
    assert_eq!(vendor("connector"), None);
}

#[test]
fn a_scope_tells_whose_it_is() {
    let catalogues = Catalogues::builtin();
    let owners: Vec<_> =
        catalogues.listing("users.profile:write").iter().map(|catalogue| catalogue.vendor.as_str()).collect();
    assert_eq!(owners, ["slack"]);
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
