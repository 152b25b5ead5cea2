//! Secrets in a page: private keys and tokens that show by their form.

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

use crate::source::SourceFile;

/// Fewer characters than these are no key but show where one goes.
const SHORTEST_KEY: usize = 64;

/// Forms of tokens as their issuers document them for secret scanning, and what they are.
static TOKENS: LazyLock<Vec<(Regex, &'static str)>> = LazyLock::new(|| {
    let forms = [
        (r"\b(?:AKIA|ASIA)[0-9A-Z]{16}\b", "an AWS access key"),
        (r"\bgh[pousr]_[0-9A-Za-z]{36,}\b", "a GitHub token"),
        (r"\bgithub_pat_[0-9A-Za-z_]{50,}\b", "a GitHub token"),
        (r"\bglpat-[0-9A-Za-z_-]{20,}", "a GitLab token"),
        (r"\bxox[abprs]-[0-9]+-[0-9A-Za-z-]{20,}", "a Slack token"),
        (r"\b[rs]k_live_[0-9A-Za-z]{20,}\b", "a Stripe key"),
        (r"\bAIza[0-9A-Za-z_-]{35}", "a Google API key"),
        (r"\bya29\.[0-9A-Za-z_-]{30,}", "a Google access token"),
        (r"\bSG\.[0-9A-Za-z_-]{22}\.[0-9A-Za-z_-]{43}", "a SendGrid key"),
        (r"\bshp(?:at|ca|pa|ss)_[0-9a-fA-F]{32}\b", "a Shopify token"),
        (r"\bsk-(?:proj-)?[0-9A-Za-z]{40,}\b", "an OpenAI key"),
        (r"\bkey-[0-9a-f]{32}\b", "a Mailgun key"),
        (r"\beyJ[0-9A-Za-z_-]{10,}\.eyJ[0-9A-Za-z_-]{10,}\.[0-9A-Za-z_-]{20,}", "a signed token"),
    ];
    let compiled = forms.into_iter().map(|(form, name)| (Regex::new(form), name));
    compiled.map(|(form, name)| (form.expect("the forms are constants that the tests compile"), name)).collect()
});

static PRIVATE_KEY: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"-----BEGIN ([A-Z ]*PRIVATE KEY)-----([^-]+)-----END [A-Z ]*PRIVATE KEY-----")
        .expect("the form is a constant that the tests compile")
});

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
    let mut found: Vec<Secret> = Vec::new();
    if text.contains("PRIVATE KEY-----") {
        let keys = PRIVATE_KEY.captures_iter(text).filter_map(|captures| captures.get(2));
        let bodies = keys.filter(|body| is_key_body(body.as_str()));
        found.extend(bodies.map(|body| Secret { range: trimmed(text, body.range()), name: "a private key" }));
    }
    for (form, name) in TOKENS.iter() {
        let tokens = form.find_iter(text).filter(|token| !is_sample(token.as_str()));
        found.extend(tokens.map(|token| Secret { range: token.range(), name }));
    }
    found.sort_by_key(|secret| secret.range.start);
    found
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
