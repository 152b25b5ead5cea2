//! kramdown's block extensions: `{::options ... /}`, `{::comment}`, `{::nomarkdown}`, attribute lists.

use std::ops::Range;

use super::scope::AttributeList;
use super::{BlockParser, Body, Child, Scope};
use crate::guide::BlockKind;
use crate::guide::lines::{Line, attribute_list_end, trim_end};

/// The start of an extension: `{::name attributes}`.
struct Start<'a> {
    name: &'a str,
    attributes: &'a str,
    /// Whether it ends with `/}`, so that nothing stands in it.
    empty: bool,
}

impl BlockParser<'_> {
    /// A line that begins with `{:`.
    pub(super) fn extension(&mut self, scope: &mut Scope, line: Line) -> bool {
        let Some(rest) = line.behind_spaces(self.text, 3).filter(|rest| rest.starts_with("{:")) else { return false };
        let rest = trim_end(rest);
        if is_attribute_definition(rest) {
            scope.take(1);
            scope.children.push(Child::Silent);
            return true;
        }
        if let Some(start) = start(rest) {
            let from = line.trimmed(self.text).start;
            return self.named(scope, &start, from..from + rest.len());
        }
        let Some(attributes) = line.attribute_list(self.text, 3) else { return false };
        self.attribute_list(scope, id_in(attributes));
        true
    }

    /// `{: #id .class}`: belongs to the block before it, or else to the next one.
    fn attribute_list(&mut self, scope: &mut Scope, id: Option<String>) {
        scope.take(1);
        match scope.children.last() {
            Some(Child::Block(block)) => {
                if let Some(heading) = self.found.headings.iter_mut().rfind(|heading| heading.block == *block) {
                    heading.id = id.or(heading.id.take());
                }
                scope.children.push(Child::Silent);
            }
            Some(Child::Html) => scope.children.push(Child::Silent),
            _ => {
                let known = scope.attributes.take().and_then(|list| list.id);
                scope.attributes = Some(AttributeList { id: id.or(known) });
            }
        }
    }

    /// An extension with a name. kramdown prints unknown ones and those that do not end as text.
    fn named(&mut self, scope: &mut Scope, start: &Start<'_>, range: Range<usize>) -> bool {
        let body = if start.empty { Some(0) } else { self.lines_before_stop(scope, start.name) };
        let Some(body) = body.filter(|_| matches!(start.name, "options" | "comment" | "nomarkdown")) else {
            return false;
        };
        let lines = scope.take(1).to_vec();
        let inside = scope.take(body).to_vec();
        let end = if start.empty { range.end } else { scope.take(1).last().map_or(range.end, |line| line.end) };
        let end = range.start + trim_end(&self.text[range.start..end.max(lines[0].start)]).len();
        self.found.extensions.push(range.start..end);
        if start.name == "options" {
            self.options(start.attributes);
            scope.children.push(Child::Silent);
        } else {
            if start.name == "nomarkdown" && !inside.is_empty() {
                let range = inside[0].start..inside[inside.len() - 1].end;
                let kept = self.keep(inside.into_iter().filter(|line| !line.is_blank(self.text)).collect::<Vec<_>>());
                self.push(scope.parent, BlockKind::Html, range, Body::Html(kept));
            }
            scope.children.push(Child::Html);
        }
        true
    }

    fn options(&mut self, attributes: &str) {
        for (name, value) in key_values(attributes) {
            if name == "parse_block_html" {
                self.html_is_markdown = value == "true";
            }
        }
    }

    /// How many lines stand between an extension's start and its `{:/name}` or `{:/}`.
    fn lines_before_stop(&self, scope: &Scope, name: &str) -> Option<usize> {
        scope.rest()[1..].iter().position(|line| {
            let stop = line.behind_spaces(self.text, 3).map(trim_end).and_then(|rest| rest.strip_prefix("{:/"));
            stop.and_then(|stop| stop.strip_suffix('}')).is_some_and(|stop| stop.is_empty() || stop == name)
        })
    }
}

/// `{:name: attributes}`: attributes to refer to.
fn is_attribute_definition(text: &str) -> bool {
    let inner = text.strip_prefix("{:").and_then(|rest| rest.strip_suffix('}'));
    let name = inner.and_then(|inner| inner.split_once(':')).map(|(name, _)| name);
    name.is_some_and(|name| !name.is_empty() && name.chars().all(is_word))
}

/// `{::name attributes /}` or `{::name attributes}`, alone on a line.
fn start(text: &str) -> Option<Start<'_>> {
    let inner = text.strip_prefix("{::")?;
    let close = attribute_list_end(inner).filter(|close| close + 1 == inner.len())?;
    let (inner, empty) = inner[..close].strip_suffix('/').map_or((&inner[..close], false), |inner| (inner, true));
    let (name, attributes) = inner.split_once([' ', '\t']).unwrap_or((inner, ""));
    (!name.is_empty() && name.chars().all(is_word)).then_some(Start { name, attributes, empty })
}

fn is_word(c: char) -> bool {
    c.is_alphanumeric() || c == '_' || c == '-'
}

/// The pairs `key="value"` of an attribute list.
fn key_values(list: &str) -> impl Iterator<Item = (&str, &str)> {
    let mut rest = list;
    std::iter::from_fn(move || {
        let (before, behind) = rest.split_once('=')?;
        let name = before.rsplit([' ', '\t']).next().unwrap_or_default();
        let quote = behind.chars().next().filter(|quote| matches!(quote, '"' | '\''))?;
        let (value, behind) = behind[1..].split_once(quote)?;
        rest = behind;
        Some((name, value))
    })
}

/// The id in an attribute list: `#id`, or `id="..."`.
fn id_in(list: &str) -> Option<String> {
    let written = key_values(list).find(|(key, _)| *key == "id").map(|(_, value)| value);
    let short = || {
        let words = list.split([' ', '\t']).filter(|word| !word.contains(['"', '\'']));
        words
            .filter_map(|word| word.split_once('#'))
            .map(|(_, id)| id.split('.').next().unwrap_or_default())
            .next_back()
    };
    written.or_else(short).filter(|id| !id.is_empty()).map(str::to_owned)
}
