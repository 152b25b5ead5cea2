//! Links and images, in Markdown and in HTML elements.

use std::collections::BTreeMap;
use std::ops::Range;

use pulldown_cmark::LinkType;

use super::{OpenInline, Reader};
use crate::dialects::html::{RawTag, shows_code};
use crate::guide::{Image, Inline, InlineKind, Link, LinkForm, Style, TagKind};
use crate::source::Span;

pub(super) type Definitions = BTreeMap<String, Range<usize>>;

/// A link of an HTML element whose end tag has not come yet.
pub(super) struct OpenLink {
    link: usize,
    style: Style,
}

/// A label as references find it: case and runs of spaces do not count.
pub(super) fn folded(label: &str) -> String {
    label.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase()
}

fn form(kind: LinkType) -> LinkForm {
    match kind {
        LinkType::Inline => LinkForm::Inline,
        LinkType::Autolink | LinkType::Email => LinkForm::Autolink,
        _ => LinkForm::Reference,
    }
}

/// A link or image as written.
pub(super) struct Written<'a> {
    pub(super) kind: LinkType,
    /// Its target as pulldown-cmark gives it.
    pub(super) target: &'a str,
    pub(super) label: &'a str,
    pub(super) range: &'a Range<usize>,
    pub(super) definitions: &'a Definitions,
}

impl Reader<'_> {
    pub(super) fn open_link(&mut self, written: &Written<'_>) {
        let range = written.range;
        self.grow(range);
        if self.alt.is_some() {
            return;
        }
        self.leaf(range);
        let start = self.flat.len() as u32;
        let link = self.links.len();
        // An address of mail is written without its scheme.
        let prefix = if written.kind == LinkType::Email { "mailto:" } else { "" };
        self.links.push(Link {
            form: form(written.kind),
            span: self.span(range),
            target: format!("{prefix}{}", written.target),
            target_span: self.target_span(written),
            text: start..start,
        });
        self.open_inlines.push(OpenInline { index: self.inlines.len(), style: self.style, content: None });
        self.add_inline(InlineKind::Link(link), range, range, start..start);
        self.style = self.style.with(Style::LINK);
    }

    pub(super) fn open_image(&mut self, written: &Written<'_>) {
        let range = written.range;
        self.grow(range);
        self.leaf(range);
        if self.alt.is_some() {
            self.images_in_alt += 1;
            return;
        }
        let start = self.flat.len() as u32;
        let image = self.images.len();
        self.images.push(Image {
            form: form(written.kind),
            span: self.span(range),
            target: written.target.to_owned(),
            target_span: self.target_span(written),
            alt: Some(String::new()),
        });
        self.add_inline(InlineKind::Image(image), range, range, start..start);
        self.alt = Some(String::new());
    }

    pub(super) fn close_image(&mut self) {
        if self.images_in_alt > 0 {
            self.images_in_alt -= 1;
            return;
        }
        if let (Some(alt), Some(image)) = (self.alt.take(), self.images.last_mut()) {
            image.alt = Some(alt);
        }
    }

    /// Where the target of a link or image is written.
    fn target_span(&self, written: &Written<'_>) -> Span {
        let Written { kind, target, label, range, definitions } = *written;
        let written = &self.body[range.clone()];
        match form(kind) {
            LinkForm::Autolink => self.span(&(range.start + 1..range.end - 1)),
            LinkForm::Reference => {
                let definition = definitions.get(&folded(label)).unwrap_or(range);
                self.span(&destination(self.body, definition.clone(), "]:"))
            }
            LinkForm::Inline | LinkForm::Html => {
                let place = self.written_target(written, target, range).unwrap_or_else(|| range.clone());
                self.span(&place)
            }
        }
    }

    /// Where the target of an inline link is, if it is written as it is read, or with escapes and entities.
    fn written_target(&self, written: &str, target: &str, range: &Range<usize>) -> Option<Range<usize>> {
        // A title may have the same marks, and is last.
        let openings = || written.rmatch_indices("](").map(|(at, _)| range.start + at..range.end - 1);
        let mut exact = openings().filter_map(|part| {
            let start = part.start + start_of_destination(&self.body[part.clone()], "](");
            let rest = &self.body[start..range.end];
            let bare = rest.strip_prefix('<').unwrap_or(rest);
            let is_end = |c: char| c.is_ascii_whitespace() || matches!(c, ')' | '>');
            let start = range.end - bare.len();
            bare.strip_prefix(target).filter(|rest| rest.starts_with(is_end)).map(|_| start..start + target.len())
        });
        let last = || openings().next().map(|part| destination(self.body, part, "]("));
        exact.next().or_else(|| last().filter(|place| self.body[place.clone()].contains(['\\', '&'])))
    }

    /// Links and images of HTML elements.
    pub(super) fn html_element(&mut self, tag: &RawTag) {
        match (tag.kind, tag.name.as_str()) {
            (TagKind::Open, "a") => self.html_link(tag),
            (TagKind::Close, "a") => {
                if let Some(open) = self.open_links.pop() {
                    self.style = open.style;
                    self.links[open.link].text.end = self.flat.len() as u32;
                }
            }
            (TagKind::Open | TagKind::Empty, "img") => self.html_image(tag),
            (TagKind::Open | TagKind::Empty, "br") => self.push(" ", &tag.range),
            (TagKind::Open, name) if shows_code(name) => self.open_code += 1,
            (TagKind::Close, name) if shows_code(name) => self.open_code = self.open_code.saturating_sub(1),
            _ => {}
        }
    }

    fn html_link(&mut self, tag: &RawTag) {
        let Some(target) = tag.value(self.body, "href") else { return };
        let start = self.flat.len() as u32;
        self.open_links.push(OpenLink { link: self.links.len(), style: self.style });
        self.links.push(Link {
            form: LinkForm::Html,
            span: self.span(&tag.range),
            target: self.body[target.clone()].to_owned(),
            target_span: self.span(&target),
            text: start..start,
        });
        self.style = self.style.with(Style::LINK);
    }

    fn html_image(&mut self, tag: &RawTag) {
        let Some(target) = tag.value(self.body, "src") else { return };
        let alt = tag.value(self.body, "alt").map(|range| self.body[range].to_owned());
        self.images.push(Image {
            form: LinkForm::Html,
            span: self.span(&tag.range),
            target: self.body[target.clone()].to_owned(),
            target_span: self.span(&target),
            alt,
        });
    }
}

