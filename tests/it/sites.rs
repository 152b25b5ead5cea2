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

/// Whether `#some-words` on a page is broken, by its layout and the site's data.
fn broken_by(layout: &str, front_matter: &str, data: Option<&str>) -> bool {
    let page = format!("---\ntitle: A b\nlayout: own\n{front_matter}---\n[1](#some-words)\n");
    let mut files = vec![
        ("_config.yml", "plugins: []\ndefaults: [{scope: {path: ''}, values: {kind: part}}]\n"),
        ("a.md", page.as_str()),
        ("_layouts/own.html", layout),
        ("_includes/part.md", "## {{ include.name }}\n"),
        ("_includes/given.md", "{% if shown %}<p id=\"{{ name | slugify }}\"></p>{% endif %}\n"),
    ];
    files.extend(data.map(|data| ("_data/more/items.yml", data)));
    found("guide/anchor-broken", &files, "a.md").len() == 1
}

/// A layout that prints the site's data makes the anchors of the values that it prints.
#[test]
fn anchors_of_data_are_known() {
    let in_loop = |layout: &str| {
        format!("{{% assign all = site.data.more.items.list %}}{{% for item in all %}}{layout}{{% endfor %}}")
    };
    let cell = in_loop("<td id=\"{{ item.label | slugify }}\">a</td>");
    assert!(broken_by(&cell, "", Some("list: [{label: Other words}]\n")));
    assert!(!broken_by(&cell, "", Some("list: [{label: Some *Words*}]\n")));
    // Another key, and another list, are not printed.
    assert!(broken_by(&cell, "", Some("list: [{name: Some words}]\nother: [{label: Some words}]\n")));
    // What is unknown is not broken.
    assert!(!broken_by(&cell, "", None));
    let data = Some("list: [{label: Some, b: words, c: [1]}]\n");
    for sure in
        ["<td id=\"some-{{ item.b }}\">", "<td id=\"{{ item.label | append: ' ' | append: item.b | slugify }}\">"]
    {
        assert!(!broken_by(&in_loop(sure), "", data), "{sure}");
    }
    for unsure in ["<td id=\"{{ item.c }}\">", "<td id=\"some{{ item.b | own_filter }}\">", "<td id=\"{% own tag %}\">"]
    {
        assert!(!broken_by(&in_loop(unsure), "", data), "{unsure}");
    }
    for other in ["<td id=\"a-{{ item.c }}\">", "<td id=\"{{ item.b }}\">", "<td id=\"{{ item.none }}\">"] {
        assert!(broken_by(&in_loop(other), "", data), "{other}");
    }
}

/// Links between data folders lead nowhere new, and are not followed.
#[cfg(unix)]
#[test]
fn linked_data_is_not_walked() {
    let page = "---\ntitle: A b\nlayout: own\n---\n[1](#none)\n".to_owned();
    let folder = folder(&[
        ("_config.yml", "title: a\n".to_owned()),
        ("a.md", page),
        ("_layouts/own.html", "{{ site.data.v.x }}".to_owned()),
        ("_data/w.yml", "x: 1\n".to_owned()),
    ]);
    for name in ["a", "b"] {
        std::os::unix::fs::symlink(".", folder.path().join("_data").join(name)).unwrap();
    }
    let mut command = Command::cargo_bin("connlint").unwrap();
    command.current_dir(folder.path()).args(["check", "--isolated", "."]);
    assert!(command.timeout(std::time::Duration::from_mins(1)).output().unwrap().status.code().is_some());
}

