//! The files of a pack in a run: found by its paths, joined to connectors, read when they are asked for.

mod discovery;
mod files;

use std::collections::{BTreeMap, HashMap, HashSet};
use std::path::PathBuf;
use std::sync::Mutex;

use super::Workspace;
use crate::guide::front_matter_range;
use crate::pack::{Captures, Content, FileForm, Link, MatchForm, MissingFile, NeededBy, Pack, Place, text};
use crate::paths::absolute;
use crate::source::{FileId, Span};
use crate::tree::{Node, yaml};

pub(super) use discovery::place;

/// Files that are held at once besides those of many connectors: the files of one connector are checked close to each
/// other.
const MOST_HELD: usize = 48;

/// The files of a pack and the connectors that they belong to.
#[derive(Debug, Default)]
pub(super) struct PackFiles {
    groups: Vec<Group>,
    of_file: HashMap<FileId, Vec<usize>>,
    read: Mutex<HashMap<FileId, Content>>,
}

/// The files of a connector.
#[derive(Debug, Default)]
struct Group {
    captures: Captures,
    files: Vec<(String, FileId, Option<usize>)>,
    missing: Vec<MissingFile>,
    link: Option<Link>,
}

/// The page that data names, without its ending, and where it names it.
fn page_of(form: &FileForm, data: &Node) -> Option<(String, Span)> {
    let of = form.at_url_of.as_ref()?;
    let node = data.at_pointer(&of.pointer)?.node;
    let rest = node.as_str()?.strip_prefix(of.base.as_str())?;
    let rest = rest.split(['#', '?']).next().unwrap_or_default().trim_matches('/');
    let folder = if of.folder.is_empty() { String::new() } else { format!("{}/", of.folder) };
    Some((format!("{folder}{rest}"), node.span))
}

fn endings(form: &FileForm, page: &str) -> Vec<String> {
    let endings = form.at_url_of.as_ref().map(|of| of.endings.as_slice()).unwrap_or_default();
    endings.iter().map(|ending| format!("{page}{ending}")).collect()
}

/// Adds the pages that data of a kind names to the files of its connector.
fn add_pages(group: &mut Group, pack: &Pack, data: &str, node: &Node, find: impl Fn(&str) -> Option<FileId>) {
    let pages = pack.files.iter().filter(|(_, form)| form.at_url_of.as_ref().is_some_and(|of| of.file == data));
    for (kind, form) in pages {
        let Some((page, span)) = page_of(form, node) else { continue };
        if let Some(found) = endings(form, &page).iter().find_map(|page| find(page)) {
            group.files.push((kind.clone(), found, None));
        } else {
            let path = endings(form, &page).into_iter().next().unwrap_or(page);
            group.missing.push(MissingFile { path, needed_by: NeededBy::Address(span) });
        }
    }
}

impl PackFiles {
    /// Joins the files of a run to connectors.
    pub(super) fn join(workspace: &Workspace, pack: &Pack) -> Self {
        let mut files = Self::default();
        let placed: Vec<(FileId, &Place)> = (0u32..)
            .map(FileId)
            .zip(&workspace.files)
            .filter_map(|(id, file)| Some((id, file.place.as_ref()?)))
            .collect();
        files.by_captures(pack, &placed);
        files.by_urls(workspace, pack, &placed);
        files.by_front_matter(workspace, pack);
        files.without_page(workspace, pack, &placed);
        files.by_keys(workspace, pack, &placed);
        files.alone(workspace, pack, &placed);
        for (index, group) in files.groups.iter().enumerate() {
            for (_, file, _) in &group.files {
                let groups = files.of_file.entry(*file).or_default();
                if groups.last() != Some(&index) {
                    groups.push(index);
                }
            }
        }
        files
    }

    /// Files with equal captures belong together.
    fn by_captures(&mut self, pack: &Pack, placed: &[(FileId, &Place)]) {
        let patterns = pack.patterns();
        let mut groups: BTreeMap<Vec<&str>, Group> = BTreeMap::new();
        for (id, place) in placed {
            let key: Option<Vec<&str>> =
                pack.connector.key.iter().map(|name| place.captures.get(name).map(String::as_str)).collect();
            let Some(key) = key.filter(|key| !key.is_empty()) else { continue };
            let group = groups.entry(key).or_default();
            if group.files.iter().all(|(kind, ..)| *kind != place.kind) {
                group.files.push((place.kind.clone(), *id, None));
            }
            group.captures.extend(place.captures.clone());
        }
        for mut group in groups.into_values() {
            let is_there = |kind: &String| group.files.iter().any(|(known, ..)| known == kind);
            let missing: Vec<MissingFile> = (pack.connector.files.iter().filter(|kind| !is_there(kind)))
                .filter_map(|kind| {
                    // A file without captures belongs to all connectors, and pages find their entries in it.
                    let pattern = patterns.get(kind.as_str()).filter(|pattern| pattern.names().next().is_some())?;
                    Some(MissingFile { path: pattern.path(&group.captures), needed_by: NeededBy::Pack })
                })
                .collect();
            group.missing = missing;
            self.groups.push(group);
        }
    }

