//! What a custom connector's own parts owe each other: each merge field of an endpoint needs a
//! parameter that fills it.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use regex::Regex;

use crate::config::violations::{Violation, ViolationKind, names};
use crate::config::{Text, vocabulary};
use crate::diagnostic::Severity;
use crate::source::SourceFile;
use crate::tree::Node;

/// `{{Name}}`; one with a format or a path after the name is the platform's own.
static MERGE_FIELD: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"\{\{\s*([A-Za-z_]\w*)\s*\}\}").expect("the pattern is a constant that the tests compile")
});

/// The merge fields of a connector's endpoints that no parameter of the method or of the connector fills.
pub(super) fn merge_fields(node: &Node, source: &SourceFile) -> Vec<Violation> {
    let shared = fillers(node);
    let methods = node.get("Methods").map(Node::items).unwrap_or_default();
    let open = |method: &Node| {
        let endpoint = method.get("EndPoint").and_then(|endpoint| Text::new(endpoint, source))?;
        let own = fillers(method);
        let is_filled = |name: &str| {
            own.contains(name)
                || shared.contains(name)
                || vocabulary().platform_merge_fields.iter().any(|known| known == name)
        };
        let fields = MERGE_FIELD
            .captures_iter(&endpoint.value)
            .filter_map(|captures| Some((captures.get(0)?, captures.get(1)?)));
        let unfilled = fields.filter(|(_, name)| !is_filled(name.as_str()));
        Some(unfilled.map(|(whole, name)| violation(&endpoint, whole.range(), name.as_str())).collect::<Vec<_>>())
    };
    methods.iter().filter_map(open).flatten().collect()
}

/// The values of a connector's own parts with a slip in a known word. Others may be right as well.
pub(super) fn words(node: &Node) -> Vec<Violation> {
    let methods = list(node, "Methods");
    let parameters = methods.iter().chain(std::iter::once(node)).flat_map(|node| list(node, "Parameters"));
    let parts = parameters.chain(methods).chain(std::iter::once(node));
    let slips = parts.flat_map(|part| {
        vocabulary().known_words.iter().filter_map(|(key, words)| {
            let value = part.get(key)?;
            let words: Vec<&str> = words.iter().map(String::as_str).collect();
            let meant = names::meant(value.as_str()?, &words)?;
            let is_slip = !meant.eq_ignore_ascii_case(value.as_str()?);
            let kind = ViolationKind::Invalid {
                name: key.clone(),
                allowed: Vec::new(),
                meant: Some(meant.to_owned()),
                advice: None,
                form: None,
            };
            is_slip.then(|| Violation { severity: Some(Severity::Warning), ..Violation::new(kind, value.span) })
        })
    });
    slips.collect()
}

/// The items of the list that is the value of a key.
fn list<'n>(node: &'n Node, key: &str) -> &'n [Node] {
    node.get(key).map(Node::items).unwrap_or_default()
}

/// The names that the parameters of a node fill in.
fn fillers(node: &Node) -> BTreeSet<&str> {
    let parameters = node.get("Parameters").map(Node::items).unwrap_or_default();
    let is_merge_field = |parameter: &&Node| {
        parameter.get("TargetType").and_then(Node::as_str).is_some_and(|kind| kind.eq_ignore_ascii_case("MergeField"))
    };
    let names = parameters.iter().filter(is_merge_field).filter_map(|parameter| parameter.get("TargetName")?.as_str());
    names.collect()
}

fn violation(endpoint: &Text, range: std::ops::Range<usize>, name: &str) -> Violation {
    let message = format!("merge field `{name}` without a parameter");
    let help = format!("add a parameter with `TargetType` `MergeField` and `TargetName` `{name}`");
    let kind = ViolationKind::Invalid {
        name: "EndPoint".to_owned(),
        allowed: Vec::new(),
        meant: None,
        advice: Some((message, help)),
        form: None,
    };
    Violation::new(kind, endpoint.part(range))
}
