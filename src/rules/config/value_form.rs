//! `config/value-form`

use std::collections::HashMap;

use crate::config::vendor_values;
use crate::config::{
    Demand, Installation, Look, Misfit, Property, foreign, foreign_key, guid_misfit, host_misfit, is_called, misfit,
    url_misfit,
};
use crate::contract::{AuthKind, Field, Form, KnownContract};
use crate::diagnostic::Finding;
use crate::nearest;
use crate::profile::fold;
use crate::rule::{Configuration, Rule};
use crate::secrets::words;
use crate::source::Span;

pub const RULE: Rule = Rule::config("config/value-form", include_str!("value_form.md"), check).warning();

/// The slips within which a domain can only be another.
const MOST_SLIPS: usize = 2;

/// First parts of the hosts of a vendor's pages for people.
const PAGES: &[&str] = &[
    "login", "signin", "sso", "auth", "id", "account", "accounts", "app", "apps", "www", "portal", "console",
    "dashboard", "docs", "developer", "developers", "help", "support", "status", "community",
];

/// A longer end of the first part of a host is more than a region.
const LONGEST_REGION: usize = 3;

/// A slip in a shorter domain may be another one.
const SHORTEST_DOMAIN: usize = 8;

fn check(configuration: &Configuration<'_>, found: &mut Vec<Finding>) {
    for installation in configuration.config.installations() {
        let described = described(installation);
        let properties = installation.properties.iter();
        found.extend(properties.filter_map(|property| {
            let field = described.get(&fold(&property.name.value)).copied();
            finding(configuration, installation, property, field)
        }));
        found.extend(credential(configuration, installation));
    }
}

/// The form of a key that is a value of its own.
fn credential(configuration: &Configuration<'_>, installation: &Installation) -> Option<Finding> {
    let node = installation.auth_value.as_ref().filter(|node| node.tag.is_none())?;
    let (value, references) = (node.as_str()?, &configuration.config.references);
    let is_key = installation.kind() == Some(AuthKind::ApiKey) && references.open_parts(value).is_empty();
    if let Some(look) = foreign_key(installation, value).filter(|_| is_key) {
        return Some(unexpected(look, "AuthValue", node.span));
    }
    let known = installation.contract.as_ref()?;
    let mut keys = known.contract.credentials().filter(|_| installation.kind() == Some(AuthKind::ApiKey));
    let key = keys.next().filter(|key| keys.all(|other| other.key == key.key))?;
    let misfit = misfit(key.form.as_ref()?, value, references)?;
    let finding = Finding::new(node.span, format!("`AuthValue` {}", misfit.problem)).help(misfit.help);
    Some(Demand::new(&key.name, known).show(finding, "described here"))
}

