//! A fault of the program in one file is a finding of that file, and everything else is reported as usual.

use std::sync::Arc;

use crate::support::report::whole;
use connlint::testing::Settings;
use connlint::testing::diagnostic::{FAULT, Severity};
use connlint::testing::engine::{self, Checked, Filter};
use connlint::testing::fix;
use connlint::testing::profile::Profile;
use connlint::testing::report::{Format, Sources};
use connlint::testing::source::{FileId, SourceFile};
use connlint::testing::workspace::Workspace;

struct Own(Arc<SourceFile>);

impl Sources for Own {
    fn source(&self, _: FileId) -> Arc<SourceFile> {
        Arc::clone(&self.0)
    }
}

fn check(files: &[(&str, &str)], settings: &Settings) -> Vec<Checked> {
    let files = files.iter().map(|(path, text)| ((*path).to_owned(), text.as_bytes().to_vec())).collect();
    let workspace = Workspace::open(Profile::builtin(), &[], files).expect("files in memory can be opened");
    let mut all = Vec::new();
    engine::run(&workspace, settings, &mut Filter::default(), |checked| checked, |checked| all.push(checked))
        .expect("files in memory can be read");
    all
}

const PAGE: &str = "---\ntitle: Acme\npermalink: acme-connector\ntags: [connector]\n---\n\n<!-- connlint-ignore-file internal: known -->\n\n";

#[test]
fn a_fault_is_a_finding_and_the_rest_stays() {
    let faulty = format!("{PAGE}The zqsecret teh the the.\n\nconnlint-test: guide/doubled-word fails\n");
    let sound = format!("{PAGE}## Fine\n\nThe teh.\n");
    let checked = check(&[("a.md", &faulty), ("b.md", &sound)], &Settings::default());
    let [first, second] = &checked[..] else { panic!("both files are reported") };
    let found: Vec<_> = first.diagnostics.iter().filter(|found| found.rule == FAULT).collect();
    assert_eq!(found.len(), 1);
    assert_eq!(found[0].severity, Severity::Error);
    assert!(found[0].finding.message.starts_with("`guide/doubled-word` not checked: "), "{:?}", found[0]);
    assert!(first.is_faulty() && !second.is_faulty());
    let others = |checked: &Checked| -> Vec<&str> {
        checked.diagnostics.iter().map(|found| found.rule).filter(|rule| *rule != FAULT).collect()
    };
    assert!(!others(first).is_empty(), "what other rules find in the file is reported");
    assert!(!others(first).contains(&"guide/doubled-word"), "what the rule found before is not");
    assert!(!others(second).is_empty(), "other files are reported");

    let fault: Vec<_> = first.diagnostics.iter().filter(|found| found.rule == FAULT).cloned().collect();
    for format in Format::ALL {
        let report = whole(format, &fault, &Own(Arc::clone(&first.source)));
        assert!(!report.contains("zqsecret") && !report.contains("title: Acme"), "{report}");
        assert!(format != Format::Text || report.contains("error[internal/panic]: "), "{report}");
    }
}

#[test]
fn a_fault_is_kept_from_its_caller() {
    assert!(engine::guard(|| "é"[1..].len()).is_err(), "the slice cuts a character");
    assert_eq!(engine::guard(|| 1), Ok(1));
}

#[test]
fn strong_text_in_strong_text_is_read() {
    let page = format!("{PAGE}## Cyclr setup\n\nEnter the following value\n\n****y**\nn**\n");
    let checked = check(&[("a.md", &page)], &Settings::default());
    assert!(!checked[0].is_faulty());
}

#[test]
fn strong_text_in_a_table_of_a_bullet_is_read() {
    let page =
        format!("{PAGE}## Cyclr setup\n\nEnter the following values\n\n* | The name |\n  | **Client Secret** | b |\n");
    assert!(!check(&[("a.md", &page)], &Settings::default())[0].is_faulty());
}

#[test]
fn marks_after_letters_of_any_script_are_read() {
    let page = format!("{PAGE}## Cyclr setup\n\nEnter the \u{5bc6}\u{78bc}** key away.\n");
    assert!(!check(&[("a.md", &page)], &Settings::default())[0].is_faulty());
}

#[test]
fn a_wide_space_at_the_end_of_a_heading_is_read() {
    let page = format!("{PAGE}## Cyclr setup\n\n### Create the name.\u{a0}\n\nText.\n");
    assert!(!check(&[("a.md", &page)], &Settings::default())[0].is_faulty());
}

#[test]
fn many_fixes_and_comments_take_no_longer_each() {
    let fixes: Vec<_> = (0..200_000)
        .map(|at| {
            let span = connlint::testing::source::Span::new(FileId::default(), 2 * at..2 * at + 1);
            connlint::testing::diagnostic::Fix::safe(
                "x",
                vec![connlint::testing::diagnostic::Edit { span, text: "b".to_owned() }],
            )
        })
        .collect();
    // Compared pair by pair they would take hours.
    assert_eq!(fix::apply(&"a ".repeat(200_000), &fixes).applied, 200_000);

    // Columns that are counted from the start of the line, and comments that are asked one by one, take minutes.
    let line = format!("{PAGE}{}", "[é]( ".repeat(60_000));
    let source = SourceFile::new(FileId::default(), "a.md", line.as_str());
    let columns: u64 = line.char_indices().map(|(at, _)| u64::from(source.position(at as u32).column)).sum();
    assert!(columns > 0);
    let comments = format!(
        "{PAGE}{}{}",
        "<!-- connlint-ignore-start guide/typo: x -->\n\n".repeat(4000),
        "the teh\n\n".repeat(4000)
    );
    assert_eq!(check(&[("a.md", &comments)], &Settings::default())[0].suppressed, 4000);
}
