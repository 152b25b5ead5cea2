//! The layout holds: who imports whom, one list entry per rule file, no vendor in the code, small files.

#![allow(clippy::disallowed_methods, reason = "the test reads the source text")]

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use connlint::testing::rules::RULES;

/// Who may import whom, strictly downward: each module only those that stand below it.
/// `contract` is its types, `contract/` what reads them from a guide.
const IMPORTS: &[(&str, &str)] = &[
    ("main", "cli"),
    (
        "testing",
        "server dialect dialects engine fix report settings baseline workspace config pack contract profile scopes guide rules rule fault tree \
         diagnostic fingerprint searchable secrets source",
    ),
    (
        "cli",
        "server dialect dialects project file_events engine fix report inspect new settings baseline changes suppress workspace config pack contract profile scopes guide rules \
         rule fault tree paths diagnostic nearest secrets source",
    ),
    (
        "server",
        "project engine fix report inspect settings baseline workspace config contract guide rules rule file_events fault tree diagnostic scopes secrets source",
    ),
    (
        "project",
        "dialect report settings baseline workspace config pack profile scopes tree diagnostic nearest secrets source",
    ),
    (
        "engine",
        "dialect baseline changes fix settings rules rule suppress workspace config pack contract profile scopes guide threads fault diagnostic \
         source",
    ),
    ("inspect", "config pack contract guide tree secrets source"),
    ("new", "dialects dialect config contract profile guide tree secrets source"),
    ("baseline", "fingerprint paths diagnostic source"),
    ("changes", "paths diagnostic source"),
    ("report", "fingerprint diagnostic secrets source"),
    ("fix", "fingerprint diagnostic source"),
    ("settings", "rules rule pack scopes tree paths diagnostic nearest source"),
    (
        "rules",
        "dialect rule suppress workspace config pack contract profile scopes guide tree diagnostic searchable nearest spelling secrets source",
    ),
    ("rule", "dialect suppress workspace config pack contract profile scopes guide tree diagnostic nearest source"),
    ("suppress", "guide tree diagnostic source"),
    ("workspace", "dialect dialects config pack contract profile scopes guide threads fault tree paths nearest source"),
    ("dialects", "dialect guide secrets source"),
    ("config", "contract profile scopes tree diagnostic searchable nearest spelling secrets source"),
    ("pack", "dialect contract profile guide tree diagnostic nearest secrets source"),
    ("contract/", "contract profile scopes guide tree searchable nearest secrets source"),
    ("profile", "dialect contract tree diagnostic searchable source"),
    ("guide", "dialect tree diagnostic nearest spelling searchable secrets source"),
    ("contract", "source"),
    ("scopes", "tree nearest source"),
    ("fingerprint", "source"),
    ("tree", "diagnostic nearest source"),
    ("diagnostic", "source"),
    ("dialect", ""),
    ("secrets", "nearest source"),
    ("source", ""),
    ("spelling", "nearest"),
    ("nearest", ""),
    ("searchable", ""),
    ("paths", ""),
    ("threads", ""),
    ("fault", ""),
    ("file_events", ""),
    ("lib", ""),
];

/// How many lines a file has at most.
const LONGEST_FILE: usize = 350;

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn walk(folder: &Path, files: &mut Vec<PathBuf>) {
    let mut entries: Vec<PathBuf> =
        std::fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("an entry").path()).collect();
    entries.sort();
    for path in entries {
        if path.is_dir() {
            walk(&path, files);
        } else {
            files.push(path);
        }
    }
}

/// Path below `src`, with `/`, and text of every Rust file.
fn sources() -> Vec<(String, String)> {
    let source = root().join("src");
    let mut files = Vec::new();
    walk(&source, &mut files);
    let name = |path: &Path| path.strip_prefix(&source).expect("below src").to_string_lossy().replace('\\', "/");
    let rust = files.iter().filter(|path| path.extension().is_some_and(|extension| extension == "rs"));
    rust.map(|path| (name(path), std::fs::read_to_string(path).expect("Rust is UTF-8"))).collect()
}

/// The row of [`IMPORTS`] that a file belongs to.
fn module_of(path: &str) -> &str {
    match path.split_once('/') {
        Some(("contract", _)) => "contract/",
        Some((folder, _)) => folder,
        None => path.trim_end_matches(".rs"),
    }
}

