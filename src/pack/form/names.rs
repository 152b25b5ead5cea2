//! Whether the names in a pack are those of its parts: a kind of file, a capture, a role, a section.

mod agreements;

use std::collections::BTreeSet;

use super::{FileForm, Pack};
use crate::nearest;
use crate::pack::globs::Pattern;
use crate::source::Span;
use crate::tree::{Node, Problem, Value};

impl Pack {
    /// The pack that was read from `node`, if each name in it is known and each of its paths can be one.
    ///
    /// # Errors
    /// The first name that is unknown, and the first path or pointer that cannot be one, with its location.
    pub(in crate::pack) fn validated(self, node: &Node) -> Result<Self, Problem> {
        let captures = self.captures(node)?;
        let names = Names { pack: &self, captures };
        names.of_files(node)?;
        names.of_connector(node)?;
        names.of_roles(node)?;
        names.of_sections(node)?;
        names.of_agreements(node)?;
        Ok(self)
    }

    fn captures(&self, node: &Node) -> Result<BTreeSet<String>, Problem> {
        let mut captures = BTreeSet::new();
        for entry in children(node, "files") {
            let Some(form) = self.files.get(&entry.key) else { continue };
            let Some(path) = entry.value.get("glob").or_else(|| entry.value.get("file")) else {
                if form.at_url_of.is_none() {
                    let message = format!("no path for the files of `{}`", entry.key);
                    return Err(wrong(entry.key_span, message, "add `glob`, `file` or `at_url_of`"));
                }
                continue;
            };
            let written = path.as_str().unwrap_or_default();
            let pattern = Pattern::new(written, form.ignore_case, &self.limits)
                .map_err(|(message, help)| wrong(path.span, message, help))?;
            captures.extend(pattern.names().map(str::to_owned));
        }
        Ok(captures)
    }
}

/// The names that a pack may refer to.
struct Names<'a> {
    pack: &'a Pack,
    captures: BTreeSet<String>,
}

