//! A new guide: the profile's skeleton with the connector's name.

use crate::profile::{Profile, in_ascii};

/// The message for the user about a guide that cannot be created.
pub type Refusal = String;

/// Characters that Markdown, Liquid, HTML or YAML would take for markup.
const MARKUP: &[char] = &['"', '\\', '<', '>', '{', '}', '[', ']', '|', '*', '_', '`'];

/// The text of a new setup guide for the connector `name`.
///
/// # Errors
/// The profile has no skeleton, or the name has invalid characters or makes no permalink.
pub fn create(profile: &Profile, name: &str) -> Result<String, Refusal> {
    let Some(skeleton) = &profile.guides.skeleton else {
        return Err(format!("missing `guides.skeleton` in the conventions of {}", profile.name));
    };
    if let Some(found) = name.chars().find(|c| c.is_control() || MARKUP.contains(c)) {
        return Err(format!("invalid character {found:?} in the name of a connector"));
    }
    let name = name.split_whitespace().collect::<Vec<_>>().join(" ");
    let permalink = permalink(profile, &name).ok_or_else(|| format!("cannot make a permalink from `{name}`"))?;
    Ok(skeleton.replace("{permalink}", &permalink).replace("{connector}", &name))
}

/// The permalink of the guide: the name in the permitted characters, with the suffix.
fn permalink(profile: &Profile, name: &str) -> Option<String> {
    let allowed = &profile.front_matter.permalink_characters;
    let lower = name.to_lowercase();
    let spelled = lower.chars().map(|c| match c {
        _ if allowed.contains(c) => c.into(),
        // A mark on a letter before it has no letter of its own.
        _ if c.is_alphanumeric() || in_ascii(c).is_empty() => in_ascii(c).to_lowercase(),
        _ => "-".to_owned(),
    });
    let spelled: String = spelled.collect();
    let words = spelled.split(|c: char| c == '-' || !allowed.contains(c)).filter(|word| !word.is_empty());
    let words: Vec<&str> = words.collect();
    (!words.is_empty()).then(|| format!("{}{}", words.join("-"), profile.guides.setup.suffix))
}
