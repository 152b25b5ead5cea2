//! The names of a guide's sections, and what a heading is by them.

use std::collections::HashMap;
use std::sync::OnceLock;

use serde::Deserialize;

use super::names::{fold, folded, is_same, lower};

/// Where the connector's name is in a name.
pub(super) const CONNECTOR: &str = "{connector}";

/// The parts of a guide.
///
/// In the order in which their names are tried.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum SectionRole {
    /// What is asked when the connector is installed into an account.
    Account,
    /// What the partner does on the platform.
    Platform,
    /// What to do in the application.
    Application,
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
    legacy: Vec<String>,
    /// The names of the parts, sorted when a heading is first looked up.
    #[serde(skip)]
    forms: OnceLock<Forms>,
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
        let forms = self.forms();
        let plain = forms.plain.get(&fold(heading)).copied();
        let mut named = forms.named.iter().take_while(|named| plain.is_none_or(|plain| named.role < plain));
        named.find(|named| named.fits(heading, connector)).map(|named| named.role).or(plain)
    }

    fn forms(&self) -> &Forms {
        self.forms.get_or_init(|| {
            let all = self.parts().flat_map(|(role, part)| part.names().map(move |name| (role, name)));
            let (mut plain, mut named) = (HashMap::new(), Vec::new());
            for (role, name) in all {
                if let Some((before, after)) = around_connector(name) {
                    named.push(Named { role, before: fold(before), after: fold(after) });
                } else {
                    // Of parts with the same name the first counts.
                    plain.entry(fold(name)).or_insert(role);
                }
            }
            Forms { plain, named }
        })
    }

    fn parts(&self) -> impl Iterator<Item = (SectionRole, &SectionName)> {
        let account = self.account.iter().map(|part| (SectionRole::Account, part));
        account.chain([(SectionRole::Platform, &self.platform), (SectionRole::Application, &self.application)])
    }

    /// Whether a heading is of the earlier house style.
    pub fn is_legacy(&self, heading: &str, connector: &str) -> bool {
        self.legacy.iter().any(|form| is_of(form, heading, connector))
    }

    /// The name that is in a heading where the name of the application's section has the connector's;
    /// `None` if the heading is made otherwise, or is one of the names in which no connector is.
    pub fn named_connector<'a>(&self, heading: &'a str) -> Option<&'a str> {
        let (before, after) = around_connector(&self.application.name)?;
        let is_fixed = || self.forms().plain.contains_key(&fold(heading));
        let is_alone = !has_letters(before) && !has_letters(after);
        if is_alone || is_fixed() { None } else { connector_in(before, after, heading.trim()) }
    }

    /// A heading in the spelling of the section's name that it differs from only in uppercase, spaces
    /// and hyphens; `None` if it is spelled so or names no section. `connector` is the connector's name.
    pub fn respelt(&self, heading: &str, connector: &str) -> Option<String> {
        let own = self.parts().map(|(_, part)| &part.name).find(|name| {
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

/// The names of the parts.
#[derive(Debug)]
struct Forms {
    /// Those without a place for the connector's name, folded.
    plain: HashMap<String, SectionRole>,
    /// Those with one, by part.
    named: Vec<Named>,
}

/// A name with a place for the connector's.
#[derive(Debug)]
struct Named {
    role: SectionRole,
    /// What is before the place, folded.
    before: String,
    /// What is after it, folded.
    after: String,
}

impl Named {
    /// Whether a heading is made so, as [`is_of`] finds it.
    fn fits(&self, heading: &str, connector: &str) -> bool {
        if self.before.is_empty() && self.after.is_empty() {
            is_same(heading, connector)
        } else {
            connector_between(self.before.chars(), self.after.chars(), heading.trim()).is_some()
        }
    }
}

/// Whether a heading is made as `form`. With words beside it, the connector's name may be any: products have
/// several. Alone, it is the connector's.
fn is_of(form: &str, heading: &str, connector: &str) -> bool {
    let is_alone = around_connector(form).is_some_and(|(before, after)| !has_letters(before) && !has_letters(after));
    if is_alone { is_same(heading, connector) } else { has_form(form, heading) }
}

fn has_letters(text: &str) -> bool {
    folded(text).next().is_some()
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
    connector_between(folded(before), folded(after), text)
}

/// The text between the letters and digits that are folded.
fn connector_between(
    before: impl Iterator<Item = char>,
    after: impl DoubleEndedIterator<Item = char>,
    text: &str,
) -> Option<&str> {
    let start = edge(text.char_indices().map(|(at, c)| (at + c.len_utf8(), c)), before, 0)?;
    let rest = &text[start..];
    let end = edge(rest.char_indices().rev(), after.rev(), rest.len())?;
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

    proptest! {
        #![proptest_config(ProptestConfig { cases: 2048, failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn a_part_is_found_as_by_trying_all_names(
            names in proptest::collection::vec("([aBé -]{0,3}|[aBé -]{0,2}\\{connector\\}[aBé -]{0,2})", 3..8),
            heading in "[aAbBéÉ -]{0,5}",
            connector in "[aBé]{1,2}",
        ) {
            let part = |names: &[String]| SectionName { name: names[0].clone(), also: names[1..].to_vec() };
            let sections = Sections {
                account: Some(part(&names[..1])),
                platform: part(&names[1..2]),
                application: part(&names[2..]),
                legacy: Vec::new(),
                forms: OnceLock::new(),
            };
            let is_it = |part: &SectionName| part.names().any(|name| is_of(name, &heading, &connector));
            let first = sections.parts().find(|(_, part)| is_it(part)).map(|(role, _)| role);
            prop_assert_eq!(sections.role(&heading, &connector), first);
        }
    }
}