fn finding(
    configuration: &Configuration<'_>,
    installation: &Installation,
    property: &Property,
    field: Option<&Field>,
) -> Option<Finding> {
    let config = configuration.config;
    let name = &property.name.value;
    let node = property.value.as_ref().filter(|node| node.tag.is_none())?;
    let value = node.as_str()?;
    let report = |misfit: Misfit| Finding::new(node.span, format!("`{name}` {}", misfit.problem)).help(misfit.help);
    if let (Some(field), Some(known)) = (field, &installation.contract)
        && field.is_left_out()
        && !value.is_empty()
    {
        let finding = Finding::new(node.span, format!("unexpected value for `{name}`")).help("remove the value");
        return Some(Demand::new(&field.name, known).show(finding, "left out here"));
    }
    let is_host = ["domain", "host", "hostname"].iter().any(|end| fold(name).ends_with(end));
    let host = || host_misfit(value).filter(|_| is_host && config.references.open_parts(value).is_empty());
    if let Some(misfit) = url_misfit(value, &config.references).or_else(|| guid_misfit(value)).or_else(host) {
        return Some(report(misfit));
    }
    let product = installation.contract.iter().find_map(|known| known.contract.connector.as_ref());
    if let Some(regions) = vendor_values::regions(&fold(name), product.map_or("", |name| name.value.as_str()))
        && !regions.is_region(value)
        && config.references.open_parts(value).is_empty()
    {
        let problem = format!("is not {} of {}", regions.kind, regions.vendor);
        return Some(report(Misfit { problem, help: regions.help.clone() }));
    }
    let is_of_page = || (is_site(name) || is_site_by_guide(installation, name)) && is_page(value);
    let is_linked = || {
        let is_url = is_site(name) || ["url", "uri", "endpoint"].iter().any(|end| fold(name).ends_with(end));
        let contract = installation.contract.iter().map(|known| &known.contract);
        is_url && contract.into_iter().any(|contract| contract.links_to_page(value))
    };
    if config.references.parts(value).is_empty() && (is_of_page() || is_linked()) {
        return Some(report(Misfit {
            problem: "is the address of a page".to_owned(),
            help: "end the URL after the host".to_owned(),
        }));
    }
    let is_identifier = name.ends_with("Id") || name.ends_with("ID");
    if is_identifier && name != "ClientId" && value.trim().contains(' ') && config.references.parts(value).is_empty() {
        return Some(report(Misfit {
            problem: "has a space, unlike an identifier".to_owned(),
            help: "use the identifier that the application shows, not a name".to_owned(),
        }));
    }
    if is_host_with_slash(value) {
        return Some(report(Misfit {
            problem: "ends with a slash".to_owned(),
            help: "remove the trailing slash".to_owned(),
        }));
    }
    let of_domain = || {
        misspelled_domain(installation, name, value)
            .or_else(|| other_service(installation, name, value))
            .or_else(|| shuffled_host(installation, name, value))
    };
    if let Some(misfit) = of_domain().filter(|_| config.references.parts(value).is_empty()) {
        return Some(report(misfit));
    }
    let form = field
        .map_or_else(|| by_name(name, value, product.map(|name| name.value.as_str())), |field| field.form.as_ref());
    let misfit =
        form.and_then(|form| misfit(form, value, &config.references).or_else(|| port(form, value, installation)));
    let Some(misfit) = misfit else {
        let is_open = !config.references.open_parts(value).is_empty();
        let look = foreign(installation, name, value).filter(|_| !is_open)?;
        return Some(unexpected(look, name, node.span));
    };
    // The message about a choice names the value. What the interface shows may stand for a host of the vendor.
    if let Some(Form::OneOf(choices)) = form
        && (config.source.is_hidden(node.span.range()) || is_host_of_choice(installation, choices, value))
    {
        return None;
    }
    let finding = report(misfit);
    Some(match (field, &installation.contract) {
        (Some(field), Some(known)) => Demand::new(&field.name, known).show(finding, "described here"),
        _ => finding,
    })
}

/// Whether a value is a host of the vendor, where none of the choices is one.
fn is_host_of_choice(installation: &Installation, choices: &[String], value: &str) -> bool {
    let words = installation.contract.as_ref().map(|known| vendor_words(known)).unwrap_or_default();
    let value = value.to_lowercase();
    value.contains('.')
        && !choices.iter().any(|choice| choice.contains('.'))
        && words.iter().any(|word| value.contains(word.as_str()))
}

/// The longer words of the vendor's name, in lower case.
fn vendor_words(known: &KnownContract) -> Vec<String> {
    let name = known.contract.connector.as_ref().map(|connector| connector.value.to_lowercase()).unwrap_or_default();
    name.split(|c: char| !c.is_alphanumeric()).filter(|word| word.len() > 3).map(str::to_owned).collect()
}

/// The port after the name of a host that is asked for without one, where the guide asks for the port as well.
fn port(form: &Form, value: &str, installation: &Installation) -> Option<Misfit> {
    let (_, port) = value.rsplit_once(':').filter(|_| *form == Form::Host)?;
    let mut fields = installation.contract.iter().flat_map(|known| known.contract.descriptions());
    let is_port = !port.is_empty() && port.bytes().all(|c| c.is_ascii_digit());
    (is_port && fields.any(|field| field.key == "Port"))
        .then(|| Misfit { problem: "has a port".to_owned(), help: "give the port as `Port`".to_owned() })
}

