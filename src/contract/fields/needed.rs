//! The values that a guide without a list of values to enter says the connector needs: "you will need a `Client ID` and an
//! `API Key`", "you will need the following:" and a list, "in the connector setup, enter the API Key".

use std::ops::Range;

use super::keys::key_as_printed;
use super::steps::{self, BOXES};
use super::{Field, Found, Level, pascal_case, told};
use crate::guide::{BlockId, BlockKind, Guide, Inline, InlineKind};
use crate::profile::Profile;
use crate::secrets::is_secret_name;

/// Words of a sentence about how the connector is set up.
const SET_UPS: &[&str] = &["connector", "authenticat", "install", "set up", "setup"];

/// Words before what is needed, and before what is entered.
const VERBS: &[&str] = &[" need ", " needs ", " needed are ", "equires ", " need:", " requires:"];
const ENTERS: &[&str] = &["nter ", "rovide "];

/// Words right after the values that are needed.
const NEEDED: &[&str] =
    &[" is required", " are required", " will be required", " is needed", " are needed", " will be needed"];

/// Words that make what a sentence asks for one of several, or a choice.
const OPEN: &[&str] = &[
    "if", "unless", "either", "optional", "optionally", "instead", "not", "without", "alternatively", "once",
    "addition", "additionally",
];

/// Words between a verb and a name.
const FILLERS: &[&str] = &[
    "to", "provide", "know", "enter", "have", "use", "is", "are", "both", "valid", "your", "their", "the", "a", "an",
    "its", "own", "also", "personal", "along", "with", "and", "following",
];

/// Words that may follow a list of names in its sentence, besides those after a list that is entered.
const ENDS: &[&str] = &["when", "is", "are", "will", "and", "combination"];

/// The most words of a name.
const LONGEST_NAME: usize = 4;

/// The most values; a guide has fewer.
const MOST_VALUES: usize = 16;

/// The values that the connector needs, each once. A sentence may speak of some of them only, or of some readers.
pub(in crate::contract) fn needed(
    guide: &Guide,
    profile: &Profile,
    connector: Option<&str>,
    level: Level,
) -> Vec<Field> {
    let reader = Reader { guide, profile, connector };
    let mut found = Vec::new();
    let is_text = |id: &BlockId| matches!(guide.blocks[*id].kind, BlockKind::Paragraph | BlockKind::Item(_));
    for block in (0..guide.blocks.len()).filter(is_text) {
        let mut is_about = false;
        for sentence in told::sentences(guide, &guide.own_text(block)) {
            // "You will also need ..." goes on with what the sentence before it is about.
            let text = &guide.text.as_str()[sentence.clone()];
            is_about = Reader::is_about_set_up(text) || is_about && text.contains(" also need ") && is_for_all(text);
            let listed = reader.list_after(block, &sentence);
            let names = listed.or_else(|| reader.names_in(&sentence, is_about)).unwrap_or_default();
            for name in names {
                reader.push(name, level, &mut found);
            }
        }
    }
    found
}

/// The names in a list.
struct Names {
    found: Vec<Range<usize>>,
    /// Where the last of them ends.
    end: usize,
}

struct Reader<'a> {
    guide: &'a Guide,
    profile: &'a Profile,
    connector: Option<&'a str>,
}

