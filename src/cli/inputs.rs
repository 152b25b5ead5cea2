//! What `connlint check` is given: paths, standard input, and what named files are taken for.

use std::collections::BTreeSet;
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use clap::{Args, ValueEnum};

use super::display::DisplayArguments;
use super::{Error, counted, output};
use crate::config::{Config, Reading};
use crate::engine;
use crate::paths::{GlobError, PathGlobs};
use crate::profile::GuideKind;
use crate::report::one_line;
use crate::secrets::redact_known;
use crate::settings::Settings;
use crate::source::{FileId, Size, SourceFile};
use crate::workspace::{self, FileKind, InMemory, Named, Options, Workspace};

#[derive(Debug, Args)]
#[allow(clippy::struct_excessive_bools, reason = "each is a flag of the command line")]
pub(super) struct InputArguments {
    /// Files and folders; `-` reads one file from standard input [default: .]
    paths: Vec<PathBuf>,
    /// Read standard input and check it under this name
    #[arg(long, value_name = "PATH")]
    stdin_filename: Option<String>,
    /// Check named files as this kind, regardless of their names and content
    #[arg(long, value_enum)]
    pub(super) kind: Option<KindArgument>,
    /// Do not check these files and folders, in addition to those that the settings exclude
    #[arg(long, value_name = "GLOB", conflicts_with = "no_exclude")]
    pub(super) exclude: Vec<String>,
    /// Also check files that the settings or `_config.yml` exclude
    #[arg(long, conflicts_with = "force_exclude")]
    pub(super) no_exclude: bool,
    /// The default
    #[arg(long, hide = true)]
    force_exclude: bool,
    /// Print the files and their kinds instead of checking them
    #[arg(long, conflicts_with_all = ["fix", "fix_only", "diff", "write_baseline", "watch"])]
    pub(super) show_files: bool,
    /// Succeed if there is nothing to check
    #[arg(long)]
    pub(super) allow_empty: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum KindArgument {
    Guide,
    Config,
}

/// Files and folders on disk, and what was read from standard input.
pub(super) struct Inputs {
    pub(super) paths: Vec<PathBuf>,
    pub(super) memory: Vec<InMemory>,
}

impl InputArguments {
    /// Puts what is given over the settings.
    pub(super) fn override_settings(&self, settings: &mut Settings) -> Result<(), Error> {
        if !self.exclude.is_empty() {
            let globs = PathGlobs::new(Path::new(""), self.exclude.clone());
            let not_a_glob = |error: GlobError| {
                Error::Unknown(format!("invalid glob `{}`: {}", self.exclude[error.index], error.message))
            };
            settings.exclude.extend(globs.map_err(not_a_glob)?);
        }
        Ok(())
    }

    /// The paths to check, `-` among them where standard input is read.
    pub(super) fn paths(&self) -> Vec<PathBuf> {
        match (self.paths.is_empty(), &self.stdin_filename) {
            (false, _) => self.paths.clone(),
            (true, None) => vec![PathBuf::from(".")],
            (true, Some(_)) => vec![PathBuf::from("-")],
        }
    }

    /// The paths as they were given, those of standard input included.
    pub(super) fn given(&self) -> impl Iterator<Item = &Path> {
        self.paths.iter().map(PathBuf::as_path)
    }

    /// Whether standard input is read.
    pub(super) fn reads_stdin(&self) -> bool {
        self.paths().iter().any(|path| path == Path::new("-"))
    }

    /// Where settings are looked for: beside the first path, for standard input beside its name.
    pub(super) fn start(&self) -> Vec<PathBuf> {
        let name = || self.stdin_filename.as_deref().unwrap_or_default().into();
        self.paths().into_iter().map(|path| if path == Path::new("-") { name() } else { path }).collect()
    }

    /// Reads standard input where `-` is among the paths, until it exceeds the largest size of a file; a shape in the
    /// settings says that it is a configuration.
    pub(super) fn read(&self, settings: &Settings) -> Result<Inputs, Error> {
        if self.stdin_filename.is_some() && !self.reads_stdin() {
            return Err(Error::Arguments("`--stdin-filename` reads standard input: use `-` instead of other paths"));
        }
        let (stdin, paths): (Vec<_>, Vec<_>) = self.paths().into_iter().partition(|path| path == Path::new("-"));
        let mut memory = Vec::new();
        if !stdin.is_empty() {
            let bytes = self::stdin(settings.max_file_size)?;
            memory.push((self.stdin_name(settings.shape.as_deref(), &bytes), bytes));
        }
        Ok(Inputs { paths, memory })
    }

    fn stdin_name(&self, shape: Option<&str>, bytes: &[u8]) -> String {
        if let Some(name) = &self.stdin_filename {
            return name.clone();
        }
        let is_config = self.kind.map(|kind| kind == KindArgument::Config).or(shape.map(|_| true));
        name_of(bytes, is_config).to_owned()
    }

