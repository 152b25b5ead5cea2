//! connlint: a linter and validator for connector guides and connector configuration files.

pub mod baseline;
pub mod changes;
pub mod cli;
pub mod config;
pub mod contract;
pub mod diagnostic;
pub mod dialect;
pub mod engine;
pub mod fingerprint;
pub mod fix;
pub mod guide;
pub mod inspect;
mod nearest;
pub mod new;
pub mod paths;
pub mod profile;
pub mod report;
pub mod rule;
pub mod rules;
pub mod scopes;
pub mod searchable;
pub mod settings;
pub mod source;
pub mod suppress;
mod threads;
pub mod tree;
pub mod workspace;
