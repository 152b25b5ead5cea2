//! `connector/file-missing`

use crate::diagnostic::Finding;
use crate::pack::{Connector, NeededBy};
use crate::rule::Rule;
use crate::source::Span;

pub const RULE: Rule = Rule::connector("connector/file-missing", include_str!("file_missing.md"), check).warning();

fn check(connector: &Connector<'_>, found: &mut Vec<Finding>) {
    let Some(first) = connector.members.first() else { return };
    let start = Span::new(first.content.source().id(), 0..0);
    for missing in connector.missing {
        let name = missing.path.rsplit('/').next().unwrap_or(&missing.path);
        let finding = match missing.needed_by {
            NeededBy::Address(place) => Finding::new(place, format!("missing page `{}`", missing.path))
                .help("add the page, or correct the address"),
            NeededBy::Entry(place) => Finding::new(place, "entry without a page")
                .help(format!("add a page that names it: `{}`", missing.path)),
            NeededBy::Pack => {
                Finding::new(start, format!("missing file `{name}`")).help(format!("add `{}`", missing.path))
            }
        };
        found.push(finding);
    }
}
