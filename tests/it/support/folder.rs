//! Files for a run of the program.

use std::path::Path;

/// Writes a file below `folder`, with the folders on the way.
#[expect(clippy::disallowed_methods, reason = "the tests write the files to be checked")]
pub(crate) fn write(folder: &Path, name: &str, text: &str) {
    let path = folder.join(name);
    std::fs::create_dir_all(path.parent().expect("a file is in a folder")).expect("a folder can be made");
    std::fs::write(path, text).expect("a file can be written");
}
