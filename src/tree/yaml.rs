//! Reads YAML 1.2 into a tree: one node for each event of the parser, with its exact bytes. What has the
//! simplest form needs no parser.
//!
//! The parser counts characters and its spans include anchors, tags and even a comment after a
//! quoted scalar; `extent` finds the bytes of the value itself. Aliases are copied within a budget,
//! merge keys (`<<`) are resolved, equal keys are kept and reported.

use std::borrow::Cow;
use std::collections::HashMap;
use std::ops::Range;

use saphyr_parser::{Event, Parser, ScalarStyle as Style, ScanError, Tag};

use crate::source::{SourceFile, Span};
use crate::tree::{Documents, MAX_DEPTH, Node, Problem, ScalarStyle, Value, duplicate_keys, scalar};

mod extent;
mod frame;
mod message;
pub(crate) mod simple;
mod slip;

use frame::{Frame, Kind};

/// How many values aliases and merge keys may add to a text.
const ALIAS_BUDGET: usize = 100_000;

/// Reads the YAML documents in the bytes `range` of a file; front matter is such a part.
///
/// Reading ends at the first error of syntax: the documents before it are kept.
pub fn parse(source: &SourceFile, range: Range<usize>) -> Documents {
    let Some(node) = simple::mapping(source, range.clone()) else { return parse_events(source, range) };
    let mut problems = Vec::new();
    all_duplicate_keys(&node, &mut problems);
    problems.sort_by_key(|problem| problem.span);
    Documents { documents: vec![node], problems }
}

/// The duplicate keys of a mapping and of those in it.
fn all_duplicate_keys(node: &Node, problems: &mut Vec<Problem>) {
    problems.extend(duplicate_keys(node.entries()));
    node.entries().iter().for_each(|entry| all_duplicate_keys(&entry.value, problems));
}

/// Reads any YAML.
fn parse_events(source: &SourceFile, range: Range<usize>) -> Documents {
    let text = &source.text()[range.clone()];
    let mut loader = Loader::new(source, text, range.start);
    let mut parser = Parser::new_from_str(text);
    while let Some(next) = parser.next_event() {
        let step = match next {
            Ok((event, span)) => {
                let range = loader.bytes.range(span.start.index()..span.end.index());
                loader.event(event, range)
            }
            Err(error) => Err(loader.syntax_error(&error)),
        };
        if let Err(problem) = step {
            loader.out.problems.push(problem);
            break;
        }
    }
    loader.out.problems.sort_by_key(|problem| problem.span);
    loader.out
}

/// Turns the parser's character offsets into byte offsets.
struct Bytes {
    /// Where each character starts, and the end; `None` for ASCII, where both offsets agree.
    starts: Option<Vec<u32>>,
    len: usize,
}

impl Bytes {
    fn new(text: &str) -> Self {
        let starts = || text.char_indices().map(|(at, _)| at as u32).chain([text.len() as u32]).collect();
        Self { starts: (!text.is_ascii()).then(starts), len: text.len() }
    }

    fn offset(&self, index: usize) -> usize {
        match &self.starts {
            Some(starts) => starts.get(index).map_or(self.len, |at| *at as usize),
            None => index.min(self.len),
        }
    }

    fn range(&self, chars: Range<usize>) -> Range<usize> {
        let start = self.offset(chars.start);
        start..self.offset(chars.end).max(start)
    }
}

/// A finished node, where its text ends (after an alias, not after its anchor's value), and the
/// anchor that names it.
struct Finished {
    node: Node,
    end: usize,
    anchor: usize,
}

/// An anchored node and what copying it costs.
struct Anchored {
    node: Node,
    nodes: usize,
    depth: usize,
}

struct Loader<'a> {
    source: &'a SourceFile,
    text: &'a str,
    /// Where `text` begins in the file.
    base: usize,
    bytes: Bytes,
    /// The open collections, outermost first.
    stack: Vec<Frame>,
    anchors: HashMap<usize, Anchored>,
    /// Up to where the text has been consumed: what follows belongs to the next node.
    cursor: usize,
    budget: usize,
    out: Documents,
}

