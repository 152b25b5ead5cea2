//! `connlint settings`, and how every command comes by its settings.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::builder::{PossibleValuesParser, TypedValueParser};
use clap::{Args, ValueEnum};
use serde_json::{Value, json};

use super::list::write_json;
use super::problems::refuse;
use super::{Error, formats, output};
use crate::dialect::Dialect;
use crate::settings::{self, InForce, Origin, Settings};
use crate::source::{FileId, SourceFile, Span};
use crate::tree::{Problem, ProblemKind};
use crate::workspace;

/// Where settings come from, and the profile, which every command needs.
#[derive(Debug, Args)]
pub(super) struct SettingsSource {
    /// Settings to use in place of the nearest `connlint.toml`
    #[arg(long, value_name = "FILE", conflicts_with = "isolated")]
    config: Option<PathBuf>,
    /// Use no settings file
    #[arg(long)]
    isolated: bool,
    /// A profile other than the built-in one
    #[arg(long, value_name = "FILE")]
    profile: Option<PathBuf>,
    /// A built-in pack, or the file of one: a vendor's files, pages and data
    #[arg(long, value_name = "NAME|FILE", conflicts_with = "profile")]
    pack: Option<String>,
    /// The dialect of the pages, instead of the one that the profile names
    #[arg(long, value_parser = PossibleValuesParser::new(Dialect::ALL.map(Dialect::name)).map(|name: String| dialect_named(&name)))]
    dialect: Option<Dialect>,
}

fn dialect_named(name: &str) -> Dialect {
    Dialect::ALL.into_iter().find(|dialect| dialect.name() == name).unwrap_or_default()
}

const EXAMPLES: &str = "\
Examples:
  connlint settings docs/guide.md  what is in force for this file, and from where
  connlint settings --format json   the same for a program";

#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct SettingsArguments {
    /// The file or folder to show the settings for
    #[arg(default_value = ".")]
    path: PathBuf,
    #[command(flatten, next_help_heading = "Settings")]
    source: SettingsSource,
    /// How to print the settings
    #[arg(long, value_enum, default_value = "text")]
    format: ListingFormat,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum ListingFormat {
    /// Lines of TOML, each with the place that it comes from
    Text,
    /// One JSON array
    Json,
}

/// The name of the baseline that is written and found if none is named.
pub(super) const BASELINE_NAME: &str = "connlint-baseline.json";

/// Settings, and the file that they were read from.
#[derive(Debug, Default)]
pub(super) struct Loaded {
    pub(super) settings: Settings,
    pub(super) source: Option<SourceFile>,
    /// The dialect that the command line names.
    pub(super) dialect: Option<Dialect>,
}

impl SettingsSource {
    /// Reads the settings for a run over `paths`: the first of them decides.
    pub(super) fn load(&self, paths: &[PathBuf]) -> Result<Loaded, Error> {
        let mut loaded = self.read(paths)?;
        if let Some(profile) = &self.profile {
            loaded.settings.profile = Some(profile.clone());
            loaded.settings.pack = None;
            loaded.settings.origins.remove("pack");
            loaded.settings.given("profile");
        }
        if let Some(pack) = &self.pack {
            loaded.settings.pack = Some(pack.clone());
            loaded.settings.profile = None;
            loaded.settings.origins.remove("profile");
            loaded.settings.given("pack");
        }
        loaded.dialect = self.dialect;
        let baseline = loaded.default_baseline();
        if loaded.settings.baseline.is_none() && workspace::is_file(&baseline) && loaded.is_beside(&baseline) {
            loaded.settings.baseline = Some(baseline);
        }
        Ok(loaded)
    }

    fn read(&self, paths: &[PathBuf]) -> Result<Loaded, Error> {
        let start = paths.first().map_or(Path::new(""), PathBuf::as_path);
        let found = || workspace::find_upward(start, settings::FILE_NAME);
        let path = if self.isolated { None } else { self.config.clone().or_else(found) };
        let Some(path) = path else { return Ok(Loaded::default()) };
        let source = workspace::read_source(FileId::default(), &path)?;
        let (settings, mut problems) = Settings::read(&source);
        problems.extend(outside(&settings, path.parent().unwrap_or(Path::new(""))));
        problems.extend(formats::problem(&settings));
        problems.sort_by_key(|problem| problem.span);
        if !problems.is_empty() {
            return Err(refuse(&source, &problems));
        }
        Ok(Loaded { settings, source: Some(source), dialect: None })
    }
}

