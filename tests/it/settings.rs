//! Settings: what is read from `connlint.toml`, what is refused, what is stronger than what.

#![allow(clippy::unwrap_used, clippy::disallowed_methods, reason = "a test makes its own files and may panic")]

use std::path::Path;

use assert_cmd::Command;
use connlint::testing::Settings;
use connlint::testing::diagnostic::Severity;
use connlint::testing::profile::Profile;
use connlint::testing::rules;
use connlint::testing::source::{FileId, SourceFile};
use connlint::testing::tree::{Node, Problem, Value, toml};
use connlint::testing::workspace::{Options, Workspace};
use proptest::prelude::*;

use crate::support::folder::write;

/// Every key once.
const COMPLETE: &str = r#"
severity = "info"
fail-on = "warning"
strict = true
unattended = true
format = "json"
output = "report.json"
exclude = ["archive", "**/*.draft.md"]
max-file-size = "2MB"
pack = "pack.yaml"
baseline = "known.json"
images = "image-files.txt"
liquid-tags = ["button"]

[rules]
guide = "warning"
"guide/table-not-rendered" = "error"

[[overrides]]
paths = ["legacy/**"]
rules = { "guide" = "off" }

[[overrides]]
paths = ["legacy/new.md"]
rules = { "guide/table-not-rendered" = "info" }

[terminology]
"e-mail" = "email"

[scopes.pipedrive]
add = ["webhooks:all"]

[scopes.acme]
catalogue = "acme.yaml"
"#;

fn source(text: &str) -> SourceFile {
    SourceFile::new(FileId(0), "site/connlint.toml", text)
}

fn read(text: &str) -> Settings {
    let (settings, problems) = Settings::read(&source(text));
    assert!(problems.is_empty(), "{text}: {problems:?}");
    settings
}

fn refused(text: &str) -> Vec<Problem> {
    let (_, problems) = Settings::read(&source(text));
    assert!(!problems.is_empty(), "{text}");
    problems
}

/// The only problem: the text it points to, its message, its help.
fn problem(text: &str) -> (String, String, Option<String>) {
    let mut problems = refused(text);
    assert_eq!(problems.len(), 1, "{text}: {problems:?}");
    let problem = problems.remove(0);
    (text[problem.span.range()].to_owned(), problem.message, problem.help)
}

fn schema() -> jsonschema::Validator {
    let schema: serde_json::Value = serde_json::from_str(include_str!("../../schemas/settings.schema.json")).unwrap();
    jsonschema::meta::validate(&schema).unwrap();
    jsonschema::validator_for(&schema).unwrap()
}

#[test]
fn every_key_is_read() {
    let settings = read(COMPLETE);
    assert_eq!((settings.severity, settings.fail_on), (Severity::Info, Severity::Warning));
    assert!(settings.strict && settings.unattended);
    assert_eq!(settings.format, "json");
    assert_eq!(settings.max_file_size.bytes(), 2_000_000);
    let in_folder = |path: &Option<std::path::PathBuf>, name: &str| {
        assert_eq!(path.as_deref(), Some(Path::new("site").join(name).as_path()));
    };
    in_folder(&settings.output, "report.json");
    assert_eq!(settings.pack.as_deref(), Some("pack.yaml"));
    in_folder(&settings.baseline, "known.json");
    in_folder(&settings.images, "image-files.txt");
    in_folder(&settings.scopes["acme"].catalogue, "acme.yaml");
    assert_eq!(settings.terminology["e-mail"], "email");
    assert_eq!(settings.scopes["pipedrive"].add, ["webhooks:all"]);
}

#[test]
fn globs_are_relative_to_the_folder_of_the_file() {
    let settings = read(COMPLETE);
    for (path, excluded) in [
        ("site/archive/a.md", true),
        ("site/archive/deep/a.md", true),
        ("./site/docs/../archive/a.md", true),
        ("site/docs/a.draft.md", true),
        ("site/docs/a.md", false),
        ("site/docs/archive/a.md", false),
        ("archive/a.md", false),
    ] {
        assert_eq!(settings.exclude.is_match(Path::new(path)), excluded, "{path}");
    }
}

