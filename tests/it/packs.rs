//! A vendor whose data is the truth is served by data alone: `fixtures/pebbleworks` holds the pack, the pages and the
//! data of an invented vendor, and the program runs on them from outside.

#![allow(clippy::unwrap_used, clippy::disallowed_methods, reason = "a test reads the fixtures and may panic")]

use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::sync::Arc;

use connlint::testing::Pack;
use connlint::testing::Settings;
use connlint::testing::engine;
use connlint::testing::source::{FileId, SourceFile};
use connlint::testing::tree::{Node, Problem, yaml};
use connlint::testing::workspace::Workspace;

/// What is found in the wrong connectors at every severity.
const FOUND: &[&str] = &[
    "connectors/mossmail/connector.yaml:1:1: warning[connector/file-missing]",
    "connectors/mossmail/connector.yaml:1:1: error[config/missing-field]",
    "connectors/otterpay/connector.yaml:1:8: error[config/invalid-value]",
    "connectors/otterpay/connector.yaml:3:7: error[config/invalid-value]",
    "connectors/otterpay/connector.yaml:6:14: warning[config/value-outdated]",
    "connectors/otterpay/guide.md:1:1: warning[guide/title-missing]",
    "connectors/otterpay/guide.md:3:1: error[guide/template-leftover]",
    "connectors/otterpay/guide.md:5:1: error[connector/auth-differs]",
    "connectors/otterpay/guide.md:5:1: warning[connector/not-on-page]",
    "connectors/otterpay/guide.md:5:4: info[guide/section-name]",
    "connectors/otterpay/guide.md:7:56: warning[guide/callback-url-outdated]",
    "connectors/otterpay/guide.md:9:1: info[guide/section-order]",
    "connectors/otterpay/guide.md:19:5: warning[connector/not-in-data]",
    "connectors/otterpay/guide.md:23:13: warning[connector/value-differs]",
];

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/pebbleworks")
}

fn connlint(arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_connlint"));
    command.args(arguments).env("NO_COLOR", "1").current_dir(folder()).output().unwrap()
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).unwrap()
}

fn tree(text: &str) -> Node {
    let source = SourceFile::new(FileId::default(), "pack.yaml", text);
    yaml::parse(&source, 0..text.len()).documents.into_iter().next().unwrap()
}

fn refused(text: &str) -> Problem {
    Pack::from_node(&tree(text)).unwrap_err()
}

/// The lines of a concise report up to the name of the rule.
fn found(output: &Output) -> Vec<String> {
    let lines = text(&output.stdout);
    let end = |line: &str| line.find(']').map_or(line.len(), |at| at + 1);
    lines.lines().filter(|line| line.contains('[')).map(|line| line[..end(line)].to_owned()).collect()
}

#[test]
fn page_and_data_are_checked_against_each_other() {
    assert_eq!(found(&connlint(&["check", "--format", "concise", "."])), FOUND);
}

#[test]
fn a_right_connector_is_silent() {
    let output = connlint(&["check", "--format", "concise", "connectors/larchdesk"]);
    assert_eq!(text(&output.stdout), "Checked 2 files: no findings.\n");
    assert_eq!(output.status.code(), Some(0));
}

#[test]
fn a_single_page_is_checked_with_its_data() {
    let output = connlint(&["check", "--format", "concise", "connectors/otterpay/guide.md"]);
    let of_page = FOUND.iter().filter(|line| line.starts_with("connectors/otterpay/guide.md"));
    assert_eq!(found(&output), of_page.copied().collect::<Vec<_>>());
}

#[test]
fn a_pack_is_named_by_its_name_its_file_or_its_folder() {
    for pack in ["pack.yaml", ".", "./pack.yaml"] {
        let output = connlint(&["check", "--isolated", "--pack", pack, "connectors/larchdesk"]);
        assert_eq!(output.status.code(), Some(0), "{pack}: {}", text(&output.stderr));
    }
    let output = connlint(&["check", "--isolated", "--pack", "power-platfrom", "connectors"]);
    assert!(text(&output.stderr).contains("did you mean `power-platform`?"), "{}", text(&output.stderr));
    assert_eq!(output.status.code(), Some(2));
}

