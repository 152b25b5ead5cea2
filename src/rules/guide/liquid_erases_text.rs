//! `guide/liquid-erases-text`

use std::collections::{HashMap, HashSet};

use crate::diagnostic::{Edit, Finding, Fix, Severity};
use crate::dialect::Trait;
use crate::guide::{Guide, LiquidTag};
use crate::rule::{Fixable, Page, Rule};
use crate::source::{Places, Span};

pub(in crate::rules) const RULE: Rule = Rule::guide(
    "guide/liquid-erases-text",
    Severity::Error,
    Fixable::Safe,
    include_str!("liquid_erases_text.md"),
    check,
)
.needs(&[Trait::Liquid]);

/// Variables that Jekyll fills.
const FILLED: [&str; 8] = ["site", "page", "layout", "content", "include", "jekyll", "paginator", "forloop"];

fn check(page: &Page<'_>, found: &mut Vec<Finding>) {
    let guide = page.guide;
    let comments = Places::new(guide.comments.iter().map(|comment| comment.span));
    let shown = |span: Span| comments.around(span).next().is_none();
    let own = own_variables(guide);
    for output in guide.liquid.outputs.iter().filter(|output| shown(**output)) {
        let inner = inner(guide.slice(*output));
        let first = variable(inner);
        if !is_printed(inner) && !FILLED.contains(&first) && !own.contains(first) {
            found.push(erased(guide, *output, &[*output]));
        }
    }
    for block in tags_of_blocks(&guide.liquid.tags) {
        // Without one of its tags a block stops the build.
        let in_code: Vec<Span> = block.iter().map(|tag| tag.span).filter(|span| guide.is_in_code(*span)).collect();
        let wrapped = if in_code.len() == block.len() { in_code.as_slice() } else { &[] };
        found.extend(in_code.iter().map(|tag| erased(guide, *tag, wrapped)));
    }
}

/// A finding about Liquid whose fix wraps what belongs together; none if that is nothing.
fn erased(guide: &Guide, span: Span, wrapped: &[Span]) -> Finding {
    let finding = Finding::new(span, format!("Liquid removes `{}` from the page", guide.slice(span)))
        .help("wrap it in `{% raw %}` and `{% endraw %}`");
    let around = |span: &Span| [Edit::insert_before(*span, "{% raw %}"), Edit::insert_after(*span, "{% endraw %}")];
    let edits: Vec<Edit> = wrapped.iter().flat_map(around).collect();
    if edits.is_empty() { finding } else { finding.fix(Fix::safe("wrap in `raw`", edits)) }
}

/// The tags of a page, those of a block such as `if` together with its end and what parts it.
fn tags_of_blocks(tags: &[LiquidTag]) -> Vec<Vec<&LiquidTag>> {
    let mut blocks: Vec<Vec<&LiquidTag>> = Vec::new();
    let mut open: Vec<usize> = Vec::new();
    let mut names: HashMap<&str, usize> = HashMap::new();
    for tag in tags {
        let opener = tag.name.strip_prefix("end");
        let parts = ["else", "elsif", "when"].contains(&tag.name.as_str());
        let wanted: &[&str] = match &opener {
            Some(opener) => std::slice::from_ref(opener),
            None if parts => &["if", "unless", "case", "for"],
            None => &[],
        };
        let is_open = wanted.iter().any(|name| names.get(name).is_some_and(|count| *count > 0));
        let is_wanted = |block: &usize| wanted.contains(&blocks[*block][0].name.as_str());
        if let Some(at) = if is_open { open.iter().rposition(is_wanted) } else { None } {
            blocks[open[at]].push(tag);
            for closed in open.drain(if opener.is_some() { at } else { at + 1 }..) {
                *names.entry(blocks[closed][0].name.as_str()).or_default() -= 1;
            }
        } else {
            *names.entry(tag.name.as_str()).or_default() += 1;
            open.push(blocks.len());
            blocks.push(vec![tag]);
        }
    }
    blocks
}

/// The variables that the page itself sets: the name after `assign`, `capture`, `for`.
fn own_variables(guide: &Guide) -> HashSet<&str> {
    let setters = guide.liquid.tags.iter().filter(|tag| {
        matches!(tag.name.as_str(), "assign" | "capture" | "for" | "tablerow" | "increment" | "decrement")
    });
    let words =
        setters.filter_map(|tag| guide.slice(tag.span).split_whitespace().skip_while(|word| *word != tag.name).nth(1));
    words.map(|word| word.split('=').next().unwrap_or(word)).collect()
}

/// What is between the braces of an output.
fn inner(output: &str) -> &str {
    output.trim_start_matches('{').trim_start_matches('-').trim_end_matches('}').trim_end_matches('-').trim()
}

/// Whether Liquid prints an output as it is: a text in quotation marks, a number, a range or a literal. What begins
/// with any other mark, such as `**`, names no variable and is not printed. Without content nothing is lost.
fn is_printed(inner: &str) -> bool {
    let unsigned = inner.strip_prefix('-').unwrap_or(inner);
    let literal = variable(inner);
    inner.is_empty()
        || inner.starts_with(['"', '\''])
        || unsigned.starts_with(|c: char| c.is_ascii_digit())
        || inner.starts_with('(') && inner.contains("..")
        || matches!(literal, "true" | "false" | "nil")
}

/// The name with which `name.part | filter` begins; empty if it begins with a mark.
fn variable(inner: &str) -> &str {
    let length = inner.find(|c: char| !c.is_alphanumeric() && c != '_' && c != '-').unwrap_or(inner.len());
    &inner[..length]
}