#[test]
fn a_rule_is_stronger_than_its_group_and_a_later_override_than_an_earlier_one() {
    let settings = read(COMPLETE);
    let table = rules::find("guide/table-not-rendered").unwrap();
    let unused = rules::find("ignore/unused").unwrap();
    let at = |path: &str, rule| settings.at(path).severity_of(rule, Severity::Info);
    assert_eq!(at("site/docs/a.md", table), Some(Severity::Error));
    assert_eq!(at("site/docs/a.md", unused), Some(Severity::Info), "not set: its own");
    assert_eq!(at("site/legacy/old.md", table), None);
    assert_eq!(at("site/legacy/new.md", table), Some(Severity::Info));
    assert_eq!(at("site/legacy/old.md", unused), Some(Severity::Info));
}

#[test]
fn what_is_wrong_is_shown_at_its_place() {
    let said =
        |at: &str, message: &str, help: Option<&str>| (at.to_owned(), message.to_owned(), help.map(str::to_owned));
    assert_eq!(
        problem("severty = \"info\"\n"),
        said("severty", "unknown key `severty`", Some("did you mean `severity`?"))
    );
    assert_eq!(
        problem("fail-on = \"eror\"\n"),
        said("\"eror\"", "unknown value `eror`", Some("did you mean `error`?"))
    );
    assert_eq!(problem("strict = \"yes\"\n"), said("\"yes\"", "expected a boolean, found a string", None));
    assert_eq!(
        problem("[rules]\n\"guide/table-not-renderd\" = \"off\"\n"),
        said(
            "\"guide/table-not-renderd\"",
            "unknown rule `guide/table-not-renderd`",
            Some("did you mean `guide/table-not-rendered`?")
        )
    );
    assert_eq!(
        problem("[[overrides]]\npaths = [\"a\", \"b[\"]\nrules = {}\n"),
        said("\"b[\"", "invalid glob: unclosed character class; missing ']'", None)
    );
    assert_eq!(
        problem("[scopes.pipedrve]\nadd = [\"x\"]\n"),
        said("pipedrve", "unknown scope catalog `pipedrve`", Some("did you mean `pipedrive`?"))
    );
    assert_eq!(problem("[[overrides]]\nrules = {}\n").1, "missing key `paths`");
    assert_eq!(problem("strict = true\nstrict = false\n").1, "duplicate key");
    assert_eq!(problem("strict = \n").1, "string values must be quoted, expected literal string");
}

#[test]
fn all_unknown_rules_are_told_at_once() {
    let problems =
        refused("[rules]\nnonsense = \"off\"\n\n[[overrides]]\npaths = [\"a\"]\nrules = { other = \"off\" }\n");
    let messages: Vec<_> = problems.iter().map(|problem| problem.message.as_str()).collect();
    assert_eq!(messages, ["unknown rule `nonsense`", "unknown rule `other`"]);
}

#[test]
fn all_mistakes_are_reported_at_once() {
    let text = "severty = \"info\"\nfail-on = \"eror\"\nstrict = 1\nexclude = [\"a\", 2]\n[rules]\nguide = \"on\"\n\
                config = \"on\"\nnonsense = \"off\"\n[[overrides]]\nrules = {}\npahts = []\n[output]\na = 1\n";
    let messages: Vec<_> = refused(text).into_iter().map(|problem| problem.message).collect();
    let expected = [
        "unknown key `severty`",
        "unknown value `eror`",
        "expected a boolean, found a number",
        "expected a string, found a number",
        "unknown value `on`",
        "unknown value `on`",
        "unknown rule `nonsense`",
        "missing key `paths`",
        "unknown key `pahts`",
        "expected path string, found a mapping",
    ];
    assert_eq!(messages, expected);
    let folder = tempfile::tempdir().unwrap();
    write(folder.path(), "connlint.toml", "format = \"xml\"\noutput = \"../x\"\nseverty = \"info\"\n");
    let (code, _, stderr) = output(connlint(folder.path()).args(["check", "."]));
    assert_eq!(code, Some(2));
    for mistake in ["unknown format `xml`", "`output` is outside", "unknown key `severty`"] {
        assert!(stderr.contains(mistake), "{stderr}");
    }
    read("\"$schema\" = \"https://example.com/settings.schema.json\"\n");
}

