//! What was read from a file of a pack: the facts of its connectors by their roles, and the contract that they make.

use serde_json::{Map, Value, json};

use super::{contract_facts, redacted};
use crate::guide::Guide;
use crate::pack::{Connector, Content, Facts, Stated, contract};

/// What was read from a file of a pack. `page` is what is read from any page.
pub fn pack_file(own: &Content, connectors: &[Connector<'_>], page: impl Fn(&Guide) -> Value) -> Value {
    let source = own.source();
    let mut read = match own {
        Content::Page(guide) => page(guide),
        Content::Data(data) => json!({ "file": data.source.path(), "kind": "data" }),
    };
    let facts = |connector: &Connector<'_>| match own {
        Content::Page(guide) => connector.page_facts(guide),
        Content::Data(_) => connector.data_facts(),
    };
    let mut said: Vec<Value> = connectors
        .iter()
        .map(|connector| {
            let facts = facts(connector);
            let contract = contract(&facts);
            json!({
                "connector": name(connector).or_else(|| Some(contract.connector.as_ref()?.value.clone())),
                "contract": contract_facts(&contract),
                "facts": written(&facts, source.path()),
            })
        })
        .collect();
    if said.len() == 1
        && let Some(Value::Object(only)) = said.pop()
    {
        only.into_iter().for_each(|(key, value)| read[key] = value);
    } else {
        read["connectors"] = said.into();
    }
    redacted(read, source)
}

/// What the paths of a connector's files capture, or the key of its entry; `None` for an item of a list.
fn name(connector: &Connector<'_>) -> Option<String> {
    let key = &connector.pack.connector.key;
    let named: Option<Vec<&str>> = key.iter().map(|name| connector.captures.get(name).map(String::as_str)).collect();
    let own = || connector.captures.values().map(String::as_str).collect();
    let name = named.filter(|names| !names.is_empty()).unwrap_or_else(own).join("/");
    let is_number = name.bytes().all(|byte| byte.is_ascii_digit());
    (!is_number).then_some(name)
}

fn written(facts: &Facts, own: &str) -> Value {
    let list = |list: &Vec<Stated>| list.iter().map(|stated| written_fact(stated, own)).collect();
    facts.iter().map(|(role, facts)| (role.clone(), list(facts))).collect::<Map<String, Value>>().into()
}

fn written_fact(stated: &Stated, own: &str) -> Value {
    let mut fact = json!({ "name": stated.name });
    if let Some(key) = &stated.key {
        fact["key"] = key.as_str().into();
    }
    for (name, is) in [("optional", stated.optional), ("secret", stated.secret)] {
        if is {
            fact[name] = true.into();
        }
    }
    if let Some((file, line)) = &stated.place {
        if file != own {
            fact["file"] = file.as_str().into();
        }
        fact["line"] = (*line).into();
    }
    fact
}
