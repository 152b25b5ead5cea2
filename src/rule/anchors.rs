//! The anchors of the pages that links lead to.

use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::sync::{Arc, LazyLock};

use regex::Regex;

use crate::dialect::Dialect;
use crate::guide::Guide;
use crate::source::FileId;
use crate::workspace::Site;

/// Other pages of a site, of which each is read once.
pub struct LinkedPages<'a> {
    site: &'a Site<'a>,
    pages: BTreeMap<FileId, LinkedPage>,
}

/// A page that links lead to.
struct LinkedPage {
    guide: Option<Guide>,
    /// Whether a script on it reads the fragments of its addresses.
    reads_fragments: bool,
    others: OtherForms,
}

impl<'a> LinkedPages<'a> {
    /// None are read yet.
    pub fn of(site: &'a Site<'a>) -> Self {
        Self { site, pages: BTreeMap::new() }
    }

    /// The anchors of a page that has none of this name, neither of its own nor by its layout.
    pub fn without(&mut self, page: FileId, fragment: &str) -> Option<Arc<BTreeSet<String>>> {
        let anchors = self.site.anchors(page).filter(|anchors| !anchors.contains(fragment))?;
        let linked = self.pages.entry(page).or_insert_with(|| {
            let guide = self.site.guide(page);
            let reads_fragments = guide.as_ref().is_some_and(|guide| guide.source.text().contains("location.hash"));
            let others = guide.as_ref().map(|guide| OtherForms::of(self.site, guide, &anchors)).unwrap_or_default();
            LinkedPage { guide, reads_fragments, others }
        });
        let may_have = || linked.guide.as_ref().is_some_and(|guide| self.site.layout_may_have(guide, fragment));
        let may_have = linked.reads_fragments || linked.others.have(fragment) || may_have();
        (!may_have).then_some(anchors)
    }
}

/// Whether a fragment needs an anchor: an empty one and `top` lead to the top of the page (HTML, section 7.4.6.3), and
/// an encoded one may be any name.
pub fn needs_anchor(fragment: &str) -> bool {
    !fragment.is_empty() && !fragment.eq_ignore_ascii_case("top") && !fragment.contains('%')
}

/// The anchors of a page as other programs than GitHub and kramdown may make them.
#[derive(Debug, Default)]
pub struct OtherForms {
    /// Without their marks, in which those of programs differ; those that are written in a form of their own with them.
    of_programs: HashSet<String>,
    /// As GitHub writes them in its pages.
    of_github: HashSet<String>,
}

impl OtherForms {
    /// Those of a page that another program makes, or GitHub; none for other pages.
    pub fn of(site: &Site<'_>, guide: &Guide, anchors: &BTreeSet<String>) -> Self {
        let mut others = Self::default();
        if guide.dialect == Dialect::CommonMark || site.has_generator() {
            let written = WRITTEN
                .captures_iter(guide.source.text())
                .flat_map(|found| found.iter().skip(1).flatten().map(|name| name.as_str()).collect::<Vec<_>>());
            others.of_programs = anchors.iter().map(String::as_str).chain(written).map(without_marks).collect();
        }
        if !site.is_jekyll() {
            others.of_github = anchors.iter().map(|anchor| format!("user-content-{anchor}")).collect();
        }
        others
    }

    /// Whether a fragment is one of them.
    pub fn have(&self, fragment: &str) -> bool {
        let of_program = || {
            !self.of_programs.is_empty()
                && (fragment.starts_with("__") || self.of_programs.contains(&without_marks(fragment)))
        };
        let of_github =
            || !self.of_github.is_empty() && (self.of_github.contains(fragment) || LINES.is_match(fragment));
        of_program() || of_github()
    }
}

/// Ids in attribute lists and labels of `MyST`.
static WRITTEN: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"(?m)\{:?[^{}\n]*#([\w:.-]+)[^{}\n]*\}|^\(([\w:.-]+)\)=[ \t]*$"));

/// Lines of a file as GitHub shows it.
static LINES: LazyLock<Regex> = LazyLock::new(|| pattern(r"^L\d+(C\d+)?(-L\d+(C\d+)?)?$"));

fn pattern(written: &str) -> Regex {
    Regex::new(written).expect("the patterns are constants that the tests compile")
}

fn without_marks(anchor: &str) -> String {
    anchor.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}
