//! `guide/callback-url-invalid`

use crate::contract::callback::{self, HostKind, Mention};
use crate::diagnostic::{Applicability, Edit, Finding, Fix};
use crate::guide::InlineKind;
use crate::guide::words::{denies, words_of_clause};
use crate::profile::fold;
use crate::rule::{Page, Rule};

pub const RULE: Rule =
    Rule::convention("guide/callback-url-invalid", include_str!("callback_url_invalid.md"), check).safe_fix();

/// Bytes of the text after a path that can be a slip.
const LONGEST_SLIP: usize = 2;

/// A shorter name of an application may be a part of another word.
const SHORTEST_NAME: usize = 4;

/// Words that deny what follows them, besides those of every clause.
const NEGATIONS: [&str; 2] = ["avoid", "no"];

/// Words for URLs that do not work.
const OF_WRONG: [&str; 12] = [
    "deprecated", "fails", "former", "invalid", "old", "outdated", "previous", "refused", "rejected", "replace",
    "stopped", "wrong",
];

/// Verbs whose object a URL is.
const VERBS: [&str; 6] = ["add", "enter", "paste", "register", "set", "use"];

/// What introduces an example, and what begins the remark that something in it is replaced.
const OF_EXAMPLES: [&str; 4] = ["for example", "for instance", "looks like", "such as"];
const REPLACE: &str = "replace ";

/// Words right before a URL that are said of it.
const NEAR: usize = 4;

/// Bytes on each side of a URL in which its clause is read.
const LONGEST_CLAUSE: usize = 200;

fn check(page: &Page<'_>, found: &mut Vec<Finding>) {
    let shown_as_wrong: Vec<bool> = (0..page.callbacks.len()).map(|at| is_shown_as_wrong(page, at)).collect();
    let has_other = shown_as_wrong.contains(&false);
    let meant = page.callbacks.iter().zip(shown_as_wrong).filter(|(_, is_wrong)| !(has_other && *is_wrong));
    for (mention, _) in meant {
        scheme(page, mention, found);
        host(page, mention, found);
        rest(page, mention, found);
    }
    let path = page.profile.callback.path.as_str();
    for mention in callback::with_wrong_path(page.guide, page.profile) {
        let written = &mention.text[mention.path.clone()];
        let message = format!("invalid callback URL: path is `{written}`, expected `{path}`");
        found.push(replaced(page, &mention, mention.path.clone(), message, path));
    }
}

/// Whether the clause around a callback URL of the page says that it is wrong or out of date.
fn is_shown_as_wrong(page: &Page<'_>, at: usize) -> bool {
    let (flat, place) = (&page.guide.text, &page.callbacks[at].range);
    let marks = ['.', ';', ',', ':', '(', ')'];
    let words = |clause: &str| -> Vec<String> { words_of_clause(clause).map(str::to_lowercase).collect() };
    // "the former URL, `https://...`"
    let before = flat.line_before(place.start, LONGEST_CLAUSE);
    let before = before.start.max(at.checked_sub(1).map_or(0, |last| page.callbacks[last].range.end))..place.start;
    let before = flat.as_str()[before].trim_end_matches(|c: char| c.is_whitespace() || ",`".contains(c));
    let before = words(before.rsplit(marks).next().unwrap_or_default());
    let verb = before.iter().rposition(|word| VERBS.contains(&word.as_str()));
    let own = &before[verb.map_or(before.len().saturating_sub(NEAR), |verb| verb + 1)..];
    let is_compared =
        own.windows(2).any(|pair| matches!([pair[0].as_str(), &pair[1]], ["instead", "of"] | ["rather", "than"]));
    if verb.is_some_and(|verb| verb > 0 && is_denial(&before[verb - 1]))
        || is_compared
        || own.iter().any(|word| says_wrong(word))
    {
        return true;
    }
    let after = flat.line_after(place.end, LONGEST_CLAUSE);
    let rest = &flat.as_str()[after.clone()];
    // "the one with a slash, which no longer works"
    let rest = rest.trim_start_matches('`');
    let rest = rest.strip_prefix(", which").unwrap_or(rest);
    let clause = rest.split(marks).next().unwrap_or_default();
    let end = clause.as_ptr() as usize - flat.as_str().as_ptr() as usize + clause.len();
    // What is said before another URL is said of that one.
    let is_of_next = page.callbacks.get(at + 1).is_some_and(|next| next.range.start < end);
    !is_of_next && words(clause).iter().any(|word| says_wrong(word))
}

fn is_denial(word: &str) -> bool {
    NEGATIONS.contains(&word) || denies(word)
}

fn says_wrong(word: &str) -> bool {
    is_denial(word) || OF_WRONG.contains(&word)
}

