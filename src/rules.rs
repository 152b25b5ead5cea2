//! The list of all rules: the documentation index, `explain`, report metadata and the settings
//! schema derive from it.

mod config;
mod connector;
mod encoding;
mod guide;
mod ignore;
mod joiners;
pub mod packs;
mod problem;

use crate::nearest;
use crate::rule::Rule;

/// All rules, by group and name.
pub const RULES: &[Rule] = &[
    config::auth_type_mismatch::RULE,
    config::callback_host_suspicious::RULE,
    config::callback_url_invalid::RULE,
    config::callback_url_mismatch::RULE,
    config::connector_unknown::RULE,
    config::credential_format::RULE,
    config::duplicate_key::RULE,
    config::environment_mixed::RULE,
    config::file_too_large::RULE,
    config::forbidden_field::RULE,
    config::insecure_url::RULE,
    config::invalid_value::RULE,
    config::literal_secret::RULE,
    config::missing_field::RULE,
    config::placeholder_left::RULE,
    config::same_secret::RULE,
    config::scope_broad::RULE,
    config::scope_delimiter::RULE,
    config::scope_label::RULE,
    config::scope_malformed::RULE,
    config::scope_not_documented::RULE,
    config::scope_outdated::RULE,
    config::scope_redundant::RULE,
    config::scope_unknown::RULE,
    config::secret_exposed::RULE,
    config::service_domain_invalid::RULE,
    config::syntax::RULE,
    config::unknown_field::RULE,
    config::unknown_shape::RULE,
    config::value_form::RULE,
    config::value_outdated::RULE,
    config::value_truncated::RULE,
    config::values_swapped::RULE,
    config::whitespace_in_value::RULE,
    config::wrong_type::RULE,
    config::yaml_1_1_ambiguity::RULE,
    connector::anchor_broken::RULE,
    connector::auth_differs::RULE,
    connector::file_missing::RULE,
    connector::missing_on_page::RULE,
    connector::not_in_data::RULE,
    connector::not_on_page::RULE,
    connector::value_differs::RULE,
    guide::anchor_broken::RULE,
    guide::anchor_unused::RULE,
    guide::bare_url::RULE,
    guide::callback_url_invalid::RULE,
    guide::callback_url_missing::RULE,
    guide::callback_url_outdated::RULE,
    guide::callback_url_style::RULE,
    guide::card_structure::RULE,
    guide::card_unbalanced::RULE,
    guide::connector_name_inconsistent::RULE,
    guide::doubled_word::RULE,
    guide::duplicate_heading::RULE,
    guide::duplicate_step::RULE,
    guide::empty_section::RULE,
    guide::encoding_invalid::RULE,
    guide::front_matter_key_missing::RULE,
    guide::front_matter_missing::RULE,
    guide::front_matter_syntax::RULE,
    guide::front_matter_value_invalid::RULE,
    guide::heading_level_one::RULE,
    guide::heading_level_skipped::RULE,
    guide::html_not_rendered::RULE,
    guide::html_unclosed::RULE,
    guide::html_unknown_tag::RULE,
    guide::html_workaround::RULE,
    guide::image_alt_missing::RULE,
    guide::image_missing::RULE,
    guide::image_not_rendered::RULE,
    guide::invisible_character::RULE,
    guide::kramdown_options_missing::RULE,
    guide::legacy_section::RULE,
    guide::lines_run_together::RULE,
    guide::link_broken::RULE,
    guide::link_malformed::RULE,
    guide::link_not_rendered::RULE,
    guide::link_private::RULE,
    guide::link_style::RULE,
    guide::link_text::RULE,
    guide::linked_page_missing::RULE,
    guide::linked_page_undeclared::RULE,
    guide::liquid_erases_text::RULE,
    guide::liquid_syntax::RULE,
    guide::list_restarts::RULE,
    guide::markup_broken::RULE,
    guide::note_format::RULE,
    guide::permalink_duplicate::RULE,
    guide::permalink_format::RULE,
    guide::reference_broken::RULE,
    guide::scope_ambiguous::RULE,
    guide::scope_malformed::RULE,
    guide::scope_outdated::RULE,
    guide::scope_unknown::RULE,
    guide::secret_in_guide::RULE,
    guide::section_level::RULE,
    guide::section_missing::RULE,
    guide::section_name::RULE,
    guide::section_order::RULE,
    guide::setext_heading::RULE,
    guide::setup_field_duplicate::RULE,
    guide::setup_field_format::RULE,
    guide::setup_field_missing::RULE,
    guide::setup_field_name::RULE,
    guide::step_number::RULE,
    guide::table_columns::RULE,
    guide::table_not_rendered::RULE,
    guide::template_leftover::RULE,
    guide::terminology::RULE,
    guide::title_format::RULE,
    guide::title_mismatch::RULE,
    guide::title_missing::RULE,
    guide::typo::RULE,
    guide::ui_path_format::RULE,
    guide::value_description_mismatch::RULE,
    guide::value_differs::RULE,
    guide::wrong_connector_name::RULE,
    ignore::reason_missing::RULE,
    ignore::unknown_rule::RULE,
    ignore::unpaired::RULE,
    ignore::unused::RULE,
];

/// The page about faults of the program, which are reported like findings of a rule.
pub const FAULT_PAGE: &str = include_str!("rules/internal_panic.md");

/// The rule with a name; the group may be left out where the rest is unique.
pub fn find(name: &str) -> Option<&'static Rule> {
    let mut short = without_group(name);
    let unique = short.next().filter(|_| short.next().is_none());
    RULES.iter().find(|rule| rule.name == name).or(unique)
}

/// The rules that have a name without its group.
pub fn without_group(name: &str) -> impl Iterator<Item = &'static Rule> {
    RULES.iter().filter(move |rule| rule.short_name() == name)
}

/// Whether `name` is a rule or a group of rules.
pub fn is_known(name: &str) -> bool {
    RULES.iter().any(|rule| rule.name == name || rule.group() == name)
}

/// The name of the rule that `name` is most likely a misspelling of; `None` if several groups have it.
pub fn near(name: &str) -> Option<&'static str> {
    // A long group would make short names alike.
    let short = name.split_once('/').map_or(name, |(_, short)| short);
    let names: Vec<&str> = RULES.iter().map(Rule::short_name).collect();
    nearest::suggestion(short, &names).and_then(find).map(|rule| rule.name)
}
