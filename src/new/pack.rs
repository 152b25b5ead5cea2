//! The pack that a vendor starts from.

/// The text with comments, and a placeholder for the name.
const SKELETON: &str = include_str!("../../schemas/new-pack.yaml");

/// A pack to adapt.
pub fn create(name: &str) -> String {
    SKELETON.replacen("pack: NAME", &format!("pack: {name}"), 1)
}
