//! Liquid as Jekyll reads it: before Markdown, in code and comments too.
//!
//! Finds what Jekyll takes out of the page (tags, outputs, comments), what `raw` protects, and what
//! stops the build. Nothing is evaluated: an output counts as empty, the text inside a block such as
//! `if` counts as shown.

mod blocks;

use std::ops::Range;

use crate::source::{SourceFile, Span};

/// Liquid on the page, as Jekyll reads it: before Markdown, also inside code and comments.
#[derive(Debug, Default)]
pub struct Liquid {
    /// `{{ ... }}` outside raw: Jekyll replaces it.
    pub outputs: Vec<Span>,
    /// `{% ... %}` tags that are executed (raw and its end excluded).
    pub tags: Vec<LiquidTag>,
    /// Tags that neither Liquid nor Jekyll has, nor a plugin that is known.
    pub unknown_tags: Vec<LiquidTag>,
    /// What `{% raw %}` protects: the text between it and `{% endraw %}`.
    pub raws: Vec<Span>,
    /// What stops the build: place and reason.
    pub problems: Vec<(Span, String)>,
    /// Blocks of plugins, with their tags: what is published of their content is unknown. In order and apart.
    pub plugin_blocks: Vec<Span>,
}

/// Whether one of some places, in order and without overlaps, has a byte or an end in common with a part of the source.
pub(super) fn touches<T>(places: &[T], span: impl Fn(&T) -> Span, part: Span) -> bool {
    let first = places.partition_point(|place| span(place).end < part.start);
    places.get(first).is_some_and(|place| span(place).start <= part.end)
}

/// A part of the page that Jekyll takes out, and what is read instead.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Cut {
    /// What is taken out.
    pub(crate) range: Range<usize>,
    /// The text that is read instead; mostly none.
    pub(crate) instead: String,
}

impl Liquid {
    /// Whether a part of the source is in the block of a plugin.
    pub fn is_in_plugin_block(&self, part: Span) -> bool {
        let next = self.plugin_blocks.partition_point(|block| block.start <= part.start);
        self.plugin_blocks[..next].last().is_some_and(|block| part.start < block.end)
    }

    /// Whether an output or a tag has a byte or an end in common with a part of the source.
    pub fn writes_at(&self, part: Span) -> bool {
        let is_tag = |tags: &[LiquidTag]| touches(tags, |tag| tag.span, part);
        touches(&self.outputs, |output| *output, part) || is_tag(&self.tags) || is_tag(&self.unknown_tags)
    }
}

/// A Liquid tag.
#[derive(Debug)]
pub struct LiquidTag {
    /// Its name: `include`, `if`.
    pub name: String,
    /// From `{%` to `%}`.
    pub span: Span,
}

impl LiquidTag {
    /// The tags that Liquid and Jekyll have, without those that end a block.
    pub fn known() -> impl Iterator<Item = &'static str> {
        known_tags()
    }

    /// What follows the tag's name, `written` being the whole tag.
    pub fn argument<'a>(&self, written: &'a str) -> &'a str {
        let inner = written.strip_prefix("{%").and_then(|inner| inner.strip_suffix("%}")).unwrap_or(written);
        let inner = inner.strip_prefix('-').unwrap_or(inner);
        let inner = inner.strip_suffix('-').unwrap_or(inner).trim();
        inner.strip_prefix(self.name.as_str()).unwrap_or_default().trim()
    }

    /// The variable that the tag sets, `written` being the whole tag.
    pub fn assigned<'a>(&self, written: &'a str) -> Option<&'a str> {
        let sets = ["assign", "capture", "for", "tablerow", "increment", "decrement"].contains(&self.name.as_str());
        let name = self.argument(written).split(|c: char| c == '=' || c.is_whitespace()).next()?;
        Some(name.trim_matches(['"', '\''])).filter(|name| sets && !name.is_empty())
    }

    /// Whether text from elsewhere takes the tag's place.
    pub fn writes_text(&self) -> bool {
        writes_text(&self.name)
    }

    /// The name of the file that an include names; `None` for other tags, and where Liquid writes the name.
    pub fn included<'a>(&self, written: &'a str) -> Option<&'a str> {
        let is_include = matches!(self.name.as_str(), "include" | "include_relative" | "include_cached");
        let inner =
            written.strip_prefix("{%")?.trim_start_matches('-').trim_start().strip_prefix(self.name.as_str())?;
        inner.split_whitespace().next().filter(|name| is_include && !name.contains(['{', '%']))
    }
}

