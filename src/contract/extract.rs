//! Reads a contract from a guide. What cannot be read is a gap; nothing is guessed.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use super::callback::HostKind;
use super::fields::Depth;
use super::{AuthKind, Contract, Field, Found, Gap, Level, auth, callback, fields, forms, mentioned, printed, scopes};
use crate::guide::{BlockId, BlockKind, Guide, Heading, Section};
use crate::profile::Profile;
use crate::scopes::Catalogues;
use crate::source::Span;
use crate::tree::Node;

/// The contract of a guide, by the conventions of `profile`.
pub fn extract(guide: &Guide, profile: &Profile, catalogues: &Catalogues) -> Contract {
    read(guide, profile, catalogues, Depth::WithForms).0
}

/// The contract of a guide without the forms of its values, which no rule about the guide looks at.
pub fn extract_names(guide: &Guide, profile: &Profile, catalogues: &Catalogues) -> Contract {
    read(guide, profile, catalogues, Depth::Names).0
}

/// The contract, and the values that only paragraphs ask for, which are not a list of values.
fn read(guide: &Guide, profile: &Profile, catalogues: &Catalogues, depth: Depth) -> (Contract, Vec<Field>) {
    let permalink = guide.front_matter("permalink").and_then(|node| text(guide, node));
    let connector = connector(guide, profile);
    let asked = fields::asked(guide, profile, connector.as_ref().map(|found| found.value.as_str()), depth);
    let (fields, in_prose) = if asked.in_prose { (Vec::new(), asked.fields) } else { (asked.fields, Vec::new()) };
    // An example of the URL may be before it.
    let is_example =
        |url: &callback::Mention| HostKind::of(profile, &url.text[url.host.clone()]) != HostKind::Placeholder;
    let callback = callback::mentions(guide, profile).into_iter().min_by_key(is_example);
    let scopes = scopes::scopes(guide, profile, catalogues, permalink.as_ref().map(|found| found.value.as_str()));
    let text = guide.text.searchable();
    let asks_later = profile.values.optional.later.is_in(&text)
        || fields.is_empty() && profile.values.account_announcements.is_in(&text);
    let mut contract = Contract {
        connector,
        permalink,
        auth: None,
        states_auth: false,
        needs_auth: false,
        grant: None,
        callback: callback.map(|mention| Found {
            value: mention.template(guide),
            line: guide.source.line(mention.span.start),
            span: Some(mention.span),
        }),
        fields,
        scopes: scopes.tokens,
        optional_scopes: scopes.optional,
        scope_labels: scopes.labels,
        mentioned: Vec::new(),
        described: Vec::new(),
        passed: BTreeMap::new(),
        printed: BTreeSet::new(),
        pages: BTreeSet::new(),
        joint: forms::joint(guide.text.as_str()),
        asks_later,
        gaps: scopes.gaps,
    };
    sign_in(guide, profile, &mut contract);
    if contract.is_oauth() {
        fields::name_for_oauth(&mut contract.fields, profile);
    }
    let several = profile.auth.several.first_in(&guide.text.searchable());
    let beside = || ways_beside(guide).or_else(|| ways_in_bullets(guide, profile, &contract.fields));
    let beside = if several.is_none() { beside() } else { None };
    let span = several.map(|range| guide.text.span_of(range)).or(beside);
    let reason = match (&contract.auth, &span) {
        (None, _) => Some("no kind of authentication in the guide"),
        (Some(_), Some(_)) => Some("several kinds of authentication in the guide"),
        _ => None,
    };
    if let Some(reason) = reason {
        contract.gaps.push(Gap { fact: "auth", reason: reason.into(), span });
    }
    contract.grant = auth::grant(guide, profile, &contract);
    if contract.grant.is_none() && contract.auth.as_ref().is_some_and(|auth| auth.value == AuthKind::OAuth2) {
        contract.gaps.push(Gap { fact: "grant", reason: "no OAuth 2.0 grant in the guide".into(), span: None });
    }
    if contract.fields.is_empty() && contract.auth.as_ref().is_none_or(|auth| auth.value != AuthKind::None) {
        contract.gaps.push(Gap { fact: "fields", reason: "no values to enter in the guide".into(), span: None });
    }
    (contract, in_prose)
}

