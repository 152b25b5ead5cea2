//! `guide/ui-path-format`

use std::collections::{HashMap, HashSet};
use std::ops::Range;

use crate::diagnostic::{Finding, Severity};
use crate::guide::interface_labels::unmarked_labels;
use crate::guide::menu_paths::{MenuPath, menu_paths};
use crate::guide::{BlockKind, FlatText, InlineKind, Style};
use crate::nearest;
use crate::profile::typos;
use crate::rule::{Page, Rule, further};
use crate::searchable::Searchable;
use crate::source::{Places, Span};

pub const RULE: Rule = Rule::convention("guide/ui-path-format", include_str!("ui_path_format.md"), check).info();

/// Shorter names are two slips away from other words.
const SHORTEST_NAME: usize = 10;

/// Bytes on each side of a label that may belong to its sentence.
const LONGEST_SENTENCE: usize = 300;

/// Words before a place in menus.
const BEFORE_PLACES: [&str; 12] =
    ["to", "in", "under", "from", "at", "on", "open", "via", "through", "using", "navigate", "visit"];

/// One finding for all paths of a guide, one for all its labels.
fn check(page: &Page<'_>, found: &mut Vec<Finding>) {
    let all = menu_paths(page.guide);
    if page.legacy_step.is_none() {
        console_names(page, &all, found);
    }
    found.extend(all.iter().filter_map(|path| repeated(page, path)));
    found.extend(ampersand(page));
    let interface = &page.profile.interface;
    let paths: Vec<MenuPath> = all
        .into_iter()
        .filter(|path| !path.canonical && !is_permission(page, path) && !is_object(page, path))
        .filter(|path| !has_marks(&page.guide.text, path) && !is_chain(page, path))
        .collect();
    let places = Places::new(paths.iter().map(|path| path.span));
    let on_path = |label: &Span| places.touching(*label).next().is_some();
    let mut labels = unmarked_labels(page.guide, &interface.actions, &interface.parts);
    // Steps of an earlier console are the matter of another rule.
    let mut last = (0, false);
    let mut is_legacy = |label: &Span| {
        let number = page.guide.source.line(label.start);
        if last.0 != number {
            let line = page.guide.source.line_span(number);
            let is_in = |line| page.profile.steps.legacy.is_in(&Searchable::new(page.guide.slice(line)));
            last = (number, line.is_some_and(is_in));
        }
        last.1
    };
    labels.retain(|label| !on_path(label) && !is_legacy(label));
    if let Some(first) = paths.first() {
        let written: Vec<&str> =
            first.labels.iter().map(|label| page.guide.text.as_str()[label.clone()].trim()).collect();
        let path = written.join(" > ");
        let path = without_action(&path, &interface.actions);
        let text = &page.guide.text;
        let is_bold = first.labels.iter().all(|label| text.all_have(label.clone(), Style::STRONG));
        let what = if is_bold {
            "menu path without ` > ` between its labels"
        } else {
            "menu path not formatted as bold labels"
        };
        let message = format!("{what}: `{path}`{}", further(paths.len()));
        let help = if ends_plainly(page, first) {
            let names: Vec<&str> = path.split(" > ").map(|label| current(page, label)).collect();
            format!("use `**{}**`", corrected(&names.join("** > **")))
        } else {
            "make each label bold, with ` > ` between them".to_owned()
        };
        found.push(Finding::new(first.span, message).help(help));
    }
    if let Some(first) = labels.first() {
        let name = whole_label(page, *first).trim_matches(|c| "\"'`*_\u{201c}\u{201d}\u{2018}\u{2019}".contains(c));
        let message = format!("label `{name}` not bold{}", further(labels.len()));
        found.push(Finding::new(*first, message).help(format!("use `**{}**`", corrected(name))));
    }
}

/// Whether stars of bold text are published in a label, which is reported by another rule.
fn has_marks(text: &FlatText, path: &MenuPath) -> bool {
    path.labels.iter().any(|label| text.as_str()[label.clone()].contains("**"))
}

