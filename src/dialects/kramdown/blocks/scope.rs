//! The lines that are being read, how far they are read, and the text before in the same container.

use crate::dialects::kramdown::attributes::AttributeList;
use crate::dialects::kramdown::lines::Line;
use crate::guide::BlockId;

/// The content of a container so far, if later blocks depend on it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Child {
    /// Blank lines; whether it is a single line feed.
    Blank {
        single: bool,
    },
    /// A line that ends blocks: `^`.
    Boundary,
    /// An extension: no block, and no boundary either.
    Silent,
    /// A definition, which may have attributes.
    Definition,
    Block(BlockId),
    /// An element or comment of HTML.
    Html,
}

/// An HTML element whose content is being read as blocks.
#[derive(Debug)]
struct Element {
    name: String,
    /// The text before it in its container.
    before: Vec<Child>,
}

/// A container's lines and the state of reading them.
#[derive(Debug)]
pub(super) struct Scope {
    lines: Vec<Line>,
    at: usize,
    pub(super) children: Vec<Child>,
    /// A block attribute list that waits for its block.
    pub(super) attributes: Option<AttributeList>,
    elements: Vec<Element>,
    pub(super) parent: Option<BlockId>,
    pub(super) depth: usize,
    in_html: bool,
    pub(super) sought: Sought,
}

/// What was sought in the lines of a scope, so that it is not sought twice.
#[derive(Debug, Default)]
pub(super) struct Sought {
    /// Fences that nothing closes, by their marks.
    pub(super) unclosed_fences: Vec<String>,
    /// No line has a longer fence, once it is asked for.
    pub(super) longest_fence: Option<usize>,
    /// Whether the end of a comment was sought in vain.
    pub(super) unclosed_comment: bool,
    /// Whether the end of a formula was sought in vain.
    pub(super) unclosed_math: bool,
    /// Extensions whose end was sought in vain.
    pub(super) unclosed_extensions: Vec<String>,
    /// From where on the end of an attribute list was sought, and where it is.
    pub(super) list_end: Option<(usize, Option<usize>)>,
}

impl Scope {
    pub(super) fn new(lines: Vec<Line>, parent: Option<BlockId>, depth: usize, in_html: bool) -> Self {
        Self {
            lines,
            at: 0,
            children: Vec::new(),
            attributes: None,
            elements: Vec::new(),
            parent,
            depth,
            in_html,
            sought: Sought::default(),
        }
    }

    /// A scope for lines taken out of this one.
    pub(super) fn inner(&self, lines: Vec<Line>, parent: Option<BlockId>) -> Self {
        Self::new(lines, parent, self.depth + 1, self.in_html())
    }

    /// Goes on with further lines in the same container.
    pub(super) fn go_on(&mut self, lines: Vec<Line>) {
        self.lines = lines;
        self.at = 0;
        self.sought = Sought::default();
    }

    /// The line to be read next.
    pub(super) fn line(&self) -> Option<Line> {
        self.lines.get(self.at).copied()
    }

    /// The lines from the next one on.
    pub(super) fn rest(&self) -> &[Line] {
        &self.lines[self.at.min(self.lines.len())..]
    }

    /// Goes over the next `count` lines and returns them.
    pub(super) fn take(&mut self, count: usize) -> &[Line] {
        let start = self.at;
        self.at = (self.at + count).min(self.lines.len());
        &self.lines[start..self.at]
    }

    /// Where the last line ends.
    pub(super) fn end(&self) -> usize {
        self.lines.last().map_or(0, |line| line.end)
    }

    /// The parts of the coming lines that lie between the next one's start and `end`.
    pub(super) fn lines_until(&self, start: usize, end: usize) -> Vec<Line> {
        let covered = self.rest().iter().skip_while(|line| line.end < start).take_while(|line| line.start < end);
        covered.map(|line| Line { start: line.start.max(start), end: line.end.min(end), pad: 0 }).collect()
    }

    /// Goes on at an offset within the coming lines.
    pub(super) fn advance_to(&mut self, offset: usize) {
        while self.lines.get(self.at).is_some_and(|line| line.end < offset) {
            self.at += 1;
        }
        if let Some(line) = self.lines.get_mut(self.at)
            && line.start < offset
        {
            *line = line.from(offset);
        }
    }

    /// Skips what is left of a line if it is blank.
    pub(super) fn skip_line_end(&mut self, page: &str) {
        if self.line().is_some_and(|line| line.is_blank(page)) {
            self.at += 1;
        }
    }

    pub(super) fn skip_blank_lines(&mut self, page: &str) {
        let count = self.rest().iter().take_while(|line| line.is_blank(page)).count();
        let single = count == 1 && self.line().is_some_and(|line| line.text(page).is_empty());
        self.at += count;
        self.push_blank(single);
    }

    /// Notes blank lines.
    pub(super) fn push_blank(&mut self, single: bool) {
        if let Some(Child::Blank { single }) = self.children.last_mut() {
            *single = false;
        } else {
            self.attributes = None;
            self.children.push(Child::Blank { single });
        }
    }

    /// kramdown's `after_block_boundary?`.
    pub(super) fn is_after_boundary(&self) -> bool {
        matches!(self.children.last(), None | Some(Child::Blank { .. } | Child::Boundary)) || self.attributes.is_some()
    }

    /// kramdown's `before_block_boundary?` for the line after the next `count` lines.
    pub(super) fn is_before_boundary(&self, count: usize, page: &str) -> bool {
        self.rest().get(count).is_none_or(|line| {
            line.is_blank(page) || line.is_boundary_marker(page) || line.attribute_list(page, 3).is_some()
        })
    }

    /// Whether blocks are in an HTML element now.
    pub(super) fn in_html(&self) -> bool {
        self.in_html || !self.elements.is_empty()
    }

    /// Starts reading the content of an element.
    pub(super) fn open_element(&mut self, name: &str) {
        let before = std::mem::take(&mut self.children);
        self.attributes = None;
        self.elements.push(Element { name: name.to_owned(), before });
    }

    /// Ends the innermost element if it is called `name`.
    pub(super) fn close_element(&mut self, name: &str) -> bool {
        let Some(element) = self.elements.pop_if(|element| element.name == name) else { return false };
        self.children = element.before;
        self.children.push(Child::Html);
        true
    }

    /// How many elements are open here.
    pub(super) fn open_elements(&self) -> usize {
        self.elements.len()
    }

    /// Where the next character to be read is.
    pub(super) fn offset(&self) -> usize {
        self.line().map_or(self.end(), |line| line.start)
    }

    /// Ends all elements; kramdown closes them at the end of their container.
    pub(super) fn close_elements(&mut self) {
        if self.elements.is_empty() {
            return;
        }
        self.children = self.elements.drain(..).next().map(|element| element.before).unwrap_or_default();
        self.children.push(Child::Html);
    }
}
