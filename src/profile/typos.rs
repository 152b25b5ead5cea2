//! Common misspellings: of no vendor, so the list is no part of a profile.

use std::collections::HashMap;
use std::sync::LazyLock;

/// One `misspelling: correction` on each line.
const LIST: &str = include_str!("../../schemas/typos.yaml");

static CORRECTIONS: LazyLock<HashMap<&'static str, &'static str>> = LazyLock::new(|| {
    // The list is YAML of one flat form (a test reads it as YAML too), so its lines are its entries.
    LIST.lines().filter(|line| !line.starts_with('#')).filter_map(|line| line.split_once(": ")).collect()
});

/// Which shapes (first two letters and length) the misspellings have: nearly all words of a text have
/// another one, and need no look-up.
static SHAPES: LazyLock<Vec<bool>> = LazyLock::new(|| {
    let mut shapes = vec![false; 1 << 15];
    for shape in CORRECTIONS.keys().filter_map(|word| shape(word)) {
        shapes[shape] = true;
    }
    shapes
});

/// The shape of a word; the same whatever the case of its letters.
fn shape(word: &str) -> Option<usize> {
    let [first, second, ..] = word.as_bytes() else { return None };
    Some(usize::from(first & 31) << 10 | usize::from(second & 31) << 5 | word.len() & 31)
}

/// What was meant by a word, if it is one of the known misspellings; a capital at its start is kept.
///
/// A word with capitals elsewhere is a name and has no correction.
pub fn correction(word: &str) -> Option<String> {
    if !SHAPES[shape(word)?] {
        return None;
    }
    let rest = word.get(1..)?;
    if rest.chars().any(char::is_uppercase) {
        return None;
    }
    let correct = *CORRECTIONS.get(word.to_lowercase().as_str())?;
    let capital = word.starts_with(char::is_uppercase);
    Some(if capital { correct[..1].to_uppercase() + &correct[1..] } else { correct.to_owned() })
}
