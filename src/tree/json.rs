//! Reads JSON (RFC 8259) strictly: no comments, no trailing commas, nothing of JSON5.

use jsonc_parser::ast;
use jsonc_parser::common::{Range, Ranged};
use jsonc_parser::errors::{ParseError, ParseErrorKind};
use jsonc_parser::{CollectOptions, ParseOptions, parse_to_ast};

use crate::source::{SourceFile, Span};
use crate::tree::{Documents, Entry, MAX_DEPTH, Node, Problem, ProblemKind, ScalarStyle, Value, duplicate_keys};

/// Everything beyond RFC 8259 is switched off; the crate's defaults allow all of it.
const STRICT: ParseOptions = ParseOptions {
    allow_comments: false,
    allow_loose_object_property_names: false,
    allow_trailing_commas: false,
    allow_missing_commas: false,
    allow_single_quoted_strings: false,
    allow_hexadecimal_numbers: false,
    allow_unary_plus_numbers: false,
    allow_bare_decimal_point_numbers: false,
    allow_non_finite_numbers: false,
    allow_extended_string_escapes: false,
};

/// Reads the JSON text of a file. A byte order mark at its start is skipped.
pub fn parse(source: &SourceFile) -> Documents {
    let text = source.text();
    let base = if text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
    let mut reader = Reader { source, base, problems: Vec::new() };
    let mut documents = Vec::new();
    match parse_to_ast(&text[base..], &CollectOptions::default(), &STRICT) {
        Ok(parsed) => match parsed.value {
            Some(value) => documents.extend(reader.node(value, 1).filter(|_| !reader.is_broken())),
            None => reader.problem(0..0, "empty file", Some("add a JSON object")),
        },
        Err(error) => reader.syntax_error(&error),
    }
    if reader.problems.is_empty() && text.contains(is_other_white_space) {
        reader.other_white_space();
        documents.retain(|_| reader.problems.is_empty());
    }
    reader.problems.sort_by_key(|problem| problem.span);
    Documents { documents, problems: reader.problems }
}

/// Whether a character may be white space that JSON does not have.
fn is_other_white_space(letter: char) -> bool {
    !letter.is_ascii() || matches!(letter, '\u{b}' | '\u{c}')
}

struct Reader<'a> {
    source: &'a SourceFile,
    base: usize,
    problems: Vec<Problem>,
}

