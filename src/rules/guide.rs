//! Rules about guides.

pub(super) mod table_not_rendered;
