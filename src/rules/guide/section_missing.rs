//! `guide/section-missing`

use std::collections::HashSet;

use crate::contract::{AuthKind, Level};
use crate::diagnostic::{Finding, Severity};
use crate::guide::words::{denies, words_of_clause};
use crate::guide::{BlockId, BlockKind, Guide, Heading, InlineKind, Section};
use crate::profile::{Evidence, GuideKind, SectionRole, fold};
use crate::rule::{Page, Rule};
use crate::source::Span;
use crate::workspace::Destination;

pub const RULE: Rule = Rule::guide("guide/section-missing", include_str!("section_missing.md"), check).warning();

/// Verbs of steps that lead to a connector, before its name.
const VERBS_OF_WAY: [&str; 6] = ["find", "locate", "search", "select", "install", "installing"];

/// What is said of the source of a value.
const OF_SOURCES: [&str; 6] = ["contact ", "find the", "generate", "obtain", "provided by", "retrieve"];

/// What the name of an address ends in, folded: whoever signs in knows it.
const ADDRESSES: [&str; 4] = ["domain", "url", "host", "hostname"];

/// Words for what a connector needs.
const OF_NEEDS: [&str; 9] =
    ["configuration", "enter", "need", "needed", "needs", "require", "required", "requires", "set"];

/// Beginnings of words in a sentence that sends the reader to another guide for the whole setup.
const OF_SETUP: [&str; 4] = ["authenticat", "set up", "setup", "install"];

/// Bytes before and after a link that are read with it.
const LONGEST_SENTENCE: usize = 300;

/// Bytes before a name in which the verb is looked for.
const LONGEST_PHRASE: usize = 32;

fn check(page: &Page<'_>, found: &mut Vec<Finding>) {
    let (guide, sections) = (page.guide, &page.profile.sections);
    // A page of pictures says nothing that could be read.
    let is_unread = guide.swallowed.is_some() || guide.text.as_str().trim().is_empty();
    if page.kind != GuideKind::Setup || is_unread || hands_over(page) {
        return;
    }
    let connector = page.contract.connector.as_ref().map_or("", |connector| connector.value.as_str());
    let names_platform = |heading: &str| {
        // "Authenticate the connector with the key": what comes after `with` identifies no section.
        let text = unnumbered(heading);
        let forms = std::iter::once(text).chain(text.split_once(" with ").map(|(name, _)| name));
        let mut roles = forms.filter_map(|form| sections.role(form, connector));
        roles.any(|role| matches!(role, SectionRole::Platform | SectionRole::Account))
    };
    let is_of_platform = |heading: &Heading| names_platform(&heading.text);
    // A heading alone does not make a section.
    let has_application = || {
        let is_filled = |section: &Section| {
            let heading = section.heading.map(|heading| &guide.headings[heading]);
            heading.is_some_and(|heading| !is_of_platform(heading) && !guide.is_empty_section(section))
        };
        guide.html_headings(guide.body).any(|heading| !names_platform(heading)) || guide.sections.iter().any(is_filled)
    };
    let missing = |name: &str, help: String| {
        Finding::new(place(guide), format!("missing section `{name}`")).here("title of the guide").help(help)
    };
    let has_platform = guide.headings.iter().any(is_of_platform) || guide.html_headings(guide.body).any(names_platform);
    if !leads_to_values(page) && !is_set_up_elsewhere(page) && !has_platform {
        let is_asked_for = |account: &str| asks_for_nothing(page) || page.platform_section() == account;
        let account = sections.account.as_ref().filter(|account| is_asked_for(&account.name));
        let (section, steps) = match account {
            Some(account) => (account, "install the connector"),
            None => (&sections.platform, "lead to the setup form"),
        };
        found.push(missing(&section.name, format!("add `## {}` with the steps that {steps}", section.name)));
    } else if !guide.headings.is_empty() && !has_application() && !asks_for_sign_in_only(page) {
        let name = sections.application.name.replace("{connector}", connector);
        found.push(match source(page) {
            // It is under another heading.
            Some(place) => Finding::new(place, format!("source of a value outside a section `{name}`"))
                .help(format!("move it to a section `## {name}`"))
                .severity(Severity::Info),
            None => missing(&name, format!("add `## {name}` with the source of each value")),
        });
    } else if !needs_nothing(page) {
        let mut headings = guide.headings.iter().filter(|heading| is_of_platform(heading)).map(|heading| heading.span);
        let value = page.contract.fields.first().and_then(|field| field.name.span);
        let first = headings.next();
        if let Some(place) = headings.next_back().or(first).or(value)
            && !leads_to_form(page, first.unwrap_or(place))
        {
            let way = page.profile.steps.reach.as_slice().first().map_or("setup form", String::as_str);
            let finding = Finding::new(place, "no steps to the form for the values");
            found.push(finding.help(format!("add the steps that lead there: through the `{way}`")));
        }
        found.extend(unsaved(page));
    }
}

