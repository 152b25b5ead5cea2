//! The anchors that layouts and includes put on pages.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::rc::Rc;
use std::sync::{Arc, OnceLock};

use super::jekyll::Folders;
use super::memo::Memo;
use super::read_text;
use super::site_data::SiteData;
use super::template::{Parts, UNKNOWN, Value, render};
use crate::dialect::Dialect;
use crate::dialects;
use crate::dialects::kramdown::Options;
use crate::guide::Guide;
use crate::source::{FileId, Size, SourceFile};
use crate::tree::Node;

/// The layouts and includes of a site, by their paths from its source, and its data: read when they are first asked
/// for. `None` for those that are not there.
#[derive(Debug, Default)]
pub(super) struct Layouts {
    /// The folder with the site's files.
    source: PathBuf,
    folders: Folders,
    /// The largest file that is read.
    limit: Size,
    read: Memo<PathBuf, Option<Arc<Guide>>>,
    data: OnceLock<SiteData>,
    /// Whether layouts print a heading of level 1.
    titles: Memo<Box<str>, Option<bool>>,
    /// The anchors of pages by their files; `None` for pages that may have any.
    anchors: Memo<FileId, Option<Arc<Anchors>>>,
}

/// The anchors of a page and of the layouts that it is in.
#[derive(Debug)]
struct Anchors {
    known: BTreeSet<String>,
    /// Those of which a part is not known.
    partial: Vec<String>,
}

/// A page and what its templates can know of it.
pub(super) struct TemplatePage<'a> {
    pub(super) guide: &'a Guide,
    /// Whether it is a post or another document of a collection.
    pub(super) is_document: bool,
    /// Its address from the root of the site, where it is known.
    pub(super) address: Option<&'a str>,
    pub(super) layout: Option<&'a str>,
    /// How the site reads Markdown.
    pub(super) options: &'a Options,
    /// The value that the site's configuration gives to a key of its front matter.
    pub(super) default_value: &'a dyn Fn(&str) -> Option<&'a Node>,
    /// The document of a data file that was read before.
    pub(super) held: &'a dyn Fn(&Path) -> Option<Node>,
}

impl Layouts {
    pub(super) fn new(source: PathBuf, folders: Folders, limit: Size) -> Self {
        Self { source, folders, limit, ..Self::default() }
    }

    /// Whether a page may have an anchor by its own includes, by its layout, by one that this is in, or by one of their
    /// includes: rendered, they have it, or one of which a part is not known and that may be it. Layouts and includes of a
    /// theme are not in the site's source and count as having none; an include of the page that is not there may have
    /// any, as may what is too large.
    pub(super) fn may_have<'a>(&'a self, page: &'a TemplatePage<'a>, anchor: &str) -> bool {
        let anchors = self.anchors.get_or(page.guide.source.id(), || self.rendered(page).map(Arc::new));
        anchors.is_none_or(|anchors| {
            anchors.known.contains(anchor) || anchors.partial.iter().any(|made| may_be(made, anchor))
        })
    }

    pub(super) fn forget(&mut self, page: FileId) {
        self.anchors.forget(&page);
    }

    /// The anchors of a page, rendered.
    fn rendered<'a>(&'a self, page: &'a TemplatePage<'a>) -> Option<Anchors> {
        if !page.guide.includes().all(|name| self.has_include(name)) {
            return None;
        }
        let parts = TemplateParts { layouts: self, page };
        let mut written = render(page.guide.slice(page.guide.body), &parts)?;
        let mut seen = BTreeSet::new();
        let mut next = page.layout.map(str::to_owned);
        while let Some(name) = next.take().filter(|name| is_inside(name) && seen.insert(name.clone())) {
            let Some(layout) = self.part(&self.layout(&name)) else { break };
            if layout.source.excess().is_some() {
                return None;
            }
            written.extend(render(layout.slice(layout.body), &parts)?);
            next = layout.front_matter("layout").and_then(Node::as_str).map(str::to_owned);
        }
        let anchors = written.into_iter().flat_map(|text| {
            let source = SourceFile::new(FileId::default(), "", text);
            dialects::read(Arc::new(source), Dialect::Kramdown, page.options).anchors().clone()
        });
        let (partial, known) = anchors.partition(|anchor: &String| anchor.contains(UNKNOWN));
        Some(Anchors { known, partial: Vec::from_iter::<BTreeSet<String>>(partial) })
    }

    /// The variables that the includes of a page set, and those that they include; `None` where one of them is not
    /// known, or where the tag of a plugin may set some.
    pub(super) fn variables(&self, page: &Guide) -> Option<BTreeSet<String>> {
        let (mut variables, mut seen) = (BTreeSet::new(), BTreeSet::new());
        let mut open: Vec<String> = included(page)?;
        while let Some(name) = open.pop() {
            if !seen.insert(name.clone()) {
                continue;
            }
            let part = self.include(&name)?;
            let set = part.liquid.tags.iter().filter_map(|tag| tag.assigned(part.slice(tag.span)));
            variables.extend(set.map(str::to_owned));
            open.extend(included(&part).filter(|_| part.source.excess().is_none())?);
        }
        Some(variables)
    }

    /// Whether a layout, one that it is in, or one of their includes has a heading of level 1; `None` where a part of
    /// them is not known.
    pub(super) fn has_first_heading(&self, layout: &str) -> Option<bool> {
        let find = || self.find_first_heading(layout);
        if is_inside(layout) { self.titles.get_or(layout.into(), find) } else { None }
    }

    fn find_first_heading(&self, layout: &str) -> Option<bool> {
        let is_heading = |part: &Guide| part.slice(part.body).to_ascii_lowercase().contains("<h1");
        let (mut seen, mut open) = (BTreeSet::new(), vec![self.layout(layout)]);
        let mut is_known = true;
        while let Some(file) = open.pop() {
            if !seen.insert(file.clone()) {
                continue;
            }
            let part = self.part(&file).filter(|part| part.source.excess().is_none());
            let Some(part) = part else {
                is_known = false;
                continue;
            };
            if is_heading(&part) {
                return Some(true);
            }
            match included(&part) {
                Some(names) => {
                    let inside = names.iter().filter(|name| is_inside(name));
                    open.extend(inside.map(|name| self.folders.includes.join(name)));
                }
                None => is_known = false,
            }
            let outer = part.front_matter("layout").and_then(Node::as_str).filter(|name| is_inside(name));
            open.extend(outer.map(|name| self.layout(name)));
        }
        is_known.then_some(false)
    }

    pub(super) fn has_include(&self, name: &str) -> bool {
        self.include(name).is_some()
    }

    fn include(&self, name: &str) -> Option<Arc<Guide>> {
        if is_inside(name) { self.part(&self.folders.includes.join(name)) } else { None }
    }

    /// The path of a layout from the site's source.
    fn layout(&self, name: &str) -> PathBuf {
        self.folders.layouts.join(format!("{name}.html"))
    }

    fn part(&self, name: &Path) -> Option<Arc<Guide>> {
        self.read.get_or(name.to_owned(), || {
            let text = read_text(FileId::default(), &self.source.join(name), self.limit).ok()?;
            Some(Arc::new(dialects::read(text.into(), Dialect::Kramdown, &Options::default())))
        })
    }
}

