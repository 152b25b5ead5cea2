//! The form of credentials, in `AuthValue` and in properties: what is plainly wrong with it.
//!
//! A message never holds the value.

use base64::Engine;
use base64::engine::general_purpose::{STANDARD, URL_SAFE, URL_SAFE_NO_PAD};
use serde_json::Value;

use crate::config::vendor_values::is_publishable;
use crate::contract::{self, AuthKind};
use crate::profile::is_same;

/// What is wrong with credentials.
#[derive(Debug)]
pub struct Fault {
    /// What is wrong.
    pub message: String,
    /// What to do.
    pub help: &'static str,
    /// What the repair does.
    pub title: &'static str,
    /// The repaired value, where it is clear.
    pub repaired: Option<String>,
    /// How many bytes at its start are too many.
    pub surplus: usize,
}

impl Fault {
    /// A fault without a repair.
    pub fn new(message: impl Into<String>, help: &'static str) -> Self {
        Self { message: message.into(), help, title: "", repaired: None, surplus: 0 }
    }

    fn repaired(self, title: &'static str, value: impl Into<String>) -> Self {
        Self { title, repaired: Some(value.into()), ..self }
    }
}

/// What is wrong with `value`, without a prefix, for a kind of authentication; `None` where it may be right.
pub fn fault(value: &str, kind: Option<AuthKind>) -> Option<Fault> {
    match kind {
        Some(AuthKind::Basic) => basic(value),
        Some(AuthKind::ApiKey) if is_tokens(value) => {
            Some(Fault::new("tokens of OAuth instead of a key", "use the key that the application shows"))
        }
        Some(AuthKind::ApiKey) => is_wrapped(value).then(wrapped),
        Some(AuthKind::OAuth2 | AuthKind::OAuth1) => oauth(value),
        None => oauth(value).or_else(|| encoded_line_break(value)),
        _ => None,
    }
}

/// What is wrong with a JSON Web Token (RFC 7519) that lacks some of its parts: a signed one has three, an encrypted one
/// five.
pub fn cut_token(value: &str) -> Option<Fault> {
    let mut parts = value.trim().split('.');
    let header = parts.next().filter(|header| header.starts_with("eyJ"))?;
    let header: Value = serde_json::from_slice(&URL_SAFE_NO_PAD.decode(header).ok()?).ok()?;
    let expected = if header.get("enc").is_some() { 5 } else { 3 };
    let count = parts.count() + 1;
    let fault = || format!("JSON Web Token with {count} of its {expected} parts");
    // The base64 form of a key begins so as well, and has no dot.
    (header.get("alg").is_some() && (2..expected).contains(&count)).then(|| Fault::new(fault(), "copy the whole token"))
}

/// What is wrong with a key in PEM form for a property called `name`, folded.
pub fn private_key_fault(name: &str, value: &str) -> Option<Fault> {
    if !value.trim_start().starts_with("-----BEGIN ") {
        return None;
    }
    // Others may be before it: `EC PARAMETERS`.
    if name.ends_with("privatekey") && !value.contains("PRIVATE KEY") {
        return Some(Fault::new("other text than a private key", "use the private key"));
    }
    (!value.contains("-----END ")).then(|| Fault::new("key without its end", "copy the whole key"))
}

/// The ends of the names of files that certificates and keys are in.
const FILES: [&str; 11] = [".pfx", ".p12", ".pem", ".key", ".cer", ".crt", ".der", ".jks", ".ppk", ".p8", ".json"];

/// The path of a file, where a property whose name ends in these words, in lowercase, holds a certificate or a private
/// key.
pub fn file_fault(words: &[String], value: &str) -> Option<Fault> {
    let is_content = match words {
        [.., first, second] if second == "key" => matches!(first.as_str(), "private" | "ssh" | "rsa" | "signing"),
        [.., last] => matches!(last.as_str(), "certificate" | "cert" | "pem" | "pfx"),
        [] => false,
    };
    let value = value.trim();
    let lower = value.to_ascii_lowercase();
    let is_file = FILES.iter().any(|end| lower.ends_with(end) && lower.len() > end.len());
    // What fetches the file stands for its content: `vault:acme/tls.pem`, but not a drive.
    let is_fetched =
        value.contains(['\n', '{', '$', '(']) || value.find(':').is_some_and(|at| at > 1) || value.starts_with('@');
    (is_content && is_file && !is_fetched).then(|| {
        Fault::new("path of a file instead of its content", "use the content of the file, or a reference to it")
    })
}