/// The destination after `opening` in a link or definition: up to its title, without angle brackets.
fn destination(body: &str, range: Range<usize>, opening: &str) -> Range<usize> {
    let written = &body[range.clone()];
    let start = start_of_destination(written, opening);
    if let Some(inner) = written[start..].strip_prefix('<') {
        let end = inner.find('>').unwrap_or(inner.len());
        return range.start + start + 1..range.start + start + 1 + end;
    }
    let end = written[start..].find(|c: char| c.is_ascii_whitespace()).unwrap_or(written.len() - start);
    range.start + start..range.start + start + end
}

/// Where the destination after `opening` begins.
fn start_of_destination(written: &str, opening: &str) -> usize {
    let after = written.find(opening).map_or(0, |at| at + opening.len());
    let mut rest = written[after..].trim_start();
    if written[after..written.len() - rest.len()].contains('\n') {
        // The line may begin with the marks of quotes.
        rest = rest.trim_start_matches(['>', ' ']);
    }
    written.len() - rest.len()
}

/// Puts links in the order of the page, those of bare addresses included.
pub(super) fn sort(links: &mut [Link], inlines: &mut [Inline]) {
    let mut order: Vec<usize> = (0..links.len()).collect();
    order.sort_by_key(|index| links[*index].span.start);
    let mut place = vec![0; links.len()];
    for (new, old) in order.iter().enumerate() {
        place[*old] = new;
    }
    for inline in inlines {
        if let InlineKind::Link(link) = &mut inline.kind {
            *link = place[*link];
        }
    }
    links.sort_by_key(|link| link.span.start);
}
