//! `guide/image-not-rendered`

use crate::diagnostic::{Edit, Finding, Fix};
use crate::guide::unrendered::{Indented, indented_by_accident, spaced_images, unrendered_links};
use crate::rule::{Page, Rule};

pub const RULE: Rule =
    Rule::guide("guide/image-not-rendered", include_str!("image_not_rendered.md"), check).unsafe_fix();

fn check(page: &Page<'_>, found: &mut Vec<Finding>) {
    let guide = page.guide;
    for printed in unrendered_links(guide).filter(|printed| printed.is_image) {
        let finding = Finding::new(printed.span, "image published as text");
        found.push(match printed.repaired(guide) {
            Some(repaired) => {
                let edits = vec![Edit::replace(printed.span, repaired.as_str())];
                let fix = Fix::needs_review("correct the parentheses", edits);
                finding.help(format!("use `{repaired}`")).fix(fix)
            }
            None => finding.help("use `![text](address)` with one pair of parentheses"),
        });
    }
    for space in spaced_images(guide) {
        let fix = Fix::needs_review("remove the space", vec![Edit::remove(space)]);
        found.push(Finding::new(space, "image not rendered: space in its marks").help("remove the space").fix(fix));
    }
    for (what, place) in indented_by_accident(guide) {
        let what = match what {
            Indented::Image => "image",
            Indented::Table => "table",
        };
        found.push(
            Finding::new(place, format!("{what} published as code: line indented by four or more spaces"))
                .help("indent it like the text of its step, or by at most three spaces"),
        );
    }
}
