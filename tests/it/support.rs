//! What several tests need.

pub(crate) mod check;
pub(crate) mod corpus;
pub(crate) mod data;
pub(crate) mod editor;
pub(crate) mod folder;
pub(crate) mod jekyll;
pub(crate) mod manifest;
pub(crate) mod page;
pub(crate) mod program;
pub(crate) mod report;
