//! What `_config.yml` says about which files of a site are published, and where.
//!
//! Follows Jekyll 4: `lib/jekyll/configuration.rb` (defaults of the keys) and the files that each part names.

mod address;
mod defaults;
mod entries;
mod kramdown;
mod made;
mod patterns;

use std::path::{Component, Path, PathBuf};

use crate::dialects::kramdown::Options;
use crate::source::{FileId, SourceFile};
use crate::tree::{Node, ProblemKind, Value, toml, yaml};

pub(super) use address::{PageFacts, categories};
use defaults::Defaults;
pub(super) use entries::Place;
use made::Made;
use patterns::Patterns;

use super::addresses::{strings, trim};

/// The names under which Jekyll looks for its configuration, in its order (`configuration.rb`, `config_files`).
pub(super) const CONFIG_NAMES: [&str; 3] = ["_config.yml", "_config.yaml", "_config.toml"];

/// What Jekyll 4 excludes besides what the configuration names (`DEFAULT_EXCLUDES`).
const DEFAULT_EXCLUDES: [&str; 11] = [
    ".sass-cache", ".jekyll-cache", ".ruby-lsp", "gemfiles", "Gemfile", "Gemfile.lock", "node_modules",
    "vendor/bundle/", "vendor/cache/", "vendor/gems/", "vendor/ruby/",
];

/// The endings of Markdown pages unless `markdown_ext` names others.
const MARKDOWN: &str = "markdown,mkdown,mkdn,mkd,md";

/// A collection that the configuration declares, or the posts.
#[derive(Debug)]
pub(super) struct Collection {
    pub(super) label: String,
    /// Whether its documents are published.
    output: bool,
    permalink: Option<String>,
}

/// Where the parts of a site are that its pages are made of, from its source.
#[derive(Debug, Clone, Default)]
pub(super) struct Folders {
    pub(super) layouts: PathBuf,
    pub(super) includes: PathBuf,
    pub(super) data: PathBuf,
}

/// A site's configuration, as far as it decides what is published.
#[derive(Debug)]
#[allow(clippy::struct_excessive_bools, reason = "each is a fact of its own")]
pub(super) struct SiteConfig {
    /// The path under which the site is served, without slashes around it.
    pub(super) base_url: String,
    /// The folder with the site's files, from the folder of the configuration.
    pub(super) source: PathBuf,
    /// The texts among the values of its top-level keys.
    pub(super) texts: Vec<String>,
    /// Whether kramdown makes the pages.
    pub(super) is_kramdown: bool,
    /// Whether links to the source files of pages work, if it says so.
    pub(super) relative_links: Option<bool>,
    /// The addresses of pages without files.
    pub(super) made: Made,
    pub(super) plugins: Vec<String>,
    /// The folder of the site's own plugins, from its source.
    pub(super) plugins_dir: PathBuf,
    pub(super) kramdown: Options,
    pub(super) folders: Folders,
    collections_dir: String,
    collections: Vec<Collection>,
    include: Patterns,
    exclude: Patterns,
    destination: String,
    show_drafts: bool,
    pub(super) unpublished: bool,
    defaults: Defaults,
    permalink: String,
    markdown: Vec<String>,
}

impl Default for SiteConfig {
    fn default() -> Self {
        Self::new(None)
    }
}

impl SiteConfig {
    /// Reads the configuration `name`, or which line cannot be read.
    pub(super) fn parse(name: &Path, bytes: Vec<u8>) -> Result<Self, String> {
        let source = SourceFile::from_bytes(FileId::default(), "", bytes);
        let is_toml = name.extension().is_some_and(|extension| extension == "toml");
        let read = if is_toml { toml::parse(&source) } else { yaml::parse(&source, 0..source.text().len()) };
        let problem = read.problems.iter().find(|problem| problem.kind == ProblemKind::Syntax);
        match source.first_nul().map(|nul| nul as u32).or(problem.map(|problem| problem.span.start)) {
            Some(place) => Err(format!("line {}", source.line(place))),
            None => Ok(Self::new(read.documents.first())),
        }
    }