/// A slip in the domain after the account's own part of a host that the guide prints: `acme.vendr.example`.
fn misspelled_domain(installation: &Installation, name: &str, value: &str) -> Option<Misfit> {
    let known = installation.contract.as_ref()?;
    let own = known.contract.descriptions().filter(|field| is_called(field, name));
    let mut samples = own.flat_map(|field| &field.samples);
    let written = domain(value)?;
    // Another domain than the vendor's is the reader's own, for which the guide has an example.
    let words = vendor_words(known);
    let is_vendors = |domain: &str| words.iter().any(|word| domain.contains(word.as_str()));
    // Regions have numbers: `crm4.acme.example`.
    let letters = |domain: &str| domain.chars().filter(|c| !c.is_ascii_digit()).collect::<String>();
    let is_near = |sample: &&String| {
        let Some(right) = domain(sample).filter(|domain| is_vendors(domain)) else { return false };
        let slips = nearest::slips(&letters(&written), &letters(&right), MOST_SLIPS);
        // Countries and regions have endings of their own.
        let ending = |domain: &str| domain.rsplit('.').next().map(str::to_owned);
        slips.is_some_and(|slips| slips > 0)
            && ending(&written) == ending(&right)
            && written.matches('.').count() == right.matches('.').count()
    };
    let right = domain(samples.find(is_near)?)?;
    let help = format!("use `{right}`");
    Some(Misfit { problem: format!("has a misspelled domain: `{written}`"), help })
}

/// The host of the vendor's pages for people where the guide prints that of its API: `login.acme.example` for
/// `api.acme.example`.
fn other_service(installation: &Installation, name: &str, value: &str) -> Option<Misfit> {
    let fields = installation.contract.iter().flat_map(|known| known.contract.descriptions());
    let mut samples = fields.filter(|field| is_called(field, name)).flat_map(|field| &field.samples);
    let written = labels(value);
    let (own, rest) = written.split_first()?;
    // Regions and countries have hosts and domains of their own: `apieu`, `acme.de`.
    let is_of = |kind: &str, label: &str, in_region: bool| {
        label.strip_prefix(kind).is_some_and(|region| region.len() <= LONGEST_REGION && region.is_empty() != in_region)
    };
    let is_other = |sample: &String| {
        let labels = labels(sample);
        let Some((first, others)) = labels.split_first() else { return false };
        let in_region = first != "api";
        is_of("api", first, in_region)
            && PAGES.iter().any(|page| is_of(page, own, in_region))
            && vendor(others).is_some_and(|own| vendor(rest) == Some(own))
    };
    samples.find(|sample| is_other(sample))?;
    Some(Misfit {
        problem: format!("has the host of other pages: `{own}`"),
        help: "use the host of the API".to_owned(),
    })
}

/// The words of the first part of a host in another order than in one that the guide prints: `api-eu` for `eu-api`.
fn shuffled_host(installation: &Installation, name: &str, value: &str) -> Option<Misfit> {
    let written = labels(value);
    let (own, rest) = written.split_first().filter(|(own, rest)| own.contains('-') && !rest.is_empty())?;
    let fields = installation.contract.iter().flat_map(|known| known.contract.descriptions());
    let samples = fields.filter(|field| is_called(field, name)).flat_map(|field| &field.samples);
    let samples: Vec<Vec<String>> = samples.map(|sample| labels(sample)).collect();
    let words = |label: &str| {
        let mut words: Vec<String> = label.split('-').map(str::to_owned).collect();
        words.sort_unstable();
        words
    };
    let is_shuffled = |sample: &&Vec<String>| sample[1..] == *rest && words(&sample[0]) == words(own);
    let right = samples.iter().find(is_shuffled).filter(|_| !samples.contains(&written))?.join(".");
    Some(Misfit { problem: format!("has an unknown host: `{}`", written.join(".")), help: format!("use `{right}`") })
}

/// The part of a host that is registered, before the ending of its country or kind.
fn vendor(labels: &[String]) -> Option<&str> {
    let is_kind = |label: &&String| matches!(label.as_str(), "co" | "com" | "org" | "net" | "gov" | "ac" | "edu");
    labels.iter().rev().skip(1).find(|label| !is_kind(label)).map(String::as_str)
}

/// The parts of the host of an address, in lowercase.
fn labels(address: &str) -> Vec<String> {
    let rest = address.split_once("://").map_or(address, |(_, rest)| rest);
    let host = rest.split(['/', ':', '?', '#']).next().unwrap_or_default();
    host.split('.').map(str::to_ascii_lowercase).collect()
}

/// The domain after the first part of a host, in lowercase.
fn domain(address: &str) -> Option<String> {
    let host = labels(address).join(".");
    let (_, domain) = host.split_once('.').filter(|(own, domain)| !own.is_empty() && domain.contains('.'))?;
    (domain.len() >= SHORTEST_DOMAIN).then(|| domain.to_owned())
}

