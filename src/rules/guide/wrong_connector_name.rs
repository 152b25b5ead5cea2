//! `guide/wrong-connector-name`

mod copied;

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::ops::Range;

use crate::contract::{Found, bundle};
use crate::diagnostic::Finding;
use crate::guide::bare_urls::bare_urls;
use crate::profile::{fold, is_same};
use crate::rule::names::{is_alike, words};
use crate::rule::{Page, Rule};
use crate::source::Span;

pub const RULE: Rule =
    Rule::convention("guide/wrong-connector-name", include_str!("wrong_connector_name.md"), check).warning();

/// A name that is so often in a guide is another name of the connector.
const OFTEN: usize = 3;

/// Headings that are compared with each name: no page for people has more.
const MOST_HEADINGS: usize = 500;

/// What a connector is called after its name.
const CONNECTOR: &str = "connector";

/// What a value is from, after the name of an application.
const OF_SOURCES: [&str; 4] = ["account", "app", "application", "instance"];

/// Words in the longest name that is looked for.
const LONGEST_NAME: usize = 3;

/// Bytes before the word for a connector in which its name is looked for.
const LONGEST_NAME_BYTES: usize = 80;

/// Bytes on each side of a name in which a link may lead to its guide.
const NEAR: usize = 300;

/// Images that are looked at: copied ones come first, and no guide has more.
const MOST_IMAGES: usize = 500;

/// Words after the name of another application that show that an image is of it.
const SCREENS: [&str; 6] = ["console", "dashboard", "page", "portal", "screen", "settings"];

/// Shorter parts of a host are words of technology: `api`, `docs`.
const SHORTEST_HOST: usize = 5;

fn check(page: &Page<'_>, found: &mut Vec<Finding>) {
    let Some(connector) = &page.contract.connector else { return };
    links(page, connector, found);
    found.extend(in_images(page, connector));
    let mut seen: BTreeSet<usize> = BTreeSet::new();
    let text = page.guide.text.as_str();
    let mut checked: HashMap<&str, bool> = HashMap::new();
    for range in page.profile.connector_phrases.names_in(&page.guide.text.searchable()) {
        let name = &text[range.clone()];
        let may_be_own = || is_own(page, &connector.value, name) || is_frequent(page, name);
        let is_wrong = checked
            .entry(name)
            .or_insert_with(|| name != connector.value && (is_anothers(page, &connector.value, name) || !may_be_own()));
        if *is_wrong && !leads_to(page, &range) && !is_additional(page, connector, &range) {
            seen.insert(range.end);
            found.push(other_name(page.guide.text.span_of(range), connector, name));
        }
    }
    let is_wrong = |range: &Range<usize>| !leads_to(page, range) && !is_additional(page, connector, range);
    let others = on_platform(page, connector).into_iter().filter(is_wrong);
    for range in others.chain(copied::names(page, &connector.value)) {
        let name = &text[range.clone()];
        if !seen.insert(range.end) {
            continue;
        }
        found.push(other_name(page.guide.text.span_of(range), connector, name));
    }
}

/// The text of an image that begins with the name of another connector, which the rest of the page does not have: that of a
/// screen of it. Icons, buttons and logos of others are on the screens of an application.
fn in_images(page: &Page<'_>, connector: &Found<String>) -> Option<Finding> {
    let mut seen = BTreeSet::new();
    page.guide.images.iter().take(MOST_IMAGES).find_map(|image| {
        let alt = image.alt.as_deref()?.trim();
        let ends = alt.match_indices(' ').map(|(end, _)| end).take(LONGEST_NAME);
        let name = ends.map(|end| &alt[..end]).find(|name| {
            let first = name.split(' ').next().unwrap_or(name);
            // One word may be a word of the language.
            let is_product = page.profile.product_names.as_slice().iter().any(|own| own == name);
            let rest = alt[name.len()..].trim_start();
            let is_screen = SCREENS.contains(&rest.split(|c: char| !c.is_alphabetic()).next().unwrap_or_default());
            let is_address = name.contains(" dot ");
            // "Drop box page" is about a box.
            let is_upper = || name.split(' ').all(|word| word.starts_with(char::is_uppercase));
            let is_name = is_product || name.contains(' ') && (is_address || is_upper());
            is_name
                && (is_screen || is_address)
                && seen.insert(*name)
                && (is_known(page, name) || is_known(page, &name.replace(' ', "")))
                && page.guide.text.starts_of(first).next().is_none()
                && !is_own(page, &connector.value, &capitalized(name))
        })?;
        let finding = Finding::new(image.span, format!("alternative text about another connector: `{name}`"));
        Some(finding.help("describe what the image shows in this application"))
    })
}