/// Whether the platform's sections say that nothing is to be set up or entered there, in a guide without values.
fn needs_nothing(page: &Page<'_>) -> bool {
    let (guide, contract) = (page.guide, page.contract);
    let is_none = contract.auth.as_ref().is_some_and(|auth| auth.value == AuthKind::None);
    let says_so = |clause: &str| {
        let words: Vec<String> = words_of_clause(clause).map(str::to_lowercase).collect();
        let has = |wanted: &[&str]| words.iter().any(|word| wanted.contains(&word.as_str()));
        (has(&["no", "nothing"]) || words.iter().any(|word| denies(word))) && has(&OF_NEEDS)
    };
    let mut on_platform = guide.blocks.iter().filter(|block| page.platform.contains(block.text.start as usize));
    contract.fields.is_empty()
        && (is_none || on_platform.any(|block| guide.text_in(&block.text).split(['.', ',', ';', '\n']).any(says_so)))
}

/// Whether the guide asks for nothing itself, and another one of the site is the one for its setup.
fn hands_over(page: &Page<'_>) -> bool {
    let guide = page.guide;
    page.contract.fields.is_empty()
        && guide.links.iter().any(|link| {
            let leads_to_guide = || match page.site.destination(&link.target, &page.profile.site.hosts) {
                Destination::Page { page: other, .. } => {
                    other != page.site.this_page() && page.site.kind(other) == Some(GuideKind::Setup)
                }
                _ => false,
            };
            let at = link.text.start as usize;
            let near =
                guide.text.line_before(at, LONGEST_SENTENCE).start..guide.text.line_after(at, LONGEST_SENTENCE).end;
            let line = guide.text.as_str()[near].to_lowercase();
            OF_SETUP.iter().any(|word| line.contains(word)) && leads_to_guide()
        })
}

/// Steps that open the form, and none after the last of them that saves it.
fn unsaved(page: &Page<'_>) -> Option<Finding> {
    let (guide, steps) = (page.guide, &page.profile.steps);
    let verb = steps.save.split(' ').next().filter(|verb| !verb.is_empty() && page.legacy_step.is_none())?;
    let text = guide.text.as_str();
    let last = |phrase: &String| {
        let mut starts = guide.text.starts_of(phrase.split(' ').next()?);
        let at = starts.find(|at| text[*at..].starts_with(phrase.as_str()))?;
        Some(at..at + phrase.len())
    };
    let opens = steps.reach.as_slice().iter().filter_map(last).max_by_key(|opens| opens.start)?;
    let place = guide.text.span_of(opens.clone());
    let is_saved = guide.text.starts_of(verb).any(|after| after > opens.start) || is_submitted(page, place);
    let asks = page.contract.fields.iter().any(|field| field.name.span.is_some_and(|name| place.start < name.start));
    // An image may show the button.
    let has_image = guide.images.last().is_some_and(|image| place.start < image.span.start);
    (asks && !is_saved && !has_image).then(|| {
        Finding::new(place, "no step to save the values")
            .severity(Severity::Info)
            .help(format!("add the step `Select **{}**.`", steps.save))
    })
}

/// Whether a button is pressed after the last value that follows a place: "select **Next**".
fn is_submitted(page: &Page<'_>, form: Span) -> bool {
    let guide = page.guide;
    let values = page.contract.fields.iter().filter_map(|field| field.name.span).filter(|name| form.start < name.start);
    let Some(last) = values.max_by_key(|name| name.start) else { return false };
    let after = guide.inlines.iter().filter(|inline| inline.kind == InlineKind::Strong && last.end < inline.span.start);
    let is_pressed = |before: &str| {
        let before = before.trim_end().strip_suffix(" the").unwrap_or(before.trim_end());
        page.profile.interface.actions.iter().any(|action| {
            before
                .len()
                .checked_sub(action.len())
                .and_then(|at| before.get(at..))
                .is_some_and(|end| end.eq_ignore_ascii_case(action))
        })
    };
    after.into_iter().any(|label| {
        let at = label.text.start as usize;
        page.platform.contains(at) && is_pressed(&guide.text.as_str()[guide.text.line_before(at, LONGEST_PHRASE)])
    })
}

