//! The kind of authentication that a guide describes: by its callback URL, its fields, its words.

use std::ops::Range;

use super::fields::all_sentences;
use super::{AuthKind, Contract, Field, Found, Grant, callback};
use crate::guide::Guide;
use crate::guide::words::{denies, words_of_clause};
use crate::profile::{Evidence, Phrases, Profile, fold};

/// The kind of authentication; `None` if the guide does not specify it.
///
/// `contract` holds what else was read.
pub(super) fn auth(guide: &Guide, profile: &Profile, contract: &Contract) -> Option<Found<AuthKind>> {
    let says = |kind| names(guide, profile, kind);
    let mut fields = by_fields(profile, &contract.fields);
    // Vendors call the client of OAuth 2.0 a consumer too. OAuth 1 calls back as well: the names of the fields distinguish
    // the versions where the guide does not.
    if let Some(first) = fields.as_mut().filter(|found| found.value == AuthKind::OAuth1) {
        let is_second =
            says(AuthKind::OAuth2) && !says(AuthKind::OAuth1) && !leaves_out(guide, profile, AuthKind::OAuth2);
        if !is_second {
            return fields;
        }
        first.value = AuthKind::OAuth2;
    }
    let by_words = by_words(guide, profile);
    // A guide that names only OAuth 1 means OAuth 1.
    let is_first = by_words.as_ref().is_some_and(|found| found.value == AuthKind::OAuth1);
    if is_first && !says(AuthKind::OAuth2) {
        return by_words;
    }
    let callback = contract.callback.as_ref();
    let callback = callback.map(|url| Found { value: AuthKind::OAuth2, line: url.line, span: url.span });
    let by_words = by_words.filter(|found| fits_fields(guide, profile, found.value, &contract.fields));
    callback.or_else(|| by_password_grant(guide, profile)).or(fields).or(by_words)
}

/// Whether words for a kind may be about the values that the guide asks for: with a secret of another kind among them, only
/// if a sentence says that the connector uses it.
fn fits_fields(guide: &Guide, profile: &Profile, kind: AuthKind, fields: &[Field]) -> bool {
    let shows = |field: &Field| {
        let is_client = profile.field(&field.name.value).is_some_and(|known| known.oauth.is_some());
        let evidence = profile.evidence(&field.name.value).filter(|evidence| *evidence != Evidence::User);
        evidence.is_some() || is_client && matches!(kind, AuthKind::OAuth1 | AuthKind::OAuth2)
    };
    !fields.iter().any(|field| field.secret) || fields.iter().any(shows) || is_stated(guide, profile, kind)
}

/// OAuth 2.0 by the name of the grant whose values are those of Basic authentication.
fn by_password_grant(guide: &Guide, profile: &Profile) -> Option<Found<AuthKind>> {
    let text = guide.text.searchable();
    let mut grants = profile.auth.grants.iter().filter(|grant| grant.grant == Grant::PasswordCredentials);
    let place = grants.find_map(|grant| grant.any.first_in(&text))?;
    let span = guide.text.span_of(place);
    Some(Found { value: AuthKind::OAuth2, line: guide.source.line(span.start), span: Some(span) })
}

/// What sentences call the choice of a grant (RFC 6749, section 1.3).
const TYPES: &[&str] = &["grant type", "grant_type"];

/// The OAuth 2.0 grant: by its name, or by a callback URL, which only one grant has; `None` where the guide does not
/// show, or shows both.
pub(super) fn grant(guide: &Guide, profile: &Profile, contract: &Contract) -> Option<Found<Grant>> {
    contract.auth.as_ref().filter(|auth| auth.value == AuthKind::OAuth2)?;
    let text = guide.text.searchable();
    let found = |value, range| {
        let span = guide.text.span_of(range);
        Found { value, line: guide.source.line(span.start), span: Some(span) }
    };
    let is_choice = |sentence: &Range<usize>| {
        let sentence = &guide.text.as_str()[sentence.clone()];
        let lower = sentence.to_ascii_lowercase();
        TYPES.iter().any(|words| lower.contains(words)) && !is_left_out(sentence)
    };
    let choices: Vec<Range<usize>> = all_sentences(guide).filter(is_choice).collect();
    let chosen = |types: &Phrases| {
        let mut places = choices.iter().filter_map(|sentence| {
            let place = types.first_in(&guide.text.searchable_in(sentence.clone()))?;
            Some(sentence.start + place.start..sentence.start + place.end)
        });
        places.next()
    };
    let named = profile.auth.grants.iter();
    let named =
        named.filter_map(|grant| Some(found(grant.grant, grant.any.first_in(&text).or_else(|| chosen(&grant.types))?)));
    let url =
        contract.callback.iter().map(|url| Found { value: Grant::AuthorisationCode, line: url.line, span: url.span });
    let mut announced = profile.callback.announcements.find_in(&text).into_iter().map(|(_, range)| range);
    let announced = announced.find(|range| !callback::is_denied(guide, range));
    let announced = announced.map(|range| found(Grant::AuthorisationCode, range));
    let all: Vec<Found<Grant>> = named.chain(url).chain(announced).collect();
    let first = all.first()?;
    all.iter().all(|other| other.value == first.value).then(|| first.clone())
}

