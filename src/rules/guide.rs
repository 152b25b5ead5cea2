//! Rules about guides.

pub(super) mod bare_url;
pub(super) mod card_structure;
pub(super) mod card_unbalanced;
pub(super) mod doubled_word;
pub(super) mod empty_section;
pub(super) mod encoding_invalid;
pub(super) mod front_matter_key_missing;
pub(super) mod front_matter_missing;
pub(super) mod front_matter_syntax;
pub(super) mod heading_level_one;
pub(super) mod html_unknown_tag;
pub(super) mod invisible_character;
pub(super) mod kramdown_options_missing;
pub(super) mod legacy_section;
pub(super) mod linked_page_missing;
pub(super) mod liquid_erases_text;
pub(super) mod liquid_syntax;
pub(super) mod note_format;
pub(super) mod scope_ambiguous;
pub(super) mod table_columns;
pub(super) mod table_not_rendered;
pub(super) mod template_leftover;
pub(super) mod terminology;
pub(super) mod typo;
pub(super) mod ui_path_format;