/// A folder or file that cannot be read matters to a run that checks it, and is named.
#[cfg(unix)]
#[test]
fn an_unreadable_folder_is_named_and_fails_the_runs_that_check_it() {
    use std::os::unix::fs::PermissionsExt;
    use std::os::unix::process::CommandExt;

    let folder = folder(&[
        ("_config.yml", "title: a\n".to_owned()),
        ("docs/Acme.md", page("acme-information", "hidden-information")),
        ("sub/secret/a.md", page("hidden-information", "acme-information")),
        ("sub/secret/b.yaml", "Connector: hidden-information\n".to_owned()),
    ]);
    let allow = |path: &Path, mode| {
        std::fs::set_permissions(path, std::fs::Permissions::from_mode(mode)).unwrap();
    };
    let secret = folder.path().join("sub/secret");
    allow(folder.path(), 0o755);
    allow(&secret, 0o000);
    let run = |paths: &[&str]| {
        let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_connlint"));
        if std::fs::read_dir(&secret).is_ok() {
            // The superuser reads every folder.
            command.uid(65534).gid(65534);
        }
        command.current_dir(folder.path()).args(["check", "--isolated"]).args(paths).output().unwrap()
    };
    let [part, whole, without] = [&["docs/Acme.md"][..], &["."], &[".", "--exclude", "sub/secret"]].map(run);
    allow(&secret, 0o755);
    assert_eq!(part.status.code(), Some(0), "{part:?}");
    let err = String::from_utf8_lossy(&whole.stderr);
    assert!(err.starts_with("error: cannot read `./sub/secret`: permission denied"), "{err}");
    assert_eq!(whole.status.code(), Some(2));
    assert!(!whole.stdout.is_empty(), "the other files are checked");
    assert_ne!(without.status.code(), Some(2), "{without:?}");
    for name in ["sub/secret/a.md", "sub/secret/b.yaml"] {
        let file = folder.path().join(name);
        allow(&file, 0o000);
        for (paths, is_read, checks_others) in [
            (&[name][..], true, false),
            (&["."], true, true),
            (&["docs/Acme.md"], false, true),
            (&[".", "--exclude", "sub/secret"], false, true),
        ] {
            let output = run(paths);
            let errors = String::from_utf8_lossy(&output.stderr).matches("error: cannot read").count();
            assert_eq!((errors, output.status.code() == Some(2)), (usize::from(is_read), is_read), "{output:?}");
            assert_eq!(!output.stdout.is_empty(), checks_others, "{output:?}");
        }
        allow(&file, 0o644);
    }
}

/// Layouts, includes and data are in the folders that the configuration names.
#[test]
fn parts_of_a_site_are_in_its_own_folders() {
    let broken = |config: &str| {
        let files = [
            ("_config.yml", config),
            ("a.md", "---\ntitle: A b\nlayout: own\n---\n[1](#some) [2](#other)\n"),
            (
                "theme/own.html",
                "{% include part.html %}{% for item in site.data.items %}<i id=\"{{ item }}\">{% endfor %}",
            ),
            ("parts/part.html", "<p id=\"some\">a</p>"),
            ("facts/items.yml", "[other]\n"),
        ];
        found("guide/anchor-broken", &files, "a.md").len()
    };
    let folders = "layouts_dir: theme\nincludes_dir: ./parts\n";
    assert_eq!(broken("plugins: []\n"), 2);
    assert_eq!(broken(&format!("plugins: []\n{folders}data_dir: facts\n")), 0);
    assert_eq!(broken(&format!("plugins: []\n{folders}data_dir: parts\n")), 0, "unknown data may be any");
}

