//! Pages of components (MDX): what is Markdown on them, their headings and ids, and where each is in the source.

use std::sync::Arc;

use serde_json::json;

use connlint::testing::dialects;
use connlint::testing::dialects::{ComponentKind, Mdx, SlugStyle};
use connlint::testing::guide::{BlockKind, Guide};
use connlint::testing::source::{FileId, SourceFile};

fn read_with(text: &str, options: &Mdx) -> Guide {
    dialects::read_mdx(Arc::new(SourceFile::new(FileId(0), "connect.mdx", text)), options)
}

fn read(text: &str) -> Guide {
    let components =
        [("Step".to_owned(), ComponentKind::Titled), ("CodeSample".to_owned(), ComponentKind::Opaque)].into();
    read_with(text, &Mdx { components, slugs: SlugStyle::Mintlify })
}

fn shown(text: &str) -> String {
    read(text).text.as_str().trim_end().to_owned()
}

fn headings(guide: &Guide) -> Vec<(u8, &str, &str)> {
    guide.headings.iter().map(|heading| (heading.level, heading.text.as_str(), heading.id.as_str())).collect()
}

#[test]
fn only_markdown_is_shown() {
    for (page, expected) in [
        ("import Overview from \"/snippets/a.mdx\"\nexport const x = {\n\n  a: 1\n}\n\nText\n", "Text"),
        ("Text\nimport nothing from here\n", "Text import nothing from here"),
        ("One {/* a } comment */}two {value + \"}\"} three\n", "One two  three"),
        ("<Note>\nIn it.\n</Note>\nAfter.\n", "In it.\nAfter."),
        ("<Tip>In a line.</Tip>\n", "In a line."),
        ("An <b>element</b> in text\n", "An element in text"),
        ("<div style={{ a: \"b\" }}>\nIn an element.\n</div>\n", "\nIn an element."),
        ("<CodeSample>\nnot shown\n</CodeSample>\n\nShown.\n", "Shown."),
        ("<CodeSample>\n<A>\n    no\n</A>\n</CodeSample>\n<B>\n    Shown.\n</B>\n", "Shown."),
        ("<Overview provider=\"a\" list={[1, 2]} {...rest} />\n\nText\n", "Text"),
        ("`{code} <Step>` and \\{escaped} \\<Step>\n", "{code} <Step> and {escaped} <Step>"),
        ("```\n{code}\n<Step title=\"a\">\nimport b\n```\n", "{code}\n<Step title=\"a\">\nimport b"),
        ("Never closed {text <Step and `code\n", "Never closed {text <Step and `code"),
        ("<INSTANCE> is yours, a < b, <https://acme.example>\n", " is yours, a < b, https://acme.example"),
    ] {
        assert_eq!(shown(page).trim(), expected.trim(), "{page}");
    }
}

/// MDX has no indented code: however deep the content of a component is indented, it is Markdown.
#[test]
fn the_content_of_components_is_markdown() {
    let page = "\
# Setup

<Steps>
    <Step title=\"Open the settings\">
        1. Choose **New**.
        2. Enter:
            - a name
            - a key

            ```sh
            run   this
            ```
    </Step>
    <Step title=\"Copy: the key (once)\" id=\"copy\">
        ## Details
        Text of it.
    </Step>
</Steps>

- item
  <Note>
      In the item.
  </Note>
- next
";
    let guide = read(page);
    let expected = [
        (1, "Setup", "setup"),
        (2, "Open the settings", "open-the-settings"),
        (2, "Copy: the key (once)", "copy-the-key-once"),
        (2, "Details", "details"),
    ];
    assert_eq!(headings(&guide), expected);
    assert!(guide.anchors().contains("copy"));
    let kinds = |kind: fn(&BlockKind) -> bool| guide.blocks.iter().filter(|block| kind(&block.kind)).count();
    assert_eq!(kinds(|kind| matches!(kind, BlockKind::Code { .. })), 1);
    assert_eq!(kinds(|kind| matches!(kind, BlockKind::Item(_))), 6);
    let code =
        guide.blocks.iter().position(|block| matches!(block.kind, BlockKind::Code { .. })).expect("a code block");
    assert_eq!(guide.text_of(code).trim(), "run   this");
    let note = guide.blocks.iter().enumerate().find(|(index, _)| guide.text_of(*index).trim() == "In the item.");
    let (_, block) = note.expect("a paragraph");
    assert!(block.parent().is_some_and(|parent| matches!(guide.blocks[parent].kind, BlockKind::Item(_))));
}

