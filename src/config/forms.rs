//! Whether a value has the form that a guide describes.

use regex::Regex;

use crate::config::credentials::is_email;
use crate::config::references::outside;
use crate::config::{Address, References};
use crate::contract::Form;
use crate::nearest;

/// The most folders in the address of a site.
const MOST_FOLDERS: usize = 2;

/// What keeps a value from having a form: what is wrong with it, and what to do.
pub struct Misfit {
    /// What is wrong, to be said after the value's name.
    pub problem: String,
    /// What to do.
    pub help: String,
}

/// What keeps a value from having a form; `None` where it may have it. What references stand for is not judged.
pub fn misfit(form: &Form, value: &str, references: &References) -> Option<Misfit> {
    let value = value.trim();
    let open = references.open_parts(value);
    let is_closed = open.is_empty();
    if value.is_empty() || open.iter().any(|part| part.len() == value.len()) {
        return None;
    }
    let begins_open = open.first().is_some_and(|part| part.start == 0);
    let scheme = value.split_once("://").map(|(scheme, _)| scheme);
    match form {
        Form::Boolean => {
            let is_right = ["true", "false"].iter().any(|known| known.eq_ignore_ascii_case(value));
            (is_closed && !is_right).then(|| misfit_of("is neither `true` nor `false`", "use `true` or `false`"))
        }
        Form::OneOf(values) => {
            let is_right = values.iter().any(|known| known.eq_ignore_ascii_case(value));
            let known: Vec<String> = values.iter().map(|value| format!("`{value}`")).collect();
            (is_closed && !is_right)
                .then(|| misfit_of(&format!("cannot be `{value}`"), &format!("use {}", known.join(" or "))))
        }
        Form::Number => {
            let is_number = value.bytes().all(|byte| byte.is_ascii_digit());
            (is_closed && !is_number).then(|| misfit_of("is not a number", "use digits only"))
        }
        Form::Digits(expected) => {
            // Numbers are often shown in groups.
            let count = value.bytes().filter(u8::is_ascii_digit).count();
            let is_number = value.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b' ' | b'-'));
            let problem =
                if is_number { format!("has {count} digits, expected {expected}") } else { "is not a number".into() };
            (is_closed && !(is_number && count == *expected)).then(|| misfit_of(&problem, "copy the value again"))
        }
        Form::Email => (is_closed && !is_email_form(value))
            .then(|| misfit_of("is not an email address", "use the full email address")),
        Form::List(separator) => list(*separator, value).filter(|_| is_closed),
        Form::Host => host(value, scheme.is_some()).or_else(|| {
            let is_label = is_closed && !value.contains(['.', ':']) && !value.eq_ignore_ascii_case("localhost");
            is_label.then(|| misfit_of("is not a full host name", "use the whole name of the host"))
        }),
        Form::Name => host(value, scheme.is_some()),
        Form::Label => host(value, scheme.is_some()).or_else(|| {
            let is_host = is_closed && value.contains('.');
            // `shop.staging` ends in no domain.
            let problem = if value.matches('.').count() > 1 { "is a full host name" } else { "has more than one part" };
            is_host.then(|| misfit_of(problem, "use the part that the guide asks for"))
        }),
        Form::Url if value.starts_with('/') && !value.starts_with("//") => {
            Some(misfit_of("has no host", "use the whole URL, with `https://` and the host"))
        }
        Form::Url => (!has_scheme(value) && !begins_open).then(|| misfit_of("has no scheme", "start with `https://`")),
        Form::Site => misfit(&Form::Url, value, references).or_else(|| site(value).filter(|_| is_closed)),
        Form::Scheme(wanted) => {
            let is_right = begins_open || scheme.is_some_and(|scheme| scheme.eq_ignore_ascii_case(wanted));
            (!is_right).then(|| misfit_of(&format!("does not use `{wanted}`"), &format!("start with `{wanted}://`")))
        }
        Form::Origin => {
            let rest = scheme.map_or(value, |scheme| &value[scheme.len() + "://".len()..]);
            let path = rest.split_once('/').map(|(_, path)| path).unwrap_or_default();
            (!path.is_empty()).then(|| misfit_of("has a path", "end the URL after the host"))
        }
        Form::WithoutEnd(end) => {
            let bare = |text: &str| text.trim_matches('/').to_ascii_lowercase();
            let ends_so = is_closed && bare(value).ends_with(&bare(end));
            ends_so.then(|| misfit_of(&format!("ends with `{end}`"), &format!("remove `{end}`")))
        }
        // A URL has the value in it.
        Form::Text { .. } if scheme.is_some() => host(value, true),
        Form::Text { length, prefix } => characters(*length, prefix.as_deref(), value).filter(|_| is_closed),
        Form::Part { after, before } => {
            let plain = outside(value, &references.parts(value));
            let is_whole = [after, before].into_iter().flatten().any(|mark| plain.contains(mark.as_str()));
            is_whole.then(|| misfit_of("has more than the part that the guide asks for", "use only this part"))
        }
        Form::Shape(shape) => (is_closed && !has_shape(shape, value))
            .then(|| misfit_of(&format!("does not have the form `{shape}`"), "use the form that the guide describes")),
        Form::Not(wrong) => {
            // Pages show other dashes than those of a key.
            let bare = wrong.trim_matches(|c: char| !c.is_alphanumeric()).to_ascii_lowercase();
            let plain = outside(value, &references.parts(value)).to_ascii_lowercase();
            let has_wrong = plain.contains(if bare.is_empty() { wrong } else { &bare });
            let problem = if bare.is_empty() {
                format!("has `{wrong}`, unlike the guide")
            } else {
                "has what the guide leaves out".to_owned()
            };
            has_wrong.then(|| misfit_of(&problem, "use the value that the guide describes"))
        }
        // The value itself is judged where references are, too.
        Form::Empty => None,
        Form::WithoutSlash => value.ends_with('/').then(|| misfit_of("ends with a slash", "remove the trailing slash")),
    }
}

