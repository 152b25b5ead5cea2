//! `guide/scope-malformed`

use crate::diagnostic::{Edit, Finding, Fix, Severity};
use crate::guide::{Inline, InlineKind, Style};
use crate::rule::{Check, Fixable, Page, Rule};

pub(in crate::rules) const RULE: Rule = Rule {
    name: "guide/scope-malformed",
    severity: Severity::Warning,
    fixable: Fixable::Safe,
    docs: include_str!("scope_malformed.md"),
    needs: &[],
    check: Check::Guide(check),
};

/// What ends a sentence or a part of it.
const ENDINGS: [char; 3] = [';', '.', ':'];

fn check(page: &Page<'_>, found: &mut Vec<Finding>) {
    for scope in &page.contract.scopes {
        found.extend(scope.span.and_then(|span| not_code(page, span, &scope.value)));
    }
    for code in page.guide.inlines.iter().filter(|inline| inline.kind == InlineKind::Code) {
        in_code(page, code, found);
    }
}

/// A scope that is an address is made a link by browsers and mail programs unless it is code.
fn not_code(page: &Page<'_>, span: crate::source::Span, scope: &str) -> Option<Finding> {
    let guide = page.guide;
    let text = guide.block_around(span)?;
    let range = text.text.start as usize..text.text.end as usize;
    let at = range.start + guide.text.as_str()[range].find(scope)?;
    let is_code = guide.text.all_have(at..at + scope.len(), Style::CODE);
    if is_code || !scope.contains("://") || guide.slice(span) != scope {
        return None;
    }
    let fix = Fix::safe("set it as code", vec![Edit::insert_before(span, "`"), Edit::insert_after(span, "`")]);
    Some(Finding::new(span, format!("the scope `{scope}` is not set as code")).help("write it in a code span").fix(fix))
}

/// In code a backslash is printed, and what ends a sentence is copied with the scope.
fn in_code(page: &Page<'_>, code: &Inline, found: &mut Vec<Finding>) {
    let text = page.guide.slice(code.content);
    let mut start = 0;
    for word in text.split(|c: char| c == ',' || c.is_whitespace()) {
        let at = code.content.start as usize + start;
        start += word.len() + 1;
        if !word.contains('\\') && !word.ends_with(ENDINGS) {
            continue;
        }
        let span = page.guide.source.span(at..at + word.len());
        let unescaped = word.replace('\\', "");
        let meant = unescaped.trim_end_matches(ENDINGS);
        if meant == word || !is_known(page, meant) {
            continue;
        }
        let message = if unescaped == word {
            format!("`{word}` ends in punctuation, which is no part of the scope")
        } else {
            format!("the backslash in `{word}` is published: in code nothing is escaped")
        };
        found.push(
            Finding::new(span, message)
                .help(format!("write `{meant}`"))
                .fix(Fix::safe(format!("write `{meant}`"), vec![Edit::replace(span, meant)])),
        );
    }
}

fn is_known(page: &Page<'_>, scope: &str) -> bool {
    let own = page.own_catalogues();
    !scope.is_empty() && own.iter().any(|catalogue| catalogue.lookup(scope).is_some())
}
