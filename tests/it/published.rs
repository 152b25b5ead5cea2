//! A safe fix keeps what readers see, word by word, but for what its finding is about; and no fix makes an error.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use connlint::testing::Settings;
use connlint::testing::diagnostic::{Applicability, Diagnostic, Fix, Severity};
use connlint::testing::engine::check_source;
use connlint::testing::fix::{HIDING, apply, apply_until_stable};
use connlint::testing::guide::Guide;
use connlint::testing::profile::Profile;
use connlint::testing::rules::RULES;
use connlint::testing::source::{FileId, SourceFile};
use connlint::testing::workspace::{Named, Options, Workspace};
use proptest::prelude::*;
use rayon::prelude::*;
use similar::{Algorithm, DiffTag, capture_diff_slices};

use crate::support::folder::pages_below;
use crate::support::{corpus, jekyll, page};

/// Rules whose safe fixes write other words: those of their edits, and no more.
const OTHER_WORDS: &[&str] = &[
    "guide/callback-url-invalid", "guide/callback-url-style", "guide/doubled-word", "guide/note-format",
    "guide/scope-malformed", "guide/scope-unknown", "guide/section-name", "guide/setup-field-name",
    "guide/terminology", "guide/typo",
];

/// Rules whose fixes bring to light what was not published as the author wrote it.
const REVEALING: &[&str] = &["guide/kramdown-options-missing", "guide/liquid-erases-text"];

/// Rules whose fixes put a list together, or part one from what follows it.
const OF_LISTS: &[&str] = &["guide/kramdown-options-missing", "guide/list-restarts", "guide/step-number"];

/// Rules whose fixes make a link, or an anchor of what was written as a link without an end.
const OF_LINKS: &[&str] = &["guide/bare-url", "guide/html-unclosed"];

/// Rules whose fixes may bring errors to light, besides those that keep a file or a value from being read.
const ALSO_HIDING: &[&str] = &[
    "guide/front-matter-key-missing",
    // kramdown passes an unknown element through to its end, or to that of the block.
    "guide/html-unknown-tag",
];

/// One file of a workspace.
struct File<'a> {
    workspace: &'a Workspace,
    settings: Settings,
    id: FileId,
}

impl File<'_> {
    fn source(&self, text: &str) -> Arc<SourceFile> {
        Arc::new(SourceFile::new(self.id, self.workspace.display(self.id), text))
    }

    fn found(&self, text: &str) -> Vec<Diagnostic> {
        let checked = check_source(self.workspace, &self.settings, self.source(text));
        checked.map(|checked| checked.diagnostics).unwrap_or_default()
    }

    fn is_guide(&self) -> bool {
        Path::new(&self.workspace.display(self.id)).extension().is_some_and(|extension| extension == "md")
    }

    /// What is wrong with the fixes of a text, each applied on its own.
    fn faults(&self, text: &str) -> Vec<String> {
        let found = self.found(text);
        let before = self.is_guide().then(|| jekyll::read(self.source(text)));
        let errors = errors(&found);
        let mut faults = Vec::new();
        for diagnostic in &found {
            let Some(fix) = &diagnostic.finding.fix else { continue };
            let after = apply(text, [fix]).text;
            let fault = before
                .as_ref()
                .filter(|_| fix.applicability == Applicability::Safe)
                .and_then(|before| changed(diagnostic.rule, fix, before, &jekyll::read(self.source(&after))));
            let new = self::errors(&self.found(&after));
            let new = new.iter().find(|(rule, count)| **count > errors.get(*rule).copied().unwrap_or_default());
            let is_hiding = || HIDING.iter().chain(ALSO_HIDING).any(|rule| *rule == diagnostic.rule);
            let new = new.filter(|_| !is_hiding()).map(|(rule, _)| format!("a new error of {rule}"));
            for fault in fault.into_iter().chain(new) {
                let line = before.as_ref().map_or(0, |guide| guide.source.line(diagnostic.finding.primary.span.start));
                let path = self.workspace.display(self.id);
                faults.push(format!("{path}:{line}: {} ({:?}): {fault}", diagnostic.rule, fix.edits));
            }
        }
        faults
    }
}

