//! Pages as GitHub publishes them: outline, tables, links, ids, and where each is in the source.

use std::sync::Arc;

use connlint::testing::dialects;
use connlint::testing::dialects::Dialect;
use connlint::testing::dialects::kramdown::Options;
use connlint::testing::guide::{BlockKind, Guide, InlineKind, LinkForm};
use connlint::testing::source::{FileId, SourceFile};

fn read(text: &str) -> Guide {
    dialects::read(Arc::new(SourceFile::new(FileId(0), "readme.md", text)), Dialect::Gfm, &Options::default())
}

#[test]
fn headings_have_the_ids_of_github() {
    let guide = read(
        "# Acme: *Connector* `v2`\n\nOverview\n========\n\n## Acme: Connector v2\n\n### Größe & Maß_1 ###\n\n## Overview\n\n#No heading\n",
    );
    let found: Vec<(u8, &str, &str)> =
        guide.headings.iter().map(|heading| (heading.level, heading.text.as_str(), heading.id.as_str())).collect();
    assert_eq!(
        found,
        [
            (1, "Acme: Connector v2", "acme-connector-v2"),
            (1, "Overview", "overview"),
            (2, "Acme: Connector v2", "acme-connector-v2-1"),
            (3, "Größe & Maß_1", "größe--maß_1"),
            (2, "Overview", "overview-1"),
        ]
    );
    let content: Vec<&str> = guide.headings.iter().map(|heading| guide.slice(heading.content)).collect();
    assert_eq!(content[..4], ["Acme: *Connector* `v2`", "Overview", "Acme: Connector v2", "Größe & Maß_1"]);
}

#[test]
fn a_table_may_follow_a_line_of_text() {
    let guide =
        read("Values:\n| Name | Value |\n| --- | :-: |\n| `a|b` | c |\n| d | e \\| f | g |\n\n| no | table |\n");
    let tables: Vec<&BlockKind> =
        guide.blocks.iter().map(|block| &block.kind).filter(|kind| matches!(kind, BlockKind::Table { .. })).collect();
    assert_eq!(tables, [&BlockKind::Table { columns: 2, rows: 2 }]);
    let cells: Vec<u32> = guide
        .blocks
        .iter()
        .filter_map(|block| if let BlockKind::Row { cells, .. } = block.kind { Some(cells) } else { None })
        .collect();
    assert_eq!(cells, [2, 3, 3]);
}

#[test]
fn links_of_all_forms_are_found_in_order() {
    let text = "See https://acme.example/a_(b)., www.acme.example and ops@acme.example.\n\
                [one](two.md \"title\") and [three][label], <https://four.example>, ![five](six.png)\n\
                <a href=seven.html>eight</a> `https://nine.example`\n\n[label]: <ten.md>\n";
    let guide = read(text);
    let links: Vec<(LinkForm, &str, &str)> =
        guide.links.iter().map(|link| (link.form, link.target.as_str(), guide.slice(link.target_span))).collect();
    assert_eq!(
        links,
        [
            (LinkForm::Autolink, "https://acme.example/a_(b)", "https://acme.example/a_(b)"),
            (LinkForm::Autolink, "http://www.acme.example", "www.acme.example"),
            (LinkForm::Autolink, "mailto:ops@acme.example", "ops@acme.example"),
            (LinkForm::Inline, "two.md", "two.md"),
            (LinkForm::Reference, "ten.md", "ten.md"),
            (LinkForm::Autolink, "https://four.example", "https://four.example"),
            (LinkForm::Html, "seven.html", "seven.html"),
        ]
    );
    let texts: Vec<&str> = guide.links.iter().map(|link| guide.text_in(&link.text)).collect();
    assert_eq!(texts[3..5], ["one", "three"]);
    let images: Vec<(&str, Option<&str>)> =
        guide.images.iter().map(|image| (image.target.as_str(), image.alt.as_deref())).collect();
    assert_eq!(images, [("six.png", Some("five"))]);
}