/// The fields whose form the guide describes, by the names that a configuration may give them.
fn described(installation: &Installation) -> HashMap<String, &Field> {
    let fields = installation.contract.iter().flat_map(|known| known.contract.descriptions());
    let described = fields.filter(|field| field.form.is_some());
    let mut found = HashMap::new();
    for field in described {
        for name in [&field.name.value, &field.key] {
            found.entry(fold(name)).or_insert(field);
        }
    }
    found
}

/// Whether a property is named after a whole site, whose address has no query.
fn is_site(name: &str) -> bool {
    let folded = fold(name);
    ["baseurl", "domain", "host", "hostname", "siteurl", "serverurl", "instanceurl", "apiurl"]
        .contains(&folded.as_str())
}

/// Whether the guide shows addresses for a property, none of them that of a page.
fn is_site_by_guide(installation: &Installation, name: &str) -> bool {
    let fields = installation.contract.iter().flat_map(|known| known.contract.descriptions());
    let own = fields.filter(|field| is_called(field, name));
    let mut samples = own.flat_map(|field| &field.samples).filter(|sample| sample.contains("://")).peekable();
    samples.peek().is_some() && !samples.any(|sample| is_page(sample))
}

/// Whether a value is the URL of a page for people: one with a query, or one where they sign in.
fn is_page(value: &str) -> bool {
    const PATHS: [&str; 6] = ["login", "signin", "sign-in", "logon", "dashboard", "settings"];
    let is_host = |first: &str| first.contains('.') && !first.contains(char::is_whitespace);
    let bare = || value.split('/').next().is_some_and(is_host).then_some(value);
    let Some(rest) = value.split_once("://").map(|(_, rest)| rest).or_else(bare) else { return false };
    let last = rest.trim_end_matches('/').rsplit_once('/').map_or("", |(_, last)| last);
    rest.contains(['?', '#']) || PATHS.iter().any(|path| path.eq_ignore_ascii_case(last))
}

/// Whether a value is the bare name of a host with nothing but a slash after it.
fn is_host_with_slash(value: &str) -> bool {
    let host = value.strip_suffix('/').filter(|host| host.contains('.'));
    let is_label = |label: &str| !label.is_empty() && label.bytes().all(|c| c.is_ascii_alphanumeric() || c == b'-');
    host.is_some_and(|host| host.split('.').all(is_label) && !host.ends_with(|c: char| c.is_ascii_digit()))
}

/// A value that looks like another kind of value than its name.
fn unexpected(look: Look, name: &str, span: Span) -> Finding {
    Finding::new(span, format!("unexpected {} in `{name}`", look.words()))
        .help("use only the value that the application shows")
}

/// The form that a property's own name implies: where the value is an address, one named after URLs has a scheme.
fn by_name(name: &str, value: &str, product: Option<&str>) -> Option<&'static Form> {
    let ends = |ends: &[&str]| ends.iter().any(|end| name.ends_with(end));
    let is_word = !value.contains(char::is_whitespace);
    if ends(&["Subdomain", "SubDomain"]) && is_whole_host(value, product) {
        return Some(&Form::Label);
    }
    if ends(&["HostName", "Hostname", "Subdomain", "SubDomain"]) {
        return Some(&Form::Name);
    }
    if ends(&["Email", "EmailAddress"]) {
        return Some(&Form::Email);
    }
    if is_port(name) {
        return Some(&Form::Number);
    }
    (ends(&["Url", "URL", "Uri", "URI"]) && value.contains('.') && is_word).then_some(&Form::Url)
}

/// Whether a name is that of a port of a network: goods and cables have others.
fn is_port(name: &str) -> bool {
    const BEFORE: [&str; 6] = ["host", "server", "proxy", "smtp", "sftp", "database"];
    let mut words = words(name).into_iter().rev();
    words.next().is_some_and(|last| last == "port") && words.next().is_none_or(|word| BEFORE.contains(&word.as_str()))
}

/// Whether a value is the whole host rather than the account's own part of it: it ends in a domain, or has the name of
/// the product after its first part.
fn is_whole_host(value: &str, product: Option<&str>) -> bool {
    let labels = labels(value);
    let is_ending = |label: &String| matches!(label.as_str(), "com" | "net" | "org" | "io" | "co" | "app" | "cloud");
    let product = product.map(fold).filter(|product| product.len() > 3);
    let names_product = |label: &String| product.as_ref().is_some_and(|product| fold(label) == *product);
    labels.len() > 2 && (labels.last().is_some_and(is_ending) || labels[1..].iter().any(names_product))
}
