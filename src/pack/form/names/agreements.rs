//! Whether each agreement of a pack can be checked: what it compares is in the data and on the page.

use super::{Names, known, texts, wrong};
use crate::pack::form::{Agreement, SectionForm, Verb};
use crate::source::Span;
use crate::tree::{Node, Problem};

impl Names<'_> {
    /// Whether each agreement names what there is, and has what its verb needs.
    pub(super) fn of_agreements(&self, node: &Node) -> Result<(), Problem> {
        let nodes = node.get("agree").map(Node::items).unwrap_or_default();
        for (agreement, node) in self.pack.agree.iter().zip(nodes) {
            self.kinds_of(agreement, node)?;
            self.fact(agreement, node)?;
            self.needs(agreement, node)?;
            self.conditions(agreement, node)?;
        }
        Ok(())
    }

    fn kinds_of(&self, agreement: &Agreement, node: &Node) -> Result<(), Problem> {
        self.kinds(node.get("data"))?;
        self.kinds(node.get("page"))?;
        let is_page = |kind: &str| self.pack.files.get(kind).is_some_and(super::FileForm::is_page);
        if is_page(&agreement.data) {
            let message = format!("`{}` is a page, not data", agreement.data);
            return Err(wrong(place(node, "data"), message, "use a kind of file that is read as `yaml` or `json`"));
        }
        if let Some(page) = agreement.page.as_ref().filter(|page| !is_page(page)) {
            let help = "use a kind of file that is read as `page`";
            return Err(wrong(place(node, "page"), format!("`{page}` is not a page"), help));
        }
        let joins = self.pack.files.values().any(|form| form.matches.is_some() || form.at_url_of.is_some());
        if self.pack.connector.key.is_empty() && !joins {
            let help = "add `connector.key`, or `match` or `at_url_of` to a kind of file";
            return Err(wrong(node.span, "page and data are not joined", help));
        }
        Ok(())
    }

    fn fact(&self, agreement: &Agreement, node: &Node) -> Result<(), Problem> {
        let roles = self.pack.roles.get(&agreement.data);
        let facts: Vec<&str> = roles.into_iter().flat_map(|roles| roles.keys().map(String::as_str)).collect();
        known("fact", &agreement.fact, place(node, "fact"), &facts)?;
        let mut captured = self.sections().filter_map(|section| Some(section.captured()?.1));
        let is_title = agreement.fact == "title" && self.pack.page_forms().any(|form| form.title.is_some());
        if self.is_role_of_page(agreement)
            || agreement.how != Verb::Equal
            || is_title
            || captured.any(|fact| fact == agreement.fact)
        {
            return Ok(());
        }
        let fact = &agreement.fact;
        let help = if fact == "title" {
            "add `page.title`".to_owned()
        } else {
            format!("capture it in the name of a section: `name: \"...: {{{fact}}}\"`")
        };
        Err(wrong(place(node, "fact"), format!("`{fact}` is not read from the page"), help))
    }

    fn sections(&self) -> impl Iterator<Item = &SectionForm> {
        self.pack.page_forms().flat_map(|form| &form.sections)
    }

    /// Whether the front matter of the page has the fact.
    fn is_role_of_page(&self, agreement: &Agreement) -> bool {
        let mut pages = self
            .pack
            .files
            .iter()
            .filter(|(kind, form)| form.is_page() && agreement.page.as_ref().is_none_or(|page| page == *kind));
        pages.any(|(kind, _)| self.pack.roles.get(kind).is_some_and(|roles| roles.contains_key(&agreement.fact)))
    }

    /// What a verb needs besides the fact.
    fn needs(&self, agreement: &Agreement, node: &Node) -> Result<(), Problem> {
        let sections = self.sections().map(|section| section.key.as_str());
        let sections: Vec<&str> = sections.filter(|key| !key.is_empty()).collect();
        for (name, span) in texts(node.get("section")) {
            known("section", name, span, &sections)?;
        }
        let role = self.pack.roles.get(&agreement.data).and_then(|roles| roles.get(&agreement.fact));
        let missing = match agreement.how {
            Verb::KnownToData | Verb::NotContradicted if self.is_role_of_page(agreement) => return Ok(()),
            Verb::KnownToData | Verb::NotContradicted if agreement.section.is_none() => "section".to_owned(),
            Verb::NotContradicted if self.pack.page_forms().all(|form| form.auth.is_empty()) => "page.auth".to_owned(),
            Verb::NotContradicted if role.is_some_and(|role| !role.tells_kinds()) => {
                format!("roles.{}.{}.values", agreement.data, agreement.fact)
            }
            Verb::OnPage if self.pack.callback.now.is_empty() => "callback.now".to_owned(),
            _ => return Ok(()),
        };
        let verb = texts(node.get("how")).first().map_or("", |(verb, _)| verb).to_owned();
        Err(wrong(place(node, "how"), format!("missing `{missing}` for `{verb}`"), format!("add `{missing}`")))
    }

    /// Whether each condition can be met.
    fn conditions(&self, agreement: &Agreement, node: &Node) -> Result<(), Problem> {
        let roles = self.pack.roles.get(&agreement.data);
        for entry in node.get("when").map(Node::entries).unwrap_or_default() {
            let with_values = roles.into_iter().flatten().filter(|(_, role)| role.tells_kinds());
            let names: Vec<&str> = with_values.map(|(name, _)| name.as_str()).collect();
            known("role with `values`", &entry.key, entry.key_span, &names)?;
            let Some(role) = roles.and_then(|roles| roles.get(&entry.key)) else { continue };
            let mut wanted = agreement.when.get(&entry.key).into_iter().flatten();
            if let Some(kind) = wanted.find(|wanted| role.all_kinds().all(|kind| kind != **wanted)) {
                let message = format!("no value of `{}` means `{}`", entry.key, kind.config_name());
                return Err(wrong(entry.value.span, message, "add it to the `values` of the role"));
            }
        }
        self.limits(node.get("where"))
    }
}

fn place(node: &Node, key: &str) -> Span {
    node.get(key).map_or(node.span, |node| node.span)
}
