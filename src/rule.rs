//! What a rule is: a value with a name, a default severity, a page of documentation, and a function.
//!
//! A rule never reads its own severity or the settings, never formats, and keeps no state. The list
//! of all rules is in `rules`.

mod anchors;
mod levels;
pub mod names;
mod page;
mod related;

use std::ops::Range;

use crate::config::{Config, Installation};
use crate::contract::Contract;
use crate::contract::callback::{self, Mention};
use crate::diagnostic::{Finding, Severity, rule_url};
use crate::dialect::Trait;
use crate::guide::{Card, Guide, Heading};
use crate::pack::Connector;
use crate::profile::{GuideKind, Profile, fold, is_same};
use crate::scopes::{Catalogue, Catalogues};
use crate::source::SourceFile;
use crate::suppress::Comment;
use crate::tree::Node;
use crate::workspace::{Site, Workspace};

pub use anchors::{LinkedPages, OtherForms, needs_anchor};
pub use levels::{Levels, at_level, own_card, repeats_title, with_last_marks_escaped, without};

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

/// A guide and what is known around it.
#[derive(Debug)]
pub struct Page<'a> {
    /// The guide.
    pub guide: &'a Guide,
    /// Which kind of guide the profile takes it for.
    pub kind: GuideKind,
    /// What it promises.
    pub contract: &'a Contract,
    /// The vendor's conventions.
    pub profile: &'a Profile,
    /// The scope catalogs.
    pub catalogues: &'a Catalogues,
    /// The site that the guide is published on.
    pub site: &'a Site<'a>,
    /// Its cards, in order; none if the profile knows none.
    pub cards: Vec<Card>,
    /// Its callback URLs, in order.
    pub callbacks: Vec<Mention>,
    /// Its first step through an earlier console, in the reader's text: what makes it a guide of an older style.
    pub legacy_step: Option<Range<usize>>,
}

/// A configuration file and what is known around it.
#[derive(Clone, Copy, Debug)]
pub struct Configuration<'a> {
    pub config: &'a Config,
    /// The vendor's conventions.
    pub profile: &'a Profile,
    /// The scope catalogs.
    pub catalogues: &'a Catalogues,
    /// The files of the run, for the connectors that are known.
    pub workspace: &'a Workspace,
}

/// What a finding that stands for several says of the others.
pub fn further(count: usize) -> String {
    match count {
        1 => String::new(),
        2 => ", and another one below".to_owned(),
        more => format!(", and {} more below", more - 1),
    }
}

/// Parts of the reader's text, in order and apart from each other.
#[derive(Debug)]
pub struct PlatformText(Vec<Range<usize>>);

impl PlatformText {
    /// The lines of the text in them and the others, each as [`fold`] makes them.
    pub fn folded(&self, text: &str) -> [String; 2] {
        let mut parts = [String::new(), String::new()];
        let mut start = 0;
        for line in text.split_inclusive('\n') {
            parts[usize::from(!self.contains(start))].push_str(&fold(line));
            start += line.len();
        }
        parts
    }

    /// Whether the byte at `at` is in one of them.
    pub fn contains(&self, at: usize) -> bool {
        let after = self.0.partition_point(|part| part.start <= at);
        after.checked_sub(1).is_some_and(|part| at < self.0[part].end)
    }
}

impl<'a> Page<'a> {
    /// A guide, with what several rules look for in it.
    pub fn new(
        guide: &'a Guide,
        kind: GuideKind,
        contract: &'a Contract,
        profile: &'a Profile,
        catalogues: &'a Catalogues,
        site: &'a Site<'a>,
    ) -> Self {
        let cards = profile.page.card.as_ref().map(|card| guide.cards(&card.element, &card.class)).unwrap_or_default();
        let callbacks = callback::mentions(guide, profile);
        let legacy_step = profile.steps.legacy.first_in(&guide.text.searchable());
        Self { guide, kind, contract, profile, catalogues, site, cards, callbacks, legacy_step }
    }

