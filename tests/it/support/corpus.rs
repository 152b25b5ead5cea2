//! Real sites to test against, which are not part of this repository. Tests that ask for them are `#[ignore]`d.

use std::path::PathBuf;

/// The folder of the sites: `CONNLINT_CORPUS`.
pub(crate) fn folder() -> PathBuf {
    named("CONNLINT_CORPUS")
}

/// A path in the folder of the sites.
///
/// # Panics
/// It is missing: a test never passes because its data is.
pub(crate) fn path(relative: &str) -> PathBuf {
    let path = folder().join(relative);
    assert!(path.exists(), "{} is missing", path.display());
    path
}

/// What kramdown makes of the guides, a line of JSON each: `CONNLINT_STRUCTURE`.
pub(crate) fn oracle() -> PathBuf {
    named("CONNLINT_STRUCTURE")
}

/// The file or folder that an environment variable names.
fn named(variable: &str) -> PathBuf {
    let path = std::env::var_os(variable).map(PathBuf::from);
    path.filter(|path| path.exists()).unwrap_or_else(|| panic!("{variable} names no file or folder"))
}
