//! HTML elements as kramdown 2.4 sorts them (`Kramdown::Parser::Html::Constants`).

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

/// In the order of their names.
const ELEMENTS: &[(&str, u8)] = &[
    ("a", SPAN_MODEL | SPAN),
    ("abbr", SPAN_MODEL | SPAN),
    ("acronym", SPAN_MODEL | SPAN),
    ("address", BLOCK_MODEL | BLOCK),
    ("applet", BLOCK_MODEL | BLOCK),
    ("area", VOID),
    ("article", BLOCK_MODEL | BLOCK),
    ("aside", BLOCK_MODEL | BLOCK),
    ("audio", OTHER),
    ("b", SPAN_MODEL | SPAN),
    ("base", VOID),
    ("bdo", SPAN_MODEL | SPAN),
    ("big", SPAN_MODEL | SPAN),
    ("blockquote", BLOCK_MODEL | BLOCK),
    ("body", BLOCK_MODEL | BLOCK),
    ("br", SPAN | VOID),
    ("button", SPAN_MODEL | SPAN),
    ("canvas", OTHER),
    ("caption", SPAN_MODEL | BLOCK),
    ("center", OTHER),
    ("cite", SPAN_MODEL | SPAN),
    ("code", SPAN),
    ("col", BLOCK | VOID),
    ("colgroup", BLOCK),
    ("command", VOID),
    ("datalist", OTHER),
    ("dd", BLOCK_MODEL | BLOCK),
    ("del", SPAN_MODEL | SPAN),
    ("details", BLOCK_MODEL),
    ("dfn", SPAN_MODEL | SPAN),
    ("dir", OTHER),
    ("div", BLOCK_MODEL | BLOCK),
    ("dl", BLOCK_MODEL | BLOCK),
    ("dt", SPAN_MODEL | BLOCK),
    ("em", SPAN_MODEL | SPAN),
    ("embed", VOID),
    ("fieldset", BLOCK_MODEL | BLOCK),
    ("figcaption", BLOCK_MODEL | BLOCK),
    ("figure", BLOCK_MODEL),
    ("font", OTHER),
    ("footer", BLOCK_MODEL | BLOCK),
    ("form", BLOCK_MODEL | BLOCK),
    ("h1", SPAN_MODEL | BLOCK),
    ("h2", SPAN_MODEL | BLOCK),
    ("h3", SPAN_MODEL | BLOCK),
    ("h4", SPAN_MODEL | BLOCK),
    ("h5", SPAN_MODEL | BLOCK),
    ("h6", SPAN_MODEL | BLOCK),
    ("head", BLOCK),
    ("header", BLOCK_MODEL | BLOCK),
    ("hgroup", BLOCK_MODEL | BLOCK),
    ("hr", BLOCK | VOID),
    ("html", BLOCK),
    ("i", SPAN_MODEL | SPAN),
    ("iframe", BLOCK_MODEL | BLOCK),
    ("img", SPAN | VOID),
    ("input", SPAN | VOID),
    ("ins", SPAN_MODEL | SPAN),
    ("kbd", SPAN),
    ("keygen", VOID),
    ("label", SPAN_MODEL | SPAN),
    ("legend", SPAN_MODEL | BLOCK),
    ("li", BLOCK_MODEL | BLOCK),
    ("link", VOID),
    ("main", BLOCK_MODEL | BLOCK),
    ("map", BLOCK_MODEL | BLOCK),
    ("mark", SPAN),
    ("math", OTHER),
    ("menu", BLOCK_MODEL | BLOCK),
    ("meta", VOID),
    ("nav", BLOCK_MODEL | BLOCK),
    ("noscript", BLOCK_MODEL),
    ("object", BLOCK_MODEL),
    ("ol", BLOCK),
    ("optgroup", SPAN_MODEL | BLOCK),
    ("option", SPAN),
    ("p", SPAN_MODEL | BLOCK),
    ("param", VOID),
    ("path", OTHER),
    ("picture", OTHER),
    ("pre", BLOCK),
    ("progress", OTHER),
    ("q", SPAN_MODEL | SPAN),
    ("rb", SPAN_MODEL | SPAN),
    ("rbc", SPAN_MODEL | SPAN),
    ("rp", SPAN_MODEL | SPAN),
    ("rt", SPAN_MODEL | SPAN),
    ("rtc", SPAN_MODEL | SPAN),
    ("ruby", SPAN_MODEL | SPAN),
    ("s", OTHER),
    ("samp", SPAN),
    ("script", OTHER),
    ("section", BLOCK_MODEL | BLOCK),
    ("select", SPAN_MODEL | SPAN),
    ("small", SPAN_MODEL | SPAN),
    ("source", VOID),
    ("span", SPAN_MODEL | SPAN),
    ("strike", OTHER),
    ("strong", SPAN_MODEL | SPAN),
    ("style", OTHER),
    ("sub", SPAN_MODEL | SPAN),
    ("summary", BLOCK_MODEL | BLOCK),
    ("sup", SPAN_MODEL | SPAN),
    ("svg", OTHER),
    ("table", BLOCK),
    ("tbody", BLOCK),
    ("td", BLOCK_MODEL | BLOCK),
    ("textarea", OTHER),
    ("tfoot", BLOCK),
    ("th", SPAN_MODEL | BLOCK),
    ("thead", BLOCK),
    ("time", OTHER),
    ("title", OTHER),
    ("tr", BLOCK),
    ("track", VOID),
    ("tt", SPAN_MODEL | SPAN),
    ("u", SPAN),
    ("ul", BLOCK),
    ("var", SPAN),
    ("video", OTHER),
    ("wbr", VOID),
];

impl Element {
    /// The element of a name in lower case.
    pub(crate) fn named(name: &str) -> Self {
        let index = ELEMENTS.binary_search_by_key(&name, |(known, _)| known);
        Self(index.map_or(0, |index| ELEMENTS[index].1))
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

#[cfg(test)]
mod tests {
    use super::ELEMENTS;

    #[test]
    fn elements_are_in_order() {
        assert!(ELEMENTS.is_sorted_by_key(|(name, _)| name));
    }
}
