//! `--baseline`, `--write-baseline` and `--new-since`: which findings are reported.

use std::path::{Path, PathBuf};

use clap::Args;

use super::display::DisplayArguments;
use super::replace::write;
use super::{Error, counted};
use crate::baseline::{Baseline, Matcher, Stale};
use crate::changes::Changes;
use crate::engine::Filter;
use crate::project;
use crate::settings::Settings;
use crate::workspace;

/// Files with stale entries that are named before the rest is only counted.
const NAMED: usize = 3;

#[derive(Debug, Args)]
pub(super) struct KnownArguments {
    /// Report only findings that are not in this file
    #[arg(long, value_name = "FILE")]
    pub(super) baseline: Option<PathBuf>,
    /// Report the findings of the baseline as well
    #[arg(long, conflicts_with_all = ["baseline", "write_baseline"])]
    pub(super) no_baseline: bool,
    /// Record all findings in the baseline, so that later runs report new ones only
    #[arg(long, conflicts_with_all = ["new_since", "diff", "fix_only"])]
    write_baseline: bool,
    /// Report only findings on lines that changed since the merge base with a Git revision, or of `A...B`
    #[arg(long, value_name = "REV")]
    pub(super) new_since: Option<String>,
}

impl KnownArguments {
    /// Whether the baseline is written.
    pub(super) fn writes(&self) -> bool {
        self.write_baseline
    }

    /// What is to be left out of the report of `paths`.
    pub(super) fn filter(&self, settings: &Settings, paths: &[PathBuf]) -> Result<Filter, Error> {
        let changes = self.new_since.as_ref().map(|revision| Changes::since(revision, paths)).transpose()?;
        let filter = Filter { changes, ..Filter::default() };
        if let Some(path) = settings.baseline.as_deref().filter(|_| self.write_baseline) {
            let mut recording = if workspace::is_file(path) { read(path)? } else { Baseline::new(path) };
            let exists = |path: &Path| !matches!(workspace::exists(path), Err(workspace::Error::Missing(_)));
            recording.forget_gone(paths, exists);
            return Ok(Filter { recording: Some(recording), ..filter });
        }
        let baseline = settings.baseline.as_deref().map(read).transpose()?;
        Ok(Filter { baseline: baseline.map(|baseline| Matcher::new(baseline, workspace::is_file)), ..filter })
    }

    /// The findings of `paths` that are not reported, and so not fixed. All are fixed before a baseline is written.
    pub(super) fn unfixed(&self, settings: &Settings, paths: &[PathBuf]) -> Result<Filter, Error> {
        if self.write_baseline { Ok(Filter::default()) } else { self.filter(settings, paths) }
    }

    /// Writes what was recorded, or says what is stale.
    pub(super) fn finish(filter: Filter, settings: &Settings, display: &DisplayArguments) -> Result<(), Error> {
        let Some(target) = settings.baseline.as_deref() else { return Ok(()) };
        let path = target.display();
        if let Some(recording) = filter.recording {
            write(target, &recording.to_text())?;
            let (findings, files) = recording.size();
            let (findings, files) = (counted(findings, "finding", "findings"), counted(files, "file", "files"));
            display.remark(&format!("recorded {findings} in {files} to `{path}`"))?;
        }
        let stale = filter.baseline.map(Matcher::stale).unwrap_or_default();
        if !stale.is_empty() {
            let count: usize = stale.iter().map(|stale| stale.count).sum();
            let (entries, files) = (counted(count, "entry", "entries"), names(&stale));
            let (verb, pronoun) = if count == 1 { ("matches", "it") } else { ("match", "them") };
            display.remark(&format!(
                "{entries} of `{path}` no longer {verb}, in {files}; run `--write-baseline` to remove {pronoun}"
            ))?;
        }
        Ok(())
    }
}

fn read(path: &Path) -> Result<Baseline, Error> {
    if !path.exists() {
        return Err(Error::File(format!("baseline `{}` not found; create it with `--write-baseline`", path.display())));
    }
    if !workspace::is_file(path) {
        return Err(Error::File(format!("baseline `{}` is not a file", path.display())));
    }
    Ok(project::baseline(path)?)
}

fn names(stale: &[Stale]) -> String {
    let named: Vec<_> = stale.iter().take(NAMED).map(|stale| format!("`{}`", stale.path)).collect();
    let rest = stale.len().saturating_sub(NAMED);
    let rest = if rest > 0 { format!(" and {rest} other files") } else { String::new() };
    format!("{}{rest}", named.join(", "))
}
