//! Tables: rows of pipes between two block boundaries.

use std::ops::Range;

use super::{BlockParser, Blocks, Content, Scope};
use crate::dialects::kramdown::Page;
use crate::dialects::kramdown::lines::{Line, is_blank_byte, leading_blanks, trim_end};
use crate::dialects::kramdown::spans;
use crate::dialects::kramdown::spans::Event;
use crate::guide::{BlockId, BlockKind, RawTable, TagKind};

/// What may be a table.
#[derive(Default)]
struct Rows {
    list: Vec<Row>,
    /// How many lines it has, separators included.
    lines: usize,
    /// Whether the rows of the header are known.
    separated: bool,
    /// Whether a line of `=` is above what follows.
    footer: bool,
}

/// The part of a table that a row belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Part {
    Open,
    Header,
    Body,
    Footer,
}

struct Row {
    part: Part,
    line: Line,
    cells: Vec<Cell>,
}

/// The parts of a cell, between the backslashes that are left out, and whether nothing is in it.
type Cell = Vec<Line>;

impl BlockParser<'_> {
    /// Lines with pipes, if a block boundary is before and after them.
    pub(super) fn table(&mut self, scope: &mut Scope, line: Line) -> bool {
        let starts = line.after_spaces(self.text, 3).is_some_and(|rest| !rest.starts_with('\t'));
        if !scope.is_after_boundary() || !starts || !has_pipe(line, self.text) {
            return false;
        }
        let leading_pipe = line.trimmed(self.text).text(self.text).starts_with('|');
        let found = self.rows(scope.rest(), leading_pipe);
        let has_body = found.list.iter().any(|row| row.part == Part::Body);
        if !has_body || !scope.is_before_boundary(found.lines, self.text) {
            return false;
        }
        if !self.each_line_has_a_pipe(&scope.rest()[..found.lines]) {
            return false;
        }
        let lines = scope.take(found.lines);
        let end = lines.last().map_or(line.end, |line| line.end);
        let columns = found.list.iter().map(|row| row.cells.len()).max().unwrap_or_default() as u32;
        let rows = found.list.iter().filter(|row| row.part == Part::Body).count() as u32;
        let start = line.trimmed(self.text).start;
        let table = self.add(scope, BlockKind::Table { columns, rows }, start..end, Content::None);
        for row in found.list {
            self.row(table, row);
        }
        true
    }

    fn row(&mut self, table: BlockId, row: Row) {
        let kind = BlockKind::Row { header: row.part == Part::Header, cells: row.cells.len() as u32 };
        let id = self.push(Some(table), kind, row.line.start..row.line.end, Content::None);
        for (column, cell) in row.cells.into_iter().enumerate() {
            let range = cell[0].start..cell[cell.len() - 1].end;
            let body = match cell[..] {
                [Line { start, end, pad: 0 }] => Content::Part(start as u32..end as u32),
                _ => Content::Text(self.keep(cell)),
            };
            self.push(Some(id), BlockKind::Cell { column: column as u32 }, range, body);
        }
    }

    /// The rows at the start of `lines`.
    fn rows(&self, lines: &[Line], leading_pipe: bool) -> Rows {
        let mut found = Rows::default();
        for (index, line) in lines.iter().enumerate().take_while(|(_, line)| has_pipe(**line, self.text)) {
            found.lines = index + 1;
            if is_separator(*line, self.text) {
                let header = !found.separated && !found.footer;
                if index > 0 && found.has_open_rows() {
                    found.close_rows(if header { Part::Header } else { Part::Body }, false);
                    found.separated |= header;
                }
            } else if is_footer_separator(*line, self.text) {
                found.close_rows(Part::Body, true);
                found.footer = true;
            } else {
                let line = line.trimmed(self.text);
                found.list.push(Row { part: Part::Open, line, cells: cells(line, self.text, leading_pipe) });
            }
        }
        let last = if found.footer { Part::Footer } else { Part::Body };
        found.close_rows(last, false);
        found
    }

    /// Whether a pipe outside of code and HTML is on the lines that kramdown looks at: the first and the last
    /// one of each run of text between such elements.
    fn each_line_has_a_pipe(&mut self, lines: &[Line]) -> bool {
        if !lines.iter().any(|line| memchr::memchr2(b'`', b'<', line.text(self.text).as_bytes()).is_some()) {
            return true;
        }
        let mut buffer = spans::Buffer::default();
        let joined = buffer.join(self.text, lines).text;
        let mut read = spans::Spans::default();
        spans::read_code_and_html(joined, &mut self.found.options.clone(), &mut read);
        let (mut on_line, mut depth) = (false, 0);
        for event in top_level(&read, &mut depth) {
            let (text, is_code) = match event {
                Event::Code(_, content) => (&joined[content.clone()], true),
                Event::Text(range) | Event::Comment(range) => (&joined[range.clone()], false),
                _ => continue,
            };
            let lines: Vec<&str> = without_last_line_feeds(text).split('\n').collect();
            let has_pipe = |line: &&str| is_pipe_line(line);
            if is_code && (lines.len() > 2 || lines.len() == 2 && !on_line) {
                break;
            } else if is_code {
                on_line &= lines.len() != 2;
            } else if lines.len() > 1 && !on_line && !has_pipe(&lines[0]) {
                break;
            } else {
                on_line = lines.len() < 2 && on_line || lines.last().is_some_and(has_pipe);
            }
        }
        on_line
    }
}

