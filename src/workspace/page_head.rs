//! What a run knows of a page that it does not check: a few values of its front matter, and its address.
//!
//! The head of every page of a site is read, also when a single guide is checked.

use super::addresses::{decoded, key, strings, trim};
use super::jekyll::{PageFacts, Place, SiteConfig, categories};
use crate::guide::front_matter_range;
use crate::profile::{GuideKind, Profile};
use crate::source::{FileId, SourceFile, Span};
use crate::tree::{Node, yaml};

/// What the front matter of a page says, with the values that the site's configuration gives to it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
#[allow(clippy::struct_excessive_bools, reason = "each is a fact of its own")]
pub struct PageHead {
    /// The page's file.
    pub file: FileId,
    /// The permalink as written on the page, without slashes around it, and where.
    pub permalink: Option<(Box<str>, Span)>,
    /// Which kind of guide it is; `None` for any other page.
    pub kind: Option<GuideKind>,
    /// Whether more than the name of its folder shows that it is a page of the vendor.
    pub(super) is_own: bool,
    /// Former addresses that lead to the page (`redirect_from`), without slashes around them.
    pub redirects: Vec<Box<str>>,
    /// Whether its readers are sent to another address (`redirect_to`).
    pub is_redirect: bool,
    /// The path of its file from the site's source, where it is one of the files that Jekyll reads.
    pub(super) path: Option<Box<str>>,
    /// Its address, with a slash at its start; `None` where only a build knows it.
    pub(super) address: Option<Box<str>>,
    pub(super) is_published: bool,
    /// Whether its front matter keeps it off the site (`published: false`).
    pub(super) is_withheld: bool,
    /// Whether it has front matter: other files are copied.
    pub(super) has_front_matter: bool,
}

impl PageHead {
    /// The head of a page that could not be read because of a fault of the program, or has no end in what was read.
    pub(super) fn unread(file: FileId, path: Option<String>) -> Self {
        Self { file, is_published: path.is_some(), path: path.map(String::into_boxed_str), ..Self::default() }
    }

    /// Reads the front matter of a page whose file is at `path`, from the site's source.
    pub(super) fn read(profile: &Profile, config: &SiteConfig, source: &SourceFile, path: Option<String>) -> Self {
        let range = front_matter_range(source.text());
        let has_front_matter = range.is_some();
        let node = range.and_then(|range| yaml::parse(source, range).documents.into_iter().next());
        let place = path.as_deref().and_then(|path| config.place(path));
        let own = |key: &str| node.as_ref().and_then(|node| node.get(key));
        let inherited =
            |key: &str| path.as_deref().zip(place).and_then(|(path, place)| config.default_value(path, place, key));
        let get = |key: &str| own(key).or_else(|| inherited(key));
        let list = |key: &str| get(key).map(strings).unwrap_or_default();
        let string = |key: &str| get(key).and_then(Node::as_str);
        let facts = PageFacts {
            permalink: string("permalink").filter(|permalink| !permalink.is_empty()),
            slug: string("slug"),
            date: string("date"),
            categories: categories(get("categories"), get("category")),
        };
        let address = path.as_deref().and_then(|path| config.address(path, place.unwrap_or(Place::Page), &facts));
        let permalink = own("permalink").and_then(|node| Some((trim(node.as_str()?).into(), node.span)));
        let is_unpublished = get("published").and_then(Node::as_bool) == Some(false) && !config.unpublished;
        Self {
            file: source.id(),
            permalink,
            kind: profile.guide_kind(&list("tags"), source.path()),
            is_own: profile.is_own_page(list),
            redirects: list("redirect_from").into_iter().map(|address| key(address).into()).collect(),
            is_redirect: get("redirect_to").is_some(),
            address: address.map(|address| decoded(&address).into()),
            is_published: path.is_some() && !is_unpublished,
            is_withheld: is_unpublished,
            path: path.map(String::into_boxed_str),
            has_front_matter,
        }
    }

    /// The address in the form in which addresses are compared.
    pub(super) fn key(&self) -> &str {
        self.address.as_deref().map_or("", key)
    }

    /// The file that Jekyll writes the page to (`page.rb`, `document.rb`: `destination`).
    pub(super) fn destination(&self) -> Option<String> {
        let address = self.address.as_deref()?;
        let ending = if address.ends_with('/') { "index.html" } else { ".html" };
        let is_whole = address.strip_suffix(".html").is_some();
        Some(if is_whole { address.to_owned() } else { format!("{address}{ending}") })
    }
}
