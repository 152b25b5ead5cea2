//! Reads the simplest form of YAML line by line: `key: value` with plain values, lists of them, and indented mappings.
//!
//! Most front matter has that form, and the parser takes ten times as long for it. A text with anything else
//! is left to the parser: each function gives `None` unless there is only one way to read what it is given
//! (YAML 1.2.2, 7.3.3 and 7.4).

use std::ops::Range;
use std::sync::Arc;

use super::scalar;
use crate::source::SourceFile;
use crate::tree::{Entry, Node, ScalarStyle, Value};

/// The longest key that YAML allows without a `?` before it.
const MAX_KEY: usize = 1024;

/// The deepest mapping that is read here, so that the depth is one of front matter.
const MAX_DEPTH: usize = 8;

/// A longer text is not front matter, and its lines are not collected.
const LONGEST: usize = 1 << 16;

/// A line that is not empty.
#[derive(Clone, Copy)]
struct Line<'a> {
    /// Where it begins in the file, after its indentation.
    start: usize,
    indent: usize,
    text: &'a str,
}

/// The mapping in the bytes `range` of a file.
pub(super) fn mapping(source: &SourceFile, range: Range<usize>) -> Option<Node> {
    if range.len() > LONGEST {
        return None;
    }
    let mut start = range.start;
    let mut lines = Vec::with_capacity(16);
    for line in source.text()[range].split_inclusive('\n') {
        let content = line.strip_suffix('\n').map_or(line, |line| line.strip_suffix('\r').unwrap_or(line));
        let text = content.trim_start_matches(' ');
        let indent = content.len() - text.len();
        if !content.is_empty() {
            lines.push(Line { start: start + indent, indent, text });
        }
        start += line.len();
    }
    let mut rest = lines.as_slice();
    let node = block(source, &mut rest, 0)?;
    (rest.is_empty() && lines[0].indent == 0).then_some(node)
}

