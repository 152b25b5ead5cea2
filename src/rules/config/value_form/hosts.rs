//! Hosts: slips in the domain of the vendor, hosts of its other services, whole hosts where a part is asked for.

use super::given::Given;
use crate::config::{Misfit, is_host};
use crate::contract::Form;
use crate::nearest;
use crate::profile::fold;

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

/// What is wrong with the host in a value.
pub(super) fn misfit(given: &Given<'_>) -> Option<Misfit> {
    let may_be_host = || given.is_host() || ["site", "server"].contains(&given.folded.as_str());
    if is_host_with_slash(given.value) && may_be_host() {
        let (problem, help) = ("ends with a slash".to_owned(), "remove the trailing slash".to_owned());
        return Some(Misfit { problem, help });
    }
    if !given.value.contains('.') || given.has_references() {
        return None;
    }
    misspelled_domain(given).or_else(|| other_service(given)).or_else(|| shuffled(given)).or_else(|| separated(given))
}

/// Whether a value is an address, where none of the choices is one: what the interface shows may stand for a host.
pub(super) fn is_for_choice(value: &str, choices: &[String]) -> bool {
    let is_address = value.contains("://") || is_host(&value.to_lowercase());
    is_address && !choices.iter().any(|choice| choice.contains('.'))
}

/// The port after the name of a host that is asked for without one, where the guide asks for the port as well.
pub(super) fn port(form: &Form, given: &Given<'_>) -> Option<Misfit> {
    let (_, port) = given.value.rsplit_once(':').filter(|_| *form == Form::Host)?;
    let mut fields = given.installation.contract.iter().flat_map(|known| known.contract.descriptions());
    let is_port = !port.is_empty() && port.bytes().all(|c| c.is_ascii_digit());
    (is_port && fields.any(|field| field.key == "Port"))
        .then(|| Misfit { problem: "has a port".to_owned(), help: "give the port as `Port`".to_owned() })
}

/// Whether a value is the whole host rather than the account's own part of it: it ends in a domain, or has the name of
/// the product after its first part.
pub(super) fn is_whole(given: &Given<'_>) -> bool {
    let labels = labels(given.value);
    let product = Some(fold(given.product())).filter(|product| product.len() > 3);
    let names_product = |label: &String| product.as_ref().is_some_and(|product| fold(label) == *product);
    labels.len() > 2 && (is_host(&labels.join(".")) || labels[1..].iter().any(names_product))
}

/// A slip in the domain after the account's own part of a host that the guide prints: `acme.vendr.example`.
fn misspelled_domain(given: &Given<'_>) -> Option<Misfit> {
    let written = domain(given.value)?;
    if given.samples().any(|sample| domain(sample).as_ref() == Some(&written)) {
        return None;
    }
    // Another domain than the vendor's is the reader's own, for which the guide has an example.
    let words = given.product_words();
    let is_vendors = |domain: &str| words.iter().any(|word| domain.contains(word.as_str()));
    // Regions have numbers: `crm4.acme.example`.
    let letters = |domain: &str| domain.chars().filter(|c| !c.is_ascii_digit()).collect::<String>();
    let is_near = |sample: &&str| {
        let Some(right) = domain(sample).filter(|domain| is_vendors(domain)) else { return false };
        let slips = nearest::slips(&letters(&written), &letters(&right), MOST_SLIPS);
        // Countries and regions have endings of their own.
        let ending = |domain: &str| domain.rsplit('.').next().map(str::to_owned);
        slips.is_some_and(|slips| slips > 0)
            && ending(&written) == ending(&right)
            && written.matches('.').count() == right.matches('.').count()
    };
    let right = domain(given.samples().find(is_near)?)?;
    let help = format!("use `{right}`");
    Some(Misfit { problem: format!("has a misspelled domain: `{written}`"), help })
}

/// The host of the vendor's pages for people where the guide prints that of its API: `login.acme.example` for
/// `api.acme.example`.
fn other_service(given: &Given<'_>) -> Option<Misfit> {
    let written = labels(given.value);
    let (own, rest) = written.split_first()?;
    // Regions and countries have hosts and domains of their own: `apieu`, `acme.de`.
    let is_of = |kind: &str, label: &str, in_region: bool| {
        label.strip_prefix(kind).is_some_and(|region| region.len() <= LONGEST_REGION && region.is_empty() != in_region)
    };
    let is_other = |sample: &str| {
        let labels = labels(sample);
        let Some((first, others)) = labels.split_first() else { return false };
        let in_region = first != "api";
        is_of("api", first, in_region)
            && PAGES.iter().any(|page| is_of(page, own, in_region))
            && vendor(others).is_some_and(|own| vendor(rest) == Some(own))
    };
    given.samples().find(|sample| is_other(sample))?;
    Some(Misfit {
        problem: format!("has the host of other pages: `{own}`"),
        help: "use the host of the API".to_owned(),
    })
}

/// The words of the first part of a host in another order than in one that the guide prints: `api-eu` for `eu-api`. The
/// reader's own names may have the same words.
fn shuffled(given: &Given<'_>) -> Option<Misfit> {
    let written = labels(given.value);
    let (own, rest) = written.split_first().filter(|(own, rest)| own.contains('-') && !rest.is_empty())?;
    let samples: Vec<Vec<String>> = given.samples().map(labels).collect();
    let words = |label: &str| {
        let mut words: Vec<String> = label.split('-').map(str::to_owned).collect();
        words.sort_unstable();
        words
    };
    let of_vendor = own.split('-').any(|word| matches!(word, "api" | "sandbox"));
    let is_shuffled = |sample: &&Vec<String>| of_vendor && sample[1..] == *rest && words(&sample[0]) == words(own);
    let right = samples.iter().find(is_shuffled).filter(|_| !samples.contains(&written))?.join(".");
    Some(Misfit { problem: format!("has an unknown host: `{}`", written.join(".")), help: format!("use `{right}`") })
}

/// A host of the vendor's API that the guide prints with other separators: `eu.api` for `eu-api`. The reader's own names
/// have separators of their own.
fn separated(given: &Given<'_>) -> Option<Misfit> {
    let is_separator = |c: char| matches!(c, '.' | '-' | '_');
    let host = |address: &str| labels(address).join(".");
    let bare = |host: &str| host.replace(is_separator, "");
    let (written, words) = (host(given.value), given.product_words());
    let is_api = |host: &str| host.split(is_separator).any(|word| matches!(word, "api" | "sandbox"));
    let is_of_vendor = |host: &String| is_api(host) && words.iter().any(|word| host.contains(word.as_str()));
    let samples: Vec<String> = given.samples().map(host).filter(is_of_vendor).collect();
    let right = samples.iter().find(|sample| bare(sample) == bare(&written)).filter(|_| !samples.contains(&written))?;
    Some(Misfit { problem: format!("has an unknown host: `{written}`"), help: format!("use `{right}`") })
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

/// Whether a value is the bare name of a host with nothing but a slash after it.
fn is_host_with_slash(value: &str) -> bool {
    let host = value.strip_suffix('/').filter(|host| host.contains('.'));
    let is_label = |label: &str| !label.is_empty() && label.bytes().all(|c| c.is_ascii_alphanumeric() || c == b'-');
    host.is_some_and(|host| host.split('.').all(is_label) && !host.ends_with(|c: char| c.is_ascii_digit()))
}
