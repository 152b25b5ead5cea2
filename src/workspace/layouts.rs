//! The anchors that a layout puts around pages.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::{Arc, Mutex, OnceLock};

use super::read_text;
use crate::dialect::Dialect;
use crate::dialects;
use crate::dialects::kramdown::Options;
use crate::guide::Guide;
use crate::source::{FileId, Size, Span};
use crate::tree::Node;

/// The layouts and includes of a site, by their paths from its source: read when they are first asked for. `None` for
/// those that are not there.
#[derive(Debug, Default)]
pub(super) struct Layouts {
    read: Mutex<BTreeMap<String, Option<Arc<Guide>>>>,
    /// The letters and digits of the data that layouts may print; `None` if not all of it can be read.
    data: OnceLock<Option<String>>,
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
            if part.source.excess().is_some()
                || part.anchors().contains(anchor)
                || may_write(&part, page, anchor, |anchor| self.data_has(source, limit, anchor))
            {
                return true;
            }
            let outer = part.front_matter("layout").and_then(Node::as_str);
            open.extend(outer.map(layout_file));
            let includes = part.liquid.tags.iter().filter_map(|tag| tag.included(part.slice(tag.span)));
            open.extend(includes.map(|name| format!("_includes/{name}")));
        }
        false
    }

    /// Whether the data of the site may have a value with the letters of an anchor.
    fn data_has(&self, source: &Path, limit: Size, anchor: &str) -> bool {
        let data = self.data.get_or_init(|| data_letters(&source.join("_data"), limit));
        data.as_ref().is_none_or(|data| memchr::memmem::find(data.as_bytes(), letters(anchor).as_bytes()).is_some())
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
/// given, with one of the site's data, or with one that is not known.
fn may_write(part: &Guide, page: &Guide, anchor: &str, data_has: impl Fn(&str) -> bool) -> bool {
    let gives = part.liquid.tags.iter().filter(|tag| tag.writes_text()).any(|tag| {
        let written = part.slice(tag.span);
        // The name of the file is not shown.
        let given = tag.included(written).and_then(|name| written.split_once(name)).map_or(written, |(_, given)| given);
        given.contains(anchor)
    });
    gives
        || part.ids_by_liquid().any(|output| {
            let inner = part.slice(output).trim_matches(['{', '}', '-']).trim();
            let variable = inner.split(['|', ' ']).next().unwrap_or_default();
            match variable.split_once('.') {
                Some(("page", key)) => {
                    page.front_matter(key).and_then(Node::as_str).is_some_and(|value| letters(value) == letters(anchor))
                }
                Some(("include" | "site", _)) => false,
                Some(_) if is_datum(part, inner, output) => data_has(anchor),
                _ => true,
            }
        })
}

/// Filters that keep the letters of what they are given.
const KEEPING: [&str; 6] = ["slugify", "downcase", "upcase", "capitalize", "strip", "escape"];

/// Whether an output is the whole of an id or heading, and prints a value of the site's data with its letters.
fn is_datum(part: &Guide, inner: &str, output: Span) -> bool {
    let text = part.source.text();
    let (before, after) = (&text[..output.start as usize], &text[output.end as usize..]);
    let line = before.rsplit('\n').next().unwrap_or_default();
    let starts = line.trim_matches(['#', ' ']).is_empty() || line.ends_with(['"', '\'', '>']);
    let ends = after.trim_start_matches([' ', '\r']).starts_with(['"', '\'', '<', '\n']);
    let keeps = inner.split('|').skip(1).all(|filter| KEEPING.contains(&filter.trim()));
    starts && ends && keeps && text.contains("site.data")
}

/// The letters and digits of the data files in a folder; `None` if it is not there or one is too large.
fn data_letters(folder: &Path, limit: Size) -> Option<String> {
    let mut files = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).ok()? {
            let path = entry.ok()?.path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|ending| DATA.iter().any(|known| ending == *known)) {
                files.push(path);
            }
        }
    }
    let mut data = String::new();
    for path in files {
        let file = read_text(FileId::default(), &path, limit).ok().filter(|file| file.excess().is_none())?;
        data.push_str(&letters(file.text()));
        data.push(' ');
    }
    Some(data)
}

/// The endings of data files.
const DATA: [&str; 5] = ["yml", "yaml", "json", "csv", "tsv"];

fn letters(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// The file of a layout.
fn layout_file(name: &str) -> String {
    format!("_layouts/{name}.html")
}
