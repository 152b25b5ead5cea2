//! `guide/link-broken`

use crate::diagnostic::{Finding, Severity};
use crate::guide::targets::fault;
use crate::guide::unrendered::unrendered_links;
use crate::guide::{Link, LinkForm, LiquidTag};
use crate::nearest::closest;
use crate::rule::{Check, Fixable, Page, Rule};
use crate::workspace::Destination;

pub(in crate::rules) const RULE: Rule = Rule {
    name: "guide/link-broken",
    severity: Severity::Error,
    fixable: Fixable::No,
    docs: include_str!("link_broken.md"),
    needs: &[],
    check: Check::Guide(check),
};

fn check(page: &Page<'_>, found: &mut Vec<Finding>) {
    let guide = page.guide;
    for link in guide.links.iter().filter(|link| is_meant_as_link(page, link)) {
        let Some(target) = page.site.target(guide, &link.target, link.target_span) else { continue };
        if target.trim().is_empty() {
            found.push(Finding::new(link.span, "this link leads nowhere").help("give it an address"));
        } else if !target.contains(['{', '}'])
            && fault(guide, &target, link.target_span).is_none()
            && let Destination::Missing { path } = page.site.destination(&target, &page.profile.site.hosts)
        {
            found.push(missing(page, link, path));
        }
    }
    found.extend(guide.liquid.tags.iter().filter_map(|tag| broken_tag(page, tag)));
    for reference in guide.undefined_references.iter().filter(|span| is_reference_link(guide.slice(**span))) {
        found.push(
            Finding::new(*reference, "the address of this link is defined nowhere")
                .help("write `[text](address)`, or define the label in a line of its own: `[label]: address`"),
        );
    }
    for printed in unrendered_links(guide).filter(|printed| !printed.is_image) {
        found.push(
            Finding::new(printed.span, "this link is published as text")
                .help("write `[text](address)`, with one pair of parentheses"),
        );
    }
}

/// Whether an HTML link has an end: without it the author may have meant an anchor.
fn is_meant_as_link(page: &Page<'_>, link: &Link) -> bool {
    let is_closed = || page.guide.tags.iter().any(|tag| tag.span == link.span && tag.partner.is_some());
    link.form != LinkForm::Html || is_closed()
}

/// Whether an undefined reference has a text and a label, and is no place in a list: `items[0][1]`.
fn is_reference_link(text: &str) -> bool {
    let inner = text.strip_prefix('[').and_then(|text| text.strip_suffix(']'));
    let Some((text, label)) = inner.and_then(|inner| inner.split_once("][")) else { return false };
    let has_letter = |part: &str| part.chars().any(char::is_alphabetic);
    has_letter(label) && has_letter(text) && text.contains(' ')
}

/// `{% link %}` and `{% post_url %}` stop the build where there is nothing that they name.
fn broken_tag(page: &Page<'_>, tag: &LiquidTag) -> Option<Finding> {
    let name = tag.argument(page.guide.slice(tag.span));
    if name.is_empty() || name.contains("{{") || !page.site.is_complete() {
        return None;
    }
    let (is_broken, what, help) = match tag.name.as_str() {
        "link" => (!page.site.has_link_target(name), "file", "write the path of a file, from the root of the site"),
        "post_url" => {
            (!page.site.has_post(name), "post", "write the name of a post without its ending: `2024-05-01-title`")
        }
        _ => return None,
    };
    is_broken.then(|| Finding::new(tag.span, format!("no {what} `{name}` on the site")).help(help))
}

fn missing(page: &Page<'_>, link: &Link, path: &str) -> Finding {
    let finding = Finding::new(link.target_span, format!("the site has no page or file `{path}`"));
    if !path.contains('/') && page.guide.anchors().contains(path) {
        return finding.help(format!("write `#{path}` for the place on this page"));
    }
    match near_page(page, path.rsplit('/').next().unwrap_or(path)) {
        Some(near) => finding.help(format!("did you mean the page `{near}`?")),
        None => finding.help("link to a page by its permalink"),
    }
}

/// The permalink that the last part of a path most likely stands for.
fn near_page<'a>(page: &Page<'a>, name: &str) -> Option<&'a str> {
    let name = name.strip_suffix(".md").or_else(|| name.strip_suffix(".html")).unwrap_or(name);
    let suffixes = ["", page.profile.guides.setup.suffix.as_str(), page.profile.guides.information.suffix.as_str()];
    let by_suffix = suffixes.iter().find_map(|suffix| {
        let head = page.site.pages(&format!("{name}{suffix}")).next()?;
        head.permalink.as_ref().map(|(permalink, _)| &**permalink)
    });
    by_suffix.or_else(|| {
        // Of a name that is a third longer, a fourth is what is too much.
        let (slips, near) = closest(name, name.len() / 3, page.site.permalinks())?;
        (slips * 4 <= name.len().max(near.len())).then_some(near)
    })
}
