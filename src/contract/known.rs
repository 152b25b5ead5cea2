//! A contract at hand: read from a guide or built in, with its compiled schema.

use std::sync::{Arc, OnceLock};

use jsonschema::Validator;

use crate::contract::Contract;
use crate::contract::validator;
use crate::source::SourceFile;

/// A contract and the guide it was read from.
#[derive(Debug)]
pub struct KnownContract {
    /// The facts.
    pub contract: Contract,
    /// The guide's source; `None` for a built-in contract.
    pub source: Option<Arc<SourceFile>>,
    compiled: OnceLock<Option<(serde_json::Value, Validator)>>,
}

impl KnownContract {
    /// A contract and, where it is at hand, the guide it was read from.
    pub fn new(contract: Contract, source: Option<Arc<SourceFile>>) -> Self {
        Self { contract, source, compiled: OnceLock::new() }
    }

    /// The contract's schema and its validator, compiled when it is first asked for.
    pub fn validator(&self) -> Option<&(serde_json::Value, Validator)> {
        let compile = || {
            let schema = self.contract.schema();
            let validator = validator(&schema, "")?;
            Some((schema, validator))
        };
        self.compiled.get_or_init(compile).as_ref()
    }
}
