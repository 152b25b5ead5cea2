//! `guide/typo`

use std::collections::BTreeSet;

use crate::diagnostic::{Applicability, Edit, Finding, Fix, Severity};
use crate::guide::slips::{WordSlip, slips};
use crate::guide::words::{thirds, word_at};
use crate::guide::{BlockKind, Guide, Image, LinkForm, Style};
use crate::profile::typos;
use crate::rule::{Page, Rule};
use crate::searchable::Searchable;

pub const RULE: Rule = Rule::guide("guide/typo", include_str!("typo.md"), check).warning().safe_fix();

/// Words with fewer different letters are sounds and patterns.
const FEWEST_LETTERS: usize = 4;

/// Letters of the forms of dates: `ddMMyyyyhhmmss`.
const OF_DATES: &str = "adhmsyz";

/// Shorter names are one slip away from too many words.
const SHORTEST_NAME: usize = 6;

/// Verbs that begin a step.
const STEPS: [&str; 16] = [
    "Add", "Choose", "Click", "Copy", "Create", "Enter", "Fill", "Go", "Log", "Navigate", "Open", "Paste", "Scroll",
    "Select", "Set", "Type",
];

/// Words that begin another part of a step.
const GO_ON: [&str; 10] = ["and", "at", "from", "if", "in", "on", "or", "then", "to", "under"];

/// Words of the label that a step ends with.
const LONGEST_LABEL: usize = 4;

/// What a product has, besides the words of products.
const OWNED: [&str; 5] = ["frontend", "site", "guide", "settings", "page"];

/// Words that begin a clause.
const CLAUSES: [&str; 5] = ["see", "if", "when", "please", "then"];

/// Shorter words before a full stop may be abbreviations.
const SHORTEST_SENTENCE_END: usize = 5;

fn check(page: &Page<'_>, found: &mut Vec<Finding>) {
    listed(page, found);
    unlisted(page, found);
    names(page, found);
    split_sentences(page.guide, found);
    joined_steps(page.guide, found);
    possessives(page, found);
    tripled(page, found);
    in_images(page, found);
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
        // A wrong article is not misread.
        found.push(if article_of.is_some() { finding.severity(Severity::Info) } else { finding });
    }
}

/// A clause in lowercase after a full stop: "For more information. see the page".
fn split_sentences(guide: &Guide, found: &mut Vec<Finding>) {
    let text = &guide.text;
    for (at, word) in CLAUSES.iter().flat_map(|word| text.starts_of(word).map(move |at| (at, *word))) {
        let Some(before) = text.as_str()[..at].strip_suffix(". ") else { continue };
        let last = before.bytes().rev().take_while(u8::is_ascii_alphabetic).count();
        let is_lower = text.as_str()[at..].starts_with(word);
        let is_word = last >= SHORTEST_SENTENCE_END || at > 2 && text.style_at(at - 3).has(Style::STRONG);
        if is_word && is_lower && !text.any_has(at - 2..at, Style::CODE) {
            let place = text.span_of(at - 2..at + word.len());
            let finding = Finding::new(place, format!("full stop before `{word}` in lowercase"));
            found.push(finding.help("use a comma, or begin a sentence"));
        }
    }
}

/// Two steps with a comma between them: "Enter the key, click **Next**".
fn joined_steps(guide: &Guide, found: &mut Vec<Finding>) {
    let text = guide.text.as_str();
    for id in (0..guide.blocks.len()).filter(|id| matches!(guide.blocks[*id].kind, BlockKind::Item(_))) {
        let own = guide.own_text(id);
        let step = text[own.clone()].trim_end().trim_end_matches('.');
        let first = step.split(' ').next().unwrap_or_default();
        let Some((before, last)) = step.rsplit_once(", ").filter(|_| STEPS.contains(&first)) else { continue };
        let is_label = |label: &str| !label.contains(['.', '\n', ':']) && label.split(' ').count() <= LONGEST_LABEL;
        let verb = ["click ", "select ", "press "].iter().find(|verb| last.strip_prefix(**verb).is_some_and(is_label));
        // "Open the page, and then on the left, click ..."
        let goes_on = before
            .rsplit_once(", ")
            .is_some_and(|(_, part)| GO_ON.contains(&part.split(' ').next().unwrap_or_default()));
        if let Some(verb) = verb.filter(|_| !goes_on && !before.contains(['.', '\n', ':'])) {
            let place = own.start + before.len();
            let span = guide.text.span_of(place..place + 2 + verb.len() - 1);
            let finding = Finding::new(span, format!("comma between two steps, before `{}`", verb.trim_end()));
            let help = format!("use `, and {}`, or two steps", verb.trim_end());
            found.push(finding.help(help).severity(Severity::Info));
        }
    }
}

