//! A vendor's files, pages and data as data: which files there are and which belong together, what the values in
//! them are for, and what page and data must agree on.
//!
//! A pack has no expressions and no inheritance. What it leaves out, no rule asks for. The form of a pack is published
//! as `schemas/pack.schema.json`.

mod agree;
mod content;
mod demand;
mod demands;
mod facts;
mod form;
mod globs;
mod listed;
mod names;
mod outline;
mod pointers;
mod schema;
mod skim;

use std::cell::OnceCell;
use std::collections::BTreeMap;
use std::path::Path;

use crate::source::{FileId, SourceFile, Span};
use crate::tree::{Node, Problem, deserialize, yaml};

pub use content::{Content, Data};
pub use demand::{Demand, Demanded};
pub use facts::{Facts, Stated, contract};
pub use form::{FileForm, MatchForm, Pack, PageForm, ReadAs, Role, SectionForm, TitleSource, Verb};
pub use globs::{Captures, Pattern};
pub use outline::{FoundSection, Outline};
pub use pointers::text;
use schema::Schema;

/// The packs that are compiled in, each with its schemas by their paths.
const BUILTIN: [(&str, &[(&str, &str)]); 3] = [
    (include_str!("../schemas/nango/pack.yaml"), &[]),
    (
        include_str!("../schemas/power-platform/pack.yaml"),
        &[("properties.schema.json", include_str!("../schemas/power-platform/properties.schema.json"))],
    ),
    (include_str!("../schemas/segment/pack.yaml"), &[]),
];

/// How a profile becomes a pack.
pub const MIGRATION: &str = "rename `profile.yaml` to `pack.yaml`, put its keys below `conventions`, add `pack: NAME` above \
                             them, and name it in `pack`; the changelog has the steps";

impl Pack {
    /// A pack from the tree of its file.
    ///
    /// # Errors
    /// The first thing in it that does not fit, with its place.
    pub fn from_node(node: &Node) -> Result<Self, Problem> {
        if let Some(name) = node.entry("name").filter(|_| node.get("pack").is_none()) {
            let message = "a profile, which packs replace";
            return Err(Problem::value(name.key_span, message, Some(MIGRATION.to_owned())));
        }
        let pack: Self = deserialize(node)?;
        pack.validated(node)
    }

    /// The built-in packs, in the order of their names.
    ///
    /// # Panics
    /// Never: that they can be read is tested.
    pub fn builtin() -> Vec<Self> {
        let read = |(text, schemas): &(&str, &[(&str, &str)])| {
            let source = SourceFile::new(FileId::default(), "pack.yaml", *text);
            let documents = yaml::parse(&source, 0..text.len());
            let node = documents.documents.first().expect("a built-in pack has a document");
            let mut pack = Self::from_node(node).expect("a built-in pack is valid");
            for (kind, path) in pack.schema_files() {
                let (_, text) = schemas.iter().find(|(known, _)| *known == path).expect("a schema is embedded");
                let schema = serde_json::from_str(text).ok().and_then(Schema::trusted);
                pack.schemas.insert(kind, schema.expect("an embedded schema is valid"));
            }
            pack
        };
        BUILTIN.iter().map(read).collect()
    }

    /// The built-in pack of a name.
    pub fn named(name: &str) -> Option<Self> {
        Self::builtin().into_iter().find(|pack| pack.name == name)
    }

    /// The conventions of all pages, and of those of each kind.
    pub fn page_forms(&self) -> impl Iterator<Item = &PageForm> {
        std::iter::once(&self.page).chain(self.pages.values())
    }

    /// The pointers into data of a kind by which pages are joined to it.
    pub(super) fn joins(&self, kind: &str) -> impl Iterator<Item = &str> {
        self.files.values().flat_map(move |form| {
            let url = form.at_url_of.as_ref().filter(|of| of.file == kind).map(|of| of.pointer.as_str());
            let key = form.matches.as_ref().filter(|form| form.data.as_slice().iter().any(|data| data == kind));
            url.into_iter().chain(key.map(|form| form.pointer.as_str()))
        })
    }

    /// The kinds of data with the paths of their schemas, from the folder of the pack.
    pub fn schema_files(&self) -> Vec<(String, String)> {
        let files = self.files.iter();
        files.filter_map(|(kind, form)| Some((kind.clone(), form.schema.clone()?))).collect()
    }

    /// Has the data of a kind checked by the JSON Schema in `text`.
    pub fn add_schema(&mut self, kind: &str, text: &str) -> Result<(), String> {
        let document = serde_json::from_str(text).map_err(|error| format!("not JSON: {error}"))?;
        self.schemas.insert(kind.to_owned(), Schema::new(document)?);
        Ok(())
    }

