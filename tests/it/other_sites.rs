//! Sites that other people make in other ways: what a page gets from the site around it is not blamed on the page.

#![allow(
    clippy::unwrap_used,
    clippy::disallowed_methods,
    reason = "a test writes the files to be checked and may panic"
)]

use std::process::Output;

use assert_cmd::Command;
use serde_json::Value;
use tempfile::TempDir;

use crate::support::folder::write;

fn site(files: &[(&str, &str)]) -> TempDir {
    let folder = TempDir::new().unwrap();
    for (name, text) in files {
        write(folder.path(), name, text);
    }
    folder
}

fn run(folder: &TempDir, arguments: &[&str]) -> Output {
    let mut command = Command::cargo_bin("connlint").unwrap();
    command.current_dir(folder.path()).args(arguments).output().unwrap()
}

/// What is found on the pages of a site, with a pack that only names them: rule, file and line.
fn found(dialect: &str, files: &[(&str, &str)]) -> Vec<(String, String, u64)> {
    let folder = site(files);
    let pack = format!("pack: other\ndialect: {dialect}\nfiles:\n  guide: {{ glob: \"**/*.md\", read: page }}\n");
    write(folder.path(), "pack.yaml", &pack);
    let output = run(&folder, &["check", ".", "--pack", "pack.yaml", "--format", "json"]);
    let report: Value = serde_json::from_slice(&output.stdout).unwrap();
    let of = |one: &Value| {
        let text = |value: &Value| value.as_str().unwrap().to_owned();
        (text(&one["rule"]), text(&one["file"]), one["span"]["start"]["line"].as_u64().unwrap())
    };
    report["diagnostics"].as_array().unwrap().iter().map(of).collect()
}

fn jekyll(files: &[(&str, &str)]) -> Vec<(String, String, u64)> {
    let config = ("_config.yml", "title: Acme\n");
    let has_config = files.iter().any(|(name, _)| *name == config.0);
    let config = if has_config { None } else { Some(config) };
    found("kramdown", &config.into_iter().chain(files.iter().copied()).collect::<Vec<_>>())
}

fn one(rule: &str, file: &str, line: u64) -> (String, String, u64) {
    (rule.to_owned(), file.to_owned(), line)
}

const NONE: [(String, String, u64); 0] = [];

#[test]
fn what_highlight_has_is_code() {
    let page = "---\ntitle: A\n---\n\nSend this:\n{% highlight js %}\n{% raw %}\na.b: <string> and <object> x, ** y\n\
                # No heading\n{% endraw %}\n{% endhighlight %}\n\n1. Run:\n\n   {% highlight sh %}\n   get <object>\n   \
                {% endhighlight %}\n\n2. See `<object>` and the the end.\n";
    assert_eq!(jekyll(&[("a.md", page)]), [one("guide/doubled-word", "a.md", 19)]);
}

#[test]
fn what_plugins_make_of_their_blocks_is_not_known() {
    let page = "---\ntitle: A\n---\n\n{% conf %}\nlimit:\n  description: Limit usage\nusage:\n  description: x ** y\n\
                #### Deep\n{% endconf %}\n\nText of of the page.\n";
    let plugin = ("_plugins/conf.rb", "Liquid::Template.register_tag('conf', Acme::Conf)\n");
    let of = ("guide/doubled-word", "a.md", 13);
    assert_eq!(jekyll(&[plugin, ("a.md", page)]), [one(of.0, of.1, of.2)]);
    let gem = ("Gemfile", "gem 'jekyll-contentblocks'\n");
    assert_eq!(
        jekyll(&[gem, ("a.md", "---\ntitle: A\n---\n\n{% contentfor x %}\nText.\n{% endcontentfor %}\n")]),
        NONE
    );
}

#[test]
fn includes_set_variables() {
    let page = "---\ntitle: A\n---\n\n{% include data.html %}\nSee [x]({{ link.a }}), {{ other.b }} and {{ third }}.\n";
    let sets =
        |text| [("_includes/data.html", "{% include inner.html %}"), ("_includes/inner.html", text), ("a.md", page)];
    let all = "{%assign link = site.data.urls %}{% assign other = 1 %}{% capture third %}x{% endcapture %}";
    assert_eq!(jekyll(&sets(all)), NONE);
    let erased = one("guide/liquid-erases-text", "a.md", 6);
    assert_eq!(jekyll(&sets("{% assign link = site.data.urls %}{% assign other = 1 %}")), [erased]);
}

