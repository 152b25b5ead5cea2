//! Where a configuration holds secrets: no report may print these bytes.
//!
//! Decided once, where the file is read: by the form of the text ([`crate::secrets`]), by the names of keys and
//! properties, by the contract, and line by line where the text is too broken for a tree.

use std::collections::HashSet;
use std::ops::Range;

use crate::config::{Body, References};
use crate::profile::fold;
use crate::secrets::{self, Secret, end_of, is_like_secret_name, looks_random, rest_of_broken_lines};
use crate::source::SourceFile;
use crate::tree::{Entry, Node, ScalarStyle, Value};

/// The members of a property or of serialized tokens that are not secret themselves.
const OPEN_MEMBERS: [&str; 10] = [
    "name", "providedby", "id", "accountconnectorid", "description", "type", "expires", "refreshexpires",
    "isaccountlevel", "version",
];

/// Keys of a mapping that installs a connector; one with a name and a value has none of them.
const INSTALLATION_KEYS: [&str; 5] = ["connector", "connectors", "authtype", "properties", "connectorauthentications"];

/// The members of a property whose keys are shown.
const KNOWN_MEMBERS: [&str; 4] = ["name", "value", "providedby", "description"];

/// How many characters after a value its comment starts at most.
const FARTHEST_COMMENT: usize = 256;

/// How many of the last bytes before a colon can be a name.
const LONGEST_NAME: usize = 256;

/// How many characters the line before a private key has at most.
const LONGEST_BEGINNING: usize = 256;

/// The environment variable for a value: `CLIENT_SECRET` for `ClientSecret`.
pub fn environment_name(name: &str) -> String {
    let mut out = String::new();
    let mut previous_lower = false;
    for c in name.chars() {
        if c.is_uppercase() && previous_lower {
            out.push('_');
        }
        previous_lower = c.is_lowercase() || c.is_ascii_digit();
        out.push(if c.is_ascii_alphanumeric() { c.to_ascii_uppercase() } else { '_' });
    }
    out
}

/// What is known of a file while its secrets are looked for.
#[derive(Debug, Clone, Copy)]
pub(super) struct File<'a> {
    pub(super) source: &'a SourceFile,
    pub(super) references: &'a References,
    pub(super) json: bool,
    /// Whether some of it has no tree.
    pub(super) broken: bool,
}

/// The byte ranges of a file that hold secrets, and the secrets that are written with escapes as they are read; `known`
/// are those that their form gives away.
pub(super) fn find(
    file: File<'_>,
    documents: &[Node],
    bodies: &[Body],
    known: &[Secret],
) -> (Vec<Range<usize>>, Vec<String>) {
    let text = file.source.text();
    let mut found: Vec<Range<usize>> = known.iter().map(|secret| secret.range.clone()).collect();
    found.extend(secrets::any_in_urls(text));
    found.extend(secrets::credentials(text));
    found.extend(secrets::assigned(text));
    found.extend(private_key_blocks(text));
    let mut search = Search { file, fields: contract_fields(bodies), found, escaped: Vec::new() };
    for document in documents {
        search.node(document, false);
    }
    let Search { mut found, escaped, .. } = search;
    comments(file, &mut found);
    if file.broken {
        found.extend(rest_of_broken_lines(text));
    }
    (found, escaped)
}

/// The properties that contracts call secret, folded.
fn contract_fields(bodies: &[Body]) -> HashSet<String> {
    let contracts = bodies.iter().flat_map(|body| &body.installations).filter_map(|each| each.contract.as_ref());
    let fields = contracts.flat_map(|known| &known.contract.fields).filter(|field| field.secret);
    fields.map(|field| fold(&field.key)).collect()
}

struct Search<'a> {
    file: File<'a>,
    fields: HashSet<String>,
    found: Vec<Range<usize>>,
    escaped: Vec<String>,
}

