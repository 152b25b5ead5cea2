//! Samples of code that no program reads: with the quotation marks of a text, or JSON without a mark.

use std::ops::Range;

use crate::diagnostic::Finding;
use crate::guide::{BlockKind, Guide, InlineKind};

/// Parts of JSON that is shortened, has comments, or is a template.
const NOT_LITERAL: [&str; 9] = ["...", "…", "{{", "{%", "<%", "/*", " //", "\t//", "`"];

/// A fault of a sample: where it is, what it is, and what to do.
type Fault = (Range<usize>, &'static str, &'static str);

/// Languages of blocks with texts in which quotation marks are those of the words.
const TEXTS: [&str; 12] =
    ["diff", "html", "liquid", "log", "markdown", "md", "plaintext", "text", "txt", "xml", "yaml", "yml"];

const CURLY: [char; 4] = ['“', '”', '‘', '’'];

pub(super) fn check(guide: &Guide, found: &mut Vec<Finding>) {
    let code = || guide.inlines.iter().filter(|inline| inline.kind == InlineKind::Code);
    // A page may be about the marks.
    let is_mark = |code: &str| code.starts_with(CURLY) && code.chars().nth(1).is_none();
    let is_about_marks = code().any(|inline| is_mark(guide.slice(inline.content)));
    let curly = |code: &str| curly(code).filter(|_| !is_about_marks);
    for inline in code() {
        let start = inline.content.range().start;
        if let Some((place, message, help)) = curly(guide.slice(inline.content)) {
            let span = guide.source.span(start + place.start..start + place.end);
            found.push(Finding::new(span, message).help(help));
        }
    }
    for block in &guide.blocks {
        let BlockKind::Code { language } = block.kind else { continue };
        // Of a block without a language it is unknown whether it is code.
        let Some(language) = language.map(|language| guide.slice(language).to_lowercase()) else { continue };
        let (code, start) = (guide.text_in(&block.text), block.text.start as usize);
        // Strings over several lines.
        let is_text = TEXTS.contains(&&*language) || ["\"\"\"", "'''"].iter().any(|mark| code.contains(mark));
        let fault = Some(code).filter(|_| !is_text).and_then(curly);
        let fault = fault.or_else(|| unread(code).filter(|_| language == "json"));
        found.extend(fault.map(|(place, message, help)| {
            Finding::new(guide.text.span_of(start + place.start..start + place.end), message).help(help)
        }));
    }
}

/// The first quotation mark of a text in the place of one that code has: right after a bracket, an equals sign, or a key,
/// or alone. In a string, and in a message that is shown as code, they belong to the words.
fn curly(code: &str) -> Option<Fault> {
    let (mut string, mut opened, mut in_comment) = (None, false, is_comment(code));
    code.char_indices().find_map(|(at, c)| {
        let (before, after) = (&code[..at], &code[at + c.len_utf8()..]);
        match c {
            '\n' => (string, opened, in_comment) = (string.filter(|mark| *mark == '`'), false, is_comment(after)),
            '"' | '\'' | '`' if string.is_none() => string = Some(c),
            '"' | '\'' | '`' => string = string.filter(|mark| *mark != c),
            c if CURLY.contains(&c) && string.is_none() && !in_comment => {
                let follows_word = before.strip_suffix(' ').is_some_and(|word| word.ends_with(char::is_alphabetic));
                let is_alone = c == '”' && !opened && follows_word && after.starts_with(' ');
                let begins = after.starts_with(|c: char| c.is_alphanumeric() || "{$</".contains(c));
                opened = true;
                if is_alone || begins && is_place_of_string(before) {
                    let help = "use straight quotation marks";
                    return Some((at..at + c.len_utf8(), "curly quotation mark in code", help));
                }
            }
            _ => {}
        }
        None
    })
}

/// Whether the line that some code begins with is a comment.
fn is_comment(code: &str) -> bool {
    let line = code.trim_start_matches([' ', '\t']);
    ["#", "//", "*"].iter().any(|mark| line.starts_with(mark))
}