#[test]
fn an_image_may_be_in_the_text_of_another() {
    let guide = read("![one ![two](inner.png) three](outer.png) four\n");
    let images: Vec<(&str, Option<&str>)> =
        guide.images.iter().map(|image| (image.target.as_str(), image.alt.as_deref())).collect();
    assert_eq!(images, [("outer.png", Some("one two three"))]);
    assert_eq!(guide.text.as_str().trim(), "four");
}

#[test]
fn items_are_numbered_from_the_first() {
    let guide = read("3. three\n3. four\n   - inner\n\n     more\n9. five\n\ntext\n\n7) seven\n");
    let items: Vec<(Option<u32>, Option<u32>)> =
        guide.blocks.iter().filter_map(|block| block.item()).map(|item| (item.written, item.shown)).collect();
    assert_eq!(items, [(Some(3), Some(3)), (Some(3), Some(4)), (None, None), (Some(9), Some(5)), (Some(7), Some(7))]);
}

#[test]
fn the_text_is_what_a_reader_sees() {
    let guide = read(
        "---\ntitle: x\n---\n- [x] **Bold** &amp; \\*plain\\*\n\n<details><summary>More <b>here</b></summary>\n\n> [!NOTE]\n> quoted\n\n</details>\n\n```sh\nrun `it`\n```\n",
    );
    assert_eq!(
        guide.text.as_str(),
        "Bold & *plain*\nMore here\nquoted\n\nrun `it`\n".replacen("quoted\n\n", "quoted\n", 1)
    );
    for (index, _) in guide.text.as_str().match_indices("quoted") {
        assert_eq!(guide.slice(guide.text.span_of(index..index + 6)), "quoted");
    }
    assert_eq!(guide.tags.len(), 6);
    assert!(guide.tags.iter().all(|tag| tag.partner.is_some()));
}

/// The findings on a page.
fn findings(dialect: &str, text: &str) -> Vec<serde_json::Value> {
    use assert_cmd::Command;
    let folder = tempfile::tempdir().expect("a folder can be made");
    #[expect(clippy::disallowed_methods, reason = "a test writes the files to be checked")]
    std::fs::write(folder.path().join("readme.md"), text).expect("the file can be written");
    let run = Command::cargo_bin("connlint")
        .expect("the program is built")
        .current_dir(folder.path())
        .args(["check", "--isolated", "--kind", "guide", "--severity", "info", "--format", "json"])
        .args(["--dialect", dialect, "readme.md"])
        .output()
        .expect("the program runs");
    let report: serde_json::Value = serde_json::from_slice(&run.stdout).expect("the report is JSON");
    report["diagnostics"].as_array().expect("there is a list of findings").clone()
}

/// The rules of the findings on a page.
fn rules(dialect: &str, text: &str) -> Vec<String> {
    let rule = |finding: &serde_json::Value| finding["rule"].as_str().map(str::to_owned);
    findings(dialect, text).iter().filter_map(rule).collect()
}

#[test]
fn rules_of_jekyll_are_silent_about_pages_of_github() {
    let text =
        "# Acme\n\nSee https://acme.example and use `{{ token }}`.\n\nValues:\n| a | b |\n| --- | --- |\n| c | d |\n";
    let of_jekyll = [
        "guide/front-matter-missing", "guide/liquid-erases-text", "guide/table-not-rendered", "guide/heading-level-one",
    ];
    let (kramdown, gfm) = (rules("kramdown", text), rules("gfm", text));
    for rule in of_jekyll {
        assert!(kramdown.iter().any(|found| found == rule), "{rule} is not in {kramdown:?}");
        assert!(!gfm.iter().any(|found| found == rule), "{rule} is in {gfm:?}");
    }
}

