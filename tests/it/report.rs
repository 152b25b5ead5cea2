//! Reports look as they should, keep secrets, and never hand control characters to a terminal.

use std::ops::Range;
use std::sync::{Arc, LazyLock};

use connlint::testing::diagnostic::{Counts, Diagnostic, Edit, Finding, Fix, Severity};
use connlint::testing::report::{Context, Format, Renderer, RuleDescription, Sources, Stream, Summary, Terminal};
use connlint::testing::source::{FileId, SourceFile, Span};
use proptest::prelude::*;
use serde_json::Value;

struct Files(Vec<Arc<SourceFile>>);

impl Sources for Files {
    fn source(&self, id: FileId) -> Arc<SourceFile> {
        Arc::clone(&self.0[id.0 as usize])
    }
}

fn files(texts: &[(&str, &str)]) -> Files {
    let file = |(id, (path, text)): (usize, &(&str, &str))| Arc::new(SourceFile::new(FileId(id as u32), *path, *text));
    Files(texts.iter().enumerate().map(file).collect())
}

/// The span of the first occurrence of `part` in file `id`.
fn span(files: &Files, id: usize, part: &str) -> Span {
    let start = files.0[id].text().find(part).expect("a part of the text");
    files.0[id].span(start..start + part.len())
}

fn error(finding: Finding) -> Diagnostic {
    Diagnostic { rule: "guide/example", severity: Severity::Error, finding }
}

fn report(format: Format, terminal: Terminal, diagnostics: &[Diagnostic], files: &Files) -> String {
    let renderer = Renderer::new(format, terminal);
    let mut summary = Summary { files: files.0.len(), ..Summary::default() };
    summary.count_file(diagnostics);
    let mut out = Vec::new();
    let mut stream = Stream::start(renderer, &mut out).expect("memory to write to");
    for diagnostic in diagnostics {
        stream.file(renderer.file(std::slice::from_ref(diagnostic), files)).expect("memory to write to");
    }
    stream.end(&summary).expect("memory to write to");
    String::from_utf8(out).expect("reports are text")
}

fn text(diagnostics: &[Diagnostic], files: &Files) -> String {
    report(Format::Text, Terminal::default(), diagnostics, files)
}

fn json(diagnostics: &[Diagnostic], files: &Files) -> Value {
    serde_json::from_str(&report(Format::Json, Terminal::default(), diagnostics, files)).expect("the report is JSON")
}

fn two_sided() -> (Files, Vec<Diagnostic>) {
    let files = files(&[
        ("shop.connector.yaml", "connector: Shop\nauth:\n  type: oauth2\n  clientId: abc\n  scopes: [read]\n"),
        ("docs/shop.md", "## Setup\n\n| Value | |\n| --- | --- |\n| **Client Secret** | from the app |\n\nDone.\n"),
    ]);
    let missing = Finding::new(span(&files, 0, "auth:"), "`Client Secret` is missing")
        .here("not among these values")
        .label(span(&files, 1, "**Client Secret**"), "the guide asks for it here")
        .help("add `clientSecret`");
    let style = Finding::new(span(&files, 1, "Done."), "the page ends with `Done.`")
        .fix(Fix::safe("remove it", vec![Edit::remove(span(&files, 1, "Done."))]));
    let style = Diagnostic { severity: Severity::Warning, ..error(style) };
    (files, vec![error(missing), style])
}

#[test]
fn text_shows_both_sides_help_fix_and_summary() {
    let (files, diagnostics) = two_sided();
    insta::assert_snapshot!(text(&diagnostics, &files));
}

#[test]
fn text_joins_near_places_and_separates_far_ones() {
    let numbered = (1..=40).map(|line| format!("line {line}.")).collect::<Vec<_>>().join("\n");
    let files = files(&[("a.md", &numbered)]);
    let near = Finding::new(span(&files, 0, "line 4."), "twice").label(span(&files, 0, "line 6."), "first here");
    let far = Finding::new(span(&files, 0, "line 38."), "twice").label(span(&files, 0, "line 6."), "first here");
    insta::assert_snapshot!(text(&[error(near), error(far)], &files));
}

