//! Where the parser of a text is, and what it remembers.

/// Which of kramdown's parsers are at work.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Parsers {
    All,
    CodeAndHtml,
    Html,
}

/// The element that is being read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Tree {
    Text,
    Emphasis,
    Strong,
    Link,
    Image,
    Html,
}

/// What ends an element.
#[derive(Debug)]
pub(super) enum Stop<'s> {
    End,
    /// So many of a mark.
    Marks {
        mark: u8,
        length: usize,
    },
    /// The bracket that closes the first one; how many are open.
    Bracket {
        open: usize,
    },
    Tag {
        name: &'s str,
        folds_case: bool,
    },
}

/// How an element's content is read.
#[derive(Debug, Clone, Copy)]
pub(super) struct Level {
    pub(super) tree: Tree,
    pub(super) parsers: Parsers,
    /// Where its content begins among the events.
    pub(super) events: usize,
    /// How many images are directly in it.
    pub(super) images: usize,
}

/// From where on a text does not have an end that was sought.
#[derive(Debug, Clone, Copy)]
pub(super) struct Missing {
    /// A run of so many backticks.
    pub(super) code: (usize, usize),
    pub(super) comment: usize,
    pub(super) math: usize,
    pub(super) strikethrough: usize,
    pub(super) brace: usize,
    pub(super) extension: usize,
    pub(super) bracket: usize,
    /// The end of an address: from where to where in its line there is none.
    pub(super) address: (usize, usize),
    /// A `*`, a `_`.
    pub(super) marks: [usize; 2],
}

impl Missing {
    /// Nothing was sought in vain.
    pub(super) const NONE: Self = Self {
        code: (usize::MAX, usize::MAX),
        comment: usize::MAX,
        math: usize::MAX,
        strikethrough: usize::MAX,
        brace: usize::MAX,
        extension: usize::MAX,
        bracket: usize::MAX,
        address: (usize::MAX, usize::MAX),
        marks: [usize::MAX; 2],
    };
}

/// Where to go back to.
#[derive(Debug, Clone, Copy)]
pub(super) struct Saved {
    pub(super) at: usize,
    pub(super) events: usize,
    pub(super) tags: usize,
    pub(super) printed: usize,
    pub(super) undefined: usize,
    pub(super) level: Level,
}