impl Search<'_> {
    /// Hides the scalars under secret names; `secret` says that the name above is one.
    fn node(&mut self, node: &Node, secret: bool) {
        match &node.value {
            Value::Mapping(entries) => self.mapping(entries, secret),
            Value::Sequence(items) => items.iter().for_each(|item| self.node(item, secret)),
            _ if secret => self.scalar(node, None),
            Value::String(text) => self.nested_json(node, text),
            _ => {}
        }
    }

    fn mapping(&mut self, entries: &[Entry], secret: bool) {
        let is_name =
            |entry: &Entry| matches!(fold(&entry.key).as_str(), "name" | "nmae" | "nam" | "names" | "key" | "field");
        let names_secret = |entry: &Entry| entry.value.as_str().is_some_and(|name| self.is_secret(name));
        // What an installation is called may end in such a word: "Acme with an API key".
        let is_installation = entries.iter().any(|entry| INSTALLATION_KEYS.contains(&fold(&entry.key).as_str()));
        let named = !is_installation && entries.iter().any(|entry| is_name(entry) && names_secret(entry));
        let is_secret = |entry: &Entry| {
            let is_open = || is_name(entry) || OPEN_MEMBERS.contains(&fold(&entry.key).as_str());
            self.is_secret(&entry.key) || ((named || secret) && !is_open())
        };
        let secrets: Vec<bool> = entries.iter().map(is_secret).collect();
        let any = secret || secrets.contains(&true);
        for (entry, is_secret) in entries.iter().zip(secrets) {
            match &entry.value.value {
                Value::Mapping(_) | Value::Sequence(_) => self.node(&entry.value, is_secret),
                _ if is_secret => self.scalar(&entry.value, Some(entry)),
                Value::String(text) => self.nested_json(&entry.value, text),
                _ => {}
            }
            self.key(entry, any, secret);
        }
    }

    fn is_secret(&self, name: &str) -> bool {
        is_like_secret_name(name) || self.fields.contains(&fold(name))
    }

    /// Hides a key that is a part of a secret: the rest of a value that was cut at a comma (`{Value: pa,REST}`), or
    /// something under the name of a secret that is not a name.
    fn key(&mut self, entry: &Entry, beside_secret: bool, below_secret: bool) {
        let range = entry.key_span.range();
        let text = self.file.source.text();
        if let Some(at) = entry
            .key
            .find([':', '='])
            .filter(|at| self.is_secret(&entry.key[..*at]) || fold(&entry.key[..*at]) == "value")
        {
            self.found.push((range.start + at + 1).min(range.end)..range.end);
        }
        let folded = fold(&entry.key);
        let is_known = KNOWN_MEMBERS.contains(&folded.as_str())
            || OPEN_MEMBERS.contains(&folded.as_str())
            || self.is_secret(&entry.key);
        if !beside_secret || is_known {
            return;
        }
        let has_colon = text[range.end..].trim_start().starts_with(':');
        // A quoted key is whole; JSON without spaces has all of them right after a comma.
        let follows_comma = text[..range.start].ends_with(',') && !text[range.clone()].starts_with(['"', '\'']);
        let is_empty = matches!(entry.value.value, Value::Null);
        if !has_colon || follows_comma || below_secret && (is_empty || looks_random(&entry.key)) {
            self.found.push(range.clone());
            if follows_comma {
                self.scalar(&entry.value, None);
            }
        }
    }

    /// Hides a scalar without its quotes, with what YAML reads as its tag, anchor or comment.
    fn scalar(&mut self, node: &Node, entry: Option<&Entry>) {
        match &node.value {
            Value::String(text) if self.file.references.is_reference(text, node.tag.as_deref()) => return,
            Value::Mapping(_) | Value::Sequence(_) | Value::Bool(_) => return,
            _ => {}
        }
        let text = self.file.source.text();
        let range = node.span.range();
        let quote = usize::from(matches!(node.style, ScalarStyle::SingleQuoted | ScalarStyle::DoubleQuoted));
        let inner = range.start + quote..range.end.saturating_sub(quote).max(range.start + quote);
        if !matches!(node.value, Value::Null) || inner.is_empty() {
            if let Value::String(value) = &node.value
                && quote > 0
                && text[inner.clone()].contains('\\')
            {
                self.escaped.push(value.clone());
            }
            self.found.push(inner);
        }
        if let Some(before) = entry.and_then(|entry| text.get(entry.key_span.range().end..range.start)) {
            let properties = before.trim_start_matches([' ', '\t', ':']).trim();
            if properties.starts_with(['!', '&']) && !properties.contains('\n') {
                let start = range.start - before.len() + before.find(properties).unwrap_or_default();
                self.found.push(start..start + properties.len());
            }
        }
        self.comment(range.end);
    }

    /// Hides the comment after a value, and what YAML reads as the tag or the anchor of a value that is missing.
    fn comment(&mut self, after: usize) {
        if self.file.json && !self.file.broken {
            return;
        }
        let text = self.file.source.text();
        let near = text[after..].char_indices().nth(FARTHEST_COMMENT).map_or(text.len(), |(at, _)| after + at);
        let rest = text[after..near].split(['\n', '\r']).next().unwrap_or_default();
        let start = rest.len() - rest.trim_start().len();
        let in_place = || rest[start..].starts_with(['#', '&', '!']).then_some(start);
        if let Some(hash) = rest.find(" #").map(|at| at + " #".len()).or_else(in_place) {
            let source = self.file.source;
            let line = source.line_span(source.line(after as u32)).map_or(text.len(), |line| line.range().end);
            self.found.push(after + hash..line);
        }
    }

    /// Hides what follows names of secrets in a text that is JSON.
    fn nested_json(&mut self, node: &Node, text: &str) {
        if !text.trim_start().starts_with(['{', '[']) {
            return;
        }
        let range = node.span.range();
        let written = &self.file.source.text()[range.clone()];
        let mut at = 0;
        while let Some(colon) = written[at..].find(':').map(|found| at + found) {
            at = colon + 1;
            let before = end_of(&written[..colon], LONGEST_NAME).trim_end_matches(['"', '\\', '\'', ' ']);
            let name = before.rsplit(['"', '\\', '\'', '{', ',', ' ']).next().unwrap_or_default();
            if self.is_secret(name) {
                let rest = &written[at..];
                let start = at + (rest.len() - rest.trim_start_matches([' ', '"', '\\', '\'']).len());
                let end = written[start..].find(['"', '\\', '\'', ',', '}']).map_or(written.len(), |end| start + end);
                self.found.push(range.start + start..range.start + end);
                at = end;
            }
        }
    }
}

