//! Where a configuration holds secrets: no report may print these bytes.
//!
//! Decided once, where the file is read: by the names of keys and properties, by the contract, by
//! the form of the text (a URL with a password, a private key), and line by line where the text is
//! too broken for a tree.

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

use crate::config::placeholder::stands_before;
use crate::config::schema::fold;
use crate::config::{Body, References, vocabulary};
use crate::source::SourceFile;
use crate::tree::{Node, ScalarStyle, Value};

/// Secrets that show by their form alone.
struct Form {
    /// Whether a text may hold one: most texts do not, and a pattern is built for those that do.
    may_be_in: fn(&str) -> bool,
    /// The group is what is hidden.
    pattern: LazyLock<Regex>,
}

/// A form with its pattern, a literal.
macro_rules! form {
    ($may_be_in:expr, $pattern:literal) => {
        Form {
            may_be_in: $may_be_in,
            pattern: LazyLock::new(|| Regex::new($pattern).expect("the patterns are constants that the tests compile")),
        }
    };
}

static FORMS: [Form; 4] = [
    form!(|text| text.contains("://") && text.contains('@'), r"://([^/\s@'\x22]*:[^\s'\x22]*|[^/\s@'\x22]+)@"),
    form!(
        |text| text.contains(['?', '&']) && text.contains('='),
        r"(?i)[?&](?:client_secret|password|passwd|access_token|refresh_token|api_?key|token|secret|key)=([^&\s'\x22#]+)"
    ),
    form!(
        |text| stands_before(&["bearer", "basic"], [' ', '\t'], text),
        r"(?i)\b(?:bearer|basic)[ \t]+([A-Za-z0-9+/=._~-]{6,})"
    ),
    form!(
        |text| text.contains("-----BEGIN "),
        r"(?s)(-----BEGIN [A-Z ]*PRIVATE KEY-----.*?(?:-----END [A-Z ]*PRIVATE KEY-----|\z))"
    ),
];

/// `name: value` or `name = value` in a comment or in a text without a tree.
static ASSIGNMENT: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r#"["']?([A-Za-z][\w .-]*?)["']?[ \t]*[:=][ \t]*([^\r\n]+)"#)
        .expect("the pattern is a constant that the tests compile")
});

/// The environment variable for a value: `CLIENT_SECRET` for `ClientSecret`.
pub fn environment_name(name: &str) -> String {
    let mut out = String::new();
    let mut previous_lower = false;
    for c in name.chars() {
        if c.is_uppercase() && previous_lower {
            out.push('_');
        }
        previous_lower = c.is_lowercase() || c.is_ascii_digit();
        out.push(if c.is_ascii_alphanumeric() { c.to_ascii_uppercase() } else { '_' });
    }
    out
}

/// Whether the value under a name must not be shown: `ClientSecret`, `api_key`, `AuthValue`.
pub fn is_secret_name(name: &str) -> bool {
    let vocabulary = vocabulary();
    let folded = fold(name);
    if matches!(folded.as_str(), "authvalue" | "apikey") {
        return true;
    }
    let inner = ["secret", "password"];
    let mut endings = vocabulary.secret_words.iter().filter(|word| folded.ends_with(word.as_str())).peekable();
    // Most names have no such letters and need not be cut into words.
    let may_be = endings.peek().is_some() || inner.iter().any(|word| folded.contains(word));
    if !may_be || vocabulary.public_names.contains(&folded) {
        return false;
    }
    let words = words(name);
    words.iter().any(|word| inner.contains(&word.as_str()))
        || endings.any(|ending| ending.len() > 4 || words.last() == Some(ending))
}

/// The lower-case words of a name: at capitals, digits stay with their word.
fn words(name: &str) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    let mut previous_lower = false;
    for c in name.chars() {
        if !c.is_alphanumeric() {
            previous_lower = false;
            words.push(String::new());
            continue;
        }
        if words.is_empty() || (c.is_uppercase() && previous_lower) {
            words.push(String::new());
        }
        previous_lower = c.is_lowercase() || c.is_ascii_digit();
        if let Some(word) = words.last_mut() {
            word.extend(c.to_lowercase());
        }
    }
    words.retain(|word| !word.is_empty());
    words
}

