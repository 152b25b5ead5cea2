//! Where something leads: links to pages and headings, properties to the line of the guide that asks for them.

use std::ops::Range;

use lsp_types as t;

use super::checker::Checker;
use super::positions::Lines;
use super::session::{Open, Session};
use crate::guide::Guide;
use crate::source::{FileId, Span};
use crate::workspace::Destination;

/// A place in a file of the workspace.
struct Target {
    file: FileId,
    range: Range<usize>,
}

/// Where the thing at a position is defined.
pub(super) fn definition(session: &mut Session, params: &t::DefinitionParams) -> Option<t::Location> {
    let (Open { session, checker, id, .. }, offset) = session.at(&params.text_document_position_params)?;
    let target = from_guide(checker, id, offset).or_else(|| from_configuration(checker, id, offset))?;
    location(session, checker, &target)
}

/// The links to the page or heading at a position.
pub(super) fn references(session: &mut Session, params: &t::ReferenceParams) -> Option<Vec<t::Location>> {
    let (Open { session, checker, id, .. }, offset) = session.at(&params.text_document_position_params)?;
    let (page, anchor) = meant(checker, id, offset)?;
    let workspace = &checker.workspace;
    let hosts = &workspace.profile().site.hosts;
    let mut found = Vec::new();
    for other in workspace.pages() {
        let Some(guide) = workspace.site(other).guide(other) else { continue };
        for link in &guide.links {
            let leads_there = match workspace.site(other).destination(&link.target, hosts) {
                Destination::Page { page: target, fragment } => {
                    target == page && anchor.as_ref().is_none_or(|anchor| fragment == Some(anchor.as_str()))
                }
                _ => false,
            };
            if leads_there {
                found.extend(location(session, checker, &Target { file: other, range: link.target_span.range() }));
            }
        }
    }
    Some(found)
}

/// The links of a guide to other pages and files of its site.
pub(super) fn links(session: &mut Session, params: &t::DocumentLinkParams) -> Option<Vec<t::DocumentLink>> {
    let Open { session, checker, id, document, lines } = session.open(&params.text_document)?;
    let workspace = &checker.workspace;
    let guide = checker.guide(id)?;
    let hosts = &workspace.profile().site.hosts;
    let link = |link: &crate::guide::Link| {
        let Destination::Page { page, fragment } = workspace.site(id).destination(&link.target, hosts) else {
            return None;
        };
        let mut uri = session.documents.uri(&workspace.file(page).path)?;
        if let Some(heading) = fragment.and_then(|fragment| heading_at(checker, page, fragment)) {
            uri.0 = format!("{}#L{}", uri.0, checker.source(page).line(heading.start as u32));
        }
        let range = lines.range(&document.text, link.target_span.range());
        Some(t::DocumentLink { range, target: Some(uri), tooltip: workspace.title(page), data: None })
    };
    Some(guide.links.iter().filter_map(link).collect())
}

/// The page and anchor that a position is about: those of the link there, else the heading, else this page.
fn meant(checker: &Checker, id: FileId, at: usize) -> Option<(FileId, Option<String>)> {
    let workspace = &checker.workspace;
    let guide = checker.guide(id)?;
    let hosts = &workspace.profile().site.hosts;
    if let Some(link) = link_at(&guide, at) {
        return match workspace.site(id).destination(&link.target, hosts) {
            Destination::Page { page, fragment } => Some((page, fragment.map(str::to_owned))),
            _ => None,
        };
    }
    let heading = guide.headings.iter().find(|heading| heading.span.range().contains(&at));
    Some((id, heading.map(|heading| heading.id.clone())))
}

fn from_guide(checker: &Checker, id: FileId, at: usize) -> Option<Target> {
    let workspace = &checker.workspace;
    let guide = checker.guide(id)?;
    let hosts = &workspace.profile().site.hosts;
    if let Some(link) = link_at(&guide, at) {
        let Destination::Page { page, fragment } = workspace.site(id).destination(&link.target, hosts) else {
            return None;
        };
        let heading = fragment.and_then(|fragment| heading_at(checker, page, fragment));
        return Some(Target { file: page, range: heading.unwrap_or(0..0) });
    }
    // A key of the front matter that says that the counterpart exists leads to it.
    let linked = guide.front_matter.node.as_ref()?.entry(workspace.profile().front_matter.linked.as_deref()?)?;
    let is_there = linked.key_span.to(linked.value.span).range().contains(&at);
    let address = workspace.profile().counterpart_of(workspace.permalink(id).filter(|_| is_there)?);
    let page = workspace.site(id).pages(&address).next()?;
    Some(Target { file: page.file, range: 0..0 })
}

fn from_configuration(checker: &Checker, id: FileId, at: usize) -> Option<Target> {
    let config = checker.config(id)?;
    let holds = |span: Span| span.touches(at);
    let found = config.installations().find_map(|installation| {
        let contract = &installation.contract.as_ref()?.contract;
        if installation.connector.as_ref().is_some_and(|connector| holds(connector.span)) {
            return contract.permalink.as_ref()?.span;
        }
        let named = |property: &&crate::config::Property| {
            holds(property.name.span) || property.value.as_ref().is_some_and(|value| holds(value.span))
        };
        if let Some(property) = installation.properties.iter().find(named) {
            let field = contract.fields.iter().find(|field| field.key == property.name.value)?;
            return field.name.span;
        }
        if installation.callbacks.iter().any(|callback| holds(callback.span)) {
            return contract.callback.as_ref()?.span;
        }
        let words = installation.scope_words(&config);
        let word = words.iter().find(|word| holds(word.span))?;
        contract.documented_scopes().iter().find(|scope| scope.value == word.name)?.span
    })?;
    Some(Target { file: found.file, range: found.range() })
}

fn link_at(guide: &Guide, at: usize) -> Option<&crate::guide::Link> {
    let holds = |span: Span| span.touches(at);
    guide.links.iter().find(|link| holds(link.target_span)).or_else(|| guide.links.iter().find(|link| holds(link.span)))
}

/// Where the heading with an id is on a page.
fn heading_at(checker: &Checker, page: FileId, id: &str) -> Option<Range<usize>> {
    let guide = checker.workspace.site(page).guide(page)?;
    let heading = guide.headings.iter().find(|heading| heading.id == id)?;
    Some(heading.content.range())
}

fn location(session: &Session, checker: &Checker, target: &Target) -> Option<t::Location> {
    let uri = session.documents.uri(&checker.workspace.file(target.file).path)?;
    let source = checker.workspace.source(target.file).ok()?;
    let lines = Lines::new(source.text(), session.client.encoding);
    Some(t::Location { uri, range: lines.range(source.text(), target.range.clone()) })
}
