//! A page of Markdown with components (MDX), as documentation sites show it.
//!
//! What is not Markdown is found first (`scan`): imports, exports, expressions and tags. The text without it (`flow`)
//! is read as GitHub Flavored Markdown: the content of components moves to the left, for MDX has no indented code, and
//! the title of a component that makes a heading is one. Positions stay those of the page.

mod flow;
mod lists;
mod scan;
mod tags;

use std::sync::Arc;

use super::gfm::{self, Slugs};
use super::hide_secrets;
use crate::dialect::{Dialect, Mdx, SlugStyle};
use crate::guide::{Guide, front_matter};
use crate::source::SourceFile;

/// Parses a page. Never fails: what is not a component or expression is text.
pub(super) fn parse(source: Arc<SourceFile>, options: &Mdx) -> Guide {
    let (source, secrets) = hide_secrets(source);
    let (front_matter, start) = front_matter::read(&source);
    let made = flow::markdown(source.text(), start, options);
    let slugs = match options.slugs {
        SlugStyle::Github => Slugs::github(),
        SlugStyle::Mintlify => Slugs::mintlify(),
    };
    let guide = gfm::read(source, &made, slugs);
    let body = guide.source.span(start..guide.source.text().len());
    Guide { dialect: Dialect::Mdx, front_matter, body, secrets, ..guide }
}
