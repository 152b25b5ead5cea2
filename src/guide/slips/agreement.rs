//! Verbs in another number than what they are about, where a sentence begins: "The URLs is", "Each set of values are".

use super::WordSlip;
use super::articles::COUNTED;
use crate::guide::words::word_at;
use crate::guide::{FlatText, Style};

/// What there are several of in guides, besides abbreviations.
const SEVERAL: &[&str] =
    &["credentials", "details", "fields", "keys", "permissions", "scopes", "settings", "steps", "tokens", "values"];

/// What begins the name of things.
const DETERMINERS: &[&str] = &["The", "These", "Those", "Your"];

/// Bytes before a verb in which its sentence begins.
const LONGEST_SUBJECT: usize = 48;

/// The verbs of a text that do not agree.
pub(super) fn slips(text: &FlatText) -> impl Iterator<Item = WordSlip> + '_ {
    let is = text.starts_of("is").map(|at| (at, "is", "are"));
    let are = text.starts_of("are").map(|at| (at, "are", "is"));
    is.chain(are).filter_map(|(start, written, meant)| {
        let whole = text.as_str();
        let range = start..start + written.len();
        let before = text.line_before(start, LONGEST_SUBJECT);
        let subject = whole[before.clone()].strip_suffix(' ')?;
        // A sentence may begin further up.
        let sentence = match subject.rfind(". ") {
            Some(end) => &subject[end + 2..],
            None if before.start == 0 || whole[..before.start].ends_with('\n') => subject,
            None => return None,
        };
        let words: Vec<&str> = sentence.split(' ').collect();
        let is_lower = |word: &str| word.bytes().all(|c| c.is_ascii_lowercase());
        let disagrees = match (written, words.as_slice()) {
            ("is", [determiner, things]) => DETERMINERS.contains(determiner) && is_several(things),
            ("are", ["Each", thing, "of", others @ ..]) => {
                matches!(others.len(), 1 | 2) && is_lower(thing) && others.iter().all(|word| is_lower(word))
            }
            _ => false,
        };
        // What follows may be one of the things, with their name wrong: "The URLs is `https://acme.example`".
        let is_one = || text.any_has(range.end..(range.end + 2).min(whole.len()), Style::CODE);
        let is_verb =
            disagrees && !is_one() && whole[start..].starts_with(written) && word_at(text, range.clone()).is_some();
        is_verb.then(|| WordSlip { range, meant: meant.to_owned(), is_word: true, article_of: None })
    })
}

fn is_several(things: &str) -> bool {
    SEVERAL.contains(&things) || things.strip_suffix('s').is_some_and(|one| COUNTED.contains(&one))
}
