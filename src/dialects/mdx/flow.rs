//! The Markdown of a page: its text without imports, expressions and the tags of components.

use std::ops::Range;

use super::lists::Lists;
use super::scan::{Part, line_end, scan};
use super::tags::Component;
use crate::dialect::{ComponentKind, Mdx};
use crate::dialects::positions::Made;
use crate::guide::TagKind;

/// The lowest level of a heading that a component makes: sites give ids to no deeper ones.
const LOWEST: usize = 4;

/// An element whose content is on lines of its own.
#[derive(Debug, Default)]
struct Container {
    /// The smallest indentation of its lines.
    least: Option<usize>,
    /// The indentation that its lines get instead.
    base: usize,
}

/// A page from `start` on, without what is not Markdown.
pub(super) fn markdown(page: &str, start: usize, options: &Mdx) -> Made {
    let text = &page[start..];
    let (parts, fenced) = scan(text);
    let partners = partners(text, &parts);
    let mut flow = Flow {
        text,
        start,
        page,
        options,
        parts: &parts,
        partners,
        edges: edges(text, &parts),
        made: Made::default(),
        open: Vec::new(),
        level: 1,
    };
    let mut containers = flow.containers(&fenced);
    flow.write(&mut containers, &fenced);
    flow.made
}

/// The end tag of each start tag, and the start tag of each end tag.
fn partners(text: &str, parts: &[Part]) -> Vec<Option<usize>> {
    let mut partners = vec![None; parts.len()];
    let mut open: Vec<(usize, &str)> = Vec::new();
    for (index, part) in parts.iter().enumerate() {
        let Part::Tag(tag) = part else { continue };
        let name = &text[tag.name.clone()];
        match tag.kind {
            TagKind::Open => open.push((index, name)),
            TagKind::Empty => {}
            TagKind::Close => {
                // Elements are closed in the order of their nesting; one without an end holds nothing.
                if let Some(at) = open.iter().rev().take(MOST_NESTED).position(|(_, other)| *other == name) {
                    let at = open.len() - 1 - at;
                    let (start, _) = open[at];
                    open.truncate(at);
                    (partners[start], partners[index]) = (Some(index), Some(start));
                }
            }
        }
    }
    partners
}

/// Where a part is on its lines.
#[derive(Debug, Clone, Copy)]
struct Edges {
    /// Whether only spaces and other parts are before it.
    begins: bool,
    /// Whether only spaces and other parts are after it.
    ends: bool,
    first_line: usize,
    last_line: usize,
}

/// Where each part is on its lines.
fn edges(text: &str, parts: &[Part]) -> Vec<Edges> {
    let mut edges: Vec<Edges> = Vec::with_capacity(parts.len());
    let (mut at, mut line) = (0, 0);
    for (index, part) in parts.iter().enumerate() {
        let range = part.range();
        let before = text[..range.start].trim_end_matches([' ', '\t']);
        let begins = before.is_empty()
            || before.ends_with('\n')
            || index > 0 && parts[index - 1].range().end == before.len() && edges[index - 1].begins;
        let breaks = |range: Range<usize>| text[range].matches('\n').count();
        let first_line = line + breaks(at..range.start);
        (at, line) = (range.end, first_line + breaks(range.clone()));
        edges.push(Edges { begins, ends: false, first_line, last_line: line });
    }
    for (index, part) in parts.iter().enumerate().rev() {
        let rest = text[part.range().end..].trim_start_matches([' ', '\t', '\r']);
        let next = parts.get(index + 1).filter(|next| next.range().start == text.len() - rest.len());
        edges[index].ends = rest.is_empty() || rest.starts_with('\n') || next.is_some() && edges[index + 1].ends;
    }
    edges
}

/// How many elements without an end are skipped to find the start of one.
const MOST_NESTED: usize = 64;

/// The deepest indentation that is kept around tags: no page for people has a deeper one.
const MOST_INDENTED: usize = 64;

/// What is written, and what is around it.
struct Flow<'a> {
    text: &'a str,
    /// Where the text starts on the page.
    start: usize,
    page: &'a str,
    options: &'a Mdx,
    parts: &'a [Part],
    partners: Vec<Option<usize>>,
    edges: Vec<Edges>,
    made: Made,
    /// The containers around what is written, as indices.
    open: Vec<usize>,
    /// The level of the last heading.
    level: usize,
}

