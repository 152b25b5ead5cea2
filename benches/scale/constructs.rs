//! The constructs: what each is called, the file that it stands in, and its text for a number of repetitions.

/// A construct.
pub(crate) type Construct = (&'static str, &'static str, fn(usize) -> String);

const PAGE: &str = "---\ntitle: Acme Authentication\nsidebar: s\npermalink: acme-connector\ntags: [connector]\n---\n{::options parse_block_html=\"true\" /}\n\n";

fn page(part: &str, count: usize) -> String {
    [PAGE, &part.repeat(count)].concat()
}

fn yaml(start: &str, part: &str, end: &str, count: usize) -> String {
    ["Connector: acme-connector\n", start, &part.repeat(count), end].concat()
}

fn numbered(start: &str, count: usize, part: impl Fn(usize) -> String, end: &str) -> String {
    let parts: String = (0..count).map(part).collect();
    [start, &parts, end].concat()
}

const NATIVE: &str = "Connector: acme-connector\n";
const PROPERTIES: &str = "Connector: acme-connector\nProperties:\n";

/// All of them.
pub(crate) const CONSTRUCTS: &[Construct] = &[
    ("closing tags", "a.md", |n| page("</a>", n)),
    ("tags of Liquid", "a.md", |n| page("{% if a %}", n)),
    ("outputs of Liquid", "a.md", |n| page("{{ a }} ", n)),
    ("openings of links", "a.md", |n| page("[a](", n)),
    ("brackets", "a.md", |n| page("[", n)),
    ("typos in one line", "a.md", |n| page("teh recieve ", n)),
    ("typos", "a.md", |n| page("We recieve teh mail.\n\n", n)),
    ("images", "a.md", |n| page("![](a.png)", n)),
    ("cards", "a.md", |n| page("<section class=\"card\">\n\n## A\n\nText.\n\n</section>\n", n)),
    ("callback URLs", "a.md", |n| page("http://acme.com/callback ", n)),
    ("equal headings", "a.md", |n| page("## Same\n\ntext\n\n", n)),
    ("headings without text", "a.md", |n| page("## A\n", n)),
    ("lists", "a.md", |n| page("* a\n", n)),
    ("numbered lists", "a.md", |n| page("1. Click **Save**.\n", n)),
    ("block quotes", "a.md", |n| page("> a\n\n", n)),
    ("nested block quotes", "a.md", |n| page("> ", n)),
    ("tables", "a.md", |n| page("| A | B |\n| --- | --- |\n| a | b |\n\ntext\n\n", n)),
    ("raw rows", "a.md", |n| page("text | a |\n", n)),
    ("undefined references", "a.md", |n| page("[a][b] ", n)),
    ("attribute lists", "a.md", |n| page("a\n{:.x}\n\n", n)),
    ("open inline tags", "a.md", |n| page("<b>", n)),
    ("open block tags", "a.md", |n| page("<div>\n", n)),
    ("unknown tags", "a.md", |n| page("<foo>a ", n)),
    ("unfinished tags", "a.md", |n| page("<a ", n)),
    ("comments", "a.md", |n| page("<!-- a -->\n\n", n)),
    ("unfinished comments", "a.md", |n| page("<!-- ", n)),
    ("emphasis", "a.md", |n| page("*a* ", n)),
    ("openings of emphasis", "a.md", |n| page("*a ", n)),
    ("mixed emphasis", "a.md", |n| page("_a*b ", n)),
    ("backticks", "a.md", |n| page("`a ", n)),
    ("code", "a.md", |n| page("`a` ", n)),
    ("fences", "a.md", |n| page("```\na\n```\n", n)),
    ("entities", "a.md", |n| page("&amp; ", n)),
    ("links", "a.md", |n| page("[here](/b)\n\n", n)),
    ("links in one line", "a.md", |n| page("[a](#b) ", n)),
    ("addresses", "a.md", |n| page("https://e.com/a ", n)),
    ("autolinks", "a.md", |n| page("<https://e.com> ", n)),
    ("ignored findings", "a.md", |n| page("<!-- connlint-ignore guide/typo: x -->\n\nteh\n\n", n)),
    ("open ignore comments", "a.md", |n| page("<!-- connlint-ignore-start guide/typo: x -->\n\nteh\n\n", n)),
    ("definitions", "a.md", |n| page("a\n: b\n\n", n)),
    ("one line", "a.md", |n| page("word ", n)),
    ("blank lines", "a.md", |n| page("\n", n)),
    ("underlined headings", "a.md", |n| page("a\n---\n\n", n)),
    ("notes", "a.md", |n| page("> **Note**: a\n\n", n)),
    ("doubled words", "a.md", |n| page("the the ", n)),
    ("labels in quotation marks", "a.md", |n| page("Click \"Save\" button. ", n)),
    ("invisible characters", "a.md", |n| page("a\u{200b}b ", n)),
    ("fields", "a.md", |n| page("**Client ID**: x\n", n)),
    ("steps", "a.md", |n| page("1. Go to **A**.\n\n   text\n\n", n)),
    ("raw Liquid", "a.md", |n| page("{% raw %}a{% endraw %} ", n)),
    ("different headings", "a.md", |n| numbered(PAGE, n, |i| format!("## Head {i}\n\ntext\n\n"), "")),
    ("anchors", "a.md", |n| numbered(PAGE, n, |i| format!("<a id=\"b{i}\"></a> [x](#b{i})\n\n"), "")),
    ("footnotes", "a.md", |n| numbered(PAGE, n, |i| format!("a[^{i}]\n\n[^{i}]: x\n\n"), "")),
    ("references", "a.md", |n| numbered(PAGE, n, |i| format!("[a][r{i}]\n\n[r{i}]: /b\n\n"), "")),
    ("nested lists", "a.md", |n| numbered(PAGE, n, |i| format!("{}* a\n", " ".repeat(2 * (i % 40))), "")),
    ("columns", "a.md", |n| [PAGE, &"| a ".repeat(n), "|\n", &"| --- ".repeat(n), "|\n"].concat()),
    ("attributes", "a.md", |n| [PAGE, "<a ", &"x=\"1\" ".repeat(n), ">b</a>\n"].concat()),
    ("values of a table", "a.md", |n| numbered(PAGE, n, |i| format!("| **Field {i}** | b |\n"), "")),
    ("keys of front matter", "a.md", |n| numbered("---\n", n, |i| format!("k{i}: v\n"), "---\nx\n")),
    ("tags of front matter", "a.md", |n| ["---\ntags: [", &"a, ".repeat(n), "b]\n---\nx\n"].concat()),
    ("YAML: nested flow mappings", "a.connector.yaml", |n| yaml("x: ", "{a: ", "", n)),
    ("YAML: nested flow lists", "a.connector.yaml", |n| yaml("x: ", "[", "", n)),
    ("YAML: a flow list", "a.connector.yaml", |n| yaml("x: [", "a, ", "b]\n", n)),
    ("YAML: secrets", "a.connector.yaml", |n| {
        numbered(PROPERTIES, n, |i| format!("  - Name: ClientSecret{i}\n    Value: s3cret-{i:06}-abc\n"), "")
    }),
    ("YAML: equal properties", "a.connector.yaml", |n| yaml("Properties:\n", "  - Name: A\n    Value: b\n", "", n)),
    ("YAML: properties", "a.connector.yaml", |n| {
        numbered(PROPERTIES, n, |i| format!("  - Name: P{i}\n    Value: v\n"), "")
    }),
    ("YAML: scopes", "a.connector.yaml", |n| {
        numbered("Connector: acme-connector\nScopes:", n, |i| format!(" read:s{i}"), "\n")
    }),
    ("YAML: equal scopes", "a.connector.yaml", |n| yaml("Scopes: ", "read ", "\n", n)),
    ("YAML: unknown keys", "a.connector.yaml", |n| numbered(NATIVE, n, |i| format!("Key{i}: v\n"), "")),
    ("YAML: equal keys", "a.connector.yaml", |n| yaml("", "Key: v\n", "", n)),
    ("YAML: anchors", "a.connector.yaml", |n| numbered(NATIVE, n, |i| format!("k{i}: &a{i} v\n"), "")),
    ("YAML: aliases", "a.connector.yaml", |n| {
        numbered("Connector: acme-connector\nk: &a v\n", n, |i| format!("k{i}: *a\n"), "")
    }),
    ("YAML: documents", "a.connector.yaml", |n| "Connector: acme-connector\n---\n".repeat(n)),
    ("YAML: a long scalar", "a.connector.yaml", |n| yaml("x: ", "word ", "\n", n)),
    ("YAML: a block scalar", "a.connector.yaml", |n| yaml("x: |\n", "  word\n", "", n)),
    ("YAML: ignore comments", "a.connector.yaml", |n| {
        numbered(NATIVE, n, |i| format!("# connlint-ignore config/unknown-field: x\nK{i}: v\n"), "")
    }),
    ("YAML: nested lists", "a.connector.yaml", |n| yaml("x:\n  ", "- ", "", n)),
    ("JSON: a long name", "a.connector.json", |n| ["{\"Connector\": \"", &"a-".repeat(n), "\"}"].concat()),
    ("JSON: equal keys", "a.connector.json", |n| ["{\"Connector\": \"a\"", &", \"K\": 1".repeat(n), "}"].concat()),
    ("JSON: unknown keys", "a.connector.json", |n| {
        numbered("{\"Connector\": \"a\"", n, |i| format!(", \"K{i}\": 1"), "}")
    }),
    ("JSON: nested lists", "a.connector.json", |n| ["{\"Connector\": \"a\", \"x\": ", &"[".repeat(n)].concat()),
    ("JSON: installations", "a.connector.json", |n| {
        ["[", &"{\"Connector\": \"acme\", \"Name\": \"b\"}, ".repeat(n), "{}]"].concat()
    }),
];
