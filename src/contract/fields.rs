//! The values that a guide asks for: in tables, in `**Name**: ...` lines and bullets, or in steps.
//!
//! A guide speaks of values twice: what to fetch from the application, and what to enter on the
//! platform. Only the second is read: the content of a section of the platform, after a step that
//! leads there, or after a phrase that announces values to enter.

mod described;
mod keys;
mod lines;
pub(super) mod needed;
pub(super) mod passed;
mod sections;
mod sentences;
mod steps;
mod told;
mod variants;
mod words;

use std::cell::RefCell;
use std::collections::HashMap;
use std::ops::Range;

use super::{AuthKind, Field, Form, Found, Level, forms};
use crate::guide::{BlockId, BlockKind, Guide};
use crate::profile::Profile;
use crate::secrets::is_secret_name;
use keys::{key_as_printed, known};
use sections::Sections;
use words::Words;

pub(super) use described::described;
pub(super) use keys::{name_for_oauth, pascal_case};
pub(super) use told::{Told, all_sentences, told};

/// The longest paragraph that asks for values as a step does, in bytes.
const LONGEST_PARAGRAPH: usize = 1024;

/// The most words that a value's name has; more are a sentence.
const LONGEST_NAME: usize = 7;

/// A field as in the guide.
struct Written<'a> {
    name: &'a str,
    /// Where the name is in the guide's text.
    place: Range<usize>,
    /// Where its description does.
    description: Range<usize>,
    /// Where the guide may speak of its form.
    about: Range<usize>,
    /// Whether the guide has another name for the value: a configuration has one of them.
    either: bool,
}

/// How much is read of a guide's values.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Depth {
    /// Their names and what is said of them: what rules about the guide look at.
    Names,
    /// Their forms as well: what a configuration is held against. They take most of the time.
    WithForms,
}

/// The values that a guide asks for, in order. A value that is asked for at two levels is there twice.
pub(super) struct Asked {
    pub(super) fields: Vec<Field>,
    /// Whether only paragraphs ask for them. None is owed then.
    pub(super) in_prose: bool,
}

/// Reads the values that a guide asks for.
///
/// Where values are asked for on the platform, those announced elsewhere are the application's own.
pub(super) fn asked(guide: &Guide, profile: &Profile, connector: Option<&str>, depth: Depth) -> Asked {
    let words = Words::of(guide, profile);
    let forms = (depth == Depth::WithForms).then(|| forms::Reader::new(guide));
    let (sections, lists) = (Sections::of(guide), RefCell::default());
    let (mut found, mut of_sections) = (Vec::new(), Vec::new());
    let mut levels: Vec<Option<Level>> = Vec::with_capacity(guide.sections.len());
    // The levels of values that sections announce and whose subsections may go on with them.
    let mut open: Vec<Option<Level>> = Vec::with_capacity(guide.sections.len());
    for (at, section) in guide.sections.iter().enumerate() {
        // A section is after the one that it is part of.
        let above = section.parent.and_then(|parent| levels[parent]);
        let own = section.heading.and_then(|heading| profile.section_level(&guide.headings[heading].text));
        let announced = section.parent.filter(|_| own.is_none()).and_then(|parent| open[parent]);
        let level = own.or(announced).or(above);
        levels.push(own.or(above));
        let reader = Reader {
            guide,
            profile,
            words: &words,
            forms: forms.as_ref(),
            sections: &sections,
            lists: &lists,
            connector,
            level,
            announced: announced.is_some(),
            continued: announced.map(|_| found.len()),
            alternative: false,
            platform: level.is_some(),
        };
        let first = found.len();
        let end = reader.read(section.blocks.clone(), &mut found).filter(|_| level.is_some());
        open.push(end.map(|end| found[first..].last().map_or(end, |last| last.field.level)));
        of_sections.push((at, first..found.len()));
    }
    variants::tie_to_choices(guide, &of_sections, &mut found);
    variants::mark_optional(guide, &of_sections, &mut found);
    let any = found.iter().any(|one| one.platform && !one.in_prose);
    found.retain(|one| one.platform || !any);
    let in_prose = sentences::without_repeated(&mut found);
    let (mut fields, abouts): (Vec<Field>, Vec<Range<usize>>) =
        found.into_iter().map(|one| (one.field, one.about)).unzip();
    let abouts: Vec<&str> = abouts.into_iter().map(|about| &guide.text.as_str()[about]).collect();
    sentences::conditional(&abouts, &mut fields);
    sentences::dispensable(guide.text.as_str(), &mut fields);
    forms::reconcile(&mut fields);
    Asked { fields, in_prose }
}

