//! Links and images that kramdown does not see as such: the reader sees their brackets.

use super::{Block, BlockKind, Guide, Style};
use crate::source::Span;

/// `[text](address)` that is published unchanged.
#[derive(Debug, Clone, Copy)]
pub struct UnrenderedLink {
    /// From the opening bracket to the end of the address.
    pub span: Span,
    /// Whether `!` is in front.
    pub is_image: bool,
}

impl UnrenderedLink {
    /// The link with one bracket and one parenthesis at each place; `None` where more is wrong.
    pub fn repaired(&self, guide: &Guide) -> Option<String> {
        let (text, rest) = guide.slice(self.span).split_once("](")?;
        let address = rest.trim_start_matches('(').trim_end_matches(')');
        let is_plain = !address.is_empty() && !address.contains(['(', ')', '[', ']', '<', '>', '"', ' ', '\n']);
        let has_text = text.trim_end_matches(']').contains('[');
        (is_plain && has_text).then(|| format!("{}]({address})", text.trim_end_matches(']')))
    }
}

/// The links and images of a page that are published as text, in order: an address in two pairs of
/// parentheses, or with one that is never closed.
pub fn unrendered_links(guide: &Guide) -> impl Iterator<Item = UnrenderedLink> + '_ {
    let text = guide.text.as_str();
    let (mut open, mut end) = (None, 0);
    memchr::memchr3_iter(b'[', b']', b'\n', text.as_bytes()).filter_map(move |at| {
        match text.as_bytes()[at] {
            b'[' => open = Some(at),
            b'\n' => open = None,
            _ => {}
        }
        if !text[at..].starts_with("](") {
            return None;
        }
        // Without an opening bracket, the start of the text is unknown.
        let open = open.unwrap_or(at);
        let start = if text[..open].ends_with('!') { open - 1 } else { open };
        if start < end {
            return None;
        }
        let range = start..link_end(text, at)?;
        end = range.end;
        // Code shows brackets on purpose, what is a link already only has one inside it, and in HTML the
        // element around it keeps all Markdown from being read.
        let is_marked = |style| guide.text.any_has(range.clone(), style);
        if is_marked(Style::CODE) || is_marked(Style::LINK) || is_marked(Style::HTML) {
            return None;
        }
        Some(UnrenderedLink { span: guide.text.span_of(range.clone()), is_image: text[range].starts_with('!') })
    })
}

/// Where the link ends whose `](` is at `middle`; `None` unless an address follows.
fn link_end(text: &str, middle: usize) -> Option<usize> {
    let rest = &text[middle + 2..];
    let address = rest.trim_start_matches('(');
    let is_address = ["http://", "https://", "./", "../", "/", "#", "mailto:", "www."]
        .iter()
        .any(|start| address.starts_with(start));
    if !is_address && !is_lost_page(address) {
        return None;
    }
    let length = address.find(char::is_whitespace).unwrap_or(address.len());
    let length = address[..length].rfind(')').unwrap_or(length);
    let closed = address[length..].bytes().take_while(|byte| *byte == b')').count();
    Some(middle + 2 + (rest.len() - address.len()) + length + closed)
}

/// Whether a text begins with a page of the site that is at the end of its line without the closing parenthesis.
fn is_lost_page(text: &str) -> bool {
    let of_page = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || matches!(c, '-' | '/' | '#');
    let following = text.trim_start_matches(of_page);
    let address = &text[..text.len() - following.len()];
    let rest = following.trim_start_matches(|c: char| c.is_whitespace() && c != '\n');
    address.contains('-') && (rest.is_empty() || rest.starts_with('\n'))
}

/// How a link was meant whose brackets are published.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Meant {
    /// `[text][label]`, with a label that is not defined.
    Reference,
    /// The address is in the brackets, or in other marks beside them: `[text:https://...]`, `[text]{https://...}`.
    Address,
    /// Running text in brackets, without an address.
    Words,
}

