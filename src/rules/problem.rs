//! What is wrong with a text that a reader of YAML, JSON or front matter found.

use crate::diagnostic::Finding;
use crate::tree::Problem;

/// The finding of a problem, with its help and the other place that matters.
pub(super) fn finding(problem: &Problem) -> Finding {
    let mut finding = Finding::new(problem.span, problem.message.clone());
    finding.help.clone_from(&problem.help);
    match &problem.related {
        Some((span, message)) => finding.label(*span, message.clone()),
        None => finding,
    }
}