/// Whether a path does not lead through menus: a comparison with a number, or what is after the colon of a sentence without an
/// action or a preposition, such as the states of a thing.
fn is_chain(page: &Page<'_>, path: &MenuPath) -> bool {
    let (text, Some(first)) = (&page.guide.text, path.labels.first()) else { return false };
    let before = text.as_str()[text.line_before(first.start, LONGEST_SENTENCE)].trim_end();
    let is_number = |label: &Range<usize>| text.as_str()[label.clone()].trim().bytes().all(|c| c.is_ascii_digit());
    if path.labels.iter().any(is_number) {
        return true;
    }
    let Some(sentence) = before.strip_suffix(':') else { return false };
    let words = sentence.rsplit(". ").next().unwrap_or_default().to_lowercase();
    let leads = |word: &str| {
        ["to", "in"].contains(&word)
            || page.profile.interface.actions.iter().any(|action| action.eq_ignore_ascii_case(word))
    };
    !words.split(|c: char| !c.is_alphanumeric()).any(leads)
}

/// A label, or the longest one that is bold elsewhere on the page and begins with it: "Step setup".
fn whole_label<'a>(page: &'a Page<'_>, label: Span) -> &'a str {
    let guide = page.guide;
    let rest = &guide.source.text()[label.range().start..];
    let name = guide.slice(label);
    let bold = guide.inlines.iter().filter(|inline| inline.kind == InlineKind::Strong);
    let names = bold.map(|inline| guide.slice(inline.content)).filter(|bold| {
        let goes_on = |more: &str| more.starts_with(' ');
        bold.strip_prefix(name).is_some_and(goes_on)
            && rest.strip_prefix(bold).is_some_and(|after| !after.starts_with(char::is_alphanumeric))
    });
    names.max_by_key(|bold| bold.len()).unwrap_or(name)
}

/// The first label that the page has with `&` and with `and`.
fn ampersand(page: &Page<'_>) -> Option<Finding> {
    let guide = page.guide;
    let bold = guide.inlines.iter().filter(|inline| inline.kind == InlineKind::Strong);
    let labels: Vec<(&str, Span)> =
        bold.map(|inline| (guide.text_in(&inline.text).trim_matches([' ', ':', '.']), inline.span)).collect();
    let with_sign = labels.iter().rev().filter(|(label, _)| label.contains(" & "));
    let with_sign: HashMap<String, (&str, Span)> =
        with_sign.map(|(label, span)| (label.replace(" & ", " and ").to_lowercase(), (*label, *span))).collect();
    labels.iter().filter(|(label, _)| label.contains(" and ")).find_map(|(label, span)| {
        let (other, place) = with_sign.get(&label.to_lowercase())?;
        let finding = Finding::new(*span, format!("label in two spellings: `{label}` and `{other}`"));
        Some(finding.label(*place, "other spelling").help("use the spelling of the application"))
    })
}

/// A path that goes through the same label twice in a row.
fn repeated(page: &Page<'_>, path: &MenuPath) -> Option<Finding> {
    let text = &page.guide.text;
    let label = |range: &Range<usize>| text.as_str()[range.clone()].trim();
    let pair = path.labels.windows(2).find(|pair| label(&pair[0]) == label(&pair[1]))?;
    let finding =
        Finding::new(text.span_of(pair[1].clone()), format!("label twice in the path: `{}`", label(&pair[1])));
    Some(finding.severity(Severity::Warning).help("use the label of the next page, or remove one of the two"))
}

/// A label by the name of the page that it is the end of, if it is one of the names of the same step.
fn current<'a>(page: &Page<'a>, label: &'a str) -> &'a str {
    let steps = page.profile.steps.reach.as_slice();
    let Some((first, others)) = steps.split_first() else { return label };
    let is_end = first.strip_suffix(label).is_some_and(|before| before.ends_with(' '));
    if is_end && others.iter().any(|other| other == label) { first } else { label }
}

/// A label without the misspellings that another rule reports.
fn corrected(label: &str) -> String {
    let mut right = label.to_owned();
    let slips: Vec<_> = typos::find_in(&Searchable::new(label)).collect();
    for (range, correct) in slips.into_iter().rev() {
        right.replace_range(range, &correct);
    }
    right
}