impl Reader<'_> {
    /// What a sentence says is needed or entered.
    fn names_in(&self, sentence: &Range<usize>, is_about_set_up: bool) -> Option<Vec<Range<usize>>> {
        let text = &self.guide.text.as_str()[sentence.clone()];
        if !is_about_set_up {
            return None;
        }
        let after = |verbs: &[&str]| verbs.iter().filter_map(|verb| Some(text.find(verb)? + verb.len())).min();
        let lower = text.to_ascii_lowercase();
        let has = |words: &[&str]| words.iter().any(|word| lower.contains(word));
        // "When it is installed, Acme will use your email": what is used is entered where the connector signs in.
        let enters = if has(&["authenticat", "connector set", "connector field"]) {
            after(ENTERS).into_iter().chain(after(&[" use "])).min()
        } else {
            after(ENTERS).filter(|_| has(&["connector"]) && has(&["install"]))
        };
        if let Some(boxed) = enters.and_then(|start| self.in_box(sentence.start + start..sentence.end)) {
            return Some(boxed);
        }
        let starts = [after(VERBS), enters].into_iter().flatten();
        let told =
            starts.map(|start| self.names(sentence.start + start..sentence.end)).find(|names| !names.found.is_empty());
        let told = told.filter(|names| self.ends(names.end, sentence)).map(|names| self.destination(names, sentence));
        let told = told.or_else(|| {
            let names = self.names(sentence.clone());
            let rest = &self.guide.text.as_str()[names.end..sentence.end];
            (!names.found.is_empty() && NEEDED.iter().any(|words| rest.starts_with(words))).then_some(names)
        });
        told.map(|names| names.found)
    }

    /// The names of the values that something is entered as: "enter this in the `URL` field".
    fn in_box(&self, part: Range<usize>) -> Option<Vec<Range<usize>>> {
        let text = &self.guide.text.as_str()[part.clone()];
        let leads = [" in the ", " into the "].iter().flat_map(|lead| text.match_indices(lead));
        let starts = leads.map(|(at, lead)| part.start + at + lead.len());
        let names = starts.map(|start| self.names(start..part.end)).filter(|names| {
            let rest = &self.guide.text.as_str()[names.end..part.end];
            names.found.len() == 1 && BOXES.iter().any(|word| rest.starts_with(word))
        });
        let found: Vec<Range<usize>> = names.flat_map(|names| names.found).collect();
        (!found.is_empty()).then_some(found)
    }

    /// The name of the value that another one is entered as: "enter the token in the API Key field".
    fn destination(&self, names: Names, sentence: &Range<usize>) -> Names {
        let rest = &self.guide.text.as_str()[names.end..sentence.end];
        let lead = [" in the ", " into the ", " as the ", " as your ", " in your "]
            .iter()
            .find(|lead| rest.starts_with(**lead));
        let Some(lead) = lead.filter(|_| names.found.len() == 1) else { return names };
        let other = self.names(names.end + lead.len()..sentence.end);
        if other.found.is_empty() { names } else { other }
    }

    /// Whether a sentence is about the setup of the connector, and needed by all readers.
    fn is_about_set_up(text: &str) -> bool {
        let lower = text.to_ascii_lowercase();
        SET_UPS.iter().any(|word| lower.contains(word)) && is_for_all(&lower)
    }

    /// Whether the list of names is all of what its part of the sentence speaks of: "the API key feature" is another thing.
    fn ends(&self, end: usize, sentence: &Range<usize>) -> bool {
        let rest = &self.guide.text.as_str()[end..sentence.end];
        let next = rest.split_whitespace().next().unwrap_or_default();
        let word = next.trim_end_matches(|c: char| !c.is_alphanumeric());
        !rest.starts_with(char::is_alphanumeric)
            && (!next.starts_with(char::is_alphanumeric) || [ENDS, steps::ENDS].iter().any(|ends| ends.contains(&word)))
    }

    /// The names of the items of the list that a sentence announces: "you will need:".
    fn list_after(&self, block: BlockId, sentence: &Range<usize>) -> Option<Vec<Range<usize>>> {
        let text = self.guide.text.as_str()[sentence.clone()].trim_end();
        let asks = |text: &str| {
            let lower = text.to_ascii_lowercase();
            ["need", "require", "provide"].iter().any(|verb| lower.contains(verb))
        };
        // A colon may have been forgotten.
        let is_lead = text.ends_with(':') || text.ends_with(" need") || text.contains(" the following ");
        if !is_lead || !asks(text) || !Self::is_about_set_up(text) {
            return None;
        }
        let blocks = &self.guide.blocks;
        let is_list = |id: &BlockId| matches!(blocks[*id].kind, BlockKind::List { .. });
        let inside = self.guide.children(block).find(is_list);
        let beside =
            || (block + 1..blocks.len()).find(|next| blocks[*next].parent() == blocks[block].parent()).filter(is_list);
        let list = inside.or_else(beside)?;
        let mut all = Vec::new();
        for item in self.guide.children(list) {
            let own = self.guide.own_text(item);
            let mut names = self.names(own.clone());
            if names.found.is_empty() || !self.ends(names.end, &own) {
                names.found = self.short_name(&own).into_iter().collect();
            }
            all.extend(names.found);
        }
        let is_name = |name: &Range<usize>| self.profile.names_a_value(&self.guide.text.as_str()[name.clone()]);
        all.iter().any(is_name).then_some(all)
    }

    /// The few words before a remark that an item of a list is: "Realm (e.g. NORTH)".
    fn short_name(&self, own: &Range<usize>) -> Option<Range<usize>> {
        let text = &self.guide.text.as_str()[own.clone()];
        let end = [" (", " - ", ":", ". "].iter().filter_map(|mark| text.find(mark)).min().unwrap_or(text.len());
        let name = text[..end].trim().trim_end_matches('.');
        let start = own.start + text.find(name)?;
        let is_name = name.split(' ').count() < LONGEST_NAME
            && name.starts_with(char::is_uppercase)
            && name.chars().all(|c| c.is_alphanumeric() || c == ' ');
        is_name.then(|| start..start + name.len())
    }

    /// The names at the beginning of a part of the text, with commas and "and" between them.
    fn names(&self, part: Range<usize>) -> Names {
        let text = self.guide.text.as_str();
        let mut names = Names { found: Vec::new(), end: part.start };
        let mut at = part.start;
        while names.found.len() < MOST_VALUES {
            let start = self.without_fillers(at..part.end);
            let Some(name) = self.name_at(start..part.end) else { break };
            names.end = name.end;
            // The mark of a name, and a remark on it.
            let rest = &text[names.end..part.end];
            let quote = rest.len() - rest.trim_start_matches(['"', '\u{201d}', '`']).len();
            let remark =
                rest[quote..].strip_prefix(" (").and_then(|inner| Some(inner.find(')')? + 3)).unwrap_or_default();
            names.end += quote;
            names.found.push(name);
            let rest = &text[names.end + remark..part.end];
            let separators = [", and ", " and ", ", ", "/", " along with "];
            let Some(separator) = separators.iter().find(|separator| rest.starts_with(**separator)) else { break };
            at = names.end + remark + separator.len();
        }
        names
    }

    /// Where a part of the text begins without words that are in no name.
    fn without_fillers(&self, part: Range<usize>) -> usize {
        let text = &self.guide.text.as_str()[part.clone()];
        let mut rest = text;
        loop {
            let trimmed = rest.trim_start_matches([' ', '"', '\u{201c}', '\n']);
            let word = trimmed.split(' ').next().unwrap_or_default();
            let is_filler = FILLERS.iter().any(|filler| filler.eq_ignore_ascii_case(word));
            let is_marked = self.marked_at(part.end - trimmed.len()).is_some();
            let lead = self.connector.filter(|_| !is_marked).filter(|name| {
                trimmed.get(..name.len()).is_some_and(|head| head.eq_ignore_ascii_case(name))
                    && trimmed[name.len()..].starts_with(' ')
            });
            match lead {
                Some(name) => rest = &trimmed[name.len()..],
                None if is_filler => rest = &trimmed[word.len()..],
                None => return part.end - trimmed.len(),
            }
        }
    }

    /// The strong or code text that begins at a place.
    fn marked_at(&self, place: usize) -> Option<&Inline> {
        let inlines = &self.guide.inlines;
        let first = inlines.partition_point(|inline| (inline.text.start as usize) < place);
        let mut here = inlines[first..].iter().take_while(|inline| inline.text.start as usize == place);
        here.find(|inline| matches!(inline.kind, InlineKind::Strong | InlineKind::Code))
    }

    /// The name that a part of the text begins with: a marked one, or one of the vocabulary.
    fn name_at(&self, part: Range<usize>) -> Option<Range<usize>> {
        let guide = self.guide;
        let text = &guide.text.as_str()[part.clone()];
        if let Some(inline) = self.marked_at(part.start).filter(|inline| inline.text.end as usize <= part.end) {
            let name = guide.text_in(&inline.text).trim_end_matches([':', ' ', '.']);
            let is_name = self.profile.names_a_value(name) || inline.kind == InlineKind::Code && name.contains('-');
            return (is_name && !name.is_empty()).then_some(part.start..part.start + name.len());
        }
        let is_end = |c: char| !(c.is_alphanumeric() || c == '-');
        let ends = text.match_indices(is_end).map(|(at, _)| at).chain([text.len()]).take(LONGEST_NAME);
        let ends: Vec<usize> = ends.filter(|end| text[..*end].ends_with(char::is_alphanumeric)).collect();
        let is_capitalised = |name: &str| name.split(' ').all(|word| word.starts_with(char::is_uppercase));
        // "Your base `URL`": the last word is the name.
        let first = guide.inlines.partition_point(|inline| (inline.text.start as usize) < part.start);
        let inside = guide.inlines[first..]
            .iter()
            .take_while(|inline| (inline.text.end as usize) <= part.end)
            .find(|inline| matches!(inline.kind, InlineKind::Strong | InlineKind::Code))
            .map(|inline| inline.text.start as usize..inline.text.end as usize)
            .filter(|place| ends.iter().any(|end| part.start + end == place.end));
        if let Some(place) = inside.filter(|place| self.profile.field(&guide.text.as_str()[place.clone()]).is_some()) {
            return Some(place);
        }
        ends.into_iter().rev().find_map(|end| {
            let name = &text[..end];
            let known = self.profile.field(name).is_some_and(|known| known.key != "Login");
            let has_words = name.contains(' ') && name.chars().all(|c| c.is_alphanumeric() || c == ' ');
            // "An API secret key".
            let is_kind = || {
                let first = name.split(' ').next().unwrap_or_default();
                first.chars().all(char::is_uppercase) && self.profile.known_ending(name).is_some()
            };
            let is_one = || !name.split(' ').any(|word| FILLERS.contains(&word));
            let is_name =
                has_words && is_one() && (is_capitalised(name) && self.profile.names_a_value(name) || is_kind());
            (known || is_name).then(|| part.start..part.start + end)
        })
    }

    /// Adds a value that is not yet known.
    fn push(&self, name: Range<usize>, level: Level, fields: &mut Vec<Field>) {
        let text = &self.guide.text.as_str()[name.clone()];
        let known = self.profile.field(text);
        let key = known.map_or_else(|| pascal_case(text), |known| key_as_printed(text, &known.key));
        if fields.iter().any(|field| field.key == key) || fields.len() >= MOST_VALUES {
            return;
        }
        let span = self.guide.text.span_of(name);
        let line = self.guide.source.line(span.start);
        fields.push(Field {
            name: Found { value: text.to_owned(), line, span: Some(span) },
            key,
            optional: true,
            conditional: false,
            when: None,
            secret: known.map_or_else(|| is_secret_name(text), |known| known.secret),
            level,
            form: None,
            samples: Vec::new(),
        });
    }
}

/// Whether what a text asks for is neither one of several nor for some readers only.
pub(super) fn is_for_all(text: &str) -> bool {
    let mut words = text.split(|c: char| !c.is_alphanumeric());
    !words.any(|word| OPEN.iter().any(|open| open.eq_ignore_ascii_case(word)))
}
