//! The headings of a page as the sections of its pack.

use super::form::{OneOrMore, PageForm, SectionForm};
use super::names::{Names, loose};
use crate::guide::{BlockKind, Guide, Heading};
use crate::source::Span;

/// A heading that begins a section of the pack.
#[derive(Debug, Clone, Copy)]
pub struct FoundSection<'a> {
    pub form: &'a SectionForm,
    /// Its place in the pack's order.
    pub rank: usize,
    pub heading: &'a Heading,
    pub index: usize,
    /// Whether the heading has the section's own name.
    pub is_exact: bool,
    /// The fact that the heading captures, and where.
    pub fact: Option<(&'a str, &'a str, Span)>,
}

/// The sections of a page in their order.
#[derive(Debug)]
pub struct Outline<'a> {
    /// The headings that begin a section of the pack.
    pub found: Vec<FoundSection<'a>>,
    /// For each section of the pack, which of those is its first one.
    firsts: Vec<Option<usize>>,
}

impl<'a> Outline<'a> {
    /// Reads the headings of a page.
    pub fn of(guide: &'a Guide, form: &'a PageForm) -> Self {
        let headings = guide.headings.iter().enumerate();
        let mut found: Vec<FoundSection<'a>> =
            headings.filter_map(|(index, heading)| section(guide, form, index, heading)).collect();
        // Where a section has its own name, other names are headings within it or elsewhere.
        let mut has_exact = vec![false; form.sections.len()];
        found.iter().filter(|section| section.is_exact).for_each(|section| has_exact[section.rank] = true);
        found.retain(|section| section.is_exact || !has_exact[section.rank]);
        // Of other names one counts, that at its level or the first: the next may be for another part of it.
        let chosen: Vec<usize> = (0..form.sections.len())
            .filter_map(|rank| {
                let mut named = found.iter().filter(|section| section.rank == rank);
                let first = named.clone().next()?;
                Some(named.find(|section| section.form.level == Some(section.heading.level)).unwrap_or(first).index)
            })
            .collect();
        found.retain(|section| section.is_exact || chosen.contains(&section.index));
        let mut firsts = vec![None; form.sections.len()];
        for (at, section) in found.iter().enumerate() {
            firsts[section.rank].get_or_insert(at);
        }
        Self { found, firsts }
    }

    pub fn first(&self, rank: usize) -> Option<&FoundSection<'a>> {
        self.firsts.get(rank).copied().flatten().map(|at| &self.found[at])
    }

    /// The sections with the first of some keys that the page has.
    pub fn named_first<'b>(&'b self, keys: Option<&'b OneOrMore>) -> impl Iterator<Item = &'b FoundSection<'a>> {
        let keys = keys.map(OneOrMore::as_slice).unwrap_or_default();
        let key = keys.iter().find(|key| self.named(key).next().is_some());
        key.into_iter().flat_map(|key| self.named(key))
    }

    pub fn named<'b>(&'b self, key: &'b str) -> impl Iterator<Item = &'b FoundSection<'a>> {
        self.found.iter().filter(move |section| section.form.key == key)
    }
}

fn section<'a>(guide: &'a Guide, form: &'a PageForm, index: usize, heading: &'a Heading) -> Option<FoundSection<'a>> {
    let (said, written) = (spoken(&heading.text), loose(&heading.text));
    let names = form.names();
    form.sections.iter().enumerate().find_map(|(rank, form)| {
        if let Some((before, name)) = form.captured() {
            let value = after(&heading.text, before)?;
            let fact = match value {
                "" => {
                    first_paragraph(guide, heading).map_or((name, "", heading.span), |(text, span)| (name, text, span))
                }
                value => (name, value, place(guide, heading, value)),
            };
            return Some(FoundSection { form, rank, heading, index, is_exact: true, fact: Some(fact) });
        }
        let is_exact = said == names[rank].spoken;
        let means = || names[rank].loose.contains(&written);
        (is_exact || means()).then_some(FoundSection { form, rank, heading, index, is_exact, fact: None })
    })
}

/// What follows the beginning of a heading, its colon aside.
fn after<'a>(text: &'a str, before: &str) -> Option<&'a str> {
    let before = before.trim_end_matches(':').trim_end();
    let start = text.get(..before.len()).filter(|start| start.eq_ignore_ascii_case(before))?;
    let rest = &text[start.len()..];
    // `Publishers: A, B`, `Publisher's name`.
    let rest = rest.strip_prefix('s').unwrap_or(rest);
    let is_of = rest.starts_with(['\'', '’']);
    let value = rest.trim_start().trim_start_matches([':', '-']).trim();
    (!rest.starts_with(char::is_alphanumeric)).then_some(if is_of { "" } else { value })
}

/// The first line of the text right under a heading.
fn first_paragraph<'a>(guide: &'a Guide, heading: &Heading) -> Option<(&'a str, Span)> {
    let next = heading.block + 1;
    let block = guide.blocks.get(next).filter(|block| block.kind == BlockKind::Paragraph)?;
    Some((guide.text_of(next).trim(), block.span))
}

/// Where a part of a heading is written.
fn place(guide: &Guide, heading: &Heading, part: &str) -> Span {
    let written = guide.slice(heading.content);
    match written.rfind(part).filter(|_| !part.is_empty()) {
        Some(at) => {
            let start = heading.content.start as usize + at;
            guide.source.span(start..start + part.len())
        }
        None => heading.span,
    }
}

impl PageForm {
    /// The names of the sections, folded once for all pages.
    fn names(&self) -> &[Names] {
        let names = |section: &SectionForm| Names {
            spoken: spoken(&section.name),
            loose: std::iter::once(&section.name).chain(&section.also).map(|name| loose(name)).collect(),
        };
        self.names.get_or_init(|| self.sections.iter().map(names).collect())
    }
}

/// A heading as it is said: without case and marks at its end.
fn spoken(text: &str) -> String {
    let text = text.replace('&', " and ");
    let words: Vec<&str> = text.split_whitespace().collect();
    words.join(" ").trim_end_matches([':', '.']).trim_end().to_lowercase()
}
