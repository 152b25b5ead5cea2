//! Phrases of guides that hold the connector's own name: `find the {connector} connector`.

use std::ops::Range;

use serde::Deserialize;

use super::Phrases;
use super::sections::CONNECTOR;
use crate::searchable::Searchable;

/// The longest name that a phrase may hold, in bytes; beyond it the words are no name.
const LONGEST_NAME: usize = 60;

/// Phrases with a place for the connector's name.
#[derive(Debug, Default, Deserialize)]
#[serde(try_from = "Vec<String>")]
pub struct ConnectorPhrases {
    /// What stands before the name and what stands behind it, in lower case.
    parts: Vec<(String, String)>,
    /// What stands before names, each once.
    starts: Phrases,
}

impl TryFrom<Vec<String>> for ConnectorPhrases {
    type Error = String;

    fn try_from(phrases: Vec<String>) -> Result<Self, String> {
        let split = |phrase: &String| match phrase.split_once(CONNECTOR) {
            Some((before, after)) if !before.trim().is_empty() && !after.trim().is_empty() => {
                Ok((before.trim().to_lowercase(), after.trim().to_lowercase()))
            }
            _ => Err(format!("`{phrase}` needs words on both sides of `{CONNECTOR}`")),
        };
        let parts = phrases.iter().map(split).collect::<Result<Vec<_>, _>>()?;
        let mut starts: Vec<String> = parts.iter().map(|(before, _)| before.clone()).collect();
        starts.sort_unstable();
        starts.dedup();
        Ok(Self { parts, starts: Phrases::from(starts) })
    }
}

impl ConnectorPhrases {
    /// Where names stand in the phrases found in `text`, in order. A phrase does not run beyond its
    /// sentence.
    pub fn names_in(&self, text: &Searchable<'_>) -> Vec<Range<usize>> {
        let found = self.starts.find_in(text).into_iter();
        let text = text.text();
        let names = found.filter_map(|(index, before)| {
            let start = &self.starts.as_slice()[index];
            let behind = self.parts.iter().filter(|(own, _)| own == start).map(|(_, after)| after);
            let ends = behind.filter_map(|after| name_end(&text[before.end..], after));
            ends.min().map(|end| trimmed(text, before.end..before.end + end))
        });
        names.filter(|name| !name.is_empty()).collect()
    }
}

/// Where the name at the beginning of `rest` ends: before the first `after` in the same sentence.
fn name_end(rest: &str, after: &str) -> Option<usize> {
    let blanks = memchr::memchr_iter(b' ', &rest.as_bytes()[..rest.len().min(LONGEST_NAME + 1)]);
    let is_after = |at: &usize| {
        let behind = rest.get(at + 1..at + 1 + after.len());
        behind.is_some_and(|behind| behind.eq_ignore_ascii_case(after))
    };
    let end = blanks.into_iter().find(is_after)?;
    let phrase = &rest[..end + 1 + after.len()];
    let one_sentence = !phrase.contains(['\n', ':', ';', ',', '!', '?']) && !phrase.contains(". ");
    let whole = !rest[phrase.len()..].starts_with(char::is_alphanumeric);
    (whole && one_sentence).then_some(end)
}

fn trimmed(text: &str, range: Range<usize>) -> Range<usize> {
    let name = &text[range.clone()];
    let start = range.start + (name.len() - name.trim_start().len());
    start..start + name.trim().len()
}
