//! Edits that add a key or an item in the style of the surrounding text.

use crate::diagnostic::Edit;
use crate::source::{SourceFile, Span};
use crate::tree::Node;

/// What is added to a mapping: a string, or a first property.
pub(super) enum Addition<'a> {
    /// `key: "value"`.
    Value { key: &'a str, value: &'a str },
    /// An item `{Name: name, Value: "value"}` of the list `Properties`.
    Property { name: &'a str, value: &'a str },
    /// One more item of a list `Properties` that is added at the same place.
    Item { name: &'a str, value: &'a str },
}

/// Adds to a mapping, after its last entry. `None` if the style gives no certain location.
pub(super) fn into_mapping(source: &SourceFile, mapping: &Node, json: bool, addition: &Addition<'_>) -> Option<Edit> {
    let last = mapping.entries().iter().rfind(|entry| !entry.merged)?;
    let first = mapping.entries().first()?;
    let end = last.key_span.to(last.value.span);
    if source.slice(mapping.span).starts_with('{') {
        let text = match addition {
            Addition::Value { key, value } if json => format!("\"{key}\": \"{value}\""),
            Addition::Value { key, value } => format!("{key}: \"{value}\""),
            Addition::Property { name, value } if json => {
                format!("\"Properties\": [{{\"Name\": \"{name}\", \"Value\": \"{value}\"}}]")
            }
            Addition::Property { name, value } => format!("Properties: [{{Name: {name}, Value: \"{value}\"}}]"),
            Addition::Item { .. } => return None,
        };
        return Some(Edit::insert_after(end, format!("{}{text}", flow_separator(source, last.key_span))));
    }
    let indent = " ".repeat(column(source, first.key_span)?);
    let text = match addition {
        Addition::Value { key, value } => format!("{indent}{key}: \"{value}\""),
        Addition::Property { name, value } => {
            let eol = source.line_ending();
            format!("{indent}Properties:{eol}{indent}  - Name: {name}{eol}{indent}    Value: \"{value}\"")
        }
        Addition::Item { name, value } => {
            format!("{indent}  - Name: {name}{}{indent}    Value: \"{value}\"", source.line_ending())
        }
    };
    Some(new_line(source, end, &text))
}

/// Adds a property to the list of properties, after its last item.
pub(super) fn into_list(source: &SourceFile, properties: &Node, json: bool, name: &str, value: &str) -> Option<Edit> {
    let item = if json {
        format!("{{\"Name\": \"{name}\", \"Value\": \"{value}\"}}")
    } else {
        format!("{{Name: {name}, Value: \"{value}\"}}")
    };
    let text = source.slice(properties.span);
    let last = properties.items().last();
    if text.starts_with('[') {
        return Some(match last {
            Some(last) => Edit::insert_after(last.span, format!("{}{item}", flow_separator(source, last.span))),
            None => Edit::replace(properties.span, format!("[{item}]")),
        });
    }
    let indent = " ".repeat(column(source, properties.span)?);
    let line = if source.slice(last?.span).starts_with('{') {
        format!("{indent}- {item}")
    } else {
        format!("{indent}- Name: {name}{}{indent}  Value: \"{value}\"", source.line_ending())
    };
    Some(new_line(source, last?.span, &line))
}

/// A comma, and a line break if the text there begins a line of its own.
fn flow_separator(source: &SourceFile, last: Span) -> String {
    match source.line_span(source.line(last.start)) {
        Some(line) if source.text()[line.range().start..last.range().start].trim().is_empty() => {
            let indent = &source.text()[line.range().start..last.range().start];
            format!(",{}{indent}", source.line_ending())
        }
        _ => ", ".to_owned(),
    }
}

/// A new line after the line in which `after` ends; a comment there stays where it is.
fn new_line(source: &SourceFile, after: Span, text: &str) -> Edit {
    let line = source.line_span(source.line(after.end)).filter(|line| line.end >= after.end);
    Edit::insert_after(line.unwrap_or(after), format!("{}{text}", source.line_ending()))
}

/// How many characters are before a span in its line.
fn column(source: &SourceFile, span: Span) -> Option<usize> {
    Some(source.position(span.start).column.checked_sub(1)? as usize)
}
