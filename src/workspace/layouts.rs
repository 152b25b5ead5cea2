//! The anchors that a layout puts around pages.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::{Arc, Mutex};

use super::read_text;
use crate::dialect::Dialect;
use crate::dialects;
use crate::dialects::kramdown::Options;
use crate::guide::Guide;
use crate::source::{FileId, Size};
use crate::tree::Node;

/// The layouts and includes of a site, by their paths from its source: read when they are first asked for. `None` for
/// those that are not there.
#[derive(Debug, Default)]
pub(super) struct Layouts {
    read: Mutex<BTreeMap<String, Option<Arc<Guide>>>>,
}

impl Layouts {
    /// Whether a page has an anchor by its own includes, by its layout, by one that this is in, or by one of their
    /// includes: as text, or from Liquid that is not known to write something else. Layouts and includes of a theme are
    /// not in the site's source and count as having none; an include of the page that is not there may have any, as may
    /// what is larger than `limit`.
    pub(super) fn may_have(
        &self,
        source: &Path,
        limit: Size,
        page: &Guide,
        layout: Option<&str>,
        anchor: &str,
    ) -> bool {
        let own: Vec<String> = page.includes().map(|name| format!("_includes/{name}")).collect();
        if own.iter().any(|name| self.part(source, limit, name.clone()).is_none()) {
            return true;
        }
        let mut open: Vec<String> = layout.map(layout_file).into_iter().chain(own).collect();
        let mut seen = BTreeSet::new();
        while let Some(name) = open.pop() {
            let is_inside = !name.split(['/', '\\']).any(|part| part == "..");
            if !is_inside || !seen.insert(name.clone()) {
                continue;
            }
            let Some(part) = self.part(source, limit, name) else { continue };
            if part.source.excess().is_some() || part.anchors().contains(anchor) || may_write(&part, page, anchor) {
                return true;
            }
            let outer = part.front_matter("layout").and_then(Node::as_str);
            open.extend(outer.map(layout_file));
            let includes = part.liquid.tags.iter().filter_map(|tag| tag.included(part.slice(tag.span)));
            open.extend(includes.map(|name| format!("_includes/{name}")));
        }
        false
    }

    fn part(&self, source: &Path, limit: Size, name: String) -> Option<Arc<Guide>> {
        let read = |name: &str| {
            let text = read_text(FileId::default(), &source.join(name), limit).ok()?;
            Some(Arc::new(dialects::read(text.into(), Dialect::Kramdown, &Options::default())))
        };
        if let Ok(known) = self.read.lock()
            && let Some(part) = known.get(&name)
        {
            return part.clone();
        }
        let part = read(&name);
        if let Ok(mut known) = self.read.lock() {
            known.insert(name, part.clone());
        }
        part
    }
}

/// Whether Liquid in a layout or an include may write an anchor: with a value of the page, with one that an include is
/// given, or with one that is not known.
fn may_write(part: &Guide, page: &Guide, anchor: &str) -> bool {
    let gives = part.liquid.tags.iter().any(|tag| tag.writes_text() && part.slice(tag.span).contains(anchor));
    gives
        || part.ids_by_liquid().any(|output| {
            let inner = part.slice(output).trim_matches(['{', '}', '-']).trim();
            let variable = inner.split(['|', ' ']).next().unwrap_or_default();
            match variable.split_once('.') {
                Some(("page", key)) => {
                    page.front_matter(key).and_then(Node::as_str).is_some_and(|value| letters(value) == letters(anchor))
                }
                Some(("include" | "site", _)) => false,
                _ => true,
            }
        })
}

fn letters(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// The file of a layout.
fn layout_file(name: &str) -> String {
    format!("_layouts/{name}.html")
}
