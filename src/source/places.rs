//! Many spans of one file, and which of them touch another one, without looking at all of them.

use super::Span;

/// The spans of a list by where they are.
#[derive(Debug, Default)]
pub struct Places {
    /// In order of their starts, outer ones first; with their index in the list.
    spans: Vec<(Span, usize)>,
    /// For each of them the nearest earlier one that reaches its start.
    outer: Vec<Option<usize>>,
}

impl Places {
    /// The places of spans of one file.
    pub fn new(spans: impl IntoIterator<Item = Span>) -> Self {
        let mut spans: Vec<(Span, usize)> = spans.into_iter().zip(0..).collect();
        spans.sort_by_key(|(span, _)| (span.start, std::cmp::Reverse(span.end)));
        let mut open: Vec<usize> = Vec::new();
        let mut outer = Vec::with_capacity(spans.len());
        for (at, (span, _)) in spans.iter().enumerate() {
            while open.pop_if(|open| spans[*open].0.end < span.start).is_some() {}
            outer.push(open.last().copied());
            open.push(at);
        }
        Self { spans, outer }
    }

    /// The indices of the spans that have a byte or an end in common with `part`, in no particular order.
    pub fn touching(&self, part: Span) -> impl Iterator<Item = usize> + '_ {
        let first = self.spans.partition_point(|(span, _)| span.start < part.start);
        let inside = self.spans[first..].iter().take_while(move |(span, _)| span.start <= part.end);
        let around = std::iter::successors(first.checked_sub(1), |at| self.outer[*at]).map(|at| &self.spans[at]);
        inside.chain(around.filter(move |(span, _)| span.end >= part.start)).map(|(_, index)| *index)
    }

    /// The indices of the spans that `part` lies in.
    pub fn around(&self, part: Span) -> impl Iterator<Item = usize> + '_ {
        let first = self.spans.partition_point(|(span, _)| span.start <= part.start);
        let around = std::iter::successors(first.checked_sub(1), |at| self.outer[*at]).map(|at| &self.spans[at]);
        around.filter(move |(span, _)| span.contains(part)).map(|(_, index)| *index)
    }
}
