//! Articles that do not fit the sound of the word after them: "a API key", "an user".
//!
//! Letters do not say how each word begins to sound. Only words are judged that begin as their letters say, or that a
//! table has.

use super::WordSlip;
use crate::guide::words::word_at;
use crate::guide::{FlatText, Style};

/// Words that begin with a vowel and sound like `you` or `one`, by their first letters in lowercase.
const CONSONANT_SOUNDS: &[&str] = &[
    "eu", "ewe", "once", "one", "ouija", "ubiquit", "ufo", "ukulele", "unanim", "unary", "unesco", "unic", "unif",
    "unil", "union", "uniq", "unis", "unit", "univ", "unix", "uri", "url", "usable", "usage", "use", "using", "usual",
    "usurp", "utensil", "utili", "utopi", "uuid",
];

/// Words that begin with `h` and do not sound like it, by their first letters.
const SILENT: &[&str] = &["heir", "herb", "honest", "honor", "honour", "hour"];

/// Abbreviations that are read letter by letter, the first of which sounds like a vowel.
const SPELLED: &[&str] = &[
    "FTP", "FTPS", "HR", "HTML", "HTTP", "HTTPS", "LMS", "MFA", "MX", "NDA", "NPI", "NPS", "RFC", "RFP", "RPC", "RSA",
    "RSS", "S3", "SDK", "SFTP", "SLA", "SMS", "SMTP", "SSH", "SSL", "SSO", "SVG", "X509", "XLS", "XLSX", "XML", "XSD",
];

/// Pairs of consonants that begin words of the language before a vowel.
const ONSETS: &[&str] = &[
    "bl", "br", "ch", "cl", "cr", "dr", "fl", "fr", "gl", "gr", "pl", "pr", "sc", "sh", "sk", "sl", "sm", "sn", "sp",
    "st", "sw", "th", "tr", "tw", "wh", "wr",
];

/// Words that `an` is before when it lacks a letter: "the ID an the secret".
const AFTER_AND: &[&str] = &["their", "then", "the", "this", "your"];

/// Words that begin with a vowel and have no article: what is before them is the name `a`.
const AFTER_NAMES: &[&str] = &[
    "a", "an", "and", "are", "as", "at", "equals", "if", "in", "into", "is", "it", "of", "on", "onto", "or",
    "otherwise",
];

/// Shorter words in lowercase may be abbreviations.
const SHORTEST_WORD: usize = 4;

/// Abbreviations of things that there are several of.
pub(super) const COUNTED: &[&str] = &["API", "CSV", "ID", "IP", "PDF", "SDK", "URI", "URL"];

/// Verbs after several things.
const VERBS_OF_SEVERAL: &[&str] = &["are", "were", "have", "look", "must", "should", "can"];

/// Plurals with an apostrophe at the end of a clause or before its verb: "copy both ID's.", "the URL's are shown".
pub(super) fn plurals(text: &FlatText) -> impl Iterator<Item = WordSlip> + '_ {
    let whole = text.as_str();
    let starts = COUNTED.iter().flat_map(|name| text.starts_of(name).map(move |start| (start, *name)));
    starts.filter_map(move |(start, name)| {
        let rest = whole[start..].strip_prefix(name)?;
        let rest = ["'s", "’s"].iter().find_map(|mark| rest.strip_prefix(mark))?;
        let next = rest.strip_prefix(' ').and_then(|rest| rest.split(|c: char| !c.is_alphanumeric()).next());
        let ends = rest.chars().next().is_none_or(|c| matches!(c, '.' | ',' | ';' | ')' | '\n'))
            || next.is_some_and(|next| VERBS_OF_SEVERAL.contains(&next));
        let range = start..whole.len() - rest.len();
        word_at(text, range.clone())?;
        ends.then(|| WordSlip { range, meant: format!("{name}s"), is_word: true, article_of: None })
    })
}

/// The articles of a text that do not fit.
pub(super) fn slips(text: &FlatText) -> impl Iterator<Item = WordSlip> + '_ {
    text.starts_of("a").chain(text.starts_of("an")).filter_map(|start| slip(text, start))
}

