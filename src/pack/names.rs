//! Names as a reader compares them: without case, spaces, marks, plural endings and the forms of companies.

use std::ops::Range;

use any_ascii::any_ascii;

/// The legal forms of companies, as they end a name.
const COMPANY_FORMS: [&str; 34] = [
    "ab", "ag", "as", "asa", "aps", "bv", "co", "corp", "corporation", "company", "gmbh", "group", "inc",
    "incorporated", "kft", "kg", "limited", "llc", "llp", "lp", "ltd", "mbh", "nv", "oy", "plc", "pte", "pty", "sa",
    "sarl", "sas", "sl", "spa", "srl", "sro",
];

/// Words that do not distinguish names.
const SMALL_WORDS: [&str; 6] = ["the", "a", "an", "and", "for", "of"];

/// The names of a section as headings are compared with them.
#[derive(Debug)]
pub(super) struct Names {
    /// Its own name as it is said.
    pub(super) spoken: String,
    /// All its names in their loose form.
    pub(super) loose: Vec<String>,
}

/// Whether a reader takes two names for different ones: neither has all of the other, or one is only a remark in the
/// other, in parentheses. Words in `without` do not count.
pub(super) fn differ(left: &str, right: &str, without: &[String]) -> bool {
    let as_written = || differ_in_words(left, right, without);
    as_written() && differ_in_words(&split_camel(left), &split_camel(right), without)
}

fn differ_in_words(left: &str, right: &str, without: &[String]) -> bool {
    let [left, right] = [left, right].map(|name| without_words(name, without));
    if words(&left).concat() == words(&right).concat() {
        return false;
    }
    let [main_left, main_right] = [&left, &right].map(|name| counted(&outside_parentheses(name)));
    let [left, right] = [&left, &right].map(|name| counted(name));
    let is_initials = |short: &[String], long: &[String]| {
        let initials: String = long.iter().filter_map(|word| word.chars().next()).collect();
        short.concat() == initials
    };
    let is_named = |main: &[String], other: &[String]| {
        is_part(main, other) || is_initials(main, other) || is_initials(other, main)
    };
    let is_remark = !is_named(&main_left, &right) || !is_named(&main_right, &left);
    !is_part(&left, &right) || is_remark
}

/// Whether one of two names has all words of the other, or the same letters from a start of a word to an end.
fn is_part(left: &[String], right: &[String]) -> bool {
    let all_in = |some: &[String], others: &[String]| some.iter().all(|word| others.contains(word));
    let holds = |all: &[String], part: &[String]| Naming::of_words(all.iter()).has(&part.concat());
    holds(left, right) || holds(right, left) || all_in(left, right) || all_in(right, left)
}

/// A name without its parentheses, unless nothing else is in it.
fn outside_parentheses(name: &str) -> String {
    let mut depth = 0usize;
    let mut outside = String::with_capacity(name.len());
    for letter in name.chars() {
        match letter {
            '(' => depth += 1,
            ')' => depth = depth.saturating_sub(1),
            _ if depth == 0 => outside.push(letter),
            _ => {}
        }
    }
    if outside.contains(char::is_alphanumeric) { outside } else { name.to_owned() }
}

/// A name in lowercase without phrases.
fn without_words(name: &str, without: &[String]) -> String {
    let phrases = without.iter().filter(|phrase| !phrase.is_empty());
    let text = format!(" {} ", any_ascii(name).to_lowercase());
    phrases.fold(text, |text, phrase| replace_words(&text, &phrase.to_lowercase()))
}

/// The words of a name that count.
fn counted(name: &str) -> Vec<String> {
    let all = words(name);
    let strip = |list: &[&str], all: &[String]| -> Vec<String> {
        all.iter().filter(|word| !list.contains(&word.as_str())).cloned().collect()
    };
    let without_small = strip(&SMALL_WORDS, &all);
    let kept = strip(&COMPANY_FORMS, &without_small);
    let kept = if kept.is_empty() { without_small } else { kept };
    kept.iter().map(|word| singular(word).to_owned()).collect()
}

/// The text without a phrase, where it is not inside a word.
fn replace_words(text: &str, phrase: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find(phrase) {
        let (before, after) = (&rest[..at], &rest[at + phrase.len()..]);
        let ends = |edge: Option<char>, inner: Option<char>| {
            !(edge.is_some_and(char::is_alphanumeric) && inner.is_some_and(char::is_alphanumeric))
        };
        let is_whole = ends(before.chars().next_back(), phrase.chars().next())
            && ends(after.chars().next(), phrase.chars().next_back());
        out.push_str(before);
        out.push_str(if is_whole { " " } else { phrase });
        rest = after;
    }
    out.push_str(rest);
    out
}

/// The words of a text in lowercase, without the marks of letters; `&` is a word.
pub(super) fn words(text: &str) -> Vec<String> {
    let text = any_ascii(text).to_lowercase().replace('&', " and ").replace('\'', "");
    text.split(|letter: char| !letter.is_alphanumeric()).filter(|word| !word.is_empty()).map(str::to_owned).collect()
}

/// A word without the ending of a plural.
pub(super) fn singular(word: &str) -> &str {
    match word.strip_suffix('s') {
        Some(single) if single.len() > 2 && !single.ends_with(['s', 'u', 'i']) => single,
        _ => word,
    }
}

