//! Changes of a document for the client to make.

use std::collections::HashMap;

use lsp_types as t;
use similar::{DiffOp, TextDiff};

use super::documents::Document;
use super::positions::{Encoding, Lines};

/// The edits that make `after` of a document's text, one for each group of lines that changed.
pub(super) fn between(before: &str, after: &str, encoding: Encoding) -> Vec<t::TextEdit> {
    let lines = Lines::new(before, encoding);
    let difference = TextDiff::from_lines(before, after);
    let (old, new) = (starts(difference.iter_old_slices()), starts(difference.iter_new_slices()));
    let changes = difference.ops().iter().filter(|op| !matches!(op, DiffOp::Equal { .. }));
    let edit = |op: &DiffOp| {
        let bytes = |starts: &[usize], range: std::ops::Range<usize>| starts[range.start]..starts[range.end];
        let range = lines.range(before, bytes(&old, op.old_range()));
        t::TextEdit { range, new_text: after[bytes(&new, op.new_range())].to_owned() }
    };
    changes.map(edit).collect()
}

/// Where each line begins, and where the last one ends.
fn starts<'t>(lines: impl Iterator<Item = &'t str>) -> Vec<usize> {
    let mut starts = vec![0];
    for line in lines {
        starts.push(starts[starts.len() - 1] + line.len());
    }
    starts
}

/// An edit of one document in the form that the client takes.
pub(super) fn of_document(document: &Document, edits: Vec<t::Edit>, with_versions: bool) -> t::WorkspaceEdit {
    if !with_versions {
        let plain = edits.into_iter().filter_map(|edit| match edit {
            t::Edit::TextEdit(edit) => Some(edit),
            _ => None,
        });
        let changes = HashMap::from([(document.uri.clone(), plain.collect())]);
        return t::WorkspaceEdit { changes: Some(changes), ..Default::default() };
    }
    let text_document = t::OptionalVersionedTextDocumentIdentifier {
        version: Some(document.version),
        text_document_identifier: t::TextDocumentIdentifier { uri: document.uri.clone() },
    };
    let change = t::DocumentChange::TextDocumentEdit(t::TextDocumentEdit { text_document, edits });
    t::WorkspaceEdit { document_changes: Some(vec![change]), ..Default::default() }
}
