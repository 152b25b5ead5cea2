//! `--format` and `--output`: which reports a run has, and where each goes.

use std::collections::BTreeSet;
use std::ffi::OsStr;
use std::path::PathBuf;

use clap::builder::{PossibleValue, StringValueParser, TypedValueParser};
use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::{Args, Command};

use super::Error;
use crate::report::Format;
use crate::settings::Settings;

/// The options of runs that report no findings.
const WITHOUT_REPORT: [&str; 3] = ["diff", "fix_only", "show_files"];

#[derive(Debug, Args)]
pub(super) struct FormatArguments {
    /// How to report the findings, `FORMAT` or `FORMAT:FILE`; may be given several times [default: text]
    #[arg(long, value_name = "FORMAT[:FILE]", value_parser = FormatParser, conflicts_with_all = WITHOUT_REPORT)]
    format: Vec<FormatArgument>,
    /// Write the report that has no file of its own to a file
    #[arg(long, value_name = "FILE", conflicts_with_all = WITHOUT_REPORT)]
    pub(super) output: Option<PathBuf>,
}

/// A format, and the file that its report goes to.
#[derive(Debug, Clone)]
struct FormatArgument {
    format: Format,
    file: Option<PathBuf>,
}

/// A report to be written.
#[derive(Debug)]
pub(super) struct Target {
    pub(super) format: Format,
    pub(super) place: Place,
}

/// Where a report goes.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Place {
    Output,
    /// Standard error, while standard output takes a fixed text.
    Errors,
    /// A file that is replaced.
    File(PathBuf),
    /// The file that GitHub Actions shows as the summary of a step; what is in it stays.
    StepSummary(PathBuf),
}

impl Target {
    fn new(format: Format, file: Option<PathBuf>) -> Self {
        Self { format, place: file.map_or(Place::Output, Place::File) }
    }
}

/// Reads `FORMAT` and `FORMAT:FILE`, and knows the formats for help and completions.
#[derive(Debug, Clone, Copy)]
struct FormatParser;

impl TypedValueParser for FormatParser {
    type Value = FormatArgument;

    fn parse_ref(
        &self,
        command: &Command,
        argument: Option<&clap::Arg>,
        value: &OsStr,
    ) -> Result<FormatArgument, clap::Error> {
        let text = StringValueParser::new().parse_ref(command, argument, value)?;
        let (name, file) = match text.split_once(':') {
            Some((name, file)) => (name, Some(file)),
            None => (text.as_str(), None),
        };
        match (named(name), file) {
            (Some(format), None) => Ok(FormatArgument { format, file: None }),
            (Some(format), Some(file)) if !file.is_empty() => {
                Ok(FormatArgument { format, file: Some(PathBuf::from(file)) })
            }
            _ => Err(invalid(command, argument, text.clone())),
        }
    }

    fn possible_values(&self) -> Option<Box<dyn Iterator<Item = PossibleValue> + '_>> {
        Some(Box::new(Format::names().map(PossibleValue::new)))
    }
}

fn invalid(command: &Command, argument: Option<&clap::Arg>, value: String) -> clap::Error {
    let mut error = clap::Error::new(ErrorKind::InvalidValue).with_cmd(command);
    if let Some(argument) = argument {
        error.insert(ContextKind::InvalidArg, ContextValue::String(argument.to_string()));
    }
    error.insert(ContextKind::InvalidValue, ContextValue::String(value));
    error.insert(ContextKind::ValidValue, ContextValue::Strings(Format::names().map(str::to_owned).collect()));
    error
}

impl FormatArguments {
    /// Puts what is given over the settings.
    pub(super) fn override_settings(&self, settings: &mut Settings) {
        if let [first, ..] = self.format.as_slice() {
            first.format.name().clone_into(&mut settings.format);
        }
        if let Some(output) = &self.output {
            settings.output = Some(output.clone());
        }
    }

    /// The reports of a run that writes something else to standard output.
    pub(super) fn targets_beside_output(&self, settings: &Settings) -> Result<Vec<Target>, Error> {
        let mut targets = self.targets(settings)?;
        for target in targets.iter_mut().filter(|target| target.place == Place::Output) {
            target.place = Place::Errors;
        }
        Ok(targets)
    }

    /// The reports of the run: each has its own destination.
    pub(super) fn targets(&self, settings: &Settings) -> Result<Vec<Target>, Error> {
        let mut targets: Vec<Target> = if self.format.is_empty() {
            vec![Target::new(named(&settings.format).unwrap_or_default(), settings.output.clone())]
        } else {
            let file = |given: &FormatArgument| given.file.clone().or_else(|| settings.output.clone());
            self.format.iter().map(|given| Target::new(given.format, file(given))).collect()
        };
        let places: BTreeSet<_> = targets.iter().map(|target| &target.place).collect();
        if places.len() < targets.len() {
            return Err(Error::Arguments("two reports have the same destination; use `--format FORMAT:FILE`"));
        }
        if self.output.is_some() && !self.format.is_empty() && self.format.iter().all(|given| given.file.is_some()) {
            return Err(Error::Arguments("`--output` has no effect: every `--format` names a file"));
        }
        let annotates = targets.iter().any(|target| target.format == Format::Github && target.place == Place::Output);
        if let Some(path) = environment("GITHUB_STEP_SUMMARY").filter(|path| annotates && !path.is_empty()) {
            targets.push(Target { format: Format::Markdown, place: Place::StepSummary(PathBuf::from(path)) });
        }
        Ok(targets)
    }
}

fn named(name: &str) -> Option<Format> {
    if name == Format::AUTO { Some(automatic()) } else { Format::named(name) }
}

/// The format that the service the program runs on reads; text elsewhere.
fn automatic() -> Format {
    // Both services document the variable as always `true` in a job.
    let set = |name: &str| environment(name).is_some_and(|value| value == "true");
    if set("GITHUB_ACTIONS") {
        Format::Github
    } else if set("GITLAB_CI") {
        Format::Gitlab
    } else {
        Format::Text
    }
}

fn environment(name: &str) -> Option<String> {
    #[allow(clippy::disallowed_methods, reason = "the command line is where the environment is read")]
    std::env::var(name).ok()
}
