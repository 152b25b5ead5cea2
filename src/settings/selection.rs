//! Which rules report and which of them fix: chosen by names, groups and globs.

use globset::{GlobBuilder, GlobMatcher};

use crate::rules::{self, RULES};

/// Rules chosen by names (`guide/typo`), groups (`guide`) and globs (`guide/link*`).
#[derive(Debug, Clone, Default)]
pub struct Selector {
    patterns: Vec<String>,
    globs: Vec<GlobMatcher>,
}

/// A pattern that chooses no rule.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnknownRule {
    /// Which of the patterns, counted from 0.
    pub index: usize,
    pub message: String,
    /// What may be meant.
    pub help: String,
}

impl Selector {
    /// The rules that match one of the patterns.
    ///
    /// # Errors
    /// The first pattern that matches no rule.
    pub fn new(patterns: Vec<String>) -> Result<Self, UnknownRule> {
        let mut globs = Vec::with_capacity(patterns.len());
        for (index, pattern) in patterns.iter().enumerate() {
            let matches = |glob: &GlobMatcher| RULES.iter().any(|rule| glob.is_match(rule.name));
            let glob = GlobBuilder::new(&whole(pattern)).build().ok().map(|glob| glob.compile_matcher());
            match glob.filter(matches) {
                Some(glob) => globs.push(glob),
                None => return Err(unknown(index, pattern)),
            }
        }
        Ok(Self { patterns, globs })
    }

    /// The patterns as written.
    pub fn patterns(&self) -> &[String] {
        &self.patterns
    }

    pub fn contains(&self, rule: &str) -> bool {
        self.globs.iter().any(|glob| glob.is_match(rule))
    }

    fn is_empty(&self) -> bool {
        self.patterns.is_empty()
    }
}

/// A pattern of whole names: a group stands for all rules in it.
fn whole(pattern: &str) -> String {
    let is_group = RULES.iter().any(|rule| rule.group() == pattern);
    if is_group { format!("{pattern}/*") } else { pattern.to_owned() }
}

fn unknown(index: usize, pattern: &str) -> UnknownRule {
    if pattern.contains('*') {
        let help = "`connlint rules` lists the rules".to_owned();
        return UnknownRule { index, message: format!("`{pattern}` matches no rule"), help };
    }
    let near = rules::near(pattern).map(|near| format!("did you mean `{near}`?"));
    let help = near.unwrap_or_else(|| "`connlint rules` lists the rules".to_owned());
    UnknownRule { index, message: format!("unknown rule `{pattern}`"), help }
}

/// What a run does with each rule.
#[derive(Debug, Clone, Default)]
pub struct Selection {
    /// The rules that report; all if it is empty.
    pub select: Selector,
    /// Rules that do not report.
    pub ignore: Selector,
    /// Rules that report whatever else is set, and all of their findings: also if they are off, or below the severity
    /// that is reported.
    pub extend_select: Selector,
    /// The rules whose fixes are applied; all if it is empty.
    pub fixable: Selector,
    /// Rules whose fixes are not applied.
    pub unfixable: Selector,
}

impl Selection {
    pub fn reports(&self, rule: &str) -> bool {
        let is_selected = self.select.is_empty() || self.select.contains(rule);
        is_selected && !self.ignore.contains(rule) || self.extend_select.contains(rule)
    }

    /// Whether fixes of a rule are applied.
    pub fn fixes(&self, rule: &str) -> bool {
        (self.fixable.is_empty() || self.fixable.contains(rule)) && !self.unfixable.contains(rule)
    }
}
