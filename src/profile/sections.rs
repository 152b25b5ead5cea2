//! The names of a guide's sections, and what a heading is by them.

use std::sync::OnceLock;

use serde::Deserialize;

use super::names::{NameMap, fold, folded, lower};

/// Where the connector's name is in a name.
pub(super) const CONNECTOR: &str = "{connector}";

/// The parts of a guide.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SectionRole {
    /// What to do in the application.
    Application,
    /// What the partner does on the platform.
    Platform,
    /// What is asked when the connector is installed into an account.
    Account,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Sections {
    /// What to do in the application.
    pub application: SectionName,
    /// What the partner does on the platform.
    pub platform: SectionName,
    /// What is asked when the connector is installed into an account.
    pub account: Option<SectionName>,
    /// Headings of the earlier house style.
    #[serde(default)]
    legacy: Forms,
    /// All names of the parts, and the part of each, made when a heading is first looked up.
    #[serde(skip)]
    forms: OnceLock<(Forms, Vec<SectionRole>)>,
}

/// The names of one part of a guide.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SectionName {
    pub name: String,
    /// Other headings that do the same work.
    #[serde(default)]
    pub also: Vec<String>,
}

impl Sections {
    /// The part of the guide that a heading opens; `connector` is the connector's name.
    pub fn role(&self, heading: &str, connector: &str) -> Option<SectionRole> {
        let (forms, roles) = self.forms();
        forms.first_of(heading, connector).map(|form| roles[form])
    }

    fn forms(&self) -> &(Forms, Vec<SectionRole>) {
        self.forms.get_or_init(|| {
            let account = self.account.iter().map(|part| (SectionRole::Account, part));
            let others = [(SectionRole::Platform, &self.platform), (SectionRole::Application, &self.application)];
            let names =
                account.chain(others).flat_map(|(role, part)| part.names().map(move |name| (name.clone(), role)));
            let (names, roles): (Vec<String>, Vec<SectionRole>) = names.unzip();
            (Forms::from(names), roles)
        })
    }

    /// Whether a heading is of the earlier house style.
    pub fn is_legacy(&self, heading: &str, connector: &str) -> bool {
        self.legacy.first_of(heading, connector).is_some()
    }

    /// The name that is in a heading where the name of the application's section has the connector's;
    /// `None` if the heading is made otherwise, or is one of the names in which no connector is.
    pub fn named_connector<'a>(&self, heading: &'a str) -> Option<&'a str> {
        let (before, after) = around_connector(&self.application.name)?;
        let alone = folded(before).chain(folded(after)).next().is_none();
        let is_fixed = || self.forms().0.plain.get(heading).is_some();
        if alone || is_fixed() { None } else { connector_in(before, after, heading.trim()) }
    }

    /// A heading in the spelling of the section's name that it differs from only in uppercase, spaces
    /// and hyphens; `None` if it is spelled so or names no section. `connector` is the connector's name.
    pub fn respelt(&self, heading: &str, connector: &str) -> Option<String> {
        let names = self.account.iter().chain([&self.platform, &self.application]).map(|section| &section.name);
        let own = names.into_iter().find(|name| {
            let (before, own, after) =
                around_connector(name).map_or((name.as_str(), "", ""), |(before, after)| (before, connector, after));
            folded(before).chain(folded(own)).chain(folded(after)).eq(folded(heading))
        })?;
        let respelt = respell(own, heading)?;
        (respelt != heading.trim()).then_some(respelt)
    }
}

impl SectionName {
    fn names(&self) -> impl Iterator<Item = &String> {
        std::iter::once(&self.name).chain(&self.also)
    }
}

/// Headings in some of which the connector's name has a place.
#[derive(Debug, Default, Deserialize)]
#[serde(from = "Vec<String>")]
struct Forms {
    /// Those without a place for the name, and where they are among all.
    plain: NameMap<usize>,
    /// Those with one, in order.
    named: Vec<(usize, Form)>,
}

impl From<Vec<String>> for Forms {
    fn from(forms: Vec<String>) -> Self {
        let all = || forms.iter().map(String::as_str).enumerate();
        // Of names that are alike the first one counts here.
        let plain = all().rev().filter(|(_, form)| around_connector(form).is_none()).map(|(index, form)| (form, index));
        let named = all().filter_map(|(index, form)| {
            let (before, after) = around_connector(form)?;
            Some((index, Form { before: fold(before), after: fold(after) }))
        });
        Self { plain: plain.collect(), named: named.collect() }
    }
}

