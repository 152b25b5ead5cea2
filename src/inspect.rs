//! What was read from a file, as `connlint inspect` prints it.

mod pack;

use std::io::{self, Write};

use serde_json::{Value, json};

use crate::config::{Config, Installation};
use crate::contract::{Contract, Field, Found};
use crate::guide::{BlockKind, Guide};
use crate::secrets::{self, is_hidden_name};
use crate::source::{MASK, SourceFile};

pub use pack::pack_file;

/// What was read from a guide: outline, tables, links, images, contract.
pub fn guide(guide: &Guide, contract: &Contract) -> Value {
    let line = |offset: u32| guide.source.line(offset);
    let headings: Vec<Value> = guide
        .headings
        .iter()
        .map(|heading| json!({"level": heading.level, "text": heading.text, "id": heading.id, "line": line(heading.span.start)}))
        .collect();
    let tables: Vec<Value> = guide
        .blocks
        .iter()
        .filter_map(|block| match block.kind {
            BlockKind::Table { columns, rows } => {
                Some(json!({"columns": columns, "rows": rows, "line": line(block.span.start)}))
            }
            _ => None,
        })
        .collect();
    let links: Vec<Value> =
        guide.links.iter().map(|link| json!({"target": link.target, "line": line(link.span.start)})).collect();
    let images: Vec<Value> =
        guide.images.iter().map(|image| json!({"target": image.target, "line": line(image.span.start)})).collect();
    let read = json!({
        "file": guide.source.path(),
        "kind": "guide",
        "front_matter": guide.front_matter.node.as_ref().map(|node| without_secret_values(node.to_json())),
        "headings": headings,
        "tables": tables,
        "links": links,
        "images": images,
        "contract": contract_facts(contract),
    });
    redacted(read, &guide.source)
}

/// What readers get of a guide: a line for each heading, list of steps and table, in their order, indented by level.
pub fn outline(guide: &Guide) -> Vec<String> {
    let headings = guide.headings.iter().map(|heading| {
        let mark = "#".repeat(heading.level.into());
        (heading.span.start, Some(usize::from(heading.level)), format!("{mark} {}", heading.text))
    });
    let steps = guide.numbered_lists().iter().filter_map(|list| {
        let numbers: Vec<String> = list.items.iter().map(|item| item.shown.to_string()).collect();
        Some((list.items.first()?.marker.start, None, format!("steps {}", numbers.join(", "))))
    });
    let tables = guide.blocks.iter().filter_map(|block| match block.kind {
        BlockKind::Table { columns, rows } => {
            Some((block.span.start, None, format!("table, {rows} rows of {columns} columns")))
        }
        _ => None,
    });
    let mut parts: Vec<_> = headings.chain(steps).chain(tables).collect();
    parts.sort();
    let mut depth = 0;
    let indented = parts.into_iter().map(|(_, level, text)| {
        let indent = level.map_or(depth, |level| level.saturating_sub(1));
        depth = level.unwrap_or(depth);
        "  ".repeat(indent) + &text
    });
    indented.collect()
}

/// Front matter without the values under names of secrets.
fn without_secret_values(mut value: Value) -> Value {
    for (name, member) in value.as_object_mut().into_iter().flatten() {
        if is_hidden_name(name) && !matches!(member, Value::Null | Value::Bool(_)) {
            *member = MASK.into();
        }
    }
    value
}

/// What was read from a file without its secrets.
pub fn redacted(value: Value, source: &SourceFile) -> Value {
    let text = |text: &str| secrets::redact(&source.redact(text)).into_owned();
    match value {
        Value::String(string) => text(&string).into(),
        Value::Array(items) => items.into_iter().map(|item| redacted(item, source)).collect(),
        Value::Object(members) => {
            members.into_iter().map(|(name, member)| (text(&name), redacted(member, source))).collect()
        }
        other => other,
    }
}