#[test]
fn the_schema_lists_the_formats() {
    let schema: serde_json::Value = serde_json::from_str(include_str!("../../schemas/settings.schema.json")).unwrap();
    let listed: Vec<_> = schema["properties"]["format"]["enum"].as_array().unwrap().iter().collect();
    let known: Vec<_> =
        connlint::testing::report::Format::ALL.into_iter().map(connlint::testing::report::Format::name).collect();
    assert_eq!(listed[..known.len()], known[..]);
    assert_eq!(listed[known.len()..], ["auto"]);
}

#[test]
fn the_published_schema_agrees_with_the_reader() {
    let schema = schema();
    let json = |text: &str| toml::parse(&source(text)).documents[0].to_json();
    assert!(schema.is_valid(&json(COMPLETE)));
    assert!(schema.is_valid(&json("")));
    for text in [
        "severty = \"info\"",
        "severity = \"off\"",
        "strict = 1",
        "exclude = \"a\"",
        "max-file-size = 0",
        "max-file-size = -1",
        "max-file-size = 1.5",
        "max-file-size = 5_000_000_000",
        "max-file-size = \"16 tons\"",
        "max-file-size = \"-1MB\"",
        "max-file-size = true",
        "rules = { \"guide/x\" = \"off\" }",
        "rules = { guide = \"on\" }",
        "rules = { \"nonsense\" = \"off\" }",
        "overrides = [{ rules = {} }]",
        "terminology = { a = 1 }",
        "terminology = { \" \" = \"a\" }",
        "scopes = { acme = { remove = [] } }",
    ] {
        assert!(!schema.is_valid(&json(text)), "{text}");
        refused(text);
    }
}

#[test]
fn the_example_of_the_page_on_settings_is_right() {
    let page = include_str!("../../docs/settings.md");
    let (_, rest) = page.split_once("```toml file=connlint.toml\n").unwrap();
    let example = rest.split("```").next().unwrap();
    read(example);
    assert!(schema().is_valid(&toml::parse(&source(example)).documents[0].to_json()));
}

#[test]
fn toml_is_read_with_exact_places() {
    let text = "\u{feff}a = 1\n[t]\nx.y = 'é'\nz = { q = 1.5, r = [true, \"b\"] }\n[[o]]\np = 2020-01-01\n[[o]]\np = \"\"\"\nl\n\"\"\"\n";
    let read = toml::parse(&source(text));
    assert!(read.problems.is_empty(), "{:?}", read.problems);
    let at = |node: &Node| text[node.span.range()].to_owned();
    let root = &read.documents[0];
    let table = root.get("t").unwrap();
    assert_eq!(at(table), "[t]");
    let dotted = table.get("x").unwrap().entry("y").unwrap();
    assert_eq!((&text[dotted.key_span.range()], at(&dotted.value).as_str()), ("y", "'é'"));
    let inline = table.get("z").unwrap();
    assert_eq!(at(inline), "{ q = 1.5, r = [true, \"b\"] }");
    assert_eq!(at(&inline.get("r").unwrap().items()[1]), "\"b\"");
    let tables = root.get("o").unwrap().items();
    assert_eq!(tables.len(), 2);
    assert!(matches!(&tables[0].get("p").unwrap().value, Value::String(date) if date == "2020-01-01"));
    assert_eq!(tables[1].get("p").unwrap().as_str(), Some("l\n"));
}

