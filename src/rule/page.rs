//! A rule's page as it is published: the fences' instructions to the tests become captions, and severity, fix, how to turn the
//! rule off, and related rules come from the table of rules.

use super::related::related;
use super::{Check, Fixable, Rule};
use crate::profile::Profile;

impl Rule {
    /// The page in Markdown, as `connlint explain` prints it and the book publishes it.
    pub fn page(&self) -> String {
        let mut out = String::with_capacity(self.docs.len() + 800);
        let mut fence: Option<&str> = None;
        for line in self.docs.lines() {
            match fence {
                None if line.starts_with("```") => {
                    let (ticks, info) = line.split_at(line.len() - line.trim_start_matches('`').len());
                    Self::open_block(ticks, info, &mut out);
                    fence = Some(ticks);
                }
                None if line == "## Why" => {
                    out.push_str(&self.facts());
                    out.push_str(line);
                }
                Some(ticks) if line == ticks => {
                    out.push_str(line);
                    fence = None;
                }
                _ => out.push_str(line),
            }
            out.push('\n');
        }
        out.push_str(&self.turning_off());
        out.push_str(&self.see_also());
        out
    }

    /// The comment that silences the rule in a whole file; `None` if comments do not apply to what the rule checks.
    pub fn ignore_comment(&self) -> Option<String> {
        match self.check {
            Check::Guide(_) | Check::Convention(_) => {
                Some(format!("<!-- connlint-ignore-file {}: reason -->", self.name))
            }
            Check::Config(_) => Some(format!("# connlint-ignore-file {}: reason", self.name)),
            Check::File(_) | Check::Connector(_) | Check::Comments(_) => None,
        }
    }

    /// The fence of a block without the words that only tests need, after a caption with the block's role and file.
    fn open_block(ticks: &str, info: &str, out: &mut String) {
        let mut words = info.split_whitespace();
        let language = words.next().unwrap_or_default();
        let (mut role, mut file) = ("", "");
        for word in words {
            match (word, word.strip_prefix("file=")) {
                (_, Some(path)) => file = path,
                ("bad", _) => role = "Bad",
                ("good", _) => role = "Good",
                ("output", _) => role = "Output",
                ("fixed", _) => role = "Fixed by `--fix`",
                ("unsafe", _) => role = "Fixed by `--unsafe-fixes`",
                _ => {}
            }
        }
        let caption = match (role, file) {
            ("", "") => String::new(),
            (role, "") => format!("{role}:\n\n"),
            ("", file) => format!("`{file}`:\n\n"),
            (role, file) => format!("{role}, `{file}`:\n\n"),
        };
        out.push_str(&caption);
        out.push_str(ticks);
        out.push_str(language);
    }

    fn facts(&self) -> String {
        let fix = match self.fixable {
            Fixable::No => "none",
            Fixable::Safe => "safe (`--fix`)",
            Fixable::Unsafe => "needs review (`--unsafe-fixes`)",
        };
        let pack = match self.check {
            Check::Guide(_) | Check::Convention(_) | Check::Config(_) if !self.docs.contains("file=pack.yaml") => {
                format!(" Examples use the default pack, {}.", Profile::builtin().name)
            }
            _ => String::new(),
        };
        format!("Severity: {}. Fix: {fix}.{pack}\n\n", self.severity.name())
    }

    fn turning_off(&self) -> String {
        let name = self.name;
        let comment = self.ignore_comment().map(|comment| {
            let next = comment.replace("-file", "");
            match self.check {
                Check::Config(_) => format!(
                    "In YAML, a comment silences the next entry or the whole file:\n\n```yaml\n{next}\n{comment}\n```\n\nFor \
                     JSON and for several files, use the settings:\n"
                ),
                _ => format!(
                    "A comment silences the next block or the whole page:\n\n```html\n{next}\n{comment}\n```\n\nFor several \
                     pages, use the settings:\n"
                ),
            }
        });
        let comment = comment.unwrap_or_else(|| "Comments do not silence this rule. Use the settings:\n".to_owned());
        format!("\n## Turn it off\n\n{comment}\n```toml\n[rules]\n\"{name}\" = \"off\"\n```\n")
    }

    fn see_also(&self) -> String {
        let links: Vec<String> = related(self.name).iter().map(|name| format!("- [{name}](../{name}.md)\n")).collect();
        let links = links.concat();
        if links.is_empty() { String::new() } else { format!("\n## Related rules\n\n{links}") }
    }
}
