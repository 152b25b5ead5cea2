//! What tests and benchmarks reach besides the command line. Not an API: anything here may change at any time.

pub use crate::fingerprint::Fingerprint;
pub use crate::pack::Pack;
pub use crate::searchable::Searchable;
pub use crate::settings::Settings;

pub mod baseline {
    pub use crate::baseline::{Baseline, Matcher, Stale};
}

pub mod config {
    pub use crate::config::{Called, Config, Detection, Reading, References, Shape, Violation, ViolationKind};
}

pub mod contract {
    pub use crate::contract::bundle::builtin;
    pub use crate::contract::extract::{extract, extract_all, extract_names};
    pub use crate::contract::{AuthKind, Contract, Field, Form, Found, Grant, KnownContract, Level};
}

pub mod diagnostic {
    pub use crate::diagnostic::{Applicability, Counts, Diagnostic, Edit, FAULT, Finding, Fix, Severity};
}

pub mod dialects {
    pub use crate::dialect::{ComponentKind, Dialect, Mdx, SlugStyle};
    pub use crate::dialects::{kramdown, read, read_mdx};
}

pub mod engine {
    pub use crate::engine::{Checked, Filter, check, check_source, run};
    pub use crate::fault::guard;
}

pub mod fix {
    pub use crate::fix::{FixedText, HIDING, Reason, Skipped, apply, apply_until_stable, unified_diff};
}

pub mod guide {
    pub use crate::guide::menu_paths::menu_paths;
    pub use crate::guide::{Attribute, Block, BlockKind, Guide, InlineKind, LinkForm, Section, Style, TagKind};
}

pub mod profile {
    pub use crate::profile::{GuideKind, Profile, SectionRole, typos};
}

pub mod report {
    pub use crate::report::{Context, Format, Part, Renderer, RuleDescription, Sources, Stream, Summary, Terminal};
}

pub mod rules {
    pub use crate::rule::{Check, Fixable, Page, Rule};
    pub use crate::rules::{FAULT_PAGE, RULES, find};
}

pub mod scopes {
    pub use crate::scopes::{Catalogue, Catalogues, Delimiter, invalid_character, names_of, outdated};
}

pub mod secrets {
    pub use crate::secrets::{Format, formats, known, redact};
}

pub mod server {
    pub use crate::server::{End, serve};
}

pub mod source {
    pub use crate::source::{FileId, Size, SourceFile, Span};
}

pub mod tree {
    pub use crate::tree::{Documents, Node, Problem, ProblemKind, ScalarStyle, Value, deserialize, json, toml, yaml};
}

pub mod workspace {
    pub use crate::workspace::{Lookup, Named, Options, Workspace, builtin_connector};
}
