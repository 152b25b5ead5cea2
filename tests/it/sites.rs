//! Which files belong to which site, however the paths to them are written.

#![allow(
    clippy::unwrap_used,
    clippy::disallowed_methods,
    reason = "a test writes the files to be checked and may panic"
)]

use std::path::Path;

use assert_cmd::Command;
use serde_json::Value;
use tempfile::TempDir;

/// A page with this permalink that links to `target`.
fn page(permalink: &str, target: &str) -> String {
    format!(
        "---\ntitle: Acme information\nsidebar: cyclr_sidebar\npermalink: {permalink}\ntags: [connector-information]\n\
         ---\nSee [the other page]({target}).\n"
    )
}

fn folder(files: &[(&str, String)]) -> TempDir {
    let folder = TempDir::new().unwrap();
    for (path, text) in files {
        let path = folder.path().join(path);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    }
    folder
}

fn check(folder: &Path, paths: &[&str]) -> Value {
    let mut command = Command::cargo_bin("connlint").unwrap();
    let run = command.current_dir(folder).args(["check", "--isolated", "--format", "json"]).args(paths).output();
    serde_json::from_slice(&run.unwrap().stdout).unwrap()
}

/// The errors of a report: rule and file.
fn errors(report: &Value) -> Vec<(&str, &str)> {
    let found = report["diagnostics"].as_array().unwrap().iter().filter(|one| one["severity"] == "error");
    found.map(|one| (one["rule"].as_str().unwrap(), one["file"].as_str().unwrap())).collect()
}

fn two_sites() -> TempDir {
    folder(&[
        ("one/_config.yml", "baseurl: /one\n".to_owned()),
        ("one/Acme.md", page("acme-information", "zest-information")),
        ("one/zest.md", page("zest-information", "acme-information")),
        ("two/_config.yml", "baseurl: /two\n".to_owned()),
        ("two/Acme.md", page("acme-information", "only-in-one-information")),
    ])
}

#[test]
fn sites_inside_a_folder_are_apart() {
    // `Acme.md` comes before `_config.yml` and belongs to the site all the same: no permalink is there twice.
    let report = check(two_sites().path(), &["."]);
    assert_eq!(errors(&report), [("guide/link-broken", "two/Acme.md")]);
}

#[test]
fn a_file_is_one_file_however_it_is_named() {
    let sites = two_sites();
    let absolute = sites.path().join("one").canonicalize().unwrap();
    let absolute = absolute.to_str().unwrap();
    for (files, paths) in [
        (2, &["one"][..]),
        (2, &["./one"]),
        (2, &["two/../one"]),
        (2, &["./one/Acme.md", "one"]),
        (2, &["one", "two/../one/Acme.md", "./one"]),
        (2, &[absolute, "one/zest.md"]),
        (1, &["one/Acme.md"]),
        (1, &["one/Acme.md", "./one/Acme.md"]),
    ] {
        let report = check(sites.path(), paths);
        assert_eq!((errors(&report), &report["summary"]["files"]), (vec![], &Value::from(files)), "{paths:?}");
    }
}

#[test]
fn long_pages_are_read_to_their_end() {
    // The heads of pages are read first, and small pages whole with them.
    let long = |words: usize| page("acme-information", "#end") + &"word ".repeat(words) + "\n\n## End\n";
    for words in [1, 780, 795, 800, 2000] {
        let sites = folder(&[("a.md", long(words)), ("b.md", page("zest-information", "acme-information#end"))]);
        assert_eq!(errors(&check(sites.path(), &["."])), [], "{words}");
        assert_eq!(errors(&check(sites.path(), &["a.md"])), [], "{words}");
    }
}

/// The links on `page` of a site that lead nowhere, by their targets.
fn broken(files: &[(&str, &str)], page: &str) -> Vec<String> {
    found("guide/link-broken", files, page)
}

/// What a rule's messages on `page` quote first.
fn found(rule: &str, files: &[(&str, &str)], page: &str) -> Vec<String> {
    let files: Vec<(&str, String)> = files.iter().map(|(path, text)| (*path, (*text).to_owned())).collect();
    let site = folder(&files);
    let report = check(site.path(), &["--kind", "guide", page]);
    let found = report["diagnostics"].as_array().unwrap().iter().filter(|one| one["rule"] == rule);
    found.map(|one| one["message"].as_str().unwrap().split('`').nth(1).unwrap_or_default().to_owned()).collect()
}

#[test]
fn pages_are_in_the_source_folder() {
    let config = "source: ./src\nbaseurl: /docs\npermalink: /:categories/:title/\n";
    let links = "---\ntitle: A\n---\n[a](/docs/guides/b/) [c](/docs/guides/c/) [d](../guides/b) [e](/other/app)\n";
    let files = [("_config.yml", config), ("src/a.md", links), ("src/guides/b.md", "---\ntitle: B\n---\n")];
    assert_eq!(broken(&files, "src/a.md"), ["docs/guides/c/"]);
}

