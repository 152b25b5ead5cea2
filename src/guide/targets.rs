//! Targets of links and images that cannot work, judged by how they are written.

mod hosts;

use super::Guide;
use crate::source::Span;

use hosts::{is_bare_host, is_local_name, is_reachable};

/// What is wrong with a target.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fault {
    /// The scheme is misspelled, duplicated, missing or preceded by something.
    Scheme {
        /// The target that was meant.
        meant: String,
        /// Whether nothing else can have been meant: a word before the scheme may be a scheme itself, such as `feed:`.
        is_certain: bool,
    },
    /// Two addresses of one host, one right after the other.
    Twice,
    /// A mail address without `mailto:`.
    Mail,
    /// `mailto:` without a mail address.
    NoMail,
    /// A host without a scheme.
    Host,
    /// A host that no address can have.
    HostName(String),
    /// A path on the author's own computer.
    OwnComputer,
    /// White space, where no file name has it.
    Space,
    /// A character that no address has there.
    Character(char),
}

/// What an author puts around or before an address by mistake.
const AROUND: [char; 16] =
    ['/', '.', ':', ';', ',', '(', '"', '\'', '=', '\u{201c}', '\u{201d}', '\u{2018}', '\u{2019}', '«', '»', ' '];

/// Marks that no path of an address has unencoded (RFC 3986, section 2), and quotation marks of word processors.
const NEVER_IN_PATH: [char; 11] = ['[', ']', '<', '>', '\\', '`', '"', '\u{201c}', '\u{201d}', '\u{2018}', '«'];

/// What is wrong with a target that Liquid does not write a part of.
pub fn fault(guide: &Guide, target: &str, place: Span) -> Option<Fault> {
    let target = target.trim();
    if target.is_empty() || target.contains(['{', '}']) || guide.is_written_by_liquid(place) {
        return None;
    }
    if let Some(meant) = meant_scheme(target).or_else(|| meant_mail(target)) {
        let trimmed = target.trim_start_matches(AROUND);
        let is_certain = !target.starts_with("://") && without_lead(trimmed).len() == trimmed.len();
        return Some(Fault::Scheme { meant, is_certain });
    }
    if is_mail_address(target) {
        return Some(Fault::Mail);
    }
    if target.strip_prefix("mailto:").is_some_and(|address| !address.contains('@') && !address.starts_with('?')) {
        return Some(Fault::NoMail);
    }
    if is_on_own_computer(target) {
        return Some(Fault::OwnComputer);
    }
    // Between angle brackets an address may have spaces, and what follows a `<` is one.
    let is_angled = guide.source.text()[..place.range().start].ends_with('<');
    if !is_angled && target.contains(char::is_whitespace) && !names_a_file(target) {
        return Some(Fault::Space);
    }
    if let Some(rest) = after_web_scheme(target) {
        let authority = rest.split(['/', '?', '#', '\\']).next().unwrap_or_default();
        if !is_reachable(authority) || is_local_name(authority) {
            return Some(Fault::HostName(authority.to_owned()));
        }
        if is_twice(rest, authority) {
            return Some(Fault::Twice);
        }
        return forbidden(&rest[authority.len()..]);
    }
    forbidden(target).or_else(|| is_bare_host(target).then_some(Fault::Host))
}

/// Whether the path of an address has another one of the same host: an archive has those of others.
fn is_twice(rest: &str, authority: &str) -> bool {
    let path = &rest[authority.len()..rest.find(['?', '#']).unwrap_or(rest.len()).max(authority.len())];
    let mut again = ["http://", "https://"].iter().filter_map(|scheme| path.split_once(scheme));
    again.any(|(_, other)| {
        let host = other.split(['/', ':']).next().unwrap_or_default();
        !authority.is_empty() && host.eq_ignore_ascii_case(authority)
    })
}

/// A mark in the path of an address that no path has.
fn forbidden(path: &str) -> Option<Fault> {
    let end = path.find(['?', '#']).unwrap_or(path.len());
    // Browsers follow `/apps/name[bot]`.
    let is_of_name = |at: usize| {
        let before = path[..at].rfind('[').unwrap_or(at);
        let open = if path[at..].starts_with('[') { at } else { before };
        let inner = path[open..end].strip_prefix('[').and_then(|rest| rest.split_once(']')).map(|(inner, _)| inner);
        path[..open].ends_with(char::is_alphanumeric)
            && inner.is_some_and(|inner| !inner.is_empty() && inner.chars().all(char::is_alphanumeric))
    };
    let mut marks = path[..end].char_indices().filter(|(_, c)| NEVER_IN_PATH.contains(c));
    let fault = marks.find(|(at, c)| !matches!(c, '[' | ']') || !is_of_name(*at));
    fault.map(|(_, character)| Fault::Character(character))
}

fn after_web_scheme(target: &str) -> Option<&str> {
    let (scheme, rest) = target.split_once("://")?;
    ["http", "https"].iter().any(|web| scheme.eq_ignore_ascii_case(web)).then_some(rest)
}

