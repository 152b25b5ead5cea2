//! What a rule is: a value with a name, a default severity, a page of documentation, and a function.
//!
//! A rule never reads its own severity or the settings, never formats, and keeps no state. The list
//! of all rules is in `rules`.

mod anchors;
mod context;
mod levels;
pub mod names;
mod page;
mod related;

use crate::diagnostic::{Finding, Severity, rule_url};
use crate::dialect::Trait;
use crate::pack::Connector;
use crate::source::SourceFile;
use crate::suppress::Comment;

pub use anchors::{LinkedPages, OtherForms, needs_anchor};
pub use context::{Configuration, Page, PlatformText, further};
pub use levels::{Levels, at_level, may_begin_card, own_card, repeats_title, with_last_marks_escaped, without};

/// Whether a rule's findings carry a fix.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fixable {
    /// Never.
    No,
    /// `--fix` applies it.
    Safe,
    /// Only `--unsafe-fixes` applies it.
    Unsafe,
}

impl Fixable {
    /// The word used in the rule pages and the list of rules.
    pub fn name(self) -> &'static str {
        match self {
            Self::No => "no",
            Self::Safe => "safe",
            Self::Unsafe => "unsafe",
        }
    }
}

/// What is special about a rule for those who run it or show its findings.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mark {
    /// Its findings are errors in a strict run.
    Strict,
    /// It judges a file that is not text: whatever else is found in one has the same cause.
    AnyFile,
    /// It holds for a page that Jekyll copies as it is, because its front matter begins late.
    CopiedPage,
    /// It goes by the spelling of English words.
    English,
    /// It holds for pages of components, whatever a component makes of its content.
    Component,
    /// Its findings hold in the block of a plugin, too.
    PluginBlock,
    /// Its findings are about text that could go.
    Unnecessary,
    /// Its findings are about what is out of date.
    Deprecated,
}

/// A rule.
#[derive(Debug)]
pub struct Rule {
    /// `group/name`: the name states the bad thing.
    pub name: &'static str,
    /// How bad a finding is unless the finding or the settings say otherwise.
    pub severity: Severity,
    /// Whether its findings carry a fix.
    pub fixable: Fixable,
    /// Its page: a title, a summary, reasons and examples that the tests run.
    pub docs: &'static str,
    /// What must be true of a page's dialect for its findings and fixes to hold.
    pub needs: &'static [Trait],
    /// What is special about it.
    pub marks: &'static [Mark],
    /// What it looks at.
    pub check: Check,
}

impl Rule {
    /// A rule about one guide. Like each new rule it finds errors, and repairs nothing.
    pub const fn guide(name: &'static str, docs: &'static str, check: fn(&Page<'_>, &mut Vec<Finding>)) -> Self {
        Self::new(name, docs, Check::Guide(check))
    }

    /// A rule about one guide that goes by words and conventions, which packs do not have.
    pub const fn convention(name: &'static str, docs: &'static str, check: fn(&Page<'_>, &mut Vec<Finding>)) -> Self {
        Self::new(name, docs, Check::Convention(check))
    }

    /// A rule about one configuration file.
    pub const fn config(
        name: &'static str,
        docs: &'static str,
        check: fn(&Configuration<'_>, &mut Vec<Finding>),
    ) -> Self {
        Self::new(name, docs, Check::Config(check))
    }

    /// A rule about the files of one connector of a pack.
    pub const fn connector(
        name: &'static str,
        docs: &'static str,
        check: fn(&Connector<'_>, &mut Vec<Finding>),
    ) -> Self {
        Self::new(name, docs, Check::Connector(check))
    }

    /// A rule about a file of any kind, or about its ignore comments.
    pub const fn new(name: &'static str, docs: &'static str, check: Check) -> Self {
        Self { name, severity: Severity::Error, fixable: Fixable::No, docs, needs: &[], marks: &[], check }
    }

    /// The rule with findings that are warnings.
    #[must_use]
    pub const fn warning(self) -> Self {
        Self { severity: Severity::Warning, ..self }
    }

    /// The rule with findings that are hints on style.
    #[must_use]
    pub const fn info(self) -> Self {
        Self { severity: Severity::Info, ..self }
    }

    /// The rule with fixes, among them some that `--fix` applies.
    #[must_use]
    pub const fn safe_fix(self) -> Self {
        Self { fixable: Fixable::Safe, ..self }
    }

    /// The rule with fixes that need a human look.
    #[must_use]
    pub const fn unsafe_fix(self) -> Self {
        Self { fixable: Fixable::Unsafe, ..self }
    }

    /// The rule where a page's dialect has certain traits only.
    #[must_use]
    pub const fn needs(self, needs: &'static [Trait]) -> Self {
        Self { needs, ..self }
    }

    /// The rule with what is special about it.
    #[must_use]
    pub const fn marked(self, marks: &'static [Mark]) -> Self {
        Self { marks, ..self }
    }

    /// Whether something is special about it.
    pub fn is(&self, mark: Mark) -> bool {
        self.marks.contains(&mark)
    }
}

/// What a rule looks at. Findings are appended in any order; the engine sorts them.
#[derive(Clone, Copy, Debug)]
pub enum Check {
    /// One guide, with the site around it.
    Guide(fn(&Page<'_>, &mut Vec<Finding>)),
    /// One guide of a vendor whose conventions are known.
    Convention(fn(&Page<'_>, &mut Vec<Finding>)),
    /// One configuration file.
    Config(fn(&Configuration<'_>, &mut Vec<Finding>)),
    /// Any file, before it is read as one or the other.
    File(fn(&SourceFile, &mut Vec<Finding>)),
    /// The files of one connector of a pack.
    Connector(fn(&Connector<'_>, &mut Vec<Finding>)),
    /// The ignore comments of one file, after they were applied.
    Comments(fn(&[Comment], &mut Vec<Finding>)),
}

impl Rule {
    /// `guide`, `config`, `connector` or `ignore`.
    pub fn group(&self) -> &'static str {
        self.name.split_once('/').map_or(self.name, |(group, _)| group)
    }

    /// The name without its group.
    pub fn short_name(&self) -> &'static str {
        self.name.split_once('/').map_or(self.name, |(_, name)| name)
    }

    /// One sentence: the first paragraph of the rule's page.
    pub fn summary(&self) -> String {
        let paragraph = self.docs.split("\n\n").find(|part| !part.trim_start().starts_with('#')).unwrap_or_default();
        paragraph.split_whitespace().collect::<Vec<_>>().join(" ")
    }

    /// One sentence: the first of those that say why it matters.
    pub fn why(&self) -> String {
        let section = self.docs.split_once("\n## Why\n").map_or("", |(_, section)| section);
        let paragraph = section.trim_start().split("\n\n").next().unwrap_or_default();
        let paragraph = paragraph.split_whitespace().collect::<Vec<_>>().join(" ");
        // A full stop inside a sentence is followed by a lowercase letter or a digit, if by a space at all.
        let ends = paragraph.match_indices(". ").map(|(at, _)| at + 1);
        let starts_sentence =
            |at: &usize| !paragraph[at + 1..].starts_with(|next: char| next.is_lowercase() || next.is_ascii_digit());
        let end = ends.into_iter().find(starts_sentence).unwrap_or(paragraph.len());
        paragraph[..end].to_owned()
    }

    /// The rule's published page; `None` while the book is not published.
    pub fn url(&self) -> Option<String> {
        rule_url(self.name)
    }
}
