//! `ignore/unknown-rule`

use crate::diagnostic::{Edit, Finding, Fix};
use crate::rule::{Check, Mark, Rule};
use crate::rules;
use crate::suppress::{Comment, Fault};

pub const RULE: Rule = Rule::new("ignore/unknown-rule", include_str!("unknown_rule.md"), Check::Comments(check))
    .warning()
    .safe_fix()
    .marked(&[Mark::Unnecessary]);

fn check(comments: &[Comment], found: &mut Vec<Finding>) {
    for comment in comments {
        if comment.fault == Some(Fault::NoStart) {
            continue;
        }
        if let Some(Fault::Unknown(span)) = comment.fault {
            let help = "use `connlint-ignore`, or `connlint-ignore-start` and `connlint-ignore-end`";
            found.push(Finding::new(span, "unknown kind of ignore comment").help(help));
            continue;
        }
        if comment.names.is_empty() {
            found.push(Finding::new(comment.span, "ignore comment without a rule").help("add the rule to ignore"));
        }
        for name in comment.names.iter().filter(|name| !rules::is_known(&name.text)) {
            let finding = Finding::new(name.span, format!("unknown rule `{}`", name.text));
            found.push(match rules::near(&name.text) {
                Some(near) => finding
                    .help(format!("use `{near}`"))
                    .fix(Fix::safe(format!("ignore `{near}`"), vec![Edit::replace(name.span, near)])),
                None => finding.help(help(&name.text)),
            });
        }
    }
}

/// What to write for a name that is nearly that of no rule, or of one in several groups.
fn help(name: &str) -> String {
    let meant: Vec<_> = rules::without_group(name).map(|rule| format!("`{}`", rule.name)).collect();
    if meant.is_empty() {
        "use a rule that `connlint rules` lists".to_owned()
    } else {
        format!("use {}", meant.join(" or "))
    }
}
