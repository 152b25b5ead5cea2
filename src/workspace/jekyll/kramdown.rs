//! The options of kramdown that change how a page is read.

use super::super::page_head::strings;
use crate::guide::Options;
use crate::tree::Node;

/// What the site's configuration says about the reading of its pages (`kramdown:` and `markdown:`); the
/// defaults are those of Jekyll 4 and kramdown 2.4.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KramdownOptions {
    /// Whether pages are read by kramdown at all (`markdown: kramdown`).
    pub is_kramdown: bool,
    /// What kramdown is told.
    pub reading: Options,
}

/// The options that are looked for.
const NAMES: [&str; 8] = [
    "input",
    "auto_ids",
    "auto_id_prefix",
    "parse_block_html",
    "parse_span_html",
    "header_offset",
    "hard_wrap",
    "gfm_quirks",
];

impl KramdownOptions {
    pub(super) fn read(markdown: Option<&Node>, options: Option<&Node>) -> Self {
        let mut reading = Options::default();
        for name in NAMES {
            let node = options.and_then(|options| options.get(name));
            let scalar =
                |node: &Node| node.to_json().as_str().map_or_else(|| node.to_json().to_string(), str::to_owned);
            let value = node.map(|node| if name == "gfm_quirks" { strings(node).join(",") } else { scalar(node) });
            if let Some(value) = value {
                reading.set_for_site(name, &value);
            }
        }
        let is_kramdown = markdown.and_then(Node::as_str).is_none_or(|name| name.eq_ignore_ascii_case("kramdown"));
        Self { is_kramdown, reading }
    }
}