fn scheme(page: &Page<'_>, mention: &Mention, found: &mut Vec<Finding>) {
    let before = &page.guide.text.as_str()[..mention.range.start];
    if let Some(first) = before.strip_suffix("://") {
        let letters = first.bytes().rev().take_while(u8::is_ascii_alphabetic).count();
        let start = mention.range.start - 3 - letters;
        let span = page.guide.text.span_of(start..mention.range.start);
        let finding = Finding::new(span, "invalid callback URL: two schemes").help("remove one of them");
        found.push(finding.fix(Fix::safe("remove the first scheme", vec![Edit::remove(span)])));
    }
    let scheme = &mention.text[mention.scheme.clone()];
    if mention.host.start == 0 {
        // "Without the scheme", "Acme adds `https`": the text may say that it is entered like that.
        let text = &page.guide.text;
        let line = text.as_str()[text.line_at(mention.range.start)].to_ascii_lowercase();
        if ["scheme", "protocol", "prefix", "http"].iter().any(|word| line.contains(word)) {
            return;
        }
        let place = part(page, mention, mention.host.clone());
        let fix = Fix::needs_review("add `https://`", vec![Edit::insert_before(place, "https://")]);
        found.push(Finding::new(place, "invalid callback URL: missing scheme").help("add `https://`").fix(fix));
    } else if mention.scheme.end == mention.host.start {
        let message = format!("invalid callback URL: scheme is `{scheme}`, expected `https://`");
        found.push(replaced(page, mention, mention.scheme.clone(), message, "https://"));
    } else if !scheme.eq_ignore_ascii_case("https") {
        let message = format!("invalid callback URL: scheme is `{scheme}`, expected `https`");
        found.push(replaced(page, mention, mention.scheme.clone(), message, "https"));
    }
}

fn host(page: &Page<'_>, mention: &Mention, found: &mut Vec<Finding>) {
    let host = &mention.text[mention.host.clone()];
    let is_erased = page.guide.holds_output(mention.span);
    let help = format!("use `{}`", page.profile.callback.template);
    let spaces = host.len() - host.trim_end().len();
    if spaces > 0 && spaces < host.len() && mention.in_code {
        let space = part(page, mention, mention.host.end - spaces..mention.host.end);
        let fix = Fix::safe("remove the space", vec![Edit::remove(space)]);
        found.push(Finding::new(space, "space in the callback URL").help("remove the space").fix(fix));
    }
    let extra = callback::text_after_placeholder(page.profile, host).unwrap_or_default();
    let problem = match HostKind::of(page.profile, host) {
        // What Liquid takes away is another mistake.
        _ if is_erased => return,
        HostKind::Foreign if is_example(page, mention) => return,
        _ if host.trim().is_empty() => "invalid callback URL: missing host".to_owned(),
        // Further parts are those of the path.
        HostKind::Foreign if extra.starts_with('/') => return,
        HostKind::Foreign if !extra.is_empty() => {
            format!("invalid callback URL: `{extra}` after the placeholder of the host")
        }
        HostKind::Internal => format!("invalid callback URL: internal host `{host}`"),
        HostKind::Platform => format!("invalid callback URL: `{host}` is a console"),
        HostKind::Foreign if host.contains('.') => {
            format!("invalid callback URL: `{host}` is not the partner's service domain")
        }
        HostKind::Placeholder if !is_balanced(host) => format!("invalid callback URL: unclosed placeholder `{host}`"),
        HostKind::Placeholder | HostKind::Foreign if names_other_host(page, host) => {
            format!("invalid callback URL: placeholder `{host}` names another host")
        }
        _ => return,
    };
    let range = if host.trim().is_empty() { 0..mention.text.len() } else { mention.host.clone() };
    found.push(Finding::new(part(page, mention, range), problem).help(help));
}

/// Whether a URL shows what another one of the page is for a partner: "For example, enter `https://...`".
fn is_example(page: &Page<'_>, mention: &Mention) -> bool {
    let flat = &page.guide.text;
    let kind = |other: &Mention| HostKind::of(page.profile, &other.text[other.host.clone()]);
    let before = flat.as_str()[flat.line_before(mention.range.start, LONGEST_CLAUSE)].to_lowercase();
    let before = before.trim_end_matches([' ', '`']);
    let sentence = before.rsplit(". ").next().unwrap_or_default();
    let after = &flat.as_str()[flat.line_after(mention.range.end, LONGEST_CLAUSE)];
    let after = after.trim_start_matches([' ', '`', ',', '(']);
    let is_told = OF_EXAMPLES.iter().any(|words| sentence.contains(words))
        || before.ends_with("e.g.")
        || after.get(..REPLACE.len()).is_some_and(|word| word.eq_ignore_ascii_case(REPLACE));
    is_told && page.callbacks.iter().any(|other| kind(other) == HostKind::Placeholder)
}

