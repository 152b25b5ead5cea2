//! The words that no text has, and the parts of a file that are text.

use std::sync::LazyLock;

use regex::Regex;

/// Words that no text has outside code and quotations, and what to use instead.
pub const WORDS: &[(&str, &str)] = &[
    (r"(?:un)?mend(?:s|ed|ing)?", "fix, fixed, not fixed"),
    (r"behind", "after"),
    (r"stands?|stood", "is, is in, is duplicated, is alone"),
    (r"tells?|told", "reports, is reported"),
    (r"(?:is|are) no [a-z]+|(?:is|are) none", "is not a valid X, no X, unknown X"),
    (r"blanks?", "space, blank line"),
    (r"small letters?|capitals?", "lowercase, uppercase"),
    (r"spare|too much|too many by one", "extra"),
    (r"at hand", "available"),
    (r"anew|once more", "again"),
    (r"by itself|by themselves", "on its own"),
    (r"nobody|everybody", "the actor by name, or passive"),
    (r"(?:mis)?spelt|behaviou?r(?:s|al)?|colou?r(?:s|ed)?|catalogues?", "American spelling"),
    (r"begins? an? (?:file|configuration|guide|profile|page)", "create a file"),
    (r"ends? with \d", "exit with 1"),
    (r"passed over", "ignored"),
    (r"its work", "failed"),
    (r"looks? after|looked after", "maintain"),
    (r"without rights", "unprivileged"),
    (r"from now on", "recorded"),
    (r"no longer found", "no longer match"),
    (r"left as (?:it is|they are)|as (?:it|they) stands?", "unchanged, skipped"),
    (r"undo each other", "conflicting fixes"),
    (r"(?:go|goes) to one", "have the same destination"),
    (r"needs? a look", "need review"),
    (r"for the (?:first|second|third) time", "duplicate"),
    (r"by nothing", "unknown"),
    (r"nowhere", "missing"),
    (r"stronger", "take precedence"),
    (r"in place of|in (?:its|their) place", "instead of"),
    (r"all the time", "often"),
];

/// Further words that no text for users has.
const PHRASES: &[(&str, &str)] = &[
    (r"says|said", "states, contains, reports"),
    (r"nothing is", "no X is"),
    (r"(?:the|this|that|these|those|a|each) places?(?: shown)?", "the location, the locations"),
    (r"what (?:it|they|that|this|these|those|is|are|was|were|has|have|can|does|would|could)", "a noun"),
    (r"promises?", "the contract, the interface"),
    (r"whatever|whoever|whichever", "regardless of"),
    (r"meanwhile|besides", "during the run, in addition to"),
];

/// What is right although [`WORDS`] has it.
const RIGHT: &str = r"(?i)blank lines?|there (?:is|are) no|behaviors?|colors?|colored|(?:is|are) no longer|stands? for|stands? out|stand-ins?|(?:is|are|not) blank|blank (?:ones|cells?)|scope-\s*catalogue|catalogue = |what (?:is|are|can|does) [^.?\n]*\?|takes? the place of";

/// Which words a text must not have.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Strictness {
    /// A text for users: [`WORDS`] and [`PHRASES`].
    Users,
    /// A comment in the code: [`WORDS`].
    Comments,
}

fn pattern<'a>(words: impl Iterator<Item = &'a (&'a str, &'a str)>) -> Regex {
    let words: Vec<&str> = words.map(|(word, _)| *word).collect();
    Regex::new(&format!(r"(?i)\b(?:{})\b", words.join("|"))).expect("the words are patterns")
}

static FOR_USERS: LazyLock<Regex> = LazyLock::new(|| pattern(WORDS.iter().chain(PHRASES)));

static IN_COMMENTS: LazyLock<Regex> = LazyLock::new(|| pattern(WORDS.iter()));

static ALLOWED: LazyLock<Regex> = LazyLock::new(|| Regex::new(RIGHT).expect("a pattern"));

/// Code, quotations and comments.
static QUOTED: LazyLock<Regex> =
    LazyLock::new(|| Regex::new("(?s)``.*?``|`[^`]*`|\"[^\"\n]*\"|<!--.*?-->").expect("a pattern"));

/// A Markdown text without code, comments and quotations.
pub fn prose(markdown: &str) -> String {
    let mut out = String::new();
    let mut fence: Option<String> = None;
    for line in markdown.lines() {
        let ticks: String = line.trim_start().chars().take_while(|mark| *mark == '`').collect();
        match &fence {
            Some(open) if line.trim() == open => fence = None,
            Some(_) => {}
            None if ticks.len() >= 3 => fence = Some(ticks),
            None => out.push_str(line),
        }
        out.push('\n');
    }
    QUOTED.replace_all(&out, "").into_owned()
}

/// The words of a text that are to be replaced, each with the text around it.
fn left(text: &str, strictness: Strictness) -> Vec<String> {
    let text = ALLOWED.replace_all(text, "");
    let around = |found: regex::Match<'_>| {
        let before: Vec<&str> = text[..found.start()].split_whitespace().rev().take(5).collect();
        let before: Vec<&str> = before.into_iter().rev().collect();
        let after: Vec<&str> = text[found.end()..].split_whitespace().take(4).collect();
        format!("`{}` in `{} {} {}`", found.as_str(), before.join(" "), found.as_str(), after.join(" "))
    };
    let words = if strictness == Strictness::Users { &FOR_USERS } else { &IN_COMMENTS };
    words.find_iter(&text).map(around).collect()
}

/// Adds the words of a text for users that are to be replaced.
pub fn assert_plain(place: &str, text: &str, faults: &mut Vec<String>) {
    assert_plain_for(Strictness::Users, place, text, faults);
}

/// Adds the words of a text that are to be replaced.
pub fn assert_plain_for(strictness: Strictness, place: &str, text: &str, faults: &mut Vec<String>) {
    faults.extend(left(text, strictness).into_iter().map(|word| format!("{place}: {word}")));
}

/// String literals, character literals, and comments of Rust. Group 1 has the text of a string, group 2 that of a comment.
static LITERAL: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        r##"(?s)//[/!]?([^\n]*)|b?r#"(?:[^"]|"[^#])*"#|b?r"[^"]*"|b?'(?:[^'\\\n]|\\.[^'\n]{0,8})'|(?:expect\(|reason = )?b?"((?:[^"\\]|\\.)*)""##,
    )
    .expect("a pattern")
});

/// The string literals of a Rust file that are neither tests nor messages for developers.
pub fn literals(code: &str) -> Vec<String> {
    let code = code.split("#[cfg(test)]").next().unwrap_or_default();
    let found = LITERAL.captures_iter(code);
    let shown = found.filter(|found| !found[0].starts_with("expect(") && !found[0].starts_with("reason = "));
    shown.filter_map(|found| Some(found.get(2)?.as_str().to_owned())).collect()
}

/// The comments of a Rust file, one on each line of the file.
pub fn comments(code: &str) -> String {
    let mut lines: Vec<&str> = vec![""; code.lines().count() + 1];
    for found in LITERAL.captures_iter(code) {
        if let Some(text) = found.get(1) {
            lines[code[..text.start()].matches('\n').count()] = text.as_str();
        }
    }
    lines.join("\n")
}
