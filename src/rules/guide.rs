//! Rules about guides.

pub(super) mod bare_url;
pub(super) mod card_structure;
pub(super) mod doubled_word;
pub(super) mod empty_section;
pub(super) mod heading_level_one;
pub(super) mod invisible_character;
pub(super) mod legacy_section;
pub(super) mod linked_page_missing;
pub(super) mod scope_ambiguous;
pub(super) mod table_not_rendered;
