//! What a page publishes: blocks, outline, links, HTML, Liquid; and what holds for any text at all.

use std::sync::Arc;

use connlint::testing::guide::menu_paths;
use connlint::testing::guide::{BlockKind, Guide, InlineKind, LinkForm, TagKind};
use connlint::testing::source::{FileId, SourceFile, Span};
use proptest::prelude::*;

use crate::support::jekyll;

const CARDS: &str = "{::options parse_block_html=\"true\" /}\n";

fn guide(text: &str) -> Guide {
    jekyll::read(Arc::new(SourceFile::new(FileId(0), "guide.md", text)))
}

/// A line per block: depth, kind, what the reader sees of it.
fn outline(guide: &Guide) -> Vec<String> {
    let depth = |mut block: usize| {
        let mut depth = 0;
        while let Some(parent) = guide.blocks[block].parent() {
            (block, depth) = (parent, depth + 1);
        }
        depth
    };
    let kind = |kind: &BlockKind| match kind {
        BlockKind::Heading(index) => format!("h{}", guide.headings[*index].level),
        BlockKind::Paragraph => "p".to_owned(),
        BlockKind::List { ordered: true } => "ol".to_owned(),
        BlockKind::List { ordered: false } => "ul".to_owned(),
        BlockKind::Item(item) => match (item.written, item.shown) {
            (Some(written), Some(shown)) => format!("{written}->{shown}@{}", item.content_column),
            _ => format!("*@{}", item.content_column),
        },
        BlockKind::Table { columns, rows } => format!("table {columns}x{rows}"),
        BlockKind::Row { header, cells } => format!("{} {cells}", if *header { "head" } else { "row" }),
        BlockKind::Cell { column } => format!("cell {column}"),
        BlockKind::Code { language } => format!("code {}", language.map_or("", |span| guide.slice(span))),
        BlockKind::Quote => "quote".to_owned(),
        BlockKind::Definitions => "dl".to_owned(),
        BlockKind::Term => "dt".to_owned(),
        BlockKind::Definition => "dd".to_owned(),
        BlockKind::Html => "html".to_owned(),
        BlockKind::Rule => "hr".to_owned(),
    };
    let is_leaf = |block: usize| guide.children(block).next().is_none();
    let text =
        |block: usize| if is_leaf(block) { guide.text_of(block).trim().replace('\n', "/") } else { String::new() };
    let line = |(index, block): (usize, &connlint::testing::guide::Block)| {
        format!("{}{} {}", "  ".repeat(depth(index)), kind(&block.kind), text(index)).trim_end().to_owned()
    };
    guide.blocks.iter().enumerate().map(line).collect()
}

fn check(text: &str, expected: &[&str]) {
    assert_eq!(outline(&guide(text)), expected, "{text}");
}

fn ids(text: &str) -> Vec<String> {
    guide(text).headings.into_iter().map(|heading| heading.id).collect()
}

#[test]
fn a_heading_glued_to_a_card_is_a_heading() {
    let text = format!(
        "{CARDS}<section class=\"card\">\n## One\ntext\n</section>\n<section class=\"card\">\n## Two\n\n</section>\n"
    );
    check(&text, &["h2 One", "p text", "h2 Two"]);
    let guide = guide(&text);
    assert_eq!(guide.tags.len(), 4);
    assert_eq!(guide.tags.iter().map(|tag| tag.partner).collect::<Vec<_>>(), [Some(1), Some(0), Some(3), Some(2)]);
    assert_eq!(guide.extensions.iter().map(|span| guide.slice(*span)).collect::<Vec<_>>(), [CARDS.trim()]);
    assert!(guide.swallowed.is_none());
}

#[test]
fn a_card_is_not_read_without_the_option() {
    check("<section>\n## One\n</section>\n\nend\n", &["html ## One", "p end"]);
}

#[test]
fn sections_hold_what_stands_under_their_heading() {
    let guide = guide("before\n\n# A\n\n## B\n\ntext\n\n## C\n\n- item\n");
    let sections: Vec<_> = guide.sections.iter().map(|s| (s.heading, s.parent, s.blocks.len())).collect();
    assert_eq!(sections, [(None, None, 1), (Some(0), None, 0), (Some(1), Some(1), 1), (Some(2), Some(1), 3)]);
}

