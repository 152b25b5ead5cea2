//! Definitions that are not blocks: of links, footnotes and abbreviations.

use std::ops::Range;

use super::{BlockParser, Child, Definition, Footnote, Scope};
use crate::dialects::kramdown::attributes::name_length;
use crate::dialects::kramdown::lines::{Line, leading_blanks, trim_end};

impl BlockParser<'_> {
    /// `[label]: target "title"`. The last definition of a label counts.
    pub(super) fn link_definition(&mut self, scope: &mut Scope, line: Line) -> bool {
        let Some((label, rest)) = self.label(line, "[") else { return false };
        let text = trim_end(&self.text[rest.clone()]);
        let blanks = leading_blanks(&self.text[rest.clone()]);
        let (start, written) = (rest.start + blanks, &text[blanks.min(text.len())..]);
        // Liquid may write the address, after the colon or spaces.
        let before = rest.start - 1..start;
        let is_open = written.is_empty() || is_title(written);
        let (target, place) = if is_open && self.page.liquid.writes_at(self.page.span(before.clone())) {
            (String::new(), before)
        } else {
            let Some(target) = target(written) else { return false };
            let place = start + target.start..start + target.end;
            (self.text[place.clone()].to_owned(), place)
        };
        let following = self.text[place.end..line.end].trim_start_matches('>');
        let titled = following.trim().is_empty()
            && scope.rest().get(1).is_some_and(|next| is_title(next.trimmed(self.text).text(self.text)));
        scope.take(1 + usize::from(titled));
        self.found.definitions.insert(normalise(label), Definition { target, place });
        scope.attributes = None;
        scope.children.push(Child::Definition);
        true
    }

    /// `[^name]: text`, with indented lines below it. The text is published below the page, where its mark is.
    pub(super) fn footnote(&mut self, scope: &mut Scope, line: Line) -> bool {
        let Some((label, rest)) = self.label(line, "[^") else { return false };
        if name_length(label) < label.len() || scope.depth >= super::MAX_DEPTH {
            return false;
        }
        let label = label.to_owned();
        let below = self.indented_lines(&scope.rest()[1..]);
        let taken = scope.take(1 + below).to_vec();
        let below = taken[1..].iter().map(|line| line.unindented(self.text).unwrap_or(*line));
        let content = line.from(rest.start);
        let content = content.unindented(self.text).unwrap_or(content);
        let lines = std::iter::once(content).chain(below).collect();
        let depth = scope.depth + 1;
        self.footnotes.push(Footnote { label, lines, depth, options: self.found.options.clone() });
        scope.attributes = None;
        scope.children.push(Child::Definition);
        true
    }

    /// `*[abbreviation]: meaning`
    pub(super) fn abbreviation(&mut self, scope: &mut Scope, line: Line) -> bool {
        let found = self.label(line, "*[").is_some();
        if found {
            scope.take(1);
            scope.attributes = None;
            scope.children.push(Child::Definition);
        }
        found
    }

    /// The label after `opening` and the text after its `]:`.
    fn label(&self, line: Line, opening: &str) -> Option<(&str, Range<usize>)> {
        let rest = line.after_spaces(self.text, 3)?.strip_prefix(opening)?;
        let (label, following) = rest.split_once(']')?;
        let following = following.strip_prefix(':')?;
        (!label.is_empty()).then(|| (label, line.end - following.len()..line.end))
    }
}

/// The target in the text after a label: in angle brackets, or all up to a title.
fn target(text: &str) -> Option<Range<usize>> {
    let ends = |following: &str| following.trim().is_empty() || is_title(following.trim());
    if text.starts_with('<')
        && let Some(close) = memchr::memchr_iter(b'>', text.as_bytes()).find(|close| ends(&text[close + 1..]))
    {
        return Some(1..close);
    }
    let quoted = text.char_indices().find(|(at, c)| matches!(c, '"' | '\'') && text[..*at].ends_with([' ', '\t']));
    let end = match quoted {
        Some((at, _)) if is_title(&text[at..]) => trim_end(&text[..at]).len(),
        Some(_) => return None,
        None => text.len(),
    };
    (end > 0).then_some(0..end)
}

/// A text in quotes.
fn is_title(text: &str) -> bool {
    text.len() > 2 && ['"', '\''].iter().any(|quote| text.starts_with(*quote) && text.ends_with(*quote))
}

/// A label as kramdown compares it: white space as one space, lower case.
pub(in crate::dialects) fn normalise(label: &str) -> String {
    let mut normal = String::with_capacity(label.len());
    let mut blank = false;
    for c in label.chars() {
        if !c.is_ascii_whitespace() {
            normal.extend(c.to_lowercase());
        } else if !blank {
            normal.push(' ');
        }
        blank = c.is_ascii_whitespace();
    }
    normal
}