/// The events that are in no element.
fn top_level<'e>(read: &'e spans::Spans, depth: &'e mut usize) -> impl Iterator<Item = &'e Event> {
    read.events.iter().filter(|event| {
        let outer = *depth == 0;
        match event {
            Event::Tag(tag) => *depth += usize::from(read.tags[*tag].kind == TagKind::Open),
            Event::EndTag(_) => *depth -= 1,
            _ => return outer,
        }
        false
    })
}

/// Ruby's `split` leaves out what is empty at the end.
fn without_last_line_feeds(text: &str) -> &str {
    text.trim_end_matches('\n')
}

impl Rows {
    fn has_open_rows(&self) -> bool {
        self.list.last().is_some_and(|row| row.part == Part::Open)
    }

    /// Says where the last rows belong. Below a footer's line, no more rows belong to the body.
    fn close_rows(&mut self, part: Part, force: bool) {
        if self.footer && part == Part::Body && !force {
            return;
        }
        let open = self.list.iter_mut().rev().take_while(|row| row.part == Part::Open);
        open.for_each(|row| row.part = part);
    }
}

impl Blocks {
    /// Rows with a separator that ended up in a paragraph, and the line that made them part of it.
    pub(in crate::dialects) fn raw_tables(&self, page: &Page<'_>) -> Vec<RawTable> {
        let text = page.rendered.text();
        let paragraphs = (0..self.list.len()).map(|block| self.paragraph_lines(block)).filter(|lines| lines.len() > 1);
        let mut found = Vec::new();
        for lines in paragraphs {
            let mut from = 0;
            while let Some(rows) = raw_rows(lines, from, text) {
                from = rows.end;
                let last = lines[rows.end - 1].trimmed(text);
                let span = lines[rows.start].trimmed(text).start..last.end;
                let before = line_before(text, &lines[..rows.start], span.start);
                let line = |line: Line| page.span(line.trimmed(text).start..line.trimmed(text).end);
                let (before, after) = (before.map(line), lines.get(rows.end).copied().map(line));
                if before.or(after).is_some() {
                    found.push(RawTable { span: page.span(span), before, after });
                }
            }
        }
        found
    }
}