#[test]
fn headings_of_both_kinds() {
    check(
        "One\n===\n\nTwo\n---\n# Three #\n##No\n####### No\n",
        &["h1 One", "h2 Two", "h1 Three", "p ##No ####### No"],
    );
    let guide = guide("One\n===\n\n##  Two ##\n");
    let (one, two) = (&guide.headings[0], &guide.headings[1]);
    assert_eq!((guide.slice(one.span), guide.slice(one.content), one.setext), ("One\n===", "One", true));
    assert_eq!((guide.slice(two.span), guide.slice(two.content), two.setext), ("##  Two ##", "Two", false));
}

#[test]
fn ids_are_made_in_two_ways() {
    let headings = "## 1. Été -- plus\n\n## Same\n\n## Same\n\n## Own {#mine}\n\n## Listed\n{: #listed-id}\n\n## 1.\n";
    assert_eq!(ids(headings), ["1-été--plus", "same", "same-1", "mine", "listed-id", "1"]);
    let in_card = format!("{CARDS}<section>\n{headings}</section>\n");
    assert_eq!(ids(&in_card), ["t--plus", "same", "same-1", "mine", "listed-id", "section"]);
}

#[test]
fn numbers_start_anew_behind_a_block_that_is_not_indented() {
    check(
        "1. a\n2. b\n\n![x](y)\n\n3. c\n",
        &["ol", "  1->1@3", "    p a", "  2->2@3", "    p b", "p", "ol", "  3->1@3", "    p c"],
    );
    check("1. a\n\n   ![x](y)\n\n7. c\n", &["ol", "  1->1@3", "    p a", "    p", "  7->2@3", "    p c"]);
}

#[test]
fn what_follows_an_item_without_a_blank_line_is_part_of_it() {
    check(
        "1. a\n> note\n2. b\n```\ncode\n```\n3. c\n  * d\n\n4. e\n",
        &[
            "ol", "  1->1@3", "    p a", "    quote", "      p note", "  2->2@3", "    p b", "    code  code",
            "  3->3@3", "    p c", "    ul", "      *@4", "        p d", "  4->4@3", "    p e",
        ],
    );
}

#[test]
fn bullets_of_all_kinds_make_one_list() {
    check("* a\n- b\n+ c\n", &["ul", "  *@2", "    p a", "  *@2", "    p b", "  *@2", "    p c"]);
    check("1) no\n", &["p 1) no"]);
}

#[test]
fn tables_need_a_boundary_before_and_behind() {
    check(
        "| a | b |\n|---|---|\n| 1 | `x|y` |\n| 2 |\n",
        &[
            "table 2x2", "  head 2", "    cell 0 a", "    cell 1 b", "  row 2", "    cell 0 1", "    cell 1 x|y",
            "  row 1", "    cell 0 2",
        ],
    );
    let raw = guide("Values:\n| a | b |\n|---|---|\n| 1 | 2 |\n\nend\n");
    assert_eq!(outline(&raw), ["p Values: | a | b | |---|---| | 1 | 2 |", "p end"]);
    assert_eq!(raw.slice(raw.raw_tables[0].span), "| a | b |\n|---|---|\n| 1 | 2 |");
    assert_eq!(raw.slice(raw.raw_tables[0].before.unwrap()), "Values:");
    let behind = guide("| a |\n|---|\n| 1 |\nend\n");
    assert_eq!(behind.slice(behind.raw_tables[0].after.unwrap()), "end");
}

#[test]
fn tables_in_items() {
    check(
        "5. \n   | a |\n   |---|\n   | 1 |\n",
        &["ol", "  5->1@4", "    table 1x1", "      head 1", "        cell 0 a", "      row 1", "        cell 0 1"],
    );
    check(
        "1. Enter:\n\n   | a |\n   |---|\n   | 1 |\n",
        &[
            "ol", "  1->1@3", "    p Enter:", "    table 1x1", "      head 1", "        cell 0 a", "      row 1",
            "        cell 0 1",
        ],
    );
    let raw = guide("1. Enter:\n   | a |\n   |---|\n   | 1 |\n");
    assert_eq!(raw.raw_tables.len(), 1);
}