#[test]
fn text_draws_places_at_the_edges_of_a_file() {
    let files = files(&[("a.md", "\u{feff}first\nlast\n"), ("empty.md", "")]);
    let end = files.0[0].text().len();
    let diagnostics = [
        error(Finding::new(span(&files, 0, "first"), "behind a byte order mark")),
        error(Finding::new(files.0[0].span(end..end), "at the end")),
        error(Finding::new(files.0[0].span(end + 5..end + 9), "behind the end")),
        error(Finding::new(files.0[1].span(0..0), "in an empty file")),
    ];
    insta::assert_snapshot!(text(&diagnostics, &files));
}

#[test]
fn text_cuts_long_lines_around_the_places() {
    let row = format!("| {} | here | {} | there |{}\n", "a".repeat(200), "b".repeat(300), " c".repeat(100));
    let files = files(&[("a.md", &row)]);
    let finding = Finding::new(span(&files, 0, "here"), "long").label(span(&files, 0, "there"), "and there");
    let alone = Finding::new(span(&files, 0, "here"), "long");
    let rows = format!("short |\n{row}");
    let table = self::files(&[("b.md", &rows)]);
    let tall = Finding::new(table.0[0].span(0..rows.len()), "several lines");
    insta::assert_snapshot!(text(&[error(finding), error(alone)], &files) + &text(&[error(tall)], &table));
}

/// A place that does not fit is cut at its end, and what is marked is shown from its start on.
#[test]
fn text_cuts_no_place_in_its_middle() {
    let long = (0..60).map(|number| format!("w{number:02} ")).collect::<Vec<_>>().concat();
    let files = files(&[("a.md", &format!("{}{long}{}\n", "before ".repeat(40), "after ".repeat(40)))]);
    let place = span(&files, 0, long.trim_end());
    for width in [60, 100] {
        let terminal = Terminal { width, ..Terminal::default() };
        let out = report(Format::Full, terminal, &[error(Finding::new(place, "long"))], &files);
        let rows: Vec<&str> = out.lines().collect();
        let (source, marks) = (rows[3], rows[4]);
        let start = marks.find('^').expect("a mark");
        let marked: String = source.chars().skip(start).take(marks.matches('^').count()).collect();
        let shown = marked.trim_end_matches('…');
        assert!(shown.len() > width / 2 && long.starts_with(shown), "{out}");
        assert!(source.chars().count() <= width && source.chars().nth(start - 1) == Some(' '), "{out}");
    }
}

#[test]
fn text_shows_the_first_line_of_tall_places_and_the_whole_of_short_ones() {
    let numbered = (1..=40).map(|line| format!("line {line}.")).collect::<Vec<_>>().join("\n");
    let files = files(&[("a.md", &numbered)]);
    let tall = Finding::new(span(&files, 0, "line 4.").to(span(&files, 0, "line 39.")), "tall").here("this");
    let short = Finding::new(span(&files, 0, "line 4.").to(span(&files, 0, "line 6.")), "short").here("this");
    insta::assert_snapshot!(text(&[error(tall), error(short)], &files));
}

#[test]
fn text_keeps_overlapping_places_apart() {
    let files = files(&[("a.yaml", "auth: {type: oauth2, scopes: [a, b]}\n")]);
    let whole = span(&files, 0, "{type: oauth2, scopes: [a, b]}");
    let inner = Finding::new(whole, "outer and inner").here("this").label(span(&files, 0, "[a, b]"), "these");
    let start = Finding::new(whole, "same start").here("this").label(span(&files, 0, "{type"), "here");
    let same = Finding::new(whole, "same place").here("this").label(whole, "that too");
    insta::assert_snapshot!(text(&[error(inner), error(start), error(same)], &files));
}

#[test]
fn a_fix_that_says_what_the_help_says_is_said_once() {
    let files = files(&[("a.md", "x\n")]);
    let place = span(&files, 0, "x");
    let finding =
        Finding::new(place, "`x`").help("write `y`").fix(Fix::safe("write `y`", vec![Edit::replace(place, "y")]));
    assert_eq!(text(&[error(finding)], &files).matches("write `y`").count(), 1);
}

#[test]
fn colours_are_written_only_where_wanted() {
    let (files, diagnostics) = two_sided();
    assert!(!text(&diagnostics, &files).contains('\u{1b}'));
    let colored =
        report(Format::Text, Terminal { color: true, width: 80, ..Terminal::default() }, &diagnostics, &files);
    assert!(colored.contains("\u{1b}[1m\u{1b}[31merror[guide/example]:\u{1b}[0m"), "{colored}");
}

