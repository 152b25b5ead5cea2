//! `guide/image-missing`

use crate::diagnostic::{Finding, Severity};
use crate::guide::targets::fault;
use crate::guide::unrendered::unrendered_links;
use crate::rule::{Check, Fixable, Page, Rule};
use crate::workspace::Destination;

pub(in crate::rules) const RULE: Rule = Rule {
    name: "guide/image-missing",
    severity: Severity::Error,
    fixable: Fixable::No,
    docs: include_str!("image_missing.md"),
    needs: &[],
    check: Check::Guide(check),
};

fn check(page: &Page<'_>, found: &mut Vec<Finding>) {
    let guide = page.guide;
    for image in &guide.images {
        let Some(target) = page.site.target(guide, &image.target, image.target_span) else { continue };
        if target.trim().is_empty() {
            found.push(Finding::new(image.span, "this image has no address").help("name the image file"));
        } else if fault(guide, &target, image.target_span).is_none()
            && let Destination::Missing { path } = page.site.destination(&target, &page.profile.site.hosts)
        {
            found.push(
                Finding::new(image.target_span, format!("there is no image `{path}`"))
                    .help("add the file, or mend its name: upper and lower case matter"),
            );
        }
    }
    for printed in unrendered_links(guide).filter(|printed| printed.is_image) {
        found.push(
            Finding::new(printed.span, "this image is published as text")
                .help("write `![text](address)`, with one pair of parentheses"),
        );
    }
}
