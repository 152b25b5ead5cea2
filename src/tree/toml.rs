//! Reads TOML 1.0 into the tree of YAML and JSON.

use std::ops::Range;
use std::sync::Arc;

use toml_edit::{Array, Document, InlineTable, Item, Key, Table, Value as TomlValue};

use crate::source::{SourceFile, Span};
use crate::tree::{Documents, Entry, Node, Problem, ScalarStyle, Value};

/// Reads the TOML text of a file: one document, a mapping, or the first problem that ends the reading.
///
/// A date is a string as written. The span of a table is its header, `[name]`, of one made by a
/// dotted key that key; the span of the whole file reaches from its first key to its last value.
pub fn parse(source: &SourceFile) -> Documents {
    // Spans are kept only by this read-only form of a document.
    match Document::parse(source.text()) {
        Ok(document) => {
            let root = Reader { source }.table(document.as_table());
            Documents { documents: vec![root], problems: Vec::new() }
        }
        Err(error) => {
            let range = error.span().unwrap_or(0..0);
            let span = source.span(on_characters(source.text(), range));
            let problem = Problem::syntax(span, error.message().trim().replace('\n', ", "), None);
            Documents { documents: Vec::new(), problems: vec![problem] }
        }
    }
}

/// Widens a range to whole characters of the text.
fn on_characters(text: &str, range: Range<usize>) -> Range<usize> {
    let start = text.floor_char_boundary(range.start);
    start..text.ceil_char_boundary(range.end.max(start))
}

struct Reader<'a> {
    source: &'a SourceFile,
}

impl Reader<'_> {
    fn table(&self, table: &Table) -> Node {
        let entries = table.iter().filter_map(|(name, item)| self.entry(table.key(name)?, self.item(item)?));
        self.mapping(table.span(), entries.collect())
    }

    fn inline_table(&self, table: &InlineTable) -> Node {
        let entries = table.iter().filter_map(|(name, value)| self.entry(table.key(name)?, self.value(value)));
        self.mapping(table.span(), entries.collect())
    }

    fn mapping(&self, span: Option<Range<usize>>, entries: Vec<Entry>) -> Node {
        let extent = || {
            let spans = entries.iter().flat_map(|entry| [entry.key_span, entry.value.span]);
            spans.reduce(Span::to).unwrap_or(self.source.span(0..0))
        };
        // The parser gives the root no header's span.
        let span = span.filter(|range| !range.is_empty()).map_or_else(extent, |range| self.source.span(range));
        plain(Value::Mapping(entries.into()), span)
    }

    fn entry(&self, key: &Key, value: Node) -> Option<Entry> {
        let key_span = self.source.span(key.span()?);
        Some(Entry { key: key.get().to_owned(), key_span, value, merged: false })
    }

    fn item(&self, item: &Item) -> Option<Node> {
        Some(match item {
            Item::None => return None,
            Item::Value(value) => self.value(value),
            Item::Table(table) => self.table(table),
            Item::ArrayOfTables(tables) => {
                let items: Arc<[Node]> = tables.iter().map(|table| self.table(table)).collect();
                let span = items.iter().map(|item| item.span).reduce(Span::to);
                plain(Value::Sequence(items), span.unwrap_or(self.source.span(0..0)))
            }
        })
    }

    fn value(&self, value: &TomlValue) -> Node {
        let span = self.source.span(value.span().unwrap_or(0..0));
        match value {
            TomlValue::String(text) => Node {
                value: Value::String(text.value().clone()),
                span,
                style: if self.source.slice(span).starts_with('\'') {
                    ScalarStyle::SingleQuoted
                } else {
                    ScalarStyle::DoubleQuoted
                },
                tag: None,
            },
            TomlValue::Integer(number) => plain(Value::Number(number.value().to_string().into()), span),
            TomlValue::Float(number) => plain(Value::Number(number.value().to_string().into()), span),
            TomlValue::Boolean(boolean) => plain(Value::Bool(*boolean.value()), span),
            TomlValue::Datetime(date) => plain(Value::String(date.value().to_string()), span),
            TomlValue::Array(array) => self.array(array, span),
            TomlValue::InlineTable(table) => self.inline_table(table),
        }
    }

    fn array(&self, array: &Array, span: Span) -> Node {
        plain(Value::Sequence(array.iter().map(|item| self.value(item)).collect()), span)
    }
}

fn plain(value: Value, span: Span) -> Node {
    Node { value, span, style: ScalarStyle::Plain, tag: None }
}
