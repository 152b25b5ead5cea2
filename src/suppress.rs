//! Ignore comments: `<!-- connlint-ignore guide/typo: reason -->` and `# connlint-ignore ...`.
//!
//! | directive | silences |
//! | --- | --- |
//! | `connlint-ignore` | the next block of a guide, the next entry of a YAML file, or the block or line it ends |
//! | `connlint-ignore-file` | the whole file |
//! | `connlint-ignore-start` ... `connlint-ignore-end` | the text between |
//!
//! What is wrong with a comment itself is left to the rules of the group `ignore`.

mod open;

use std::collections::BTreeMap;
use std::ops::Range;

use crate::diagnostic::Diagnostic;
use crate::guide::{BlockKind, Guide};
use crate::source::{SourceFile, Span, line_start};
use crate::tree::{Node, Value};
use open::Open;

/// The name of the program, in comments as other tools have them.
const TOOL: &str = "connlint";

/// What every directive begins with.
const MARK: &str = "connlint-";

/// The directives by what follows the mark.
const DIRECTIVES: [(&str, Directive); 4] = [
    ("ignore", Directive::Next),
    ("ignore-file", Directive::File),
    ("ignore-start", Directive::Start),
    ("ignore-end", Directive::End),
];

/// What directives of other tools begin with: `disable-next-line`, `ignore-line`.
const OF_OTHERS: [&str; 7] = ["ignore", "disable", "enable", "skip", "off", "allow", "suppress"];

/// An ignore comment and what became of it.
#[derive(Debug)]
pub struct Comment {
    /// The comment, markers included.
    pub span: Span,
    /// What to remove so that nothing of it is left: its whole line where nothing else is there.
    pub line: Span,
    /// The rules and groups that it names.
    pub names: Vec<Name>,
    /// Why, if it says so.
    pub reason: Option<Span>,
    /// What is wrong with its directive.
    pub fault: Option<Fault>,
    /// The bytes whose findings it silences.
    pub covers: Range<u32>,
}

/// What can be wrong with a directive.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fault {
    /// It is unknown; such a comment silences nothing.
    Unknown(Span),
    /// The text that it begins has no end.
    NoEnd,
    /// The text that it ends has no start.
    NoStart,
}

