//! What is in force, and from where, for people to read.

use std::path::Path;

use regex::Regex;
use serde_json::Value;

use crate::rules::RULES;
use crate::settings::{Origin, Settings};

#[derive(Debug, Clone, PartialEq)]
pub struct InForce {
    /// Its name, with that of its table where it is in one: `rules."guide/typo"`.
    pub name: String,
    /// Its value. JSON's notation of texts, numbers, truth values and lists is TOML's, too.
    pub value: Value,
    pub origin: Origin,
}

impl Settings {
    /// All settings in the order of the file, then the severity of each rule in the file at `path`.
    pub fn in_force(&self, path: &str) -> Vec<InForce> {
        let file = |path: &Option<_>| path.as_deref().map_or(Value::Null, |path: &Path| path.to_string_lossy().into());
        let simple: [(&str, Value); 18] = [
            ("severity", self.severity.name().into()),
            ("fail-on", self.fail_on.name().into()),
            ("strict", self.strict.into()),
            ("unattended", self.unattended.into()),
            ("format", self.format.as_str().into()),
            ("output", file(&self.output)),
            ("select", self.selection.select.patterns().into()),
            ("ignore", self.selection.ignore.patterns().into()),
            ("extend-select", self.selection.extend_select.patterns().into()),
            ("fixable", self.selection.fixable.patterns().into()),
            ("unfixable", self.selection.unfixable.patterns().into()),
            ("exclude", self.exclude.patterns().into()),
            ("max-file-size", self.max_file_size.to_string().into()),
            ("pack", self.pack.as_deref().map_or(Value::Null, Into::into)),
            ("baseline", file(&self.baseline)),
            ("images", file(&self.images)),
            ("liquid-tags", self.liquid_tags.clone().into()),
            ("references", self.references.iter().map(Regex::as_str).collect::<Vec<_>>().into()),
        ];
        let simple = simple.map(|(name, value)| InForce { name: name.to_owned(), value, origin: self.origin(name) });
        simple.into_iter().chain(self.added()).chain(self.levels_in_force(path)).collect()
    }

    /// Terminology and scopes that are added.
    fn added(&self) -> impl Iterator<Item = InForce> + '_ {
        let words = self.terminology.iter().map(|(from, to)| InForce {
            name: format!("terminology.{from:?}"),
            value: to.as_str().into(),
            origin: self.origin("terminology"),
        });
        let scopes = self.scopes.iter().flat_map(|(vendor, changes)| {
            let origin = Origin::File(changes.span);
            let catalogue = changes.catalogue.as_deref().map(|path| path.to_string_lossy().into());
            let add = (!changes.add.is_empty()).then(|| changes.add.clone().into());
            let values = [("add", add), ("catalogue", catalogue)].into_iter();
            values.filter_map(move |(key, value)| {
                Some(InForce { name: format!("scopes.{vendor}.{key}"), value: value?, origin })
            })
        });
        words.chain(scopes)
    }

    fn levels_in_force(&self, path: &str) -> impl Iterator<Item = InForce> + use<> {
        let levels = self.at(path);
        let rows = RULES.iter().map(|rule| {
            let set = levels.of(rule);
            let value = set.map_or(rule.severity.name(), |(level, _)| level.name());
            InForce {
                name: format!("rules.{:?}", rule.name),
                value: value.into(),
                origin: set.map_or(Origin::Default, |(_, span)| Origin::File(span)),
            }
        });
        rows.collect::<Vec<_>>().into_iter()
    }
}