impl<'a> Loader<'a> {
    fn new(source: &'a SourceFile, text: &'a str, base: usize) -> Self {
        Self {
            source,
            text,
            base,
            bytes: Bytes::new(text),
            stack: Vec::new(),
            anchors: HashMap::new(),
            cursor: 0,
            budget: ALIAS_BUDGET,
            out: Documents::default(),
        }
    }

    fn event(&mut self, event: Event<'_>, range: Range<usize>) -> Result<(), Problem> {
        match event {
            Event::DocumentStart(_) => self.cursor = range.end,
            Event::Scalar(text, style, anchor, tag) => return self.scalar(text, style, anchor, tag, range),
            Event::Alias(id) => return self.alias(id, range),
            Event::SequenceStart(anchor, tag) => return self.open(Kind::sequence(), anchor, tag, range),
            Event::MappingStart(anchor, tag) => return self.open(Kind::mapping(), anchor, tag, range),
            Event::SequenceEnd | Event::MappingEnd => return self.close(range),
            Event::DocumentEnd => self.anchors.clear(),
            Event::Nothing | Event::StreamStart | Event::StreamEnd => {}
        }
        Ok(())
    }

    fn scalar(
        &mut self,
        text: Cow<'_, str>,
        style: Style,
        anchor: usize,
        tag: Option<Cow<'_, Tag>>,
        event: Range<usize>,
    ) -> Result<(), Problem> {
        let properties = properties(anchor, tag.as_ref());
        let extent = if text.is_empty() && style == Style::Plain && properties == 0 {
            extent::empty(self.text, self.cursor, event.start, self.expected_indicator())
        } else {
            extent::scalar(self.text, event, style, properties, self.cursor)
        };
        let value = match &tag {
            None if style == Style::Plain => scalar::plain(&text),
            Some(tag) if tag.is_yaml_core_schema() => scalar::tagged(&tag.suffix, &text),
            _ => Value::String(text.into_owned()),
        };
        let style = match style {
            Style::Plain => ScalarStyle::Plain,
            Style::SingleQuoted => ScalarStyle::SingleQuoted,
            Style::DoubleQuoted => ScalarStyle::DoubleQuoted,
            Style::Literal | Style::Folded => ScalarStyle::Block,
        };
        let end = extent.end;
        let node = Node { value, span: self.span(extent), style, tag: own_tag(tag) };
        self.finish(Finished { node, end, anchor })
    }

    /// The indicator that is before a value that is missing.
    fn expected_indicator(&self) -> Option<u8> {
        match self.stack.last()?.kind {
            Kind::Sequence(_) => Some(b'-'),
            Kind::Mapping { key: Some(_), .. } => Some(b':'),
            Kind::Mapping { key: None, .. } => None,
        }
    }

    fn alias(&mut self, id: usize, range: Range<usize>) -> Result<(), Problem> {
        let Some(anchored) = self.anchors.get(&id) else {
            return Err(self.problem(range, "alias inside its own value", None));
        };
        if anchored.nodes > self.budget {
            let message = format!("aliases expand to more than {ALIAS_BUDGET} values");
            return Err(self.problem(range, &message, Some("write the values out instead of nesting aliases")));
        }
        if self.stack.len() + anchored.depth > MAX_DEPTH {
            return Err(self.too_deep(range));
        }
        self.budget -= anchored.nodes;
        let node = anchored.node.clone();
        self.finish(Finished { node, end: range.end, anchor: 0 })
    }

