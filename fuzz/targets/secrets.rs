//! No report shows a token, wherever it is planted.
//!
//! The first byte chooses the kind of file, the second one the token, the third and the fourth its place.

#![no_main]

use std::sync::LazyLock;

use connlint::testing::dialects::Dialect;
use connlint::testing::report::Format;
use connlint::testing::secrets;
use connlint_fuzz::check;
use libfuzzer_sys::fuzz_target;
use proptest::strategy::{Strategy, ValueTree};
use proptest::string::string_regex;
use proptest::test_runner::TestRunner;

/// A token of each format whose pattern says all about it.
static TOKENS: LazyLock<Vec<String>> = LazyLock::new(|| {
    let mut runner = TestRunner::deterministic();
    let mut token = |pattern: &str| Some(string_regex(pattern).ok()?.new_tree(&mut runner).ok()?.current());
    let tokens = secrets::formats().iter().filter_map(|format| token(&format.pattern));
    tokens.filter(|token| !secrets::redact(&format!(" {token} ")).contains(token.trim())).collect()
});

fuzz_target!(|bytes: &[u8]| {
    let [kind, which, high, low, rest @ ..] = bytes else { return };
    let Ok(text) = std::str::from_utf8(rest) else { return };
    let token = &TOKENS[usize::from(*which) % TOKENS.len()];
    let wanted = usize::from(u16::from_be_bytes([*high, *low])) % (text.len() + 1);
    let at = (wanted..=text.len()).find(|at| text.is_char_boundary(*at)).unwrap_or(text.len());
    let planted = format!("{} {token} {}", &text[..at], &text[at..]);
    let path = ["a.md", "a.connector.yaml", "a.connector.json"][usize::from(*kind) % 3];
    let Some(outcome) = check(path, planted.as_bytes(), Dialect::Kramdown) else { return };
    for format in Format::ALL {
        assert!(!outcome.rendered(format).contains(token.as_str()), "{} shows a token", format.name());
    }
});
