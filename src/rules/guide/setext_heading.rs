//! `guide/setext-heading`

use crate::diagnostic::{Edit, Finding, Fix, Severity};
use crate::rule::{Fixable, Page, Rule, with_last_marks_escaped};

pub(in crate::rules) const RULE: Rule =
    Rule::guide("guide/setext-heading", Severity::Info, Fixable::Safe, include_str!("setext_heading.md"), check);

fn check(page: &Page<'_>, found: &mut Vec<Finding>) {
    let guide = page.guide;
    for heading in guide.headings.iter().filter(|heading| heading.setext) {
        let marks = "#".repeat(usize::from(heading.level));
        let finding = Finding::new(heading.span, format!("underlined heading `{}`", heading.text))
            .help(format!("use `{marks} {}`", with_last_marks_escaped(&heading.text)));
        // Two lines, and no more: the text and what underlines it.
        let lines: Vec<_> = guide.slice(heading.span).lines().collect();
        found.push(match lines[..] {
            [text, _] => {
                let fix = Edit::replace(heading.span, format!("{marks} {}", with_last_marks_escaped(text.trim())));
                finding.fix(Fix::safe(format!("use `{marks}`"), vec![fix]))
            }
            _ => finding,
        });
    }
}
