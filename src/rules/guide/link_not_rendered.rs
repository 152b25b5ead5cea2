//! `guide/link-not-rendered`

use crate::diagnostic::{Edit, Finding, Fix};
use crate::guide::unrendered::{Meant, latex_links, meant_link, unrendered_links};
use crate::rule::{Page, Rule};

pub const RULE: Rule = Rule::guide("guide/link-not-rendered", include_str!("link_not_rendered.md"), check).unsafe_fix();

fn check(page: &Page<'_>, found: &mut Vec<Finding>) {
    let guide = page.guide;
    for place in &guide.undefined_references {
        found.extend(meant_link(guide, *place).map(|meant| {
            match meant {
                Meant::Reference => Finding::new(*place, "undefined link label")
                    .help("use `[text](address)`, or define the label on its own line: `[label]: address`"),
                Meant::Address => Finding::new(*place, "link published as text").help("use `[text](address)`"),
                Meant::Words => Finding::new(*place, "text in brackets without an address")
                    .help("add the address, or remove the brackets"),
            }
        }));
    }
    for place in latex_links(guide) {
        found.push(Finding::new(place, "link published as text").help("use `[text](address)`"));
    }
    for printed in unrendered_links(guide).filter(|printed| !printed.is_image) {
        let finding = Finding::new(printed.span, "link published as text");
        found.push(match printed.repaired(guide) {
            Some(repaired) => {
                let edits = vec![Edit::replace(printed.span, repaired.as_str())];
                let fix = Fix::needs_review("correct the parentheses", edits);
                finding.help(format!("use `{repaired}`")).fix(fix)
            }
            None => finding.help("use `[text](address)` with one pair of parentheses"),
        });
    }
}
