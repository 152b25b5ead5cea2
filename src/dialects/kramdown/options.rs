//! kramdown's options, as far as they change what a page publishes.

/// What a site, or a page with `{::options ... /}`, may set; the defaults are Jekyll's.
#[derive(Debug, Clone, PartialEq, Eq)]
#[expect(clippy::struct_excessive_bools, reason = "they are switches of kramdown")]
pub struct Options {
    /// Whether the `GFM` parser reads pages, not the plain one (`input`).
    pub gfm: bool,
    /// Whether headings get ids (`auto_ids`).
    pub auto_ids: bool,
    /// The text before ids that headings get (`auto_id_prefix`).
    pub auto_id_prefix: String,
    /// Whether HTML elements hold Markdown (`parse_block_html`).
    pub parse_block_html: bool,
    /// Whether HTML elements within text hold Markdown (`parse_span_html`).
    pub parse_span_html: bool,
    /// How many levels deeper headings are published (`header_offset`).
    pub header_offset: i8,
    /// Whether each line end in a paragraph is a line break (`hard_wrap`).
    pub hard_wrap: bool,
    /// Whether lists, headings, quotes and fences end a paragraph (`paragraph_end` in `gfm_quirks`).
    pub paragraph_end: bool,
    /// Whether dashes, ellipses and guillemets are made (no `no_auto_typographic` in `gfm_quirks`).
    pub typographic: bool,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            gfm: true,
            auto_ids: true,
            auto_id_prefix: String::new(),
            parse_block_html: false,
            parse_span_html: true,
            header_offset: 0,
            hard_wrap: false,
            paragraph_end: true,
            typographic: true,
        }
    }
}

impl Options {
    /// Sets an option as a site does. Several quirks are separated by commas.
    pub fn set_for_site(&mut self, name: &str, value: &str) {
        match name {
            "input" => self.gfm = value.eq_ignore_ascii_case("GFM"),
            "gfm_quirks" => {
                let has = |quirk| value.split(',').any(|known| known.trim() == quirk);
                self.paragraph_end = has("paragraph_end");
                self.typographic = !has("no_auto_typographic");
            }
            _ => self.set(name, value),
        }
    }

    /// Sets an option as a page does. Names that change nothing here are skipped.
    pub fn set(&mut self, name: &str, value: &str) {
        // `Kramdown::Options.parse`: an empty value turns off, too.
        let switch = || !value.is_empty() && !value.trim().eq_ignore_ascii_case("false");
        match name {
            "auto_ids" => self.auto_ids = switch(),
            "auto_id_prefix" => value.clone_into(&mut self.auto_id_prefix),
            "parse_block_html" => self.parse_block_html = switch(),
            "parse_span_html" => self.parse_span_html = switch(),
            "hard_wrap" => self.hard_wrap = switch(),
            "header_offset" => self.header_offset = value.trim().parse().unwrap_or(self.header_offset),
            _ => {}
        }
    }

    /// The level under which a heading is published.
    pub(super) fn level(&self, written: u8) -> u8 {
        written.saturating_add_signed(self.header_offset).clamp(1, 6)
    }
}
