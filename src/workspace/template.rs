//! Liquid templates of a site, rendered as far as the values are known.
//!
//! The result has everything that the template may write: both branches of a condition that cannot be decided, and
//! [`UNKNOWN`] for a value that is unknown. It is made to ask which anchors a page gets from its layout.

mod expression;
mod filters;
mod render;
mod value;

pub(super) use expression::split_outside;
pub(super) use render::{Parts, render};
pub(super) use value::{UNKNOWN, Value};

/// A part of a template.
#[derive(Debug)]
enum Piece<'t> {
    /// Text as it is.
    Text(&'t str),
    /// `{{ ... }}`: the expression.
    Output(&'t str),
    /// A tag without an end: its name and what follows it.
    Tag(&'t str, &'t str),
    /// A tag with its end, and the parts between them.
    Block(Vec<Arm<'t>>),
}

/// A part of a block: from its tag to the next one of the block.
#[derive(Debug)]
struct Arm<'t> {
    name: &'t str,
    argument: &'t str,
    body: Vec<Piece<'t>>,
}

/// The tags that have an end and whose content is rendered.
const BLOCKS: [&str; 7] = ["if", "unless", "case", "for", "tablerow", "capture", "ifchanged"];

/// The tags that begin another part of a block.
const ARMS: [&str; 3] = ["elsif", "else", "when"];

/// How deep blocks may lie in each other.
const DEEPEST: usize = 64;

/// The parts of a template; `None` if it is not balanced, or too deep.
fn parse(text: &str) -> Option<Vec<Piece<'_>>> {
    let mut open: Vec<Vec<Arm<'_>>> = Vec::new();
    let mut top: Vec<Piece<'_>> = Vec::new();
    let mut rest = text;
    loop {
        let (before, token, after) = next_token(rest);
        add(&mut open, &mut top, Piece::Text(before));
        rest = after;
        match token {
            Token::End => return open.is_empty().then_some(top),
            Token::Output(expression) => add(&mut open, &mut top, Piece::Output(expression)),
            Token::Tag("comment", _) => rest = after_tag(rest, "endcomment")?.1,
            Token::Tag("raw", _) => {
                let (inner, after) = after_tag(rest, "endraw")?;
                add(&mut open, &mut top, Piece::Text(inner));
                rest = after;
            }
            Token::Tag(name, argument) if BLOCKS.contains(&name) => {
                if open.len() == DEEPEST {
                    return None;
                }
                open.push(vec![Arm { name, argument, body: Vec::new() }]);
            }
            Token::Tag(name, argument) if ARMS.contains(&name) => {
                open.last_mut()?.push(Arm { name, argument, body: Vec::new() });
            }
            Token::Tag(name, argument) => match name.strip_prefix("end").filter(|name| BLOCKS.contains(name)) {
                Some(name) => {
                    let arms = open.pop().filter(|arms| arms[0].name == name)?;
                    add(&mut open, &mut top, Piece::Block(arms));
                }
                None => add(&mut open, &mut top, Piece::Tag(name, argument)),
            },
        }
    }
}

fn add<'t>(open: &mut [Vec<Arm<'t>>], top: &mut Vec<Piece<'t>>, piece: Piece<'t>) {
    let inner = open.last_mut().and_then(|arms| arms.last_mut()).map(|arm| &mut arm.body);
    inner.unwrap_or(top).push(piece);
}

enum Token<'t> {
    Output(&'t str),
    Tag(&'t str, &'t str),
    End,
}

/// The text before the next Liquid, that Liquid, and what follows.
fn next_token(text: &str) -> (&str, Token<'_>, &str) {
    let outputs = memchr::memmem::find(text.as_bytes(), b"{{");
    let tags = memchr::memmem::find(text.as_bytes(), b"{%");
    let Some(start) = [outputs, tags].into_iter().flatten().min() else { return (text, Token::End, "") };
    let is_tag = tags == Some(start);
    let close = if is_tag { "%}" } else { "}}" };
    let Some((inner, after)) = text[start + 2..].split_once(close) else { return (text, Token::End, "") };
    let inner = inner.strip_prefix('-').unwrap_or(inner);
    let inner = inner.strip_suffix('-').unwrap_or(inner).trim();
    let length = inner.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(inner.len());
    let token = if is_tag { Token::Tag(&inner[..length], inner[length..].trim()) } else { Token::Output(inner) };
    (&text[..start], token, after)
}

/// The text before a tag, and what follows it.
fn after_tag<'t>(text: &'t str, name: &str) -> Option<(&'t str, &'t str)> {
    let mut rest = text;
    loop {
        let start = text.len() - rest.len() + memchr::memmem::find(rest.as_bytes(), b"{%")?;
        let (inner, after) = text[start + 2..].split_once("%}")?;
        if inner.trim_matches('-').trim() == name {
            return Some((&text[..start], after));
        }
        rest = &text[start + 2..];
    }
}