/// Quotation marks; those after the third are typographic.
const QUOTES: [char; 10] =
    ['"', '\'', '`', '\u{201c}', '\u{201d}', '\u{2018}', '\u{2019}', '\u{201e}', '\u{ab}', '\u{bb}'];

/// What is wrong with a value that has quotation marks around it, besides those of the file.
pub fn quoted(value: &str) -> Option<Fault> {
    let bare = value.trim();
    let is_quoted = bare.chars().count() > 2 && bare.starts_with(QUOTES) && bare.ends_with(QUOTES);
    let fault = || Fault::new("quotation marks in the value", "remove the quotation marks");
    is_quoted.then(fault)
}

/// What is wrong with the identifier or the secret of an OAuth client; `None` where it may be right.
pub fn client_fault(value: &str, is_secret: bool) -> Option<Fault> {
    if value.contains(&QUOTES[3..]) {
        let help = "remove the quotation marks";
        return Some(Fault::new("quotation marks in the value", help));
    }
    if is_publishable(value) {
        let meant = if is_secret { "a secret" } else { "a client ID" };
        let help = "use the value that the application's console shows for it";
        return Some(Fault::new(format!("publishable key instead of {meant}"), help));
    }
    if !is_secret && value.trim().ends_with([',', ';']) {
        return Some(Fault::new("separator at the end of the value", "remove the separator"));
    }
    let is_line = !value.trim().contains(['\n', '\r']);
    // A secret may be a phrase.
    let has_space = !is_secret && is_line && value.trim().contains(char::is_whitespace);
    has_space.then(|| Fault::new("spaces inside the value", "copy the value from the application's console again"))
}

/// Whether a text is an email address and nothing else: identifiers have an `@` too, but no host after it.
pub fn is_email(text: &str) -> bool {
    let text = text.trim();
    let is_other = |c: char| c.is_whitespace() || matches!(c, ',' | ';' | '<' | '>' | '/');
    text.split_once('@').is_some_and(|(user, host)| {
        let is_host = host.contains('.') && !host.contains('@') && host.split('.').all(|label| !label.is_empty());
        is_host && !user.is_empty() && !user.contains(':') && !text.contains(is_other)
    })
}

/// How many bytes at the start of a value repeat its own name: `client_id=` before an identifier.
pub fn repeated_name(name: &str, value: &str) -> Option<usize> {
    let at = value.find([':', '=']).filter(|at| !value[*at..].starts_with("://"))?;
    let is_own = is_same(&value[..at], name);
    // Some forms of values begin with their kind: `arn:aws:iam`, `urn:acme`, `tel:+44`.
    let is_one_word = name.chars().all(char::is_uppercase) || name.chars().skip(1).all(char::is_lowercase);
    let is_kind = is_one_word && value[at..].starts_with(':') && !value[at + 1..].starts_with(' ');
    (is_own && !is_kind).then(|| value.len() - value[at + 1..].trim_start().len())
}

/// The platform writes the header itself: `Basic ` and `Bearer ` are not part of the value.
pub fn prefixed(value: &str) -> Option<Fault> {
    const HEADER: &str = "Authorization:";
    let header = value.get(..HEADER.len()).filter(|start| start.eq_ignore_ascii_case(HEADER));
    let rest = header.map_or(value, |header| value[header.len()..].trim_start());
    let (scheme, credentials) = rest.split_once(' ').unwrap_or(("", rest));
    let known = contract::scheme(scheme);
    // Some vendors have schemes of their own: `Acme-API-Key`.
    let is_scheme = scheme.to_ascii_lowercase().ends_with("-key") || scheme.eq_ignore_ascii_case("apikey");
    let known = known.or(is_scheme.then_some(scheme));
    let (prefix, rest) = match (header, known) {
        (None, None) => return None,
        (Some(_), None) => (HEADER, rest),
        (None, Some(known)) => (known, credentials),
        (Some(_), Some(_)) => ("Authorization", credentials),
    };
    let fault = Fault::new(format!("prefix `{prefix}` in the value"), "remove the prefix");
    Some(Fault { title: "remove the prefix", surplus: value.len() - rest.trim_start().len(), ..fault })
}