fn connlint(folder: &Path) -> Command {
    let mut command = Command::cargo_bin("connlint").unwrap();
    command.current_dir(folder);
    command
}

fn output(command: &mut Command) -> (Option<i32>, String, String) {
    let output = command.output().unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    (output.status.code(), text(output.stdout), text(output.stderr))
}

/// A guide with one finding: a table that stands directly behind a line of text.
const GUIDE: &str = "---\ntitle: Acme\nsidebar: cyclr_sidebar\npermalink: acme-connector\ntags: [connector]\n---\n\nEnter these values:\n| Value | Description |\n| --- | --- |\n| **Name** | Yours |\n";

#[test]
fn the_nearest_file_counts() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    write(folder, "docs/a.md", GUIDE);
    let rules = "guide/table-not-rendered";
    let (code, out, _) = output(connlint(folder).args(["check", "docs/a.md"]));
    assert_eq!(code, Some(1), "{out}");
    assert!(out.contains(rules), "{out}");
    write(folder, "connlint.toml", "rules = { \"guide\" = \"off\" }\n");
    assert_eq!(output(connlint(folder).args(["check", "docs/a.md"])).0, Some(0));
    assert_eq!(output(connlint(folder).args(["check", "docs/a.md", "--isolated"])).0, Some(1));
    write(folder, "docs/connlint.toml", "[[overrides]]\npaths = [\"b.md\"]\nrules = { guide = \"off\" }\n");
    assert_eq!(output(connlint(folder).args(["check", "docs/a.md"])).0, Some(1));
    assert_eq!(output(connlint(folder).args(["check", "docs", "--config", "connlint.toml"])).0, Some(0));
    assert_eq!(output(connlint(&folder.join("docs")).args(["check"])).0, Some(1));
}

#[test]
fn excluded_files_are_skipped_even_if_they_are_named() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    write(folder, "old/a.md", GUIDE);
    write(folder, "connlint.toml", "exclude = [\"old\"]\n");
    let (code, _, err) = output(connlint(folder).args(["check", "."]));
    assert_eq!(code, Some(2), "{err}");
    let (code, _, err) = output(connlint(folder).args(["check", "old/a.md", "--allow-empty"]));
    assert_eq!((code, err.as_str()), (Some(0), "skipped 1 file: excluded\n"));
    assert_eq!(output(connlint(folder).args(["check", "old/a.md", "--no-exclude"])).0, Some(1));
}

/// Whoever checks a repository does not know what its settings name.
/// What the command line names takes the place of what the settings name.
#[test]
fn the_pack_of_the_command_line_counts() {
    let folder = tempfile::tempdir().unwrap();
    write(folder.path(), "connlint.toml", "pack = \"none.yaml\"\n");
    let (code, out, err) = output(connlint(folder.path()).args(["settings", "--pack", "power-platform"]));
    assert_eq!(code, Some(0), "{err}");
    assert!(out.contains("pack = \"power-platform\""), "{out}");
}

/// Whoever has a profile is told how it becomes a pack.
#[test]
fn a_profile_is_refused_with_the_steps_to_a_pack() {
    let folder = tempfile::tempdir().unwrap();
    write(folder.path(), "a.md", GUIDE);
    write(folder.path(), "profile.yaml", "name: Acme\nfront_matter: { required: [title] }\n");
    let steps = "put its keys below `conventions`, add `pack: NAME` above them";
    let refused = |arguments: &[&str], problem: &str, place: &str| {
        let (code, _, err) = output(connlint(folder.path()).args(arguments));
        let one_line = err.split_whitespace().collect::<Vec<_>>().join(" ");
        assert_eq!(code, Some(2), "{err}");
        assert!(one_line.contains(steps) && err.contains(problem) && err.contains(place), "{err}");
    };
    refused(&["check", "--profile", "profile.yaml", "a.md"], "`--profile` was replaced by `--pack`", "");
    refused(&["check", "--pack", "profile.yaml", "a.md"], "a profile, which packs replace", "1:1");
    write(folder.path(), "connlint.toml", "severity = \"info\"\nprofile = \"profile.yaml\"\n");
    refused(&["check", "a.md"], "`profile` was replaced by `pack`", "connlint.toml:2");
}

