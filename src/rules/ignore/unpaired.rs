//! `ignore/unpaired`

use crate::diagnostic::Finding;
use crate::rule::{Check, Rule};
use crate::suppress::{Comment, Fault};

pub const RULE: Rule = Rule::new("ignore/unpaired", include_str!("unpaired.md"), Check::Comments(check)).warning();

fn check(comments: &[Comment], found: &mut Vec<Finding>) {
    for comment in comments {
        let (message, help) = match comment.fault {
            Some(Fault::NoEnd) => (
                "`connlint-ignore-start` without `connlint-ignore-end`",
                "add `connlint-ignore-end`, or use `connlint-ignore-file`",
            ),
            Some(Fault::NoStart) => (
                "`connlint-ignore-end` without `connlint-ignore-start`",
                "remove it, or name the same rules in both comments",
            ),
            _ => continue,
        };
        found.push(Finding::new(comment.span, message).help(help));
    }
}
