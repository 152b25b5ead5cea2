//! Values of a template, as far as they are known.

use std::rc::Rc;

use crate::tree::{self, Node};

/// What is written for a value that is not known: a word that can be a part of an id.
pub(in crate::workspace) const UNKNOWN: &str = "xunknownvaluex";

#[derive(Debug, Clone)]
pub(in crate::workspace) enum Value<'a> {
    Unknown,
    Nil,
    /// A truth value.
    Bool(bool),
    /// A number, as it is written.
    Number(Rc<str>),
    Text(Rc<str>),
    /// A list or a mapping of the site's data or of the page's front matter.
    Node(&'a Node),
    /// A list that a filter made.
    List(Rc<[Value<'a>]>),
}

impl<'a> Value<'a> {
    pub(in crate::workspace) fn text(text: impl Into<Rc<str>>) -> Self {
        Self::Text(text.into())
    }

    pub(super) fn number(number: usize) -> Self {
        Self::Number(number.to_string().into())
    }

    pub(in crate::workspace) fn of(node: &'a Node) -> Self {
        match &node.value {
            tree::Value::Null => Self::Nil,
            tree::Value::Bool(value) => Self::Bool(*value),
            tree::Value::Number(text) => Self::Number((**text).into()),
            tree::Value::String(text) => Self::text(text.as_str()),
            tree::Value::Sequence(_) | tree::Value::Mapping(_) => Self::Node(node),
        }
    }

    /// Whether it counts as true; `None` if that is unknown.
    pub(super) fn truth(&self) -> Option<bool> {
        match self {
            Self::Unknown => None,
            Self::Nil | Self::Bool(false) => Some(false),
            _ => Some(true),
        }
    }

    pub(super) fn written(&self) -> Rc<str> {
        match self {
            Self::Nil => "".into(),
            Self::Bool(value) => value.to_string().into(),
            Self::Number(text) | Self::Text(text) => text.clone(),
            Self::Unknown | Self::Node(_) | Self::List(_) => UNKNOWN.into(),
        }
    }

    /// Its text, if all of it is known.
    pub(super) fn known_text(&self) -> Option<Rc<str>> {
        let is_scalar = matches!(self, Self::Bool(_) | Self::Number(_) | Self::Text(_));
        is_scalar.then(|| self.written()).filter(|text| !text.contains(UNKNOWN))
    }

    /// Its items; `None` for what is not a list.
    pub(super) fn items(&self) -> Option<Vec<Self>> {
        match self {
            Self::Node(node) => match &node.value {
                tree::Value::Sequence(items) => Some(items.iter().map(Self::of).collect()),
                _ => None,
            },
            Self::List(items) => Some(items.to_vec()),
            _ => None,
        }
    }

    pub(super) fn get(&self, key: &str) -> Self {
        match (self, key) {
            (Self::Unknown, _) => Self::Unknown,
            (Self::Node(node), _) if node.get(key).is_some() => node.get(key).map_or(Self::Nil, Self::of),
            (_, "size") => match (self.items(), self) {
                (Some(items), _) => Self::number(items.len()),
                (None, Self::Node(node)) => Self::number(node.entries().len()),
                (None, Self::Text(text)) => Self::number(text.chars().count()),
                _ => Self::Nil,
            },
            (_, "first") => self.items().and_then(|items| items.first().cloned()).unwrap_or(Self::Nil),
            (_, "last") => self.items().and_then(|items| items.last().cloned()).unwrap_or(Self::Nil),
            (Self::Node(_) | Self::List(_), _) => match (key.parse::<usize>(), self.items()) {
                (Ok(index), Some(items)) => items.get(index).cloned().unwrap_or(Self::Nil),
                _ => Self::Nil,
            },
            _ => Self::Nil,
        }
    }

    /// Whether two values are equal; `None` if that is unknown.
    pub(super) fn equals(&self, other: &Self) -> Option<bool> {
        match (self, other) {
            (Self::Nil, Self::Nil) => Some(true),
            (Self::Bool(left), Self::Bool(right)) => Some(left == right),
            (Self::Number(left), Self::Number(right)) => Some(left == right),
            (Self::Text(left), Self::Text(right)) => {
                (!left.contains(UNKNOWN) && !right.contains(UNKNOWN)).then_some(left == right)
            }
            (Self::Unknown, _)
            | (_, Self::Unknown)
            | (Self::Node(_) | Self::List(_), Self::Node(_) | Self::List(_)) => None,
            _ => Some(false),
        }
    }

    /// Whether it contains a text: as a part of a text, or as an item.
    pub(super) fn contains(&self, other: &Self) -> Option<bool> {
        match self {
            Self::Unknown => None,
            Self::Text(_) => Some(self.known_text()?.contains(&*other.known_text()?)),
            _ => {
                let Some(items) = self.items() else { return Some(false) };
                let equal: Vec<Option<bool>> = items.iter().map(|item| item.equals(other)).collect();
                let any = equal.contains(&Some(true));
                if any || !equal.contains(&None) { Some(any) } else { None }
            }
        }
    }
}
