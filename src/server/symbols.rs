//! The outline of a document as it is published, and the connectors and pages of the open folders.

use lsp_types as t;

use super::positions::Lines;
use super::session::{Open, Session};
use crate::config::Config;
use crate::guide::Guide;
use crate::tree::{Node, Value};

/// The most symbols that a search gives: longer lists are not read.
const MOST: usize = 200;

/// The headings of a guide, or the keys of a configuration.
pub(super) fn of_document(session: &mut Session, params: &t::DocumentSymbolParams) -> Option<Vec<t::DocumentSymbol>> {
    let Open { checker, id, document, lines, .. } = session.open(&params.text_document)?;
    let outline = Outline { text: &document.text, lines };
    if let Some(guide) = checker.guide(id) {
        return Some(outline.of_guide(&guide));
    }
    let config = checker.config(id)?;
    config.is_recognised().then(|| outline.of_configuration(&config))
}

/// Makes symbols with ranges of a text.
struct Outline<'t> {
    text: &'t str,
    lines: Lines,
}

impl Outline<'_> {
    fn symbol(
        &self,
        name: &str,
        kind: t::SymbolKind,
        whole: std::ops::Range<usize>,
        own: std::ops::Range<usize>,
    ) -> t::DocumentSymbol {
        t::DocumentSymbol {
            // An empty name is not allowed.
            name: if name.trim().is_empty() { "…".to_owned() } else { name.to_owned() },
            detail: None,
            kind,
            tags: None,
            #[allow(deprecated, reason = "the type has the field")]
            deprecated: None,
            range: self.lines.range(self.text, whole),
            selection_range: self.lines.range(self.text, own),
            children: None,
        }
    }

    /// The headings, each with those below it.
    fn of_guide(&self, guide: &Guide) -> Vec<t::DocumentSymbol> {
        let mut open: Vec<(u8, t::DocumentSymbol)> = Vec::new();
        let mut done = Vec::new();
        let close = |open: &mut Vec<(u8, t::DocumentSymbol)>, done: &mut Vec<t::DocumentSymbol>| {
            if let Some((_, symbol)) = open.pop() {
                match open.last_mut() {
                    Some((_, parent)) => parent.children.get_or_insert_default().push(symbol),
                    None => done.push(symbol),
                }
            }
        };
        for (index, heading) in guide.headings.iter().enumerate() {
            while open.last().is_some_and(|(level, _)| *level >= heading.level) {
                close(&mut open, &mut done);
            }
            let later = guide.headings[index + 1..].iter().find(|later| later.level <= heading.level);
            let end = later.map_or(self.text.trim_end().len(), |later| later.span.start as usize);
            let whole = heading.span.range().start..end.max(heading.span.range().end);
            let symbol = self.symbol(&heading.text, t::SymbolKind::String, whole, heading.content.range());
            open.push((heading.level, symbol));
        }
        while !open.is_empty() {
            close(&mut open, &mut done);
        }
        done
    }

    fn of_configuration(&self, config: &Config) -> Vec<t::DocumentSymbol> {
        config.documents.iter().flat_map(|document| self.of_node(document)).collect()
    }

    fn of_node(&self, node: &Node) -> Vec<t::DocumentSymbol> {
        match &node.value {
            Value::Mapping(entries) => entries
                .iter()
                .filter(|entry| !entry.merged)
                .map(|entry| {
                    let whole = entry.key_span.to(entry.value.span).range();
                    let kind = kind_of(&entry.value);
                    let mut symbol = self.symbol(&entry.key, kind, whole, entry.key_span.range());
                    symbol.children = Some(self.of_node(&entry.value)).filter(|children| !children.is_empty());
                    symbol
                })
                .collect(),
            Value::Sequence(items) => items
                .iter()
                .enumerate()
                .filter(|(_, item)| !item.entries().is_empty())
                .map(|(index, item)| {
                    let named = ["Name", "Connector"].iter().find_map(|key| item.get(key)?.as_str());
                    let name = named.map_or_else(|| (index + 1).to_string(), str::to_owned);
                    let range = item.span.range();
                    let mut symbol = self.symbol(&name, t::SymbolKind::Object, range.clone(), range);
                    symbol.children = Some(self.of_node(item)).filter(|children| !children.is_empty());
                    symbol
                })
                .collect(),
            _ => Vec::new(),
        }
    }
}

fn kind_of(node: &Node) -> t::SymbolKind {
    match node.value {
        Value::Mapping(_) => t::SymbolKind::Object,
        Value::Sequence(_) => t::SymbolKind::Array,
        Value::Bool(_) => t::SymbolKind::Boolean,
        Value::Number(_) => t::SymbolKind::Number,
        Value::String(_) => t::SymbolKind::String,
        Value::Null => t::SymbolKind::Null,
    }
}

/// The pages of the open folders whose title or permalink has what is sought.
pub(super) fn of_folders(session: &mut Session, params: &t::WorkspaceSymbolParams) -> Vec<t::WorkspaceSymbol> {
    let query = params.query.to_lowercase();
    let mut found = Vec::new();
    for checker in session.checkers_of_folders() {
        let workspace = &checker.workspace;
        for page in workspace.pages() {
            let Some(address) = workspace.permalink(page) else { continue };
            let title = workspace.title(page).unwrap_or_default();
            if title.to_lowercase().contains(&query) || address.to_lowercase().contains(&query) {
                found.push((workspace.file(page).path.clone(), title, address.to_owned()));
            }
        }
    }
    found.truncate(MOST);
    let documents = &session.documents;
    let symbol = |(path, title, address): (Box<std::path::Path>, String, String)| {
        let name = if title.is_empty() { address.clone() } else { title };
        // Not every client asks for the range later.
        let location = t::Location { uri: documents.uri(&path)?, range: t::Range::default() };
        let base_symbol_information = t::BaseSymbolInformation {
            name,
            kind: t::SymbolKind::File,
            tags: None,
            container_name: Some(format!("/{address}")),
        };
        Some(t::WorkspaceSymbol { location: location.into(), data: None, base_symbol_information })
    };
    found.into_iter().filter_map(symbol).collect()
}
