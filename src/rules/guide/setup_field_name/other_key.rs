//! A key under two names: that of the steps of the application, and that of the form.

use std::collections::BTreeMap;

use crate::contract::Field;
use crate::diagnostic::Finding;
use crate::guide::Guide;
use crate::profile::{Evidence, FieldName};
use crate::rule::{Page, PlatformText};

/// Where a name of the vocabulary is on a page.
#[derive(Default)]
struct Places {
    /// Its first place outside the sections of the platform.
    application: Option<usize>,
    on_platform: bool,
}

/// A key that is asked for under a name that only the platform's sections have, where the others have the name of another
/// key, which is not asked for.
pub(super) fn check(page: &Page<'_>, on_platform: &PlatformText) -> Option<Finding> {
    let is_key = |known: &&FieldName| known.auth == Some(Evidence::Key) && known.name.contains(' ');
    let keys: Vec<&FieldName> = page.profile.fields.iter().filter(is_key).collect();
    let known = |field: &Field| keys.iter().position(|key| key.key == field.key && !key.secret);
    let (field, asked) = page.contract.fields.iter().find_map(|field| Some((field, known(field)?)))?;
    let places = places(page.guide, &keys, on_platform);
    let shares = |key: &FieldName| key.name.split(' ').any(|word| keys[asked].name.split(' ').any(|own| own == word));
    let mut others = keys.iter().zip(&places).enumerate().filter(|(index, (key, _))| *index != asked && shares(key));
    let (other, at) =
        others.find_map(|(_, (key, places))| Some((key, places.application.filter(|_| !places.on_platform)?)))?;
    let span = field.name.span.filter(|_| places[asked].application.is_none())?;
    let message = format!("inconsistent field name: `{}` here, `{}` in the application", field.name.value, other.name);
    let place = page.guide.text.span_of(at..at + other.name.len());
    Some(Finding::new(span, message).label(place, "other name").help("use one name, or describe which value it is"))
}

/// Where each of some names is. Where one begins with another, the longest counts.
fn places(guide: &Guide, keys: &[&FieldName], on_platform: &PlatformText) -> Vec<Places> {
    let mut longest: BTreeMap<usize, usize> = BTreeMap::new();
    for (index, key) in keys.iter().enumerate() {
        for at in starts_of(guide, &key.name) {
            let known = longest.entry(at).or_insert(index);
            if keys[*known].name.len() < key.name.len() {
                *known = index;
            }
        }
    }
    let mut places: Vec<Places> = keys.iter().map(|_| Places::default()).collect();
    for (at, index) in longest {
        if on_platform.contains(at) {
            places[index].on_platform = true;
        } else {
            let first = &mut places[index].application;
            *first = Some(first.map_or(at, |first| first.min(at)));
        }
    }
    places
}

/// Where a name is in a text, whatever the case of its letters.
fn starts_of<'a>(guide: &'a Guide, name: &'a str) -> impl Iterator<Item = usize> + 'a {
    let text = guide.text.as_str();
    let first = name.split(' ').next().unwrap_or(name);
    guide.text.starts_of(first).filter(move |at| {
        let end = at + name.len();
        text.get(*at..end).is_some_and(|it| it.eq_ignore_ascii_case(name))
            && !text[end..].starts_with(char::is_alphanumeric)
    })
}
