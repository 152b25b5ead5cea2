//! `connlint settings`, and how every command comes by its settings.

use std::collections::HashSet;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::builder::{PossibleValuesParser, TypedValueParser};
use clap::{Args, ValueEnum};
use serde_json::{Value, json};

use super::Error;
use super::list::ListFormat;
use crate::dialect::Dialect;
use crate::pack::MIGRATION;
use crate::paths::absolute;
use crate::project::Loaded;
use crate::settings::{FILE_NAME, InForce, Origin};
use crate::source::SourceFile;
use crate::workspace;

/// Where settings come from, and the pack, which every command needs.
#[derive(Debug, Args)]
pub(super) struct SettingsSource {
    /// Use this file instead of the nearest `connlint.toml`
    #[arg(long, value_name = "FILE", conflicts_with = "isolated")]
    pub(super) config: Option<PathBuf>,
    /// Ignore settings files
    #[arg(long)]
    pub(super) isolated: bool,
    /// Replaced by `--pack`
    #[arg(long, value_name = "FILE", hide = true)]
    profile: Option<PathBuf>,
    /// Use this built-in pack or pack file: a vendor's files, pages and data
    #[arg(long, value_name = "NAME|FILE")]
    pub(super) pack: Option<String>,
    /// Read pages as this dialect instead of the pack's
    #[arg(long, value_parser = PossibleValuesParser::new(Dialect::ALL.map(Dialect::name)).map(|name: String| dialect_named(&name)))]
    pub(super) dialect: Option<Dialect>,
}

fn dialect_named(name: &str) -> Dialect {
    Dialect::ALL.into_iter().find(|dialect| dialect.name() == name).unwrap_or_default()
}

const EXAMPLES: &str = "\
Examples:
  connlint settings docs/guide.md  the settings for this file and their sources
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
    /// Lines of TOML, each with its source
    Text,
    /// One JSON array
    Json,
}

impl SettingsSource {
    /// Reads the settings for a run over `paths`, which must have the same.
    pub(super) fn load(&self, paths: &[PathBuf]) -> Result<Loaded, Error> {
        let mut loaded = self.read(paths)?;
        if self.profile.is_some() {
            return Err(Error::Unknown(format!("`--profile` was replaced by `--pack`: {MIGRATION}")));
        }
        if let Some(pack) = &self.pack {
            loaded.settings.pack = Some(pack.clone());
            loaded.settings.given("pack");
        }
        loaded.dialect = self.dialect;
        loaded.add_baseline();
        Ok(loaded)
    }

    fn read(&self, paths: &[PathBuf]) -> Result<Loaded, Error> {
        Ok(match &self.config {
            _ if self.isolated => Loaded::default(),
            Some(path) => Loaded::read(path)?,
            None => Loaded::nearest(deciding(paths)?)?,
        })
    }
}

/// Names of files about a repository, without their endings.
const NEVER_CHECKED: [&str; 6] = ["changelog", "code_of_conduct", "contributing", "license", "readme", "security"];

/// The path whose nearest settings count, whatever the order of the paths. Hooks name any files, many of which are not
/// checked: those without settings have those of the others.
fn deciding(paths: &[PathBuf]) -> Result<&Path, Error> {
    let nearest = |path: &Path| workspace::find_upward(path, FILE_NAME).map(|found| absolute(&found));
    let folder = |path: &PathBuf| if path.is_dir() { absolute(path) } else { absolute(path).join("..") };
    // Files of repositories that are named by hooks and not checked.
    let is_other = |path: &Path| {
        let name = path.file_stem().unwrap_or_default().to_ascii_lowercase();
        !path.is_dir() && NEVER_CHECKED.iter().any(|known| name == *known)
    };
    let mut seen = HashSet::new();
    let own: Vec<&PathBuf> = paths.iter().filter(|path| !is_other(path)).collect();
    let paths = if own.is_empty() { paths.iter().collect() } else { own };
    let each = paths.iter().copied().filter(|path| seen.insert(folder(path))).map(|path| (path, nearest(path)));
    let counted: Vec<(&PathBuf, Option<PathBuf>)> =
        each.filter(|(path, found)| found.is_some() || path.is_dir()).collect();
    let Some((first, own)) = counted.first() else {
        return Ok(paths.first().map_or(Path::new(""), |path| path.as_path()));
    };
    // A link leads to the same settings.
    let is_own = |found: &Option<PathBuf>| match (found, own) {
        (Some(found), Some(own)) => workspace::is_same_file(found, own),
        (found, own) => found == own,
    };
    let Some((other, different)) = counted.iter().find(|(_, found)| !is_own(found)) else { return Ok(first) };
    let named = |found: &Option<PathBuf>, path: &Path| {
        let found = found.as_ref().map_or("no settings".to_owned(), |found| format!("`{}`", from_here(found)));
        format!("{found} for `{}`", path.display())
    };
    let (own, different) = (named(own, first), named(different, other));
    let help = "check them in separate runs, or choose the settings with `--config` or `--isolated`";
    Err(Error::File(format!("the paths have different settings: {own}, {different}; {help}")))
}

/// A path as it is written in the current folder.
fn from_here(path: &Path) -> String {
    workspace::display_path(path.strip_prefix(absolute(Path::new(""))).unwrap_or(path))
}

/// Prints what is in force, and from where.
pub(super) fn show(arguments: &SettingsArguments) -> Result<ExitCode, Error> {
    workspace::exists(&arguments.path)?;
    let loaded = arguments.source.load(std::slice::from_ref(&arguments.path))?;
    let rows = loaded.settings.in_force(&workspace::display_path(&arguments.path));
    let line = |row: &InForce| {
        // An unset value has no origin, and TOML has no word for it.
        let line = match &row.value {
            Value::Null => format!("# {} is not set", row.name),
            value => format!("{} = {value}", row.name),
        };
        match place(row, loaded.source.as_ref()) {
            Some(place) => format!("{line}  # {place}"),
            None => line,
        }
    };
    let json = |row: &InForce| {
        let place = place(row, loaded.source.as_ref());
        json!({"name": row.name, "value": row.value, "from": place.as_deref().unwrap_or("default")})
    };
    match arguments.format {
        ListingFormat::Text => ListFormat::Text,
        ListingFormat::Json => ListFormat::Json,
    }
    .print(&rows, line, json)
}

/// Where a setting comes from; `None` for a default.
fn place(row: &InForce, source: Option<&SourceFile>) -> Option<String> {
    match (row.origin, source) {
        (Origin::File(span), Some(source)) => Some(format!("{}:{}", source.path(), source.line(span.start))),
        (Origin::CommandLine, _) => Some("command line".to_owned()),
        _ => None,
    }
}
