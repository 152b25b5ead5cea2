//! The beginning of a guide: the profile's text with the connector's name in it.

use crate::profile::Profile;

/// What keeps a guide from being begun, as a message for the user.
pub type Refusal = String;

/// Characters that Markdown, Liquid, HTML or YAML would take for markup.
const MARKUP: &[char] = &['"', '\\', '<', '>', '{', '}', '[', ']', '|', '*', '_', '`'];

/// The text of a new setup guide for the connector `name`.
///
/// # Errors
/// The profile has no such text, or the name cannot stand in a page or make a permalink.
pub fn begin(profile: &Profile, name: &str) -> Result<String, Refusal> {
    let Some(skeleton) = &profile.guides.skeleton else {
        return Err(format!("the profile of {} has no `guides.skeleton` to begin a guide with", profile.name));
    };
    if let Some(found) = name.chars().find(|c| c.is_control() || MARKUP.contains(c)) {
        return Err(format!("invalid character {found:?} in the name of a connector"));
    }
    let name = name.split_whitespace().collect::<Vec<_>>().join(" ");
    let permalink = permalink(profile, &name).ok_or_else(|| format!("no permalink can be made of `{name}`"))?;
    Ok(skeleton.replace("{permalink}", &permalink).replace("{connector}", &name))
}

/// The permalink of the guide: the name in the characters that permalinks are made of, with their suffix.
fn permalink(profile: &Profile, name: &str) -> Option<String> {
    let allowed = &profile.front_matter.permalink_characters;
    let lower = name.to_lowercase();
    let words = lower.split(|c: char| c == '-' || !allowed.contains(c)).filter(|word| !word.is_empty());
    let words: Vec<&str> = words.collect();
    (!words.is_empty()).then(|| format!("{}{}", words.join("-"), profile.guides.setup.suffix))
}
