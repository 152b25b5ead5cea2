//! A pack: read, or refused with a place within the file.

#![no_main]

use connlint::testing::Pack;
use connlint::testing::source::{FileId, SourceFile};
use connlint::testing::tree::yaml;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    let source = SourceFile::new(FileId::default(), "pack.yaml", text);
    let documents = yaml::parse(&source, 0..text.len());
    let Some(node) = documents.documents.first() else { return };
    if let Err(problem) = Pack::from_node(node) {
        assert!(text.get(problem.span.range()).is_some(), "{}", problem.message);
    }
});
