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

use std::cell::RefCell;
use std::collections::HashMap;
use std::ops::Range;

use super::{AuthKind, Field, Form, Found, Level, forms};
use crate::guide::{BlockId, BlockKind, Guide};
use crate::profile::{Places, Profile};
use crate::secrets::is_secret_name;
use keys::{key_as_printed, known};
use sections::Sections;

pub(super) use described::described;
pub(super) use keys::{name_for_oauth, pascal_case};
pub(super) use told::{Told, all_sentences, told};

/// The longest step that leads somewhere, in bytes; a longer text only mentions the place.
const LONGEST_STEP: usize = 160;

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
    /// Whether only paragraphs ask for them: they are no list of values then, and none is owed.
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
    for (at, section) in guide.sections.iter().enumerate() {
        // A section is after the one that it is part of.
        let above = section.parent.and_then(|parent| levels[parent]);
        let own = section.heading.and_then(|heading| profile.section_level(&guide.headings[heading].text));
        let level = own.or(above);
        levels.push(level);
        let reader = Reader {
            guide,
            profile,
            words: &words,
            forms: forms.as_ref(),
            sections: &sections,
            lists: &lists,
            connector,
            level,
            announced: false,
            alternative: false,
            platform: level.is_some(),
        };
        let first = found.len();
        reader.read(section.blocks.clone(), &mut found);
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

/// Where a guide has the words that lead to values, looked up once for all of its blocks.
struct Words {
    /// What announces values asked for at installation.
    account_announcements: Places,
    announcements: Places,
    /// What a step says before the names of what it asks for.
    asks: Places,
    /// What names places of the platform ...
    reach: Places,
    /// ... and of its earlier console.
    legacy: Places,
    /// What announces a callback URL.
    callback: Places,
    /// What says that only some of the announced values are needed.
    alternatives: Places,
}

impl Words {
    fn of(guide: &Guide, profile: &Profile) -> Self {
        let text = guide.text.searchable();
        Self {
            account_announcements: profile.values.account_announcements.places_in(&text),
            announcements: profile.values.announcements.places_in(&text),
            asks: profile.values.steps.places_in(&text),
            reach: profile.steps.reach.places_in(&text),
            legacy: profile.steps.legacy.places_in(&text),
            callback: profile.callback.announcements.places_in(&text),
            alternatives: profile.values.optional.alternatives.places_in(&text),
        }
    }

    /// The level of the values that a part of the guide announces, if it does; `current` otherwise.
    fn announced_level(&self, part: &Range<usize>, current: Option<Level>) -> Option<Level> {
        if self.account_announcements.any_within(part) {
            return Some(Level::Account);
        }
        self.announcements.any_within(part).then_some(current.unwrap_or(Level::Console))
    }

    /// Whether a step leads to where values are entered on the platform.
    fn lead_to_platform(&self, step: &Range<usize>) -> bool {
        step.len() <= LONGEST_STEP
            && (self.reach.any_within(step) || self.legacy.any_within(step))
            && !self.callback.any_within(step)
    }
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
    fn read(mut self, blocks: Range<usize>, found: &mut FieldsFound) {
        for id in blocks {
            match self.guide.blocks[id].kind {
                BlockKind::Table { .. } => self.table(id, found),
                BlockKind::Paragraph => self.paragraph(id, found),
                BlockKind::Item(_) if !self.holds_paragraph(id) => self.paragraph(id, found),
                _ => {}
            }
        }
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
            if !names && in_prose {
                // A paragraph may be for some readers only.
                found[first..].iter_mut().for_each(|one| (one.field.optional, one.in_prose) = (true, true));
            }
            if names {
                return;
            }
        }
        if let Some(level) = self.words.announced_level(&own, self.level) {
            self.announced = true;
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
            // A sentence leaves it to whoever installs the connector to enter them; it cannot do without its secrets.
            found[first..].iter_mut().for_each(|one| one.field.optional |= !one.field.secret);
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
        let span = self.guide.text.span_of(written.place.clone());
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
