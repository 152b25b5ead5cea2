//! What a text is made of.

use std::ops::Range;

use crate::dialects::html::RawTag;
use crate::guide::LinkForm;

/// What a text is made of, in order; ranges are of the text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::dialects::kramdown) enum Event {
    /// Text as written.
    Text(Range<usize>),
    /// Text in HTML that is not read as Markdown; only character references stand for something else.
    Raw(Range<usize>),
    /// A quote, a dash, an ellipsis: shown as written, and no part of a heading's id.
    Mark(Range<usize>),
    /// What stands for something else, and is not a part of a heading's id.
    Symbol(Range<usize>, &'static str),
    Reference(Range<usize>, char),
    /// A code span: all of it, and its content.
    Code(Range<usize>, Range<usize>),
    /// A formula: its content.
    Math(Range<usize>),
    /// Emphasised text: all of it with how many characters mark it.
    Emphasis(Range<usize>, usize),
    /// A link, with its text after it.
    Link(Target),
    /// An image and its description.
    Image(Target, String),
    /// The end of emphasised text or of a link.
    End,
    /// A forced line break.
    Break(Range<usize>),
    /// The tag that opens an element or is one; the index into [`Spans::tags`].
    Tag(usize),
    /// The end of an element, with the index of its closing tag if there is one.
    EndTag(Option<usize>),
    Comment(Range<usize>),
    /// The mark of a footnote that exists: its label.
    Footnote(Range<usize>),
    /// What attributes an element has: the text between the braces.
    Attributes(Range<usize>),
    /// An element that shows nothing of what is written: an extension, a check box.
    Hidden,
}

/// Where a link or image leads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::dialects::kramdown) struct Target {
    /// The whole element.
    pub(in crate::dialects::kramdown) range: Range<usize>,
    pub(in crate::dialects::kramdown) form: LinkForm,
    pub(in crate::dialects::kramdown) address: String,
    pub(in crate::dialects::kramdown) place: Place,
}

/// Where an address is written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::dialects::kramdown) enum Place {
    /// In the element.
    Here(Range<usize>),
    /// In a definition, on the page.
    Page(Range<usize>),
}

/// What was found in a text.
#[derive(Debug, Default)]
pub(in crate::dialects::kramdown) struct Spans {
    pub(in crate::dialects::kramdown) events: Vec<Event>,
    /// Tags, those that are printed as text too.
    pub(in crate::dialects::kramdown) tags: Vec<RawTag>,
    /// Where tags are printed as text.
    pub(in crate::dialects::kramdown) printed: Vec<Range<usize>>,
    /// References whose definition is missing.
    pub(in crate::dialects::kramdown) undefined: Vec<Range<usize>>,
}

impl Spans {
    pub(in crate::dialects::kramdown) fn clear(&mut self) {
        self.events.clear();
        self.tags.clear();
        self.printed.clear();
        self.undefined.clear();
    }
}