/// The tags of Liquid 4 and Jekyll 4 that end with an `end...` tag.
const BLOCKS: [&str; 8] = ["if", "unless", "case", "for", "tablerow", "capture", "highlight", "ifchanged"];
/// Their other tags; `raw` and `comment` are read on their own.
const TAGS: [&str; 14] = [
    "assign", "increment", "decrement", "cycle", "break", "continue", "include", "include_relative", "link",
    "post_url", "elsif", "else", "when", "render",
];

/// Tags of plugins that many sites use: jekyll-seo-tag, jekyll-feed, jekyll-include-cache, jekyll-toc, jekyll-gist,
/// jekyll-avatar, jekyll-last-modified-at, jekyll-github-metadata, jekyll-scholar, jekyll-katex, jekyll-tabs.
const PLUGIN_TAGS: [&str; 20] = [
    "seo", "feed_meta", "include_cached", "toc", "toc_only", "gist", "avatar", "last_modified_at", "github_edit_link",
    "cite", "bibliography", "reference", "katex", "endkatex", "tabs", "endtabs", "tab", "endtab", "octicon",
    "remote_include",
];

/// Reads the Liquid of `body`. Also returns what Jekyll takes out, in order.
pub(crate) fn read(source: &SourceFile, body: Range<usize>) -> (Liquid, Vec<Cut>) {
    let mut scanner = Scanner {
        source,
        text: source.text(),
        start: body.start,
        end: body.end,
        at: body.start,
        found: Liquid::default(),
        cuts: Vec::new(),
    };
    while scanner.step() {}
    let Scanner { mut found, mut cuts, .. } = scanner;
    balance(source, &mut found);
    blocks::fence_code(source, &found.tags, &mut cuts);
    found.plugin_blocks = blocks::of_plugins(source, &found);
    (found, cuts)
}

/// Each block has its end, and each end its block. What follows a fatal problem is not known.
fn balance(source: &SourceFile, found: &mut Liquid) {
    let mut open: Vec<&LiquidTag> = Vec::new();
    let mut problems = Vec::new();
    for tag in &found.tags {
        if BLOCKS.contains(&tag.name.as_str()) {
            open.push(tag);
        } else if let Some(name) = tag.name.strip_prefix("end").filter(|name| BLOCKS.contains(name))
            && open.pop_if(|block| block.name == name).is_none()
        {
            problems.push((tag.span, format!("`{}` without `{name}`", source.slice(tag.span))));
        }
    }
    if found.problems.is_empty() {
        problems.extend(open.iter().map(|block| (block.span, format!("unclosed `{}`", source.slice(block.span)))));
    }
    found.problems.extend(problems);
}

struct Scanner<'a> {
    source: &'a SourceFile,
    text: &'a str,
    start: usize,
    end: usize,
    at: usize,
    found: Liquid,
    cuts: Vec<Cut>,
}

/// A `{% ... %}` in the text.
struct Token<'a> {
    range: Range<usize>,
    name: &'a str,
}

impl<'a> Scanner<'a> {
    /// Reads up to and over the next Liquid; false at the end.
    fn step(&mut self) -> bool {
        let Some(start) = memchr::memchr(b'{', &self.text.as_bytes()[self.at..self.end]).map(|at| self.at + at) else {
            return false;
        };
        match self.text.as_bytes().get(start + 1) {
            Some(b'{') if start + 1 < self.end => self.output(start),
            Some(b'%') if start + 1 < self.end => self.tag(start),
            _ => self.at = start + 1,
        }
        true
    }

    /// Liquid takes `{{ ... }}` up to the first `}`, which must be doubled.
    fn output(&mut self, start: usize) {
        let Some(close) = self.text[start..self.end].find('}').map(|at| start + at) else {
            return self.fatal(start..start + 2, "unclosed `{{`");
        };
        if self.text.as_bytes().get(close + 1) != Some(&b'}') || close + 1 >= self.end {
            return self.problem(start..close + 1, "`{{` closed by a single `}`");
        }
        let range = start..close + 2;
        self.found.outputs.push(self.source.span(range.clone()));
        self.cut(range);
    }