#[test]
fn a_layout_without_a_title_leaves_the_heading_to_the_page() {
    let page = "---\ntitle: A\nlayout: p\n---\n\n# A\n\nText.\n\n# B\n\nText.\n";
    let bare = ("_layouts/p.html", "<section>{{ content }}</section>\n");
    let level = |line| one("guide/heading-level-one", "a.md", line);
    assert_eq!(jekyll(&[bare, ("a.md", page)]), [level(10)]);
    let titled = ("_layouts/p.html", "---\nlayout: outer\n---\n{{ content }}\n");
    let outer = ("_layouts/outer.html", "<h1>{{ page.title }}</h1>{{ content }}\n");
    assert_eq!(jekyll(&[titled, outer, ("a.md", page)]), [level(6), level(10)]);
    // A theme may have the layout.
    assert_eq!(jekyll(&[("a.md", page)]), [level(10)]);
}

#[test]
fn front_matter_that_begins_late_is_the_only_fault() {
    let late = [one("guide/front-matter-missing", "a.md", 2)];
    let page = "\n---\n# ---- #\ntitle: A\n\nlayout: b\n---\n\n# A\n\nText {{ foo.bar }} of of it.\n";
    assert_eq!(jekyll(&[("a.md", page)]), late);
    let page = "title: A\nlayout: b\n---\n\nText {{ foo }}.\n";
    assert_eq!(jekyll(&[("a.md", page)]), [one("guide/front-matter-missing", "a.md", 1)]);
    // A line above a table, a heading with a colon.
    assert_eq!(jekyll(&[("a.md", "\n---\n\nText: a\n\n---\n"), ("b.md", "Note: a\n---\n\nText.\n")]), NONE);
}

#[test]
fn quotes_may_go_on_without_an_indent() {
    let page = "---\ntitle: A\ndescription: \"one two\nthree.\"\nkey: b\n---\n\nText.\n";
    assert_eq!(jekyll(&[("a.md", page)]), NONE);
    let open = "---\ntitle: A\ndescription: \"one two\nkey: b\n---\n\nText.\n";
    assert_eq!(jekyll(&[("a.md", open)]), [one("guide/front-matter-syntax", "a.md", 3)]);
}

#[test]
fn jekyll_may_read_common_mark() {
    let config = ("_config.yml", "title: Acme\nmarkdown: CommonMark\n");
    let page = "---\ntitle: A\n---\n\n{% if page.title %}\n<div>\n\nText `ln -s /tmp tmp` {{ page.title }}.\n\n</div>\n{% endif %}\n\
                \n1. One\n\n![x](x.png)\n\n2. Two of of three {{ erased }}.\n";
    let files = [config, ("x.png", ""), ("a.md", page)];
    assert_eq!(jekyll(&files), [one("guide/doubled-word", "a.md", 17), one("guide/liquid-erases-text", "a.md", 17)]);
}

#[test]
fn redirects_of_hosts_lead_somewhere() {
    let page = "---\ntitle: A\n---\n\n[a](/old/) [b](/docs/any/page) [c](/gone/)\n";
    let redirects = ("_redirects", "# moved\n/old /new 301\n/docs/* /:splat\n");
    assert_eq!(jekyll(&[redirects, ("a.md", page)]), [one("guide/link-broken", "a.md", 5)]);
    let netlify = ("netlify.toml", "[[redirects]]\nfrom = \"/gone/*\"\nto = \"/\"\n");
    assert_eq!(jekyll(&[redirects, netlify, ("a.md", page)]), NONE);
    let vercel = |list| {
        (
            "vercel.json",
            if list {
                r#"{"redirects": [{"source": "/gone/", "destination": "/"}]}"#
            } else {
                r#"{"headers": [{"source": "/gone/", "headers": []}]}"#
            },
        )
    };
    assert_eq!(jekyll(&[redirects, vercel(true), ("a.md", page)]), NONE);
    assert_eq!(jekyll(&[redirects, vercel(false), ("a.md", page)]), [one("guide/link-broken", "a.md", 5)]);
}

#[test]
fn scripts_read_fragments() {
    let page = ("a.md", "---\ntitle: A\n---\n\n[all](/list/#all)\n");
    let list = |script| [page, ("list/index.html", script)];
    assert_eq!(jekyll(&list("---\n---\n<script>show(location.hash)</script>\n")), NONE);
    assert_eq!(jekyll(&list("---\n---\n<p>List</p>\n")), [one("guide/anchor-broken", "a.md", 5)]);
}

