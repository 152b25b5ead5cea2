//! kramdown's own elements in a text: `{::name ...}`, `{: attributes}`, marks of footnotes.

use super::{Event, Parser};
use crate::dialects::kramdown::attributes::{AttributeList, list_end, name_length};

impl Parser<'_> {
    /// `parse_span_extensions`. What it does not know is text.
    pub(super) fn extension(&mut self) -> bool {
        let inner = &self.rest()[2..];
        if inner.starts_with(':') {
            self.named_extension()
        } else if is_stop(inner) || self.is_after_text() != Some(false) {
            false
        } else {
            let length = self.list_end(inner).filter(|length| *length > 0);
            let inner = self.at + 2;
            length.is_some_and(|length| self.push(length + 3, |_| Event::Attributes(inner..inner + length)))
        }
    }

    fn list_end(&mut self, inner: &str) -> Option<usize> {
        if self.at >= self.missing.brace {
            return None;
        }
        let end = list_end(inner);
        if end.is_none() {
            self.missing.brace = self.at;
        }
        end
    }

    /// `{::name attributes}...{:/name}` or `{::name attributes /}`.
    fn named_extension(&mut self) -> bool {
        let inner = &self.rest()[3..];
        let Some(close) = self.list_end(inner) else { return false };
        let (list, empty) = inner[..close].strip_suffix('/').map_or((&inner[..close], false), |list| (list, true));
        let name = &list[..list.bytes().take_while(|byte| byte.is_ascii_alphanumeric() || *byte == b'_').count()];
        let attributes = &list[name.len()..];
        let is_list = attributes.is_empty() || attributes.starts_with(|c: char| c.is_ascii_whitespace());
        if !matches!(name, "comment" | "nomarkdown" | "options") || !is_list {
            return false;
        }
        let start = 3 + close + 1;
        let Some(length) = (if empty { Some(start) } else { self.extension_end(name, start) }) else { return false };
        if name == "options" {
            for (key, value) in AttributeList::read(attributes).values {
                self.options.set(&key, &value);
            }
        }
        // An extension without content, or that sets options, is not an element.
        if empty || name == "options" {
            self.at += length;
            return true;
        }
        self.push(length, |_| Event::Hidden)
    }

    /// Where the stop of an extension ends.
    fn extension_end(&mut self, name: &str, start: usize) -> Option<usize> {
        if self.at >= self.missing.extension {
            return None;
        }
        let rest = self.rest();
        let mut stops = memchr::memmem::find_iter(&rest.as_bytes()[start..], b"{:/").map(|at| start + at);
        let end = stops.find_map(|at| {
            let inner = &rest[at + 3..];
            let inner = inner.strip_prefix(name).unwrap_or(inner);
            inner.starts_with('}').then(|| rest.len() - inner.len() + 1)
        });
        if end.is_none() {
            self.missing.extension = self.at;
        }
        end
    }

    /// `[^label]` of a footnote that is defined. The mark of another one is text.
    pub(super) fn footnote(&mut self) -> bool {
        let Some(inner) = self.rest().strip_prefix("[^") else { return false };
        let length = name_length(inner);
        if length == 0 || !inner[length..].starts_with(']') {
            return false;
        }
        let label = self.at + 2..self.at + 2 + length;
        if self.context.footnotes.contains(&inner[..length]) {
            return self.push(length + 3, |_| Event::Footnote(label));
        }
        self.push_text(self.at + length + 3);
        true
    }
}

/// `{:/}` or `{:/name}`, after the brace and the colon.
fn is_stop(inner: &str) -> bool {
    inner.strip_prefix('/').is_some_and(|rest| rest[name_length(rest)..].starts_with('}'))
}