    /// The options of a run, with what the arguments say about named files.
    pub(super) fn options(&self, options: Options) -> Options {
        let unnamed = self.reads_stdin() && self.stdin_filename.is_none();
        let named = match self.kind {
            Some(KindArgument::Guide) => Named::Guide,
            Some(KindArgument::Config) => Named::Configuration,
            None if unnamed => Named::ByName,
            None => Named::AsFound,
        };
        Options { named, no_exclude: self.no_exclude, ..options }
    }

    /// The error that there is nothing to check under the paths.
    pub(super) fn nothing(&self, workspace: &Workspace) -> Error {
        workspace.nothing_to_check(&self.paths()).into()
    }
}

/// Reads standard input until it exceeds the largest size of a file.
pub(super) fn stdin(limit: Size) -> Result<Vec<u8>, Error> {
    let mut bytes = Vec::new();
    let read = io::stdin().lock().take(limit.bytes() + 1).read_to_end(&mut bytes);
    read.map_err(|error| workspace::Error::Unreadable(PathBuf::from("-"), error))?;
    Ok(bytes)
}

/// The name that a text without one is checked under: that of a configuration by its keys, unless it is known.
pub(super) fn name_of(bytes: &[u8], is_config: Option<bool>) -> &'static str {
    let first = bytes.iter().find(|byte| !byte.is_ascii_whitespace());
    let json = matches!(first, Some(b'{' | b'['));
    let name = if json { "stdin.json" } else { "stdin.yaml" };
    if is_config.unwrap_or_else(|| is_configuration(name, bytes, json)) { name } else { workspace::STDIN }
}

/// Whether a text without a name is a configuration, and no guide, by its keys.
fn is_configuration(name: &str, bytes: &[u8], json: bool) -> bool {
    let Ok(text) = std::str::from_utf8(bytes) else { return false };
    let source = SourceFile::new(FileId::default(), name, text);
    let config = Config::parse(Arc::new(source), Reading { json, ..Reading::default() }, &|_| None);
    config.problems.is_empty() && config.is_recognised()
}

impl Inputs {
    /// What is checked, standard input by its name.
    pub(super) fn starts(&self) -> Vec<PathBuf> {
        self.paths.iter().cloned().chain(self.memory.iter().map(|(path, _)| PathBuf::from(path))).collect()
    }
}

/// Says how many of the named files were not `checked`, and in detail which.
pub(super) fn remark_skipped(
    workspace: &Workspace,
    checked: &BTreeSet<FileId>,
    display: &DisplayArguments,
) -> Result<(), Error> {
    let is_unreadable = |id: &FileId| {
        let path = &*workspace.file(*id).path;
        let is_it = |error: &workspace::Error| matches!(error, workspace::Error::Unreadable(other, _) if other == path);
        workspace.unreadable().iter().any(is_it)
    };
    let skipped = workspace.named().filter(|id| !checked.contains(id) && !is_unreadable(id));
    let (excluded, unknown): (Vec<_>, Vec<_>) = skipped.partition(|id| workspace.file(*id).excluded);
    for (files, reason) in [(unknown, "not a guide or configuration"), (excluded, "excluded")] {
        if files.is_empty() {
            continue;
        }
        display.remark(&format!("skipped {}: {reason}", counted(files.len(), "file", "files")))?;
        for id in files {
            display.detail(&format!("  {}", workspace.display(id)))?;
        }
    }
    Ok(())
}

/// Prints each file that would be checked, and as what, then the named ones that would be skipped.
pub(super) fn show_files(workspace: &Workspace, settings: &Settings) -> Result<bool, Error> {
    let mut out = output();
    let (mut any, mut checked) = (false, BTreeSet::new());
    for id in workspace.checked() {
        let kind = match workspace.file(id).kind {
            FileKind::Guide(GuideKind::Setup) => "guide",
            FileKind::Guide(GuideKind::Information) => "information",
            // The keys identify a configuration.
            FileKind::Yaml | FileKind::Json if engine::check(workspace, settings, id)?.is_some() => "config",
            FileKind::Data => "data",
            FileKind::Yaml | FileKind::Json | FileKind::Page => continue,
        };
        writeln!(out, "{kind:11}  {}", one_line(&redact_known(workspace.display(id))))?;
        any = true;
        checked.insert(id);
    }
    for id in workspace.named().filter(|id| !checked.contains(id)) {
        let reason = if workspace.file(id).excluded { "excluded" } else { "skipped" };
        writeln!(out, "{reason:11}  {}", one_line(&redact_known(workspace.display(id))))?;
    }
    out.flush()?;
    Ok(any)
}
