//! `guide/liquid-erases-text`

use std::cell::LazyCell;
use std::collections::{HashMap, HashSet};

use crate::diagnostic::{Edit, Finding, Fix, Severity};
use crate::dialect::Trait;
use crate::guide::{Guide, LiquidTag};
use crate::rule::{Page, Rule};
use crate::source::{Places, Span};

pub const RULE: Rule = Rule::guide("guide/liquid-erases-text", include_str!("liquid_erases_text.md"), check)
    .safe_fix()
    .needs(&[Trait::Liquid]);

/// Variables that Jekyll fills.
const FILLED: [&str; 9] =
    ["site", "page", "layout", "content", "include", "jekyll", "paginator", "forloop", "tablerowloop"];

/// What comes before the address of a link or image.
const BEFORE_ADDRESS: [&str; 7] = ["](", "](<", "href=\"", "href='", "src=\"", "src='", "]: "];

fn check(page: &Page<'_>, found: &mut Vec<Finding>) {
    let guide = page.guide;
    let comments = Places::new(guide.comments.iter().map(|comment| comment.span));
    let shown = |span: Span| comments.around(span).next().is_none();
    let own = own_variables(guide);
    let included = LazyCell::new(|| page.site.included_variables(guide));
    for output in guide.liquid.outputs.iter().filter(|output| shown(**output)) {
        let inner = inner(guide.slice(*output));
        let first = variable(inner);
        if is_printed(inner) || FILLED.contains(&first) || own.contains(first) || begins_address(guide, *output) {
            continue;
        }
        match &*included {
            Some(set) if set.contains(first) => {}
            Some(_) => found.push(erased(guide, *output, &[*output])),
            // An include that is not known may set it, or the tag of a plugin. A part of a variable, or one that a
            // filter changes, is hardly a text of the page.
            None if inner[first.len()..].trim_start().starts_with(['.', '|', '[']) => {}
            None => found.push(doubtful(guide, *output)),
        }
    }
    for block in tags_of_blocks(&guide.liquid.tags).iter().filter(|block| !is_live(page, block[0])) {
        // Without one of its tags a block stops the build.
        let in_code: Vec<Span> = block.iter().map(|tag| tag.span).filter(|span| guide.is_in_code(*span)).collect();
        let wrapped = if in_code.len() == block.len() { in_code.as_slice() } else { &[] };
        found.extend(in_code.iter().map(|tag| erased(guide, *tag, wrapped)));
    }
}

/// Whether a tag in code makes the code, or writes a part of it: a file that the site has, or by what Jekyll fills.
fn is_live(page: &Page<'_>, tag: &LiquidTag) -> bool {
    if tag.name == "highlight" {
        return true;
    }
    let written = page.guide.slice(tag.span);
    let mut words = tag.argument(written).split(|c: char| c.is_whitespace() || c == '=');
    tag.included(written).is_some_and(|name| page.site.has_include(name))
        || words.any(|word| word.split_once('.').is_some_and(|(first, _)| FILLED.contains(&first)))
}

/// Whether an output is the first part of an address: without a value, the address begins at the root of the site.
fn begins_address(guide: &Guide, output: Span) -> bool {
    let text = guide.source.text();
    let before = text[..output.range().start].trim_end_matches(' ');
    text[output.range().end..].starts_with('/') && BEFORE_ADDRESS.iter().any(|start| before.ends_with(start.trim_end()))
}

/// A finding about an output that may have a value.
fn doubtful(guide: &Guide, span: Span) -> Finding {
    let around = vec![Edit::insert_before(span, "{% raw %}"), Edit::insert_after(span, "{% endraw %}")];
    let message =
        format!("Liquid removes `{}` from the page, unless an include or a plugin sets it", guide.slice(span));
    Finding::new(span, message)
        .help("wrap it in `{% raw %}` and `{% endraw %}` if it is text")
        .fix(Fix::needs_review("wrap in `raw`", around))
        .severity(Severity::Warning)
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

/// The variables that the page itself sets.
fn own_variables(guide: &Guide) -> HashSet<&str> {
    guide.liquid.tags.iter().filter_map(|tag| tag.assigned(guide.slice(tag.span))).collect()
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
        || matches!(literal, "true" | "false" | "nil" | "null" | "empty" | "blank")
}

/// The name with which `name.part | filter` begins; empty if it begins with a mark.
fn variable(inner: &str) -> &str {
    let length = inner.find(|c: char| !c.is_alphanumeric() && c != '_' && c != '-').unwrap_or(inner.len());
    &inner[..length]
}