/// A separator line from `from` on with a row above it, and all rows around.
fn raw_rows(lines: &[Line], from: usize, text: &str) -> Option<Range<usize>> {
    let is_row = |line: &&Line| has_pipe(**line, text);
    let separator = (from + 1..lines.len()).find(|index| {
        is_separator(lines[*index], text) && has_pipe(lines[*index], text) && has_pipe(lines[index - 1], text)
    })?;
    let above = lines[from..separator].iter().rev().take_while(is_row).count();
    let below = lines[separator..].iter().take_while(is_row).count();
    Some(separator - above..separator + below)
}

/// The line right before a table: of its paragraph, or of the page unless it is blank.
fn line_before(text: &str, paragraph: &[Line], start: usize) -> Option<Line> {
    if let Some(line) = paragraph.last() {
        return Some(*line);
    }
    let end = memchr::memrchr(b'\n', &text.as_bytes()[..start])?;
    let first = memchr::memrchr(b'\n', &text.as_bytes()[..end]).map_or(0, |at| at + 1);
    let line = Line { start: first, end, pad: 0 };
    (!line.is_blank(text)).then_some(line)
}

/// `TABLE_LINE`: a pipe that is not escaped.
fn has_pipe(line: Line, page: &str) -> bool {
    is_pipe_line(line.text(page))
}

/// `TABLE_PIPE_CHECK`
fn is_pipe_line(text: &str) -> bool {
    let text = text.as_bytes();
    memchr::memchr_iter(b'|', text).any(|at| at == 0 || text[at - 1] != b'\\')
}

/// `TABLE_SEP_LINE`.
fn is_separator(line: Line, page: &str) -> bool {
    let text = line.text(page);
    text.bytes().all(|byte| is_blank_byte(byte) || matches!(byte, b'+' | b'|' | b':' | b'-')) && text.contains('-')
}

/// `TABLE_FSEP_LINE`.
fn is_footer_separator(line: Line, page: &str) -> bool {
    let text = line.text(page);
    text.bytes().all(|byte| is_blank_byte(byte) || matches!(byte, b'+' | b'|' | b':' | b'=')) && text.contains('=')
}

/// The cells of a row: `|` separates outside code and unless escaped. The text before a leading pipe and
/// after the last one is a cell only if it is not blank.
fn cells(row: Line, page: &str, leading_pipe: bool) -> Vec<Cell> {
    let text = row.text(page);
    let part = |start, end| Line { start: row.start + start, end: row.start + end, pad: 0 };
    let mut cells = Vec::with_capacity(4);
    let mut cell = Cell::new();
    let (mut start, mut at) = (0, 0);
    while let Some(next) = memchr::memchr3(b'|', b'`', b'<', &text.as_bytes()[at..]).map(|offset| at + offset) {
        at = next + 1;
        match text.as_bytes()[next] {
            b'|' if text[..next].ends_with('\\') => {
                cell.push(part(start, next - 1));
                start = next;
            }
            b'|' => {
                cell.push(part(start, next));
                cells.push(trimmed(std::mem::take(&mut cell), page));
                start = at;
            }
            b'`' => {
                at = spans::code_span(text, next).map_or(next + spans::run(text.as_bytes(), next), |(all, _)| all.end);
            }
            _ if text[at..].starts_with("code") => {
                at = text[at..].find("</code>").map_or(at, |length| at + length + "</code>".len());
            }
            _ => {}
        }
    }
    cell.push(part(start, text.len()));
    cells.push(trimmed(cell, page));
    if leading_pipe && cells.first().is_some_and(is_empty) {
        cells.remove(0);
    }
    cells.pop_if(|cell| is_empty(cell));
    cells
}

/// A cell without the spaces at both ends.
fn trimmed(mut cell: Cell, page: &str) -> Cell {
    if let [only] = &mut cell[..] {
        *only = only.trimmed(page);
        return cell;
    }
    if let Some(first) = cell.first_mut() {
        *first = first.from(first.start + leading_blanks(first.text(page)));
    }
    if let Some(last) = cell.last_mut() {
        last.end = last.start + trim_end(last.text(page)).len();
    }
    cell
}

fn is_empty(cell: &Cell) -> bool {
    cell.iter().all(|part| part.start == part.end)
}