#[test]
fn other_generators_have_ids_and_roots_of_their_own() {
    let pages = [
        ("src/a.md", "# A\n\nSee [b](b.md#core-item), [own](b.md#own), [d](/docs/b), [e](/add/x/), [f](../../x.md).\n"),
        ("src/b.md", "# B\n\n## core.Item\n\nText.\n\n## Long name {#own}\n\nText.\n"),
        (".git/HEAD", ""),
    ];
    let made = [&pages[..], &[(".vuepress/config.js", "")]].concat();
    assert_eq!(found("gfm", &made), NONE);
    assert_eq!(found("gfm", &pages), [one("guide/anchor-broken", "src/a.md", 3)]);
    let near = [&pages[1..], &[("src/a.md", "[b](c.md) [c](/src/c.md) [d](/other/c.md)\n")]].concat();
    let broken = one("guide/link-broken", "src/a.md", 1);
    assert_eq!(found("gfm", &near), [broken.clone(), broken]);
}

#[test]
fn containers_are_no_colons() {
    assert_eq!(found("gfm", &[("a.md", "# A\n\nText of it.\n\n::: tip TIP\nSee the other text there.\n:::\n")]), NONE);
}

#[test]
fn custom_elements_and_components_are_tags() {
    let page = "# A\n\n<my-icon name=\"x\" /> <f7-icon f7=\"y\"></f7-icon> <InlineImage :src=\"require(x)\"/>\n\nYour <your-host>.\n";
    assert_eq!(found("gfm", &[("a.md", page)]), [one("guide/html-unknown-tag", "a.md", 5)]);
}

#[test]
fn pages_of_components_are_read_for_slips() {
    let page = "# A\n\n<Note>Recieve of of</Note>\n\nRecieve the the key. ![](a.png)\n";
    let rules: Vec<String> = found("mdx", &[("a.md", page)]).into_iter().map(|(rule, _, _)| rule).collect();
    for rule in ["guide/typo", "guide/doubled-word", "guide/image-alt-missing"] {
        assert!(rules.iter().any(|one| one == rule), "{rule}: {rules:?}");
    }
    let pack = "pack: other\ndialect: mdx\npage:\n  required: [title]\nfiles:\n  guide: { glob: \"{connector}.md\", read: page }\n";
    let folder = site(&[("a.md", "---\nname: A\n---\n\nText.\n"), ("pack.yaml", pack)]);
    let output = run(&folder, &["check", ".", "--pack", "pack.yaml", "--format", "json"]);
    let text = String::from_utf8(output.stdout).unwrap();
    assert!(text.contains("guide/front-matter-key-missing"), "{text}");
}

#[test]
fn signs_that_are_meant_are_no_markup() {
    let page = "# A\n\nIt answers 5** codes; type 7.*** is it, 0.. 5, and *BSD or *ChangeEvent.\n\nRun CREATE SCHEMA a.b;, then \
                create the following table:\n\n```sql\nCREATE TABLE x (a int);\n```\n\nBy [@stilllman](https://git.example/stilllman), \
                [bot](https://git.example/apps/name[bot]).\n\nSend *Events\n\n*Be sure to have one.\n";
    assert_eq!(found("gfm", &[("a.md", page)]), NONE);
}

#[test]
fn little_words_are_compared_without_a_fault() {
    let page = "---\ntitle: Acme\n---\n\n[See](#at) it.\n\n## For you\n\nText.\n";
    assert_eq!(jekyll(&[("a.md", page)]), [one("guide/anchor-broken", "a.md", 5)]);
}

#[test]
fn the_name_of_a_folder_makes_no_guide() {
    let page = "---\ntitle: Keys\nlayout: post\n---\n\n# Keys\n\nUse `https://{your-host}/_proxy/callback`.\n";
    let page = ("docs/authentication/keys.md", page);
    let config = ("_config.yml", "title: Other docs\n");
    let output = run(&site(&[config, page]), &["check", "."]);
    let error = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(2), "{error}");
    assert!(error.contains("connlint new pack"), "{error}");
    let checked = |files: &[(&str, &str)]| run(&site(files), &["check", "."]).status.code();
    let named = ("docs/authentication/acme.md", "---\ntitle: Acme\n---\n\nOpen the Cyclr console.\n");
    assert_eq!(checked(&[config, named]), Some(1));
    assert_eq!(checked(&[("_config.yml", "title: Cyclr docs\n"), page]), Some(1));
    let own = ("docs/b.md", "---\ntitle: B\nsidebar: cyclr_sidebar\n---\n\nText.\n");
    assert_eq!(checked(&[config, page, own]), Some(1));
}