/// Whether an address is that of an image by its ending.
pub fn is_image(address: &str) -> bool {
    let ending = address.rsplit('.').next().unwrap_or_default();
    ["gif", "jpeg", "jpg", "png", "svg", "webp"].iter().any(|known| ending.eq_ignore_ascii_case(known))
}

/// Spaces that make an image a link or text: `! [text](image.png)`, `![text] (image.png)`.
pub fn spaced_images(guide: &Guide) -> Vec<Span> {
    let (text, flat) = (guide.text.as_str(), &guide.text);
    let line_before = |at: usize| &text[flat.line_before(at, LONGEST_TEXT)];
    let of_links = guide.links.iter().filter(|link| is_image(&link.target)).filter_map(|link| {
        let start = link.text.start as usize;
        let before = line_before(start).strip_suffix("! ")?;
        (before.is_empty() || before.ends_with(' ')).then(|| start - 1..start)
    });
    let of_text = memchr::memmem::find_iter(text.as_bytes(), "] (").filter_map(|at| {
        let address = before_mark(&text[at + 3..], ')')?;
        let is_open = line_before(at).rsplit('[').nth(1).is_some_and(|before| before.ends_with('!'));
        let is_plain = is_image(address) && !address.contains(' ') && !flat.any_has(at..at + 3, Style::CODE);
        (is_open && is_plain).then_some(at + 1..at + 2)
    });
    of_links.chain(of_text).map(|space| flat.span_of(space)).collect()
}

/// Words that begin a remark in brackets or a placeholder, and no text of a link.
const OF_REMARKS: [&str; 30] = [
    "a", "all", "an", "and", "any", "as", "at", "by", "either", "enter", "example", "for", "from", "if", "in",
    "insert", "my", "name", "not", "note", "on", "only", "optional", "or", "the", "this", "to", "value", "with",
    "your",
];

/// Bytes in the longest text or address that is looked at.
const LONGEST_TEXT: usize = 400;

/// Fewer words may be a placeholder: `[your domain]`, `[account id]`.
const FEWEST_WORDS: usize = 3;

/// How the undefined reference at `place` was meant as a link; `None` for placeholders, remarks and places in lists.
pub fn meant_link(guide: &Guide, place: Span) -> Option<Meant> {
    let inner = guide.slice(place).strip_prefix('[')?.strip_suffix(']')?;
    if inner.len() > LONGEST_TEXT {
        return None;
    }
    let (before, after) = {
        let text = guide.source.text();
        (&text[..place.range().start], &text[place.range().end..])
    };
    if let Some((text, label)) = inner.split_once("][") {
        let has_letter = |part: &str| part.chars().any(char::is_alphabetic);
        return (has_letter(label) && has_letter(text) && text.contains(' ')).then_some(Meant::Reference);
    }
    if has_address_inside(inner) || before.ends_with(')') && is_address(inner) || is_before_address(inner, after) {
        return Some(Meant::Address);
    }
    let in_sentence =
        before.strip_suffix(' ').is_some_and(|before| before.ends_with(|c: char| c.is_alphanumeric() || c == ','));
    let next = after.trim_start_matches(['.', ',', ':', ';', '!', '?', ')']).chars().next();
    let ends_word = next.is_none_or(char::is_whitespace);
    (in_sentence && ends_word && is_running_text(inner)).then_some(Meant::Words)
}

/// A text and an address with a mark between them, or a text after an address, as in other markup.
fn has_address_inside(inner: &str) -> bool {
    let Some(start) = ["http://", "https://"].iter().filter_map(|scheme| inner.find(scheme)).min() else {
        return false;
    };
    let (text, address) = inner.split_at(start);
    let (address, rest) = address.split_at(address.find(char::is_whitespace).unwrap_or(address.len()));
    let has_word = |text: &str| text.trim_start().starts_with(char::is_alphabetic);
    let is_joined = has_word(text) && text.ends_with([':', '|', ',', '>', '=']) && rest.is_empty();
    let is_first = text.is_empty() && has_word(rest) && !rest.contains("://") && !rest.trim_start().starts_with("or ");
    address.len() > "https://".len() && (is_joined || is_first)
}

