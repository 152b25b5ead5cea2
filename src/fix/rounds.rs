//! Rounds of fixes until nothing changes, without those fixes that keep the others from it.

use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::ops::Range;
use std::rc::Rc;

use super::Round;
use crate::diagnostic::{Applicability, Diagnostic, Severity};

/// A text that still changes after so many rounds never comes to rest: fixes conflict.
const MOST_ROUNDS: usize = 16;

/// After so many single fixes were skipped, the other fixes of their rules are skipped too.
const MOST_SINGLE: usize = 8;

/// Rules whose findings keep a file or a value from being read: what it holds is judged only once they are fixed.
pub const HIDING: &[&str] = &[
    "config/syntax",
    "config/unknown-shape",
    "config/unknown-field",
    "guide/front-matter-syntax",
    "guide/kramdown-options-missing",
];

/// What rounds of fixes made of a text.
#[derive(Debug, PartialEq, Eq)]
pub struct FixedText {
    /// The text afterwards.
    pub text: String,
    /// How many fixes were applied, over all rounds.
    pub applied: usize,
    /// The line of the text before, from 1, and the rule of each applied fix.
    pub fixes: Vec<(u32, &'static str)>,
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
    /// It and another fix, or it and itself, conflict without end.
    Conflict,
    /// It makes an error or a warning that was not there.
    AddsFindings,
}

/// A fix through all rounds: its rule, and the line of the first text that it changes.
type Place = (u32, &'static str);

/// The first and the last line of the first text that a line comes from: fixes join lines.
type Origin = (u32, u32);

/// Applies fixes, asks `check` about the text that results, and so on until no fix is left.
///
/// `check` gives the findings of a text, those to prefer first; fixes that are less sure than `accept`
/// are skipped. If the text does not come to rest, or has an error or a warning of a rule on a line where the
/// rule found less before, the fixes that make it so are skipped, and the rest is applied.
pub fn apply_until_stable(text: &str, accept: Applicability, check: impl FnMut(&str) -> Vec<Diagnostic>) -> FixedText {
    let mut trials = Trials::new(text, accept, check);
    let mut skipped: BTreeMap<Place, Reason> = BTreeMap::new();
    loop {
        let trial = trials.run(&|place| skipped.contains_key(place));
        let mut fault = trials.fault(&trial);
        if fault == Some(Reason::AddsFindings) && trials.reveal() {
            fault = trials.fault(&trial);
        }
        let Some(reason) = fault else {
            let skipped = skipped.into_iter().map(|((line, rule), reason)| Skipped { line, rule, reason });
            let (text, fixes) = (trial.text, trial.applied);
            return FixedText { text, applied: fixes.len(), fixes, skipped: skipped.collect() };
        };
        let culprits = if skipped.len() < MOST_SINGLE {
            vec![trials.culprit(&trial.applied, &skipped)]
        } else {
            trials.suspects(&trial, &skipped)
        };
        skipped.extend(culprits.into_iter().map(|place| (place, reason)));
    }
}

/// Fixes a text again and again, each time without other fixes.
struct Trials<'a, F> {
    text: &'a str,
    accept: Applicability,
    check: F,
    /// The findings of the text.
    first: Rc<Vec<Diagnostic>>,
    /// The errors and warnings that may be left: those of the text, and those that others hid.
    known: Places,
    /// Whether those that others hid are among them.
    is_revealed: bool,
}

/// What became of a text.
struct Trial {
    text: String,
    /// The fixes in the order of their application.
    applied: Vec<Place>,
    /// Whether no fix is left.
    rests: bool,
    /// What is found in the end.
    left: Places,
}

impl<'a, F: FnMut(&str) -> Vec<Diagnostic>> Trials<'a, F> {
    fn new(text: &'a str, accept: Applicability, mut check: F) -> Self {
        let first = check(text);
        let known = Places::of(text, &first, &own_lines(text));
        Self { text, accept, check, first: Rc::new(first), known, is_revealed: false }
    }

