//! Writes a pack from samples. Each line is a guess to check; what the samples do not show is left out.

use std::collections::HashSet;
use std::fmt::Write;

use super::data::{self, Facts, Listed};
use super::{Content, Sample, pages, paths};
use crate::contract::AuthKind;
use crate::dialect::Dialect;
use crate::guide::Guide;
use crate::profile::fold;
use crate::tree::Node;

/// Phrases by which pages name kinds of authentication.
const PHRASES: [(AuthKind, &str); 5] = [
    (AuthKind::ApiKey, "[API key, access token]"),
    (AuthKind::OAuth2, "[OAuth]"),
    (AuthKind::OAuth1, "[OAuth 1.0]"),
    (AuthKind::Basic, "[user name and password, basic authentication]"),
    (AuthKind::None, "[no authentication]"),
];

/// A kind of file.
struct Kind<'a> {
    name: String,
    path: String,
    /// `page`, or the language of data.
    read: &'static str,
    documents: Vec<&'a Node>,
    /// The pointer to the entries, where one file has many connectors.
    each: Option<String>,
    facts: Facts,
}

/// The text of a pack; `None` if no part of the paths names a connector.
pub(super) fn write(name: &str, dialect: Dialect, samples: &[Sample]) -> Option<String> {
    let guides: Vec<&Guide> = samples.iter().filter_map(Sample::page).collect();
    let kinds = kinds(samples);
    if !kinds.iter().any(|kind| kind.path.contains("{name}")) {
        return None;
    }
    let keys: Vec<(String, String)> = section_keys(&guides);
    let dialect = if dialect == Dialect::Kramdown { "jekyll-kramdown" } else { dialect.name() };
    let mut out = format!(
        "# From samples: check each line, and add the rest.\n\
         # All keys: the chapter \"Packs\" of the book, and `connlint schema pack`.\n\
         pack: {name}\ndialect: {dialect}\n\n\
         # The kinds of files. Files with equal captures of `key` belong to one connector.\nfiles:\n"
    );
    for kind in &kinds {
        out.push_str(&file_line(kind, &kinds, &guides));
    }
    let own: Vec<&str> = kinds.iter().filter(|kind| kind.each.is_none()).map(|kind| kind.name.as_str()).collect();
    let _ = writeln!(out, "connector: {{ key: [name], files: [{}] }}", own.join(", "));
    if !guides.is_empty() {
        page(&mut out, &guides, &keys, &kinds);
    }
    roles(&mut out, &kinds);
    if !guides.is_empty() {
        agreements(&mut out, &guides, &keys, &kinds);
    }
    Some(out)
}

impl Sample {
    fn page(&self) -> Option<&Guide> {
        match &self.content {
            Content::Page(guide) => Some(guide),
            Content::Data { .. } => None,
        }
    }
}

/// The kinds of files, each with the samples whose paths differ only in the connector's name.
fn kinds(samples: &[Sample]) -> Vec<Kind<'_>> {
    let paths = |of_page: bool| -> Vec<&str> {
        samples.iter().filter(|sample| sample.page().is_some() == of_page).map(|sample| sample.path.as_str()).collect()
    };
    let (of_pages, of_data) = (paths(true), paths(false));
    let key = |path| paths::key_of_page(path, &of_pages, &of_data);
    let names: Vec<&str> = of_pages.iter().copied().filter_map(|path| Some(&path[key(path)?])).collect();
    let mut kinds: Vec<Kind<'_>> = Vec::new();
    for sample in samples {
        let (read, document, key) = match &sample.content {
            Content::Page(_) => ("page", None, key(&sample.path)),
            Content::Data { read, document } => {
                (*read, Some(document), paths::key_of_data(&sample.path, &names, &of_data))
            }
        };
        let path = key.as_ref().map_or_else(|| sample.path.clone(), |key| paths::pattern(&sample.path, key));
        let known = kinds.iter().position(|kind| kind.path == path);
        let at = known.unwrap_or_else(|| {
            let name = kind_name(&path, read == "page", &kinds);
            kinds.push(Kind { name, path, read, documents: Vec::new(), each: None, facts: Facts::default() });
            kinds.len() - 1
        });
        let kind = &mut kinds[at];
        kind.documents.extend(document);
        let connectors = match document.filter(|_| key.is_none()).and_then(data::entries) {
            Some((pointer, entries)) => {
                kind.each = Some(pointer);
                entries
            }
            None => document.into_iter().collect(),
        };
        for connector in connectors {
            kind.facts.add(connector);
        }
    }
    kinds
}

