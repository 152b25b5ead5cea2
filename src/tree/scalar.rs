//! Types a scalar by the YAML 1.2 core schema (YAML 1.2.2, section 10.3.2).

use crate::tree::Value;

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

/// Whether a text is one of the core schema's integers and floats, `.inf` and `.nan` included.
fn is_number(text: &str) -> bool {
    // Most texts begin otherwise.
    if !text.starts_with(|first: char| first.is_ascii_digit() || matches!(first, '-' | '+' | '.')) {
        return false;
    }
    let is_all = |digits: &str, is: fn(&u8) -> bool| !digits.is_empty() && digits.as_bytes().iter().all(is);
    if let Some(digits) = text.strip_prefix("0o") {
        return is_all(digits, |digit| matches!(digit, b'0'..=b'7'));
    }
    if let Some(digits) = text.strip_prefix("0x") {
        return is_all(digits, u8::is_ascii_hexdigit);
    }
    let is_infinite = |text| matches!(text, ".inf" | ".Inf" | ".INF");
    let is_decimal = |text| is_all(text, u8::is_ascii_digit);
    let unsigned = text.strip_prefix(['-', '+']).unwrap_or(text);
    let (mantissa, exponent) = unsigned.split_once(['e', 'E']).unwrap_or((unsigned, "0"));
    let exponent = exponent.strip_prefix(['-', '+']).unwrap_or(exponent);
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let is_float = match (whole, fraction) {
        ("", fraction) => is_decimal(fraction),
        (whole, "") => is_decimal(whole),
        (whole, fraction) => is_decimal(whole) && is_decimal(fraction),
    };
    is_float && is_decimal(exponent) || is_infinite(unsigned) || matches!(text, ".nan" | ".NaN" | ".NAN")
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use regex::Regex;

    use super::is_number;

    /// YAML 1.2.2, section 10.3.2.
    const NUMBER: &str = concat!(
        r"^(?:[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+",
        r"|[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?",
        r"|[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN))$"
    );

    proptest! {
        #![proptest_config(ProptestConfig { cases: 4096, failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn numbers_are_those_of_the_specification(
            text in "([-+.eE0-9xo_ ]|[0-9]{1,3}|0[xo]|[a-fA-F]|\\.(inf|Inf|INF|nan|NaN|NAN)){0,7}"
        ) {
            let pattern = Regex::new(NUMBER).expect("the pattern is a constant");
            prop_assert_eq!(is_number(&text), pattern.is_match(&text));
        }
    }
}
