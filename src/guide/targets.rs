//! Targets of links and images that can work nowhere, told by how they are written.

use super::Guide;
use crate::source::Span;

/// What is wrong with a target.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fault {
    /// The scheme is misspelled, doubled or has something in front; what was meant.
    Scheme(String),
    /// A mail address without `mailto:`.
    Mail,
    /// A host without a scheme.
    Host,
    /// A path on the author's own computer.
    OwnComputer,
    /// A character that no target has where it stands.
    Character(char),
}

/// Ends of hosts that are no ends of file names.
const HOST_ENDS: [&str; 12] = ["com", "net", "org", "io", "co", "dev", "edu", "gov", "cloud", "test", "example", "uk"];

/// What is wrong with a target that is not partly written by Liquid, nor in angle brackets.
pub fn fault(guide: &Guide, target: &str, place: Span) -> Option<Fault> {
    let target = target.trim();
    let is_angled = guide.source.text()[..place.range().start].ends_with('<');
    if target.contains(['{', '}']) || is_angled || guide.is_written_by_liquid(place) {
        return None;
    }
    if let Some(meant) = meant_scheme(target) {
        return Some(Fault::Scheme(meant));
    }
    if is_mail_address(target) {
        return Some(Fault::Mail);
    }
    if is_on_own_computer(target) {
        return Some(Fault::OwnComputer);
    }
    let end = target.find(['?', '#']).unwrap_or(target.len());
    if let Some(found) = target[..end].chars().find(|c| matches!(c, '[' | '<' | '\\')) {
        let is_ip = target.contains("://[");
        return (!is_ip).then_some(Fault::Character(found));
    }
    is_host(target).then_some(Fault::Host)
}

/// A target with its scheme as it was meant, if that is another one than what is written.
fn meant_scheme(target: &str) -> Option<String> {
    let bare = target.trim_start_matches(['/', '.', ':', ';', ',', '(', '"', '\'', '=']);
    let (mut scheme, mut rest) = scheme(bare)?;
    while let Some((inner, behind)) = self::scheme(rest) {
        (scheme, rest) = (inner, behind);
    }
    let meant = format!("{scheme}://{rest}");
    let is_host = rest.starts_with(|c: char| c.is_alphanumeric());
    (is_host && !meant.eq_ignore_ascii_case(target)).then_some(meant)
}

/// The scheme that a text begins with, written well or nearly so, and what follows its colon and slashes.
fn scheme(text: &str) -> Option<(&'static str, &str)> {
    let letters = text.bytes().take_while(u8::is_ascii_alphabetic).count();
    let rest = text[letters..].trim_start_matches([':', ';', '/']);
    let marks = &text[letters..text.len() - rest.len()];
    let name = text[..letters].to_ascii_lowercase();
    let exact = ["https", "http"].into_iter().find(|scheme| *scheme == name);
    let near = || ["https", "http"].into_iter().find(|scheme| strsim::osa_distance(scheme, &name) == 1);
    let separates = marks.contains("//") || exact.is_some() && marks.starts_with([':', ';']);
    let follows = rest.starts_with(|c: char| c.is_ascii_alphabetic()) || marks.contains("//");
    (separates && follows).then(|| exact.or_else(near)).flatten().map(|scheme| (scheme, rest))
}

fn is_mail_address(target: &str) -> bool {
    let Some((name, host)) = target.split_once('@') else { return false };
    !name.is_empty() && !target.contains([':', '/', ' ', '?']) && host.contains('.') && !host.contains('@')
}

/// `C:\work`, `C:/work`, `file:///work`.
fn is_on_own_computer(target: &str) -> bool {
    let mut characters = target.chars();
    let is_drive = characters.next().is_some_and(|c| c.is_ascii_alphabetic())
        && characters.next() == Some(':')
        && matches!(characters.next(), Some('/' | '\\'));
    is_drive || target.get(..5).is_some_and(|scheme| scheme.eq_ignore_ascii_case("file:"))
}

fn is_host(target: &str) -> bool {
    let host = target.split(['/', '?', '#']).next().unwrap_or_default();
    let of_host = |label: &str| !label.is_empty() && label.bytes().all(|c| c.is_ascii_alphanumeric() || c == b'-');
    let ends_host = host.rsplit_once('.').is_some_and(|(_, end)| HOST_ENDS.contains(&end));
    host.split('.').all(of_host) && (host.starts_with("www.") || ends_host)
}
