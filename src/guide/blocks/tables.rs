//! Tables: rows of pipes between two block boundaries.

use std::ops::Range;

use super::{BlockParser, Blocks, Body, Scope};
use crate::guide::lines::{Line, is_blank_byte};
use crate::guide::{BlockId, BlockKind, Page, RawTable, code};

/// What may be a table.
#[derive(Default)]
struct Rows {
    list: Vec<Row>,
    /// How many lines it has, separators included.
    lines: usize,
    separated: bool,
}

struct Row {
    /// Whether it stands above the separator.
    header: bool,
    line: Line,
    cells: Vec<Line>,
}

impl BlockParser<'_> {
    /// Lines with pipes, if a block boundary stands before and behind them.
    pub(super) fn table(&mut self, scope: &mut Scope, line: Line) -> bool {
        let starts = line.behind_spaces(self.text, 3).is_some_and(|rest| !rest.starts_with('\t'));
        if !scope.is_after_boundary() || !starts || !has_pipe(line, self.text) {
            return false;
        }
        let leading_pipe = line.trimmed(self.text).text(self.text).starts_with('|');
        let Some(found) = self.rows(scope.rest(), leading_pipe) else { return false };
        let has_body = found.list.iter().any(|row| !row.header);
        if !has_body || !scope.is_before_boundary(found.lines, self.text) {
            return false;
        }
        let lines = scope.take(found.lines);
        let end = lines.last().map_or(line.end, |line| line.end);
        let columns = found.list.iter().map(|row| row.cells.len()).max().unwrap_or_default() as u32;
        let rows = found.list.iter().filter(|row| !row.header).count() as u32;
        let start = line.trimmed(self.text).start;
        let table = self.add(scope, BlockKind::Table { columns, rows }, start..end, Body::None);
        for row in found.list {
            self.row(table, &row);
        }
        true
    }

    fn row(&mut self, table: BlockId, row: &Row) {
        let kind = BlockKind::Row { header: row.header, cells: row.cells.len() as u32 };
        let id = self.push(Some(table), kind, row.line.start..row.line.end, Body::None);
        for (column, cell) in row.cells.iter().enumerate() {
            let body = Body::Text(self.keep([*cell]));
            self.push(Some(id), BlockKind::Cell { column: column as u32 }, cell.start..cell.end, body);
        }
    }

    /// The rows at the start of `lines`; nothing if the pipes of one of them all stand in code.
    fn rows(&self, lines: &[Line], leading_pipe: bool) -> Option<Rows> {
        let mut found = Rows::default();
        for (index, line) in lines.iter().enumerate().take_while(|(_, line)| has_pipe(**line, self.text)) {
            found.lines = index + 1;
            if is_separator(*line, self.text) {
                let first = !found.separated && !found.list.is_empty();
                found.list.iter_mut().for_each(|row| row.header |= first);
                found.separated |= first;
            } else if !is_footer_separator(*line, self.text) {
                let line = line.trimmed(self.text);
                found.list.push(Row { header: false, line, cells: cells(line, self.text, leading_pipe)? });
            }
        }
        Some(found)
    }
}

impl Blocks {
    /// Rows with a separator that ended up in a paragraph, and the line that made them part of it.
    pub(in crate::guide) fn raw_tables(&self, page: &Page<'_>) -> Vec<RawTable> {
        let text = page.rendered.text();
        let paragraphs = self.drafts.iter().map(|block| self.paragraph_lines(block)).filter(|lines| lines.len() > 1);
        let mut found = Vec::new();
        for lines in paragraphs {
            let mut from = 0;
            while let Some(rows) = raw_rows(lines, from, text) {
                from = rows.end;
                let last = lines[rows.end - 1].trimmed(text);
                let span = lines[rows.start].trimmed(text).start..last.end;
                let before = line_before(text, &lines[..rows.start], span.start);
                let behind = lines.get(rows.end).copied();
                if let Some(beside) = before.or(behind).map(|line| line.trimmed(text)) {
                    found.push(RawTable { span: page.span(span), before: page.span(beside.start..beside.end) });
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

/// `TABLE_PIPE_CHECK`: a pipe that is not escaped.
fn has_pipe(line: Line, page: &str) -> bool {
    let text = line.text(page).as_bytes();
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

/// The cells of a row: `|` separates outside code and unless escaped. What stands before a leading pipe and
/// behind the last one is a cell only if it is not blank. Without a pipe that separates it is no row.
fn cells(row: Line, page: &str, leading_pipe: bool) -> Option<Vec<Line>> {
    let text = row.text(page);
    let cell = |start, end| Line { start: row.start + start, end: row.start + end, pad: 0 }.trimmed(page);
    let mut cells = Vec::with_capacity(4);
    let (mut start, mut at) = (0, 0);
    while let Some(next) = memchr::memchr3(b'|', b'`', b'<', &text.as_bytes()[at..]).map(|offset| at + offset) {
        at = next + 1;
        match text.as_bytes()[next] {
            b'|' if !text[..next].ends_with('\\') => {
                cells.push(cell(start, next));
                start = at;
            }
            b'`' => {
                at = code::code_span(text, next).map_or(next + code::run(text.as_bytes(), next), |(all, _)| all.end);
            }
            b'<' if text[at..].starts_with("code") => {
                at = text[at..].find("</code>").map_or(at, |length| at + length + "</code>".len());
            }
            _ => {}
        }
    }
    if cells.is_empty() {
        return None;
    }
    cells.push(cell(start, text.len()));
    let is_empty = |cell: &Line| cell.start == cell.end;
    if leading_pipe && cells.first().is_some_and(is_empty) {
        cells.remove(0);
    }
    cells.pop_if(|cell| is_empty(cell));
    Some(cells)
}