#[test]
fn a_line_with_a_pipe_is_a_table_unless_it_is_code() {
    check("a | b\n", &["table 2x1", "  row 2", "    cell 0 a", "    cell 1 b"]);
    check("see `a|b`\n", &["p see a|b"]);
    check("a \\| b\n", &["p a | b"]);
}

#[test]
fn attribute_lists_are_not_shown() {
    let guide = guide("| a |\n|---|\n| 1 |\n{: .table}\n\ntext\n{: .lead}\n\n[x](y){:target=\"_blank\"} z\n");
    assert_eq!(guide.text.as_str(), "a\n1\ntext\nx z");
}

#[test]
fn fences_that_are_no_code() {
    check("```\nnever closed\n", &["p ``` never closed"]);
    check("~~~ ruby\nx\n~~~\n", &["code ruby x"]);
}

#[test]
fn what_browsers_hide_is_no_text() {
    let text = |page: &str| guide(page).text.as_str().split_whitespace().collect::<Vec<_>>().join(" ");
    assert_eq!(text("<div>\n<?php a ?>one\n<!-- b -->two\n</div>\n"), "one two");
    assert_eq!(text("* [ ] one\n* [x]   two\n* [x]three\n"), "one two [x]three");
}

#[test]
fn definitions_make_a_list() {
    check(
        "Term\n: Meaning\n\nOther\n: More\n",
        &["dl", "  dt Term", "  dd", "    p Meaning", "  dt Other", "  dd", "    p More"],
    );
}

#[test]
fn links_of_all_forms() {
    let text = "[a](b \"t\") [c d](./x y.png) [e][F g] <https://h.example> <i@j.example> <a href=\"k\">l</a> ![m](n)\n\n[f  G]: o\n";
    let guide = guide(text);
    let links: Vec<_> =
        guide.links.iter().map(|link| (link.form, link.target.as_str(), guide.slice(link.target_span))).collect();
    assert_eq!(
        links,
        [
            (LinkForm::Inline, "b", "b"),
            (LinkForm::Inline, "./x y.png", "./x y.png"),
            (LinkForm::Reference, "o", "o"),
            (LinkForm::Autolink, "https://h.example", "https://h.example"),
            (LinkForm::Autolink, "mailto:i@j.example", "i@j.example"),
            (LinkForm::Html, "k", "k"),
        ]
    );
    assert_eq!(guide.slice(guide.links[0].span), "[a](b \"t\")");
    let image = &guide.images[0];
    assert_eq!((guide.slice(image.span), image.target.as_str(), image.alt.as_deref()), ("![m](n)", "n", Some("m")));
    assert!(guide.undefined_references.is_empty());
}

#[test]
fn undefined_references_are_text() {
    let guide = guide("https://[Your Domain]/x and [y][z]\n");
    assert_eq!(guide.text.as_str(), "https://[Your Domain]/x and [y][z]");
    let undefined: Vec<_> = guide.undefined_references.iter().map(|span| guide.slice(*span)).collect();
    assert_eq!(undefined, ["[Your Domain]", "[y][z]"]);
    assert!(guide.links.is_empty());
}

#[test]
fn inline_elements_have_their_content() {
    let guide = guide("**a** _b_ `` c`d `` [e](f)\n");
    let inlines: Vec<_> = guide
        .inlines
        .iter()
        .map(|inline| (inline.kind, guide.slice(inline.span), guide.slice(inline.content)))
        .collect();
    assert_eq!(
        inlines,
        [
            (InlineKind::Strong, "**a**", "a"),
            (InlineKind::Emphasis, "_b_", "b"),
            (InlineKind::Code, "`` c`d ``", "c`d"),
            (InlineKind::Link(0), "[e](f)", "e"),
        ]
    );
}

