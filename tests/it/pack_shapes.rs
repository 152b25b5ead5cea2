//! Vendors of other shapes are served by data alone: lists of connectors, front matter with roles, pages of several kinds,
//! pages that data names, entries of two files with one key.

#![allow(clippy::unwrap_used, clippy::disallowed_methods, reason = "a test may panic")]

use std::path::Path;
use std::process::Command;

use super::packs::{check, vendor};

/// A list of connectors in JSON, whose pages are named by URLs, and for each a page of notes with data in TOML.
const BRINDLE: &str = r#"
pack: brindle
dialect: gfm
files:
  catalog: { file: catalog/apps.json, read: json, each: /apps/* }
  help:
    at_url_of: { file: catalog, pointer: /docs, base: "https://help.brindle.example/", folder: docs, endings: [.md] }
    read: page
  notes: { glob: "docs/{team}/{region}/apps/{app}/notes.md", read: page }
  facts: { glob: "docs/{team}/{region}/apps/{app}/facts.toml", read: toml }
where: { team: [core, lab] }
connector: { key: [team, region, app], files: [notes, facts] }
page:
  title: { from: heading }
  sections:
    - { key: maker, name: "Maker - {maker}", level: 2, heading_only: true }
    - { key: before, name: Before you start, level: 2, optional: true }
    - { key: access, name: Access, level: 2, also: [How to get in] }
    - { key: triggers, name: Triggers, level: 2, items: table }
  auth: { oauth2: [OAuth], apikey: [API key], none: [no sign-in] }
pages:
  notes:
    sections: [{ name: What changed, level: 2 }]
roles:
  catalog:
    title: { at: /label, required: true }
    maker: { at: /vendor/name, required: true }
    auth:
      at: /signIn/values/*
      key: id
      value: type
      values: { oauth: oauth2, secret: apikey }
      keys: { user: basic }
      else: none
    scope: { at: /signIn/scope, separator: " " }
    callback: { at: /signIn/returnTo }
    field:
      at: "/inputs/*"
      key: id
      label: caption
      optional_where: { mandatory: ["false"] }
      secret_where: { kind: [hidden] }
    anchor: { at: "/inputs/*/help" }
    trigger: { at: "/triggers/*", label: name }
  notes:
    tier: { at: /tier, required: true, one_of: [gold, silver] }
    tags: { at: /tags/* }
    sign_in: { at: /signIn, values: { key: apikey, oauth: oauth2 } }
  facts:
    tier: { at: /tier }
    tags: { at: /tags/* }
    sign_in: { at: /signIn, values: { key: apikey, oauth: oauth2 } }
callback:
  now: ["https://in.brindle.example/{connector}/back"]
  former: ["https://in.brindle.example/back"]
agree:
  - { fact: title, data: catalog, page: help, how: equal }
  - { fact: maker, data: catalog, page: help, how: equal }
  - { fact: field, data: catalog, page: help, how: named-on-page, section: access }
  - { fact: scope, data: catalog, page: help, how: named-on-page, section: access }
  - { fact: trigger, data: catalog, page: help, how: known-to-data, section: triggers }
  - { fact: anchor, data: catalog, page: help, how: anchor-on-page }
  - { fact: callback, data: catalog, page: help, how: on-page, when: { auth: [oauth2] } }
  - { fact: auth, data: catalog, page: help, how: not-contradicted, section: [before, access], kinds: [apikey, none] }
  - { fact: tier, data: facts, page: notes, how: equal }
  - { fact: tags, data: facts, page: notes, how: known-to-data }
  - { fact: sign_in, data: facts, page: notes, how: not-contradicted }
"#;

const APPS: &str = r##"{
  "apps": [
    {
      "label": "Tidepool",
      "vendor": { "name": "Quarry Sisters" },
      "signIn": {
        "values": [{ "id": "grant", "type": "oauth" }],
        "scope": "read:pools write:pools",
        "returnTo": "https://in.brindle.example/back"
      },
      "inputs": [
        { "id": "acct", "caption": "Account ID", "help": "#find-the-account" },
        { "id": "zone", "caption": "Zone (optional)", "mandatory": false, "kind": "hidden", "help": "#zones" }
      ],
      "triggers": [{ "name": "Pool filled" }, { "name": "Pool drained" }],
      "docs": "https://help.brindle.example/core/eu/tidepool#access"
    },
    {
      "label": "Ferncall",
      "vendor": { "name": "Moss & Daughters" },
      "signIn": {},
      "docs": "https://help.brindle.example/lab/us/ferncall"
    }
  ]
}
"##;

const TIDEPOOL: &str = "\
# Tide Pond

## Maker - Quarry Brothers

## How to get in

No OAuth is needed: make an API key for the zone with `read:pools`.

### Find the account

## Triggers

| Trigger | When |
| --- | --- |
| Pool filled | always |
| Pool cleaned weekly | never |
| Pool drained | always |
";

fn brindle() -> tempfile::TempDir {
    let files = [
        ("catalog/apps.json", APPS),
        ("docs/core/eu/tidepool.md", TIDEPOOL),
        (
            "docs/lab/us/apps/ferncall/notes.md",
            "---\ntier: golden\ntags: [a, b, cc]\nsignIn: key\n---\n# N\n\n## What changed\n\nA.\n",
        ),
        ("docs/lab/us/apps/ferncall/facts.toml", "tier = \"silver\"\ntags = [\"a\", \"b\"]\nsignIn = \"oauth\"\n"),
        ("docs/core/eu/apps/tidepool/notes.md", "# Notes\n"),
    ];
    vendor(BRINDLE, &files.map(|(path, text)| (path.to_owned(), text.to_owned())))
}

/// The findings without the folder and the summary.
fn lines(folder: &Path) -> Vec<String> {
    let prefix = format!("{}/", folder.display());
    let report = check(folder).replace(&prefix, "");
    report.lines().filter(|line| line.contains('[')).map(str::to_owned).collect()
}

#[test]
fn lists_front_matter_and_pages_of_several_kinds_are_checked() {
    let folder = brindle();
    assert_eq!(
        lines(folder.path()),
        [
            "catalog/apps.json:9:21: warning[config/value-outdated]: outdated `returnTo`: `https://in.brindle.example/back`",
            "catalog/apps.json:13:101: error[connector/anchor-broken]: heading or anchor `#zones` not found on `docs/core/eu/tidepool.md`",
            "catalog/apps.json:22:15: warning[connector/file-missing]: missing page `docs/lab/us/ferncall.md`",
            "docs/core/eu/apps/tidepool/notes.md:1:1: warning[connector/file-missing]: missing file `facts.toml`",
            "docs/core/eu/apps/tidepool/notes.md:1:1: error[guide/front-matter-key-missing]: missing `tier`",
            "docs/core/eu/apps/tidepool/notes.md:1:1: warning[guide/section-missing]: missing section `What changed`",
            "docs/core/eu/tidepool.md:1:1: warning[connector/missing-on-page]: callback URL missing from the page",
            "docs/core/eu/tidepool.md:1:3: warning[connector/value-differs]: title differs: `Tide Pond` on the page, `Tidepool` in the data",
            "docs/core/eu/tidepool.md:3:12: warning[connector/value-differs]: maker differs: `Quarry Brothers` on the page, `Quarry Sisters` in the data",
            "docs/core/eu/tidepool.md:5:1: error[connector/auth-differs]: different sign-in: `ApiKey` on the page, `OAuth2` in the data",
            "docs/core/eu/tidepool.md:5:1: warning[connector/not-on-page]: not on the page: `Account ID`",
            "docs/core/eu/tidepool.md:5:1: warning[connector/not-on-page]: not on the page: `write:pools`",
            "docs/core/eu/tidepool.md:5:4: info[guide/section-name]: wrong name for the section `Access`: `How to get in`",
            "docs/core/eu/tidepool.md:16:3: warning[connector/not-in-data]: unknown trigger `Pool cleaned weekly`: not in the data",
            "docs/lab/us/apps/ferncall/notes.md:2:7: warning[connector/value-differs]: tier differs: `golden` on the page, `silver` in the data",
            "docs/lab/us/apps/ferncall/notes.md:2:7: warning[guide/front-matter-value-invalid]: invalid `tier`: `golden`",
            "docs/lab/us/apps/ferncall/notes.md:3:14: warning[connector/not-in-data]: unknown tags `cc`: not in the data",
            "docs/lab/us/apps/ferncall/notes.md:4:9: error[connector/auth-differs]: different sign-in: `ApiKey` on the page, `OAuth2` in the data",
        ]
    );
}

fn inspect(folder: &Path, file: &str) -> serde_json::Value {
    let pack = folder.join("pack.yaml").to_string_lossy().into_owned();
    let mut command = Command::new(env!("CARGO_BIN_EXE_connlint"));
    command.args(["inspect", "--isolated", "--pack", &pack, "--format", "json"]).arg(folder.join(file));
    let read: serde_json::Value = serde_json::from_slice(&command.output().unwrap().stdout).unwrap();
    read[0].clone()
}

/// What is read from page and data speaks in roles, and makes one contract on both sides.
#[test]
fn page_and_data_are_read_by_their_roles() {
    let folder = brindle();
    let page = inspect(folder.path(), "docs/core/eu/tidepool.md");
    let names = |value: &serde_json::Value| -> Vec<String> {
        value.as_array().unwrap().iter().map(|fact| fact["name"].as_str().unwrap().to_owned()).collect()
    };
    assert_eq!(page["contract"]["connector"], "Tide Pond");
    assert_eq!(page["contract"]["auth"], "apikey");
    assert_eq!(names(&page["contract"]["fields"]), ["Zone (optional)"]);
    assert_eq!(names(&page["contract"]["scopes"]), ["read:pools"]);
    assert_eq!(names(&page["facts"]["trigger"]), ["Pool filled", "Pool drained"]);
    assert_eq!(page["facts"]["scope"][0]["line"], 7);
    let catalog = inspect(folder.path(), "catalog/apps.json");
    let [tidepool, ferncall] = [0, 1].map(|index| &catalog["connectors"][index]);
    assert_eq!(tidepool["contract"]["auth"], "oauth2");
    assert_eq!(tidepool["contract"]["callback"]["template"], "https://in.brindle.example/back");
    assert_eq!(names(&tidepool["contract"]["scopes"]), ["read:pools", "write:pools"]);
    let zone = &tidepool["contract"]["fields"][1];
    assert_eq!((&zone["key"], &zone["optional"], &zone["secret"]), (&"zone".into(), &true.into(), &true.into()));
    assert_eq!((&ferncall["connector"], &ferncall["contract"]["auth"]), (&"Ferncall".into(), &"none".into()));
}

/// A file for each connector names its page; another page names its data by a number; a second file of many has the same
/// keys.
#[test]
fn files_are_joined_by_urls_numbers_and_keys() {
    let pack = r#"
pack: joined
dialect: gfm
files:
  meta: { glob: "apps/{app}/meta.json", read: json }
  help: { at_url_of: { file: meta, pointer: /help, base: "https://a.example/", endings: [.md] }, read: page }
  guide: { glob: "guides/{guide}.md", read: page, match: { front_matter: id, data: many, pointer: /number } }
  many: { file: many.yaml, read: yaml, each: /* }
  scopes: { file: scopes.yaml, read: yaml, each: /*, same_key_as: many }
connector: { key: [guide] }
page: { title: { from: heading } }
roles:
  meta: { title: { at: /name } }
  many: { title: { at: /name } }
  scopes: { scope: { at: /* } }
agree:
  - { fact: title, data: meta, page: help, how: equal }
  - { fact: title, data: many, page: guide, how: equal }
  - { fact: scope, data: scopes, page: guide, how: named-on-page }
"#;
    let files = [
        ("apps/otter/meta.json", "{ \"name\": \"Otter\", \"help\": \"https://a.example/help/otter\" }"),
        ("apps/mole/meta.json", "{ \"name\": \"Mole\", \"help\": \"https://a.example/help/none\" }"),
        ("help/otter.md", "# Willow\n"),
        ("guides/fern.md", "---\nid: 7\n---\n# Moss\n\nAsk for `read`.\n"),
        ("many.yaml", "fern: { number: 7, name: Fern }\nmoss: { number: 8, name: Moss }\n"),
        ("scopes.yaml", "fern: [read, write]\nmoss: []\n"),
    ];
    let folder = vendor(pack, &files.map(|(path, text)| (path.to_owned(), text.to_owned())));
    assert_eq!(
        lines(folder.path()),
        [
            "apps/mole/meta.json:1:27: warning[connector/file-missing]: missing page `help/none.md`",
            "guides/fern.md:4:1: warning[connector/not-on-page]: not on the page: `write`",
            "guides/fern.md:4:3: warning[connector/value-differs]: title differs: `Moss` on the page, `Fern` in the data",
            "help/otter.md:1:3: warning[connector/value-differs]: title differs: `Willow` on the page, `Otter` in the data",
        ]
    );
}

/// What is written in another way is the same: a callback URL with another scheme, an apostrophe that an editor made
/// curly. A value that is required and empty is reported once.
#[test]
fn spellings_do_not_hide_what_is_wrong() {
    let pack = r##"
pack: spelled
dialect: gfm
files:
  guide: { glob: "apps/{app}/guide.md", read: page }
  data: { glob: "apps/{app}/data.yaml", read: yaml }
connector: { key: [app] }
page:
  sections:
    - { key: maker, name: "Maker: {maker}", level: 2, heading_only: true }
    - { key: actions, name: Actions, level: 2 }
  leftovers: { phrases: [Describe the app's purpose], headings: ["Maker: Maker's Name", First action] }
roles:
  data:
    maker: { at: /maker }
    mode: { at: /mode, required: true, one_of: [own] }
    color: { at: /color, pattern: "#[0-9a-f]+" }
    callback: { at: /back }
    action: { at: "/actions/*" }
callback: { now: ["https://a.example/back/{connector}"], former: ["https://a.example/back"] }
agree:
  - { fact: maker, data: data, how: equal }
  - { fact: action, data: data, how: known-to-data, section: actions }
"##;
    let page = "# A\n\nDescribe the app’s purpose\n\n## Maker: Maker’s Name\n\n## Actions\n\n### First action\n\n### Send mail\n";
    let data = "maker: Willow\nmode: ''\ncolor: ''\nback: http://A.example/back/\nactions: [Send mail]\n";
    let files = [("apps/otter/guide.md", page), ("apps/otter/data.yaml", data)];
    let folder = vendor(pack, &files.map(|(path, text)| (path.to_owned(), text.to_owned())));
    assert_eq!(
        lines(folder.path()),
        [
            "apps/otter/data.yaml:2:7: error[config/missing-field]: empty value for `mode`",
            "apps/otter/data.yaml:4:7: warning[config/value-outdated]: outdated `back`: `http://A.example/back/`",
            "apps/otter/guide.md:3:1: error[guide/template-leftover]: template text `Describe the app’s purpose`",
            "apps/otter/guide.md:5:1: error[guide/template-leftover]: template text `Maker: Maker’s Name`",
            "apps/otter/guide.md:9:1: error[guide/template-leftover]: template text `First action`",
        ]
    );
}

/// A page names a value by its label, by the label up to a parenthesis, or by its key; if the pack says so, by the whole
/// label only. A key from a list of keys (the method of an operation) is not a name.
#[test]
fn a_page_names_values_as_the_pack_says() {
    let named = |more: &str| {
        let pack = format!(
            "pack: named\ndialect: gfm\nfiles:
  guide: {{ glob: \"apps/{{app}}/guide.md\", read: page }}
  data: {{ glob: \"apps/{{app}}/data.yaml\", read: yaml }}
connector: {{ key: [app] }}
roles: {{ data: {{ field: {{ at: /fields/*, label: title{more} }} }} }}\n"
        );
        let page = "# A\n\nPost the zone and the account number.\n";
        let data =
            "fields: { post: { title: Send }, number: { title: Account number (long) }, zone: { title: Area } }\n";
        let files = [("apps/otter/guide.md", page), ("apps/otter/data.yaml", data)];
        let folder = vendor(&pack, &files.map(|(path, text)| (path.to_owned(), text.to_owned())));
        let read = inspect(folder.path(), "apps/otter/guide.md");
        let fields = read["facts"]["field"].as_array().cloned().unwrap_or_default();
        fields.iter().map(|field| field["name"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(named(""), ["Send", "Account number (long)", "Area"]);
    assert_eq!(named(", where_key: [post, number, zone]"), ["Account number (long)"]);
    assert_eq!(named(", whole_label: true"), [""; 0]);
}