/// The connector's name with the `s` of a possessive and no apostrophe, or with one before its own last letter.
fn possessives(page: &Page<'_>, found: &mut Vec<Finding>) {
    let (guide, text) = (page.guide, page.guide.text.as_str());
    let Some(name) = page.contract.connector.as_ref().map(|connector| connector.value.as_str()) else { return };
    let Some(first) = name.split(|c: char| !c.is_alphanumeric()).next().filter(|_| name.len() >= SHORTEST_NAME) else {
        return;
    };
    let forms = match name.strip_suffix('s') {
        Some(stem) => [format!("{stem}'s"), format!("{stem}’s")].map(|form| (form, format!("{name}'"))).to_vec(),
        None => vec![(format!("{name}s"), format!("{name}'s"))],
    };
    for (written, meant) in forms {
        let key = if first.len() < name.len() { first } else { written.split(['\'', '’']).next().unwrap_or(first) };
        for at in guide.text.starts_of(key).filter(|at| text[*at..].starts_with(written.as_str())) {
            let place = at..at + written.len();
            let next =
                text[place.end..].strip_prefix(' ').and_then(|rest| rest.split(|c: char| !c.is_alphanumeric()).next());
            let is_owned = next.is_some_and(|next| {
                page.profile.product_words.iter().any(|word| word == next) || OWNED.contains(&next)
            });
            let span = guide.text.span_of(place.clone());
            if is_owned && guide.slice(span) == written && !guide.text.any_has(place, Style::CODE) {
                let finding = Finding::new(span, format!("apostrophe of `{written}` missing or misplaced"));
                found.push(finding.replace_with(&meant, Applicability::Unsafe));
            }
        }
    }
}

/// A letter three times in a row inside a word.
fn tripled(page: &Page<'_>, found: &mut Vec<Finding>) {
    let (guide, text) = (page.guide, page.guide.text.as_str());
    let bytes = text.as_bytes();
    let mut end = 0;
    for at in thirds(bytes) {
        let letter = bytes[at];
        if at < end || !letter.is_ascii_lowercase() {
            continue;
        }
        let before = bytes[..at - 2].iter().rev().take_while(|byte| byte.is_ascii_alphabetic()).count();
        let start = at - 2 - before;
        end = at + bytes[at..].iter().take_while(|byte| byte.is_ascii_alphabetic()).count();
        let Some(word) = word_at(&guide.text, start..end).filter(|word| may_be_slip(word.text)) else { continue };
        let run = bytes[at..end].iter().take_while(|byte| **byte == letter).count();
        let meant = format!("{}{}", &text[start..at], &text[at + run..end]);
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
        for (range, correct) in typos::find_in(&Searchable::new(alt)) {
            let is_word = |c: Option<char>| c.is_none_or(|c| c.is_whitespace() || ",;:!?()\"'".contains(c));
            let next = alt[range.end..].trim_start_matches('.').chars().next();
            if is_word(alt[..range.start].chars().next_back()) && is_word(next) {
                let start = at + range.start;
                let span = guide.source.span(start..start + range.len());
                let finding = Finding::new(span, format!("misspelled word in alternative text: `{}`", &alt[range]));
                found.push(finding.replace_with(&correct, Applicability::Safe));
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

/// The connector's name, or a product's, with one slip inside, beside the right spelling.
fn names(page: &Page<'_>, found: &mut Vec<Finding>) {
    let (guide, text) = (page.guide, page.guide.text.as_str());
    let own = page.contract.connector.as_ref().map(|connector| connector.value.as_str());
    let products = page.profile.product_names.as_slice().iter().map(String::as_str);
    let is_name = |name: &&str| name.len() >= SHORTEST_NAME && name.bytes().all(|byte| byte.is_ascii_alphabetic());
    let stands_twice = |name: &&str| guide.text.starts_of(name).nth(1).is_some();
    let names: Vec<&str> = own.into_iter().chain(products).filter(is_name).filter(stands_twice).collect();
    if names.is_empty() {
        return;
    }
    let is_repeated =
        |word: &str| guide.text.starts_of(word).filter(|at| text[*at..].starts_with(word)).nth(1).is_some();
    for start in guide.text.words().iter().map(|word| word.start as usize) {
        // Most words are not names.
        if !text.as_bytes()[start].is_ascii_uppercase() {
            continue;
        }
        let length = text[start..].bytes().take_while(u8::is_ascii_alphabetic).count();
        let letters = &text[start..start + length];
        let Some(name) = names.iter().find(|name| has_slip(name, letters)) else { continue };
        let Some(word) = word_at(&guide.text, start..start + length) else { continue };
        let span = guide.text.span_of(word.range());
        if guide.slice(span) == word.text && !is_repeated(word.text) && is_repeated(name) {
            let fix = Fix::needs_review(format!("use `{name}`"), vec![Edit::replace(span, *name)]);
            let message = format!("misspelled word `{}`", word.text);
            found.push(Finding::new(span, message).help(format!("use `{name}` as elsewhere on the page")).fix(fix));
        }
    }
}

/// Whether a letter inside is missing, doubled, wrong or at its neighbour's place. At the ends, forms of
/// a word differ, and other words begin.
fn has_slip(name: &str, word: &str) -> bool {
    let ends = |text: &str| (text.as_bytes().first().copied(), text.as_bytes().last().copied());
    name != word
        && name.len().abs_diff(word.len()) <= 1
        && ends(name) == ends(word)
        && strsim::osa_distance(&name.to_ascii_lowercase(), &word.to_ascii_lowercase()) == 1
}