fn other_name(place: Span, connector: &Found<String>, name: &str) -> Finding {
    let finding = Finding::new(place, format!("wrong connector name `{name}` in a guide about {}", connector.value))
        .help(format!("use `{}`", connector.value));
    finding.maybe_label(connector.span, "title")
}

/// Whether the clause around a name says that another connector is needed, too: "also install the Acme connector",
/// "install the Acme connector first".
fn is_additional(page: &Page<'_>, own: &Found<String>, name: &Range<usize>) -> bool {
    let (text, flat) = (page.guide.text.as_str(), &page.guide.text);
    let marks = ['.', ',', ';'];
    let before = text[flat.line_before(name.start, NEAR)].rsplit(marks).next().unwrap_or_default();
    let after = text[flat.line_after(name.end, NEAR)].split(marks).next().unwrap_or_default();
    let has = |clause: &str, wanted: &[&str]| {
        clause.split(' ').any(|word| wanted.iter().any(|other| word.eq_ignore_ascii_case(other)))
    };
    has(before, &["additionally", "also", "before", "both", "first"])
        || has(after, &["before", "first", "too", "well"])
        || before.contains(own.value.as_str())
        || after.trim_start().strip_prefix("connector and ").is_some_and(|rest| rest.contains(CONNECTOR))
}

/// Whether the sentence leads to the page about what it names: "see [how to set up the Acme connector](acme-connector)".
fn leads_to(page: &Page<'_>, name: &Range<usize>) -> bool {
    let guide = page.guide;
    let near = guide.text.line_before(name.start, NEAR).start..guide.text.line_after(name.end, NEAR).end;
    let wanted = fold(&guide.text.as_str()[name.clone()]);
    let first = guide.links.partition_point(|link| (link.text.start as usize) < near.start);
    let links = guide.links[first..].iter().take_while(|link| (link.text.start as usize) < near.end);
    links.into_iter().any(|link| {
        let is_here = |host: &String| link.target.contains(host.as_str());
        let is_own = !link.target.contains("://") || page.profile.site.hosts.iter().any(is_here);
        is_own && fold(&link.target).contains(&wanted)
    })
}

/// Whether a name is in the guide so often that it is another name of the connector.
fn is_frequent(page: &Page<'_>, name: &str) -> bool {
    let text = page.guide.text.as_str();
    page.guide.text.starts_of(name).filter(|at| text[*at..].starts_with(name)).take(OFTEN).count() == OFTEN
}

/// Whether `name` may be a name of the connector: it shares a word with the title, the permalink or a
/// heading, is short for one, or differs by a slip of the pen.
fn is_own(page: &Page<'_>, connector: &str, name: &str) -> bool {
    let permalink = page.contract.permalink.as_ref().map(|permalink| permalink.value.as_str());
    let headings = page.guide.headings.iter().map(|heading| heading.text.as_str());
    let mut own = [connector].into_iter().chain(permalink).chain(headings);
    let is_name = name.starts_with(char::is_uppercase) || name.starts_with(|c: char| c.is_ascii_digit());
    !is_name || page.guide.headings.len() > MOST_HEADINGS || own.any(|own| is_alike(own, name))
}

/// Whether another guide of the site is about just this name, though it shares words with this one: two
/// products of one vendor.
fn is_anothers(page: &Page<'_>, connector: &str, name: &str) -> bool {
    let (own, wanted) = (fold(connector), fold(name));
    if own.contains(&wanted) || wanted.contains(&own) {
        return false;
    }
    // The vendor's name is often left out of the permalink.
    let vendor = words(connector).zip(words(name)).take_while(|(own, other)| own == other).count();
    let words: Vec<String> = words(name).map(str::to_lowercase).collect();
    let suffix = &page.profile.guides.setup.suffix;
    let permalinks = [0, vendor].map(|start| format!("{}{suffix}", words[start..].join("-")));
    let mut pages = permalinks.iter().flat_map(|permalink| page.site.pages(permalink));
    pages.any(|head| head.file != page.site.this_page())
}

/// Other connectors of which guides are known, where the steps on the platform name them right before the word for a
/// connector, or only as the source of a value: "the key of your Acme account".
fn on_platform(page: &Page<'_>, connector: &Found<String>) -> Vec<Range<usize>> {
    let (text, flat) = (page.guide.text.as_str(), &page.guide.text);
    let is_source = |name: &Range<usize>| {
        let before = text[flat.line_before(name.start, LONGEST_NAME_BYTES)].strip_suffix(" your ");
        before.is_some_and(|before| before.ends_with(" of") || before.ends_with(" from"))
    };
    let mut found: Vec<Range<usize>> =
        OF_SOURCES.iter().flat_map(|word| named_before(page, connector, word)).filter(is_source).collect();
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for name in &found {
        *counts.entry(&text[name.clone()]).or_default() += 1;
    }
    counts.retain(|name, count| {
        flat.starts_of(name).filter(|at| text[*at..].starts_with(name)).take(*count + 1).count() == *count
    });
    found.retain(|name| counts.contains_key(&text[name.clone()]));
    found.extend(named_before(page, connector, CONNECTOR));
    found
}

