//! Lists and definition lists: which lines belong to an item, what they are without its indentation.

use super::{BlockParser, Child, Content, MAX_DEPTH, Scope};
use crate::dialects::kramdown::attributes::{AttributeList, list_end};
use crate::dialects::kramdown::lines;
use crate::dialects::kramdown::lines::{Line, ListMarker};
use crate::guide::{BlockId, BlockKind, ListItem};

/// An item whose lines are being collected.
struct Item {
    marker: ListMarker,
    /// Columns that continued lines are indented by, counted from the container's left edge.
    indentation: usize,
    /// The column of the content on the page.
    column: usize,
    /// Its lines without indentation.
    lines: Vec<Line>,
    /// Where the nested list begins among them, which kramdown reads on its own.
    nested: Option<usize>,
    end: usize,
}

/// A line that belongs to an item.
struct Continued {
    line: Line,
    indented: bool,
}

impl BlockParser<'_> {
    /// Bulleted and numbered lists.
    pub(super) fn list(&mut self, scope: &mut Scope, line: Line) -> bool {
        let Some(marker) = line.list_marker(self.text, 3).filter(|_| scope.depth < MAX_DEPTH) else { return false };
        let first = scope.attributes.take().and_then(|attributes| attributes.start());
        let (items, ended) = self.items(scope, marker.ordered);
        let end = items.last().map_or(line.end, |item| item.end);
        let list = self.add(scope, BlockKind::List { ordered: marker.ordered }, marker.start..end, Content::None);
        let mut blank = false;
        self.found.starts.extend(first.map(|first| (list, first)));
        for (number, item) in (1..).zip(items) {
            blank = self.item(scope, list, item, number);
        }
        if blank && !ended {
            scope.push_blank(false);
        }
        true
    }

    /// Collects the items of a list; also whether a boundary marker ended it.
    fn items(&mut self, scope: &mut Scope, ordered: bool) -> (Vec<Item>, bool) {
        let mut items: Vec<Item> = Vec::new();
        let (mut nested, mut after_blank) = (false, false);
        while let Some(line) = scope.line() {
            if after_blank && line.is_rule(self.text) {
                break;
            } else if line.is_boundary_marker(self.text) {
                scope.take(1);
                return (items, true);
            }
            let most = items.last().map_or(3, |item| item.indentation.saturating_sub(1).min(3));
            if let Some(marker) = line.list_marker(self.text, most).filter(|marker| marker.ordered == ordered) {
                let item = self.first_line(line, marker);
                nested = item.lines.first().is_some_and(|line| line.list_marker(self.text, 3).is_some());
                after_blank = false;
                items.push(item);
            } else if let Some(item) = items.last_mut() {
                if line.is_blank(self.text) {
                    (nested, after_blank) = (true, true);
                    item.lines.push(line);
                } else if let Some(continued) = self.continued(line, item.indentation, after_blank) {
                    self.add_to(item, &continued, &mut nested);
                    after_blank = false;
                } else {
                    break;
                }
            }
            scope.take(1);
        }
        (items, false)
    }

    /// kramdown's `parse_first_list_line`.
    fn first_line(&mut self, line: Line, marker: ListMarker) -> Item {
        let after = line.from(marker.end);
        let blanks = lines::leading_blanks(after.text(self.text));
        let mut content = after.from(marker.end + blanks);
        let mut indentation = lines::column(&self.text[marker.end..content.start], marker.width);
        let inner = content.text(self.text).strip_prefix("{:").filter(|inner| !inner.starts_with(':'));
        if let Some((inner, length)) = inner.and_then(|inner| Some((inner, list_end(inner)?))) {
            self.found.ids.extend(AttributeList::read(&inner[..length]).id);
            content = content.from(content.start + length + 3);
            content = content.from(content.start + lines::leading_blanks(content.text(self.text)));
        }
        let left = self.column_of(line.start).saturating_sub(line.pad);
        let mut lines = Vec::with_capacity(4);
        if content.is_blank(self.text) {
            indentation = 4;
        } else {
            lines.push(content);
        }
        Item { marker, indentation, column: left + indentation, end: line.end, lines, nested: None }
    }

    /// The line without an item's indentation, if it belongs to the item.
    fn continued(&self, line: Line, indentation: usize, after_blank: bool) -> Option<Continued> {
        let most = indentation.min(3);
        let is_lazy = || {
            !after_blank
                && line.attribute_list(self.text, most).is_none()
                && !line.starts_with_block_tag(self.text, most)
        };
        if !line.is_content_of(self.text, indentation) && !is_lazy() {
            return None;
        }
        let line = line.with_tabs_as_spaces(self.text);
        let without = line.without_spaces(self.text, indentation);
        Some(Continued { line: without.unwrap_or(line), indented: without.is_some() })
    }

    /// Adds a line; the first nested list starts a part, and a marker that is not indented enough is text.
    fn add_to(&self, item: &mut Item, continued: &Continued, nested: &mut bool) {
        let Continued { mut line, indented } = *continued;
        if line.list_marker(self.text, 3).is_some() {
            if indented && !*nested {
                item.nested = Some(item.lines.len());
                *nested = true;
            } else if *nested && !indented {
                line.pad += item.indentation + 4;
            }
        }
        item.end = line.end;
        item.lines.push(line);
    }

    /// Reads an item's lines as blocks; whether they end with blank ones.
    fn item(&mut self, scope: &Scope, list: BlockId, mut item: Item, number: u32) -> bool {
        let ListMarker { ordered, start, end, .. } = item.marker;
        let kind = ListItem {
            written: self.text[start..end].trim_end_matches('.').parse().ok(),
            shown: ordered.then_some(number),
            marker: self.page.span(start..end),
            content_column: item.column as u32,
        };
        let kind = BlockKind::Item(Box::new(kind));
        let id = self.push(Some(list), kind, start..item.end, Content::None);
        let nested = item.nested.map(|start| item.lines.split_off(start));
        let mut inside = scope.inner(item.lines, Some(id));
        self.blocks(&mut inside);
        if let Some(lines) = nested {
            inside.go_on(lines);
            self.blocks(&mut inside);
        }
        matches!(inside.children.last(), Some(Child::Blank { .. }))
    }

    /// `: definition` below the line or lines it defines.
    pub(super) fn definition_list(&mut self, scope: &mut Scope, line: Line) -> bool {
        if !line.is_definition(self.text, 3) || scope.depth >= MAX_DEPTH {
            return false;
        }
        let ([.., Child::Block(above)] | [.., Child::Block(above), Child::Blank { single: true }]) = scope.children[..]
        else {
            return false;
        };
        let is_last = above + 1 == self.found.list.len();
        if !is_last || self.found.paragraph_lines(above).is_empty() {
            return false;
        }
        let list = self.terms(scope, above);
        let mut blank = false;
        while let Some(line) = scope.line().filter(|line| line.is_definition(self.text, 3)) {
            blank = self.definition(scope, list, line);
        }
        if let Some(last) = self.found.list.last() {
            self.found.list[list].span.end = last.span.end;
        }
        if blank {
            scope.push_blank(false);
        }
        true
    }

    /// Makes the lines of the paragraph above terms of a list.
    fn terms(&mut self, scope: &mut Scope, above: BlockId) -> BlockId {
        let lines = self.found.paragraph_lines(above).to_vec();
        let span = self.found.list[above].span;
        self.found.list.pop();
        self.found.bodies.pop();
        while scope.children.pop() != Some(Child::Block(above)) {}
        let before = match scope.children[..] {
            [.., Child::Block(list)] | [.., Child::Block(list), Child::Blank { .. }] => Some(list),
            _ => None,
        };
        let known = before.filter(|list| self.found.list[*list].kind == BlockKind::Definitions);
        let list = known.unwrap_or_else(|| self.add_at(scope, BlockKind::Definitions, span, Content::None));
        for line in lines {
            let line = line.trimmed(self.text);
            let body = Content::Text(self.keep([line]));
            self.push(Some(list), BlockKind::Term, line.start..line.end, body);
        }
        list
    }

    /// Reads one definition; whether it ends with blank lines.
    fn definition(&mut self, scope: &mut Scope, list: BlockId, line: Line) -> bool {
        let spaces = line.trimmed(self.text).start;
        let marker =
            ListMarker { ordered: false, start: spaces, end: spaces + 1, width: line.pad + spaces + 1 - line.start };
        let mut item = self.first_line(line, marker);
        scope.take(1);
        let mut after_blank = false;
        while let Some(line) = scope.line().filter(|line| !line.is_boundary_marker(self.text)) {
            if line.is_definition(self.text, item.indentation.saturating_sub(1).min(3)) {
                break;
            } else if line.is_blank(self.text) {
                after_blank = true;
                item.lines.push(line);
            } else if let Some(continued) = self.continued(line, item.indentation, after_blank) {
                after_blank = false;
                item.end = line.end;
                item.lines.push(continued.line);
            } else {
                break;
            }
            scope.take(1);
        }
        let id = self.push(Some(list), BlockKind::Definition, spaces..item.end, Content::None);
        let mut inside = scope.inner(item.lines, Some(id));
        self.blocks(&mut inside);
        matches!(inside.children.last(), Some(Child::Blank { .. }))
    }

    /// The column of an offset on its line of the page.
    fn column_of(&self, offset: usize) -> usize {
        let line = memchr::memrchr2(b'\n', b'\r', &self.text.as_bytes()[..offset]).map_or(0, |at| at + 1);
        lines::column(&self.text[line..offset], 0)
    }
}
