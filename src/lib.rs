//! connlint: a linter and validator for connector guides and connector configuration files.

mod baseline;
mod changes;
pub mod cli;
mod config;
mod contract;
mod diagnostic;
mod dialect;
mod dialects;
mod engine;
mod fault;
mod file_events;
mod fingerprint;
mod fix;
mod guide;
mod inspect;
mod nearest;
mod new;
mod pack;
mod paths;
mod profile;
mod project;
mod report;
mod rule;
mod rules;
mod scopes;
mod searchable;
mod secrets;
mod server;
mod settings;
mod source;
mod spelling;
mod suppress;
#[doc(hidden)]
pub mod testing;
mod threads;
mod tree;
mod workspace;