#[test]
fn settings_stay_in_their_folder() {
    let outer = tempfile::tempdir().unwrap();
    let folder = outer.path().join("site");
    let folder = folder.as_path();
    write(folder, "docs/a.md", GUIDE);
    std::fs::write(outer.path().join("secret.txt"), "kestrel: tern\n").unwrap();
    std::fs::create_dir_all(folder.join(".git/hooks")).unwrap();
    #[cfg(unix)]
    std::os::unix::fs::symlink(outer.path(), folder.join("link")).unwrap();
    for wrong in
        ["../secret.txt", "/etc/hostname", ".git/hooks/pre-commit", "link/secret.txt", "docs/../../x", "link/../x"]
    {
        for key in ["output", "pack", "baseline", "images"] {
            write(folder, "connlint.toml", &format!("{key} = \"{wrong}\"\n"));
            let (code, out, err) = output(connlint(folder).args(["check", "docs"]));
            assert_eq!((code, out.as_str()), (Some(2), ""), "{key} = {wrong}");
            let place = format!("connlint.toml:1:{}", key.len() + 4);
            assert!(err.contains(&format!("`{key}` is outside")) && err.contains(&place), "{err}");
        }
        write(folder, "connlint.toml", &format!("[scopes.acme]\ncatalogue = \"{wrong}\"\n"));
        assert!(output(connlint(folder).args(["check", "docs"])).2.contains("`catalogue` is outside"));
    }
    assert_eq!(std::fs::read_to_string(outer.path().join("secret.txt")).unwrap(), "kestrel: tern\n");
    assert!(std::fs::read_dir(folder.join(".git/hooks")).unwrap().next().is_none());
    write(folder, "connlint.toml", "output = \"reports.txt\"\n");
    assert_eq!(output(connlint(folder).args(["check", "docs"])).0, Some(1));
    write(folder, "connlint.toml", "");
    let (_, _, err) = output(connlint(folder).args(["check", "docs", "--pack", "../secret.txt"]));
    assert!(err.contains("not a valid pack") && !err.contains("tern"), "{err}");
    let (code, _, err) = output(connlint(folder).args(["check", "docs", "--output", ".git/hooks/pre-commit"]));
    assert_eq!(code, Some(2), "{err}");
}

#[test]
fn paths_of_one_run_have_the_same_settings() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    for name in ["one", "other"] {
        write(folder, &format!("{name}/a.md"), GUIDE);
        write(folder, &format!("{name}/connlint.toml"), "severity = \"info\"\n");
    }
    let (code, out, err) = output(connlint(folder).args(["check", "one", "other"]));
    assert_eq!((code, out.as_str()), (Some(2), ""), "{err}");
    assert!(err.contains("the paths have different settings") && err.contains("`other/connlint.toml`"), "{err}");
    #[cfg(unix)]
    {
        std::os::unix::fs::symlink(folder.join("one"), folder.join("link")).unwrap();
        let (code, _, err) = output(connlint(folder).args(["check", "one", "link/a.md"]));
        assert_eq!(code, Some(1), "{err}");
    }
}

#[test]
fn broken_settings_stop_the_tool() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    write(folder, "docs/a.md", GUIDE);
    write(folder, "connlint.toml", "# ours\nfail-on = \"never\"\n");
    let (code, out, err) = output(connlint(folder).args(["check", "docs"]));
    assert_eq!((code, out.as_str()), (Some(2), ""));
    insta::assert_snapshot!(err, @r#"
    error: `connlint.toml` cannot be used

    error: unknown value `never`
     --> connlint.toml:2:11
      |
    2 | fail-on = "never"
      |           ^^^^^^^
      |
      = help: use one of `info`, `warning`, `error`
    "#);
}

