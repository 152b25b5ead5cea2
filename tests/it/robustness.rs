//! Whatever the bytes: no panic, every place within its file, line endings and formats make no
//! difference, and no secret in any output.
//!
//! The seeds are the fixtures and the examples of all rules' pages, cut and put together at random.

#![allow(clippy::disallowed_methods, reason = "the fixtures are read from disk")]

use crate::support::check;
use crate::support::page;

use std::path::Path;
use std::sync::LazyLock;

use crate::support::report::whole;
use check::{Outcome, check, check_bytes};
use connlint::testing::report::Format;
use connlint::testing::rules::RULES;
use connlint::testing::source::{FileId, SourceFile, Span};
use connlint::testing::tree::yaml;
use proptest::prelude::*;

/// Path and text of everything that tests are made from.
static SEEDS: LazyLock<Vec<(String, String)>> = LazyLock::new(|| {
    let examples = RULES.iter().flat_map(|rule| page::examples(rule.docs));
    let mut seeds: Vec<(String, String)> = examples.flat_map(|example| example.files()).collect();
    read_folder(&Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures"), &mut seeds);
    // A pack says how other files are read.
    seeds.retain(|(name, _)| name != "pack.yaml");
    seeds
});

fn read_folder(folder: &Path, files: &mut Vec<(String, String)>) {
    let entries = std::fs::read_dir(folder).expect("a folder");
    let mut paths: Vec<_> = entries.map(|entry| entry.expect("an entry").path()).collect();
    paths.sort();
    for path in paths {
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        if path.is_dir() {
            read_folder(&path, files);
        } else if let Ok(text) = std::fs::read_to_string(&path) {
            files.push((name, text));
        }
    }
}

fn seed() -> impl Strategy<Value = (String, String)> {
    any::<prop::sample::Index>().prop_map(|index| index.get(&SEEDS).clone())
}

/// Every span of the outcome lies within its file, on character boundaries, and both formats render.
fn assert_sound(outcome: &Outcome) {
    for diagnostic in &outcome.diagnostics {
        let finding = &diagnostic.finding;
        let labels = std::iter::once(&finding.primary).chain(&finding.labels).map(|label| label.span);
        let edits = finding.fix.iter().flat_map(|fix| &fix.edits).map(|edit| edit.span);
        for span in labels.chain(edits) {
            assert!(is_whole(outcome, span), "{}: {span:?}", diagnostic.rule);
        }
    }
    for format in Format::ALL {
        let _ = whole(format, &outcome.diagnostics, outcome);
    }
}

fn is_whole(outcome: &Outcome, span: Span) -> bool {
    outcome.sources.get(&span.file).is_none_or(|source| source.text().get(span.range()).is_some())
}

/// What does not depend on offsets: rule, line, column, message.
fn findings(outcome: &Outcome) -> Vec<(&'static str, u32, u32, String)> {
    let row = |diagnostic: &connlint::testing::diagnostic::Diagnostic| {
        let span = diagnostic.finding.primary.span;
        let position = outcome.sources[&span.file].position(span.start);
        (diagnostic.rule, position.line, position.column, diagnostic.finding.message.replace('\r', ""))
    };
    outcome.diagnostics.iter().map(row).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn any_bytes(bytes in proptest::collection::vec(any::<u8>(), 0..400), name in "(a|b)\\.(md|yaml|json|connector\\.yaml)") {
        assert_sound(&check_bytes(vec![(name, bytes)]));
    }

    #[test]
    fn any_markup(pieces in proptest::collection::vec(prop::sample::select(MARKUP), 0..60)) {
        assert_sound(&check(&[("a.md".to_owned(), pieces.concat())]));
    }

    #[test]
    fn truncated((name, text) in seed(), at in any::<prop::sample::Index>()) {
        let bytes = &text.as_bytes()[..at.index(text.len() + 1)];
        assert_sound(&check_bytes(vec![(name, bytes.to_vec())]));
    }

    #[test]
    fn spliced(
        (name, first) in seed(),
        (_, second) in seed(),
        at in any::<prop::sample::Index>(),
        from in any::<prop::sample::Index>(),
    ) {
        let mut bytes = first.as_bytes()[..at.index(first.len() + 1)].to_vec();
        bytes.extend(&second.as_bytes()[from.index(second.len() + 1)..]);
        assert_sound(&check_bytes(vec![(name, bytes)]));
    }

    /// A secret in a configuration is in no output, whatever is wrong around it.
    #[test]
    fn secrets_stay(secret in "zq[A-Za-z0-9+/_=.:-]{8,40}", quote in prop::sample::select(&["", "\"", "'"][..]), drop in 0usize..12) {
        let mut lines = vec![
            "Connector: acme-connector".to_owned(),
            "AuthType: OAuth2".to_owned(),
            "OAuth2Type: AuthorizationCode".to_owned(),
            "ServiceDomain: https://acme.example.com/".to_owned(),
            "CallbackUrl: http://acme.example.com/callback".to_owned(),
            "Properties:".to_owned(),
            "  - Name: ClientId".to_owned(),
            "    Value: abc".to_owned(),
            "  - Name: ClientSecret".to_owned(),
            format!("    Value: {quote}{secret}{quote}"),
        ];
        // Anything but the secret's own entry and its parent may be missing.
        if drop < lines.len() && ![5, 8, 9].contains(&drop) {
            lines.remove(drop);
        }
        let outcome = check(&[("acme.connector.yaml".to_owned(), lines.join("\n"))]);
        for format in Format::ALL {
            let out = whole(format, &outcome.diagnostics, &outcome);
            prop_assert!(!out.contains(&secret), "{}", out);
        }
    }
}

/// What pages are made of, and what breaks them.
const MARKUP: &[&str] = &[
    "---\n",
    "title: Acme Authentication\n",
    "permalink: acme-connector\n",
    "tags: [connector]\n",
    "linkedpage: true\n",
    "{::options parse_block_html=\"true\" /}\n",
    "<section class=\"card\">\n",
    "</section>\n",
    "<sction>",
    "\n",
    "\n\n",
    "\r\n",
    "## Acme setup\n",
    "## Cyclr setup\n",
    "# ",
    "### Requirements\n",
    "Setext\n---\n",
    "1. Step\n",
    "   2. ",
    "*   ",
    "> **Note**: ",
    "> ",
    "    ",
    "\t",
    "| **Value** | **Description** |\n",
    "| --- | --- |\n",
    "| **API Key** | The key. |\n",
    "|",
    "`",
    "```\n",
    "~~~",
    "**",
    "_",
    "[",
    "](",
    ")",
    "![",
    "[a]: b\n",
    "{{ x }}",
    "{{",
    "{% raw %}",
    "{% endraw %}",
    "{%",
    "%}",
    "<!--",
    "-->",
    "<!-- connlint-ignore guide: because -->\n",
    "<a name=\"x\">",
    "</a>",
    "<span",
    ">",
    "&amp;",
    "\\",
    "https://{YourServiceDomain}/connector/callback",
    "http://",
    "é",
    "日本",
    "\u{a0}",
    "\u{200b}",
    "\u{feff}",
    "\u{0}",
    "the the ",
    "Client ID",
    "scopes",
    "`deals:read`",
    "{: .table}\n",
    "^",
    "[^1]",
    ": x\n",
];

#[test]
fn crlf_and_lf_say_the_same() {
    for (name, text) in SEEDS.iter() {
        let text = text.replace("\r\n", "\n");
        let unix = check(&[(name.clone(), text.clone())]);
        let windows = check(&[(name.clone(), text.replace('\n', "\r\n"))]);
        assert_eq!(findings(&unix), findings(&windows), "{name}\n{text}");
    }
}

#[test]
fn every_seed_is_sound() {
    for (name, text) in SEEDS.iter() {
        assert_sound(&check(&[(name.clone(), text.clone())]));
    }
}

/// Rules about how YAML is written; JSON has no such thing.
const YAML_ONLY: &[&str] = &[
    "config/syntax", "config/duplicate-key", "config/yaml-1-1-ambiguity", "config/whitespace-in-value",
    "config/value-truncated",
];

#[test]
fn yaml_and_its_json_twin_say_the_same() {
    let said = |outcome: &Outcome| {
        let spoken = outcome
            .diagnostics
            .iter()
            .filter(|found| !YAML_ONLY.contains(&found.rule) && !found.rule.starts_with("ignore/"));
        let mut rows: Vec<_> = spoken.map(|found| (found.rule, found.finding.message.clone())).collect();
        rows.sort();
        rows
    };
    for (name, text) in SEEDS.iter().filter(|(name, _)| name.ends_with("yaml")) {
        let source = SourceFile::new(FileId(0), name.clone(), text.clone());
        let read = yaml::parse(&source, 0..text.len());
        // Ignore comments and tags have no twin.
        if !read.problems.is_empty()
            || read.documents.len() != 1
            || text.contains("connlint-ignore")
            || text.contains(": !")
        {
            continue;
        }
        let json = serde_json::to_string_pretty(&read.documents[0].to_json()).expect("JSON");
        let first = check(&[(name.clone(), text.clone())]);
        let twin = check(&[(name.replace(".yaml", ".json"), json.clone())]);
        assert_eq!(said(&first), said(&twin), "{text}\n{json}");
    }
}
