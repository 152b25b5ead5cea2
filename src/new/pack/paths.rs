//! What differs from connector to connector in the paths of samples.

use std::ops::Range;

/// Names of files and folders that are the same for every connector.
const COMMON: [&str; 14] = [
    "config", "connector", "connectors", "data", "definition", "docs", "guide", "index", "manifest", "metadata",
    "overview", "page", "readme", "setup",
];

/// The part of a page's path that names the connector: the one in which the paths of other samples differ, one that names a
/// file of data, or the last one that is not the same for all.
pub(super) fn key_of_page(path: &str, pages: &[&str], data: &[&str]) -> Option<Range<usize>> {
    let names_data = |part: &Range<usize>| {
        data.iter().any(|data| own(data).last().is_some_and(|last| data[last] == path[part.clone()]))
    };
    varying(path, pages).or_else(|| own(path).rfind(names_data)).or_else(|| own(path).last())
}

/// The part of a path of data that names a connector: one of `names`, or where other paths have one. Where there are no
/// pages, as of a page.
pub(super) fn key_of_data(path: &str, names: &[&str], data: &[&str]) -> Option<Range<usize>> {
    if names.is_empty() {
        return varying(path, data).or_else(|| own(path).last());
    }
    let key = |path: &str| parts(path).rfind(|part| names.iter().any(|name| path[part.clone()] == **name));
    let of_names = || data.iter().copied().filter(|other| key(other).is_some()).collect::<Vec<_>>();
    key(path).or_else(|| varying(path, &of_names()))
}

/// A path in which the connector's name is captured where it is first; a pattern captures once.
pub(super) fn pattern(path: &str, key: &Range<usize>) -> String {
    let (mut pattern, mut at) = (String::with_capacity(path.len()), 0);
    for (index, part) in parts(path).filter(|part| path[part.clone()] == path[key.clone()]).enumerate() {
        pattern.push_str(&path[at..part.start]);
        pattern.push_str(if index == 0 { "{name}" } else { "*" });
        at = part.end;
    }
    pattern + &path[at..]
}

/// The one part in which a path differs from another sample's, before the same ending.
fn varying(path: &str, others: &[&str]) -> Option<Range<usize>> {
    let own: Vec<Range<usize>> = parts(path).collect();
    others.iter().find_map(|other| {
        let theirs: Vec<Range<usize>> = parts(other).collect();
        let mut differing =
            own.iter().zip(&theirs).filter(|(own, theirs)| path[(*own).clone()] != other[(*theirs).clone()]);
        let (first, second) = differing.next()?;
        (own.len() == theirs.len() && path[first.end..] == other[second.end..]).then(|| first.clone())
    })
}

fn own(path: &str) -> impl DoubleEndedIterator<Item = Range<usize>> + '_ {
    parts(path).filter(|part| !COMMON.contains(&path[part.clone()].to_ascii_lowercase().as_str()))
}

/// The folders of a path, and the name of its file up to the first dot.
fn parts(path: &str) -> impl DoubleEndedIterator<Item = Range<usize>> + '_ {
    path.split('/').map(move |part| {
        let start = part.as_ptr() as usize - path.as_ptr() as usize;
        let is_file = start + part.len() == path.len();
        let end = part.find('.').filter(|dot| is_file && *dot > 0).unwrap_or(part.len());
        start..start + end
    })
}