/// Whether a value is one email address or several, each with a name (RFC 5322, section 3.4) or none; some vendors have
/// a word after theirs: `jane@acme.example/token`.
fn is_email_form(value: &str) -> bool {
    let address = |part: &str| {
        let named = part.trim_end().strip_suffix('>').and_then(|part| part.rsplit_once('<'));
        is_email(named.map_or_else(|| part.split('/').next().unwrap_or_default(), |(_, address)| address))
    };
    value.split([',', ';']).all(address) || address(value)
}

/// Whether a URI begins with a scheme (RFC 3986, section 3.1): `https:`, `urn:`, but not the host before a port.
fn has_scheme(value: &str) -> bool {
    let Some((scheme, rest)) = value.split_once(':') else { return false };
    let is_scheme = |c: char| c.is_ascii_alphanumeric() || matches!(c, '+' | '-' | '.');
    scheme.starts_with(|c: char| c.is_ascii_alphabetic())
        && scheme.chars().all(is_scheme)
        && !rest.starts_with(|c: char| c.is_ascii_digit())
}

/// How many digits each group of a GUID has too many or too few; `None` for what has no five groups of them.
fn guid_slips(value: &str) -> Option<[usize; 5]> {
    let groups: Vec<usize> = value.split('-').map(str::len).collect();
    let [first, second, third, fourth, fifth] = groups[..] else { return None };
    let slips = [first.abs_diff(8), second.abs_diff(4), third.abs_diff(4), fourth.abs_diff(4), fifth.abs_diff(12)];
    value.bytes().all(|c| c.is_ascii_hexdigit() || c == b'-').then_some(slips)
}

/// What keeps a value from being the GUID that it nearly is: one of its groups has other digits than it should.
pub fn guid_misfit(value: &str) -> Option<Misfit> {
    let value = value.trim();
    // Numbers have groups of digits as well.
    let slips = guid_slips(value).filter(|_| value.contains(char::is_alphabetic))?;
    let is_near = slips.iter().filter(|slip| **slip > 0).count() == 1 && slips.iter().sum::<usize>() <= 2;
    let count = value.len() + 1 - slips.len();
    is_near.then(|| misfit_of(&format!("is a GUID with {count} digits, expected 32"), "copy the value again"))
}

/// What keeps the name of a host from being one, whatever the guide says: an empty part.
pub fn host_misfit(value: &str) -> Option<Misfit> {
    let value = value.trim();
    let is_other = |c: char| c.is_whitespace() || matches!(c, '/' | ':' | ',' | ';');
    let has_gap = value.contains("..") || value.contains('.') && value.ends_with('.');
    (has_gap && !value.contains(is_other))
        .then(|| misfit_of("is not a host name", "use letters, digits, hyphens and single dots"))
}

/// What keeps a value from having so many characters, or from beginning so.
fn characters(length: Option<usize>, prefix: Option<&str>, value: &str) -> Option<Misfit> {
    if let Some(prefix) = prefix.filter(|prefix| !value.starts_with(prefix)) {
        return Some(misfit_of(&format!("does not start with `{prefix}`"), "copy the value again"));
    }
    let count = value.chars().count();
    let length = length.filter(|length| *length != count)?;
    Some(misfit_of(&format!("has {count} characters, expected {length}"), "copy the value again"))
}

/// Whether a value is the text of a shape with something for each of its placeholders.
fn has_shape(shape: &str, value: &str) -> bool {
    let (mut pattern, mut depth) = ("^".to_owned(), 0_usize);
    for c in shape.chars() {
        match c {
            '{' | '[' | '<' => {
                pattern.push_str(if depth == 0 { ".+" } else { "" });
                depth += 1;
            }
            '}' | ']' | '>' => depth = depth.saturating_sub(1),
            _ if depth == 0 => pattern.push_str(&regex::escape(c.encode_utf8(&mut [0; 4]))),
            _ => {}
        }
    }
    pattern.push('$');
    Regex::new(&pattern).is_ok_and(|pattern| pattern.is_match(value))
}