    /// Each entry of a file of many connectors is one. Pages that data names belong to its connector.
    fn by_urls(&mut self, workspace: &Workspace, pack: &Pack, placed: &[(FileId, &Place)]) {
        let names =
            |kind: &str| pack.files.values().filter_map(|form| form.at_url_of.as_ref()).any(|of| of.file == kind);
        let has_more = |kind: &str| pack.files.values().any(|form| form.same_key_as.as_deref() == Some(kind));
        let paths: HashMap<PathBuf, FileId> =
            placed.iter().map(|(id, _)| (absolute(&workspace.file(*id).path), *id)).collect();
        let of_captures: HashMap<FileId, usize> = (self.groups.iter().enumerate())
            .flat_map(|(index, group)| group.files.iter().map(move |(_, file, _)| (*file, index)))
            .collect();
        for (id, place) in placed {
            let Some(form) = pack.files.get(&place.kind).filter(|form| form.same_key_as.is_none()) else { continue };
            let is_joined = names(&place.kind) || form.each.is_some() && has_more(&place.kind);
            if !is_joined {
                continue;
            }
            let own = absolute(&workspace.file(*id).path);
            let (Some(root), Some(Content::Data(data))) =
                (own.ancestors().nth(place.depth), self.content(workspace, *id))
            else {
                continue;
            };
            for (entry, node) in data.parts() {
                let known = of_captures.get(id).filter(|_| entry.is_none()).copied();
                let index = known.unwrap_or_else(|| {
                    let mut captures = place.captures.clone();
                    let key = entry.and_then(|entry| data.entries.get(entry)).map(|entry| entry.key.clone());
                    captures.extend(key.map(|key| ("name".to_owned(), key)));
                    let files = vec![(place.kind.clone(), *id, entry)];
                    self.groups.push(Group { captures, files, ..Group::default() });
                    self.groups.len() - 1
                });
                add_pages(&mut self.groups[index], pack, &place.kind, node, |page| {
                    paths.get(&root.join(page)).copied()
                });
            }
        }
    }

    /// Pages that name an entry in their front matter.
    fn by_front_matter(&mut self, workspace: &Workspace, pack: &Pack) {
        for (kind, form) in &pack.files {
            let Some(matched) = &form.matches else { continue };
            let entries = self.entries(workspace, matched);
            for group in &mut self.groups {
                let Some((_, page, _)) = group.files.iter().find(|(known, ..)| known == kind) else { continue };
                let Some(front_matter) = front_matter(workspace, *page) else { continue };
                let named = front_matter.get(&matched.front_matter);
                group.link = Some(match named.and_then(|node| Some((text(node)?, node.span))) {
                    None => Link::NoKey(matched.front_matter.clone()),
                    Some((value, span)) => match entries.get(&value) {
                        Some((data, id, index)) => {
                            group.files.push((data.clone(), *id, *index));
                            Link::Found
                        }
                        None => Link::Unknown { data: matched.data.as_slice().join("`, `"), value, span },
                    },
                });
            }
        }
    }

    /// Entries that no page names, where each connector has a page.
    fn without_page(&mut self, workspace: &Workspace, pack: &Pack, placed: &[(FileId, &Place)]) {
        let is_required = |kind: &String| pack.connector.files.contains(kind);
        for (kind, form) in pack.files.iter().filter(|(kind, _)| is_required(kind)) {
            let (Some(matched), Some(path)) = (&form.matches, form.glob.as_ref()) else { continue };
            let is_data = |place: &Place| matched.data.as_slice().contains(&place.kind) && is_required(&place.kind);
            for (id, place) in placed.iter().filter(|(_, place)| is_data(place)) {
                let groups = self.groups.iter().filter(|group| group.files.iter().any(|(other, ..)| other == kind));
                let named: HashSet<usize> = groups
                    .flat_map(|group| &group.files)
                    .filter_map(|(_, file, entry)| entry.filter(|_| file == id))
                    .collect();
                let Some(Content::Data(data)) = self.content(workspace, *id) else { continue };
                let left = data.entries.iter().enumerate().filter(|(index, _)| !named.contains(index));
                self.groups.extend(left.map(|(index, entry)| Group {
                    captures: place.captures.clone(),
                    files: vec![(place.kind.clone(), *id, Some(index))],
                    missing: vec![MissingFile { path: path.clone(), needed_by: NeededBy::Entry(entry.span) }],
                    link: None,
                }));
            }
        }
    }