/// A layout is rendered for the page: what it leaves out for it makes no anchor.
#[test]
fn layouts_are_rendered_for_their_page() {
    let entry = "{% assign own = page.url | split: '/' | last | remove: '.html' %}
        {% assign own = site.data.more.items | where: 'slug', own | first %}
        {% if own %}\n\n## Some words\n\n{% endif %}";
    assert!(broken_by(entry, "", Some("[{slug: b}]\n")));
    assert!(!broken_by(entry, "", Some("[{slug: b}, {slug: a}]\n")));
    let hidden = "{% unless page.plain == true %}<p id=\"some-words\"></p>{% endunless %}";
    assert!(!broken_by(hidden, "", None));
    assert!(broken_by(hidden, "plain: true\n", None));
    for shown in [
        "{% include part.md name='Some words' %}",
        "{% assign file = 'x' %}{% include {{ page.kind }}.md name=\"Some words\" %}",
        "{% assign shown = true %}{% assign name = 'Some words' %}{% include given.md %}",
        "{% capture text %}\n## Some words\n{% endcapture %}<div>{{ text | markdownify }}</div>",
        "{% if page.kind == 'part' or page.a == 1 and page.b %}<p id='some-words'></p>{% endif %}",
        "{% if page.a %}{% elsif page.kind contains 'ar' %}<p id='some-words'></p>{% else %}{% endif %}",
        "{% case page.kind %}{% when 'part' %}<p id='some-words'></p>{% endcase %}",
        "{% raw %}<p id='some-words'></p>{% endraw %}",
        "{% if site.own %}{% assign a = 'some-words' %}{% endif %}<p id=\"{{ a }}\"></p>",
        "{% for a in site.own %}{% assign b = a %}{% endfor %}<p id=\"{{ b }}\"></p>",
        "{% if page.kind %}<p id='some-words'></p>",
        &format!("{}{}", "{% if page.kind %}".repeat(100_000), "{% endif %}".repeat(100_000)),
        &format!("{{% if page.none{} %}}{{% endif %}}<p id=\"some-words\"></p>", " and page.none".repeat(100_000)),
        &format!("{{% assign a = 'a' %}}{}<p id=\"{{{{ a }}}}\"></p>", "{% assign a = a | append: a %}".repeat(100)),
        &format!(
            "{{% assign a = '{}' | split: 'a' %}}{}<p id=\"{{{{ b }}}}\"></p>",
            "a ".repeat(1000),
            "{% for c in a %}".repeat(3) + &"{% endfor %}".repeat(3)
        ),
    ] {
        assert!(!broken_by(shown, "", None), "{shown}");
    }
    for left_out in [
        "{% include part.md name='Other words' %}",
        "{% assign shown = false %}{% assign name = 'Some words' %}{% include given.md %}",
        "{% comment %}<p id='some-words'></p>{% endcomment %}",
        "{% if page.a and page.b or page.kind %}<p id='some-words'></p>{% endif %}",
        "{% if page.kind == 'other' or page.kind == blank %}<p id='some-words'></p>{% endif %}",
        "{% if page.kind.size > 4 %}<p id='some-words'></p>{% else %}<p id='other'></p>{% endif %}",
        "{% for a in page.none %}<p id=\"{{ a }}\"></p>{% endfor %}",
        "{{ site.time }}{{ content }}",
    ] {
        assert!(broken_by(left_out, "", None), "{left_out}");
    }
}

