//! Many spans of one file, and which of them touch another one, without looking at all of them.

use super::Span;

/// The spans of a list by where they are.
#[derive(Debug, Default)]
pub struct Places {
    /// In order of their starts, outer ones first; with their index in the list.
    spans: Vec<(Span, u32)>,
    /// For each of them the nearest earlier one that reaches its start, counted from one; zero for none.
    outer: Vec<u32>,
}

impl Places {
    /// The places of spans of one file.
    pub fn new(spans: impl IntoIterator<Item = Span>) -> Self {
        let mut spans: Vec<(Span, u32)> = spans.into_iter().zip(0..).collect();
        spans.sort_by_key(|(span, _)| (span.start, std::cmp::Reverse(span.end)));
        let mut open: Vec<u32> = Vec::new();
        let mut outer = Vec::with_capacity(spans.len());
        for (count, (span, _)) in (1..).zip(&spans) {
            while open.pop_if(|open| spans[*open as usize - 1].0.end < span.start).is_some() {}
            outer.push(open.last().copied().unwrap_or_default());
            open.push(count);
        }
        Self { spans, outer }
    }

    /// The indices of the spans that have a byte or an end in common with `part`, in no particular order.
    pub fn touching(&self, part: Span) -> impl Iterator<Item = usize> + '_ {
        let first = self.spans.partition_point(|(span, _)| span.start < part.start);
        let inside = self.spans[first..].iter().take_while(move |(span, _)| span.start <= part.end);
        let around = self.reaching(first).filter(move |(span, _)| span.end >= part.start);
        inside.chain(around).map(|(_, index)| *index as usize)
    }

    /// The indices of the spans that `part` lies in.
    pub fn around(&self, part: Span) -> impl Iterator<Item = usize> + '_ {
        let first = self.spans.partition_point(|(span, _)| span.start <= part.start);
        self.reaching(first).filter(move |(span, _)| span.contains(part)).map(|(_, index)| *index as usize)
    }

    /// The last of the first `count` spans, and from each on the nearest one before it that reaches its start.
    fn reaching(&self, count: usize) -> impl Iterator<Item = &(Span, u32)> {
        let last = (count as u32 > 0).then_some(count as u32);
        let counts =
            std::iter::successors(last, |count| Some(self.outer[*count as usize - 1]).filter(|next| *next > 0));
        counts.map(|count| &self.spans[count as usize - 1])
    }
}
