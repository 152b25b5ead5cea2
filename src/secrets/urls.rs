//! Secrets in URLs: user information and parameters whose name sounds secret.

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

use super::names::is_secret_name;
use super::samples::looks_random;

macro_rules! pattern {
    ($pattern:literal) => {
        LazyLock::new(|| Regex::new($pattern).expect("the patterns are constants that the tests compile"))
    };
}

/// The password, or a user name without one, in a URL of a page: Markdown may follow.
static USERINFO: LazyLock<Regex> =
    pattern!(r#"://([^\s/?\#@'"<>`()\[\]|*,]*:([^\s/@'"<>`()\[\]|*,]*)|[^\s/?\#@:'"<>`()\[\]|*,{}]+)@"#);

/// The same in a value that is a URL, where everything belongs to it.
static ANY_USERINFO: LazyLock<Regex> = pattern!(r#"://([^/\s@'"]*:[^\s'"]*|[^/\s@'"]+)@"#);

/// `user:password@host` without a scheme.
static LOGIN: LazyLock<Regex> = pattern!(r#"(?:^|[\s"'`=,(])([^\s:/@'"`]+):([^\s@'"`/]+)@[A-Za-z0-9][A-Za-z0-9.-]*"#);

/// A parameter of a query or a fragment. How long its name may be is checked apart: a bound in the pattern compiles the
/// class of all word characters as often as it says, which takes longer than reading a page.
static PARAMETER: LazyLock<Regex> = pattern!(r##"(?:[?&;#]|&amp;)([A-Za-z][\w.%\[\]-]*)=([^&\s'"#`<>|)\\]+)"##);

/// Characters of the name of a parameter at most.
const LONGEST_PARAMETER: usize = 61;

/// Random values in URLs, as in a text that only shows how URLs look.
pub fn random_in_urls(text: &str) -> impl Iterator<Item = Range<usize>> + '_ {
    let parts = found(&USERINFO, text, "://").filter_map(|captures| captures.get(2).or_else(|| captures.get(1)));
    let values = parts.chain(logins(text)).map(|part| part.range()).chain(parameters(text));
    values.filter(|range| looks_random(&text[range.clone()]))
}

/// Whatever is the secret part of a URL, as in the values of a configuration.
pub fn any_in_urls(text: &str) -> impl Iterator<Item = Range<usize>> + '_ {
    let userinfo = found(&ANY_USERINFO, text, "@").filter_map(|captures| captures.get(1));
    let userinfo = userinfo.filter(|part| !is_port(part.as_str()));
    userinfo.chain(logins(text)).map(|part| part.range()).chain(parameters(text))
}

/// The passwords in `user:password@host`; `mailto:` and its like are schemes of addresses.
fn logins(text: &str) -> impl Iterator<Item = regex::Match<'_>> {
    let is_scheme =
        |name: &str| ["mailto", "acct", "sip", "sips", "xmpp"].contains(&name.to_ascii_lowercase().as_str());
    found(&LOGIN, text, "@").filter(move |captures| !is_scheme(&captures[1])).filter_map(|captures| captures.get(2))
}

fn parameters(text: &str) -> impl Iterator<Item = Range<usize>> + '_ {
    found(&PARAMETER, text, "=").filter_map(|captures| {
        let (name, value) = (captures.get(1)?, captures.get(2)?);
        let is_short = name.as_str().chars().nth(LONGEST_PARAMETER).is_none();
        (is_short && is_secret_name(name.as_str())).then(|| value.range())
    })
}

/// The matches in a text; most texts lack what each of them has.
fn found<'t>(
    pattern: &'static LazyLock<Regex>,
    text: &'t str,
    needle: &str,
) -> impl Iterator<Item = regex::Captures<'t>> {
    text.contains(needle).then(|| pattern.captures_iter(text)).into_iter().flatten()
}

/// Whether what comes before an `@` is a host with its port and a path: `host:8080/a/`.
fn is_port(part: &str) -> bool {
    let after = part.split_once(':').map_or("", |(_, after)| after);
    let digits = after.len() - after.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    digits > 0 && after[digits..].starts_with('/') && part.ends_with('/')
}
