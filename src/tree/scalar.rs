//! Types a scalar by the YAML 1.2 core schema (YAML 1.2.2, section 10.3.2).

use std::sync::LazyLock;

use regex::Regex;

use crate::tree::Value;

/// The core schema's integers and floats, `.inf` and `.nan` included.
static NUMBER: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(concat!(
        r"^(?:[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+",
        r"|[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?",
        r"|[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN))$"
    ))
    .expect("the pattern is a constant that the tests compile")
});

/// The value of a plain scalar without a tag.
pub(super) fn plain(text: &str) -> Value {
    match text {
        "" | "~" | "null" | "Null" | "NULL" => Value::Null,
        "true" | "True" | "TRUE" => Value::Bool(true),
        "false" | "False" | "FALSE" => Value::Bool(false),
        _ if is_number(text) => Value::Number(text.into()),
        _ => Value::String(text.to_owned()),
    }
}

/// The value of a scalar with a tag of the core schema (`str`, `int`, ...).
///
/// A tag that does not fit its text leaves the text a string, as any other tag does.
pub(super) fn tagged(suffix: &str, text: &str) -> Value {
    let value = plain(text);
    let fits = match suffix {
        "null" => matches!(value, Value::Null),
        "bool" => matches!(value, Value::Bool(_)),
        "int" | "float" => matches!(value, Value::Number(_)),
        _ => false,
    };
    if fits { value } else { Value::String(text.to_owned()) }
}

/// A number as JSON holds it; `null` where JSON has none (`.inf`, `.nan`).
pub(super) fn number(text: &str) -> serde_json::Value {
    let radix = |digits: &str, radix| u64::from_str_radix(digits, radix).ok().map(serde_json::Value::from);
    if let Some(digits) = text.strip_prefix("0x") {
        return radix(digits, 16).unwrap_or_default();
    }
    if let Some(digits) = text.strip_prefix("0o") {
        return radix(digits, 8).unwrap_or_default();
    }
    let unsigned = text.strip_prefix('+').unwrap_or(text);
    if let Ok(value) = unsigned.parse::<i64>() {
        return value.into();
    }
    if let Ok(value) = unsigned.parse::<u64>() {
        return value.into();
    }
    unsigned.parse::<f64>().map_or(serde_json::Value::Null, serde_json::Value::from)
}

fn is_number(text: &str) -> bool {
    let may_start = text.starts_with(|first: char| first.is_ascii_digit() || matches!(first, '-' | '+' | '.'));
    may_start && NUMBER.is_match(text)
}
