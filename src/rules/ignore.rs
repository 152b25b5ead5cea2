//! Rules about the linter's own ignore comments.

pub(super) mod reason_missing;
pub(super) mod unknown_rule;
pub(super) mod unpaired;
pub(super) mod unused;
