//! `guide/permalink-format`

use crate::diagnostic::{Finding, Severity};
use crate::dialect::Trait;
use crate::profile::in_address;
use crate::rule::{Page, Rule};
use crate::tree::Value;

pub const RULE: Rule = Rule::convention("guide/permalink-format", include_str!("permalink_format.md"), check)
    .info()
    .needs(&[Trait::FrontMatter]);

fn check(page: &Page<'_>, found: &mut Vec<Finding>) {
    let Some(node) = page.guide.front_matter("permalink") else { return };
    if matches!(node.value, Value::Null) || node.as_str().is_some_and(|text| text.trim().is_empty()) {
        let form =
            format!("use the connector's name in lowercase, followed by `{}`", page.profile.form(page.kind).suffix);
        found.push(Finding::new(node.span, "empty permalink").help(form).severity(Severity::Error));
        return;
    }
    let Some(permalink) = node.as_str().map(|text| text.trim_matches('/')).filter(|text| !text.is_empty()) else {
        return;
    };
    let profile = page.profile;
    let mut reasons = Vec::new();
    let stem = permalink.strip_suffix(".html");
    if stem.is_some() {
        reasons.push("ends in `.html`".to_owned());
    }
    let stem = stem.unwrap_or(permalink);
    let allowed = |c: char| profile.front_matter.permalink_characters.contains(c);
    if let Some(other) = stem.chars().find(|c| !allowed(*c)) {
        reasons.push(if other.is_ascii_uppercase() {
            "has uppercase letters".to_owned()
        } else {
            format!("contains `{other}`")
        });
    }
    if stem.contains("--") {
        reasons.push("has consecutive hyphens".to_owned());
    }
    if stem.starts_with('-') || stem.ends_with('-') {
        reasons.push("starts or ends with a hyphen".to_owned());
    }
    let suffix = &profile.form(page.kind).suffix;
    let counterparts = [&profile.guides.setup.suffix, &profile.guides.information.suffix];
    // A page without text may be no guide.
    if !stem.ends_with(suffix.as_str()) && !page.guide.text.as_str().trim().is_empty() {
        reasons.push(format!("does not end in `{suffix}`"));
    }
    let linked =
        profile.front_matter.linked.as_deref().and_then(|key| page.guide.front_matter(key)?.as_bool()) == Some(true);
    let leads_nowhere = linked && !counterparts.iter().any(|suffix| permalink.contains(suffix.as_str()));
    // That the linked page is missing by the ending alone is the matter of another rule.
    if reasons.is_empty() || leads_nowhere && reasons.len() == 1 && !stem.ends_with(suffix.as_str()) {
        return;
    }
    let finding = Finding::new(node.span, format!("permalink `{permalink}` {}", enumerated(&reasons)))
        .help(help(page, stem, suffix));
    let other = &profile.form(page.kind.other()).suffix;
    // The folder says the kind of the page, and the layout links a page by the ending.
    let is_of_other_kind = !other.is_empty()
        && stem.ends_with(other.as_str())
        && profile.guide_kind(&[], page.guide.source.path()) == Some(page.kind);
    found.push(if leads_nowhere || is_of_other_kind { finding.severity(Severity::Warning) } else { finding });
}

/// Reasons as a sentence lists them.
fn enumerated(reasons: &[String]) -> String {
    match reasons {
        [first, second] => format!("{first} and {second}"),
        [first @ .., last] if first.len() > 1 => format!("{}, and {last}", first.join(", ")),
        reasons => reasons.join(", "),
    }
}

fn help(page: &Page<'_>, stem: &str, suffix: &str) -> String {
    let allowed = |c: char| page.profile.front_matter.permalink_characters.contains(c);
    let words = stem.split(|c: char| !c.is_alphanumeric()).map(|word| {
        let [_, spelled] = in_address(word);
        spelled.chars().filter(|c| allowed(*c)).collect::<String>()
    });
    let words: Vec<String> = words.filter(|word| !word.is_empty()).collect();
    let name = words.join("-");
    let name = name.find(suffix).map_or(name.as_str(), |at| &name[..at]);
    let right = format!("{}{suffix}", without_title_words(page, name));
    if page.site.pages(&right).any(|other| other.file != page.site.this_page()) {
        return format!(
            "use lowercase letters, digits and hyphens, followed by `{suffix}` (another page has `{right}`)"
        );
    }
    format!("use `{right}`, and update the links to the page")
}

/// The connector's name in a permalink: without the words of titles around it, unless nothing else is there.
fn without_title_words<'a>(page: &Page<'_>, name: &'a str) -> &'a str {
    let words = || page.profile.guides.title_words.iter().map(|word| word.replace(' ', "-"));
    let after = |name: &'a str| words().find_map(|word| name.strip_prefix(&word)?.strip_prefix('-'));
    let before = |name: &'a str| words().find_map(|word| name.strip_suffix(&word)?.strip_suffix('-'));
    let mut rest = name;
    while let Some(shorter) = after(rest).or_else(|| before(rest)) {
        rest = shorter;
    }
    rest
}
