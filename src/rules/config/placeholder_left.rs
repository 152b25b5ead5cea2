//! `config/placeholder-left`

use std::ops::Range;

use crate::config::{
    Config, Demand, Installation, Property, References, Shape, Text, is_called, is_general_word, is_masked, vocabulary,
};
use crate::contract::{Field, is_example_word, is_own_thing};
use crate::diagnostic::{Finding, Severity};
use crate::profile::is_same;
use crate::rule::{Configuration, Rule};
use crate::secrets::words;
use crate::source::Span;
use crate::tree::{Node, Value};

pub const RULE: Rule = Rule::config("config/placeholder-left", include_str!("placeholder_left.md"), check);

fn check(configuration: &Configuration<'_>, found: &mut Vec<Finding>) {
    // The endpoints of a custom connector have merge fields, and the output of the platform is not a form to fill in.
    let is_form = |shape: Shape| !matches!(shape, Shape::Custom | Shape::Account);
    let names = names(configuration.config);
    for body in configuration.config.bodies.iter().filter(|body| body.detection.shape().is_some_and(is_form)) {
        walk(configuration, &names, &body.node, found);
    }
    for installation in configuration.config.installations().filter(|installation| is_form(installation.shape)) {
        let references = &configuration.config.references;
        found.extend(installation.properties.iter().filter_map(|property| example(installation, property, references)));
        let properties = installation.properties.iter().filter_map(|property| property.value.as_ref());
        found.extend(properties.chain(&installation.auth_value).filter_map(|value| printed(installation, value)));
    }
}

/// The guide's own example for a value, left in: a name that replaces the reader's own.
fn example(installation: &Installation, property: &Property, references: &References) -> Option<Finding> {
    let known = installation.contract.as_ref()?;
    let node = property.value.as_ref().filter(|node| node.tag.is_none())?;
    let value = node.as_str()?;
    let is_named = |field: &&Field| is_called(field, &property.name.value);
    let is_sample = |sample: &String| bare_address(sample).eq_ignore_ascii_case(bare_address(value));
    let field = known.contract.fields.iter().filter(is_named).find(|field| field.samples.iter().any(is_sample))?;
    let finding = Finding::new(node.span, format!("example `{value}` of the guide for `{}`", property.name.value));
    let finding = finding.severity(Severity::Warning).help("replace with your own value");
    // A placeholder is found as one.
    (is_example(value) && example_host(value).is_none() && references.placeholder_in(value).is_none())
        .then(|| Demand::new(&field.name, known).show(finding, "printed here"))
}

/// A random value that the guide itself prints.
fn printed(installation: &Installation, node: &Node) -> Option<Finding> {
    let known = installation.contract.as_ref()?;
    let value = node.as_str().filter(|value| known.contract.prints(value))?;
    // The other samples of the documentation are found everywhere.
    let is_known = vocabulary().sample_values.iter().any(|sample| sample == value);
    let finding = || Finding::new(node.span, "sample value from the guide").help("replace with your own value");
    (!is_known).then(|| finding().severity(Severity::Warning))
}

/// An address without its scheme and the slash at its end.
fn bare_address(text: &str) -> &str {
    text.split_once("://").map_or(text, |(_, rest)| rest).trim_end_matches('/')
}

/// Whether the first part of an address, or a later one of the reader's own, is a name that authors of examples write.
fn is_example(value: &str) -> bool {
    let mut labels = bare_address(value).split(['/', ':']).next().unwrap_or_default().split('.');
    labels.next().is_some_and(is_example_word) || labels.any(is_own_word)
}

/// Whether a part of a host is what authors of examples call the reader's own: `my-acme-instance`.
fn is_own_word(label: &str) -> bool {
    let is_own = ["your", "my"].iter().any(|own| label.starts_with(own));
    is_own && (is_example_word(label) || label.ends_with("instance")) || label.ends_with("-instance")
}

fn walk(configuration: &Configuration<'_>, names: &[(Span, &str)], node: &Node, found: &mut Vec<Finding>) {
    match &node.value {
        Value::Mapping(entries) => {
            entries
                .iter()
                .filter(|entry| entry.key != "Description")
                .for_each(|entry| walk(configuration, names, &entry.value, found));
        }
        Value::Sequence(items) => items.iter().for_each(|item| walk(configuration, names, item, found)),
        Value::String(_) if node.tag.is_none() => found.extend(finding(configuration, names, node)),
        _ => {}
    }
}

