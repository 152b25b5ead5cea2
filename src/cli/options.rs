//! What a run takes into account, read from the files that the settings name.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use super::Error;
use super::problems::refuse_unseen;
use super::settings::Loaded;
use crate::config::References;
use crate::profile::{Profile, Term};
use crate::scopes::{Catalogue, Catalogues};
use crate::source::{FileId, SourceFile};
use crate::tree::{Node, Problem, yaml};
use crate::workspace::{self, Options};

/// Reads the profile, the catalogues and the list of images that the settings name.
pub(super) fn options(loaded: &Loaded) -> Result<Options, Error> {
    let settings = &loaded.settings;
    let profile = match &settings.profile {
        Some(path) => read(path, "profile", Profile::from_node)?,
        None => Profile::builtin(),
    };
    let mut profile = with_terms(profile, &settings.terminology);
    profile.page.liquid_tags.extend(settings.liquid_tags.iter().cloned());
    profile.dialect = loaded.dialect.unwrap_or(profile.dialect);
    let listed_files = match &settings.images {
        Some(path) => listed(&workspace::read_source(FileId::default(), path)?),
        None => BTreeSet::new(),
    };
    let catalogues = catalogues(loaded)?;
    let references = References::with(settings.references.clone()).into();
    let (exclude, max_file_size) = (settings.exclude.clone(), settings.max_file_size);
    Ok(Options { catalogues, references, exclude, listed_files, max_file_size, ..profile.into() })
}

/// The profile with replacements that count before its own. A word that is replaced by itself is right.
fn with_terms(mut profile: Profile, words: &BTreeMap<String, String>) -> Profile {
    for term in &mut profile.terminology {
        term.find.retain(|found| !words.contains_key(found));
    }
    let added = words.iter().filter(|(find, write)| find != write);
    let added = added.map(|(find, write)| Term {
        find: vec![find.clone()],
        write: write.clone(),
        except: None,
        current: false,
    });
    profile.terminology.extend(added);
    profile
}

/// Reads a YAML file of the tool's own.
fn read<T>(path: &Path, what: &str, from: impl Fn(&Node) -> Result<T, Problem>) -> Result<T, Error> {
    let source = workspace::read_source(FileId::default(), path)?;
    let documents = yaml::parse(&source, 0..source.text().len());
    if !documents.problems.is_empty() {
        return Err(refuse_unseen(&source, what, &documents.problems));
    }
    match documents.documents.first() {
        Some(node) => from(node).map_err(|problem| refuse_unseen(&source, what, &[problem])),
        None => Err(Error::File(format!("`{}` holds no {what}", path.display()))),
    }
}

/// One path on each line.
fn listed(source: &SourceFile) -> BTreeSet<String> {
    let lines = source.text().lines().map(str::trim).filter(|line| !line.is_empty());
    lines.map(|line| line.trim_start_matches("./").trim_start_matches('/').to_owned()).collect()
}

/// The built-in catalogues with the changes that the settings make.
fn catalogues(loaded: &Loaded) -> Result<Catalogues, Error> {
    let builtin = Catalogues::builtin();
    let mut changed = Vec::new();
    for (vendor, changes) in &loaded.settings.scopes {
        let catalogue = match &changes.catalogue {
            Some(path) => Some(read(path, "scope catalogue", Catalogue::from_node)?),
            None => builtin.get(vendor).cloned(),
        };
        let Some(mut catalogue) = catalogue else { continue };
        if catalogue.vendor != *vendor {
            let message = format!("the catalogue is that of `{}`, not of `{vendor}`", catalogue.vendor);
            return Err(loaded.refuse_at(changes.span, message, None));
        }
        catalogue.add(&changes.add);
        changed.push(catalogue);
    }
    Ok(Catalogues::with(changed))
}
