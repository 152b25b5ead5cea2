//! `guide/value-description-mismatch`

use std::cell::LazyCell;
use std::collections::{BTreeMap, HashMap};

use crate::diagnostic::{Finding, Severity};
use crate::guide::{BlockId, BlockKind, Guide, Style};
use crate::profile::{GuideKind, fold};
use crate::rule::{Page, Rule};
use crate::searchable::Searchable;
use crate::source::Span;

pub const RULE: Rule =
    Rule::convention("guide/value-description-mismatch", include_str!("value_description_mismatch.md"), check)
        .warning();

/// Words before the name of a value in its description.
const BEFORE_NAMES: [&str; 10] =
    ["the ", "your ", "a ", "an ", "enter the ", "enter your ", "find the ", "find your ", "copy the ", "copy your "];

/// Words after a name that show that the name ends there: "the API Key of your account", not "the API Key ID".
const AFTER_NAMES: [&str; 15] = [
    "as", "associated", "for", "from", "generated", "in", "is", "of", "on", "that", "to", "used", "which", "with",
    "you",
];

/// What begins another clause, which may say how a value is made of another one.
const CLAUSES: [&str; 4] = [" and ", ",", ":", ";"];

/// Words of which a guide that has OAuth has one.
const OF_OAUTH: [&str; 6] = ["oauth", "client id", "client secret", "redirect", "callback", "authoriz"];

/// Words of a heading about a pair of keys.
const KEY_PAIR: [&str; 3] = ["public", "private", "key"];

/// Descriptions of a page that are looked for on others.
const MOST_COPIED: usize = 16;

/// Words in the longest name that is looked for in a description.
const LONGEST_NAME: usize = 5;

/// A row of a table: what is in its first two columns, without the spaces around it.
struct Row<'a> {
    name: &'a str,
    description: &'a str,
    name_span: Span,
    description_span: Span,
}

fn check(page: &Page<'_>, found: &mut Vec<Finding>) {
    let guide = page.guide;
    let tables = (0..guide.blocks.len()).filter(|id| matches!(guide.blocks[*id].kind, BlockKind::Table { .. }));
    for table in tables {
        let (header, rows) = rows(guide, table);
        if header.is_some_and(|header| page.profile.is_values_header(header)) {
            descriptions(page, &rows, found);
            names(&rows, found);
        }
        scopes(page, &rows, found);
    }
    for list in (0..guide.blocks.len()).filter(|id| matches!(guide.blocks[*id].kind, BlockKind::List { .. })) {
        descriptions(page, &named_blocks(page, guide.children(list)), found);
    }
    paragraphs(page, found);
    copied(page, found);
    if page.kind == GuideKind::Setup {
        headings(page, found);
    }
}

/// Headings that name credentials which are not in the text under them.
fn headings(page: &Page<'_>, found: &mut Vec<Finding>) {
    let guide = page.guide;
    let text = guide.text.as_str();
    let title = guide.front_matter("title").and_then(|title| title.as_str()).unwrap_or_default().to_lowercase();
    let starts = guide.blocks.iter().filter_map(|block| match block.kind {
        BlockKind::Heading(index) => Some((index, block.text.start as usize, block.text.end as usize)),
        _ => None,
    });
    let starts: Vec<(usize, usize, usize)> = starts.collect();
    let prose = || {
        let ends = starts.iter().map(|(_, start, _)| *start).chain([text.len()]);
        let begins = std::iter::once(0).chain(starts.iter().map(|(_, _, end)| *end));
        begins.zip(ends).map(|(start, end)| text[start..end].to_lowercase()).collect::<String>()
    };
    let has_oauth = LazyCell::new(|| {
        let prose = prose();
        OF_OAUTH.iter().any(|word| prose.contains(word))
    });
    for (at, (index, _, end)) in starts.iter().enumerate() {
        let heading = &guide.headings[*index];
        let name = heading.text.to_lowercase();
        let is_above = |next: &&(usize, usize, usize)| guide.headings[next.0].level <= heading.level;
        let next = || starts[at + 1..].iter().find(is_above).map_or(text.len(), |(_, start, _)| *start);
        let is_other = name.contains("oauth") && !title.contains("oauth") && !*has_oauth
            || KEY_PAIR.iter().all(|word| name.contains(word)) && {
                let own = text[*end..next()].to_lowercase();
                !KEY_PAIR[..2].iter().any(|word| own.contains(word))
            };
        if is_other {
            let message = format!("heading `{}` names credentials not in its section", heading.text);
            found.push(Finding::new(heading.content, message).help("use the names of the values in the section"));
        }
    }
}

