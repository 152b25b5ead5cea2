//! What others publish and the tests compare with: `tests/data`.

use std::path::Path;

/// The text of a file below `tests/data`.
///
/// # Panics
/// The file is missing: a test never passes because its data is.
#[expect(clippy::disallowed_methods, reason = "a test reads its own material")]
pub(crate) fn read(path: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data").join(path);
    std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}
