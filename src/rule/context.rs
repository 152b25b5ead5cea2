//! What a rule is given: a guide or a configuration, and what is known around it.

use std::ops::Range;

use crate::config::{Config, Installation};
use crate::contract::Contract;
use crate::contract::callback::{self, Mention};
use crate::dialect::Trait;
use crate::guide::{Card, Guide, Heading};
use crate::profile::{GuideKind, Profile, fold, is_same};
use crate::scopes::{Catalogue, Catalogues};
use crate::tree::Node;
use crate::workspace::{Site, Workspace};

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
    /// Its sections on the platform.
    pub platform: PlatformText,
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

/// The sections of the platform in the reader's text, subsections included, in order and apart from each other.
#[derive(Debug)]
pub struct PlatformText(Vec<Range<usize>>);

impl PlatformText {
    fn of(guide: &Guide, profile: &Profile) -> Self {
        let mut on_platform: Vec<bool> = Vec::with_capacity(guide.sections.len());
        let mut found = Vec::new();
        for section in &guide.sections {
            let own = section.heading.and_then(|heading| profile.section_level(&guide.headings[heading].text));
            let is_part = own.is_some() || section.parent.is_some_and(|parent| on_platform[parent]);
            on_platform.push(is_part);
            let texts = || guide.blocks[section.blocks.clone()].iter().map(|block| &block.text);
            if let (true, Some(start), Some(end)) =
                (is_part, texts().map(|text| text.start).min(), texts().map(|text| text.end).max())
            {
                found.push(start as usize..end as usize);
            }
        }
        Self(found)
    }

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
        let platform = PlatformText::of(guide, profile);
        Self { guide, kind, contract, profile, catalogues, site, cards, callbacks, legacy_step, platform }
    }

    /// The section for what is done on the platform: that of the account if values are asked for there, and no steps lead
    /// to the console.
    pub fn platform_section(&self) -> &'a str {
        let (profile, text) = (self.profile, self.guide.text.searchable());
        let account = profile.sections.account.as_ref().filter(|_| {
            self.legacy_step.is_none()
                && profile.values.account_announcements.is_in(&text)
                && !profile.steps.reach.is_in(&text)
        });
        &account.unwrap_or(&profile.sections.platform).name
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

    /// The scope catalogs that serve the connector.
    pub fn own_catalogues(&self) -> Vec<&'a Catalogue> {
        self.contract.catalogues(self.profile, self.catalogues)
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
