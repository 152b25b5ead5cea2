//! `guide/callback-url-style`

use crate::contract::callback::{HostKind, Mention};
use crate::diagnostic::{Edit, Finding, Fix, Severity};
use crate::guide::BlockKind;
use crate::rule::{Check, Fixable, Page, Rule};

pub(in crate::rules) const RULE: Rule = Rule {
    name: "guide/callback-url-style",
    severity: Severity::Info,
    fixable: Fixable::Safe,
    docs: include_str!("callback_url_style.md"),
    check: Check::Guide(check),
};

fn check(page: &Page<'_>, found: &mut Vec<Finding>) {
    let kind = |mention: &Mention| HostKind::of(page.profile, &mention.text[mention.host.clone()]);
    let has_placeholder = page.callbacks.iter().any(|mention| kind(mention) == HostKind::Placeholder);
    for mention in &page.callbacks {
        let is_erased = page.guide.liquid.outputs.iter().any(|output| mention.span.contains(*output));
        let is_right = match kind(mention) {
            HostKind::Placeholder => true,
            HostKind::Example => !has_placeholder || !mention.in_code,
            _ => false,
        };
        let path_is_right = mention.text[mention.path.clone()] == page.profile.callback.path;
        let scheme_is_right = mention.text[mention.scheme.clone()].eq_ignore_ascii_case("https");
        if is_right && !is_erased && path_is_right && scheme_is_right && !is_in_code_block(page, mention) {
            found.extend(judge(page, mention, kind(mention)));
        }
    }
}

/// What is not as the house style has it; `None` if nothing.
fn judge(page: &Page<'_>, mention: &Mention, kind: HostKind) -> Option<Finding> {
    let in_code = mention.in_code || is_in_code_element(page, mention);
    let host = &mention.text[mention.host.clone()];
    // What the house style writes behind the placeholder: the rest of the host.
    let end = template_end(&page.profile.callback.template);
    let placeholder = host.strip_suffix(end).unwrap_or(host);
    let in_braces =
        placeholder.starts_with('{') && !placeholder.starts_with("{{") && host.ends_with(&format!("}}{end}"));
    let what = match (in_code, in_braces || kind == HostKind::Example) {
        (true, true) => return None,
        (false, true) => "this callback URL is not set as code",
        (true, false) => "the placeholder of this callback URL is not in braces",
        (false, false) => "this callback URL is not set as code, and its placeholder is not in braces",
    };
    let without_marks = |text: &str| text.trim_matches(|c: char| "{}[]<>*_` ".contains(c)).to_owned();
    let host = match kind {
        HostKind::Example => without_marks(host),
        _ => format!("{{{}}}{end}", without_marks(placeholder)),
    };
    let url = format!("https://{host}{}", page.profile.callback.path);
    let text = if in_code { url.clone() } else { format!("`{url}`") };
    let finding = Finding::new(mention.span, what).help(format!("write `{url}` in a code span"));
    // A raw tag inside the URL could lose its partner.
    if !page.guide.raw_is_whole(mention.span) {
        return Some(finding);
    }
    Some(finding.fix(Fix::safe("write it in the usual form", vec![Edit::replace(mention.span, text)])))
}

/// What stands between the placeholder and the path in the house style's callback URL: nothing where the
/// placeholder is the whole host.
fn template_end(template: &str) -> &str {
    let behind = template.rsplit_once('}').map_or("", |(_, behind)| behind);
    behind.split('/').next().unwrap_or_default()
}

fn is_in_code_block(page: &Page<'_>, mention: &Mention) -> bool {
    let code = page.guide.blocks.iter().filter(|block| matches!(block.kind, BlockKind::Code { .. }));
    code.into_iter().any(|block| block.span.contains(mention.span))
}

/// Whether `<code>` stands around the URL.
fn is_in_code_element(page: &Page<'_>, mention: &Mention) -> bool {
    let tags = &page.guide.tags;
    tags.iter().filter(|tag| tag.name == "code").any(|tag| {
        let end = tag.partner.map(|partner| tags[partner].span.start);
        tag.span.end <= mention.span.start && end.is_some_and(|end| mention.span.end <= end)
    })
}
