//! Reports: findings and what they sum up to, as text for people or in the formats of other programs.
//!
//! Knows diagnostics and sources only; which rules ran and in what order files come is the engine's
//! business, and the descriptions of rules are given as data ([`Context`]). Every diagnostic
//! passes `redact` first, so no renderer ever holds a secret in a message.
//!
//! A report is a stream: [`Renderer::start`], then one string per file ([`Renderer::file`], callable
//! from any thread), then [`Renderer::end`]. [`Stream`] writes them down in order.

mod azure;
mod change;
mod checkstyle;
mod command;
mod concise;
mod encode;
mod format;
mod github;
mod gitlab;
mod html;
mod json;
mod junit;
mod markdown;
mod narrated;
mod overview;
mod rdjson;
mod redact;
mod sarif;
mod snippet;
mod statistics;
mod stream;
mod style;
mod summary;
mod text;
mod totals;
mod visible;
mod xml;

use std::sync::{Arc, LazyLock};

use self::Parts::{Each, Together};
use self::overview::Brief;
use crate::diagnostic::{Diagnostic, Severity};
use crate::secrets;
use crate::source::{FileId, SourceFile};

pub use command::Command;
pub use format::{Format, MOST_IN_FULL};
pub use redact::{Entry, Place, entry};
pub use stream::{Part, Stream};
pub use summary::{FixedFinding, RuleCount, Summary};
pub use totals::pack_hint;
pub use visible::{one_line, visible_lines};

/// Where a renderer finds the files that diagnostics point into.
pub trait Sources: Sync {
    /// The file with this number; every number in a diagnostic names a file of the run.
    fn source(&self, id: FileId) -> Arc<SourceFile>;

    /// What readers of this file get, a line for each heading, list of steps and table; without secrets.
    fn outline(&self, _: FileId) -> Vec<String> {
        Vec::new()
    }
}

/// What a text report may use of the terminal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Terminal {
    /// Whether to write ANSI colors.
    pub color: bool,
    /// Columns to fit the text into.
    pub width: usize,
    /// Whether lines are drawn with characters outside ASCII.
    pub unicode: bool,
    /// Whether names of rules link to their published pages (OSC 8).
    pub hyperlinks: bool,
}

impl Default for Terminal {
    /// What suits a pipe or a file: no colors, 100 columns.
    fn default() -> Self {
        Self { color: false, width: 100, unicode: true, hyperlinks: false }
    }
}

/// The parts of a report other than findings.
#[derive(Clone, Copy, Debug, Default)]
pub struct Context<'a> {
    /// The rules that can have findings: described when a report first names one.
    pub rules: Option<&'a LazyLock<Vec<RuleDescription>>>,
    /// The folder, from the root and with `/` between its parts, that paths below it are given from;
    /// empty to give all paths as they are.
    pub folder: &'a str,
    /// The folder, in the same form, that the paths for a service that shows findings beside the files are given from;
    /// empty if that is the other one.
    pub root: &'a str,
    /// The command that makes this report again, if there is one.
    pub command: Option<&'a Command>,
}

impl Context<'_> {
    /// A path as a service that shows findings beside the files knows it.
    fn path_from_root(&self, path: &str) -> String {
        let own = encode::relative(path, self.folder);
        let is_plain = |path: &str| path.split('/').all(|part| part != ".." && part != ".");
        let whole = if path.starts_with('/') { path.to_owned() } else { format!("{}/{path}", self.folder) };
        let from_root = encode::relative(&whole, self.root);
        if from_root.len() < whole.len() && is_plain(from_root) { from_root.to_owned() } else { own.to_owned() }
    }

    fn rules(&self) -> &[RuleDescription] {
        self.rules.map_or(&[], |rules| rules)
    }

    /// The description of the rule with this name.
    fn rule(&self, name: &str) -> Option<&RuleDescription> {
        self.rules().iter().find(|rule| rule.name == name)
    }
}

