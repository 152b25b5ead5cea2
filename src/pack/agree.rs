//! What page and data must agree on, and where they do not.

use std::ops::Range;

use super::form::{Agreement, Role, Verb};
use super::listed::{Item, Listing, items, section_text};
use super::names::{Naming, differ};
use super::pointers::{Fact, text};
use super::{Connector, Member};
use crate::contract::AuthKind;
use crate::diagnostic::Finding;
use crate::guide::Guide;
use crate::nearest;
use crate::source::{FileId, Span};

/// Names that are written out in one message.
const MOST_NAMES: usize = 5;

/// Page and data, and what they must agree on.
struct Agreed<'a> {
    connector: &'a Connector<'a>,
    agreement: &'a Agreement,
    guide: &'a Guide,
    data: &'a Member,
    facts: Vec<Fact<'a>>,
}

impl Connector<'_> {
    /// Where page and data do not agree, of the agreements with a verb.
    pub fn disagreements(&self, verb: Verb) -> Vec<Finding> {
        let agreements =
            self.pack.agree.iter().filter(|agreement| agreement.how == verb && self.is_in(&agreement.limits));
        let mut found = Vec::new();
        for agreement in agreements {
            let Some(agreed) = Agreed::of(self, agreement).filter(|agreed| agreed.place(verb) == self.own) else {
                continue;
            };
            match verb {
                Verb::Equal => found.extend(agreed.differs()),
                Verb::NamedOnPage => found.extend(agreed.not_named()),
                Verb::KnownToData => found.extend(agreed.unknown()),
                Verb::AnchorOnPage => found.extend(agreed.broken_anchors()),
                Verb::OnPage => found.extend(agreed.not_on_page()),
                Verb::NotContradicted => found.extend(agreed.contradicted()),
            }
        }
        found
    }

    /// Where a page has a former spelling of a callback URL.
    pub fn former_callbacks<'b>(&'b self, guide: &'b Guide) -> impl Iterator<Item = (Span, &'b str)> {
        let former = self.pack.callback.former.iter();
        former.flat_map(move |url| mentions(guide, url).into_iter().map(move |span| (span, url.as_str())))
    }
}

impl<'a> Agreed<'a> {
    fn of(connector: &'a Connector<'a>, agreement: &'a Agreement) -> Option<Self> {
        let guide = connector.page(agreement.page.as_deref())?;
        let data = connector.member(&agreement.data)?;
        let node = data.node()?;
        let applies = agreement.when.iter().all(|(role, kinds)| {
            let role = connector.pack.roles.get(&agreement.data).and_then(|roles| roles.get(role));
            let facts = role.map(|role| (role, role.facts(node)));
            facts.is_some_and(|(role, facts)| role.kinds(&facts).iter().any(|(kind, _)| kinds.contains(kind)))
        });
        let role = connector.pack.roles.get(&agreement.data)?.get(&agreement.fact);
        let facts = role.map(|role| role.facts(node)).unwrap_or_default();
        applies.then_some(Self { connector, agreement, guide, data, facts })
    }

    /// The file in which a verb reports.
    fn place(&self, verb: Verb) -> FileId {
        if verb == Verb::AnchorOnPage { self.data.content.source().id() } else { self.guide.source.id() }
    }

    /// Page and data have another value.
    fn differs(&self) -> Option<Finding> {
        let fact = self.facts.first()?;
        let datum = text(fact.node)?;
        let (value, span) = match self.agreement.fact.as_str() {
            _ if self.is_role_of_page() => {
                let fact = self.of_page().into_iter().next()?;
                (fact.text()?, fact.span())
            }
            "title" => self.connector.title(self.guide)?,
            name => self.captured(name)?,
        };
        if value.trim().is_empty() || datum.trim().is_empty() || self.is_leftover(&value) {
            return None;
        }
        if !differ(&value, &datum, &self.agreement.without) {
            return None;
        }
        let name = &self.agreement.fact;
        let finding = Finding::new(span, format!("{name} differs: `{value}` on the page, `{datum}` in the data"));
        Some(finding.help("use one of them in both").label(fact.span(), format!("{name} in the data")))
    }

