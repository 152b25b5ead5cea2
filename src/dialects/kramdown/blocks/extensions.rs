//! kramdown's block extensions: `{::options ... /}`, `{::comment}`, `{::nomarkdown}`, attribute lists.

use std::ops::Range;

use super::{BlockParser, Child, Content, HtmlPart, Scope};
use crate::dialects::kramdown::attributes::{AttributeList, list_end, name_length};
use crate::dialects::kramdown::lines::{Line, leading_blanks, trim_end};
use crate::guide::BlockKind;

/// The start of an extension: `{::name attributes}`.
struct Start<'a> {
    name: &'a str,
    attributes: &'a str,
    /// Whether it ends with `/}`, so that nothing is in it.
    empty: bool,
}

impl BlockParser<'_> {
    /// A line that begins with `{:`.
    pub(super) fn extension(&mut self, scope: &mut Scope, line: Line) -> bool {
        let Some(rest) = line.after_spaces(self.text, 3).filter(|rest| rest.starts_with("{:")) else { return false };
        let rest = trim_end(rest);
        if let Some((name, attributes)) = attribute_definition(rest) {
            let list = AttributeList::read(attributes);
            self.found.attributes.entry(name.to_owned()).or_default().add(list);
            scope.take(1);
            scope.attributes = None;
            scope.children.push(Child::Silent);
            return true;
        }
        if let Some(start) = start(rest) {
            let from = line.trimmed(self.text).start;
            return self.named(scope, &start, from..from + rest.len());
        }
        let start = line.end - line.after_spaces(self.text, 3).map_or(0, str::len);
        let Some((attributes, lines)) = self.attributes_at(scope, start) else { return false };
        self.attribute_list(scope, AttributeList::read(attributes), lines);
        true
    }

    /// `IAL_BLOCK_START`, which may go over several lines.
    fn attributes_at(&self, scope: &mut Scope, start: usize) -> Option<(&str, usize)> {
        let inner = self.text[start..scope.end()].strip_prefix("{:").filter(|inner| !inner.starts_with([':', '/']))?;
        let close = self.list_end(scope, start + 2).filter(|close| *close > 0)?;
        let after = &inner[close + 1..];
        let is_alone = after[leading_blanks(after)..].is_empty() || after[..leading_blanks(after)].contains('\n');
        is_alone.then(|| (&inner[..close], 1 + inner[..close].matches('\n').count()))
    }

    /// Where the attribute list ends whose attributes begin at `start`, counted from there.
    fn list_end(&self, scope: &mut Scope, start: usize) -> Option<usize> {
        let known = scope.list_end.filter(|(from, end)| *from <= start && end.is_none_or(|end| end >= start));
        let seek = || list_end(&self.text[start..scope.end()]).map(|length| start + length);
        let end = known.map_or_else(seek, |(_, end)| end);
        scope.list_end = Some((start, end));
        end.map(|end| end - start)
    }

    /// `{: #id .class}`: belongs to the block before it, or else to the next one.
    fn attribute_list(&mut self, scope: &mut Scope, list: AttributeList, lines: usize) {
        scope.take(lines);
        match scope.children.last() {
            Some(Child::Block(block)) => {
                let block = *block;
                let is_toc = list.references.iter().any(|name| name == "toc");
                if let Ok(heading) = self.found.headings.binary_search_by_key(&block, |heading| heading.block) {
                    self.found.headings[heading].attributes.add(list);
                } else if is_toc && matches!(self.found.list[block].kind, BlockKind::List { .. }) {
                    self.found.contents = self.found.contents.or(Some(block));
                }
            }
            Some(Child::Html | Child::Definition) => {}
            _ => return scope.attributes.get_or_insert_default().add(list),
        }
        let goes_on = scope.line().is_some_and(|line| line.attribute_list(self.text, 3).is_some());
        if !goes_on {
            scope.children.push(Child::Silent);
        }
    }

    /// An extension with a name. kramdown prints unknown ones and those that do not end as text.
    fn named(&mut self, scope: &mut Scope, start: &Start<'_>, range: Range<usize>) -> bool {
        if !matches!(start.name, "options" | "comment" | "nomarkdown") {
            return false;
        }
        let body = if start.empty { Some(0) } else { self.lines_before_stop(scope, start.name) };
        let Some(body) = body else { return false };
        let lines = scope.take(1).to_vec();
        let inside = scope.take(body).to_vec();
        let end = if start.empty { range.end } else { scope.take(1).last().map_or(range.end, |line| line.end) };
        let end = range.start + trim_end(&self.text[range.start..end.max(lines[0].start)]).len();
        self.found.extensions.push(range.start..end);
        if start.name == "options" {
            for (name, value) in AttributeList::read(start.attributes).values {
                self.found.options.set(&name, &value);
            }
            scope.attributes = None;
            scope.children.push(Child::Silent);
        } else if !start.empty {
            if start.name == "nomarkdown" && !inside.is_empty() {
                let range = inside[0].start..inside[inside.len() - 1].end;
                let parts = self.keep_parts(inside.into_iter().map(HtmlPart::Text));
                self.push(scope.parent, BlockKind::Html, range, Content::Html(parts));
            }
            scope.children.push(Child::Html);
        }
        true
    }

    /// How many lines are between an extension's start and its `{:/name}` or `{:/}`.
    fn lines_before_stop(&self, scope: &mut Scope, name: &str) -> Option<usize> {
        if scope.unclosed_extensions.iter().any(|known| known == name) {
            return None;
        }
        let found = scope.rest()[1..].iter().position(|line| {
            let stop = line.after_spaces(self.text, 3).map(trim_end).and_then(|rest| rest.strip_prefix("{:/"));
            stop.and_then(|stop| stop.strip_suffix('}')).is_some_and(|stop| stop.is_empty() || stop == name)
        });
        if found.is_none() {
            scope.unclosed_extensions.push(name.to_owned());
        }
        found
    }
}

/// `{:name: attributes}`: attributes to refer to.
fn attribute_definition(text: &str) -> Option<(&str, &str)> {
    let inner = text.strip_prefix("{:")?;
    let length = name_length(inner);
    let attributes = inner[length..].strip_prefix(':').filter(|_| length > 0)?;
    let close = list_end(attributes).filter(|close| *close > 0 && close + 1 == attributes.len())?;
    Some((&inner[..length], &attributes[..close]))
}

/// `{::name attributes /}` or `{::name attributes}`, alone on a line.
fn start(text: &str) -> Option<Start<'_>> {
    let inner = text.strip_prefix("{::")?;
    let close = list_end(inner).filter(|close| close + 1 == inner.len())?;
    let (inner, empty) = inner[..close].strip_suffix('/').map_or((&inner[..close], false), |inner| (inner, true));
    let (name, attributes) = inner.split_once([' ', '\t']).unwrap_or((inner, ""));
    let is_word = |c: char| c.is_ascii_alphanumeric() || c == '_';
    (!name.is_empty() && name.chars().all(is_word)).then_some(Start { name, attributes, empty })
}
