//! Fingerprints, which identify a finding even if its line moves.
//!
//! How findings with one fingerprint are counted is left to those who keep them.

use std::borrow::Cow;
use std::fmt;

use serde::de::{self, Deserialize, Deserializer};
use serde::{Serialize, Serializer};
use sha2::{Digest, Sha256};

use crate::source::{SourceFile, Span};

/// Stands for a secret: a line does not change its fingerprint when its secret does.
const MASK: char = '*';

/// The mark of a finding: its rule and the text of the line that it is on.
///
/// The first 16 bytes of the SHA-256 of rule, a zero byte, and the line without white space around
/// it and without its secrets: so no secret can be guessed from a fingerprint, and any other program
/// can make the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Fingerprint([u8; 16]);

impl Fingerprint {
    /// The fingerprint of a finding of `rule` whose primary place is `span`.
    pub fn new(rule: &str, source: &SourceFile, span: Span) -> Self {
        let mark = source.line_mark(rule, source.line(span.start), |line| {
            let text = redacted(source, line);
            let text = text.trim_matches(|c: char| c.is_whitespace() || c == '\u{feff}');
            Self::shortened(Sha256::new().chain_update(rule).chain_update([0]).chain_update(text)).0
        });
        Self(mark)
    }

    /// The mark of one finding among all of a run: of those in the file at `path` that have this
    /// fingerprint the one with this number.
    #[must_use]
    pub fn of_one(self, path: &str, number: usize) -> Self {
        let number = (number as u64).to_be_bytes();
        Self::shortened(Sha256::new().chain_update(self.0).chain_update(number).chain_update(path))
    }

    fn shortened(hash: Sha256) -> Self {
        let mut short = [0; 16];
        short.iter_mut().zip(hash.finalize()).for_each(|(short, byte)| *short = byte);
        Self(short)
    }
}

/// The text of a line, with [`MASK`] for each secret.
fn redacted(source: &SourceFile, line: Span) -> Cow<'_, str> {
    let line = line.range();
    let inside = source.hidden_in(line.clone());
    let mut out = String::new();
    let mut done = line.start;
    for secret in inside {
        out.push_str(&source.text()[done..secret.start.max(done)]);
        out.push(MASK);
        done = secret.end.min(line.end);
    }
    if done == line.start {
        return Cow::Borrowed(&source.text()[line]);
    }
    out.push_str(&source.text()[done..line.end]);
    Cow::Owned(out)
}

impl fmt::Display for Fingerprint {
    /// 32 hexadecimal digits.
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(out, "{byte:02x}"))
    }
}

impl Serialize for Fingerprint {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Fingerprint {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = Cow::<str>::deserialize(deserializer)?;
        let number = (text.len() == 32).then(|| u128::from_str_radix(&text, 16).ok()).flatten();
        let number = number.ok_or_else(|| de::Error::custom("a fingerprint is 32 hexadecimal digits"))?;
        Ok(Self(number.to_be_bytes()))
    }
}
