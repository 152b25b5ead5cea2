//! `guide/permalink-format`

use crate::diagnostic::{Finding, Severity};
use crate::rule::{Check, Fixable, Page, Rule};
use crate::tree::Node;

pub(in crate::rules) const RULE: Rule = Rule {
    name: "guide/permalink-format",
    severity: Severity::Info,
    fixable: Fixable::No,
    docs: include_str!("permalink_format.md"),
    check: Check::Guide(check),
};

fn check(page: &Page<'_>, found: &mut Vec<Finding>) {
    let Some(node) = page.guide.front_matter("permalink") else { return };
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
        reasons.push(if other.is_ascii_uppercase() { "has capitals".to_owned() } else { format!("holds `{other}`") });
    }
    let suffix = &profile.form(page.kind).suffix;
    let counterparts = [&profile.guides.setup.suffix, &profile.guides.information.suffix];
    if !stem.ends_with(suffix.as_str()) {
        reasons.push(format!("does not end in `{suffix}`"));
    }
    if reasons.is_empty() {
        return;
    }
    let linked = page.guide.front_matter(&profile.front_matter.linked).and_then(Node::as_bool) == Some(true);
    let leads_nowhere = linked && !counterparts.iter().any(|suffix| permalink.contains(suffix.as_str()));
    let help =
        format!("write small letters, digits and hyphens, and `{suffix}` at the end; links to the page change with it");
    let finding = Finding::new(node.span, format!("the permalink `{permalink}` {}", reasons.join(", "))).help(help);
    found.push(if leads_nowhere { finding.severity(Severity::Warning) } else { finding });
}
