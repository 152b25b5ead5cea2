//! Addresses that the host of a site sends elsewhere, as far as its files say so.

use std::collections::BTreeSet;
use std::path::Path;
use std::sync::LazyLock;

use regex::Regex;

use super::addresses::key;
use super::read_text;
use crate::source::{FileId, Size};

/// Files of hosts with redirects, and what comes before an address in them.
static FILES: LazyLock<[(&str, Regex); 4]> = LazyLock::new(|| {
    let pattern = |written: &str| Regex::new(written).expect("the patterns are constants that the tests compile");
    [
        ("_redirects", pattern(r"(?m)^[ \t]*(/\S*)")),
        ("netlify.toml", pattern(r#"(?m)^[ \t]*from[ \t]*=[ \t]*["'](/[^"']*)"#)),
        ("vercel.json", pattern(r#""source"[ \t]*:[ \t]*"(/[^"]*)"#)),
        ("staticwebapp.config.json", pattern(r#""route"[ \t]*:[ \t]*"(/[^"]*)"#)),
    ]
});

/// The redirects of a host.
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
        for (folder, (name, pattern)) in folders.iter().flat_map(|folder| FILES.iter().map(move |file| (folder, file)))
        {
            let Ok(file) = read_text(FileId::default(), &folder.join(name), Size::DEFAULT) else { continue };
            for address in pattern.captures_iter(file.text()).filter_map(|found| found.get(1)) {
                let address = address.as_str();
                match address.find(['*', ':', '(']) {
                    // What takes every address says nothing about one.
                    Some(1) => {}
                    Some(end) => found.beginnings.push(address[1..end].to_owned()),
                    None => {
                        found.exact.insert(key(address).to_owned());
                    }
                }
            }
        }
        found
    }

    /// Whether an address, without a slash at its start, is sent elsewhere.
    pub(super) fn take(&self, address: &str) -> bool {
        let begins = |start: &String| address.starts_with(start.as_str()) || address == start.trim_end_matches('/');
        self.exact.contains(key(address)) || self.beginnings.iter().any(begins)
    }
}
