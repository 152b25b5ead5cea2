//! Reads pages: each dialect makes a [`Guide`] of a source file, the same model for all.
//!
//! The traits of a dialect that rules rely on are in [`Dialect`].

mod blanks;
mod gfm;
mod html;
pub mod kramdown;
mod mdx;
mod positions;

use std::sync::Arc;

use crate::dialect::{Dialect, Mdx};
use crate::guide::{Guide, Heading, Section};
use crate::secrets::{self, Secret};
use crate::source::SourceFile;

/// Reads a page of a dialect; `options` are those of kramdown. Never fails: what could not be read is missing or noted
/// as a problem.
pub fn read(source: Arc<SourceFile>, dialect: Dialect, options: &kramdown::Options) -> Guide {
    match dialect {
        Dialect::Kramdown => kramdown::parse(source, options),
        Dialect::CommonMark => gfm::parse_jekyll(source),
        Dialect::Gfm => gfm::parse(source),
        Dialect::Mdx => mdx::parse(source, &Mdx::default()),
    }
}

/// Reads a page of components. Never fails.
pub fn read_mdx(source: Arc<SourceFile>, options: &Mdx) -> Guide {
    mdx::parse(source, options)
}

/// The secrets of a page, and its source with them marked.
fn hide_secrets(source: Arc<SourceFile>) -> (Arc<SourceFile>, Vec<Secret>) {
    let secrets = secrets::known(source.text());
    let known = secrets.iter().map(|secret| secret.range.clone());
    let hidden: Vec<_> = known.chain(secrets::likely(source.text())).collect();
    (source.hiding(hidden, Vec::new()), secrets)
}

/// A section per heading, and one before the first heading if a block is there.
fn sections(headings: &[Heading], blocks: usize) -> Vec<Section> {
    let first = headings.first().map_or(blocks, |heading| heading.block);
    let mut sections = Vec::with_capacity(headings.len() + 1);
    if first > 0 {
        sections.push(Section { heading: None, parent: None, blocks: 0..first });
    }
    let offset = sections.len();
    let mut open: Vec<usize> = Vec::new();
    for (index, heading) in headings.iter().enumerate() {
        while open.pop_if(|above| headings[*above].level >= heading.level).is_some() {}
        let end = headings.get(index + 1).map_or(blocks, |next| next.block);
        let parent = open.last().map(|above| above + offset);
        sections.push(Section { heading: Some(index), parent, blocks: heading.block + 1..end });
        open.push(index);
    }
    sections
}