/// Whole blocks of private keys, also those that are too short to be real.
fn private_key_blocks(text: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(start) = text[at..].find("-----BEGIN ").map(|found| at + found) {
        let rest = &text[start..];
        let near = rest.char_indices().nth(LONGEST_BEGINNING).map_or(rest, |(end, _)| &rest[..end]);
        let line = near.find(['\n', '\\', '"']).map_or(near, |end| &near[..end]);
        at = start + "-----BEGIN ".len();
        if line.contains("PRIVATE KEY") {
            let length = rest.find("-----END ").map_or(rest.len(), |end| end);
            found.push(start..start + length);
            at = start + length.max(1);
        }
    }
    found
}

/// Hides what looks random in comments, and all of a comment in JSON, which has none.
fn comments(file: File<'_>, found: &mut Vec<Range<usize>>) {
    let text = file.source.text();
    let mark = if file.json { "//" } else { "#" };
    if (file.json && !file.broken) || !text.contains(mark) {
        return;
    }
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        let comment = line.match_indices(mark).find(|(at, _)| {
            *at == 0 || if file.json { !line[..*at].ends_with(':') } else { line[..*at].ends_with([' ', '\t']) }
        });
        if let Some((at, _)) = comment {
            let content = at + mark.len()..line.trim_end().len();
            if file.json {
                found.push(start + content.start..start + content.end);
            } else {
                let comment = &line[content.clone()];
                let words = comment.split_whitespace().filter(|word| looks_random(word));
                found.extend(words.map(|word| {
                    let at = start + content.start + (word.as_ptr() as usize - comment.as_ptr() as usize);
                    at..at + word.len()
                }));
                found.extend(
                    rest_of_broken_lines(comment)
                        .into_iter()
                        .map(|part| start + content.start + part.start..start + content.start + part.end),
                );
            }
        }
        start += line.len();
    }
}