    /// Entries of files that have the same keys as those of another file belong to the same connectors.
    fn by_keys(&mut self, workspace: &Workspace, pack: &Pack, placed: &[(FileId, &Place)]) {
        for (id, place) in placed {
            let Some(other) = pack.files.get(&place.kind).and_then(|form| form.same_key_as.as_deref()) else {
                continue;
            };
            let Some(Content::Data(data)) = self.content(workspace, *id) else { continue };
            let indices: HashMap<&str, usize> =
                data.entries.iter().enumerate().map(|(index, entry)| (entry.key.as_str(), index)).collect();
            let mut groups = std::mem::take(&mut self.groups);
            for group in &mut groups {
                let of_other = group.files.iter().find(|(kind, ..)| kind == other);
                let Some((_, file, Some(entry))) = of_other else { continue };
                let Some(Content::Data(named)) = self.content(workspace, *file) else { continue };
                if let Some(index) = named.entries.get(*entry).and_then(|entry| indices.get(entry.key.as_str())) {
                    group.files.push((place.kind.clone(), *id, Some(*index)));
                }
            }
            self.groups = groups;
        }
    }

    /// A file that belongs to no connector is checked on its own: each of its entries, or the whole file.
    fn alone(&mut self, workspace: &Workspace, pack: &Pack, placed: &[(FileId, &Place)]) {
        let joined: HashSet<FileId> =
            self.groups.iter().flat_map(|group| &group.files).map(|(_, file, _)| *file).collect();
        for (id, place) in placed.iter().filter(|(id, _)| !joined.contains(id)) {
            let is_many = pack.files.get(&place.kind).is_some_and(|form| form.each.is_some());
            let entries: Vec<Option<usize>> = match self.content(workspace, *id) {
                Some(Content::Data(data)) if is_many => (0..data.entries.len().max(1)).map(Some).collect(),
                _ => vec![None],
            };
            self.groups.extend(entries.into_iter().map(|entry| Group {
                captures: place.captures.clone(),
                files: vec![(place.kind.clone(), *id, entry)],
                ..Group::default()
            }));
        }
    }

    /// The entries that pages may name, by the value that both have.
    fn entries(&self, workspace: &Workspace, matched: &MatchForm) -> HashMap<String, (String, FileId, Option<usize>)> {
        let mut entries = HashMap::new();
        for (id, file) in (0u32..).map(FileId).zip(&workspace.files) {
            let is_of = |place: &&Place| matched.data.as_slice().contains(&place.kind);
            let Some(place) = file.place.as_ref().filter(is_of) else { continue };
            let Some(Content::Data(data)) = self.content(workspace, id) else { continue };
            for (index, node) in data.parts() {
                if let Some(value) = node.at_pointer(&matched.pointer).and_then(|place| text(place.node)) {
                    entries.entry(value).or_insert_with(|| (place.kind.clone(), id, index));
                }
            }
        }
        entries
    }

    /// What is in a file. It is held for the other files of its connectors.
    fn content(&self, workspace: &Workspace, id: FileId) -> Option<Content> {
        if let Some(content) = self.held(id) {
            return Some(content);
        }
        let content = workspace.content(workspace.readable(id)?)?;
        if let Ok(mut read) = self.read.lock() {
            if read.len() >= MOST_HELD {
                read.retain(|_, content| matches!(content, Content::Data(data) if !data.entries.is_empty()));
            }
            read.insert(id, content.clone());
        }
        Some(content)
    }

    /// What is in a file, if it was read before and is held.
    fn held(&self, id: FileId) -> Option<Content> {
        self.read.lock().ok()?.get(&id).cloned()
    }
}

fn front_matter(workspace: &Workspace, page: FileId) -> Option<Node> {
    let source = workspace.readable(page)?;
    let range = front_matter_range(source.text())?;
    yaml::parse(&source, range).documents.into_iter().next()
}
