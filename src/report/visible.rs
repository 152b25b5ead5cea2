//! Text from files and paths in a form that a terminal shows and does not obey.

use std::sync::LazyLock;

use regex::Regex;

/// What is shown for a character that would steer a terminal or be invisible; itself otherwise.
///
/// One character for one character, so columns stay. Tabs are kept.
pub(super) fn visible_char(character: char) -> char {
    match character {
        // Nearly all are these.
        ' '..='~' | '\t' => character,
        // The control pictures of Unicode are in the order of the controls.
        '\0'..='\u{1f}' => char::from_u32(0x2400 + character as u32).unwrap_or(char::REPLACEMENT_CHARACTER),
        '\u{7f}' => '\u{2421}',
        _ if is_unseen(character) => char::REPLACEMENT_CHARACTER,
        _ => character,
    }
}

/// C1 controls, line and paragraph separators, bidirectional controls (UAX 9), zero-width marks.
/// Joiners (U+200C, U+200D) stay: emoji and several scripts need them.
pub(super) fn is_unseen(character: char) -> bool {
    matches!(character,
        '\u{80}'..='\u{9f}' | '\u{61c}' | '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}'
        | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}')
}

/// A text on one line: line breaks and tabs become visible too.
pub fn one_line(text: &str) -> String {
    // Nearly every text is plain already.
    if text.bytes().all(|byte| (b' '..=b'~').contains(&byte)) {
        return text.to_owned();
    }
    text.chars().map(|character| if character == '\t' { ' ' } else { visible_char(character) }).collect()
}

/// A text as it is, with its line endings and tabs, but without what steers a terminal.
pub fn visible_lines(text: &str) -> String {
    let line = |line: &str| {
        let ending = if line.ends_with("\r\n") { 2 } else { usize::from(line.ends_with('\n')) };
        let (content, ending) = line.split_at(line.len() - ending);
        content.chars().map(visible_char).chain(ending.chars()).collect::<String>()
    };
    inert(text.split_inclusive('\n').map(line).collect())
}

/// A text with `##` replaced by `with` where it begins a command that CI services look for anywhere in a line of a
/// job's log: `##vso[` of Azure Pipelines, `##teamcity[` of `TeamCity`, `##[` of GitHub Actions.
fn without_bracketed(text: String, with: &str) -> String {
    let before_name = |before: &str, name: &str| {
        let at = before.len().checked_sub(name.len())?;
        before.get(at..)?.eq_ignore_ascii_case(name).then_some(at)
    };
    let mut out = String::new();
    let mut done = 0;
    for bracket in memchr::memchr_iter(b'[', text.as_bytes()) {
        let before = &text[done..bracket];
        let mut names = ["", "vso", "teamcity"].into_iter().filter_map(|name| before_name(before, name));
        let Some(start) = names.find_map(|at| Some(before[..at].strip_suffix("##")?.len())) else { continue };
        out.push_str(&text[done..done + start]);
        out.push_str(with);
        done += start + "##".len();
    }
    if done == 0 {
        return text;
    }
    out.push_str(&text[done..]);
    out
}

/// Commands of GitHub Actions at the start of a line.
static LEADING: LazyLock<Regex> = LazyLock::new(|| Regex::new(r"(?m)^([^\S\n]*):(:)").expect("a valid pattern"));

/// A text with the first colon of a command at the start of a line replaced by `with`.
fn without_leading(text: String, with: &str) -> String {
    if !text.contains("::") {
        return text;
    }
    LEADING.replace_all(&text, format!("${{1}}{with}$2")).into_owned()
}

/// Lines of a report without commands to the service whose log they are printed to: a character of each is replaced
/// by one that looks like it, so columns stay.
pub(super) fn inert(text: String) -> String {
    without_leading(without_bracketed(text, "#\u{266f}"), "\u{2236}")
}

/// A value inside a line that is itself a command, without further ones.
pub(super) fn inert_value(text: String) -> String {
    without_bracketed(text, "#\u{266f}")
}

/// XML without commands to the service whose log it is printed to: a character of each becomes a reference, so the
/// document says the same.
pub(super) fn inert_xml(xml: String) -> String {
    without_leading(without_bracketed(xml, "#&#35;"), "&#58;")
}

/// JSON without commands to the service whose log it is printed to.
pub(super) fn inert_json(json: String) -> String {
    without_bracketed(json, "#\\u0023")
}

/// A text that may have several lines.
pub(super) fn lines(text: &str) -> String {
    text.lines().map(one_line).collect::<Vec<_>>().join("\n")
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use regex::Regex;

    use super::without_bracketed;

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn commands_are_those_of_the_pattern(text in "([#\\[é a]|##|##vso\\[|TeamCity|vSo|teamcit){0,16}") {
            let pattern = Regex::new(r"##((?i:vso|teamcity)?\[)").expect("a valid pattern");
            let expected = pattern.replace_all(&text, "<$1").into_owned();
            prop_assert_eq!(without_bracketed(text, "<"), expected);
        }
    }
}