impl Reader<'_> {
    /// White space outside strings that JSON does not have (RFC 8259, section 2): the parser passes over it, others do
    /// not.
    fn other_white_space(&mut self) {
        let (mut in_string, mut is_escaped) = (false, false);
        for (at, letter) in self.source.text().char_indices().skip_while(|(at, _)| *at < self.base) {
            let is_quote = letter == '"' && !is_escaped;
            is_escaped = in_string && letter == '\\' && !is_escaped;
            in_string ^= is_quote;
            if !in_string && is_other_white_space(letter) {
                let message = format!("U+{:04X} is not white space in JSON", u32::from(letter));
                return self.problem(at..at + letter.len_utf8(), &message, Some("use spaces"));
            }
        }
    }

    /// The node of a value; `None` where it lies too deep.
    fn node(&mut self, value: ast::Value<'_>, depth: usize) -> Option<Node> {
        let span = self.span(value.range());
        let mut style = ScalarStyle::Plain;
        let value = match value {
            ast::Value::StringLit(string) => {
                style = ScalarStyle::DoubleQuoted;
                self.check_string(span);
                Value::String(string.value.into_owned())
            }
            ast::Value::NumberLit(number) => Value::Number(number.value.into()),
            ast::Value::BooleanLit(boolean) => Value::Bool(boolean.value),
            ast::Value::NullKeyword(_) => Value::Null,
            ast::Value::Array(_) | ast::Value::Object(_) if depth > MAX_DEPTH => {
                self.problem(span.range(), &format!("more than {MAX_DEPTH} levels of nesting"), None);
                return None;
            }
            ast::Value::Array(array) => {
                let items = array.elements.into_iter().map(|item| self.node(item, depth + 1));
                Value::Sequence(items.collect::<Option<_>>()?)
            }
            ast::Value::Object(object) => {
                let entries = object.properties.into_iter().map(|property| self.entry(property, depth + 1));
                let entries: Vec<Entry> = entries.collect::<Option<_>>()?;
                self.problems.extend(duplicate_keys(&entries));
                Value::Mapping(entries.into())
            }
        };
        Some(Node { value, span, style, tag: None })
    }

    fn entry(&mut self, property: ast::ObjectProp<'_>, depth: usize) -> Option<Entry> {
        let key_span = self.span(property.name.range());
        self.check_string(key_span);
        let value = self.node(property.value, depth)?;
        Some(Entry { key: property.name.into_string(), key_span, value, merged: false })
    }

    /// RFC 8259, section 7: control characters must be escaped; the parser lets them pass.
    fn check_string(&mut self, span: Span) {
        let control = self.source.slice(span).find(|c: char| c < ' ');
        if let Some(offset) = control {
            let at = span.start as usize + offset;
            self.problem(at..at + 1, "unescaped control character in a string", Some("write `\\n` or `\\t`"));
        }
    }

    fn span(&self, range: Range) -> Span {
        self.source.span(self.base + range.start..self.base + range.end)
    }

    fn is_broken(&self) -> bool {
        self.problems.iter().any(|problem| problem.kind == ProblemKind::Syntax)
    }

    fn syntax_error(&mut self, error: &ParseError) {
        let range = self.span(error.range()).range();
        let (mut message, help) = describe(error.kind());
        if matches!(error.kind(), ParseErrorKind::UnexpectedToken)
            && let Some(found) = self.source.text()[range.start..].chars().next()
        {
            message = format!("unexpected `{found}`");
        }
        self.problem(range, &message, help);
    }

    fn problem(&mut self, range: std::ops::Range<usize>, message: &str, help: Option<&str>) {
        self.problems.push(Problem::syntax(self.source.span(range), message, help.map(str::to_owned)));
    }
}

/// Says a parser error in plain words: message and help.
fn describe(kind: &ParseErrorKind) -> (String, Option<&'static str>) {
    use ParseErrorKind as Kind;
    let (message, help) = match kind {
        Kind::CommentsNotAllowed => ("comment in JSON", Some("remove the comment, or use YAML")),
        Kind::TrailingCommasNotAllowed => ("comma before the closing bracket", Some("remove the comma")),
        Kind::ExpectedComma => ("missing comma", Some("add the comma")),
        Kind::SingleQuotedStringsNotAllowed => ("string in single quotes", Some("use double quotes")),
        Kind::UnexpectedWord => ("text without quotes", Some("put the text in double quotes")),
        Kind::ExpectedStringObjectProperty => ("key without double quotes", Some("put the key in double quotes")),
        Kind::MultipleRootJsonValues => ("text after the end of the JSON value", Some("use a list for several values")),
        Kind::ExpectedColonAfterObjectKey => ("missing colon after the key", Some("add `:`")),
        Kind::ExpectedObjectValue => ("missing value after the colon", Some("add the value")),
        Kind::UnterminatedObject => ("unclosed `{`", Some("add the missing `}`")),
        Kind::UnterminatedArray => ("unclosed `[`", Some("add the missing `]`")),
        Kind::UnexpectedCloseBrace => ("`}` without a `{`", Some("remove the `}`")),
        Kind::UnexpectedCloseBracket => ("`]` without a `[`", Some("remove the `]`")),
        Kind::NestingDepthExceeded => return (format!("more than {MAX_DEPTH} levels of nesting"), None),
        other => return (lower_first(&other.to_string()), None),
    };
    (message.to_owned(), help)
}

fn lower_first(text: &str) -> String {
    let mut rest = text.chars();
    rest.next().map(|first| first.to_lowercase().chain(rest).collect()).unwrap_or_default()
}
