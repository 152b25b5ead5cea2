//! Addresses at which plugins publish pages that have no file, and those of files that a build keeps.

use regex::RegexSet;

use crate::tree::Node;
use crate::workspace::addresses::{strings, trim};

/// Plugins that make pages: their names, the key by which a site configures each, the keys of that with addresses, and
/// usual addresses. `:a` is any name, `*` anything.
const MAKERS: [(&str, &str, &[&str], &[&str]); 6] = [
    ("jekyll-paginate", "paginate_path", &[], &["page:num"]),
    (
        "jekyll-paginate-v2",
        "pagination",
        &["permalink"],
        &["*/page/:num", "page/:num", "tag/*", "category/*", "collection/*"],
    ),
    (
        "jekyll-archives",
        "jekyll-archives",
        &["permalinks"],
        &[
            "tag/:name", "tags/:name", "category/:name", "categories/:name", ":year", ":year/:month",
            ":year/:month/:day",
        ],
    ),
    ("jekyll-tagging", "tag_page_dir", &[], &["tag/*", "tags/*"]),
    ("jekyll-datapage-generator", "page_gen", &[], &["*"]),
    ("jekyll-polyglot", "languages", &[], &[]),
];

/// Names of numbers in addresses.
const NUMBERS: [&str; 5] = ["num", "year", "month", "day", "i"];

/// Keys whose values are folders.
const FOLDERS: [&str; 3] = ["tag_page_dir", "languages", "keep_files"];

/// The addresses of a site without files.
#[derive(Debug)]
pub(in crate::workspace) struct Made(RegexSet);

impl Made {
    /// Those that a configuration gives; `get` finds its keys.
    pub(super) fn read<'n>(plugins: &[&str], get: impl Fn(&str) -> Option<&'n Node>) -> Self {
        let mut patterns: Vec<String> = Vec::new();
        let makers = MAKERS.iter().filter(|(plugin, key, ..)| plugins.contains(plugin) || get(key).is_some());
        for (_, key, inner, usual) in makers {
            patterns.extend(usual.iter().map(|usual| (*usual).to_owned()));
            let values = get(key).into_iter().flat_map(|node| {
                let nested = inner.iter().filter_map(|key| node.get(key));
                nested.flat_map(|node| node.entries().iter().map(|entry| &entry.value).chain([node])).chain([node])
            });
            patterns.extend(values.flat_map(strings).map(str::to_owned).filter(|_| !FOLDERS.contains(key)));
        }
        let folders = FOLDERS.iter().filter_map(|key| get(key)).flat_map(strings);
        patterns.extend(folders.map(|folder| format!("{}/*", trim(folder))));
        Self(RegexSet::new(patterns.iter().map(|pattern| expression(pattern))).unwrap_or_default())
    }

    /// Whether an address, without slashes around it, may be one of them.
    pub(in crate::workspace) fn may_have(&self, address: &str) -> bool {
        self.0.is_match(trim(address))
    }
}

/// The regular expression of a pattern.
fn expression(pattern: &str) -> String {
    let mut text = String::from("^");
    let mut rest = trim(pattern);
    while let Some(next) = rest.chars().next() {
        if let Some(from) = rest.strip_prefix(':') {
            rest = from.trim_start_matches(|c: char| c.is_ascii_alphanumeric() || c == '_');
            let is_number = NUMBERS.contains(&&from[..from.len() - rest.len()]);
            text.push_str(if is_number { r"\d+" } else { "[^/]+" });
        } else {
            match next {
                '*' => text.push_str(".*"),
                other => text.push_str(&regex::escape(other.encode_utf8(&mut [0; 4]))),
            }
            rest = &rest[next.len_utf8()..];
        }
    }
    text + "$"
}
