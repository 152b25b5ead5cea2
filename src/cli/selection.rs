//! `--select` and its kin: which rules report, and which of them fix.

use clap::Args;

use super::Error;
use crate::rules::RULES;
use crate::settings::{Selector, Settings, UnknownRule};

#[derive(Debug, Args)]
pub(super) struct SelectionArguments {
    /// Report these rules only, regardless of the settings: `guide/typo`, a group such as `guide`, or a
    /// glob such as `guide/link*`
    #[arg(long, value_name = "RULE", value_delimiter = ',', conflicts_with = "write_baseline")]
    pub(super) select: Vec<String>,
    /// Do not report these rules
    #[arg(long, value_name = "RULE", value_delimiter = ',', conflicts_with = "write_baseline")]
    pub(super) ignore: Vec<String>,
    /// Also report these rules, even if they are off or below the severity that is reported
    #[arg(long, value_name = "RULE", value_delimiter = ',')]
    pub(super) extend_select: Vec<String>,
    /// Apply fixes of these rules only
    #[arg(long, value_name = "RULE", value_delimiter = ',', help_heading = "Fixes")]
    pub(super) fixable: Vec<String>,
    /// Do not apply fixes of these rules
    #[arg(long, value_name = "RULE", value_delimiter = ',', help_heading = "Fixes")]
    pub(super) unfixable: Vec<String>,
}

impl SelectionArguments {
    /// Puts what is given over the settings.
    pub(super) fn override_settings(&self, settings: &mut Settings) -> Result<(), Error> {
        if !self.select.is_empty() {
            settings.selection.ignore = Selector::default();
            settings.selection.extend_select = Selector::default();
        }
        let selection = &mut settings.selection;
        let given = [
            (&self.select, &mut selection.select),
            (&self.ignore, &mut selection.ignore),
            (&self.extend_select, &mut selection.extend_select),
            (&self.fixable, &mut selection.fixable),
            (&self.unfixable, &mut selection.unfixable),
        ];
        for (patterns, selector) in given.into_iter().filter(|(patterns, _)| !patterns.is_empty()) {
            *selector = Selector::new(patterns.clone())
                .map_err(|UnknownRule { message, help, .. }| Error::Unknown(format!("{message}; {help}")))?;
        }
        let is_given = !self.select.is_empty() || !self.ignore.is_empty();
        if is_given && RULES.iter().all(|rule| !settings.selection.reports(rule.name)) {
            return Err(Error::Arguments("no rule is left: all that are selected are ignored"));
        }
        Ok(())
    }
}
