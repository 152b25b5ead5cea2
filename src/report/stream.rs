//! A report while it is written: its parts in order, with separators where they are due.

use std::io::{self, Write};

use super::format::MOST_IN_FULL;
use super::html::{self, Page};
use super::overview::{self, Brief, Overview};
use super::{Format, Renderer, Summary};

/// One file's part of a report.
#[derive(Clone, Debug, Default)]
pub struct Part {
    /// What is written for the file.
    pub(super) text: String,
    /// Its findings in one line each, for a report that waits for all of them.
    pub(super) briefs: Vec<Brief>,
    /// The file in a report that begins with tables of all files.
    pub(super) page: Option<Page>,
}

impl Part {
    /// What is written for the file; empty if its findings wait for those of the other files.
    pub fn text(&self) -> &str {
        &self.text
    }
}

/// Writes the parts of a report in order, with separators where they are due.
#[derive(Debug)]
pub struct Stream<'a, W> {
    out: W,
    renderer: Renderer<'a>,
    any: bool,
    overview: Overview,
    /// Parts that are written at the end if there are few findings.
    held: Vec<Part>,
    pages: Vec<Page>,
}

impl<'a, W: Write> Stream<'a, W> {
    /// Opens a report on `out`.
    pub fn start(renderer: Renderer<'a>, mut out: W) -> io::Result<Self> {
        out.write_all(renderer.start().as_bytes())?;
        Ok(Self { out, renderer, any: false, overview: Overview::default(), held: Vec::new(), pages: Vec::new() })
    }

    /// Writes what [`Renderer::file`] gave for the next file.
    pub fn file(&mut self, mut part: Part) -> io::Result<()> {
        self.pages.extend(part.page.take());
        for brief in part.briefs.drain(..) {
            self.overview.add(brief, self.renderer.max_per_rule);
        }
        if self.renderer.format != Format::Text {
            return self.write(&part.text);
        }
        if self.overview.findings() > MOST_IN_FULL {
            self.held.clear();
        } else {
            self.held.push(part);
        }
        Ok(())
    }

    /// Writes a text that is not a file's.
    pub fn remark(&mut self, text: &str) -> io::Result<()> {
        self.out.write_all(text.as_bytes())
    }

    /// Gives back what the report was written to, without its end.
    pub fn into_inner(self) -> W {
        self.out
    }

    /// Closes the report and gives back what it was written to.
    pub fn end(mut self, summary: &Summary) -> io::Result<W> {
        for part in std::mem::take(&mut self.held) {
            self.write(&part.text)?;
        }
        let renderer = self.renderer;
        if renderer.format == Format::Html {
            self.write(&renderer.clean(html::document(&self.pages, summary, renderer.context)))?;
        }
        let is_overview = !self.any && self.overview.findings() > 0;
        if is_overview {
            self.write(&renderer.clean(self.overview.text(renderer.context, renderer.terminal)))?;
        }
        let mut end = renderer.end(summary);
        if is_overview && !end.is_empty() {
            end += &overview::next_steps(&self.overview, summary, renderer.context, renderer.terminal);
        }
        if self.any && !end.is_empty() && renderer.format.form().is_apart {
            self.out.write_all(b"\n")?;
        }
        self.out.write_all(end.as_bytes())?;
        self.out.flush()?;
        Ok(self.out)
    }

    fn write(&mut self, text: &str) -> io::Result<()> {
        if text.is_empty() {
            return Ok(());
        }
        if self.any {
            self.out.write_all(self.renderer.separator().as_bytes())?;
        }
        self.any = true;
        self.out.write_all(text.as_bytes())
    }
}