/// The top-level modules that a text names behind `crate::`, comments aside.
fn named(text: &str) -> BTreeSet<String> {
    let code = text.lines().filter(|line| !line.trim_start().starts_with("//"));
    code.flat_map(|line| line.split("crate::").skip(1))
        .map(|rest| rest.chars().take_while(|character| character.is_ascii_lowercase() || *character == '_').collect())
        .collect()
}

#[test]
fn imports_go_strictly_downward() {
    let order: BTreeMap<&str, usize> = IMPORTS.iter().enumerate().map(|(at, (module, _))| (*module, at)).collect();
    for (module, allowed) in IMPORTS {
        for below in allowed.split_whitespace() {
            assert!(order[below] > order[module], "`{below}` must stand below `{module}`");
        }
    }
    for (path, text) in sources() {
        let module = module_of(&path);
        let row = IMPORTS.iter().find(|(name, _)| *name == module);
        let (_, allowed) = row.unwrap_or_else(|| panic!("`{path}` belongs to no row of the table"));
        for import in named(&text) {
            let own = import == module.trim_end_matches('/');
            assert!(own || allowed.split_whitespace().any(|below| below == import), "`{path}` imports `{import}`");
        }
    }
}

/// The modules of the files that a file uses by name, as `dialects::kramdown::spans`.
fn used(path: &str, text: &str, modules: &BTreeSet<String>) -> BTreeSet<String> {
    let own = module_path(path);
    let code: String = text
        .split("#[cfg(test)]")
        .next()
        .unwrap_or_default()
        .lines()
        .filter(|line| !line.trim_start().starts_with("//"))
        .collect();
    let code = code.split_whitespace().collect::<Vec<_>>().join(" ");
    let starts = code.match_indices("crate::").chain(code.match_indices("super::"));
    starts
        .filter(|(at, _)| !code[..*at].ends_with("::"))
        .flat_map(|(at, _)| {
            let end = code[at..].find([';', ' ', '(', '<', ')', '&']).map_or(code.len(), |length| at + length);
            let tree = code[at..].find(';').filter(|_| code[..at].ends_with("use ")).map_or(end, |length| at + length);
            expanded(&code[at..tree])
        })
        .filter_map(|written| module_of_path(&own, &written, modules))
        .filter(|module| *module != own)
        .collect()
}

/// The paths of a tree of imports: `a::{b, c}` is `a::b` and `a::c`.
fn expanded(tree: &str) -> Vec<String> {
    let Some((start, rest)) = tree.split_once('{') else { return vec![tree.trim().to_owned()] };
    let inner = rest.rfind('}').map_or(rest, |end| &rest[..end]);
    let (mut parts, mut depth, mut from) = (Vec::new(), 0, 0);
    for (at, byte) in inner.bytes().enumerate() {
        match byte {
            b'{' => depth += 1,
            b'}' => depth -= 1,
            b',' if depth == 0 => {
                parts.push(&inner[from..at]);
                from = at + 1;
            }
            _ => {}
        }
    }
    parts.push(&inner[from..]);
    parts.iter().flat_map(|part| expanded(&format!("{start}{}", part.trim()))).collect()
}

/// The module of a file: `dialects::kramdown` for `dialects/kramdown.rs`.
fn module_path(path: &str) -> String {
    path.trim_end_matches(".rs").replace('/', "::")
}

/// The longest module that a path in the module `own` starts with.
fn module_of_path(own: &str, written: &str, modules: &BTreeSet<String>) -> Option<String> {
    let mut parts: Vec<&str> = written.split("::").map(str::trim).collect();
    let mut base: Vec<&str> = if parts[0] == "crate" { Vec::new() } else { own.split("::").collect() };
    while parts.first().is_some_and(|part| *part == "super" || *part == "crate") {
        if parts.remove(0) == "super" {
            base.pop();
        }
    }
    base.extend(parts);
    (1..=base.len()).rev().map(|length| base[..length].join("::")).find(|module| modules.contains(module))
}

