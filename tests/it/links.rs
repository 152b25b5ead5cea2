//! Every link between the project's own pages leads to a page, and to a heading on it.

#![allow(clippy::unwrap_used, clippy::disallowed_methods, reason = "a test reads pages and may panic")]

use std::collections::BTreeSet;
use std::path::{Component, Path, PathBuf};

use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// All pages below a folder, by their paths from the project's root.
fn pages_below(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(root().join(folder)).unwrap().map(Result::unwrap) {
        let path = folder.join(entry.file_name());
        if entry.path().is_dir() {
            pages_below(&path, found);
        } else if path.extension().is_some_and(|extension| extension == "md") {
            found.push(path);
        }
    }
}

fn read(path: &Path) -> String {
    std::fs::read_to_string(root().join(path)).unwrap()
}

/// The targets of a page's links and images, without those of other sites.
fn targets(text: &str) -> Vec<String> {
    let links = Parser::new_ext(text, Options::ENABLE_TABLES).filter_map(|event| match event {
        Event::Start(Tag::Link { dest_url, .. } | Tag::Image { dest_url, .. }) => Some(dest_url.to_string()),
        _ => None,
    });
    links.filter(|target| !target.contains("://")).collect()
}

/// The ids of a page's headings, as GitHub and mdBook make them.
fn ids(text: &str) -> BTreeSet<String> {
    let (mut ids, mut heading) = (BTreeSet::new(), None::<String>);
    for event in Parser::new_ext(text, Options::ENABLE_TABLES) {
        match (event, &mut heading) {
            (Event::Start(Tag::Heading { .. }), _) => heading = Some(String::new()),
            (Event::End(TagEnd::Heading(_)), Some(title)) => {
                let known = title.to_lowercase().replace(' ', "-");
                ids.insert(known.chars().filter(|c| c.is_alphanumeric() || matches!(c, '-' | '_')).collect());
                heading = None;
            }
            (Event::Text(text) | Event::Code(text), Some(title)) => title.push_str(&text),
            _ => {}
        }
    }
    ids
}

/// `folder/../page` without the detour.
fn joined(folder: &Path, target: &str) -> PathBuf {
    let mut path = PathBuf::new();
    for part in folder.join(target).components() {
        match part {
            Component::ParentDir => assert!(path.pop(), "{target} leaves the project"),
            part => path.push(part),
        }
    }
    path
}

#[test]
fn links_lead_somewhere() {
    let mut pages = ["README.md", "CONTRIBUTING.md", "CHANGELOG.md"].map(PathBuf::from).to_vec();
    pages_below(Path::new("docs"), &mut pages);
    let mut broken = Vec::new();
    for page in &pages {
        let text = read(page);
        for target in targets(&text) {
            let (file, id) = target.split_once('#').unwrap_or((&target, ""));
            let path = if file.is_empty() { page.clone() } else { joined(page.parent().unwrap(), file) };
            let is_page = path.extension().is_some_and(|extension| extension == "md");
            let leads = root().join(&path).exists() && (id.is_empty() || is_page && ids(&read(&path)).contains(id));
            // The book is published without the rest of the project.
            if !leads || page.starts_with("docs") && !path.starts_with("docs") {
                broken.push(format!("{}: {target}", page.display()));
            }
        }
    }
    assert!(broken.is_empty(), "{broken:#?}");
}

#[test]
fn the_book_has_every_page() {
    let mut pages = Vec::new();
    pages_below(Path::new("docs"), &mut pages);
    let listed: BTreeSet<PathBuf> =
        targets(&read(Path::new("docs/SUMMARY.md"))).iter().map(|target| joined(Path::new("docs"), target)).collect();
    let missing: Vec<&PathBuf> =
        pages.iter().filter(|page| !page.ends_with("SUMMARY.md") && !listed.contains(*page)).collect();
    assert!(missing.is_empty(), "not in `docs/SUMMARY.md`: {missing:?}");
}