impl Names<'_> {
    fn of_files(&self, node: &Node) -> Result<(), Problem> {
        for entry in children(node, "files") {
            let file = &entry.value;
            let (of, matched) = (file.get("at_url_of"), file.get("match"));
            self.kinds(of.and_then(|of| of.get("file")))?;
            self.kinds(matched.and_then(|matched| matched.get("data")))?;
            self.kinds(file.get("same_key_as"))?;
            self.many(file.get("same_key_as"))?;
            let mut alone = ["inherits", "same_key_as"].into_iter().filter(|_| file.get("each").is_none());
            if let Some((key, node)) = alone.find_map(|key| Some((key, file.get(key)?))) {
                return Err(wrong(node.span, format!("`{key}` without `each`"), "add `each`"));
            }
            if let Some(other) = file.get("same_key_as").filter(|other| other.as_str() == Some(entry.key.as_str())) {
                return Err(wrong(other.span, "`same_key_as` names its own kind", "name another kind of file"));
            }
            pointers(file.get("each"))?;
            pointers(of.and_then(|of| of.get("pointer")))?;
            pointers(matched.and_then(|matched| matched.get("pointer")))?;
        }
        for entry in children(node, "where") {
            self.capture(&entry.key, entry.key_span)?;
        }
        Ok(())
    }

    fn of_connector(&self, node: &Node) -> Result<(), Problem> {
        let Some(connector) = node.get("connector") else { return Ok(()) };
        self.kinds(connector.get("files"))?;
        for (name, span) in texts(connector.get("key")) {
            self.capture(name, span)?;
        }
        Ok(())
    }

    fn of_roles(&self, node: &Node) -> Result<(), Problem> {
        for entry in children(node, "roles") {
            self.kind(&entry.key, entry.key_span)?;
            for role in entry.value.entries() {
                pointers(role.value.get("at"))?;
                self.captured_values(role.value.get("one_of_in"))?;
            }
        }
        Ok(())
    }

    /// Whether the keys are values that `where` lists, if it lists any.
    fn captured_values(&self, node: Option<&Node>) -> Result<(), Problem> {
        if self.pack.limits.is_empty() {
            return Ok(());
        }
        let values: Vec<&str> = self.pack.limits.values().flatten().map(String::as_str).collect();
        let entries = node.map(Node::entries).unwrap_or_default();
        entries.iter().try_for_each(|entry| known("value of a capture", &entry.key, entry.key_span, &values))
    }

    /// Whether each section may be left out in connectors that there can be.
    fn of_sections(&self, node: &Node) -> Result<(), Problem> {
        for entry in children(node, "pages") {
            self.kind(&entry.key, entry.key_span)?;
            if !self.pack.files.get(&entry.key).is_some_and(FileForm::is_page) {
                let help = "name a kind of file that is read as `page`";
                return Err(wrong(entry.key_span, format!("`{}` is not a page", entry.key), help));
            }
        }
        let pages = children(node, "pages").iter().map(|entry| &entry.value).chain(node.get("page"));
        let sections = pages.filter_map(|page| page.get("sections")).flat_map(Node::items);
        sections.into_iter().try_for_each(|section| self.limits(section.get("optional_in")))
    }

    /// Whether captures and their values are those that there can be.
    fn limits(&self, node: Option<&Node>) -> Result<(), Problem> {
        for entry in node.map(Node::entries).unwrap_or_default() {
            self.capture(&entry.key, entry.key_span)?;
            let Some(values) = self.pack.limits.get(&entry.key) else { continue };
            let values: Vec<&str> = values.iter().map(String::as_str).collect();
            texts(Some(&entry.value)).into_iter().try_for_each(|(value, span)| known("value", value, span, &values))?;
        }
        Ok(())
    }

    /// Whether the text or the texts are kinds of files.
    fn kinds(&self, node: Option<&Node>) -> Result<(), Problem> {
        texts(node).into_iter().try_for_each(|(name, span)| self.kind(name, span))
    }

    /// Whether the text or the texts are kinds of files with many connectors.
    fn many(&self, node: Option<&Node>) -> Result<(), Problem> {
        let is_one = |name: &str| self.pack.files.get(name).is_some_and(|form| form.each.is_none());
        let one = texts(node).into_iter().find(|(name, _)| is_one(name));
        one.map_or(Ok(()), |(name, span)| {
            let help = format!("add `each` to `files.{name}`");
            Err(wrong(span, format!("`{name}` has no entries"), help))
        })
    }

    fn kind(&self, name: &str, span: Span) -> Result<(), Problem> {
        let kinds: Vec<&str> = self.pack.files.keys().map(String::as_str).collect();
        known("kind of file", name, span, &kinds)
    }

    fn capture(&self, name: &str, span: Span) -> Result<(), Problem> {
        let captures: Vec<&str> = self.captures.iter().map(String::as_str).collect();
        known("capture", name, span, &captures)
    }
}

fn children<'a>(node: &'a Node, key: &str) -> &'a [crate::tree::Entry] {
    node.get(key).map(Node::entries).unwrap_or_default()
}

/// A text, or the texts of a list, with their locations.
fn texts(node: Option<&Node>) -> Vec<(&str, Span)> {
    let Some(node) = node else { return Vec::new() };
    let nodes = if let Value::Sequence(items) = &node.value { &items[..] } else { std::slice::from_ref(node) };
    nodes.iter().filter_map(|node| Some((node.as_str()?, node.span))).collect()
}

/// Whether the text or the texts are pointers into data.
fn pointers(node: Option<&Node>) -> Result<(), Problem> {
    let other = texts(node).into_iter().find(|(pointer, _)| !pointer.is_empty() && !pointer.starts_with('/'));
    other.map_or(Ok(()), |(pointer, span)| {
        Err(wrong(span, format!("`{pointer}` is not a pointer"), format!("use `/{pointer}`")))
    })
}

fn known(what: &str, name: &str, span: Span, names: &[&str]) -> Result<(), Problem> {
    if names.contains(&name) {
        return Ok(());
    }
    let near = nearest::suggestion(name, names).map(|near| format!("did you mean `{near}`?"));
    let list = || if names.is_empty() { "define it first".to_owned() } else { format!("use {}", names.join(", ")) };
    Err(wrong(span, format!("unknown {what} `{name}`"), near.unwrap_or_else(list)))
}

fn wrong(span: Span, message: impl Into<String>, help: impl Into<String>) -> Problem {
    Problem::value(span, message, Some(help.into()))
}
