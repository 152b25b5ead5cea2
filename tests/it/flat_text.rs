//! The reader's text: what is in it, where it comes from, how it is set.

use std::sync::Arc;

use connlint::testing::guide::{Guide, Style};
use connlint::testing::source::{FileId, SourceFile};

use crate::support::jekyll;

fn guide(text: &str) -> Guide {
    jekyll::read(Arc::new(SourceFile::new(FileId(0), "guide.md", text)))
}

/// The source that a piece of the reader's text stands for.
fn source_of<'a>(guide: &'a Guide, piece: &str) -> &'a str {
    let start = guide.text.as_str().find(piece).expect("the piece is in the text");
    guide.slice(guide.text.span_of(start..start + piece.len()))
}

#[test]
fn markup_is_not_part_of_the_text() {
    let guide = guide("Use **the `key`** of [your *app*](https://app.example/a_b_c) <b>now</b>.\n");
    assert_eq!(guide.text.as_str(), "Use the key of your app now.");
}

#[test]
fn blocks_are_separated_by_line_feeds_and_lines_by_blanks() {
    let guide = guide("# Title\n\none\ntwo  \nthree\n\n- a\n- b\n\n| x | y |\n|---|---|\n| 1 | 2 |\n");
    assert_eq!(guide.text.as_str(), "Title\none two three\na\nb\nx\ny\n1\n2");
}

#[test]
fn entities_and_escapes_are_replaced_and_known_by_their_source() {
    let guide = guide("a &amp; b \\*c\\* d\\,e\n");
    assert_eq!(guide.text.as_str(), "a & b *c* d\\,e");
    assert_eq!(source_of(&guide, "&"), "&amp;");
    assert_eq!(source_of(&guide, "& b *c*"), "&amp; b \\*c\\*");
}

#[test]
fn liquid_vanishes_and_raw_is_kept() {
    let guide = guide("https://{{host}}/x and {% raw %}{{host}}{% endraw %}{% comment %}no{% endcomment %}.\n");
    assert_eq!(guide.text.as_str(), "https:///x and {{host}}.");
    assert_eq!(source_of(&guide, "https:///x"), "https://{{host}}/x");
    assert_eq!(source_of(&guide, "{{host}}"), "{{host}}");
    let raw = guide.text.as_str().find("{{").expect("it is there");
    assert!(guide.text.all_have(raw..raw + 8, Style::RAW));
    assert!(!guide.text.any_has(0..raw, Style::RAW));
}

#[test]
fn a_url_that_is_broken_up_by_markup_is_joined() {
    let guide = guide("Enter https://`{host}`/**connector**/<span>callback</span>.\n");
    assert_eq!(guide.text.as_str(), "Enter https://{host}/connector/callback.");
    assert_eq!(source_of(&guide, "https://{host}/connector/callback"), "https://`{host}`/**connector**/<span>callback");
}

#[test]
fn styles_hold_where_they_are_set() {
    let guide = guide("## H\n\nplain `code` **bold _both_** [link](x) <code>c2</code>\n");
    let style = |piece: &str| guide.text.style_at(guide.text.as_str().find(piece).expect("it is there"));
    assert_eq!(style("H"), Style::HEADING);
    assert_eq!(style("plain"), Style::PLAIN);
    assert_eq!(style("code"), Style::CODE);
    assert_eq!(style("bold"), Style::STRONG);
    assert_eq!(style("both"), Style::STRONG.with(Style::EMPHASIS));
    assert_eq!(style("link"), Style::LINK);
    assert_eq!(style("c2"), Style::CODE.with(Style::HTML));
}

#[test]
fn positions_hold_with_carriage_returns_and_other_scripts() {
    let guide = guide("---\r\ntitle: x\r\n---\r\nÄpfel\r\nund **Birnen**\r\n\r\n- Öl\r\n");
    assert_eq!(guide.text.as_str(), "Äpfel und Birnen\nÖl");
    assert_eq!(source_of(&guide, "Birnen"), "Birnen");
    assert_eq!(source_of(&guide, "Äpfel und"), "Äpfel\r\nund");
    assert_eq!(source_of(&guide, "Öl"), "Öl");
}

#[test]
fn html_that_is_no_markdown_is_read_as_the_reader_sees_it() {
    let guide = guide("<ul>\n<li>one **two**</li>\n<li>three &amp; <!-- not this --><b>four</b></li>\n</ul>\n\nend\n");
    assert_eq!(guide.text.as_str(), "one **two**\nthree & four\nend");
}

#[test]
fn code_keeps_its_lines() {
    let guide = guide("```json\n{\n  \"a\": 1\n}\n```\n\n    indented\n");
    assert_eq!(guide.text.as_str(), "{\n  \"a\": 1\n}\nindented");
    assert_eq!(source_of(&guide, "\"a\": 1"), "\"a\": 1");
}

#[test]
fn elements_have_the_styles_of_those_around_them() {
    let guide = guide("<pre>a <b>c\nd<i>e\nf</i></b>\ng</pre>\n\n<b>h <i>j</i> k</b> l\n");
    assert_eq!(guide.text.as_str(), "a c\nde\nf\ng\nh j k l");
    let has = |piece: &str, style| {
        let at = guide.text.as_str().find(piece).expect("it is there");
        guide.text.all_have(at..at + piece.len(), style)
    };
    assert!(has("f", Style::CODE) && has("f", Style::STRONG) && has("f", Style::EMPHASIS));
    assert!(has("g", Style::CODE) && !has("g", Style::STRONG));
    assert!(has("j", Style::STRONG) && has("j", Style::EMPHASIS));
    assert!(has("k", Style::STRONG) && !has("k", Style::EMPHASIS) && !has("l", Style::STRONG));
}