/// The paths in the settings that leave the folder of the file. Whoever checks a repository does not know what its
/// settings name, so they reach nothing outside of it.
fn outside(settings: &Settings, folder: &Path) -> Vec<Problem> {
    let named = |name: &str, path: &Option<PathBuf>| match settings.origin(name) {
        Origin::File(span) => path.clone().map(|path| (name.to_owned(), span, path)),
        Origin::Default | Origin::CommandLine => None,
    };
    let own = [
        named("output", &settings.output),
        named("profile", &settings.profile),
        named("pack", &settings.pack.as_ref().map(|pack| folder.join(pack))),
        named("baseline", &settings.baseline),
        named("images", &settings.images),
    ];
    let catalogues = settings
        .scopes
        .values()
        .filter_map(|changes| changes.catalogue.clone().map(|path| ("catalogue".to_owned(), changes.span, path)));
    let leaves = |path: &Path| !workspace::is_below(folder, path) || workspace::is_in_git(path);
    own.into_iter()
        .flatten()
        .chain(catalogues)
        .filter(|(_, _, path)| leaves(path))
        .map(|(name, span, _)| Problem {
            kind: ProblemKind::Value,
            span,
            message: format!("`{name}` is outside the folder of the settings"),
            help: Some(
                "name a file below this folder, outside `.git`; only the command line reaches other files".to_owned(),
            ),
            related: None,
        })
        .collect()
}

impl Loaded {
    /// The baseline where none is named: beside the settings, else in the current folder.
    pub(super) fn default_baseline(&self) -> PathBuf {
        self.folder().join(BASELINE_NAME)
    }

    /// Whether a file beside the settings is there itself, and not through a link out of their folder.
    pub(super) fn is_beside(&self, path: &Path) -> bool {
        workspace::is_below(self.folder(), path)
    }

    /// The folder of the settings, else the current one.
    fn folder(&self) -> &Path {
        let folder = self.source.as_ref().and_then(|source| Path::new(source.path()).parent());
        folder.unwrap_or(Path::new(""))
    }

    /// A path in a setting: beside the settings where these name it, as it is written on the command line.
    pub(super) fn beside(&self, name: &str, path: &Path) -> PathBuf {
        match self.settings.origin(name) {
            Origin::File(_) => self.folder().join(path),
            Origin::Default | Origin::CommandLine => path.to_owned(),
        }
    }

    /// The error that something in the settings file does not fit what it names.
    pub(super) fn refuse_at(&self, span: Span, message: String, help: Option<String>) -> Error {
        let problem = Problem { kind: ProblemKind::Value, span, message, help, related: None };
        match &self.source {
            Some(source) => refuse(source, &[problem]),
            None => Error::File(problem.message),
        }
    }
}

/// Prints what is in force, and from where.
pub(super) fn show(arguments: &SettingsArguments) -> Result<ExitCode, Error> {
    let loaded = arguments.source.load(std::slice::from_ref(&arguments.path))?;
    let rows = loaded.settings.in_force(&workspace::display_path(&arguments.path));
    let mut out = output();
    match arguments.format {
        ListingFormat::Text => {
            for row in &rows {
                // What has no value is set by nobody; TOML has no word for it.
                let line = match &row.value {
                    Value::Null => format!("# {} is not set", row.name),
                    value => format!("{} = {value}", row.name),
                };
                match place(row, loaded.source.as_ref()) {
                    Some(place) => writeln!(out, "{line}  # {place}")?,
                    None => writeln!(out, "{line}")?,
                }
            }
        }
        ListingFormat::Json => {
            let row = |row: &InForce| {
                let place = place(row, loaded.source.as_ref());
                json!({"name": row.name, "value": row.value, "from": place.as_deref().unwrap_or("default")})
            };
            let rows: Vec<Value> = rows.iter().map(row).collect();
            write_json(&mut out, &rows)?;
        }
    }
    out.flush()?;
    Ok(ExitCode::SUCCESS)
}

/// Where a setting comes from; `None` for a default.
fn place(row: &InForce, source: Option<&SourceFile>) -> Option<String> {
    match (row.origin, source) {
        (Origin::File(span), Some(source)) => Some(format!("{}:{}", source.path(), source.line(span.start))),
        (Origin::CommandLine, _) => Some("command line".to_owned()),
        _ => None,
    }
}
