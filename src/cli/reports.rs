//! The reports of a run while they are written: to standard output, to files, to the summary of a step.

use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::path::PathBuf;

use super::formats::{Place, Target};
use super::replace::Replacement;
use super::{Error, buffered, output};
use crate::report::{Part, Renderer, Stream, Summary};

/// GitHub Actions refuses a summary of more bytes.
/// <https://docs.github.com/actions/reference/workflows-and-actions/workflow-commands>
const STEP_SUMMARY: u64 = 1 << 20;

/// What is kept free in it for the last lines.
const RESERVE: u64 = 1 << 10;

/// Empties the screen, what was scrolled out of it included, and begins at its top (ECMA-48).
const EMPTY_SCREEN: &str = "\u{1b}[2J\u{1b}[3J\u{1b}[H";

/// What a report is written to. A file appears, whole, when the report is [finished](Self::finish).
enum Destination {
    Output(BufWriter<io::StdoutLock<'static>>),
    Errors(BufWriter<io::StderrLock<'static>>),
    File(BufWriter<Replacement>),
    /// A pipe, a device, or a file that is added to: nothing that could be kept whole.
    Stream(BufWriter<File>),
}

impl Destination {
    fn open(place: &Place, in_place: bool) -> Result<Self, Error> {
        let path = match place {
            Place::Output => {
                let mut out = output();
                if in_place {
                    out.write_all(EMPTY_SCREEN.as_bytes())?;
                }
                return Ok(Self::Output(out));
            }
            Place::Errors => return Ok(Self::Errors(buffered(io::stderr().lock()))),
            Place::File(path) | Place::StepSummary(path) => path,
        };
        let unwritable = |error| Error::Unwritable(path.clone(), error);
        if let Place::StepSummary(path) = place {
            let file = File::options().append(true).create(true).open(path).map_err(unwritable)?;
            return Ok(Self::Stream(buffered(file)));
        }
        if path.metadata().is_ok_and(|there| !there.is_file()) {
            return Ok(Self::Stream(buffered(File::create(path).map_err(unwritable)?)));
        }
        Ok(Self::File(buffered(Replacement::of(path)?)))
    }

    /// Drops what is not written yet.
    fn discard(self) {
        match self {
            Self::Output(out) => drop(out.into_parts()),
            Self::Errors(out) => drop(out.into_parts()),
            Self::Stream(out) => drop(out.into_parts()),
            Self::File(out) => drop(out.into_parts()),
        }
    }

    fn finish(self) -> Result<(), Error> {
        match self {
            Self::Output(mut out) => Ok(out.flush()?),
            Self::Errors(mut out) => Ok(out.flush()?),
            Self::Stream(mut out) => Ok(out.flush()?),
            Self::File(out) => out.into_inner().map_err(io::IntoInnerError::into_error)?.persist(),
        }
    }

    fn inner(&mut self) -> &mut dyn Write {
        match self {
            Self::Output(out) => out,
            Self::Errors(out) => out,
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

/// A report while it is written.
struct Report<'a> {
    renderer: Renderer<'a>,
    stream: Stream<'a, Destination>,
    /// How many bytes may still be written, where that is limited.
    room: Option<u64>,
    /// Files with findings for which there was no room.
    left_out: usize,
    /// The file that it is written to, unless that is a standard stream.
    path: Option<PathBuf>,
    written: io::Result<()>,
}

impl<'a> Report<'a> {
    fn start(target: &Target, renderer: Renderer<'a>, in_place: bool) -> Result<Self, Error> {
        let stream = Stream::start(renderer, Destination::open(&target.place, in_place)?)?;
        let (path, room) = match &target.place {
            Place::StepSummary(path) => {
                let written = path.metadata().map_or(0, |file| file.len());
                (Some(path.clone()), Some(STEP_SUMMARY.saturating_sub(written + RESERVE)))
            }
            Place::File(path) => (Some(path.clone()), None),
            Place::Output | Place::Errors => (None, None),
        };
        Ok(Self { renderer, stream, room, left_out: 0, path, written: Ok(()) })
    }

    /// Writes the parts of a file, unless an earlier one could not be written.
    fn file(&mut self, parts: impl IntoIterator<Item = Part>) {
        if self.written.is_ok() {
            self.written = self.write(parts);
        }
    }

    fn write(&mut self, parts: impl IntoIterator<Item = Part>) -> io::Result<()> {
        for part in parts {
            if let Some(room) = &mut self.room {
                let Some(rest) = room.checked_sub(part.text().len() as u64) else {
                    self.left_out += 1;
                    return Ok(());
                };
                *room = rest;
            }
            self.stream.file(part)?;
        }
        Ok(())
    }

    fn end(mut self, summary: &Summary) -> Result<(), Error> {
        let path = self.path.take();
        match (self.finish(summary), path) {
            // The reader of a pipe has seen enough: `connlint check | head`.
            (Err(Error::Output(error)), None) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
            (Err(Error::Output(error)), Some(path)) => Err(Error::Unwritable(path, error)),
            (ended, _) => ended,
        }
    }

    fn finish(mut self, summary: &Summary) -> Result<(), Error> {
        self.written?;
        if self.left_out > 0 {
            self.stream
                .remark(&format!("Findings of {} more files omitted: the output is full.\n\n", self.left_out))?;
        }
        self.stream.end(summary)?.finish()
    }
}

/// The reports of a run while they are written.
pub(super) struct Reports<'a> {
    reports: Vec<Report<'a>>,
}

impl<'a> Reports<'a> {
    /// Opens a report for each target. The one on standard output replaces what is on the
    /// screen if it is to be shown `in_place`.
    pub(super) fn start(
        targets: &[Target],
        in_place: bool,
        renderer: impl Fn(&Target) -> Renderer<'a>,
    ) -> Result<Self, Error> {
        let reports = targets.iter().map(|target| Report::start(target, renderer(target), in_place));
        Ok(Self { reports: reports.collect::<Result<_, _>>()? })
    }

    /// What renders each report, in their order.
    pub(super) fn renderers(&self) -> Vec<Renderer<'a>> {
        self.reports.iter().map(|report| report.renderer).collect()
    }

    /// Writes the next file's part of each report. Errors are returned at the [end](Self::end).
    pub(super) fn file(&mut self, parts: Vec<Part>) {
        for (report, part) in self.reports.iter_mut().zip(parts) {
            report.file([part]);
        }
    }

    /// Writes the next file to each report in several parts, each of which is made when those before it are written.
    pub(super) fn file_in_parts<P: Iterator<Item = Part>>(&mut self, parts: impl Fn(Renderer<'a>) -> P) {
        for report in &mut self.reports {
            report.file(parts(report.renderer));
        }
    }

    /// Closes the reports; files appear now. Returns the first error of all.
    pub(super) fn end(self, summary: &Summary) -> Result<(), Error> {
        let ended: Vec<_> = self.reports.into_iter().map(|report| report.end(summary)).collect();
        ended.into_iter().collect()
    }

    /// Drops reports without findings; no file appears.
    pub(super) fn discard(self) {
        self.reports.into_iter().for_each(|report| report.stream.into_inner().discard());
    }
}
