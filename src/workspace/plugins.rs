//! The Liquid tags that the plugins of a Jekyll site define.

use std::collections::BTreeSet;
use std::path::Path;
use std::sync::LazyLock;

use regex::Regex;

use super::read_text;
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

/// How deep the folder of plugins is read.
const DEEPEST: usize = 4;

/// What is known of a site's plugins.
#[derive(Debug, Default)]
pub(super) struct Plugins {
    pub(super) any: bool,
    tags: BTreeSet<String>,
}

impl Plugins {
    /// Reads the site's own plugins in `folder` and the `Gemfile`; `named` are those of its configuration.
    pub(super) fn find(folder: &Path, gemfile: &Path, named: &[String]) -> Self {
        let gemfile = read_text(FileId::default(), gemfile, Size::DEFAULT).ok();
        let lines = || gemfile.iter().flat_map(|gemfile| gemfile.text().lines()).map(str::trim_start);
        let gems: Vec<&str> = lines().filter(|line| !line.starts_with('#')).collect();
        let is_plugin =
            |line: &&str| ["jekyll_plugins", "jekyll-", "github-pages"].iter().any(|name| line.contains(name));
        let is_unread = gemfile.as_ref().is_some_and(|gemfile| gemfile.excess().is_some());
        let any = !named.is_empty() || folder.is_dir() || is_unread || gems.iter().any(is_plugin);
        let has = |gem: &str| named.iter().any(|name| name == gem) || gems.iter().any(|line| line.contains(gem));
        let of_gems = OF_GEMS.iter().filter(|(gem, _)| has(gem)).flat_map(|(_, tags)| *tags);
        let mut tags: BTreeSet<String> = of_gems.map(|tag| (*tag).to_owned()).collect();
        registered(folder, DEEPEST, &mut tags);
        Self { any, tags }
    }

    /// Whether a plugin is known to define a tag, or the block that it ends.
    pub(super) fn define(&self, tag: &str) -> bool {
        self.tags.contains(tag) || tag.strip_prefix("end").is_some_and(|block| self.tags.contains(block))
    }
}

/// `Liquid::Template.register_tag('name', Class)` in the Ruby files below a folder.
fn registered(folder: &Path, deepest: usize, tags: &mut BTreeSet<String>) {
    static REGISTERED: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r#"(?m)^[^#\n]*register_tag[ (]+["':](\w+)"#)
            .expect("the pattern is a constant that the tests compile")
    });
    for entry in folder.read_dir().into_iter().flatten().flatten() {
        let path = entry.path();
        // Links may lead out of the site.
        let Ok(kind) = entry.file_type() else { continue };
        if kind.is_dir() && deepest > 0 {
            registered(&path, deepest - 1, tags);
        } else if kind.is_file()
            && path.extension().is_some_and(|ending| ending == "rb")
            && let Ok(source) = read_text(FileId::default(), &path, Size::DEFAULT)
        {
            tags.extend(REGISTERED.captures_iter(source.text()).map(|found| found[1].to_owned()));
        }
    }
}
