//! `connlint new`: creates a configuration for a known connector, a guide for a new one, or a pack for a platform.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::{Args, Subcommand, ValueEnum};

use super::connectors::resolve;

use super::replace::create;
use super::settings::SettingsSource;
use super::{Error, print_text, say};
use crate::config::host_problem;
use crate::contract::AuthKind;
use crate::new::guide;
use crate::new::manifest::Manifest;
use crate::new::pack;
use crate::paths::absolute;
use crate::project::options;
use crate::source::{FileId, SourceFile};
use crate::workspace::{Workspace, read_source};

const EXAMPLES: &str = "\
Examples:
  connlint new config acme-connector  create a configuration
  connlint new guide Acme             create a guide
  connlint new pack acme              create a pack, with comments";

#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct NewArguments {
    #[command(subcommand)]
    kind: Kind,
}

#[derive(Debug, Subcommand)]
enum Kind {
    /// Create a configuration from the connector's guide, with references instead of values
    Config(ConfigArguments),
    /// Create a guide: front matter, sections, and the table of values in the house style
    Guide(GuideArguments),
    /// Create a pack to adapt: files, sections, roles and agreements, with comments
    Pack(PackArguments),
}

#[derive(Debug, Args)]
struct ConfigArguments {
    /// The connector: the permalink of its guide, or its name
    connector: String,
    /// Your service domain, which is the host of the callback URL
    #[arg(long, value_name = "HOST", value_parser = service_domain)]
    service_domain: Option<String>,
    /// The language [default: the extension of the file, else YAML]
    #[arg(long, value_enum)]
    format: Option<Language>,
    #[command(flatten)]
    target: Target,
}

#[derive(Debug, Args)]
struct GuideArguments {
    /// The name of the connector, as the guide should spell it
    name: String,
    #[command(flatten)]
    target: Target,
}

#[derive(Debug, Args)]
struct PackArguments {
    /// The name of the pack: lowercase letters, digits and hyphens
    #[arg(value_parser = pack_name)]
    name: String,
    /// Pages and data of some connectors, which the pack starts from
    #[arg(value_name = "SAMPLE")]
    samples: Vec<PathBuf>,
    /// Write to this new file instead of standard output
    #[arg(long, short, value_name = "FILE")]
    output: Option<PathBuf>,
}

/// Destination of the new text, and the conventions that it follows.
#[derive(Debug, Args)]
struct Target {
    /// Write to this new file instead of standard output
    #[arg(long, short, value_name = "FILE")]
    output: Option<PathBuf>,
    #[command(flatten, next_help_heading = "Settings")]
    source: SettingsSource,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Language {
    /// With comments that refer to the guide
    Yaml,
    /// Without comments
    Json,
}

/// Creates a file.
pub(super) fn run(arguments: &NewArguments) -> Result<ExitCode, Error> {
    match &arguments.kind {
        Kind::Config(arguments) => config(arguments),
        Kind::Guide(arguments) => {
            let here = [PathBuf::from(".")];
            let options = options(&arguments.target.source.load(&here)?)?;
            let text = guide::create(&options.profile, &arguments.name).map_err(Error::Unknown)?;
            arguments.target.write(&text)
        }
        Kind::Pack(arguments) => {
            let samples = arguments.samples.iter().map(|path| sample(path)).collect::<Result<_, _>>()?;
            let text = pack::create(&arguments.name, samples).map_err(Error::Unknown)?;
            write(arguments.output.as_deref(), &text)
        }
    }
}

fn config(arguments: &ConfigArguments) -> Result<ExitCode, Error> {
    let here = [PathBuf::from(".")];
    let target = &arguments.target;
    let workspace = Workspace::open(options(&target.source.load(&here)?)?, &here, Vec::new())?;
    let (connector, known) = resolve(&workspace, &arguments.connector)?;
    let manifest = Manifest::new(workspace.profile(), &known.contract, &connector, arguments.service_domain.as_deref());
    let needed = "missing service domain for the callback URL; use `--service-domain HOST`";
    let manifest = manifest.ok_or(Error::Arguments(needed))?;
    let of_file = target.output.as_deref().map_or(Language::Yaml, Language::of);
    let done = target.write(&match arguments.format.unwrap_or(of_file) {
        Language::Yaml => manifest.to_yaml(),
        Language::Json => manifest.to_json(),
    })?;
    let signs_in = known.contract.auth.as_ref().map(|auth| auth.value);
    if signs_in == Some(AuthKind::OAuth2) && known.contract.grant.is_none() {
        say("note: no OAuth 2.0 grant in the guide: add `OAuth2Type`")?;
    }
    if signs_in.is_none() {
        say("note: no kind of authentication in the guide: add `AuthType`")?;
    }
    Ok(done)
}

/// A sample for a pack, with its path from the current folder.
fn sample(path: &Path) -> Result<SourceFile, Error> {
    let here = absolute(Path::new(""));
    let whole = absolute(path);
    let outside = |_| Error::Unknown(format!("`{}` is not below the current folder", path.display()));
    Ok(read_source(FileId::default(), whole.strip_prefix(&here).map_err(outside)?)?)
}

impl Language {
    fn of(path: &Path) -> Self {
        let is_json = path.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("json"));
        if is_json { Self::Json } else { Self::Yaml }
    }
}

impl Target {
    fn write(&self, text: &str) -> Result<ExitCode, Error> {
        write(self.output.as_deref(), text)
    }
}

/// Writes a text to a new file, or to standard output.
fn write(path: Option<&Path>, text: &str) -> Result<ExitCode, Error> {
    if let Some(path) = path {
        create(path, text)?;
        say(&format!("wrote `{}`", path.display()))?;
        return Ok(ExitCode::SUCCESS);
    }
    print_text(text)
}

/// A name that can be that of a pack.
fn pack_name(text: &str) -> Result<String, String> {
    let is_part = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
    let is_name = text.starts_with(|first: char| first.is_ascii_lowercase()) && text.bytes().all(is_part);
    if is_name { Ok(text.to_owned()) } else { Err("use lowercase letters, digits and hyphens".to_owned()) }
}

/// A host name alone: no scheme, port or path.
fn service_domain(text: &str) -> Result<String, String> {
    match host_problem(text) {
        None => Ok(text.to_owned()),
        Some(problem) => Err(format!("{problem}; use only the host, such as `acme-h.example.com`")),
    }
}