    fn new(root: Option<&Node>) -> Self {
        let get = |key: &str| root.and_then(|root| root.get(key));
        let string = |key: &str| get(key).and_then(Node::as_str).unwrap_or_default().to_owned();
        let is_true = |key: &str| get(key).and_then(Node::as_bool) == Some(true);
        let list = |key: &str| get(key).map(strings).unwrap_or_default();
        let collections_dir = trim(&string("collections_dir")).to_owned();
        let include: Vec<&str> = if get("include").is_some() { list("include") } else { vec![".htaccess"] };
        let excluded = list("exclude").into_iter().chain(DEFAULT_EXCLUDES);
        let permalink = get("permalink").and_then(Node::as_str).unwrap_or("date").to_owned();
        let markdown = get("markdown_ext").and_then(Node::as_str).unwrap_or(MARKDOWN);
        // `gems` is the name of `plugins` before Jekyll 3.5.
        let plugins: Vec<&str> = [list("plugins"), list("gems")].concat();
        let enabled = get("relative_links").and_then(|node| node.get("enabled")).and_then(Node::as_bool);
        let folder = |key: &str, default| inner_folder(get(key).and_then(Node::as_str).unwrap_or(default));
        Self {
            base_url: trim(&string("baseurl")).to_owned(),
            texts: root
                .into_iter()
                .flat_map(Node::entries)
                .filter_map(|entry| Some(entry.value.as_str()?.to_owned()))
                .collect(),
            is_kramdown: matches!(
                string("markdown").to_ascii_lowercase().as_str(),
                "" | "kramdown" | "gfm" | "kramdowngfm"
            ),
            source: get("source").and_then(Node::as_str).map(inner_folder).unwrap_or_default(),
            relative_links: enabled.or(get("relative_links").map(|_| true)),
            made: Made::read(&plugins, get),
            plugins: plugins.iter().map(|plugin| (*plugin).to_owned()).collect(),
            plugins_dir: folder("plugins_dir", "_plugins"),
            folders: Folders {
                layouts: folder("layouts_dir", "_layouts"),
                includes: folder("includes_dir", "_includes"),
                data: folder("data_dir", "_data"),
            },
            kramdown: kramdown::read(get("kramdown")),
            collections: collections(get("collections"), &permalink),
            defaults: Defaults::read(get("defaults"), &collections_dir),
            // `entry_filter.rb` subtracts what is included by the same words.
            exclude: Patterns::new(excluded.filter(|pattern| !include.contains(pattern))),
            include: Patterns::new(include.iter().copied()),
            destination: trim(string("destination").trim_start_matches("./")).to_owned(),
            show_drafts: is_true("show_drafts"),
            unpublished: is_true("unpublished"),
            markdown: markdown.split(',').map(|ending| ending.trim().to_ascii_lowercase()).collect(),
            collections_dir,
            permalink,
        }
    }

    /// The value that the configuration gives to a key of the page at `path`, from the site's source.
    pub(super) fn default_value(&self, path: &str, place: Place<'_>, key: &str) -> Option<&Node> {
        let path = match place {
            Place::Page => path,
            Place::Document { relative, .. } => relative,
        };
        self.defaults.find(path, place.kind(), key)
    }

    /// Whether Jekyll makes a page of a file with this name: Markdown or HTML. The case of the ending
    /// does not matter (`converters/markdown.rb`).
    pub(super) fn is_page(&self, path: &Path) -> bool {
        self.is_markdown(path) || super::extension(path).is_some_and(|ending| HTML.contains(&&*ending))
    }

    /// Whether a file is a Markdown page.
    pub(super) fn is_markdown(&self, path: &Path) -> bool {
        super::extension(path).is_some_and(|ending| self.markdown.contains(&ending))
    }
}

/// The endings that `page.rb` takes for HTML.
const HTML: [&str; 3] = ["html", "xhtml", "htm"];

/// A folder that is named from another one, without a way out of it.
fn inner_folder(written: &str) -> PathBuf {
    let parts = Path::new(written).components().filter(|part| matches!(part, Component::Normal(_)));
    let leaves = Path::new(written).components().any(|part| !matches!(part, Component::Normal(_) | Component::CurDir));
    if leaves { PathBuf::new() } else { parts.collect() }
}

/// The declared collections and the posts, which are always one (`configuration.rb`, `add_default_collections`).
fn collections(node: Option<&Node>, permalink: &str) -> Vec<Collection> {
    let mut collections: Vec<Collection> = match node.map(|node| &node.value) {
        Some(Value::Sequence(labels)) => labels.iter().filter_map(Node::as_str).map(Collection::hidden).collect(),
        Some(Value::Mapping(entries)) => entries
            .iter()
            .map(|entry| Collection {
                output: entry.value.get("output").and_then(Node::as_bool) == Some(true),
                permalink: entry.value.get("permalink").and_then(Node::as_str).map(str::to_owned),
                ..Collection::hidden(&entry.key)
            })
            .collect(),
        _ => Vec::new(),
    };
    let declared = collections.iter().position(|collection| collection.label == address::POSTS);
    let mut posts = match declared {
        Some(at) => collections.swap_remove(at),
        None => Collection::hidden(address::POSTS),
    };
    posts.output = true;
    posts.permalink.get_or_insert_with(|| address::post_template(permalink).to_owned());
    collections.push(posts);
    // `collection_reader.rb` reads no documents of a collection `data`.
    collections.retain(|collection| collection.label != "data");
    collections
}

impl Collection {
    fn hidden(label: &str) -> Self {
        Self { label: label.to_owned(), output: false, permalink: None }
    }
}