#[test]
fn collections_posts_and_redirects_have_addresses() {
    let config = "collections:\n  guides: {output: true, permalink: '/g/:name/'}\n  notes: {output: false}\n";
    let links = "---\ntitle: A\n---\n[1](g/acme/) [2](notes/x) [3](2024/05/01/news.html) [4](old/acme) [5](hidden) [6](left/x)\n\
                 {% link _guides/acme.md %} {% link _guides/none.md %} {% post_url 2024-05-01-news %} [7]({% link a.md %})\n";
    let files = [
        ("_config.yml", &*format!("{config}exclude: [left]\n")),
        ("a.md", links),
        ("_guides/acme.md", "---\nredirect_from: /old/acme/\n---\n"),
        ("_notes/x.md", "---\ntitle: X\n---\n"),
        ("_posts/2024-05-01-news.md", "---\ntitle: N\n---\n"),
        ("hidden.md", "---\npublished: false\n---\n"),
        ("left/x.md", "---\ntitle: X\n---\n"),
    ];
    let mut found = broken(&files, "a.md");
    found.sort();
    assert_eq!(found, ["_guides/none.md", "hidden", "left/x", "notes/x"]);
}

#[test]
fn front_matter_may_come_from_the_configuration() {
    let config =
        "defaults:\n- scope: {path: 'guides/*'}\n  values: {permalink: '/:basename', sidebar: cyclr_sidebar}\n";
    let files = [
        ("_config.yml", config),
        ("a.md", "---\ntitle: A\n---\n[b](b) [c](guides/b)\n"),
        ("guides/b.md", "---\n---\n"),
    ];
    assert_eq!(broken(&files, "a.md"), ["guides/b"]);
}

#[test]
fn without_a_root_other_pages_are_not_judged() {
    let files = folder(&[
        ("a.md", page("acme-information", "nowhere").replace("tags", "linkedpage: true\ntags")),
        ("b.md", page("acme-information", "nowhere")),
    ]);
    for paths in [&["."][..], &["a.md", "b.md"]] {
        let report = check(files.path(), paths);
        assert_eq!((errors(&report), &report["summary"]["without_site"]), (vec![], &Value::from(2)));
    }
    std::fs::write(files.path().join("connlint.toml"), "").unwrap();
    let report = check(files.path(), &["b.md"]);
    let found = errors(&report);
    assert!(found.contains(&("guide/permalink-duplicate", "b.md")) && found.contains(&("guide/link-broken", "b.md")));
    assert_eq!(report["summary"]["without_site"], Value::Null);
}

#[test]
fn pages_are_read_with_the_options_of_their_site() {
    let page = format!(
        "{}\n## Set up\n\nSee [the steps](#x-set-up) and [more](#set-up).\n",
        page("acme-information", "#x-set-up")
    );
    let one = folder(&[("_config.yml", "kramdown:\n  auto_id_prefix: x-\n".to_owned()), ("acme.md", page.clone())]);
    let two = folder(&[("_config.yml", "title: Acme\n".to_owned()), ("acme.md", page)]);
    let broken = |folder: &TempDir| {
        let report = check(folder.path(), &["."]);
        errors(&report).iter().filter(|(rule, _)| *rule == "guide/anchor-broken").count()
    };
    assert_eq!((broken(&one), broken(&two)), (1, 2));
}

#[test]
fn anchors_that_only_a_build_knows_are_not_missing() {
    let broken = |config: &str, text: &str, layout: &str| {
        let page = format!("---\ntitle: A b\nlayout: own\n---\n[1](#some)\n\n{text}\n");
        let other = "---\ntitle: B\n---\n[1](a#some)\n";
        let files = [
            ("_config.yml", config),
            ("a.md", &page),
            ("b.md", other),
            ("_layouts/own.html", layout),
            ("_includes/part.md", "## Some\n"),
        ];
        let own = found("guide/anchor-broken", &files, "a.md").len();
        assert_eq!(own, found("guide/anchor-broken", &files, "b.md").len(), "{text}");
        own > 0
    };
    let config = "plugins: []\n";
    let plain = "<main>{{ content }}</main>";
    let unseen = [
        "{% include part.md %}",
        "{% include_relative a.txt %}",
        "{% unheard of %}",
        "{{ page.body }}",
        "## {{ page.title }}",
        "<p id=\"{{ page.slug }}\">a</p>",
    ];
    for text in unseen {
        assert!(!broken(config, text, plain), "{text}");
    }
    for text in ["Words with {{ page.title }}.", "{% if page.title %}\n## Other\n{% endif %}", "{% assign a = 1 %}"] {
        assert!(broken(config, text, plain), "{text}");
    }
    for layout in
        ["<p id=\"some\">a</p>", "{% include part.md %}", "{% for a in b %}<p id=\"{{ a }}\">a</p>{% endfor %}"]
    {
        assert!(!broken(config, "", layout), "{layout}");
    }
    for layout in ["<h1 id=\"{{ page.title | slugify }}\">a</h1>", "---\nlayout: none\n---\n{% include none.html %}"] {
        assert!(broken(config, "", layout), "{layout}");
    }
}
