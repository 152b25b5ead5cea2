//! A rule's page as people read it: the instructions to the tester become words.

use super::{Fixable, Rule};

impl Rule {
    /// The rule's page in Markdown, with its severity and its fix.
    pub fn page(&self) -> String {
        let mut out = String::with_capacity(self.docs.len() + 200);
        let mut fence: Option<&str> = None;
        for line in self.docs.lines() {
            match fence {
                None if line.starts_with("```") => {
                    let (ticks, info) = line.split_at(line.len() - line.trim_start_matches('`').len());
                    self.open_block(ticks, info, &mut out);
                    fence = Some(ticks);
                }
                None if line == "## Why" => {
                    out.push_str(&facts(self));
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
        out
    }

    /// The fence of a block without what only the tester needs, and a line that says what the block shows.
    fn open_block(&self, ticks: &str, info: &str, out: &mut String) {
        let mut words = info.split_whitespace();
        let language = words.next().unwrap_or_default();
        let (mut role, mut file) = ("", "");
        for word in words {
            match (word, word.strip_prefix("file=")) {
                (_, Some(path)) => file = path,
                ("bad", _) => role = "Wrong",
                ("good", _) => role = "Right",
                ("output", _) => role = "connlint says",
                ("fixed", _) => role = self.fixable.doer(),
                _ => {}
            }
        }
        let place = if file.is_empty() { String::new() } else { format!("`{file}`") };
        let said: Vec<&str> = [role, place.as_str()].into_iter().filter(|part| !part.is_empty()).collect();
        if !said.is_empty() {
            out.push_str(&said.join(", in "));
            out.push_str(":\n\n");
        }
        out.push_str(ticks);
        out.push_str(language);
    }
}

impl Fixable {
    /// What mends a finding, in front of the mended text.
    fn doer(self) -> &'static str {
        match self {
            Self::No => "Mended by hand",
            Self::Safe => "Mended by `--fix`",
            Self::Unsafe => "Mended by `--unsafe-fixes`",
        }
    }
}

fn facts(rule: &Rule) -> String {
    let fix = match rule.fixable {
        Fixable::No => "none",
        Fixable::Safe => "safe (`--fix`)",
        Fixable::Unsafe => "needs a look (`--unsafe-fixes`)",
    };
    format!("Severity: {}. Fix: {fix}.\n\n", rule.severity.name())
}
