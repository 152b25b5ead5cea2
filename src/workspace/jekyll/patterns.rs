//! The patterns of `include` and `exclude` (`entry_filter.rb`, `glob_include?`).

use globset::{GlobBuilder, GlobSet, GlobSetBuilder};

/// Patterns of paths. `*` and `?` match slashes too (`File.fnmatch?` without `FNM_PATHNAME`), and a pattern
/// matches every path that begins with it: `docs` also leaves out `docs-old`.
#[derive(Debug, Default)]
pub(super) struct Patterns {
    prefixes: Vec<String>,
    globs: GlobSet,
}

impl Patterns {
    pub(super) fn new<'a>(patterns: impl Iterator<Item = &'a str>) -> Self {
        let mut prefixes = Vec::new();
        let mut globs = GlobSetBuilder::new();
        for pattern in patterns.map(|pattern| pattern.trim_start_matches('/')).filter(|pattern| !pattern.is_empty()) {
            if pattern.contains(['*', '?', '[']) {
                // Braces are not alternatives to `File.fnmatch?`.
                let pattern = pattern.replace('{', "[{]").replace('}', "[}]");
                // A pattern that is not a glob matches nothing in Jekyll either.
                if let Ok(glob) = GlobBuilder::new(&pattern).build() {
                    globs.add(glob);
                }
            } else {
                prefixes.push(pattern.to_owned());
            }
        }
        Self { prefixes, globs: globs.build().unwrap_or_default() }
    }

    /// The patterns without wildcards.
    pub(super) fn names(&self) -> impl Iterator<Item = &str> {
        self.prefixes.iter().map(String::as_str)
    }

    /// Whether a file or folder, by its path from the site's source, matches.
    pub(super) fn is_match(&self, path: &str, is_folder: bool) -> bool {
        let folder = |prefix: &str| is_folder && prefix.strip_suffix('/') == Some(path);
        let first = path.as_bytes().first();
        // Most patterns begin otherwise, and each path is compared with all of them.
        let mut alike = self.prefixes.iter().filter(|prefix| prefix.as_bytes().first() == first);
        alike.any(|prefix| path.starts_with(prefix.as_str()) || folder(prefix))
            || !self.globs.is_empty() && self.globs.is_match(path)
    }
}