#[test]
fn arrows_in_a_row_make_no_path() {
    let page = guide("Go to **Settings** > **API** >> **Keys**.\n\nMove it from Sales > -> Support.\n");
    let paths: Vec<&str> = menu_paths(&page).iter().map(|path| page.slice(path.span)).collect();
    assert_eq!(paths, ["Settings** > **API** >> **Keys"]);
}

#[test]
fn an_unknown_element_that_is_not_closed_swallows_the_page() {
    let text = format!("{CARDS}<sction class=\"card\">\n## Lost\n\n</section>\n\n## Lost too\n");
    let guide = guide(&text);
    assert!(guide.headings.is_empty());
    assert_eq!(guide.swallowed.map(|span| guide.slice(span)), Some(text[CARDS.len()..].trim_end()));
}

#[test]
fn tags_that_are_text() {
    let text = format!("{CARDS}<section>\ntext\n\n</section.\n\n</div>\nx <a href=#y>z</a>\n");
    let guide = guide(&text);
    assert_eq!(guide.text.as_str(), "text\n</section.\n</div> x <a href=#y>z</a>");
    let tags: Vec<_> =
        guide.tags.iter().map(|tag| (guide.slice(tag.span), tag.kind, tag.unclosed, tag.partner)).collect();
    assert_eq!(
        tags,
        [
            ("<section>", TagKind::Open, false, Some(1)),
            ("</section.", TagKind::Close, true, Some(0)),
            ("</div>", TagKind::Close, false, None),
            ("</a>", TagKind::Close, false, None),
        ]
    );
    assert!(guide.links.is_empty());
}

#[test]
fn code_and_comments_hold_no_tags() {
    let guide = guide("`<a>` <!-- <b> --> x\n\n<!-- c\n\nd -->\n\n```\n<e>\n```\n");
    assert!(guide.tags.is_empty());
    let comments: Vec<_> = guide.comments.iter().map(|comment| guide.slice(comment.content)).collect();
    assert_eq!(comments, [" <b> ", " c\n\nd "]);
}

#[test]
fn liquid_is_read_before_markdown() {
    let guide = guide("`{{a}}` {% raw %}{{b}}{% endraw %} {%- include c.html -%} d\n");
    assert_eq!(guide.liquid.outputs.iter().map(|span| guide.slice(*span)).collect::<Vec<_>>(), ["{{a}}"]);
    assert_eq!(guide.liquid.raws.iter().map(|span| guide.slice(*span)).collect::<Vec<_>>(), ["{{b}}"]);
    assert_eq!(guide.liquid.tags[0].name, "include");
    assert_eq!(guide.text.as_str().trim(), "`` {{b}}d");
    assert!(guide.liquid.problems.is_empty());
}

#[test]
fn liquid_that_stops_the_build() {
    let problems = |text: &str| guide(text).liquid.problems.into_iter().map(|(_, reason)| reason).collect::<Vec<_>>();
    assert_eq!(problems("{{ a"), ["unclosed `{{`"]);
    assert_eq!(problems("{% if"), ["unclosed `{%`"]);
    assert_eq!(problems("{% raw %} x"), ["unclosed `raw`"]);
    assert_eq!(problems("{% endraw %}"), ["`endraw` without `raw`"]);
    assert_eq!(problems("{% if a %} x"), ["unclosed `{% if a %}`"]);
    assert_eq!(problems("{% endif %}"), ["`{% endif %}` without `if`"]);
    assert_eq!(problems("{%}%}{% if a %}{% else %}{% endif %}"), ["`{%` without a tag name"]);
    assert_eq!(guide("{% frobnicate %}").liquid.unknown_tags[0].name, "frobnicate");
}

#[test]
fn front_matter_in_all_its_forms() {
    let title = |text: &str| {
        let guide = guide(text);
        let title = guide.front_matter("title").and_then(|node| node.as_str().map(str::to_owned));
        (title, guide.text.as_str().to_owned())
    };
    for text in ["---\ntitle: x\n---\ny\n", "\u{feff}---\r\ntitle: x\r\n\r\n---\r\ny\r\n", "--- \ntitle: x\n...\ny"] {
        assert_eq!(title(text), (Some("x".to_owned()), "y".to_owned()), "{text:?}");
    }
    let open = guide("---\ntitle: x\n\n# y\n");
    assert!(open.front_matter.unclosed && open.front_matter.node.is_none());
    assert!(guide("# y\n").front_matter.span.is_none());
}

