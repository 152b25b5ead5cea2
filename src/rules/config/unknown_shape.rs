//! `config/unknown-shape`

use crate::config::{Body, Detection, Shape};
use crate::diagnostic::{Finding, Severity};
use crate::rule::{Check, Configuration, Fixable, Rule};

pub(in crate::rules) const RULE: Rule = Rule {
    name: "config/unknown-shape",
    severity: Severity::Error,
    fixable: Fixable::No,
    docs: include_str!("unknown_shape.md"),
    check: Check::Config(check),
};

fn check(configuration: &Configuration<'_>, found: &mut Vec<Finding>) {
    let config = configuration.config;
    if config.documents.is_empty() && config.problems.is_empty() {
        let start = config.source.span(0..0);
        found.push(
            Finding::new(start, "the file holds no configuration").help("write `Connector: ` and the connector's name"),
        );
    }
    for body in &config.bodies {
        let place = body.node.entries().first().map_or(body.node.span, |entry| entry.key_span);
        match &body.detection {
            Detection::Known { .. } => {}
            Detection::Ambiguous(shapes) => found.push(
                Finding::new(place, format!("this could be {}", names(shapes, " or ")))
                    .help("remove the keys of the other shape, or name the shape with `--shape`"),
            ),
            Detection::Unknown => found.push(unknown(body, place)),
        }
    }
}

fn unknown(body: &Body, place: crate::source::Span) -> Finding {
    let kind = body.node.type_name();
    let message = if body.node.entries().is_empty() {
        format!("a {kind} is no connector configuration")
    } else {
        "no key tells what kind of configuration this is".to_owned()
    };
    let shapes = names(&Shape::ALL, ", ");
    Finding::new(place, message)
        .help(format!("a manifest begins with `Connector: ` and the connector's name; the shapes are {shapes}"))
}

fn names(shapes: &[Shape], separator: &str) -> String {
    shapes.iter().map(|shape| format!("`{}`", shape.name())).collect::<Vec<_>>().join(separator)
}
