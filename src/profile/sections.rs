//! The names of a guide's sections, and what a heading is by them.

use serde::Deserialize;

use super::fold;

/// Where the connector's name stands in a name.
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

/// The names of sections.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Sections {
    /// What to do in the application.
    pub application: SectionName,
    /// What the partner does on the platform.
    pub platform: SectionName,
    /// What is asked when the connector is installed into an account.
    pub account: SectionName,
    /// Headings of the earlier house style.
    pub legacy: Vec<String>,
}

/// The names of one part of a guide.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SectionName {
    /// The name.
    pub name: String,
    /// Other headings that do the same work.
    pub also: Vec<String>,
}

impl Sections {
    /// The part of the guide that a heading opens; `connector` is the connector's name.
    pub fn role(&self, heading: &str, connector: &str) -> Option<SectionRole> {
        let parts = [
            (SectionRole::Account, &self.account),
            (SectionRole::Platform, &self.platform),
            (SectionRole::Application, &self.application),
        ];
        parts.into_iter().find(|(_, section)| section.is(heading, connector)).map(|(role, _)| role)
    }

    /// Whether a heading is of the earlier house style.
    pub fn is_legacy(&self, heading: &str, connector: &str) -> bool {
        self.legacy.iter().any(|name| matches(name, heading, connector))
    }

    /// A heading in the spelling of the name that it differs from only in capitals, spaces and
    /// hyphens; `None` if it is spelt so or is no such name.
    pub fn respelt(&self, heading: &str) -> Option<String> {
        let names = [&self.account.name, &self.platform.name, &self.application.name];
        let respelt = names.into_iter().find_map(|name| respell(name, heading))?;
        (respelt != heading.trim()).then_some(respelt)
    }
}

impl SectionName {
    fn is(&self, heading: &str, connector: &str) -> bool {
        std::iter::once(&self.name).chain(&self.also).any(|name| matches(name, heading, connector))
    }
}

/// Whether `text` is `form` with some name in the place of the connector's.
pub(super) fn has_form(form: &str, text: &str) -> bool {
    respell(form, text).is_some()
}

/// Whether a heading is `name`. With words beside it, `{connector}` is any name: products have
/// several. Alone, it is the connector's.
fn matches(name: &str, heading: &str, connector: &str) -> bool {
    if name == CONNECTOR {
        return fold(heading) == fold(connector);
    }
    respell(name, heading).is_some()
}

/// `heading` with the words of `name`, if it has the same letters and digits around the connector's name.
fn respell(name: &str, heading: &str) -> Option<String> {
    let heading = heading.trim();
    let Some((before, after)) = name.split_once(CONNECTOR) else {
        return (fold(name) == fold(heading)).then(|| name.to_owned());
    };
    let start = folded_prefix(heading, &fold(before))?;
    let rest = &heading[start..];
    let reversed: String = rest.chars().rev().collect();
    let wanted: String = fold(after).chars().rev().collect();
    let end = rest.len() - folded_prefix(&reversed, &wanted)?;
    let connector = rest[..end].trim_matches(|c: char| c.is_whitespace() || c == '-' || c == ':');
    let whole_words = end == rest.len() || rest[..end].ends_with(|c: char| !c.is_alphanumeric());
    (!connector.is_empty() && whole_words).then(|| format!("{before}{connector}{after}"))
}

/// How many bytes of `text` hold the letters and digits of `folded`, if it begins with them.
fn folded_prefix(text: &str, folded: &str) -> Option<usize> {
    let mut wanted = folded.chars().peekable();
    for (at, found) in text.char_indices() {
        let Some(next) = wanted.peek() else { return Some(at) };
        if !found.is_alphanumeric() {
            continue;
        }
        if !found.to_lowercase().eq(next.to_lowercase()) {
            return None;
        }
        wanted.next();
    }
    wanted.peek().is_none().then_some(text.len())
}