/// What follows the path, and a space between it and the end of the code.
fn rest(page: &Page<'_>, mention: &Mention, found: &mut Vec<Finding>) {
    let path = page.profile.callback.path.as_str();
    let written = &mention.text[mention.path.clone()];
    if written != path {
        let message = format!("invalid callback URL: text after `{path}`");
        let range = mention.path.start + path.len()..mention.path.end;
        // A slash or a letter is a slip; a query or another part of a path may be meant.
        let extra = &mention.text[range.clone()];
        let is_slip = extra.len() <= LONGEST_SLIP && extra.bytes().all(|c| c == b'/' || c.is_ascii_alphabetic());
        let mut finding = replaced(page, mention, range, message, "");
        if let Some(fix) = finding.fix.as_mut().filter(|_| !is_slip) {
            fix.applicability = Applicability::Unsafe;
        }
        found.push(finding);
        return;
    }
    let code = page.guide.inlines_around(mention.span).find(|inline| inline.kind == InlineKind::Code);
    // The reader's text lacks a space at the end, so the source is looked at.
    let end = code.map_or(mention.span.end, |code| code.span.end).max(mention.span.end);
    let following = &page.guide.source.text()[mention.span.end as usize..end as usize];
    let extra = following.trim_end_matches('`');
    let start = mention.span.end as usize;
    let span = page.guide.source.span(start..start + extra.len());
    let (message, help) = if extra.is_empty() || !extra.chars().all(|c| " \u{a0}.,;:".contains(c)) {
        return;
    } else if extra.contains(['.', ',', ';', ':']) {
        (format!("invalid callback URL: text after `{path}`"), "remove the text after the path")
    } else {
        ("space in the callback URL".to_owned(), "remove the space")
    };
    found.push(Finding::new(span, message).help(help).fix(Fix::safe(help, vec![Edit::remove(span)])));
}

/// A finding about a part of the URL that can only be meant in one way.
fn replaced(page: &Page<'_>, mention: &Mention, range: std::ops::Range<usize>, message: String, by: &str) -> Finding {
    let span = part(page, mention, range.clone());
    let help = if by.is_empty() { "remove the text after the path".to_owned() } else { format!("use `{by}`") };
    let finding = Finding::new(span, message).help(help.clone());
    // With markup inside, the text to replace is not the text to read.
    if page.guide.slice(span) != &mention.text[range] {
        return finding;
    }
    // The URL of another host has its own path.
    let host = &mention.text[mention.host.clone()];
    let kind = HostKind::of(page.profile, host);
    let is_ours = page.profile.is_host_placeholder(host) || !matches!(kind, HostKind::Placeholder | HostKind::Foreign);
    let edits = vec![Edit::replace(span, by)];
    finding.fix(Fix::safe_if(is_ours, help, edits))
}

fn part(page: &Page<'_>, mention: &Mention, range: std::ops::Range<usize>) -> crate::source::Span {
    page.guide.text.span_of(mention.range.start + range.start..mention.range.start + range.end)
}

/// Whether a placeholder has the platform's own host as its example, or words of another host or the name of the
/// application and none of its own.
fn names_other_host(page: &Page<'_>, placeholder: &str) -> bool {
    let profile = page.profile;
    let words = || placeholder.split(|c: char| !c.is_alphanumeric() && c != '.' && c != '-');
    // Consoles have parts of their own; below the platform's domain partners have theirs.
    let is_below = |word: &str, host: &String| {
        host.matches('.').count() > 1 && word.strip_suffix(host.as_str()).is_some_and(|rest| rest.ends_with('.'))
    };
    let is_platform = |word: &str| {
        let word = word.to_ascii_lowercase();
        profile.callback.platform_hosts.iter().any(|host| word == *host || is_below(&word, host))
    };
    let is_other = |word: &str| {
        // `YourConsoleDomain` has the word at an uppercase letter.
        let names = |other: &String| {
            let starts = word.char_indices().filter(|(at, c)| *at == 0 || c.is_uppercase());
            starts.into_iter().any(|(at, _)| {
                let part = &word[at..];
                let is_part = part.get(..other.len()).is_some_and(|start| start.eq_ignore_ascii_case(other));
                is_part && !part[other.len()..].starts_with(char::is_lowercase)
            })
        };
        profile.callback.other_words.iter().any(names)
    };
    let names_application = || {
        let connector = page.contract.connector.as_ref().map_or("", |connector| connector.value.as_str());
        let name = fold(connector.split('(').next().unwrap_or_default());
        name.len() >= SHORTEST_NAME && name != fold(&profile.name) && fold(placeholder).contains(&name)
    };
    words().any(|word| is_platform(word.trim_matches('.')))
        || !profile.is_host_placeholder(placeholder) && (words().any(is_other) || names_application())
}

fn is_balanced(host: &str) -> bool {
    [('{', '}'), ('[', ']'), ('<', '>')]
        .iter()
        .all(|(open, close)| host.matches(*open).count() == host.matches(*close).count())
}
