//! What the sample pages have in common.

use crate::dialect::Dialect;
use crate::guide::Guide;
use crate::source::SourceFile;
use crate::tree::Node;

/// A section of the sample pages.
pub(super) struct Section {
    pub(super) name: String,
    /// Whether every page has it.
    pub(super) everywhere: bool,
}

/// The dialect that the samples are written in, by their names, Liquid, attribute lists, and keys of Jekyll.
pub(super) fn dialect(samples: &[SourceFile]) -> Dialect {
    let has_ending = |sample: &SourceFile, ending: &str| sample.path().to_ascii_lowercase().ends_with(ending);
    if samples.iter().any(|sample| has_ending(sample, ".mdx")) {
        return Dialect::Mdx;
    }
    let is_jekyll = |sample: &SourceFile| {
        let text = sample.text();
        let keys = || text.strip_prefix("---").and_then(|rest| rest.split("\n---").next()).unwrap_or_default();
        ["{% ", "{{ ", "{:"].iter().any(|mark| text.contains(mark))
            || keys().lines().any(|line| line.starts_with("permalink:") || line.starts_with("layout:"))
    };
    let mut pages = samples.iter().filter(|sample| has_ending(sample, ".md") || has_ending(sample, ".markdown"));
    if pages.any(is_jekyll) { Dialect::Kramdown } else { Dialect::Gfm }
}

/// The keys of front matter that every page has.
pub(super) fn keys(pages: &[&Guide]) -> Vec<String> {
    let Some((first, others)) = pages.split_first() else { return Vec::new() };
    let all = first.front_matter.node.iter().flat_map(Node::entries).map(|entry| entry.key.clone());
    all.filter(|key| others.iter().all(|other| other.front_matter(key).is_some())).collect()
}

/// The headings of level 2, in the order in which they are met.
pub(super) fn sections(pages: &[&Guide]) -> Vec<Section> {
    let of_page = |page: &Guide| -> Vec<String> {
        let second = page.headings.iter().filter(|heading| heading.level == 2);
        second.map(|heading| heading.text.trim().to_owned()).filter(|text| !text.is_empty()).collect()
    };
    let each: Vec<Vec<String>> = pages.iter().map(|page| of_page(page)).collect();
    let mut found: Vec<Section> = Vec::new();
    for name in each.iter().flatten() {
        if !found.iter().any(|section| section.name == *name) {
            let everywhere = each.iter().all(|names| names.contains(name));
            found.push(Section { name: name.clone(), everywhere });
        }
    }
    found
}

/// The section of level 2 whose text names the most of some names.
pub(super) fn section_of(pages: &[&Guide], names: &[String]) -> Option<String> {
    let mut best: Option<(usize, String)> = None;
    for page in pages {
        let second: Vec<_> = page.headings.iter().filter(|heading| heading.level == 2).collect();
        for (index, heading) in second.iter().enumerate() {
            let end = second.get(index + 1).map_or(page.source.text().len(), |next| next.span.range().start);
            let text = page.source.text()[heading.span.range().end..end].to_lowercase();
            let count = names.iter().filter(|name| text.contains(&name.to_lowercase())).count();
            if count > best.as_ref().map_or(0, |(most, _)| *most) {
                best = Some((count, heading.text.trim().to_owned()));
            }
        }
    }
    best.map(|(_, name)| name)
}
