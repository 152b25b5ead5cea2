//! What the page and the data of a connector say, by their roles.

use std::collections::BTreeMap;

use super::form::{OneOrMore, Role, TitleSource, Verb};
use super::listed::section_text;
use super::names::{Located, words};
use super::pointers::{Fact, text};
use super::{Connector, Content, Member};
use crate::contract::{AuthKind, Contract, Field, Found, Gap, Level};
use crate::guide::Guide;
use crate::source::{SourceFile, Span};

/// Roles of which a page may name each fact, in any pack.
const NAMED: [&str; 3] = ["field", "scope", "operation"];

/// A fact that is stated, with what is said of it.
#[derive(Debug, Clone)]
pub struct Stated {
    /// Its name, or its value.
    pub name: String,
    /// Its key in the data.
    pub key: Option<String>,
    /// The kind of authentication that it means.
    pub kind: Option<AuthKind>,
    /// Whether it may be left out.
    pub optional: bool,
    /// Whether it must not be shown.
    pub secret: bool,
    /// The file and the line of it, where it is written.
    pub place: Option<(String, u32)>,
}

/// The facts of each role, in order.
pub type Facts = BTreeMap<String, Vec<Stated>>;

impl Stated {
    fn new(name: &str, source: &SourceFile, span: Option<Span>) -> Self {
        let place = span.map(|span| (source.path().to_owned(), source.line(span.start)));
        let name = source.redact(name).into_owned();
        Self { name, key: None, kind: None, optional: false, secret: false, place }
    }
}

