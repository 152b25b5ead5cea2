//! The constructs: what each is called, the file that it is in, and its text for a number of repetitions.

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

/// Files of usual text, each of about as many bytes as asked for.
pub(crate) const FILES: &[Construct] = &[
    ("file: prose", "a.md", |bytes| sized(PAGE, PROSE, "", bytes)),
    ("file: tables", "a.md", |bytes| sized(PAGE, TABLE, "", bytes)),
    ("file: YAML", "a.connector.yaml", |bytes| {
        sized_by(PROPERTIES, bytes, |i| format!("  - Name: Value{i}\n    Value: https://api.acme.com/v{i}\n"), "")
    }),
    ("file: JSON", "a.connector.json", |bytes| {
        let start = "{\"Connector\": \"acme-connector\", \"Properties\": [";
        let part = |i| format!("{{\"Name\": \"Value{i}\", \"Value\": \"https://api.acme.com/v{i}\"}}, ");
        sized_by(start, bytes, part, "{}]}")
    }),
];

/// A part, repeated until the text has about so many bytes.
fn sized(start: &str, part: &str, end: &str, bytes: usize) -> String {
    [start, &part.repeat(bytes.saturating_sub(start.len()) / part.len()), end].concat()
}

/// Parts with a number each, until the text has about so many bytes.
fn sized_by(start: &str, bytes: usize, part: impl Fn(usize) -> String, end: &str) -> String {
    let mut text = start.to_owned();
    for number in 0.. {
        if text.len() >= bytes {
            break;
        }
        text.push_str(&part(number));
    }
    text + end
}

const PROSE: &str = "Acme sends each order to the address that was entered before. Open **Settings**, choose the \
    account and copy the [address](https://docs.acme.com/orders).\n\n\
    * The first order is sent on the same day.\n* All others follow within `24` hours.\n\n";

const TABLE: &str = "| Value | Description |\n| --- | --- |\n| **Region** | The region of the account. |\n\
    | **Store** | The name of the store, as in `store.acme.com`. |\n\nThe values are optional.\n\n";