/// The kind that the fields together identify: keys without a password are an API key, a user with a password and
/// no key is Basic; both together are the connector's own fields.
pub(super) fn by_fields(profile: &Profile, fields: &[Field]) -> Option<Found<AuthKind>> {
    let known: Vec<_> = fields.iter().filter_map(|field| Some((profile.evidence(&field.name.value)?, field))).collect();
    let first = |wanted: Evidence| known.iter().find(|(evidence, _)| *evidence == wanted).map(|(_, field)| *field);
    let found = |kind, field: &Field| Found { value: kind, line: field.name.line, span: field.name.span };
    let (key, password) = (first(Evidence::Key), first(Evidence::Password));
    if let Some(field) = first(Evidence::OAuth2) {
        return Some(found(AuthKind::OAuth2, field));
    }
    if let Some(field) = first(Evidence::OAuth1) {
        return Some(found(AuthKind::OAuth1, field));
    }
    match (key, first(Evidence::User), password) {
        (Some(key), None, None) => Some(found(AuthKind::ApiKey, key)),
        (None, Some(user), Some(_)) => Some(found(AuthKind::Basic, user)),
        // The user name holds a key.
        (None, Some(user), None) if fold(&user.name.value) == "username" => Some(found(AuthKind::Basic, user)),
        (Some(field), _, _) => Some(found(AuthKind::AuthFields, field)),
        _ => None,
    }
}

/// Words of sentences that leave out what they name, besides those that deny.
const LEAVES_OUT: &[&str] = &[
    "clear", "cleared", "deselect", "future", "later", "longer", "no", "soon", "uncheck", "unlike", "untick", "without",
];

/// Whether a sentence leaves out what it names: "Clear **Client Credentials** under **Grant Types**."
fn is_left_out(sentence: &str) -> bool {
    words_of_clause(sentence).map(str::to_lowercase).any(|word| denies(&word) || LEAVES_OUT.contains(&word.as_str()))
}

/// Whether a sentence that names a kind leaves it out.
fn leaves_out(guide: &Guide, profile: &Profile, kind: AuthKind) -> bool {
    let Some(surest) = surest(profile, kind) else { return false };
    let named = |sentence: &Range<usize>| surest.first_in(&guide.text.searchable_in(sentence.clone())).is_some();
    all_sentences(guide).filter(named).any(|sentence| is_left_out(&guide.text.as_str()[sentence]))
}

/// The first words for a kind, which are the surest.
fn surest(profile: &Profile, kind: AuthKind) -> Option<&Phrases> {
    profile.auth.phrases.iter().find(|phrases| phrases.kind == kind).map(|phrases| &phrases.any)
}

/// Whether a guide names a kind, by the surest words for it.
fn names(guide: &Guide, profile: &Profile, kind: AuthKind) -> bool {
    surest(profile, kind).is_some_and(|surest| surest.first_in(&guide.text.searchable()).is_some())
}

/// Whether a sentence says that the connector uses a kind of authentication, and no sentence that it uses another one.
pub(super) fn is_stated(guide: &Guide, profile: &Profile, kind: AuthKind) -> bool {
    let (text, searchable) = (guide.text.as_str(), guide.text.searchable());
    let says = |place: Range<usize>| {
        let leads = ["uses ", "uses HTTP ", "requires ", "requires HTTP "];
        let is_use = leads.iter().any(|lead| text[..place.start].ends_with(lead));
        let ends = [" authentication", " auth"];
        let is_kind = ends
            .iter()
            .any(|end| text[place.clone()].to_ascii_lowercase().ends_with(end) || text[place.end..].starts_with(end));
        is_use && is_kind
    };
    let mut stated = profile
        .auth
        .phrases
        .iter()
        .filter(|phrases| phrases.any.find_in(&searchable).into_iter().any(|(_, place)| says(place)));
    let first = stated.next();
    first.is_some_and(|first| first.kind == kind) && stated.all(|other| other.kind == kind)
}

