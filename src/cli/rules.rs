//! `connlint rules` and `connlint explain`.

use std::process::ExitCode;

use clap::Args;
use serde_json::json;

use super::list::ListFormat;
use super::{Error, print_text};
use crate::diagnostic::FAULT;
use crate::rule::Rule;
use crate::rules::{self, RULES};

const EXAMPLES: &str = "\
Examples:
  connlint explain guide/link-broken  reason and examples of a rule
  connlint explain link-broken        the group is optional";

#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct ExplainArguments {
    /// The rule, such as `guide/link-broken` or `link-broken`
    rule: String,
}

#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  connlint rules                a line for each rule\n  connlint rules --format json  the same for a program"
)]
pub(super) struct RulesArguments {
    /// How to print the list
    #[arg(long, value_enum, default_value = "text")]
    format: ListFormat,
}

/// Prints the page of a rule.
pub(super) fn explain(arguments: &ExplainArguments) -> Result<ExitCode, Error> {
    let page = match rules::find(&arguments.rule) {
        Some(rule) => rule.page(),
        None if arguments.rule == FAULT => rules::FAULT_PAGE.to_owned(),
        None if rules::without_group(&arguments.rule).next().is_some() => {
            let names: Vec<_> = rules::without_group(&arguments.rule).map(|rule| format!("`{}`", rule.name)).collect();
            return Err(Error::Unknown(format!("ambiguous rule `{}`: use {}", arguments.rule, names.join(" or "))));
        }
        None => {
            let near = rules::near(&arguments.rule).map(|name| format!("; did you mean `{name}`?"));
            let near = near.unwrap_or_else(|| "; `connlint rules` lists them".to_owned());
            return Err(Error::Unknown(format!("unknown rule `{}`{near}", arguments.rule)));
        }
    };
    print_text(&page)
}

/// Prints all rules.
pub(super) fn list(arguments: &RulesArguments) -> Result<ExitCode, Error> {
    let width = RULES.iter().map(|rule| rule.name.len()).max().unwrap_or_default();
    let line = |rule: &Rule| {
        let (severity, fix) = (rule.severity.name(), rule.fixable.name());
        format!("{:width$}  {severity:7}  {fix:6}  {}", rule.name, rule.summary())
    };
    arguments.format.print(RULES, line, row)
}

fn row(rule: &Rule) -> serde_json::Value {
    json!({
        "name": rule.name,
        "severity": rule.severity.name(),
        "fix": rule.fixable.name(),
        "summary": rule.summary(),
        "url": rule.url(),
    })
}