/// Whether a string begins after some code: an argument, a member, or the value of an attribute.
fn is_place_of_string(before: &str) -> bool {
    let mut marks = before.chars().rev();
    match marks.next() {
        Some('(' | '=') => marks.next().is_some_and(char::is_alphanumeric),
        Some('[' | '{') => marks.find(|c| *c != ' ').is_none_or(|c| "[{(=:,\n".contains(c)),
        _ => [": ", ":"].iter().any(|colon| before.strip_suffix(colon).is_some_and(|key| key.ends_with(['"', '”']))),
    }
}

/// The first fault that makes JSON unreadable, as far as single lines show it.
fn unread(code: &str) -> Option<Fault> {
    if NOT_LITERAL.iter().any(|part| code.contains(part)) {
        return None;
    }
    let base = code.as_ptr() as usize;
    // A title may be above it.
    let lines = code.lines().map(str::trim).skip_while(|line| !line.starts_with(['{', '[']));
    let mut depth = 0;
    // What is after the value is another one.
    let lines = lines.filter(|line| !line.is_empty()).take_while(|line| {
        let is_open = depth >= 0;
        depth += brackets(line);
        depth = if depth > 0 { depth } else { -1 };
        is_open
    });
    let lines: Vec<&str> = lines.collect();
    // Names without quotation marks are those of a script, and other words are a text.
    let is_value = |line: &&str| {
        line.starts_with(|c: char| c.is_ascii_digit() || "{}[]\",:-".contains(c))
            || ["true", "false", "null"].iter().any(|word| line.starts_with(word))
            // The name of a member that lacks its first mark: `name": "Acme",`.
            || line.split_once("\":").is_some_and(|(name, _)| name.chars().all(|c| c.is_alphanumeric() || c == '_'))
    };
    if code.lines().any(is_comment) || !lines.iter().all(is_value) {
        return None;
    }
    let place = |line: &str| {
        let start = line.as_ptr() as usize - base;
        start..start + line.len()
    };
    // A string over several lines ends in another one.
    let mut open = lines.iter().filter(|line| quotes(line) % 2 == 1);
    match (open.next(), open.next()) {
        (None, _) => {}
        (Some(line), None) if !line.contains('\'') && lines.last() != Some(line) => {
            return Some((place(line), "odd number of quotation marks in JSON", "add the missing quotation mark"));
        }
        _ => return None,
    }
    lines.windows(2).find_map(|pair| {
        let end = place(pair[0]).end;
        if ends_value(pair[0]) && is_member(pair[1]) {
            return Some((end - 1..end, "missing comma between members in JSON", "add `,` at the end of the line"));
        }
        let is_extra = pair[0].ends_with(',') && pair[1].starts_with(['}', ']']);
        is_extra.then(|| (end - 1..end, "trailing comma in JSON", "remove the comma"))
    })
}

/// How many more brackets a line opens than it closes, outside strings.
fn brackets(line: &str) -> isize {
    let mut in_string = false;
    without_escapes(line).chars().fold(0, |depth, c| {
        in_string ^= c == '"';
        match c {
            '{' | '[' if !in_string => depth + 1,
            '}' | ']' if !in_string => depth - 1,
            _ => depth,
        }
    })
}

/// How many quotation marks of strings a line has.
fn quotes(line: &str) -> usize {
    without_escapes(line).matches('"').count()
}

/// A line without the backslashes and quotation marks that are written with a backslash.
fn without_escapes(line: &str) -> String {
    line.replace("\\\\", "").replace("\\\"", "")
}

/// Whether a line ends with a whole value of JSON.
fn ends_value(line: &str) -> bool {
    let is_word = || ["true", "false", "null"].iter().any(|word| line.ends_with(word));
    line.ends_with(|c: char| c.is_ascii_digit() || "\"}]".contains(c)) || is_word()
}

/// Whether a line begins with the name of a member: `"name":`.
fn is_member(line: &str) -> bool {
    let name = line.strip_prefix('"').and_then(|rest| rest.split_once('"'));
    name.is_some_and(|(_, rest)| rest.trim_start().starts_with(':'))
}