/// Pieces of addresses in angle brackets, and of what keeps them from being such.
fn address_piece() -> impl Strategy<Value = &'static str> {
    prop::sample::select(vec!["<https://a", "<mailto:b", "<ftp:", "<https:", "<c@d.ef", " ", "g", ">", ">", "\n1 "])
}

/// Pieces of which pages that are hard to read are made.
fn piece() -> impl Strategy<Value = String> {
    const PIECES: [&str; 60] = [
        "---\n",
        "...\n",
        "title: x\n",
        "# a\n",
        "## b {#c}\n",
        "> ",
        "- ",
        "* ",
        "1. ",
        "12. ",
        "   ",
        "    ",
        "\t",
        "\n",
        "\n\n",
        "\r\n",
        "| a | b |\n",
        "|---|---|\n",
        "|",
        "```\n",
        "~~~ x\n",
        "`",
        "``",
        "**",
        "*",
        "_",
        "[",
        "]",
        "](",
        "](x y)",
        "(",
        ")",
        "!",
        "<",
        ">",
        "<section>\n",
        "</section>\n",
        "<sction>",
        "<p>",
        "</p>",
        "<a href=\"x\">",
        "<b>",
        "</b>",
        "<ul><li>",
        "<!--",
        "-->",
        "{::options parse_block_html=\"true\" /}\n",
        "{: #i}\n",
        "{:",
        "}",
        "{{",
        "}}",
        "{% raw %}",
        "{% endraw %}",
        "{%-",
        "-%}",
        "&amp;",
        "\\",
        "Ä text ",
        "[x]: y\n",
    ];
    prop_oneof![8 => (0..PIECES.len()).prop_map(|index| PIECES[index].to_owned()), 1 => any::<String>()]
}

fn page() -> impl Strategy<Value = String> {
    let pieces = prop::collection::vec(piece(), 0..60).prop_map(|pieces| pieces.concat());
    (any::<bool>(), pieces).prop_map(|(cards, text)| if cards { format!("{CARDS}{text}") } else { text })
}

/// Every span of a guide.
fn spans(guide: &Guide) -> Vec<Span> {
    let mut spans = vec![guide.body];
    spans.extend(guide.blocks.iter().map(|block| block.span));
    spans.extend(guide.inlines.iter().flat_map(|inline| [inline.span, inline.content]));
    spans.extend(guide.headings.iter().flat_map(|heading| [heading.span, heading.content]));
    spans.extend(guide.links.iter().flat_map(|link| [link.span, link.target_span]));
    spans.extend(guide.images.iter().flat_map(|image| [image.span, image.target_span]));
    spans.extend(guide.comments.iter().flat_map(|comment| [comment.span, comment.content]));
    spans.extend(
        guide.raw_tables.iter().flat_map(|table| [Some(table.span), table.before, table.after].into_iter().flatten()),
    );
    for tag in &guide.tags {
        spans.push(tag.span);
        spans.extend(tag.attributes.iter().map(|attribute| attribute.span));
        spans.extend(tag.attributes.iter().filter_map(|attribute| attribute.value.as_ref()).map(|(_, span)| *span));
    }
    for block in &guide.blocks {
        spans.extend(block.item().map(|item| item.marker));
    }
    spans.extend(&guide.extensions);
    spans.extend(&guide.undefined_references);
    spans.extend(guide.swallowed);
    spans.extend(guide.front_matter.span);
    spans.extend(guide.liquid.outputs.iter().chain(&guide.liquid.raws));
    spans
}

