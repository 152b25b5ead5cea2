//! Whatever the page: the guide is read without a panic, in time that grows with its length, every
//! place lies within the file on character boundaries, and line endings do not change what is read.

#![allow(clippy::disallowed_methods, reason = "the fixtures are read from disk, and the clock is asked")]

use std::ops::Range;
use std::path::Path;
use std::sync::{Arc, LazyLock};
use std::time::{Duration, Instant};

use connlint::testing::guide::{Attribute, BlockKind, Guide, InlineKind, Section};
use connlint::testing::source::{FileId, SourceFile, Span};
use proptest::prelude::*;

use crate::support::jekyll;

/// Longer than any of the pages below takes, and much shorter than a quadratic reading of them would.
const PATIENCE: Duration = Duration::from_secs(10);

static SEEDS: LazyLock<Vec<String>> = LazyLock::new(|| {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures");
    let mut seeds: Vec<String> = Vec::new();
    read_folder(&folder, &mut seeds);
    assert!(!seeds.is_empty(), "there are fixtures");
    seeds
});

fn read_folder(folder: &Path, pages: &mut Vec<String>) {
    let entries = std::fs::read_dir(folder).expect("a folder");
    let mut paths: Vec<_> = entries.map(|entry| entry.expect("an entry").path()).collect();
    paths.sort();
    for path in paths {
        if path.is_dir() {
            read_folder(&path, pages);
        } else if path.extension().is_some_and(|extension| extension == "md") {
            pages.push(std::fs::read_to_string(&path).expect("a page"));
        }
    }
}

/// What pages are made of, and what breaks them.
#[rustfmt::skip]
const PIECES: &[&str] = &[
    "\n", "\n", "\n\n", "\r\n", " ", "  ", "    ", "\t", "a", "b c", "é", "日本", "\u{a0}", "\u{feff}", "𝄞", "\0",
    "\u{1a}", "# ", "## A", "===\n", "---\n", "***\n", "1. ", "2) ", "* ", "- ", "+ ", "> ", ": ", "^\n",
    "| a | b |\n", "|---|---|\n", "|===|\n", "|", "\\|", "```\n", "~~~ x\n", "`", "``", "*", "**", "_", "~~", "$$",
    "[", "]", "(", ")", "](x)", "![", "[a]: /x\n", "[^1]", "[^1]: b\n", "*[A]: b\n", "<", ">", "</", "/>", "<!--",
    "-->", "<https://a.b>", "<a href=\"x\">", "</a>", "<img src='y'", "<section class=\"card\">\n", "</section>\n",
    "<sction>\n", "<div markdown=\"1\">", "</div>", "<br>", "<pre>", "</pre>", "<code>", "</code>", "<script>", "<?x",
    "?>", "{::options parse_block_html=\"true\" /}\n", "{::comment}\n", "{:/}\n", "{:/comment}", "{::nomarkdown}",
    "{: .c #i}\n", "{:toc}\n", "{#id}", "{{", "}}", "{{ x }}", "{%", "%}", "{% raw %}", "{% endraw %}",
    "{% comment %}", "{%- if x -%}", "&amp;", "&#x41;", "&", "\\", "\\[", "title: A\n", "---\ntitle: A\n---\n",
];

fn parse(text: &str) -> Guide {
    jekyll::read(Arc::new(SourceFile::new(FileId(3), "page.md", text)))
}

fn parse_bytes(bytes: Vec<u8>) -> Guide {
    jekyll::read(Arc::new(SourceFile::from_bytes(FileId(3), "page.md", bytes)))
}