/// A description of another guide, which has the value that it names; this guide does not have it.
fn copied(page: &Page<'_>, found: &mut Vec<Finding>) {
    let guide = page.guide;
    let text = guide.text.as_str();
    let mut looked = 0;
    for field in &page.contract.fields {
        let Some(name) = field.name.span.filter(|_| looked < MOST_COPIED) else { continue };
        let Some(block) = guide.blocks_around(name).max().filter(|block| is_text(&guide.blocks[*block].kind)) else {
            continue;
        };
        let Some(description) = guide.text_of(block).trim().strip_prefix(&field.name.value) else { continue };
        let description = description.trim_start_matches([':', ' ', '-', '–']);
        let Some(other) = other_value(page, &field.name.value, description) else { continue };
        looked += 1;
        if text.matches(other).nth(1).is_some() {
            continue;
        }
        let is_source = |source: &str| source.contains(description) && source.matches(other).nth(1).is_some();
        if page.site.other_page(is_source).is_some() {
            let message = format!("description of `{}` names an unknown value: `{other}`", field.name.value);
            let help = format!("describe the source of `{}`", field.name.value);
            found.push(Finding::new(guide.blocks[block].span, message).severity(Severity::Error).help(help));
        }
    }
}

fn is_text(kind: &BlockKind) -> bool {
    matches!(kind, BlockKind::Paragraph | BlockKind::Item(_))
}

/// The name of another value that a description begins with: words with uppercase letters, of which the last one ends the
/// names of values.
fn other_value<'a>(page: &Page<'_>, own: &str, description: &'a str) -> Option<&'a str> {
    let rest = ["The ", "Your ", "Enter the ", "Enter your "].iter().find_map(|lead| description.strip_prefix(lead))?;
    let words = rest.split(' ').take(LONGEST_NAME).take_while(|word| word.starts_with(char::is_uppercase));
    let length = words.map(|word| word.len() + 1).sum::<usize>().checked_sub(1)?;
    let name = rest[..length].trim_end_matches(|c: char| c.is_ascii_punctuation());
    let is_other = name.contains(' ') && page.profile.names_a_value(name) && !fold(name).contains(&fold(own));
    (is_other && !fold(own).contains(&fold(name))).then_some(name)
}

/// The first cell of a table's header, and its rows with two cells or more.
fn rows(guide: &Guide, table: BlockId) -> (Option<&str>, Vec<Row<'_>>) {
    let mut rows = Vec::new();
    let mut head = None;
    for row in guide.children(table) {
        let BlockKind::Row { header, .. } = guide.blocks[row].kind else { continue };
        let mut cells = guide.children(row);
        let (Some(name), Some(description)) = (cells.next(), cells.next()) else { continue };
        if header {
            head = Some(guide.text_of(name).trim());
            continue;
        }
        // A reference of properties: `slug` may well be the title in another form.
        if guide
            .text
            .all_have(guide.blocks[name].text.start as usize..guide.blocks[name].text.end as usize, Style::CODE)
        {
            continue;
        }
        let (name_span, description_span) = (guide.blocks[name].span, guide.blocks[description].span);
        let (name, description) = (guide.text_of(name).trim(), guide.text_of(description).trim());
        rows.push(Row { name, description, name_span, description_span });
    }
    (head, rows)
}

/// Paragraphs in a row that begin with the bold name of a value.
fn paragraphs(page: &Page<'_>, found: &mut Vec<Finding>) {
    let guide = page.guide;
    let is_bold = |id: &BlockId| {
        let block = &guide.blocks[*id];
        block.kind == BlockKind::Paragraph
            && block.text.start < block.text.end
            && guide.text.style_at(block.text.start as usize).has(Style::STRONG)
    };
    let ids: Vec<BlockId> = (0..guide.blocks.len()).filter(is_bold).collect();
    for row in ids.chunk_by(|one, next| one + 1 == *next) {
        descriptions(page, &named_blocks(page, row.iter().copied()), found);
    }
}

