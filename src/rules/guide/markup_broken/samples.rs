//! Samples of code that no program reads: with the quotation marks of a text, or JSON without a mark.

use std::ops::Range;

use crate::diagnostic::Finding;
use crate::guide::{BlockKind, Guide, InlineKind};

/// Parts of JSON that is shortened, has comments, or is a template.
const NOT_LITERAL: [&str; 9] = ["...", "…", "{{", "{%", "<%", "/*", " //", "\t//", "`"];

/// A fault of a sample: where it is, what it is, and what to do.
type Fault = (Range<usize>, &'static str, &'static str);

pub(super) fn check(guide: &Guide, found: &mut Vec<Finding>) {
    for inline in guide.inlines.iter().filter(|inline| inline.kind == InlineKind::Code) {
        let start = inline.content.range().start;
        if let Some((place, message, help)) = curly(guide.slice(inline.content)) {
            let span = guide.source.span(start + place.start..start + place.end);
            found.push(Finding::new(span, message).help(help));
        }
    }
    for block in &guide.blocks {
        let BlockKind::Code { language } = block.kind else { continue };
        let is_json = || language.is_some_and(|language| guide.slice(language).eq_ignore_ascii_case("json"));
        let (code, start) = (guide.text_in(&block.text), block.text.start as usize);
        let fault = curly(code).or_else(|| unread(code).filter(|_| is_json()));
        found.extend(fault.map(|(place, message, help)| {
            Finding::new(guide.text.span_of(start + place.start..start + place.end), message).help(help)
        }));
    }
}

/// The first quotation mark of a text in the place of one that code has: right after a bracket, an equals sign, or a key,
/// or alone. In a string, and in a message that is shown as code, they belong to the words.
fn curly(code: &str) -> Option<Fault> {
    let (mut in_string, mut opened) = (false, false);
    code.char_indices().find_map(|(at, c)| {
        let (before, after) = (&code[..at], &code[at + c.len_utf8()..]);
        match c {
            '\n' => (in_string, opened) = (false, false),
            '"' => in_string = !in_string,
            '“' | '”' | '‘' | '’' if !in_string => {
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
    let lines: Vec<&str> = lines.filter(|line| !line.is_empty()).collect();
    // Names without quotation marks are those of a script, and other words are a text.
    let is_word = |line: &&str| ["true", "false", "null"].iter().any(|word| line.starts_with(word));
    if lines.iter().any(|line| line.starts_with(|c: char| c.is_alphabetic() || c == '#') && !is_word(line)) {
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

/// How many quotation marks of strings a line has.
fn quotes(line: &str) -> usize {
    line.replace("\\\\", "").replace("\\\"", "").matches('"').count()
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