fn slip(text: &FlatText, start: usize) -> Option<WordSlip> {
    let whole = text.as_str();
    let length = whole[start..].bytes().take_while(u8::is_ascii_alphabetic).count();
    let range = start..start + length;
    let article = &whole[range.clone()];
    let next = whole[range.end..].strip_prefix(' ')?;
    let end = next.find(|c: char| !c.is_alphanumeric() && !matches!(c, '-' | '\'')).unwrap_or(next.len());
    let word = &next[..end];
    let place = range.end + 1..range.end + 1 + end;
    // What a page has in code may be read letter by letter.
    if word.is_empty() || !is_article(text, start, article) || text.any_has(place.clone(), Style::CODE) {
        return None;
    }
    // What follows is part of the word: `a user@host`, `a one/two`.
    if next[end..].starts_with(|c: char| !c.is_whitespace() && !",.;:!?)]\"'”’".contains(c)) {
        return None;
    }
    let meant = match article {
        "a" | "A" if sounds_like_vowel(word) => "an",
        "an" | "An" if AFTER_AND.contains(&word) => "and",
        "an" | "An" if sounds_like_consonant(word) => "a",
        _ => return None,
    };
    let is_upper = article.starts_with('A');
    let meant = if is_upper { meant.replacen('a', "A", 1) } else { meant.to_owned() };
    word_at(text, range.clone())?;
    let article_of = (meant.len() < 3).then(|| word.to_owned());
    Some(WordSlip { range, meant, is_word: true, article_of })
}

/// Whether `a` is an article and not a name, as in "sheet A or B", "from a to b".
fn is_article(text: &FlatText, start: usize, article: &str) -> bool {
    let before = &text.as_str()[..start];
    let begins = before.trim_end_matches([' ', '"', '“', '(']);
    let is_first = begins.is_empty() || begins.ends_with(['\n', '.', '!', '?', ':']);
    match article {
        "a" | "an" => before.is_empty() || before.ends_with([' ', '\n', '(', '"', '“']),
        "An" | "A" => is_first,
        _ => false,
    }
}

fn sounds_like_vowel(word: &str) -> bool {
    let lower = word.to_ascii_lowercase();
    let begins = |list: &[&str]| list.iter().any(|known| lower.starts_with(known));
    if SPELLED.contains(&word) || begins(SILENT) {
        return true;
    }
    if !lower.starts_with(['a', 'e', 'i', 'o', 'u']) || begins(CONSONANT_SOUNDS) {
        return false;
    }
    // Of abbreviations in `U`, few are read as words. A single letter is a name, and before these words `a` is one.
    let is_upper = !word.bytes().any(|c| c.is_ascii_lowercase());
    let is_certain = !lower.starts_with('u')
        || !is_upper && ["ul", "um", "un", "up", "ut"].iter().any(|start| lower.starts_with(start));
    word.len() > 1 && !AFTER_NAMES.contains(&lower.as_str()) && is_certain
}

fn sounds_like_consonant(word: &str) -> bool {
    let lower = word.to_ascii_lowercase();
    let first = lower.as_bytes()[0];
    if word.len() < 2 || !first.is_ascii_alphabetic() {
        return false;
    }
    if !word.bytes().any(|c| c.is_ascii_lowercase()) {
        return b"bcdgjkpqtvwyz".contains(&first) || matches!(word, "UI" | "URI" | "URL" | "USB" | "UTC" | "UUID");
    }
    let is_capitalized = word[1..].bytes().all(|c| !c.is_ascii_uppercase());
    if !is_capitalized || word.len() < SHORTEST_WORD && word.starts_with(|c: char| c.is_ascii_lowercase()) {
        return false;
    }
    if b"aeio".contains(&first) || lower.starts_with(['x', 'h']) {
        return lower.starts_with("one-") || lower.starts_with("euro") || matches!(lower.as_str(), "one" | "once");
    }
    if first == b'u' {
        return CONSONANT_SOUNDS.iter().any(|known| lower.starts_with(known));
    }
    let is_vowel = |at: usize| lower.as_bytes().get(at).is_some_and(|c| b"aeiouy".contains(c));
    let onset = lower.get(..2).is_some_and(|two| ONSETS.contains(&two));
    // Three begin with two: `string`.
    let onset_of_three = onset && lower.get(2..3).is_some_and(|third| matches!(third, "l" | "r")) && is_vowel(3);
    is_vowel(1) || onset && is_vowel(2) || onset_of_three
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_begin_as_they_sound() {
        for word in ["API", "app", "OAuth", "hour", "SSO", "XML", "ID", "image", "unknown", "uninstall", "AppDirect"] {
            assert!(sounds_like_vowel(word), "{word}");
            assert!(!sounds_like_consonant(word), "{word}");
        }
        for word in ["user", "URL", "unique", "base", "PDF", "CSV", "Base", "one-time", "string", "unit", "European"] {
            assert!(sounds_like_consonant(word), "{word}");
            assert!(!sounds_like_vowel(word), "{word}");
        }
        // How these sound is not certain.
        for word in ["SaaS", "SQL", "FAQ", "SAML", "MYOB", "FMX", "historic", "hotel", "UAT", "ldap", "html"] {
            assert!(!sounds_like_vowel(word), "{word}");
        }
        for word in ["SQL", "FAQ", "SAML", "MYOB", "FMX", "historic", "UAT", "html", "unimportant", "unintended"] {
            assert!(!sounds_like_consonant(word), "{word}");
        }
    }
}