#[test]
fn targets_that_liquid_writes_are_checked() {
    let links = "---\ntitle: A\n---\n
[1]({{ site.baseurl }}/b) [2]({{ site.baseurl }}/no2) [3]({% link _guides/g.md %}#part) [4]({{ site.baseurl }}{% link b.md %})\n
[5]({% post_url 2024-05-01-news %}) [6]({{ \"/b\" | relative_url }}) [7]({{ '/no7' | absolute_url }})\n
[8]({{ '/b' | prepend: site.baseurl }}) [9]({{ page.next }}/no) [10]({{ '/no' | own_filter }}) [11]({% include x.md %}/no)\n
<a href=\"{{ site.baseurl }}/no12\">a</a> <a href=\"{{ '/b' | relative_url }}\">b</a>\n
[13][own]\n
[own]: {{ site.baseurl }}/no13\n";
    let files = [
        ("_config.yml", "baseurl: /docs\ncollections:\n  guides: {output: true}\n"),
        ("a.md", links),
        ("b.md", "---\ntitle: B\n---\n"),
        ("_guides/g.md", "---\ntitle: G\n---\n"),
        ("_posts/2024-05-01-news.md", "---\ntitle: N\n---\n"),
    ];
    assert_eq!(broken(&files, "a.md"), ["docs/no2", "docs/no7", "docs/no12", "docs/no13"]);
    assert_eq!(found("guide/anchor-broken", &files, "a.md").len(), 1);
    let images = "---\ntitle: A\n---\n
![1]({{ site.baseurl }}/images/a.png) ![2]({{ '/images/no2.png' | relative_url }}) ![{{ page.alt }}](/docs/images/no3.png)
<img src=\"{% link images/a.png %}\" alt=\"4\"> <img src=\"{{ page.image }}\" alt=\"5\">\n";
    let files = [("_config.yml", "baseurl: docs\n"), ("a.md", images), ("images/a.png", "")];
    assert_eq!(found("guide/image-missing", &files, "a.md"), ["docs/images/no2.png", "docs/images/no3.png"]);
}

#[test]
fn plugins_may_define_tags() {
    let page = "---\ntitle: A b\n---\n\n## Note\n\n{% callout %}\n\n## {% own %}\n\nWords.\n\n## {% own %}\n\nWords {% endcallout %}\n";
    let severities = |files: &[(&str, &str)]| {
        let files: Vec<(&str, String)> = files.iter().map(|(path, text)| (*path, (*text).to_owned())).collect();
        let site = folder(&files);
        let report = check_with_settings(site.path(), "a.md");
        let of = |rule: &str| {
            let found = report["diagnostics"].as_array().unwrap().iter().filter(|one| one["rule"] == rule);
            found.map(|one| one["severity"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
        };
        for rule in ["guide/empty-section", "guide/duplicate-heading"] {
            assert_eq!(of(rule), [""; 0], "{rule}");
        }
        of("guide/liquid-syntax")
    };
    let config = ("_config.yml", "title: A\n");
    let page = ("a.md", page);
    assert_eq!(severities(&[config, page]), ["error", "error"]);
    for with_plugins in [
        &[("_config.yml", "plugins: [some-plugin]\n"), page][..],
        &[("_config.yml", "gems: [some-plugin]\n"), page],
        &[config, page, ("_plugins/callout.rb", "")],
        &[("_config.yml", "plugins_dir: own\n"), page, ("own/callout.rb", "")],
        &[config, page, ("Gemfile", "group :jekyll_plugins do\nend\n")],
    ] {
        assert_eq!(severities(with_plugins), ["info", "info"], "{with_plugins:?}");
    }
    assert_eq!(severities(&[page]), ["warning", "warning"]);
    let registers = "module A\nend\nLiquid::Template.register_tag('callout', A::Callout)\n";
    assert_eq!(severities(&[config, page, ("_plugins/a/callout.rb", registers)]), ["info"]);
    assert_eq!(severities(&[config, page, ("Gemfile", "gem 'jekyll'\n# gem 'jekyll-feed'\n")]), ["error", "error"]);
    let settings = |tags: &'static str| ("connlint.toml", tags);
    assert_eq!(severities(&[config, page, settings("liquid-tags = ['callout']\n")]), ["error"]);
    assert_eq!(severities(&[config, page, settings("liquid-tags = ['callout', 'own']\n")]), [""; 0]);
}

fn check_with_settings(folder: &Path, page: &str) -> Value {
    let mut command = Command::cargo_bin("connlint").unwrap();
    let run = command
        .current_dir(folder)
        .args(["check", "--kind", "guide", "--severity", "info", "--format", "json", page])
        .output();
    serde_json::from_slice(&run.unwrap().stdout).unwrap()
}

/// A guide that asks for one value.
fn setup(field: &str) -> String {
    format!(
        "---\ntitle: Acme Authentication\nsidebar: cyclr_sidebar\npermalink: pipedrive-oauth-connector\ntags: [connector]\n---\n\
         \n## Cyclr setup\n\nEnter the following values:\n\n| **Value** | **Description** |\n| --- | --- |\n\
         | **{field}** | Of Acme. |\n"
    )
}

#[test]
fn the_nearest_guide_counts() {
    let config = "Connector: pipedrive-oauth-connector\nAuthType: OAuth2\nProperties: []\n".to_owned();
    let files = folder(&[
        ("_config.yml", "title: A\n".to_owned()),
        ("guide.md", setup("Account Name")),
        ("a/guide.md", setup("Region")),
        ("a/b/x.connector.yaml", config.clone()),
        ("c/d/guide.md", setup("Shop Name")),
        ("c/d/x.connector.yaml", config.clone()),
        ("e/x.connector.yaml", config.clone()),
        ("other/_config.yml", "title: B\n".to_owned()),
        ("other/f/guide.md", setup("Store Name")),
        ("other/g/h/i/x.connector.yaml", config),
    ]);
    let asked = |paths: &[&str], file: &str| {
        let report = check(files.path(), paths);
        let found = report["diagnostics"].as_array().unwrap().iter().filter(|one| one["file"] == file);
        let missing = found.filter(|one| one["rule"] == "config/missing-field");
        missing.map(|one| one["message"].as_str().unwrap()).collect::<String>()
    };
    for (file, property) in [
        ("a/b/x.connector.yaml", "Region"),
        ("c/d/x.connector.yaml", "ShopName"),
        ("e/x.connector.yaml", "AccountName"),
        ("other/g/h/i/x.connector.yaml", "StoreName"),
    ] {
        for paths in [".", file] {
            let missing = asked(&[paths], file);
            assert!(missing.contains(&format!("`{property}`")), "{file} under {paths}: {missing}");
        }
    }
}

/// The guides of a repository are known for a configuration alone, as they are for what else of it is named.
#[test]
fn a_configuration_alone_is_read_with_the_guides_of_its_repository() {
    let config = "Connector: pipedrive-oauth-connector\nAuthType: OAuth2\nProperties: []\n".to_owned();
    let (alone, beside) = ("configs/x.connector.yaml", "docs/x.connector.yaml");
    let files = |settings: Option<&str>| {
        let settings = settings.map(|name| (name, String::new()));
        let own = [
            (".git/HEAD", String::new()),
            ("docs/guide.md", setup("Region")),
            ("other/a.md", page("acme-information", "https://example.com")),
            (alone, config.clone()),
            (beside, config.clone()),
        ];
        folder(&own.into_iter().chain(settings).collect::<Vec<_>>())
    };
    let asks = |files: &TempDir, paths: &[&str]| {
        let report = check(files.path(), paths);
        let found = report["diagnostics"].as_array().unwrap().iter().filter(|one| one["file"] == paths[0]);
        let mut missing = found.filter(|one| one["rule"] == "config/missing-field");
        missing.any(|one| one["message"].as_str().unwrap().contains("`Region`"))
    };
    let repository = files(None);
    for paths in [&[alone][..], &[beside], &[alone, "docs"], &[alone, "other/a.md"], &[alone, "configs"]] {
        assert!(asks(&repository, paths), "{paths:?}");
    }
    for settings in ["connlint.toml", "_config.yml"] {
        assert!(asks(&files(Some(settings)), &[alone]), "{settings}");
    }
}

#[test]
fn addresses_follow_the_style_of_the_site() {
    let page = |links: &str| format!("---\ntitle: A\n---\n{links}\n");
    let guide = "---\ntitle: My Title\ncategories: [One Two, three]\nslug: own-slug\n---\n";
    for (config, page_address, document, post) in [
        ("permalink: pretty\n", "guides/b/", "notes/c/", "2024/05/01/news/"),
        ("permalink: none\n", "guides/b.html", "notes/c.html", "news.html"),
        ("permalink: /:categories/:title/\n", "guides/b/", "notes/c/", "news/"),
        ("permalink: /x/:year-:month/:slug:output_ext\n", "guides/b.html", "notes/c.html", "x/2024-05/news.html"),
    ] {
        let files = [
            ("_config.yml", &*format!("{config}collections:\n  notes: {{output: true}}\n")),
            ("a.md", &page(&format!("[1](/{page_address}) [2](/{document}) [3](/{post}) [4](/nowhere)"))),
            ("guides/b.MD", "---\ntitle: B\n---\n"),
            ("_notes/c.md", "---\ntitle: C\n---\n"),
            ("_posts/2024-05-01-news.md", "---\ntitle: N\n---\n"),
        ];
        assert_eq!(broken(&files, "a.md"), ["nowhere"], "{config}");
    }
    let files = [
        (
            "_config.yml",
            "collections:\n  notes: {output: true, permalink: '/:collection/:title/'}\n\
             defaults:\n- scope: {path: 'team/*', type: pages}\n  values: {permalink: '/t/:basename/'}\n\
             - scope: {path: '', type: notes}\n  values: {published: false}\n\
             include: ['_extra', '.well*']\nexclude: ['*.draft.md', 'old/**']\nmarkdown_ext: 'mdown,md'\n",
        ),
        (
            "a.md",
            &page(
                "[1](/notes/own-slug/) [2](/t/x/) [3](/_extra/y) [4](/d.draft) [5](/old/z) [6](/e) [7](/from) [8](/from2/)",
            ),
        ),
        ("_notes/c.md", &guide.replace("title", "published: true\ntitle")),
        ("team/x.md", "---\ntitle: X\n---\n"),
        ("_extra/y.md", "---\ntitle: Y\nredirect_from: [/from, /from2]\n---\n"),
        ("d.draft.md", "---\ntitle: D\n---\n"),
        ("old/z.md", "---\ntitle: Z\n---\n"),
        ("e.mdown", "---\ntitle: E\n---\n"),
    ];
    assert_eq!(broken(&files, "a.md"), ["d.draft", "old/z"]);
}

#[test]
fn a_site_below_a_repository_is_apart_from_other_pages() {
    let files = folder(&[
        (".git/HEAD", String::new()),
        ("README.md", "# Acme\n\n[docs](docs/a.md) [a](acme-information)\n".to_owned()),
        ("acme.md", page("acme-information", "nowhere")),
        ("docs/_config.yml", "title: A\n".to_owned()),
        ("docs/a.md", page("acme-information", "zest-information")),
        ("docs/b.md", page("zest-information", "acme-information")),
    ]);
    assert_eq!(errors(&check(files.path(), &["docs"])), []);
    assert_eq!(errors(&check(files.path(), &["docs/a.md"])), []);
    assert_eq!(errors(&check(files.path(), &["."])), [("guide/link-broken", "acme.md")]);
}

#[test]
fn what_a_broken_target_may_mean_is_named() {
    let helps = |files: &[(&str, &str)], rule: &str| {
        let files: Vec<(&str, String)> = files.iter().map(|(path, text)| (*path, (*text).to_owned())).collect();
        let site = folder(&files);
        let page = files[1].0;
        let report = check(site.path(), &["--kind", "guide", page]);
        let found = report["diagnostics"].as_array().unwrap().iter().filter(|one| one["rule"] == rule);
        let helps = found.map(|one| one["help"].as_str().unwrap().split('`').nth(1).unwrap_or_default().to_owned());
        helps.collect::<Vec<_>>()
    };
    let images = "---\ntitle: A\npermalink: a\n---\n![1](keys.png) ![2](./images/Keys.png) ![3](/other/keys.png) ![4](none.png)\n";
    let files = [("_config.yml", "title: A\n"), ("a.md", images), ("images/keys.png", ""), ("other/a.png", "")];
    let expected = ["images/keys.png", "./images/keys.png", "/images/keys.png", ""];
    assert_eq!(helps(&files, "guide/image-missing"), expected);
    let in_folder = images.replace("permalink: a", "permalink: /x/a");
    let files = [
        ("_config.yml", "baseurl: /docs\n"),
        ("a.md", in_folder.as_str()),
        ("images/keys.png", ""),
        ("x/a", ""),
        ("x/images/a", ""),
    ];
    let expected = ["../images/keys.png", "./../images/keys.png", ""];
    assert_eq!(helps(&files, "guide/image-missing"), expected);
    let links = "---\ntitle: A\npermalink: acme-connector\n---\n\
                 [1](zest.md) [2](guides/Zest.md) [3](zestt-connector) [4](/x/zest) [5](acme-conector) [6](files/a.pdf)\n";
    let files = [
        ("_config.yml", "title: A\n"),
        ("acme.md", links),
        ("more/zest.md", "---\ntitle: Z\npermalink: zest-connector\n---\n"),
        ("files/b/a.pdf", ""),
    ];
    let expected = ["zest-connector", "zest-connector", "zest-connector", "/zest-connector", "", "files/b/a.pdf"];
    assert_eq!(helps(&files, "guide/link-broken"), expected);
}