/// The mapping of the first lines of `rest`: those with the same indentation, and those that are deeper.
fn block(source: &SourceFile, rest: &mut &[Line<'_>], depth: usize) -> Option<Node> {
    let indent = rest.first()?.indent;
    let mut entries: Vec<Entry> = Vec::with_capacity(8);
    while let Some((line, more)) = rest.split_first()
        && line.indent == indent
    {
        let mut entry = entry(source, line)?;
        *rest = more;
        if more.first().is_some_and(|next| next.indent > indent) {
            // After a value, deeper lines would continue it.
            if !entry.value.span.is_empty() || depth == MAX_DEPTH {
                return None;
            }
            entry.value = block(source, rest, depth + 1)?;
        }
        entries.push(entry);
    }
    let span = entries.first()?.key_span.to(entries.last()?.value.span);
    Some(Node { value: Value::Mapping(entries.into()), span, style: ScalarStyle::Plain, tag: None })
}

/// The key and the value of a line; the value may be empty.
pub(crate) fn pair(line: &str) -> Option<(&str, &str)> {
    let (key, following) = line.split_once(':')?;
    let is_word = key.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-'));
    let starts = key.starts_with(|first: char| first.is_ascii_alphabetic());
    let separated = following.is_empty() || following.starts_with(' ');
    (is_word && starts && separated && key.len() <= MAX_KEY).then(|| (key, following.trim_matches(' ')))
}

/// The value of a scalar.
pub(crate) fn plain(text: &str) -> Option<Value> {
    let is_safe = |byte: u8| {
        byte.is_ascii_alphanumeric()
            || matches!(byte, b' ' | b'/' | b'-' | b'_' | b'.' | b'(' | b')' | b'&' | b',' | b'\'' | b'+' | b'!')
    };
    let starts = text.starts_with(|first: char| first.is_ascii_alphanumeric() || first == '/');
    (starts && text.bytes().all(is_safe)).then(|| scalar::plain(text))
}

/// The texts of `[one, two]`.
pub(crate) fn items(value: &str) -> Option<impl Iterator<Item = &str>> {
    let inner = value.strip_prefix('[')?.strip_suffix(']')?;
    Some(inner.split(',').map(|item| item.trim_matches(' ')))
}

fn entry(source: &SourceFile, line: &Line<'_>) -> Option<Entry> {
    let Line { start, text: line, .. } = *line;
    let (key, value) = pair(line)?;
    let Value::String(name) = scalar::plain(key) else { return None };
    let node = |part: &str, value: Value| {
        let at = start + (part.as_ptr() as usize - line.as_ptr() as usize);
        Node { value, span: source.span(at..at + part.len()), style: ScalarStyle::Plain, tag: None }
    };
    let value = if value.is_empty() {
        node(&line[key.len() + 1..][..0], Value::Null)
    } else if let Some(items) = items(value) {
        let items: Option<Arc<[Node]>> = items.map(|item| Some(node(item, plain(item)?))).collect();
        node(value, Value::Sequence(items?))
    } else {
        node(value, plain(value)?)
    };
    Some(Entry { key: name, key_span: source.span(start..start + key.len()), value, merged: false })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use proptest::sample::select;

    use super::super::{parse, parse_events, simple};
    use crate::source::{FileId, SourceFile};

    /// What is read here is what the parser reads.
    #[test]
    fn reads_as_the_parser() {
        let texts = [
            "title: Duel (v2) & Co.\ntags: [connector, two words]\nlinkedpage: true\npermalink: /a/b\n",
            "title:\nempty:   \n\nnumber: 1.5\nhex: 0x1F\ndate: 2024-01-02\nnothing: null\n",
            "title: It's here, don't!\r\nlist: [ 1 , true,null ]\r\nlast: x  ",
            "a-b: c - d\nA_1: a -\nlast:",
            "sidebar:\n    nav: docs\n    more:\n        a: [b]\n        c:\n\n    end: 1\nlast: x\n",
            "a:\n  b: c",
            "a:\n  b:\n    c:",
        ];
        for text in texts {
            let source = SourceFile::new(FileId(0), "a.md", format!("---\n{text}"));
            let range = 4..source.text().len();
            let parsed = parse_events(&source, range.clone());
            assert!(parsed.problems.is_empty(), "{text}");
            let read = simple::mapping(&source, range);
            assert_eq!(format!("{:?}", read.as_slice()), format!("{:?}", parsed.documents), "{text}");
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 2048, failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn what_is_read_here_is_what_the_parser_reads(lines in proptest::collection::vec(line(), 1..10)) {
            let source = SourceFile::new(FileId(0), "a.md", lines.concat());
            let range = 0..source.text().len();
            if let Some(node) = simple::mapping(&source, range.clone()) {
                let parsed = parse_events(&source, range.clone());
                prop_assert_eq!(format!("{:?}", [node]), format!("{:?}", parsed.documents));
                prop_assert_eq!(format!("{:?}", parse(&source, range).problems), format!("{:?}", parsed.problems));
            }
        }
    }

    /// A line of front matter, or of what looks like it.
    fn line() -> impl Strategy<Value = String> {
        let indent = select(vec!["", "", "", "  ", "    ", " "]);
        let key = select(vec!["a", "b", "title", "a-b", "null", "1", "- a", "#c"]);
        let value = "( ?|(: ?| )?([a-c]|\\[a, ?1\\]|1\\.5|null|true|/x|'|\"|#|!|&x|-|~|[|]|>-|ü|x'y){0,3} ?)";
        let ending = select(vec!["\n", "\n", "\r\n", "\n\n"]);
        (indent, key, value, ending).prop_map(|(indent, key, value, ending)| format!("{indent}{key}:{value}{ending}"))
    }

    /// What may mean something else is left to the parser.
    #[test]
    fn leaves_the_rest() {
        let lines = [
            "a: b: c", "a: b # c", "a:b", "a: 'b'", "a: -1", "a: [b, [c]]", "a: []", "a: {b: c}", "a: &b c",
            "a: b\n  c", "- a: b", "true: a", "a: b\tc", "a: |\n b", "1: a", "a: ü", "a: b\rc: d", "a:\n- b", "a: [b",
            "a: b]", "", " a: b", "a:\n  b: c\n d: e", "a:\n  - b", "a:\n  b: c\n    d", "a:\n  b: c\n    d: e",
            "a: null\n  b: c", "a:\n\tb: c", "  a: b\nc: d",
        ];
        for line in lines {
            let source = SourceFile::new(FileId(0), "a.md", line);
            assert!(simple::mapping(&source, 0..line.len()).is_none(), "{line}");
        }
    }
}
