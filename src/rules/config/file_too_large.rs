//! `config/file-too-large`

use crate::diagnostic::Finding;
use crate::rule::{Check, Rule};
use crate::source::SourceFile;

pub const RULE: Rule = Rule::new("config/file-too-large", include_str!("file_too_large.md"), Check::File(check));

fn check(source: &SourceFile, found: &mut Vec<Finding>) {
    if let Some(excess) = source.excess() {
        let message = format!("file too large: more than {}", excess.limit);
        let help = "split the file, or raise `max-file-size` in the settings";
        found.push(Finding::new(source.span(0..0), message).help(help));
    }
}
