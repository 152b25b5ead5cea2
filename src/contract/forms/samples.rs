//! The addresses and the examples that a guide prints for a value.

use std::ops::Range;

use super::literals::{is_address, literals};
use crate::guide::Guide;
use crate::profile::fold;

/// The most samples of one value.
const MOST_SAMPLES: usize = 4;

/// The addresses and the examples that a part of the guide's text prints for a value.
pub(in crate::contract) fn samples(guide: &Guide, about: Range<usize>) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    for literal in literals(guide, about) {
        let is_word = literal.marked && is_example_word(literal.text);
        if literal.placeholder().is_none()
            && (is_word || is_address(literal.text))
            && !found.iter().any(|known| known == literal.text)
        {
            found.push(literal.text.to_owned());
        }
        if found.len() == MOST_SAMPLES {
            break;
        }
    }
    found
}

/// Whether a word is what authors of examples write for a name: `yourdomain`, `my-company`, `example`.
fn is_example_word(text: &str) -> bool {
    let folded = fold(text);
    let is_word = !text.contains(char::is_whitespace) && text.len() < 32;
    is_word && ["your", "my", "example", "company", "sample", "acme"].iter().any(|start| folded.starts_with(start))
}