#[test]
fn code_is_without_what_its_lines_begin_with() {
    for (text, content) in [
        ("- A field `Über\n  uns` here\n", "Über\n  uns"),
        ("> see `é\n> b` here\n", "é\n> b"),
        ("| A |\n| - |\n| `é\\|\\|x` |\n", "é\\|\\|x"),
        ("` a ` b\n", "a"),
        ("` a` b\n", " a"),
        ("`` `a` `` b\n", "`a`"),
        ("`\na\n` b\n", "a"),
    ] {
        let guide = read(text);
        let code = guide.inlines.iter().find(|inline| inline.kind == InlineKind::Code).expect("there is code");
        assert_eq!(guide.slice(code.content), content, "{text:?}");
    }
}

#[test]
fn the_target_of_a_link_is_what_is_written() {
    for (text, target) in [
        ("> see [a](\n> http//acme.example/x) there\n", "http//acme.example/x"),
        ("[c](https//acme.example \"see ](d\") there\n", "https//acme.example"),
        ("[c](https//acme.example \"see ](https//acme.example.org\") there\n", "https//acme.example"),
        ("[c](/a\\_b \"d\") there\n", "/a\\_b"),
        ("[![i](/i.png)](</a b>) there\n", "/a b"),
    ] {
        let guide = read(text);
        assert_eq!(guide.slice(guide.links[0].target_span), target, "{text:?}");
    }
}

#[test]
fn mail_addresses_in_other_links_are_none() {
    let guide = read("a@acme.example https://acme.example/b@acme.example c@acme.example");
    let targets: Vec<&str> = guide.links.iter().map(|link| link.target.as_str()).collect();
    assert_eq!(targets, ["mailto:a@acme.example", "https://acme.example/b@acme.example", "mailto:c@acme.example"]);
}

#[test]
fn the_content_of_html_elements_of_code_is_code() {
    use connlint::testing::guide::Style;
    let guide = read(
        "Type <kbd>dont</kbd> or <code>the the</code>, then go.\n\n<pre>\nteh\n</pre>\n\nAn open <code>tag ends.\n\nText.\n",
    );
    let is_code = |word: &str| {
        let at = guide.text.as_str().find(word).unwrap_or_else(|| panic!("{word} is shown"));
        guide.text.style_at(at).has(Style::CODE)
    };
    for word in ["dont", "the the", "teh", "tag ends"] {
        assert!(is_code(word), "{word}");
    }
    for word in ["Type", "then go", "An open", "Text."] {
        assert!(!is_code(word), "{word}");
    }
}

#[test]
fn spelling_is_judged_on_pages_in_english() {
    let spelling = |text: &str| -> Vec<String> {
        let of_words = ["guide/typo", "guide/doubled-word"];
        rules("gfm", text).into_iter().filter(|rule| of_words.contains(&rule.as_str())).collect()
    };
    let english = "The key dont work when you open the the page with your account, and the posible reasons are many.\n";
    assert_eq!(spelling(english), ["guide/typo", "guide/doubled-word", "guide/typo"]);
    let french = "Il est posible que le compte dont vous avez besoin soit dans une autre agence. Vous vous connectez \
        avec une clé dont la valeur est sur la page du compte, et nous nous chargeons du reste.\n";
    let german = "Die Plattform, die die Daten hat, braucht einen Schlüssel. Das ist der Grund, aus dem Sie sie sie \
        nennen lassen: die Anmeldung ist sonst nicht möglich, und die Daten fehlen dem Konto.\n";
    for text in [french, german] {
        assert_eq!(spelling(text), Vec::<String>::new(), "{text}");
    }
    // A few words may be of any language.
    assert_eq!(spelling("A posible key\n"), ["guide/typo"]);
}

#[test]
fn missing_cells_are_added_on_github() {
    let text = "| Plan | Requests |\n| --- | --- |\n| Free |\n";
    let severity = |dialect: &str| {
        let findings = findings(dialect, text);
        let of_table = findings.into_iter().find(|finding| finding["rule"] == "guide/table-columns");
        of_table.expect("the row is reported")["severity"].clone()
    };
    assert_eq!((severity("gfm"), severity("kramdown")), ("warning".into(), "error".into()));
}