/// Last words of headings of a part about signing in with a key or a password.
const KEYS: &[&str] = &["key", "token", "password", "pat"];

/// First words of headings about getting a value, which may be one of several that are needed together.
const GETS: &[&str] = &[
    "get", "getting", "obtain", "obtaining", "create", "creating", "generate", "generating", "find", "finding",
    "retrieve", "retrieving", "copy", "add", "locate", "enable", "request",
];

/// The second of two headings beside each other that are about signing in by OAuth and with a key: the reader chooses.
fn ways_beside(guide: &Guide) -> Option<Span> {
    let words = |heading: &Heading| -> Vec<String> {
        let words = heading.text.split(|c: char| !c.is_alphanumeric() && c != '.').filter(|word| !word.is_empty());
        let mut words: Vec<String> = words.map(str::to_lowercase).collect();
        words.pop_if(|last| matches!(last.as_str(), "authentication" | "auth" | "setup" | "installation"));
        words
    };
    let by_oauth = |words: &[String]| {
        let last = words.iter().rev().find(|word| !matches!(word.as_str(), "2" | "2.0"));
        last.is_some_and(|last| matches!(last.as_str(), "oauth" | "oauth2" | "oauth2.0"))
    };
    let gets = |words: &[String]| words.first().is_some_and(|first| GETS.contains(&first.as_str()));
    let by_key = |words: &[String]| !gets(words) && words.last().is_some_and(|last| KEYS.contains(&last.as_str()));
    let of_section = |section: &Section| Some((section.parent, words(&guide.headings[section.heading?])));
    let all: Vec<_> = guide.sections.iter().filter_map(|section| Some((section, of_section(section)?))).collect();
    let with_oauth: HashSet<Option<usize>> =
        all.iter().filter(|(_, (_, own))| by_oauth(own)).map(|(_, (parent, _))| *parent).collect();
    let (section, _) = all.iter().find(|(_, (parent, own))| by_key(own) && with_oauth.contains(parent))?;
    Some(guide.headings[section.heading?].span)
}

/// The name of the first value below the second of two bullets that ask for the values of different kinds, each in a table.
fn ways_in_bullets(guide: &Guide, profile: &Profile, fields: &[Field]) -> Option<Span> {
    let parent = |block: BlockId| guide.blocks[block].parent();
    let table = |field: &Field| {
        let is_table = |block: &BlockId| matches!(guide.blocks[*block].kind, BlockKind::Table { .. });
        guide.blocks_around(field.name.span?).filter(is_table).max()
    };
    let mut kinds: HashMap<BlockId, AuthKind> = HashMap::new();
    let mut tables = fields.chunk_by(|one, next| table(one) == table(next));
    let second = tables.find(|fields| {
        let bullet = table(&fields[0]).and_then(parent);
        let bullet = bullet.filter(|block| guide.blocks[*block].item().is_some_and(|item| item.written.is_none()));
        let kind = auth::by_fields(profile, fields).map(|found| found.value);
        let Some((list, kind)) = bullet.and_then(parent).zip(kind) else { return false };
        *kinds.entry(list).or_insert(kind) != kind
    })?;
    second[0].name.span
}

/// The contract of a guide with the values that it names in passing: what a configuration is held against.
pub fn extract_all(guide: &Guide, profile: &Profile, catalogues: &Catalogues) -> Contract {
    let (mut contract, in_prose) = read(guide, profile, catalogues, Depth::WithForms);
    pass(guide, profile, in_prose, &mut contract);
    let told = fields::told(guide, profile);
    contract.mentioned = mentioned::mentioned(guide, profile, &contract.fields, &told);
    let connector = contract.connector.as_ref().map(|found| found.value.as_str());
    contract.printed = printed::printed(guide);
    contract.described = fields::described(guide, profile, connector, &contract.fields, told);
    contract.pages = printed::pages(guide, &contract);
    contract
}

