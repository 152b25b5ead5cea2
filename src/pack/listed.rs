//! What a section of a page lists, and whether data has it.

use super::form::{ItemsFrom, SectionForm};
use super::names::{loose, telling};
use crate::guide::{BlockKind, Guide};
use crate::source::Span;

/// Words that a name needs to be looked up in data: one word alone is as often the name of a group.
const FEWEST_WORDS: usize = 2;

/// Verbs of operations that data has on things of any kind, without plural endings.
const VERBS: [&str; 33] = [
    "add", "archive", "cancel", "change", "check", "copy", "create", "delete", "download", "edit", "export", "fetch",
    "find", "get", "import", "insert", "list", "move", "read", "remove", "rename", "retrieve", "run", "save", "search",
    "send", "set", "start", "stop", "submit", "update", "upload", "write",
];

/// The names in data that a section may list.
pub(super) struct Listing {
    facts: Vec<Vec<Name>>,
}

/// A name as it is compared.
struct Name {
    words: Vec<String>,
    loose: String,
}

impl Name {
    fn is(&self, written: &[String]) -> bool {
        self.words.concat() == written.concat()
    }

    /// Whether a name on a page may mean this one.
    fn may_be(&self, written: &[String]) -> bool {
        let all_in = |some: &[String], others: &[String]| some.iter().all(|word| others.contains(word));
        let is_part = all_in(written, &self.words) || !self.words.is_empty() && all_in(&self.words, written);
        is_part || self.is(written) || is_alike(written, &self.words)
    }
}

impl Listing {
    /// The names that each of the facts goes by.
    pub(super) fn new(facts: impl Iterator<Item = Vec<String>>) -> Self {
        let name = |name: String| Name { words: telling(&name), loose: loose(&name) };
        Self { facts: facts.map(|names| names.into_iter().map(name).collect()).collect() }
    }

    /// The items that data lacks: none if most of them are unknown, because such a page uses other names throughout. An
    /// item may be another name for a fact that the page does not list otherwise.
    pub(super) fn unknown(&self, guide: &Guide, items: Vec<Item>) -> Vec<Item> {
        let mut is_listed = vec![false; self.facts.len()];
        let (mut right, mut wrong) = (0, Vec::new());
        for item in items {
            let words = without_number(telling(&item.text));
            let is_name = words.len() >= if item.heading.is_some() { FEWEST_WORDS } else { 1 };
            let meant = if is_name { self.meant(&words) } else { Vec::new() };
            let grouped = || item.heading.map(|heading| self.grouped(guide, heading)).unwrap_or_default();
            let meant = if meant.is_empty() { grouped() } else { meant };
            if meant.is_empty() && is_name {
                wrong.push((item, words));
                continue;
            }
            right += 1;
            for fact in meant {
                is_listed[fact] = true;
            }
        }
        if 2 * wrong.len() > right {
            return Vec::new();
        }
        let unlisted: Vec<Vec<usize>> = wrong
            .iter()
            .map(|(_, words)| words.iter().find_map(|word| self.unlisted(word, &is_listed)).unwrap_or_default())
            .collect();
        // A fact has one other name.
        let may_be_all = |facts: &Vec<usize>| {
            let claims = unlisted.iter().filter(|other| facts.iter().any(|fact| other.contains(fact)));
            !facts.is_empty() && claims.count() <= facts.len()
        };
        let may_be: Vec<bool> = unlisted.iter().map(may_be_all).collect();
        let wrong = wrong.into_iter().zip(may_be);
        let wrong = wrong.filter(|((_, words), may_be)| !may_be && !self.is_renamed(words, &is_listed));
        wrong.map(|((item, _), _)| item).collect()
    }

    /// The facts with a word in their names, if none of them is listed. A verb does not identify the thing that it acts on.
    fn unlisted(&self, word: &String, is_listed: &[bool]) -> Option<Vec<usize>> {
        let found =
            if VERBS.contains(&word.as_str()) { Vec::new() } else { self.fitting(|name| name.words.contains(word)) };
        (!found.is_empty() && found.iter().all(|fact| !is_listed[*fact])).then_some(found)
    }

    /// Whether a fact that is not listed has several of the words, and at most one other: as often as not the verb.
    fn is_renamed(&self, words: &[String], is_listed: &[bool]) -> bool {
        let found = self.fitting(|name| {
            let shared = name.words.iter().filter(|word| words.contains(word)).count();
            shared >= FEWEST_WORDS && shared + 1 >= name.words.len()
        });
        found.into_iter().any(|fact| !is_listed[fact])
    }

    /// The facts that a name on a page may mean: those of that name, or else those that are like it.
    fn meant(&self, written: &[String]) -> Vec<usize> {
        let exact = self.fitting(|name| name.is(written));
        if exact.is_empty() { self.fitting(|name| name.may_be(written)) } else { exact }
    }

    /// The facts that the lines under a heading name: it groups them.
    fn grouped(&self, guide: &Guide, index: usize) -> Vec<usize> {
        let text = section_text(guide, index);
        let lines: Vec<String> = text.lines().flat_map(starts).map(loose).collect();
        // An identifier, as `GetOrders`.
        let first_words: Vec<String> =
            text.lines().filter_map(|line| line.split_whitespace().next()).map(loose).collect();
        self.fitting(|name| {
            let is_first = || name.words.len() >= FEWEST_WORDS && first_words.contains(&name.loose);
            lines.contains(&name.loose) || is_first()
        })
    }

