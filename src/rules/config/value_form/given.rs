//! A value, and what its guide says of values of that name.

use crate::config::{Config, Demand, Installation, Misfit, Property, References, is_called};
use crate::contract::Field;
use crate::diagnostic::Finding;
use crate::profile::fold;
use crate::tree::Node;

/// A property whose value is a text, and what its guide says of values of that name.
pub(super) struct Given<'a> {
    pub(super) config: &'a Config,
    pub(super) installation: &'a Installation,
    pub(super) name: &'a str,
    /// The name without case, spaces, and signs.
    pub(super) folded: String,
    pub(super) node: &'a Node,
    pub(super) value: &'a str,
    pub(super) fields: Vec<&'a Field>,
}

impl<'a> Given<'a> {
    pub(super) fn new(config: &'a Config, installation: &'a Installation, property: &'a Property) -> Option<Self> {
        let node = property.value.as_ref().filter(|node| node.tag.is_none())?;
        let (name, value) = (property.name.value.as_str(), node.as_str()?.trim());
        let fields = installation.contract.iter().flat_map(|known| known.contract.descriptions());
        let fields = fields.filter(|field| is_called(field, name)).collect();
        Some(Self { config, installation, name, folded: fold(name), node, value, fields })
    }

    pub(super) fn references(&self) -> &'a References {
        &self.config.references
    }

    /// What the guide prints for the value.
    pub(super) fn samples(&self) -> impl Iterator<Item = &'a str> {
        self.fields.iter().flat_map(|field| &field.samples).map(String::as_str)
    }

    /// The first field whose form the guide describes.
    pub(super) fn described(&self) -> Option<&'a Field> {
        self.fields.iter().copied().find(|field| field.form.is_some())
    }

    pub(super) fn has_references(&self) -> bool {
        !self.references().parts(self.value).is_empty()
    }

    /// Whether the property is named after a host.
    pub(super) fn is_host(&self) -> bool {
        ["domain", "host", "hostname"].iter().any(|end| self.folded.ends_with(end))
    }

    /// Whether a part of the value is a reference or a placeholder.
    pub(super) fn is_open(&self) -> bool {
        !self.references().open_parts(self.value).is_empty()
    }

    /// The name of the vendor's product; empty if it is not known.
    pub(super) fn product(&self) -> &'a str {
        let connector = self.installation.contract.iter().find_map(|known| known.contract.connector.as_ref());
        connector.map_or("", |name| name.value.as_str())
    }

    /// The longer words of the product's name, in lower case.
    pub(super) fn product_words(&self) -> Vec<String> {
        let name = self.product().to_lowercase();
        name.split(|c: char| !c.is_alphanumeric()).filter(|word| word.len() > 3).map(str::to_owned).collect()
    }

    pub(super) fn finding(&self, misfit: Misfit) -> Finding {
        Finding::new(self.node.span, format!("`{}` {}", self.name, misfit.problem)).help(misfit.help)
    }

    /// A finding that shows where the guide says so.
    pub(super) fn shown(&self, field: &Field, finding: Finding, said: &str) -> Finding {
        let Some(known) = &self.installation.contract else { return finding };
        Demand::new(&field.name, known).show(finding, said)
    }
}