/// What templates get when a page is made.
struct TemplateParts<'a> {
    layouts: &'a Layouts,
    page: &'a TemplatePage<'a>,
}

impl<'a> Parts<'a> for TemplateParts<'a> {
    fn include(&self, name: &str) -> Option<Rc<str>> {
        let part = self.layouts.include(name)?;
        // What was not read may write anything.
        Some(if part.source.excess().is_some() { ANYTHING.into() } else { part.source.text().into() })
    }

    fn data(&self, keys: &[String]) -> Option<(Value<'a>, usize)> {
        let Layouts { data, source, folders, limit, .. } = self.layouts;
        let data = data.get_or_init(|| SiteData::find(&source.join(&folders.data), *limit));
        data.value(keys, self.page.held).map(|(node, taken)| (Value::of(node), taken))
    }

    fn page(&self, key: &str) -> Value<'a> {
        let page = self.page;
        let made = if page.is_document { &MADE_FOR_DOCUMENTS[..] } else { &MADE_FOR_PAGES[..] };
        match page.guide.front_matter(key).or_else(|| (page.default_value)(key)) {
            Some(node) => Value::of(node),
            None if key == "url" => page.address.map_or(Value::Unknown, Value::text),
            None if made.contains(&key) || page.guide.front_matter.node.is_none() => Value::Unknown,
            None => Value::Nil,
        }
    }
}

/// A text that may be any anchor.
const ANYTHING: &str = "<p id=\"{{ unknown }}\"></p>";

/// Keys of a page that Jekyll, or a plugin that many sites use, gives it (`page.rb`).
const MADE_FOR_PAGES: [&str; 6] = ["content", "dir", "excerpt", "last_modified_at", "name", "path"];

/// Keys that it gives to posts and other documents of collections (`document.rb`, `drops/document_drop.rb`).
const MADE_FOR_DOCUMENTS: [&str; 19] = [
    "categories", "collection", "content", "date", "draft", "excerpt", "ext", "id", "last_modified_at", "layout",
    "name", "next", "output", "path", "previous", "relative_path", "slug", "tags", "title",
];

/// The names of the files that a page includes; `None` where others may be among them.
fn included(page: &Guide) -> Option<Vec<String>> {
    let includes = page.liquid.tags.iter().filter(|tag| tag.name.starts_with("include"));
    let names = includes.map(|tag| {
        let name = tag.included(page.slice(tag.span)).filter(|_| tag.name != "include_relative");
        name.map(str::to_owned)
    });
    names.collect::<Option<Vec<String>>>().filter(|_| page.liquid.unknown_tags.is_empty())
}

/// Whether a path has no way out of its folder.
fn is_inside(path: &str) -> bool {
    !path.split(['/', '\\']).any(|part| part == "..")
}

/// Whether an anchor of which a part is not known may be another one.
fn may_be(made: &str, anchor: &str) -> bool {
    let mut parts = made.split(UNKNOWN);
    let Some(rest) = parts.next().and_then(|first| anchor.strip_prefix(first)) else { return false };
    let mut parts: Vec<&str> = parts.collect();
    let Some(rest) = parts.pop().and_then(|last| rest.strip_suffix(last)) else { return false };
    let between = parts.into_iter().filter(|part| !part.is_empty());
    between.into_iter().try_fold(rest, |rest, part| rest.split_once(part).map(|(_, after)| after)).is_some()
}
