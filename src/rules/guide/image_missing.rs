//! `guide/image-missing`

use crate::diagnostic::{Edit, Finding, Fix};
use crate::guide::Image;
use crate::guide::targets::fault;
use crate::guide::unrendered::is_image;
use crate::rule::{Page, Rule};
use crate::workspace::Destination;

pub const RULE: Rule = Rule::guide("guide/image-missing", include_str!("image_missing.md"), check).unsafe_fix();

fn check(page: &Page<'_>, found: &mut Vec<Finding>) {
    let guide = page.guide;
    for image in &guide.images {
        let Some(target) = page.site.target(guide, &image.target, image.target_span) else { continue };
        if target.trim().is_empty() {
            found.push(Finding::new(image.span, "missing image address").help("add the path of the image file"));
        } else if fault(guide, &target, image.target_span).is_none() {
            match page.site.destination(&target, &page.profile.site.hosts) {
                Destination::Missing { path } => found.push(missing(page, image, &target, path)),
                Destination::Elsewhere if is_in_no_folder(page, &target) => {
                    found.push(missing(page, image, &target, target.trim()));
                }
                _ => {}
            }
        }
    }
}

/// Whether the folder of a relative path is not there, but the site has one image of its name elsewhere.
fn is_in_no_folder(page: &Page<'_>, target: &str) -> bool {
    page.site.is_jekyll()
        && !target.contains(':')
        && !target.starts_with('/')
        && is_image(target)
        && page.site.near_file(target.trim()).is_some()
}

/// An image whose file is not there; the only one of its name in another folder or case may be meant.
fn missing(page: &Page<'_>, image: &Image, target: &str, path: &str) -> Finding {
    let finding = Finding::new(image.target_span, format!("image file `{path}` not found"));
    let Some(near) = page.site.near_file(target.trim()) else {
        return finding.help("add the file, or correct its path (case-sensitive)");
    };
    let finding = finding.help(format!("replace with `{near}`"));
    // What Liquid or an entity writes is not written in the source.
    if page.guide.slice(image.target_span) != target {
        return finding;
    }
    let edits = vec![Edit::replace(image.target_span, near)];
    finding.fix(Fix::needs_review("use the existing file", edits))
}