fn misfit_of(problem: &str, help: &str) -> Misfit {
    Misfit { problem: problem.to_owned(), help: help.to_owned() }
}

/// What keeps a URL from being the address of a whole site: a slash at its end, or what a browser shows of a page.
fn site(url: &str) -> Option<Misfit> {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    let path = rest.split_once('/').map(|(_, path)| path).unwrap_or_default();
    let is_page = path.contains(['?', '#']) || path.trim_end_matches('/').split('/').count() > MOST_FOLDERS;
    if is_page {
        return Some(misfit_of("is the address of a page", "end the URL after the host"));
    }
    url.ends_with('/').then(|| misfit_of("ends with a slash", "remove the trailing slash"))
}

/// What keeps the name of a host, or of a part of one, from being a name.
fn host(value: &str, has_scheme: bool) -> Option<Misfit> {
    if has_scheme {
        return Some(misfit_of("is a URL, not a name", "use the name without `https://`"));
    }
    value.contains('/').then(|| misfit_of("has a path", "use the name alone"))
}

fn list(separator: char, value: &str) -> Option<Misfit> {
    let separates = |c: &char| matches!(c, ',' | ';' | '|') || c.is_whitespace();
    let used = value
        .chars()
        .find(|c| separates(c) && !(c.is_whitespace() && separator != ' ' && value.contains(separator)))?;
    let is_right = used == separator || used.is_whitespace() && separator == ' ';
    let named = |c: char| match c {
        ',' => "commas",
        ';' => "semicolons",
        '|' => "pipes",
        _ => "spaces",
    };
    (!is_right).then(|| {
        misfit_of(&format!("is separated by {}", named(used)), &format!("separate the items by {}", named(separator)))
    })
}

/// What keeps a value that begins like a URL from being one; `None` where it may be one.
pub fn url_misfit(value: &str, references: &References) -> Option<Misfit> {
    let value = value.trim();
    if has_slipped_scheme(value) {
        return Some(misfit_of("has a misspelled scheme", "start with `https://`"));
    }
    let is_url = |text: &str| ["http://", "https://"].iter().any(|scheme| text.starts_with(scheme));
    let is_bracketed = value.starts_with(['<', '[']) && value.ends_with(['>', ')', ']']);
    if is_bracketed && is_url(&value[1..]) && !value.contains(|c: char| c.is_whitespace() || c == ',') {
        return Some(misfit_of("has brackets around its URL", "use the URL alone"));
    }
    let scheme = value.find("://").filter(|_| value.starts_with("http"))?;
    let address = Address::new(value, references);
    let host = &value[address.parts.host.clone()];
    let second = value[scheme + "://".len()..].split_once("://").map(|(second, _)| second);
    if host.len() > 1 && host.ends_with('.') && !host.contains("..") {
        return Some(misfit_of("has a dot after its host", "remove it"));
    }
    if second.is_some_and(|second| ["http", "https"].iter().any(|known| known.eq_ignore_ascii_case(second))) {
        return Some(misfit_of("has two schemes", "remove one of them"));
    }
    if address.is_open(&address.parts.host) {
        return None;
    }
    if value.contains(char::is_whitespace) {
        return Some(misfit_of("has a space in its URL", "remove it"));
    }
    let is_plain = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_' | '.' | '[' | ']' | ':');
    let is_host = !host.is_empty() && host.chars().all(is_plain) && !host.contains("..") && !host.starts_with('.');
    (!is_host).then(|| misfit_of("has no host name in its URL", "check the host"))
}

/// Whether a value begins with a web scheme that is nearly right: `https:/acme.example`, `htps://acme.example`,
/// `https//acme.example`.
fn has_slipped_scheme(value: &str) -> bool {
    let letters = value.bytes().take_while(u8::is_ascii_alphabetic).count();
    let rest = value[letters..].trim_start_matches([':', ';', '/', '\\', ',']);
    let marks = &value[letters..value.len() - rest.len()];
    let scheme = value[..letters].to_ascii_lowercase();
    let is_near = |exact: &str| nearest::slips(&scheme, exact, 1).is_some_and(|slips| slips > 0);
    let follows_host = rest.split(['/', ':']).next().is_some_and(|host| host.contains('.'));
    follows_host
        && match scheme.as_str() {
            "http" | "https" => marks.contains(['/', '\\', ';']) && marks != "://",
            "" => false,
            _ => marks == "://" && ["http", "https"].into_iter().any(is_near),
        }
}

#[cfg(test)]
mod tests {
    use super::list;

    #[test]
    fn spaces_beside_the_right_separator_are_right() {
        for (separator, value) in [(',', "a, b"), (',', "a"), (' ', "a b"), (';', "a; b"), ('|', "a | b")] {
            assert!(list(separator, value).is_none(), "{value}");
        }
        for (separator, value) in [(',', "a b"), (' ', "a,b"), (';', "a, b"), (',', "a; b, c"), (' ', "a, b")] {
            assert!(list(separator, value).is_some(), "{value}");
        }
    }
}
