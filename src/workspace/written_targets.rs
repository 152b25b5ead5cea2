//! Targets of links and images that Liquid writes, as far as a build is not needed to know them.

use std::borrow::Cow;

use super::site::Site;
use super::template::split_outside;
use crate::guide::{Guide, LiquidTag};
use crate::source::Span;

/// Liquid in a target.
enum Piece<'g> {
    Output,
    Tag(&'g LiquidTag),
    Unknown,
}

impl Site<'_> {
    /// A target as Liquid leaves it: `written` is what is left without Liquid, `place` where it is. `None` where a part of
    /// it is only known to a build.
    pub fn target<'t>(&self, guide: &Guide, written: &'t str, place: Span) -> Option<Cow<'t, str>> {
        let (place, pieces) = pieces(guide, place);
        if pieces.is_empty() {
            return Some(Cow::Borrowed(written));
        }
        let text = guide.source.text();
        let (mut target, mut at) = (String::new(), place.range().start);
        for (span, piece) in pieces {
            target.push_str(&text[at..span.range().start]);
            target.push_str(&self.value_of(guide.slice(span), &piece)?);
            at = span.range().end;
        }
        target.push_str(&text[at..place.range().end]);
        (!target.trim().is_empty()).then_some(Cow::Owned(target))
    }

    fn value_of(&self, written: &str, piece: &Piece<'_>) -> Option<String> {
        match piece {
            _ if !self.is_jekyll() => None,
            Piece::Output => self.output(written),
            Piece::Tag(tag) => {
                let name = tag.argument(written);
                match tag.name.as_str() {
                    "link" => self.link_target(name),
                    "post_url" => self.post(name)?.address.as_deref().map(str::to_owned),
                    _ => None,
                }
            }
            Piece::Unknown => None,
        }
    }

    /// The value of `{{ text | filter: argument }}`. The site's own host counts as nothing.
    fn output(&self, written: &str) -> Option<String> {
        let inner = written.trim_matches(['{', '}']).trim_matches('-');
        let mut parts = split_outside(inner, '|').into_iter();
        let mut value = self.expression(parts.next()?)?;
        for filter in parts {
            let (name, argument) = filter.split_once(':').unwrap_or((filter, ""));
            value = match name.trim() {
                "relative_url" | "absolute_url" => {
                    let slash = if value.is_empty() || value.starts_with('/') { "" } else { "/" };
                    format!("{}{slash}{value}", self.base_path())
                }
                "prepend" => self.expression(argument)? + &value,
                "append" => value + &self.expression(argument)?,
                "escape" | "escape_once" | "strip" | "uri_escape" => value,
                _ => return None,
            };
        }
        Some(value)
    }

    fn expression(&self, written: &str) -> Option<String> {
        let written = written.trim();
        let quoted = |quote| written.strip_prefix(quote).and_then(|rest| rest.strip_suffix(quote));
        match written {
            "site.baseurl" => Some(self.base_path()),
            "site.url" => Some(String::new()),
            _ => quoted('"').or_else(|| quoted('\'')).map(str::to_owned),
        }
    }

    /// The path under which the site is served as its configuration writes it: empty, or with a slash at its start.
    fn base_path(&self) -> String {
        let base = self.base_url();
        if base.is_empty() { String::new() } else { format!("/{base}") }
    }
}

/// The Liquid in and next to a place, in order, and the place with it.
fn pieces(guide: &Guide, place: Span) -> (Span, Vec<(Span, Piece<'_>)>) {
    let liquid = &guide.liquid;
    let mut whole = place;
    loop {
        let outputs = touching(&liquid.outputs, |span| *span, whole).map(|span| (*span, Piece::Output));
        let tags = touching(&liquid.tags, |tag| tag.span, whole).map(|tag| (tag.span, Piece::Tag(tag)));
        let unknown = touching(&liquid.unknown_tags, |tag| tag.span, whole).map(|tag| (tag.span, Piece::Unknown));
        let mut pieces: Vec<_> = outputs.chain(tags).chain(unknown).collect();
        let grown = pieces.iter().fold(whole, |whole, (span, _)| Span {
            start: whole.start.min(span.start),
            end: whole.end.max(span.end),
            ..whole
        });
        if grown == whole {
            pieces.sort_by_key(|(span, _)| span.start);
            return (whole, pieces);
        }
        whole = grown;
    }
}

/// The items, which are in order, that overlap a place or are next to it.
fn touching<T>(items: &[T], span: impl Fn(&T) -> Span, place: Span) -> impl Iterator<Item = &T> {
    let first = items.partition_point(|item| span(item).end < place.start);
    items[first..].iter().take_while(move |item| span(item).start <= place.end)
}
