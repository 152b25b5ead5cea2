//! HTML elements as kramdown 2.4 sorts them (`Kramdown::Parser::Html::Constants`).

use std::collections::HashMap;
use std::sync::LazyLock;

/// How kramdown reads the content of an element.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Model {
    /// As blocks of Markdown, with `parse_block_html`.
    Block,
    /// As text with Markdown's inline elements.
    Span,
    /// As HTML; also the content of elements that it does not know.
    Raw,
}

/// What is known of an element by its name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Element(u8);

/// Its content is read as blocks.
const BLOCK_MODEL: u8 = 1;
/// Its content is read as text.
const SPAN_MODEL: u8 = 2;
/// It is in a line of text.
const SPAN: u8 = 4;
/// kramdown prints it as text when its tag is in a line of text.
const BLOCK: u8 = 8;
/// It has no content.
const VOID: u8 = 16;
/// Browsers know it, and it is not one of these.
const OTHER: u8 = 32;

/// The elements, by what is known of them.
const GROUPS: [(u8, &str); 10] = [
    (
        SPAN_MODEL | SPAN,
        "a abbr acronym b bdo big button cite del dfn em i ins label q rb rbc rp rt rtc ruby select small span strong sub sup tt",
    ),
    (
        BLOCK_MODEL | BLOCK,
        "address applet article aside blockquote body dd div dl fieldset figcaption footer form header hgroup iframe li main map menu nav section summary td",
    ),
    (VOID, "area base command embed keygen link meta param source track wbr"),
    (
        OTHER,
        "audio canvas center datalist dir font math path picture progress s script strike style svg textarea time title video",
    ),
    (SPAN | VOID, "br img input"),
    (SPAN_MODEL | BLOCK, "caption dt h1 h2 h3 h4 h5 h6 legend optgroup p th"),
    (SPAN, "code kbd mark option samp u var"),
    (BLOCK | VOID, "col hr"),
    (BLOCK, "colgroup head html ol pre table tbody tfoot thead tr ul"),
    (BLOCK_MODEL, "details figure noscript object"),
];

/// What is known of each element, by its name.
static ELEMENTS: LazyLock<HashMap<&str, Element>> = LazyLock::new(|| {
    let of_group = |&(facts, names): &(u8, &'static str)| names.split(' ').map(move |name| (name, Element(facts)));
    GROUPS.iter().flat_map(of_group).collect()
});

impl Element {
    /// The element of a name in lower case.
    pub(crate) fn named(name: &str) -> Self {
        ELEMENTS.get(name).copied().unwrap_or(Self(0))
    }

    /// How its content is read.
    pub(crate) fn model(self) -> Model {
        match self.0 & (BLOCK_MODEL | SPAN_MODEL) {
            BLOCK_MODEL => Model::Block,
            SPAN_MODEL => Model::Span,
            _ => Model::Raw,
        }
    }

    /// Whether it is in a line of text.
    pub(crate) fn is_span(self) -> bool {
        self.0 & SPAN != 0
    }

    /// Whether kramdown prints it as text when its tag is in a line of text.
    pub(crate) fn is_block(self) -> bool {
        self.0 & BLOCK != 0
    }

    /// Whether it has no content.
    pub(crate) fn is_void(self) -> bool {
        self.0 & VOID != 0
    }

    /// Whether kramdown or browsers know it.
    pub(crate) fn is_known(self) -> bool {
        self.0 != 0
    }
}

/// Bytes of an element or attribute name (`UNAME_STR` of REXML) at the start of a text.
pub(crate) fn name_length(text: &str) -> usize {
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
