//! `guide/html-unclosed`

use crate::diagnostic::{Finding, Severity};
use crate::guide::{Tag, TagKind};
use crate::rule::{Check, Fixable, Page, Rule};

pub(in crate::rules) const RULE: Rule = Rule {
    name: "guide/html-unclosed",
    severity: Severity::Warning,
    fixable: Fixable::No,
    docs: include_str!("html_unclosed.md"),
    needs: &[],
    check: Check::Guide(check),
};

/// Elements whose end tag may be left out (HTML Living Standard 13.1.2.4).
const OPTIONAL_END: [&str; 17] = [
    "body", "colgroup", "dd", "dt", "head", "html", "li", "optgroup", "option", "p", "rp", "rt", "tbody", "td",
    "tfoot", "th", "tr",
];

/// What an `<a>` may have besides global attributes (HTML Living Standard 4.5.1, and `name` of HTML 4).
const OF_LINKS: [&str; 17] = [
    "charset",
    "class",
    "coords",
    "download",
    "href",
    "hreflang",
    "id",
    "name",
    "ping",
    "referrerpolicy",
    "rel",
    "rev",
    "role",
    "style",
    "tabindex",
    "target",
    "title",
];

fn check(page: &Page<'_>, found: &mut Vec<Finding>) {
    let guide = page.guide;
    let of_cards = page.profile.page.card.as_ref().map(|card| card.element.as_str());
    for tag in guide.tags.iter().filter(|tag| Some(tag.name.as_str()) != of_cards && tag.is_html()) {
        let written = guide.slice(tag.span);
        if tag.unclosed {
            found.push(Finding::new(tag.span, format!("`{written}` has no `>`")).help("close the tag"));
        } else if is_alone(tag) && !guide.is_printed(tag.span) {
            let finding = match tag.kind {
                TagKind::Close => Finding::new(tag.span, format!("`{written}` closes nothing")).help("remove it"),
                _ => Finding::new(tag.span, format!("`{written}` is never closed"))
                    .help(format!("put `</{}>` behind what belongs to it", tag.name)),
            };
            found.push(finding);
            continue;
        }
        for attribute in tag.attributes.iter().filter(|attribute| tag.name == "a" && !is_of_links(&attribute.name)) {
            let message = format!("`{}` is no attribute of a link", attribute.name);
            found.push(Finding::new(attribute.span, message).help("write `href` for the target, or remove it"));
        }
    }
}

fn is_alone(tag: &Tag) -> bool {
    tag.kind != TagKind::Empty && tag.partner.is_none() && !OPTIONAL_END.contains(&tag.name.as_str())
}

fn is_of_links(name: &str) -> bool {
    OF_LINKS.contains(&name)
        || ["aria-", "data-", "on"].iter().any(|prefix| name.starts_with(prefix))
        || matches!(name, "lang" | "dir" | "type")
}
