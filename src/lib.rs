//! connlint: a linter and validator for connector guides and connector configuration files.

pub mod contract;
pub mod diagnostic;
pub mod guide;
pub mod report;
pub mod scopes;
pub mod source;
pub mod tree;
