//! Rounds of fixes until nothing changes, without those fixes that keep the others from it.

use std::collections::{BTreeMap, BTreeSet, HashSet};

use super::Round;
use crate::diagnostic::{Applicability, Diagnostic, Severity};

/// A text that still changes after so many rounds never comes to rest: fixes undo each other.
const MOST_ROUNDS: usize = 16;

/// After so many single fixes were skipped, the other fixes of their rules are skipped too.
const MOST_SINGLE: usize = 8;

/// What rounds of fixes made of a text.
#[derive(Debug, PartialEq, Eq)]
pub struct Mended {
    /// The text afterwards.
    pub text: String,
    /// How many fixes were applied, over all rounds.
    pub applied: usize,
    /// The fixes that were not applied, since the text would not have come to rest with them, or would
    /// have been worse.
    pub skipped: Vec<Skipped>,
}

/// A fix that was not applied.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Skipped {
    /// The line of the text, from 1.
    pub line: u32,
    /// The rule whose fix it is.
    pub rule: &'static str,
    /// Why it was not applied.
    pub reason: Reason,
}

/// Why a fix was not applied.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Reason {
    /// It and another fix, or it and itself, undo each other without end.
    Conflict,
    /// More would be wrong than before.
    AddsFindings,
}

/// A fix through all rounds: its rule, and the line of the first text that it changes.
type Place = (u32, &'static str);

/// Applies fixes, asks `check` about the text that results, and so on until no fix is left.
///
/// `check` gives the findings of a text, those to prefer first; fixes that are less sure than `accept`
/// are passed over. If the text does not come to rest, or has more findings of one kind and fewer of none,
/// the fixes that make it so are skipped, and the rest is applied.
pub fn apply_until_stable(text: &str, accept: Applicability, check: impl FnMut(&str) -> Vec<Diagnostic>) -> Mended {
    let mut trials = Trials { text, accept, check };
    let mut skipped: BTreeMap<Place, Reason> = BTreeMap::new();
    loop {
        let trial = trials.run(&skipped.keys().copied().collect());
        let Some(reason) = trial.fault else {
            let skipped = skipped.into_iter().map(|((line, rule), reason)| Skipped { line, rule, reason });
            return Mended { text: trial.text, applied: trial.applied.len(), skipped: skipped.collect() };
        };
        let mut places = trial.applied;
        if skipped.len() < MOST_SINGLE {
            places = vec![trials.culprit(&places, &skipped)];
        } else if places.iter().any(|place| skipped.keys().any(|(_, rule)| *rule == place.1)) {
            places.retain(|place| skipped.keys().any(|(_, rule)| *rule == place.1));
        }
        skipped.extend(places.into_iter().map(|place| (place, reason)));
    }
}

/// Fixes a text again and again, each time without other fixes.
struct Trials<'a, F> {
    text: &'a str,
    accept: Applicability,
    check: F,
}

/// What became of a text.
struct Trial {
    text: String,
    /// The fixes in the order of their application.
    applied: Vec<Place>,
    fault: Option<Reason>,
}

impl<F: FnMut(&str) -> Vec<Diagnostic>> Trials<'_, F> {
    fn run(&mut self, skipped: &BTreeSet<Place>) -> Trial {
        let mut trial = Trial { text: self.text.to_owned(), applied: Vec::new(), fault: Some(Reason::Conflict) };
        let mut origins: Vec<u32> = (1..=lines_of(self.text)).collect();
        let (mut seen, mut first) = (HashSet::new(), None::<Vec<Diagnostic>>);
        for _ in 0..MOST_ROUNDS {
            let found = (self.check)(&trial.text);
            let applied = trial.applied.len();
            let (text, lines) = self.round(&mut trial, &found, &origins, skipped);
            if trial.applied.len() == applied || text == trial.text {
                trial.fault = first.is_some_and(|first| is_worse(&first, &found)).then_some(Reason::AddsFindings);
                break;
            }
            first.get_or_insert(found);
            origins = lines;
            if !seen.insert(std::mem::replace(&mut trial.text, text)) {
                break;
            }
        }
        trial
    }

    /// One round: the text and the origin of its lines afterwards.
    fn round(
        &self,
        trial: &mut Trial,
        found: &[Diagnostic],
        origins: &[u32],
        skipped: &BTreeSet<Place>,
    ) -> (String, Vec<u32>) {
        let text = trial.text.as_str();
        let starts: Vec<usize> = memchr::memchr_iter(b'\n', text.as_bytes()).collect();
        let line = |at: u32| origins[starts.partition_point(|start| *start < at as usize)];
        let mut round = Round::default();
        for diagnostic in found {
            let Some(fix) = diagnostic.finding.fix.as_ref().filter(|fix| fix.applicability <= self.accept) else {
                continue;
            };
            let place = (line(diagnostic.finding.primary.span.start), diagnostic.rule);
            if !skipped.contains(&place) && round.accepts(text, fix) {
                trial.applied.push(place);
            }
        }
        (round.spliced(text), moved(text, &mut round, origins))
    }

    /// The first of the applied fixes that must be skipped together with those before it for the rest to be sound.
    fn culprit(&mut self, applied: &[Place], skipped: &BTreeMap<Place, Reason>) -> Place {
        let mut known = BTreeSet::new();
        let places: Vec<Place> = applied.iter().copied().filter(|place| known.insert(*place)).collect();
        let (mut low, mut high) = (0, places.len() - 1);
        while low < high {
            let middle = usize::midpoint(low, high);
            let without = skipped.keys().chain(&places[..=middle]).copied().collect();
            if self.run(&without).fault.is_none() {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        places[low]
    }
}

fn lines_of(text: &str) -> u32 {
    memchr::memchr_iter(b'\n', text.as_bytes()).count() as u32 + 1
}

/// The origin of each line after the edits of a round. What is inserted comes from the line where it is.
fn moved(text: &str, round: &mut Round<'_>, origins: &[u32]) -> Vec<u32> {
    let breaks = |text: &str| memchr::memchr_iter(b'\n', text.as_bytes()).count();
    let mut lines = vec![origins[0]];
    let (mut done, mut line) = (0, 0);
    for (range, replacement) in round.sorted() {
        let kept = breaks(&text[done..range.start]);
        lines.extend(&origins[line + 1..=line + kept]);
        line += kept;
        lines.extend(std::iter::repeat_n(origins[line], breaks(replacement)));
        line += breaks(&text[range.clone()]);
        done = range.end;
    }
    lines.extend(&origins[line + 1..]);
    lines
}

/// Whether some rule has more findings than before, and none has fewer that are as severe: where one is fixed,
/// another that it hid may come to light.
fn is_worse(before: &[Diagnostic], after: &[Diagnostic]) -> bool {
    let mut counts: BTreeMap<(Severity, &str), (usize, usize)> = BTreeMap::new();
    for diagnostic in before {
        counts.entry((diagnostic.severity, diagnostic.rule)).or_default().0 += 1;
    }
    for diagnostic in after {
        counts.entry((diagnostic.severity, diagnostic.rule)).or_default().1 += 1;
    }
    let most = |changed: fn(&(usize, usize)) -> bool| {
        counts.iter().filter(|(_, count)| changed(count)).map(|((severity, _), _)| *severity).max()
    };
    most(|(before, after)| after > before) > most(|(before, after)| after < before)
}