/// A rule in the form for other programs.
#[derive(Clone, Debug)]
pub struct RuleDescription {
    /// `group/name`, as in a diagnostic.
    pub name: &'static str,
    /// How bad its findings are unless something else is said.
    pub severity: Severity,
    /// One sentence on what is wrong, for its name. A report asks for the sentences of the rules that it has.
    pub summary: fn(&str) -> String,
    /// One sentence on why that matters, for its name.
    pub why: fn(&str) -> String,
    /// Its documentation in Markdown, for its name.
    pub page: fn(&str) -> String,
    /// Where that is published, if it is.
    pub url: Option<String>,
}

/// Turns diagnostics into the text of a report.
#[derive(Clone, Copy, Debug)]
pub struct Renderer<'a> {
    /// The form of the report.
    pub format: Format,
    /// It matters for [`Format::Text`] and its two forms only.
    pub terminal: Terminal,
    /// Further parts of the report.
    pub context: Context<'a>,
    /// Locations of each rule that an overview shows.
    pub max_per_rule: usize,
    /// Whether the findings of each rule are counted instead of reported: in [`Format::Json`] as JSON, in
    /// [`Format::Markdown`] as Markdown, in all others as a table.
    pub statistics: bool,
    /// Whether nothing is added to the findings where people read them.
    pub without_summary: bool,
}

impl Default for Renderer<'_> {
    fn default() -> Self {
        Self::new(Format::default(), Terminal::default())
    }
}

impl<'a> Renderer<'a> {
    /// A renderer of findings with their summary.
    pub fn new(format: Format, terminal: Terminal) -> Self {
        let context = Context::default();
        Self { format, terminal, context, max_per_rule: 10, statistics: false, without_summary: false }
    }

    /// The renderer with further parts of a report.
    #[must_use]
    pub fn with(self, context: Context<'a>) -> Self {
        Self { context, ..self }
    }

    /// The text before the first file.
    pub fn start(&self) -> String {
        if self.statistics {
            return String::new();
        }
        (self.format.form().start)(self.context)
    }

    /// The part of one file with these diagnostics, in the order given; empty if there are none.
    pub fn file(&self, diagnostics: &[Diagnostic], sources: &dyn Sources) -> Part {
        if self.statistics || diagnostics.is_empty() {
            return Part::default();
        }
        let entries = diagnostics.iter().map(|diagnostic| redact::entry(diagnostic, sources));
        let form = self.format.form();
        match form.parts {
            Parts::Each(entry) => self.by_finding(entries, diagnostics.len(), Some(entry)),
            Parts::Summed => self.by_finding(entries, diagnostics.len(), None),
            Parts::Together(file) => {
                let parts = file(&entries.collect::<Vec<_>>(), self.context);
                Part { text: self.clean(parts.join(form.between)), ..Part::default() }
            }
            Parts::Page => {
                let entries: Vec<Entry> = entries.collect();
                let page = html::page(&entries, &sources.outline(entries[0].primary.file.id()), self.context);
                Part { page, ..Part::default() }
            }
        }
    }

    /// Whether the part of a file is made of those of its findings, so that they can be rendered a few at a time.
    pub fn is_by_finding(&self) -> bool {
        matches!(self.format.form().parts, Parts::Each(_) | Parts::Summed)
    }

    /// The part of a file with so many findings. Of each only its text is kept.
    fn by_finding<'e>(
        &self,
        entries: impl Iterator<Item = Entry<'e>>,
        count: usize,
        drawn: Option<fn(&Entry, &Renderer) -> String>,
    ) -> Part {
        let is_briefed = matches!(self.format, Format::Text | Format::Overview);
        let drawn = drawn.filter(|_| self.format != Format::Text || count <= MOST_IN_FULL);
        let (mut text, mut briefs) = (String::new(), Vec::new());
        for (at, entry) in entries.enumerate() {
            if is_briefed {
                briefs.push(Brief::new(&entry));
            }
            if let Some(drawn) = drawn {
                text.push_str(if at > 0 { self.separator() } else { "" });
                text.push_str(&drawn(&entry, self));
            }
        }
        // File names, which are not text of a file, are printed too.
        Part { text: self.clean(text), briefs, page: None }
    }

    /// A text of the report without secrets, and without commands to the service whose log it is printed to.
    fn clean(&self, text: String) -> String {
        (self.format.form().clean)(secrets::redact_known(text))
    }

    /// The text between two diagnostics, and so between two files that have any.
    pub fn separator(&self) -> &'static str {
        self.format.form().between
    }

    /// The text after the last file.
    pub fn end(&self, summary: &Summary) -> String {
        match self.format {
            Format::Json if self.statistics => statistics::json(summary),
            Format::Markdown if self.statistics => statistics::markdown(summary, !self.without_summary),
            _ if self.statistics => statistics::table(summary, self.terminal, !self.without_summary),
            format if self.without_summary && format.form().is_for_people => String::new(),
            format => (format.form().end)(summary, self.terminal),
        }
    }
}

