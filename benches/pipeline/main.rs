//! The whole pipeline over a generated site, parsing alone, and a thousand configurations.

#![allow(clippy::disallowed_methods, missing_docs, reason = "a benchmark writes the files that it measures")]

mod generate;

use std::hint::black_box;
use std::path::PathBuf;
use std::sync::Arc;

use connlint::testing::Settings;
use connlint::testing::dialects::Dialect;
use connlint::testing::dialects::{self, kramdown};
use connlint::testing::engine::{self, Filter};
use connlint::testing::profile::Profile;
use connlint::testing::source::{FileId, SourceFile};
use connlint::testing::workspace::Workspace;
use criterion::{Criterion, criterion_group, criterion_main};

const GUIDES: usize = 446;
const CONFIGURATIONS: usize = 1000;

fn site() -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a temporary folder can be made");
    std::fs::write(folder.path().join("_config.yml"), "title: Bench\n").expect("it can be written to");
    for index in 0..GUIDES {
        std::fs::write(folder.path().join(format!("guide-{index:03}.md")), generate::guide(index))
            .expect("it can be written to");
    }
    folder
}

fn check(paths: &[PathBuf]) -> usize {
    let workspace = Workspace::open(Profile::builtin(), paths, Vec::new()).expect("the files were just written");
    let settings = Settings { severity: connlint::testing::diagnostic::Severity::Info, ..Settings::default() };
    let mut findings = 0;
    engine::run(
        &workspace,
        &settings,
        &mut Filter::default(),
        |checked| checked.diagnostics.len(),
        |count| findings += count,
    )
    .expect("the files are readable");
    findings
}

fn parse(criterion: &mut Criterion) {
    let texts: Vec<String> = (0..GUIDES).map(generate::guide).collect();
    criterion.bench_function("parse 446 guides", |bencher| {
        bencher.iter(|| {
            for text in &texts {
                let source = Arc::new(SourceFile::new(FileId::default(), "guide.md", text.as_str()));
                black_box(dialects::read(source, Dialect::Kramdown, &kramdown::Options::default()));
            }
        });
    });
}

fn guides(criterion: &mut Criterion) {
    let folder = site();
    let paths = [folder.path().to_owned()];
    criterion.bench_function("check 446 guides", |bencher| bencher.iter(|| black_box(check(&paths))));
}

fn configurations(criterion: &mut Criterion) {
    let folder = site();
    for index in 0..CONFIGURATIONS {
        let path = folder.path().join(format!("{index:04}.connector.yaml"));
        std::fs::write(path, generate::configuration(index, GUIDES)).expect("it can be written to");
    }
    let paths = [folder.path().to_owned()];
    criterion.bench_function("check 446 guides and 1,000 configurations", |bencher| {
        bencher.iter(|| black_box(check(&paths)));
    });
}

criterion_group!(benches, parse, guides, configurations);
criterion_main!(benches);
