//! The HTML report: one file that asks for nothing, in which the text of pages stays text.

#![allow(clippy::disallowed_methods, reason = "the tests write the files to be checked and read the report")]

use std::collections::BTreeSet;
use std::path::Path;
use std::process::Command;
use std::sync::Arc;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use connlint::testing::diagnostic::{Diagnostic, Edit, Finding, Fix, Severity};
use connlint::testing::report::{Format, Sources};
use connlint::testing::source::{FileId, SourceFile};
use regex::Regex;
use sha2::{Digest, Sha256};

use crate::support::folder::write;
use crate::support::report::whole;

/// A page whose front matter, headings, links, steps and table would be markup, and its one error: a table that is not
/// rendered.
const HOSTILE: &str = "---\ntitle: \"<script>alert(1)</script>\"\npermalink: acme-connector\ntags: [connector]\nsidebar: cyclr_sidebar\n---\n\n## `</pre></section><script src=//evil.example>`\n\n1. [x](javascript:alert(1)) <img src=x onerror=alert(1)>\n2. &lt;b&gt; \"quoted\" 'quoted' ]]> <!-- --> ${{ x }}\n\nEnter <style>*{display:none}</style> these:\n| Value | `<svg onload=alert(1)>` |\n| --- | --- |\n| **Name** | </mark></li><iframe> |\n";

fn report(folder: &Path, threads: &str) -> String {
    let mut command = Command::new(env!("CARGO_BIN_EXE_connlint"));
    command.current_dir(folder).args(["check", "--severity", "info", "--format", "html", "."]);
    let output = command.env("RAYON_NUM_THREADS", threads).output().expect("it runs");
    assert_eq!(output.status.code(), Some(1), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).expect("UTF-8")
}

fn site() -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    write(folder.path(), "docs/a \"b\" <i>'&.md", HOSTILE);
    write(folder.path(), "a.connector.yaml", "Connector: '<script>alert(1)</script>'\nAuthType: Oauth2\n");
    folder
}

/// The tags of a document, without its style and its script.
fn tags(html: &str) -> Vec<String> {
    let mut rest = html.to_owned();
    for name in ["style", "script"] {
        let (open, close) = (format!("<{name}>"), format!("</{name}>"));
        let start = rest.find(&open).expect("the element starts") + open.len();
        let end = start + rest[start..].find(&close).expect("the element ends");
        rest.replace_range(start..end, "");
    }
    let tag = Regex::new(r"<[^>]*>").expect("a pattern");
    tag.find_iter(&rest).map(|tag| tag.as_str().to_owned()).collect()
}

/// Every tag is one that the report writes, with the attributes that it writes.
fn assert_own_tags(html: &str) {
    let own = Regex::new(
        r#"^<(!DOCTYPE html|html lang="en"|meta charset="utf-8"|meta name="viewport" content="width=device-width"|meta http-equiv="Content-Security-Policy" content="[^"]*"|title|style|script|header|main|h1|h2( id="[a-z]+-title")?|h3|p( id="count" role="status")?|b|i|code|pre|ol|details|summary|thead|tbody|tr|td( class="n")?|th scope="col"( class="n")?|table id="[a-z]+" aria-labelledby="[a-z]+-title"|form hidden aria-label="Filter findings"|label for="[a-z]+"|select id="[a-z]+" name="[a-z]+"|option value="[a-z]?"|input id="text" name="text"|section class="page" id="p\d+"|section id="r\d+"|section id="[a-z/-]+"|a href="\#[a-z0-9/-]+"|li class="[ewi]( [fu])?"|mark( class="l")?|/[a-z0-9]+)>$"#,
    )
    .expect("a pattern");
    for tag in tags(html) {
        assert!(own.is_match(&tag), "{tag}");
    }
}

#[test]
fn the_text_of_pages_stays_text() {
    let folder = site();
    let html = report(folder.path(), "2");
    assert_own_tags(&html);
    for said in ["&lt;script>alert(1)", "&lt;svg onload=alert(1)>", "docs/a \"b\" &lt;i>'&amp;.md"] {
        assert!(html.contains(said), "{said} is not in\n{html}");
    }
    assert!(html.contains("Outline as published</summary><pre>"), "{html}");
}

#[test]
fn messages_labels_and_fixes_stay_text() {
    struct Own(Arc<SourceFile>);
    impl Sources for Own {
        fn source(&self, _: FileId) -> Arc<SourceFile> {
            Arc::clone(&self.0)
        }
        fn outline(&self, _: FileId) -> Vec<String> {
            vec!["</pre><script>".to_owned()]
        }
    }
    let file = Arc::new(SourceFile::new(FileId(0), "</h3><script>.md", "<b>é</b>\n</pre>\n\nx & y\n"));
    let evil = "`</code><script>` <img onerror=x> \"&\"";
    let finding = Finding::new(file.span(0..9), evil)
        .here(evil)
        .label(file.span(3..5), evil)
        .label(file.span(19..19), evil)
        .help(evil)
        .fix(Fix::safe(format!("{evil}!"), vec![Edit::remove(file.span(0..1))]));
    let found = Diagnostic { rule: "guide/example", severity: Severity::Error, finding };
    let html = whole(Format::Html, &[found], &Own(file));
    assert_own_tags(&html);
    assert!(html.contains("<mark>&lt;b>é&lt;/b></mark>"), "the primary place covers the other one: {html}");
    assert!(html.contains("<mark class=\"l\"></mark>"), "an empty place is marked, too: {html}");
    for line in ["<p>Line 1: ", "<p>Line 4: "] {
        assert_eq!(html.matches(line).count(), 1, "what is said at another place is below the source: {html}");
    }
}

#[test]
fn the_policy_allows_the_own_style_and_script_and_nothing_else() {
    let folder = site();
    let html = report(folder.path(), "1");
    for name in ["style", "script"] {
        let inner = html.split_once(&format!("<{name}>")).expect("it starts").1;
        let inner = inner.split_once(&format!("</{name}>")).expect("it ends").0;
        let digest = STANDARD.encode(Sha256::digest(inner));
        assert!(html.contains(&format!("{name}-src 'sha256-{digest}'")), "{name}");
        // What is fetched is named by an address or loaded by a function.
        for asks in ["://", "url(", "@import", "fetch(", "XMLHttpRequest", "import("] {
            assert!(!inner.contains(asks), "{asks} in {name}");
        }
    }
    assert!(html.contains("content=\"default-src 'none'; "), "{html}");
    assert_eq!(report(folder.path(), "4"), html, "the same bytes on any number of threads");
}

#[test]
fn each_finding_is_listed_and_each_link_leads_somewhere() {
    let folder = site();
    let html = report(folder.path(), "2");
    let mut command = Command::new(env!("CARGO_BIN_EXE_connlint"));
    command.current_dir(folder.path()).args(["check", "--severity", "info", "--format", "jsonl", "."]);
    let lines = String::from_utf8(command.output().expect("it runs").stdout).expect("UTF-8");
    assert!(lines.lines().count() > 3, "{lines}");
    assert_eq!(html.matches("\n<li class=").count(), lines.lines().count());
    let all = |pattern: &str| -> Vec<String> {
        let pattern = Regex::new(pattern).expect("a pattern");
        pattern.captures_iter(&html).map(|found| found[1].to_owned()).collect()
    };
    let ids = all(" id=\"([^\"]*)\"");
    let unique: BTreeSet<&String> = ids.iter().collect();
    assert_eq!(unique.len(), ids.len(), "{ids:?}");
    for target in all(" href=\"#([^\"]*)\"") {
        assert!(unique.contains(&target), "{target}");
    }
}
