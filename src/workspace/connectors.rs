//! The connector that a name means: people write a product's name, a short name, the name of a guide's
//! file or the address of its page where the permalink is meant.

use super::Workspace;
use super::site_index::SiteIndex;
use crate::contract::bundle::{self, Listed};
use crate::nearest;
use crate::profile::fold;

/// Words at the end of permalinks and titles that say what a page is, not which connector it describes.
const PAGE_WORDS: [&str; 5] = ["connector", "information", "authentication", "guide", "setup"];

/// Words that say how a connector signs in: they distinguish two guides of one product.
const SIGN_IN_WORDS: [&str; 7] = ["oauth20", "oauth2", "oauth", "auth", "apikey", "apitoken", "api"];

/// The most candidates that are named.
const MOST_CANDIDATES: usize = 6;

/// The slips within which a name can only mean another.
const MOST_SLIPS: usize = 2;

/// What a name was resolved to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Lookup {
    /// It is the permalink of a guide.
    Known,
    /// It is another name of this one.
    Meant(String),
    /// It can only be a misspelling of this one.
    Misspelled(String),
    /// It may mean any of these, or none of them.
    Several(Vec<String>),
    /// Nothing is called like it.
    Unknown,
}

/// A connector and something that it is called.
#[derive(Debug)]
pub(super) struct Alias {
    permalink: String,
    folded: String,
    stem: String,
    /// The stem without the words for how it signs in.
    product: String,
    /// The number of characters of the stem.
    length: usize,
}

impl Alias {
    fn new(permalink: &str, name: &str) -> Self {
        let folded = fold(name);
        let stem = without_words(&folded, &PAGE_WORDS).to_owned();
        let product = without_words(&stem, &SIGN_IN_WORDS).to_owned();
        let length = stem.chars().count();
        Self { permalink: permalink.to_owned(), folded, stem, product, length }
    }
}

impl Workspace {
    /// The connector that `written` means: the permalink of its guide, or what else it is called.
    pub fn connector(&self, written: &str) -> Lookup {
        let is_own = || self.sites.iter().flat_map(SiteIndex::setup_permalinks).any(|permalink| permalink == written);
        self.lookups.get_or(written.to_owned(), || {
            if self.profile().is_builtin() && bundle::lists(written) || is_own() {
                Lookup::Known
            } else {
                resolve(page_of(written), self.aliases.get_or_init(|| self.read_aliases()))
            }
        })
    }

    /// The connectors whose name is `title`, which is free text: without slips, but with a remark after it.
    pub fn titled(&self, title: &str) -> Vec<String> {
        let aliases = self.product_names.get_or_init(|| self.read_product_names());
        let remark = [" (", " - ", " \u{2013} ", ": "].iter().filter_map(|mark| title.find(mark)).min();
        let titles = std::iter::once(title).chain(remark.map(|at| &title[..at]));
        titles.map(|title| with_title(title, aliases)).find(|found| !found.is_empty()).unwrap_or_default()
    }

    fn read_product_names(&self) -> Vec<Alias> {
        let own = self.setup_files().map(|(permalink, _)| Alias::new(permalink, page_of(permalink)));
        let built_in = bundle::names().filter(|_| self.profile().is_builtin());
        own.chain(built_in.map(|(permalink, name)| Alias::new(permalink, name))).collect()
    }

    fn read_aliases(&self) -> Vec<Alias> {
        let own = self
            .setup_files()
            .flat_map(|(permalink, file)| [Alias::new(permalink, page_of(permalink)), Alias::new(permalink, &file)]);
        let mut aliases: Vec<Alias> = own.collect();
        if self.profile().is_builtin() {
            aliases.extend(builtin_aliases(&bundle::list()));
        }
        aliases
    }
}

/// The connector of the built-in contracts that `written` means.
pub fn builtin_connector(written: &str) -> Lookup {
    let all = bundle::list();
    if all.iter().any(|listed| listed.permalink == written) {
        return Lookup::Known;
    }
    let aliases: Vec<Alias> = builtin_aliases(&all).collect();
    resolve(page_of(written), &aliases)
}

fn builtin_aliases(all: &[Listed]) -> impl Iterator<Item = Alias> {
    all.iter().flat_map(|listed| {
        let permalink = listed.permalink.as_str();
        [Alias::new(permalink, page_of(permalink)), Alias::new(permalink, &listed.name)]
    })
}

