//! `guide/lines-run-together`

use crate::diagnostic::{Finding, Severity};
use crate::guide::{BlockId, BlockKind, Guide, Inline, InlineKind};
use crate::rule::{Check, Fixable, Page, Rule};

pub(in crate::rules) const RULE: Rule = Rule {
    name: "guide/lines-run-together",
    severity: Severity::Warning,
    fixable: Fixable::No,
    docs: include_str!("lines_run_together.md"),
    check: Check::Guide(check),
};

fn check(page: &Page<'_>, found: &mut Vec<Finding>) {
    let guide = page.guide;
    let paragraphs = guide.blocks.iter().enumerate().filter(|(_, block)| block.kind == BlockKind::Paragraph);
    for (paragraph, _) in paragraphs {
        let labels: Vec<_> = labels(guide, paragraph).collect();
        let Some([first, second]) = labels
            .windows(2)
            .find_map(|pair| <[&Inline; 2]>::try_from(pair).ok().filter(|pair| are_joined(guide, pair)))
        else {
            continue;
        };
        let message = format!("`{}` is published in the same line as `{}`", name(guide, second), name(guide, first));
        found.push(
            Finding::new(second.span, message)
                .label(first.span, "the paragraph begins here")
                .help("put a blank line between the lines, or make them a list"),
        );
    }
}

/// Bold names with a colon that begin a line of a paragraph.
fn labels(guide: &Guide, paragraph: BlockId) -> impl Iterator<Item = &Inline> {
    let strong = guide.inlines_of(paragraph).iter().filter(|inline| inline.kind == InlineKind::Strong);
    strong.filter(|inline| {
        let text = guide.source.text();
        let before = text[..inline.span.range().start].rsplit('\n').next().unwrap_or_default();
        let after = &text[inline.span.range().end..];
        before.trim_matches([' ', '\t', '>']).is_empty()
            && (after.starts_with(':') || guide.slice(inline.content).trim_end().ends_with(':'))
    })
}

/// Whether the second stands in the line below the first and nothing breaks the line between them.
fn are_joined(guide: &Guide, [first, second]: &[&Inline; 2]) -> bool {
    let between = &guide.source.text()[first.span.range().end..second.span.range().start];
    let Some((line, rest)) = between.split_once('\n') else { return false };
    let line = line.trim_end_matches('\r');
    let broken = line.ends_with("  ") || line.ends_with('\\') || line.trim_end().ends_with('>');
    !rest.contains('\n') && !broken
}

fn name<'a>(guide: &'a Guide, label: &Inline) -> &'a str {
    guide.slice(label.content).trim().trim_end_matches(':')
}
