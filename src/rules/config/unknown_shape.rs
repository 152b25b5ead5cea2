//! `config/unknown-shape`

use crate::config::{Body, Detection, Shape, meant_key, misspells_list};
use crate::diagnostic::Finding;
use crate::rule::{Configuration, Rule};
use crate::tree::{ProblemKind, Value};

pub const RULE: Rule = Rule::config("config/unknown-shape", include_str!("unknown_shape.md"), check);

fn check(configuration: &Configuration<'_>, found: &mut Vec<Finding>) {
    let config = configuration.config;
    if config.documents.is_empty() && config.problems.is_empty() {
        let start = config.source.span(0..0);
        found.push(
            Finding::new(start, "expected a connector configuration, found an empty file")
                .help("add `Connector: ` and the connector's name"),
        );
    }
    let is_broken = config.problems.iter().any(|problem| problem.kind == ProblemKind::Syntax);
    for body in &config.bodies {
        let place = body.node.entries().first().map_or(body.node.span, |entry| entry.key_span);
        match &body.detection {
            // The shape may be given by the user.
            Detection::Known { .. } if misspells_list(&body.node) => found.push(unknown(body, place)),
            Detection::Known { .. } => {}
            Detection::Ambiguous(shapes) => found.push(
                Finding::new(place, format!("ambiguous shape: {}", names(shapes, " or ")))
                    .help("remove the keys of the other shape, or name the shape with `--shape`"),
            ),
            // What could not be read as a mapping has a syntax error, which is reported.
            Detection::Unknown if is_broken && body.node.entries().is_empty() => {}
            Detection::Unknown => found.push(unknown(body, place)),
        }
    }
}

fn unknown(body: &Body, place: crate::source::Span) -> Finding {
    let message = if body.node.entries().is_empty() {
        let found = match &body.node.value {
            Value::Mapping(_) => "an empty mapping".to_owned(),
            Value::Null => "nothing".to_owned(),
            _ => format!("a {}", body.node.type_name()),
        };
        format!("expected a connector configuration, found {found}")
    } else if body.detection == Detection::Unknown {
        "unknown configuration: no known key".to_owned()
    } else {
        "misspelled key of a list of connectors".to_owned()
    };
    if let Some((span, meant)) = meant_key(&body.node) {
        return Finding::new(span, message).help(format!("use `{meant}`"));
    }
    let shapes = names(&Shape::ALL, ", ");
    Finding::new(place, message)
        .help(format!("start with `Connector: ` and the connector's name, or use one of the shapes {shapes}"))
}

fn names(shapes: &[Shape], separator: &str) -> String {
    shapes.iter().map(|shape| format!("`{}`", shape.name())).collect::<Vec<_>>().join(separator)
}
