//! Code that begins or ends in the wrong place, and marks in it that its reader copies.

use std::ops::Range;

use crate::diagnostic::{Edit, Finding, Fix};
use crate::guide::brackets::is_open;
use crate::guide::{Block, BlockKind, Guide, InlineKind, Style};
use crate::rule::Page;
use crate::source::Span;

/// Pairs of brackets.
const BRACKETS: [(char, char); 3] = [('(', ')'), ('[', ']'), ('{', '}')];

/// Bytes of a line that are read on each side of code or a link.
const NEAR: usize = 500;

/// What may follow the last letter of a link.
const ENDINGS: [&str; 7] = ["s", "es", "ed", "ing", "d", "er", "ers"];

/// Words that do not belong to the letters beside them. Other letters beside code may be: "`null`able", "multi`part`".
const WORDS: [&str; 15] =
    ["and", "are", "for", "from", "if", "is", "like", "of", "or", "that", "the", "to", "use", "with", "your"];

/// Languages of blocks of code with commands of a shell.
const SHELLS: [&str; 7] = ["bash", "console", "curl", "http", "sh", "shell", "zsh"];

pub(super) fn check(page: &Page<'_>, found: &mut Vec<Finding>) {
    spans(page.guide, found);
    escapes(page, found);
    commands(page.guide, found);
}

/// Backslashes before underscores, which are for text, in addresses that are code. Elsewhere they may be those of a path
/// or a pattern.
fn escapes(page: &Page<'_>, found: &mut Vec<Finding>) {
    let (guide, text) = (page.guide, page.guide.text.as_str());
    let is_letter = |c: Option<u8>| c.is_some_and(|c| c.is_ascii_alphanumeric());
    let catalogues = page.own_catalogues();
    let places = memchr::memmem::find_iter(text.as_bytes(), "\\_").filter(|at| {
        let (before, after) = (at.checked_sub(1).map(|at| text.as_bytes()[at]), text.as_bytes().get(at + 2).copied());
        let ends = |c: char| c.is_whitespace() || ",()'\"".contains(c);
        let (before_it, rest) = (&text[guide.text.line_before(*at, NEAR)], &text[guide.text.line_after(*at, NEAR)]);
        let first = before_it.rsplit(ends).next().unwrap_or_default();
        let name = format!("{first}{}", rest.split(ends).next().unwrap_or_default()).replace("\\_", "_");
        // Scopes are the matter of another rule.
        let is_scope = || catalogues.iter().any(|catalogue| catalogue.lookup(&name).is_some());
        name.contains("://")
            && is_letter(before)
            && is_letter(after)
            && guide.text.all_have(*at..at + 2, Style::CODE)
            && guide.slice(guide.text.span_of(*at..at + 2)) == "\\_"
            && !name.contains(['\\', '%'])
            && !is_scope()
    });
    let places: Vec<usize> = places.collect();
    for line in places.chunk_by(|left, right| !text[*left..*right].contains('\n')) {
        let spans: Vec<Span> = line.iter().map(|at| guide.text.span_of(*at..at + 1)).collect();
        let finding = Finding::new(spans[0], "backslash published in code").help("remove it");
        let fix = Fix::needs_review("remove the backslashes", spans.into_iter().map(Edit::remove).collect());
        found.push(finding.fix(fix));
    }
}

/// Lines of the first command of a block of which one does not say that the next one, an option, belongs to it.
fn commands(guide: &Guide, found: &mut Vec<Finding>) {
    let is_shell = |block: &&Block| match &block.kind {
        BlockKind::Code { language } => {
            language.is_none_or(|language| SHELLS.contains(&&*guide.slice(language).to_lowercase()))
        }
        _ => false,
    };
    for block in guide.blocks.iter().filter(is_shell) {
        let start = block.text.start as usize;
        let code = guide.text_in(&block.text);
        let mut lines =
            code.split_inclusive('\n').map(|line| (line.as_ptr() as usize - code.as_ptr() as usize, line.trim_end()));
        let Some((mut at, mut line)) = lines.find(|(_, line)| line.trim_start().starts_with("curl ")) else { continue };
        // In a text, an array or a string the lines belong together, and a synopsis has brackets.
        let is_within = code[..at].trim_end().ends_with(['>', '-', '|', '(', '"', '\'', '=']);
        if is_within || line.contains("<<") || line.contains(" [") {
            continue;
        }
        for (next, following) in lines {
            let option = following.trim_start();
            let name = option.split(' ').next().unwrap_or_default();
            let is_option = match name.strip_prefix("--") {
                Some(long) => {
                    long.starts_with(char::is_alphabetic) && long.bytes().all(|c| matches!(c, b'a'..=b'z' | b'-'))
                }
                None => matches!(name.as_bytes(), [b'-', letter] if letter.is_ascii_alphabetic()),
            };
            let is_closed = ['"', '\''].iter().all(|mark| line.matches(*mark).count() % 2 == 0);
            // "-v shows the headers"
            let value = option[name.len()..].trim_start();
            let is_described = value.starts_with(char::is_alphabetic) && value.contains(' ');
            if !is_option || !is_closed || is_described {
                break;
            }
            if !line.ends_with(['\\', '^', '`', '|']) {
                let place = guide.text.span_of(start + at..start + at + line.len());
                let message = format!("command ends before its option `{name}`");
                found.push(Finding::new(place, message).help("end each line of the command but the last with ` \\`"));
                break;
            }
            (at, line) = (next, following);
        }
    }
}

