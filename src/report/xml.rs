//! XML as the formats that are XML need it: elements with attributes, and text that stays text.

use std::io;

use quick_xml::Writer;
use quick_xml::events::{BytesEnd, BytesStart, BytesText, Event};

use super::visible::{inert_xml, lines, one_line};

/// What every document starts with.
pub(super) const DECLARATION: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n";

/// Elements written one after the other into a string.
pub(super) struct Elements(Writer<Vec<u8>>);

impl Elements {
    pub(super) fn new() -> Self {
        Self(Writer::new(Vec::new()))
    }

    /// Begins an element on a line of its own.
    pub(super) fn open(&mut self, name: &str, attributes: &[(&str, &str)]) {
        self.write(Event::Start(start(name, attributes)));
        self.line();
    }

    /// Ends the element that was begun.
    pub(super) fn close(&mut self, name: &str) {
        self.write(Event::End(BytesEnd::new(name)));
        self.line();
    }

    /// An element without content.
    pub(super) fn empty(&mut self, name: &str, attributes: &[(&str, &str)]) {
        self.write(Event::Empty(start(name, attributes)));
        self.line();
    }

    /// An element that holds text.
    pub(super) fn text(&mut self, name: &str, attributes: &[(&str, &str)], text: &str) {
        self.write(Event::Start(start(name, attributes)));
        self.write(Event::Text(BytesText::new(&allowed(&lines(text)))));
        self.close(name);
    }

    pub(super) fn finish(self) -> String {
        inert_xml(String::from_utf8(self.0.into_inner()).expect("only strings were written"))
    }

    fn line(&mut self) {
        self.0.get_mut().push(b'\n');
    }

    fn write(&mut self, event: Event) {
        let written: io::Result<()> = self.0.write_event(event);
        written.expect("writing to memory cannot fail");
    }
}

/// An element's start. Attributes are kept on one line: XML 1.0, section 3.3.3, makes spaces of line breaks.
fn start<'a>(name: &'a str, attributes: &[(&'a str, &str)]) -> BytesStart<'a> {
    let mut start = BytesStart::new(name);
    for (key, value) in attributes {
        start.push_attribute((*key, allowed(&one_line(value)).as_str()));
    }
    start
}

/// Section 2.2: U+FFFE and U+FFFF cannot be in a document, not even escaped. Control characters
/// became visible before.
fn allowed(text: &str) -> String {
    text.replace(['\u{fffe}', '\u{ffff}'], "\u{fffd}")
}