impl Forms {
    /// The first form that a heading is made in.
    fn first_of(&self, heading: &str, connector: &str) -> Option<usize> {
        let plain = self.plain.get(heading).copied();
        let before = self.named.iter().take_while(|(index, _)| plain.is_none_or(|plain| *index < plain));
        // Most headings begin or end with other letters than the form.
        let (first, last) = (folded(heading).next(), folded(heading).next_back());
        let is_alike = |form: &Form| {
            (form.before.is_empty() || form.before.chars().next() == first)
                && (form.after.is_empty() || form.after.chars().next_back() == last)
        };
        let mut before = before.filter(|(_, form)| is_alike(form));
        before.find(|(_, form)| form.is_of(heading, connector)).map(|(index, _)| *index).or(plain)
    }
}

/// The text before and after the connector's name in a heading: letters and digits only.
#[derive(Debug)]
struct Form {
    before: String,
    after: String,
}

impl Form {
    /// Whether a section's heading is made so. With words beside it, the name may be any: products have
    /// several. Alone, it is the connector's.
    fn is_of(&self, heading: &str, connector: &str) -> bool {
        if self.before.is_empty() && self.after.is_empty() {
            folded(heading).eq(folded(connector))
        } else {
            connector_in(&self.before, &self.after, heading.trim()).is_some()
        }
    }
}

/// Whether `text` is `form` with some name in the place of the connector's.
pub(super) fn has_form(form: &str, text: &str) -> bool {
    match around_connector(form) {
        Some((before, after)) => connector_in(before, after, text.trim()).is_some(),
        None => folded(form).eq(folded(text)),
    }
}

/// The content of `text` after the words that `form` has before the connector's name; `None` if it has none or
/// `text` begins with others.
pub(super) fn after_lead<'a>(form: &str, text: &'a str) -> Option<&'a str> {
    let lead = around_connector(form)?.0.trim();
    let following =
        text.get(lead.len()..).filter(|_| !lead.is_empty() && text[..lead.len()].eq_ignore_ascii_case(lead))?;
    following.starts_with(char::is_whitespace).then(|| following.trim_start())
}

/// `heading` with the words of `name`, if it has the same letters and digits around the connector's name.
fn respell(name: &str, heading: &str) -> Option<String> {
    let heading = heading.trim();
    let Some((before, after)) = around_connector(name) else {
        return folded(name).eq(folded(heading)).then(|| name.to_owned());
    };
    connector_in(before, after, heading).map(|connector| format!("{before}{connector}{after}"))
}

/// The text before and after the place of the connector's name.
fn around_connector(name: &str) -> Option<(&str, &str)> {
    // Names are compared with every heading, so the search is for one byte first.
    let at = memchr::memchr(b'{', name.as_bytes())?;
    Some((&name[..at], name[at..].strip_prefix(CONNECTOR)?))
}

/// The text between the letters and digits of `before` and `after`, if `text` is made so.
fn connector_in<'a>(before: &str, after: &str, text: &'a str) -> Option<&'a str> {
    let start = edge(text.char_indices().map(|(at, c)| (at + c.len_utf8(), c)), folded(before), 0)?;
    let rest = &text[start..];
    let end = edge(rest.char_indices().rev(), folded(after).rev(), rest.len())?;
    let connector = rest[..end].trim_matches(|c: char| c.is_whitespace() || c == '-' || c == ':');
    let whole_words = end == rest.len() || rest[..end].ends_with(|c: char| !c.is_alphanumeric());
    (!connector.is_empty() && whole_words).then_some(connector)
}

/// Where the letters and digits `wanted` end in `text`, if it begins with them; `none` if none are wanted.
fn edge(
    mut text: impl Iterator<Item = (usize, char)>,
    mut wanted: impl Iterator<Item = char>,
    none: usize,
) -> Option<usize> {
    let mut edge = none;
    let mut next = wanted.next();
    while let Some(expected) = next {
        let (at, found) = text.find(|(_, c)| c.is_alphanumeric())?;
        if lower(found) != expected {
            return None;
        }
        edge = at;
        next = wanted.next();
    }
    Some(edge)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// The first form by trying all in order.
    fn first(forms: &[String], heading: &str, connector: &str) -> Option<usize> {
        forms.iter().position(|form| match around_connector(form) {
            Some((before, after)) => Form { before: fold(before), after: fold(after) }.is_of(heading, connector),
            None => folded(form).eq(folded(heading)),
        })
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 2048, failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn the_first_form_is_found_as_by_trying_all(
            forms in proptest::collection::vec("([aBé -]{0,3}|[aBé -]{0,2}\\{connector\\}[aBé -]{0,2})", 0..6),
            heading in "[aAbBéÉ -]{0,5}",
            connector in "[aBé]{1,2}",
        ) {
            let known = Forms::from(forms.clone());
            prop_assert_eq!(known.first_of(&heading, &connector), first(&forms, &heading, &connector));
        }
    }
}
