//! What is read from real guides agrees with what the renderer of the site makes of them.

use std::path::PathBuf;
use std::sync::Arc;

use connlint::testing::guide::{BlockKind, Guide};
use connlint::testing::source::{FileId, SourceFile};
use serde_json::{Value, json};

use crate::support::{corpus, jekyll};

/// The guides of the site.
const PAGES: &str = "cyclr/pages/v2/05-application-connectors";

#[test]
#[ignore = "needs CONNLINT_CORPUS"]
fn the_model_agrees_with_the_renderer_on_all_real_guides() {
    let pages = corpus::path(PAGES);
    let oracle = read(&corpus::oracle()).expect("the oracle is text");
    let mut wrong = Vec::new();
    let mut count = 0;
    for line in oracle.lines() {
        let expected: Value = serde_json::from_str(line).expect("the oracle is JSON");
        let file = expected["file"].as_str().expect("each line names its file");
        let text = read(&pages.join(file)).expect("each file of the oracle is there");
        let found = structure(&jekyll::read(Arc::new(SourceFile::new(FileId(0), file, text))));
        count += 1;
        for key in ["headings", "tables", "links", "images"] {
            let (read, shown) = (&found[key], plain(&expected[key]));
            if !agrees(read, &shown) {
                wrong.push(format!("{file}: {key}\n  read: {read}\n  shown: {shown}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{} of {count} guides differ:\n{}", wrong.len(), wrong.join("\n"));
    assert!(count >= 440, "only {count} guides were compared");
}

#[expect(clippy::disallowed_methods, reason = "a test reads its own material")]
fn read(path: &PathBuf) -> Option<String> {
    std::fs::read_to_string(path).ok()
}

/// Whether two values are equal, as far as the second one says something.
fn agrees(read: &Value, shown: &Value) -> bool {
    match (read, shown) {
        (Value::Object(read), Value::Object(shown)) => shown.iter().all(|(key, value)| read.get(key) == Some(value)),
        (Value::Array(read), Value::Array(shown)) => {
            read.len() == shown.len() && read.iter().zip(shown).all(|(read, shown)| agrees(read, shown))
        }
        _ => read == shown,
    }
}

fn structure(guide: &Guide) -> Value {
    let headings = guide.headings.iter();
    let headings: Vec<Value> =
        headings.map(|heading| json!({"level": heading.level, "text": heading.text, "id": heading.id})).collect();
    let tables = guide.blocks.iter().filter_map(|block| match block.kind {
        BlockKind::Table { columns, rows } => Some(json!({"columns": columns, "rows": rows})),
        _ => None,
    });
    plain(&json!({
        "headings": headings,
        "tables": tables.collect::<Vec<_>>(),
        "links": guide.links.iter().map(|link| &link.target).collect::<Vec<_>>(),
        "images": guide.images.iter().map(|image| &image.target).collect::<Vec<_>>(),
    }))
}

/// A value whose headings are written without typographic marks.
fn plain(value: &Value) -> Value {
    match value {
        Value::Object(entries) => entries
            .iter()
            .map(|(key, value)| (key.clone(), if key == "text" { plain_text(value) } else { plain(value) }))
            .collect(),
        Value::Array(items) => items.iter().map(plain).collect(),
        other => other.clone(),
    }
}

fn plain_text(value: &Value) -> Value {
    let mut text = value.as_str().unwrap_or_default().to_owned();
    for (mark, written) in [
        ("\u{2018}", "'"),
        ("\u{2019}", "'"),
        ("\u{201c}", "\""),
        ("\u{201d}", "\""),
        ("\u{2013}", "-"),
        ("\u{2014}", "-"),
        ("\u{2026}", "..."),
        ("---", "-"),
        ("--", "-"),
    ] {
        text = text.replace(mark, written);
    }
    text.split_whitespace().collect::<Vec<_>>().join(" ").into()
}
