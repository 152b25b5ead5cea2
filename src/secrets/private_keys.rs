//! Private keys in their text form (RFC 7468, and those of PGP).

use std::sync::LazyLock;

use memchr::memmem::Finder;

use super::samples::says_it_is_a_sample;
use super::{Secret, end_of};

/// Fewer characters than these are not a key but show where one goes.
const SHORTEST_KEY: usize = 64;

/// Bytes of the kind of a key at most: `BEGIN RSA `.
const LONGEST_KIND: usize = 64;

/// How the line before a private key goes on after `-----BEGIN RSA `.
static PRIVATE_KEY: LazyLock<Finder<'static>> = LazyLock::new(|| Finder::new("PRIVATE KEY"));

/// The bodies of private keys that are long enough to be real.
pub(super) fn find(text: &str) -> Vec<Secret> {
    let is_kind = |c: char| c.is_ascii_uppercase() || c == ' ';
    let mut found: Vec<Secret> = Vec::new();
    for at in PRIVATE_KEY.find_iter(text.as_bytes()) {
        let before = end_of(&text[..at], LONGEST_KIND);
        let dashes = before.trim_end_matches(is_kind);
        let begins = dashes.ends_with("-----") && before[dashes.len()..].starts_with("BEGIN ");
        let rest = &text[at + PRIVATE_KEY.needle().len()..];
        let Some(body) = rest.strip_prefix(" BLOCK").unwrap_or(rest).strip_prefix("-----") else { continue };
        let start = text.len() - body.len();
        if !begins || found.last().is_some_and(|last| start < last.range.end) {
            continue;
        }
        let end = start + body.find("-----").unwrap_or(body.len());
        let end = start + key_length(&text[start..end]);
        let inner = text[start..end].trim();
        if is_key(inner) {
            let start = start + (text[start..end].len() - text[start..end].trim_start().len());
            found.push(Secret { range: start..start + inner.len(), name: "private key" });
        }
    }
    found
}

/// How far a text can be a key: headers (`Proc-Type: 4,ENCRYPTED`) and base64, also with escaped line breaks.
fn key_length(text: &str) -> usize {
    let is_base64 = |c: char| c.is_ascii_alphanumeric() || matches!(c, '+' | '/' | '=' | '\\');
    let is_line = |line: &str| {
        let line = line.trim().trim_start_matches(['#', '>', '*', '/']).trim();
        line.chars().all(is_base64) || line.split_once(": ").is_some_and(|(name, _)| is_header(name))
    };
    text.split_inclusive('\n')
        .take_while(|line| is_line(line))
        .map(str::len)
        .sum::<usize>()
        .max(text.find(|c: char| !is_base64(c) && !c.is_whitespace()).unwrap_or(text.len()))
}

fn is_header(name: &str) -> bool {
    name.trim().chars().all(|c| c.is_ascii_alphabetic() || c == '-')
}

fn is_key(body: &str) -> bool {
    body.bytes().filter(|byte| !byte.is_ascii_whitespace()).count() >= SHORTEST_KEY && !says_it_is_a_sample(body)
}
