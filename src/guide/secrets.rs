//! Secrets in a page: private keys and tokens that show by their form.

use std::ops::Range;
use std::sync::LazyLock;

use memchr::memmem::Finder;
use regex::Regex;

use super::byte_set::ByteSet;
use crate::source::SourceFile;

/// Fewer characters than these are no key but show where one goes.
const SHORTEST_KEY: usize = 64;

/// The length of the shortest token.
const SHORTEST_TOKEN: usize = 20;

/// The characters that a token may have.
const TOKEN: ByteSet = ByteSet::of(b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz-.");

/// A form of token, as its issuer documents it for secret scanning.
struct Form {
    /// What it is.
    name: &'static str,
    /// What each token begins with, one of them.
    marks: &'static [&'static str],
    /// The length of the shortest one.
    shortest: usize,
    pattern: LazyLock<Regex>,
}

macro_rules! forms {
    ($($marks:expr, $shortest:literal, $pattern:literal, $name:literal;)*) => {
        [$(Form {
            name: $name,
            marks: &$marks,
            shortest: $shortest,
            pattern: LazyLock::new(|| Regex::new($pattern).expect("the forms are constants that the tests compile")),
        }),*]
    };
}

static TOKENS: [Form; 13] = forms! {
    ["AKIA", "ASIA"], 20, r"\b(?:AKIA|ASIA)[0-9A-Z]{16}\b", "an AWS access key";
    ["ghp_", "gho_", "ghu_", "ghs_", "ghr_"], 40, r"\bgh[pousr]_[0-9A-Za-z]{36,}\b", "a GitHub token";
    ["github_pat_"], 61, r"\bgithub_pat_[0-9A-Za-z_]{50,}\b", "a GitHub token";
    ["glpat-"], 26, r"\bglpat-[0-9A-Za-z_-]{20,}", "a GitLab token";
    ["xox"], 27, r"\bxox[abprs]-[0-9]+-[0-9A-Za-z-]{20,}", "a Slack token";
    ["rk_live_", "sk_live_"], 28, r"\b[rs]k_live_[0-9A-Za-z]{20,}\b", "a Stripe key";
    ["AIza"], 39, r"\bAIza[0-9A-Za-z_-]{35}", "a Google API key";
    ["ya29."], 35, r"\bya29\.[0-9A-Za-z_-]{30,}", "a Google access token";
    ["SG."], 69, r"\bSG\.[0-9A-Za-z_-]{22}\.[0-9A-Za-z_-]{43}", "a SendGrid key";
    ["shpat_", "shpca_", "shppa_", "shpss_"], 38, r"\bshp(?:at|ca|pa|ss)_[0-9a-fA-F]{32}\b", "a Shopify token";
    ["sk-"], 43, r"\bsk-(?:proj-)?[0-9A-Za-z]{40,}\b", "an OpenAI key";
    ["key-"], 36, r"\bkey-[0-9a-f]{32}\b", "a Mailgun key";
    ["eyJ"], 48, r"\beyJ[0-9A-Za-z_-]{10,}\.eyJ[0-9A-Za-z_-]{10,}\.[0-9A-Za-z_-]{20,}", "a signed token";
};

/// How the lines before and behind a private key end.
static PRIVATE_KEY: LazyLock<Finder<'static>> = LazyLock::new(|| Finder::new("PRIVATE KEY-----"));

/// A secret in a page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Secret {
    /// What is not to be shown.
    pub range: Range<usize>,
    /// What it is: "a private key".
    pub name: &'static str,
}

/// The secrets of a page, in order.
pub(super) fn find(source: &SourceFile) -> Vec<Secret> {
    let text = source.text();
    let bodies = key_bodies(text).filter(|body| is_key_body(&text[body.clone()]));
    let mut found: Vec<Secret> =
        bodies.map(|body| Secret { range: trimmed(text, body), name: "a private key" }).collect();
    let candidates = candidates(text);
    let is_marked = |form: &&Form| {
        let mut long = candidates.iter().filter(|word| word.len() >= form.shortest);
        long.any(|word| form.marks.iter().any(|mark| word.starts_with(mark)))
    };
    for Form { name, pattern, .. } in TOKENS.iter().filter(is_marked) {
        let tokens = pattern.find_iter(text).filter(|token| !is_sample(token.as_str()));
        found.extend(tokens.map(|token| Secret { range: token.range(), name }));
    }
    found.sort_by_key(|secret| secret.range.start);
    found
}

/// What may begin with a token: the ends, from the start of a word on, of what is long enough for one and has only
/// characters that one may have.
fn candidates(text: &str) -> Vec<&str> {
    let bytes = text.as_bytes();
    let (mut found, mut start) = (Vec::new(), 0);
    while let Some(window) = bytes.get(start..start + SHORTEST_TOKEN) {
        // From its end, for what stands before another character can be passed over at once.
        if let Some(other) = window.iter().rposition(|byte| !TOKEN.has(*byte)) {
            start += other + 1;
            continue;
        }
        let length = bytes[start..].iter().position(|byte| !TOKEN.has(*byte)).unwrap_or(bytes.len() - start);
        let run = &bytes[start..start + length];
        let starts_word =
            |at: &usize| run[*at].is_ascii_alphabetic() && (*at == 0 || matches!(run[at - 1], b'-' | b'.'));
        let words = (0..=length - SHORTEST_TOKEN).filter(starts_word);
        found.extend(words.map(|at| &text[start + at..start + length]));
        start += length;
    }
    found
}

/// What stands between `-----BEGIN RSA PRIVATE KEY-----` and `-----END RSA PRIVATE KEY-----`, of any kind of key.
fn key_bodies(text: &str) -> impl Iterator<Item = Range<usize>> {
    let is_kind = |c: char| c.is_ascii_uppercase() || c == ' ';
    PRIVATE_KEY.find_iter(text.as_bytes()).filter_map(move |at| {
        let dashes = text[..at].trim_end_matches(is_kind);
        let begins = dashes.ends_with("-----") && text[dashes.len()..at].starts_with("BEGIN ");
        let start = at + PRIVATE_KEY.needle().len();
        let end = start + text[start..].find('-')?;
        let behind = text[end..].strip_prefix("-----END ")?;
        let (kind, dashes) = behind.split_at(behind.find(|c| !is_kind(c))?);
        let ends = kind.ends_with("PRIVATE KEY") && dashes.starts_with("-----");
        (begins && ends).then_some(start..end)
    })
}

/// Whether the lines between the markers are base64 of a whole key.
fn is_key_body(body: &str) -> bool {
    let letters = || body.bytes().filter(|byte| !byte.is_ascii_whitespace());
    letters().count() >= SHORTEST_KEY
        && letters().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'/' | b'=' | b'\\'))
        && !is_sample(body)
}

/// Whether a token says that it is none, or repeats a few characters.
fn is_sample(token: &str) -> bool {
    let mut characters: Vec<char> = token.chars().rev().take(20).collect();
    characters.sort_unstable();
    characters.dedup();
    let lower = token.to_ascii_lowercase();
    characters.len() < 6 || ["example", "xxxx", "sample", "your"].iter().any(|word| lower.contains(word))
}

fn trimmed(text: &str, range: Range<usize>) -> Range<usize> {
    let inner = &text[range.clone()];
    let start = range.start + (inner.len() - inner.trim_start().len());
    start..start + inner.trim().len()
}
