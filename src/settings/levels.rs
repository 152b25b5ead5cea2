//! Severities of rules and groups, in all files or in some.

use std::collections::BTreeMap;

use serde::Deserialize;

use crate::diagnostic::Severity;
use crate::paths::PathGlobs;
use crate::rule::Rule;
use crate::settings::{Selection, Settings};
use crate::source::Span;

/// What a rule can be set to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Level {
    /// Its findings are dropped.
    Off,
    Info,
    Warning,
    Error,
}

impl Level {
    /// The severity; `None` if the rule is off.
    pub fn severity(self) -> Option<Severity> {
        match self {
            Self::Off => None,
            Self::Info => Some(Severity::Info),
            Self::Warning => Some(Severity::Warning),
            Self::Error => Some(Severity::Error),
        }
    }

    /// The word that stands for it in the settings.
    pub fn name(self) -> &'static str {
        self.severity().map_or("off", Severity::name)
    }
}

/// Levels by the name of a rule or group. A rule's own level takes precedence over its group's.
#[derive(Debug, Clone, Default)]
pub struct Levels {
    by_name: BTreeMap<String, (Level, Span)>,
}

impl Levels {
    /// Sets the level of a rule or group, which is named at `span`.
    pub fn set(&mut self, name: &str, level: Level, span: Span) {
        self.by_name.insert(name.to_owned(), (level, span));
    }

    /// The level of a rule and where it was set, if it was.
    pub fn of(&self, rule: &Rule) -> Option<(Level, Span)> {
        self.by_name.get(rule.name).or_else(|| self.by_name.get(rule.group())).copied()
    }
}

/// Levels for some files.
#[derive(Debug, Clone)]
pub struct Override {
    /// Which files.
    pub paths: PathGlobs,
    pub rules: Levels,
}

/// The levels in force in one file.
#[derive(Debug, Clone)]
pub struct FileLevels<'a> {
    /// The strongest first.
    levels: Vec<&'a Levels>,
    selection: &'a Selection,
}

impl<'a> FileLevels<'a> {
    pub(super) fn new(settings: &'a Settings, path: &str) -> Self {
        let applying = settings.overrides.iter().rev().filter(|over| over.paths.is_match(path.as_ref()));
        let levels = applying.map(|over| &over.rules).chain([&settings.rules]).collect();
        Self { levels, selection: &settings.selection }
    }

    /// The level that the settings give a rule and where they do, if they do.
    pub fn of(&self, rule: &Rule) -> Option<(Level, Span)> {
        self.levels.iter().find_map(|levels| levels.of(rule))
    }

    /// The severity of a finding of `rule` whose own is `default`; `None` if the rule is off.
    pub fn severity_of(&self, rule: &Rule, default: Severity) -> Option<Severity> {
        let level = self.of(rule).map(|(level, _)| level);
        match level.map_or(Some(default), Level::severity) {
            None if self.selection.extend_select.contains(rule.name) => Some(default),
            severity => severity,
        }
    }
}