    fn open(
        &mut self,
        kind: Kind,
        anchor: usize,
        tag: Option<Cow<'_, Tag>>,
        event: Range<usize>,
    ) -> Result<(), Problem> {
        if self.stack.len() >= MAX_DEPTH {
            return Err(self.too_deep(event));
        }
        let bracket = extent::skip_properties(self.text, &event, properties(anchor, tag.as_ref()));
        let flow = bracket < event.end && matches!(self.text.as_bytes()[bracket], b'{' | b'[');
        let in_sequence = matches!(self.stack.last(), Some(Frame { kind: Kind::Sequence(_), .. }));
        let start = match kind {
            _ if flow => bracket,
            Kind::Sequence(_) if !in_sequence => extent::first_dash(self.text, self.cursor).unwrap_or(event.end),
            _ => event.end,
        };
        self.cursor = if flow { event.end } else { self.cursor.max(start) };
        self.stack.push(Frame { kind, flow, anchor, tag: own_tag(tag), start, end: start });
        Ok(())
    }

    fn close(&mut self, event: Range<usize>) -> Result<(), Problem> {
        let Some(frame) = self.stack.pop() else {
            return Ok(());
        };
        // A flow collection ends with its bracket; the event may run on over a comment. A block
        // collection ends with its last child: its event lies at the next token.
        let end = if frame.flow { event.start + 1 } else { frame.end };
        let span = self.span(frame.start..end.max(frame.start));
        let value = match frame.kind {
            Kind::Sequence(items) => Value::Sequence(items.into()),
            Kind::Mapping { entries, merges, .. } => {
                let Some((entries, copied)) = frame::merge(entries, &merges, self.budget) else {
                    return Err(self.problem(event, "merge keys expand to too many values", None));
                };
                self.budget -= copied;
                self.out.problems.extend(duplicate_keys(&entries));
                Value::Mapping(entries.into())
            }
        };
        let node = Node { value, span, style: ScalarStyle::Plain, tag: frame.tag };
        self.finish(Finished { node, end, anchor: frame.anchor })
    }

    /// Hands a finished node to the collection that it is in.
    fn finish(&mut self, finished: Finished) -> Result<(), Problem> {
        if finished.anchor != 0 {
            let (nodes, depth) = frame::measure(&finished.node);
            self.anchors.insert(finished.anchor, Anchored { node: finished.node.clone(), nodes, depth });
        }
        self.cursor = self.cursor.max(finished.end);
        let Some(frame) = self.stack.last_mut() else {
            self.out.documents.push(finished.node);
            return Ok(());
        };
        frame.end = frame.end.max(finished.end);
        frame.push(finished.node, self.source);
        Ok(())
    }

    fn span(&self, range: Range<usize>) -> Span {
        self.source.span(self.base + range.start..self.base + range.end)
    }

    fn too_deep(&self, range: Range<usize>) -> Problem {
        self.problem(range, &format!("more than {MAX_DEPTH} levels of nesting"), None)
    }

    fn syntax_error(&self, error: &ScanError) -> Problem {
        let at = self.bytes.offset(error.marker().index());
        let is_line = message::is_about_a_line(error.info()) && !self.stack.iter().any(|frame| frame.flow);
        let slip = is_line.then(|| slip::find(self.text, at)).flatten();
        let explained = slip.unwrap_or_else(|| message::explain(error.info(), self.text, at));
        let opened = self.stack.iter().rev().find(|frame| frame.flow);
        let related = opened.map(|frame| (self.span(frame.start..frame.start + 1), "inside this bracket".to_owned()));
        Problem { related, ..self.problem(explained.range, &explained.message, explained.help) }
    }

    fn problem(&self, range: Range<usize>, message: &str, help: Option<&str>) -> Problem {
        Problem::syntax(self.span(range), message, help.map(str::to_owned))
    }
}

/// How many properties are before a node.
fn properties(anchor: usize, tag: Option<&Cow<'_, Tag>>) -> usize {
    usize::from(anchor != 0) + usize::from(tag.is_some())
}

/// A tag that is not of the core schema, as written.
fn own_tag(tag: Option<Cow<'_, Tag>>) -> Option<Box<str>> {
    tag.filter(|tag| !tag.is_yaml_core_schema()).map(|tag| match tag.handle.as_str() {
        "!" | "" => format!("!{}", tag.suffix).into(),
        handle => format!("{handle}{}", tag.suffix).into(),
    })
}
