//! What a pack asks of the values in data, and what does not meet it.

use std::collections::BTreeMap;

use super::demand::{Demand, Demanded};
use super::form::Role;
use super::names::{singular, words};
use super::pointers::{Fact, follow, steps};
use super::{Connector, Content, Member};
use crate::nearest;
use crate::source::Span;
use crate::tree::{Node, Place, Value};

impl Connector<'_> {
    /// The demands that the data in its own file does not meet.
    pub fn unmet(&self) -> &[Demand] {
        self.unmet.get_or_init(|| self.all_unmet())
    }

    fn all_unmet(&self) -> Vec<Demand> {
        let mut unmet = Vec::new();
        for member in self.members.iter().filter(|member| member.content.source().id() == self.own) {
            let Some(node) = member.node() else {
                self.all_missing(member, &mut unmet);
                continue;
            };
            // What cannot be read is reported alone.
            let mut roles = self.pack.roles.get(&member.kind).into_iter().flat_map(BTreeMap::values);
            if node.entries().is_empty()
                && !(matches!(node.value, Value::Sequence(_)) && roles.any(Role::may_be_in_list))
            {
                continue;
            }
            for (name, role) in self.pack.roles.get(&member.kind).into_iter().flatten() {
                missing_values(member, node, role, &mut unmet);
                let facts = role.facts(node);
                each_of(node, role, &facts, &mut unmet);
                let former = if name == "callback" { self.pack.callback.former.as_slice() } else { &[] };
                for fact in &facts {
                    self.check_fact(role, former, fact, &mut unmet);
                }
            }
            let broken = self.pack.schemas.get(&member.kind).map(|schema| schema.broken(node)).unwrap_or_default();
            // A role says more of a value than its schema.
            let all_unmet: Vec<Span> = unmet.iter().map(|demand| demand.span).collect();
            unmet.extend(broken.into_iter().filter(|demand| !all_unmet.contains(&demand.span)));
        }
        unmet
    }

    /// What a page without front matter lacks.
    fn all_missing(&self, member: &Member, unmet: &mut Vec<Demand>) {
        let Content::Page(guide) = &member.content else { return };
        let roles = self.pack.roles.get(&member.kind).into_iter().flat_map(BTreeMap::values);
        for pointer in roles.filter(|role| role.required).flat_map(|role| role.at.as_slice()) {
            let steps = steps(pointer);
            let Some(last) = steps.last().filter(|_| !pointer.contains('*')) else { continue };
            let (message, help) = (format!("missing `{last}`"), format!("add `{}`", steps.join(".")));
            unmet.push(Demand::new(Demanded::Missing, guide.body.at_start(), message, help));
        }
    }

    fn check_fact(&self, role: &Role, former: &[String], fact: &Fact<'_>, unmet: &mut Vec<Demand>) {
        let Some(value) = fact.text() else { return };
        // What is empty is as if it were not there.
        if value.trim().is_empty() && (role.required || role.shortest.is_none()) {
            return;
        }
        let name = fact.key().unwrap_or("value");
        let shown = if role.secret { "***" } else { value.as_str() };
        let mut add = |kind, message: String, help: String| {
            unmet.push(Demand::new(kind, fact.value().span, message, help));
        };
        let right_is = |right: &[String]| {
            let list: Vec<String> = right.iter().map(|value| format!("`{value}`")).collect();
            if list.is_empty() { "use the current value".to_owned() } else { format!("use {}", list.join(" or ")) }
        };
        if former.iter().chain(&role.former).any(|old| same_address(old, &value)) {
            let right = if former.is_empty() { &role.one_of } else { &self.pack.callback.now };
            return add(Demanded::Current, format!("outdated `{name}`: `{shown}`"), right_is(right));
        }
        let in_captures =
            role.one_of_in.iter().find(|(capture, _)| self.captures.values().any(|value| value == *capture));
        let allowed = in_captures.map_or(&role.one_of, |(_, values)| values);
        if !allowed.is_empty() && !allowed.iter().any(|known| known.eq_ignore_ascii_case(&value)) {
            let names: Vec<&str> = allowed.iter().map(String::as_str).collect();
            let help = match nearest::suggestion(&value, &names) {
                Some(near) => format!("use `{near}`"),
                None => right_is(allowed),
            };
            return add(Demanded::Invalid, format!("invalid `{name}`: `{shown}`"), help);
        }
        if role.none_of.iter().any(|bad| bad.eq_ignore_ascii_case(&value)) {
            let message = format!("invalid value `{shown}` for `{name}`");
            return add(Demanded::Invalid, message, "use another value".to_owned());
        }
        if let Some(word) = role.none_of_words.iter().find(|word| has_words(host_part(role, &value), word)) {
            let message = format!("unexpected word `{word}` in `{name}`: `{shown}`");
            return add(Demanded::Invalid, message, format!("remove `{word}`"));
        }
        let count = value.chars().count();
        if let Some(most) = role.longest.filter(|most| count > *most) {
            let message = format!("`{name}` too long: {count} characters, at most {most}");
            return add(Demanded::Invalid, message, format!("use at most {most} characters"));
        }
        if let Some(fewest) = role.shortest.filter(|fewest| count < *fewest) {
            let message = format!("`{name}` too short: {count} characters, at least {fewest}");
            return add(Demanded::Invalid, message, format!("use at least {fewest} characters"));
        }
        if let Some(pattern) = role.pattern.as_ref().filter(|pattern| !pattern.is_match(&value)) {
            let help = format!("use a value that matches `{}`", pattern.written());
            add(Demanded::Invalid, format!("invalid `{name}`: `{shown}`"), help);
        }
    }
}