/// Every place in the guide.
fn spans(guide: &Guide) -> Vec<Span> {
    let mut spans = vec![guide.body];
    spans.extend(guide.front_matter.span);
    spans.extend(guide.swallowed);
    spans.extend(&guide.extensions);
    spans.extend(&guide.undefined_references);
    spans.extend(
        guide.raw_tables.iter().flat_map(|table| [Some(table.span), table.before, table.after].into_iter().flatten()),
    );
    spans.extend(guide.headings.iter().flat_map(|heading| [heading.span, heading.content]));
    spans.extend(guide.inlines.iter().flat_map(|inline| [inline.span, inline.content]));
    spans.extend(guide.links.iter().flat_map(|link| [link.span, link.target_span]));
    spans.extend(guide.images.iter().flat_map(|image| [image.span, image.target_span]));
    spans.extend(guide.comments.iter().flat_map(|comment| [comment.span, comment.content]));
    spans.extend(&guide.liquid.outputs);
    spans.extend(&guide.liquid.raws);
    spans.extend(guide.liquid.tags.iter().map(|tag| tag.span));
    spans.extend(guide.liquid.problems.iter().map(|(span, _)| *span));
    let value = |attribute: &Attribute| attribute.value.as_ref().map(|(_, span)| *span);
    for tag in &guide.tags {
        spans.push(tag.span);
        spans.extend(tag.attributes.iter().flat_map(|attribute| [Some(attribute.span), value(attribute)]).flatten());
    }
    for block in &guide.blocks {
        spans.push(block.span);
        match &block.kind {
            BlockKind::Item(item) => spans.push(item.marker),
            BlockKind::Code { language } => spans.extend(*language),
            _ => {}
        }
    }
    spans
}

fn assert_sound(guide: &Guide) {
    let text = guide.source.text();
    for span in spans(guide) {
        assert_eq!(span.file, guide.source.id());
        assert!(text.get(span.range()).is_some(), "{span:?} of {text:?}");
    }
    let flat = guide.text.as_str();
    let fits = |range: &Range<u32>| flat.get(range.start as usize..range.end as usize).is_some();
    for (at, _) in flat.char_indices().step_by(7) {
        let span = guide.text.span_of(at..flat.len());
        assert!(text.get(span.range()).is_some(), "{span:?} of {text:?}");
    }
    for (index, block) in guide.blocks.iter().enumerate() {
        assert!(fits(&block.text), "text of {block:?}");
        assert!(block.inlines.start <= block.inlines.end && block.inlines.end as usize <= guide.inlines.len());
        assert!(block.parent().is_none_or(|parent| parent < index), "a parent stands before {block:?}");
        if let BlockKind::Heading(heading) = block.kind {
            assert_eq!(guide.headings[heading].block, index);
        }
    }
    for inline in &guide.inlines {
        assert!(fits(&inline.text) && inline.block < guide.blocks.len(), "{inline:?}");
        match inline.kind {
            InlineKind::Link(link) => assert!(link < guide.links.len()),
            InlineKind::Image(image) => assert!(image < guide.images.len()),
            _ => {}
        }
    }
    assert!(guide.links.iter().all(|link| fits(&link.text)));
    assert!(guide.tags.iter().all(|tag| tag.partner.is_none_or(|partner| partner < guide.tags.len())));
    let whole =
        |section: &Section| section.blocks.end <= guide.blocks.len() && section.blocks.start <= section.blocks.end;
    assert!(guide.sections.iter().all(whole));
}

/// What does not depend on offsets.
fn structure(guide: &Guide) -> Vec<String> {
    let mut rows: Vec<String> = guide.blocks.iter().map(|block| kind(&block.kind)).collect();
    rows.extend(guide.headings.iter().map(|heading| format!("{} {} {}", heading.level, heading.text, heading.id)));
    rows.extend(guide.links.iter().map(|link| format!("{:?} {}", link.form, link.target)));
    rows.extend(guide.images.iter().map(|image| format!("{:?} {} {:?}", image.form, image.target, image.alt)));
    rows.extend(guide.tags.iter().map(|tag| format!("{} {:?} {:?}", tag.name, tag.kind, tag.partner)));
    rows.push(format!("{} {}", guide.comments.len(), guide.raw_tables.len()));
    rows.push(format!("{} {}", guide.liquid.outputs.len(), guide.liquid.problems.len()));
    rows.push(guide.text.as_str().replace('\r', ""));
    rows
}

