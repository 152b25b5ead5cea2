//! `guide/image-alt-missing`

use std::collections::BTreeMap;

use crate::diagnostic::{Finding, Severity};
use crate::guide::{Image, LinkForm};
use crate::profile::GuideKind;
use crate::rule::{Mark, Page, Rule};

pub const RULE: Rule = Rule::guide("guide/image-alt-missing", include_str!("image_alt_missing.md"), check)
    .warning()
    .marked(&[Mark::Component]);

/// A text of so many images does not distinguish them.
const FEWEST_ALIKE: usize = 2;

fn check(page: &Page<'_>, found: &mut Vec<Finding>) {
    let images = &page.guide.images;
    if let Some(first) = only_content(page) {
        found.push(
            Finding::new(first.span, "page without text: its content is an image")
                .help("add the content as text, and describe what the image shows"),
        );
        return;
    }
    for image in images.iter().filter(|image| !page.guide.has_unknown_text(image.span)) {
        let alt = image.alt.as_deref().unwrap_or_default().trim();
        // In HTML an empty text says that an image is decoration (HTML Living Standard 4.8.4.4.5).
        let is_decoration = image.form == LinkForm::Html && image.alt.as_deref() == Some("");
        if is_decoration {
            continue;
        }
        if alt.is_empty() {
            found.push(Finding::new(image.span, "missing alternative text").help("describe what the image shows"));
        } else if page.profile.is_generic_image_text(alt) {
            found.push(
                Finding::new(image.span, format!("generic alternative text `{alt}`"))
                    .help("describe what the image shows")
                    .severity(Severity::Info),
            );
        }
    }
    same_texts(page, found);
    let texts: Vec<&str> = images.iter().filter_map(|image| image.alt.as_deref()).map(str::trim).collect();
    let Some((first, rest)) = texts.split_first().filter(|(_, rest)| rest.len() + 1 >= FEWEST_ALIKE) else { return };
    // A picture that is shown twice has one text.
    let are_different = images.iter().any(|image| image.target != images[0].target);
    let is_one_text = are_different && texts.len() == images.len() && rest.iter().all(|text| text == first);
    if is_one_text && !first.is_empty() && !page.profile.is_generic_image_text(first) {
        found.push(
            Finding::new(
                images[0].span,
                format!("same alternative text for {} images: `{first}`", how_many(images.len())),
            )
            .help("describe each image")
            .severity(Severity::Info),
        );
    }
}

/// The first image of a page that has nothing but images.
fn only_content<'a>(page: &Page<'a>) -> Option<&'a Image> {
    let guide = page.guide;
    let first = guide.images.first()?;
    let has_text = !guide.text.as_str().trim().is_empty();
    let is_read = guide.swallowed.is_none() && !guide.has_unknown_text(guide.body);
    (!has_text && is_read && page.kind == GuideKind::Setup).then_some(first)
}

fn how_many(images: usize) -> String {
    if images == 2 { "both".to_owned() } else { format!("all {images}") }
}

/// Images of which some, not all, have one text: it was copied with the first of them.
fn same_texts(page: &Page<'_>, found: &mut Vec<Finding>) {
    let mut by_text: BTreeMap<&str, Vec<&Image>> = BTreeMap::new();
    for image in &page.guide.images {
        let alt = image.alt.as_deref().unwrap_or_default().trim();
        if !alt.is_empty() && !page.profile.is_generic_image_text(alt) {
            by_text.entry(alt).or_default().push(image);
        }
    }
    if by_text.len() < 2 {
        return;
    }
    for (alt, images) in by_text {
        let Some(other) = images.iter().find(|image| image.target != images[0].target) else { continue };
        found.push(
            Finding::new(other.span, format!("duplicate alternative text `{alt}`"))
                .label(images[0].span, "first image with this text")
                .help("describe each image")
                .severity(Severity::Info),
        );
    }
}