/// How a format puts findings down.
enum Parts {
    /// Each on its own.
    Each(fn(&Entry, &Renderer) -> String),
    /// Those of a file together.
    Together(fn(&[Entry], Context) -> Vec<String>),
    /// Those of a file as a part of a page that begins with tables of all files.
    Page,
    /// Only as sums.
    Summed,
}

/// What a format makes of a report.
struct Form {
    name: &'static str,
    start: fn(Context) -> String,
    parts: Parts,
    /// The text between two findings. Where it is empty, each ends its own line.
    between: &'static str,
    end: fn(&Summary, Terminal) -> String,
    /// Makes commands of a CI service in the text harmless, where the report goes to its log.
    clean: fn(String) -> String,
    /// Whether the report ends with a line that sums it up.
    is_for_people: bool,
    /// Whether an empty line is between the findings and what closes the report.
    is_apart: bool,
}

/// A form for programs that has nothing around its findings.
const DATA: Form = Form {
    name: "",
    start: |_| String::new(),
    parts: Parts::Summed,
    between: "",
    end: |_, _| String::new(),
    clean: |text| text,
    is_for_people: false,
    is_apart: false,
};

/// A form for programs whose findings are items of a list in JSON.
const JSON: Form = Form { between: ",\n", ..DATA };

/// A form that people read, with a line about all findings at its end.
const FOR_PEOPLE: Form = Form { end: totals::line, is_for_people: true, ..DATA };

/// A form of text for people.
const TEXT: Form = Form { between: "\n", end: totals::end, clean: visible::inert, is_apart: true, ..FOR_PEOPLE };

/// What each format makes of a report, in the order of [`Format`].
static FORMS: [Form; Format::ALL.len()] = [
    Form { name: "text", parts: Each(text::entry), end: totals::by_number, ..TEXT },
    Form { name: "full", parts: Each(text::entry), end: totals::with_reasons, ..TEXT },
    Form { name: "overview", ..TEXT },
    Form { name: "narrated", parts: Each(narrated::entry), end: totals::plain, ..TEXT },
    Form { name: "concise", parts: Each(concise::entry), clean: visible::inert, ..FOR_PEOPLE },
    Form { name: "json", start: json::start, parts: Each(json::entry), end: json::end, ..JSON },
    Form { name: "jsonl", parts: Each(json::line), ..DATA },
    Form { name: "sarif", start: sarif::start, parts: Each(sarif::entry), end: sarif::end, ..JSON },
    Form { name: "github", parts: Each(github::entry), ..FOR_PEOPLE },
    Form { name: "gitlab", start: gitlab::start, parts: Together(gitlab::file), end: gitlab::end, ..JSON },
    Form { name: "junit", start: junit::start, parts: Together(junit::file), end: junit::end, ..DATA },
    Form {
        name: "checkstyle",
        start: checkstyle::start,
        parts: Together(checkstyle::file),
        end: checkstyle::end,
        ..DATA
    },
    Form { name: "rdjson", start: rdjson::start, parts: Each(rdjson::entry), end: rdjson::end, ..JSON },
    Form { name: "azure", parts: Each(azure::entry), ..FOR_PEOPLE },
    Form { name: "markdown", parts: Together(markdown::file), end: totals::plain, clean: visible::inert, ..FOR_PEOPLE },
    Form { name: "html", parts: Parts::Page, clean: visible::inert_xml, ..DATA },
];