/// A rule or group named in an ignore comment.
#[derive(Debug)]
pub struct Name {
    /// The name as written.
    pub text: String,
    pub span: Span,
    /// Whether a finding was silenced by it, or may be once the rule can judge the file.
    pub used: bool,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Directive {
    Next,
    File,
    Start,
    End,
    Unknown(Span),
}

/// A comment before it is known what it covers.
struct Draft {
    directive: Directive,
    span: Span,
    names: Vec<Name>,
    reason: Option<Span>,
}

/// The ignore comments of a guide.
pub fn in_guide(guide: &Guide) -> Vec<Comment> {
    let drafts =
        guide.comments.iter().filter_map(|comment| read(&guide.source, comment.span, comment.content)).collect();
    resolve(drafts, &guide.source, |span| {
        if let Some(own) = ended_by(guide, span) {
            return Some(own);
        }
        let next = guide.blocks.partition_point(|block| block.span.start < span.end);
        guide.blocks.get(next).map(|block| block.span.start..block.span.end)
    })
}

/// The text that a comment ends: the block, or at least the line, if text is before the comment on its line.
fn ended_by(guide: &Guide, comment: Span) -> Option<Range<u32>> {
    let source = &guide.source;
    let line = source.line_span(source.line(comment.start))?;
    let first = guide.comments.partition_point(|other| other.span.start < line.start);
    let others = guide.comments[first..].iter().map(|other| other.span).take_while(|other| other.start < comment.start);
    let mut at = line.start;
    let mut before = String::new();
    for other in others.chain([comment]) {
        before += &source.text()[at as usize..other.start as usize];
        at = other.end;
    }
    // Markers of lists, quotes, and headings do not count.
    let is_marker = |word: &str| word.trim_matches(['>', '-', '*', '+', '#', '|', '.', ')']).parse::<u32>().is_ok();
    let is_text = |word: &str| word.contains(|c: char| !">-*+#|".contains(c)) && !is_marker(word);
    if !before.split_whitespace().any(is_text) {
        return None;
    }
    let block = guide.row_around(comment).map(|block| &guide.blocks[block]);
    let block = block.filter(|block| {
        matches!(block.kind, BlockKind::Heading(_) | BlockKind::Paragraph | BlockKind::Item(_) | BlockKind::Row { .. })
    });
    let own = block.map_or(line, |block| block.span.to(line));
    Some(own.start.min(line.start)..own.end.max(line.end))
}

/// The ignore comments of a YAML file with the given documents.
pub fn in_yaml(source: &SourceFile, documents: &[Node]) -> Vec<Comment> {
    if memchr::memmem::find(source.text().as_bytes(), TOOL.as_ref()).is_none() {
        return Vec::new();
    }
    let mut entries = Vec::new();
    let mut scalars = Vec::new();
    for document in documents {
        collect(document, &mut entries, &mut scalars);
    }
    entries.sort_by_key(|span: &Span| (span.start, std::cmp::Reverse(span.end)));
    scalars.sort_by_key(|span: &Span| span.start);
    let comments = memchr::memmem::find_iter(source.text().as_bytes(), TOOL).filter_map(|at| {
        let line = source.line_span(source.line(at as u32))?;
        let hash = line.range().start + source.text()[line.range().start..at].trim_end().strip_suffix('#')?.len();
        let before = scalars.partition_point(|span| span.range().start <= hash);
        let in_scalar = before > 0 && scalars[before - 1].range().contains(&hash);
        (!in_scalar).then(|| source.span(hash..line.range().end))
    });
    let drafts = comments.filter_map(|span| read(source, span, source.span(span.range().start + 1..span.range().end)));
    resolve(drafts.collect(), source, |span| {
        let line = source.line_span(source.line(span.start))?;
        let trailing = !source.text()[line.range().start..span.range().start].trim().is_empty();
        if trailing {
            return Some(line.start..line.end);
        }
        entries.get(entries.partition_point(|entry| entry.start < span.end)).map(|entry| entry.start..entry.end)
    })
}

fn collect(node: &Node, entries: &mut Vec<Span>, scalars: &mut Vec<Span>) {
    match &node.value {
        Value::Mapping(pairs) => {
            for pair in pairs.iter().filter(|pair| !pair.merged) {
                entries.push(pair.key_span.to(pair.value.span));
                collect(&pair.value, entries, scalars);
            }
        }
        Value::Sequence(items) => {
            for item in items.iter() {
                entries.push(item.span);
                collect(item, entries, scalars);
            }
        }
        _ => scalars.push(node.span),
    }
}

/// Reads `directive name, name: reason`.
fn read(source: &SourceFile, span: Span, content: Span) -> Option<Draft> {
    let text = source.slice(content);
    let lead = text.len() - text.trim_start().len();
    let Some(after) = text[lead..].strip_prefix(MARK) else {
        return is_spaced(&text[lead..]).then(|| {
            let start = content.range().start + lead;
            let directive = Directive::Unknown(source.span(start..start + TOOL.len()));
            Draft { directive, span, names: Vec::new(), reason: None }
        });
    };
    let (word, rest) = after.split_at(after.find(|c: char| c.is_whitespace() || c == ':').unwrap_or(after.len()));
    let Some((_, directive)) = DIRECTIVES.into_iter().find(|(name, _)| *name == word) else {
        let start = content.range().start + lead;
        let directive = Directive::Unknown(source.span(start..start + MARK.len() + word.len()));
        let is_meant = word.split('-').next().is_some_and(|first| OF_OTHERS.contains(&first));
        return is_meant.then_some(Draft { directive, span, names: Vec::new(), reason: None });
    };
    let base = content.range().start + text.len() - rest.len();
    let (names, reason) = rest.split_once(':').map_or((rest, None), |(names, reason)| (names, Some(reason)));
    let place = |part: &str, at: usize| {
        let start = at + part.len() - part.trim_start().len();
        source.span(start..start + part.trim().len())
    };
    let mut at = base;
    let mut found = Vec::new();
    for part in names.split([',', ' ', '\n', '\r', '\t']) {
        if !part.is_empty() {
            found.push(Name { text: part.to_owned(), span: place(part, at), used: false });
        }
        at += part.len() + 1;
    }
    let reason = reason.map(|reason| place(reason, base + names.len() + 1)).filter(|span| !span.is_empty());
    Some(Draft { directive, span, names: found, reason })
}

/// Whether a comment is written as a directive of another tool: `connlint: ignore`, `connlint:disable=rule`.
fn is_spaced(text: &str) -> bool {
    let word = text.strip_prefix(TOOL).and_then(|rest| rest.strip_prefix(':')).map(str::trim_start);
    let first = |word: &str| word.split(|c: char| !c.is_alphabetic()).next().unwrap_or_default().to_owned();
    word.is_some_and(|word| OF_OTHERS.contains(&first(word).as_str()))
}

/// Finds what each comment covers; an end closes the last start, or if it has names the last start that has the same. One
/// with names that no start has closes the last start, too: more would be silenced otherwise.
fn resolve(drafts: Vec<Draft>, source: &SourceFile, next: impl Fn(Span) -> Option<Range<u32>>) -> Vec<Comment> {
    let end_of_file = source.text().len() as u32;
    let nothing = end_of_file..end_of_file;
    let mut comments: Vec<Comment> = Vec::new();
    let mut open = Open::default();
    for Draft { directive, span, names, reason } in drafts {
        let (covers, fault) = match directive {
            Directive::Next => (next(span).unwrap_or(nothing.clone()), None),
            Directive::File => (0..end_of_file, None),
            Directive::Unknown(place) => (nothing.clone(), Some(Fault::Unknown(place))),
            Directive::Start => {
                open.start(comments.len(), &names);
                (span.end..end_of_file, Some(Fault::NoEnd))
            }
            Directive::End => match open.end(&names) {
                Some((started, has_same_names)) => {
                    comments[started].covers.end = span.start;
                    comments[started].fault = None;
                    if has_same_names {
                        continue;
                    }
                    (nothing.clone(), Some(Fault::NoStart))
                }
                None => (nothing.clone(), Some(Fault::NoStart)),
            },
        };
        let names = if fault == Some(Fault::NoStart) { Vec::new() } else { names };
        comments.push(Comment { span, line: whole_line(source, span), names, reason, fault, covers });
    }
    comments
}

/// The lines of a comment with their line ending, if nothing else is on them; else the comment, with the spaces before it
/// if it ends its line.
fn whole_line(source: &SourceFile, span: Span) -> Span {
    let text = source.text();
    let start = line_start(text, span.range().start);
    let end = text[span.range().end..].find('\n').map_or(text.len(), |at| span.range().end + at + 1);
    let before = text[start..span.range().start].trim_end();
    if !text[span.range().end..end].trim().is_empty() {
        return span;
    }
    if before.is_empty() { source.span(start..end) } else { source.span(start + before.len()..span.range().end) }
}

/// Drops the findings that the comments silence, and says how many there were.
pub fn apply(comments: &mut [Comment], diagnostics: &mut Vec<Diagnostic>) -> usize {
    if comments.is_empty() {
        return 0;
    }
    mark_used(comments, diagnostics);
    let mut silenced: BTreeMap<&str, Silenced> = BTreeMap::new();
    for comment in comments.iter() {
        for name in &comment.names {
            silenced.entry(&name.text).or_default().0.push((comment.covers.start, comment.covers.end));
        }
    }
    silenced.values_mut().for_each(Silenced::arrange);
    let before = diagnostics.len();
    diagnostics.retain(|diagnostic| {
        let start = diagnostic.finding.primary.span.start;
        !names_of(diagnostic.rule).any(|name| silenced.get(name).is_some_and(|silenced| silenced.holds(start)))
    });
    before - diagnostics.len()
}

/// Takes names for used whose rules could not judge the file.
pub fn spare(comments: &mut [Comment], is_spared: impl Fn(&str) -> bool) {
    for name in comments.iter_mut().flat_map(|comment| &mut comment.names) {
        name.used |= is_spared(&name.text);
    }
}

/// The names by which a comment can silence a rule: its own and that of its group.
pub fn names_of(rule: &str) -> impl Iterator<Item = &str> {
    std::iter::once(rule).chain(rule.split_once('/').map(|(group, _)| group))
}

/// Marks each name in a comment that covers a finding of its rule or group.
fn mark_used(comments: &mut [Comment], diagnostics: &[Diagnostic]) {
    let mut places: BTreeMap<&str, Vec<u32>> = BTreeMap::new();
    for diagnostic in diagnostics {
        for name in names_of(diagnostic.rule) {
            places.entry(name).or_default().push(diagnostic.finding.primary.span.start);
        }
    }
    for places in places.values_mut() {
        places.sort_unstable();
    }
    for Comment { covers, names, .. } in comments {
        for name in names {
            let places = places.get(name.text.as_str()).map_or(&[][..], Vec::as_slice);
            let first = places.get(places.partition_point(|place| *place < covers.start));
            name.used |= first.is_some_and(|place| *place < covers.end || *place == covers.start);
        }
    }
}

/// What the comments that name a rule or group cover: start and end of each part, in order of the starts.
#[derive(Default)]
struct Silenced(Vec<(u32, u32)>);

impl Silenced {
    /// Puts the parts in order; the end of each becomes the farthest of those up to it.
    fn arrange(&mut self) {
        self.0.sort_unstable();
        let mut farthest = 0;
        for (start, end) in &mut self.0 {
            // Also an empty part covers what begins where it is.
            farthest = farthest.max(*end).max(*start + 1);
            *end = farthest;
        }
    }

    fn holds(&self, place: u32) -> bool {
        let before = self.0.partition_point(|(start, _)| *start <= place);
        before > 0 && place < self.0[before - 1].1
    }
}