    /// Whether the files of a connector are in a folder; `exists` says which paths there are.
    pub fn fits(&self, folder: &Path, exists: impl Fn(&Path) -> bool) -> bool {
        self.patterns().values().any(|pattern| pattern.starts_in(folder, &exists))
    }

    /// The patterns of the kinds of files that have one.
    pub fn patterns(&self) -> BTreeMap<&str, Pattern> {
        self.files.iter().filter_map(|(kind, form)| Some((kind.as_str(), form.pattern(&self.limits)?))).collect()
    }
}

/// Where a file belongs in a pack.
#[derive(Debug, Clone)]
pub struct Place {
    /// Its kind: a key of `files`.
    pub kind: String,
    pub captures: Captures,
    /// How many parts its path has, from the root of the pack's files.
    pub depth: usize,
}

/// A file of a connector, read.
#[derive(Debug, Clone)]
pub struct Member {
    /// Its kind: a key of `files`.
    pub kind: String,
    pub content: Content,
    /// The connector's own part of a file of many: its number.
    pub entry: Option<usize>,
}

/// A file that a connector should have.
#[derive(Debug, Clone)]
pub struct MissingFile {
    /// Its path from the root of the pack's files.
    pub path: String,
    /// Why it should be there.
    pub needed_by: NeededBy,
}

/// What needs a file that is missing.
#[derive(Debug, Clone, Copy)]
pub enum NeededBy {
    /// The pack: each connector has one.
    Pack,
    /// An address in data.
    Address(Span),
    /// An entry of a file of many connectors, whose page is not known by its path.
    Entry(Span),
}

/// A connector: its files, read.
#[derive(Debug)]
pub struct Connector<'a> {
    /// The pack that its files belong to.
    pub pack: &'a Pack,
    /// What the paths of its files capture.
    pub captures: &'a BTreeMap<String, String>,
    pub members: Vec<Member>,
    /// The files that should be there.
    pub missing: &'a [MissingFile],
    /// Whether what a page refers to is in the data of another file: `None` where a page refers to nothing.
    pub link: Option<&'a Link>,
    /// The file that is checked: what is found in the others is reported with them.
    pub own: FileId,
    /// The demands that its own data does not meet.
    pub(crate) unmet: OnceCell<Vec<Demand>>,
}

/// How a page refers to its data.
#[derive(Debug, Clone)]
pub enum Link {
    /// A key of the front matter names an entry that the data has.
    Found,
    NoKey(String),
    /// No entry has the value of the key.
    Unknown {
        /// The kind of the data.
        data: String,
        value: String,
        span: Span,
    },
}

impl Connector<'_> {
    pub fn member(&self, kind: &str) -> Option<&Member> {
        self.members.iter().find(|member| member.kind == kind)
    }

    pub fn pages(&self) -> impl Iterator<Item = (&Member, &crate::guide::Guide)> {
        self.members.iter().filter_map(|member| match &member.content {
            Content::Page(guide) => Some((member, &**guide)),
            Content::Data(_) => None,
        })
    }

    /// The conventions of a page: those of its kind, or those of all pages.
    pub fn form(&self, guide: &crate::guide::Guide) -> &PageForm {
        let own = self.pages().find(|(_, other)| other.source.id() == guide.source.id());
        own.and_then(|(member, _)| self.pack.pages.get(&member.kind)).unwrap_or(&self.pack.page)
    }

    /// The sections of a page.
    pub fn outline<'b>(&'b self, guide: &'b crate::guide::Guide) -> Outline<'b> {
        Outline::of(guide, self.form(guide))
    }

    /// The page of a kind, or the first one.
    pub fn page(&self, kind: Option<&str>) -> Option<&crate::guide::Guide> {
        self.pages().find(|(member, _)| kind.is_none_or(|kind| member.kind == kind)).map(|(_, guide)| guide)
    }

    pub fn may_leave_out(&self, section: &SectionForm) -> bool {
        section.optional || !section.optional_in.is_empty() && self.is_in(&section.optional_in)
    }

    /// Whether the captures have one of the values that are listed for each name.
    pub fn is_in(&self, limits: &BTreeMap<String, Vec<String>>) -> bool {
        limits.iter().all(|(name, values)| self.captures.get(name).is_some_and(|value| values.contains(value)))
    }
}

impl Member {
    /// The connector's own data in the file: all of it, its entry, or the front matter of a page.
    pub fn node(&self) -> Option<&Node> {
        let data = match &self.content {
            Content::Page(guide) => return guide.front_matter.node.as_ref(),
            Content::Data(data) => data,
        };
        match self.entry {
            Some(entry) => data.entries.get(entry).map(|entry| &entry.node),
            None => data.document.as_ref(),
        }
    }
}
