//! Secrets in a page: private keys and tokens that show by their form.

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

use crate::source::SourceFile;

/// Fewer characters than these are no key but show where one goes.
const SHORTEST_KEY: usize = 64;

/// A form of token, as its issuer documents it for secret scanning.
struct Form {
    /// What it is.
    name: &'static str,
    /// What each token holds, one of them.
    marks: &'static [&'static str],
    pattern: LazyLock<Regex>,
}

macro_rules! forms {
    ($($marks:expr, $pattern:literal, $name:literal;)*) => {
        [$(Form {
            name: $name,
            marks: &$marks,
            pattern: LazyLock::new(|| Regex::new($pattern).expect("the forms are constants that the tests compile")),
        }),*]
    };
}

static TOKENS: [Form; 13] = forms! {
    ["AKIA", "ASIA"], r"\b(?:AKIA|ASIA)[0-9A-Z]{16}\b", "an AWS access key";
    ["ghp_", "gho_", "ghu_", "ghs_", "ghr_"], r"\bgh[pousr]_[0-9A-Za-z]{36,}\b", "a GitHub token";
    ["github_pat_"], r"\bgithub_pat_[0-9A-Za-z_]{50,}\b", "a GitHub token";
    ["glpat-"], r"\bglpat-[0-9A-Za-z_-]{20,}", "a GitLab token";
    ["xox"], r"\bxox[abprs]-[0-9]+-[0-9A-Za-z-]{20,}", "a Slack token";
    ["k_live_"], r"\b[rs]k_live_[0-9A-Za-z]{20,}\b", "a Stripe key";
    ["AIza"], r"\bAIza[0-9A-Za-z_-]{35}", "a Google API key";
    ["ya29."], r"\bya29\.[0-9A-Za-z_-]{30,}", "a Google access token";
    ["SG."], r"\bSG\.[0-9A-Za-z_-]{22}\.[0-9A-Za-z_-]{43}", "a SendGrid key";
    ["shpat_", "shpca_", "shppa_", "shpss_"], r"\bshp(?:at|ca|pa|ss)_[0-9a-fA-F]{32}\b", "a Shopify token";
    ["sk-"], r"\bsk-(?:proj-)?[0-9A-Za-z]{40,}\b", "an OpenAI key";
    ["key-"], r"\bkey-[0-9a-f]{32}\b", "a Mailgun key";
    ["eyJ"], r"\beyJ[0-9A-Za-z_-]{10,}\.eyJ[0-9A-Za-z_-]{10,}\.[0-9A-Za-z_-]{20,}", "a signed token";
};

/// Any of the marks: one search tells that a page has none, as nearly all have.
static MARKS: LazyLock<Regex> = LazyLock::new(|| {
    let marks: Vec<String> = TOKENS.iter().flat_map(|form| form.marks).map(|mark| regex::escape(mark)).collect();
    Regex::new(&marks.join("|")).expect("the marks are constants that the tests compile")
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
    if !MARKS.is_match(text) {
        return found;
    }
    let marked = TOKENS.iter().filter(|form| form.marks.iter().any(|mark| text.contains(mark)));
    for Form { name, pattern, .. } in marked {
        let tokens = pattern.find_iter(text).filter(|token| !is_sample(token.as_str()));
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
