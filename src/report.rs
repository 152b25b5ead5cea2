//! Reports: findings and what they sum up to, as text for people or JSON for programs.
//!
//! Knows diagnostics and sources only; which rules ran and in what order files come is the engine's
//! business. Every diagnostic passes `mask` first, so no renderer ever holds a secret in a message.
//!
//! A report is a stream: [`Renderer::start`], then one string per file ([`Renderer::file`], callable
//! from any thread), then [`Renderer::end`]. [`Stream`] writes them down in order.

mod json;
mod mask;
mod snippet;
mod text;
mod visible;

use std::io::{self, Write};
use std::sync::Arc;

use crate::diagnostic::{Applicability, Diagnostic, Severity};
use crate::source::{FileId, SourceFile};

/// Where a renderer finds the files that diagnostics point into.
pub trait Sources: Sync {
    /// The file with this number; every number in a diagnostic names a file of the run.
    fn source(&self, id: FileId) -> Arc<SourceFile>;
}

/// The forms of a report.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Format {
    /// Source snippets for a terminal.
    #[default]
    Text,
    /// Version 1 of the JSON report, see `schemas/report.schema.json`.
    Json,
}

/// What a text report may use of the terminal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Terminal {
    /// Whether to write ANSI colours.
    pub color: bool,
    /// Columns to fit the text into.
    pub width: usize,
}

impl Default for Terminal {
    /// What suits a pipe or a file: no colours, 100 columns.
    fn default() -> Self {
        Self { color: false, width: 100 }
    }
}

/// What a run amounts to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Summary {
    /// Files checked.
    pub files: usize,
    /// Reported findings that are errors.
    pub errors: usize,
    /// Reported findings that are warnings.
    pub warnings: usize,
    /// Reported findings that are hints on style.
    pub infos: usize,
    /// Findings kept silent by a comment in the file.
    pub suppressed: usize,
    /// Findings kept silent because the baseline knows them.
    pub baselined: usize,
    /// Reported findings that have a safe fix.
    pub fixable: usize,
}

impl Summary {
    /// Counts a reported diagnostic.
    pub fn count(&mut self, diagnostic: &Diagnostic) {
        match diagnostic.severity {
            Severity::Error => self.errors += 1,
            Severity::Warning => self.warnings += 1,
            Severity::Info => self.infos += 1,
        }
        if diagnostic.finding.fix.as_ref().is_some_and(|fix| fix.applicability == Applicability::Safe) {
            self.fixable += 1;
        }
    }

    /// Adds the counts of another part of the run.
    pub fn add(&mut self, other: &Self) {
        self.files += other.files;
        self.errors += other.errors;
        self.warnings += other.warnings;
        self.infos += other.infos;
        self.suppressed += other.suppressed;
        self.baselined += other.baselined;
        self.fixable += other.fixable;
    }

    /// The gravest severity that was reported.
    pub fn worst(&self) -> Option<Severity> {
        let counts = [(self.errors, Severity::Error), (self.warnings, Severity::Warning), (self.infos, Severity::Info)];
        counts.into_iter().find(|(count, _)| *count > 0).map(|(_, severity)| severity)
    }

    /// Number of reported findings.
    pub fn findings(&self) -> usize {
        self.errors + self.warnings + self.infos
    }
}

/// Turns diagnostics into the text of a report.
#[derive(Clone, Copy, Debug, Default)]
pub struct Renderer {
    format: Format,
    terminal: Terminal,
}

impl Renderer {
    /// A renderer; `terminal` matters for [`Format::Text`] only.
    pub fn new(format: Format, terminal: Terminal) -> Self {
        Self { format, terminal }
    }

    /// What stands before the first file.
    pub fn start(&self) -> String {
        match self.format {
            Format::Text => String::new(),
            Format::Json => json::start(),
        }
    }

    /// The diagnostics of one file, in the order given; empty if there are none.
    pub fn file(&self, diagnostics: &[Diagnostic], sources: &dyn Sources) -> String {
        let mut out = String::new();
        for diagnostic in diagnostics {
            let entry = mask::entry(diagnostic, sources);
            if !out.is_empty() {
                out.push_str(self.separator());
            }
            out.push_str(&match self.format {
                Format::Text => text::entry(&entry, self.terminal),
                Format::Json => json::entry(&entry),
            });
        }
        out
    }

    /// What stands between two diagnostics, and so between two files that have any.
    pub fn separator(&self) -> &'static str {
        match self.format {
            Format::Text => "\n",
            Format::Json => ",\n",
        }
    }

    /// What stands behind the last file.
    pub fn end(&self, summary: &Summary) -> String {
        match self.format {
            Format::Text => text::end(summary, self.terminal),
            Format::Json => json::end(summary),
        }
    }
}

/// Writes the parts of a report in order, with separators where they are due.
#[derive(Debug)]
pub struct Stream<W> {
    out: W,
    renderer: Renderer,
    any: bool,
}

impl<W: Write> Stream<W> {
    /// Opens a report on `out`.
    pub fn start(renderer: Renderer, mut out: W) -> io::Result<Self> {
        out.write_all(renderer.start().as_bytes())?;
        Ok(Self { out, renderer, any: false })
    }

    /// Writes what [`Renderer::file`] gave for the next file.
    pub fn file(&mut self, rendered: &str) -> io::Result<()> {
        if rendered.is_empty() {
            return Ok(());
        }
        if self.any {
            self.out.write_all(self.renderer.separator().as_bytes())?;
        }
        self.any = true;
        self.out.write_all(rendered.as_bytes())
    }

    /// Closes the report.
    pub fn end(mut self, summary: &Summary) -> io::Result<()> {
        if self.any && self.renderer.format == Format::Text {
            self.out.write_all(b"\n")?;
        }
        self.out.write_all(self.renderer.end(summary).as_bytes())?;
        self.out.flush()
    }
}
