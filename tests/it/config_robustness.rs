//! Whatever a configuration holds: no panic, spans in bounds and on character boundaries.

use crate::support::check;
use crate::support::manifest;

use check::check;
use manifest::{LAYOUTS, Manifest, key, oauth};
use proptest::prelude::*;

/// Cuts and pieces that a text is broken with.
const PIECES: &[&str] = &[
    "{", "}", "[", "]", ": ", "- ", "\"", "'", "|", ">", "&a ", "*a", "!env ", "\t", "\n", "\r\n", "#", "é", "\u{a0}",
    "\u{feff}", "𝄞", "<<: ", "? ", "---\n", "%", "@", "${", "://", "\\", "null", "0x1F", "~", "Properties:",
    "AuthValue: {",
];

/// A manifest with many mistakes, so that many rules look at it.
fn wrong() -> Manifest {
    let manifest = oauth().rename("AuthType", "auth_type").set("Scopes", "\"base,deals:raed\"");
    manifest.set("CallbackUrl", "\"http://{X}.example.com:1/a?b\"").set("Region", "123").with("Name", "\" é \"")
}

/// All findings of a text as YAML and as JSON stand within it.
fn check_spans(text: &str) {
    let files =
        [("a.connector.yaml", text), ("b.connector.json", text)].map(|(path, text)| (path.to_owned(), text.to_owned()));
    for diagnostic in check(&files).diagnostics {
        let finding = &diagnostic.finding;
        let labels = finding.labels.iter().map(|label| label.span);
        let edits = finding.fix.iter().flat_map(|fix| &fix.edits).map(|edit| edit.span);
        for span in [finding.primary.span].into_iter().chain(labels).chain(edits) {
            assert!(text.get(span.range()).is_some(), "{span:?} in {text:?}: {finding:?}");
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 100, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_broken_manifest_is_read(
        layout in proptest::sample::select(LAYOUTS.to_vec()),
        flip in any::<bool>(),
        cuts in proptest::collection::vec((any::<proptest::sample::Index>(), 0usize..12, proptest::sample::select(PIECES.to_vec())), 1..5),
    ) {
        let mut text = if flip { key("Basic").without("Site") } else { wrong() }.lay_out(layout);
        for (at, length, piece) in cuts {
            let places: Vec<usize> = text.char_indices().map(|(at, _)| at).chain([text.len()]).collect();
            let start = at.index(places.len());
            let end = (start + length).min(places.len() - 1);
            text.replace_range(places[start]..places[end], piece);
        }
        check_spans(&text);
    }

    #[test]
    fn any_text_is_read(text in "(Connector|AuthType|Properties|Name|Value|Scopes|CallbackUrl|ServiceDomain|[:{}\\[\\]\",&*!|>#\\- \n\té@/]){0,40}") {
        check_spans(&text);
    }
}
