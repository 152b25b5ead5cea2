//! The scopes that a guide asks for: tokens as the vendor's server knows them, and labels of the
//! vendor's console.
//!
//! It reads the text near the word "scope": code spans and strong text in the same paragraph, the
//! list that it announces, the table column that it heads. A text counts as a token if a catalog of
//! the connector lists it, or if it is put together like one (`crm.contacts.read`).

mod words;

use std::collections::{BTreeSet, HashSet};
use std::ops::Range;

use super::{Found, Gap};
use crate::guide::{BlockId, BlockKind, Guide, Inline, InlineKind};
use crate::profile::{Places, Profile};
use crate::scopes::{self, Catalogue, Catalogues};
use words::{before_remark, has_word, in_last_brackets, is_built_like_a_scope, is_separator, unescaped};

/// How far from a scope its sentence may begin or end, in bytes.
const LONGEST_SENTENCE: usize = 300;

/// Words of a column whose cells name scopes, not what they are for.
const NAMES_OF_SCOPES: &[&str] =
    &["scope", "scopes", "permission", "permissions", "name", "label", "setting", "settings", "value", "field", "key"];

/// Words of a sentence that names scopes for some readers only, or for later.
const CONDITIONS: &[&str] = &["if", "later", "optionally", "depending"];

/// What is said of a list that names some of the scopes only.
const INCOMPLETE: &[&str] = &["not an exhaustive list", "not exhaustive", "not a complete list", "not a full list"];

/// What is said of scopes that the reader may ask for others instead of ...
const OVERRIDES: &[&str] = &["override", "using the default"];

/// ... and what is, too, where scopes are named.
const DEFAULTS: &[&str] = &["by default", "default scope"];

/// What was read about scopes.
#[derive(Default)]
pub(super) struct Scopes {
    pub(super) tokens: Vec<Found<String>>,
    pub(super) labels: Vec<Found<String>>,
    /// The tokens that the guide calls optional.
    pub(super) optional: BTreeSet<String>,
    pub(super) gaps: Vec<Gap>,
}

/// All scopes of a guide, each once, in order.
pub(super) fn scopes(guide: &Guide, profile: &Profile, catalogues: &Catalogues, permalink: Option<&str>) -> Scopes {
    // Most guides say nothing of scopes, and need no catalog.
    let words = profile.scopes.words.places_in(&guide.text.searchable());
    if words.is_empty() {
        return Scopes::default();
    }
    let own = permalink.map(|permalink| catalogues.of_connector(&profile.catalogues, permalink)).unwrap_or_default();
    let found = Scopes::default();
    let names = profile.scopes.names.as_slice();
    let (tokens, labels) = (HashSet::new(), HashSet::new());
    let mut reader =
        Reader { guide, words, names, own, found, tokens, labels, named: None, are_defaults: false, optional: false };
    for id in 0..guide.blocks.len() {
        if reader.speaks_of_scopes(id) {
            reader.read(id);
        }
    }
    if let Some(place) = reader.named {
        let text = guide.text.as_str();
        let reason = if reader.found.tokens.is_empty() {
            Some("the guide speaks of scopes and lists none by the name that the server knows")
        } else {
            let is_incomplete = reader.are_defaults || INCOMPLETE.iter().any(|words| text.contains(words));
            is_incomplete.then_some("the guide lists some of the scopes only")
        };
        let gap = |reason: &str| Gap { fact: "scopes", reason: reason.to_owned(), span: Some(place) };
        reader.found.gaps.extend(reason.map(gap));
    }
    reader.found
}

struct Reader<'a> {
    guide: &'a Guide,
    /// The words for scopes.
    words: Places,
    /// What a row is called that holds scopes.
    names: &'a [String],
    own: Vec<&'a Catalogue>,
    found: Scopes,
    /// The tokens that were found.
    tokens: HashSet<String>,
    /// The labels that were found.
    labels: HashSet<String>,
    named: Option<crate::source::Span>,
    /// Whether the guide calls the scopes defaults.
    are_defaults: bool,
    /// Whether the block that is read speaks of optional scopes.
    optional: bool,
}