#[test]
fn settings_shows_what_is_in_force_and_from_where() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    write(folder, "docs/a.md", GUIDE);
    write(folder, "connlint.toml", COMPLETE.trim_start());
    let (code, out, err) = output(connlint(folder).args(["settings", "docs/a.md"]));
    assert_eq!((code, err.as_str()), (Some(0), ""));
    // Of the rules that a group sets, one stands for all: the list grows.
    let shown = |line: &&str| !line.starts_with("rules.") || line.starts_with("rules.\"guide/table-not-rendered\"");
    let rest: Vec<_> = out.lines().filter(shown).collect();
    insta::assert_snapshot!(rest.join("\n"), @r#"
    severity = "info"  # connlint.toml:1
    fail-on = "warning"  # connlint.toml:2
    strict = true  # connlint.toml:3
    unattended = true  # connlint.toml:4
    format = "json"  # connlint.toml:5
    output = "report.json"  # connlint.toml:6
    select = []
    ignore = []
    extend-select = []
    fixable = []
    unfixable = []
    exclude = ["archive","**/*.draft.md"]  # connlint.toml:7
    max-file-size = "2 MB"  # connlint.toml:8
    pack = "pack.yaml"  # connlint.toml:9
    baseline = "known.json"  # connlint.toml:10
    images = "image-files.txt"  # connlint.toml:11
    liquid-tags = ["button"]  # connlint.toml:12
    references = []
    terminology."e-mail" = "email"  # connlint.toml:26
    scopes.acme.catalogue = "acme.yaml"  # connlint.toml:32
    scopes.pipedrive.add = ["webhooks:all"]  # connlint.toml:29
    rules."guide/table-not-rendered" = "error"  # connlint.toml:16
    "#);
    let read = toml::parse(&source(&out));
    assert!(read.problems.is_empty(), "what is printed is TOML: {:?}", read.problems);
}

const CONFIG: &str = "\
Connector: sample-connector
AuthType: OAuth2
OAuth2Type: AuthorisationCode
ServiceDomain: acme-h.cyclr.com
CallbackUrl: https://acme-h.cyclr.com/connector/callback
Scopes: [base, \"webhooks:every\"]
Properties:
  - Name: ClientId
    Value: ${CLIENT_ID}
  - Name: ClientSecret
    Value: ${CLIENT_SECRET}
";

#[test]
fn scopes_are_added_to_a_catalogue_and_catalogues_to_the_built_in_ones() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    write(folder, "a.connector.yaml", &CONFIG.replace("sample", "pipedrive"));
    write(folder, "b.connector.yaml", &CONFIG.replace("sample", "acme"));
    let unknown = |file: &str| {
        let (_, out, err) = output(connlint(folder).args(["check", file, "--format", "json"]));
        assert_eq!(err, "");
        out.matches("\"config/scope-unknown\"").count()
    };
    assert_eq!(unknown("a.connector.yaml"), 1);
    write(folder, "connlint.toml", "[scopes.pipedrive]\nadd = [\"webhooks:every\"]\n");
    assert_eq!(unknown("a.connector.yaml"), 0);
    let catalogue = "vendor: acme\nname: Acme\ndelimiter: space\nset_in: request\nauthority: official\ncomplete: true\n\
        checked: 2026-01-31\nsources: [https://acme.example/scopes]\nscopes:\n  - name: base\n";
    write(folder, "scopes/acme.yaml", catalogue);
    assert_eq!(unknown("b.connector.yaml"), 0, "a connector without a catalogue");
    write(folder, "connlint.toml", "[scopes.acme]\ncatalogue = \"scopes/acme.yaml\"\n");
    assert_eq!(unknown("b.connector.yaml"), 1);
    write(folder, "connlint.toml", "[scopes.other]\ncatalogue = \"scopes/acme.yaml\"\n");
    let (code, _, err) = output(connlint(folder).args(["check", "b.connector.yaml"]));
    assert_eq!(code, Some(2));
    assert!(err.contains("expected the catalog of `other`, found that of `acme`"), "{err}");
}

