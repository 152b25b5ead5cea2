//! The values that a guide asks for: in tables, in `**Name**: ...` lines and bullets, or in one step.
//!
//! A guide speaks of values twice: what to fetch from the application, and what to enter on the
//! platform. Only the second is read: what stands in a section of the platform, or behind a phrase
//! that announces values to enter.

use std::ops::Range;

use super::{Field, Found, Level};
use crate::guide::{BlockId, BlockKind, Guide, InlineKind, Section};
use crate::profile::Profile;

/// A field as it stands in the guide.
struct Written<'a> {
    name: &'a str,
    place: Range<usize>,
    description: &'a str,
}

/// All fields of a guide in order. A field that is asked for at two levels stands twice.
pub(super) fn fields(guide: &Guide, profile: &Profile) -> Vec<Field> {
    let mut found = Vec::new();
    for section in &guide.sections {
        Reader { guide, profile, level: level_of_section(guide, profile, section), announced: false }
            .read(section.blocks.clone(), &mut found);
    }
    found
}

/// The level that a section's heading, or one above it, speaks of; `None` outside the platform's sections.
fn level_of_section(guide: &Guide, profile: &Profile, section: &Section) -> Option<Level> {
    let heading = &guide.headings[section.heading?];
    let above = section.parent.and_then(|parent| level_of_section(guide, profile, &guide.sections[parent]));
    profile.section_level(&heading.text).or(above)
}

/// Reads one section block by block.
struct Reader<'a> {
    guide: &'a Guide,
    profile: &'a Profile,
    level: Option<Level>,
    announced: bool,
}

impl<'a> Reader<'a> {
    fn read(&mut self, blocks: Range<usize>, found: &mut Vec<Field>) {
        for id in blocks {
            match self.guide.blocks[id].kind {
                BlockKind::Table { .. } => self.table(id, found),
                BlockKind::Paragraph => self.paragraph(id, found),
                BlockKind::Item { .. } if !self.holds_paragraph(id) => self.paragraph(id, found),
                _ => {}
            }
        }
    }

    fn holds_paragraph(&self, item: BlockId) -> bool {
        self.guide.children(item).any(|child| self.guide.blocks[child].kind == BlockKind::Paragraph)
    }

    /// Each row of a values table is a field.
    fn table(&self, table: BlockId, found: &mut Vec<Field>) {
        if !self.announced && self.level.is_none() {
            return;
        }
        let guide = self.guide;
        let rows: Vec<BlockId> = guide.children(table).collect();
        let Some((header, rows)) = rows.split_first() else { return };
        let first = guide.children(*header).next().map(|cell| guide.text_of(cell)).unwrap_or_default();
        if !self.profile.is_values_header(first) {
            return;
        }
        for row in rows {
            let mut cells = guide.children(*row);
            let (Some(name), description) = (cells.next(), cells.next()) else { continue };
            let place = guide.blocks[name].text.start as usize..guide.blocks[name].text.end as usize;
            let description = description.map(|cell| guide.text_of(cell)).unwrap_or_default();
            self.push(&Written { name: guide.text_of(name), place, description }, found);
        }
    }

    /// `**Name**: description`, a phrase that announces values, or a step that asks for one value.
    fn paragraph(&mut self, block: BlockId, found: &mut Vec<Field>) {
        let own = self.own_text(block);
        let text = &self.guide.text.as_str()[own.clone()];
        if self.announced || self.level.is_some() {
            if let Some(written) = self.bold_name(block, &own) {
                if self.announced {
                    self.push(&written, found);
                }
                return;
            }
            if self.profile.asks_in_step(text) && self.is_step(block) {
                self.step(block, &own, found);
            }
        }
        if let Some(level) = self.profile.announces_values(text) {
            self.announced = true;
            self.level = Some(level.unwrap_or(self.level.unwrap_or(Level::Console)));
        }
    }

    /// The block's text up to its first child: an item's own line.
    fn own_text(&self, block: BlockId) -> Range<usize> {
        let text = &self.guide.blocks[block].text;
        let (start, end) = (text.start as usize, text.end as usize);
        let line = self.guide.text.as_str()[start..end].find('\n').map_or(end, |at| start + at);
        start..line
    }

    /// Whether the block is, or is the first paragraph of, a numbered item.
    fn is_step(&self, block: BlockId) -> bool {
        let numbered = |id: BlockId| matches!(self.guide.blocks[id].kind, BlockKind::Item { written: Some(_), .. });
        numbered(block) || self.guide.blocks[block].parent.is_some_and(numbered)
    }

    /// A strong name at the very start, with a colon inside or behind it.
    fn bold_name(&self, block: BlockId, own: &Range<usize>) -> Option<Written<'a>> {
        let guide = self.guide;
        let strong = guide.inlines_of(block).iter().find(|inline| inline.kind == InlineKind::Strong)?;
        let inner = strong.text.start as usize..strong.text.end as usize;
        if !guide.text.as_str()[own.start..inner.start].trim().is_empty() || inner.end > own.end {
            return None;
        }
        let after = guide.text.as_str()[inner.end..own.end].trim_start();
        let name = &guide.text.as_str()[inner.clone()];
        let description = if name.trim_end().ends_with(':') { after } else { after.strip_prefix(':')? };
        Some(Written { name, place: inner, description })
    }

    /// "Enter the **API Key** from ...": the strong texts, or else the names of the vocabulary.
    fn step(&self, block: BlockId, own: &Range<usize>, found: &mut Vec<Field>) {
        let guide = self.guide;
        let strong = guide.inlines_of(block).iter().filter(|inline| inline.kind == InlineKind::Strong);
        let mut places: Vec<Range<usize>> = strong
            .map(|inline| inline.text.start as usize..inline.text.end as usize)
            .filter(|place| place.end <= own.end && self.profile.field(&guide.text.as_str()[place.clone()]).is_some())
            .collect();
        if places.is_empty() {
            places = self.profile.field_names_in(&guide.text.as_str()[own.clone()]);
            for place in &mut places {
                *place = place.start + own.start..place.end + own.start;
            }
        }
        for place in places {
            self.push(&Written { name: &guide.text.as_str()[place.clone()], place, description: "" }, found);
        }
    }

    fn push(&self, written: &Written<'_>, found: &mut Vec<Field>) {
        let (name, marked) = self.profile.without_optional_marker(written.name);
        if name.is_empty() || self.profile.values.labels.iter().any(|label| label == name) {
            return;
        }
        let span = self.guide.text.span_of(written.place.clone());
        let known = self.profile.field(name);
        found.push(Field {
            name: Found { value: name.to_owned(), line: self.guide.source.line(span.start), span: Some(span) },
            key: known.map_or_else(|| pascal_case(name), |known| known.key.clone()),
            optional: marked || self.profile.is_described_as_optional(written.description),
            secret: known.map_or_else(|| self.profile.sounds_secret(name), |known| known.secret),
            level: self.level.unwrap_or(Level::Console),
        });
    }
}

/// The property's name for a display name: `Base URL` is `BaseURL`, `api version` is `ApiVersion`.
pub(super) fn pascal_case(name: &str) -> String {
    let words = name.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    words
        .flat_map(|word| {
            let mut letters = word.chars();
            let first = letters.next().into_iter().flat_map(char::to_uppercase);
            first.chain(letters).collect::<Vec<_>>()
        })
        .collect()
}