/// Adds the kind of authentication, by the fields, and whether the guide states it.
fn sign_in(guide: &Guide, profile: &Profile, contract: &mut Contract) {
    contract.auth = auth::auth(guide, profile, contract);
    contract.states_auth = contract.auth.as_ref().is_some_and(|auth| auth::is_stated(guide, profile, auth.value));
    // The permissions of a user or a key are not scopes of an OAuth client.
    let has_client = !matches!(&contract.auth, Some(auth) if matches!(auth.value, AuthKind::ApiKey | AuthKind::Basic));
    let has_scopes = !contract.scopes.is_empty() || !contract.scope_labels.is_empty();
    contract.gaps.retain(|gap| gap.fact != "scopes" || has_client || has_scopes);
}

/// Adds the user name and the password that a guide without a list of values speaks of: they are those of Basic
/// authentication.
fn pass(guide: &Guide, profile: &Profile, in_prose: Vec<Field>, contract: &mut Contract) {
    let passed = fields::passed::passed(guide, profile);
    let is_unknown = contract.fields.is_empty();
    let fields = if is_unknown { fields::passed::fields(guide, profile, &passed) } else { Vec::new() };
    let as_password = fields::passed::as_password(guide, &passed);
    contract.passed = fields::passed::sources(passed);
    if !fields.is_empty() {
        contract.fields = fields;
        // The list of values stays open: the sentence names no others.
        if contract.auth.is_none() {
            contract.gaps.retain(|gap| gap.fact != "auth");
        }
        sign_in(guide, profile, contract);
    }
    let says_more = contract.fields.is_empty()
        && !contract.states_auth
        && contract.callback.is_none()
        && contract.gaps.iter().all(|gap| gap.fact != "auth");
    let kind = contract.auth.as_ref().filter(|_| says_more).map(|auth| auth.value);
    if let Some(basic) = as_password.filter(|_| kind == Some(AuthKind::ApiKey)) {
        // The key goes with a user name.
        (contract.auth, contract.needs_auth) = (Some(basic), true);
    } else {
        contract.needs_auth = kind.is_some_and(|kind| auth::is_needed(guide, profile, kind));
    }
    if contract.fields.is_empty() && contract.passed.is_empty() {
        need(guide, profile, in_prose, contract);
    }
}

/// Adds the values that a guide without a list of values to enter says the connector needs: none of them is owed, and the
/// list stays open. The client of OAuth is entered in the console.
fn need(guide: &Guide, profile: &Profile, in_prose: Vec<Field>, contract: &mut Contract) {
    let kind = contract.auth.as_ref().map(|auth| auth.value);
    if kind == Some(AuthKind::None) || contract.has_several_ways() {
        return;
    }
    let level = if contract.is_oauth() { Level::Console } else { Level::Account };
    let connector = contract.connector.as_ref().map(|found| found.value.as_str());
    let mut needed = fields::needed::needed(guide, profile, connector, level);
    if needed.is_empty() {
        needed = in_prose;
    }
    let mut secrets = needed.iter_mut().filter(|field| field.secret);
    if let (Some(key), None) = (secrets.next(), secrets.next()) {
        key.form = key.form.take().or_else(|| forms::scheme_of_key(guide));
    }
    let has_password = needed.iter().any(|field| field.key == "Password");
    let has_other_secret = needed.iter().any(|field| field.secret && field.key != "Password");
    let fits = match kind {
        Some(AuthKind::Basic) => has_password && !has_other_secret,
        Some(AuthKind::ApiKey) => needed.iter().any(|field| field.secret),
        _ => true,
    };
    if contract.is_oauth() {
        fields::name_for_oauth(&mut needed, profile);
    }
    // What another name of the client's identifier stands for is not certain.
    let is_client = |field: &Field| matches!(field.key.as_str(), "ClientId" | "ClientSecret");
    let is_certain = !contract.is_oauth() || needed.iter().filter(|field| field.secret).all(is_client);
    if fits && is_certain {
        contract.fields = needed;
    }
}

/// The connector's name: the title without what the house style puts around it.
fn connector(guide: &Guide, profile: &Profile) -> Option<Found<String>> {
    let found = text(guide, guide.front_matter("title")?)?;
    Some(Found { value: profile.connector_of_title(&found.value).to_owned(), ..found })
}

fn text(guide: &Guide, node: &Node) -> Option<Found<String>> {
    let value = node.as_str()?.to_owned();
    Some(Found { value, line: guide.source.line(node.span.start), span: Some(node.span) })
}
