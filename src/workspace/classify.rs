//! Reads the head of each page, which identifies the kind of each file and the content of its site.

use std::borrow::Cow;
use std::path::Path;
use std::sync::{Arc, OnceLock};

use super::candidate::Candidate;
use super::memo::Memo;
use super::packs::PackFiles;
use super::page_head::PageHead;
use super::read::{Content, probe, read_head, read_within, within};
use super::roots::Root;
use super::site_index::SiteIndex;
use super::{Error, File, FileKind, Named, Options, Workspace, display_path, extension};
use crate::fault;
use crate::guide::front_matter_range;
use crate::profile::GuideKind;
use crate::source::{FileId, SourceFile, from_utf_16};
use crate::threads;

/// Files whose heads are read before they are put into the index of their site.
const BATCH: usize = 256;

/// Heads that are read faster than threads are started.
const FEW: usize = 16;

/// Bytes of text that are kept from the reading of heads until their files are checked, so that small files
/// are opened once; the files after them are read again, so that memory stays flat.
const HELD: usize = 1 << 20;

/// Reads the head of each page, which identifies the kind of each file.
pub(super) fn open(
    options: Options,
    roots: Vec<Root>,
    candidates: Vec<Candidate>,
    mut unreadable: Vec<Error>,
) -> Result<Workspace, Error> {
    let mut sites: Vec<_> = roots.into_iter().map(|root| SiteIndex::new(root, options.max_file_size)).collect();
    let mut files = Vec::with_capacity(candidates.len());
    let mut room = HELD;
    let mut candidates = (0..).map(FileId).zip(candidates).peekable();
    while candidates.peek().is_some() {
        let read = threads::map(candidates.by_ref().take(BATCH).collect(), FEW, |(id, candidate)| {
            classify(&options, &sites[candidate.site], id, candidate)
        });
        for read in read {
            let Classified { mut file, head, text, fault } = read;
            unreadable.extend(fault);
            if let Some((rest, text)) = text.and_then(|text| Some((room.checked_sub(text.text().len())?, text))) {
                (room, file.held) = (rest, Some(text));
            }
            if let Some(head) = head {
                sites[file.site].add(head);
            }
            files.push(file);
        }
    }
    sites.iter_mut().for_each(SiteIndex::arrange);
    let (contracts, guides, aliases, product_names, lookups, fragments) = Default::default();
    let packs = PackFiles::default();
    let workspace = Workspace {
        options,
        files,
        sites,
        contracts,
        guides,
        aliases,
        product_names,
        lookups,
        fragments,
        packs,
        unreadable,
    };
    Ok(workspace.with_pack().without_strangers())
}

impl Workspace {
    /// A page that only the name of its folder makes a guide is one where something else on the site is the vendor's: a
    /// page, the configuration, or the text of such a page.
    fn without_strangers(mut self) -> Self {
        let name = self.profile().name.clone();
        if self.options.pack.is_some() || name.is_empty() {
            return self;
        }
        let names_vendor = |text: &str| names(text, &name);
        for site in 0..self.sites.len() {
            let index = &self.sites[site];
            let kept =
                index.pages.iter().any(|page| page.is_own) || index.config.texts.iter().any(|text| names_vendor(text));
            if kept {
                continue;
            }
            let guides = index.pages.iter().filter(|page| page.kind.is_some()).map(|page| page.file);
            let by_folder: Vec<FileId> = guides.filter(|page| !self.file(*page).kind_given).collect();
            let is_named_on = |page: &FileId| self.readable(*page).is_some_and(|source| names_vendor(source.text()));
            if by_folder.iter().any(is_named_on) {
                continue;
            }
            self.sites[site].is_foreign = true;
            for page in by_folder {
                let file = &mut self.files[page.0 as usize];
                (file.kind, file.checked, file.held) = (FileKind::Page, false, None);
                self.sites[site].set_aside(page);
            }
        }
        self
    }

