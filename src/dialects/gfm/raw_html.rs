//! Raw HTML on a page: its tags, its comments and the text between them.

use std::ops::Range;

use super::{Reader, tags};
use crate::guide::{Comment, Style};

impl Reader<'_> {
    /// Raw HTML: its tags and comments, and in a block also the text between them.
    pub(super) fn html(&mut self, range: Range<usize>, is_block: bool) {
        let style = self.style;
        let mut at = range.start;
        for part in tags::parts(self.body, range.clone()) {
            let here = part.range();
            self.html_text(at..here.start, is_block);
            at = here.end;
            match part {
                tags::Part::Comment(range) => {
                    let content = range.start + "<!--".len()..range.end - "-->".len();
                    self.comments.push(Comment { span: self.span(&range), content: self.span(&content) });
                }
                tags::Part::Tag(tag) => {
                    self.html_element(&tag);
                    self.tags.push(tag);
                }
            }
        }
        self.html_text(at..range.end, is_block);
        self.style = if is_block { style } else { self.style };
    }

    fn html_text(&mut self, range: Range<usize>, is_block: bool) {
        if !is_block {
            return;
        }
        let style = self.style;
        self.style = style.with(Style::HTML);
        let mut at = range.start;
        for line in self.body[range].split_inclusive('\n') {
            let words = line.trim();
            let start = at + line.len() - line.trim_start().len();
            if !words.is_empty() {
                if start > at && !self.flat.is_empty() && !self.flat.as_str().ends_with(['\n', ' ']) {
                    self.push(" ", &(at..start));
                }
                let end = start + words.len();
                self.push(words, &(start..end));
                if end < at + line.len() {
                    self.push(" ", &(end..at + line.len()));
                }
            }
            at += line.len();
        }
        self.style = style;
    }
}