static RULES: LazyLock<Vec<RuleDescription>> = LazyLock::new(|| {
    vec![RuleDescription {
        name: "guide/example",
        severity: Severity::Error,
        summary: |_| String::new(),
        why: |_| "The reader is misled.".to_owned(),
        page: |_| String::new(),
        url: Some("https://example.com/guide/example.html".to_owned()),
    }]
});

#[test]
fn text_says_why_and_shows_what_a_fix_changes() {
    let row = format!("| {} | heer | {} |\n", "a".repeat(200), "b".repeat(300));
    let files = files(&[("a.md", &format!("Intro:\n{row}\ngone\n{}", "old\n".repeat(9)))]);
    let renderer = Renderer::default().with(Context { rules: Some(&RULES), ..Context::default() });
    let word = span(&files, 0, "heer");
    let tall = span(&files, 0, &"old\n".repeat(9));
    let repairs = [
        Fix::safe("write `here`", vec![Edit::replace(word, "here")]),
        Fix::safe("insert a blank line", vec![Edit::insert_before(span(&files, 0, "| a"), "\n")]),
        Fix::needs_review("remove it", vec![Edit::remove(span(&files, 0, "gone\n"))]),
        Fix::safe("write new lines", vec![Edit::replace(tall, "new\n".repeat(9))]),
    ];
    let finding = |fix: Fix| error(Finding::new(fix.edits[0].span, "wrong").fix(fix));
    let diagnostics: Vec<Diagnostic> = repairs.into_iter().map(finding).collect();
    insta::assert_snapshot!(renderer.file(&diagnostics, &files).text());
}

#[test]
fn a_change_that_nobody_can_see_is_not_drawn() {
    let files = files(&[("a.md", "one\u{a0}two\n")]);
    let place = span(&files, 0, "\u{a0}");
    let finding =
        Finding::new(place, "no-break space").fix(Fix::safe("write a plain space", vec![Edit::replace(place, " ")]));
    assert!(!text(&[error(finding)], &files).contains(" + "));
}

#[test]
fn what_a_fix_changes_is_not_drawn_around_a_secret() {
    let mut file = SourceFile::new(FileId(0), "a.yaml", "kye: hunter2\n");
    file.hide(std::iter::once(5..12));
    let files = Files(vec![Arc::new(file)]);
    let place = span(&files, 0, "kye");
    let finding = Finding::new(place, "`kye`").fix(Fix::safe("write `key`", vec![Edit::replace(place, "key")]));
    let out = text(&[error(finding)], &files);
    assert!(!out.contains("hunter2") && !out.contains(" + "), "{out}");
}

#[test]
fn a_terminal_without_unicode_gets_ascii() {
    let (files, diagnostics) = two_sided();
    let terminal = Terminal { unicode: false, ..Terminal::default() };
    let out = report(Format::Text, terminal, &diagnostics, &files);
    assert!(out.is_ascii(), "{out}");
    insta::assert_snapshot!(out);
    let long = self::files(&[("a.md", &format!("\u{1b} here {}\n", "x".repeat(200)))]);
    let mut file = (*long.0[0]).clone();
    file.hide(std::iter::once(7..12));
    let files = Files(vec![Arc::new(file)]);
    let out = report(Format::Text, terminal, &[error(Finding::new(span(&files, 0, "here"), "cut"))], &files);
    assert!(out.is_ascii(), "{out}");
}

#[test]
fn a_narrow_terminal_gets_short_lines() {
    let (files, diagnostics) = two_sided();
    let out = report(Format::Text, Terminal { width: 40, ..Terminal::default() }, &diagnostics, &files);
    // The summary and commands are not broken: they are searched for and copied.
    let is_whole = |line: &&str| line.contains(" of 2 files") || line.contains("connlint explain");
    let longest = out.lines().filter(|line| !is_whole(line)).map(|line| line.chars().count()).max();
    assert!(longest <= Some(40), "{out}");
}

#[test]
fn rules_link_to_their_pages_where_the_terminal_can() {
    let (files, diagnostics) = two_sided();
    let context = Context { rules: Some(&RULES), ..Context::default() };
    let drawn = |hyperlinks| {
        let renderer = Renderer::new(Format::Full, Terminal { hyperlinks, ..Terminal::default() }).with(context);
        renderer.file(&diagnostics, &files).text().to_owned()
    };
    let link = "error[\u{1b}]8;;https://example.com/guide/example.html\u{1b}\\\
                guide/example\u{1b}]8;;\u{1b}\\]: `Client Secret` is missing\n";
    assert!(drawn(true).starts_with(link), "{}", drawn(true));
    assert!(!drawn(false).contains('\u{1b}'), "{}", drawn(false));
}

