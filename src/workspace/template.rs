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

/// The most text that one template may have, or write.
const MOST_TEXT: usize = 1 << 20;

/// The parts of a template; `None` if it is not balanced, too deep, or too long.
fn parse(text: &str) -> Option<Vec<Piece<'_>>> {
    if text.len() > MOST_TEXT {
        return None;
    }
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
    let bytes = text.as_bytes();
    let mut braces = memchr::memchr_iter(b'{', bytes);
    let Some(start) = braces.find(|at| matches!(bytes.get(at + 1), Some(b'{' | b'%'))) else {
        return (text, Token::End, "");
    };
    let is_tag = bytes[start + 1] == b'%';
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
    let without_dash = |text: &'t str| text.strip_prefix('-').unwrap_or(text);
    memchr::memmem::find_iter(text.as_bytes(), b"{%").find_map(|start| {
        let named = without_dash(&text[start + 2..]).trim_start().strip_prefix(name)?;
        Some((&text[..start], without_dash(named.trim_start()).strip_prefix("%}")?))
    })
}