fn is_address(text: &str) -> bool {
    (text.starts_with("http://") || text.starts_with("https://")) && !text.contains(char::is_whitespace)
}

/// Whether an address in marks other than parentheses follows, or one in parentheses after a space.
fn is_before_address(inner: &str, after: &str) -> bool {
    let is_named = inner.split_whitespace().next().is_some_and(|word| word.starts_with(char::is_alphabetic));
    let marks = [("{", '}'), ("<", '>'), (" (", ')')];
    let address = marks.iter().find_map(|(open, close)| Some((after.strip_prefix(open)?, *close)));
    let is_placeholder = inner.split_whitespace().any(|word| word.eq_ignore_ascii_case("your"));
    is_named && !is_placeholder && address.is_some_and(|(rest, close)| before_mark(rest, close).is_some_and(is_address))
}

/// What is before a mark, if that is no longer than an address may be.
fn before_mark(text: &str, mark: char) -> Option<&str> {
    let end = text.char_indices().take(LONGEST_TEXT).take_while(|(_, c)| *c != '\n').find(|(_, c)| *c == mark)?.0;
    Some(&text[..end])
}

/// Words in lowercase, without one that begins a remark at the start.
fn is_running_text(inner: &str) -> bool {
    let words = || inner.split(' ');
    let is_word = |word: &str| {
        let word = word.trim_end_matches(',');
        word.starts_with(char::is_alphabetic)
            && word.chars().all(|c| c.is_alphabetic() || matches!(c, '\'' | '’' | '-'))
    };
    let is_remark = |word: &str| OF_REMARKS.contains(&word);
    words().count() >= FEWEST_WORDS
        && words().all(is_word)
        && inner.starts_with(char::is_lowercase)
        && !words().next().is_some_and(is_remark)
        // "[reported by the author]"
        && !words().nth(1).is_some_and(|word| matches!(word, "by" | "in"))
        && !words().any(|word| word == "your")
}

/// Commands of LaTeX that are published with their address: `\href{https://...}{text}`.
pub fn latex_links(guide: &Guide) -> impl Iterator<Item = Span> + '_ {
    let text = guide.text.as_str();
    memchr::memmem::find_iter(text.as_bytes(), "{http").filter_map(move |open| {
        let command = ["\\href", "\\url", "\\link"].into_iter().find(|command| text[..open].ends_with(command))?;
        let range = open - command.len()..open + 1 + before_mark(&text[open + 1..], '}')?.len() + 1;
        let is_shown = !guide.text.any_has(range.clone(), Style::CODE);
        is_shown.then(|| guide.text.span_of(range))
    })
}

/// What is published as code because it is indented too far.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Indented {
    /// An image in Markdown.
    Image,
    /// A table with its line of dashes.
    Table,
}

/// The first image, or the first row of a table, of each indented code block that has one, in order. Fenced code is
/// meant as such.
pub fn indented_by_accident(guide: &Guide) -> impl Iterator<Item = (Indented, Span)> + '_ {
    let is_code = |block: &&Block| matches!(block.kind, BlockKind::Code { language: None });
    guide.blocks.iter().filter(is_code).filter_map(|block| {
        let written = guide.slice(block.span);
        let mut lines = written.lines();
        let first = lines.next()?.trim();
        let place = |line: &str| {
            let start = block.span.range().start + (line.as_ptr() as usize - written.as_ptr() as usize);
            guide.source.span(start..start + line.len())
        };
        if first.starts_with("```") || first.starts_with("~~~") {
            return None;
        }
        let is_image = |line: &&str| line.starts_with("![") && line.contains("](") && line.ends_with(')');
        let is_rule =
            |line: &str| line.contains('-') && line.bytes().all(|c| b"|:- ".contains(&c)) && line.contains('|');
        if first.starts_with('|') && lines.next().is_some_and(|line| is_rule(line.trim())) {
            return Some((Indented::Table, place(first)));
        }
        let image = written.lines().map(str::trim).find(is_image)?;
        Some((Indented::Image, place(image)))
    })
}
