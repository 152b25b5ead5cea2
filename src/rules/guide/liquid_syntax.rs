//! `guide/liquid-syntax`

use crate::diagnostic::{Finding, Severity};
use crate::dialect::Trait;
use crate::rule::{Check, Fixable, Page, Rule};

pub(in crate::rules) const RULE: Rule = Rule {
    name: "guide/liquid-syntax",
    severity: Severity::Error,
    fixable: Fixable::No,
    docs: include_str!("liquid_syntax.md"),
    needs: &[Trait::Liquid],
    check: Check::Guide(check),
};

fn check(page: &Page<'_>, found: &mut Vec<Finding>) {
    for (span, message) in &page.guide.liquid.problems {
        let help = "the site is not built like this: mend it, or put text that is shown as it is \
                    between `{% raw %}` and `{% endraw %}`";
        found.push(Finding::new(*span, message.clone()).help(help));
    }
}
