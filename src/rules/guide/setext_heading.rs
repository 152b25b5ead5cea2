//! `guide/setext-heading`

use crate::diagnostic::{Edit, Finding, Fix};
use crate::rule::{Page, Rule, with_last_marks_escaped};

pub const RULE: Rule =
    Rule::convention("guide/setext-heading", include_str!("setext_heading.md"), check).info().safe_fix();

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
