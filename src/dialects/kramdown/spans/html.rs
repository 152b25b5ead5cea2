//! HTML within text, and addresses in angle brackets.

use super::{Event, Parser, Parsers, Place, Stop, Target, Tree};
use crate::dialects::html;
use crate::dialects::html::RawTag;
use crate::dialects::kramdown::lines::leading_blanks;
use crate::guide::elements::{Model, name_length};
use crate::guide::{LinkForm, TagKind};

impl Parser<'_> {
    /// `parse_span_html`. Text that only begins like HTML is text.
    pub(super) fn html(&mut self) -> bool {
        let rest = self.rest();
        let starts = rest[1..].starts_with("!--") || rest[1..].starts_with('/') || name_length(&rest[1..]) > 0;
        if !starts {
            return false;
        }
        if rest.starts_with("<!--") && self.at < self.missing.comment {
            if let Some(end) = html::comment_end(rest, 0) {
                return self.push(end, Event::Comment);
            }
            self.missing.comment = self.at;
        }
        let text = &self.text[..self.end];
        if let Some(tag) = html::KRAMDOWN.tag_at(text, self.at) {
            self.tag(tag);
            return true;
        }
        self.found.printed.extend(html::printed_tag_at(text, self.at));
        self.found.tags.extend(html::broken_tag_at(text, self.at));
        self.push_text(self.at + 1);
        true
    }

    /// A tag: that of an element, or one that is printed as text.
    fn tag(&mut self, tag: RawTag) {
        let is_printed = tag.kind == TagKind::Close || tag.element.is_block() || self.depth >= super::MAX_DEPTH;
        let end = tag.range.end;
        if is_printed {
            self.found.printed.push(tag.range.clone());
            self.found.tags.push(tag);
            return self.push_text(end);
        }
        let parsers = self.parsers_in(&tag);
        let (name, folds_case) = (self.text[tag.name_range()].to_owned(), tag.element.is_known());
        let is_empty = tag.kind == TagKind::Empty;
        self.found.tags.push(tag);
        self.found.events.push(Event::Tag(self.found.tags.len() - 1));
        self.at = end;
        if is_empty {
            return;
        }
        self.elements += 1;
        let found = self.inside(Tree::Html, parsers, &mut Stop::Tag { name: &name, folds_case });
        self.elements -= 1;
        let close = if found { html::KRAMDOWN.tag_at(&self.text[..self.end], self.at) } else { None };
        let close = close.map(|close| {
            self.at = close.range.end;
            self.found.tags.push(close);
            self.found.tags.len() - 1
        });
        if close.is_none() {
            let outer = std::mem::replace(&mut self.level.parsers, parsers);
            self.push_text(self.end);
            self.level.parsers = outer;
        }
        self.found.events.push(Event::EndTag(close));
    }

    /// What is read in an element: by its name, the option `parse_span_html` and its attribute `markdown`.
    fn parsers_in(&self, tag: &RawTag) -> Parsers {
        let is_raw = tag.element.model() == Model::Raw;
        let reads = match tag.value(self.text, "markdown").map(|value| &self.text[value]) {
            Some("span") => true,
            Some("1") => !is_raw,
            Some("0") => false,
            _ => !is_raw && self.level.parsers != Parsers::Html && self.options.parse_span_html,
        };
        if reads { Parsers::All } else { Parsers::Html }
    }

    /// How long the closing tag of `name` is that is here.
    pub(super) fn closing_tag_length(&self, name: &str, folds_case: bool) -> Option<usize> {
        let inner = self.rest().strip_prefix("</")?;
        let written = inner.get(..name.len())?;
        let same = written == name || folds_case && written.eq_ignore_ascii_case(name);
        let blanks = leading_blanks(&inner[name.len()..]);
        let closed = inner[name.len() + blanks..].starts_with('>');
        (same && closed).then_some(2 + name.len() + blanks + 1)
    }

    /// `parse_autolink`.
    pub(super) fn autolink(&mut self) -> bool {
        let (from, to) = self.missing.address;
        if (from..to).contains(&self.at) {
            return false;
        }
        let rest = self.rest();
        let Some((length, is_mail)) = address_in_brackets(rest) else {
            if scheme(&rest[1..]).is_some() {
                self.missing.address = (self.at, self.at + rest.find('\n').unwrap_or(rest.len()));
            }
            return false;
        };
        let range = self.at..self.at + length;
        let inner = range.start + 1..range.end - 1;
        let written = &self.text[inner.clone()];
        let address = if is_mail { format!("mailto:{written}") } else { written.to_owned() };
        let shown = inner.end - written.strip_prefix("mailto:").unwrap_or(written).len();
        let target = Target { range, form: LinkForm::Autolink, address, place: Place::Here(inner.clone()) };
        self.found.events.push(Event::Link(target));
        self.found.events.push(Event::Text(shown..inner.end));
        self.found.events.push(Event::End);
        self.at = inner.end + 1;
        true
    }
}

/// The scheme of an address at the start of a text.
fn scheme(text: &str) -> Option<&'static str> {
    ["mailto:", "https:", "http:", "ftps:", "ftp:"].into_iter().find(|scheme| text.starts_with(*scheme))
}

/// `<https://...>` or `<name@host>` at the start of a text: its length, and whether it is a mail address.
fn address_in_brackets(text: &str) -> Option<(usize, bool)> {
    let inner = &text[1..];
    if let Some(scheme) = scheme(inner) {
        let first = inner[scheme.len()..].chars().next().filter(|c| *c != '\n')?;
        let from = scheme.len() + first.len_utf8();
        let end = memchr::memchr2(b'>', b'\n', &inner.as_bytes()[from..])? + from;
        return inner[end..].starts_with('>').then_some((end + 2, false));
    }
    let part = |text: &str| {
        text.find(|c: char| !c.is_alphanumeric() && !matches!(c, '-' | '_' | '.')).filter(|length| *length > 0)
    };
    let name = part(inner)?;
    let host = inner[name..].strip_prefix('@')?;
    let length = part(host)?;
    host[length..].starts_with('>').then_some((name + 1 + length + 2, true))
}