fn kind(kind: &BlockKind) -> String {
    match kind {
        BlockKind::Item(item) => format!("item {:?} {:?} {}", item.written, item.shown, item.content_column),
        BlockKind::Code { language } => format!("code {}", language.is_some()),
        other => format!("{other:?}"),
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn any_bytes(bytes in proptest::collection::vec(any::<u8>(), 0..300)) {
        assert_sound(&parse_bytes(bytes));
    }

    #[test]
    fn any_text(text in "\\PC{0,120}") {
        assert_sound(&parse(&text));
    }

    #[test]
    fn any_markup(pieces in proptest::collection::vec(prop::sample::select(PIECES), 0..50)) {
        assert_sound(&parse(&pieces.concat()));
    }

    #[test]
    fn markup_with_either_line_ending(pieces in proptest::collection::vec(prop::sample::select(PIECES), 0..50)) {
        let unix = pieces.concat().replace('\r', "");
        prop_assert_eq!(structure(&parse(&unix)), structure(&parse(&unix.replace('\n', "\r\n"))));
    }

    #[test]
    fn spliced_pages(
        first in any::<prop::sample::Index>(),
        second in any::<prop::sample::Index>(),
        at in any::<prop::sample::Index>(),
        from in any::<prop::sample::Index>(),
        between in proptest::collection::vec(prop::sample::select(PIECES), 0..4),
    ) {
        let (first, second) = (first.get(&SEEDS), second.get(&SEEDS));
        let mut bytes = first.as_bytes()[..at.index(first.len() + 1)].to_vec();
        bytes.extend(between.concat().bytes());
        bytes.extend(&second.as_bytes()[from.index(second.len() + 1)..]);
        assert_sound(&parse_bytes(bytes));
    }
}

#[test]
fn fixtures_with_either_line_ending() {
    for text in SEEDS.iter() {
        let unix = text.replace("\r\n", "\n");
        assert_eq!(structure(&parse(&unix)), structure(&parse(&unix.replace('\n', "\r\n"))));
    }
}

/// Reads a piece repeated 10,000 times, with and without text and line breaks around it.
fn assert_quick(piece: &str) {
    for page in [piece.repeat(10_000), format!("x {}", piece.repeat(10_000)), format!("{piece}\n").repeat(10_000)] {
        let start = Instant::now();
        assert_sound(&parse(&page));
        assert!(start.elapsed() < PATIENCE, "{piece:?} took {:?}", start.elapsed());
    }
}

#[test]
fn long_rows_of_one_marker_take_no_longer_than_their_length() {
    for piece in ["[", "]", "![", "[a](", "[a][", "](", "*", "_", "**a", "`", "``a", "~~", "\\", "&", "$$"] {
        assert_quick(piece);
    }
}

#[test]
fn long_rows_of_html_take_no_longer_than_their_length() {
    for piece in ["<", "<a", "<a ", "<a href=\"", "<!--", "-->", "<b>", "</b>", "<div>", "<x>", "<?", "<section>\n"] {
        assert_quick(piece);
    }
}

#[test]
fn long_rows_of_blocks_take_no_longer_than_their_length() {
    for piece in
        ["|", "| a ", "```\n", "~~~", "# a\n", "a\n===\n", "[a]: b\n", "[^a]: b\n", ": a\n", "* a\n\n", "{: .a}\n"]
    {
        assert_quick(piece);
    }
}

#[test]
fn long_rows_of_liquid_take_no_longer_than_their_length() {
    for piece in ["{", "{{", "{{a}}", "{%", "{% raw %}", "{% endraw %}", "{% comment %}", "{%-a-%}", "{::", "{:", "}"] {
        assert_quick(piece);
    }
}

#[test]
fn white_space_before_the_page_is_not_trimmed() {
    assert_sound(&parse("---\n{%- if x -%}"));
    assert_sound(&parse("---\n---\n\n{%- if x -%}"));
}

#[test]
fn deep_nesting_ends_somewhere() {
    for piece in ["> ", "* ", "1. ", ">", "- > "] {
        assert_quick(piece);
    }
    let stairs: String = (0..300).map(|depth| "  ".repeat(depth) + "* a\n").collect();
    assert_sound(&parse(&stairs));
    let quotes: String = (1..300).map(|depth| ">".repeat(depth) + " a\n").collect();
    assert_sound(&parse(&quotes));
}
