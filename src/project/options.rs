//! What a run takes into account, read from the files that the settings name.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use super::problems::refuse_unseen;
use super::{Error, Loaded};
use crate::config::References;
use crate::nearest;
use crate::pack::Pack;
use crate::profile::{Profile, Term, is_same};
use crate::scopes::{Catalogue, Catalogues};
use crate::settings::Origin;
use crate::source::{FileId, SourceFile};
use crate::tree::{Node, Problem, yaml};
use crate::workspace::{self, Options};

/// The file of a pack in its folder.
const PACK_FILE: &str = "pack.yaml";

/// Reads the pack, the catalogs and the list of images that the settings name.
///
/// # Errors
/// One of them cannot be read or used.
pub fn options(loaded: &Loaded) -> Result<Options, Error> {
    let settings = &loaded.settings;
    let options = match pack(loaded)? {
        Some(pack) => Options::from(pack),
        None => Options::from(Profile::builtin()),
    };
    let mut profile = with_terms(options.profile, &settings.terminology);
    profile.page.liquid_tags.extend(settings.liquid_tags.iter().cloned());
    profile.dialect = loaded.dialect.unwrap_or(profile.dialect);
    let listed_files = match &settings.images {
        Some(path) => listed(&workspace::read_source(FileId::default(), path)?),
        None => BTreeSet::new(),
    };
    let catalogues = catalogues(loaded)?;
    let references = References::with(settings.references.clone()).into();
    let (exclude, max_file_size, pack) = (settings.exclude.clone(), settings.max_file_size, options.pack);
    let pack_folder = pack_file(loaded).and_then(|file| file.parent().map(Path::to_owned));
    Ok(Options { pack, pack_folder, catalogues, references, exclude, listed_files, max_file_size, ..profile.into() })
}

/// The pack that the settings name: a built-in one, or that of a file or folder beside the settings.
fn pack(loaded: &Loaded) -> Result<Option<Pack>, Error> {
    let Some(name) = &loaded.settings.pack else { return Ok(None) };
    let is_path = name.contains(['/', '\\', '.']);
    if !is_path {
        if let Some(pack) = Pack::named(name) {
            return Ok(Some(pack));
        }
        if is_same(name, &Profile::builtin().name) {
            return Ok(None);
        }
    }
    let path = pack_path(loaded, name);
    if !is_path && !workspace::is_file(&path) {
        let packs = Pack::builtin();
        let names: Vec<&str> = packs.iter().map(|pack| pack.name.as_str()).collect();
        let near = nearest::suggestion(name, &names).map(|near| format!("; did you mean `{near}`?"));
        let near = near.unwrap_or_else(|| "; `connlint packs` lists them".to_owned());
        return Err(Error::Unknown(format!("unknown pack `{name}`{near}")));
    }
    let mut pack = read(&path, "pack", Pack::from_node)?;
    add_schemas(loaded, &mut pack, path.parent().unwrap_or(Path::new("")))?;
    Ok(Some(pack))
}

/// The file of a pack that the settings name by a path.
fn pack_path(loaded: &Loaded, name: &str) -> PathBuf {
    let path = loaded.beside("pack", Path::new(name));
    let is_named = path.extension().is_some_and(|end| end == "yaml" || end == "yml");
    if is_named || workspace::is_file(&path) { path } else { path.join(PACK_FILE) }
}

/// The file of the pack, unless a built-in one is used.
pub fn pack_file(loaded: &Loaded) -> Option<PathBuf> {
    let path = pack_path(loaded, loaded.settings.pack.as_deref()?);
    Some(path).filter(|path| workspace::is_file(path))
}

/// Reads the JSON Schemas that a pack in a folder names. Like the settings themselves, a pack that these name reaches
/// no file outside their folder.
fn add_schemas(loaded: &Loaded, pack: &mut Pack, folder: &Path) -> Result<(), Error> {
    let is_limited = matches!(loaded.settings.origin("pack"), Origin::File(_));
    for (kind, schema) in pack.schema_files() {
        let path = folder.join(&schema);
        if is_limited && !loaded.is_beside(&path) {
            return Err(Error::File(format!("the schema `{schema}` is outside the folder of the settings")));
        }
        let source = workspace::read_source(FileId::default(), &path)?;
        let added = pack.add_schema(&kind, source.text());
        added.map_err(|fault| Error::File(format!("`{}`: {fault}", path.display())))?;
    }
    Ok(())
}

/// The profile with replacements that count before its own. A word that is replaced on its own is right.
fn with_terms(mut profile: Profile, words: &BTreeMap<String, String>) -> Profile {
    for term in &mut profile.terminology {
        term.find.retain(|found| !words.contains_key(found));
    }
    let added = words.iter().filter(|(find, write)| find != write);
    let added = added.map(|(find, write)| Term {
        find: vec![find.clone()],
        write: write.clone(),
        except: None,
        followed_by: Vec::new(),
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
        None => Err(Error::File(format!("no {what} in `{}`", path.display()))),
    }
}

/// One path on each line.
fn listed(source: &SourceFile) -> BTreeSet<String> {
    let lines = source.text().lines().map(str::trim).filter(|line| !line.is_empty());
    lines.map(|line| line.trim_start_matches("./").trim_start_matches('/').to_owned()).collect()
}

/// The built-in catalogs with the changes that the settings make.
fn catalogues(loaded: &Loaded) -> Result<Catalogues, Error> {
    let builtin = Catalogues::builtin();
    let mut changed = Vec::new();
    for (vendor, changes) in &loaded.settings.scopes {
        let catalogue = match &changes.catalogue {
            Some(path) => Some(read(path, "scope catalog", Catalogue::from_node)?),
            None => builtin.get(vendor).cloned(),
        };
        let Some(mut catalogue) = catalogue else { continue };
        if catalogue.vendor != *vendor {
            let message = format!("expected the catalog of `{vendor}`, found that of `{}`", catalogue.vendor);
            return Err(loaded.refuse_at(changes.span, message, None));
        }
        catalogue.add(&changes.add);
        changed.push(catalogue);
    }
    Ok(Catalogues::with(changed))
}
