//! What a target that has no target may have been meant to name: files of the same name elsewhere on the site.

use std::path::Path;

use super::display_path;
use super::page_head::PageHead;
use super::site::Site;
use super::site_index::Names;
use super::walk::walk;

impl<'a> Site<'a> {
    /// The only published page whose file has this name in any folder and case, if it is not the page that looks.
    pub fn page_of_file_name(&self, name: &str) -> Option<&'a PageHead> {
        let mut pages = self.pages_of_file_name(name).filter(|page| page.file != self.this_page());
        pages.next().filter(|_| pages.next().is_none())
    }

    /// The target that leads to another page: from the root where `written` is, or this page is in a folder.
    pub fn target_to(&self, page: &PageHead, written: &str) -> Option<String> {
        let permalink = page.permalink.as_ref().map(|(permalink, _)| &**permalink);
        let address = permalink.or(page.address.as_deref())?.trim_start_matches('/');
        let is_beside = self.folder() == Some("") && !written.starts_with('/');
        let base = self.base_url();
        let slash = if base.is_empty() { "" } else { "/" };
        Some(if is_beside { address.to_owned() } else { format!("{slash}{base}/{address}") })
    }

    /// The target that leads to the only other file of the site that has the name of `path`, in any folder and case:
    /// from the root or from this page, as `path` is written.
    pub fn near_file(&self, path: &str) -> Option<String> {
        let wanted = file_name(path).to_lowercase();
        let names = self.file_names();
        let first = names.partition_point(|(name, _)| *name < wanted);
        let mut found = names[first..].iter().take_while(|(name, _)| *name == wanted);
        let (_, near) = found.next().filter(|_| found.next().is_none())?;
        if path.starts_with('/') {
            let base = self.base_url();
            return Some(if base.is_empty() { format!("/{near}") } else { format!("/{base}/{near}") });
        }
        let dot = if path.starts_with("./") { "./" } else { "" };
        let way = crate::paths::relative(Path::new(self.folder()?), Path::new(near));
        Some(format!("{dot}{way}"))
    }

    /// The names and paths of the files that the site publishes as they are, in the order of their names.
    fn file_names(&self) -> &'a Names {
        self.names_of(|source, config, listed| {
            let found = walk(source, None, config).files;
            let relative = |path: &Path| crate::paths::below(source, path).map(|path| display_path(&path));
            let on_disk = found.iter().filter(|path| !config.is_page(path)).filter_map(|path| relative(path));
            let published = on_disk.filter(|path| !self.is_jekyll() || config.place(path).is_some());
            let all = published.chain(listed.iter().cloned());
            let mut names: Names = all.map(|path| (file_name(&path).to_lowercase(), path)).collect();
            names.sort_unstable();
            names.dedup();
            names
        })
    }
}

fn file_name(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or(path)
}
