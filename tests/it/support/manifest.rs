//! Manifests for tests, and the ways to write one down.

/// A manifest before it is laid out: values as YAML, all of them JSON too unless a mistake says otherwise.
#[derive(Clone)]
pub(crate) struct Manifest {
    pub(crate) values: Vec<(String, String)>,
    pub(crate) properties: Vec<(String, String)>,
}

/// The ways to write the same manifest down.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Layout {
    Block,
    FlowProperties,
    Flow,
    Json,
    Many,
    WindowsLines,
}

pub(crate) const LAYOUTS: [Layout; 6] =
    [Layout::Block, Layout::FlowProperties, Layout::Flow, Layout::Json, Layout::Many, Layout::WindowsLines];

impl Manifest {
    pub(crate) fn new(values: &[(&str, &str)], properties: &[(&str, &str)]) -> Self {
        let own = |pairs: &[(&str, &str)]| pairs.iter().map(|(k, v)| ((*k).to_owned(), (*v).to_owned())).collect();
        Self { values: own(values), properties: own(properties) }
    }

    pub(crate) fn lay_out(&self, layout: Layout) -> String {
        match layout {
            Layout::Block => self.block(false),
            Layout::FlowProperties => self.block(true),
            Layout::WindowsLines => self.block(false).replace('\n', "\r\n"),
            Layout::Flow => self.braces(str::to_owned),
            Layout::Json => self.braces(|key| format!("\"{key}\"")),
            Layout::Many => {
                let block = self.block(false);
                let lines = block
                    .lines()
                    .enumerate()
                    .map(|(n, line)| format!("{}{line}\n", if n == 0 { "  - " } else { "    " }));
                format!("Connectors:\n{}", lines.collect::<Vec<_>>().concat())
            }
        }
    }

    pub(crate) fn block(&self, flow: bool) -> String {
        let mut lines: Vec<String> = self.values.iter().map(|(key, value)| format!("{key}: {value}\n")).collect();
        if !self.properties.is_empty() {
            lines.push("Properties:  # from the console\n".to_owned());
        }
        lines.extend(self.properties.iter().map(|(name, value)| {
            if flow {
                format!("  - {{Name: {name}, Value: {value}}}\n")
            } else {
                format!("  - Name: {name}\n    Value: {value}\n")
            }
        }));
        lines.concat()
    }

    pub(crate) fn braces(&self, key: impl Fn(&str) -> String) -> String {
        let mut members: Vec<String> = self.values.iter().map(|(k, value)| format!("{}: {value}", key(k))).collect();
        let item = |(name, value): &(String, String)| {
            format!("    {{{}: \"{name}\", {}: {value}}}", key("Name"), key("Value"))
        };
        if !self.properties.is_empty() {
            let items: Vec<String> = self.properties.iter().map(item).collect();
            members.push(format!("{}: [\n{}\n  ]", key("Properties"), items.join(",\n")));
        }
        format!("{{\n  {}\n}}\n", members.join(",\n  "))
    }

    pub(crate) fn set(mut self, key: &str, value: &str) -> Self {
        let pairs = self.values.iter_mut().chain(&mut self.properties);
        let entry = pairs.into_iter().find(|(k, _)| k == key).unwrap_or_else(|| panic!("no {key}"));
        value.clone_into(&mut entry.1);
        self
    }

    pub(crate) fn rename(mut self, key: &str, to: &str) -> Self {
        let pairs = self.values.iter_mut().chain(&mut self.properties);
        let entry = pairs.into_iter().find(|(k, _)| k == key).unwrap_or_else(|| panic!("no {key}"));
        to.clone_into(&mut entry.0);
        self
    }

    pub(crate) fn without(mut self, key: &str) -> Self {
        self.values.retain(|(k, _)| k != key);
        self.properties.retain(|(k, _)| k != key);
        self
    }

    pub(crate) fn with(mut self, key: &str, value: &str) -> Self {
        self.values.push((key.to_owned(), value.to_owned()));
        self
    }
}

pub(crate) fn oauth() -> Manifest {
    Manifest::new(
        &[
            ("Connector", "\"pipedrive-oauth-connector\""),
            ("Name", "\"Sales\""),
            ("AuthType", "\"OAuth2\""),
            ("OAuth2Type", "\"AuthorisationCode\""),
            ("AuthenticationId", "\"3b1f2d4c-5a69-4b7e-8c1d-2e3f4a5b6c7d\""),
            ("ServiceDomain", "\"acme-h.example.com\""),
            ("CallbackUrl", "\"https://acme-h.example.com/connector/callback\""),
            ("Scopes", "[\"base\", \"deals:full\"]"),
        ],
        &[("ClientId", "\"${ID}\""), ("ClientSecret", "\"${SECRET}\""), ("Region", "\"eu\"")],
    )
}

pub(crate) fn key(kind: &str) -> Manifest {
    let kind = format!("\"{kind}\"");
    Manifest::new(
        &[("Connector", "\"acme-connector\""), ("AuthType", &kind), ("AuthValue", "\"${KEY}\"")],
        &[("Site", "\"one\"")],
    )
}
