//! What the rest of the program asks of a pack's files.

use std::cell::OnceCell;
use std::path::Path;
use std::sync::Arc;

use super::PackFiles;
use crate::pack::{Connector, Content, Data, Member, Pack, ReadAs};
use crate::paths::absolute;
use crate::source::{FileId, SourceFile};
use crate::tree::Node;
use crate::workspace::{File, Workspace};

impl Workspace {
    /// The pack of this run.
    pub fn pack(&self) -> Option<&Pack> {
        self.options.pack.as_deref()
    }

    /// Reads a text as a file of the pack; `None` for other files. A text that is held is not parsed again.
    pub fn content(&self, source: Arc<SourceFile>) -> Option<Content> {
        let pack = self.pack()?;
        let held = self.packs.held(source.id());
        if let Some(held) = held.filter(|held| held.source().text() == source.text()) {
            return Some(held);
        }
        let place = self.file(source.id()).place.as_ref()?;
        let form = pack.files.get(&place.kind)?;
        Some(if form.read == ReadAs::Page {
            Content::Page(Arc::new(self.guide(source)))
        } else {
            Content::Data(Arc::new(Data::read(source, pack, &place.kind, form)))
        })
    }

    /// The document of a file of many connectors that was read before.
    pub(in crate::workspace) fn held_document(&self, path: &Path) -> Option<Node> {
        let is_it = |file: &File| file.path.file_name() == path.file_name() && absolute(&file.path) == absolute(path);
        let id = self.files_that(|file| file.place.is_some() && is_it(file)).next()?;
        let Content::Data(data) = self.packs.held(id)? else { return None };
        data.document.clone().filter(|_| !data.entries.is_empty() && data.problems.is_empty())
    }

    /// The kinds of files of the pack with a path that no file has, and these paths.
    pub fn kinds_without_files(&self) -> impl Iterator<Item = (&str, &str)> {
        let is_found =
            |kind: &str| self.files.iter().filter_map(|file| file.place.as_ref()).any(|place| place.kind == kind);
        let forms = self.pack().into_iter().flat_map(|pack| &pack.files);
        let paths =
            forms.filter_map(|(kind, form)| Some((kind.as_str(), form.glob.as_ref().or(form.file.as_ref())?.as_str())));
        paths.filter(move |(kind, _)| !is_found(kind))
    }

    /// The connectors that a file belongs to, with `own` as what is in it.
    pub fn pack_connectors(&self, id: FileId, own: &Content) -> Vec<Connector<'_>> {
        let Some(pack) = self.pack() else { return Vec::new() };
        let groups = self.packs.of_file.get(&id).map(Vec::as_slice).unwrap_or_default();
        let connector = |group: &usize| {
            let group = &self.packs.groups[*group];
            let member = |(kind, file, entry): &(String, FileId, Option<usize>)| {
                let content = if *file == id { Some(own.clone()) } else { self.packs.content(self, *file) };
                Some(Member { kind: kind.clone(), content: content?, entry: *entry })
            };
            let members = group.files.iter().filter_map(member).collect();
            Connector {
                pack,
                captures: &group.captures,
                members,
                missing: &group.missing,
                link: group.link.as_ref(),
                own: id,
                unmet: OnceCell::new(),
            }
        };
        groups.iter().map(connector).collect()
    }

    /// Joins the files of the pack, once all files are known.
    pub(in crate::workspace) fn with_pack(mut self) -> Self {
        if let Some(pack) = self.options.pack.clone() {
            self.packs = PackFiles::join(&self, &pack);
        }
        self
    }
}
