//! `connlint init`: settings, a hook, a workflow and a baseline for the site in the current folder.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::{Args, Parser};

use super::check::{self, CheckArguments};
use super::replace::create;

use super::{Error, for_shell, say};
use crate::paths::{self, SETTINGS_FILE};
use crate::project::BASELINE_NAME;
use crate::source::FileId;
use crate::tree::Value;
use crate::tree::yaml::simple;
use crate::workspace;

const HOOKS: &str = ".pre-commit-config.yaml";
const WORKFLOW: &str = ".github/workflows/connlint.yml";

/// The repository of the action until the package names one.
const UNKNOWN_REPOSITORY: &str = "OWNER/connlint";

#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  connlint init                  in the root of a site or repository\n  connlint init --no-baseline    report today's findings in later runs, too"
)]
pub(super) struct InitArguments {
    /// Do not record today's findings
    #[arg(long)]
    no_baseline: bool,
}

/// A `check` as on the command line.
#[derive(Debug, Parser)]
struct Check {
    #[command(flatten)]
    arguments: CheckArguments,
}

/// Counts the findings of the current folder, then writes what is not there yet.
pub(super) fn run(arguments: &InitArguments) -> Result<ExitCode, Error> {
    // A folder with nothing to check is an error before anything is written.
    checked(&["--statistics", "--exit-zero"])?;
    let here = paths::absolute(Path::new(""));
    let root = workspace::repository_of(&here).unwrap_or(&here).to_owned();
    let folder = below(&root, &here);
    written(Path::new(SETTINGS_FILE), include_str!("init/connlint.toml"))?;
    write_hook(&root, &folder)?;
    write_workflow(&root, &folder)?;
    let baseline = Path::new(BASELINE_NAME);
    if arguments.no_baseline {
        return Ok(ExitCode::SUCCESS);
    }
    if workspace::is_file(baseline) {
        say(&kept(baseline))?;
    } else {
        checked(&["--write-baseline", "--quiet"])?;
        say(&format!("wrote `{BASELINE_NAME}`: later runs report new findings only"))?;
    }
    Ok(ExitCode::SUCCESS)
}

fn checked(options: &[&str]) -> Result<ExitCode, Error> {
    let arguments = Check::try_parse_from(std::iter::once(&"check").chain(options));
    check::run(&arguments.map_err(|error| Error::Unknown(error.to_string()))?.arguments)
}

/// Writes a new file; one that is there stays. Returns whether it is new.
fn written(path: &Path, text: &str) -> Result<bool, Error> {
    let shown = shown(path);
    if path.exists() {
        say(&kept(&shown))?;
        return Ok(false);
    }
    if let Some(folder) = path.parent().filter(|folder| !folder.as_os_str().is_empty()) {
        std::fs::create_dir_all(folder).map_err(|error| Error::Unwritable(folder.to_owned(), error))?;
    }
    create(path, text)?;
    say(&format!("wrote `{}`", shown.display()))?;
    Ok(true)
}

fn kept(path: &Path) -> String {
    format!("kept `{}`: it exists", path.display())
}

/// A path from the current folder, where it is below it.
fn shown(path: &Path) -> PathBuf {
    paths::below(&paths::absolute(Path::new("")), path).map_or_else(|| path.to_owned(), std::borrow::Cow::into_owned)
}

/// The way from the root to the folder that is checked; `.` if they are one.
fn below(root: &Path, here: &Path) -> String {
    let path = paths::relative(root, here);
    if path.is_empty() { ".".to_owned() } else { path }
}

fn write_hook(root: &Path, folder: &str) -> Result<(), Error> {
    let command = "connlint check --format concise";
    let entry = if folder == "." { command.to_owned() } else { format!("{command} -- {}", for_shell(folder)) };
    let hook = include_str!("init/pre-commit.yaml").replace(command, &for_yaml(&entry));
    let path = root.join(HOOKS);
    let has_hook =
        || workspace::read_source(FileId::default(), &path).is_ok_and(|text| text.text().contains("connlint"));
    if !written(&path, &format!("repos:\n{hook}"))? && !has_hook() {
        say(&format!("add this hook to it, under `repos`:\n{}", hook.trim_end()))?;
    }
    Ok(())
}

fn write_workflow(root: &Path, folder: &str) -> Result<(), Error> {
    let address = env!("CARGO_PKG_REPOSITORY").trim_end_matches('/');
    let repository = address.split_once("://github.com/").map_or(UNKNOWN_REPOSITORY, |(_, repository)| repository);
    let text = include_str!("init/workflow.yml")
        .replace("REPOSITORY", repository)
        .replace("VERSION", env!("CARGO_PKG_VERSION"))
        .replace("FOLDER", &for_yaml(folder));
    if written(&root.join(WORKFLOW), &text)? && repository == UNKNOWN_REPOSITORY {
        say(&format!("replace `{UNKNOWN_REPOSITORY}` in it with the repository that you use connlint from"))?;
    }
    Ok(())
}

/// A text as YAML reads it: quoted where it could be something else.
fn for_yaml(text: &str) -> String {
    let is_plain = |c: char| c.is_ascii_alphanumeric() || "_-./ '".contains(c);
    let is_word = text.starts_with(|c: char| c.is_ascii_alphanumeric() || c == '.') && !text.ends_with(' ');
    let is_text = !matches!(simple::plain(text), Some(Value::Null | Value::Bool(_) | Value::Number(_)));
    if is_word && is_text && text.chars().all(is_plain) {
        text.to_owned()
    } else {
        serde_json::Value::from(text).to_string()
    }
}
