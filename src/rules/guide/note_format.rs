//! `guide/note-format`

use std::collections::HashSet;

use crate::diagnostic::{Edit, Finding, Fix};
use crate::guide::notes::{Note, notes};
use crate::guide::{BlockKind, Section};
use crate::profile::Notes;
use crate::rule::{Page, Rule};

pub const RULE: Rule = Rule::convention("guide/note-format", include_str!("note_format.md"), check).info().safe_fix();

/// Headings that say nothing but that what is below them is to be read.
const CALLS: [&str; 3] = ["read me", "please read", "read this first"];

/// Blocks of the longest remark; more are a section.
const MOST_BLOCKS: usize = 3;

fn check(page: &Page<'_>, found: &mut Vec<Finding>) {
    let own = &page.profile.notes;
    let words: Vec<String> = own.words.iter().chain(&own.others).cloned().collect();
    for note in notes(page.guide, &words) {
        let form = form(own, note.word);
        let lead = form.trim_start_matches(['>', ' ']);
        let written = page.guide.source.text()[note.span.range().start..].trim_start_matches(['>', ' ']);
        if note.quoted && written.starts_with(lead) {
            continue;
        }
        let finding = match note.lead {
            Some(span) => Finding::new(span, format!("invalid note label `{}`", page.guide.slice(span))),
            None => Finding::new(note.span, "note without a label"),
        };
        let finding = finding.help(format!("use `{form}...`"));
        found.push(finding.maybe_fix(fix(page, &note, lead)));
    }
    let sections = &page.guide.sections;
    let parents: HashSet<usize> = sections.iter().filter_map(|section| section.parent).collect();
    let whole = sections.iter().enumerate().filter(|(at, _)| !parents.contains(at));
    found.extend(whole.filter_map(|(_, section)| heading(page, section, &words)));
}

/// A heading that only asks for attention, above a remark.
fn heading(page: &Page<'_>, section: &Section, words: &[String]) -> Option<Finding> {
    let guide = page.guide;
    let heading = &guide.headings[section.heading?];
    let text = heading.text.trim_matches(|c: char| !c.is_alphanumeric());
    let is_call =
        CALLS.contains(&text.to_lowercase().as_str()) || words.iter().any(|word| word.eq_ignore_ascii_case(text));
    let mut blocks = guide.blocks[section.blocks.clone()].iter();
    let is_remark =
        blocks.len() > 0 && blocks.all(|block| matches!(block.kind, BlockKind::Paragraph | BlockKind::Quote));
    // "A note in Acme is a record": the section is about a thing of that name.
    let is_thing = || {
        let own = &guide.blocks[section.blocks.clone()];
        own.iter().any(|block| guide.text_in(&block.text).to_lowercase().contains(&text.to_lowercase()))
    };
    (is_call && section.blocks.len() <= MOST_BLOCKS && is_remark && !is_thing()).then(|| {
        Finding::new(heading.span, format!("note with a heading: `{text}`"))
            .help(format!("replace the heading with `{}...`", page.profile.notes.form))
    })
}

/// The form of a note that begins with a word, one of `words` and then `others`.
fn form(notes: &Notes, word: usize) -> String {
    let other = word.checked_sub(notes.words.len()).map(|word| notes.others[word].as_str());
    match (notes.words.first(), other) {
        (Some(own), Some(other)) => notes.form.replacen(own.as_str(), other, 1),
        _ => notes.form.clone(),
    }
}

fn fix(page: &Page<'_>, note: &Note, lead: &str) -> Option<Fix> {
    let title = "format as a note";
    let Some(written) = note.lead else {
        return Some(Fix::needs_review(title, vec![Edit::insert_before(note.span, lead)]));
    };
    if !note.quoted && note.lines.is_empty() {
        return None;
    }
    let source = &page.guide.source;
    let after = &source.text()[written.range().end..];
    let blanks = after.len() - after.trim_start_matches([' ', '\t']).len();
    let lead_span = source.span(written.range().start..written.range().end + blanks);
    let mut edits: Vec<Edit> = note.lines.iter().map(|line| Edit::insert_before(*line, "> ")).collect();
    edits.push(Edit::replace(lead_span, lead));
    edits.extend(note.closing.map(Edit::remove));
    edits.sort_by_key(|edit| edit.span.start);
    Some(Fix::safe(title, edits))
}
