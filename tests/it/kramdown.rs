//! What is read from pages agrees with what kramdown 2.4 makes of them: `tests/data/kramdown/pages.jsonl` holds pages
//! and its answers, so that the comparison needs no Ruby.

use std::sync::Arc;

use connlint::testing::dialects;
use connlint::testing::dialects::Dialect;
use connlint::testing::dialects::kramdown::Options;
use connlint::testing::guide::{BlockKind, Guide};
use connlint::testing::source::{FileId, SourceFile};
use serde_json::{Value, json};

const PAGES: &str = include_str!("../data/kramdown/pages.jsonl");

#[test]
fn pages_are_read_as_kramdown_reads_them() {
    let pages: Vec<Value> = PAGES.lines().map(|line| serde_json::from_str(line).expect("a line is a page")).collect();
    assert!(pages.len() > 50, "only {} pages", pages.len());
    let wrong: Vec<String> = pages.iter().filter_map(difference).collect();
    assert!(wrong.is_empty(), "{} of {} pages differ:\n{}", wrong.len(), pages.len(), wrong.join("\n"));
}

fn difference(page: &Value) -> Option<String> {
    let source = page["source"].as_str().expect("each page has a source");
    let text = SourceFile::new(FileId(0), "page.md", source);
    let guide = dialects::read(Arc::new(text), Dialect::Kramdown, &options(&page["options"]));
    let read = read(&guide);
    let of_kramdown = |key: &str| if key == "headings" { plain(&page[key]) } else { page[key].clone() };
    let differs = |key: &&str| read[*key] != of_kramdown(key);
    let key = ["headings", "tables", "links", "images"].into_iter().find(differs)?;
    Some(format!("{source}  {key}: {}\n  kramdown: {}", read[key], of_kramdown(key)))
}

fn options(site: &Value) -> Options {
    let mut options = Options::default();
    for (name, value) in site.as_object().into_iter().flatten() {
        let written = match value {
            Value::String(text) => text.clone(),
            Value::Array(items) => items.iter().filter_map(Value::as_str).collect::<Vec<_>>().join(","),
            other => other.to_string(),
        };
        options.set_for_site(name, &written);
    }
    options
}

fn read(guide: &Guide) -> Value {
    let headings = guide.headings.iter().map(|heading| json!([heading.level, heading.text, heading.id]));
    let tables = guide.blocks.iter().filter_map(|block| match block.kind {
        BlockKind::Table { columns, rows } => Some(json!([columns, rows])),
        _ => None,
    });
    json!({
        "headings": plain(&headings.collect()),
        "tables": tables.collect::<Vec<_>>(),
        "links": guide.links.iter().map(|link| &link.target).collect::<Vec<_>>(),
        "images": guide.images.iter().map(|image| &image.target).collect::<Vec<_>>(),
    })
}

/// Headings without typographic marks, which are read as they are written.
fn plain(value: &Value) -> Value {
    match value {
        Value::Array(items) => items.iter().map(plain).collect(),
        Value::String(text) => {
            let text = text.replace(['\u{2018}', '\u{2019}'], "'").replace(['\u{201c}', '\u{201d}'], "\"");
            let text = text.replace("---", "-").replace("--", "-").replace(['\u{2013}', '\u{2014}'], "-");
            let text = text.replace('\u{2026}', "...").replace('\u{a0}', " ");
            text.split_whitespace().collect::<Vec<_>>().join(" ").into()
        }
        other => other.clone(),
    }
}
