//! Reports for other programs: what their published schemas ask for holds, and nothing in a file name
//! or a message breaks out of its place.

#![allow(clippy::disallowed_methods, reason = "the tests read schemas and reports")]
#![allow(clippy::unwrap_used, clippy::print_stderr, reason = "what the tests share are tests, too")]

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::{Arc, LazyLock};

use assert_cmd::Command;
use connlint::testing::Fingerprint;
use connlint::testing::diagnostic::{Diagnostic, Edit, Finding, Fix, Severity};
use connlint::testing::report::{Context, Format, Part, Renderer, RuleDescription, Sources, Stream, Summary, Terminal};
use connlint::testing::source::{FileId, SourceFile};
use proptest::prelude::*;
use pulldown_cmark::{Event, Options, Parser, Tag};
use quick_xml::events::Event as Xml;
use serde_json::Value;

use crate::support::{corpus, data};

struct Files(Vec<Arc<SourceFile>>);

impl Sources for Files {
    fn source(&self, id: FileId) -> Arc<SourceFile> {
        Arc::clone(&self.0[id.0 as usize])
    }
}

const TEXT: &str = "# Ünï\n\ncode here and code\n";

static RULES: LazyLock<Vec<RuleDescription>> = LazyLock::new(|| {
    vec![RuleDescription {
        name: "guide/example",
        severity: Severity::Warning,
        summary: |_| "Finds examples.".to_owned(),
        why: |_| "They mislead.".to_owned(),
        page: |name| format!("# {name}\n\nFinds examples.\n"),
        url: Some("https://example.com/guide/example.md".to_owned()),
    }]
});

/// A finding with all that one can have: two places, help, and a fix of two edits.
fn full(files: &Files, id: usize, message: &str) -> Diagnostic {
    let file = &files.0[id];
    let places: Vec<_> = TEXT.match_indices("code").map(|(at, code)| file.span(at..at + code.len())).collect();
    let edits = places.iter().map(|place| Edit::replace(*place, "Code")).collect();
    let finding = Finding::new(places[0], message)
        .here(message)
        .label(places[1], message)
        .help(message)
        .fix(Fix::safe(message, edits));
    Diagnostic { rule: "guide/example", severity: Severity::Warning, finding }
}

/// A report over two files named `path` and `two.md`, with two findings in the first and one in the second.
fn report(format: Format, path: &str, message: &str) -> String {
    let file = |(id, path)| Arc::new(SourceFile::new(FileId(id), path, TEXT));
    let files = Files([(0, path), (1, "two.md")].map(file).to_vec());
    let found = [vec![full(&files, 0, message), full(&files, 0, message)], vec![full(&files, 1, "plain")]];
    let context = Context { rules: Some(&RULES), folder: "/site", ..Context::default() };
    let renderer = Renderer::new(format, Terminal::default()).with(context);
    let mut summary = Summary { files: 2, ..Summary::default() };
    let mut stream = Stream::start(renderer, Vec::new()).unwrap();
    for diagnostics in &found {
        summary.count_file(diagnostics);
        stream.file(renderer.file(diagnostics, &files)).unwrap();
    }
    String::from_utf8(stream.end(&summary).unwrap()).unwrap()
}

/// A report without a finding.
fn clean(format: Format) -> String {
    let renderer =
        Renderer::new(format, Terminal::default()).with(Context { rules: Some(&RULES), ..Context::default() });
    let mut stream = Stream::start(renderer, Vec::new()).unwrap();
    stream.file(Part::default()).unwrap();
    String::from_utf8(stream.end(&Summary { files: 1, ..Summary::default() }).unwrap()).unwrap()
}

/// Checks a report against a published schema.
fn assert_valid(schema: &str, report: &str) {
    let schema: Value = serde_json::from_str(&data::read(schema)).unwrap();
    let validator = jsonschema::validator_for(&schema).unwrap();
    let report: Value = serde_json::from_str(report).unwrap();
    let errors: Vec<String> =
        validator.iter_errors(&report).take(3).map(|error| format!("{}: {error}", error.instance_path())).collect();
    assert!(errors.is_empty(), "{errors:#?}");
}

const RDJSON: &str = "formats/rdjson-DiagnosticResult.json";
const SARIF: &str = "formats/sarif-schema-2.1.0.json";