    /// Whether the front matter of the page has the fact.
    fn is_role_of_page(&self) -> bool {
        self.role_of_page().is_some()
    }

    fn role_of_page(&self) -> Option<&'a Role> {
        self.connector.pack.roles.get(&self.page_member()?.kind)?.get(&self.agreement.fact)
    }

    fn page_member(&self) -> Option<&'a Member> {
        let mut pages = self.connector.pages();
        pages.find(|(_, guide)| guide.source.id() == self.guide.source.id()).map(|(member, _)| member)
    }

    /// The facts in the front matter of the page.
    fn of_page(&self) -> Vec<Fact<'a>> {
        let node = self.page_member().and_then(Member::node);
        node.zip(self.role_of_page()).map(|(node, role)| role.facts(node)).unwrap_or_default()
    }

    fn is_leftover(&self, value: &str) -> bool {
        let leftovers = &self.connector.form(self.guide).leftovers;
        let value = value.trim().replace(['‘', '’'], "'").to_lowercase();
        let same = |known: &String| known.to_lowercase().ends_with(&value);
        leftovers.headings.iter().chain(leftovers.phrases.as_slice()).any(same)
    }

    /// The fact that a heading of the page captures.
    fn captured(&self, name: &str) -> Option<(String, Span)> {
        let outline = self.connector.outline(self.guide);
        let mut facts = outline.found.iter().filter_map(|section| section.fact);
        facts.find_map(|(known, value, span)| (known == name).then(|| (value.to_owned(), span)))
    }

    /// Facts of the data that the page never names.
    fn not_named(&self) -> Option<Finding> {
        self.facts.first()?;
        let naming = Naming::new(self.guide.text.as_str());
        let is_named = |fact: &Fact<'_>| {
            let name = fact.name();
            let is_named = || fact.names_for_readers(&name).any(|name| naming.names(name));
            fact.is_unnamed() || name.trim().is_empty() || is_named()
        };
        let missing: Vec<&Fact<'_>> = self.facts.iter().filter(|fact| !is_named(fact)).collect();
        missing.first()?;
        let mut names: Vec<String> = missing.iter().map(|fact| format!("`{}`", fact.name().trim())).collect();
        names.dedup();
        let shown = names.iter().take(MOST_NAMES).cloned().collect::<Vec<_>>().join(", ");
        let more = names.len().saturating_sub(MOST_NAMES);
        let more = if more > 0 { format!(" and {more} more") } else { String::new() };
        let finding = Finding::new(self.page_place(), format!("not on the page: {shown}{more}"))
            .help(format!("describe where the reader finds {}", if names.len() == 1 { "it" } else { "them" }));
        Some(missing.iter().take(MOST_NAMES).fold(finding, |finding, fact| finding.label(fact.span(), "required here")))
    }

    /// Where a page is pointed at that lacks something: the section that should have it, the title, or the start.
    fn page_place(&self) -> Span {
        let outline = self.connector.outline(self.guide);
        let section = outline.named_first(self.agreement.section.as_ref()).next().map(|found| found.heading.span);
        let title = || self.guide.headings.first().map(|heading| heading.span);
        section.or_else(title).unwrap_or_else(|| self.guide.body.at_start())
    }

    /// What the page lists in its section and the data lacks.
    fn unknown(&self) -> Vec<Finding> {
        let outline = self.connector.outline(self.guide);
        let end = |index: usize| outline.found.iter().map(|found| found.index).find(|other| *other > index);
        let sections = outline.named_first(self.agreement.section.as_ref());
        let listed = sections.flat_map(|found| items(self.guide, found.index, end(found.index), found.form));
        let in_front = self.of_page().into_iter().map(|fact| Item::new(fact.name(), fact.span()));
        let leftovers = &self.connector.form(self.guide).leftovers;
        let items = in_front.chain(listed).filter(|item| !leftovers.is_heading(&item.text));
        let listing = Listing::new(self.facts.iter().map(names_of));
        let wrong = listing.unknown(self.guide, items.collect());
        let known: Vec<String> = self.facts.iter().flat_map(names_of).collect();
        let known: Vec<&str> = known.iter().map(String::as_str).collect();
        let role = &self.agreement.fact;
        let place = self.facts.first().map(Fact::span);
        let finding = |item: Item| {
            let finding = Finding::new(item.span, format!("unknown {role} `{}`: not in the data", item.text));
            let near = nearest::suggestion(&item.text, &known);
            let finding = finding.help(match near {
                Some(near) => format!("use `{near}`"),
                None => "remove it, or add it to the data".to_owned(),
            });
            let span =
                near.and_then(|near| self.facts.iter().find(|fact| names_of(fact).iter().any(|name| name == near)));
            let label = if near.is_some() { "nearest in the data" } else { "first in the data" };
            finding.maybe_label(span.map(Fact::span).or(place), label)
        };
        wrong.into_iter().map(finding).collect()
    }

    /// Pointers from data into the page without a target.
    fn broken_anchors(&self) -> Vec<Finding> {
        let anchors = self.guide.anchors();
        let names: Vec<&str> = anchors.iter().map(String::as_str).collect();
        // Sites differ in what they make of several spaces and marks in a row.
        let is_anchor = |wanted: &str| names.iter().any(|anchor| hyphened(anchor) == hyphened(wanted));
        let mut found = Vec::new();
        for fact in &self.facts {
            let Some(anchor) = text(fact.node) else { continue };
            let anchor = anchor.rsplit('#').next().unwrap_or_default().to_owned();
            if anchor.is_empty() || is_anchor(&anchor) {
                continue;
            }
            let page = self.guide.source.path();
            let finding = Finding::new(fact.node.span, format!("heading or anchor `#{anchor}` not found on `{page}`"));
            let near = nearest::suggestion(&anchor, &names);
            let finding = finding.help(match near {
                Some(near) => format!("use `#{near}`"),
                None => "use the id of a heading on the page".to_owned(),
            });
            let heading = near.and_then(|near| self.guide.headings.iter().find(|heading| heading.id == near));
            let place = heading.map_or(self.guide.body.at_start(), |heading| heading.span);
            found.push(finding.label(place, if heading.is_some() { "nearest heading" } else { "page" }));
        }
        found
    }

    /// The callback URLs of the data that the page lacks; without any in the data, that of the pack.
    fn not_on_page(&self) -> Vec<Finding> {
        let callback = &self.connector.pack.callback;
        let own = self.callbacks_of_data();
        if !own.is_empty() {
            let missing = own.into_iter().filter(|(url, _)| !self.has_url(url));
            return missing
                .map(|(url, span)| self.missing_callback(&url).label(span, "callback URL in the data"))
                .collect();
        }
        let is_filled_in = callback.now.iter().any(|url| self.has_url(&self.filled(url)));
        let has_former = || callback.former.iter().any(|url| self.guide.slice(self.guide.body).contains(url.as_str()));
        let place = self.facts.first().map(Fact::span).or_else(|| self.data.node().map(|node| node.span.at_start()));
        let (Some(now), Some(place)) = (callback.now.first(), place) else { return Vec::new() };
        if is_filled_in || has_former() {
            return Vec::new();
        }
        vec![self.missing_callback(&self.filled(now)).label(place, "sign-in with a callback URL")]
    }

    fn missing_callback(&self, url: &str) -> Finding {
        let finding = Finding::new(self.page_place(), "callback URL missing from the page");
        finding.help(format!("add a step that enters `{url}`"))
    }

    /// The callback URLs in the data, without former ones: where the data is outdated, the page may be right.
    fn callbacks_of_data(&self) -> Vec<(String, Span)> {
        let pack = self.connector.pack;
        let role = pack.roles.get(&self.agreement.data).and_then(|roles| roles.get("callback"));
        let facts = role.zip(self.data.node()).map(|(role, node)| role.facts(node)).unwrap_or_default();
        let is_former = |url: &str| pack.callback.former.iter().any(|known| known.trim_end_matches('/') == url);
        let urls =
            facts.iter().filter_map(|fact| Some((text(fact.node)?.trim_end_matches('/').to_owned(), fact.span())));
        urls.filter(|(url, _)| url.contains("://") && !is_former(url)).collect()
    }

    /// A callback URL of the pack with what the paths of the connector capture.
    fn filled(&self, url: &str) -> String {
        let captures = self.connector.captures.iter();
        captures.fold(url.to_owned(), |url, (name, value)| url.replace(&format!("{{{name}}}"), value))
    }

    /// Whether the page has an address, or one that begins with the part before a name in braces.
    fn has_url(&self, url: &str) -> bool {
        match url.split_once('{') {
            // `${NAME}`
            Some((start, _)) if start.ends_with('$') => self.has_url(&format!("{}{{", start.trim_end_matches('$'))),
            Some((start, _)) => !start.is_empty() && self.guide.slice(self.guide.body).contains(start),
            None => !mentions(self.guide, url).is_empty() || self.guide.text.as_str().contains(url),
        }
    }

    /// The kinds of authentication that the page names, in its front matter or in its section, and where.
    fn kinds_of_page(&self) -> Option<(Vec<AuthKind>, Span)> {
        if let Some(role) = self.role_of_page() {
            let facts = self.of_page();
            let place = facts.first()?.span();
            return Some((role.kinds(&facts).into_iter().map(|(kind, _)| kind).collect(), place));
        }
        let outline = self.connector.outline(self.guide);
        let section = outline.named_first(self.agreement.section.as_ref()).next()?;
        let text = section_text(self.guide, section.index);
        Some((self.connector.kinds_named(self.guide, text), section.heading.span))
    }

    /// The page names only other kinds of authentication.
    fn contradicted(&self) -> Option<Finding> {
        let role = self.connector.pack.roles.get(&self.agreement.data)?.get(&self.agreement.fact)?;
        let asked = role.kinds(&self.facts);
        let (named, span) = self.kinds_of_page()?;
        let [only] = named.as_slice() else { return None };
        let kinds = &self.agreement.kinds;
        if !kinds.is_empty() && !kinds.contains(only) {
            return None;
        }
        // Where the data names no known kind, the page may be right.
        if asked.is_empty() || asked.iter().any(|(kind, _)| kind == only) {
            return None;
        }
        let place = self.facts.first().map(Fact::span).or_else(|| self.data.node().map(|node| node.span.at_start()))?;
        let asked: Vec<String> = asked.iter().map(|(kind, _)| format!("`{}`", kind.config_name())).collect();
        let message =
            format!("different sign-in: `{}` on the page, {} in the data", only.config_name(), asked.join(", "));
        let finding = Finding::new(span, message).help("describe the authentication of the data");
        Some(finding.label(place, "kind of authentication in the data"))
    }
}