/// A file may use the files in its own folder, and they may use it; otherwise no two files use each other, be it
/// through others.
#[test]
fn no_files_use_each_other_in_a_circle() {
    let sources = sources();
    let modules: BTreeSet<String> = sources.iter().map(|(path, _)| module_path(path)).collect();
    let is_inside = |a: &str, b: &str| a.strip_prefix(b).is_some_and(|rest| rest.starts_with("::"));
    let uses: BTreeMap<String, BTreeSet<String>> = sources
        .iter()
        .map(|(path, text)| {
            let own = module_path(path);
            let used = used(path, text, &modules);
            let others = used.into_iter().filter(|other| !is_inside(&own, other)).collect();
            (own, others)
        })
        .collect();
    let mut circles = Vec::new();
    for start in uses.keys() {
        let (mut open, mut seen) = (vec![start], BTreeSet::new());
        while let Some(module) = open.pop() {
            for next in uses.get(module).into_iter().flatten() {
                if next == start {
                    circles.push(format!("{start} uses itself through {module}"));
                }
                if seen.insert(next) {
                    open.push(next);
                }
            }
        }
    }
    assert!(circles.is_empty(), "{circles:#?}");
}

#[test]
fn rules_do_not_import_each_other() {
    for (path, text) in sources().iter().filter(|(path, _)| path.starts_with("rules/") && path.matches('/').count() > 1)
    {
        // The files in the folder of a rule are parts of it.
        let above = if path.matches('/').count() > 2 { "use super::super::" } else { "use super::" };
        let sibling =
            text.lines().find(|line| line.trim_start().starts_with(above) || line.contains("crate::rules::guide::"));
        assert_eq!(sibling, None, "{path}");
    }
}

#[test]
fn every_rule_file_is_listed_once() {
    let listed: Vec<String> = RULES.iter().map(|rule| format!("rules/{}.rs", rule.name.replace('-', "_"))).collect();
    let unique: BTreeSet<&String> = listed.iter().collect();
    assert_eq!(unique.len(), listed.len(), "a rule is listed twice");
    let in_folder = |path: &String| path.starts_with("rules/") && path.matches('/').count() == 2;
    let holding: BTreeSet<String> = sources()
        .into_iter()
        .filter(|(path, text)| in_folder(path) && text.contains("const RULE: Rule"))
        .map(|(path, _)| path)
        .collect();
    assert_eq!(holding, listed.iter().cloned().collect(), "files with a rule, and the list");
}

#[test]
fn every_rule_file_has_its_page() {
    for rule in RULES {
        let page = root().join(format!("src/rules/{}.md", rule.name.replace('-', "_")));
        let text = std::fs::read_to_string(&page).unwrap_or_else(|_| panic!("{} is missing", page.display()));
        assert_eq!(text, rule.docs, "`{}` includes another page than its own", rule.name);
    }
}

#[test]
fn no_vendor_stands_in_the_code() {
    for (path, text) in sources() {
        for (number, line) in text.lines().enumerate() {
            // Where the data lies is told by its folder's name.
            let line = line.replace("schemas/cyclr/", "").to_lowercase();
            assert!(!line.contains("cyclr"), "src/{path}:{} names a vendor", number + 1);
        }
    }
}

#[test]
fn files_are_small() {
    for (path, text) in sources() {
        let lines = text.lines().count();
        assert!(lines <= LONGEST_FILE, "src/{path} has {lines} lines");
    }
}

#[test]
fn every_file_says_what_it_is_responsible_for() {
    for (path, text) in sources() {
        assert!(text.starts_with("//! "), "src/{path} has no header");
        assert!(!path.ends_with("/mod.rs"), "src/{path}: a module's file stands beside its folder");
    }
}

#[test]
fn the_page_on_architecture_shows_the_imports() {
    let path = root().join("docs/architecture.md");
    let page = std::fs::read_to_string(&path).expect("the page is UTF-8");
    let heading = page.find("## Imports").expect("the page has the section");
    let start = heading + page[heading..].find("```text\n").expect("the section has a block") + "```text\n".len();
    let end = start + page[start..].find("```").expect("the block is closed");
    let lines = IMPORTS.iter().filter(|(_, used)| !used.is_empty());
    let lines: Vec<String> = lines.map(|(module, used)| format!("{module} → {}", used.replace(' ', ", "))).collect();
    let list = lines.join("\n") + "\n";
    if std::env::var_os("CONNLINT_BLESS").is_some() {
        let page = format!("{}{list}{}", &page[..start], &page[end..]);
        std::fs::write(&path, page).expect("the page can be written");
        return;
    }
    assert!(page[start..end] == list, "out of date, run `CONNLINT_BLESS=1 cargo test --test it architecture`");
}
