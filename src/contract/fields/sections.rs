//! The sections of a guide that describe a value: the one that its description leads to, or the one named after it.

use std::cell::OnceCell;
use std::collections::HashMap;
use std::ops::Range;

use crate::guide::{Guide, Section};
use crate::profile::fold;

/// How many of the headings that end in a value's name are looked at.
const MOST_HEADINGS: usize = 16;

/// What is looked up, made when the first value needs it.
pub(super) struct Sections<'a> {
    guide: &'a Guide,
    /// Where links to sections of the page are in its text, in order, and the sections.
    links: OnceCell<Vec<(usize, usize)>>,
    /// The folded headings from their ends, in order, and their sections.
    endings: OnceCell<Vec<(String, usize)>>,
}

impl<'a> Sections<'a> {
    pub(super) fn of(guide: &'a Guide) -> Self {
        Self { guide, links: OnceCell::new(), endings: OnceCell::new() }
    }

    /// The text of the section whose heading ends in the name of a value: "Get your account name".
    pub(super) fn named(&self, name: &str) -> Option<Range<usize>> {
        let ending = reversed(&fold(name));
        if ending.len() <= 3 {
            return None;
        }
        let endings = self.endings.get_or_init(|| endings(self.guide));
        let first = endings.partition_point(|(heading, _)| *heading < ending);
        let alike = endings[first..].iter().take_while(|(heading, _)| heading.starts_with(&ending));
        let section = alike.take(MOST_HEADINGS).map(|(_, section)| *section).min()?;
        text_of(self.guide, &self.guide.sections[section])
    }

    /// The text of the section of the page that a description leads to: "The [domain](#get-the-domain) of the store".
    pub(super) fn linked(&self, description: &Range<usize>) -> Option<Range<usize>> {
        let links = self.links.get_or_init(|| links(self.guide));
        let first = links.partition_point(|(place, _)| *place < description.start);
        let (_, section) = links.get(first).filter(|(place, _)| *place < description.end)?;
        text_of(self.guide, &self.guide.sections[*section])
    }
}

/// The text of a section without its heading.
pub(super) fn text_of(guide: &Guide, section: &Section) -> Option<Range<usize>> {
    let (first, last) = (section.blocks.clone().next()?, section.blocks.clone().next_back()?);
    let text = |block: usize| &guide.blocks[block].text;
    Some(text(first).start as usize..text(last).end as usize)
}

fn links(guide: &Guide) -> Vec<(usize, usize)> {
    let mut sections = HashMap::new();
    for (at, section) in guide.sections.iter().enumerate() {
        if let Some(heading) = section.heading {
            sections.entry(guide.headings[heading].id.as_str()).or_insert(at);
        }
    }
    let anchors =
        guide.links.iter().filter_map(|link| Some((link.text.start as usize, link.target.strip_prefix('#')?)));
    let mut found: Vec<(usize, usize)> =
        anchors.filter_map(|(place, anchor)| Some((place, *sections.get(anchor)?))).collect();
    found.sort_by_key(|(place, _)| *place);
    found
}

fn endings(guide: &Guide) -> Vec<(String, usize)> {
    let headings = guide.sections.iter().enumerate().filter_map(|(at, section)| Some((at, section.heading?)));
    let mut found: Vec<(String, usize)> =
        headings.map(|(at, heading)| (reversed(&fold(&guide.headings[heading].text)), at)).collect();
    found.sort();
    found
}

fn reversed(text: &str) -> String {
    text.chars().rev().collect()
}
