//! The contracts of connectors: from the guides of the run, else built in.

use std::collections::HashMap;
use std::path::Path;
use std::sync::Arc;

use super::site_index::SiteIndex;
use super::{Lookup, Workspace};
use crate::config::Called;
use crate::contract::{KnownContract, bundle};
use crate::paths;
use crate::source::FileId;

impl Workspace {
    /// The contract of the connector `name`: of a guide with that permalink on one of the sites, else
    /// the built-in one where the conventions are the built-in ones, too.
    pub fn contract(&self, name: &str) -> Option<Arc<KnownContract>> {
        self.contract_of(name, self.guides_of(name).first().copied())
    }

    /// The contract of the connector that the file `from` calls so, if it can mean only one.
    pub fn contract_called(&self, called: &Called, from: FileId) -> Option<Arc<KnownContract>> {
        let (title, kind) = match called {
            Called::Connector(written) => return self.contract_meant(written, from),
            Called::Title(title, kind) => (title, kind),
        };
        let titled = self.titled(title);
        let contract = |permalink: &String| self.contract_of(permalink, self.nearest_guide(permalink, from));
        let mut known: Vec<Arc<KnownContract>> = titled.iter().filter_map(contract).collect();
        if known.len() > 1 {
            // Guides of one product describe different ways to sign in.
            let signs_in_so = |known: &Arc<KnownContract>| {
                kind.is_some() && known.contract.auth.as_ref().map(|auth| auth.value) == *kind
            };
            known.retain(signs_in_so);
        }
        known.pop().filter(|_| known.is_empty())
    }

    /// The contract of the connector that the file `from` means by `written`, if it can mean only one. Of several
    /// guides with one permalink, that of the nearest folder counts, on the file's own site first.
    pub fn contract_meant(&self, written: &str, from: FileId) -> Option<Arc<KnownContract>> {
        let near = |name: &str| self.contract_of(name, self.nearest_guide(name, from));
        near(written).or_else(|| match self.connector(written) {
            Lookup::Meant(permalink) | Lookup::Misspelled(permalink) => near(&permalink),
            _ => None,
        })
    }

    fn contract_of(&self, name: &str, guide: Option<FileId>) -> Option<Arc<KnownContract>> {
        self.contracts.get_or((name.to_owned(), guide), || self.read_contract(name, guide).map(Arc::new))
    }

    fn read_contract(&self, name: &str, guide: Option<FileId>) -> Option<KnownContract> {
        let Some(id) = guide else {
            let contract = bundle::builtin(name).filter(|_| self.profile().is_builtin());
            return contract.map(KnownContract::new);
        };
        let guide = self.guide(self.readable(id)?);
        let contract = crate::contract::extract::extract_all(&guide, self.profile(), self.catalogues());
        Some(KnownContract::new(contract))
    }

    /// The guides with a permalink, in the order of the sites and their files.
    fn guides_of(&self, permalink: &str) -> &[FileId] {
        let guides = self.guides.get_or_init(|| {
            let mut guides: HashMap<Box<str>, Vec<FileId>> = HashMap::new();
            for (permalink, guide) in self.sites.iter().flat_map(SiteIndex::setup_guides) {
                guides.entry(permalink.into()).or_default().push(guide);
            }
            guides
        });
        guides.get(permalink.trim_matches('/')).map(Vec::as_slice).unwrap_or_default()
    }

    fn nearest_guide(&self, permalink: &str, from: FileId) -> Option<FileId> {
        let guides = self.guides_of(permalink);
        if guides.len() < 2 {
            return guides.first().copied();
        }
        let folder = |id: FileId| paths::absolute(self.file(id).path.parent().unwrap_or(Path::new("")));
        let own = folder(from);
        let distance = |guide: &FileId| {
            let is_elsewhere = self.file(*guide).site != self.file(from).site;
            let (up, down) = paths::steps(&own, &folder(*guide));
            (is_elsewhere, up, down)
        };
        guides.iter().copied().min_by_key(distance)
    }
}
