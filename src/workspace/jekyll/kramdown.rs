//! The options of kramdown that change how a page is read.

use super::super::page_head::strings;
use crate::tree::Node;

/// What the site's configuration says about the reading of its pages (`kramdown:` and `markdown:`); the
/// defaults are those of Jekyll 4 and kramdown 2.4.
#[derive(Debug, Clone, PartialEq, Eq)]
#[allow(clippy::struct_excessive_bools, reason = "each is an option of kramdown")]
pub struct KramdownOptions {
    /// Whether pages are read by kramdown at all (`markdown: kramdown`).
    pub is_kramdown: bool,
    /// The parser: `GFM` or `Kramdown`.
    pub input: String,
    /// Whether headings get ids from their text.
    pub auto_ids: bool,
    /// What such ids begin with.
    pub auto_id_prefix: String,
    /// Whether the content of HTML elements is Markdown without `markdown="1"`.
    pub parse_block_html: bool,
    /// Whether each end of a line is a line break.
    pub hard_wrap: bool,
    /// The ways in which the parser `GFM` differs from kramdown's own.
    pub gfm_quirks: Vec<String>,
}

impl KramdownOptions {
    pub(super) fn read(markdown: Option<&Node>, options: Option<&Node>) -> Self {
        let get = |key: &str| options.and_then(|options| options.get(key));
        let is = |key: &str, default: bool| get(key).and_then(Node::as_bool).unwrap_or(default);
        let quirks = get("gfm_quirks").map(|node| match node.as_str() {
            Some(text) => text.split(',').map(str::trim).collect(),
            None => strings(node),
        });
        let quirks = quirks.unwrap_or_else(|| vec!["paragraph_end"]);
        Self {
            is_kramdown: markdown.and_then(Node::as_str).is_none_or(|name| name.eq_ignore_ascii_case("kramdown")),
            input: get("input").and_then(Node::as_str).unwrap_or("GFM").to_owned(),
            auto_ids: is("auto_ids", true),
            auto_id_prefix: get("auto_id_prefix").and_then(Node::as_str).unwrap_or_default().to_owned(),
            parse_block_html: is("parse_block_html", false),
            hard_wrap: is("hard_wrap", false),
            gfm_quirks: quirks.into_iter().filter(|quirk| !quirk.is_empty()).map(str::to_owned).collect(),
        }
    }
}
