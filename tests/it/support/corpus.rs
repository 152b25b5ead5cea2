//! Real sites to test against, which are not part of this repository.

use std::path::PathBuf;

/// The environment variable that names their folder.
pub(crate) const VARIABLE: &str = "CONNLINT_CORPUS";

/// A path in the folder that [`VARIABLE`] names. Tests that ask are `#[ignore]`d.
///
/// # Panics
/// The variable is not set, or the path is missing: a test never passes because its data is.
pub(crate) fn path(relative: &str) -> PathBuf {
    let folder = std::env::var_os(VARIABLE).unwrap_or_else(|| panic!("set {VARIABLE} to the folder of real sites"));
    let path = PathBuf::from(folder).join(relative);
    assert!(path.exists(), "{} is missing", path.display());
    path
}