#[test]
fn the_schema_and_the_program_accept_the_packs() {
    let schema = serde_json::from_str(include_str!("../../schemas/pack.schema.json")).unwrap();
    let validator = jsonschema::validator_for(&schema).unwrap();
    let schemas = Path::new(env!("CARGO_MANIFEST_DIR")).join("schemas");
    let own = include_str!("../../schemas/power-platform/properties.schema.json");
    jsonschema::meta::validate(&serde_json::from_str(own).unwrap()).unwrap();
    let builtin = ["nango", "power-platform", "segment"].map(|name| schemas.join(name).join("pack.yaml"));
    for path in builtin.into_iter().chain([folder().join("pack.yaml")]) {
        let node = tree(&std::fs::read_to_string(&path).unwrap());
        let errors: Vec<String> =
            validator.iter_errors(&node.to_json()).map(|error| format!("{}: {error}", error.instance_path())).collect();
        assert_eq!(errors, Vec::<String>::new(), "{}", path.display());
        Pack::from_node(&node).unwrap_or_else(|problem| panic!("{}: {}", path.display(), problem.message));
    }
    assert_eq!(Pack::builtin().len(), 3);
}

#[test]
fn a_mistake_in_a_pack_is_shown_with_what_was_meant() {
    let problem = refused("pack: a\nfile: {}\n");
    assert_eq!(problem.message, "unknown key `file`");
    assert_eq!(problem.help.as_deref(), Some("did you mean `files`?"));
    assert_eq!(problem.span.start, 8);
    let problem = refused("pack: a\nfiles: { guide: { glob: a.md, read: page } }\nroles: { giude: {} }\n");
    assert_eq!(problem.message, "unknown kind of file `giude`");
    assert_eq!(problem.help.as_deref(), Some("did you mean `guide`?"));
    let problem = refused("pack: a\nagree: [{ fact: a, data: b, how: equals }]\n");
    assert_eq!(problem.help.as_deref(), Some("did you mean `equal`?"));
}

/// Nothing that a pack names is dropped in silence: each mistake stops the run, with its location.
#[test]
fn each_name_in_a_pack_is_known() {
    for (right, wrong, message) in [
        ("connectors/{name}/guide.md", "connectors/{na-me}/guide.md", "`na-me` is not a name for a capture"),
        ("connectors/{name}/guide.md", "{name}/{name}/guide.md", "duplicate capture `name`"),
        ("connectors/{name}/guide.md", "connectors/{name/guide.md", "`{` is not closed"),
        ("key: [name]", "key: [nmae]", "unknown capture `nmae`"),
        ("files: [guide, data]", "files: [guide, dota]", "unknown kind of file `dota`"),
        ("at: /title", "at: title", "`title` is not a pointer"),
        ("fact: title", "fact: titel", "unknown fact `titel`"),
        ("section: access", "section: acces", "unknown section `acces`"),
        ("connector: {", "where: { nane: [a] }\nconnector: {", "unknown capture `nane`"),
        ("{ glob: \"connectors/{name}/data.yaml\", read", "{ read", "no path for the files of `data`"),
    ] {
        assert!(PAIRS.contains(right), "{right}");
        assert_eq!(refused(&PAIRS.replacen(right, wrong, 1)).message, message);
    }
}