/// Whether the guide leads to the form for the values that it asks for, from the first heading of the platform on, or
/// whoever installs the connector is asked for them.
fn leads_to_form(page: &Page<'_>, heading: Span) -> bool {
    let (guide, profile) = (page.guide, page.profile);
    let fields = &page.contract.fields;
    let text = guide.text.searchable();
    let at_installation = || {
        fields.iter().any(|field| field.level == Level::Account)
            || profile.values.account_announcements.is_in(&text)
            || profile.steps.installation.is_in(&text)
    };
    let is_console_page = |label: &str| profile.console_pages.iter().any(|page| page == label);
    let names_page = || {
        let strong = guide.inlines.iter().filter(|inline| inline.kind == InlineKind::Strong);
        let on_platform = &page.platform;
        strong.into_iter().any(|label| {
            let at = label.text.start as usize;
            // A page further on in a path is one of what the path begins with.
            let is_first = !text.text()[guide.text.line_before(at, LONGEST_PHRASE)].trim_end().ends_with('>');
            on_platform.contains(at) && is_first && is_console_page(guide.text_in(&label.text).trim())
        })
    };
    let leads_to_connector = || {
        let names = profile.connector_phrases.names_in(&text);
        names.into_iter().any(|name| {
            let before = text.text()[guide.text.line_before(name.start, LONGEST_PHRASE)].trim_end();
            let is_verb = |word: &str| VERBS_OF_WAY.iter().any(|verb| verb.eq_ignore_ascii_case(word));
            let verb = before.strip_suffix(" the").and_then(|before| before.rsplit(' ').find(|word| *word != "for"));
            guide.text.span_of(name).start > heading.start && verb.is_some_and(is_verb)
        })
    };
    profile.steps.installation.as_slice().is_empty()
        || page.legacy_step.is_some()
        || profile.steps.reach.is_in(&text)
        || leads_to_connector()
        || at_installation()
        || names_page()
}

/// Whether the guide names no value and nothing that is obtained in the application, so that there is nothing to set.
fn asks_for_nothing(page: &Page<'_>) -> bool {
    let (guide, profile) = (page.guide, page.profile);
    let of_sign_in = profile.fields.iter().filter(|field| field.secret || field.auth.is_some());
    let endings: HashSet<String> =
        of_sign_in.filter_map(|field| Some(fold(field.name.split(' ').next_back()?))).collect();
    let text = guide.text.as_str();
    let mut words = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    let is_value = |word: &str| {
        let word = fold(word);
        let singular = word.strip_suffix('s').unwrap_or(&word);
        profile.values.general_words.contains(&word) || endings.contains(singular) || endings.contains(&word)
    };
    guide.links.is_empty() && guide.images.is_empty() && !words.any(is_value)
}

/// Whether the text leads to where values are entered, under whatever heading, or there are none to enter.
fn leads_to_values(page: &Page<'_>) -> bool {
    let contract = page.contract;
    let has_none = contract.auth.as_ref().is_some_and(|auth| auth.value == AuthKind::None);
    has_none
        || !contract.fields.is_empty()
        || page.legacy_step.is_some()
        || page.profile.steps.reach.is_in(&page.guide.text.searchable())
}

/// Whether the platform is what is set up, in the application: "set up Acme in your spreadsheet".
fn is_set_up_elsewhere(page: &Page<'_>) -> bool {
    let phrase = format!("set up {} in ", page.profile.name);
    let text = page.guide.text.as_str().as_bytes();
    let is_phrase = |at: usize| {
        text.get(at..at + phrase.len()).is_some_and(|written| written.eq_ignore_ascii_case(phrase.as_bytes()))
    };
    page.guide.text.starts_of("set").any(is_phrase)
}

/// The text on where a value is from.
fn source(page: &Page<'_>) -> Option<Span> {
    let guide = page.guide;
    let asked = page.contract.fields.iter().map(|field| &field.name.value);
    let known = page.profile.fields.iter().map(|field| &field.name);
    let names: Vec<String> = asked.chain(known).map(|name| name.to_lowercase()).collect();
    let is_text = |id: &BlockId| matches!(guide.blocks[*id].kind, BlockKind::Paragraph | BlockKind::Item(_));
    let mut texts = (0..guide.blocks.len()).filter(is_text);
    let block = texts.find(|id| {
        let text = guide.text.as_str()[guide.own_text(*id)].to_lowercase();
        OF_SOURCES.iter().any(|word| text.contains(word)) && names.iter().any(|name| text.contains(name))
    })?;
    Some(guide.blocks[block].span)
}

/// Whether the values are those that a user of the application signs in with, and where: nothing is set up there for
/// them.
fn asks_for_sign_in_only(page: &Page<'_>) -> bool {
    let fields = &page.contract.fields;
    let is_of_user = |name: &str| matches!(page.profile.evidence(name), Some(Evidence::User | Evidence::Password));
    let is_address = |name: &str| ADDRESSES.iter().any(|end| fold(name).ends_with(end));
    let is_known = |name: &str| is_of_user(name) || is_address(name);
    fields.iter().any(|field| is_of_user(&field.name.value)) && fields.iter().all(|field| is_known(&field.name.value))
}

/// A heading without the number that it begins with: `3. `.
fn unnumbered(heading: &str) -> &str {
    let rest = heading.trim_start_matches(|c: char| c.is_ascii_digit());
    rest.strip_prefix(". ").map_or(heading, str::trim_start)
}

/// The title: what is missing has no place of its own.
fn place(guide: &Guide) -> Span {
    guide.front_matter("title").map_or(guide.body.at_start(), |title| title.span)
}
