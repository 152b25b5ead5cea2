//! What keeps secrets out of everything that is printed.
//!
//! Which bytes of a file are secret is marked where it is parsed ([`SourceFile::hide`]). Whatever prints source text
//! asks here.

use std::borrow::Cow;
use std::ops::Range;
use std::sync::Arc;

use aho_corasick::{AhoCorasick, AhoCorasickKind, MatchKind};

use super::SourceFile;
use super::marks::LineMarks;
use super::ranges::{merged, spliced};

/// What is printed for a secret; its length says nothing about the secret's.
pub const MASK: &str = "••••••••";

/// Shorter texts are not looked for outside their place: they would be found by chance.
const SHORTEST_SOUGHT: usize = 4;

/// The secrets of the files that a text is about.
#[derive(Debug, Default)]
pub struct Secrets {
    files: Vec<Arc<SourceFile>>,
}

impl Secrets {
    /// The secrets that `files` hold.
    pub fn of<'a>(files: impl Iterator<Item = &'a Arc<SourceFile>>) -> Self {
        Self { files: files.filter(|file| !file.hidden().is_empty()).map(Arc::clone).collect() }
    }

    /// Where `text` has secrets, in order, without overlaps.
    pub fn places_in(&self, text: &str) -> Vec<Range<usize>> {
        let mut files = self.files.iter();
        let Some(first) = files.next() else { return Vec::new() };
        let found = first.secrets_in(text);
        files.fold(found, |found, file| merged([found, file.secrets_in(text)].concat()))
    }

    /// How many bytes the longest secret has.
    pub fn longest(&self) -> usize {
        self.files.iter().map(|file| file.longest_hidden).max().unwrap_or_default()
    }

    /// `text` with every secret redacted.
    pub fn redact<'t>(&self, text: &'t str) -> Cow<'t, str> {
        redact_at(text, &self.places_in(text))
    }
}

/// `text` with a mask instead of each of `places`, which are in order and do not overlap.
pub(crate) fn redact_at<'t>(text: &'t str, places: &[Range<usize>]) -> Cow<'t, str> {
    if places.is_empty() {
        return Cow::Borrowed(text);
    }
    Cow::Owned(spliced(text, 0..text.len(), places.iter().map(|place| (place.clone(), MASK))))
}

impl SourceFile {
    /// The file with byte ranges marked as secret; its text is copied only if it is shared. `escaped` are those that are
    /// written with escapes, as they are read.
    #[must_use]
    pub fn hiding(self: Arc<Self>, ranges: Vec<Range<usize>>, escaped: Vec<String>) -> Arc<Self> {
        if ranges.is_empty() {
            return self;
        }
        let mut own = Arc::unwrap_or_clone(self);
        own.hide(ranges);
        own.escaped_secrets = escaped;
        Arc::new(own)
    }

    /// Marks byte ranges as secret: no report may print them.
    pub fn hide(&mut self, ranges: impl IntoIterator<Item = Range<usize>>) {
        let on_boundaries =
            |range: Range<usize>| self.text.floor_char_boundary(range.start)..self.text.ceil_char_boundary(range.end);
        let added: Vec<_> = ranges.into_iter().filter(|range| !range.is_empty()).map(on_boundaries).collect();
        self.hidden = merged([std::mem::take(&mut self.hidden), added].concat());
        self.longest_hidden = self.hidden.iter().map(Range::len).max().unwrap_or_default();
        self.secret_texts.take();
        self.line_marks = LineMarks::default();
    }

    /// Byte ranges that hold secrets. Sorted, without overlaps.
    pub fn hidden(&self) -> &[Range<usize>] {
        &self.hidden
    }

    /// Whether any byte of `range` is secret.
    pub fn is_hidden(&self, range: Range<usize>) -> bool {
        !self.hidden_in(range).is_empty()
    }

    /// The secret ranges that have bytes of `range`.
    pub fn hidden_in(&self, range: Range<usize>) -> &[Range<usize>] {
        let first = self.hidden.partition_point(|secret| secret.end <= range.start);
        let count = self.hidden[first..].partition_point(|secret| secret.start < range.end);
        &self.hidden[first..first + count]
    }

    /// Where `text` repeats secrets of this file, in order, without overlaps.
    pub fn secrets_in(&self, text: &str) -> Vec<Range<usize>> {
        let Some(texts) = self.secret_texts.get_or_init(|| self.automaton()) else { return Vec::new() };
        texts.find_iter(text).map(|found| found.start()..found.end()).collect()
    }

    /// `text` with every secret of this file redacted.
    pub fn redact<'t>(&self, text: &'t str) -> Cow<'t, str> {
        redact_at(text, &merged(self.secrets_in(text)))
    }

    /// The whole text with every secret redacted, also where it is repeated; lines stay lines.
    pub fn redacted(&self) -> String {
        let places = merged([self.hidden.clone(), self.secrets_in(&self.text)].concat());
        let masks = |place: &Range<usize>| {
            let lines = memchr::memchr_iter(b'\n', self.text[place.clone()].as_bytes()).count();
            vec![MASK; lines + 1].join("\n")
        };
        spliced(&self.text, 0..self.text.len(), places.into_iter().map(|place| (place.clone(), masks(&place))))
    }

    /// Finds the secret texts in all their spellings; `None` if there are none.
    fn automaton(&self) -> Option<AhoCorasick> {
        let mut texts: Vec<String> =
            self.hidden.iter().flat_map(|range| spellings(&self.text[range.clone()])).collect();
        texts.extend(self.escaped_secrets.iter().cloned());
        texts.retain(|text| text.len() >= SHORTEST_SOUGHT);
        texts.sort();
        texts.dedup();
        // It is built for each file that has secrets and reads little text: what is quickest to build is best.
        let kind = Some(AhoCorasickKind::NoncontiguousNFA);
        let build = || AhoCorasick::builder().kind(kind).match_kind(MatchKind::LeftmostLongest).build(&texts);
        (!texts.is_empty()).then(|| build().expect("the secrets of a file fit an automaton"))
    }
}

/// How a secret can be in a message: as written, without its quotes, unescaped, or one line of it.
fn spellings(written: &str) -> Vec<String> {
    let bare = written.trim().trim_matches(['"', '\'']);
    let mut spellings = vec![bare.to_owned()];
    spellings.extend(bare.lines().map(str::trim).filter(|line| line.len() < bare.len()).map(String::from));
    if bare.contains('\\') {
        spellings.extend(serde_json::from_str::<String>(&format!("\"{bare}\"")).ok());
    }
    if bare.contains("''") {
        spellings.push(bare.replace("''", "'"));
    }
    spellings
}
