//! `config/syntax`

use crate::config::Shape;
use crate::diagnostic::{Edit, Finding, Fix};
use crate::rule::{Configuration, Mark, Rule};
use crate::rules::{encoding, problem};
use crate::tree::ProblemKind;

pub const RULE: Rule =
    Rule::config("config/syntax", include_str!("syntax.md"), check).safe_fix().marked(&[Mark::AnyFile]);

fn check(configuration: &Configuration<'_>, found: &mut Vec<Finding>) {
    let config = configuration.config;
    found.extend(encoding::finding(&config.source));
    if config.source.first_nul().is_some() {
        return;
    }
    let problems = config.problems.iter().filter(|problem| problem.kind == ProblemKind::Syntax);
    found.extend(problems.map(problem::finding));
    // RFC 8259, section 8.1: a JSON text must not begin with a byte order mark, and readers may refuse it.
    if config.json && config.source.text().starts_with('\u{feff}') {
        let span = config.source.span(0..'\u{feff}'.len_utf8());
        let fix = Fix::safe("remove the byte order mark", vec![Edit::remove(span)]);
        found.push(
            Finding::new(span, "byte order mark at the start of a JSON file")
                .help("remove the byte order mark")
                .fix(fix),
        );
    }
    several_documents(configuration, found);
}

/// Only manifests may be several in one file: a request has one body.
fn several_documents(configuration: &Configuration<'_>, found: &mut Vec<Finding>) {
    let bodies = &configuration.config.bodies;
    let [first, rest @ ..] = configuration.config.bodies.as_slice() else { return };
    let Some(shape) = first.detection.shape().filter(|shape| *shape != Shape::Native) else { return };
    for body in rest {
        let span = body.node.entries().first().map_or(body.node.span, |entry| entry.key_span);
        let message = format!("expected one document for the {} shape, found {}", shape.name(), bodies.len());
        found.push(Finding::new(span, message).help("move each document to its own file"));
    }
}
