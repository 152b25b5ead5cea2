//! A page as GitHub publishes it: every rule, every format.

#![no_main]

use connlint::testing::dialects::Dialect;
use connlint_fuzz::check;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    if let Some(outcome) = check("a.md", bytes, Dialect::Gfm) {
        outcome.assert_sound();
    }
});
