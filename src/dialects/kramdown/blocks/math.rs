//! Formulas between blocks: `$$...$$`.

use super::{BlockParser, Content, Scope};
use crate::dialects::kramdown::lines::Line;
use crate::guide::BlockKind;

impl BlockParser<'_> {
    /// `parse_block_math`. Between two block boundaries; a backslash before it keeps it in the text.
    pub(super) fn math(&mut self, scope: &mut Scope, line: Line) -> bool {
        let Some(rest) = line.after_spaces(self.text, 3).filter(|_| scope.is_after_boundary()) else { return false };
        let start = line.end - rest.len();
        let escaped = rest.starts_with('\\');
        let from = start + usize::from(escaped) + 2;
        if !rest[usize::from(escaped)..].starts_with("$$") || scope.sought.unclosed_math {
            return false;
        }
        let Some(length) = memchr::memmem::find(&self.text.as_bytes()[from..scope.end()], b"$$") else {
            scope.sought.unclosed_math = true;
            return false;
        };
        let end = from + length + 2;
        let lines = scope.rest().iter().take_while(|line| line.start < end).count();
        let last = scope.rest()[lines - 1];
        let ends_line = last.from(end).is_blank(self.text);
        if escaped {
            if ends_line {
                scope.advance_to(start + 1);
            }
            return false;
        }
        if !ends_line || !scope.is_before_boundary(lines, self.text) {
            return false;
        }
        let inside = scope.lines_until(from, end - 2);
        scope.take(lines);
        let body = Content::Code(self.keep(inside));
        self.add(scope, BlockKind::Code { language: None }, start..end, body);
        true
    }
}
