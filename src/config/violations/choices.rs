//! Properties that belong to one value of a choice, where the guide asks for other ones with each value.

use crate::config::installation::{Installation, Property};
use crate::config::is_called;
use crate::config::violations::{Violation, ViolationKind};
use crate::contract::{Field, When};
use crate::diagnostic::Severity;
use crate::profile::is_same;
use crate::tree::Node;

/// Whether all that the guide says of a property is for another choice than the configuration's.
pub(super) fn is_of_other(installation: &Installation, name: &str) -> bool {
    let fields = fields(installation).filter(|field| is_called(field, name));
    let mut owners = fields.map(|field| field.when.as_ref().filter(|when| is_other(installation, when))).peekable();
    owners.peek().is_some() && owners.all(|owner| owner.is_some())
}

/// Reports the properties that belong to another choice, each on its own. Where nothing belongs to the configured choice,
/// the choice is reported, and its values are not reported as missing.
pub(super) fn check(installation: &Installation, found: &mut Vec<Violation>) {
    if !fields(installation).any(|field| field.when.is_some()) {
        return;
    }
    let foreign: Vec<&Property> =
        installation.properties.iter().filter(|property| is_of_other(installation, &property.name.value)).collect();
    let owner = |property: &Property| {
        fields(installation).find(|field| is_called(field, &property.name.value)).and_then(|field| field.when.as_ref())
    };
    let Some((first, when)) = foreign.first().and_then(|first| Some((first, owner(first)?))) else { return };
    let Some((value, chosen)) = chosen(installation, &when.key) else { return };
    let wanted: Vec<&Field> = fields(installation).filter(|field| is_for(field, chosen)).collect();
    let is_given = |field: &&Field| {
        let mut properties = installation.properties.iter();
        properties.any(|property| is_called(field, &property.name.value))
            || field.secret && installation.has_credentials()
    };
    let warning = |kind, span| Violation { severity: Some(Severity::Warning), ..Violation::new(kind, span) };
    if wanted.iter().any(is_given) {
        let because = Some(format!("`{}` is `{chosen}`", when.key));
        let help = format!("remove it, or correct `{}`", when.key);
        let forbidden = |property: &&Property| {
            let (name, because, help) = (property.name.value.clone(), because.clone(), Some(help.clone()));
            warning(ViolationKind::Forbidden { name, because, help }, property.name.span)
        };
        found.extend(foreign.iter().map(forbidden));
        return;
    }
    let quoted = |values: &[String]| values.iter().map(|value| format!("`{value}`")).collect::<Vec<_>>().join(" or ");
    let because = Some(format!("`{}` is for {}", first.name.value, quoted(&when.values)));
    let help = Some(format!("use {}, or only the values for `{chosen}`", quoted(&when.values)));
    let is_wanted = |name: &str| wanted.iter().any(|field| field.key == name);
    found.retain(|violation| !violation.missing_name().is_some_and(|(name, _)| is_wanted(name)));
    found.push(warning(ViolationKind::Forbidden { name: chosen.to_owned(), because, help }, value.span));
}

fn fields(installation: &Installation) -> impl Iterator<Item = &Field> {
    installation.contract.iter().flat_map(|known| &known.contract.fields)
}

/// The value of a choice.
fn chosen<'a>(installation: &'a Installation, key: &str) -> Option<(&'a Node, &'a str)> {
    let property = installation.properties.iter().find(|property| is_same(&property.name.value, key))?;
    let value = property.value.as_ref()?;
    Some((value, value.as_str()?))
}

/// Whether a field belongs to a value of its choice.
fn is_for(field: &Field, chosen: &str) -> bool {
    let is_chosen = |value: &String| value.eq_ignore_ascii_case(chosen);
    field.when.as_ref().is_some_and(|when| when.values.iter().any(is_chosen))
}

/// Whether a configuration has another value of a choice, one that the guide names.
fn is_other(installation: &Installation, when: &When) -> bool {
    let Some((_, chosen)) = chosen(installation, &when.key) else { return false };
    let is_chosen = |values: &[String]| values.iter().any(|value| value.eq_ignore_ascii_case(chosen));
    let is_named =
        || fields(installation).filter_map(|field| field.when.as_ref()).any(|other| is_chosen(&other.values));
    !is_chosen(&when.values) && is_named()
}