fn errors(found: &[Diagnostic]) -> BTreeMap<&'static str, usize> {
    let mut counts = BTreeMap::new();
    for diagnostic in found.iter().filter(|diagnostic| diagnostic.severity == Severity::Error) {
        *counts.entry(diagnostic.rule).or_default() += 1;
    }
    counts
}

/// What a safe fix changed for readers, apart from what it may change.
fn changed(rule: &str, fix: &Fix, before: &Guide, after: &Guide) -> Option<String> {
    let levels = |guide: &Guide| guide.headings.iter().map(|heading| heading.level).collect::<Vec<_>>();
    let ids = |guide: &Guide| guide.headings.iter().map(|heading| heading.id.clone()).collect::<Vec<_>>();
    if !REVEALING.contains(&rule) && (levels(before) != levels(after) || ids(before) != ids(after)) {
        return Some("other headings".to_owned());
    }
    if after.links.len() != before.links.len() && !REVEALING.contains(&rule) && !OF_LINKS.contains(&rule) {
        return Some("other links".to_owned());
    }
    if numbers(before) != numbers(after) && !OF_LISTS.contains(&rule) {
        return Some("other numbers of steps".to_owned());
    }
    let wrong = |guide: &Guide| numbers(guide).iter().filter(|(written, shown)| written != shown).count();
    if wrong(after) > wrong(before) {
        return Some("more steps with a wrong number".to_owned());
    }
    changed_words(rule, fix, before, after)
}

/// The written and the published numbers of all steps.
fn numbers(guide: &Guide) -> Vec<(Option<u32>, Option<u32>)> {
    guide.blocks.iter().filter_map(|block| block.item()).map(|item| (item.written, item.shown)).collect()
}

fn changed_words(rule: &str, fix: &Fix, before: &Guide, after: &Guide) -> Option<String> {
    let (old, new) = (words(before.text.as_str()), words(after.text.as_str()));
    let text = before.source.text();
    let removable: BTreeSet<&str> =
        fix.edits.iter().flat_map(|edit| words(&text[whole_words(text, edit.span.range())])).collect();
    let written: Vec<String> = fix
        .edits
        .iter()
        .map(|edit| {
            let whole = whole_words(text, edit.span.range());
            [&text[whole.start..edit.span.range().start], &edit.text, &text[edit.span.range().end..whole.end]].concat()
        })
        .collect();
    let addable: BTreeSet<&str> = written.iter().flat_map(|text| words(text)).collect();
    let may_change = OTHER_WORDS.contains(&rule);
    for change in capture_diff_slices(Algorithm::Myers, &old, &new) {
        let (removed, added) = (&old[change.old_range()], &new[change.new_range()]);
        let is_allowed = may_change
            && removed.iter().all(|word| removable.contains(word))
            && added.iter().all(|word| addable.contains(word));
        let reveals = REVEALING.contains(&rule) && removed.is_empty();
        if change.tag() != DiffTag::Equal && !is_allowed && !reveals {
            return Some(format!("{removed:?} is published as {added:?}"));
        }
    }
    None
}

/// A range with the rest of the words at its ends.
fn whole_words(text: &str, range: Range<usize>) -> Range<usize> {
    let before = text[..range.start].chars().rev().take_while(|c| c.is_alphanumeric()).map(char::len_utf8);
    let behind = text[range.end..].chars().take_while(|c| c.is_alphanumeric()).map(char::len_utf8);
    range.start - before.sum::<usize>()..range.end + behind.sum::<usize>()
}

fn words(text: &str) -> Vec<&str> {
    text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect()
}