/// Reads one section block by block.
struct Reader<'a> {
    guide: &'a Guide,
    profile: &'a Profile,
    words: &'a Words,
    forms: Option<&'a forms::Reader<'a>>,
    sections: &'a Sections<'a>,
    /// Whether one of the bullets of a list is a value of the vocabulary, for the lists that were asked about.
    lists: &'a RefCell<HashMap<BlockId, bool>>,
    connector: Option<&'a str>,
    level: Option<Level>,
    /// Whether what follows are values to enter.
    announced: bool,
    /// How many fields are before those of the section, if a section above announced them.
    continued: Option<usize>,
    /// Whether only some of them are needed.
    alternative: bool,
    /// Whether the reader of the guide is on the platform.
    platform: bool,
}

/// A field, and where it was found.
struct FieldFound {
    field: Field,
    /// Whether it is asked for on the platform.
    platform: bool,
    /// What the guide says of it.
    about: Range<usize>,
    /// Whether a paragraph asks for it, and no list or step.
    in_prose: bool,
}

type FieldsFound = Vec<FieldFound>;

impl Reader<'_> {
    /// The level of the announced values at the end of the blocks, unless the form is saved before it.
    fn read(mut self, blocks: Range<usize>, found: &mut FieldsFound) -> Option<Level> {
        let mut is_saved = false;
        for id in blocks {
            match self.guide.blocks[id].kind {
                BlockKind::Table { .. } => self.table(id, found),
                BlockKind::Paragraph => self.paragraph(id, found),
                BlockKind::Item(_) if !self.holds_paragraph(id) => self.paragraph(id, found),
                _ => {}
            }
            // A table has all values.
            is_saved |= self.words.save.any_within(&self.guide.own_text(id))
                || matches!(self.guide.blocks[id].kind, BlockKind::Table { .. });
        }
        (self.announced && !is_saved).then_some(self.level.unwrap_or(Level::Console))
    }

    /// Whether an item's text is that of a paragraph inside it, which is read on its own.
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
            let place = self.whole_text(name);
            let description = description.map_or(place.end..place.end, |cell| self.whole_text(cell));
            let about = description.clone();
            let name = guide.text_of(name);
            self.push(&Written { name, place, description, about, either: false }, found);
        }
    }

    /// Lines that begin with a name, a bullet that is one, a step that asks for what it names; or a
    /// phrase that announces values.
    fn paragraph(&mut self, block: BlockId, found: &mut FieldsFound) {
        let own = self.guide.own_text(block);
        if self.announced || self.platform {
            let mut written = if self.announced { lines::named_lines(self, block, &own) } else { Vec::new() };
            // Below the first value of a section there may be others; before it are remarks.
            let is_value = |one: &Written<'_>| self.profile.names_a_value(one.name.trim_end_matches(':'));
            written.retain(|one| self.continued.is_none_or(|first| found.len() > first || is_value(one)));
            let is_continued = self.continued.is_some() && !written.is_empty();
            if written.is_empty() {
                written.extend(lines::bare_name(self, block, &own));
            }
            if written.is_empty() {
                written = lines::possessed(self, block, &own);
            }
            let names = !written.is_empty() || lines::begins_with_name(self, block, &own);
            let in_prose = !steps::is_item(self, block);
            let is_step =
                || own.len() <= LONGEST_PARAGRAPH && needed::is_for_all(&self.guide.text.as_str()[own.clone()]);
            if !names && self.platform && (!in_prose || is_step()) {
                written = steps::asked_for(self, block, &own);
            }
            let first = found.len();
            for one in &written {
                self.push(one, found);
            }
            // What is below a heading of its own may be for some uses only.
            found[first..].iter_mut().for_each(|one| one.field.conditional |= is_continued);
            if !names && in_prose {
                // A paragraph may be for some readers only.
                found[first..].iter_mut().for_each(|one| (one.field.optional, one.in_prose) = (true, true));
            }
            if names {
                return;
            }
        }
        if let Some(level) = self.words.announced_level(&own, self.level) {
            (self.announced, self.continued) = (true, None);
            self.alternative = self.words.alternatives.any_within(&own);
            self.level = Some(level);
            // What it announces may be in its own lines: a list or table that is not a block of its own.
            let named = lines::named_lines(self, block, &own);
            let asked = if named.is_empty() { sentences::asked_for(self, block, &own) } else { Vec::new() };
            for one in &named {
                self.push(one, found);
            }
            let first = found.len();
            for one in &asked {
                self.push(one, found);
            }
            // A sentence leaves it to whoever installs the connector to enter them; it cannot do without its secrets and the
            // names of their users.
            let is_owed = |field: &Field| field.secret || self.profile.evidence(&field.name.value).is_some();
            found[first..].iter_mut().for_each(|one| one.field.optional |= !is_owed(&one.field));
        } else if self.words.lead_to_platform(&own) {
            (self.announced, self.platform) = (true, true);
        }
    }

    fn whole_text(&self, block: BlockId) -> Range<usize> {
        let text = &self.guide.blocks[block].text;
        text.start as usize..text.end as usize
    }

    fn push(&self, written: &Written<'_>, found: &mut FieldsFound) {
        let (name, marked) = self.profile.without_optional_marker(written.name);
        if !name.contains(char::is_alphanumeric)
            || name.split_whitespace().count() > LONGEST_NAME
            || self.profile.values.labels.iter().any(|label| label == name)
        {
            return;
        }
        // The mark may be outside the bold text of the name.
        let start = written.place.start + (name.as_ptr() as usize - written.name.as_ptr() as usize);
        let span = self.guide.text.span_of(start..start + name.len());
        let description = self.guide.text.searchable_in(written.description.clone());
        let known = known(self.profile, name);
        let secret = known.map_or_else(|| is_secret_name(name), |known| known.secret);
        let form = || {
            let forms = self.forms?;
            let form = |about| forms.form(name, about);
            let form = form(written.about.clone())
                .or_else(|| form(self.sections.linked(&written.description)?))
                .or_else(|| form(self.sections.named(name)?));
            // How many characters a name has says more than that it is one.
            let said = || forms.said_elsewhere(name);
            let form = if matches!(form, None | Some(Form::Name)) { said().or(form) } else { form };
            form.or_else(|| forms::chosen_after(self.guide, written.description.clone(), written.about.clone()))
        };
        let is_left_out = forms::is_left_out(self.guide, name, written.description.clone());
        let form = || form().filter(|form| !secret || form.is_of_secrets());
        let form = if is_left_out { Some(Form::Empty) } else { form() };
        let mut samples = if secret { Vec::new() } else { forms::samples(self.guide, written.about.clone()) };
        // The part of the page that the description leads to may have the examples.
        if let Some(linked) = self.forms.filter(|_| !secret).and_then(|_| self.sections.linked(&written.description)) {
            samples.extend(forms::marked_samples(self.guide, linked, name));
        }
        let field = Field {
            samples,
            secret,
            name: Found { value: name.to_owned(), line: self.guide.source.line(span.start), span: Some(span) },
            key: known.map_or_else(|| pascal_case(name), |known| key_as_printed(name, &known.key)),
            // A switch without a value is off.
            conditional: form == Some(Form::Boolean) || self.profile.is_described_as_conditional(&description),
            when: None,
            optional: self.alternative
                || marked
                || written.either
                || is_left_out
                || self.profile.is_described_as_optional(&description),
            level: self.level.unwrap_or(Level::Console),
            form,
        };
        found.push(FieldFound { field, platform: self.platform, about: written.about.clone(), in_prose: false });
    }
}