/// Each character that is shown points at itself in the source, in moved lines and titles too.
#[test]
fn positions_are_those_of_the_page() {
    let page = "\
---
title: A
---

import X from \"x\"

<Steps>
  <Step title=\"Open the settings\">
      Go to **Admin** {/* here */} and [copy](https://acme.example/a) `it`.
\t  Then save.
  </Step>
</Steps>

<img src=\"/a.png\" style={{ width: \"9px\" }} />
Last.
";
    let guide = read(page);
    for word in ["Open the settings", "Admin", "copy", "it", "Then save.", "Last."] {
        let at = guide.text.as_str().find(word).expect(word);
        assert_eq!(guide.slice(guide.text.span_of(at..at + word.len())), word);
    }
    assert_eq!(guide.slice(guide.headings[0].content), "Open the settings");
    assert_eq!(guide.slice(guide.links[0].target_span), "https://acme.example/a");
    assert_eq!(guide.slice(guide.images[0].target_span), "/a.png");
    assert_eq!(guide.slice(guide.images[0].span), "<img src=\"/a.png\" style={{ width: \"9px\" }} />");
    assert_eq!(guide.front_matter("title").and_then(|title| title.as_str()), Some("A"));
}

#[test]
fn sites_make_ids_in_their_own_ways() {
    let page = "## Step 1: Find it\n\n## Client ID / Secret\n\n## Step 2. Do it\n\n## Foo \u{2014} bar\n\n## Step 1: Find it\n\n##### Deep\n";
    let ids = |slugs| {
        let guide = read_with(page, &Mdx { slugs, ..Mdx::default() });
        guide.headings.iter().map(|heading| heading.id.clone()).collect::<Vec<_>>()
    };
    assert_eq!(
        ids(SlugStyle::Mintlify),
        ["step-1-find-it", "client-id-/-secret", "step-2-do-it", "foo-\u{2014}-bar", "step-1-find-it-2", ""]
    );
    assert_eq!(
        ids(SlugStyle::Github),
        ["step-1-find-it", "client-id--secret", "step-2-do-it", "foo--bar", "step-1-find-it-1", "deep"]
    );
}

/// What is never closed is text, and takes no more than a multiple of its length to read.
#[test]
fn time_grows_with_the_page() {
    for part in [
        "{", "<A ", "<A b=\"", "<A {", "`", "`` ` ", "{\"", "<A>", "<A>\n", "</A>", "{/*", "import {\n\n",
        "<A>\n  <B>\n",
    ] {
        let page = part.repeat(40_000);
        let start = std::time::Instant::now();
        let guide = read(&page);
        assert!(guide.body.end as usize == page.len());
        assert!(start.elapsed().as_secs() < 20, "{part:?}: {:?}", start.elapsed());
    }
}

/// Any beginning of a page, at any indentation, is read without a fault.
#[test]
fn each_beginning_of_a_page_is_read() {
    const PAGE: &str = "import A from 'a'\n\n  <Steps a={`x`} b='c'>\n\t<Step title=\"ä – b\">\n> quote {/* c */}\n  1. a\n     <Note>\n  b\n     </Note>\r\n```\n<X>\n```\n</Step>text</Steps> {a\n\n} <br/>`c`\n";
    for end in (0..=PAGE.len()).filter(|end| PAGE.is_char_boundary(*end)) {
        for start in (0..end).step_by(7).filter(|start| PAGE.is_char_boundary(*start)) {
            let page = &PAGE[start..end];
            let guide = read(page);
            let is_right = |span: connlint::testing::source::Span| {
                page.is_char_boundary(span.start as usize) && page.is_char_boundary(span.end as usize)
            };
            assert!(guide.blocks.iter().all(|block| is_right(block.span)), "{page:?}");
        }
    }
}

/// Pages with what `remark-mdx` and `remark-gfm` read from them, recorded.
const RECORDED: &str = include_str!("../data/mdx/pages.jsonl");

/// A page is read as MDX reads it: its headings, tables, links and images, each on its line.
#[test]
fn pages_are_read_as_mdx() {
    for row in RECORDED.lines() {
        let row: serde_json::Value = serde_json::from_str(row).unwrap();
        let page = row["page"].as_str().unwrap();
        let guide = read_with(page, &Mdx::default());
        let line = |start: u32| guide.source.line(start);
        let one_line = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
        let headings: Vec<_> = (guide.headings.iter())
            .map(|heading| json!([heading.level, one_line(&heading.text), line(heading.span.start)]))
            .collect();
        let tables: Vec<_> = (guide.blocks.iter())
            .filter_map(|block| match block.kind {
                BlockKind::Table { columns, .. } => Some(json!([columns, line(block.span.start)])),
                _ => None,
            })
            .collect();
        let sorted = |mut targets: Vec<(String, u32)>| {
            targets.sort();
            json!(targets)
        };
        let links = guide.links.iter().map(|link| (link.target.clone(), line(link.span.start))).collect();
        let images = guide.images.iter().map(|image| (image.target.clone(), line(image.span.start))).collect();
        assert_eq!(json!(headings), row["headings"], "{page}");
        assert_eq!(json!(tables), row["tables"], "{page}");
        assert_eq!(sorted(links), row["links"], "{page}");
        assert_eq!(sorted(images), row["images"], "{page}");
    }
}

#[test]
fn a_lone_backtick_ends_with_its_paragraph() {
    for end in ["\n", "\r\n", " \t\n"] {
        let text = format!("A lone ` tick.\n{end}<Note>\nSee [x](/a).\n</Note>\n{end}and ` more [y](/b).\n");
        assert_eq!(read(&text.replace("\n\r\n", "\r\n\r\n")).links.len(), 2, "{end:?}");
    }
}
