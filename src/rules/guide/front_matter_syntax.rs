//! `guide/front-matter-syntax`

use crate::diagnostic::{Finding, Severity};
use crate::rule::{Check, Fixable, Page, Rule};
use crate::tree::{ProblemKind, Value};

pub(in crate::rules) const RULE: Rule = Rule {
    name: "guide/front-matter-syntax",
    severity: Severity::Error,
    fixable: Fixable::No,
    docs: include_str!("front_matter_syntax.md"),
    needs: &[],
    check: Check::Guide(check),
};

fn check(page: &Page<'_>, found: &mut Vec<Finding>) {
    let front_matter = &page.guide.front_matter;
    for problem in &front_matter.problems {
        let mut finding = Finding::new(problem.span, problem.message.clone());
        finding.help.clone_from(&problem.help);
        if let Some((span, message)) = &problem.related {
            finding = finding.label(*span, message.clone());
        }
        // Ruby's YAML takes the last of equal keys: the site is built.
        let is_read = problem.kind == ProblemKind::DuplicateKey;
        found.push(if is_read { finding.severity(Severity::Warning) } else { finding });
    }
    if let Some(node) = front_matter.node.as_ref().filter(|_| front_matter.problems.is_empty())
        && !matches!(node.value, Value::Mapping(_) | Value::Null)
    {
        let message = format!("the front matter is a {}, not keys with values", node.type_name());
        found.push(Finding::new(node.span, message).help("write one `key: value` in each line"));
    }
}
