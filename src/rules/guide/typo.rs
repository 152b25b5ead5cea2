//! `guide/typo`

mod glued;
mod joined;
mod names;
mod sentences;
mod steps;
mod verbs;

use std::collections::BTreeSet;

use crate::diagnostic::{Applicability, Finding, Severity};
use crate::guide::slips::{WordSlip, slips};
use crate::guide::words::word_at;
use crate::guide::{FlatText, Guide, Image, LinkForm, Style};
use crate::profile::typos;
use crate::rule::{Mark, Page, Rule};
use crate::searchable::Searchable;
use crate::spelling::meant_word;

pub const RULE: Rule = Rule::guide("guide/typo", include_str!("typo.md"), check)
    .warning()
    .safe_fix()
    .marked(&[Mark::Component, Mark::English]);

/// Bytes before an article in which the name before it begins.
const LONGEST_NAME: usize = 80;

/// Words with fewer different letters are sounds and patterns.
const FEWEST_LETTERS: usize = 4;

/// Words with few letters, two of which are alike.
const SHORT: [&str; 24] = [
    "add", "all", "been", "call", "cannot", "feed", "fill", "full", "free", "install", "keep", "less", "need",
    "needed", "needs", "off", "pass", "see", "seen", "still", "tool", "too", "well", "will",
];

/// Letters of the forms of dates: `ddMMyyyyhhmmss`.
const OF_DATES: &str = "adhmsyz";

fn check(page: &Page<'_>, found: &mut Vec<Finding>) {
    listed(page, found);
    unlisted(page, found);
    tripled(page, found);
    in_images(page, found);
    names::check(page, found);
    glued::check(page, found);
    steps::check(page, found);
    verbs::check(page, found);
    sentences::check(page, found);
    joined::check(page, found);
}

fn listed(page: &Page<'_>, found: &mut Vec<Finding>) {
    let guide = page.guide;
    let title = guide.front_matter("title").and_then(|title| title.as_str()).unwrap_or_default();
    // A product may spell its name as it likes.
    let is_in_title = |word: &str| title.to_lowercase().contains(&word.to_lowercase());
    for (range, correct) in typos::find_in(&guide.text.searchable()) {
        let Some(word) = word_at(&guide.text, range) else { continue };
        let span = guide.text.span_of(word.range());
        // Markup inside the word: what its letters are is not certain.
        if guide.slice(span) != word.text || is_in_title(word.text) || is_handle(guide, word.start) {
            continue;
        }
        // Two words in the place of one that begins a name: "Alot Hashachar".
        let rest = guide.text.as_str()[word.range().end..].trim_start_matches(' ');
        if correct.contains(' ') && word.text.starts_with(char::is_uppercase) && rest.starts_with(char::is_uppercase) {
            continue;
        }
        // A heading's id changes with its words, and links may lead there.
        let is_safe = !guide.text.style_at(word.start).has(Style::HEADING);
        let finding = Finding::new(span, format!("misspelled word `{}`", word.text));
        found.push(finding.replace_with(&correct, Applicability::safe_if(is_safe)));
    }
}

/// Slips that the list does not have.
fn unlisted(page: &Page<'_>, found: &mut Vec<Finding>) {
    let guide = page.guide;
    let title = guide.front_matter("title").and_then(|title| title.as_str()).unwrap_or_default().to_lowercase();
    for WordSlip { range, meant, is_word, article_of } in slips(guide) {
        let range_start = range.start;
        let (span, written) = (guide.text.span_of(range.clone()), &guide.text.as_str()[range]);
        let is_listed = || typos::find_in(&Searchable::new(written)).next().is_some();
        if guide.slice(span) != written
            || is_handle(guide, range_start)
            || !is_word && (title.contains(&written.to_lowercase()) || is_listed())
        {
            continue;
        }
        let message = match &article_of {
            Some(word) => format!("wrong article `{written}` before `{word}`"),
            None if is_word => format!("wrong word `{written}`"),
            None => format!("misspelled word `{written}`"),
        };
        // An article may be a slip of another word: "the ID an secret".
        let finding = Finding::new(span, message).replace_with(&meant, Applicability::Unsafe);
        // "Copy the key an paste it"
        let finding = if article_of.is_some() && meant == "a" && has_noun_before(&guide.text, range_start) {
            Finding { fix: None, ..finding.help("use `and`, or `a`") }
        } else {
            finding
        };
        // A wrong article is not misread.
        found.push(if article_of.is_some() { finding.severity(Severity::Info) } else { finding });
    }
}

/// Whether a name with its own article is right before an article, or what is set apart is.
fn has_noun_before(text: &FlatText, article: usize) -> bool {
    let before = text.as_str()[text.line_before(article, LONGEST_NAME)].trim_end();
    let is_set = [Style::STRONG, Style::CODE].iter().any(|style| article > 1 && text.style_at(article - 2).has(*style));
    let mut words = before.rsplit(' ');
    let is_word = words.next().is_some_and(|word| word.chars().all(char::is_alphanumeric));
    is_set || is_word && words.next().is_some_and(|word| ["the", "your"].contains(&&*word.to_lowercase()))
}

