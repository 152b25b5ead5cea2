//! `guide/title-format`

use crate::diagnostic::{Finding, Severity};
use crate::dialect::Trait;
use crate::rule::{Check, Fixable, Page, Rule};

pub(in crate::rules) const RULE: Rule = Rule {
    name: "guide/title-format",
    severity: Severity::Info,
    fixable: Fixable::No,
    docs: include_str!("title_format.md"),
    needs: &[Trait::FrontMatter],
    check: Check::Guide(check),
};

fn check(page: &Page<'_>, found: &mut Vec<Finding>) {
    let Some(node) = page.guide.front_matter("title") else { return };
    let Some(title) = node.as_str().map(str::trim).filter(|title| !title.is_empty()) else { return };
    if page.profile.is_title(page.kind, title) {
        return;
    }
    let connector = page.profile.connector_of_title(title);
    let message = if connector == title {
        format!("the title is the bare name `{title}`")
    } else {
        format!("the title `{title}` has another form than those of other guides")
    };
    let finding = Finding::new(node.span, message);
    let form = page.profile.form(page.kind).titles.first();
    found.push(match form {
        Some(form) => finding.help(format!("write `{}`", form.replace("{connector}", connector))),
        None => finding,
    });
}
