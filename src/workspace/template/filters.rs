//! The filters of Liquid and Jekyll whose result is known.

use super::value::Value;

/// The most bytes of a text that a filter makes.
const LONGEST: usize = 1 << 16;

/// The result of a filter; unknown for those that are not listed, and for what is too long.
pub(super) fn apply<'a>(name: &str, input: Value<'a>, arguments: &[Value<'a>]) -> Value<'a> {
    match name {
        // What these change is markup or space, not the letters of an anchor.
        "markdownify"
        | "strip"
        | "lstrip"
        | "rstrip"
        | "strip_newlines"
        | "normalize_whitespace"
        | "escape"
        | "escape_once"
        | "xml_escape"
        | "smartify"
        | "uniq"
        | "compact"
        | "sort"
        | "reverse" => input,
        "first" | "last" | "size" => input.get(name),
        "default" => match input.truth() {
            Some(true) if input.known_text().is_none_or(|text| !text.is_empty()) => input,
            Some(_) => arguments.first().cloned().unwrap_or(Value::Nil),
            None => Value::Unknown,
        },
        "where" => listed(&input, |items| kept(items, arguments)),
        "map" => listed(&input, |items| {
            let key = arguments.first()?.known_text()?;
            Some(items.iter().map(|item| item.get(&key)).collect())
        }),
        "split" => of_text(&input, arguments, |text, [by]| {
            let parts: Vec<&str> = text.split(by).collect();
            let end = parts.iter().rposition(|part| !part.is_empty()).map_or(0, |last| last + 1);
            Value::List(parts[..end].iter().map(|part| Value::text(*part)).collect())
        }),
        "append" => limited(&input.written(), &written(arguments)),
        "prepend" => limited(&written(arguments), &input.written()),
        "downcase" => of_text(&input, &[], |text, []| Value::text(text.to_lowercase())),
        "upcase" => of_text(&input, &[], |text, []| Value::text(text.to_uppercase())),
        "capitalize" => of_text(&input, &[], |text, []| {
            let mut letters = text.chars();
            let first: String = letters.next().into_iter().flat_map(char::to_uppercase).collect();
            Value::text(format!("{first}{}", letters.as_str().to_lowercase()))
        }),
        "slugify" if arguments.is_empty() => of_text(&input, &[], |text, []| Value::text(slug(text))),
        "replace" => of_text(&input, arguments, |text, [from, to]| {
            let added = text.matches(from).count().saturating_mul(to.len());
            if text.len() + added > LONGEST { Value::Unknown } else { Value::text(text.replace(from, to)) }
        }),
        "remove" => of_text(&input, arguments, |text, [part]| Value::text(text.replace(part, ""))),
        _ => Value::Unknown,
    }
}

/// The items that have a value under a key, as texts (`filters.rb`, `where`).
fn kept<'a>(items: &[Value<'a>], arguments: &[Value<'a>]) -> Option<Vec<Value<'a>>> {
    let [key, wanted] = arguments else { return None };
    let key = key.known_text()?;
    if matches!(wanted, Value::Unknown) {
        return None;
    }
    let wanted = wanted.known_text();
    let has = |item: &&Value<'a>| {
        let value = item.get(&key);
        value.known_text() == wanted && (wanted.is_some() || matches!(value, Value::Nil))
    };
    Some(items.iter().filter(has).cloned().collect())
}

fn listed<'a>(input: &Value<'a>, filter: impl FnOnce(&[Value<'a>]) -> Option<Vec<Value<'a>>>) -> Value<'a> {
    match (input, input.items()) {
        (_, Some(items)) => filter(&items).map_or(Value::Unknown, |items| Value::List(items.into())),
        (Value::Nil, _) => Value::Nil,
        _ => Value::Unknown,
    }
}

/// The result for a text whose letters and arguments are all known.
fn of_text<'a, const N: usize>(
    input: &Value<'a>,
    arguments: &[Value<'a>],
    filter: impl FnOnce(&str, [&str; N]) -> Value<'a>,
) -> Value<'a> {
    if matches!(input, Value::Nil) {
        return Value::text("");
    }
    let known: Option<Vec<_>> = arguments.iter().map(Value::known_text).collect();
    let (Some(text), Some(known)) = (input.known_text(), known) else { return Value::Unknown };
    let known: Vec<&str> = known.iter().map(|text| &**text).collect();
    <[&str; N]>::try_from(known).map_or(Value::Unknown, |arguments| filter(&text, arguments))
}

/// Two texts as one.
fn limited<'a>(left: &str, right: &str) -> Value<'a> {
    if left.len() + right.len() > LONGEST { Value::Unknown } else { Value::text(format!("{left}{right}")) }
}

fn written(arguments: &[Value<'_>]) -> String {
    arguments.iter().map(|argument| argument.written().to_string()).collect()
}

/// A text as Jekyll's `slugify` makes it in its default mode (`utils.rb`).
fn slug(text: &str) -> String {
    let words = text.split(|letter: char| !letter.is_alphanumeric()).filter(|word| !word.is_empty());
    words.collect::<Vec<_>>().join("-").to_lowercase()
}