/// Text in a piece of code that should be outside of it: the marks of bold text, an unmatched bracket.
fn spans(guide: &Guide, found: &mut Vec<Finding>) {
    for inline in guide.inlines.iter().filter(|inline| inline.kind == InlineKind::Code) {
        let (content, start) = (guide.slice(inline.content), inline.content.range().start);
        found.extend(
            glued(guide, &inline.text, inline.span, Part::Code).filter(|_| guide.slice(inline.span).ends_with('`')),
        );
        // What is between the braces of a template is its own matter.
        let bold = bold_in(content).filter(|bold| !content[..bold.start].ends_with("{{"));
        if let Some(bold) = bold {
            let place = guide.source.span(start + bold.start..start + bold.end);
            let message = format!("asterisks published in code: `{}`", &content[bold]);
            found.push(Finding::new(place, message).help("remove the asterisks, or end the code before them"));
        }
        let Some((opening, closing)) = BRACKETS.into_iter().find(|(_, closing)| content.ends_with(*closing)) else {
            continue;
        };
        let own = &content[..content.len() - 1];
        let before = &guide.text.as_str()[guide.text.line_before(inline.text.start as usize, NEAR)];
        let has_letters = own.contains(char::is_alphabetic) && !own.contains(char::is_whitespace);
        if has_letters
            && !is_open(own, opening, closing)
            && !own.contains(closing)
            && !is_open(before, opening, closing)
        {
            let place = guide.source.span(start + own.len()..start + content.len());
            found.push(
                Finding::new(place, format!("unmatched `{closing}` at the end of code")).help("remove the bracket"),
            );
        }
    }
}

/// The first bold text in a piece of code: a word between two pairs of asterisks that is a part of a path or an address.
/// Globs and powers are not bold, and other words are Markdown that is shown.
fn bold_in(code: &str) -> Option<Range<usize>> {
    let open = code.find("**")?;
    let inner = &code[open + 2..];
    let close = inner.find("**")?;
    let is_word = close > 0 && inner[..close].chars().all(|c| c.is_alphanumeric() || c == '_' || c == ' ');
    let touches = |c: Option<char>| c.is_some_and(|c| c.is_alphanumeric() || matches!(c, '*' | '/' | ')' | ']'));
    let is_apart = !touches(code[..open].chars().next_back()) && !touches(inner[close + 2..].chars().next());
    let is_in_path =
        code[..open].ends_with(['.', '<', '[', '{']) || inner[close + 2..].starts_with(['.', '>', '[', '}']);
    (is_word && is_apart && is_in_path && !inner.starts_with(' ')).then_some(open..open + 2 + close + 2)
}

/// What has a word beside it.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Part {
    Link,
    Code,
}

/// A word right before or after a link or code, without a space. A plural is part of the word before it.
pub(super) fn glued(guide: &Guide, part: &Range<u32>, span: Span, kind: Part) -> Option<Finding> {
    let (text, start, end) = (guide.text.as_str(), part.start as usize, part.end as usize);
    let what = if kind == Part::Link { "link" } else { "code" };
    // A single visible backtick in the line is the fault.
    let line = || guide.text.line_before(end, NEAR).start..guide.text.line_after(end, NEAR).end;
    let is_stray = || kind == Part::Code && text[line()].matches('`').count() == 1;
    let letters = text[guide.text.line_before(start, NEAR)].bytes().rev().take_while(u8::is_ascii_alphabetic).count();
    let (word, place) = (&text[start - letters..start], guide.text.span_of(start - letters..start));
    // A letter that was left outside of a name.
    let is_letter = || {
        let (before, name) = (&text[..start - letters], &text[start..end]);
        let is_first = before.is_empty() || before.ends_with([' ', '\n', '(']);
        let is_name = name.starts_with(char::is_alphabetic) && name.contains(['_', '.']);
        kind == Part::Code && letters == 1 && is_first && is_name
    };
    let is_before = WORDS.contains(&word) && text[start..].starts_with(char::is_alphanumeric) || is_letter();
    if is_before && place.end == span.start && guide.slice(place) == word && !is_stray() {
        let finding = Finding::new(place, format!("no space between `{word}` and the {what}"));
        // The code may begin earlier.
        return Some(finding.help(match kind {
            Part::Link => "add a space",
            Part::Code => "add a space, or move the backtick to the beginning of the code",
        }));
    }
    let rest = &text[guide.text.line_after(end, NEAR)];
    let word = &rest[..rest.find(|c: char| !c.is_alphanumeric()).unwrap_or(rest.len())];
    let place = guide.text.span_of(end..end + word.len());
    // Other scripts have words without spaces between them.
    let is_word = if kind == Part::Link { word.is_ascii() && !ENDINGS.contains(&word) } else { WORDS.contains(&word) };
    let is_plain = guide.slice(place) == word && place.start == span.end;
    if word.is_empty() || !is_word || part.is_empty() || !is_plain || is_stray() {
        return None;
    }
    let is_step = word.bytes().all(|c| c.is_ascii_digit()) && rest[word.len()..].starts_with(". ");
    let finding = Finding::new(place, format!("no space between the {what} and `{word}`"));
    Some(match kind {
        Part::Link if is_step => finding.help("start a new line: the next step begins here"),
        Part::Link => {
            finding.help("add a space").fix(Fix::needs_review("add a space", vec![Edit::insert_before(place, " ")]))
        }
        // The code may end elsewhere.
        Part::Code => finding.help("add a space, or move the backtick to the end of the code"),
    })
}