/// Values that must be there.
fn missing_values(member: &Member, node: &Node, role: &Role, unmet: &mut Vec<Demand>) {
    if !role.required {
        return;
    }
    for pointer in role.at.as_slice() {
        let steps = steps(pointer);
        let Some((last, before)) = steps.split_last() else { continue };
        let from = Place { node, entry: None };
        let parents = if pointer.contains('*') { follow(from, before) } else { deepest(from, before) };
        for Place { node: parent, entry } in parents {
            let value = parent.get(last);
            let place = match (value, entry) {
                (Some(value), _) if !is_blank(value) => continue,
                (Some(value), _) => value.span,
                (None, Some(entry)) => entry.key_span,
                (None, None) => first_key(parent, member),
            };
            let (message, help) = match value {
                Some(_) => (format!("empty value for `{last}`"), format!("add a value for `{last}`")),
                None => (format!("missing `{last}`"), format!("add `{}`", steps.join("."))),
            };
            unmet.push(Demand::new(Demanded::Missing, place, message, help));
        }
    }
}

/// The value without the last part of a host: a domain for developers is not a host for tests.
fn host_part<'a>(role: &Role, value: &'a str) -> &'a str {
    let before = value.rsplit_once('.').map_or(value, |(before, _)| before);
    if role.host { before } else { value }
}

/// Whether two addresses are one, their scheme and a slash at the end aside.
fn same_address(left: &str, right: &str) -> bool {
    let bare = |address: &str| {
        let address = address.trim().trim_end_matches('/').to_ascii_lowercase();
        address.strip_prefix("https://").or_else(|| address.strip_prefix("http://")).unwrap_or(&address).to_owned()
    };
    bare(left) == bare(right)
}

/// The values of a list that must all occur.
fn each_of(node: &Node, role: &Role, facts: &[Fact<'_>], unmet: &mut Vec<Demand>) {
    let values: Vec<String> = facts.iter().filter_map(Fact::text).collect();
    let fold = |text: &str| words(text).concat();
    for wanted in &role.each_of {
        if values.iter().any(|value| fold(value) == fold(wanted)) {
            continue;
        }
        let pointer = role.at.as_slice().first().map_or("", String::as_str);
        let steps = steps(pointer);
        let list = steps.split(|step| step == "*").next().unwrap_or_default();
        let held = deepest(Place { node, entry: None }, list);
        let place = held.first().and_then(|held| held.entry).map(|entry| entry.key_span);
        let place = place.or_else(|| node.entries().first().map(|entry| entry.key_span)).unwrap_or(node.span);
        let (list, key) = (list.join("."), steps.last().map_or("", String::as_str));
        let message = format!("missing `{wanted}` in `{list}`");
        unmet.push(Demand::new(Demanded::Missing, place, message, format!("add an item with the `{key}` `{wanted}`")));
    }
}

/// The last value on the way that is there.
fn deepest<'a>(from: Place<'a>, steps: &[String]) -> Vec<Place<'a>> {
    let mut at = from;
    for step in steps {
        let Some(next) = follow(at, std::slice::from_ref(step)).into_iter().next() else { break };
        at = next;
    }
    vec![at]
}

fn first_key(node: &Node, member: &Member) -> Span {
    let entry = member.entry.and_then(|entry| match &member.content {
        Content::Data(data) => data.entries.get(entry).map(|entry| entry.span),
        Content::Page(_) => None,
    });
    entry.or_else(|| node.entries().first().map(|entry| entry.key_span)).unwrap_or(node.span)
}

fn is_blank(node: &Node) -> bool {
    match &node.value {
        Value::Null => true,
        Value::String(text) => text.trim().is_empty(),
        _ => false,
    }
}

/// Whether a phrase is in a text, word by word; digits at the end of a word do not count.
fn has_words(text: &str, phrase: &str) -> bool {
    let bare = |word: &String| {
        let bare = word.trim_end_matches(|letter: char| letter.is_ascii_digit());
        singular(if bare.is_empty() { word } else { bare }).to_owned()
    };
    let text: Vec<String> = words(text).iter().map(bare).collect();
    let phrase: Vec<String> = words(phrase).iter().map(bare).collect();
    !phrase.is_empty() && text.windows(phrase.len()).any(|window| window == phrase)
}
