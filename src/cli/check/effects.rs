//! Options without an effect in a run.

use std::path::PathBuf;

use super::CheckArguments;
use crate::cli::Error;
use crate::cli::formats::Target;
use crate::report::Format;

impl CheckArguments {
    /// Says which options have no effect in this run.
    pub(super) fn remark_unused(&self, paths: &[PathBuf], targets: &[Target]) -> Result<(), Error> {
        let fixes = self.fixes.writes() || self.fixes.diff;
        let (selection, reads_stdin) = (&self.selection, self.inputs.reads_stdin());
        if self.known.new_since.is_some() && reads_stdin {
            return Err(Error::Arguments("`--new-since` cannot compare standard input: remove one of them"));
        }
        let is_overview = targets.iter().any(|target| target.format == Format::Text);
        let unused = [
            ("--fixable", !selection.fixable.is_empty() && !fixes, "without `--fix`, `--fix-only` or `--diff`"),
            ("--unfixable", !selection.unfixable.is_empty() && !fixes, "without `--fix`, `--fix-only` or `--diff`"),
            (
                "--kind",
                self.inputs.kind.is_some() && !reads_stdin && paths.iter().all(|path| path.is_dir()),
                "on folders",
            ),
            ("--max-per-rule", self.display.limits_overview() && !is_overview, "without the format `text`"),
        ];
        for (option, _, where_) in unused.iter().filter(|(_, is_unused, _)| *is_unused) {
            self.display.remark(&format!("`{option}` has no effect {where_}"))?;
        }
        Ok(())
    }
}