fn check_positions(guide: &Guide) {
    let text = guide.source.text();
    for span in spans(guide) {
        assert!(text.get(span.range()).is_some(), "{span:?} in {text:?}");
    }
    for block in &guide.blocks {
        assert!(guide.text.as_str().get(block.text.start as usize..block.text.end as usize).is_some());
        assert!(block.inlines.start <= block.inlines.end && block.inlines.end as usize <= guide.inlines.len());
        if let Some(parent) = block.parent() {
            assert!(guide.blocks[parent].span.start <= block.span.start, "{block:?} in {text:?}");
        }
    }
    for text in guide.inlines.iter().map(|inline| &inline.text).chain(guide.links.iter().map(|link| &link.text)) {
        assert!(guide.text.as_str().get(text.start as usize..text.end as usize).is_some());
    }
    for (at, _) in guide.text.as_str().char_indices() {
        let span = guide.text.span_of(at..at + 1);
        assert!(span.end as usize <= text.len());
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(400) })]

    #[test]
    fn any_text_is_read(text in any::<String>()) {
        check_positions(&guide(&text));
    }

    #[test]
    fn any_bytes_are_read(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        check_positions(&jekyll::read(Arc::new(SourceFile::from_bytes(FileId(0), "guide.md", bytes))));
    }

    #[test]
    fn any_page_is_read(text in page()) {
        check_positions(&guide(&text));
    }

    #[test]
    fn addresses_in_brackets_are_those_of_kramdowns_expression(pieces in prop::collection::vec(address_piece(), 1..20)) {
        let text = format!("x {}", pieces.concat());
        // `AUTOLINK_START` of kramdown 2.4.
        let autolink = regex::Regex::new(r"<((?:mailto|https?|ftps?):.+?|[-.\w]+@[-\w]+(?:\.[-\w]+)*\.[a-z]+)>");
        let autolink = autolink.expect("the expression is valid");
        let expected: Vec<&str> = autolink.find_iter(&text).map(|found| found.as_str()).collect();
        let guide = guide(&text);
        let found: Vec<&str> = guide.links.iter().map(|link| guide.slice(link.span)).collect();
        prop_assert_eq!(found, expected, "{:?}", text);
    }

    #[test]
    fn line_endings_change_nothing(text in page()) {
        let unix = text.replace('\r', "");
        let (unix, windows) = (guide(&unix), guide(&unix.replace('\n', "\r\n")));
        prop_assert_eq!(outline(&unix), outline(&windows));
        prop_assert_eq!(unix.text.as_str(), windows.text.as_str());
        let targets = |guide: &Guide| guide.links.iter().map(|link| link.target.replace('\r', "")).collect::<Vec<_>>();
        prop_assert_eq!(targets(&unix), targets(&windows));
        prop_assert_eq!(unix.raw_tables.len(), windows.raw_tables.len());
    }
}

/// kramdown reads `\r` alone as the end of a line, too.
#[test]
fn a_carriage_return_alone_ends_a_line() {
    let unix = "# Keys\n\nOpen\nthe *settings*\nof [Acme](b.md).\n\n- one\n  more\n- two\n\n> a\n> b\n\n| a | b |\n|---|---|\n| c | d |\n";
    let (unix, old) = (guide(unix), guide(&unix.replace('\n', "\r")));
    assert_eq!(outline(&unix), outline(&old));
    assert_eq!(unix.text.as_str(), old.text.as_str());
    assert_eq!(unix.slice(unix.links[0].span), old.slice(old.links[0].span));
}

#[test]
fn hostile_pages_are_read_in_reasonable_time() {
    let start = std::time::Instant::now();
    for piece in [
        "> ", "[", "](", "[](", "![", "<div>", "<div>\n", "<ul>", "<a href=\"", "<!--", "`", "` ``", "**", "*a ", "- ",
        "1. ", "  - a\n", "{:", "{{", "{%", "{% raw %}", "|", "a|b\n# c|d\n", "```a\n", "``` a b\n", "x\n: y\n",
        "[a]: b\n", "</p>", "<p>\n", "&", "\\", "<b>", "~~", "~", "{::comment}\n", "[^a]: b\n", "*[a]: b\n",
        "a\n---\n", "<script>", "a |\n", "<a b='",
    ] {
        for page in [piece.repeat(10_000), format!("{CARDS}{}", piece.repeat(10_000))] {
            let guide = guide(&page);
            assert_eq!(guide.body.end as usize, page.len());
        }
    }
    assert!(start.elapsed().as_secs() < 120, "{:?}", start.elapsed());
}