/// All constructs.
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
    ("anchors without an end", "a.md", |n| {
        numbered(PAGE, n, |i| format!("<a name=\"b{i}\">\n\n[x](#b{i})\n\n## H{i}\n\n"), "")
    }),
    ("links without an end", "a.md", |n| page("<a href=\"b\"> ", n)),
    ("attributes of paragraphs", "a.md", |n| page("## A\n\na\n{:.x}\n\n", n)),
    ("open attribute lists between blocks", "a.md", |n| page("{:a\n\n", n)),
    ("open extensions between blocks", "a.md", |n| page("{::comment}\n\n{::other}\n\n", n)),
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
    ("values described elsewhere", "a.md", |n| {
        let start =
            [PAGE, "## Domain\n\nThe domain.\n\n## Cyclr setup\n\n| Value | Description |\n| --- | --- |\n"].concat();
        let row = |i| format!("| **Field {i}** | The [domain](#domain) as in `https://acme{i}.example.com`. |\n");
        numbered(&start, n, row, "")
    }),
    ("scopes in one item", "a.md", |n| numbered(PAGE, n, |i| format!("* `scope.read{i}`\n'"), "")),
    ("phrases without an end", "a.md", |n| page("find the Acme connector ", n)),
    ("colons in a row", "a.md", |n| page(":", n)),
    ("choices", "a.md", |n| numbered(PAGE, n, |i| format!("either **Live{i}** or **Test{i}** "), "")),
    ("e-mail addresses", "a.md", |n| page("support@acme.com ", n)),
    ("tokens", "a.md", |n| numbered(PAGE, n, |i| format!("ghp_x{i:08}AbCdEfGh{i:08}IjKl "), "")),
    ("callback URLs in code", "a.md", |n| page("`https://yourcyclrinstance.com/connector/callback` ", n)),
    ("no-break spaces", "a.md", |n| page("a\u{a0}b ", n)),
    ("zero-width spaces in words", "a.md", |n| page("a\u{200b}", n)),
    ("quoted words", "a.md", |n| page("\"Save\" ", n)),
    ("bold labels", "a.md", |n| page("**Save** ", n)),
    ("menu paths", "a.md", |n| page("**A** > ", n)),
    ("math", "a.md", |n| page("$$a$$ ", n)),
    ("openings of math", "a.md", |n| page("$$a ", n)),
    ("abbreviations", "a.md", |n| numbered(PAGE, n, |i| format!("A{i} text\n\n*[A{i}]: x\n\n"), "")),
    ("footnote marks", "a.md", |n| page("[^a]", n)),
    ("openings of Liquid", "a.md", |n| page("{{ ", n)),
    ("openings of tags of Liquid", "a.md", |n| page("{% ", n)),
    ("open raws", "a.md", |n| page("{% raw %} ", n)),
    ("comments of Liquid", "a.md", |n| page("{% comment %}a{% endcomment %} ", n)),
    ("blocks of Liquid", "a.md", |n| page("{% if a %}b{% endif %} ", n)),
    ("includes", "a.md", |n| page("{% include a.html %} ", n)),
    ("inline attribute lists", "a.md", |n| page("*a*{:.x} ", n)),
    ("openings of attribute lists", "a.md", |n| page("{:", n)),
    ("options", "a.md", |n| page("{::options parse_block_html=\"true\" /}\n\n", n)),
    ("open extensions", "a.md", |n| page("{::comment}\n", n)),
    ("images as references", "a.md", |n| page("![a][b] ", n)),
    ("openings of images", "a.md", |n| page("![a](", n)),
    ("parentheses in links", "a.md", |n| [PAGE, "[a](", &"(".repeat(n), &")".repeat(n), ")"].concat()),
    ("nested brackets", "a.md", |n| [PAGE, &"[".repeat(n), "a", &"]".repeat(n)].concat()),
    ("links in links", "a.md", |n| [PAGE, &"[a ".repeat(n), &"](b)".repeat(n)].concat()),
    ("nested emphasis", "a.md", |n| [PAGE, &"*a _b ".repeat(n), &"b_ a*".repeat(n)].concat()),
    ("stars", "a.md", |n| page("*", n)),
    ("underscores", "a.md", |n| page("_", n)),
    ("a_b", "a.md", |n| page("a_", n)),
    ("strikethrough", "a.md", |n| page("~~a ", n)),
    ("growing backticks", "a.md", |n| numbered(PAGE, n, |i| format!("{} ", "`".repeat(i % 100 + 1)), "")),
    ("backslashes", "a.md", |n| page("\\", n)),
    ("escapes", "a.md", |n| page("\\* ", n)),
    ("smart quotes", "a.md", |n| page("'a \"b ", n)),
    ("dashes", "a.md", |n| page("a -- b ", n)),
    ("open autolinks", "a.md", |n| page("<https://", n)),
    ("less-than signs", "a.md", |n| page("< ", n)),
    ("ampersands", "a.md", |n| page("&", n)),
    ("anchors in one line", "a.md", |n| page("<a name=\"x\"></a>", n)),
    ("closed tags in one line", "a.md", |n| page("<b>a</b> ", n)),
    ("mixed tags", "a.md", |n| page("<b><i></b></i>", n)),
    ("closing block tags", "a.md", |n| page("</div>\n", n)),
    ("nested blocks of HTML", "a.md", |n| [PAGE, &"<div>\n".repeat(n), &"</div>\n".repeat(n)].concat()),
    ("open cards", "a.md", |n| page("<section class=\"card\">\n\n", n)),
    ("open paragraphs of HTML", "a.md", |n| page("<p>a\n", n)),
    ("open script", "a.md", |n| page("<script>\n", n)),
    ("open pre", "a.md", |n| page("<pre>a\n\n", n)),
    ("processing instructions", "a.md", |n| page("<?a ", n)),
    ("open CDATA", "a.md", |n| page("<![CDATA[ ", n)),
    ("open fences", "a.md", |n| page("```a\n\n", n)),
    ("tilde fences", "a.md", |n| page("~~~\na\n~~~\n", n)),
    ("open fences of growing length", "a.md", |n| numbered(PAGE, n, |i| format!("{}\n", "~".repeat(i % 200 + 3)), "")),
    ("indented code", "a.md", |n| page("    a\n\n", n)),
    ("rules", "a.md", |n| page("---\n\n", n)),
    ("lazy lines", "a.md", |n| [PAGE, "> a\n", &"b\n".repeat(n)].concat()),
    ("lists in quotes", "a.md", |n| page("> * a\n", n)),
    ("deep lists", "a.md", |n| page("* ", n)),
    ("lists and paragraphs", "a.md", |n| page("* a\n\n  b\n\n", n)),
    ("interrupted lists", "a.md", |n| page("1. a\n\ntext\n\n", n)),
    ("lists with code", "a.md", |n| page("1. a\n\n```\nb\n```\n\n", n)),
    ("definition lists", "a.md", |n| page("a\n: b\n", n)),
    ("lines of one paragraph", "a.md", |n| page("word\n", n)),
    ("hard breaks", "a.md", |n| page("word  \n", n)),
    ("carriage returns", "a.md", |n| page("word\r\n\r\n", n)),
    ("rows of one table", "a.md", |n| [PAGE, "| A | B |\n| --- | --- |\n", &"| `a` | **b** |\n".repeat(n)].concat()),
    ("rows of code", "a.md", |n| [PAGE, "| A | B |\n| --- | --- |\n", &"| `a | b` |\n".repeat(n)].concat()),
    ("broken rows", "a.md", |n| [PAGE, "| A | B |\n| --- | --- |\n", &"| a | b | c |\n".repeat(n)].concat()),
    ("rows between headings", "a.md", |n| page("## A\n\n| A | B |\n| --- | --- |\n| **API Key** | b |\n\n", n)),
    ("callback rows", "a.md", |n| page("| **Callback URL** | https://acme.com/callback |\n", n)),
    ("scopes", "a.md", |n| [PAGE, "Scopes: ", &"`read:a` ".repeat(n)].concat()),
    ("different scopes", "a.md", |n| {
        numbered(&[PAGE, "The app needs these scopes:\n\n"].concat(), n, |i| format!("* `read:s{i}`\n"), "")
    }),
    ("nested headings", "a.md", |n| page("## A\n\n### B\n\n#### C\n\n", n)),
    ("headings of level one", "a.md", |n| page("# A\n\n", n)),
    ("links to fragments", "a.md", |n| numbered(PAGE, n, |i| format!("[x](#b{i}) "), "")),
    ("links to pages", "a.md", |n| numbered(PAGE, n, |i| format!("[x](/page-{i}) "), "")),
    ("links with titles", "a.md", |n| page("[a](/b \"c\") ", n)),
    ("open titles", "a.md", |n| page("[a](/b \"", n)),
    ("equal references", "a.md", |n| page("[r]: /b\n", n)),
    ("images of HTML", "a.md", |n| page("<img src=\"a.png\"> ", n)),
    ("notes in one paragraph", "a.md", |n| page("**Note**: a\n", n)),
    ("console names", "a.md", |n| page("Cyclr Console ", n)),
    ("connector names", "a.md", |n| page("the Salesforce connector ", n)),
    ("spellings of the name", "a.md", |n| page("ACME Acme acme ", n)),
    ("misspelt names", "a.md", |n| page("Salesforce Salesfroce ", n)),
    ("lists of values", "a.md", |n| page("You need:\n\n* Base URL\n* API Key\n\nCopy them.\n\n", n)),
    ("values that sentences need", "a.md", |n| {
        let card = "You need the **API Key**. You also need the **Port**.\n\n## Cyclr account setup\n\n\
            Cyclr asks you for the below values when you install the Acme connector into an account:\n\n\
            | **Value** | **Description** |\n| :--- | :--- |\n| **API Key** | The key. |\n\n## Acme setup\n\n";
        page(card, n)
    }),
    ("sign-ins", "a.md", |n| page("OAuth 2.0 client ID and client secret. ", n)),
    ("Basic headers", "a.md", |n| page("Authorization: Basic dXNlcjpwYXNzd29yZA== ", n)),
    ("private keys", "a.md", |n| page("-----BEGIN PRIVATE KEY-----\n", n)),
    ("one long word", "a.md", |n| page("a", n)),
    ("one long number", "a.md", |n| page("1", n)),
    ("hexadecimal digits", "a.md", |n| page("0123456789abcdef", n)),
    ("dots", "a.md", |n| page("a.", n)),
    ("hyphens", "a.md", |n| page("a-", n)),
    ("slashes", "a.md", |n| page("a/", n)),
    ("colons", "a.md", |n| page("a: ", n)),
    ("equal signs", "a.md", |n| page("password=a ", n)),
    ("at signs", "a.md", |n| page("a@", n)),
    ("schemes", "a.md", |n| page("https://", n)),
    ("Chinese", "a.md", |n| page("\u{4e2d}\u{6587}", n)),
    ("combining marks", "a.md", |n| page("a\u{301}", n)),
    ("open front matter", "a.md", |n| ["---\n", &"k: v\n".repeat(n)].concat()),
    ("equal keys of front matter", "a.md", |n| ["---\n", &"k: v\n".repeat(n), "---\nx\n"].concat()),
    ("nested front matter", "a.md", |n| ["---\nk: ", &"{a: ".repeat(n), "\n---\nx\n"].concat()),
    ("a long title", "a.md", |n| ["---\ntitle: ", &"Acme ".repeat(n), "\n---\nx\n"].concat()),
    ("a long permalink", "a.md", |n| ["---\npermalink: ", &"acme-".repeat(n), "\n---\nx\n"].concat()),
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
    ("YAML: misspelt properties", "a.connector.yaml", |n| {
        yaml("AuthType: OAuth2\nProperties:\n", "  - Name: ClientSecert\n    Value: \"${A}\"\n", "", n)
    }),
    ("YAML: placeholders of secrets", "a.connector.yaml", |n| {
        yaml("Properties:\n", "  - Name: ClientSecret\n    Value: \"{YourSecret}\"\n", "", n)
    }),
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
    ("YAML: ignore marks", "a.connector.yaml", |n| {
        ["Connector: acme-connector\n# connlint-ignore ", &"config/unknown-field, ".repeat(n), ": x\nK: v\n"].concat()
    }),
    ("YAML: a long name", "a.connector.yaml", |n| ["Connector: ", &"a-".repeat(n), "\n"].concat()),
    ("YAML: a long key", "a.connector.yaml", |n| [NATIVE, &"a".repeat(n), ": b\n"].concat()),
    ("YAML: comments", "a.connector.yaml", |n| yaml("", "# a\n", "", n)),
    ("YAML: brackets in a value", "a.connector.yaml", |n| yaml("x: a", "[{", "\n", n)),
    ("YAML: quotes", "a.connector.yaml", |n| yaml("x: ", "\"a\" ", "\n", n)),
    ("YAML: an open quote", "a.connector.yaml", |n| yaml("x: \"", "a\n", "", n)),
    ("YAML: escapes", "a.connector.yaml", |n| yaml("x: \"", "\\u0041", "\"\n", n)),
    ("YAML: tags", "a.connector.yaml", |n| numbered(NATIVE, n, |i| format!("k{i}: !t v\n"), "")),
    ("YAML: question marks", "a.connector.yaml", |n| yaml("x:\n  ", "? ", "", n)),
    ("YAML: colons", "a.connector.yaml", |n| yaml("x: ", "a: ", "", n)),
    ("YAML: merges", "a.connector.yaml", |n| {
        ["Connector: acme-connector\nb: &b {c: d}\n", "x:\n", &"  <<: *b\n".repeat(n)].concat()
    }),
    ("YAML: URLs", "a.connector.yaml", |n| numbered(NATIVE, n, |i| format!("Url{i}: http://u:p@acme.com\n"), "")),
    ("YAML: placeholders", "a.connector.yaml", |n| numbered(NATIVE, n, |i| format!("K{i}: \"{{X}}\"\n"), "")),
    ("YAML: references", "a.connector.yaml", |n| yaml("x: \"", "${A} ", "\"\n", n)),
    ("YAML: ambiguous values", "a.connector.yaml", |n| numbered(NATIVE, n, |i| format!("K{i}: no\n"), "")),
    ("YAML: tokens", "a.connector.yaml", |n| {
        numbered(NATIVE, n, |i| format!("K{i}: ghp_x{i:08}AbCdEfGh{i:08}IjKl\n"), "")
    }),
    ("YAML: scopes of Microsoft", "a.connector.yaml", |n| {
        ["Connector: microsoft-teams-connector\nScopes: ", &"User.Read File.Read ".repeat(n), "\n"].concat()
    }),
    ("YAML: scopes in lines", "a.connector.yaml", |n| yaml("Scopes:\n", "  - read\n", "", n)),
    ("YAML: scopes in a flow list", "a.connector.yaml", |n| yaml("Scopes: [", "read, ", "read]\n", n)),
    ("YAML: properties of a contract", "a.connector.yaml", |n| {
        numbered("Connector: salesforce\nProperties:\n", n, |i| format!("  - Name: P{i}\n    Value: v\n"), "")
    }),
    ("YAML: installations", "a.connector.yaml", |n| "- Connector: acme-connector\n  Name: b\n".repeat(n)),
    ("JSON: nested objects", "a.connector.json", |n| {
        ["{\"Connector\": \"a\", \"x\": ", &"{\"a\": ".repeat(n)].concat()
    }),
    ("JSON: a list", "a.connector.json", |n| ["{\"Connector\": \"a\", \"x\": [", &"1, ".repeat(n), "1]}"].concat()),
    ("JSON: errors", "a.connector.json", |n| ["{\"Connector\": \"a\"", &" x".repeat(n)].concat()),
    ("JSON: escapes", "a.connector.json", |n| ["{\"Connector\": \"", &"\\u0041".repeat(n), "\"}"].concat()),
    ("JSON: secrets", "a.connector.json", |n| {
        let part = |i| format!("{{\"Name\": \"ClientSecret{i}\", \"Value\": \"s3cret-{i:06}-abc\"}}, ");
        numbered("{\"Connector\": \"a\", \"Properties\": [", n, part, "{}]}")
    }),
    ("JSON: equal properties", "a.connector.json", |n| {
        let start = "{\"Connector\": \"a\", \"Properties\": [";
        [start, &"{\"Name\": \"A\", \"Value\": \"b\"}, ".repeat(n), "{}]}"].concat()
    }),
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
