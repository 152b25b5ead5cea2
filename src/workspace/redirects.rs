//! Addresses that the host of a site sends elsewhere, as far as its files say so.

use std::collections::BTreeSet;
use std::path::Path;
use std::sync::LazyLock;

use regex::Regex;
use serde_json::Value;

use super::addresses::key;
use super::read_text;
use crate::source::{FileId, Size};

/// Files of hosts with redirects, and what comes before an address in them.
static FILES: LazyLock<[(&str, Regex); 3]> = LazyLock::new(|| {
    let pattern = |written: &str| Regex::new(written).expect("the patterns are constants that the tests compile");
    let rule = r#"(?m)^[ \t]*(?:Redirect(?:Permanent|Temp|Match)?(?:[ \t]+(?:\d+|[a-z]+))?|RewriteRule)[ \t]+"?\^?/?([^\s"]*)"#;
    [
        ("_redirects", pattern(r"(?m)^[ \t]*/(\S*)")),
        ("netlify.toml", pattern(r#"(?m)^[ \t]*from[ \t]*=[ \t]*["']/([^"']*)"#)),
        (".htaccess", pattern(rule)),
    ]
});

/// Files of hosts in JSON, their lists of redirects, and the key of an address.
const JSON_FILES: [(&str, &[&str], &str); 3] = [
    ("firebase.json", &["redirects", "rewrites"], "source"),
    ("vercel.json", &["redirects", "rewrites"], "source"),
    ("staticwebapp.config.json", &["routes"], "route"),
];

#[derive(Debug, Default)]
pub(super) struct Redirects {
    exact: BTreeSet<String>,
    /// What addresses begin with that a pattern takes.
    beginnings: Vec<String>,
}

impl Redirects {
    /// Reads those of the files in some folders.
    pub(super) fn find(folders: &[&Path]) -> Self {
        let mut found = Self::default();
        for folder in folders {
            let read = |name: &str| read_text(FileId::default(), &folder.join(name), Size::DEFAULT).ok();
            for (name, pattern) in &*FILES {
                let Some(file) = read(name) else { continue };
                let addresses = pattern.captures_iter(file.text()).filter_map(|found| found.get(1));
                addresses.for_each(|address| found.add(address.as_str()));
            }
            for (name, lists, member) in JSON_FILES {
                let file = read(name).and_then(|file| serde_json::from_str::<Value>(file.text()).ok());
                // Firebase has an object, or a list of them for several sites.
                let sites = file.iter().flat_map(|file| match &file["hosting"] {
                    Value::Null => vec![file],
                    Value::Array(sites) => sites.iter().collect(),
                    site => vec![site],
                });
                let rules = sites.flat_map(|site| lists.iter().filter_map(|list| site[*list].as_array()).flatten());
                // A route without another address has headers or roles.
                let moves = rules.filter(|rule| {
                    member == "source" || ["redirect", "rewrite"].iter().any(|to| rule.get(to).is_some())
                });
                moves.filter_map(|rule| rule[member].as_str()).for_each(|address| found.add(address));
            }
        }
        found
    }

    fn add(&mut self, address: &str) {
        let path = address.trim_start_matches('/').trim_end_matches('$');
        match path.find(['*', ':', '(', '[', '\\', '?', '+', '|']) {
            Some(end) => {
                let beginning = path[..end].trim_end_matches('.');
                // What takes every address says nothing about one.
                self.beginnings.extend((!beginning.is_empty()).then(|| beginning.to_owned()));
            }
            None => {
                self.exact.insert(key(path).to_owned());
            }
        }
    }

    /// Whether an address, without a slash at its start, is sent elsewhere.
    pub(super) fn take(&self, address: &str) -> bool {
        let begins = |start: &String| address.starts_with(start.as_str()) || address == start.trim_end_matches('/');
        self.exact.contains(key(address)) || self.beginnings.iter().any(begins)
    }
}