fn basic(value: &str) -> Option<Fault> {
    if value.trim_end().contains(char::is_whitespace) && decode(&without_space(value)).is_some() {
        return Some(wrapped().repaired("join the lines", without_space(value)));
    }
    let Some(decoded) = decode(value.trim_end()) else {
        let help = "use the base64 form of `username:password`, or a reference to it";
        let fault = Fault::new("invalid base64", help);
        return Some(if is_plain_pair(value) {
            fault.repaired("encode as base64", STANDARD.encode(value))
        } else {
            fault
        });
    };
    if decoded.ends_with(b"\n") {
        let fault = Fault::new(
            "line break at the end of the encoded text",
            "encode the value without a line break: `printf %s user:password | base64`",
        );
        return Some(fault.repaired("encode without the line break", STANDARD.encode(decoded.trim_ascii_end())));
    }
    let has_colon = decoded.contains(&b':');
    (!has_colon)
        .then(|| Fault::new("missing `:` in the encoded text", "encode user name and password as `user:password`"))
}

/// Whether a value is a user and a password as text: encoded, a reference in it would be sent as written, and so
/// would a header.
fn is_plain_pair(value: &str) -> bool {
    let is_plain = |part: &str| {
        let has_mark = part.contains(['$', '#', '%', '{', '}', '<', '>', '(', ')', '[', ']']) || part.contains("__");
        !part.is_empty() && !part.starts_with(['!', '/']) && !part.contains(char::is_whitespace) && !has_mark
    };
    value.split_once(':').is_some_and(|(user, password)| {
        is_plain(user) && is_plain(password) && !user.to_ascii_lowercase().ends_with("authorization")
    })
}

/// The base64 form of a user and a password with a line break after them, whatever the connector.
fn encoded_line_break(value: &str) -> Option<Fault> {
    let decoded = decode(value)?;
    let text = std::str::from_utf8(&decoded).ok()?;
    let is_pair = text.trim_end().split_once(':').is_some_and(|(user, _)| !user.is_empty());
    let is_printable = text.trim_end().chars().all(|c| !c.is_control());
    (text.ends_with('\n') && is_pair && is_printable).then(|| basic(value)).flatten()
}

fn is_wrapped(value: &str) -> bool {
    value.trim().contains(['\n', '\r'])
}

fn wrapped() -> Fault {
    Fault::new("value over several lines", "use a single line: `base64 -w0`")
}

fn without_space(value: &str) -> String {
    value.split_whitespace().collect()
}

/// Whether a value is the JSON object of tokens that OAuth returns.
fn is_tokens(value: &str) -> bool {
    let members = serde_json::from_str::<Value>(value).ok();
    members.is_some_and(|members| members.get("AccessToken").is_some())
}

/// Tokens are a JSON object as text, `{}`, or one bare token.
fn oauth(value: &str) -> Option<Fault> {
    const KEYS: [&str; 4] = ["AccessToken", "RefreshToken", "Expires", "RefreshExpires"];
    if !value.trim_start().starts_with('{') {
        return None;
    }
    let Ok(Value::Object(members)) = serde_json::from_str::<Value>(value) else {
        return Some(Fault::new("invalid JSON object", "use quotes around keys and values"));
    };
    for (key, member) in &members {
        if !KEYS.contains(&key.as_str()) {
            let help = "use `AccessToken`, `RefreshToken`, `Expires` and `RefreshExpires`";
            return Some(Fault::new(format!("unknown key `{key}` in the serialized tokens"), help));
        }
        let Some(text) = member.as_str() else {
            return Some(Fault::new(
                format!("wrong type for `{key}` in the serialized tokens: expected a string"),
                "put the value in quotes",
            ));
        };
        if key.ends_with("Expires") && !is_date_time(text) {
            let help = "use an RFC 3339 date, such as `2030-01-31T12:00:00Z`";
            return Some(Fault::new(format!("invalid date for `{key}` in the serialized tokens"), help));
        }
    }
    None
}

/// Whether a text is a date and time of RFC 3339, section 5.6.
fn is_date_time(text: &str) -> bool {
    static VALIDATOR: std::sync::LazyLock<Option<jsonschema::Validator>> = std::sync::LazyLock::new(|| {
        let schema = serde_json::json!({ "format": "date-time" });
        jsonschema::options().should_validate_formats(true).build(&schema).ok()
    });
    VALIDATOR.as_ref().is_none_or(|validator| validator.is_valid(&Value::from(text)))
}

/// Decodes base64 in either alphabet (RFC 4648, sections 4 and 5).
fn decode(text: &str) -> Option<Vec<u8>> {
    STANDARD.decode(text).or_else(|_| URL_SAFE.decode(text)).ok()
}
