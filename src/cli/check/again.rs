//! The command that makes a report of `connlint check` again.

use clap::ValueEnum;

use super::CheckArguments;
use crate::cli::for_shell;
use crate::report::Command;
use crate::settings::Settings;
use crate::workspace;

/// A command with more paths, as hooks give them, is too long to be repeated on several lines.
const MOST_PATHS: usize = 8;

impl CheckArguments {
    /// The command that checks the same files for the same findings, with the options that decide what is found and not
    /// those that decide what is done with it; `None` for standard input and for many paths.
    pub(super) fn again(&self, settings: &Settings) -> Option<Command> {
        if self.inputs.reads_stdin() || self.inputs.given().count() > MOST_PATHS {
            return None;
        }
        let (inputs, source, known, selection) = (&self.inputs, &self.source, &self.known, &self.selection);
        let flags = [
            ("--isolated", source.isolated),
            ("--no-exclude", inputs.no_exclude),
            ("--no-baseline", known.no_baseline),
            ("--strict", self.strict),
            ("--unattended", self.unattended),
        ];
        let kind = inputs.kind.and_then(|kind| kind.to_possible_value());
        let path = |path: &std::path::PathBuf| workspace::display_path(path);
        let values = [
            ("--config", source.config.as_ref().map(path)),
            ("--pack", source.pack.clone()),
            ("--dialect", source.dialect.map(|dialect| dialect.name().to_owned())),
            ("--kind", kind.map(|kind| kind.get_name().to_owned())),
            ("--shape", self.shape.clone()),
            ("--baseline", known.baseline.as_ref().map(path)),
            ("--new-since", known.new_since.clone()),
        ];
        let values = values.into_iter().filter_map(|(name, value)| Some(option(name, &value?)));
        let lists = [
            ("--exclude", &inputs.exclude),
            ("--ignore", &selection.ignore),
            ("--fixable", &selection.fixable),
            ("--unfixable", &selection.unfixable),
        ];
        let words = std::iter::once("connlint check".to_owned())
            .chain(flags.into_iter().filter(|(_, is_given)| *is_given).map(|(name, _)| name.to_owned()))
            .chain(values)
            .chain(options(&lists))
            .chain(inputs.given().map(|path| for_shell(&workspace::display_path(path))));
        let severities = [("--severity", self.severity), ("--fail-on", self.fail_on)];
        let severities = severities.into_iter().filter_map(|(name, severity)| Some(option(name, severity?.name())));
        let is_whole = selection.select.is_empty() && selection.ignore.is_empty();
        Some(Command {
            base: words.collect::<Vec<_>>().join(" "),
            severity: severities.collect::<Vec<_>>().join(" "),
            selection: options(&[("--select", &selection.select)]).collect::<Vec<_>>().join(" "),
            extension: options(&[("--extend-select", &selection.extend_select)]).collect::<Vec<_>>().join(" "),
            lowest: settings.severity,
            fail_on: settings.fail_on,
            records: is_whole && known.new_since.is_none() && !known.no_baseline,
        })
    }
}

fn option(name: &str, value: &str) -> String {
    format!("{name} {}", for_shell(value))
}

fn options<'a>(lists: &[(&'static str, &'a Vec<String>)]) -> impl Iterator<Item = String> + use<'a> {
    let lists = lists.to_vec();
    lists.into_iter().flat_map(|(name, values)| values.iter().map(move |value| option(name, value)))
}
