//! `guide/callback-url-style`

use std::cell::LazyCell;

use crate::contract::callback::{HostKind, Mention, template_end};
use crate::diagnostic::{Edit, Finding, Fix};
use crate::guide::{Guide, Inline, InlineKind, Style};
use crate::rule::{Page, Rule};
use crate::source::Span;

pub const RULE: Rule =
    Rule::convention("guide/callback-url-style", include_str!("callback_url_style.md"), check).info().safe_fix();

fn check(page: &Page<'_>, found: &mut Vec<Finding>) {
    let kind = |mention: &Mention| HostKind::of(page.profile, &mention.text[mention.host.clone()]);
    let codes = LazyCell::new(|| page.guide.elements(&["code"]));
    let has_placeholder = page.callbacks.iter().any(|mention| kind(mention) == HostKind::Placeholder);
    for mention in &page.callbacks {
        let is_erased = page.guide.holds_output(mention.span);
        let is_right = match kind(mention) {
            HostKind::Placeholder => true,
            HostKind::Example => !has_placeholder || !mention.in_code,
            _ => false,
        };
        let path_is_right = mention.text[mention.path.clone()] == page.profile.callback.path;
        let scheme_is_right = mention.text[mention.scheme.clone()].eq_ignore_ascii_case("https");
        if is_right && !is_erased && path_is_right && scheme_is_right && !page.guide.is_in_code_block(mention.span) {
            let in_code = mention.in_code || codes.around(mention.span).next().is_some();
            // A mark after the path is what the placeholder lacks.
            if !page.guide.text.as_str()[mention.range.end..].starts_with('}') {
                found.extend(check_spelling(page, mention, kind(mention), in_code));
            }
        }
    }
}

/// What is not as the house style has it; `None` if nothing.
fn check_spelling(page: &Page<'_>, mention: &Mention, kind: HostKind, in_code: bool) -> Option<Finding> {
    let host = mention.text[mention.host.clone()].trim();
    // What the house style writes after the placeholder: the rest of the host.
    let end = template_end(&page.profile.callback.template);
    let placeholder = host.strip_suffix(end).unwrap_or(host);
    let in_braces =
        placeholder.starts_with('{') && !placeholder.starts_with("{{") && host.ends_with(&format!("}}{end}"));
    let what = match (in_code, in_braces || kind == HostKind::Example) {
        (true, true) => return None,
        (true, false) if placeholder.starts_with("{{") => "placeholder of the callback URL in double braces",
        (false, true) => "callback URL not formatted as code",
        (true, false) => "placeholder of the callback URL not in braces",
        (false, false) => "callback URL not formatted as code, and its placeholder not in braces",
    };
    let host = match kind {
        HostKind::Example => without_marks(host)?.to_owned(),
        _ => format!("{{{}}}{end}", without_marks(placeholder)?),
    };
    let url = format!("https://{host}{}", page.profile.callback.path);
    let text = if in_code { url.clone() } else { format!("`{url}`") };
    let finding = Finding::new(mention.span, what).help(format!("use a code span: `{url}`"));
    Some(finding.maybe_fix(edits(page, mention, in_code, text).map(|edits| Fix::safe("use the usual form", edits))))
}

/// A host without the marks around the whole of it; `None` where others are left, which are another mistake.
fn without_marks(host: &str) -> Option<&str> {
    let mut bare = host.trim_matches(|c: char| "*_` ".contains(c));
    let pairs = [('{', '}'), ('[', ']'), ('<', '>'), ('(', ')')];
    let is_marked = |text: &str| {
        text.len() > 1 && pairs.iter().any(|(open, close)| text.starts_with(*open) && text.ends_with(*close))
    };
    while is_marked(bare) {
        bare = bare[1..bare.len() - 1].trim();
    }
    (!bare.contains(['{', '}', '[', ']', '<', '>'])).then_some(bare)
}

/// What writes the URL as `text`; `None` where backticks make no code or a tag would lose its partner.
fn edits(page: &Page<'_>, mention: &Mention, in_code: bool, text: String) -> Option<Vec<Edit>> {
    let guide = page.guide;
    let whole = if in_code { mention.span } else { guide.with_plain_spans(mention.span)? };
    let range = mention.range.clone();
    let has_code = guide.text.any_has(range.clone(), Style::CODE);
    if !guide.raw_is_whole(whole) || !in_code && !has_code && !guide.can_be_code(range) {
        return None;
    }
    // Bold text that is nothing but the URL is code only.
    let is_bold = |inline: &&Inline| inline.kind == InlineKind::Strong && inline.content == whole;
    let whole = guide.inlines_around(whole).find(is_bold).map_or(whole, |bold| bold.span);
    let edit = Edit::replace(if in_code { whole } else { with_spaces(guide, whole) }, text);
    Some(match guide.raw_only_for(whole) {
        Some([open, close]) => vec![Edit::remove(open), edit, Edit::remove(close)],
        None => vec![edit],
    })
}

/// A part of the source with the spaces inside the brackets around it.
fn with_spaces(guide: &Guide, part: Span) -> Span {
    let source = guide.source.text();
    let (before, after) = (&source[..part.range().start], &source[part.range().end..]);
    let (open, close) = (before.trim_end_matches(' '), after.trim_start_matches(' '));
    let is_inside = open.ends_with('(') && close.starts_with(')');
    if is_inside { guide.source.span(open.len()..source.len() - close.len()) } else { part }
}