/// What can never be checked is not accepted.
#[test]
fn an_agreement_that_cannot_be_checked_is_refused() {
    let title = "  - { fact: title";
    let more = |agreement: &str| format!("  - {agreement}\n{title}");
    for (right, wrong, message) in [
        ("  title: { from: heading }\n", String::new(), "`title` is not read from the page"),
        (title, more("{ fact: auth, data: data, how: equal }"), "`auth` is not read from the page"),
        (title, more("{ fact: title, data: guide, how: equal }"), "`guide` is a page, not data"),
        (title, more("{ fact: title, data: data, page: data, how: equal }"), "`data` is not a page"),
        (", section: access }", " }".to_owned(), "missing `section` for `not-contradicted`"),
        (title, more("{ fact: title, data: data, how: known-to-data }"), "missing `section` for `known-to-data`"),
        ("  auth: { apikey: [API key] }\n", String::new(), "missing `page.auth` for `not-contradicted`"),
        (", values: { oauth: oauth2 }", String::new(), "missing `roles.data.auth.values` for `not-contradicted`"),
        (title, more("{ fact: auth, data: data, how: on-page }"), "missing `callback.now` for `on-page`"),
        (title, format!("{title}, when: {{ auht: [oauth2] }}"), "unknown role with `values` `auht`"),
        (title, format!("{title}, when: {{ auth: [basic] }}"), "no value of `auth` means `Basic`"),
        (title, format!("{title}, where: {{ nane: [a] }}"), "unknown capture `nane`"),
        ("connector: { key: [name], files: [guide, data] }\n", String::new(), "page and data are not joined"),
        ("level: 2 }", "level: 2, optional_in: { nane: [a] } }".to_owned(), "unknown capture `nane`"),
        ("read: yaml }", "read: yaml, inherits: base }".to_owned(), "`inherits` without `each`"),
        ("read: yaml }", "read: yaml, each: /*, same_key_as: data }".to_owned(), "`same_key_as` names its own kind"),
        ("page:\n", "pages: { data: {} }\npage:\n".to_owned(), "`data` is not a page"),
    ] {
        assert!(PAIRS.contains(right), "{right}");
        assert_eq!(refused(&PAIRS.replacen(right, &wrong, 1)).message, message);
    }
    let limited = PAIRS.replacen("connector: {", "where: { name: [otter, willow] }\nconnector: {", 1);
    for (right, wrong, message) in [
        ("level: 2 }", "level: 2, optional_in: { name: [oter] } }", "unknown value `oter`"),
        ("at: /title,", "at: /title, one_of_in: { wilow: [a] },", "unknown value of a capture `wilow`"),
        ("{ fact: title,", "{ fact: title, where: { name: [otr] },", "unknown value `otr`"),
    ] {
        assert!(limited.contains(right), "{right}");
        assert_eq!(refused(&limited.replacen(right, wrong, 1)).message, message);
    }
}

