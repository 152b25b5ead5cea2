//! Says the YAML parser's errors in plain words, at the bytes that a person would point to.

use std::ops::Range;

/// An error in plain words.
pub(super) struct Explained {
    pub(super) range: Range<usize>,
    pub(super) message: String,
    pub(super) help: Option<&'static str>,
}

/// What the parser says (a part of it), what we say, and what helps.
const MESSAGES: &[(&str, &str, &str)] = &[
    ("tab", "tab in the indentation", "indent with spaces"),
    ("mapping values are not allowed", "`:` and a space inside a value without quotes", "put the value in quotes"),
    ("illegal placement of ':'", "`:` without a key before it", "put the text before it in quotes"),
    ("found unknown anchor", "alias without an anchor before it", "define the anchor, or put the value in quotes"),
    ("did not find expected key", "expected a key of the mapping", "indent it like the lines around it"),
    ("did not find expected '-'", "expected an item of the list", "start it with `- `, or indent it"),
    (
        "did not find expected <document start>",
        "text after the end of the document",
        "indent it like the lines around it",
    ),
    ("simple key expect ':'", "line without a `:`", "use `key: value`, or indent the line to continue the value above"),
    ("found unexpected end of stream", "unclosed quote", "add the closing quote"),
    ("found unexpected document indicator", "unclosed quote", "add the closing quote"),
    ("invalid trailing content after double-quoted", "text after the closing quote", "escape inner quotes as `\\\"`"),
    (
        "unknown escape character",
        "unknown escape in a double-quoted string",
        "use `\\\\` for a backslash, or single quotes",
    ),
    ("hexadecimal number", "escape without its hexadecimal digits", "use `\\\\` for a backslash, or single quotes"),
    ("invalid Unicode character", "invalid Unicode escape", "use the character itself"),
    ("indentation in quoted scalar", "unclosed quote before the next key", "add the closing quote, or indent the text"),
    (
        "indentation in flow construct",
        "line of a bracketed value not indented",
        "indent its lines, or close the bracket",
    ),
    ("wrongly indented line in block scalar", "line of a block scalar not indented enough", "indent the block evenly"),
    ("invalid indentation", "indentation unlike any line above", "indent it like the lines around it"),
    ("expected ',' or ']'", "missing comma or `]` in a list", "add the comma or the `]`"),
    ("expected ',' or '}'", "missing comma or `}` in a mapping", "add the comma or the `}`"),
    ("misplaced bracket", "closing bracket without an opening one", "put the value in quotes"),
    ("byte order mark", "byte order mark inside the text", "remove it"),
    ("unprintable character", "invalid character in YAML", "remove it"),
    ("duplicated anchor", "duplicate anchor", "use another name"),
    ("sequence entries are not allowed", "unexpected list item", "start the list on its own line"),
    ("recursion limit", "brackets nested too deeply", "flatten the value"),
    ("':' must be followed", "missing space after `:`", "add a space after the `:`"),
];

/// Whether an error may come from a line that is not a key and its value.
pub(super) fn is_about_a_line(info: &str) -> bool {
    const PARTS: [&str; 6] = [
        "mapping values are not allowed",
        "illegal placement of ':'",
        "did not find expected key",
        "did not find expected <document start>",
        "simple key expect ':'",
        "invalid indentation",
    ];
    PARTS.iter().any(|part| info.contains(part))
}

/// Explains what the parser said about the byte at `at`.
pub(super) fn explain(info: &str, text: &str, at: usize) -> Explained {
    if let Some(found) = info.strip_prefix("unexpected character: `") {
        let message = format!("unquoted value starts with `{}`", found.trim_end_matches('\''));
        return Explained { range: word(text, at), message, help: Some("put the value in quotes") };
    }
    let known = MESSAGES.iter().find(|(part, ..)| info.contains(part));
    let range = match known {
        Some(("tab", ..)) => tab(text, at).unwrap_or_else(|| word(text, at)),
        Some((part, ..)) if part.starts_with("mapping values") => at..next_boundary(text, at),
        _ => word(text, at),
    };
    match known {
        Some((_, message, help)) => Explained { range, message: (*message).to_owned(), help: Some(help) },
        None => Explained { range, message: without_context(info).to_owned(), help: None },
    }
}

/// The parser's "while parsing a tag, ..." without its first half.
fn without_context(info: &str) -> &str {
    let tail = info.strip_prefix("while ").and_then(|rest| rest.split_once(", "));
    tail.map_or(info, |(_, tail)| tail)
}

/// The tab nearest to `at` in its line: the parser points before or after it.
fn tab(text: &str, at: usize) -> Option<Range<usize>> {
    let line = crate::source::line_start(text, at);
    let line_end = text[at..].find('\n').map_or(text.len(), |end| at + end);
    let before = text[line..at].rfind('\t').map(|offset| line + offset);
    let tab = text[at..line_end].find('\t').map(|offset| at + offset).or(before)?;
    Some(tab..tab + 1)
}

/// From `at` to the next white space; one character at least, where there is one.
fn word(text: &str, at: usize) -> Range<usize> {
    let rest = &text[at..];
    let end = rest.find(char::is_whitespace).filter(|end| *end > 0).map_or_else(
        || if rest.starts_with(char::is_whitespace) { next_boundary(text, at) } else { text.len() },
        |end| at + end,
    );
    at..end
}

fn next_boundary(text: &str, at: usize) -> usize {
    at + text[at..].chars().next().map_or(0, char::len_utf8)
}
