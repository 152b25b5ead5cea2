//! Programs other than Jekyll that make sites, by their configurations: they publish pages at addresses of their own, and
//! give headings other ids.

use std::collections::HashSet;
use std::path::{Path, PathBuf};

use super::file_system::repository_of;
use super::memo::Memo;
use crate::paths::absolute;

/// Their files and folders.
const NAMES: [&str; 26] = [
    ".gitbook.yaml", ".gitbook.yml", ".vitepress", ".vuepress", "_quarto.yml", "_quarto.yaml", "_toc.yml",
    "antora.yml", "antora-playbook.yml", "book.json", "book.toml", "conf.py", "docfx.json", "docs.json", "docsify.js",
    "hugo.json", "hugo.toml", "hugo.yaml", "hugo.yml", "mint.json", "mkdocs.yaml", "mkdocs.yml", "myst.yml",
    "pelicanconf.py", "properdocs.yml", "zensical.toml",
];

/// Their files without the ending of a language for scripts.
const SCRIPTS: [&str; 14] = [
    ".eleventy", "astro.config", "docusaurus.config", "eleventy.config", "fumadocs.config", "gatsby-config",
    "gridsome.config", "next.config", "nuxt.config", "rspress.config", "svelte.config", "vitepress.config",
    "vocs.config", "vuepress.config",
];

const ENDINGS: [&str; 6] = [".js", ".ts", ".mjs", ".mts", ".cjs", ".cts"];

/// Names that many programs use, and what is beside them for one that makes sites.
const PAIRS: [(&str, &str); 4] =
    [("config.toml", "content"), ("config.yaml", "content"), ("config.yml", "content"), ("config.json", "content")];

/// Folders below the root with the configuration of a site whose pages may be elsewhere.
const FOLDERS: [&str; 6] = ["config/_default", "docs", "site", "source", "src", "website"];

/// What was found in the folders of a site.
#[derive(Debug, Default)]
pub(super) struct Generators {
    folders: Memo<PathBuf, bool>,
    /// By the folder of a page.
    around: Memo<PathBuf, bool>,
}

impl Generators {
    /// Whether one is in a folder from that of a page, at a path from `root`, up to the root of the repository.
    pub(super) fn are_around(&self, root: &Path, page: &str) -> bool {
        let root = absolute(root);
        let folder = root.join(Path::new(page).parent().unwrap_or(Path::new("")));
        self.around.get_or(folder.clone(), || {
            let repository = repository_of(&root).unwrap_or(&root);
            let mut above = folder.ancestors().take_while(|folder| folder.starts_with(repository));
            above.any(|folder| self.are_in(folder)) || FOLDERS.iter().any(|folder| self.are_in(&root.join(folder)))
        })
    }

    fn are_in(&self, folder: &Path) -> bool {
        self.folders.get_or(folder.to_owned(), || {
            let entries = folder.read_dir().into_iter().flatten().flatten();
            let names: HashSet<String> = entries.filter_map(|entry| entry.file_name().into_string().ok()).collect();
            let is_script = |name: &String| {
                let stem = ENDINGS.iter().find_map(|ending| name.strip_suffix(ending));
                stem.is_some_and(|stem| SCRIPTS.contains(&stem))
            };
            let is_pair = |(config, beside): &(&str, &str)| names.contains(*config) && names.contains(*beside);
            NAMES.iter().any(|name| names.contains(*name)) || names.iter().any(is_script) || PAIRS.iter().any(is_pair)
        })
    }
}
