//! What a run takes into account besides the files.

use std::collections::BTreeSet;
use std::path::PathBuf;
use std::sync::Arc;

use super::Named;
use crate::config::References;
use crate::pack::Pack;
use crate::paths::PathGlobs;
use crate::profile::Profile;
use crate::scopes::Catalogues;
use crate::source::Size;

/// What a run takes into account besides the files.
#[derive(Debug)]
pub struct Options {
    /// The vendor's conventions.
    pub profile: Profile,
    /// The pack of the files, instead of the conventions.
    pub pack: Option<Arc<Pack>>,
    /// The folder of its file.
    pub pack_folder: Option<PathBuf>,
    /// The scope catalogs.
    pub catalogues: Catalogues,
    /// What counts as a reference in configurations.
    pub references: Arc<References>,
    /// What is not checked; its pages are still known to others.
    pub exclude: PathGlobs,
    /// Whether excluded files are checked all the same.
    pub no_exclude: bool,
    /// What files that were named themselves are taken for.
    pub named: Named,
    /// Files of the sites that are not available, relative to the site's root.
    pub listed_files: BTreeSet<String>,
    /// What has more bytes is not read.
    pub max_file_size: Size,
}

impl From<Profile> for Options {
    /// The given conventions, the built-in catalogs, and nothing else.
    fn from(profile: Profile) -> Self {
        let (exclude, listed_files, references) = Default::default();
        let (no_exclude, named, max_file_size) = Default::default();
        let (catalogues, pack, pack_folder) = (Catalogues::builtin(), None, None);
        Self {
            profile,
            pack,
            pack_folder,
            catalogues,
            references,
            exclude,
            no_exclude,
            named,
            listed_files,
            max_file_size,
        }
    }
}

impl From<Pack> for Options {
    /// The files and conventions of a pack: what it leaves out, no rule asks for.
    fn from(mut pack: Pack) -> Self {
        let mut profile = pack.conventions.take().map_or_else(Profile::neutral, |conventions| *conventions);
        if profile.name.is_empty() {
            profile.name.clone_from(&pack.name);
        }
        profile.dialect = pack.dialect;
        if pack.files.is_empty() {
            return profile.into();
        }
        profile.page.liquid_tags.extend(pack.page_forms().flat_map(|form| form.liquid_tags.iter().cloned()));
        Self { pack: Some(Arc::new(pack)), ..profile.into() }
    }
}
