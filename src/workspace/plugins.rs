//! What the plugins of a Jekyll site do: the Liquid tags that they define, and the pages that they publish.

use std::collections::BTreeSet;
use std::path::Path;
use std::sync::LazyLock;

use regex::Regex;

use super::read_text;
use crate::paths::absolute;
use crate::source::{FileId, Size};

/// Tags of plugins that come as gems, by the names of the gems.
const OF_GEMS: [(&str, &[&str]); 9] = [
    ("jekyll-contentblocks", &["contentfor", "contentblock", "ifhascontent", "ifnothascontent"]),
    ("jekyll-figure", &["figure"]),
    ("jekyll-assets", &["asset"]),
    ("jekyll-picture-tag", &["picture"]),
    ("jekyll_picture_tag", &["picture"]),
    ("jekyll-youtube", &["youtube"]),
    ("jekyll-twitter-plugin", &["twitter"]),
    ("jekyll-embed-video", &["embed_video"]),
    ("jekyll-code-tabs", &["code_tabs", "code_tab"]),
];

/// Plugins by which links to the source file of a page lead to the page, and by which that of a folder leads to its
/// `README`. GitHub runs both where it builds a site.
const RELATIVE_LINKS: &str = "jekyll-relative-links";
const README_INDEX: &str = "jekyll-readme-index";
const GITHUB: &str = "github-pages";

/// How deep the folder of plugins is read.
const DEEPEST: usize = 4;

/// What is known of a site's plugins.
#[derive(Debug, Default)]
#[allow(clippy::struct_excessive_bools, reason = "each is a fact of its own")]
pub(super) struct Plugins {
    pub(super) any: bool,
    tags: BTreeSet<String>,
    pub(super) relative_links: bool,
    pub(super) readme_index: bool,
    /// Whether one of the site's own makes pages.
    pub(super) make_pages: bool,
}

impl Plugins {
    /// Reads the site's own plugins in `folder` and the `Gemfile` beside the configuration in `root`; `named` are those
    /// of the configuration.
    pub(super) fn find(folder: &Path, root: &Path, named: &[String]) -> Self {
        let gemfile = read_text(FileId::default(), &root.join("Gemfile"), Size::DEFAULT).ok();
        let lines = || gemfile.iter().flat_map(|gemfile| gemfile.text().lines()).map(str::trim_start);
        let gems: Vec<&str> = lines().filter(|line| !line.starts_with('#')).collect();
        let is_plugin =
            |line: &&str| ["jekyll_plugins", "jekyll-", "github-pages"].iter().any(|name| line.contains(name));
        let is_unread = gemfile.as_ref().is_some_and(|gemfile| gemfile.excess().is_some());
        let any = !named.is_empty() || folder.is_dir() || is_unread || gems.iter().any(is_plugin);
        let has = |gem: &str| named.iter().any(|name| name == gem) || gems.iter().any(|line| line.contains(gem));
        let of_gems = OF_GEMS.iter().filter(|(gem, _)| has(gem)).flat_map(|(_, tags)| *tags);
        let is_of_github = has(GITHUB) || gemfile.is_none() && is_at_github(root);
        let mut found = Self {
            any,
            tags: of_gems.map(|tag| (*tag).to_owned()).collect(),
            relative_links: is_of_github || has(RELATIVE_LINKS),
            readme_index: is_of_github || has(README_INDEX),
            make_pages: false,
        };
        found.read(folder, DEEPEST);
        found
    }

    /// Reads the Ruby files below a folder: `Liquid::Template.register_tag('name', Class)` and classes that make pages.
    fn read(&mut self, folder: &Path, deepest: usize) {
        for entry in folder.read_dir().into_iter().flatten().flatten() {
            let path = entry.path();
            // Links may lead out of the site.
            let Ok(kind) = entry.file_type() else { continue };
            if kind.is_dir() && deepest > 0 {
                self.read(&path, deepest - 1);
            } else if kind.is_file()
                && path.extension().is_some_and(|ending| ending == "rb")
                && let Ok(source) = read_text(FileId::default(), &path, Size::DEFAULT)
            {
                self.tags.extend(REGISTERED.captures_iter(source.text()).map(|found| found[1].to_owned()));
                self.make_pages |= GENERATOR.is_match(source.text());
            }
        }
    }

    /// Whether a plugin is known to define a tag, or the block that it ends.
    pub(super) fn define(&self, tag: &str) -> bool {
        self.tags.contains(tag) || tag.strip_prefix("end").is_some_and(|block| self.tags.contains(block))
    }
}

static REGISTERED: LazyLock<Regex> = LazyLock::new(|| pattern(r#"(?m)^[^#\n]*register_tag[ (]+["':](\w+)"#));

static GENERATOR: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"(?m)^[ \t]*class[ \t]+\w+[ \t]*<[ \t]*(Jekyll::)?Generator\b"));

fn pattern(written: &str) -> Regex {
    Regex::new(written).expect("the patterns are constants that the tests compile")
}

/// Whether the repository around a folder is at GitHub, as far as its configuration says: without a `Gemfile`, GitHub
/// builds the site.
fn is_at_github(folder: &Path) -> bool {
    let folder = absolute(folder);
    let mut configs = folder.ancestors().map(|folder| folder.join(".git/config"));
    let config = configs.find_map(|path| read_text(FileId::default(), &path, Size::DEFAULT).ok());
    config.is_some_and(|config| config.text().contains("github.com"))
}