/// Everything at every severity.
fn all() -> Settings {
    Settings { severity: Severity::Info, ..Settings::default() }
}

fn faults_of(workspace: &Workspace) -> Vec<String> {
    let ids: Vec<FileId> = workspace.checked().collect();
    let faults = ids.par_iter().filter_map(|id| {
        let text = workspace.source(*id).ok()?.text().to_owned();
        Some(File { workspace, settings: all(), id: *id }.faults(&text))
    });
    faults.collect::<Vec<_>>().concat()
}

fn assert_none(faults: &[String]) {
    assert!(faults.is_empty(), "{} faults\n{}", faults.len(), faults.join("\n"));
}

fn in_memory(files: Vec<(String, String)>) -> Workspace {
    let files = files.into_iter().map(|(path, text)| (path, text.into_bytes())).collect();
    Workspace::open(Profile::builtin(), &[], files).expect("files in memory can be opened")
}

fn below(folder: &Path) -> Workspace {
    Workspace::open(Profile::builtin(), &[folder.to_owned()], Vec::new()).expect("the files can be read")
}

#[test]
fn fixes_of_every_example_keep_what_is_read() {
    let examples = RULES.iter().flat_map(|rule| page::examples(rule.docs));
    let faults: Vec<String> = examples.flat_map(|example| faults_of(&in_memory(example.files()))).collect();
    assert_none(&faults);
}

