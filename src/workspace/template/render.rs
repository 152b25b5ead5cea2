//! Renders a template as far as its values are known.

use std::collections::{BTreeSet, HashMap};
use std::rc::Rc;

use super::expression::{file_name, is_empty, keys, ordered, parameters, split_outside, words};
use super::filters::apply;
use super::value::{UNKNOWN, Value};
use super::{Arm, DEEPEST, MOST_TEXT, Piece, parse};

/// What a step costs, in bytes of text.
const STEP: usize = 16;

/// The most words of a condition.
const MOST_WORDS: usize = 200;

/// What templates get from the site.
pub(in crate::workspace) trait Parts<'a> {
    /// The text of an include, by its name.
    fn include(&self, name: &str) -> Option<Rc<str>>;
    /// A value of the site's data, by the keys after `site.data`, and how many of them it took.
    fn data(&self, keys: &[String]) -> Option<(Value<'a>, usize)>;
    fn page(&self, key: &str) -> Value<'a>;
}

/// Everything that a template may write, each include and captured text also on its own; `None` if that is
/// unknown.
pub(in crate::workspace) fn render(text: &str, parts: &dyn Parts<'_>) -> Option<BTreeSet<String>> {
    let mut renderer = Renderer {
        parts,
        variables: HashMap::new(),
        includes: Vec::new(),
        out: String::new(),
        written: BTreeSet::new(),
        spent: 0,
    };
    renderer.pieces(&parse(text)?)?;
    renderer.written.insert(renderer.out);
    Some(renderer.written)
}

struct Renderer<'p, 'a> {
    parts: &'p dyn Parts<'a>,
    variables: HashMap<String, Value<'a>>,
    /// The parameters of the includes that are open.
    includes: Vec<HashMap<String, Value<'a>>>,
    out: String,
    written: BTreeSet<String>,
    /// The bytes that were written, with what the steps cost.
    spent: usize,
}