    /// Whether a template around the page prints its title as the heading of level 1. Where the template is not known,
    /// conventions say so by asking for a title.
    pub fn has_printed_title(&self) -> bool {
        let by_conventions = || self.profile.front_matter.required.iter().any(|key| key == "title");
        self.guide.dialect.has(Trait::TitleFromFrontMatter)
            && self.site.prints_title(self.guide).unwrap_or_else(by_conventions)
    }

    /// The first heading in the older style; information pages have no fixed sections.
    pub fn legacy_heading(&self) -> Option<&'a Heading> {
        let connector = self.contract.connector.as_ref().map_or("", |connector| connector.value.as_str());
        // The connector's name above all sections repeats the title, and begins no section.
        let is_title = |heading: &Heading| heading.level == 1 && is_same(&heading.text, connector);
        let mut headings = self.guide.headings.iter().filter(|heading| !is_title(heading));
        headings
            .find(|heading| self.kind == GuideKind::Setup && self.profile.sections.is_legacy(&heading.text, connector))
    }

    /// The kind of guide by the folder and the permalink; `None` where they differ or neither has one. Titles and tags
    /// are copied from pages of the other kind.
    pub fn certain_kind(&self) -> Option<GuideKind> {
        let permalink = self.guide.front_matter("permalink").and_then(Node::as_str).unwrap_or_default();
        let kinds = [GuideKind::Setup, GuideKind::Information];
        let ends = |kind: &GuideKind| {
            let suffix = self.profile.form(*kind).suffix.as_str();
            !suffix.is_empty() && permalink.trim_end_matches('/').ends_with(suffix)
        };
        let by_permalink = kinds.into_iter().find(ends);
        let by_path = self.profile.guide_kind(&[], self.guide.source.path());
        match (by_path, by_permalink) {
            (Some(path), Some(permalink)) => (path == permalink).then_some(path),
            (path, permalink) => path.or(permalink),
        }
    }

    /// The sections of the platform in the reader's text, subsections included.
    pub fn platform_text(&self) -> PlatformText {
        let guide = self.guide;
        let mut on_platform: Vec<bool> = Vec::with_capacity(guide.sections.len());
        let mut found = Vec::new();
        for section in &guide.sections {
            let own = section.heading.and_then(|heading| self.profile.section_level(&guide.headings[heading].text));
            let is_part = own.is_some() || section.parent.is_some_and(|parent| on_platform[parent]);
            on_platform.push(is_part);
            let texts = || guide.blocks[section.blocks.clone()].iter().map(|block| &block.text);
            if let (true, Some(start), Some(end)) =
                (is_part, texts().map(|text| text.start).min(), texts().map(|text| text.end).max())
            {
                found.push(start as usize..end as usize);
            }
        }
        PlatformText(found)
    }

    /// The scope catalogs that serve the connector.
    pub fn own_catalogues(&self) -> Vec<&'a Catalogue> {
        let of_connector = |permalink: &str| self.catalogues.of_connector(&self.profile.catalogues, permalink);
        self.contract.permalink.as_ref().map(|permalink| of_connector(&permalink.value)).unwrap_or_default()
    }
}

impl<'a> Configuration<'a> {
    /// The scope catalogs that serve the connector of an installation: found by the permalink of its
    /// guide, else by what the configuration calls it.
    pub fn catalogues_of(&self, installation: &Installation) -> Vec<&'a Catalogue> {
        let guide = installation.contract.as_ref().and_then(|known| known.contract.permalink.as_ref());
        let written = || installation.connector.as_ref().map(|connector| connector.value.as_str());
        let name = guide.map(|permalink| permalink.value.as_str()).or_else(written);
        name.map(|name| self.catalogues.of_connector(&self.profile.catalogues, name)).unwrap_or_default()
    }
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