/// A target with its scheme as it was meant, if that differs from what is written.
fn meant_scheme(target: &str) -> Option<String> {
    if let Some(rest) = target.strip_prefix("://") {
        return Some(format!("https://{rest}"));
    }
    let bare = without_lead(target.trim_start_matches(AROUND));
    // Quotation marks that open before an address close after it.
    let quotes = |c: char| matches!(c, '"' | '\'' | '\u{201c}' | '\u{201d}' | '\u{2018}' | '\u{2019}' | '«' | '»');
    let bare = if target.starts_with(quotes) { bare.trim_end_matches(quotes) } else { bare };
    let (mut scheme, mut rest) = scheme(bare)?;
    while let Some((inner, after)) = self::scheme(rest) {
        (scheme, rest) = (inner, after);
    }
    let path = rest.find(['?', '#']).unwrap_or(rest.len());
    let meant = format!("{scheme}://{}{}", rest[..path].replace('\\', "/"), &rest[path..]);
    let is_host = rest.starts_with(char::is_alphanumeric);
    let is_only_backslash = after_web_scheme(target).is_some_and(|after| after == rest);
    (is_host && !is_only_backslash && !meant.eq_ignore_ascii_case(target)).then_some(meant)
}

/// An address without a word before it that was meant as its label: `link:https://acme.example`.
fn without_lead(target: &str) -> &str {
    let schemes = ["http://", "https://"];
    if schemes.iter().any(|scheme| target.starts_with(scheme)) || !target.contains("://") {
        return target;
    }
    let is_of_label = |c: char| c.is_alphanumeric() || matches!(c, ' ' | ':' | '=' | '-' | '_' | '.' | ',');
    let starts = schemes.iter().filter_map(|scheme| target.find(scheme));
    match starts.min() {
        Some(at) if at > 0 && target[..at].chars().all(is_of_label) => &target[at..],
        _ => target,
    }
}

/// The scheme that a text begins with, written well or nearly so, and what follows its colon and slashes.
fn scheme(text: &str) -> Option<(&'static str, &str)> {
    let letters = text.bytes().take_while(u8::is_ascii_alphabetic).count();
    let rest = text[letters..].trim_start_matches([':', ';', '/', '\\', '.', ',', ' ']);
    let marks = &text[letters..text.len() - rest.len()];
    let name = text[..letters].to_ascii_lowercase();
    let exact = ["https", "http"].into_iter().find(|scheme| *scheme == name);
    let near = || ["https", "http"].into_iter().find(|scheme| strsim::osa_distance(scheme, &name) == 1);
    let has_slashes = marks.contains("//") || marks.contains("\\\\");
    let separates = has_slashes || exact.is_some() && marks.starts_with([':', ';']);
    let follows = rest.starts_with(|c: char| c.is_ascii_alphabetic()) || has_slashes;
    (separates && follows).then(|| exact.or_else(near)).flatten().map(|scheme| (scheme, rest))
}

/// A mail address after a scheme that is nearly `mailto:`.
fn meant_mail(target: &str) -> Option<String> {
    let (scheme, rest) = target.split_once(':').filter(|(_, rest)| rest.contains('@'))?;
    let address = rest.trim_start_matches(['/', ' ']);
    let scheme = scheme.to_ascii_lowercase();
    let is_near = scheme != "mailto" && (scheme == "mail" || strsim::osa_distance(&scheme, "mailto") == 1);
    let is_slipped = scheme == "mailto" && address.len() < rest.len();
    let end = address.find('?').unwrap_or(address.len());
    ((is_near || is_slipped) && is_mail_address(&address[..end])).then(|| format!("mailto:{address}"))
}

fn is_mail_address(target: &str) -> bool {
    let Some((name, host)) = target.split_once('@') else { return false };
    let is_host = host.contains('.') && !host.contains('@') && is_reachable(host);
    !name.is_empty() && !target.contains([':', '/', ' ', '?']) && is_host
}

/// `C:\work`, `C:/work`, `file:///work`.
fn is_on_own_computer(target: &str) -> bool {
    let mut characters = target.chars();
    let is_drive = characters.next().is_some_and(|c| c.is_ascii_alphabetic())
        && characters.next() == Some(':')
        && matches!(characters.next(), Some('/' | '\\'));
    is_drive || target.get(..5).is_some_and(|scheme| scheme.eq_ignore_ascii_case("file:"))
}

/// Whether a target ends in the name of a file, in which browsers encode spaces.
fn names_a_file(target: &str) -> bool {
    let end = target.find(['?', '#']).unwrap_or(target.len());
    let name = target[..end].rsplit('/').next().unwrap_or_default();
    let is_ending = |ending: &str| (2..=5).contains(&ending.len()) && ending.bytes().all(|c| c.is_ascii_alphanumeric());
    name.rsplit_once('.').is_some_and(|(stem, ending)| !stem.is_empty() && is_ending(ending))
}
