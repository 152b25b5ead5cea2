//! Links and images of Markdown: form, target and where it is written.

use std::ops::Range;

use pulldown_cmark::LinkType;

use super::Reader;
use crate::guide::blocks::normalise;
use crate::guide::{Image, InlineKind, Link, LinkForm, Style};

/// How a link is written, its target, and where that stands in the rendered text.
struct Target {
    form: LinkForm,
    address: String,
    place: Range<usize>,
}

impl Reader<'_> {
    pub(super) fn link(&mut self, form: LinkType, target: &str, label: &str, range: Range<usize>) {
        let index = self.content.links.len();
        let Target { form, address: target, place } = self.target(form, target, label, &range);
        let rendered = self.document.rendered(range);
        self.inline(InlineKind::Link(index), rendered.clone(), rendered.clone());
        self.style = self.style.with(Style::LINK);
        let (span, target_span) = (self.page.span(rendered), self.page.span(place));
        let text = self.content.text.len() as u32;
        self.content.links.push(Link { form, span, target, target_span, text: text..text });
    }

    pub(super) fn end_link(&mut self) {
        let Some(index) = self.close_inline() else { return };
        let inline = &mut self.content.inlines[index];
        let text = inline.text.start as usize..inline.text.end as usize;
        inline.content = if text.is_empty() { inline.span.at_start() } else { self.content.text.span_of(text) };
        if let InlineKind::Link(link) = inline.kind {
            self.content.links[link].text = inline.text.clone();
        }
    }

    pub(super) fn image(&mut self, form: LinkType, target: &str, label: &str, range: Range<usize>) {
        let index = self.content.images.len();
        let Target { form, address: target, place } = self.target(form, target, label, &range);
        let rendered = self.document.rendered(range);
        self.inline(InlineKind::Image(index), rendered.clone(), rendered.clone());
        let (span, target_span) = (self.page.span(rendered), self.page.span(place));
        self.content.images.push(Image { form, span, target, target_span, alt: None });
        self.alt = Some(String::new());
    }

    pub(super) fn end_image(&mut self) {
        let alt = self.alt.take();
        let index = self.close_inline();
        if let Some(InlineKind::Image(image)) = index.map(|index| self.content.inlines[index].kind) {
            self.content.images[image].alt = alt;
        }
    }

    fn target(&self, form: LinkType, target: &str, label: &str, range: &Range<usize>) -> Target {
        let known = |form: LinkForm, place: Range<usize>| {
            let rendered = self.document.rendered(place);
            Target { form, address: self.page.rendered.text()[rendered.clone()].to_owned(), place: rendered }
        };
        match form {
            LinkType::Autolink => known(LinkForm::Autolink, range.start + 1..range.end - 1),
            LinkType::Email => {
                let mail = known(LinkForm::Autolink, range.start + 1..range.end - 1);
                Target { address: format!("mailto:{}", mail.address.trim_start_matches("mailto:")), ..mail }
            }
            LinkType::Inline => {
                let written = self.document.targets.binary_search_by_key(&range.end, |(end, _)| *end);
                match written.ok().map(|index| self.document.targets[index].1.clone()) {
                    Some(place) => known(LinkForm::Inline, place),
                    None => Target { address: target.to_owned(), ..known(LinkForm::Inline, range.clone()) },
                }
            }
            _ => {
                let definition = self.blocks.definitions.get(&normalise(label));
                let place =
                    definition.map_or_else(|| self.document.rendered(range.clone()), |known| known.place.clone());
                Target { form: LinkForm::Reference, address: target.to_owned(), place }
            }
        }
    }
}
