//! Finds secrets in any text: tokens and keys that their form gives away, passwords in URLs, and values that follow a
//! name such as `Client Secret:`.
//!
//! One scanner for every kind of file and for everything that is printed. What a file format adds (the value of a
//! property, a nested mapping) is known where that format is read.

mod assignments;
mod formats;
mod names;
mod private_keys;
mod samples;
mod urls;

use std::borrow::Cow;
use std::ops::Range;

use crate::source::{drop_overlapping, merged, redact_at, spliced};

pub use assignments::{assigned, credentials, rest_of_broken_lines};
pub use formats::{Format, formats};
pub use names::{is_hidden_name, is_like_secret_name, is_secret_name, words};
pub use samples::{is_plain_password, looks_random};
pub use urls::{any_in_urls, random_in_urls, secret_parameters};

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Secret {
    /// Its bytes.
    pub range: Range<usize>,
    /// What it is: `GitHub token`.
    pub name: &'static str,
}

/// The tokens and private keys in a text that their form gives away, in order and without overlaps. Samples that
/// say what they are, and those that vendors document, are left out.
pub fn known(text: &str) -> Vec<Secret> {
    let mut found = private_keys::find(text);
    found.extend(formats::find(text));
    drop_overlapping(&mut found, |secret| &secret.range);
    found
}

/// What is probably a secret: random values in URLs and after names of secrets. Documentation has such values as
/// samples, so they are redacted but not reported.
pub fn likely(text: &str) -> impl Iterator<Item = Range<usize>> + '_ {
    random_in_urls(text).chain(credentials(text)).chain(assigned(text))
}

/// `text` with every secret that its form gives away redacted: for texts that belong to no file, such as
/// messages and paths.
pub fn redact(text: &str) -> Cow<'_, str> {
    let known = known(text).into_iter().map(|secret| secret.range);
    redact_at(text, &merged(known.chain(likely(text)).collect()))
}

/// A text that is printed with every token and private key that its form gives away redacted.
pub fn redact_known(text: String) -> String {
    let known = known(&text);
    if known.is_empty() {
        return text;
    }
    redact_at(&text, &merged(known.into_iter().map(|secret| secret.range).collect())).into_owned()
}

/// `text` with an asterisk for each byte of a secret, so that all places stay what they are.
pub fn blank_out(text: &str) -> String {
    let known = known(text).into_iter().map(|secret| secret.range);
    let places = merged(known.chain(likely(text)).collect());
    spliced(text, 0..text.len(), places.into_iter().map(|place| (place.clone(), "*".repeat(place.len()))))
}

/// At most so many of the last bytes of a text.
pub(crate) fn end_of(text: &str, most: usize) -> &str {
    &text[text.ceil_char_boundary(text.len().saturating_sub(most))..]
}
