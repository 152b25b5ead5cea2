//! An available contract, read from a guide or built in, with its compiled schema.

use std::sync::OnceLock;

use jsonschema::Validator;

use crate::contract::Contract;
use crate::contract::validator;
use crate::tree::Tree;

/// A contract and its schema.
#[derive(Debug)]
pub struct KnownContract {
    /// The facts.
    pub contract: Contract,
    compiled: OnceLock<Option<(serde_json::Value, Validator<Tree>)>>,
}

impl KnownContract {
    /// A contract whose schema is not yet compiled.
    pub fn new(contract: Contract) -> Self {
        Self { contract, compiled: OnceLock::new() }
    }

    /// The contract's demands and their validator, compiled when it is first asked for.
    pub fn validator(&self) -> Option<&(serde_json::Value, Validator<Tree>)> {
        let compile = || {
            let schema = self.contract.demands();
            let validator = validator(&schema, "")?;
            Some((schema, validator))
        };
        self.compiled.get_or_init(compile).as_ref()
    }
}
