//! Safe fixes, to the end: nothing that they leave can be fixed again, and no error is new.
//!
//! The first byte chooses the kind of file.

#![no_main]

use std::sync::Arc;

use connlint::testing::diagnostic::{Applicability, FAULT};
use connlint::testing::dialects::Dialect;
use connlint::testing::engine::check_source;
use connlint::testing::fix::apply_until_stable;
use connlint::testing::source::{FileId, SourceFile};
use connlint_fuzz::{settings, workspace};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let Some((first, rest)) = bytes.split_first() else { return };
    let Ok(text) = std::str::from_utf8(rest) else { return };
    let path = ["a.md", "a.connector.yaml", "a.connector.json"][usize::from(*first) % 3];
    let Some(workspace) = workspace(path, rest, Dialect::Kramdown) else { return };
    let settings = settings();
    let check = |text: &str| {
        let source = SourceFile::new(FileId(0), workspace.display(FileId(0)), text);
        let checked = check_source(&workspace, &settings, Arc::new(source));
        let diagnostics = checked.map(|checked| checked.diagnostics).unwrap_or_default();
        assert!(diagnostics.iter().all(|diagnostic| diagnostic.rule != FAULT), "a fault of the program");
        diagnostics
    };
    let fixed = apply_until_stable(text, Applicability::Safe, check);
    if fixed.skipped.is_empty() {
        let again = apply_until_stable(&fixed.text, Applicability::Safe, check);
        assert_eq!((again.applied, again.skipped.len()), (0, 0), "fixes are left");
        assert_eq!(again.text, fixed.text);
    }
});