fn parsed(report: &str) -> Value {
    serde_json::from_str(report).unwrap_or_else(|error| panic!("{error}:\n{report}"))
}

fn assert_gitlab(report: &str) {
    let report = parsed(report);
    let issues = report.as_array().unwrap();
    let marks: BTreeSet<&str> = issues.iter().map(|issue| issue["fingerprint"].as_str().unwrap()).collect();
    assert_eq!(marks.len(), issues.len(), "a fingerprint is there twice");
    for issue in issues {
        assert!(issue["description"].is_string() && issue["check_name"].is_string());
        assert!(["info", "minor", "major", "critical", "blocker"].contains(&issue["severity"].as_str().unwrap()));
        let path = issue["location"]["path"].as_str().unwrap();
        assert!(!path.starts_with("./") && !path.starts_with('/'), "{path}");
        assert!(issue["location"]["lines"]["begin"].as_u64().unwrap() > 0);
    }
}

#[test]
fn a_name_leads_back_to_its_format() {
    for format in Format::ALL {
        assert_eq!(Format::named(format.name()), Some(format));
    }
    assert_eq!(Format::named("auto"), None);
}

#[test]
fn concise_and_jsonl_have_a_line_for_each_finding() {
    let concise = report(Format::Concise, "docs/one.md", "`code` is wrong");
    assert_eq!(concise.lines().next(), Some("docs/one.md:3:1: warning[guide/example]: `code` is wrong (--fix)"));
    assert_eq!(concise.lines().count(), 4, "three findings and the summary");
    let lines = report(Format::Jsonl, "docs/one.md", "`code` is wrong");
    let whole = parsed(&report(Format::Json, "docs/one.md", "`code` is wrong"));
    let lines: Vec<Value> = lines.lines().map(parsed).collect();
    assert_eq!(Value::from(lines), whole["diagnostics"]);
    assert_eq!(clean(Format::Jsonl), "");
}

#[test]
fn sarif_is_what_the_standard_asks_for() {
    let text = report(Format::Sarif, "/site/docs/a b.md", "see [a](b.md)");
    assert_valid(SARIF, &text);
    assert_valid(SARIF, &clean(Format::Sarif));
    let run = &parsed(&text)["runs"][0];
    let rule = &run["tool"]["driver"]["rules"][0];
    assert_eq!(rule["help"]["markdown"], "# guide/example\n\nFinds examples.\n");
    let result = &run["results"][0];
    assert_eq!((&result["ruleIndex"], &result["level"]), (&0.into(), &"warning".into()));
    let quoted = "see \\[a\\](b.md)";
    let expected = format!("{quoted}\n{quoted}\n[{quoted}](1)");
    assert_eq!(result["message"]["text"], expected, "one link, to the other place, and none of a quoted one");
    assert_eq!(result["relatedLocations"][0]["id"], 1);
    let place = &result["locations"][0]["physicalLocation"];
    assert_eq!(place["artifactLocation"]["uri"], "docs/a%20b.md");
    assert_eq!(place["region"], serde_json::json!({"startLine": 3, "startColumn": 1, "endLine": 3, "endColumn": 5}));
    assert_eq!(result["relatedLocations"][0]["physicalLocation"]["region"]["startColumn"], 15);
    assert_eq!(result["fixes"][0]["artifactChanges"][0]["replacements"][1]["insertedContent"]["text"], "Code");
}

#[test]
fn sarif_and_the_baseline_have_one_fingerprint() {
    let run = &parsed(&report(Format::Sarif, "one.md", "wrong"))["runs"][0];
    let source = SourceFile::new(FileId(0), "one.md", TEXT);
    let at = TEXT.find("code").unwrap();
    let mark = Fingerprint::new("guide/example", &source, source.span(at..at + 4)).to_string();
    assert_eq!(run["results"][0]["partialFingerprints"]["ruleAndLine/v1"], mark);
}

#[test]
fn gitlab_gets_unique_fingerprints_and_relative_paths() {
    let text = report(Format::Gitlab, "/site/docs/one.md", "wrong");
    assert_gitlab(&text);
    assert_eq!(parsed(&text)[0]["location"]["path"], "docs/one.md");
    assert_gitlab(&clean(Format::Gitlab));
}

