//! The language of a page.

use super::{FlatText, Style};

/// Words of which English has several in each sentence, and that other languages do not have.
const FREQUENT: [&str; 17] = [
    "and", "are", "be", "from", "if", "it", "not", "that", "the", "they", "this", "when", "which", "will", "with",
    "you", "your",
];

/// Texts with fewer words may be a title or a label.
const FEWEST_WORDS: usize = 8;

/// A text has one of the frequent words at least among so many. They are about one in eight of English prose.
const LEAST_OFTEN: usize = 40;

impl FlatText {
    /// Whether the text may be English. Spelling is judged by its words only.
    pub fn may_be_english(&self) -> bool {
        // Code and labels are often English where the sentences are not.
        let is_prose = |at: usize| !self.style_at(at).has(Style::CODE) && !self.style_at(at).has(Style::STRONG);
        let words = self.words().iter().filter(|word| is_prose(word.start as usize)).count();
        let frequent = || FREQUENT.iter().flat_map(|word| self.starts_of(word)).filter(|at| is_prose(*at)).count();
        words < FEWEST_WORDS || frequent() * LEAST_OFTEN >= words
    }
}
