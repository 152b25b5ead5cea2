//! The values that a guide asks for: in tables, in `**Name**: ...` lines and bullets, or in steps.
//!
//! A guide speaks of values twice: what to fetch from the application, and what to enter on the
//! platform. Only the second is read: what stands in a section of the platform, behind a step that
//! leads there, or behind a phrase that announces values to enter.

mod lines;
mod steps;

use std::ops::Range;

use super::{Field, Found, Level};
use crate::guide::{BlockId, BlockKind, Guide};
use crate::profile::Profile;
use crate::searchable::Searchable;

/// The longest step that leads somewhere, in bytes; a longer text only mentions the place.
const LONGEST_STEP: usize = 160;

/// The most words that a value's name has; more are a sentence.
const LONGEST_NAME: usize = 7;

/// A field as it stands in the guide.
struct Written<'a> {
    name: &'a str,
    place: Range<usize>,
    description: &'a str,
}

/// All fields of a guide in order. A field that is asked for at two levels stands twice.
///
/// Where values are asked for on the platform, those announced elsewhere are the application's own.
pub(super) fn fields(guide: &Guide, profile: &Profile, connector: Option<&str>) -> Vec<Field> {
    let mut found = Vec::new();
    let mut levels: Vec<Option<Level>> = Vec::with_capacity(guide.sections.len());
    for section in &guide.sections {
        // A section stands behind the one that it is part of.
        let above = section.parent.and_then(|parent| levels[parent]);
        let own = section.heading.and_then(|heading| profile.section_level(&guide.headings[heading].text));
        let level = own.or(above);
        levels.push(level);
        let reader = Reader { guide, profile, connector, level, announced: false, platform: level.is_some() };
        reader.read(section.blocks.clone(), &mut found);
    }
    let any = found.iter().any(|(_, platform)| *platform);
    found.into_iter().filter(|(_, platform)| *platform || !any).map(|(field, _)| field).collect()
}

/// Reads one section block by block.
struct Reader<'a> {
    guide: &'a Guide,
    profile: &'a Profile,
    connector: Option<&'a str>,
    level: Option<Level>,
    /// Whether what follows are values to enter.
    announced: bool,
    /// Whether the reader of the guide is on the platform.
    platform: bool,
}

/// Fields, and whether each is asked for on the platform.
type FieldsFound = Vec<(Field, bool)>;

impl Reader<'_> {
    fn read(mut self, blocks: Range<usize>, found: &mut FieldsFound) {
        for id in blocks {
            match self.guide.blocks[id].kind {
                BlockKind::Table { .. } => self.table(id, found),
                BlockKind::Paragraph => self.paragraph(id, found),
                BlockKind::Item { .. } if !self.holds_paragraph(id) => self.paragraph(id, found),
                _ => {}
            }
        }
    }

    /// Whether an item's text is that of a paragraph inside it, which is read by itself.
    fn holds_paragraph(&self, item: BlockId) -> bool {
        let start = self.guide.blocks[item].text.start;
        let first = |child: BlockId| self.guide.blocks[child].text.start == start;
        self.guide.children(item).any(|child| self.guide.blocks[child].kind == BlockKind::Paragraph && first(child))
    }

    /// Each row of a values table is a field.
    fn table(&self, table: BlockId, found: &mut FieldsFound) {
        if !self.announced && !self.platform {
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

    /// Lines that begin with a name, a bullet that is one, a step that asks for what it names; or a
    /// phrase that announces values.
    fn paragraph(&mut self, block: BlockId, found: &mut FieldsFound) {
        let own = self.own_text(block);
        let text = self.guide.text.searchable_in(own.clone());
        if self.announced || self.platform {
            let mut written = if self.announced { lines::named_lines(self, block, &own) } else { Vec::new() };
            if written.is_empty() {
                written.extend(lines::bare_name(self, block, &own));
            }
            let names = !written.is_empty() || lines::begins_with_name(self, block, &own);
            if !names && self.platform {
                written = steps::asked_for(self, block, &own);
            }
            for one in &written {
                self.push(one, found);
            }
            if names {
                return;
            }
        }
        if let Some(level) = self.profile.announces_values(&text) {
            self.announced = true;
            self.level = Some(level.unwrap_or(self.level.unwrap_or(Level::Console)));
            // What it announces may stand in its own lines: a list or table that is no block of its own.
            for one in &lines::named_lines(self, block, &own) {
                self.push(one, found);
            }
        } else if own.len() <= LONGEST_STEP && self.leads_to_platform(&text) {
            (self.announced, self.platform) = (true, true);
        }
    }

    fn leads_to_platform(&self, text: &Searchable<'_>) -> bool {
        let steps = &self.profile.steps;
        (steps.reach.is_in(text) || steps.legacy.is_in(text)) && !self.profile.callback.announcements.is_in(text)
    }

    /// The block's text up to its first child: an item's own line.
    fn own_text(&self, block: BlockId) -> Range<usize> {
        let text = &self.guide.blocks[block].text;
        let (start, end) = (text.start as usize, text.end as usize);
        let line = self.guide.text.as_str()[start..end].find('\n').map_or(end, |at| start + at);
        start..line
    }

    fn push(&self, written: &Written<'_>, found: &mut FieldsFound) {
        let (name, marked) = self.profile.without_optional_marker(written.name);
        if name.is_empty()
            || name.split_whitespace().count() > LONGEST_NAME
            || self.profile.values.labels.iter().any(|label| label == name)
        {
            return;
        }
        let span = self.guide.text.span_of(written.place.clone());
        let known = self.profile.field(name);
        let field = Field {
            name: Found { value: name.to_owned(), line: self.guide.source.line(span.start), span: Some(span) },
            key: known.map_or_else(|| pascal_case(name), |known| known.key.clone()),
            optional: marked || self.profile.is_described_as_optional(written.description),
            secret: known.map_or_else(|| self.profile.sounds_secret(name), |known| known.secret),
            level: self.level.unwrap_or(Level::Console),
        };
        found.push((field, self.platform));
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