#[test]
fn github_gets_commands() {
    let text = report(Format::Github, "docs/a,b.md", "100%: wrong");
    let expected = "::warning file=docs/a%2Cb.md,line=3,endLine=3,col=1,endColumn=5,title=guide/example::\
                    100%25: wrong%0A100%25: wrong";
    assert_eq!(text.lines().next(), Some(expected));
}

/// An element of a document: its name, its attributes, the names of its children.
#[derive(Debug, Default)]
struct Element {
    name: String,
    attributes: BTreeMap<String, String>,
    children: Vec<String>,
}

/// All elements of a well-formed document of characters that XML allows, in order of their start.
fn elements(document: &str) -> Vec<Element> {
    let allowed = |c: char| matches!(c, '\t' | '\n' | ' '..='\u{d7ff}' | '\u{e000}'..='\u{fffd}' | '\u{10000}'..);
    assert!(document.chars().all(allowed), "{document:?}");
    let mut reader = quick_xml::Reader::from_str(document);
    let (mut elements, mut open): (Vec<Element>, Vec<usize>) = (Vec::new(), Vec::new());
    loop {
        let event = reader.read_event().unwrap_or_else(|error| panic!("{error}:\n{document}"));
        match &event {
            Xml::Start(start) | Xml::Empty(start) => {
                let name = start.name().as_ref().to_owned();
                let attribute = |attribute: quick_xml::events::attributes::Attribute| {
                    let value = quick_xml::escape::unescape(&attribute.value).unwrap();
                    (attribute.key.as_ref().to_owned(), value.into_owned())
                };
                let attributes = start.attributes().map(|one| attribute(one.unwrap())).collect();
                if let Some(parent) = open.last() {
                    elements[*parent].children.push(name.clone());
                }
                elements.push(Element { name, attributes, children: Vec::new() });
                if matches!(event, Xml::Start(_)) {
                    open.push(elements.len() - 1);
                }
            }
            Xml::End(_) => drop(open.pop()),
            Xml::Eof => break,
            Xml::Comment(_) | Xml::CData(_) | Xml::PI(_) | Xml::DocType(_) => panic!("nothing of that is written"),
            _ => {}
        }
    }
    assert!(open.is_empty());
    elements
}

/// What the schema of `formats/junit.xsd` demands of the elements that are written.
fn assert_junit(document: &str) {
    let keys = |element: &Element| element.attributes.keys().cloned().collect::<Vec<_>>().join(" ");
    let found = elements(document);
    assert_eq!(found[0].name, "testsuites");
    let mut ids = BTreeSet::new();
    for element in &found {
        match element.name.as_str() {
            "testsuites" => assert!(element.children.iter().all(|name| name == "testsuite")),
            "testsuite" => {
                assert_eq!(keys(element), "errors failures hostname id name package tests time timestamp");
                assert!(ids.insert(element.attributes["id"].clone()), "an id is there twice");
                let cases = element.children.len() - 3;
                assert_eq!(element.children[0], "properties");
                assert!(element.children[1..=cases].iter().all(|name| name == "testcase"));
                assert_eq!(element.children[cases + 1..], ["system-out", "system-err"]);
                assert_eq!(element.attributes["tests"], cases.to_string());
            }
            "testcase" => {
                assert_eq!(keys(element), "classname name time");
                assert!(element.children.len() <= 1, "a case fails once");
            }
            "failure" => assert_eq!(keys(element), "message type"),
            "properties" | "system-out" | "system-err" => assert_eq!(keys(element), ""),
            other => panic!("`{other}` is no element of the schema"),
        }
    }
}

#[test]
fn junit_is_what_the_schema_asks_for() {
    let text = report(Format::Junit, "/site/docs/one.md", "`<b>` is wrong");
    assert_junit(&text);
    let failures: Vec<Element> = elements(&text).into_iter().filter(|element| element.name == "failure").collect();
    assert_eq!(failures.len(), 3);
    assert_eq!(failures[0].attributes["message"], "`<b>` is wrong");
    assert_junit(&clean(Format::Junit));
    assert!(clean(Format::Junit).contains("failures=\"0\""), "a clean run is a test that passed");
}