    /// Takes `bytes` for the content of a file, as an editor holds it. What other files say about it is read again when
    /// it is asked for. Files of a pack are joined by their content, so there the run has to be opened again.
    pub fn replace(&mut self, id: FileId, bytes: Vec<u8>) -> Result<(), Error> {
        let file = self.file(id);
        let (explicit, site, path, place) = (file.explicit, file.site, file.path.clone(), file.place.clone());
        let (own, index) = (self.site(id), &self.sites[site]);
        let published = own.own_path().map(str::to_owned);
        let known = index.head(id).cloned();
        let candidate = Candidate { path, explicit, checked: true, site, published, held: Some(bytes), place };
        let Classified { mut file, head, .. } = classify(&self.options, index, id, candidate);
        file.kind_given = self.file(id).kind_given;
        self.files[id.0 as usize] = file;
        if let Some(head) = head.filter(|head| known.as_ref() != Some(head)) {
            self.sites[site].replace(head);
            (self.guides, self.aliases, self.product_names, self.lookups) = Default::default();
        }
        self.fragments = OnceLock::new();
        self.sites.iter_mut().for_each(|site| site.forget(id));
        if !matches!(self.file(id).kind, FileKind::Yaml | FileKind::Json) {
            self.contracts = Memo::default();
        }
        Ok(())
    }
}

/// A file and the text that was read to identify its kind.
struct Classified {
    file: File,
    head: Option<PageHead>,
    /// Its text, if it is to be checked and all of it was read.
    text: Option<Arc<SourceFile>>,
    /// Why it cannot be read, if it was to be checked.
    fault: Option<Error>,
}

fn classify(options: &Options, site: &SiteIndex, id: FileId, candidate: Candidate) -> Classified {
    let Candidate { path, explicit, checked, site: number, published, held, place } = candidate;
    let limit = options.max_file_size;
    let is_held = held.is_some();
    let named = if explicit { options.named } else { Named::AsFound };
    let left_out = options.exclude.is_match(&path) || explicit && !is_held && site.leaves_out(&path);
    let excluded = !options.no_exclude && named != Named::ByName && left_out;
    let source = |bytes| Arc::new(SourceFile::from_bytes(id, display_path(&path), bytes));
    let too_large = |start: &[u8]| Arc::new(SourceFile::too_large(id, display_path(&path), limit, start));
    let file = |path, kind, checked, held| {
        let is_forced = matches!(named, Named::Guide | Named::Configuration);
        let checked = checked && !excluded && (options.pack.is_none() || place.is_some() || is_forced);
        let kind_given = named != Named::AsFound;
        File { path, kind, explicit, checked, excluded, kind_given, place: place.clone(), site: number, held }
    };
    let placed = options.pack.as_ref().zip(place.as_ref()).and_then(|(pack, place)| pack.files.get(&place.kind));
    let kind = match placed {
        Some(form) if form.is_page() => None,
        Some(_) => Some(FileKind::Data),
        None => data(&path, named),
    };
    if let Some(kind) = kind {
        let held = held.map(|bytes| match within(bytes, limit) {
            Content::Whole(bytes) => source(bytes),
            Content::Start(start) => too_large(&start),
        });
        let fault = if held.is_none() && checked && !excluded { probe(&path).err() } else { None };
        let file = file(path, kind, checked && fault.is_none(), held);
        return Classified { file, head: None, text: None, fault };
    }
    let indexed = site.config.is_page(&path);
    let content = match held {
        Some(bytes) => Ok(within(bytes, limit)),
        None if explicit => read_within(&path, limit),
        None => read_head(&path, limit, |start| !has_whole_head(start)),
    };
    let content = match content {
        Ok(content) => content,
        Err(fault) => {
            let head = indexed.then(|| PageHead::unread(id, published));
            let fault = Some(fault).filter(|_| checked && !excluded);
            return Classified { file: file(path, FileKind::Page, false, None), head, text: None, fault };
        }
    };
    let is_cut = matches!(&content, Content::Start(start) if start.starts_with(b"---") && !has_whole_head(start));
    let (Content::Whole(bytes) | Content::Start(bytes)) = &content;
    let decoded = from_utf_16(bytes).map(|text| SourceFile::new(id, display_path(&path), text));
    let (start, text) = match content {
        Content::Whole(bytes) => {
            let text = source(bytes);
            (Arc::clone(&text), Some(text))
        }
        Content::Start(start) => (source(start.clone()), is_held.then(|| too_large(&start))),
    };
    let readable = decoded.as_ref().unwrap_or(&start);
    let read = || fault::guard(|| PageHead::read(&options.profile, &site.config, readable, published.clone())).ok();
    let read = if is_cut { None } else { read() };
    // What could not be read is taken for a guide, so that the reason is found again and reported with it.
    let is_unread = read.is_none();
    let mut page = read.unwrap_or_else(|| PageHead::unread(id, published));
    if decoded.is_some() {
        // Its place is that in another text.
        page.permalink = page.permalink.map(|(permalink, _)| (permalink, start.span(0..0)));
    }
    if site.is_foreign && !page.is_own && !names(start.text(), &options.profile.name) {
        page.kind = None;
    }
    let is_markdown = site.config.is_markdown(&path);
    let kind = match page.kind {
        _ if placed.is_some() => FileKind::Guide(GuideKind::Information),
        kind if named == Named::Guide => FileKind::Guide(kind.unwrap_or(GuideKind::Setup)),
        Some(kind) if is_markdown => FileKind::Guide(kind),
        None if is_markdown && (named == Named::ByName || is_unread) => FileKind::Guide(GuideKind::Setup),
        _ => FileKind::Page,
    };
    let (held, text) = if is_held { (text, None) } else { (None, text) };
    // A page of a pack that is not published has no readers.
    let is_withheld = placed.is_some() && page.is_withheld;
    let file = file(path, kind, checked && kind != FileKind::Page && !is_withheld, held);
    let text = text.filter(|_| file.checked);
    Classified { file, head: indexed.then_some(page), text, fault: None }
}

