//! `guide/title-mismatch`

use crate::contract::Found;
use crate::diagnostic::{Finding, Severity};
use crate::nearest;
use crate::profile::{fold, in_address};
use crate::rule::names::{fuller_name, is_alike, words};
use crate::rule::{Page, Rule};

pub const RULE: Rule = Rule::convention("guide/title-mismatch", include_str!("title_mismatch.md"), check).warning();

/// Shorter words are one slip away from too many others.
const SHORTEST_WORD: usize = 5;

/// More words are not a name.
const MOST_WORDS: usize = 12;

fn check(page: &Page<'_>, found: &mut Vec<Finding>) {
    let Some(connector) = &page.contract.connector else { return };
    title(page, connector, found);
    section(page, connector, found);
    slip(page, connector, found);
    part(page, connector, found);
}

/// A title without the words by which the permalink names another product of the same vendor.
fn part(page: &Page<'_>, connector: &Found<String>, found: &mut Vec<Finding>) {
    let (Some(permalink), Some(span), Some(name)) = (&page.contract.permalink, connector.span, fuller_name(page))
    else {
        return;
    };
    let message = format!("title mismatch: `{}` in the title, `{}` in the permalink", connector.value, permalink.value);
    let finding = Finding::new(span, message).help(format!("use one name in both, such as `{name}`"));
    found.push(finding.maybe_label(permalink.span, "permalink"));
}

/// Whether two words are one slip apart; a plural is another word.
fn has_slip(word: &str, right: &str) -> bool {
    let (word, right) = (word.to_lowercase(), right.to_lowercase());
    let is_plural = word.strip_suffix('s') == Some(right.as_str()) || right.strip_suffix('s') == Some(word.as_str());
    word.len().min(right.len()) >= SHORTEST_WORD && !is_plural && nearest::slips(&word, &right, 1) == Some(1)
}

/// A word of the title with one slip, where both the permalink and the text have it right.
fn slip(page: &Page<'_>, connector: &Found<String>, found: &mut Vec<Finding>) {
    let (Some(permalink), Some(span)) = (&page.contract.permalink, connector.span) else { return };
    let text = page.guide.text.as_str();
    let is_in_text = |word: &str| page.guide.text.starts_of(word).next().is_some();
    for word in words(&connector.value)
        .take(MOST_WORDS)
        .filter(|word| word.chars().all(char::is_alphabetic) && !is_in_text(word))
    {
        let Some(right) = words(&permalink.value).take(MOST_WORDS).find(|right| has_slip(word, right)) else {
            continue;
        };
        let Some(at) = page.guide.text.starts_of(right).last() else { continue };
        let Some(written) = text.get(at..at + right.len()) else { continue };
        if written.starts_with(char::is_uppercase) && written.eq_ignore_ascii_case(right) {
            let finding = Finding::new(
                span,
                format!("title mismatch: `{word}` in the title, `{written}` in the permalink and the text"),
            );
            let finding = finding.label(page.guide.text.span_of(at..at + right.len()), "first occurrence in the text");
            found.push(finding.help(format!("use `{written}`")));
        }
    }
}

/// The first section under a name of which no word is anywhere else in the guide. One word alone, or words such as
/// `account` and `key`, may be the section's subject.
fn section(page: &Page<'_>, connector: &Found<String>, found: &mut Vec<Finding>) {
    let Some(heading) = page.guide.headings.iter().find(|heading| heading.level <= 2) else { return };
    let Some(name) = page.profile.sections.named_connector(&heading.text) else { return };
    let is_common = |word: &str| {
        let of_product = page.profile.product_words.iter().any(|common| common.eq_ignore_ascii_case(word));
        of_product || page.profile.values.name_endings.contains(word)
    };
    let permalink = page.contract.permalink.as_ref().map_or("", |permalink| permalink.value.as_str());
    let may_be_name = words(name).count() > 1
        && words(name).all(|word| word.starts_with(char::is_uppercase) && !is_common(word))
        && ![connector.value.as_str(), permalink].iter().any(|own| is_alike(own, name));
    if !may_be_name {
        return;
    }
    let text = page.guide.text.as_str().to_lowercase();
    let times = |word: &str| text.matches(&word.to_lowercase()).count();
    let is_other = words(name).all(|word| times(word) == 1) && words(&connector.value).any(|word| times(word) > 0);
    if is_other {
        let finding = Finding::new(
            heading.content,
            format!("title mismatch: `{name}` in the first section, `{}` in the title", connector.value),
        )
        .help(format!("use `{}`", connector.value));
        found.push(finding.maybe_label(connector.span, "title"));
    }
}

/// A title and a permalink that have nothing in common: one of them was left over from another guide.
fn title(page: &Page<'_>, connector: &Found<String>, found: &mut Vec<Finding>) {
    let (Some(permalink), Some(span)) = (&page.contract.permalink, connector.span) else { return };
    let address = fold(&permalink.value);
    let is_spelled =
        |word: &str| address.contains(&fold(word)) || in_address(word).iter().any(|word| address.contains(word));
    let is_in_address = words(&connector.value).any(is_spelled);
    let is_in_text = || words(&connector.value).any(|word| page.guide.text.as_str().contains(word));
    if is_in_address || is_alike(&connector.value, &permalink.value) {
        return;
    }
    let (in_text, address_in_text) = (is_in_text(), address_is_in_text(page, &permalink.value));
    if in_text && address_in_text {
        return;
    }
    // The guide is about what its address says, and never names what its title says.
    let is_name = words(&connector.value).all(|word| word.starts_with(char::is_uppercase));
    let severity = if is_name && !in_text && address_in_text { Severity::Error } else { Severity::Warning };
    let finding = Finding::new(
        span,
        format!("title mismatch: `{}` in the title, `{}` in the permalink", connector.value, permalink.value),
    )
    .help("use the name of one connector in both")
    .severity(severity);
    found.push(finding.maybe_label(permalink.span, "permalink"));
}

/// Whether the guide speaks of what its permalink is called after.
fn address_is_in_text(page: &Page<'_>, permalink: &str) -> bool {
    let text = page.guide.text.as_str().to_lowercase();
    let guides = &page.profile.guides;
    let name =
        permalink.trim_end_matches(guides.setup.suffix.as_str()).trim_end_matches(guides.information.suffix.as_str());
    words(name).all(|word| text.contains(&word.to_lowercase()))
}