/// The blocks that are the name of a value with a colon and what it is.
fn named_blocks<'a>(page: &'a Page<'_>, blocks: impl Iterator<Item = BlockId>) -> Vec<Row<'a>> {
    let guide = page.guide;
    let rows = blocks.filter_map(|block| {
        let own = guide.own_text(block);
        let (name, description) = guide.text.as_str()[own.clone()].split_once(": ")?;
        let description = description.trim_start();
        let start = own.end - description.len();
        page.profile.names_a_value(name).then(|| Row {
            name,
            description: description.trim(),
            name_span: guide.text.span_of(own.start..own.start + name.len()),
            description_span: guide.text.span_of(start..start + description.trim_end().len()),
        })
    });
    rows.collect()
}

/// A description that begins with the name of another row and lacks that of its own.
fn descriptions(page: &Page<'_>, rows: &[Row<'_>], found: &mut Vec<Finding>) {
    let names: BTreeMap<String, usize> = rows.iter().enumerate().map(|(at, row)| (fold(row.name), at)).collect();
    for row in rows {
        let (own, description) = (fold(row.name), fold(row.description));
        let is_made = CLAUSES.iter().any(|mark| row.description.contains(mark));
        if own.is_empty() || is_made || description.contains(&own) {
            continue;
        }
        let Some(other) =
            named_first(page, row.description).find_map(|name| names.get(&name)).map(|other| &rows[*other])
        else {
            continue;
        };
        let others = fold(other.name);
        if may_be_value(&own, &others) {
            continue;
        }
        // The other row says what it is itself, or the two were swapped.
        let theirs = fold(other.description);
        let last = fold(other.name.rsplit(' ').next().unwrap_or_default());
        let is_theirs = theirs.contains(&others) || theirs.contains(&own) || theirs.contains(&last);
        if !own.contains(&others) && !others.contains(&own) && is_theirs {
            found.push(
                Finding::new(row.description_span, format!("description of `{}` under `{}`", other.name, row.name))
                    .label(other.name_span, format!("`{}`", other.name))
                    .help(format!("describe `{}`", row.name)),
            );
        }
    }
}

/// Whether one value may be another one: an email address is a user name, a domain a host, and a token a password.
fn may_be_value(name: &str, other: &str) -> bool {
    let is_one_of = |name: &str, ends: &[&str]| ends.iter().any(|end| name.ends_with(end));
    let are = |ends: &[&str]| is_one_of(name, ends) && is_one_of(other, ends);
    are(&["domain", "host", "server", "site", "url"])
        || are(&["username", "login", "user", "userid", "email", "emailaddress"])
        || name.ends_with("password") && is_one_of(other, &["key", "token", "secret"])
}

/// A name with a wrong letter: its word is not in the description, which has a word that differs in one letter and is in
/// the name of another row.
fn names(rows: &[Row<'_>], found: &mut Vec<Finding>) {
    let mut counts: HashMap<String, usize> = HashMap::new();
    for word in rows.iter().flat_map(|row| words(row.name)) {
        *counts.entry(word).or_default() += 1;
    }
    for row in rows {
        let own: Vec<String> = words(row.name).collect();
        let is_of_others = |word: &String| {
            let count = own.iter().filter(|one| *one == word).count();
            counts.get(word).is_some_and(|all| *all > count)
        };
        let described: Vec<String> = words(row.description).collect();
        let meant = own.iter().filter(|word| !described.contains(word) && !is_of_others(word)).find_map(|word| {
            let meant = described.iter().find(|other| differs_in_one_letter(word, other) && is_of_others(other));
            meant.map(|meant| (word, meant.clone()))
        });
        if let Some((word, meant)) = meant {
            found.push(
                Finding::new(row.name_span, format!("`{word}` in the name is `{meant}` in the description"))
                    .label(row.description_span, "description")
                    .help(format!("use the same word, `{meant}`")),
            );
        }
    }
}

/// The words of a text in lowercase.
fn words(text: &str) -> impl Iterator<Item = String> + '_ {
    text.split(|c: char| !c.is_alphabetic()).filter(|word| !word.is_empty()).map(str::to_lowercase)
}