    /// Applies all fixes but those that are skipped.
    fn run(&mut self, is_skipped: &dyn Fn(&Place) -> bool) -> Trial {
        let (text, applied, left) = (self.text.to_owned(), Vec::new(), Places::default());
        let mut trial = Trial { text, applied, rests: false, left };
        let mut origins = own_lines(self.text);
        let mut seen = HashSet::new();
        let mut found = Rc::clone(&self.first);
        for _ in 0..MOST_ROUNDS {
            let applied = trial.applied.len();
            let (text, lines) = self.round(&mut trial, &found, &origins, is_skipped);
            if trial.applied.len() == applied || text == trial.text {
                trial.rests = true;
                trial.left = Places::of(&trial.text, &found, &origins);
                break;
            }
            origins = lines;
            found = Rc::new((self.check)(&text));
            if !seen.insert(std::mem::replace(&mut trial.text, text)) {
                break;
            }
        }
        trial
    }

    fn fault(&self, trial: &Trial) -> Option<Reason> {
        if !trial.rests {
            return Some(Reason::Conflict);
        }
        trial.left.beyond(&self.known).next().map(|_| Reason::AddsFindings)
    }

    /// Takes what comes to light where only the fixes of hiding rules are applied for known, as far as it is not graver
    /// than what they fix. Returns whether there is any.
    fn reveal(&mut self) -> bool {
        let hiding = self.first.iter().filter(|diagnostic| HIDING.contains(&diagnostic.rule));
        let Some(most) = hiding.map(|diagnostic| diagnostic.severity).max().filter(|_| !self.is_revealed) else {
            return false;
        };
        self.is_revealed = true;
        let trial = self.run(&|(_, rule)| !HIDING.contains(rule));
        self.known.add(trial.left, most);
        trial.rests && !trial.applied.is_empty()
    }

    /// One round: the text and the origin of its lines afterwards.
    fn round(
        &self,
        trial: &mut Trial,
        found: &[Diagnostic],
        origins: &[Origin],
        is_skipped: &dyn Fn(&Place) -> bool,
    ) -> (String, Vec<Origin>) {
        let text = trial.text.as_str();
        let line = line_of(text, origins);
        let mut round = Round::default();
        for diagnostic in found {
            let Some(fix) = diagnostic.finding.fix.as_ref().filter(|fix| fix.applicability <= self.accept) else {
                continue;
            };
            let place = (line(diagnostic.finding.primary.span.start).1, diagnostic.rule);
            if !is_skipped(&place) && round.accepts(text, fix) {
                trial.applied.push(place);
            }
        }
        (round.spliced(text), moved(text, &mut round, origins))
    }