#[test]
fn checkstyle_has_a_file_with_its_errors() {
    let found = elements(&report(Format::Checkstyle, "/site/docs/one.md", "`<b>` is wrong"));
    let names: Vec<&str> = found.iter().map(|element| element.name.as_str()).collect();
    assert_eq!(names, ["checkstyle", "file", "error", "error", "file", "error"]);
    assert_eq!(found[1].attributes["name"], "docs/one.md");
    let error = &found[2].attributes;
    let values = ["line", "column", "severity", "message", "source"].map(|key| error[key].as_str());
    assert_eq!(values, ["3", "1", "warning", "`<b>` is wrong", "connlint.guide.example"]);
    assert_eq!(elements(&clean(Format::Checkstyle)).len(), 1);
}

#[test]
fn rdjson_suggests_the_whole_fix() {
    let text = report(Format::Rdjson, "docs/one.md", "wrong");
    assert_valid(RDJSON, &text);
    assert_valid(RDJSON, &clean(Format::Rdjson));
    let expected = serde_json::json!([{
        "range": {"start": {"line": 3, "column": 1}, "end": {"line": 3, "column": 19}},
        "text": "Code here and Code",
    }]);
    assert_eq!(parsed(&text)["diagnostics"][0]["suggestions"], expected);
}

#[test]
fn rdjson_counts_bytes() {
    let file = Arc::new(SourceFile::new(FileId(0), "a.md", "é x\n"));
    let diagnostic =
        Diagnostic { rule: "guide/example", severity: Severity::Info, finding: Finding::new(file.span(3..4), "`x`") };
    let part = Renderer::new(Format::Rdjson, Terminal::default()).file(&[diagnostic], &Files(vec![file]));
    let out = part.text();
    assert_eq!(parsed(out)["location"]["range"]["start"]["column"], 4);
}

#[test]
fn rdjson_suggests_nothing_around_a_secret() {
    let mut file = SourceFile::new(FileId(0), "a.md", "code hunter2 code\n");
    file.hide(std::iter::once(5..12));
    let edits = [0..4, 13..17].map(|range| Edit::replace(file.span(range), "x")).to_vec();
    let finding = Finding::new(file.span(0..4), "wrong").fix(Fix::safe("mend", edits));
    let diagnostic = Diagnostic { rule: "guide/example", severity: Severity::Error, finding };
    let renderer = Renderer::new(Format::Rdjson, Terminal::default());
    let part = renderer.file(&[diagnostic], &Files(vec![Arc::new(file)]));
    let out = part.text();
    assert!(!out.contains("hunter2") && !out.contains("suggestions"), "{out}");
}

#[test]
fn azure_gets_commands() {
    let text = report(Format::Azure, "docs/a;b].md", "100%: wrong");
    let expected = "##vso[task.logissue type=warning;sourcepath=docs/a%3Bb%5D.md;linenumber=3;columnnumber=1;\
                    code=guide/example;]100%AZP25: wrong%0A100%AZP25: wrong";
    assert_eq!(text.lines().next(), Some(expected));
}

#[test]
fn markdown_quotes_what_is_in_backticks() {
    let text = report(Format::Markdown, "docs/one.md", "`<b>` is *wrong*");
    let expected = "### `docs/one.md`\n\n- **warning** 3:1 `guide/example`: ";
    assert!(text.starts_with(expected), "{text}");
    assert!(text.contains("`guide/example`: `<b>` is \\*wrong\\*\n  - `<b>` is \\*wrong\\*\n"), "{text}");
}

/// What a format can take for its own, in names and messages.
fn mischief() -> impl Strategy<Value = String> {
    const PIECES: [&str; 34] = [
        "a",
        "é",
        " ",
        "\"",
        "'",
        "\n",
        "\r",
        "\r\n",
        "\t",
        "::",
        ":",
        "%",
        "%0A",
        ",",
        ";",
        "]]>",
        "]",
        "[",
        "](http://x.y)",
        "<b>",
        "</error>",
        "&amp;",
        "&",
        "\u{1b}[31m",
        "\0",
        "\u{7f}",
        "\u{202e}",
        "\u{fffe}",
        "`",
        "``",
        "|",
        "@you",
        "\n::error::x\n",
        "##vso[task.complete result=Succeeded;]",
    ];
    prop::collection::vec(prop::sample::select(&PIECES[..]), 1..12).prop_map(|pieces| format!("x{}", pieces.concat()))
}