impl Connector<'_> {
    /// What the data of the connector says.
    pub fn data_facts(&self) -> Facts {
        let mut facts = Facts::new();
        for (member, role, name) in self.members.iter().flat_map(|member| self.roles_of(member)) {
            let (Content::Data(data), Some(node)) = (&member.content, member.node()) else { continue };
            let read = role.facts(node);
            let list: &mut Vec<Stated> = facts.entry(name.to_owned()).or_default();
            if role.tells_kinds() {
                list.extend(role.kinds(&read).into_iter().map(|(kind, fact)| {
                    let stated = Stated::new(&word(kind), &data.source, fact.map(Fact::span));
                    Stated { kind: Some(kind), ..stated }
                }));
            } else {
                list.extend(read.iter().map(|fact| role.stated(fact, &data.source)));
            }
        }
        facts.retain(|_, list| !list.is_empty());
        facts
    }

    /// What a page of the connector says: its title, what its headings capture, kinds of authentication, callback URLs,
    /// and which facts of the data it names.
    pub fn page_facts(&self, guide: &Guide) -> Facts {
        let mut facts = Facts::new();
        let mut add = |role: &str, stated: Stated| facts.entry(role.to_owned()).or_default().push(stated);
        let own = self.members.iter().filter(|member| member.content.source().id() == guide.source.id());
        for (member, role, name) in own.flat_map(|member| self.roles_of(member)) {
            for fact in member.node().into_iter().flat_map(|node| role.facts(node)) {
                add(name, role.stated(&fact, &guide.source));
            }
        }
        if let Some((title, span)) = self.title(guide) {
            add("title", Stated::new(&title, &guide.source, Some(span)));
        }
        for (name, value, span) in self.outline(guide).found.iter().filter_map(|section| section.fact) {
            if !value.is_empty() {
                add(name, Stated::new(value, &guide.source, Some(span)));
            }
        }
        for kind in self.kinds_on(guide) {
            add("auth", Stated { kind: Some(kind), ..Stated::new(&word(kind), &guide.source, None) });
        }
        for (url, span) in self.callbacks_on(guide) {
            add("callback", Stated::new(&url, &guide.source, Some(span)));
        }
        let located = Located::new(guide.text.as_str());
        let data = self.members.iter().filter(|member| matches!(member.content, Content::Data(_)));
        let roles = data.flat_map(|member| self.roles_of(member));
        for (member, role, name) in roles.filter(|(.., name)| self.may_be_named(name)) {
            for fact in member.node().into_iter().flat_map(|node| role.facts(node)) {
                let stated = role.stated(&fact, &guide.source);
                if let Some(range) = located.find_any(fact.names_for_readers(&stated.name)) {
                    let span = guide.text.span_of(range);
                    let place = Some((guide.source.path().to_owned(), guide.source.line(span.start)));
                    add(name, Stated { place, ..stated });
                }
            }
        }
        facts
    }

    fn roles_of<'b>(&'b self, member: &'b Member) -> impl Iterator<Item = (&'b Member, &'b Role, &'b str)> {
        let roles = self.pack.roles.get(&member.kind);
        roles.into_iter().flatten().map(move |(name, role)| (member, role, name.as_str()))
    }

    /// Whether pages name the facts of a role one by one.
    fn may_be_named(&self, role: &str) -> bool {
        let agreed = |verb: Verb| matches!(verb, Verb::NamedOnPage | Verb::KnownToData);
        NAMED.contains(&role) || self.pack.agree.iter().any(|known| known.fact == role && agreed(known.how))
    }

    pub(super) fn title(&self, guide: &Guide) -> Option<(String, Span)> {
        match self.form(guide).title.as_ref()?.from {
            TitleSource::Heading => {
                let first = guide.headings.first().filter(|heading| heading.level == 1)?;
                Some((first.text.clone(), first.content))
            }
            TitleSource::FrontMatter => {
                let title = guide.front_matter("title")?;
                Some((text(title)?, title.span))
            }
        }
    }

    /// The kinds of authentication that a page describes, in the first section that agreements compare and that names
    /// any; a page without the first of these sections may do it anywhere.
    fn kinds_on(&self, guide: &Guide) -> Vec<AuthKind> {
        let outline = self.outline(guide);
        let compared = self.pack.agree.iter().filter(|agreement| agreement.how == Verb::NotContradicted);
        let keys = compared.filter_map(|agreement| agreement.section.as_ref()).flat_map(OneOrMore::as_slice);
        let keys: Vec<&String> = keys.collect();
        let sections = keys.iter().flat_map(|key| outline.named(key));
        let mut named = sections.map(|section| self.kinds_named(guide, section_text(guide, section.index)));
        let is_anywhere = keys.first().is_none_or(|key| outline.named(key).next().is_none());
        let anywhere = || if is_anywhere { self.kinds_named(guide, guide.text.as_str()) } else { Vec::new() };
        named.find(|kinds| !kinds.is_empty()).unwrap_or_else(anywhere)
    }

    /// The kinds of authentication that a text of a page names.
    pub(super) fn kinds_named(&self, guide: &Guide, text: &str) -> Vec<AuthKind> {
        let words = words(text);
        let mut is_denied = false;
        let mut is_named = |kind: AuthKind, phrases: &[String]| {
            let found: Vec<bool> = phrases.iter().flat_map(|phrase| mentions(&words, phrase)).collect();
            is_denied |= kind != AuthKind::None && found.contains(&true);
            if kind == AuthKind::None { !found.is_empty() } else { found.contains(&false) }
        };
        let all = &self.form(guide).auth;
        let mut named: Vec<AuthKind> =
            all.iter().filter(|(kind, phrases)| is_named(**kind, phrases)).map(|(kind, _)| *kind).collect();
        if named.is_empty() && is_denied && all.contains_key(&AuthKind::None) {
            named.push(AuthKind::None);
        }
        named
    }

    /// The callback URLs on a page, current and former ones, each once.
    fn callbacks_on(&self, guide: &Guide) -> Vec<(String, Span)> {
        let callback = &self.pack.callback;
        let (body, start) = (guide.slice(guide.body), guide.body.start as usize);
        let mut found: Vec<(String, Span)> = Vec::new();
        for url in callback.now.iter().chain(&callback.former) {
            let known = url.split('{').next().unwrap_or_default().trim_end_matches('/');
            for (at, _) in body.match_indices(known).filter(|_| !known.is_empty()) {
                let whole = &body[at..at + url_length(&body[at..])];
                if found.iter().all(|(other, _)| other != whole) {
                    found.push((whole.to_owned(), guide.source.span(start + at..start + at + whole.len())));
                }
            }
        }
        found.sort_by_key(|(_, span)| span.start);
        found
    }
}

