//! Settings in TOML: every mistake has a place within the file.

#![no_main]

use connlint::testing::Settings;
use connlint::testing::source::{FileId, SourceFile};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    let source = SourceFile::new(FileId::default(), "connlint.toml", text);
    let (_, problems) = Settings::read(&source);
    for problem in problems {
        assert!(text.get(problem.span.range()).is_some(), "{}", problem.message);
    }
});