#[test]
fn a_run_says_that_few_pages_fit() {
    let guide = "---\ntitle: Acme information\nsidebar: cyclr_sidebar\npermalink: acme-information\n\
                 tags: [connector-information]\n---\n\nText.\n";
    let names: Vec<String> = (0..8).map(|number| format!("docs/{number}.md")).collect();
    let others = names.iter().map(|name| (name.as_str(), "---\ntitle: B\n---\n\nText.\n"));
    let files: Vec<(&str, &str)> = others.chain([("acme.md", guide), ("_config.yml", "title: A\n")]).collect();
    let said = |files: &[(&str, &str)]| {
        let output = String::from_utf8(run(&site(files), &["check", "."]).stdout).unwrap();
        output.contains("1 of 9 pages follows the conventions of Cyclr")
    };
    assert!(said(&files));
    assert!(!said(&files[6..]));
}

#[test]
fn redirects_of_servers_and_of_firebase_lead_somewhere() {
    let page = ("a.md", "---\ntitle: A\n---\n\n[a](/old/) [b](/moved/any) [c](/gone/)\n");
    let broken = |files: &[(&str, &str)]| jekyll(&[files, &[page]].concat()).len();
    assert_eq!(broken(&[]), 3);
    let rules =
        "# Redirect /gone /x\nRedirect 301 /old/ /new/\nRewriteRule ^moved/(.*)$ /$1 [L]\nRewriteRule .* - [E=a:b]\n";
    assert_eq!(broken(&[(".htaccess", rules)]), 1);
    let one = r#"{"hosting": {"redirects": [{"source": "/old", "destination": "/"}], "rewrites": [{"source": "**"}]}}"#;
    assert_eq!(broken(&[("firebase.json", one)]), 2);
    let many = r#"{"hosting": [{"redirects": [{"source": "/moved/**"}]}, {"redirects": [{"source": "/gone"}]}]}"#;
    assert_eq!(broken(&[("firebase.json", many)]), 1);
}

/// The targets that are broken on a page of a site.
fn broken(dialect: &str, files: &[(&str, &str)], page: &str, targets: &[&str]) -> Vec<String> {
    let text = targets.iter().map(|target| format!("[x]({target})\n\n")).collect::<Vec<_>>().concat();
    let text = format!("---\ntitle: A\n---\n\n## Two words\n\n{text}");
    let all = found(dialect, &[files, &[(page, text.as_str())]].concat());
    let of_page = all.into_iter().filter(|(rule, file, _)| file == page && rule.contains("-broken"));
    of_page.map(|(_, _, line)| targets[(line as usize - 7) / 2].to_owned()).collect()
}

#[test]
fn a_repository_shows_folders_and_all_files() {
    let files = [
        (".git/HEAD", ""),
        (".github/SECURITY.md", "# S\n"),
        ("docs/sub/README.md", "# Idx\n"),
        ("docs/_inner/p.md", "# P\n"),
        ("src/main.txt", ""),
    ];
    let right = [
        "../src/", "sub", "sub/", ".", "sub/#idx", "../.github/SECURITY.md", "_inner/p.md", "sub/README.md?plain=1#L1",
        "../src/main.txt#L3-L5", "#L10", "#user-content-two-words",
    ];
    assert_eq!(broken("gfm", &files, "docs/one.md", &right), [""; 0]);
    let wrong = [
        "../none/", "none", "../.github/NONE.md", "_inner/q.md", "sub/#none", "#user-content-none", "#L",
        "../docs/sub/none.md",
    ];
    assert_eq!(broken("gfm", &files, "docs/one.md", &wrong), wrong);
}

