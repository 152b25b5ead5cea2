//! Completion: what can be at the cursor of a guide or configuration.

mod configuration;
mod context;
mod guide;

use std::ops::Range;

use lsp_types as t;

use super::session::{Open, Session};
use crate::rules::RULES;
use crate::workspace::FileKind;
pub(super) use configuration::{catalogues_of, described};
use context::Cursor;

/// Something that can be written at the cursor.
#[derive(Debug, Default)]
pub(super) struct Proposal {
    /// What is written.
    pub(super) text: String,
    pub(super) kind: Option<t::CompletionItemKind>,
    /// What it is, beside its name.
    pub(super) detail: Option<String>,
    pub(super) documentation: Option<String>,
    /// What else the author may type to find it.
    pub(super) also_found_by: String,
}

/// Proposals for the bytes of a document that they replace. The best come first.
pub(super) struct Proposals {
    replaced: Range<usize>,
    proposals: Vec<Proposal>,
}

impl Proposals {
    fn new(replaced: Range<usize>, proposals: Vec<Proposal>) -> Self {
        Self { replaced, proposals }
    }
}

/// What can be at the cursor.
pub(super) fn complete(session: &mut Session, params: &t::CompletionParams) -> Option<t::CompletionList> {
    let (Open { checker, id, document, lines, .. }, offset) = session.at(&params.text_document_position_params)?;
    let text = document.text.as_str();
    let cursor = Cursor::new(text, offset);
    let found = rules(&cursor).or_else(|| match checker.workspace.file(id).kind {
        FileKind::Guide(_) | FileKind::Page => guide::complete(checker, id, &cursor),
        FileKind::Yaml | FileKind::Json => configuration::complete(checker, id, &cursor),
        FileKind::Data => None,
    })?;
    let range = lines.range(text, found.replaced);
    let items = (0..).zip(found.proposals).map(|(rank, proposal)| item(rank, proposal, range)).collect();
    Some(t::CompletionList { is_incomplete: false, items, ..Default::default() })
}

fn item(rank: usize, proposal: Proposal, range: t::Range) -> t::CompletionItem {
    let Proposal { text, kind, detail, documentation, also_found_by } = proposal;
    let documentation = documentation.map(|value| t::MarkupContent { kind: t::MarkupKind::Markdown, value }.into());
    let filter_text = (!also_found_by.is_empty()).then(|| format!("{text} {also_found_by}"));
    t::CompletionItem {
        label: text.clone(),
        kind,
        detail,
        documentation,
        sort_text: Some(format!("{rank:05}")),
        filter_text,
        text_edit: Some(t::TextEdit { range, new_text: text }.into()),
        ..Default::default()
    }
}

/// Rules, in an ignore comment that gives no reason yet.
fn rules(cursor: &Cursor<'_>) -> Option<Proposals> {
    let before = cursor.line_before();
    let at = before.rfind("connlint-ignore")?;
    let names = before[at..].split_once(' ')?.1;
    let in_comment = before[..at].contains("<!--") || before[..at].contains('#');
    if !in_comment || names.contains([':', '>']) {
        return None;
    }
    let partial = names.rsplit([' ', ',']).next().unwrap_or_default();
    let proposals = RULES.iter().map(|rule| Proposal {
        text: rule.name.to_owned(),
        kind: Some(t::CompletionItemKind::Constant),
        detail: Some(rule.summary()),
        ..Proposal::default()
    });
    Some(Proposals::new(cursor.partial(partial), proposals.collect()))
}