/// What was read from a configuration: its shape and what it installs. Values of fields are omitted.
pub fn config(config: &Config) -> Value {
    let shape = config.bodies.first().and_then(|body| body.detection.shape());
    let mut read = json!({
        "file": config.source.path(),
        "kind": "config",
        "shape": shape.map(crate::config::Shape::name),
    });
    let installations: Vec<Value> =
        config.installations().map(|installation| installation_facts(config, installation)).collect();
    match <[Value; 1]>::try_from(installations) {
        Ok([Value::Object(only)]) => only.into_iter().for_each(|(key, value)| read[key] = value),
        Ok(_) => {}
        Err(several) => read["connectors"] = several.into(),
    }
    redacted(read, &config.source)
}

fn installation_facts(config: &Config, installation: &Installation) -> Value {
    let name = installation.connector.as_ref().or(installation.name.as_ref());
    let field = |property: &crate::config::Property| json!({"name": property.name.value, "line": config.source.line(property.name.span.start)});
    let scopes = installation.scope_words(config);
    json!({
        "connector": name.map(|name| &name.value),
        "auth": installation.kind(),
        "fields": installation.properties.iter().map(field).collect::<Vec<_>>(),
        "scopes": scopes.into_iter().map(|scope| scope.name).collect::<Vec<_>>(),
    })
}

pub fn contract_facts(contract: &Contract) -> Value {
    let text = |found: &Option<Found<String>>| found.as_ref().map(|found| found.value.clone());
    json!({
        "connector": text(&contract.connector),
        "permalink": text(&contract.permalink),
        "auth": contract.auth.as_ref().map(|auth| auth.value),
        "grant": contract.grant.as_ref().map(|grant| grant.value),
        "callback": contract.callback.as_ref().map(|found| json!({"template": found.value, "line": found.line})),
        "fields": contract.fields.iter().map(field).collect::<Vec<_>>(),
        "scopes": contract.scopes.iter().map(|scope| json!({"name": scope.value, "line": scope.line})).collect::<Vec<_>>(),
        "scope_labels": contract.scope_labels.iter().map(|label| &label.value).collect::<Vec<_>>(),
        "gaps": contract.gaps.iter().map(|gap| json!({"fact": gap.fact, "reason": gap.reason})).collect::<Vec<_>>(),
    })
}

fn field(field: &Field) -> Value {
    json!({
        "name": field.name.value,
        "key": field.key,
        "line": field.name.line,
        "optional": field.optional,
        "secret": field.secret,
        "level": field.level,
        "form": field.form,
    })
}

/// Writes a value as an indented tree.
///
/// # Errors
/// `out` cannot be written.
pub fn write_tree(out: &mut impl Write, value: &Value, depth: usize) -> io::Result<()> {
    let indent = "  ".repeat(depth);
    match value {
        Value::Object(entries) => entries.iter().try_for_each(|(key, value)| match value {
            Value::Object(_) | Value::Array(_) => {
                writeln!(out, "{indent}{key}:")?;
                write_tree(out, value, depth + 1)
            }
            _ => writeln!(out, "{indent}{key}: {}", scalar(value)),
        }),
        Value::Array(items) => items.iter().try_for_each(|item| match item {
            // What holds more is a tree of its own, after a mark.
            Value::Object(entries) if entries.values().any(Value::is_object) => {
                writeln!(out, "{indent}-")?;
                write_tree(out, item, depth + 1)
            }
            Value::Object(entries) => {
                let parts: Vec<String> =
                    entries.iter().map(|(key, value)| format!("{key} {}", scalar(value))).collect();
                writeln!(out, "{indent}- {}", parts.join(", "))
            }
            _ => writeln!(out, "{indent}- {}", scalar(item)),
        }),
        _ => writeln!(out, "{indent}{}", scalar(value)),
    }
}

fn scalar(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Null => "-".to_owned(),
        other => other.to_string(),
    }
}