/// A character that steers a terminal or a log; line feeds end lines of the report.
fn steers(character: char) -> bool {
    (character.is_control() && character != '\n') || character == '\u{202e}'
}

/// What `github.com/actions/runner` reads from a line.
fn github_command(line: &str) -> (Vec<(String, String)>, String) {
    let (head, data) = line.strip_prefix("::").and_then(|rest| rest.split_once("::")).expect("a command");
    let (_, properties) = head.split_once(' ').expect("properties");
    let plain = |text: &str| {
        let text = text.replace("%3A", ":").replace("%2C", ",").replace("%0A", "\n");
        text.replace("%0D", "\r").replace("%25", "%")
    };
    let pair = |pair: &str| pair.split_once('=').map(|(key, value)| (key.to_owned(), plain(value))).expect("a pair");
    (properties.split(',').map(pair).collect(), plain(data))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn formats_of_lines_have_the_lines_they_should(path in mischief(), message in mischief()) {
        for (format, lines) in [(Format::Concise, 4), (Format::Jsonl, 3), (Format::Github, 4), (Format::Azure, 4)] {
            let text = report(format, &path, &message);
            prop_assert_eq!(text.matches('\n').count(), lines, "{}", &text);
            prop_assert!(!text.contains(steers), "{:?}", text);
        }
        let text = report(Format::Github, &path, &message);
        for line in text.lines().take(3) {
            let (properties, _) = github_command(line);
            let keys: Vec<&str> = properties.iter().map(|(key, _)| key.as_str()).collect();
            prop_assert_eq!(keys, ["file", "line", "endLine", "col", "endColumn", "title"]);
        }
        prop_assert!(!text.lines().nth(3).unwrap().contains("::"));
        for line in report(Format::Azure, &path, &message).lines().take(3) {
            let (properties, _) = line.strip_prefix("##vso[task.logissue ").unwrap().split_once(']').unwrap();
            let keys: Vec<&str> = properties.split_terminator(';').map(|pair| pair.split_once('=').unwrap().0).collect();
            prop_assert_eq!(keys, ["type", "sourcepath", "linenumber", "columnnumber", "code"]);
        }
    }

    #[test]
    fn reports_for_people_do_not_steer_a_terminal(path in mischief(), message in mischief()) {
        for format in [Format::Text, Format::Narrated] {
            let text = report(format, &path, &message);
            prop_assert!(!text.contains(steers), "{:?}", text);
            let begins = |line: &&str| line.starts_with("warning[guide/example]:") || *line == "Warning, rule guide/example.";
            prop_assert_eq!(text.lines().filter(begins).count(), 3, "{}", text);
        }
    }

    #[test]
    fn formats_of_xml_have_the_elements_they_should(path in mischief(), message in mischief()) {
        let junit = report(Format::Junit, &path, &message);
        assert_junit(&junit);
        prop_assert_eq!(elements(&junit).iter().filter(|element| element.name == "failure").count(), 3);
        prop_assert_eq!(elements(&report(Format::Checkstyle, &path, &message)).len(), 6);
    }

    #[test]
    fn markdown_has_only_its_own_markup(path in mischief(), message in mischief()) {
        let text = report(Format::Markdown, &path, &message);
        prop_assert!(!text.contains(steers), "{:?}", text);
        let (mut items, mut headings) = (0, 0);
        for event in Parser::new_ext(&text, Options::all()) {
            match event {
                Event::Start(Tag::Heading { .. }) => headings += 1,
                Event::Start(Tag::Item) => items += 1,
                Event::Start(Tag::Link { dest_url, .. }) => prop_assert!(dest_url.ends_with("/guide/example.md")),
                Event::Start(Tag::Paragraph | Tag::List(_) | Tag::Strong)
                | Event::End(_)
                | Event::Text(_)
                | Event::Code(_)
                | Event::SoftBreak => {}
                Event::InlineHtml(html) => prop_assert_eq!(&*html, "<!-- -->"),
                other => prop_assert!(false, "{:?} in\n{}", other, text),
            }
        }
        prop_assert_eq!((headings, items), (2, 9));
    }

    #[test]
    fn formats_of_json_stay_what_they_are(path in mischief(), message in mischief()) {
        let json = parsed(&report(Format::Json, &path, &message));
        prop_assert_eq!(json["diagnostics"][0]["message"].as_str(), Some(message.as_str()));
        prop_assert_eq!(json["diagnostics"][0]["file"].as_str(), Some(path.as_str()));
        let sarif = report(Format::Sarif, &path, &message);
        assert_valid(SARIF, &sarif);
        prop_assert!(!sarif.contains(steers));
        prop_assert_eq!(parsed(&sarif)["runs"][0]["results"].as_array().map(Vec::len), Some(3));
        assert_gitlab(&report(Format::Gitlab, &path, &message));
        let rdjson = report(Format::Rdjson, &path, &message);
        assert_valid(RDJSON, &rdjson);
        prop_assert_eq!(parsed(&rdjson)["diagnostics"].as_array().map(Vec::len), Some(3));
    }
}

