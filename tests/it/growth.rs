//! The time of a check grows with the size of a file, not faster: a few constructs that tempt to look at everything for
//! each of them. `cargo bench --bench scale` measures all.

#![allow(clippy::disallowed_methods, reason = "the kernel reports in a file how long a thread has worked")]

use std::sync::Arc;
use std::time::{Duration, Instant};

use connlint::testing::Settings;
use connlint::testing::diagnostic::Severity;
use connlint::testing::dialects::kramdown::Options;
use connlint::testing::dialects::{self, Dialect};
use connlint::testing::engine;
use connlint::testing::profile::Profile;
use connlint::testing::source::{FileId, SourceFile};
use connlint::testing::workspace::Workspace;

/// How often a construct is at least in the small file. It is more often there until that takes [`NOISE`].
const FEW: usize = 250;

/// The most bytes of the large file.
const LARGEST: usize = 1 << 19;

/// How many times as often it is in the large one.
const FACTOR: usize = 8;

/// The most times as long that the large file may take: a quadratic part of the time makes it up to 64.
const MOST: f64 = 20.0;

/// A shorter time says nothing, in seconds.
const NOISE: f64 = 0.005;

const PAGE: &str = "---\ntitle: Acme Authentication\nsidebar: s\npermalink: acme-connector\ntags: [connector]\n---\n\n";

const LINKED: &str =
    "---\ntitle: Acme\nsidebar: s\npermalink: acme-connector\ntags: [connector]\n---\n\n[x](#none)\n\n";

const COMMENTED: &str =
    "---\ntitle: Acme\nsidebar: s\npermalink: acme-connector\ntags: [connector]\n---\n\n[x](#none)\n\n{% comment %}";

const ROWS: &str = "---\ntitle: Acme Authentication\nsidebar: s\npermalink: acme-connector\ntags: [connector]\n---\n\n\
    ## Domain\n\nThe domain.\n\n## Cyclr setup\n\nEnter the below values:\n\n| Value | Description |\n| --- | --- |\n";

const CELL: &str = "---\ntitle: Acme Authentication\nsidebar: s\npermalink: acme-connector\ntags: [connector]\n---\n\n\
    ## Cyclr setup\n\nEnter the below values:\n\n| Value | Description |\n| --- | --- |\n| **Url** | ";

const ITEM: &str =
    "---\ntitle: Acme Authentication\nsidebar: s\npermalink: acme-connector\ntags: [connector]\n---\n\n- a\n";

const TWO_ROWS: &str = "---\ntitle: Acme Authentication\nsidebar: s\npermalink: acme-connector\ntags: [connector]\n---\n\n\
    ## Cyclr setup\n\nEnter the below values:\n\n| Value | Description |\n| --- | --- |\n| **Base URL** | The URL. |\n\
    | **API Key** | The key. |\n\n## Acme setup\n";

