//! What a text is made of becomes inline elements, links and images, in their places on the page.

use std::ops::Range;

use super::Reader;
use crate::dialects::html::RawTag;
use crate::dialects::kramdown::attributes::AttributeList;
use crate::dialects::kramdown::spans::{Event, Place, SpanText, Target};
use crate::guide::{Image, Inline, InlineKind, Link, Style};
use crate::source::Span;

impl Reader<'_> {
    pub(super) fn event(&mut self, event: &Event, text: &SpanText<'_>, tags: &[RawTag]) {
        match event {
            Event::Text(range) => {
                self.id_text.push_str(&text.text[range.clone()]);
                self.written(text, range.clone());
            }
            Event::Raw(range) => {
                self.id_text.push_str(&text.text[range.clone()]);
                self.with_references(text, range.clone());
            }
            Event::Mark(range) => self.written(text, range.clone()),
            Event::Symbol(range, shown) => self.push_instead(shown, text.on_page(range.clone())),
            Event::Reference(range, character) => {
                self.id_text.push(*character);
                self.push_instead(character.encode_utf8(&mut [0; 4]), text.on_page(range.clone()));
            }
            Event::Code(range, content) => self.code(text, range.clone(), content.clone()),
            Event::Math(content) => {
                self.id_text.push_str(&text.text[content.clone()]);
                let outer = self.style;
                self.style = outer.with(Style::CODE);
                self.written(text, content.clone());
                self.style = outer;
            }
            Event::Emphasis(range, length) => self.emphasis(text, range.clone(), *length),
            Event::Link(target) => self.link(text, target),
            Event::Image(target, alt) => self.image(text, target, alt),
            Event::End => self.end(),
            Event::Break(range) => self.forced_break(text, range.clone()),
            Event::Tag(tag) => self.html_tag(&tags[*tag]),
            Event::EndTag(tag) => self.end_tag(tag.map(|tag| &tags[tag])),
            Event::Comment(range) => self.content.comments.push(text.on_page(range.clone())),
            Event::Footnote(label) => self.footnote(&text.text[label.clone()]),
            Event::Attributes(list) => self.content.ids.extend(AttributeList::read(&text.text[list.clone()]).id),
            Event::Hidden => {}
        }
    }

    fn footnote(&mut self, label: &str) {
        if let Some(blocks) = self.blocks.footnotes.get(label)
            && self.marked.insert(label.to_owned())
        {
            self.footnotes.push_back(blocks.clone());
        }
    }

    /// Opens an inline element; ranges are of the rendered text.
    fn inline(&mut self, kind: InlineKind, range: Range<usize>, content: Range<usize>) {
        let text = self.content.text.len() as u32;
        let block = self.open_blocks.last().copied().unwrap_or_default();
        let (span, content) = (self.page.span(range), self.page.span(content));
        self.content.inlines.push(Inline { kind, span, content, text: text..text, block });
        self.open_inlines.push((self.content.inlines.len() - 1, self.style));
    }

    pub(super) fn close_inline(&mut self) -> Option<usize> {
        let (index, style) = self.open_inlines.pop()?;
        self.style = style;
        self.content.inlines[index].text.end = self.content.text.len() as u32;
        Some(index)
    }

    fn emphasis(&mut self, text: &SpanText<'_>, range: Range<usize>, length: usize) {
        let content = range.start + length..range.end - length;
        let (kind, style) = match length {
            1 => (InlineKind::Emphasis, Style::EMPHASIS),
            _ => (InlineKind::Strong, Style::STRONG),
        };
        self.inline(kind, text.on_page(range), text.on_page(content));
        self.style = self.style.with(style);
    }

    fn code(&mut self, text: &SpanText<'_>, range: Range<usize>, content: Range<usize>) {
        self.id_text.push_str(&text.text[content.clone()]);
        let written = &text.text[content.clone()];
        let start = content.start + (written.len() - written.trim_start().len());
        let trimmed = text.on_page(start..start + written.trim().len());
        self.inline(InlineKind::Code, text.on_page(range), trimmed);
        self.style = self.style.with(Style::CODE);
        self.written(text, content);
        self.close_inline();
    }

    fn forced_break(&mut self, text: &SpanText<'_>, range: Range<usize>) {
        let page = text.on_page(range.clone());
        self.inline(InlineKind::Break, page.clone(), page.end..page.end);
        self.close_inline();
        if text.text[range].contains('\n') {
            self.line_break(page);
        }
    }

    fn link(&mut self, text: &SpanText<'_>, target: &Target) {
        let page = text.on_page(target.range.clone());
        self.inline(InlineKind::Link(self.content.links.len()), page.clone(), page.clone());
        self.style = self.style.with(Style::LINK);
        let at = self.content.text.len() as u32;
        self.content.links.push(Link {
            form: target.form,
            span: self.page.span(page),
            target: target.address.clone(),
            target_span: self.place(text, target),
            text: at..at,
        });
    }

    fn place(&self, text: &SpanText<'_>, target: &Target) -> Span {
        match &target.place {
            Place::Here(range) => self.page.span(text.on_page(range.clone())),
            Place::Page(range) => self.page.span(range.clone()),
        }
    }

    fn image(&mut self, text: &SpanText<'_>, target: &Target, alt: &str) {
        let page = text.on_page(target.range.clone());
        self.inline(InlineKind::Image(self.content.images.len()), page.clone(), page.clone());
        self.close_inline();
        self.content.images.push(Image {
            form: target.form,
            span: self.page.span(page),
            target: target.address.clone(),
            target_span: self.place(text, target),
            alt: Some(alt.to_owned()),
        });
    }

    /// Ends emphasis or a link, whose content is what the reader sees of it.
    fn end(&mut self) {
        let Some(index) = self.close_inline() else { return };
        let inline = &mut self.content.inlines[index];
        if let InlineKind::Link(link) = inline.kind {
            let text = inline.text.start as usize..inline.text.end as usize;
            inline.content = if text.is_empty() { inline.span.at_start() } else { self.content.text.span_of(text) };
            self.content.links[link].text = inline.text.clone();
        }
    }
}
