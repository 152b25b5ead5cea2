//! `guide/card-structure`

use crate::diagnostic::{Finding, Severity};
use crate::guide::Card;
use crate::rule::{Check, Fixable, Page, Rule};

pub(in crate::rules) const RULE: Rule = Rule {
    name: "guide/card-structure",
    severity: Severity::Info,
    fixable: Fixable::No,
    docs: include_str!("card_structure.md"),
    needs: &[],
    check: Check::Guide(check),
};

fn check(page: &Page<'_>, found: &mut Vec<Finding>) {
    let Some(form) = &page.profile.page.card else { return };
    let mut outside = None;
    let mut heads = vec![Vec::new(); page.cards.len()];
    let mut cards = page.cards.iter().enumerate().peekable();
    let mut open: Vec<(usize, &Card)> = Vec::new();
    for heading in page.guide.headings.iter().filter(|heading| heading.level == 2) {
        open.extend(std::iter::from_fn(|| cards.next_if(|(_, card)| card.span.start <= heading.span.start)));
        while open.pop_if(|(_, card)| !card.span.contains(heading.span)).is_some() {}
        match open.last() {
            Some(&(card, _)) => heads[card].push(heading),
            None => outside = outside.or(Some(heading)),
        }
    }
    if let Some(heading) = outside {
        let help = format!("wrap each section in its own `<{} class=\"{}\">`", form.element, form.class);
        found.push(Finding::new(heading.span, format!("section `{}` is outside a card", heading.text)).help(help));
    }
    for heads in heads {
        if let [first, second, ..] = heads[..] {
            found.push(
                Finding::new(second.span, format!("second section in one card: `{}`", second.text))
                    .label(first.span, "first section")
                    .help("move it to its own card, or make it a subsection"),
            );
        }
    }
}
