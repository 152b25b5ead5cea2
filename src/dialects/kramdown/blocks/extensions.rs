//! kramdown's block extensions: `{::options ... /}`, `{::comment}`, `{::nomarkdown}`, attribute lists.

use std::ops::Range;

use super::{BlockParser, Child, Content, HtmlPart, Scope};
use crate::dialects::kramdown::attributes::{AttributeList, list_end, name_length};
use crate::dialects::kramdown::lines::{Line, leading_blanks, trim_end};
use crate::guide::BlockKind;

/// The start of an extension: `{::name attributes}`, which may go over several lines.
struct Start<'a> {
    name: &'a str,
    attributes: &'a str,
    /// Whether it ends with `/}`, so that nothing is in it.
    empty: bool,
    range: Range<usize>,
    lines: usize,
}

impl BlockParser<'_> {
    /// A line that begins with `{:`.
    pub(super) fn extension(&mut self, scope: &mut Scope, line: Line) -> bool {
        let Some(rest) = line.after_spaces(self.text, 3).filter(|rest| rest.starts_with("{:")) else { return false };
        let rest = trim_end(rest);
        if let Some((name, attributes)) = attribute_definition(rest) {
            let list = AttributeList::read(attributes);
            self.found.ids.extend(list.id.clone());
            self.found.attributes.entry(name.to_owned()).or_default().add(list);
            scope.take(1);
            scope.attributes = None;
            scope.children.push(Child::Silent);
            return true;
        }
        let start = line.end - line.after_spaces(self.text, 3).map_or(0, str::len);
        let text = &self.text[start..scope.end()];
        if let Some(inner) = text.strip_prefix("{::") {
            let close = self.list_end(scope, start + 3);
            let extension = close.and_then(|close| self::start(inner, start + 3, close));
            return extension.is_some_and(|extension| self.named(scope, &extension));
        }
        let Some((attributes, lines)) = self.attributes_at(scope, start) else { return false };
        let list = AttributeList::read(attributes);
        self.found.ids.extend(list.id.clone());
        self.attribute_list(scope, list, lines);
        true
    }

    /// `IAL_BLOCK_START`, which may go over several lines.
    fn attributes_at(&self, scope: &mut Scope, start: usize) -> Option<(&str, usize)> {
        let inner = self.text[start..scope.end()].strip_prefix("{:").filter(|inner| !inner.starts_with([':', '/']))?;
        let close = self.list_end(scope, start + 2).filter(|close| *close > 0)?;
        ends_line(&inner[close + 1..]).then(|| (&inner[..close], 1 + inner[..close].matches('\n').count()))
    }

    /// Where the attribute list ends whose attributes begin at `start`, counted from there.
    fn list_end(&self, scope: &mut Scope, start: usize) -> Option<usize> {
        let known = scope.sought.list_end.filter(|(from, end)| *from <= start && end.is_none_or(|end| end >= start));
        let seek = || list_end(&self.text[start..scope.end()]).map(|length| start + length);
        let end = known.map_or_else(seek, |(_, end)| end);
        scope.sought.list_end = Some((start, end));
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
                } else if let Some(first) = list.start() {
                    self.found.starts.insert(block, first);
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
    fn named(&mut self, scope: &mut Scope, start: &Start<'_>) -> bool {
        if !matches!(start.name, "options" | "comment" | "nomarkdown") {
            return false;
        }
        let body = if start.empty { Some(0) } else { self.lines_before_stop(scope, start) };
        let Some(body) = body else { return false };
        let (range, lines) = (&start.range, scope.take(start.lines).to_vec());
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
    fn lines_before_stop(&self, scope: &mut Scope, start: &Start<'_>) -> Option<usize> {
        let name = start.name;
        if scope.sought.unclosed_extensions.iter().any(|known| known == name) {
            return None;
        }
        let found = scope.rest()[start.lines..].iter().position(|line| {
            let stop = line.after_spaces(self.text, 3).map(trim_end).and_then(|rest| rest.strip_prefix("{:/"));
            stop.and_then(|stop| stop.strip_suffix('}')).is_some_and(|stop| stop.is_empty() || stop == name)
        });
        if found.is_none() {
            scope.sought.unclosed_extensions.push(name.to_owned());
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

/// Whether a text begins with the end of a line, after spaces and tabs.
fn ends_line(text: &str) -> bool {
    let blanks = leading_blanks(text);
    text[blanks..].is_empty() || text[..blanks].contains('\n')
}

/// `EXT_START_STR`, with nothing after it on its last line; `inner` is the text after `{::`, which is at `at`, and `close`
/// where its `}` is.
fn start(inner: &str, at: usize, close: usize) -> Option<Start<'_>> {
    let lines = 1 + inner[..close].matches('\n').count();
    let (own, empty) = inner[..close].strip_suffix('/').map_or((&inner[..close], false), |own| (own, true));
    let (name, attributes) = own.split_once(|c: char| c.is_ascii_whitespace()).unwrap_or((own, ""));
    let is_word = |c: char| c.is_ascii_alphanumeric() || c == '_';
    let is_start = !name.is_empty() && name.chars().all(is_word) && ends_line(&inner[close + 1..]);
    is_start.then_some(Start { name, attributes, empty, range: at - 3..at + close + 1, lines })
}
