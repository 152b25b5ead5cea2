//! Completion in guides: addresses of pages, anchors, and front matter.

use lsp_types::CompletionItemKind as Kind;

use super::context::Cursor;
use super::{Proposal, Proposals};
use crate::guide::front_matter_range;
use crate::server::checker::Checker;
use crate::source::FileId;
use crate::workspace::Destination;

pub(super) fn complete(checker: &Checker, id: FileId, cursor: &Cursor<'_>) -> Option<Proposals> {
    if front_matter_range(cursor.text).is_some_and(|range| (range.start..=range.end).contains(&cursor.at)) {
        return front_matter(checker, cursor);
    }
    let target = target(cursor.line_before())?;
    match target.split_once('#') {
        Some((address, anchor)) => anchors(checker, id, cursor, address, anchor),
        None => Some(pages(checker, id, cursor, target)),
    }
}

/// The part of a link's target before the cursor: `[text](/page`, `<a href="/page`, `[label]: /page`.
fn target(before: &str) -> Option<&str> {
    let openings = ["](", "href=\"", "href='", "]: "];
    let starts = openings.iter().filter_map(|opening| Some(before.rfind(opening)? + opening.len()));
    let target = &before[starts.max()?..];
    (!target.contains([')', '"', '\'', ' '])).then_some(target)
}

/// The pages that have an address, with their titles.
fn pages(checker: &Checker, id: FileId, cursor: &Cursor<'_>, target: &str) -> Proposals {
    let site = checker.workspace.site(id);
    let proposals = site.permalinks().filter_map(|address| {
        let page = site.pages(address).next()?;
        let title = checker.workspace.title(page.file);
        let text = format!("/{address}");
        Some(Proposal {
            text,
            kind: Some(Kind::File),
            also_found_by: title.clone().unwrap_or_default(),
            detail: title,
            ..Proposal::default()
        })
    });
    Proposals::new(cursor.partial(target), proposals.collect())
}

/// The anchors of the page at an address; of this page where it is empty.
fn anchors(checker: &Checker, id: FileId, cursor: &Cursor<'_>, address: &str, anchor: &str) -> Option<Proposals> {
    let site = checker.workspace.site(id);
    let hosts = &checker.workspace.profile().site.hosts;
    let Destination::Page { page, .. } = site.destination(address, hosts) else { return None };
    let guide = site.guide(page)?;
    let headings = guide.headings.iter().map(|heading| Proposal {
        text: heading.id.clone(),
        kind: Some(Kind::Reference),
        detail: Some(heading.text.clone()),
        also_found_by: heading.text.clone(),
        ..Proposal::default()
    });
    let mut proposals: Vec<Proposal> = headings.filter(|heading| !heading.text.is_empty()).collect();
    let named = guide.anchors().iter().filter(|id| !guide.headings.iter().any(|heading| heading.id == **id));
    proposals.extend(named.map(|text| Proposal {
        text: text.clone(),
        kind: Some(Kind::Reference),
        ..Proposal::default()
    }));
    Some(Proposals::new(cursor.partial(anchor), proposals))
}

/// Keys of the front matter that the page does not have yet, and the values that a key can have.
fn front_matter(checker: &Checker, cursor: &Cursor<'_>) -> Option<Proposals> {
    let form = &checker.workspace.profile().front_matter;
    let values = |key: &str, partial: &str| {
        let listed = form.values.get(key).into_iter().flatten().cloned();
        let booleans = form.booleans.iter().any(|boolean| boolean == key || form.linked.as_deref() == Some(key));
        let booleans = ["true", "false"].into_iter().filter(move |_| booleans).map(str::to_owned);
        let all = listed.chain(booleans).map(|text| Proposal { text, kind: Some(Kind::Value), ..Proposal::default() });
        let all: Vec<Proposal> = all.collect();
        (!all.is_empty()).then(|| Proposals::new(cursor.partial(partial), all))
    };
    if let Some(pair) = cursor.pair() {
        return values(pair.key, pair.value.rsplit([' ', ',']).next().unwrap_or_default());
    }
    if let Some((item, key)) = cursor.item().zip(cursor.parent()) {
        return values(key, item);
    }
    let partial = cursor.beginning_of_key()?;
    let has = |key: &str| cursor.text.lines().any(|line| line.split_once(':').is_some_and(|(known, _)| known == key));
    let known = form.required.iter().chain(form.values.keys()).chain(&form.booleans).chain(&form.linked);
    let mut keys: Vec<&String> = known.filter(|key| !key.is_empty() && !has(key)).collect();
    keys.dedup();
    let proposals = keys.into_iter().map(|key| Proposal {
        text: format!("{key}: "),
        kind: Some(Kind::Property),
        detail: form.required.contains(key).then(|| "required".to_owned()),
        ..Proposal::default()
    });
    Some(Proposals::new(cursor.partial(partial), proposals.collect()))
}