/// A name in the form in which a reader takes two for one: words without plural endings, joined.
pub(super) fn loose(name: &str) -> String {
    words(name).iter().map(|word| singular(word)).collect()
}

/// The words that distinguish a name from others.
pub(super) fn telling(name: &str) -> Vec<String> {
    let spaced = split_camel(name);
    let words = words(&spaced);
    words.iter().filter(|word| !SMALL_WORDS.contains(&word.as_str())).map(|word| singular(word).to_owned()).collect()
}

/// A name in camel case with spaces.
fn split_camel(name: &str) -> String {
    let mut out = String::with_capacity(name.len() + 8);
    let mut last = ' ';
    for letter in name.chars() {
        if letter.is_uppercase() && (last.is_lowercase() || last.is_ascii_digit()) {
            out.push(' ');
        }
        out.push(letter);
        last = letter;
    }
    out
}

/// A text in which names are looked for. A name starts and ends where a word or a part of one in camel case does:
/// `RapidAPI key` names the API key.
pub(super) struct Naming {
    joined: String,
    /// Where words start, in order, and where the last one ends.
    starts: Vec<usize>,
}

impl Naming {
    pub(super) fn new(text: &str) -> Self {
        Self::of_words(words(&split_camel(text)).iter())
    }

    fn of_words<'a>(words: impl Iterator<Item = &'a String>) -> Self {
        let (mut joined, mut starts) = (String::new(), vec![0]);
        for word in words {
            joined.push_str(word);
            starts.push(joined.len());
        }
        Self { joined, starts }
    }

    /// Whether the text has a name, in the singular or plural.
    pub(super) fn names(&self, name: &str) -> bool {
        self.has(singular(&words(name).concat()))
    }

    /// Whether the text has joined words, or their plural.
    fn has(&self, joined: &str) -> bool {
        let is_edge = |at: usize| self.starts.binary_search(&at).is_ok();
        let ends = |at: usize| {
            ["", "s", "es"].iter().any(|plural| self.joined[at..].starts_with(plural) && is_edge(at + plural.len()))
        };
        let mut found = self.joined.match_indices(joined).map(|(at, _)| at);
        !joined.is_empty() && found.any(|at| is_edge(at) && ends(at + joined.len()))
    }
}

/// A text in which names are looked for, with their places.
pub(super) struct Located<'a> {
    text: &'a str,
    joined: String,
    /// Where each byte of the joined words is from.
    places: Vec<usize>,
}

impl<'a> Located<'a> {
    pub(super) fn new(text: &'a str) -> Self {
        let (mut joined, mut places) = (String::with_capacity(text.len()), Vec::with_capacity(text.len()));
        let mut buffer = [0; 4];
        for (at, letter) in text.char_indices() {
            let written = words(letter.encode_utf8(&mut buffer)).concat();
            places.resize(places.len() + written.len(), at);
            joined.push_str(&written);
        }
        Self { text, joined, places }
    }

    /// Where the text first has one of some names.
    pub(super) fn find_any<'b>(&self, names: impl Iterator<Item = &'b str>) -> Option<Range<usize>> {
        names.into_iter().find_map(|name| self.find(name))
    }

    fn find(&self, name: &str) -> Option<Range<usize>> {
        let name = words(name).concat();
        let name = Some(singular(&name)).filter(|name| !name.is_empty())?;
        let at = self.joined.match_indices(name).map(|(at, _)| at).find(|at| self.starts_word(*at))?;
        let last = self.places[at + name.len() - 1];
        let end = last + self.text[last..].chars().next().map_or(0, char::len_utf8);
        Some(self.places[at]..end)
    }

    /// Whether a word of the text starts at a byte of the joined words.
    fn starts_word(&self, at: usize) -> bool {
        let (before, after) = self.text.split_at(self.places[at]);
        let is_capital = after.starts_with(char::is_uppercase);
        before.chars().next_back().is_none_or(|last| !last.is_alphanumeric() || is_capital && last.is_lowercase())
    }
}

#[cfg(test)]
mod tests {
    use super::differ;

    #[test]
    fn a_name_in_parentheses_is_a_remark() {
        let without = ["(beta)".to_owned()];
        for (left, right) in [
            ("Otter Pay (https://otterpay.example)", "Otter Pay"),
            ("Otter Pay (Willow)", "OtterPay Inc."),
            ("Otter & Pay (beta)", "Otter and Pay"),
            ("Blue Otter Systems (BOS)", "BOS"),
            ("BOS (Blue Otter Systems)", "Blue Otter Systems"),
            ("(Otter)", "Otter"),
            ("Pay by Otter", "Otter Pay"),
            ("Otter.co", "Otterco"),
            ("OtterHQ", "Otter"),
        ] {
            assert!(!differ(left, right, &without) && !differ(right, left, &without), "{left}");
        }
        for (left, right) in [
            ("Pay Chat (Otter)", "Otter"),
            ("Otter", "Jo Reed (Otter)"),
            ("Otter (Willow)", "Reed (Otter)"),
            ("Otter", "Seaotter"),
            ("Refiner", "Refinery"),
        ] {
            assert!(differ(left, right, &without) && differ(right, left, &without), "{left}");
        }
    }
}
