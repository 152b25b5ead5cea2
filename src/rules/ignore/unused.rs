//! `ignore/unused`

use crate::diagnostic::{Edit, Finding, Fix};
use crate::rule::{Check, Mark, Rule};
use crate::rules;
use crate::suppress::Comment;

pub const RULE: Rule = Rule::new("ignore/unused", include_str!("unused.md"), Check::Comments(check))
    .warning()
    .unsafe_fix()
    .marked(&[Mark::Unnecessary]);

fn check(comments: &[Comment], found: &mut Vec<Finding>) {
    for comment in comments {
        let unused = comment.names.iter().filter(|name| !name.used && rules::is_known(&name.text));
        let all_unused = comment.names.iter().all(|name| !name.used);
        for name in unused {
            let finding = Finding::new(name.span, format!("unused ignore comment for `{}`", name.text))
                .help("remove it, or move it before the finding");
            found.push(if all_unused && comment.names.len() == 1 {
                finding.fix(Fix::needs_review("remove the comment", vec![Edit::remove(comment.line)]))
            } else {
                finding
            });
        }
    }
}
