//! Which files of a site Jekyll publishes, and as what (`reader.rb`, `entry_filter.rb`, `collection.rb`,
//! `readers/post_reader.rb`).

use super::{Collection, SiteConfig, address};

/// What Jekyll takes a file for.
#[derive(Debug, Clone, Copy)]
pub(in crate::workspace) enum Place<'a> {
    /// A page, or a file that is copied.
    Page,
    /// A document of a collection, or a file in the folder of one.
    Document {
        collection: &'a Collection,
        /// The path from the folder that holds the collection's: `_guides/a/b.md`.
        relative: &'a str,
    },
}

impl Place<'_> {
    /// The type by which `defaults` are scoped (`page.rb`, `document.rb`).
    pub(super) fn kind(&self) -> &str {
        match self {
            Self::Page => "pages",
            Self::Document { collection, .. } => &collection.label,
        }
    }
}

impl SiteConfig {
    /// What the file at `path`, from the site's source, is published as; `None` if it is not.
    pub(in crate::workspace) fn place<'a>(&'a self, path: &'a str) -> Option<Place<'a>> {
        if let Some((collection, relative, inner)) = self.collection_of(path) {
            let shown = self.keeps(relative, inner, false) && collection.output;
            return shown.then_some(Place::Document { collection, relative });
        }
        let mut start = 0;
        for at in memchr::memchr_iter(b'/', path.as_bytes()).chain([path.len()]) {
            let (outer, name) = (&path[..start.max(1) - 1], &path[start..at]);
            let is_folder = at < path.len();
            if is_folder && self.holds_posts(outer, name) {
                return self.post(path, &path[..at], &path[at + 1..]);
            }
            if !self.keeps(&path[..at], name, is_folder) || is_folder && path[..at] == self.destination {
                return self.is_named(path).then_some(Place::Page);
            }
            start = at + 1;
        }
        Some(Place::Page)
    }

    /// Whether Jekyll looks for files in the folder at `path`, from the site's source.
    pub(in crate::workspace) fn publishes_folder(&self, path: &str) -> bool {
        // A name that can be that of a page and of a post.
        path.is_empty() || self.place(&format!("{path}/2000-01-01-a.md")).is_some()
    }

    /// Whether a file of data is in a folder that Jekyll reads, and not left out itself.
    pub(in crate::workspace) fn reads_data(&self, path: &str) -> bool {
        let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
        self.publishes_folder(folder) && !self.exclude.is_match(path, false)
    }

    /// What hidden names that are published begin with. `.git` is never one of them.
    pub(in crate::workspace) fn hidden_names(&self) -> Vec<String> {
        let names = self.include.names().filter_map(|name| name.split('/').find(|part| part.starts_with('.')));
        names.filter(|name| !".git".starts_with(name)).map(str::to_owned).collect()
    }

    /// `entry_filter.rb`, `filter`: an included name is kept even if it is special, an excluded one only then. `name` is
    /// what is looked at of a path: its last name, or all that is inside a collection.
    fn keeps(&self, path: &str, name: &str, is_folder: bool) -> bool {
        let last = name.rsplit('/').next().unwrap_or(name);
        let special = |name: &str| name.starts_with(['.', '_', '#', '~']);
        let included = || self.include.is_match(name, is_folder) || self.include.is_match(last, is_folder);
        let left_out = special(name) || special(last) || name.ends_with('~') || self.exclude.is_match(path, is_folder);
        !left_out || included()
    }

    /// A file that `include` names by its whole path (`reader.rb`, `read_included_excludes`).
    fn is_named(&self, path: &str) -> bool {
        path.contains('/') && self.include.is_match(path, false)
    }

    /// The collection in whose folder a file is, the path from the folder of collections, and that from its own.
    fn collection_of<'a>(&'a self, path: &'a str) -> Option<(&'a Collection, &'a str, &'a str)> {
        let relative = match self.collections_dir.as_str() {
            "" => path,
            folder => path.strip_prefix(folder)?.strip_prefix('/')?,
        };
        let (label, inner) = relative.strip_prefix('_')?.split_once('/')?;
        let collection = self.collections.iter().find(|collection| collection.label == label)?;
        (label != address::POSTS).then_some((collection, relative, inner))
    }

    /// Posts are in `_posts` of any folder that is read, or of those below `collections_dir` only.
    fn holds_posts(&self, folder: &str, name: &str) -> bool {
        let in_collections = self.collections_dir.is_empty() || folder.starts_with(&self.collections_dir);
        in_collections && (name == "_posts" || name == "_drafts" && self.show_drafts)
    }

    fn post<'a>(&'a self, path: &'a str, folder: &'a str, inner: &'a str) -> Option<Place<'a>> {
        let collection = self.collections.iter().find(|collection| collection.label == address::POSTS)?;
        let dated = folder.ends_with("_drafts") || address::dated(inner).is_some();
        let relative = path.strip_prefix(&self.collections_dir).map_or(path, |rest| rest.trim_start_matches('/'));
        (dated && self.keeps(path, inner, false)).then_some(Place::Document { collection, relative })
    }
}