/// Words right before the values that a connector cannot do without ...
const NEEDS: &[&str] = &["need", "needs", "require", "requires", "uses"];

/// ... right after them, ...
const NEEDED: &[&str] = &[" is needed", " are needed", " is required", " are required"];

/// ... and between.
const ARTICLES: &[&str] = &["a", "an", "the", "your", "its", "is", "valid"];

/// Words that make a need one of several, or none.
const OPEN: &[&str] = &["not", "t", "no", "without", "only", "if", "either", "or", "optional", "instead"];

/// The longest name of a value, in words.
const LONGEST_NAME: usize = 3;

/// Whether a sentence says that the connector needs the values of a kind of authentication, and the guide speaks of no
/// others.
pub(super) fn is_needed(guide: &Guide, profile: &Profile, kind: AuthKind) -> bool {
    let evidence: &[Evidence] = match kind {
        AuthKind::ApiKey => &[Evidence::Key],
        AuthKind::Basic => &[Evidence::User, Evidence::Password],
        _ => return false,
    };
    let (text, searchable) = (guide.text.as_str(), guide.text.searchable());
    let (own, others): (Vec<_>, Vec<_>) = profile.auth.phrases.iter().partition(|phrases| phrases.kind == kind);
    let places: Vec<Range<usize>> =
        own.iter().flat_map(|phrases| phrases.any.find_in(&searchable)).map(|(_, place)| place).collect();
    let is_need = |sentence: &Range<usize>, place: &Range<usize>| {
        let is_article = |word: &&str| ARTICLES.contains(word) || word.starts_with(char::is_uppercase);
        let lead = text[sentence.start..place.start].split_whitespace().rev().find(|word| !is_article(word));
        let (lead, rest) = (lead.is_some_and(|word| NEEDS.contains(&word)), &text[place.end..sentence.end]);
        // "The API key feature" is another thing, and what follows a comma another value.
        let is_whole = rest.starts_with('.')
            || rest.trim_end().is_empty()
            || [" to ", " for authentication", " from "].iter().any(|next| rest.starts_with(next));
        lead && is_whole || NEEDED.iter().any(|words| rest.starts_with(words))
    };
    let says = |sentence: Range<usize>| {
        let words: Vec<&str> = text[sentence.clone()].split(|c: char| !c.is_alphanumeric()).collect();
        let has = |list: &[&str]| words.iter().any(|word| list.iter().any(|known| known.eq_ignore_ascii_case(word)));
        let mut inside = places.iter().filter(|place| sentence.start <= place.start && place.end <= sentence.end);
        has(&["connector", "authenticate", "authentication"])
            && !has(OPEN)
            && inside.any(|place| is_need(&sentence, place))
    };
    let speaks_of_others = |sentence: Range<usize>| {
        let words = text[sentence].split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
        let words: Vec<&str> = words.collect();
        let mut names = (1..=LONGEST_NAME).flat_map(|length| words.windows(length).map(|name| name.join(" ")));
        names.any(|name| profile.evidence(&name).is_some_and(|found| !evidence.contains(&found)))
    };
    let signs_in_elsewhere =
        || profile.callback.redirects.is_in(&searchable) || ["popup", "pop-up"].iter().any(|word| text.contains(word));
    others.iter().all(|phrases| phrases.any.first_in(&searchable).is_none())
        && !signs_in_elsewhere()
        && all_sentences(guide).any(says)
        && !all_sentences(guide).any(speaks_of_others)
}

/// The kind that the words of a guide without fields identify. The token of a consumer differs from an API key.
fn by_words(guide: &Guide, profile: &Profile) -> Option<Found<AuthKind>> {
    let found = profile.auth.phrases.iter().find_map(|phrases| {
        let range = phrases.any.first_in(&guide.text.searchable())?;
        let span = guide.text.span_of(range);
        Some(Found { value: phrases.kind, line: guide.source.line(span.start), span: Some(span) })
    })?;
    let has_consumer = || {
        let text = guide.text.as_str().to_lowercase();
        let mut consumer = profile.fields.iter().filter(|field| field.auth == Some(Evidence::OAuth1));
        consumer.any(|field| text.contains(&field.name.to_lowercase()))
    };
    (found.value != AuthKind::ApiKey || !has_consumer()).then_some(found)
}
