//! Phrases of guides that hold the connector's own name: `find the {connector} connector`.

use std::collections::BTreeSet;
use std::ops::Range;

use serde::Deserialize;

use super::Phrases;
use super::sections::CONNECTOR;
use crate::searchable::Searchable;

/// The longest name that a phrase may hold, in bytes; beyond it the words are not name.
const LONGEST_NAME: usize = 60;

/// Phrases with a place for the connector's name.
#[derive(Debug, Default, Deserialize)]
#[serde(try_from = "Vec<String>")]
pub struct ConnectorPhrases {
    /// The text before the name and the text after it, in lower case.
    parts: Vec<(String, String)>,
    /// The text before names, each once.
    starts: Phrases,
    /// The text after names, each once.
    ends: Phrases,
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
        let starts: BTreeSet<&String> = parts.iter().map(|(before, _)| before).collect();
        let ends: BTreeSet<&String> = parts.iter().map(|(_, after)| after).collect();
        let phrases = |texts: BTreeSet<&String>| Phrases::from(texts.into_iter().cloned().collect::<Vec<_>>());
        Ok(Self { starts: phrases(starts), ends: phrases(ends), parts })
    }
}

impl ConnectorPhrases {
    /// Where names are in the phrases found in `text`, in order. A phrase does not run beyond its
    /// sentence.
    pub fn names_in(&self, text: &Searchable<'_>) -> Vec<Range<usize>> {
        // Many phrases begin with common words and few are read to their end, so both sides are looked up.
        let mut ends = self.ends.all_in(text);
        ends.sort_unstable_by_key(|(_, range)| range.start);
        let found = self.starts.find_in(text).into_iter();
        let text = text.text();
        let names = found.filter_map(|(index, before)| {
            let start = &self.starts.as_slice()[index];
            let first = ends.partition_point(|(_, end)| end.start <= before.end);
            let near = ends[first..].iter().take_while(|(_, end)| end.start <= before.end + 1 + LONGEST_NAME);
            let near = near.map(|(end, _)| &self.ends.as_slice()[*end]);
            let following = near.filter(|end| self.parts.iter().any(|(own, after)| own == start && after == *end));
            let rest = &text[before.end..];
            let ends = following.filter_map(|after| name_end(rest, after));
            ends.min().map(|end| trimmed(text, before.end..before.end + end))
        });
        names.filter(|name| !name.is_empty()).collect()
    }
}

/// The bytes up to the end of the first sentence.
fn sentence(bytes: &[u8]) -> &[u8] {
    let is_end = |at: &usize| match bytes[*at] {
        b'\n' | b':' | b';' | b',' | b'!' | b'?' => true,
        b' ' => bytes[..*at].ends_with(b"."),
        _ => false,
    };
    &bytes[..(0..bytes.len()).find(is_end).unwrap_or(bytes.len())]
}

/// Where the name at the beginning of `rest` ends: before the first `after` in the same sentence.
fn name_end(rest: &str, after: &str) -> Option<usize> {
    let near = rest.len().min(LONGEST_NAME + 1 + after.len());
    let sentence = sentence(&rest.as_bytes()[..near]);
    let is_end = |at: &usize| {
        let following = sentence.get(at + 1..at + 1 + after.len());
        sentence[*at] == b' ' && following.is_some_and(|following| following.eq_ignore_ascii_case(after.as_bytes()))
    };
    let end = (0..sentence.len().min(LONGEST_NAME + 1)).find(is_end)?;
    let whole = !rest[end + 1 + after.len()..].starts_with(char::is_alphanumeric);
    whole.then_some(end)
}

fn trimmed(text: &str, range: Range<usize>) -> Range<usize> {
    let name = &text[range.clone()];
    let start = range.start + (name.len() - name.trim_start().len());
    start..start + name.trim().len()
}

#[cfg(test)]
mod tests {
    use super::{ConnectorPhrases, LONGEST_NAME, Searchable};

    #[test]
    fn names_are_found_up_to_the_longest() {
        let phrases =
            ConnectorPhrases::try_from(vec!["find the {connector} connector here".to_owned()]).expect("a phrase");
        for (length, found) in [(1, 1), (30, 1), (LONGEST_NAME - 1, 1), (LONGEST_NAME + 1, 0)] {
            let text = format!("Find the {} connector here, and more.", "n".repeat(length));
            assert_eq!(phrases.names_in(&Searchable::new(&text)).len(), found, "{length}");
        }
        assert!(phrases.names_in(&Searchable::new("Find the Acme. connector here")).is_empty());
    }
}