/// Whether it is certain where the last label of a path ends: it is set apart, or the sentence ends or goes on after a
/// comma, in a bracket, or with one of the little words that no label begins its next word with. "Users > User access
/// rights" may be a label of one word or of three.
fn ends_plainly(page: &Page<'_>, path: &MenuPath) -> bool {
    const GO_ON: &[&str] = &[
        "and", "or", "in", "on", "at", "from", "under", "then", "page", "menu", "tab", "section", "option", "button",
        "screen", "icon",
    ];
    let Some(last) = path.labels.last() else { return false };
    let text = &page.guide.text;
    let is_apart =
        [Style::STRONG, Style::CODE, Style::EMPHASIS].iter().any(|style| text.all_have(last.clone(), *style));
    let rest = &text.as_str()[last.end..];
    let next =
        rest.strip_prefix(' ').and_then(|rest| rest.split(|c: char| !c.is_alphanumeric()).next()).unwrap_or_default();
    is_apart || !next.starts_with(char::is_lowercase) || GO_ON.contains(&next)
}

/// The path without what is done to its first label: "Select Settings".
fn without_action<'a>(path: &'a str, actions: &[String]) -> &'a str {
    actions.iter().find_map(|action| path.strip_prefix(action.as_str())?.strip_prefix(' ')).unwrap_or(path)
}

/// Whether a path in code is the name of a permission, in a line about permissions.
fn is_permission(page: &Page<'_>, path: &MenuPath) -> bool {
    let text = &page.guide.text;
    let Some(first) = path.labels.first() else { return false };
    let block = page.guide.blocks_around(path.span).max();
    let row = block.map_or(0..0, |block| {
        let row = page.guide.blocks[block]
            .parent()
            .filter(|row| matches!(page.guide.blocks[*row].kind, BlockKind::Row { .. }));
        let own = &page.guide.blocks[row.unwrap_or(block)].text;
        own.start as usize..own.end as usize
    });
    text.all_have(first.clone(), Style::CODE) && page.profile.scopes.words.is_in(&text.searchable_in(row))
}

/// Whether a path that is one piece of code is what a sentence is about, and no place that its reader goes to: the name of
/// a method. Before a place are an action, or a preposition.
fn is_object(page: &Page<'_>, path: &MenuPath) -> bool {
    let (text, guide) = (&page.guide.text, page.guide);
    let (Some(first), Some(last)) = (path.labels.first(), path.labels.last()) else { return false };
    let before = text.as_str()[text.line_before(first.start, LONGEST_SENTENCE)].trim_end();
    let before = before.strip_suffix(" the").unwrap_or(before);
    let word = before.rsplit(' ').next().unwrap_or_default().to_lowercase();
    let is_way = BEFORE_PLACES.contains(&word.as_str())
        || page.profile.interface.actions.iter().any(|action| action.eq_ignore_ascii_case(&word));
    let is_cell = matches!(guide.block_around(path.span).map(|block| &block.kind), Some(BlockKind::Cell { .. }));
    text.all_have(first.start..last.end, Style::CODE) && !before.is_empty() && !is_way && !is_cell
}

