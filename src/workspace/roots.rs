//! The roots of sites: the folder of `_config.yml`, else that of the settings, else that of the Git repository.

use std::collections::HashMap;
use std::path::{Path, PathBuf};

use super::jekyll::{CONFIG_NAMES, SiteConfig};
use super::read::{Content, read_within};
use super::{Error, InMemory, display_path};
use crate::paths::{SETTINGS_FILE, absolute};
use crate::source::Size;

#[allow(clippy::struct_excessive_bools, reason = "each is a fact of its own")]
pub(super) struct Root {
    /// The folder with the site's files, as it was given.
    pub(super) source: PathBuf,
    pub(super) config: SiteConfig,
    /// Whether the root was found: all pages of the site are known then.
    pub(super) is_known: bool,
    /// Whether all of its folders could be read.
    pub(super) is_readable: bool,
    /// Why its configuration could not be read.
    pub(super) unread: Option<String>,
    pub(super) is_jekyll: bool,
    /// The folder that marks it, as it was given and from the root of the file system.
    pub(super) path: PathBuf,
    absolute: PathBuf,
    /// Whether the configuration is among the files that are not on disk.
    held: bool,
}

#[derive(Default)]
pub(super) struct Roots {
    pub(super) all: Vec<Root>,
    marks: HashMap<PathBuf, Marks>,
}

/// The nearest folders at or above one that mark a root.
#[derive(Clone, Default)]
struct Marks {
    /// The configuration of Jekyll itself.
    config: Option<PathBuf>,
    settings: Option<PathBuf>,
    repository: Option<PathBuf>,
}

impl Roots {
    /// Takes the configurations of sites out of the files that are not on disk.
    pub(super) fn in_memory(memory: Vec<InMemory>) -> (Vec<InMemory>, Self) {
        let is_config = |path: &str| CONFIG_NAMES.iter().any(|name| Path::new(path).file_name() == Some(name.as_ref()));
        let (configs, files): (Vec<_>, Vec<_>) = memory.into_iter().partition(|(path, _)| is_config(path));
        let mut roots = Self::default();
        for (name, bytes) in configs {
            let path = Path::new(&name).parent().map(Path::to_owned).unwrap_or_default();
            let config = SiteConfig::parse(Path::new(&name), bytes).map_err(|line| unread(Path::new(&name), &line));
            roots.all.push(Root { held: true, ..Root::new(path.clone(), absolute(&path), Some(config), true) });
        }
        (files, roots)
    }

    /// The site that a folder belongs to. Without a root it is one of its own, of which nothing is known.
    pub(super) fn of_folder(&mut self, folder: &Path) -> usize {
        if let Some(held) = self.all.iter().position(|root| root.held && folder.starts_with(&root.path)) {
            return held;
        }
        let absolute = absolute(folder);
        let marks = self.marks(&absolute);
        let marked = marks.config.as_deref().and_then(Path::parent).or(marks.settings.as_deref());
        let place = marked.or(marks.repository.as_deref());
        let is_marked = place.is_some();
        let place = place.unwrap_or(&absolute);
        if let Some(known) = self.all.iter().position(|root| root.absolute == place) {
            return known;
        }
        let path = shorten(place, &absolute, folder);
        let config = marks.config.as_deref().map(|file| {
            let name = path.join(file.file_name().unwrap_or_default());
            read_config(file).map_err(|reason| unread(&name, &reason))
        });
        self.all.push(Root::new(path, place.to_owned(), config, is_marked));
        self.all.len() - 1
    }

    /// Whether a folder has a root that marks it or one above it.
    pub(super) fn has_mark(&mut self, folder: &Path) -> bool {
        let marks = self.marks(&absolute(folder));
        marks.config.is_some() || marks.settings.is_some() || marks.repository.is_some()
    }

    /// Each folder is looked at once, however many files are below it.
    fn marks(&mut self, folder: &Path) -> Marks {
        if let Some(marks) = self.marks.get(folder) {
            return marks.clone();
        }
        let mut marks = folder.parent().map(|parent| self.marks(parent)).unwrap_or_default();
        let config = CONFIG_NAMES.iter().map(|name| folder.join(name)).find(|path| path.is_file());
        marks.config = config.or(marks.config);
        if folder.join(SETTINGS_FILE).is_file() {
            marks.settings = Some(folder.to_owned());
        }
        // In a linked work tree and in a submodule it is a file.
        if folder.join(".git").exists() {
            marks.repository = Some(folder.to_owned());
        }
        self.marks.insert(folder.to_owned(), marks.clone());
        marks
    }
}

impl Root {
    /// A root with what was read of its configuration, if it has one. Of a site with one that cannot be read nothing is
    /// known.
    fn new(path: PathBuf, absolute: PathBuf, config: Option<Result<SiteConfig, String>>, is_marked: bool) -> Self {
        let is_jekyll = matches!(config, Some(Ok(_)));
        let (config, unread) = match config.unwrap_or_else(|| Ok(SiteConfig::default())) {
            Ok(config) => (config, None),
            Err(unread) => (SiteConfig::default(), Some(unread)),
        };
        let source = if config.source.as_os_str().is_empty() { path.clone() } else { path.join(&config.source) };
        let is_known = is_marked && unread.is_none();
        Self { source, config, is_known, unread, is_readable: true, is_jekyll, path, absolute, held: false }
    }
}

/// Reads a configuration of Jekyll, or why it cannot be read.
fn read_config(path: &Path) -> Result<SiteConfig, String> {
    match read_within(path, Size::DEFAULT) {
        Ok(Content::Whole(bytes)) => SiteConfig::parse(path, bytes),
        Ok(Content::Start(_)) => Err(format!("larger than {}", Size::DEFAULT)),
        Err(Error::Unreadable(_, error)) => Err(error.to_string()),
        Err(error) => Err(error.to_string()),
    }
}

fn unread(path: &Path, reason: &str) -> String {
    format!("`{}` cannot be read ({reason})", display_path(path))
}

/// Writes the ancestor `root` of `absolute` in the form in which `folder` was given.
fn shorten(root: &Path, absolute: &Path, folder: &Path) -> PathBuf {
    if root == absolute {
        return folder.to_owned();
    }
    let levels = absolute.strip_prefix(root).map_or(0, |rest| rest.components().count());
    let mut short = folder.to_owned();
    for _ in 0..levels {
        if !short.pop() {
            return root.to_owned();
        }
    }
    if short.as_os_str().is_empty() { PathBuf::from(".") } else { short }
}