    fn tag(&mut self, start: usize) {
        let Some(token) = self.token(start) else {
            return self.fatal(start..start + 2, "unclosed `{%`");
        };
        match token.name {
            "raw" => self.raw(&token),
            "comment" => self.comment(&token),
            "endraw" => {
                self.problem(token.range.clone(), "`endraw` without `raw`");
                self.cut(token.range);
            }
            name if is_known(name) => {
                let name = name.to_owned();
                self.found.tags.push(LiquidTag { name, span: self.source.span(token.range.clone()) });
                self.cut(token.range);
            }
            "" => {
                self.problem(token.range.clone(), "`{%` without a tag name");
                self.cut(token.range);
            }
            name => self.unknown(name, token.range.clone()),
        }
    }

    /// A tag of a plugin, or none.
    fn unknown(&mut self, name: &str, range: Range<usize>) {
        self.found.unknown_tags.push(LiquidTag { name: name.to_owned(), span: self.source.span(range.clone()) });
        self.cut(range);
    }

    fn token(&self, start: usize) -> Option<Token<'a>> {
        // `{%}` opens a tag and does not close it.
        let close = self.text[start + 2..self.end].find("%}")? + start + 4;
        Some(self.token_to(start, close))
    }

    /// The token from `start` to `close`, the end of its `%}`.
    fn token_to(&self, start: usize, close: usize) -> Token<'a> {
        let inner = self.text[start + 2..close - 2].trim_start_matches('-').trim_start();
        let length = inner.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(inner.len());
        Token { range: start..close, name: &inner[..length] }
    }

    /// The text between `raw` and the next `endraw` is shown as it is.
    fn raw(&mut self, open: &Token<'_>) {
        let Some(close) = self.find_tag("endraw", open.range.end) else {
            return self.fatal(open.range.clone(), "unclosed `raw`");
        };
        self.found.raws.push(self.source.span(open.range.end..close.start));
        self.cut(open.range.clone());
        self.cut(close);
    }

    fn comment(&mut self, open: &Token<'_>) {
        match self.find_tag("endcomment", open.range.end) {
            Some(close) => self.cut(open.range.start..close.end),
            None => self.fatal(open.range.clone(), "unclosed `comment`"),
        }
    }

    fn find_tag(&self, name: &str, from: usize) -> Option<Range<usize>> {
        let starts = memchr::memmem::find_iter(&self.text.as_bytes()[from..self.end], "{%").map(|at| from + at);
        let mut close = 0;
        let mut tokens = starts.map_while(|start| {
            // One `%}` closes all that are open before it.
            if close < start + 4 {
                close = self.token(start)?.range.end;
            }
            Some(self.token_to(start, close))
        });
        tokens.find(|token| token.name == name).map(|token| token.range)
    }

    /// Takes a range out, with the white space around it where `{%-` or `-%}` says so.
    fn cut(&mut self, range: Range<usize>) {
        let written = &self.text[range.clone()];
        let floor = self.cuts.last().map_or(self.start, |last| last.range.end).min(range.start);
        let (mut start, mut end) = (range.start, range.end);
        if written.as_bytes().get(2) == Some(&b'-') {
            start = floor + self.text[floor..start].trim_end().len();
        }
        if written.len() > 4 && written.as_bytes()[written.len() - 3] == b'-' {
            end = self.end - self.text[end..self.end].trim_start().len();
        }
        self.at = end;
        self.cuts.push(Cut { range: start..end, instead: String::new() });
    }

    /// A problem that leaves nothing sensible to read after it.
    fn fatal(&mut self, range: Range<usize>, message: &str) {
        self.problem(range, message);
        self.at = self.end;
    }

    fn problem(&mut self, range: Range<usize>, message: &str) {
        self.at = range.end;
        self.found.problems.push((self.source.span(range), message.to_owned()));
    }
}

/// Whether a tag is one that puts text from elsewhere on the page.
pub(super) fn writes_text(name: &str) -> bool {
    matches!(name, "include" | "include_relative" | "render") || PLUGIN_TAGS.contains(&name)
}

/// The tags that Liquid and Jekyll have.
pub(super) fn known_tags() -> impl Iterator<Item = &'static str> {
    BLOCKS.into_iter().chain(TAGS).chain(["raw", "comment"])
}

fn is_known(name: &str) -> bool {
    let block = name.strip_prefix("end").unwrap_or(name);
    BLOCKS.contains(&block) || TAGS.contains(&name) || PLUGIN_TAGS.contains(&name)
}
