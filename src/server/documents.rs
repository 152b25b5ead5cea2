//! The documents that the client has open, with their unsaved text.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use lsp_types::{TextDocumentContentChangeEvent, Uri};
use url::Url;

use super::positions::{Encoding, Lines};

#[derive(Debug)]
pub(super) struct Document {
    /// Its address as the client writes it.
    pub(super) uri: Uri,
    /// Its file; of a document that was never saved, the file that it is checked as.
    pub(super) path: PathBuf,
    /// The number that the client gave to the text.
    pub(super) version: i32,
    /// The text as in the editor.
    pub(super) text: String,
}

impl Document {
    /// Applies changes, each to the text that the one before it left.
    pub(super) fn change(&mut self, version: i32, changes: Vec<TextDocumentContentChangeEvent>, encoding: Encoding) {
        self.version = version;
        for change in changes {
            match change {
                TextDocumentContentChangeEvent::TextDocumentContentChangePartial(change) => {
                    let range = Lines::new(&self.text, encoding).bytes(&self.text, change.range);
                    self.text.replace_range(range, &change.text);
                }
                TextDocumentContentChangeEvent::TextDocumentContentChangeWholeDocument(change) => {
                    self.text = change.text;
                }
            }
        }
    }
}

/// All open documents, by their files.
#[derive(Debug, Default)]
pub(super) struct Documents {
    open: BTreeMap<PathBuf, Document>,
}

impl Documents {
    pub(super) fn open(&mut self, document: Document) {
        self.open.insert(document.path.clone(), document);
    }

    pub(super) fn close(&mut self, path: &Path) -> Option<Document> {
        self.open.remove(path)
    }

    pub(super) fn get(&self, path: &Path) -> Option<&Document> {
        self.open.get(path)
    }

    pub(super) fn get_mut(&mut self, path: &Path) -> Option<&mut Document> {
        self.open.get_mut(path)
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = &Document> {
        self.open.values()
    }

    /// The address of a file: as the client writes it if it has it open.
    pub(super) fn uri(&self, path: &Path) -> Option<Uri> {
        match self.open.get(path) {
            Some(document) => Some(document.uri.clone()),
            None => Url::from_file_path(path).ok().map(|url| Uri(url.into())),
        }
    }
}

/// The file that an address names; `None` for other schemes.
pub(super) fn file_path(uri: &Uri) -> Option<PathBuf> {
    let url = Url::parse(&uri.0).ok()?;
    if url.scheme() == "file" { url.to_file_path().ok() } else { None }
}

/// The file that a document is checked as: its own, or for one that was never saved a file in `folder`.
pub(super) fn path_of(uri: &Uri, language: &str, folder: &Path) -> PathBuf {
    file_path(uri).unwrap_or_else(|| {
        let name = uri.0.rsplit([':', '/']).next().unwrap_or_default();
        let ending = match language {
            "yaml" | "json" => language,
            _ => "md",
        };
        let has_ending = Path::new(name).extension().is_some();
        folder.join(if has_ending { name.to_owned() } else { format!("{name}.{ending}") })
    })
}

#[cfg(test)]
mod tests {
    use super::{Document, Encoding};
    use lsp_types::{
        Position, Range, TextDocumentContentChangeEvent, TextDocumentContentChangePartial,
        TextDocumentContentChangeWholeDocument, Uri,
    };
    use proptest::prelude::*;

    fn part(start: (u32, u32), end: (u32, u32), text: &str) -> TextDocumentContentChangeEvent {
        let position = |(line, character)| Position { line, character };
        let range = Range { start: position(start), end: position(end) };
        let text = text.to_owned();
        #[allow(deprecated, reason = "the type has the field")]
        TextDocumentContentChangePartial { range, range_length: None, text }.into()
    }

    fn document(text: &str) -> Document {
        Document { uri: Uri("file:///a.md".to_owned()), path: "/a.md".into(), version: 1, text: text.to_owned() }
    }

    proptest! {
        /// A change by positions does what the same change by characters of the text does.
        #[test]
        fn a_change_replaces_what_it_names(
            lines in prop::collection::vec("[a\u{e9}\u{1d4b3}\t]{0,6}", 1..5),
            at in any::<(prop::sample::Index, prop::sample::Index)>(),
            new in "[x\n\u{e9}]{0,4}",
        ) {
            let text = lines.join("\n");
            let characters: Vec<char> = text.chars().collect();
            let (first, second) = (at.0.index(characters.len() + 1), at.1.index(characters.len() + 1));
            let (start, end) = (first.min(second), first.max(second));
            let position = |index: usize| {
                let before: String = characters[..index].iter().collect();
                let line = before.matches('\n').count() as u32;
                let column = before.rsplit('\n').next().unwrap_or_default().encode_utf16().count() as u32;
                (line, column)
            };
            let mut changed = document(&text);
            changed.change(2, vec![part(position(start), position(end), &new)], Encoding::Utf16);
            let expected: String =
                characters[..start].iter().chain(&new.chars().collect::<Vec<_>>()).chain(&characters[end..]).collect();
            prop_assert_eq!(changed.text, expected);
        }
    }

    #[test]
    fn changes_apply_one_after_the_other() {
        let mut changed = document("one\ntwo\n");
        let whole = TextDocumentContentChangeWholeDocument { text: "three\n".to_owned() };
        changed.change(5, vec![whole.into(), part((0, 0), (0, 5), "four")], Encoding::Utf16);
        assert_eq!((changed.text.as_str(), changed.version), ("four\n", 5));
    }
}
