//! The language of a page.

use super::FlatText;

/// Words of which English has several in each sentence, and that other languages do not have.
const FREQUENT: [&str; 17] = [
    "and", "are", "be", "from", "if", "it", "not", "that", "the", "they", "this", "when", "which", "will", "with",
    "you", "your",
];

/// Texts with fewer words may be a title and a table.
const FEWEST_WORDS: usize = 20;

/// A text has one of the frequent words at least among so many. They are about one in eight of English prose; code has
/// fewer, and texts of other languages quote some.
const LEAST_OFTEN: usize = 100;

impl FlatText {
    /// Whether the text may be English. Spelling is judged by its words only.
    pub fn may_be_english(&self) -> bool {
        let words = self.words().len();
        let frequent = || FREQUENT.iter().map(|word| self.starts_of(word).count()).sum::<usize>();
        words < FEWEST_WORDS || frequent() * LEAST_OFTEN >= words
    }
}
