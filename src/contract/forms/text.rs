//! What sentences say of the characters of a value: how many there are, how they begin, what is not among them.

use super::literals::{Literal, beginning, is_address, literals};
use super::{Form, WANTS, is_one_of, marks};
use crate::guide::Guide;
use crate::profile::fold;

/// Words that make a number of characters a limit or a part.
const LIMITS: &[&str] = &[
    "least", "most", "to", "than", "maximum", "minimum", "max", "min", "first", "last", "within", "over", "under",
    "exceed", "between", "and",
];

/// Words that take something away.
const TAKES: &[&str] = &["remove", "removing", "without", "omit", "exclude", "excluding"];

/// Words before what a value begins with.
const LEADS: &[&str] = &[
    "begins with", "starts with", "should begin with", "should start with", "must begin with", "must start with",
    "will begin with", "will start with", "beginning with", "starting with", "prefixed with", "prefixed by",
];

/// Words for what a value is made of, between its number and its unit.
const KINDS_OF_CHARACTERS: &[&str] =
    &["hexadecimal", "hex", "alphanumeric", "random", "numeric", "lowercase", "uppercase"];

/// Numbers in words, from four on.
const NUMBERS: &[&str] = &["four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"];

/// Words of which a description consists that only says that the value is left out, besides the name of the value.
const BLANK: &[&str] = &[
    "leave", "left", "keep", "kept", "this", "the", "it", "value", "field", "as", "should", "must", "be", "is", "not",
    "used", "required", "needed", "and", "please", "blank", "empty",
];

/// The most bytes of a description that says nothing else than that the value is left out.
const LONGEST_BLANK: usize = 64;

/// The most sentences about the characters of values, and the most bytes of a line of them.
const MOST_SENTENCES: usize = 32;
const LONGEST_LINE: usize = 1024;

/// What the sentences about the characters of a value have.
const SAYING: &[&str] = &["character", "digit", " after ", " before ", "format ", "xample", "followed by", "replace"];

/// Words for a part of a text, and for what a text looks like.
const PARTS: &[&str] = &["value", "part", "portion", "characters", "text", "string", "everything"];
const FORMATS: &[&str] = &["format", "form", "pattern"];

/// The most literals of a description that are compared.
const MOST_LITERALS: usize = 16;

/// How many words may be between `remove` and what is to be removed.
const REACH: usize = 3;

/// "Leave this value blank" or "Not required; leave the Password blank", as the whole description of the value called `name`.
pub(super) fn empty(text: &str, name: &str) -> Option<Form> {
    if text.trim().len() > LONGEST_BLANK {
        return None;
    }
    let words: Vec<&str> = super::words(text).filter(|word| !word.is_empty()).collect();
    let is_about_value =
        |word: &&str| is_one_of(word, BLANK) || super::words(name).any(|own| own.eq_ignore_ascii_case(word));
    let is_told = words.iter().any(|word| is_one_of(word, &["leave", "left", "keep", "kept", "be"]));
    let is_empty = words.last().is_some_and(|word| is_one_of(word, &["blank", "empty"]));
    // "It must not be blank" asks for the value.
    let is_denied = words
        .windows(2)
        .any(|pair| is_one_of(pair[0], &["not"]) && !is_one_of(pair[1], &["required", "needed", "used", "necessary"]));
    (is_told && is_empty && !is_denied && words.iter().all(is_about_value)).then_some(Form::Empty)
}