/// The names of known connectors other than the page's own right before a word, in the steps on the platform.
fn named_before(page: &Page<'_>, connector: &Found<String>, word: &str) -> Vec<Range<usize>> {
    let (text, flat) = (page.guide.text.as_str(), &page.guide.text);
    let platform = &page.platform;
    let named = flat.starts_of(word).filter(|at| platform.contains(*at)).filter_map(|at| {
        let before = text[flat.line_before(at, LONGEST_NAME_BYTES)].strip_suffix(' ')?;
        let end = at - 1;
        // A name has an uppercase letter at each word, or a digit. The first word may begin the sentence: "Select
        // HubSpot ...".
        let is_of_name = |word: &&str| word.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit());
        let words = before.rsplit(' ').take_while(is_of_name).take(LONGEST_NAME);
        let starts = words.scan(at, |start, word| {
            *start -= word.len() + 1;
            Some(*start)
        });
        let starts: Vec<usize> = starts.collect();
        let start = starts.into_iter().rev().find(|start| is_known(page, &text[*start..end]))?;
        (!is_own(page, &connector.value, &text[start..end])).then_some(start..end)
    });
    named.collect()
}

/// A link to the host of another known connector that the text does not name, in a guide whose own connector is not in
/// the link. Some hosts serve the help of many vendors.
fn links(page: &Page<'_>, connector: &Found<String>, found: &mut Vec<Finding>) {
    let own: Vec<String> = words(&connector.value).map(fold).collect();
    let (text, flat) = (page.guide.text.as_str(), &page.guide.text);
    let bare = bare_urls(page.guide).map(|url| (url.text, url.span, url.range(), false));
    // "[Acme's documentation](https://acme.example)"
    let links = page.guide.links.iter().map(|link| {
        let is_lead = page.guide.text_in(&link.text).contains("documentation");
        let end = if is_lead { link.text.end } else { link.text.start };
        (link.target.as_str(), link.target_span, link.text.start as usize..end as usize, is_lead)
    });
    for (target, span, own_text, is_lead) in links.chain(bare) {
        let Some((_, rest)) = target.split_once("://") else { continue };
        let host = rest.split(['/', '?', '#', ':']).next().unwrap_or_default();
        let is_shared = |shared: &String| {
            host.strip_suffix(shared.as_str()).is_some_and(|rest| rest.is_empty() || rest.ends_with('.'))
        };
        let folded = fold(target);
        if page.profile.links.shared_hosts.iter().any(is_shared)
            || own.iter().any(|word| folded.contains(word.as_str()))
        {
            continue;
        }
        let labels = host.rsplit('.').skip(1).filter(|label| label.len() >= SHORTEST_HOST && *label != "example");
        // What the link is said to lead to right before it was copied with it.
        let lead = flat.line_before(own_text.start, LONGEST_NAME_BYTES);
        let clause = text[lead.clone()].rsplit([',', ';', '.']).next().unwrap_or_default();
        let is_lead = is_lead || clause.contains("documentation");
        // An address in the text is about a host, if it is not said to be documentation.
        if !is_lead && !own_text.is_empty() {
            continue;
        }
        let copied = own_text.start - if is_lead { clause.len() } else { 0 }..own_text.end;
        let is_named = |label: &str| {
            flat.starts_of(label).any(|name| !copied.contains(&name)) || is_own(page, &connector.value, label)
        };
        if let Some(other) = labels.into_iter().find(|label| is_known(page, label) && !is_named(&capitalized(label))) {
            let message = format!("link to the host of another connector, `{other}`");
            found.push(Finding::new(span, message).help("use the connector's documentation"));
        }
    }
}

/// Whether there is a guide for a connector with this name.
fn is_known(page: &Page<'_>, name: &str) -> bool {
    let suffix = &page.profile.guides.setup.suffix;
    let permalink = words(name).map(str::to_lowercase).collect::<Vec<_>>().join("-") + suffix;
    let is_product = || page.profile.product_names.as_slice().iter().any(|product| is_same(product, name));
    page.profile.is_builtin() && bundle::has(&permalink)
        || page.site.pages(&permalink).any(|head| head.file != page.site.this_page())
        || is_product()
}

fn capitalized(label: &str) -> String {
    let mut letters = label.chars();
    letters.next().into_iter().flat_map(char::to_uppercase).chain(letters).collect()
}