/// An operation under another name, and a heading that groups operations, are not unknown.
#[test]
fn an_operation_under_another_name_is_not_unknown() {
    let pack = "pack: a\ndialect: gfm\nfiles:
  guide: { glob: \"{name}/guide.md\", read: page }
  data: { glob: \"{name}/data.yaml\", read: yaml }
connector: { key: [name] }
page: { sections: [{ key: operations, name: What it does, level: 2 }] }
roles: { data: { operation: { at: \"/operations/*\", label: name } } }
agree: [{ fact: operation, data: data, how: known-to-data, section: operations }]\n";
    let data = [
        "Create order", "Get order", "Cancel order", "Set a buyer note", "When a parcel event occurs",
        "List all shop shelves",
    ];
    let data = format!("operations:\n- name: {}\n", data.join("\n- name: "));
    let unknown = |heading: &str| {
        let page =
            format!("# A\n\n## What it does\n\n### Create order\n\n### Get order\n\n### Cancel orders\n\n{heading}\n");
        let files = [("a/guide.md".to_owned(), page), ("a/data.yaml".to_owned(), data.clone())];
        check(vendor(pack, &files).path()).contains("[connector/not-in-data]")
    };
    for other_name in [
        "### Register a parcel hook",
        "### Add a note for a buyer",
        "### 4. Shelves",
        "### Buyer/Shop\n\n- **SendInvoices** Will send them",
    ] {
        assert!(!unknown(other_name), "{other_name}");
    }
    for missing in [
        "### Print receipts",
        "### Send receipts",
        "### Set a buyer note\n\n### List all shop shelves\n\n### Add parcel\n\n### Delete parcel",
        "### Refund order",
        "### Delete stock\n\nGet orders first.",
    ] {
        assert!(unknown(missing), "{missing}");
    }
}

/// A section may list operations in headings, in a list, or in a table.
#[test]
fn a_section_lists_operations_as_its_pack_says() {
    let pack = |items: &str| {
        format!(
            "pack: a\ndialect: gfm\nfiles:
  guide: {{ glob: \"{{name}}/guide.md\", read: page }}
  data: {{ glob: \"{{name}}/data.yaml\", read: yaml }}
connector: {{ key: [name] }}
page: {{ sections: [{{ key: streams, name: Streams, level: 2, items: {items} }}] }}
roles: {{ data: {{ stream: {{ at: \"/streams/*\" }} }} }}
agree: [{{ fact: stream, data: data, how: known-to-data, section: streams }}]\n"
        )
    };
    let data = "streams: [orders, parcels, mailing_lists]\n";
    let list = "- [Orders](https://a.example)\n  - Sorting: none\n- **Parcels**: all\n- Mailing Lists – all\n- Refunds (new)\n";
    let table = "| Stream | Mode |\n| :- | :- |\n| Orders | a |\n| Parcels | Full |\n| `mailing_lists` | a |\n| Refunds | a |\n";
    let found = |items: &str, section: &str| -> Vec<String> {
        let page = format!("# A\n\n## Streams\n\n{section}\n## Limits\n\n- Rates\n\n| A |\n| :- |\n| Rates |\n");
        let files = [("a/guide.md".to_owned(), page), ("a/data.yaml".to_owned(), data.to_owned())];
        let lines = check(vendor(&pack(items), &files).path());
        let lines = lines.lines().filter_map(|line| line.split_once("[connector/not-in-data]: "));
        lines.map(|(place, message)| format!("{}{message}", place.split("guide.md").nth(1).unwrap())).collect()
    };
    assert_eq!(found("list", list), [":9:3: warningunknown stream `Refunds`: not in the data"]);
    assert_eq!(found("table", table), [":10:3: warningunknown stream `Refunds`: not in the data"]);
    assert_eq!(found("headings", list), [""; 0]);
    assert_eq!(found("list", table), [""; 0]);
}

/// Data is checked even if no page goes with it.
#[test]
fn data_that_belongs_to_no_connector_is_checked() {
    const MANY: &str = "pack: many\nfiles: { data: { file: data.yaml, read: yaml, each: /* } }\n\
                        roles: { data: { title: { at: /title, required: true } } }\n";
    const ONE: &str = "pack: one\nfiles: { data: { file: data.yaml, read: yaml } }\n\
                       roles: { data: { title: { at: /title, required: true } } }\n";
    for (pack, data, rule) in [
        (ONE, "title: [a\n", "config/syntax"),
        (ONE, "titel: a\n", "config/missing-field"),
        (ONE, "", "config/unknown-shape"),
        (ONE, "- title: a\n", "config/unknown-shape"),
        (MANY, "a: {title: x\n", "config/syntax"),
        (MANY, "a: {title: x}\nb: {titel: x}\n", "config/missing-field"),
        (MANY, "a: {title: x, title: y}\n", "config/duplicate-key"),
        (MANY, "a: {title: x}\nb: x\n", "config/unknown-shape"),
        (MANY, "{}\n", "config/unknown-shape"),
    ] {
        let folder = vendor(pack, &[("data.yaml".to_owned(), data.to_owned())]);
        let found = check(folder.path());
        assert_eq!(found.matches(": error[").count(), 1, "{data}: {found}");
        assert!(found.contains(&format!("[{rule}]")), "{data}: {found}");
    }
    let folder = vendor(MANY, &[("data.yaml".to_owned(), "a: {title: x}\nb: {title: y}\n".to_owned())]);
    assert!(check(folder.path()).starts_with("Checked 1 file: no findings."));
}

#[test]
fn the_list_of_packs_marks_those_that_fit() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::create_dir_all(folder.path().join("certified-connectors/Birch")).unwrap();
    let output = connlint(&["packs", "--format", "json", &folder.path().to_string_lossy()]);
    let rows: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    let fits: Vec<&str> = rows
        .as_array()
        .unwrap()
        .iter()
        .filter(|row| row["fits"] == true)
        .filter_map(|row| row["name"].as_str())
        .collect();
    assert_eq!(fits, ["power-platform"]);
}

/// The folder of a vendor of its own: its pack and the files of its connectors.
pub(super) fn vendor(pack: &str, files: &[(String, String)]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("pack.yaml"), pack).unwrap();
    for (path, text) in files {
        let path = folder.path().join(path);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    }
    folder
}

pub(super) fn check(folder: &Path) -> String {
    let path = folder.to_string_lossy().into_owned();
    let pack = folder.join("pack.yaml").to_string_lossy().into_owned();
    text(
        &connlint(&["check", "--isolated", "--severity", "info", "--format", "concise", "--pack", &pack, &path]).stdout,
    )
}

/// A page and its data, joined by their folder.
const PAIRS: &str = "\
pack: pairs
dialect: gfm
files:
  guide: { glob: \"connectors/{name}/guide.md\", read: page }
  data: { glob: \"connectors/{name}/data.yaml\", read: yaml }
connector: { key: [name], files: [guide, data] }
page:
  title: { from: heading }
  sections: [{ key: access, name: Access, level: 2 }]
  auth: { apikey: [API key] }
roles:
  data:
    title: { at: /title, pattern: \"[A-Z][a-z]+\" }
    auth: { at: /auth, values: { oauth: oauth2 } }
agree:
  - { fact: title, data: data, how: equal, without: [\"\", connector] }
  - { fact: auth, data: data, how: not-contradicted, section: access }
";

fn pair(name: &str, page_title: &str, data: &str) -> [(String, String); 2] {
    let page = format!("# {page_title} connector\n\nIt keeps lists.\n\n## Access\n\nCreate an API key.\n");
    [(format!("connectors/{name}/guide.md"), page), (format!("connectors/{name}/data.yaml"), data.to_owned())]
}

#[test]
fn each_of_many_connectors_is_checked_with_its_own_data() {
    let pairs = (0..150).flat_map(|number| pair(&format!("c{number:03}"), "Birch", "title: Willow\n"));
    let folder = vendor(PAIRS, &pairs.collect::<Vec<_>>());
    let found = check(folder.path());
    assert_eq!(found.matches("[connector/value-differs]: title differs: `Birch connector`").count(), 150, "{found}");
}

#[test]
fn a_page_is_not_judged_by_a_sign_in_of_unknown_kind() {
    let folder = vendor(PAIRS, &pair("birch", "Birch", "title: Birch\nauth: certificate\n"));
    assert!(check(folder.path()).starts_with("Checked 2 files: no findings."));
    let folder = vendor(PAIRS, &pair("birch", "Birch", "title: Birch\nauth: oauth\n"));
    assert!(check(folder.path()).contains("[connector/auth-differs]"));
}

#[test]
fn the_pattern_of_a_value_is_in_the_help() {
    let folder = vendor(PAIRS, &pair("birch", "Birch", "title: birch\n"));
    let path = folder.path().to_string_lossy().into_owned();
    let pack = folder.path().join("pack.yaml").to_string_lossy().into_owned();
    let output = text(&connlint(&["check", "--isolated", "--pack", &pack, &path]).stdout);
    assert!(output.contains("invalid `title`: `birch`"), "{output}");
    assert!(output.contains("use a value that matches `[A-Z][a-z]+`"), "{output}");
}

#[test]
fn a_changed_text_is_read_in_place_of_the_one_that_is_held() {
    let folder = vendor(PAIRS, &pair("birch", "Birch", "title: Birch\n"));
    let workspace = Workspace::open(Pack::from_node(&tree(PAIRS)).unwrap(), &[folder.path().into()], vec![]).unwrap();
    let settings = Settings::default();
    let checked = workspace.checked().filter_map(|id| engine::check(&workspace, &settings, id).unwrap());
    let checked: Vec<_> = checked.collect();
    assert_eq!(checked.iter().map(|file| file.diagnostics.len()).sum::<usize>(), 0);
    let data = checked.iter().find(|file| file.source.path().ends_with("data.yaml")).unwrap();
    let changed = SourceFile::new(data.source.id(), data.source.path(), "title: birch\n");
    let found = engine::check_source(&workspace, &settings, Arc::new(changed)).unwrap().diagnostics;
    assert_eq!(found.iter().map(|finding| finding.rule).collect::<Vec<_>>(), ["config/invalid-value"]);
}

/// What a vendor publishes of its data in a JSON Schema holds too, at the key or value that breaks it.
#[test]
fn data_is_checked_by_its_schema() {
    const PACK: &str = "pack: one\nfiles: { data: { file: data.yaml, read: yaml, schema: data.schema.json } }\n\
                        roles: { data: { mode: { at: /mode, one_of: [now] } } }\n";
    const SCHEMA: &str = r##"{
        "type": "object",
        "additionalProperties": false,
        "properties": { "fields": { "type": "array", "items": { "$ref": "#/$defs/field" } }, "mode": { "enum": ["now"] } },
        "$defs": { "field": {
            "required": ["name"],
            "additionalProperties": false,
            "properties": {
                "name": { "type": "string" },
                "hidden": { "type": "boolean" },
                "kind": { "enum": ["text", "secret"] },
                "code": { "pattern": "^[A-Z]+$" }
            }
        } }
    }"##;
    let found = |data: &str| {
        let files = [("data.yaml", data), ("data.schema.json", SCHEMA)];
        let folder = vendor(PACK, &files.map(|(path, text)| (path.to_owned(), text.to_owned())));
        let found = check(folder.path());
        found.split_once("data.yaml:").map_or(String::new(), |(_, line)| {
            assert_eq!(found.matches("data.yaml:").count(), 1, "{found}");
            line.lines().next().unwrap().to_owned()
        })
    };
    assert_eq!(found("fields: [{ name: a, kind: text, hidden: true, code: AB }]\n"), "");
    for (data, expected) in [
        ("fields: [{ name: 5 }]\n", "1:18: error[config/wrong-type]: `name`: expected a string, found a number"),
        ("fields: {}\n", "1:9: error[config/wrong-type]: `fields`: expected a list, found a mapping"),
        ("fields: [{ name: a, hiden: true }]\n", "1:21: error[config/unknown-field]: unknown key `hiden`"),
        ("fields: [{ kind: text }]\n", "1:12: error[config/missing-field]: missing `name`"),
        (
            "fields: [{ name: a, kind: test }]\n",
            "1:27: error[config/invalid-value]: invalid `kind`: `test` is not a value of the schema",
        ),
        (
            "fields: [{ name: a, code: ab }]\n",
            "1:27: error[config/invalid-value]: `code` does not match the schema: `ab`",
        ),
        // A role says more of a value than its schema.
        ("mode: later\n", "1:7: error[config/invalid-value]: invalid `mode`: `later`"),
    ] {
        assert_eq!(found(data), expected, "{data}");
    }
}

#[test]
fn a_schema_that_cannot_be_used_stops_the_run() {
    const PACK: &str = "pack: one\nfiles: { data: { file: data.yaml, read: yaml, schema: data.schema.json } }\n";
    for (schema, expected) in [
        (None, "data.schema.json"),
        (Some("{"), "not JSON"),
        (Some(r#"{ "type": 5 }"#), "not a JSON Schema: `/type`"),
        (Some(r##"{ "$ref": "#/$defs/none" }"##), "unresolved reference in the schema"),
    ] {
        let mut files = vec![("data.yaml".to_owned(), "a: 1\n".to_owned())];
        files.extend(schema.map(|text| ("data.schema.json".to_owned(), text.to_owned())));
        let folder = vendor(PACK, &files);
        let pack = folder.path().join("pack.yaml").to_string_lossy().into_owned();
        let output = connlint(&["check", "--isolated", "--pack", &pack, &folder.path().to_string_lossy()]);
        assert_eq!(output.status.code(), Some(2));
        assert!(text(&output.stderr).contains(expected), "{schema:?}: {}", text(&output.stderr));
    }
    // Settings reach no file outside their folder, nor does a pack that they name.
    let outside =
        vendor(&PACK.replace("data.schema", "../data.schema"), &[("data.yaml".to_owned(), "a: 1\n".to_owned())]);
    std::fs::write(outside.path().join("connlint.toml"), "pack = \"pack.yaml\"\n").unwrap();
    let output = connlint(&["check", &outside.path().to_string_lossy()]);
    assert!(text(&output.stderr).contains("is outside the folder of the settings"), "{}", text(&output.stderr));
}

/// Of a JSON file without a schema only the values are read that the pack looks at: with the findings of the whole file.
#[test]
fn values_are_found_in_the_midst_of_others() {
    const PACK: &str = "\
pack: one
files: { data: { file: data.json, read: json } }
roles:
  data:
    title: { at: /info/title, required: true, longest: 5 }
    host: { at: [/host, /servers/*/host], none_of: [test] }
    operation: { at: /paths/*/*, where_key: [get], unless: { hidden: [\"true\"] }, label: [summary, id], one_of: [x] }
    tag: { at: /tags/1, none_of: [b] }
";
    let found = |data: &str| {
        let found = check(vendor(PACK, &[("data.json".to_owned(), data.to_owned())]).path());
        found.lines().filter_map(|line| Some(line.split_once("data.json:")?.1.to_owned())).collect::<Vec<_>>()
    };
    let padding = r#""a": {"b": ["}", "\\", {"c\"": -1.5e3}], "d": [[]]}, "long": "\u00e4 \\\" ]", "#;
    assert_eq!(found(&format!(r#"{{{padding}"info": {{"x": {{}}, "title": "short"}}}}"#)), Vec::<String>::new());
    for (data, expected) in [
        (r#""info": {"title": "too long"}"#, "error[config/invalid-value]"),
        (r#""info": {"t\u0069tle": "too long"}"#, "error[config/invalid-value]"),
        (r#""info": {"x": 1}"#, "error[config/missing-field]"),
        (r#""servers": [{"name": "a"}, {"host": "test"}], "info": {"title": "a"}"#, "error[config/invalid-value]"),
        (r#""tags": ["b", "b"], "info": {"title": "a"}"#, "error[config/invalid-value]"),
        (r#""paths": {"/a": {"get": "y", "put": "y"}}, "info": {"title": "a"}"#, "error[config/invalid-value]"),
        (r#""info": {"title": "a"}, "deep": {"er": {"k": 1, "k": 2}}"#, "error[config/duplicate-key]"),
        (r#""info": {"title": "a"}, "deep": {"er": [1, 2,]}"#, "error[config/syntax]"),
    ] {
        // The same finding, at the same place in a small file and between others.
        for before in ["", padding] {
            let lines = found(&format!("\u{feff}{{{before}{data}}}"));
            assert_eq!(lines.len(), 1, "{data}: {lines:?}");
            assert!(lines[0].contains(expected), "{data}: {lines:?}");
        }
    }
}

/// A run without a pack names the built-in one that matches the folder, in the report for people only.
#[test]
fn a_run_without_a_pack_names_the_one_that_fits() {
    let folder = tempfile::tempdir().unwrap();
    let connector = folder.path().join("certified-connectors/Birch");
    std::fs::create_dir_all(&connector).unwrap();
    let page = "---\ntitle: Birch\nlayout: docs\npermalink: /birch-connector\n---\n\nCreate a key.\n";
    std::fs::write(connector.join("readme.md"), page).unwrap();
    let hint = "The built-in pack `power-platform` matches this folder: use `--pack power-platform`.";
    let shown = |more: &[&str], path: &Path| {
        let path = path.to_string_lossy();
        let arguments = [&["check", "--isolated", &path], more].concat();
        let output = connlint(&arguments);
        format!("{}{}", text(&output.stdout), text(&output.stderr)).contains(hint)
    };
    assert!(shown(&[], folder.path()), "where there is nothing else to check");
    std::fs::write(folder.path().join("acme.md"), page.replace("layout: docs", "tags: [connector]")).unwrap();
    assert!(shown(&[], folder.path()));
    assert!(!shown(&[], &connector.join("readme.md")) && !shown(&[], &connector));
    assert!(!shown(&["--pack", "power-platform"], folder.path()));
    for format in ["json", "concise", "github", "jsonl"] {
        assert!(!shown(&["--format", format], folder.path()), "{format}");
    }
}
