//! What keeps secrets out of everything that is printed.
//!
//! Which bytes of a file are secret is marked where it is parsed ([`SourceFile::hide`]).

use std::borrow::Cow;
use std::ops::Range;

use super::SourceFile;

/// What is printed for a secret; its length tells nothing of the secret's.
pub const MASK: &str = "••••••••";

/// Shorter texts are not looked for outside their place: they would be found by chance.
const SHORTEST_SOUGHT: usize = 4;

/// The secret texts of some files.
#[derive(Debug, Default)]
pub struct Secrets {
    texts: Vec<String>,
}

impl Secrets {
    /// The secrets that `files` hold.
    pub fn of<'a>(files: impl Iterator<Item = &'a SourceFile>) -> Self {
        let hidden = files.flat_map(|file| file.hidden().iter().map(|range| &file.text()[range.clone()]));
        let mut texts: Vec<String> =
            hidden.flat_map(spellings).filter(|text| text.len() >= SHORTEST_SOUGHT).map(String::from).collect();
        texts.sort();
        texts.dedup();
        Self { texts }
    }

    /// Where secrets stand in `text`, in order, without overlaps.
    pub fn places_in(&self, text: &str) -> Vec<Range<usize>> {
        // Most files hold none.
        if self.texts.is_empty() {
            return Vec::new();
        }
        let found = self.texts.iter().flat_map(|secret| text.match_indices(secret.as_str()));
        merged(found.map(|(start, secret)| start..start + secret.len()).collect())
    }

    /// `text` with every secret masked.
    pub fn mask<'t>(&self, text: &'t str) -> Cow<'t, str> {
        let places = self.places_in(text);
        if places.is_empty() {
            return Cow::Borrowed(text);
        }
        let mut out = String::with_capacity(text.len());
        let mut done = 0;
        for place in places {
            out.push_str(&text[done..place.start]);
            out.push_str(MASK);
            done = place.end;
        }
        out.push_str(&text[done..]);
        Cow::Owned(out)
    }
}

/// The ranges in order, those that touch or overlap as one.
pub(crate) fn merged(mut ranges: Vec<Range<usize>>) -> Vec<Range<usize>> {
    ranges.sort_by_key(|range| (range.start, range.end));
    ranges.dedup_by(|next, kept| {
        let touches = next.start <= kept.end;
        if touches {
            kept.end = kept.end.max(next.end);
        }
        touches
    });
    ranges
}

impl SourceFile {
    /// The text with every secret masked, wherever it stands; lines stay lines.
    pub fn masked(&self) -> String {
        let text = self.text();
        let secrets = Secrets::of(std::iter::once(self));
        let places = merged(self.hidden().iter().cloned().chain(secrets.places_in(text)).collect());
        let mut out = String::with_capacity(text.len());
        let mut done = 0;
        for place in places {
            out.push_str(&text[done..place.start]);
            out.push_str(MASK);
            for _ in memchr::memchr_iter(b'\n', text[place.clone()].as_bytes()) {
                out.push('\n');
                out.push_str(MASK);
            }
            done = place.end;
        }
        out.push_str(&text[done..]);
        out
    }
}

/// How a secret can stand in a message: as written, without its quotes, or one line of it.
fn spellings(written: &str) -> impl Iterator<Item = &str> {
    let bare = written.trim().trim_matches(['"', '\'']);
    std::iter::once(bare).chain(bare.lines().map(str::trim).filter(move |line| line.len() < bare.len()))
}
