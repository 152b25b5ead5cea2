//! Verbs in another number than what they are about, where a sentence begins: "The URLs is", "Each set of values are".

use super::WordSlip;
use super::articles::COUNTED;
use crate::guide::words::{OBJECTS, word_at};
use crate::guide::{FlatText, Style};

/// What there are several of in guides, besides abbreviations.
const SEVERAL: &[&str] =
    &["credentials", "details", "fields", "keys", "permissions", "scopes", "settings", "steps", "tokens", "values"];

/// What there is one of, and what it does.
const ONE: &[&str] = &["API", "application", "button", "connector", "field", "guide", "method", "page", "platform"];
const VERBS: &[&str] = &["contain", "need", "provide", "require"];

/// What begins the name of things.
const DETERMINERS: &[&str] = &["The", "These", "Those", "Your"];

/// Bytes before a verb in which its sentence begins.
const LONGEST_SUBJECT: usize = 48;

/// The verbs of a text that do not agree.
pub(super) fn slips(text: &FlatText) -> impl Iterator<Item = WordSlip> + '_ {
    let is = text.starts_of("is").map(|at| (at, "is", "are"));
    let are = text.starts_of("are").map(|at| (at, "are", "is"));
    let plural = VERBS.iter().flat_map(|verb| text.starts_of(verb).map(move |at| (at, *verb, "")));
    is.chain(are).chain(plural).filter_map(|(start, written, meant)| {
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
            (verb, ["The", names @ .., thing]) => {
                let is_name = |word: &&str| word.starts_with(char::is_uppercase);
                VERBS.contains(&verb) && ONE.contains(thing) && names.len() < 4 && names.iter().all(is_name)
            }
            _ => false,
        };
        let meant = if meant.is_empty() { format!("{written}s") } else { meant.to_owned() };
        // After a verb in the plural its object begins: "need" is a noun, too, and a modal before another verb.
        let next = whole[range.end..].strip_prefix(' ').and_then(|rest| rest.split(' ').next()).unwrap_or_default();
        let has_object = !VERBS.contains(&written) || next == "to" || OBJECTS.contains(&next);
        let set = [Style::STRONG, Style::EMPHASIS, Style::LINK];
        let is_name = || set.into_iter().any(|style| text.any_has(range.clone(), style));
        // What follows may be one of the things, with their name wrong: "The URLs is `https://acme.example`".
        let is_one = || text.any_has(range.end..(range.end + 2).min(whole.len()), Style::CODE);
        let is_verb = disagrees
            && has_object
            && !is_name()
            && !is_one()
            && whole[start..].starts_with(written)
            && word_at(text, range.clone()).is_some();
        is_verb.then_some(WordSlip { range, meant, is_word: true, article_of: None })
    })
}

fn is_several(things: &str) -> bool {
    SEVERAL.contains(&things) || things.strip_suffix('s').is_some_and(|one| COUNTED.contains(&one))
}
