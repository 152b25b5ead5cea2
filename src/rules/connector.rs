//! Rules about the files of one connector together.

pub(super) mod anchor_broken;
pub(super) mod auth_differs;
pub(super) mod file_missing;
pub(super) mod missing_on_page;
pub(super) mod not_in_data;
pub(super) mod not_on_page;
pub(super) mod value_differs;