/// What a service says about itself and the formats go by.
const ENVIRONMENT: [&str; 3] = ["GITHUB_ACTIONS", "GITHUB_STEP_SUMMARY", "GITLAB_CI"];

fn connlint(folder: &Path, arguments: &[&str]) -> (i32, String, String) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_connlint"));
    for name in ENVIRONMENT {
        command.env_remove(name);
    }
    let output = command.current_dir(folder).args(arguments).output().unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    (output.status.code().unwrap(), text(output.stdout), text(output.stderr))
}

fn folder() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("a.connector.yaml"), "Connector: acme-connector\nAuthType: Bsaic\n").unwrap();
    folder
}

#[test]
fn several_reports_at_once() {
    let folder = folder();
    std::fs::write(folder.path().join("out.sarif"), "old").unwrap();
    let arguments = ["check", "--format", "concise", "--format", "sarif:out.sarif", "--format", "json:out.json"];
    let (code, out, err) = connlint(folder.path(), &arguments);
    assert_eq!((code, err.as_str()), (1, ""));
    assert!(out.starts_with("a.connector.yaml:"), "{out}");
    let read = |name: &str| std::fs::read_to_string(folder.path().join(name)).unwrap();
    assert_valid(SARIF, &read("out.sarif"));
    let rules = parsed(&read("out.sarif"))["runs"][0]["tool"]["driver"]["rules"].as_array().map(Vec::len);
    assert_eq!(rules, Some(connlint::testing::rules::RULES.len()));
    assert!(parsed(&read("out.json"))["diagnostics"].is_array());
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 3, "nothing is left beside the reports");
}

#[test]
fn what_cannot_be_written_is_refused() {
    let folder = folder();
    for wrong in [
        &["check", "--format", "text", "--format", "json"][..],
        &["check", "--format", "text:a", "--format", "json:a"],
        &["check", "--format", "sarif:a", "--output", "b"],
        &["check", "--format", "sarif:"],
        &["check", "--format", "pretty"],
        &["check", "--format", "sarif:no/such/folder"],
        &["check", "--output", "."],
    ] {
        let (code, out, err) = connlint(folder.path(), wrong);
        assert_eq!((code, out.as_str()), (2, ""), "{wrong:?}");
        assert!(!err.is_empty(), "{wrong:?}");
    }
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1, "nothing is written");
}

#[test]
fn auto_is_what_the_service_reads() {
    let folder = folder();
    for (variable, start) in [("GITHUB_ACTIONS", "::error file="), ("GITLAB_CI", "[\n{"), ("OTHER", "error[")] {
        let mut command = Command::new(env!("CARGO_BIN_EXE_connlint"));
        for name in ENVIRONMENT {
            command.env_remove(name);
        }
        let output = command
            .current_dir(folder.path())
            .env(variable, "true")
            .args(["check", "--format", "auto"])
            .output()
            .unwrap();
        let out = String::from_utf8(output.stdout).unwrap();
        assert!(out.trim_start().starts_with(start), "{variable}: {out}");
    }
}

/// Runs a check whose annotations go to standard output, and gives back the summary of the step.
fn step_summary(folder: &Path, there: &str) -> String {
    let summaries = tempfile::tempdir().unwrap();
    let path = summaries.path().join("summary.md");
    std::fs::write(&path, there).unwrap();
    let mut command = Command::new(env!("CARGO_BIN_EXE_connlint"));
    let command = command.current_dir(folder).env("GITHUB_STEP_SUMMARY", &path).args(["check", "--format", "github"]);
    let output = command.output().unwrap();
    assert!(String::from_utf8(output.stdout).unwrap().starts_with("::error file="));
    std::fs::read_to_string(path).unwrap()
}