/// An anchor without empty words.
fn hyphened(anchor: &str) -> String {
    anchor.split('-').filter(|word| !word.is_empty()).collect::<Vec<_>>().join("-")
}

/// The names that a fact of the data goes by.
fn names_of(fact: &Fact<'_>) -> Vec<String> {
    [Some(fact.name()), fact.other_name.and_then(text)]
        .into_iter()
        .flatten()
        .filter(|name| !name.trim().is_empty())
        .collect()
}

/// Where an address is written on a page, not as the beginning of a longer one.
fn mentions(guide: &Guide, url: &str) -> Vec<Span> {
    let (body, start) = (guide.slice(guide.body), guide.body.start as usize);
    let goes_on = |rest: &str| {
        let rest = rest.strip_prefix('/').unwrap_or(rest);
        rest.starts_with(|next: char| {
            next.is_ascii_alphanumeric() || matches!(next, '{' | '<' | '-' | '_' | '%' | '?' | '=')
        })
    };
    let is_whole = |(at, found): &(usize, &str)| !goes_on(&body[at + found.len()..]);
    let span = |range: Range<usize>| guide.source.span(start + range.start..start + range.end);
    let found = body.match_indices(url).filter(is_whole);
    found.map(|(at, found)| span(at..at + found.len())).collect()
}