    /// The facts with a name that fits.
    fn fitting(&self, fits: impl Fn(&Name) -> bool) -> Vec<usize> {
        (0..self.facts.len()).filter(|fact| self.facts[*fact].iter().any(&fits)).collect()
    }
}

/// A line, and what is before its first `:` or `-`.
fn starts(line: &str) -> [&str; 2] {
    [line, line.split([':', '-']).next().unwrap_or(line)]
}

/// The words of a heading without the number that it begins with.
fn without_number(mut words: Vec<String>) -> Vec<String> {
    if words.first().is_some_and(|word| word.bytes().all(|byte| byte.is_ascii_digit())) {
        words.remove(0);
    }
    words
}

/// Something that a section lists.
pub(super) struct Item {
    /// Its name.
    pub(super) text: String,
    /// Where the name is.
    pub(super) span: Span,
    /// The heading that it is.
    heading: Option<usize>,
}

impl Item {
    /// Something that is not listed by a heading.
    pub(super) fn new(text: String, span: Span) -> Self {
        Self { text, span, heading: None }
    }
}

/// What a section lists, up to a heading that begins another one.
pub(super) fn items(guide: &Guide, section: usize, end: Option<usize>, form: &SectionForm) -> Vec<Item> {
    if form.items == ItemsFrom::Headings {
        let heading = |index: usize| {
            let heading = &guide.headings[index];
            Item { text: heading.text.clone(), span: heading.content, heading: Some(index) }
        };
        return headings(guide, section, end, form).into_iter().map(heading).collect();
    }
    let level = guide.headings[section].level;
    let next = guide.headings.iter().enumerate().skip(section + 1);
    let next =
        next.filter(|(index, heading)| heading.level <= level || Some(*index) == end).map(|(_, heading)| heading);
    let last = next.map(|heading| heading.block).next().unwrap_or(guide.blocks.len());
    let blocks = guide.headings[section].block + 1..last;
    blocks.filter(|block| lists(guide, *block, form.items)).filter_map(|block| named_by(guide, block)).collect()
}

/// Whether a block is an item of a list that is in no other list, or a cell of the first column below a header.
fn lists(guide: &Guide, block: usize, from: ItemsFrom) -> bool {
    let parent = |block: usize| guide.blocks[block].parent();
    match (from, &guide.blocks[block].kind) {
        (ItemsFrom::List, BlockKind::Item(_)) => {
            let outer = parent(block).and_then(parent);
            outer.is_none_or(|outer| !matches!(guide.blocks[outer].kind, BlockKind::Item(_)))
        }
        (ItemsFrom::Table, BlockKind::Cell { column: 0 }) => {
            parent(block).is_some_and(|row| matches!(guide.blocks[row].kind, BlockKind::Row { header: false, .. }))
        }
        _ => false,
    }
}

/// The name at the start of a block.
fn named_by(guide: &Guide, block: usize) -> Option<Item> {
    let text = guide.text_of(block);
    let start = guide.blocks[block].text.start as usize + text.len() - text.trim_start().len();
    let line = text.trim_start().lines().next()?;
    let ends = [":", " - ", " – ", " — ", " ("].into_iter().filter_map(|end| line.find(end));
    let name = line[..ends.min().unwrap_or(line.len())].trim_end();
    let span = || guide.text.span_of(start..start + name.len());
    (!name.is_empty()).then(|| Item { text: name.to_owned(), span: span(), heading: None })
}

/// The headings that a section lists: those of the next level, and those in its groups.
fn headings(guide: &Guide, section: usize, end: Option<usize>, form: &SectionForm) -> Vec<usize> {
    let level = guide.headings[section].level;
    let end = end.unwrap_or(guide.headings.len());
    let inside: Vec<usize> = (section + 1..end).take_while(|index| guide.headings[*index].level > level).collect();
    let Some(top) = inside.iter().map(|index| guide.headings[*index].level).min() else { return Vec::new() };
    let is_group = |index: usize| form.groups.iter().any(|group| loose(group) == loose(&guide.headings[index].text));
    let mut listed = Vec::new();
    for index in inside.into_iter().filter(|index| guide.headings[*index].level == top) {
        if is_group(index) {
            listed.extend(headings(guide, index, Some(end), form));
        } else {
            listed.push(index);
        }
    }
    listed
}

/// Whether two names share half of their words: they may be one operation in other words.
fn is_alike(left: &[String], right: &[String]) -> bool {
    let shared = left.iter().filter(|word| right.contains(word)).count();
    shared * 2 >= left.len() + right.len() - shared
}

/// What a reader sees under a heading, to the next one of its level.
pub(super) fn section_text(guide: &Guide, index: usize) -> &str {
    let heading = &guide.headings[index];
    let next = guide.headings[index + 1..].iter().find(|next| next.level <= heading.level);
    let end = next.map_or(guide.text.len(), |next| guide.blocks[next.block].text.start as usize);
    let start = guide.blocks[heading.block].text.end as usize;
    guide.text.as_str().get(start..end).unwrap_or_default()
}
