//! `--format` and `--output`: which reports a run writes, and where to.

use std::collections::BTreeSet;
use std::ffi::OsStr;
use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::path::PathBuf;

use clap::builder::{PossibleValue, StringValueParser, TypedValueParser};
use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::{Args, Command};

use super::replace::Replacement;
use super::settings::Loaded;
use super::{Error, output};
use crate::report::{Format, Renderer, Stream, Summary};

/// The name of the format that the environment decides on.
const AUTO: &str = "auto";

#[derive(Debug, Args)]
pub(super) struct FormatArguments {
    /// How to report the findings, `FORMAT` or `FORMAT:FILE`; may be given several times [default: text]
    #[arg(long, value_name = "FORMAT[:FILE]", value_parser = FormatParser)]
    format: Vec<FormatArgument>,
    /// Write the report that has no file of its own to a file
    #[arg(long, value_name = "FILE")]
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
    /// Standard output if there is none.
    pub(super) file: Option<PathBuf>,
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
        Some(Box::new(names().map(PossibleValue::new)))
    }
}

fn invalid(command: &Command, argument: Option<&clap::Arg>, value: String) -> clap::Error {
    let mut error = clap::Error::new(ErrorKind::InvalidValue).with_cmd(command);
    if let Some(argument) = argument {
        error.insert(ContextKind::InvalidArg, ContextValue::String(argument.to_string()));
    }
    error.insert(ContextKind::InvalidValue, ContextValue::String(value));
    error.insert(ContextKind::ValidValue, ContextValue::Strings(names().map(str::to_owned).collect()));
    error
}

impl FormatArguments {
    /// Puts what is given over the settings.
    pub(super) fn override_settings(&self, loaded: &mut Loaded) {
        if let [first, ..] = self.format.as_slice() {
            first.format.name().clone_into(&mut loaded.settings.format);
            loaded.settings.given("format");
        }
        if let Some(output) = &self.output {
            loaded.settings.output = Some(output.clone());
            loaded.settings.given("output");
        }
    }

    /// The reports of the run: no two go to one place.
    pub(super) fn targets(&self, loaded: &Loaded) -> Result<Vec<Target>, Error> {
        let settings = &loaded.settings;
        if self.format.is_empty() {
            return Ok(vec![Target { format: from_settings(loaded)?, file: settings.output.clone() }]);
        }
        let own = self
            .format
            .iter()
            .map(|given| Target { format: given.format, file: given.file.clone().or_else(|| settings.output.clone()) });
        let targets: Vec<Target> = own.collect();
        let places: BTreeSet<_> = targets.iter().map(|target| &target.file).collect();
        if places.len() < targets.len() {
            return Err(Error::Arguments("two reports go to one place; give each its file: `--format FORMAT:FILE`"));
        }
        if self.output.is_some() && self.format.iter().all(|given| given.file.is_some()) {
            return Err(Error::Arguments("nothing is left for `--output`: each `--format` names its own file"));
        }
        Ok(targets)
    }
}

fn from_settings(loaded: &Loaded) -> Result<Format, Error> {
    let name = &loaded.settings.format;
    named(name).ok_or_else(|| {
        let known: Vec<_> = names().map(|name| format!("`{name}`")).collect();
        loaded.refuse("format", format!("unknown format `{name}`"), format!("known are {}", known.join(", ")))
    })
}

fn names() -> impl Iterator<Item = &'static str> {
    Format::ALL.into_iter().map(Format::name).chain([AUTO])
}

fn named(name: &str) -> Option<Format> {
    if name == AUTO { Some(automatic()) } else { Format::named(name) }
}

/// The format that the service the program runs on reads; text elsewhere.
#[allow(clippy::disallowed_methods, reason = "the command line is where the environment is read")]
fn automatic() -> Format {
    // Both services document the variable as always `true` in a job.
    let set = |name: &str| std::env::var(name).is_ok_and(|value| value == "true");
    if set("GITHUB_ACTIONS") {
        Format::Github
    } else if set("GITLAB_CI") {
        Format::Gitlab
    } else {
        Format::Text
    }
}

/// What a report is written to. A file appears, whole, when the report is [finished](Self::finish).
pub(super) enum Destination {
    Output(BufWriter<io::StdoutLock<'static>>),
    File(BufWriter<Replacement>),
    /// A pipe or a device, which has nothing that could be kept whole.
    Stream(BufWriter<File>),
}

impl Destination {
    pub(super) fn open(target: &Target) -> Result<Self, Error> {
        let Some(path) = &target.file else { return Ok(Self::Output(output())) };
        if path.metadata().is_ok_and(|there| !there.is_file()) {
            let unwritable = |error| Error::Unwritable(path.clone(), error);
            return Ok(Self::Stream(BufWriter::new(File::create(path).map_err(unwritable)?)));
        }
        Ok(Self::File(BufWriter::new(Replacement::of(path)?)))
    }

    pub(super) fn finish(self) -> Result<(), Error> {
        match self {
            Self::Output(mut out) => Ok(out.flush()?),
            Self::Stream(mut out) => Ok(out.flush()?),
            Self::File(out) => out.into_inner().map_err(io::IntoInnerError::into_error)?.persist(),
        }
    }

    fn inner(&mut self) -> &mut dyn Write {
        match self {
            Self::Output(out) => out,
            Self::File(out) => out,
            Self::Stream(out) => out,
        }
    }
}

impl Write for Destination {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.inner().write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.inner().flush()
    }
}

/// The reports of a run while they are written.
pub(super) struct Reports<'a> {
    streams: Vec<(Renderer<'a>, Stream<'a, Destination>)>,
    broken: io::Result<()>,
}

impl<'a> Reports<'a> {
    /// Opens a report for each target.
    pub(super) fn start(targets: &[Target], renderer: impl Fn(&Target) -> Renderer<'a>) -> Result<Self, Error> {
        let mut streams = Vec::with_capacity(targets.len());
        for target in targets {
            let renderer = renderer(target);
            streams.push((renderer, Stream::start(renderer, Destination::open(target)?)?));
        }
        Ok(Self { streams, broken: Ok(()) })
    }

    /// What renders each report, in their order.
    pub(super) fn renderers(&self) -> Vec<Renderer<'a>> {
        self.streams.iter().map(|(renderer, _)| *renderer).collect()
    }

    /// Writes the next file's part of each report. What goes wrong is told at the [end](Self::end).
    pub(super) fn file(&mut self, texts: &[String]) {
        for ((_, stream), text) in self.streams.iter_mut().zip(texts) {
            if self.broken.is_ok() {
                self.broken = stream.file(text);
            }
        }
    }

    /// Closes the reports; files appear now.
    pub(super) fn end(self, summary: &Summary) -> Result<(), Error> {
        self.broken?;
        for (_, stream) in self.streams {
            stream.end(summary)?.finish()?;
        }
        Ok(())
    }
}
