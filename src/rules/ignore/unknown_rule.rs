//! `ignore/unknown-rule`

use crate::diagnostic::{Edit, Finding, Fix, Severity};
use crate::rule::{Check, Fixable, Rule};
use crate::rules;
use crate::suppress::Comment;

pub(in crate::rules) const RULE: Rule = Rule {
    name: "ignore/unknown-rule",
    severity: Severity::Warning,
    fixable: Fixable::Safe,
    docs: include_str!("unknown_rule.md"),
    needs: &[],
    check: Check::Comments(check),
};

fn check(comments: &[Comment], found: &mut Vec<Finding>) {
    for comment in comments {
        if comment.names.is_empty() {
            found.push(Finding::new(comment.span, "the ignore comment names no rule").help("name the rule to ignore"));
        }
        for name in comment.names.iter().filter(|name| !rules::is_known(&name.text)) {
            let finding = Finding::new(name.span, format!("there is no rule `{}`", name.text));
            found.push(match rules::near(&name.text) {
                Some(near) => finding
                    .help(format!("did you mean `{near}`?"))
                    .fix(Fix::safe(format!("ignore `{near}`"), vec![Edit::replace(name.span, near)])),
                None => finding.help("`connlint rules` lists all rules"),
            });
        }
    }
}