impl Flow<'_> {
    /// Whether an element is alone on its lines: its start tag begins a line, and its end tag is on another one.
    fn is_container(&self, index: usize) -> bool {
        let Part::Tag(tag) = &self.parts[index] else { return false };
        let own = self.edges[index];
        let end = self.partners[index].map(|end| self.edges[end]);
        let is_opaque = self.options.components.get(&self.text[tag.name.clone()]) == Some(&ComponentKind::Opaque);
        tag.kind == TagKind::Open && !is_opaque && own.begins && end.is_some_and(|end| end.first_line > own.last_line)
    }

    /// Whether a part is the end tag of a container.
    fn closes(&self, part: &Part, index: usize) -> bool {
        let is_end = matches!(part, Part::Tag(tag) if tag.kind == TagKind::Close);
        is_end && self.partners[index].is_some_and(|open| self.is_container(open))
    }

    /// The containers in the order of their start tags, after the page itself, with the least indentation of their
    /// lines.
    fn containers(&self, fenced: &[Range<usize>]) -> Vec<Container> {
        let mut containers = vec![Container { least: Some(0), base: 0 }];
        let mut open = vec![(0, usize::MAX)];
        let (mut at, mut next, mut codes) = (0, 0, fenced.iter().peekable());
        while at < self.text.len() {
            let end = line_end(self.text, at);
            let line = &self.text[at..end];
            let is_code = codes.peek().is_some_and(|code| code.start < at);
            let tags: Vec<usize> =
                (next..self.parts.len()).take_while(|part| self.parts[*part].range().start < end).collect();
            next += tags.len();
            // A line that starts with an end tag is not one of the content.
            if let Some(first) = tags.first().filter(|tag| self.edges[**tag].begins) {
                open.pop_if(|(_, close)| close == first);
            }
            if let Some((container, _)) = open.last()
                && !is_code
                && !line.trim().is_empty()
            {
                let own = indentation(line);
                let least = &mut containers[*container].least;
                *least = Some(least.map_or(own, |least| least.min(own)));
            }
            for tag in tags {
                open.pop_if(|(_, close)| *close == tag);
                if self.is_container(tag) {
                    open.push((containers.len(), self.partners[tag].unwrap_or(usize::MAX)));
                    containers.push(Container::default());
                }
            }
            while codes.peek().is_some_and(|code| code.end <= end) {
                codes.next();
            }
            at = end;
        }
        containers
    }

    /// Writes the Markdown line by line.
    fn write(&mut self, containers: &mut [Container], fenced: &[Range<usize>]) {
        self.open.push(0);
        let (mut at, mut next, mut known, mut codes) = (0, 0, 0, fenced.iter().peekable());
        let mut shift = (0, 0);
        let mut lists = Lists::default();
        while at < self.text.len() {
            let end = line_end(self.text, at);
            let own = indentation(&self.text[at..end]);
            let is_code = codes.peek().is_some_and(|code| code.start < at);
            if is_code {
                lists.code();
            } else {
                let first = self.parts.get(next).filter(|part| self.edges[next].begins && part.range().start < end);
                let closes = first.is_some_and(|part| self.closes(part, next));
                let around = self.open[self.open.len() - 1 - usize::from(closes && self.open.len() > 1)];
                let container = &containers[around];
                shift = (container.least.unwrap_or(0).min(own), container.base);
                let kept = own - shift.0 + shift.1;
                shift.0 += kept - lists.indentation(&self.text[at + own..end], kept, self.is_after_blank()).min(kept);
            }
            let kept = (own + shift.1).saturating_sub(shift.0);
            at = self.indent(at, own, kept);
            while let Some(part) = self.parts.get(next).filter(|part| part.range().start < end.max(at)) {
                let range = part.range();
                if range.start >= at {
                    self.copy(at..range.start);
                    at = self.part(next, kept, &mut known, containers);
                } else if self.is_container(next) {
                    // It is inside of something that is not shown.
                    known += 1;
                }
                next += 1;
            }
            let end = if at > end { line_end(self.text, at) } else { end };
            self.heading(at..end, is_code);
            self.copy(at..end.max(at));
            while codes.peek().is_some_and(|code| code.end <= end) {
                codes.next();
            }
            at = end.max(at);
        }
    }

    /// Whether nothing, or a blank line, is before what is written next.
    fn is_after_blank(&self) -> bool {
        let written = self.made.text.trim_end_matches([' ', '\t']);
        let line = written.strip_suffix('\n').unwrap_or(written).trim_end_matches([' ', '\t', '\r']);
        line.is_empty() || line.ends_with('\n')
    }

    /// Writes the spaces that a line starts with; where the rest of it starts.
    fn indent(&mut self, at: usize, own: usize, kept: usize) -> usize {
        let text = at + own;
        self.copy(text - own.min(kept)..text);
        if kept > own {
            self.made.write(&" ".repeat(kept - own), self.start + text);
        }
        text
    }

    /// Writes what stands for a part; where the text goes on.
    fn part(&mut self, index: usize, indent: usize, known: &mut usize, containers: &mut [Container]) -> usize {
        let part = &self.parts[index];
        let range = part.range();
        let is_flow = self.edges[index].begins && self.edges[index].ends;
        let Part::Tag(tag) = part else {
            if is_flow {
                self.blank_line(range.start, 0);
            }
            return range.end;
        };
        let opens = self.is_container(index);
        let closes = self.closes(part, index);
        let is_block = is_flow || opens || closes;
        if closes && self.open.len() > 1 {
            self.open.pop();
        }
        if is_block {
            self.blank_line(range.start, indent);
        }
        if opens {
            *known += 1;
            if let Some(container) = containers.get_mut(*known) {
                container.base = indent.min(MOST_INDENTED);
                self.open.push(*known);
            }
        }
        let end = self.tag(index, tag, indent);
        if is_block {
            self.blank_line(end, indent);
        }
        end
    }

    /// Writes a tag; where the text goes on.
    fn tag(&mut self, index: usize, tag: &Component, indent: usize) -> usize {
        if !tag.is_component(self.text) {
            let mut at = tag.range.start;
            for expression in &tag.expressions {
                self.copy(at..expression.start);
                at = expression.end;
            }
            self.copy(at..tag.range.end);
            return tag.range.end;
        }
        if let Some(id) = tag.value(self.text, "id") {
            let (start, end) = (self.start + id.start, self.start + id.end);
            self.made.write("<a id=\"", start);
            self.copy(id);
            self.made.write("\"></a>", end);
        }
        match self.options.components.get(&self.text[tag.name.clone()]) {
            Some(ComponentKind::Opaque) => {
                let end = self.partners[index].map(|end| self.parts[end].range().end);
                end.unwrap_or(tag.range.end).max(tag.range.end)
            }
            Some(ComponentKind::Titled) => {
                if let Some(title) =
                    tag.value(self.text, "title").filter(|title| !self.text[title.clone()].contains('\n'))
                {
                    let (start, end) = (self.start + title.start, self.start + title.end);
                    self.blank_line(tag.range.start, indent);
                    self.made.write(&format!("{} ", "#".repeat((self.level + 1).min(LOWEST))), start);
                    self.copy(title);
                    self.made.write("\n", end);
                }
                tag.range.end
            }
            _ => tag.range.end,
        }
    }

    /// Ends the paragraph before `at`; what follows is indented.
    fn blank_line(&mut self, at: usize, indent: usize) {
        let written = self.made.text.trim_end_matches([' ', '\t']);
        let lines = written.len() - written.trim_end_matches('\n').len();
        if !written.is_empty() && lines < 2 {
            self.made.write(&"\n".repeat(2 - lines), self.start + at);
            self.made.write(&" ".repeat(indent.min(MOST_INDENTED)), self.start + at);
        }
    }

    /// Remembers the level of a heading.
    fn heading(&mut self, line: Range<usize>, is_code: bool) {
        let marks = self.text[line].bytes().take_while(|byte| *byte == b'#').count();
        if !is_code && (1..=6).contains(&marks) {
            self.level = marks;
        }
    }

    fn copy(&mut self, range: Range<usize>) {
        if range.start < range.end {
            self.made.copy(self.page, self.start + range.start..self.start + range.end);
        }
    }
}

/// How many spaces and tabs a line starts with.
fn indentation(line: &str) -> usize {
    line.len() - line.trim_start_matches([' ', '\t']).len()
}