#[test]
fn a_list_of_files_speaks_for_the_kinds_that_it_names() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    write(folder, "a.md", GUIDE);
    write(folder, "there/b.gif", "");
    let listed_files = ["images/one.png".to_owned(), "images/two.PNG".to_owned()].into();
    let options = Options { listed_files, ..Options::from(Profile::builtin()) };
    let workspace = Workspace::open(options, &[folder.join("a.md")], Vec::new()).unwrap();
    let site = workspace.site(workspace.checked().next().unwrap());
    for (path, there) in [
        ("images/one.png", Some(true)),
        ("images/three.png", Some(false)),
        ("pictures/three.Png", Some(false)),
        ("images/one.svg", None),
        ("there/b.gif", Some(true)),
        ("there/c.gif", Some(false)),
    ] {
        assert_eq!(site.has_file(path), there, "{path}");
    }
}

#[test]
fn words_are_added_to_the_terminology_and_taken_out_of_it() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    write(folder, "a.md", &GUIDE.replace("Enter these values:\n", "Send an e-mail to be put on the whitelist.\n\n"));
    let found = || {
        let (_, out, err) = output(connlint(folder).args(["check", "a.md", "--severity", "info", "--format", "json"]));
        assert_eq!(err, "");
        ["e-mail", "whitelist"].map(|word| out.contains(&format!("`{word}`")))
    };
    assert_eq!(found(), [false, true]);
    write(folder, "connlint.toml", "[terminology]\n\"e-mail\" = \"email\"\nwhitelist = \"whitelist\"\n");
    assert_eq!(found(), [true, false]);
}

proptest! {
    /// Any text is read or refused at places that are in it.
    #[test]
    fn problems_are_in_the_text(
        parts in prop::collection::vec(
            prop_oneof![
                Just("severity = "), Just("\"info\""), Just("[rules]"), Just("[[overrides]]"), Just("\n"), Just("guide"),
                Just("\"\"\""), Just("'"), Just(" = { "), Just("}"), Just("[\"a\", "), Just("]"), Just("é"), Just("\u{feff}"),
                Just("paths = "), Just("1e9"), Just("2020-01-01"), Just("#"), Just("\0"), Just("\\u{110000}"), Just("."),
            ],
            0..12,
        ),
    ) {
        let text = parts.concat();
        for problem in Settings::read(&source(&text)).1 {
            prop_assert!(text.get(problem.span.range()).is_some(), "{:?}: {:?}", text, problem);
        }
    }
}

/// Messages name the structures of a file, not those of the program.
#[test]
fn a_value_of_another_kind_is_described_in_the_words_of_the_file() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    write(folder, "a.md", GUIDE);
    let refused = || {
        let (code, _, err) = output(connlint(folder).args(["check", "a.md"]));
        assert_eq!(code, Some(2), "{err}");
        assert!(err.contains("expected a mapping, found a number") && !err.contains("struct "), "{err}");
    };
    for settings in ["[scopes]\nx = 1\n", "overrides = [1]\n", "rules = 1\n", "scopes = 1\n"] {
        write(folder, "connlint.toml", settings);
        refused();
    }
    write(folder, "connlint.toml", "pack = \"pack.yaml\"\n");
    for pack in ["pack: x\nfiles: {a: 3}\n", "pack: x\nfiles: 3\n", "pack: x\nconventions: 3\n"] {
        write(folder, "pack.yaml", pack);
        refused();
    }
}
