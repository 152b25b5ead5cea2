//! HTML elements within text: links, images, and how they set the content of them.

use super::Reader;
use crate::dialects::html::{RawTag, shows_code};
use crate::guide::elements::Model;
use crate::guide::{BlockKind, Image, Link, LinkForm, Style, TagKind};

#[derive(Debug)]
pub(super) struct OpenElement {
    name: String,
    /// How its content is set by it and by the elements around it.
    pub(super) style: Style,
    /// Whether line ends in it are shown.
    pub(super) keeps_lines: bool,
    /// Index into the links, for `<a href>`.
    link: Option<usize>,
}

impl Reader<'_> {
    pub(super) fn html_tag(&mut self, tag: &RawTag) {
        if tag.element.is_block() {
            let place = tag.range.start..tag.range.start;
            self.start_line(self.page.rendered.source(place).start);
        } else {
            self.fill_gap();
        }
        match (tag.kind, tag.name.as_str()) {
            (TagKind::Close, name) => {
                if let Some(element) = self.elements.pop_if(|element| element.name == name) {
                    self.close_element(&element);
                }
            }
            (_, "br") => self.push(" ", tag.range.clone()),
            (_, "img") => self.html_image(tag),
            (TagKind::Open, _) => self.open_element(tag),
            (TagKind::Empty, "a") => {
                self.html_link(tag);
            }
            (TagKind::Empty, _) => {}
        }
    }

    fn open_element(&mut self, tag: &RawTag) {
        let link = if tag.name == "a" { self.html_link(tag) } else { None };
        let style = match tag.name.as_str() {
            name if shows_code(name) => Style::CODE,
            "b" | "strong" => Style::STRONG,
            "i" | "em" => Style::EMPHASIS,
            _ if link.is_some() => Style::LINK,
            _ => Style::PLAIN,
        };
        let is_raw = tag.element.model() == Model::Raw;
        let style = if is_raw { style.with(Style::HTML) } else { style };
        let outer = self.elements.last();
        let style = outer.map_or(style, |outer| outer.style.with(style));
        let keeps_lines = tag.name == "pre" || outer.is_some_and(|outer| outer.keeps_lines);
        self.elements.push(OpenElement { name: tag.name.clone(), style, keeps_lines, link });
    }

    /// The end of an element within text.
    pub(super) fn end_tag(&mut self, tag: Option<&RawTag>) {
        if tag.is_some() {
            self.fill_gap();
        }
        if let Some(element) = self.elements.pop() {
            self.close_element(&element);
        }
    }

    /// An address in an attribute: kramdown makes one space of line feeds within text.
    fn address(&self, place: std::ops::Range<usize>) -> String {
        let written = &self.page.rendered.text()[place];
        let is_html = self.open_blocks.last().is_some_and(|block| self.content.blocks[*block].kind == BlockKind::Html);
        if is_html || !written.contains('\n') {
            return written.to_owned();
        }
        let mut address = String::with_capacity(written.len());
        for c in written.chars() {
            match c {
                '\n' if address.ends_with(' ') && written.contains("\n\n") => {}
                '\n' => address.push(' '),
                c => address.push(c),
            }
        }
        address
    }

    pub(super) fn close_element(&mut self, element: &OpenElement) {
        if let Some(link) = element.link {
            self.content.links[link].text.end = self.content.text.len() as u32;
        }
    }

    fn html_link(&mut self, tag: &RawTag) -> Option<usize> {
        let page = self.page.rendered.text();
        let place = tag.value(page, "href")?;
        let text = self.content.text.len() as u32;
        self.content.links.push(Link {
            form: LinkForm::Html,
            span: self.page.span(tag.range.clone()),
            target: self.address(place.clone()),
            target_span: self.page.span(place),
            text: text..text,
        });
        Some(self.content.links.len() - 1)
    }

    fn html_image(&mut self, tag: &RawTag) {
        let page = self.page.rendered.text();
        let Some(place) = tag.value(page, "src") else { return };
        self.content.images.push(Image {
            form: LinkForm::Html,
            span: self.page.span(tag.range.clone()),
            target: self.address(place.clone()),
            target_span: self.page.span(place),
            alt: tag.value(page, "alt").map(|alt| page[alt].to_owned()),
        });
    }
}