/// `guide` or `data`, or the name of the file where that is taken.
fn kind_name(path: &str, is_page: bool, kinds: &[Kind<'_>]) -> String {
    let general = if is_page { "guide" } else { "data" };
    let file = path.rsplit('/').next().and_then(|file| file.split('.').next()).unwrap_or_default();
    let names = [general.to_owned(), key_of(file)].into_iter().chain((2..).map(|number| format!("{general}{number}")));
    let is_free = |name: &String| !name.is_empty() && !kinds.iter().any(|kind| kind.name == *name);
    names.into_iter().find(is_free).unwrap_or_default()
}

/// A word for something with a name: lowercase letters and digits, a letter first.
fn key_of(name: &str) -> String {
    let key = name.to_lowercase().chars().filter(char::is_ascii_alphanumeric).collect::<String>();
    if key.starts_with(|first: char| first.is_ascii_lowercase()) { key } else { String::new() }
}

fn file_line(kind: &Kind<'_>, kinds: &[Kind<'_>], guides: &[&Guide]) -> String {
    let (name, read, path) = (&kind.name, kind.read, quoted(&kind.path));
    if let Some(each) = &kind.each {
        return format!("  {name}: {{ file: {path}, read: {read}, each: {} }}\n", quoted(each));
    }
    let of_many = kinds.iter().find(|other| other.each.is_some()).filter(|_| read == "page");
    let joined = of_many.and_then(|many| {
        let (key, pointer) = join(many, guides)?;
        Some(format!(", match: {{ front_matter: {key}, data: {}, pointer: {} }}", many.name, quoted(&pointer)))
    });
    format!("  {name}: {{ glob: {path}, read: {read}{} }}\n", joined.unwrap_or_default())
}

/// The key of the front matter by which pages refer to entries, and where these have it.
fn join(many: &Kind<'_>, guides: &[&Guide]) -> Option<(String, String)> {
    let entries: Vec<&Node> =
        many.documents.iter().filter_map(|document| data::entries(document)).flat_map(|(_, all)| all).collect();
    let values = |key: &str| entries.iter().filter_map(|entry| entry.get(key)?.as_str()).collect::<Vec<_>>();
    let keys: Vec<&str> = entries.first()?.entries().iter().map(|entry| entry.key.as_str()).collect();
    let each = pages::keys(guides).into_iter().flat_map(|own| keys.iter().map(move |key| (own.clone(), *key)));
    let refers = |(own, key): &(String, &str)| {
        let of_page = |guide: &&Guide| guide.front_matter(own).and_then(Node::as_str).map(str::to_owned);
        guides.iter().all(|guide| of_page(guide).is_some_and(|value| values(key).contains(&value.as_str())))
    };
    each.into_iter().find(refers).map(|(own, key)| (own, format!("/{key}")))
}

