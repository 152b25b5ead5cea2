//! `guide/liquid-syntax`

use std::collections::BTreeSet;

use crate::diagnostic::{Finding, Severity};
use crate::dialect::Trait;
use crate::guide::LiquidTag;
use crate::nearest::certain;
use crate::rule::{Mark, Page, Rule};

pub const RULE: Rule = Rule::guide("guide/liquid-syntax", include_str!("liquid_syntax.md"), check)
    .needs(&[Trait::Liquid])
    .marked(&[Mark::PluginBlock]);

fn check(page: &Page<'_>, found: &mut Vec<Finding>) {
    for (span, message) in &page.guide.liquid.problems {
        let help = "correct the tag, or wrap literal text in `{% raw %}` and `{% endraw %}`";
        found.push(Finding::new(*span, message.clone()).help(help));
    }
    let mut seen = BTreeSet::new();
    for tag in &page.guide.liquid.unknown_tags {
        let name = tag.name.strip_prefix("end").unwrap_or(&tag.name);
        let is_declared = page.profile.page.liquid_tags.iter().any(|known| known == name || *known == tag.name)
            || page.site.defines_tag(&tag.name);
        if !is_declared && seen.insert(name) {
            found.push(unknown_tag(page, tag));
        }
    }
}

/// A tag that Liquid and Jekyll lack stops the build, unless a plugin of the site defines it: then it is most likely one
/// that the plugin has, except where one letter makes it another one.
fn unknown_tag(page: &Page<'_>, tag: &LiquidTag) -> Finding {
    let name = &tag.name;
    let finding = Finding::new(tag.span, format!("unknown Liquid tag `{name}`"));
    let meant = certain(name, LiquidTag::known(), str::to_owned);
    let is_slip = meant.is_some();
    let finding = match meant {
        Some(meant) => finding.help(format!("replace with `{meant}`")),
        None => finding
            .help(format!("remove it, or add `{name}` to `liquid-tags` in `connlint.toml` if a plugin defines it")),
    };
    if page.site.has_plugins() && !is_slip {
        finding.severity(Severity::Info)
    } else if page.site.may_have_plugins() {
        finding.severity(Severity::Warning)
    } else {
        finding
    }
}