#[test]
fn narrated_draws_nothing() {
    let (files, diagnostics) = two_sided();
    let out = report(Format::Narrated, Terminal::default(), &diagnostics, &files);
    assert!(out.is_ascii(), "{out}");
    insta::assert_snapshot!(out);
}

#[test]
fn statistics_count_each_rule() {
    let (files, mut diagnostics) = two_sided();
    diagnostics.extend([diagnostics[1].clone(), Diagnostic { rule: "guide/other", ..diagnostics[0].clone() }]);
    let mut summary = Summary { files: 2, ..Summary::default() };
    summary.count_file(&diagnostics);
    let renderer = Renderer { statistics: true, ..Renderer::default() };
    assert_eq!(renderer.start() + renderer.file(&diagnostics, &files).text(), "");
    let table = "errors  warnings  infos  files  fixable  rule\n     1         2      ·      1        2  guide/example\n     \
                 1         ·      ·      1        ·  guide/other\n\nFound 2 errors and 2 warnings in 1 of 2 files.\n2 \
                 fixable with `--fix`.\n";
    assert_eq!(renderer.end(&summary), table);
    let json = Renderer { format: Format::Json, ..renderer }.end(&summary);
    let json: Value = serde_json::from_str(&json).unwrap();
    assert_eq!(
        (&json[0]["rule"], &json[0]["errors"], &json[0]["warnings"], &json[0]["fixable"]),
        (&"guide/example".into(), &1.into(), &2.into(), &2.into())
    );
}

#[test]
fn a_clean_run_says_what_was_checked() {
    let renderer = Renderer::default();
    let clean = Summary { files: 446, suppressed: 2, ..Summary::default() };
    assert_eq!(renderer.end(&clean), "Checked 446 files: no findings. Not shown: 2 suppressed by comments.\n");
    let found = Summary {
        files: 1,
        files_with_findings: 1,
        found: Counts { errors: 1, infos: 2, ..Counts::default() },
        fixable: 1,
        baselined: 4,
        ..Summary::default()
    };
    assert_eq!(
        renderer.end(&found),
        "Found 1 error and 2 infos in 1 file. Not shown: 4 in the baseline (`--no-baseline`).\n1 fixable with `--fix`.\n"
    );
}

#[test]
fn json_is_version_one() {
    let (files, diagnostics) = two_sided();
    let mut report = json(&diagnostics, &files);
    assert_eq!(report["tool"]["version"], env!("CARGO_PKG_VERSION"));
    report["tool"]["version"] = Value::from("[version]");
    insta::assert_json_snapshot!(report);
}

#[test]
fn json_follows_its_published_schema() {
    let schema = include_str!("../../schemas/report.schema.json");
    let schema: Value = serde_json::from_str(schema).unwrap();
    jsonschema::meta::validate(&schema).unwrap();
    let validator = jsonschema::validator_for(&schema).unwrap();
    let (files, diagnostics) = two_sided();
    for report in [json(&diagnostics, &files), json(&[], &files)] {
        let errors: Vec<String> = validator.iter_errors(&report).map(|error| error.to_string()).collect();
        assert!(errors.is_empty(), "{errors:#?}\n{report:#}");
    }
}

/// A file with a secret of two lines and one of one line.
fn world_with_secrets() -> (Files, Vec<Diagnostic>) {
    let text = "key: \"hunter2-hunter2\" # hunter2-hunter2\npem: |\n  first-line\n  second-line\nend: 1\n";
    let mut file = SourceFile::new(FileId(0), "a.yaml", text);
    let hide = |part: &str| text.find(part).map(|start| start..start + part.len()).expect("a part of the text");
    let hidden = [hide("\"hunter2-hunter2\""), hide("first-line\n  second-line")];
    file.hide(hidden);
    let files = Files(vec![Arc::new(file)]);
    let key = span(&files, 0, "\"hunter2-hunter2\"");
    let told = Finding::new(key, "`hunter2-hunter2` is not an URL")
        .here("hunter2-hunter2")
        .label(span(&files, 0, "second"), "second-line is a secret")
        .label(span(&files, 0, "pem"), "first-line too")
        .help("not\nhunter2-hunter2")
        .fix(Fix::safe("write hunter2-hunter2", vec![Edit::replace(key, "https://hunter2-hunter2")]));
    let around = Finding::new(files.0[0].span(0..text.len()), "all").fix(Fix::safe("", vec![Edit::remove(key)]));
    (files, vec![error(told), error(around)])
}

