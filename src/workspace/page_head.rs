//! What a run knows of a page that it does not check: four values of its front matter.
//!
//! The head of every page of a site is read, also when a single guide is checked. Most say what is
//! wanted in lines of the simplest form, which are read as they stand; a YAML parser takes ten times
//! as long and reads the others.

use std::ops::Range;

use crate::guide::front_matter_range;
use crate::profile::{GuideKind, Profile};
use crate::source::{FileId, SourceFile, Span};
use crate::tree::yaml::{self, simple};
use crate::tree::{Node, Value};

/// What the front matter of a page says.
#[derive(Debug, Clone)]
pub struct PageHead {
    /// The page's file.
    pub file: FileId,
    /// The permalink without slashes around it, and where it stands.
    pub permalink: Option<(Box<str>, Span)>,
    /// Where `linkedpage: true` stands.
    pub linked: Option<Span>,
    /// Which kind of guide it is; `None` for any other page.
    pub kind: Option<GuideKind>,
    /// Former addresses that lead to the page (`redirect_from`), without slashes around them.
    pub redirects: Vec<Box<str>>,
}

impl PageHead {
    /// Its permalink alone.
    pub(super) fn address(&self) -> Option<&str> {
        self.permalink.as_ref().map(|(permalink, _)| &**permalink)
    }

    /// Reads the front matter of a page.
    pub(super) fn read(profile: &Profile, source: &SourceFile) -> Self {
        let range = front_matter_range(source.text());
        let simple = range.clone().map(|range| Simple::read(source.text(), range));
        let Some(Some(simple)) = simple else { return Self::parse(profile, source, range) };
        let permalink = simple.permalink.map(|range| (trim(&source.text()[range.clone()]).into(), source.span(range)));
        let kind = profile.guide_kind(&simple.tags, source.path());
        let linked = simple.linked.map(|range| source.span(range));
        Self { file: source.id(), permalink, linked, kind, redirects: Vec::new() }
    }

    /// Reads the YAML in `range`.
    fn parse(profile: &Profile, source: &SourceFile, range: Option<Range<usize>>) -> Self {
        let node = range.and_then(|range| yaml::parse(source, range).documents.into_iter().next());
        let get = |key| node.as_ref().and_then(|node| node.get(key));
        let permalink = get("permalink").and_then(|node| Some((trim(node.as_str()?).into(), node.span)));
        let linked = get("linkedpage").filter(|node| node.as_bool() == Some(true)).map(|node| node.span);
        let tags: Vec<&str> = get("tags").map(strings).unwrap_or_default();
        let kind = profile.guide_kind(&tags, source.path());
        let redirects = get("redirect_from").map(strings).unwrap_or_default();
        let redirects = redirects.into_iter().map(|address| trim(address).into()).collect();
        Self { file: source.id(), permalink, linked, kind, redirects }
    }
}

/// The values of front matter whose lines have the simple form, or belong to a key that is not wanted.
#[derive(Debug, Default)]
struct Simple<'a> {
    permalink: Option<Range<usize>>,
    linked: Option<Range<usize>>,
    tags: Vec<&'a str>,
}

impl<'a> Simple<'a> {
    /// `None` if a line needs a YAML parser.
    fn read(text: &'a str, range: Range<usize>) -> Option<Self> {
        let mut read = Self::default();
        let mut wanted = false;
        let mut seen = [false; 3];
        for line in text[range].lines() {
            let nested = line.starts_with(' ');
            if nested && !wanted || line.is_empty() {
                continue;
            }
            let (key, value) = simple::pair(line)?;
            let start = value.as_ptr() as usize - text.as_ptr() as usize;
            let place = start..start + value.len();
            let which = ["permalink", "linkedpage", "tags"].iter().position(|wanted| *wanted == key);
            wanted = which.is_some();
            match which {
                Some(which) if std::mem::replace(&mut seen[which], true) => return None,
                Some(0) => read.permalink = string(value).map(|_| Some(place))?,
                Some(1) => read.linked = matches!(simple::plain(value)?, Value::Bool(true)).then_some(place),
                Some(_) => read.tags = list(value)?,
                None if key == "redirect_from" || !may_be_skipped(value) => return None,
                None => {}
            }
        }
        Some(read)
    }
}

/// The strings of a list, or one string for a list of itself.
fn list(value: &str) -> Option<Vec<&str>> {
    match simple::items(value) {
        Some(items) => items.map(string).collect(),
        None => Some(vec![string(value)?]),
    }
}

fn string(value: &str) -> Option<&str> {
    matches!(simple::plain(value)?, Value::String(_)).then_some(value)
}

/// Whether a value that is not wanted surely ends on its line or in lines that are indented: no
/// quotation mark, bracket or reference that a later line could close or mean.
fn may_be_skipped(value: &str) -> bool {
    !value.starts_with(['"', '\'', '[', '{', '&', '*', '!', '@', '`', '%'])
}

/// A string, or the strings of a list.
pub(super) fn strings(node: &Node) -> Vec<&str> {
    node.as_str().into_iter().chain(node.items().iter().filter_map(Node::as_str)).collect()
}

/// An address without slashes around it.
pub(super) fn trim(address: &str) -> &str {
    address.trim_matches('/')
}