/// A file and what counts as a reference in it.
#[derive(Clone, Copy)]
struct File<'a> {
    source: &'a SourceFile,
    references: &'a References,
}

/// The byte ranges of a file that hold secrets. `broken` tells that some of it has no tree.
pub(super) fn positions(
    source: &SourceFile,
    documents: &[Node],
    bodies: &[Body],
    references: &References,
    broken: bool,
) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let file = File { source, references };
    for document in documents {
        walk(file, document, false, &mut found);
    }
    for body in bodies {
        contract_secrets(file, body, &mut found);
    }
    for form in FORMS.iter().filter(|form| (form.may_be_in)(source.text())) {
        found.extend(
            form.pattern.captures_iter(source.text()).filter_map(|captures| captures.get(1)).map(|part| part.range()),
        );
    }
    in_text(source, broken, &mut found);
    found
}

/// Hides the scalars under secret names; `secret` tells that the name above is one.
fn walk(file: File<'_>, node: &Node, secret: bool, found: &mut Vec<Range<usize>>) {
    match &node.value {
        Value::Mapping(entries) => {
            let named = node.get("Name").and_then(Node::as_str).is_some_and(is_secret_name);
            for entry in entries {
                let is_value = named && entry.key == "Value";
                walk(file, &entry.value, secret || is_value || is_secret_name(&entry.key), found);
            }
        }
        Value::Sequence(items) => items.iter().for_each(|item| walk(file, item, secret, found)),
        _ if secret => hide_scalar(file, node, found),
        _ => {}
    }
}

/// Hides the values of the properties that the contract calls secret.
fn contract_secrets(file: File<'_>, body: &Body, found: &mut Vec<Range<usize>>) {
    for installation in &body.installations {
        let Some(known) = &installation.contract else { continue };
        let is_secret = |name: &str| known.contract.fields.iter().any(|field| field.secret && field.key == name);
        for property in installation.properties.iter().filter(|property| is_secret(&property.name.value)) {
            property.value.iter().for_each(|value| hide_scalar(file, value, found));
        }
    }
}

/// Hides a scalar without its quotes, and a comment behind it in the same line.
fn hide_scalar(file: File<'_>, node: &Node, found: &mut Vec<Range<usize>>) {
    let is_open = match &node.value {
        Value::Null | Value::Bool(_) => true,
        Value::String(text) => file.references.is_reference(text, node.tag.as_deref()),
        _ => false,
    };
    if is_open {
        return;
    }
    let quote = usize::from(matches!(node.style, ScalarStyle::SingleQuoted | ScalarStyle::DoubleQuoted));
    let range = node.span.range();
    found.push(range.start + quote..range.end.saturating_sub(quote).max(range.start + quote));
    let rest = file.source.text()[range.end..].split(['\n', '\r']).next().unwrap_or_default();
    if let Some(hash) = rest.find(" #") {
        found.push(range.end + hash + 2..range.end + rest.len());
    }
}

/// Hides what follows a secret name in comments, and everywhere where the text has no tree.
fn in_text(source: &SourceFile, everywhere: bool, found: &mut Vec<Range<usize>>) {
    let text = source.text();
    if !everywhere && !text.contains('#') {
        return;
    }
    let mut line_start = 0;
    for line in text.split_inclusive('\n') {
        let from = if everywhere { Some(0) } else { line.find('#') };
        // Only a line that assigns needs the pattern.
        if let Some(from) = from.filter(|from| line[*from..].contains([':', '='])) {
            found
                .extend(assigned(line, from, everywhere).map(|value| line_start + value.start..line_start + value.end));
        }
        line_start += line.len();
    }
}

/// What a line assigns to the first secret name behind `at`.
fn assigned(line: &str, mut at: usize, everywhere: bool) -> Option<Range<usize>> {
    loop {
        let captures = ASSIGNMENT.captures_at(line, at)?;
        let (name, value) = (captures.get(1)?, captures.get(2)?);
        if is_secret_name(name.as_str()) || (everywhere && name.as_str() == "Value") {
            return Some(value.range());
        }
        at = value.start();
    }
}