/// What is to be removed from the end: "remove the `/v1` from the end of the URL".
pub(super) fn end(text: &str, literals: &[Literal<'_>]) -> Option<Form> {
    literals.iter().filter(|literal| literal.marked).find_map(|literal| {
        let mut before = text[..literal.range.start].split_whitespace().rev().take(REACH).map(super::bare);
        before.find(|word| is_one_of(word, TAKES))?;
        let after = beginning(&text[literal.range.end..], LONGEST_LINE);
        let sentence = &after[..after.find(". ").unwrap_or(after.len())];
        sentence.contains("from the end").then(|| Form::WithoutEnd(literal.text.to_owned()))
    })
}

/// "Begins with `0Uv` and is 18 characters long", "a 16 character string", "a nine-digit number".
pub(super) fn characters(text: &str, literals: &[Literal<'_>]) -> Option<Form> {
    let words = text.split(|c: char| c.is_whitespace() || c == '-').map(super::bare);
    let words: Vec<&str> = words.filter(|word| !word.is_empty() && !is_one_of(word, KINDS_OF_CHARACTERS)).collect();
    let number = |word: &str| {
        let in_words = NUMBERS.iter().position(|number| number.eq_ignore_ascii_case(word)).map(|at| at + 4);
        in_words.or_else(|| word.parse().ok())
    };
    let count = |units: &[&str]| {
        words.windows(2).enumerate().find_map(|(at, pair)| {
            let before = at.checked_sub(1).map(|before| words[before]);
            let is_limit = before.is_some_and(|word| is_one_of(word, LIMITS) || number(word).is_some());
            number(pair[0]).filter(|count| is_one_of(pair[1], units) && !is_limit && *count > 3)
        })
    };
    if is_usual(text) {
        return None;
    }
    let length = count(&["character", "characters"]);
    let start = literals.iter().filter(|literal| literal.marked).find(|literal| {
        let before = text[..literal.range.start].trim_end_matches(|c: char| !c.is_alphanumeric());
        let is_plain = literal.text.bytes().all(|c| c.is_ascii_alphanumeric() || matches!(c, b'-' | b'_' | b'.'));
        is_plain && !literal.text.starts_with("http") && LEADS.iter().any(|lead| before.ends_with(lead))
    });
    // Digits after a prefix are only a part.
    if let Some(digits) = count(&["digit", "digits"]).filter(|_| start.is_none()) {
        return Some(Form::Digits(digits));
    }
    let prefix = start.map(|literal| literal.text.to_owned());
    (length.is_some() || prefix.is_some()).then_some(Form::Text { length, prefix })
}

/// The scheme of the addresses that are printed for a value named after them, if it is not one of web pages:
/// `sftp://acme.example`.
pub(super) fn scheme(name: &str, literals: &[Literal<'_>]) -> Option<Form> {
    let last = super::last_word(name).filter(|word| is_one_of(word, &["URL", "URI", "Host", "Address", "Server"]));
    let mut schemes = literals.iter().filter_map(|literal| Some(literal.text.split_once("://")?.0));
    let first = schemes.next().filter(|scheme| scheme.bytes().all(|c| c.is_ascii_lowercase()))?;
    let is_of_pages = matches!(first, "http" | "https");
    (last.is_some() && !is_of_pages && schemes.all(|other| other == first)).then(|| Form::Scheme(first.to_owned()))
}

/// The part of a longer text: "the value after `acct:` and before the `@`"; or, by an example, "if the account is
/// `acct:acme@1234`, the name is `acme`".
pub(super) fn of_longer(text: &str, literals: &[Literal<'_>]) -> Option<Form> {
    let is_plain = |text: &str| !text.contains("://") && !text.contains(char::is_whitespace);
    let is_text = |literal: &&Literal<'_>| literal.marked && literal.placeholder().is_none() && is_plain(literal.text);
    let marked: Vec<&Literal<'_>> = literals.iter().filter(is_text).take(MOST_LITERALS).collect();
    let end = |lead: &str| {
        let literal = marked.iter().find(|literal| {
            let mut before = text[..literal.range.start].split_whitespace().rev().map(super::bare);
            let mut before = before.by_ref().filter(|word| !word.is_empty() && *word != "the").take(REACH * 2);
            before.next() == Some(lead) && before.any(|word| is_one_of(word, PARTS))
        });
        literal.map(|literal| {
            // A literal is without the colon at its end.
            let colon = if text[literal.range.end..].starts_with(':') { ":" } else { "" };
            format!("{}{colon}", literal.text)
        })
    };
    let (after, before) = (end("after"), end("before"));
    if after.is_some() || before.is_some() {
        return Some(Form::Part { after, before });
    }
    let mut wholes = marked.iter().filter(|whole| !is_address(whole.text));
    wholes.find_map(|whole| {
        let is_wanted = |part: &&&Literal<'_>| {
            let lead = text.get(whole.range.end..part.range.start).and_then(super::last_word);
            part.text.len() > 2 && lead.is_some_and(|word| is_one_of(word, WANTS))
        };
        let mut parts = marked.iter().filter(is_wanted);
        let (start, end) = parts.find_map(|part| whole.text.split_once(part.text).filter(|ends| *ends != ("", "")))?;
        let mark = |c: char| (!c.is_alphanumeric()).then(|| c.to_string());
        let (after, before) = (start.chars().next_back().map(mark), end.chars().next().map(mark));
        let part = &whole.text[start.len()..whole.text.len() - end.len()];
        let is_apart = |mark: &Option<String>| mark.as_ref().is_some_and(|mark| !part.contains(mark.as_str()));
        let is_certain = [&after, &before].into_iter().flatten().all(is_apart);
        is_certain.then(|| Form::Part { after: after.flatten(), before: before.flatten() })
    })
}

/// "Must be a `acme.example` domain": the host ends so.
pub(super) fn within_domain(text: &str, name: &str, literals: &[Literal<'_>]) -> Option<Form> {
    let near = |from: usize, words: &[&str]| {
        let mut after = super::words(&text[from..]).filter(|word| !word.is_empty());
        after.next().is_some_and(|word| is_one_of(word, words))
    };
    let lead = text.match_indices("ust be a").find_map(|(at, lead)| {
        let rest = &text[at + lead.len()..];
        let domain = super::words(rest).find(|word| word.len() > 1)?;
        let end = domain.as_ptr() as usize - text.as_ptr() as usize + domain.len();
        let is_near = domain.as_ptr() as usize - rest.as_ptr() as usize <= "n address in the ".len();
        (is_near && domain.contains('.') && near(end, &["domain", "subdomain", "host", "address"])).then_some(domain)
    });
    let domain =
        lead.filter(|_| literals.iter().all(|literal| !literal.text.contains("://") || literal.text.ends_with("://")))?;
    Some(Form::Shape(format!("{{{}}}.{domain}", name.to_lowercase())))
}

/// "Use `https://crm.acme.example` instead of `https://crmplus.acme.example`", "**excluding** '-----BEGIN KEY-----'".
pub(super) fn other_than(text: &str, literals: &[Literal<'_>]) -> Option<Form> {
    let mut wrong = literals.iter().filter(|literal| {
        let before = text[..literal.range.start].trim_end_matches(|c: char| !c.is_alphanumeric());
        let leads = ["instead of", "excluding", "excluding the"];
        let of_domain =
            ["without", "without the", "not include", "not include the", "don't include", "omit", "omit the"];
        let is_led = |leads: &[&str]| leads.iter().any(|lead| before.ends_with(lead));
        literal.text.len() > 4 && (is_led(&leads) || literal.text.starts_with('.') && is_led(&of_domain))
    });
    wrong.next().map(|literal| Form::Not(literal.text.to_owned()))
}

/// "In the format `name@{company}`": words in it stand for others.
pub(super) fn shape(text: &str, literals: &[Literal<'_>]) -> Option<Form> {
    let is_shape = |literal: &&Literal<'_>| {
        let before = super::last_word(&text[..literal.range.start]);
        literal.marked
            && literal.placeholder().is_some()
            && !literal.text.contains("://")
            && before.is_some_and(|word| is_one_of(word, FORMATS))
    };
    if is_usual(text) {
        return None;
    }
    if let Some(form) = counted_shape(text, literals) {
        return Some(form);
    }
    literals.iter().find(is_shape).map(|literal| {
        let (mut shape, mut depth, mut inside) = (String::new(), 0_usize, false);
        for c in literal.text.chars() {
            let is_word = depth == 0 && c.is_alphanumeric();
            if is_word != inside {
                shape.push(if is_word { '{' } else { '}' });
                inside = is_word;
            }
            shape.push(c);
            depth = (depth + usize::from("{[<".contains(c))).saturating_sub(usize::from("}]>".contains(c)));
        }
        shape.push_str(if inside { "}" } else { "" });
        Form::Shape(shape)
    })
}

/// "In the format `account00X`, where `X` is a digit": words stand for others, and so does the letter.
fn counted_shape(text: &str, literals: &[Literal<'_>]) -> Option<Form> {
    let (format, letter) = literals.windows(2).map(|pair| (&pair[0], &pair[1])).find(|(format, letter)| {
        let lead = super::last_word(&text[..format.range.start]).is_some_and(|word| is_one_of(word, FORMATS));
        // Marks may be within marks.
        let between = text.get(format.range.end..letter.range.start).unwrap_or_default();
        let says = text[letter.range.end..].trim_start().starts_with("is ");
        let is_letter = letter.text.len() == 1 && format.text.matches(letter.text).count() == 1;
        lead && says && is_letter && between.trim_start_matches([',', ' ', '"']).starts_with("where")
    })?;
    let is_word = |c: char| c.is_alphabetic() || c == '_';
    let plain = format.text.replace(letter.text, "{X}");
    let start = plain.find(|c: char| !is_word(c)).filter(|start| *start > 0).unwrap_or_default();
    let lead = if start > 0 { format!("{{{}}}", &plain[..start]) } else { String::new() };
    Some(Form::Shape(format!("{lead}{}", &plain[start..])))
}

/// The parts of a value with marks between them, by an example: "If your user is U1 and your database is D1, the name is
/// `D1/U1`".
pub(super) fn shape_of_parts(text: &str, name: &str, literals: &[Literal<'_>]) -> Option<Form> {
    let is_named = |literal: &&Literal<'_>| {
        let clause = text[..literal.range.start].rsplit(['.', ',', ';']).next().unwrap_or_default();
        literal.marked && fold(clause).contains(&fold(name))
    };
    literals.iter().filter(is_named).find_map(|literal| {
        let before: Vec<&str> = super::words(&text[..literal.range.start]).filter(|word| !word.is_empty()).collect();
        let mark = ['/', '\\', '|', ':'].into_iter().find(|mark| literal.text.contains(*mark))?;
        let parts: Vec<&str> = literal.text.split(mark).collect();
        let is_value = |part: &&&str| before.windows(2).any(|pair| pair[0] == "is" && pair[1] == **part);
        let are_named = parts.iter().all(|part| before.contains(part)) && parts.iter().filter(is_value).count() > 1;
        let is_wanted = before.last().is_some_and(|word| is_one_of(word, WANTS));
        let shape: Vec<String> = parts.iter().map(|part| format!("{{{part}}}")).collect();
        (are_named && is_wanted).then(|| Form::Shape(shape.join(&mark.to_string())))
    })
}

/// Whether a text says what most values look like, but not all.
fn is_usual(text: &str) -> bool {
    super::words(text).any(|word| is_one_of(word, &["usually", "typically", "often", "normally", "generally", "about"]))
}

/// Whether a sentence about a format, in lowercase, begins with the value, or names it right before: "the username in the
/// format".
pub(super) fn is_shape_of(sentence: &str, name: &str) -> bool {
    let words: Vec<&str> = super::words(sentence).filter(|word| !word.is_empty()).collect();
    let name: Vec<&str> = name.split(' ').collect();
    let format = words.iter().position(|word| is_one_of(word, FORMATS));
    let near = format.map_or(&[][..], |at| &words[at.saturating_sub(name.len() + REACH)..at]);
    let start = &words[..words.len().min(name.len() + 1)];
    [near, start].iter().any(|part| part.windows(name.len()).any(|part| part == name))
}

/// The sentences that say something of the characters of a value, each with what it says.
pub(super) fn sentences(guide: &Guide) -> Vec<(String, Form)> {
    let text = guide.text.as_str();
    let mut found = Vec::new();
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        let end = start + line.len();
        let says = line.len() < LONGEST_LINE && SAYING.iter().chain(LEADS).any(|words| line.contains(words));
        if says && found.len() < MOST_SENTENCES {
            let parts = line.split_inclusive(". ");
            let (mut last, mut at) = (start, start);
            for part in parts {
                let literals = literals(guide, at..at + part.len());
                let form = characters(part, &literals)
                    .or_else(|| of_longer(part, &literals))
                    .or_else(|| shape(part, &literals))
                    .or_else(|| marks::joined(part))
                    .or_else(|| marks::replaced(part, &literals));
                // "Copy the **Account Name**. It is the value after `acct:`."
                let is_told = ["This ", "It "].iter().any(|start| part.starts_with(start));
                let about = if is_told { last..at + part.len() } else { at..at + part.len() };
                found.extend(form.map(|form| (text[about].to_ascii_lowercase(), form)));
                (last, at) = (at, at + part.len());
            }
        }
        start = end;
    }
    found
}

/// The scheme of HTTP authentication that a sentence says the key begins with: "copy the token. It starts with `Token`".
pub(in crate::contract) fn scheme_of_key(guide: &Guide) -> Option<Form> {
    let is_scheme = |(sentence, form): &(String, Form)| {
        let Form::Text { prefix: Some(prefix), .. } = form else { return false };
        let before = sentence.rfind(&prefix.to_ascii_lowercase()).map_or("", |at| &sentence[..at]);
        form.is_of_secrets() && super::words(before).any(|word| is_one_of(word, &["token", "key"]))
    };
    sentences(guide).into_iter().find(is_scheme).map(|(_, form)| form)
}

/// Whether a sentence, in lowercase, says how many digits the value called `name` has: "your nine digit account id".
pub(super) fn counts_digits_of(sentence: &str, name: &str) -> bool {
    let mut rests = sentence.match_indices("digit").map(|(at, unit)| &sentence[at + unit.len()..]);
    rests.any(|rest| {
        let after = rest.strip_prefix('s').unwrap_or(rest).trim_start().strip_prefix(name);
        after.is_some_and(|after| !after.starts_with(char::is_alphanumeric))
    })
}
