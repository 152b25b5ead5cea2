//! What is known about the place under the pointer.

use std::ops::Range;
use std::sync::Arc;

use lsp_types as t;

use super::checker::Checker;
use super::completion::{catalogues_of, described};
use super::session::{Open, Session};
use crate::config::{Config, Installation};
use crate::contract::{Contract, Found};
use crate::guide::Block;
use crate::rules;
use crate::source::{FileId, SourceFile};
use crate::workspace::Destination;

/// A text in Markdown about some bytes of a document.
struct Told {
    range: Range<usize>,
    text: String,
}

/// What is known about a position.
pub(super) fn hover(session: &mut Session, params: &t::HoverParams) -> Option<t::Hover> {
    let (Open { checker, id, document, lines, .. }, offset) = session.at(&params.text_document_position_params)?;
    let about = in_guide(checker, id, offset).or_else(|| in_configuration(checker, id, offset));
    let parts: Vec<Told> = finding(checker, id, offset).into_iter().chain(about).collect();
    let range = parts.first()?.range.clone();
    let value = parts.iter().map(|part| part.text.as_str()).collect::<Vec<_>>().join("\n\n---\n\n");
    let contents = t::MarkupContent { kind: t::MarkupKind::Markdown, value }.into();
    Some(t::Hover { contents, range: Some(lines.range(&document.text, range)) })
}

/// Why a finding at this place matters.
fn finding(checker: &Checker, id: FileId, at: usize) -> Option<Told> {
    let file = checker.check(id)?;
    let here = file.diagnostics.iter().filter(|found| found.finding.primary.span.touches(at));
    let found = here.min_by_key(|found| found.finding.primary.span.len())?;
    let rule = rules::find(found.rule)?;
    let text = format!("**`{}`** {}\n\n{}", rule.name, rule.summary(), rule.why());
    Some(Told { range: found.finding.primary.span.range(), text })
}

fn in_guide(checker: &Checker, id: FileId, at: usize) -> Option<Told> {
    let workspace = &checker.workspace;
    let guide = checker.guide(id)?;
    let site = workspace.site(id);
    if let Some(link) = guide.links.iter().find(|link| link.target_span.touches(at)) {
        let hosts = &workspace.profile().site.hosts;
        let text = match site.destination(&link.target, hosts) {
            Destination::Page { page, fragment } => {
                let title = workspace.title(page).unwrap_or_else(|| workspace.display(page));
                let place = fragment.map(|fragment| format!(", at `#{fragment}`")).unwrap_or_default();
                format!("**{title}**{place}\n\n`{}`", workspace.display(page))
            }
            Destination::File => format!("A file of the site: `{}`", link.target),
            Destination::Missing { path } => format!("The site has nothing at `/{path}`."),
            Destination::Elsewhere => return None,
        };
        return Some(Told { range: link.target_span.range(), text });
    }
    let mut items = guide.blocks.iter().filter_map(Block::item).filter(|item| item.marker.touches(at));
    let (shown, range) = items.find_map(|item| Some((item.shown?, item.marker.range())))?;
    Some(Told { range, text: format!("Published as step {shown}.") })
}

fn in_configuration(checker: &Checker, id: FileId, at: usize) -> Option<Told> {
    let config = checker.config(id)?;
    let of_installation = config.installations().find_map(|installation| {
        connector(checker, installation, at)
            .or_else(|| property(checker, installation, at))
            .or_else(|| scope(checker, &config, installation, at))
    });
    of_installation.or_else(|| {
        let body = config.bodies.iter().find(|body| body.node.span.range().contains(&at))?;
        let entry = body.node.entries().iter().find(|entry| entry.key_span.touches(at))?;
        let (_, description) = body.detection.keys().find(|(key, _)| *key == entry.key)?;
        Some(Told { range: entry.key_span.range(), text: format!("**{}**\n\n{}", entry.key, description?) })
    })
}

/// What the guide of a connector asks for.
fn connector(checker: &Checker, installation: &Installation, at: usize) -> Option<Told> {
    let written = installation.connector.as_ref().filter(|written| written.span.touches(at))?;
    let contract = &installation.contract.as_ref()?.contract;
    let name = contract.connector.as_ref().map_or(written.value.as_str(), |name| name.value.as_str());
    let mut parts = vec![format!("**{name}**")];
    parts.extend(contract.auth.as_ref().map(|auth| format!("Authentication: `{}`", auth.value.config_name())));
    let fields: Vec<String> = contract.fields.iter().map(|field| format!("- {}", described(field))).collect();
    parts.extend((!fields.is_empty()).then(|| fields.join("\n")));
    let line = contract.connector.as_ref().map_or(1, |name| name.line);
    parts.extend(guide_link(checker, contract, line));
    let text = parts.join("\n\n");
    Some(Told { range: written.span.range(), text })
}

fn property(checker: &Checker, installation: &Installation, at: usize) -> Option<Told> {
    let property = installation.properties.iter().find(|property| {
        let value = property.value.as_ref().is_some_and(|value| value.span.touches(at));
        value || property.name.span.touches(at)
    })?;
    let contract = &installation.contract.as_ref()?.contract;
    let field = contract.fields.iter().find(|field| field.key == property.name.value)?;
    let quoted = quoted(checker, &field.name).map(|line| format!("> {line}"));
    let link = guide_link(checker, contract, field.name.line);
    let parts: Vec<String> = std::iter::once(described(field)).chain(quoted).chain(link).collect();
    let text = parts.join("\n\n");
    Some(Told { range: property.name.span.range(), text })
}

fn scope(checker: &Checker, config: &Config, installation: &Installation, at: usize) -> Option<Told> {
    let words = installation.scope_words(config);
    let word = words.iter().find(|word| word.span.touches(at))?;
    let contract = installation.contract.as_ref().map(|known| &known.contract);
    let catalogues = catalogues_of(checker, config, installation);
    let known = catalogues.iter().find_map(|catalogue| Some((catalogue, catalogue.lookup(&word.name)?)));
    let asked = contract.and_then(|contract| {
        Some((contract, contract.documented_scopes().iter().find(|found| found.value == word.name)?))
    });
    let mut parts = Vec::new();
    if let Some((catalogue, scope)) = known {
        let label = scope.label.as_ref().map(|label| format!(": {label}")).unwrap_or_default();
        parts.push(format!("`{}` of {}{label}", word.name, catalogue.name));
        parts.extend(scope.broad.then(|| "Broad: it reaches as far as an administrator.".to_owned()));
        parts.extend(scope.deprecated.then(|| format!("Outdated: {}.", scope.replacement_help())));
    }
    if let Some((contract, asked)) = asked {
        parts.push(format!("The guide asks for `{}` in line {}.", word.name, asked.line));
        parts.extend(guide_link(checker, contract, asked.line));
    }
    (!parts.is_empty()).then(|| Told { range: word.span.range(), text: parts.join("\n\n") })
}

/// The line of the guide that says something, where the guide is available.
fn quoted(checker: &Checker, found: &Found<String>) -> Option<String> {
    let span = found.span?;
    let source: Arc<SourceFile> = checker.source(span.file);
    let line = source.line_span(source.line(span.start))?;
    Some(source.redact(source.slice(line)).trim().to_owned())
}

/// A link to a line of the guide, where the guide is available.
fn guide_link(checker: &Checker, contract: &Contract, line: u32) -> Option<String> {
    let span = contract.permalink.as_ref()?.span?;
    let path = &*checker.workspace.file(span.file).path;
    let url = url::Url::from_file_path(path).ok()?;
    Some(format!("[{}:{line}]({url}#L{line})", path.file_name()?.to_string_lossy()))
}
