//! HTML elements as kramdown 2.4 sorts them (`Kramdown::Parser::Html::Constants`).

/// How kramdown reads what stands in an element.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Model {
    /// As blocks of Markdown, with `parse_block_html`.
    Block,
    /// As text with Markdown's inline elements.
    Span,
    /// As HTML; also the content of elements that it does not know.
    Raw,
}

const BLOCK_MODEL: &[&str] = &[
    "address",
    "applet",
    "article",
    "aside",
    "blockquote",
    "body",
    "dd",
    "details",
    "div",
    "dl",
    "fieldset",
    "figcaption",
    "figure",
    "footer",
    "form",
    "header",
    "hgroup",
    "iframe",
    "li",
    "main",
    "map",
    "menu",
    "nav",
    "noscript",
    "object",
    "section",
    "summary",
    "td",
];

const SPAN_MODEL: &[&str] = &[
    "a", "abbr", "acronym", "b", "bdo", "big", "button", "caption", "cite", "del", "dfn", "dt", "em", "h1", "h2", "h3",
    "h4", "h5", "h6", "i", "ins", "label", "legend", "optgroup", "p", "q", "rb", "rbc", "rp", "rt", "rtc", "ruby",
    "select", "small", "span", "strong", "sub", "sup", "th", "tt",
];

const SPANS: &[&str] = &[
    "a", "abbr", "acronym", "b", "bdo", "big", "br", "button", "cite", "code", "del", "dfn", "em", "i", "img", "input",
    "ins", "kbd", "label", "mark", "option", "q", "rb", "rbc", "rp", "rt", "rtc", "ruby", "samp", "select", "small",
    "span", "strong", "sub", "sup", "tt", "u", "var",
];

const BLOCKS: &[&str] = &[
    "address",
    "applet",
    "article",
    "aside",
    "blockquote",
    "body",
    "caption",
    "col",
    "colgroup",
    "dd",
    "div",
    "dl",
    "dt",
    "fieldset",
    "figcaption",
    "footer",
    "form",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "head",
    "header",
    "hgroup",
    "hr",
    "html",
    "iframe",
    "legend",
    "li",
    "main",
    "map",
    "menu",
    "nav",
    "ol",
    "optgroup",
    "p",
    "pre",
    "section",
    "summary",
    "table",
    "tbody",
    "td",
    "tfoot",
    "th",
    "thead",
    "tr",
    "ul",
];

const VOID: &[&str] = &[
    "area", "base", "br", "col", "command", "embed", "hr", "img", "input", "keygen", "link", "meta", "param", "source",
    "track", "wbr",
];

/// Elements that browsers know and that stand in none of the lists above.
const OTHERS: &[&str] = &[
    "audio", "base", "canvas", "center", "datalist", "details", "dir", "figure", "font", "math", "noscript", "object",
    "path", "picture", "progress", "s", "script", "strike", "style", "svg", "textarea", "time", "title", "video",
];

/// How the content of an element is read.
pub(super) fn model(name: &str) -> Model {
    if BLOCK_MODEL.binary_search(&name).is_ok() {
        Model::Block
    } else if SPAN_MODEL.binary_search(&name).is_ok() {
        Model::Span
    } else {
        Model::Raw
    }
}

/// Elements that stand in a line of text.
pub(super) fn is_span(name: &str) -> bool {
    SPANS.binary_search(&name).is_ok()
}

/// Elements that kramdown prints as text when their tag stands in a line of text.
pub(super) fn is_block(name: &str) -> bool {
    BLOCKS.binary_search(&name).is_ok()
}

/// Elements without content.
pub(super) fn is_void(name: &str) -> bool {
    VOID.binary_search(&name).is_ok()
}

/// Elements that kramdown or browsers know.
pub(super) fn is_known(name: &str) -> bool {
    [BLOCK_MODEL, SPAN_MODEL, SPANS, BLOCKS, VOID, OTHERS].iter().any(|list| list.binary_search(&name).is_ok())
}

/// Bytes of an element or attribute name (`UNAME_STR` of REXML) at the start of a text.
pub(super) fn name_length(text: &str) -> usize {
    let first = part_length(text);
    match text[first..].strip_prefix(':').map(part_length) {
        Some(second) if first > 0 && second > 0 => first + 1 + second,
        _ => first,
    }
}

fn part_length(text: &str) -> usize {
    if !text.starts_with(|c: char| c.is_alphabetic() || c == '_') {
        return 0;
    }
    text.find(|c: char| !c.is_alphanumeric() && !matches!(c, '-' | '.' | '_')).unwrap_or(text.len())
}