#[test]
fn fixes_of_the_fixtures_keep_what_is_read() {
    assert_none(&faults_of(&below(&Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures"))));
}

#[test]
#[ignore = "needs CONNLINT_CORPUS"]
fn fixes_of_a_real_site_keep_what_is_read() {
    assert_none(&faults_of(&below(&corpus::path("cyclr"))));
}

/// Pages that no kind of file claims are guides where their kind is given.
#[test]
#[ignore = "needs CONNLINT_CORPUS"]
fn fixes_of_foreign_pages_keep_what_is_read() {
    assert_none(&faults_of_foreign_pages(&corpus::path("segment")));
}

#[test]
#[ignore = "needs CONNLINT_CORPUS"]
fn fixes_of_all_other_pages_of_a_real_site_keep_what_is_read() {
    assert_none(&faults_of_foreign_pages(&corpus::path("cyclr")));
}

/// What is wrong with the fixes of those pages of a folder that no kind of file claims.
fn faults_of_foreign_pages(folder: &Path) -> Vec<String> {
    let workspace = below(folder);
    let guides: BTreeSet<PathBuf> = workspace.checked().map(|id| workspace.file(id).path.to_path_buf()).collect();
    let pages: Vec<PathBuf> = pages_below(folder).into_iter().filter(|page| !guides.contains(page)).collect();
    assert!(!pages.is_empty(), "no page was read");
    let options = Options { named: Named::Guide, no_exclude: true, ..Options::from(Profile::builtin()) };
    let workspace = Workspace::open(options, &pages, Vec::new()).expect("the pages can be read");
    faults_of(&workspace)
}

/// The page of an example, with a text in its section.
fn guide_with(text: &str) -> String {
    [include_str!("support/before.md"), text, "\n", include_str!("support/after.md")].concat()
}

/// The text after safe fixes.
fn fixed(text: &str) -> String {
    let workspace = in_memory(vec![("a.md".to_owned(), guide_with(text))]);
    let id = workspace.checked().next().expect("a guide");
    let file = File { workspace: &workspace, settings: all(), id };
    let text = apply_until_stable(&guide_with(text), Applicability::Safe, |text| file.found(text)).text;
    let inner = text
        .strip_prefix(include_str!("support/before.md"))
        .and_then(|text| text.strip_suffix(include_str!("support/after.md")));
    inner.expect("the page around the text is kept").trim_end_matches('\n').to_owned()
}

#[test]
fn a_value_never_becomes_a_link() {
    for text in [
        "Enter https://api.wickerlink.com/v2 as **Base URL**.",
        "The base URL is https://api.wickerlink.com/v2.",
        "| **Base URL** | https://api.wickerlink.com/v2 |\n| **Key** | x |",
        "Such as https://acme.wickerlink.com.",
        "Log in at https://www.wickerlink.example.",
        "See https://your-company.wickerlink.com.",
        "See https://<span>acme.</span>wickerlink.com.",
        "See <span>ht</span>tps://acme.wickerlink.com.",
        "See ht<span></span>tps://acme.wickerlink.com/{id}/x.",
        "Visit https://**Subdomain**.wickerlink.com.",
        "Visit https://{tenant}/api/*.",
    ] {
        let fixed = fixed(text);
        assert!(!fixed.contains("<http") && !fixed.contains("<span>"), "{fixed}");
    }
    assert_eq!(
        fixed("For details, see https://www.wickerlink.com/help."),
        "For details, see <https://www.wickerlink.com/help>."
    );
}

#[test]
fn a_url_is_set_as_code_whole_or_not_at_all() {
    for (text, right) in [
        ("Allow https://{host}/api/v1/* first.", "Allow `https://{host}/api/v1/*` first."),
        ("Allow https://{host}/Orders('id')/items first.", "Allow https://{host}/Orders('id')/items first."),
        ("Use (`https://{host}/a) first.", "Use (`https://{host}/a) first."),
        ("Use https://{host}/a` or `b` first.", "Use https://{host}/a` or `b` first."),
        ("Use https://**Region**.{host}/a first.", "Use `https://{Region}.{host}/a` first."),
        ("Use https://**acme.com/a**/b first.", "Use https://**acme.com/a**/b first."),
        ("Use \"https://{host}/a\" first.", "Use `https://{host}/a` first."),
        ("Use {% raw %}https://{host}/a{% endraw %} first.", "Use `https://{host}/a` first."),
    ] {
        assert_eq!(fixed(text), right);
    }
}

#[test]
fn bold_text_keeps_its_distance() {
    for (text, right) in [
        ("Open the** Keys** page.", "Open the **Keys** page."),
        ("Open the **Keys **page.", "Open the **Keys** page."),
        ("Open the ** Keys ** page.", "Open the **Keys** page."),
        ("Open (** Keys**), then **Add **.", "Open (**Keys**), then **Add**."),
        ("Open the** Keys **page.", "Open the **Keys** page."),
    ] {
        assert_eq!(fixed(text), right);
    }
}

#[test]
fn equal_slips_in_one_line_are_all_fixed() {
    for (text, right) in [
        ("They recieve it and recieve it.", "They receive it and receive it."),
        ("Press the the key and the the button.", "Press the key and the button."),
        ("Press ** A ** and ** A ** now.", "Press **A** and **A** now."),
    ] {
        assert_eq!(fixed(text), right);
    }
}

#[test]
fn steps_at_another_indent_keep_their_numbers() {
    let text = "1.  Open the page.\n\n2.  Create a key:\n\n   1. Enter a name.\n\n   2. Press **Add**.";
    assert_eq!(fixed(text), text);
}

const PIECES: &[&str] = &[
    "https://", "http://{", "acme.example", "{id}", "/connector/callback", "`", "``", "**", "*", "_", "<div>",
    "</div>\n", "<span>", "</span>", "{% raw %}", "{% endraw %}", "{{ a }}", "|", "|-", "\n", "\n\n", ".", " ", "    ",
    "1. ", "- ", "> ", "Note: ", "the the ", "login to ", "[", "](", ")", "\"", "recieve ", "\u{a0}", "## ", "---\n",
    "client id", "</section>",
];

/// Keys of a configuration with values in JSON, which YAML reads too.
const ENTRIES: &[(&str, &str)] = &[
    ("Connector", "\"hubspot-connector\""),
    ("connector", "\"hubspot\""),
    ("Name", "\" Brightpath \""),
    ("AuthType", "\"oauth2\""),
    ("Authtype", "\"OAuth2\""),
    ("OAuth2Type", "\"AuthorizationCode\""),
    ("ServiceDomain", "\"https://brightpath-h.cyclr.com/\""),
    ("ServiceDomain", "\"brightpath-h.cylcr.com:443\""),
    ("CallbackUrl", "\"HTTP://Brightpath-h.cyclr.com:80/connector/callback/?a=b\""),
    ("CallbackUrl", "\"<https://brightpath-h.cyclr.com//Connector/Callback>\""),
    ("CallbackUrl", "\"https://https://brightpath-h.cyclr.com/connector/callback\""),
    ("callback_url", "\"brightpath-h.cyclr.com/connector/callback\""),
    ("AuthValue", "\" ${KEY} \""),
    ("Scopes", "\"oauth, oauth;crm.objects.contact.read\""),
    ("Scopes", "[\"oauth\", \"oauth\", \"tickets \"]"),
    ("Version", "1.10"),
];

/// Properties of a configuration, in JSON too.
const PROPERTIES: &[&str] = &[
    "{\"Name\": \"ClientId\", \"Value\": \" ${ID} \"}",
    "{\"Name\": \"clientid\", \"Value\": \"${ID}\"}",
    "{\"name\": \"Client Secret\", \"value\": \"${SECRET}\"}",
    "{\"Name\": \"Scopes\", \"Value\": \"oauth  oauth\"}",
    "{\"Name\": \"Region\", \"Value\": 12}",
    "{\"Name\": \"Sandbox\", \"Value\": true}",
    "{\"Name\": \"Sandbox\", \"Valeu\": null}",
];

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    /// What could be fixed is fixed by one run.
    #[test]
    fn fixes_come_to_rest(pieces in proptest::collection::vec(prop::sample::select(PIECES), 0..24), accept in any::<bool>()) {
        let accept = if accept { Applicability::Unsafe } else { Applicability::Safe };
        let text = guide_with(&pieces.concat());
        let workspace = in_memory(vec![("a.md".to_owned(), text.clone())]);
        let id = workspace.checked().next().expect("a guide");
        let file = File { workspace: &workspace, settings: all(), id };
        let once = apply_until_stable(&text, accept, |text| file.found(text));
        let again = apply_until_stable(&once.text, accept, |text| file.found(text));
        prop_assert_eq!(again.text, once.text);
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(32))]

    /// What could be fixed in a configuration with several mistakes is fixed by one run, in both languages.
    #[test]
    fn fixes_of_configurations_come_to_rest(
        entries in proptest::collection::vec(prop::sample::select(ENTRIES), 0..8),
        properties in proptest::collection::vec(prop::sample::select(PROPERTIES), 0..5),
        is_json in any::<bool>(),
        accept in any::<bool>(),
    ) {
        let accept = if accept { Applicability::Unsafe } else { Applicability::Safe };
        let properties = format!("\"Properties\": [{}]", properties.join(", "));
        let (path, text) = if is_json {
            let entries: Vec<String> = entries.iter().map(|(key, value)| format!("\"{key}\": {value},\n")).collect();
            ("a.connector.json", format!("{{{}{properties}}}\n", entries.concat()))
        } else {
            let entries: Vec<String> = entries.iter().map(|(key, value)| format!("{key}: {value}\n")).collect();
            ("a.connector.yaml", format!("{}{}\n", entries.concat(), properties.replace("\"Properties\"", "Properties")))
        };
        let workspace = in_memory(vec![(path.to_owned(), text.clone())]);
        let id = workspace.checked().next().expect("a configuration");
        let file = File { workspace: &workspace, settings: all(), id };
        let once = apply_until_stable(&text, accept, |text| file.found(text));
        let again = apply_until_stable(&once.text, accept, |text| file.found(text));
        prop_assert_eq!(again.text, once.text);
    }
}