/// The connectors called `title`. The name of a product alone may mean any of its guides.
fn with_title(title: &str, aliases: &[Alias]) -> Vec<String> {
    let title = Alias::new("", title);
    if title.product.is_empty() {
        return Vec::new();
    }
    let exact = permalinks(aliases.iter().filter(|alias| alias.folded == title.folded));
    if title.stem != title.product && !exact.is_empty() {
        return exact;
    }
    permalinks(aliases.iter().filter(|alias| alias.product == title.product))
}

/// From the closest likeness to the loosest; the first that fits any connector decides.
fn resolve(written: &str, aliases: &[Alias]) -> Lookup {
    let name = fold(written);
    let stem = without_words(&name, &PAGE_WORDS);
    if stem.is_empty() {
        return Lookup::Unknown;
    }
    let same = |fits: &dyn Fn(&Alias) -> bool| permalinks(aliases.iter().filter(|alias| fits(alias)));
    let begins = same(&|alias| alias.stem.starts_with(stem) && begins_with_word(&alias.permalink, stem));
    for found in [same(&|alias| alias.folded == name), same(&|alias| alias.stem == stem)] {
        if let Some(lookup) = decided(found) {
            return lookup;
        }
    }
    // Guides that differ only in how they sign in, and others of the same product, are distinguished by people.
    let bare = without_words(stem, &SIGN_IN_WORDS);
    let product = same(&|alias| alias.product == bare);
    if !product.is_empty() {
        let others = begins.iter().filter(|other| !product.contains(other)).cloned();
        let all: Vec<String> = product.iter().cloned().chain(others).collect();
        return decided(all).unwrap_or(Lookup::Unknown);
    }
    if !begins.is_empty() {
        return Lookup::Several(shortened(begins));
    }
    let slips = aliases.iter().filter_map(|alias| {
        // The slip may be in the words that are left out of the stem.
        let pairs = [(stem, &alias.stem), (&name, &alias.folded)];
        let slips = pairs.into_iter().filter_map(|(name, other)| nearest::slips(name, other, MOST_SLIPS)).min()?;
        (slips * 4 <= alias.length).then_some((slips, alias.permalink.as_str()))
    });
    if let Some(only) = nearest::only(slips, MOST_SLIPS) {
        return Lookup::Misspelled(only.to_owned());
    }
    let holds = same(&|alias| stem.len() > 2 && has_word(&alias.permalink, stem));
    if holds.is_empty() { Lookup::Unknown } else { Lookup::Several(shortened(holds)) }
}

/// One connector is meant, several may be; `None` for none.
fn decided(found: Vec<String>) -> Option<Lookup> {
    match found.as_slice() {
        [] => None,
        [only] => Some(Lookup::Meant(only.clone())),
        _ => Some(Lookup::Several(shortened(found))),
    }
}

fn shortened(mut found: Vec<String>) -> Vec<String> {
    found.truncate(MOST_CANDIDATES);
    found
}

fn permalinks<'a>(aliases: impl Iterator<Item = &'a Alias>) -> Vec<String> {
    let mut found: Vec<String> = aliases.map(|alias| alias.permalink.clone()).collect();
    found.sort_unstable();
    found.dedup();
    found
}

/// The last part of an address or path, without what follows the page and without its extension.
fn page_of(written: &str) -> &str {
    let written = written.trim();
    let page = written.split(['#', '?']).next().unwrap_or_default().trim_end_matches('/');
    let page = page.rsplit('/').next().unwrap_or(page);
    [".html", ".htm", ".md"].iter().find_map(|extension| page.strip_suffix(extension)).unwrap_or(page)
}

/// A folded name without `words` at its end, and without `authenticate` before it.
fn without_words<'a>(folded: &'a str, words: &[&str]) -> &'a str {
    let mut rest = folded.strip_prefix("authenticate").unwrap_or(folded);
    while let Some(shorter) = words.iter().filter_map(|word| rest.strip_suffix(word)).find(|rest| !rest.is_empty()) {
        rest = shorter;
    }
    rest
}

/// Whether the first words of a permalink are `stem`.
fn begins_with_word(permalink: &str, stem: &str) -> bool {
    let mut joined = String::new();
    permalink.split(|c: char| !c.is_alphanumeric()).any(|word| {
        joined.push_str(&word.to_lowercase());
        joined == stem
    })
}

fn has_word(permalink: &str, stem: &str) -> bool {
    permalink.split(|c: char| !c.is_alphanumeric()).any(|word| word.eq_ignore_ascii_case(stem))
}