#[test]
fn github_shows_a_summary_of_the_step() {
    let summary = step_summary(folder().path(), "There before.\n");
    assert!(summary.starts_with("There before.\n### `a.connector.yaml`\n\n- **error** "), "{summary}");
    assert!(summary.lines().last().unwrap().contains("fixable with `--fix`"), "{summary}");
}

#[test]
fn the_summary_of_a_step_stays_below_the_limit() {
    let folder = folder();
    let summary = step_summary(folder.path(), &"x".repeat((1 << 20) - 1100));
    assert!(summary.len() <= 1 << 20, "{}", summary.len());
    assert!(summary.contains("Findings of 1 more files omitted"), "{}", &summary[(1 << 20) - 1100..]);
}

/// Matches an output as a page shows it: `...` stands for anything.
fn as_shown(shown: &str) -> regex::Regex {
    let pattern = regex::escape(shown.trim_end()).replace(r"\.\.\.", ".*");
    regex::Regex::new(&format!("(?s)^{pattern}\\s*$")).unwrap()
}

/// The blocks of a language in a page, without their fences.
fn blocks<'a>(page: &'a str, language: &'a str) -> impl Iterator<Item = &'a str> {
    page.split("\n```").skip(1).step_by(2).filter_map(move |block| block.strip_prefix(language)?.strip_prefix('\n'))
}

#[test]
fn the_page_about_formats_shows_what_is_written() {
    let page = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/docs/formats.md")).unwrap();
    let folder = tempfile::tempdir().unwrap();
    let example = blocks(&page, "yaml").next().unwrap();
    std::fs::write(folder.path().join("acme.connector.yaml"), example).unwrap();
    let mut commands = 0;
    for block in blocks(&page, "console") {
        let (command, shown) = block.split_once('\n').unwrap_or((block, ""));
        let command = command.strip_prefix("$ connlint ").unwrap_or_else(|| panic!("`{command}` is no command"));
        let arguments: Vec<&str> = command.split(' ').collect();
        let (code, out, err) = connlint(folder.path(), &arguments);
        assert!(code < 2, "`{command}`: {err}");
        assert!(as_shown(shown).is_match(&out), "`{command}` writes\n{out}\nand the page shows\n{shown}");
        commands += 1;
    }
    assert!(commands > 10, "{commands}");
    for format in Format::ALL {
        assert!(page.contains(&format!("`{}`", format.name())), "`{}` is not described", format.name());
    }
}

#[test]
#[ignore = "needs CONNLINT_CORPUS"]
fn reports_of_the_real_guides_are_valid() {
    let corpus = corpus::folder();
    let folder = tempfile::tempdir().unwrap();
    let formats: Vec<String> =
        Format::ALL.iter().flat_map(|format| ["--format".to_owned(), format!("{0}:{0}", format.name())]).collect();
    let mut arguments = vec!["check", "--isolated", "--severity", "info", corpus.to_str().unwrap()];
    arguments.extend(formats.iter().map(String::as_str));
    let (code, _, err) = connlint(folder.path(), &arguments);
    assert!(code < 2, "{err}");
    let read = |format: Format| std::fs::read_to_string(folder.path().join(format.name())).unwrap();
    let count = parsed(&read(Format::Json))["diagnostics"].as_array().unwrap().len();
    assert_eq!(read(Format::Jsonl).lines().count(), count);
    let sarif = read(Format::Sarif);
    assert_valid(SARIF, &sarif);
    assert_eq!(parsed(&sarif)["runs"][0]["results"].as_array().unwrap().len(), count);
    let gitlab = parsed(&read(Format::Gitlab));
    let marks: BTreeSet<&str> =
        gitlab.as_array().unwrap().iter().filter_map(|one| one["fingerprint"].as_str()).collect();
    assert_eq!(marks.len(), count);
    assert_valid(RDJSON, &read(Format::Rdjson));
    assert_eq!(parsed(&read(Format::Rdjson))["diagnostics"].as_array().unwrap().len(), count);
    assert_junit(&read(Format::Junit));
    let errors = elements(&read(Format::Checkstyle)).iter().filter(|element| element.name == "error").count();
    assert_eq!(errors, count);
}