/// A name, a file, what begins it, and a part for each number.
type Construct = (&'static str, &'static str, &'static str, fn(usize) -> String);

const CONSTRUCTS: &[Construct] = &[
    ("typos", "a.md", PAGE, |_| "teh recieve ".to_owned()),
    ("addresses with open brackets", "a.md", PAGE, |_| "https://[a".to_owned()),
    ("callback URLs", "a.md", PAGE, |_| "`https://{YourServiceDomain}/connector/callback`, not ".to_owned()),
    ("names of callback URLs", "a.md", PAGE, |_| "no callback URL ".to_owned()),
    ("first numbers of lists", "a.md", ITEM, |_| "{: start=\"3\"}\n\n1. a\n".to_owned()),
    ("unknown tags", "a.md", PAGE, |_| "<foo>a ".to_owned()),
    ("open brackets", "a.md", PAGE, |_| "[a](".to_owned()),
    ("open emphasis", "a.md", PAGE, |_| "_a*b ".to_owned()),
    ("open addresses", "a.md", PAGE, |_| "<https://a ".to_owned()),
    ("headings of level 1", "a.md", PAGE, |i| format!("# H{i}\n\n### I{i}\n\n[x](#i{i})\n\n")),
    ("raw Liquid", "a.md", PAGE, |_| "{% raw %}https://a.com/{{ b }}{% endraw %} ".to_owned()),
    ("callback URLs", "a.md", PAGE, |_| "http://acme.com/callback ".to_owned()),
    ("broken fragments", "a.md", PAGE, |i| format!("[x](#a{i}) <a href=\"#b{i}\">y</a>\n\n## H{i}\n\n")),
    ("scopes", "a.md", PAGE, |i| format!("The scope `read:s{i}` is needed.\n\n")),
    ("other connectors", "a.md", PAGE, |i| format!("Install the Name{i} connector.\n\n")),
    ("first words of steps", "a.md", PAGE, |_| "1. Open it.\n2. qz it.\n3. Save it.\n\ntext\n\n".to_owned()),
    ("empty steps", "a.md", PAGE, |_| "1. Open a step.\n2.\n3. Save it.\n\ntext\n\n".to_owned()),
    ("headings in one item", "a.md", ITEM, |i| format!("### H{i}\n")),
    ("headings in items", "a.md", PAGE, |i| format!("- a\n### H{i}\n\n")),
    ("headings of notes", "a.md", PAGE, |_| "### Important\n\nKeep it.\n\n".to_owned()),
    ("names in sentences", "a.md", TWO_ROWS, |i| format!("\nTo find the Base URL, API Key and A{i}b ID, open it.\n")),
    ("interrupted lists", "a.md", PAGE, |i| format!("{i}. a\n\n<b>text</b>\n\n")),
    ("documents", "a.connector.yaml", "", |i| format!("Connector: acme{i}\n---\n")),
    ("scopes in a list", "a.connector.yaml", "Connector: acme\nScopes:\n", |i| format!("  - read:s{i}\n")),
    ("properties", "a.connector.yaml", "Connector: salesforce\nProperties:\n", |i| {
        format!("  - Name: P{i}\n    Value: \"{{X}}\"\n")
    }),
    ("beginnings of keys", "a.connector.yaml", "Connector: acme\nName: ", |_| "-----BEGIN ".repeat(20)),
    ("kinds of keys", "a.connector.yaml", "Connector: acme\nName: ", |_| "PRIVATE KEY".repeat(20)),
    ("colons in nested JSON", "a.connector.yaml", "Connector: acme\nName: |\n  {", |_| "a:".repeat(20)),
    ("parameters of a URL", "a.connector.yaml", "Connector: acme\nName: https://a.example/?", |_| {
        "token=a&".repeat(10)
    }),
    ("unknown keys", "a.connector.yaml", "Connector: acme\n", |i| format!("Key{i}: v\n")),
    ("labels in quotation marks", "a.md", PAGE, |_| "Click \"Save\" button. ".to_owned()),
    ("anchors without an end", "a.md", PAGE, |i| format!("<a name=\"b{i}\">\n\n[x](#b{i})\n\n## H{i}\n\n")),
    ("links without an end", "a.md", PAGE, |i| format!("<a href=\"b{i}\"> ")),
    ("attributes of paragraphs", "a.md", PAGE, |i| format!("## H{i}\n\na\n{{:.x}}\n\n")),
    ("words between others", "a.md", PAGE, |_| "key form the page ".to_owned()),
    ("broken links beside tags of Liquid", "a.md", PAGE, |i| format!("{{% if x %}}[a](#b{i}) ")),
    ("names in one paragraph", "a.md", ROWS, |i| format!("**Name {i}**: either **Live** or **Test**\n\"")),
    ("colons", "a.md", PAGE, |_| "::::".to_owned()),
    ("scopes in one item", "a.md", PAGE, |i| format!("* `scope.read{i}`\n'")),
    ("phrases without an end", "a.md", PAGE, |_| "find the Acme connector ".to_owned()),
    ("rows that lead to a section", "a.md", ROWS, |i| {
        format!("| **Field {i}** | The [domain](#domain) as in `https://acme{i}.example.com`. |\n")
    }),
    ("addresses in one cell", "a.md", CELL, |i| {
        format!("use `https://a{i}.example` instead of `https://b{i}.example` ")
    }),
    ("headings about OAuth", "a.md", PAGE, |i| format!("## Retrieving OAuth details {i}\n\nCopy the key.\n\n")),
    ("words beside code", "a.md", PAGE, |i| format!("`a{i}`and ")),
    ("values of earlier steps", "a.md", ROWS, |i| format!("| **Field {i}** | Retrieved from the above steps. |\n")),
    ("sentences about earlier steps", "a.md", ROWS, |_| "enter the API key obtained in the above steps ".to_owned()),
    ("names of keys", "a.md", CELL, |_| "**Access Key ID** and the API key ".to_owned()),
    ("round brackets", "a.md", PAGE, |_| "(a ".to_owned()),
    ("hosts", "a.md", PAGE, |i| format!("a.b{i}.io and support@b{i}.io ")),
    ("labels in code", "a.md", PAGE, |_| "click `Save` ".to_owned()),
    ("escaped markers of lists", "a.md", PAGE, |_| "\\- a\n".to_owned()),
    ("verbs of plurals", "a.md", PAGE, |_| "The URLs is more. see the URL's are ".to_owned()),
    ("links within the site", "a.md", PAGE, |i| format!("[https://b.io](https://docs.cyclr.com/acme-connector#a{i}) ")),
    ("slips of a name", "a.md", PAGE, |i| (if i < 2 { "HubSpot " } else { "the HubSopt HUBSPOT hubspot " }).to_owned()),
    ("steps with commas", "a.md", PAGE, |_| "1. Enter a, b, click **c**\n".to_owned()),
    ("horizontal rules", "a.md", PAGE, |i| format!("## H{i}\n\n---\n\n")),
    ("output of Liquid beside a broken link", "a.md", LINKED, |_| "{{a}} ".to_owned()),
    ("tags in a comment of Liquid", "a.md", COMMENTED, |_| "{% ".to_owned()),
    ("marks in one word", "a.md", PAGE, |_| "www.a;".to_owned()),
    ("open attribute lists", "a.md", PAGE, |_| "{:a\n\n".to_owned()),
    ("open extensions", "a.md", PAGE, |_| "{::comment}\n\n{::other}\n\n".to_owned()),
    ("misspelt properties", "a.connector.yaml", "Connector: acme\nAuthType: OAuth2\nProperties:\n", |_| {
        "  - Name: ClientSecert\n    Value: \"${A}\"\n".to_owned()
    }),
    ("typos in one word", "a.md", PAGE, |_| "recieve/".to_owned()),
    ("brackets at the end of code", "a.md", PAGE, |_| "`a)` ".to_owned()),
    ("links without spaces", "a.md", PAGE, |_| "[a](/b)".to_owned()),
    ("brackets after a URL", "a.md", "https://acme.com/", |_| ")".repeat(20)),
    ("merge keys", "a.connector.yaml", "Connector: acme\nExtra:\n", |i| format!("  <<: {{}}\n  k{i}: 1\n")),
    ("links in one word", "a.md", PAGE, |_| "[x](/a".to_owned()),
    (
        "scopes in a table",
        "a.md",
        "---\ntitle: Acme\npermalink: acme\n---\n\nAdd these scopes:\n\n| Scope |\n| --- |\n",
        |i| format!("| `read:s{i}` |\n"),
    ),
    ("signs of comments after secrets", "a.connector.json", "[", |i| {
        format!("{{\"Connector\": \"acme{i}\", \"AuthValue\": \"x\", \"Name\": \" #\"}}, ")
    }),
    ("quotation marks in code", "a.md", PAGE, |_| "`a ” b “c` ".to_owned()),
    ("lines of JSON", "a.md", "# A\n\n```json\n{\n", |i| format!("\"k{i}\": \"v\",\n")),
    ("open lines of JSON", "a.md", "# A\n\n```json\n{\n", |_| "\"a\n".to_owned()),
    ("paragraphs with commas", "a.md", PAGE, |_| "Open the page of the account here,\n\n".to_owned()),
    ("sentences with commas", "a.md", PAGE, |_| "Copy the key in the form, it is there. ".to_owned()),
    ("labels with a sign", "a.md", PAGE, |i| format!("**A{i} & B** **A{i} and C** ")),
    ("texts of images", "a.md", PAGE, |i| format!("![Other app {i} page](a{i}.png) ")),
    ("spellings of a name", "a.md", PAGE, |_| "acme ACME Acme aCme ".to_owned()),
    ("letters before code", "a.md", PAGE, |_| "c`a_b` ".to_owned()),
    ("placeholders of secrets", "a.connector.yaml", "Connector: acme\nProperties:\n", |_| {
        "  - Name: ClientSecret\n    Value: \"{YourSecret}\"\n".to_owned()
    }),
    ("starts of references", "a.connector.yaml", "Connector: acme\nAuthType: ApiKey\nAuthValue: x", |_| {
        "{{".repeat(10)
    }),
];

#[test]
fn time_grows_with_the_size() {
    for &construct in CONSTRUCTS {
        // What is made once for the whole run is not part of a file's time.
        seconds(construct, 8);
        let few = enough(construct);
        let ratio = || seconds(construct, few * FACTOR) / seconds(construct, few).max(NOISE);
        // Another look, in case that the first one was disturbed.
        let ratio = Some(ratio()).filter(|ratio| *ratio <= MOST).unwrap_or_else(ratio);
        assert!(ratio <= MOST, "{}: {FACTOR} times as many take {ratio:.1} times as long", construct.0);
    }
}

#[test]
fn time_grows_with_the_pages_of_a_site() {
    let ratio = || seconds_of_site(100 * FACTOR) / seconds_of_site(100).max(NOISE);
    let ratio = Some(ratio()).filter(|ratio| *ratio <= MOST).unwrap_or_else(ratio);
    assert!(ratio <= MOST, "{FACTOR} times as many pages take {ratio:.1} times as long");
}

#[test]
fn time_grows_with_the_size_of_a_page_of_github() {
    for (name, start, part, end) in
        [("mail addresses", "", "a@b.io ", ""), ("marks in a title", "[a](x \"", "](", "\")")]
    {
        let seconds = |count: usize| {
            let text = [start, &part.repeat(count), end].concat();
            let source = Arc::new(SourceFile::new(FileId(0), "readme.md", text));
            timed(|| drop(dialects::read(source, Dialect::Gfm, &Options::default())))
        };
        let ratio = || seconds(10_000 * FACTOR) / seconds(10_000).max(NOISE);
        let ratio = Some(ratio()).filter(|ratio| *ratio <= MOST).unwrap_or_else(ratio);
        assert!(ratio <= MOST, "{name}: {FACTOR} times as many take {ratio:.1} times as long");
    }
}

/// How long it takes to check so many pages, each with links to the address that another one had before.
fn seconds_of_site(count: usize) -> f64 {
    let page = |i: usize| {
        let link = |j: usize| format!("[x](page-{}-conector-setup-x) ", (i * 7 + j) % count);
        let links = (0..5).map(link).collect::<Vec<_>>().concat();
        let text =
            format!("---\ntitle: Page {i}\npermalink: page-{i}-connector-setup\ntags: [connector]\n---\n\n{links}\n");
        (format!("docs/p{i}.md"), text.into_bytes())
    };
    let config = ("_config.yml".to_owned(), Vec::new());
    let files = (0..count).map(page).chain([config]).collect();
    let workspace = Workspace::open(Profile::builtin(), &[], files).expect("files in memory can be opened");
    let settings = Settings::default();
    timed(|| {
        for id in workspace.checked() {
            let checked = engine::check(&workspace, &settings, id).expect("a file in memory can be read");
            assert!(checked.is_some_and(|checked| !checked.diagnostics.is_empty()));
        }
    })
}

/// How often a construct has to be in a file that takes a time that says something.
fn enough(construct: Construct) -> usize {
    let part = construct.3(0).len();
    let mut count = FEW;
    while seconds(construct, count) < NOISE && 2 * count * FACTOR * part <= LARGEST {
        count *= 2;
    }
    count
}

/// How long a check of a file with so many of a construct takes.
fn seconds((_, path, start, part): Construct, count: usize) -> f64 {
    let text = (0..count).fold(start.to_owned(), |text, number| text + &part(number));
    let settings = Settings { severity: Severity::Info, ..Settings::default() };
    let file = (path.to_owned(), text.into_bytes());
    let workspace = Workspace::open(Profile::builtin(), &[], vec![file]).expect("a file in memory can be opened");
    let id = workspace.checked().next().expect("the file is checked");
    timed(|| drop(engine::check(&workspace, &settings, id).expect("a file in memory can be read")))
}

/// How long this thread works on something, in seconds.
fn timed(task: impl FnOnce()) -> f64 {
    let (start, worked) = (Instant::now(), work());
    task();
    let elapsed = || start.elapsed().as_secs_f64();
    work().zip(worked).map_or_else(elapsed, |(end, start)| end - start)
}

/// How long this thread has worked, in seconds.
fn work() -> Option<f64> {
    // The kernel counts a thread's time when it rests, else at every tick, which is too seldom.
    std::thread::sleep(Duration::from_micros(50));
    let text = std::fs::read_to_string("/proc/thread-self/schedstat").ok()?;
    text.split_whitespace().next()?.parse::<f64>().ok().map(|nanoseconds| nanoseconds / 1e9)
}