/// Pages and buttons of the console by a name that has one word less, or another one.
fn console_names(page: &Page<'_>, paths: &[MenuPath], found: &mut Vec<Finding>) {
    let (guide, profile) = (page.guide, page.profile);
    let known = |label: &str| profile.console_pages.iter().chain(&profile.console_buttons).any(|name| name == label);
    let platform = &page.platform;
    // The last sentence that was searched for names of the console, and whether it has one.
    let mut sentence = (0..0, false);
    // Labels of paths are in order, as their paths are.
    let mut labels = paths.iter().flat_map(|path| path.labels.windows(2).map(move |pair| (path, pair))).peekable();
    let label_of = |range: &Range<usize>| guide.text.as_str()[range.clone()].trim();
    let pairs = paths.iter().flat_map(|path| path.labels.windows(2)).filter(|pair| known(label_of(&pair[1])));
    let before_pages: HashSet<usize> = pairs.map(|pair| pair[0].start).collect();
    for inline in guide.inlines.iter().filter(|inline| inline.kind == InlineKind::Strong) {
        let at = inline.text.start as usize..inline.text.end as usize;
        let label = guide.text_in(&inline.text).trim();
        while labels.next_if(|(_, pair)| pair[1].end <= at.start).is_some() {}
        let before = labels
            .peek()
            .filter(|(_, pair)| pair[1].start <= at.start)
            .map(|(_, pair)| &guide.text.as_str()[pair[0].clone()]);
        let is_on_platform = platform.contains(at.start);
        let follows_page = before.is_some_and(|before| known(before.trim()));
        let is_in_cell = matches!(guide.blocks[inline.block].kind, BlockKind::Cell { .. });
        if label.is_empty() || is_in_cell || known(label) || !is_on_platform && !follows_page {
            continue;
        }
        if !is_on_platform && !sentence.0.contains(&at.start) {
            let own = sentence_at(&guide.text, at.start);
            sentence = (own.clone(), speaks_of_platform(page, own));
        }
        if !is_on_platform && !sentence.1 {
            continue;
        }
        let precedes_page = before_pages.contains(&at.start);
        let is_page = |name: &&String| {
            follows_page && (is_near(label, name) || has_slip(label, name) || is_other_case(label, name))
                || precedes_page && (has_slip(label, name) || is_other_case(label, name))
        };
        // A button that is called otherwise may be one of the application.
        let is_shorter = |name: &str| label.split(' ').count() < name.split(' ').count();
        let is_button = |name: &&String| {
            is_on_platform
                && before.is_none()
                && !is_of_installed(&guide.text, at.start)
                && (is_shorter(name.as_str()) && is_near(label, name)
                    || has_slip(label, name)
                    || is_other_case(label, name))
        };
        let meant =
            profile.console_pages.iter().find(is_page).or_else(|| profile.console_buttons.iter().find(is_button));
        if let Some(meant) = meant {
            let message = format!("unknown label of the console: `{label}`");
            found.push(Finding::new(inline.span, message).help(format!("use `**{meant}**`")));
        }
    }
}

/// The sentence around `at`, or as much of it as a reader takes in.
fn sentence_at(text: &FlatText, at: usize) -> Range<usize> {
    let (before, content) = (text.line_before(at, LONGEST_SENTENCE), text.as_str());
    let start = content[before.clone()].rfind(". ").map_or(before.start, |end| before.start + end + 2);
    let rest = &content[text.line_after(at, LONGEST_SENTENCE)];
    start..at + rest.find(". ").unwrap_or(rest.len())
}

/// Whether a sentence is about a connector that is installed, which has other buttons.
fn is_of_installed(text: &FlatText, at: usize) -> bool {
    text.as_str()[text.line_before(at, LONGEST_SENTENCE)].to_lowercase().contains("install")
}

/// Whether a sentence names the reader's own console.
fn speaks_of_platform(page: &Page<'_>, sentence: Range<usize>) -> bool {
    let sentence = page.guide.text.as_str()[sentence].to_lowercase();
    page.profile.callback.placeholders.iter().any(|name| sentence.contains(&name.to_lowercase()))
}

/// Whether a label is a name in other letter case.
fn is_other_case(label: &str, name: &str) -> bool {
    label != name && label.eq_ignore_ascii_case(name)
}

/// Whether a label is a name with a letter or two left out, added or exchanged.
fn has_slip(label: &str, name: &str) -> bool {
    let (label, name) = (label.to_lowercase(), name.to_lowercase());
    name.len() >= SHORTEST_NAME && label != name && nearest::slips(&label, &name, 2).is_some()
}

/// Whether a label is a name with one word left out or exchanged.
fn is_near(label: &str, name: &str) -> bool {
    let (label, name): (Vec<&str>, Vec<&str>) = (label.split(' ').collect(), name.split(' ').collect());
    let same = label.iter().zip(&name).take_while(|(own, other)| own.eq_ignore_ascii_case(other)).count();
    let same_after = label[same..].iter().rev().zip(name[same..].iter().rev());
    let same_after = same_after.take_while(|(own, other)| own.eq_ignore_ascii_case(other)).count();
    let changed = label.len() - same - same_after;
    name.len() > 1 && name.len() - same - same_after == 1 && changed <= 1 && same + same_after > 0
}
