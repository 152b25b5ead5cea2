//! Reads a rule's page: its examples, which are instructions to the tester.

use std::ops::Range;

use connlint::testing::source::Size;

/// A fenced block of a rule's page.
#[derive(Clone, Debug)]
pub(crate) struct Block {
    /// The words behind the fence; the first is the language.
    pub(crate) words: Vec<String>,
    /// The lines of the page that are its content, from 0.
    pub(crate) lines: Range<usize>,
    /// The content, each line ended by a line feed.
    pub(crate) text: String,
}

impl Block {
    /// Whether `word` stands behind the language.
    pub(crate) fn says(&self, word: &str) -> bool {
        self.words.iter().skip(1).any(|said| said == word)
    }

    /// The limit on the size of its files.
    pub(crate) fn limit(&self) -> Option<Size> {
        let limit = self.words.iter().find_map(|word| word.strip_prefix("limit="));
        limit.map(|limit| limit.parse().expect("a limit is a size"))
    }

    fn file(&self) -> Option<&str> {
        self.words.iter().find_map(|word| word.strip_prefix("file="))
    }
}

/// A bad or good example with everything that belongs to it.
#[derive(Debug)]
pub(crate) struct Example {
    /// The `bad` or `good` block.
    pub(crate) block: Block,
    /// Further files, shown in blocks with `file=`.
    pub(crate) further: Vec<Block>,
    /// The `output` block.
    pub(crate) output: Option<Block>,
    /// The `fixed` block.
    pub(crate) fixed: Option<Block>,
}

impl Example {
    /// The line of the page (from 1) where it starts.
    pub(crate) fn line(&self) -> usize {
        self.block.lines.start
    }

    /// The files, the one the example is about first: name and text.
    pub(crate) fn files(&self) -> Vec<(String, String)> {
        let named = |block: &Block| {
            let default = match block.words[0].as_str() {
                "yaml" => "example.connector.yaml",
                "json" => "example.connector.json",
                _ => "example.md",
            };
            (block.file().unwrap_or(default).to_owned(), block.text.clone())
        };
        std::iter::once(&self.block).chain(&self.further).map(named).collect()
    }
}

/// The examples of a page, in order.
pub(crate) fn examples(page: &str) -> Vec<Example> {
    let mut examples: Vec<Example> = Vec::new();
    for block in blocks(page) {
        if block.says("bad") || block.says("good") {
            examples.push(Example { block, further: Vec::new(), output: None, fixed: None });
        } else if let Some(example) = examples.last_mut() {
            if block.says("output") {
                example.output = Some(block);
            } else if block.says("fixed") {
                example.fixed = Some(block);
            } else if block.file().is_some() {
                example.further.push(block);
            }
        }
    }
    examples
}

fn blocks(page: &str) -> Vec<Block> {
    let lines: Vec<&str> = page.lines().collect();
    let mut blocks = Vec::new();
    let mut at = 0;
    while at < lines.len() {
        let fence = &lines[at][..lines[at].len() - lines[at].trim_start_matches('`').len()];
        let start = at + 1;
        at = start;
        if fence.len() < 3 {
            continue;
        }
        while at < lines.len() && lines[at] != fence {
            at += 1;
        }
        let words: Vec<String> = lines[start - 1][fence.len()..].split_whitespace().map(String::from).collect();
        if !words.is_empty() {
            let text = lines[start..at].iter().map(|line| (*line).to_owned() + "\n").collect();
            blocks.push(Block { words, lines: start..at, text });
        }
        at += 1;
    }
    blocks
}

/// The page with the content of some blocks replaced.
pub(crate) fn with_blocks(page: &str, mut replaced: Vec<(Range<usize>, String)>) -> String {
    let mut lines: Vec<String> = page.lines().map(String::from).collect();
    replaced.sort_by_key(|(range, _)| range.start);
    for (range, text) in replaced.into_iter().rev() {
        lines.splice(range, text.lines().map(String::from));
    }
    lines.join("\n") + "\n"
}