/// A letter three times in a row inside a word.
fn tripled(page: &Page<'_>, found: &mut Vec<Finding>) {
    let (guide, text) = (page.guide, page.guide.text.as_str());
    let bytes = text.as_bytes();
    let mut end = 0;
    let is_third = |at: &usize| bytes[at - 1] == bytes[*at] && bytes[at - 2] == bytes[*at];
    for at in (2..bytes.len()).filter(is_third) {
        let letter = bytes[at];
        if at < end || !letter.is_ascii_lowercase() {
            continue;
        }
        let before = bytes[..at - 2].iter().rev().take_while(|byte| byte.is_ascii_alphabetic()).count();
        let start = at - 2 - before;
        end = at + bytes[at..].iter().take_while(|byte| byte.is_ascii_alphabetic()).count();
        let Some(word) = word_at(&guide.text, start..end) else { continue };
        let run = bytes[at..end].iter().take_while(|byte| **byte == letter).count();
        let meant = format!("{}{}", &text[start..at], &text[at + run..end]);
        if !may_be_slip(word.text) && !SHORT.contains(&meant.as_str()) {
            continue;
        }
        let span = guide.text.span_of(start..end);
        // The list of misspellings knows some of them.
        let is_listed = typos::find_in(&Searchable::new(word.text)).next().is_some();
        // A name may have any letters: `@stilllman`, `YesssSMS`.
        let is_name = word.text.chars().skip(1).any(char::is_uppercase) || is_handle(guide, start);
        if guide.slice(span) == word.text && !is_listed && !is_name {
            let message = format!("misspelled word `{}`: `{}` {} times in a row", word.text, letter as char, run + 2);
            found.push(Finding::new(span, message).replace_with(&meant, Applicability::Unsafe));
        }
    }
}

/// Whether a word is a handle (`@name`), or is in a link whose address has it, too: the name of an account.
fn is_handle(guide: &Guide, start: usize) -> bool {
    let text = guide.text.as_str();
    if text[..start].ends_with('@') {
        return true;
    }
    if !guide.text.style_at(start).has(Style::LINK) {
        return false;
    }
    let at = start as u32;
    let link = guide.links.partition_point(|link| link.text.start <= at);
    let link = guide.links[..link].last().filter(|link| at < link.text.end);
    let length = text[start..].find(|c: char| !c.is_alphanumeric()).unwrap_or(text.len() - start);
    let word = text[start..start + length].to_lowercase();
    link.is_some_and(|link| link.target.contains("://") && link.target.to_lowercase().contains(&word))
}

/// Whether a word is more than a sound, a number in Roman letters or the form of a date.
fn may_be_slip(word: &str) -> bool {
    let kinds: BTreeSet<char> = word.chars().map(|c| c.to_ascii_lowercase()).collect();
    kinds.len() >= FEWEST_LETTERS && !kinds.iter().all(|letter| OF_DATES.contains(*letter))
}

/// Misspellings in the texts of images.
fn in_images(page: &Page<'_>, found: &mut Vec<Finding>) {
    let guide = page.guide;
    for image in &guide.images {
        let Some(alt) = image.alt.as_deref().filter(|alt| !alt.is_empty()) else { continue };
        let Some(at) = text_of_image(guide, image) else { continue };
        let searchable = Searchable::new(alt);
        let listed = typos::find_in(&searchable).map(|(range, correct)| (range, correct, Applicability::Safe));
        let base = alt.as_ptr() as usize;
        let unlisted = alt.split(|c: char| !c.is_alphanumeric()).filter_map(|word| {
            let start = word.as_ptr() as usize - base;
            let is_listed = || typos::find_in(&Searchable::new(word)).next().is_some();
            let meant = meant_word(word).filter(|_| !is_listed())?;
            Some((start..start + word.len(), meant, Applicability::Unsafe))
        });
        for (range, correct, applicability) in listed.chain(unlisted) {
            let is_word = |c: Option<char>| c.is_none_or(|c| c.is_whitespace() || ",;:!?()\"'".contains(c));
            let next = alt[range.end..].trim_start_matches('.').chars().next();
            if is_word(alt[..range.start].chars().next_back()) && is_word(next) {
                let start = at + range.start;
                let span = guide.source.span(start..start + range.len());
                let finding = Finding::new(span, format!("misspelled word in alternative text: `{}`", &alt[range]));
                found.push(finding.replace_with(&correct, applicability));
            }
        }
    }
}

/// Where the text of an image is in the source, if it is written there as the reader gets it.
fn text_of_image(guide: &Guide, image: &Image) -> Option<usize> {
    let alt = image.alt.as_deref()?;
    if image.form == LinkForm::Html {
        let tag = guide.tags.binary_search_by_key(&image.span.start, |tag| tag.span.start).ok()?;
        let attribute = guide.tags[tag].attributes.iter().find(|attribute| attribute.name == "alt")?;
        let (_, place) = attribute.value.as_ref()?;
        return (guide.slice(*place) == alt).then_some(place.range().start);
    }
    // The text is before the target, and the same words may be in both.
    Some(image.span.range().start + guide.slice(image.span).split("](").next()?.find(alt)?)
}