impl<'a> Renderer<'_, 'a> {
    fn pieces(&mut self, pieces: &[Piece<'_>]) -> Option<()> {
        for piece in pieces {
            self.spent += STEP;
            match piece {
                Piece::Text(text) => self.write(text),
                Piece::Output(expression) => {
                    if !is_left_out(expression) {
                        self.output(expression);
                    }
                }
                Piece::Tag(name, argument) => self.tag(name, argument)?,
                Piece::Block(arms) => self.block(arms)?,
            }
            if self.spent > MOST_TEXT {
                return None;
            }
        }
        Some(())
    }

    /// Markdown that a template makes HTML of is read on its own: what is open at its end does not reach into the rest.
    fn output(&mut self, expression: &str) {
        let text = self.filtered(expression).written();
        let is_apart = split_outside(expression, '|').iter().skip(1).any(|filter| filter.trim() == "markdownify");
        if is_apart {
            self.written.insert(text.to_string());
        }
        self.write(if is_apart { UNKNOWN } else { &text });
    }

    fn write(&mut self, text: &str) {
        self.spent += text.len();
        self.out.push_str(text);
    }

    fn tag(&mut self, name: &str, argument: &str) -> Option<()> {
        match name {
            "assign" => {
                let (name, expression) = argument.split_once('=')?;
                let value = self.filtered(expression);
                self.variables.insert(name.trim().to_owned(), value);
            }
            "include" | "include_cached" => self.include(argument)?,
            "break" | "continue" | "include_relative" => {}
            _ => self.write(UNKNOWN),
        }
        Some(())
    }

    fn include(&mut self, argument: &str) -> Option<()> {
        let (name, given) = file_name(argument);
        let name = match name.split_once("{{") {
            None => name.to_owned(),
            Some((before, rest)) => {
                let (expression, after) = rest.split_once("}}")?;
                format!("{before}{}{after}", self.filtered(expression).written())
            }
        };
        let Some(text) = self.parts.include(&name).filter(|_| self.includes.len() < DEEPEST) else { return Some(()) };
        let parameters = parameters(given);
        let parameters = parameters.into_iter().map(|(key, value)| (key.to_owned(), self.value(value))).collect();
        self.includes.push(parameters);
        self.spent += text.len();
        let pieces = parse(&text)?;
        let text = self.aside(&pieces)?;
        self.includes.pop();
        self.write(&text);
        self.written.insert(text);
        Some(())
    }

    /// The text that pieces write.
    fn aside(&mut self, pieces: &[Piece<'_>]) -> Option<String> {
        let before = std::mem::take(&mut self.out);
        self.pieces(pieces)?;
        Some(std::mem::replace(&mut self.out, before))
    }

    fn block(&mut self, arms: &[Arm<'_>]) -> Option<()> {
        let first = arms.first()?;
        match first.name {
            "if" | "unless" => self.condition(arms),
            "for" | "tablerow" => self.repeat(first, &arms[1..]),
            "capture" => {
                let text = self.aside(&first.body)?;
                self.variables.insert(first.argument.to_owned(), Value::text(text.as_str()));
                self.written.insert(text);
                Some(())
            }
            // `case`, `ifchanged`.
            _ => self.any(&arms.iter().collect::<Vec<_>>()),
        }
    }

    /// The first arm whose condition is true; all that may be.
    fn condition(&mut self, arms: &[Arm<'_>]) -> Option<()> {
        let mut possible = Vec::new();
        for arm in arms {
            let truth = match arm.name {
                "else" => Some(true),
                "unless" => self.truth(arm.argument).map(|truth| !truth),
                _ => self.truth(arm.argument),
            };
            if truth != Some(false) {
                possible.push(arm);
            }
            if truth == Some(true) {
                if let [only] = possible.as_slice() {
                    return self.pieces(&only.body);
                }
                break;
            }
        }
        self.any(&possible)
    }

    /// Arms of which each may be written or not: what they assign is not known.
    fn any(&mut self, arms: &[&Arm<'_>]) -> Option<()> {
        for arm in arms {
            self.spent += STEP * self.variables.len();
            let before = self.variables.clone();
            self.pieces(&arm.body)?;
            self.variables = before;
        }
        for arm in arms {
            self.forget(&arm.body);
        }
        Some(())
    }

    fn repeat(&mut self, first: &Arm<'_>, others: &[Arm<'_>]) -> Option<()> {
        let (name, of) = first.argument.split_once(" in ")?;
        let list = self.value(of.split_whitespace().next().unwrap_or_default());
        let items = match &list {
            Value::Nil => Some(Vec::new()),
            _ => list.items(),
        };
        let is_sure = items.is_some() && !stops(&first.body);
        if !is_sure {
            self.forget(&first.body);
        }
        for item in items.unwrap_or_else(|| vec![Value::Unknown]) {
            self.spent += STEP;
            if self.spent > MOST_TEXT {
                return None;
            }
            self.variables.insert(name.trim().to_owned(), item);
            self.pieces(&first.body)?;
        }
        if !is_sure {
            self.forget(&first.body);
        }
        self.variables.remove(name.trim());
        self.any(&others.iter().collect::<Vec<_>>())
    }

    /// What pieces assign is not known.
    fn forget(&mut self, pieces: &[Piece<'_>]) {
        for piece in pieces {
            match piece {
                Piece::Tag("assign", argument) => {
                    let name = argument.split('=').next().unwrap_or_default().trim();
                    self.variables.insert(name.to_owned(), Value::Unknown);
                }
                Piece::Block(arms) => {
                    for arm in arms {
                        if arm.name == "capture" {
                            self.variables.insert(arm.argument.to_owned(), Value::Unknown);
                        }
                        self.forget(&arm.body);
                    }
                }
                _ => {}
            }
        }
    }

    /// `a and b or c`, which Liquid reads from the right; `None` if it is unknown.
    fn truth(&self, condition: &str) -> Option<bool> {
        let words = words(condition);
        if words.len() > MOST_WORDS { None } else { self.truth_of(&words) }
    }

    fn truth_of(&self, words: &[&str]) -> Option<bool> {
        let Some(at) = words.iter().position(|word| matches!(*word, "and" | "or")) else {
            return self.comparison(words);
        };
        let (first, rest) = (self.comparison(&words[..at]), self.truth_of(&words[at + 1..]));
        // One that is false decides `and`, one that is true decides `or`.
        let deciding = words[at] == "or";
        match (first, rest) {
            (Some(left), Some(right)) => Some(if deciding { left || right } else { left && right }),
            (Some(one), None) | (None, Some(one)) if one == deciding => Some(deciding),
            _ => None,
        }
    }

    fn comparison(&self, words: &[&str]) -> Option<bool> {
        match words {
            [value] => self.value(value).truth(),
            [left, operator, right] => {
                let (left, is_blank) = (self.value(left), matches!(*right, "blank" | "empty"));
                let right = self.value(right);
                match *operator {
                    "==" if is_blank => is_empty(&left),
                    "!=" | "<>" if is_blank => is_empty(&left).map(|empty| !empty),
                    "==" => left.equals(&right),
                    "!=" | "<>" => left.equals(&right).map(|equal| !equal),
                    "contains" => left.contains(&right),
                    operator => ordered(&left, operator, &right),
                }
            }
            _ => None,
        }
    }

    fn filtered(&self, expression: &str) -> Value<'a> {
        let mut parts = split_outside(expression, '|').into_iter();
        let first = self.value(parts.next().unwrap_or_default().trim());
        parts.fold(first, |value, filter| {
            let (name, arguments) = filter.split_once(':').unwrap_or((filter, ""));
            let arguments: Vec<Value<'a>> = split_outside(arguments, ',')
                .into_iter()
                .map(str::trim)
                .filter(|argument| !argument.is_empty())
                .map(|argument| self.value(argument))
                .collect();
            apply(name.trim(), value, &arguments)
        })
    }

    /// A literal, or the value of a variable.
    fn value(&self, written: &str) -> Value<'a> {
        let quoted = |mark: char| written.strip_prefix(mark).and_then(|inner| inner.strip_suffix(mark));
        if let Some(text) = quoted('"').or_else(|| quoted('\'')) {
            return Value::text(text);
        }
        match written {
            "" | "nil" | "null" | "blank" | "empty" => return Value::Nil,
            "true" => return Value::Bool(true),
            "false" => return Value::Bool(false),
            _ => {}
        }
        if written.parse::<f64>().is_ok() {
            return Value::Number(written.into());
        }
        let Some(keys) = keys(written) else { return Value::Unknown };
        let (first, rest) = keys.split_first().expect("a path has a key");
        let (value, rest) = match (first.as_str(), rest) {
            ("page", [key, rest @ ..]) => (self.parts.page(key), rest),
            ("include", [key, rest @ ..]) => {
                let given = self.includes.last().map(|given| given.get(key).cloned().unwrap_or(Value::Nil));
                (given.unwrap_or(Value::Unknown), rest)
            }
            ("site", [data, keys @ ..]) if data == "data" => match self.parts.data(keys) {
                Some((value, taken)) => (value, &keys[taken..]),
                None => (Value::Unknown, keys),
            },
            (name, rest) => (self.variables.get(name).cloned().unwrap_or(Value::Unknown), rest),
        };
        rest.iter().fold(value, |value, key| value.get(key))
    }
}

/// Whether an output is not looked at: the content of a layout is that of the page, and the configuration of a site
/// names no anchors.
fn is_left_out(expression: &str) -> bool {
    let first = expression.split(['|', ' ']).next().unwrap_or_default();
    first == "content" || first.starts_with("site.") && !first.starts_with("site.data.")
}

/// Whether a loop may leave out a part of its body.
fn stops(pieces: &[Piece<'_>]) -> bool {
    pieces.iter().any(|piece| match piece {
        Piece::Tag(name, _) => matches!(*name, "break" | "continue"),
        Piece::Block(arms) => arms.iter().any(|arm| stops(&arm.body)),
        _ => false,
    })
}
