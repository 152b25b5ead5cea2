//! `guide/image-alt-missing`

use crate::diagnostic::{Finding, Severity};
use crate::rule::{Check, Fixable, Page, Rule};

pub(in crate::rules) const RULE: Rule = Rule {
    name: "guide/image-alt-missing",
    severity: Severity::Warning,
    fixable: Fixable::No,
    docs: include_str!("image_alt_missing.md"),
    needs: &[],
    check: Check::Guide(check),
};

/// So many images with one text are not told apart by it.
const FEWEST_ALIKE: usize = 3;

fn check(page: &Page<'_>, found: &mut Vec<Finding>) {
    let images = &page.guide.images;
    for image in images.iter().filter(|image| !page.guide.has_unknown_text(image.span)) {
        let alt = image.alt.as_deref().unwrap_or_default().trim();
        if alt.is_empty() {
            found.push(
                Finding::new(image.span, "this image has no text for those who cannot see it")
                    .help("say what it shows: `![The keys of an account](...)`"),
            );
        } else if page.profile.is_generic_image_text(alt) {
            found.push(
                Finding::new(image.span, format!("`{alt}` does not say what this image shows"))
                    .help("say what it shows: `![The keys of an account](...)`")
                    .severity(Severity::Info),
            );
        }
    }
    let texts: Vec<&str> = images.iter().filter_map(|image| image.alt.as_deref()).map(str::trim).collect();
    let Some((first, rest)) = texts.split_first().filter(|(_, rest)| rest.len() + 1 >= FEWEST_ALIKE) else { return };
    let is_one_text = texts.len() == images.len() && rest.iter().all(|text| text == first);
    if is_one_text && !first.is_empty() && !page.profile.is_generic_image_text(first) {
        found.push(
            Finding::new(images[0].span, format!("all {} images have the text `{first}`", images.len()))
                .help("say of each what it shows")
                .severity(Severity::Info),
        );
    }
}
