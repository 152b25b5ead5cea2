//! A run without anything to check: why, and what may help.

use std::path::{Path, PathBuf};

use super::{Error, FileKind, Workspace};

impl Workspace {
    /// The error that there is nothing to check under these paths, `-` among them for a text that is not on disk.
    pub fn nothing_to_check(&self, paths: &[PathBuf]) -> Error {
        let in_memory = || self.named().map(|id| self.file(id)).find(|file| file.held.is_some());
        let name = |path: &PathBuf| {
            let stdin = in_memory().filter(|_| path == Path::new("-")).map(|file| &*file.path);
            format!("`{}`", stdin.unwrap_or(path).display())
        };
        let names: Vec<String> = paths.iter().map(name).collect();
        let (excluded, others): (Vec<_>, Vec<_>) = self
            .files
            .iter()
            .filter(|file| file.explicit || file.kind != FileKind::Page && (file.checked || file.excluded))
            .partition(|file| file.excluded);
        let help = if !excluded.is_empty() && others.is_empty() {
            "all files are excluded: use `--no-exclude` to check them".to_owned()
        } else if self.named().next().is_some() {
            "use `--kind` to check a file regardless of its content".to_owned()
        } else if let Some(pack) = self.pack() {
            let patterns = pack.patterns();
            let paths: Vec<String> = patterns.values().map(|pattern| format!("`{}`", pattern.written())).collect();
            format!("no file matches the paths of the pack `{}`: {}", pack.name, paths.join(", "))
        } else {
            "guides of other vendors need a pack: `connlint packs` lists the built-in ones, `connlint new pack` prints \
             one to start from"
                .to_owned()
        };
        Error::NothingToCheck(names.join(", "), help)
    }
}
