//! Whether a scope that is written in another way surely means the one that it is near to.

use super::Catalogue;

/// What scopes allow to do, in all the forms that vendors write.
const ACTIONS: [&str; 24] = [
    "access", "admin", "all", "create", "delete", "edit", "execute", "export", "full", "import", "list", "manage",
    "modify", "offline", "read", "readonly", "readwrite", "remove", "send", "update", "view", "write", "basic",
    "public",
];

impl Catalogue {
    /// Whether `written`, which the catalog does not have, can be nothing but `near`: another case of its letters; and
    /// if the catalog is complete, other marks between its words, a prefix that is missing, or a slip in the word that
    /// names the action. With another word for the resource it would grant something else.
    pub fn surely_means(&self, written: &str, near: &str) -> bool {
        if written.eq_ignore_ascii_case(near) {
            return true;
        }
        let is_prefixed =
            || self.prefix.as_ref().is_some_and(|prefix| near.strip_prefix(prefix.as_str()) == Some(written));
        self.is_closed() && (is_prefixed() || differs_in_action(written, near))
    }
}

/// Whether two scopes have the same words, except that one of them has a slip in the action.
fn differs_in_action(written: &str, near: &str) -> bool {
    let (written, near) = (words(written), words(near));
    if written.concat() == near.concat() {
        return true;
    }
    let mut different = written.iter().zip(&near).filter(|(one, other)| one != other);
    let is_action = |word: &String| ACTIONS.contains(&word.as_str());
    let slip = different.next().is_some_and(|(slip, action)| is_action(action) && !is_action(slip));
    written.len() == near.len() && slip && different.next().is_none()
}

fn words(scope: &str) -> Vec<String> {
    let words = scope.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    words.map(str::to_lowercase).collect()
}
