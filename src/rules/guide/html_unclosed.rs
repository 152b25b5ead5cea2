//! `guide/html-unclosed`

use std::cell::LazyCell;
use std::collections::{HashMap, HashSet};

use crate::diagnostic::{Edit, Finding, Fix};
use crate::guide::{Guide, Tag, TagKind};
use crate::rule::{Page, Rule};
use crate::source::Span;
use crate::workspace::Destination;

pub const RULE: Rule = Rule::guide("guide/html-unclosed", include_str!("html_unclosed.md"), check).warning().safe_fix();

/// Elements whose end tag may be left out (HTML Living Standard 13.1.2.4).
const OPTIONAL_END: [&str; 17] = [
    "body", "colgroup", "dd", "dt", "head", "html", "li", "optgroup", "option", "p", "rp", "rt", "tbody", "td",
    "tfoot", "th", "tr",
];

/// What an `<a>` may have besides global attributes (HTML Living Standard 4.5.1, and `name` of HTML 4).
const OF_LINKS: [&str; 17] = [
    "charset", "class", "coords", "download", "href", "hreflang", "id", "name", "ping", "referrerpolicy", "rel", "rev",
    "role", "style", "tabindex", "target", "title",
];

fn check(page: &Page<'_>, found: &mut Vec<Finding>) {
    let guide = page.guide;
    let fragments = LazyCell::new(|| Fragments::of(guide));
    let of_cards = page.profile.page.card.as_ref().map(|card| card.element.as_str());
    for tag in guide.tags.iter().filter(|tag| Some(tag.name.as_str()) != of_cards && tag.is_html()) {
        let written = guide.slice(tag.span);
        if tag.unclosed {
            found.push(Finding::new(tag.span, format!("missing `>` in `{written}`")).help("add `>`"));
        } else if is_alone(tag) && !guide.is_printed(tag.span) {
            let finding = Finding::new(tag.span, format!("unclosed `{written}`"));
            found.push(match (tag.kind, anchor(page, tag)) {
                (TagKind::Close, _) => {
                    Finding::new(tag.span, format!("`{written}` without an opening tag")).help("remove it")
                }
                (_, Some(name)) => named(&fragments, finding, name, tag.span),
                (_, None) => finding.help(format!("add `</{}>` after its content", tag.name)),
            });
            continue;
        }
        if let Some(name) = anchor(page, tag).filter(|_| is_unfit(tag)) {
            let end = tag.partner.map_or(tag.span, |end| guide.tags[end].span);
            let finding = Finding::new(tag.span, format!("`{written}` without `href` or `name`"));
            found.push(named(&fragments, finding, name, tag.span.to(end)));
            continue;
        }
        for attribute in tag.attributes.iter().filter(|attribute| tag.name == "a" && !is_of_links(&attribute.name)) {
            let message = format!("unknown attribute `{}` on `<a>`", attribute.name);
            found.push(Finding::new(attribute.span, message).help("use `href`, or remove the tag"));
        }
    }
}

/// The name of the anchor that an `<a>` was meant as: it has no text, and its one value is a word that is the address
/// of no page.
fn anchor<'a>(page: &Page<'_>, tag: &'a Tag) -> Option<&'a str> {
    let [attribute] = tag.attributes.as_slice() else { return None };
    let (value, _) = attribute.value.as_ref()?;
    let name = value.strip_prefix('#').unwrap_or(value);
    let is_word =
        name.starts_with(char::is_alphabetic) && name.chars().all(|c| c.is_alphanumeric() || "-_".contains(c));
    let leads_away = attribute.name == "href"
        && matches!(page.site.destination(value, &[]), Destination::Page { page: other, .. } if other != page.site.this_page());
    let is_empty = match tag.partner {
        Some(end) => {
            let inside = tag.span.range().end..page.guide.tags[end].span.range().start;
            page.guide.source.text().get(inside).is_some_and(|inside| inside.trim().is_empty())
        }
        // The text of a link may follow.
        None => attribute.name != "href" || ends_paragraph(page, tag),
    };
    (tag.name == "a" && tag.kind == TagKind::Open && is_word && is_empty && !leads_away).then_some(name)
}

/// Whether nothing follows a tag in its paragraph.
fn ends_paragraph(page: &Page<'_>, tag: &Tag) -> bool {
    // Only what is at the start of a line is looked at: lines may be long.
    let rest = unindented(&page.guide.source.text()[tag.span.range().end..]);
    let is_last = rest.is_empty() || rest.starts_with('\n');
    let next = unindented(rest.strip_prefix('\n').unwrap_or_default());
    is_last && (next.is_empty() || next.starts_with(['\n', '#']))
}

/// A text from the first character of its first line on that is not blank.
fn unindented(text: &str) -> &str {
    text.trim_start_matches(|c: char| c != '\n' && c.is_whitespace())
}

/// Whether a tag has an attribute that browsers do not know.
fn is_unfit(tag: &Tag) -> bool {
    tag.attributes.iter().any(|attribute| !is_of_links(&attribute.name))
}

/// The fragments of a page.
struct Fragments<'a> {
    /// The ids of its headings.
    headings: HashSet<&'a str>,
    /// Where the links begin that lead to each.
    links: HashMap<&'a str, Vec<u32>>,
}

impl<'a> Fragments<'a> {
    fn of(guide: &'a Guide) -> Self {
        let headings = guide.headings.iter().map(|heading| heading.id.as_str()).collect();
        let mut links: HashMap<&str, Vec<u32>> = HashMap::new();
        for link in &guide.links {
            if let Some(name) = link.target.strip_prefix('#') {
                links.entry(name).or_default().push(link.span.start);
            }
        }
        Self { headings, links }
    }
}

/// A finding whose repair is an anchor. It is safe where nothing else can be meant: another link leads there. A
/// heading of the same name needs none.
fn named(fragments: &Fragments<'_>, finding: Finding, name: &str, place: Span) -> Finding {
    if fragments.headings.contains(name) {
        let fix = Fix::safe("remove the tag", vec![Edit::remove(place)]);
        return finding.help(format!("remove it, since the heading has the id `{name}`")).fix(fix);
    }
    let right = format!("<a name=\"{name}\"></a>");
    let is_wanted = fragments.links.get(name).is_some_and(|links| links.iter().any(|start| *start != place.start));
    let edits = vec![Edit::replace(place, right.clone())];
    let title = "use an anchor";
    let fix = Fix::safe_if(is_wanted, title, edits);
    finding.help(format!("use `{right}`")).fix(fix)
}

fn is_alone(tag: &Tag) -> bool {
    tag.kind != TagKind::Empty && tag.partner.is_none() && !OPTIONAL_END.contains(&tag.name.as_str())
}

fn is_of_links(name: &str) -> bool {
    OF_LINKS.contains(&name)
        || ["aria-", "data-", "on"].iter().any(|prefix| name.starts_with(prefix))
        || matches!(name, "lang" | "dir" | "type")
}