#[test]
fn other_programs_publish_pages_at_addresses_of_their_own() {
    let unknown = [
        "two", "../two/", "./a/two", "sub/index.html", "print.html", "@site/docs/two.md", "~/two.md", "my-label",
        "/docs/nope/", "#Two-Words", "#custom", "#spaced", "#__tabbed_1_1", "#my-label",
    ];
    let custom = ("docs/sub/index.md", "# Sub\n");
    let configs = [
        "mkdocs.yml",
        "docs/mkdocs.yml",
        "website/docusaurus.config.mts",
        "hugo.toml",
        "config/_default/hugo.toml",
        "docs.json",
        "mint.json",
        ".eleventy.js",
        "eleventy.config.mjs",
        "next.config.ts",
        "_quarto.yml",
        "docfx.json",
        "docs/conf.py",
        "source/conf.py",
        "zensical.toml",
        "pelicanconf.py",
        "vocs.config.ts",
        "rspress.config.ts",
        "svelte.config.js",
        ".gitbook.yaml",
    ];
    let page = "docs/deep/one.md";
    for config in configs {
        let files = [(config, ""), (".git/HEAD", ""), custom];
        assert_eq!(broken("gfm", &files, page, &unknown[..9]), [""; 0], "{config}");
        // The name of a source is right or wrong.
        let sources = ["../sub/index.md", "../sub/none.md", "none.mdx"];
        assert_eq!(broken("gfm", &files, page, &sources), sources[1..], "{config}");
    }
    let with_ids = |ids: &str| {
        let text = unknown[9..].iter().map(|target| format!("[x]({target})\n\n")).collect::<Vec<_>>().concat();
        let page = format!("# One\n\n## Two words\n\n{ids}\n\n{text}\n\n[x](#none)\n");
        found("gfm", &[("mkdocs.yml", ""), ("docs/one.md", &page)]).len()
    };
    assert_eq!(with_ids("## C {#custom}\n\n## D { #spaced .wide }\n\n(my-label)=\n\n## E"), 1);
    assert!(with_ids("## C\n\n## D") > 1);
    // A name that other programs use says nothing alone.
    assert_eq!(broken("gfm", &[("config.toml", ""), (".git/HEAD", "")], page, &["two"]), ["two"]);
    assert_eq!(
        broken("gfm", &[("config.toml", ""), (".git/HEAD", ""), ("content/a.md", "# A\n")], page, &["two"]),
        [""; 0]
    );
}

#[test]
fn plugins_of_the_gemfile_count() {
    let files = [
        ("_config.yml", "theme: minima\n"),
        ("two.md", "---\ntitle: B\n---\n"),
        ("sub/README.md", "---\ntitle: C\n---\n"),
    ];
    let with = |more: &[(&str, &str)]| broken("kramdown", &[&files[..], more].concat(), "one.md", &["two.md", "sub/"]);
    assert_eq!(with(&[]), ["two.md", "sub/"]);
    assert_eq!(with(&[("Gemfile", "group :jekyll_plugins do\n  gem \"jekyll-relative-links\"\nend\n")]), ["sub/"]);
    assert_eq!(with(&[("Gemfile", "gem \"github-pages\", group: :jekyll_plugins\n")]), [""; 0]);
    let at_github = (".git/config", "[remote \"origin\"]\n\turl = git@github.com:acme/docs.git\n");
    assert_eq!(with(&[at_github]), [""; 0]);
    assert_eq!(with(&[at_github, ("Gemfile", "gem \"jekyll\"\n")]), ["two.md", "sub/"]);
}

#[test]
fn pages_that_plugins_make_are_not_missing() {
    let targets = ["/blog/page2/", "/tags/foo/", "/de/one/", "/api/x", "/items/foo", "/none/"];
    let broken = |config: &str, more: &[(&str, &str)]| {
        let config = format!("title: A\n{config}");
        broken("kramdown", &[&[("_config.yml", config.as_str())], more].concat(), "one.md", &targets)
    };
    assert_eq!(broken("", &[]), targets);
    let paginate = "plugins: [jekyll-paginate]\npaginate: 5\npaginate_path: /blog/page:num/\n";
    assert_eq!(broken(paginate, &[]), targets[1..]);
    let archives = "plugins: [jekyll-archives]\njekyll-archives:\n  permalinks: { tag: \"/items/:name/\" }\n";
    assert_eq!(broken(archives, &[]), [targets[0], targets[2], targets[3], targets[5]]);
    assert_eq!(
        broken("languages: [en, de]\nkeep_files: [api]\n", &[]),
        [targets[0], targets[1], targets[4], targets[5]]
    );
    let generator = ("_plugins/gen.rb", "module Acme\n  class G < Jekyll::Generator\n  end\nend\n");
    assert_eq!(broken("", &[generator]), [""; 0]);
}
