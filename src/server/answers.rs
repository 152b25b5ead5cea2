//! Which part of the server answers which request.

use std::hash::{DefaultHasher, Hash, Hasher};

use lsp_server::ErrorCode;
use lsp_types as t;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

use super::session::Session;
use super::{actions, completion, hover, navigation, symbols};

/// A result, or an error code of the protocol and what is wrong.
type Answer = Result<Value, (ErrorCode, String)>;

pub(super) fn answer(session: &mut Session, method: &str, params: Value) -> Answer {
    match method {
        "textDocument/codeAction" => with(params, |params| actions::actions(session, &params)),
        "textDocument/completion" => with(params, |params| completion::complete(session, &params)),
        "textDocument/definition" => with(params, |params| navigation::definition(session, &params)),
        "textDocument/diagnostic" => with(params, |params| document_diagnostics(session, &params)),
        "textDocument/documentLink" => with(params, |params| navigation::links(session, &params)),
        "textDocument/documentSymbol" => with(params, |params| symbols::of_document(session, &params)),
        "textDocument/hover" => with(params, |params| hover::hover(session, &params)),
        "textDocument/references" => with(params, |params| navigation::references(session, &params)),
        "workspace/diagnostic" => with(params, |params| workspace_diagnostics(session, &params)),
        "workspace/symbol" => with(params, |params| symbols::of_folders(session, &params)),
        _ => Err((ErrorCode::MethodNotFound, format!("`{method}` is not supported"))),
    }
}

fn with<P: DeserializeOwned, R: Serialize>(params: Value, make: impl FnOnce(P) -> R) -> Answer {
    let params = serde_json::from_value(params).map_err(|error| (ErrorCode::InvalidParams, error.to_string()))?;
    serde_json::to_value(make(params)).map_err(|error| (ErrorCode::InternalError, error.to_string()))
}

fn document_diagnostics(session: &mut Session, params: &t::DocumentDiagnosticParams) -> t::DocumentDiagnosticReport {
    let path = session.path(&params.text_document.uri).unwrap_or_default();
    let (items, _) = session.diagnostics(&path);
    let result_id = result_id(&items);
    if params.previous_result_id.as_ref() == Some(&result_id) {
        let unchanged_document_diagnostic_report = t::UnchangedDocumentDiagnosticReport { result_id };
        let report = t::RelatedUnchangedDocumentDiagnosticReport {
            related_documents: None,
            unchanged_document_diagnostic_report,
        };
        return report.into();
    }
    let full_document_diagnostic_report = t::FullDocumentDiagnosticReport { result_id: Some(result_id), items };
    t::RelatedFullDocumentDiagnosticReport { related_documents: None, full_document_diagnostic_report }.into()
}

/// The diagnostics of all files; those that the client knows already are left out.
fn workspace_diagnostics(session: &mut Session, params: &t::WorkspaceDiagnosticParams) -> t::WorkspaceDiagnosticReport {
    let known = |uri: &t::Uri| params.previous_result_ids.iter().find(|known| known.uri == *uri);
    let mut items = Vec::new();
    let mut paths = session.all_files();
    // What the client knows of files that are gone is taken back.
    paths.extend(params.previous_result_ids.iter().filter_map(|known| session.path(&known.uri)));
    for path in paths {
        let Some(uri) = session.documents.uri(&path) else { continue };
        let (found, version) = session.diagnostics(&path);
        let result_id = result_id(&found);
        let before = known(&uri).map(|known| known.value.as_str());
        if before == Some(&result_id) || before.is_none() && found.is_empty() {
            continue;
        }
        items.push(workspace_report(uri, version, result_id, found));
    }
    t::WorkspaceDiagnosticReport { items }
}

fn workspace_report(
    uri: t::Uri,
    version: Option<i32>,
    result_id: String,
    items: Vec<t::Diagnostic>,
) -> t::WorkspaceDocumentDiagnosticReport {
    let full_document_diagnostic_report = t::FullDocumentDiagnosticReport { result_id: Some(result_id), items };
    t::WorkspaceFullDocumentDiagnosticReport { uri, version, full_document_diagnostic_report }.into()
}

/// A name for diagnostics: equal ones have the same.
fn result_id(diagnostics: &[t::Diagnostic]) -> String {
    let mut hasher = DefaultHasher::new();
    serde_json::to_string(diagnostics).unwrap_or_default().hash(&mut hasher);
    format!("{:016x}", hasher.finish())
}
