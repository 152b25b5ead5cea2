//! kramdown's attribute lists: `{: #id .class key="value" reference}`.

use crate::dialects::blanks::is_blank_byte;

/// Larger numbers of a list are not read.
const LARGEST_START: u32 = 1_000_000_000;

/// What an attribute list sets.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct AttributeList {
    /// `#id` or `id="..."`.
    pub(super) id: Option<String>,
    /// Names of lists that are defined elsewhere.
    pub(super) references: Vec<String>,
    /// `key="value"`, in order.
    pub(super) values: Vec<(String, String)>,
}

impl AttributeList {
    /// Reads the text between the braces (`ALD_TYPE_ANY`). Other text is skipped.
    pub(super) fn read(text: &str) -> Self {
        let mut list = Self::default();
        let mut at = 0;
        while at < text.len() {
            at += text[at..].bytes().take_while(|byte| is_blank_byte(*byte)).count();
            let rest = &text[at..];
            let length = list.item(rest).filter(|length| rest[*length..].bytes().next().is_none_or(is_blank_byte));
            at += length.unwrap_or_else(|| rest.find(|c: char| c.is_ascii_whitespace()).unwrap_or(rest.len()));
        }
        list
    }

    /// The number that a list begins with; of several the last one counts.
    pub(super) fn start(&self) -> Option<u32> {
        let (_, number) = self.values.iter().rfind(|(name, _)| name == "start")?;
        number.parse().ok().filter(|number| *number <= LARGEST_START)
    }

    /// Adds what another list sets.
    pub(super) fn add(&mut self, other: Self) {
        self.id = other.id.or(self.id.take());
        self.references.extend(other.references);
        self.values.extend(other.values);
    }

    /// Reads one attribute and returns its length.
    fn item(&mut self, text: &str) -> Option<usize> {
        let ends = |length: usize| text[length..].bytes().next().is_none_or(is_blank_byte);
        let name = name_length(text);
        if let Some((value, length)) = text[name..].strip_prefix('=').filter(|_| name > 0).and_then(quoted) {
            let (key, length) = (&text[..name], name + 1 + length);
            if !ends(length) {
                return None;
            }
            if key == "id" {
                self.id = Some(value.to_owned());
            }
            self.values.push((key.to_owned(), value.to_owned()));
            return Some(length);
        }
        if name > 0 && ends(name) {
            self.references.push(text[..name].to_owned());
            return Some(name);
        }
        self.short(text)
    }

    /// `#id.class` in any order.
    fn short(&mut self, text: &str) -> Option<usize> {
        let (mut at, mut id) = (0, None);
        while at < text.len() && !is_blank_byte(text.as_bytes()[at]) {
            let rest = text[at..].strip_prefix(['#', '.'])?;
            let length = match text.as_bytes()[at] {
                b'#' if rest.starts_with(|c: char| c.is_ascii_alphabetic()) => {
                    let of_id = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | ':' | '-');
                    let length = rest.find(|c| !of_id(c)).unwrap_or(rest.len());
                    id = Some(&rest[..length]);
                    length
                }
                b'#' => 0,
                _ => rest.find(|c: char| c.is_ascii_whitespace() || matches!(c, '.' | '#')).unwrap_or(rest.len()),
            };
            if length == 0 {
                return None;
            }
            at += 1 + length;
        }
        self.id = id.map(str::to_owned).or(self.id.take());
        (at > 0).then_some(at)
    }
}

/// Bytes of a name (`ALD_ID_NAME`) at the start of a text.
pub(super) fn name_length(text: &str) -> usize {
    if text.starts_with('-') {
        return 0;
    }
    text.bytes().take_while(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-')).count()
}

/// A text in quotes at the start of another one, and how long it is with them.
fn quoted(text: &str) -> Option<(&str, usize)> {
    let quote = *text.as_bytes().first().filter(|quote| matches!(quote, b'"' | b'\''))?;
    let is_end = |at: &usize| text.as_bytes()[*at] != b'\\';
    let close = memchr::memchr_iter(quote, &text.as_bytes()[1..]).find(is_end)? + 1;
    Some((&text[1..close], close + 1))
}

/// Where the `}` is that ends an attribute list; `\}` does not.
pub(super) fn list_end(inner: &str) -> Option<usize> {
    let mut closing = memchr::memchr_iter(b'}', inner.as_bytes());
    closing.find(|at| !inner[..*at].ends_with('\\'))
}

#[cfg(test)]
mod tests {
    use super::AttributeList;

    #[test]
    fn ids_are_words_of_their_own() {
        let id = |text| AttributeList::read(text).id;
        assert_eq!(id(" #own .big"), Some("own".to_owned()));
        assert_eq!(id(".big#own"), Some("own".to_owned()));
        assert_eq!(id("id=\"a b\""), Some("a b".to_owned()));
        assert_eq!(id("id=\"\""), Some(String::new()));
        assert_eq!(id("#first #last"), Some("last".to_owned()));
        assert_eq!(id("!#n"), None);
        assert_eq!(id("#="), None);
        assert_eq!(AttributeList::read("toc .x").references, ["toc"]);
    }
}