fn page(out: &mut String, guides: &[&Guide], keys: &[(String, String)], kinds: &[Kind<'_>]) {
    let own = pages::keys(guides);
    out.push_str("\npage:\n");
    if !own.is_empty() {
        let _ = writeln!(out, "  # The keys of front matter that all samples have.\n  required: [{}]", joined(&own));
    }
    let title = if own.iter().any(|key| key == "title") { "front_matter" } else { "heading" };
    let _ = writeln!(out, "  title: {{ from: {title} }}");
    let sections = pages::sections(guides);
    if !keys.is_empty() {
        out.push_str("  # The sections in order; `also` has their other names.\n  sections:\n");
    }
    for (key, name) in keys {
        let everywhere = sections.iter().any(|section| section.name == *name && section.everywhere);
        let optional = if everywhere { "" } else { ", optional: true" };
        let _ = writeln!(out, "    - {{ key: {key}, name: {}, level: 2{optional} }}", quoted(name));
    }
    out.push_str("  # Text of your template that authors replace.\n  leftovers: { phrases: [], headings: [] }\n");
    if kinds.iter().any(|kind| kind.facts.auth.is_some()) {
        out.push_str("  # The phrases by which a page names a kind of authentication.\n  auth:\n");
        for (kind, phrases) in PHRASES {
            let _ = writeln!(out, "    {}: {phrases}", word(kind));
        }
    }
}

fn roles(out: &mut String, kinds: &[Kind<'_>]) {
    let with_facts: Vec<&Kind<'_>> = kinds.iter().filter(|kind| !kind.facts.lines().is_empty()).collect();
    if with_facts.is_empty() {
        return;
    }
    out.push_str(
        "\n# The meaning of values in the data, and demands on them. `*` stands for every key and item.\nroles:\n",
    );
    for kind in with_facts {
        let _ = writeln!(out, "  {}:", kind.name);
        for line in kind.facts.lines() {
            let _ = writeln!(out, "    {line}");
        }
    }
    let current = kinds.iter().find_map(|kind| kind.facts.callback.as_ref());
    if let Some((_, url)) = current {
        let _ = writeln!(
            out,
            "\n# The current and the former callback URLs.\ncallback: {{ now: [{}], former: [] }}",
            quoted(url)
        );
    }
}

impl Facts {
    /// The roles, one a line.
    fn lines(&self) -> Vec<String> {
        let mut lines = Vec::new();
        lines.extend(self.title.as_ref().map(|at| format!("title: {{ at: {}, required: true }}", quoted(at))));
        lines.extend(self.auth.as_ref().map(|at| {
            let values = self.kinds.iter().map(|(value, kind)| format!("{}: {}", quoted(value), word(*kind)));
            format!("auth: {{ at: {}, values: {{ {} }} }}", quoted(at), values.collect::<Vec<_>>().join(", "))
        }));
        lines.extend(self.scope.as_ref().map(|at| format!("scope: {{ at: {} }}", quoted(at))));
        lines.extend(self.callback.as_ref().map(|(at, _)| format!("callback: {{ at: {} }}", quoted(at))));
        let listed = |name: &str, listed: &Listed| {
            let label = listed.label.map(|label| format!(", label: {label}")).unwrap_or_default();
            format!("{name}: {{ at: {}{label} }}", quoted(&listed.pointer))
        };
        lines.extend(self.field.as_ref().map(|found| listed("field", found)));
        lines.extend(self.operation.as_ref().map(|found| listed("operation", found)));
        lines
    }
}

fn agreements(out: &mut String, guides: &[&Guide], keys: &[(String, String)], kinds: &[Kind<'_>]) {
    let section = |names: &[String]| {
        let name = pages::section_of(guides, names)?;
        keys.iter().find(|(_, own)| *own == name).map(|(key, _)| format!(", section: {key}"))
    };
    let (mut lines, mut known) = (Vec::new(), HashSet::new());
    for Kind { name, facts, .. } in kinds {
        let mut add = |fact: &'static str, how: &str| {
            if known.insert(fact) {
                lines.push(format!("{{ fact: {fact}, data: {name}, how: {how} }}"));
            }
        };
        if facts.title.is_some() {
            add("title", "equal, without: [connector]");
        }
        let fields = facts.field.as_ref().map(|field| section(&field.names));
        if let Some(section) = &fields {
            add("field", &format!("named-on-page{}", section.as_deref().unwrap_or_default()));
        }
        // Without a section of their own, it is not known what lists them.
        if let Some(section) = facts.operation.as_ref().and_then(|found| section(&found.names)) {
            add("operation", &format!("known-to-data{section}"));
        }
        if let Some(section) = fields.flatten().filter(|_| facts.auth.is_some()) {
            add("auth", &format!("not-contradicted{section}"));
        }
        let is_on_page = |url: &str| guides.iter().any(|guide| guide.source.text().contains(url));
        if facts.callback.as_ref().is_some_and(|(_, url)| is_on_page(url)) {
            add("callback", "on-page");
        }
    }
    if !lines.is_empty() {
        out.push_str("\n# What page and data must agree on.\nagree:\n");
        for line in lines {
            let _ = writeln!(out, "  - {line}");
        }
    }
}

/// The keys of sections with their names. A brace begins a capture.
fn section_keys(guides: &[&Guide]) -> Vec<(String, String)> {
    let mut keys: Vec<(String, String)> = Vec::new();
    for section in pages::sections(guides).into_iter().filter(|section| !section.name.contains(['{', '}'])) {
        let own = section.name.split_whitespace().map(key_of).find(|key| key.len() > 3);
        let names = own.into_iter().chain((1..).map(|number| format!("section{number}")));
        let key = names.into_iter().find(|name| !keys.iter().any(|(key, _)| key == name)).unwrap_or_default();
        keys.push((key, section.name));
    }
    keys
}

/// The word of packs for a kind of authentication.
fn word(kind: AuthKind) -> String {
    fold(kind.config_name())
}

fn joined(names: &[String]) -> String {
    names.iter().map(|name| quoted(name)).collect::<Vec<_>>().join(", ")
}

/// A text as a value of YAML. JSON's strings are YAML's.
fn quoted(text: &str) -> String {
    let is_plain = text.starts_with(|first: char| first.is_ascii_alphabetic() || first == '/')
        && text.chars().all(|c| c.is_ascii_alphanumeric() || " _-/.".contains(c))
        && !text.ends_with(' ');
    let is_word =
        |word: &str| ["true", "false", "null", "yes", "no", "on", "off"].contains(&word.to_ascii_lowercase().as_str());
    if is_plain && !is_word(text) { text.to_owned() } else { serde_json::Value::from(text).to_string() }
}