/// Whether two words of the same length, from four letters on, differ in one letter that is neither the first nor the last.
fn differs_in_one_letter(one: &str, other: &str) -> bool {
    if one.len() != other.len() {
        return false;
    }
    let length = one.chars().count();
    let mut differing = one.chars().zip(other.chars()).enumerate().filter(|(_, (a, b))| a != b).map(|(at, _)| at);
    let (first, second) = (differing.next(), differing.next());
    length >= 4 && second.is_none() && first.is_some_and(|at| at > 0 && at + 1 < length)
}

/// The names, in letters and digits, that a description may begin with: after an article, and after the connector's name
/// and words of products, as in "The Acme account password".
fn named_first(page: &Page<'_>, description: &str) -> impl Iterator<Item = String> {
    let lower = without_optional(page, description).to_lowercase();
    let start = BEFORE_NAMES.iter().filter(|lead| lower.starts_with(**lead)).map(|lead| lead.len()).max().unwrap_or(0);
    let connector = page.contract.connector.as_ref().map_or("", |connector| connector.value.as_str()).to_lowercase();
    let rest = lower[start..].strip_prefix(connector.as_str()).unwrap_or(&lower[start..]);
    let is_of_product = |word: &str| page.profile.product_words.iter().any(|known| known.eq_ignore_ascii_case(word));
    let words: Vec<&str> = rest.split_whitespace().collect();
    let owned = words.iter().take_while(|word| is_of_product(word)).count();
    let mut names = names_at_start(lower[start..].split_whitespace());
    if start > 0 {
        names.extend((0..=owned).flat_map(|at| names_at_start(words[at..].iter().copied())));
    }
    names.into_iter()
}

/// What a text of words may begin with that is a name, the longest first.
fn names_at_start<'a>(words: impl Iterator<Item = &'a str>) -> Vec<String> {
    let words: Vec<&str> = words.take(LONGEST_NAME + 1).collect();
    let is_end = |end: &usize| {
        words[end - 1].ends_with(['.', ':']) || words.get(*end).is_none_or(|next| AFTER_NAMES.contains(next))
    };
    (1..=words.len().min(LONGEST_NAME)).rev().filter(is_end).map(|end| fold(&words[..end].concat())).collect()
}

/// A description without what it begins with where the value is optional.
fn without_optional<'a>(page: &Page<'_>, description: &'a str) -> &'a str {
    let marks = page.profile.values.optional.description.find_in(&Searchable::new(description));
    let mark = marks.first().filter(|(_, place)| place.start <= 1).map_or(0, |(_, place)| place.end);
    description[mark..].trim_start_matches([')', '.', ':', ',', '-', ' '])
}

/// A scope that was copied from another row: it names what that row is about, and the vendor has one for this row too.
fn scopes(page: &Page<'_>, rows: &[Row<'_>], found: &mut Vec<Finding>) {
    if page.contract.scopes.is_empty() || rows.len() < 2 {
        return;
    }
    let catalogues = page.own_catalogues();
    let mut firsts: BTreeMap<&str, &Row<'_>> = BTreeMap::new();
    for row in rows.iter().filter(|row| !row.description.contains(char::is_whitespace)) {
        let named = |row: &Row<'_>| row.name.to_lowercase().replace(' ', "_");
        let Some(first) = firsts.get(row.description) else {
            if row.description.to_lowercase().contains(&named(row)) && !row.name.is_empty() {
                firsts.insert(row.description, row);
            }
            continue;
        };
        let meant = row.description.to_lowercase().replacen(&named(first), &named(row), 1);
        let is_known = || catalogues.iter().any(|catalogue| catalogue.lookup(&meant).is_some());
        if named(first) != named(row) && !row.description.to_lowercase().contains(&named(row)) && is_known() {
            found.push(
                Finding::new(row.description_span, format!("scope of `{}` under `{}`", first.name, row.name))
                    .label(first.name_span, format!("`{}`", first.name))
                    .help(format!("use `{meant}`")),
            );
        }
    }
}
