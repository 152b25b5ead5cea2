//! The parts of Liquid's expressions, and how values compare.

use super::value::Value;

/// Whether nothing is in a value.
pub(super) fn is_empty(value: &Value<'_>) -> Option<bool> {
    match value {
        Value::Unknown => None,
        Value::Nil => Some(true),
        Value::Text(text) => Some(text.trim().is_empty()),
        _ => Some(value.items().is_some_and(|items| items.is_empty())),
    }
}

/// The result of a comparison of numbers.
pub(super) fn ordered(left: &Value<'_>, operator: &str, right: &Value<'_>) -> Option<bool> {
    if matches!(left, Value::Nil) || matches!(right, Value::Nil) {
        return Some(false);
    }
    let number = |value: &Value<'_>| match value {
        Value::Number(text) => text.parse::<f64>().ok(),
        _ => None,
    };
    let order = number(left)?.partial_cmp(&number(right)?)?;
    match operator {
        ">" => Some(order.is_gt()),
        "<" => Some(order.is_lt()),
        ">=" => Some(order.is_ge()),
        "<=" => Some(order.is_le()),
        _ => None,
    }
}

/// The words of a condition, texts in quotation marks whole.
pub(super) fn words(condition: &str) -> Vec<&str> {
    split_outside(condition, ' ').into_iter().map(str::trim).filter(|word| !word.is_empty()).collect()
}

/// The parts of a text between marks outside quotation marks.
pub(in crate::workspace) fn split_outside(text: &str, mark: char) -> Vec<&str> {
    let (mut parts, mut start, mut open) = (Vec::new(), 0, None);
    for (at, letter) in text.char_indices() {
        let is_mark = letter == mark || mark == ' ' && letter.is_whitespace();
        if open == Some(letter) {
            open = None;
        } else if open.is_none() && matches!(letter, '"' | '\'') {
            open = Some(letter);
        } else if open.is_none() && is_mark {
            parts.push(&text[start..at]);
            start = at + letter.len_utf8();
        }
    }
    parts.push(&text[start..]);
    parts
}

/// The keys of a path: `a.b[0]["c"]`; `None` for what is not one.
pub(super) fn keys(path: &str) -> Option<Vec<String>> {
    let is_key = |letter: char| letter.is_alphanumeric() || matches!(letter, '_' | '-' | '?');
    let mut keys = Vec::new();
    for part in path.split('.') {
        let (name, indices) = part.split_once('[').unwrap_or((part, ""));
        if name.is_empty() || !name.chars().all(is_key) {
            return None;
        }
        keys.push(name.to_owned());
        for index in indices.split('[').filter(|index| !index.is_empty()) {
            let index = index.strip_suffix(']')?;
            let text = index.trim_matches(['"', '\'']);
            let is_literal = text.len() < index.len() || index.parse::<usize>().is_ok();
            keys.push(is_literal.then(|| text.to_owned())?);
        }
    }
    Some(keys)
}

/// The name of an include, which may have Liquid in it, and what follows.
pub(super) fn file_name(argument: &str) -> (&str, &str) {
    let mut depth = 0usize;
    let end = argument.char_indices().find(|(_, letter)| {
        match letter {
            '{' => depth += 1,
            '}' => depth = depth.saturating_sub(1),
            _ => {}
        }
        depth == 0 && letter.is_whitespace()
    });
    end.map_or((argument, ""), |(at, _)| argument.split_at(at))
}

/// The parameters of an include: `name=value`.
pub(super) fn parameters(given: &str) -> Vec<(&str, &str)> {
    words(given).into_iter().filter_map(|word| word.split_once('=')).collect()
}