impl Reader<'_> {
    /// Whether a block with text of its own has one of the words for scopes in it.
    fn speaks_of_scopes(&mut self, id: BlockId) -> bool {
        let textual = matches!(
            self.guide.blocks[id].kind,
            BlockKind::Paragraph | BlockKind::Item(_) | BlockKind::Cell { .. } | BlockKind::Definition
        );
        let speaks = textual && self.words.any_within(&self.guide.own_text(id));
        if speaks {
            self.named.get_or_insert(self.guide.blocks[id].span);
        }
        speaks
    }

    fn read(&mut self, id: BlockId) {
        let own = self.guide.own_text(id);
        let text = &self.guide.text.as_str()[own.clone()];
        self.optional =
            has_word(text, &["optional"]) || ["all methods", "all the methods"].iter().any(|all| text.contains(all));
        let before = self.found.tokens.len();
        self.inlines(id, &own);
        if matches!(self.guide.blocks[id].kind, BlockKind::Cell { .. }) {
            self.column_below(id);
            self.row_beside(id, text);
        } else {
            self.announced_list(id, &own);
        }
        let lower = text.to_lowercase();
        let has = |phrases: &[&str]| phrases.iter().any(|phrase| lower.contains(phrase));
        self.are_defaults |= has(OVERRIDES) || self.found.tokens.len() > before && has(DEFAULTS);
    }

    /// Code spans and strong text in the block itself, series by series: `a`, `b` and `c`.
    fn inlines(&mut self, id: BlockId, own: &Range<usize>) {
        let guide = self.guide;
        let marked = guide.inlines_of(id).iter().filter(|inline| {
            matches!(inline.kind, InlineKind::Code | InlineKind::Strong) && inline.text.end as usize <= own.end
        });
        let mut series: Vec<&Inline> = Vec::new();
        for inline in marked {
            if let Some(last) = series.last()
                && !is_separator(
                    &guide.text.as_str()
                        [last.text.end as usize..(inline.text.start as usize).max(last.text.end as usize)],
                )
            {
                self.series(&series);
                series.clear();
            }
            series.push(inline);
        }
        self.series(&series);
    }

    fn series(&mut self, series: &[&Inline]) {
        let range = |inline: &Inline| inline.text.start as usize..inline.text.end as usize;
        let tokens = series.iter().any(|inline| self.are_tokens(&self.guide.text.as_str()[range(inline)]));
        for inline in series {
            let text = &self.guide.text.as_str()[range(inline)];
            if tokens && inline.kind == InlineKind::Code || self.are_tokens(text) {
                self.push_tokens(range(inline));
            } else {
                self.push_label(range(inline));
            }
        }
    }

    /// The items of the list that the block announces, or a block of nothing but scopes: below it, or the next block after
    /// it.
    fn announced_list(&mut self, id: BlockId, own: &Range<usize>) {
        if !self.guide.text.as_str()[own.clone()].trim_end().ends_with(':') {
            return;
        }
        let inside = self.guide.children(id).find(|child| self.is_list(*child) || self.is_code(*child));
        let following = || {
            let parent = self.guide.blocks[id].parent();
            let end = parent.map_or(u32::MAX, |parent| self.guide.blocks[parent].span.end);
            let inside = (id + 1..self.guide.blocks.len()).take_while(|next| self.guide.blocks[*next].span.start < end);
            inside.into_iter().find(|next| self.guide.blocks[*next].parent() == parent)
        };
        let Some(list) = inside.or_else(following) else { return };
        if !self.is_list(list) {
            return self.block_of_scopes(list);
        }
        for item in self.guide.children(list).collect::<Vec<_>>() {
            let own = self.guide.own_text(item);
            let first = self.guide.inlines_of(item).first().filter(|inline| {
                matches!(inline.kind, InlineKind::Code | InlineKind::Strong)
                    && self.guide.text.as_str()[own.start..inline.text.start as usize].trim().is_empty()
            });
            let range = first.map_or(own.clone(), |inline| inline.text.start as usize..inline.text.end as usize);
            let bracketed = in_last_brackets(self.guide.text.as_str(), &own);
            let bracketed = bracketed.filter(|inside| self.are_tokens(&self.guide.text.as_str()[inside.clone()]));
            if self.are_tokens(&self.guide.text.as_str()[range.clone()]) {
                self.push_tokens(range);
            } else if let Some(inside) = bracketed {
                self.push_tokens(inside);
            } else if let Some(first) = before_remark(self.guide.text.as_str(), &own).filter(|first| {
                // A word of a sentence may be built like a scope, too.
                self.own.iter().any(|catalogue| catalogue.knows(&self.guide.text.as_str()[first.clone()]))
            }) {
                self.push_tokens(first);
            } else {
                self.push_label(range);
            }
        }
    }

    /// A code block of scopes, or a paragraph of nothing but code spans.
    fn block_of_scopes(&mut self, id: BlockId) {
        let guide = self.guide;
        let (text, block) = (guide.text.as_str(), &guide.blocks[id]);
        let (mut end, all) = (block.text.start as usize, block.text.start as usize..block.text.end as usize);
        if self.is_code(id) && self.are_tokens(&text[all.clone()]) {
            return self.push_tokens(all);
        }
        let codes = guide.inlines_of(id).iter().filter(|inline| inline.kind == InlineKind::Code);
        for code in codes {
            if !is_separator(&text[end..(code.text.start as usize).max(end)]) {
                return;
            }
            end = code.text.end as usize;
        }
        if block.kind == BlockKind::Paragraph && is_separator(text[end..all.end].trim_end_matches('.')) {
            self.inlines(id, &all);
        }
    }

    fn is_code(&self, id: BlockId) -> bool {
        matches!(self.guide.blocks[id].kind, BlockKind::Code { .. })
    }

    fn is_list(&self, id: BlockId) -> bool {
        matches!(self.guide.blocks[id].kind, BlockKind::List { .. })
    }

    /// The cells below a header cell that names scopes.
    fn column_below(&mut self, cell: BlockId) {
        let BlockKind::Cell { column } = self.guide.blocks[cell].kind else { return };
        let Some(row) = self.guide.blocks[cell].parent() else { return };
        if !matches!(self.guide.blocks[row].kind, BlockKind::Row { header: true, .. }) {
            return;
        }
        let Some(table) = self.guide.blocks[row].parent() else { return };
        self.optional |= column > 0 && self.groups(row);
        let rows: Vec<BlockId> = self.guide.children(table).filter(|other| *other != row).collect();
        for row in rows {
            let below =
                self.guide.children(row).find(|cell| self.guide.blocks[*cell].kind == BlockKind::Cell { column });
            if let Some(below) = below {
                let own = self.guide.own_text(below);
                if self.are_tokens(&self.guide.text.as_str()[own.clone()]) {
                    self.push_tokens(own);
                }
            }
        }
    }

    /// The cell after one that is nothing but a word for scopes: the row of a table of values.
    fn row_beside(&mut self, cell: BlockId, name: &str) {
        let is_name = self.names.iter().any(|known| known.eq_ignore_ascii_case(name.trim()));
        if self.guide.blocks[cell].kind != (BlockKind::Cell { column: 0 }) || !is_name {
            return;
        }
        let beside = self.guide.blocks[cell].parent().and_then(|row| self.guide.children(row).nth(1));
        let Some(own) = beside.map(|cell| self.guide.own_text(cell)) else { return };
        if self.are_tokens(&self.guide.text.as_str()[own.clone()]) {
            self.push_tokens(own);
        }
    }

    /// Whether the first column of a table, by its header, says what the scopes of a row are for: a configuration needs
    /// those of the methods that it uses.
    fn groups(&self, header: BlockId) -> bool {
        let first = self.guide.children(header).next().map(|cell| self.guide.text_of(cell)).unwrap_or_default();
        !first.trim().is_empty() && !has_word(first, NAMES_OF_SCOPES)
    }

    /// Whether each word of `text` is a scope.
    fn are_tokens(&self, text: &str) -> bool {
        let mut any = false;
        scopes::words(text).all(|(_, word)| {
            any = true;
            let word = unescaped(word);
            self.own.iter().any(|catalogue| catalogue.knows(&word)) || is_built_like_a_scope(&word)
        }) && any
    }

    fn push_tokens(&mut self, range: Range<usize>) {
        for (at, word) in scopes::words(&self.guide.text.as_str()[range.clone()]) {
            let place = range.start + at..range.start + at + word.len();
            let word = unescaped(word);
            push(self.guide, &mut self.found.tokens, &mut self.tokens, place.clone(), &word);
            if self.optional || self.is_conditional(&place) {
                self.found.optional.insert(word.into_owned());
            }
        }
    }

    /// Whether the sentence around a place says that what it names is for some readers only, or for later.
    fn is_conditional(&self, place: &Range<usize>) -> bool {
        let text = self.guide.text.as_str();
        let first = text.floor_char_boundary(place.start.saturating_sub(LONGEST_SENTENCE));
        let last = text.floor_char_boundary(place.end + LONGEST_SENTENCE);
        let (before, after) = (&text[first..place.start], &text[place.end..last]);
        let ends = [". ", ".\n", "\n\n"];
        let start = ends.iter().filter_map(|end| Some(before.rfind(end)? + end.len())).max().unwrap_or(0);
        let end = ends.iter().chain(&[": "]).filter_map(|end| after.find(end)).min().unwrap_or(after.len());
        let sentence = &text[first + start..place.end + end];
        has_word(sentence, CONDITIONS)
    }

    /// A label of the vendor's console: a full one is a scope, the part after its resource is only a label.
    fn push_label(&mut self, range: Range<usize>) {
        let text = self.guide.text.as_str()[range.clone()].trim();
        if let Some(scope) = self.own.iter().find_map(|catalogue| catalogue.by_label(text)) {
            if self.optional || self.is_conditional(&range) {
                self.found.optional.insert(scope.name.clone());
            }
            push(self.guide, &mut self.found.tokens, &mut self.tokens, range, &scope.name);
        } else if self.own.iter().any(|catalogue| is_label_of(catalogue, text)) {
            push(self.guide, &mut self.found.labels, &mut self.labels, range, text);
        }
    }
}

/// Whether the vendor's console says `text` of scopes that it does not determine.
fn is_label_of(catalogue: &Catalogue, text: &str) -> bool {
    catalogue.has_unnamed_label(text) || !catalogue.with_partial_label(text).is_empty()
}

/// Adds a value that is not one of the `known`.
fn push(guide: &Guide, list: &mut Vec<Found<String>>, known: &mut HashSet<String>, range: Range<usize>, value: &str) {
    if !known.contains(value) {
        known.insert(value.to_owned());
        let span = guide.text.span_of(range);
        list.push(Found { value: value.to_owned(), line: guide.source.line(span.start), span: Some(span) });
    }
}