#[test]
fn no_report_contains_a_secret() {
    let (files, diagnostics) = world_with_secrets();
    for format in Format::ALL {
        let out = report(format, Terminal::default(), &diagnostics, &files);
        for secret in ["hunter2", "first-line", "second-line"] {
            assert!(!out.contains(secret), "{out}");
        }
    }
    insta::assert_snapshot!(text(&diagnostics, &files));
}

#[test]
fn a_fix_that_would_write_a_secret_is_not_reported() {
    let (files, diagnostics) = world_with_secrets();
    let report = json(&diagnostics, &files);
    assert_eq!(report["diagnostics"][0]["fix"], Value::Null);
    assert_ne!(report["diagnostics"][1]["fix"], Value::Null);
}

#[test]
fn control_characters_are_shown_not_obeyed() {
    let files = files(&[("a\u{1b}[2J\nb.md", "x\u{1b}[31mred\u{7f}\u{9b}\u{202e}evil\u{2066}\ty\r\n")]);
    let finding = Finding::new(span(&files, 0, "evil"), "`\u{1b}]8;;x\u{7}` and \u{202e}\nmore").help("a\u{85}b\nc");
    let diagnostics = [error(finding)];
    let out = text(&diagnostics, &files);
    insta::assert_snapshot!(out);
    for out in [out, report(Format::Json, Terminal::default(), &diagnostics, &files)] {
        let steering = |character: &char| {
            (character.is_control() && *character != '\n') || "\u{202e}\u{2066}".contains(*character)
        };
        assert_eq!(out.chars().find(steering), None, "{out}");
    }
    let report = json(&diagnostics, &files);
    assert_eq!(report["diagnostics"][0]["file"], "a\u{1b}[2J\nb.md");
}

fn any_text() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        "[a-z |]{0,80}",
        Just("\n".to_owned()),
        Just("\r\n".to_owned()),
        Just("\r".to_owned()),
        Just("\t".to_owned()),
        Just("日本".to_owned()),
        Just("\u{feff}".to_owned()),
        Just("e\u{301}👩‍💻".to_owned()),
        Just("\u{1b}[0m".to_owned()),
    ];
    proptest::collection::vec(piece, 0..12).prop_map(|pieces| pieces.concat())
}

proptest! {
    /// Whatever the spans are, both formats render and keep what is hidden.
    #[test]
    fn any_span_renders(
        first in any_text(),
        second in any_text(),
        spans in proptest::collection::vec((0u32..2, 0u32..400, 0u32..200), 1..5),
        hidden in proptest::collection::vec((0usize..200, 0usize..30), 0..3),
        width in 0usize..120,
    ) {
        let mut sources = Vec::new();
        for (id, text) in [first, second].into_iter().enumerate() {
            let mut file = SourceFile::new(FileId(id as u32), "a.md", text);
            let boundaries: Vec<usize> = file.text().char_indices().map(|(at, _)| at).collect();
            let range = |(start, length): &(usize, usize)| -> Option<Range<usize>> {
                Some(*boundaries.get(*start)?..*boundaries.get(start + length)?)
            };
            let ranges: Vec<_> = hidden.iter().filter_map(range).collect();
            file.hide(ranges);
            sources.push(Arc::new(file));
        }
        let files = Files(sources);
        let mut spans = spans.into_iter().map(|(id, start, length)| Span { file: FileId(id), start, end: start + length });
        let mut finding = Finding::new(spans.next().unwrap(), "found").here("here");
        for span in spans {
            finding = finding.label(span, "there");
        }
        let diagnostics = [error(finding)];
        let terminal = Terminal { width, ..Terminal::default() };
        let out = report(Format::Text, terminal, &diagnostics, &files);
        prop_assert!(out.contains("error[guide/example]: found"), "{}", out);
        prop_assert!(!out.contains("Failed to read"), "{}", out);
        let html = report(Format::Html, terminal, &diagnostics, &files);
        prop_assert!(html.matches("</pre>").count() > 0 && html.contains("<mark"), "{}", html);
        let json = json(&diagnostics, &files);
        prop_assert_eq!(json["summary"]["errors"].as_u64(), Some(1));
    }
}