fn finding(configuration: &Configuration<'_>, names: &[(Span, &str)], node: &Node) -> Option<Finding> {
    let config = configuration.config;
    let text = Text::new(node, &config.source)?;
    let samples = [&vocabulary().sample_values, &configuration.profile.sample_secrets];
    let is_sample = samples.into_iter().any(|samples| samples.contains(&text.value));
    let place = names.partition_point(|(span, _)| *span < node.span);
    let name = names.get(place).filter(|(span, _)| *span == node.span).map_or("AuthValue", |(_, name)| *name);
    let is_own_name = || repeats_name(name, &text.value);
    let placeholder = || config.references.placeholder_in(&text.value).or_else(|| example_host(&text.value));
    let range = if is_sample || is_own_name() { 0..text.value.len() } else { placeholder()? };
    if config.source.is_hidden(node.span.range()) {
        // A secret may hold anything, so only a value that is nothing but a placeholder is one.
        let whole = range == (0..text.value.len());
        return whole.then(|| {
            let example = config.example(name);
            let kind = match is_masked(&text.value) {
                true if text.value.ends_with(['.', '\u{2026}']) => "shortened value",
                true => "masked value",
                false => "placeholder",
            };
            if let Some(close) = missing_end(&text.value) {
                return Finding::new(text.span, format!("reference without `{close}` at its end"))
                    .help(format!("add `{close}`"));
            }
            Finding::new(text.span, format!("{kind} instead of a secret"))
                .help(format!("replace with a reference, such as `{example}`"))
        });
    }
    if is_part_of_title(name, &text.value, &range) {
        return None;
    }
    // Only a secret and the client's identifier are shown in part: elsewhere it is a range.
    if is_masked(&text.value) && !is_same(name, "ClientId") {
        return None;
    }
    if is_sample {
        let message = format!("sample value `{}` from the documentation", text.value);
        return Some(Finding::new(text.span, message).help("replace with your own value"));
    }
    let message = format!("placeholder `{}`", &text.value[range.clone()]);
    Some(Finding::new(text.part(range), message).help("replace with the actual value"))
}

/// Whether brackets are a part of what somebody called a thing: `Stock {old}` for a `TableName`. What is in them neither
/// speaks to the reader nor names a kind of value.
fn is_part_of_title(name: &str, value: &str, range: &Range<usize>) -> bool {
    const SPEAKING: [&str; 8] = ["your", "my", "insert", "enter", "replace", "add", "paste", "here"];
    const TITLES: [&str; 5] = ["name", "title", "table", "label", "subject"];
    let found = &value[range.clone()];
    let inner = found.trim_matches(['{', '}', '<', '>']);
    let speaks = |word: &String| SPEAKING.iter().any(|own| word.starts_with(own)) || is_general_word(word);
    let parts = words(inner);
    // `{storeCode}` is written for the reader.
    let is_name = parts.len() == inner.split_whitespace().count() && !parts.iter().any(speaks);
    let others = [&value[..range.start], &value[range.end..]];
    let is_text = others.iter().any(|part| part.contains(char::is_alphanumeric))
        && others.iter().any(|part| part.contains(char::is_whitespace));
    let is_title = words(name).last().is_some_and(|last| TITLES.contains(&last.as_str()));
    let is_bracketed = found.starts_with(['{', '<']) && !found.starts_with("{{");
    is_title && is_text && is_bracketed && is_name
}

/// What a reference in a value lacks at its end.
fn missing_end(value: &str) -> Option<&'static str> {
    let ends = [("${{", "}}"), ("{{", "}}"), ("${", "}")];
    let (start, end) = ends.into_iter().find(|(start, _)| value.starts_with(start))?;
    (!value.contains('}') && value.len() > start.len()).then_some(end)
}

/// The label of a host that speaks of the reader's own: `yourdomain` in `yourdomain.acme.com`.
fn example_host(value: &str) -> Option<Range<usize>> {
    let start = value.find("://").map_or(0, |at| at + "://".len());
    let end = start + value[start..].find('.')?;
    let label = value[start..end].to_ascii_lowercase();
    let rest = value[end + 1..].split(['/', ':', '?']).next().unwrap_or_default();
    let is_host = rest.contains('.') && rest.bytes().all(|c| c.is_ascii_alphanumeric() || matches!(c, b'.' | b'-'));
    (is_host && is_own_thing(&label)).then_some(start..end)
}

/// What the values of properties are called, in the order of their places.
type Names<'a> = Vec<(Span, &'a str)>;

fn names(config: &Config) -> Names<'_> {
    let properties = config.installations().flat_map(|installation| &installation.properties);
    let values = properties.filter_map(|property| Some((property.value.as_ref()?.span, &*property.name.value)));
    let mut names: Names = values.collect();
    names.sort_by_key(|(span, _)| *span);
    names
}

/// Whether a value is nothing but its property's name, one of several words: `client_secret`.
fn repeats_name(name: &str, value: &str) -> bool {
    let has_words = name.chars().filter(|c| c.is_uppercase()).count() > 1;
    let is_words = value.chars().all(|c| c.is_alphanumeric() || matches!(c, ' ' | '_' | '-'));
    has_words && is_words && is_same(name, value)
}