    /// The first of the applied fixes that must be skipped together with those before it for the rest to be sound.
    /// Fixes of hiding rules come last: without them nothing else would come to light.
    fn culprit(&mut self, applied: &[Place], skipped: &BTreeMap<Place, Reason>) -> Place {
        let mut known = BTreeSet::new();
        let mut places: Vec<Place> = applied.iter().copied().filter(|place| known.insert(*place)).collect();
        places.sort_by_key(|(_, rule)| HIDING.contains(rule));
        let (mut low, mut high) = (0, places.len() - 1);
        while low < high {
            let middle = usize::midpoint(low, high);
            let without: BTreeSet<Place> = places[..=middle].iter().copied().collect();
            let trial = self.run(&|place| skipped.contains_key(place) || without.contains(place));
            if self.fault(&trial).is_none() {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        places[low]
    }

    /// The applied fixes on lines with something new, else those of rules whose fixes were skipped, else all.
    fn suspects(&self, trial: &Trial, skipped: &BTreeMap<Place, Reason>) -> Vec<Place> {
        let lines: BTreeSet<u32> = trial.left.beyond(&self.known).collect();
        let rules: BTreeSet<&str> = skipped.keys().map(|(_, rule)| *rule).collect();
        let of = |is_one: &dyn Fn(&Place) -> bool| -> Vec<Place> {
            trial.applied.iter().copied().filter(|place| is_one(place)).collect()
        };
        let tries = [of(&|(line, _)| lines.contains(line)), of(&|(_, rule)| rules.contains(rule)), of(&|_| true)];
        tries.into_iter().find(|places| !places.is_empty()).unwrap_or_default()
    }
}

/// The lines of a text that is not changed yet.
fn own_lines(text: &str) -> Vec<Origin> {
    (1..=breaks(text) as u32 + 1).map(|line| (line, line)).collect()
}

fn breaks(text: &str) -> usize {
    memchr::memchr_iter(b'\n', text.as_bytes()).count()
}

/// The origin of the line that a byte of the text is on. What is found at the start of a text may be about all of it.
fn line_of(text: &str, origins: &[Origin]) -> impl Fn(u32) -> Origin {
    let starts: Vec<usize> = memchr::memchr_iter(b'\n', text.as_bytes()).collect();
    move |at| {
        let (first, last) = origins[starts.partition_point(|start| *start < at as usize)];
        (if at == 0 { 1 } else { first }, last)
    }
}

/// The origin of each line after the edits of a round. What is inserted comes from the line where it is.
fn moved(text: &str, round: &mut Round<'_>, origins: &[Origin]) -> Vec<Origin> {
    let mut lines = vec![origins[0]];
    let (mut done, mut line) = (0, 0);
    for (range, replacement) in round.sorted() {
        let (range, replacement) = shortened(text, range, replacement);
        let kept = breaks(&text[done..range.start]);
        lines.extend(&origins[line + 1..=line + kept]);
        line += kept;
        lines.extend(std::iter::repeat_n(origins[line], breaks(replacement)));
        line += breaks(&text[range.clone()]);
        done = range.end;
        let before = if replacement.is_empty() { &text[..range.start] } else { replacement };
        let is_whole = before.is_empty() || before.ends_with('\n');
        if let Some(joined) = lines.last_mut() {
            *joined = (if is_whole { origins[line].0 } else { joined.0 }, origins[line].1);
        }
    }
    lines.extend(&origins[line + 1..]);
    lines
}

/// An edit without what is the same at the end of the old and the new text: those lines stay.
fn shortened<'a>(text: &str, range: &Range<usize>, replacement: &'a str) -> (Range<usize>, &'a str) {
    let pairs = text[range.clone()].chars().rev().zip(replacement.chars().rev());
    let same: usize = pairs.take_while(|(old, new)| old == new).map(|(old, _)| old.len_utf8()).sum();
    (range.start..range.end - same, &replacement[..replacement.len() - same])
}

/// Errors and warnings by rule and by the lines of the first text that they come from, the gravest first.
#[derive(Default)]
struct Places(BTreeMap<(&'static str, Origin), Vec<Severity>>);

impl Places {
    fn of(text: &str, found: &[Diagnostic], origins: &[Origin]) -> Self {
        let line = line_of(text, origins);
        let mut places = Self::default();
        for diagnostic in found.iter().filter(|diagnostic| diagnostic.severity > Severity::Info) {
            let place = (diagnostic.rule, line(diagnostic.finding.primary.span.start));
            places.0.entry(place).or_default().push(diagnostic.severity);
        }
        places.0.values_mut().for_each(|severities| severities.sort_by(|a, b| b.cmp(a)));
        places
    }

    /// The last lines of those with more, or with graver ones, than the same lines have in `others`.
    fn beyond(&self, others: &Self) -> impl Iterator<Item = u32> {
        self.0.iter().filter_map(|((rule, (first, last)), severities)| {
            let same = others.0.range((*rule, (*first, *first))..=(*rule, (*last, *last)));
            let mut known: Vec<Severity> = same.flat_map(|(_, severities)| severities).copied().collect();
            known.sort_by(|a, b| b.cmp(a));
            let is_graver = severities.iter().zip(&known).any(|(severity, known)| severity > known);
            (is_graver || severities.len() > known.len()).then_some(*last)
        })
    }

    /// Adds those of `others`, but none as graver than `most`.
    fn add(&mut self, others: Self, most: Severity) {
        for ((rule, (_, last)), severities) in others.0 {
            let known = self.0.entry((rule, (last, last))).or_default();
            for (at, severity) in severities.into_iter().map(|severity| severity.min(most)).enumerate() {
                match known.get_mut(at) {
                    Some(known) => *known = severity.max(*known),
                    None => known.push(severity),
                }
            }
        }
    }
}
