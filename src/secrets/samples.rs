//! Shows values that stand for a secret, such as `YOUR_API_KEY`, from those that are one.

use super::names::is_secret_name;

/// A secret with fewer characters cannot be distinguished from a word.
const SHORTEST: usize = 8;

/// How many characters of a value are looked at.
const LONGEST: usize = 256;

/// How many of the last characters of a token are compared.
const COMPARED: usize = 20;

/// Fewer different characters than these are filler.
const FEWEST_CHARACTERS: usize = 6;

/// So many characters in the order of the alphabet or of digits are written by hand.
const LONGEST_SEQUENCE: usize = 8;

/// Whether a token says that it is a sample, or repeats a few characters.
pub(super) fn says_it_is_a_sample(token: &str) -> bool {
    const WORDS: [&str; 14] = [
        "example", "xxxx", "sample", "your_", "your-", "_your", "-your", "yourtoken", "yourkey", "dummy", "redacted",
        "placeholder", "notreal", "replaceme",
    ];
    let mut characters: Vec<char> = token.trim_end_matches('=').chars().rev().take(COMPARED).collect();
    characters.sort_unstable();
    characters.dedup();
    let lower = token.to_ascii_lowercase();
    characters.len() < FEWEST_CHARACTERS || WORDS.iter().any(|word| lower.contains(word)) || has_sequence(&lower)
}

/// Whether characters follow each other as in `12345678` or `abcdefgh`.
fn has_sequence(text: &str) -> bool {
    let mut length = 1;
    text.as_bytes().windows(2).any(|pair| {
        let follows = pair[0].is_ascii_alphanumeric() && (pair[1] == pair[0] + 1 || pair == b"90");
        length = if follows { length + 1 } else { 1 };
        length >= LONGEST_SEQUENCE
    })
}

/// Whether a value is too random for a word or a placeholder: `3f1c9a77b02e`.
pub fn looks_random(value: &str) -> bool {
    if value.len() < SHORTEST {
        return false;
    }
    // The start of a long value shows what it is.
    let end = if value.len() > LONGEST { value.char_indices().nth(LONGEST) } else { None };
    let value = end.map_or(value, |(at, _)| &value[..at]);
    let is_allowed = |byte: u8| {
        byte.is_ascii_graphic() && !matches!(byte, b'"' | b'\'' | b'`' | b'<' | b'>' | b'{' | b'}' | b'[' | b']' | b'|')
    };
    let has = |test: fn(&u8) -> bool| value.as_bytes().iter().any(test);
    has(u8::is_ascii_digit)
        && has(u8::is_ascii_alphabetic)
        && value.bytes().all(is_allowed)
        && !value.starts_with(['$', '/', '@', '%', '#', '!', '.', '('])
        && !value.contains("://")
        && !["env:", "vault:", "op:", "arn:"].iter().any(|store| value.starts_with(store))
        && !is_word(value)
        && !says_it_is_a_sample(value)
        && !is_secret_name(value)
}

/// Whether a value is made of words and numbers, as `oauth2-client`, `2024-01-31` or `v1.2/users`.
fn is_word(value: &str) -> bool {
    let mut parts = value.split(|c: char| !c.is_ascii_alphanumeric()).filter(|part| !part.is_empty());
    parts.all(|part| {
        let word = part.trim_end_matches(|c: char| c.is_ascii_digit());
        let rest = word.trim_start_matches(|c: char| c.is_ascii_digit());
        let tail = rest.get(1..).unwrap_or_default();
        let is_one_case = |is: fn(&u8) -> bool| rest.as_bytes().iter().all(is);
        is_one_case(u8::is_ascii_lowercase)
            || is_one_case(u8::is_ascii_uppercase)
            || tail.bytes().all(|byte| byte.is_ascii_lowercase())
    })
}

/// Whether a password is one that somebody chose, rather than `password`, `P4$$w0rd` or `secret123`.
pub fn is_plain_password(value: &str) -> bool {
    const WORDS: [&str; 12] = [
        "password", "passwort", "secret", "changeme", "pass", "test", "user", "example", "string", "value", "none",
        "null",
    ];
    let plain = |c: char| match c {
        '@' | '4' => 'a',
        '$' | '5' => 's',
        '0' => 'o',
        '1' | '!' => 'i',
        '3' => 'e',
        '7' => 't',
        other => other.to_ascii_lowercase(),
    };
    let bare = value.trim().trim_end_matches(|c: char| c.is_ascii_digit() || c == '!');
    let words: String = bare.chars().map(plain).filter(|c| c.is_alphanumeric()).collect();
    !words.is_empty() && !WORDS.contains(&words.as_str()) && !says_it_is_a_sample(value)
}
