//! `guide/liquid-erases-text`

use crate::diagnostic::{Edit, Finding, Fix, Severity};
use crate::guide::{BlockKind, Guide, InlineKind};
use crate::rule::{Check, Fixable, Page, Rule};
use crate::source::Span;

pub(in crate::rules) const RULE: Rule = Rule {
    name: "guide/liquid-erases-text",
    severity: Severity::Error,
    fixable: Fixable::Safe,
    docs: include_str!("liquid_erases_text.md"),
    check: Check::Guide(check),
};

/// Variables that Jekyll fills.
const FILLED: [&str; 8] = ["site", "page", "layout", "content", "include", "jekyll", "paginator", "forloop"];

fn check(page: &Page<'_>, found: &mut Vec<Finding>) {
    let guide = page.guide;
    let shown = |span: Span| !guide.comments.iter().any(|comment| comment.span.contains(span));
    let own = own_variables(guide);
    for output in guide.liquid.outputs.iter().filter(|output| shown(**output)) {
        let first = variable(guide.slice(*output));
        // Without a name there is a literal, which Liquid prints.
        if !first.is_empty() && !FILLED.contains(&first) && !own.contains(&first) {
            found.push(erased(guide, *output));
        }
    }
    for tag in guide.liquid.tags.iter().filter(|tag| is_in_code(guide, tag.span)) {
        found.push(erased(guide, tag.span));
    }
}

fn erased(guide: &Guide, span: Span) -> Finding {
    let fix = vec![Edit::insert_before(span, "{% raw %}"), Edit::insert_after(span, "{% endraw %}")];
    Finding::new(span, format!("Jekyll publishes nothing in the place of `{}`", guide.slice(span)))
        .help("put it between `{% raw %}` and `{% endraw %}`: Liquid is run before Markdown, in code too")
        .fix(Fix::safe("wrap in `raw`", fix))
}

/// The variables that the page itself sets: the name behind `assign`, `capture`, `for`.
fn own_variables(guide: &Guide) -> Vec<&str> {
    let setters = guide.liquid.tags.iter().filter(|tag| {
        matches!(tag.name.as_str(), "assign" | "capture" | "for" | "tablerow" | "increment" | "decrement")
    });
    let words =
        setters.filter_map(|tag| guide.slice(tag.span).split_whitespace().skip_while(|word| *word != tag.name).nth(1));
    words.map(|word| word.split('=').next().unwrap_or(word)).collect()
}

/// The name with which `{{ name.part | filter }}` begins.
fn variable(output: &str) -> &str {
    let inner = output.trim_start_matches('{').trim_start_matches('-').trim_start();
    let length = inner.find(|c: char| !c.is_alphanumeric() && c != '_' && c != '-').unwrap_or(inner.len());
    let name = &inner[..length];
    if name.starts_with(|c: char| c.is_ascii_digit()) { "" } else { name }
}

fn is_in_code(guide: &Guide, span: Span) -> bool {
    let blocks = guide.blocks.iter().filter(|block| matches!(block.kind, BlockKind::Code { .. }));
    let spans = guide.inlines.iter().filter(|inline| inline.kind == InlineKind::Code);
    blocks.map(|block| block.span).chain(spans.map(|inline| inline.span)).any(|code| code.contains(span))
}