/// Whether a text has a name, in any case of its letters.
fn names(text: &str, name: &str) -> bool {
    text.to_lowercase().contains(&name.to_lowercase())
}

/// The kind of a file that is read as data; `None` for pages.
fn data(path: &Path, named: Named) -> Option<FileKind> {
    match (named, extension(path).as_deref()) {
        (Named::Guide, _) => None,
        (_, Some("json")) => Some(FileKind::Json),
        (_, Some("yaml" | "yml")) | (Named::Configuration, _) => Some(FileKind::Yaml),
        _ => None,
    }
}

/// Whether the start of a page holds its front matter and a line after it, so that no line of it is
/// cut off. A page without front matter has its whole head in the first line.
fn has_whole_head(start: &[u8]) -> bool {
    // A character that is cut off at the end is not a line.
    let text = match std::str::from_utf8(start) {
        Ok(text) => Cow::Borrowed(text),
        Err(error) if error.error_len().is_none() => String::from_utf8_lossy(&start[..error.valid_up_to()]),
        Err(_) => String::from_utf8_lossy(start),
    };
    match front_matter_range(&text) {
        Some(range) => text[range.end..].lines().nth(1).is_some(),
        None => text.lines().next().is_some_and(|first| first.len() < text.len() && !first.contains("---")),
    }
}

#[cfg(test)]
mod tests {
    use std::sync::LazyLock;

    use proptest::prelude::*;

    use super::*;
    use crate::profile::Profile;
    use crate::workspace::jekyll::SiteConfig;

    static PROFILE: LazyLock<Profile> = LazyLock::new(Profile::builtin);

    /// Lines of front matter, whole and broken, and of text.
    fn pages() -> impl Strategy<Value = String> {
        let lines = [
            "---", "--- ", "----", "title: A", "permalink: a-b", "tags: [a", "]", "description: |", "  é", "a: b: c",
            "", "# A", "text", "...",
        ];
        let line = (proptest::sample::select(lines.to_vec()), proptest::sample::select(vec!["\n", "\r\n", "\n\n", ""]));
        let lines = proptest::collection::vec(line.prop_map(|(line, end)| [line, end].concat()), 0..12);
        (proptest::sample::select(vec!["---\n", "---\r\n", ""]), lines)
            .prop_map(|(first, lines)| [first, &lines.concat()].concat())
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 2048, failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn a_whole_head_is_read_as_in_the_whole_page(page in pages(), end in 0..120_usize) {
            let start = &page.as_bytes()[..end.min(page.len())];
            let read = |bytes: &[u8]| {
                let source = SourceFile::from_bytes(FileId::default(), "a.md".to_owned(), bytes.to_vec());
                PageHead::read(&PROFILE, &SiteConfig::default(), &source, Some("a.md".to_owned()))
            };
            if has_whole_head(start) {
                prop_assert_eq!(read(start), read(page.as_bytes()));
            }
        }
    }
}
