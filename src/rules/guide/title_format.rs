//! `guide/title-format`

use crate::diagnostic::{Finding, Severity};
use crate::dialect::Trait;
use crate::profile::GuideKind;
use crate::rule::names::{fuller_name, is_alike};
use crate::rule::{Page, Rule};

pub const RULE: Rule =
    Rule::convention("guide/title-format", include_str!("title_format.md"), check).info().needs(&[Trait::FrontMatter]);

fn check(page: &Page<'_>, found: &mut Vec<Finding>) {
    let Some(node) = page.guide.front_matter("title") else { return };
    let Some(title) = node.as_str().map(str::trim).filter(|title| !title.is_empty()) else { return };
    if let Some(markup) = markup(title) {
        let message = format!("markup in the title: `{markup}`");
        found.push(Finding::new(node.span, message).help("use plain text").severity(Severity::Warning));
        return;
    }
    let kind = page.certain_kind().unwrap_or(page.kind);
    if let Some(right) = respelt(page, kind, title) {
        let finding = Finding::new(node.span, format!("title suffix in another case: `{title}`"));
        found.push(finding.help(format!("use `{right}`")));
        return;
    }
    // A page without text may be no guide.
    if page.profile.is_title(kind, title) || page.guide.text.as_str().trim().is_empty() {
        return;
    }
    let is_of_other_kind = page.certain_kind().is_some() && page.profile.is_title(kind.other(), title);
    let connector = page.profile.connector_of_title(title);
    let message = if is_of_other_kind {
        format!("title `{title}` is for the other kind of guide")
    } else if connector == title {
        let has_lead = page.profile.form(kind).titles.first().is_some_and(|form| !form.starts_with("{connector}"));
        format!("title without {}: `{title}`", if has_lead { "prefix" } else { "suffix" })
    } else {
        format!("unusual title `{title}`")
    };
    let finding = Finding::new(node.span, message);
    let finding = if is_of_other_kind { finding.severity(Severity::Warning) } else { finding };
    let form = page.profile.form(kind).titles.first();
    found.push(match form {
        // A title about another connector than the permalink is to be corrected first.
        Some(form) if !names_own_connector(page, connector) => {
            finding.help(format!("use the form `{}`", form.replace("{connector}", "Name of the application")))
        }
        Some(form) => {
            let fuller = fuller_name(page);
            let name = without_words_of(form, fuller.as_deref().unwrap_or(connector));
            finding.help(format!("use `{}`", form.replace("{connector}", &name)))
        }
        None => finding,
    });
}

/// A title whose words after the connector's name are in lowercase where the form of titles has uppercase letters, or in
/// other case than in the usual form.
fn respelt(page: &Page<'_>, kind: GuideKind, title: &str) -> Option<String> {
    let titles = &page.profile.form(kind).titles;
    let tails = titles.iter().enumerate().filter_map(|(at, form)| Some((at, form.strip_prefix("{connector}")?)));
    let ends =
        |tail: &str| title.get(title.len().checked_sub(tail.len())?..).filter(|end| end.eq_ignore_ascii_case(tail));
    let (at, tail, end) = tails.into_iter().find_map(|(at, tail)| Some((at, tail, ends(tail)?)))?;
    let is_other = end != tail && (at == 0 || end == tail.to_ascii_lowercase());
    is_other.then(|| format!("{}{tail}", &title[..title.len() - tail.len()]))
}

/// Whether the title may be about the connector of the permalink.
fn names_own_connector(page: &Page<'_>, connector: &str) -> bool {
    let permalink = page.contract.permalink.as_ref();
    permalink.is_none_or(|permalink| is_alike(&permalink.value, connector) || permalink.value.is_empty())
}

/// A name without the words that the form of the title adds: no title says `Authentication` twice.
fn without_words_of(form: &str, name: &str) -> String {
    let own: Vec<&str> = form.split_whitespace().filter(|word| *word != "{connector}").collect();
    let is_own = |word: &str| own.iter().any(|own| own.eq_ignore_ascii_case(word));
    let rest: Vec<&str> = name.split_whitespace().filter(|word| !is_own(word)).collect();
    if rest.is_empty() { name.to_owned() } else { rest.join(" ") }
}

/// The first mark of HTML or Markdown in a title: menus, search and the page's own heading show titles as they are.
fn markup(title: &str) -> Option<&str> {
    let is_tag = |start: &str| {
        let name = start[1..].strip_prefix('/').unwrap_or(&start[1..]);
        name.starts_with(|c: char| c.is_ascii_alphabetic())
    };
    let tag = title.match_indices('<').map(|(at, _)| &title[at..]).find(|start| is_tag(start) && start.contains('>'));
    let tag = tag.and_then(|start| Some(&start[..=start.find('>')?]));
    tag.or_else(|| ["**", "`", "]("].into_iter().find(|mark| title.contains(mark)))
}

#[cfg(test)]
mod tests {
    #[test]
    fn a_proposed_title_has_no_word_twice() {
        let form = "{connector} Authentication";
        assert_eq!(super::without_words_of(form, "Acme Authentication (version 2)"), "Acme (version 2)");
        assert_eq!(super::without_words_of(form, "Authentication"), "Authentication");
    }
}