impl Role {
    /// A fact of the role, as it is stated in a file.
    fn stated(&self, fact: &Fact<'_>, source: &SourceFile) -> Stated {
        Stated {
            key: fact.key().filter(|_| self.label.is_some()).map(str::to_owned),
            optional: fact.has(&self.optional_where),
            secret: self.secret || fact.has(&self.secret_where),
            ..Stated::new(fact.name().trim(), source, Some(fact.span()))
        }
    }

    /// The labels of the role.
    pub(super) fn labels(&self) -> &[String] {
        self.label.as_ref().map(OneOrMore::as_slice).unwrap_or_default()
    }
}

/// The contract that facts make.
pub fn contract(facts: &Facts) -> Contract {
    let found = |stated: &Stated| Found {
        value: stated.name.clone(),
        line: stated.place.as_ref().map_or(1, |(_, line)| *line),
        span: None,
    };
    let all = |role: &str| facts.get(role).into_iter().flatten();
    let kinds: Vec<&Stated> = all("auth").filter(|stated| stated.kind.is_some()).collect();
    let several = Gap { fact: "auth", reason: "several kinds of authentication".to_owned(), span: None };
    Contract {
        connector: all("title").next().map(found),
        auth: kinds.first().and_then(|stated| {
            let Found { line, span, .. } = found(stated);
            Some(Found { value: stated.kind?, line, span })
        }),
        callback: all("callback").next().map(found),
        fields: all("field").map(|stated| field(stated, found(stated))).collect(),
        scopes: all("scope").map(found).collect(),
        gaps: (kinds.len() > 1).then_some(several).into_iter().collect(),
        ..Contract::default()
    }
}

fn field(stated: &Stated, name: Found<String>) -> Field {
    let key = stated.key.clone().unwrap_or_else(|| stated.name.clone());
    let (optional, secret) = (stated.optional, stated.secret);
    let (conditional, level, form, samples) = (false, Level::Account, None, Vec::new());
    Field { name, key, optional, conditional, when: None, secret, level, form, samples }
}

/// The word for a kind of authentication, as packs write it.
fn word(kind: AuthKind) -> String {
    kind.config_name().to_lowercase()
}

/// Where a phrase is among words, as several or as one: `API key`, `apikey`. A plural ending and the number of a version
/// may follow: `OAuth2`. Each is true if the text says that there is no such thing.
fn mentions(text: &[String], phrase: &str) -> Vec<bool> {
    let phrase = words(phrase);
    let Some((last, before)) = phrase.split_last() else { return Vec::new() };
    let ends = |word: &str, whole: &str| {
        word.strip_prefix(whole).is_some_and(|rest| rest == "s" || rest.bytes().all(|byte| byte.is_ascii_digit()))
    };
    let joined = phrase.concat();
    let length = |at: usize| {
        let end = text.get(at + before.len())?;
        let is_there = text[at..].starts_with(before) && ends(end, last);
        if is_there { Some(phrase.len()) } else { ends(&text[at], &joined).then_some(1) }
    };
    (0..text.len()).filter_map(|at| Some(is_denied(text, at, at + length(at)?))).collect()
}

/// Whether words say that there is no such thing as some of them name: `no API key`, `an API key is not required`.
fn is_denied(text: &[String], start: usize, end: usize) -> bool {
    let has = |words: &[String], any: &[&str]| words.iter().any(|word| any.contains(&word.as_str()));
    let (before, after) = (&text[start.saturating_sub(2)..start], &text[end..text.len().min(end + 4)]);
    let is_not_needed = |pair: &[String]| pair[0] == "not" && has(&pair[1..], &["required", "needed", "necessary"]);
    has(before, &["no", "not", "without"]) || after.windows(2).any(is_not_needed)
}

/// The length of the address that a text begins with.
fn url_length(text: &str) -> usize {
    let ends = |letter: char| letter.is_whitespace() || "\"'`<>()[]|\\".contains(letter);
    text[..text.find(ends).unwrap_or(text.len())].trim_end_matches(['.', ',', ';', ':', '*']).len()
}
