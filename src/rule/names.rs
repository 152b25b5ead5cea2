//! Names of connectors, compared as people write them.

use super::Page;
use crate::nearest::slips;
use crate::profile::{fold, in_address};

/// Words of the longest name.
const MOST_WORDS: usize = 12;

/// Whether two names may be those of one connector: one has the other in it or is short for it, or words of both differ
/// by a slip.
pub fn is_alike(own: &str, name: &str) -> bool {
    let (whole, wanted) = (fold(own), fold(name));
    let is_initials = |long: &str, short: &str| {
        let initials: String = words(long).filter_map(|word| word.chars().next()).collect();
        initials.len() > 1 && fold(&initials) == fold(short)
    };
    let has_slip = || {
        let wanted: Vec<String> = words(name).take(MOST_WORDS).map(fold).collect();
        let is_near = |own: String| wanted.iter().any(|word| slips(&own, word, word.len() / 4).is_some());
        words(own).take(MOST_WORDS).map(fold).any(is_near)
    };
    whole.contains(&wanted)
        || !whole.is_empty() && wanted.contains(&whole)
        || has_slip()
        || is_initials(own, name)
        || is_initials(name, own)
}

/// The connector's name with the words that the permalink has after it and the guide uses: `Acme Admin` for a guide to
/// "Acme" at `acme-admin-connector`. `None` where there are none, or only a version or the way to sign in.
pub fn fuller_name(page: &Page<'_>) -> Option<String> {
    let (profile, text) = (page.profile, &page.guide.text);
    let name = page.contract.connector.as_ref()?.value.as_str();
    let address = page.contract.permalink.as_ref()?.value.strip_suffix(profile.form(page.kind).suffix.as_str())?;
    let spelled = in_address(name);
    let is_name = |end: &usize| spelled.contains(&fold(&address[..*end]));
    let end = address.match_indices('-').map(|(at, _)| at).take(MOST_WORDS).find(is_name)?;
    let is_form = |word: &str| {
        let of_title = profile.guides.title_words.iter().chain(&profile.product_words);
        is_version(word) || word.starts_with("oauth") || of_title.into_iter().any(|own| own.eq_ignore_ascii_case(word))
    };
    let more: Vec<&str> = address[end + 1..].split('-').collect();
    let is_used = |word: &&str| word.len() > 1 && !is_form(word) && text.starts_of(word).next().is_some();
    let capitalized = |word: &str| word[..1].to_uppercase() + &word[1..];
    (more.iter().all(is_used) && more.iter().all(|word| word.is_ascii()))
        .then(|| more.iter().fold(name.to_owned(), |name, word| name + " " + &capitalized(word)))
}

/// Whether a word is the version of a thing: `v2`, `2.0`.
pub fn is_version(word: &str) -> bool {
    let number = word.strip_prefix(['v', 'V']).unwrap_or(word);
    number.starts_with(|c: char| c.is_ascii_digit()) && number.bytes().all(|c| c.is_ascii_digit() || c == b'.')
}

/// Words that distinguish products.
pub fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !c.is_alphanumeric()).filter(|word| word.len() > 1)
}
