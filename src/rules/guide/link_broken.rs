//! `guide/link-broken`

use crate::diagnostic::Finding;
use crate::guide::targets::fault;
use crate::guide::{Link, LiquidTag};
use crate::nearest::closest;
use crate::rule::{Page, Rule};
use crate::workspace::{Destination, PageHead};

pub const RULE: Rule = Rule::guide("guide/link-broken", include_str!("link_broken.md"), check);

fn check(page: &Page<'_>, found: &mut Vec<Finding>) {
    let guide = page.guide;
    for link in guide.links.iter().filter(|link| !guide.is_unclosed(link)) {
        let Some(target) = page.site.target(guide, &link.target, link.target_span) else { continue };
        if !target.trim().is_empty()
            && !target.contains(['{', '}'])
            && fault(guide, &target, link.target_span).is_none()
            && let Destination::Missing { path } = page.site.destination(&target, &page.profile.site.hosts)
        {
            found.push(missing(page, link, path));
        }
    }
    found.extend(guide.liquid.tags.iter().filter_map(|tag| broken_tag(page, tag)));
}

/// `{% link %}` and `{% post_url %}` stop the build where there is nothing that they name.
fn broken_tag(page: &Page<'_>, tag: &LiquidTag) -> Option<Finding> {
    let name = tag.argument(page.guide.slice(tag.span));
    if name.is_empty() || name.contains("{{") || !page.site.is_complete() {
        return None;
    }
    let (is_broken, what, help) = match tag.name.as_str() {
        "link" => (!page.site.has_link_target(name), "file", "use the path of a file from the root of the site"),
        "post_url" => {
            (!page.site.has_post(name), "post", "use the name of a post without its extension: `2024-05-01-title`")
        }
        _ => return None,
    };
    is_broken.then(|| Finding::new(tag.span, format!("{what} `{name}` not found on the site")).help(help))
}

fn missing(page: &Page<'_>, link: &Link, path: &str) -> Finding {
    let finding = Finding::new(link.target_span, format!("page or file `{path}` not found on the site"));
    if !path.contains('/') && page.guide.anchors().contains(path) {
        return finding.help(format!("use `#{path}`"));
    }
    let name = path.trim_end_matches('/').rsplit('/').next().unwrap_or(path);
    let written = link.target.trim();
    let by_file = page.site.page_of_file_name(name);
    let near = by_file.or_else(|| near_page(page, name)).and_then(|head| page.site.target_to(head, written));
    // The start page is near to no name.
    let near = near.filter(|near| near != "/");
    match near.or_else(|| page.site.near_file(written).filter(|_| name.contains('.'))) {
        Some(near) => finding.help(format!("replace with `{near}`")),
        None => finding.help("use the permalink of an existing page"),
    }
}

/// Another page, whose permalink the last part of a path most likely stands for.
fn near_page<'a>(page: &Page<'a>, name: &str) -> Option<&'a PageHead> {
    let name = name.strip_suffix(".md").or_else(|| name.strip_suffix(".html")).unwrap_or(name);
    if name.is_empty() {
        return None;
    }
    let other = |permalink: &str| page.site.pages(permalink).find(|head| head.file != page.site.this_page());
    let suffixes = ["", page.profile.guides.setup.suffix.as_str(), page.profile.guides.information.suffix.as_str()];
    let by_suffix = suffixes.iter().find_map(|suffix| other(&format!("{name}{suffix}")));
    let own = page.contract.permalink.as_ref().map(|permalink| permalink.value.trim_matches('/'));
    by_suffix.or_else(|| {
        // Of a name that is a third longer, a fourth is extra.
        let others = page.site.permalinks_like(name).filter(|permalink| Some(permalink.trim_matches('/')) != own);
        let (slips, near) = closest(name, name.len() / 3, others)?;
        (slips * 4 <= name.len().max(near.len())).then(|| other(near)).flatten()
    })
}
