//! `ignore/reason-missing`

use crate::diagnostic::Finding;
use crate::rule::{Check, Rule};
use crate::suppress::Comment;

pub const RULE: Rule =
    Rule::new("ignore/reason-missing", include_str!("reason_missing.md"), Check::Comments(check)).warning();

fn check(comments: &[Comment], found: &mut Vec<Finding>) {
    let silent = comments.iter().filter(|comment| comment.reason.is_none() && !comment.names.is_empty());
    found.extend(silent.map(|comment| {
        Finding::new(comment.span, "ignore comment without a reason")
            .help("add a reason after a colon: `connlint-ignore guide/typo: the vendor spells it so`")
    }));
}
