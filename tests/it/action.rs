//! The action: downloads and verifies a release, refuses a changed one, and checks with arguments line by line.

#![cfg(unix)]
#![allow(clippy::unwrap_used, clippy::disallowed_methods, reason = "a test reads the files and may panic")]

use std::path::Path;
use std::process::{Command, Output};

use tempfile::TempDir;

const PROJECT: &str = env!("CARGO_MANIFEST_DIR");
const ARCHIVE: &str = "connlint-x86_64-unknown-linux-gnu.tar.gz";

fn shell(script: &str, folder: &Path) -> String {
    let output = Command::new("bash").args(["-euc", script]).current_dir(folder).output().unwrap();
    assert!(output.status.success(), "{script}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

/// A folder with the files of release 9.9.9: an archive whose program prints its name, and the list of checksums.
fn release() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    shell(
        &format!(
            "mkdir -p v9.9.9 connlint-x86_64-unknown-linux-gnu
             printf '#!/bin/sh\\necho released\\n' >connlint-x86_64-unknown-linux-gnu/connlint
             chmod 755 connlint-x86_64-unknown-linux-gnu/connlint
             tar --create --gzip --file v9.9.9/{ARCHIVE} connlint-x86_64-unknown-linux-gnu
             cd v9.9.9 && if command -v sha256sum >/dev/null; then sha256sum {ARCHIVE}; else shasum -a 256 {ARCHIVE}; fi >checksums.txt"
        ),
        folder.path(),
    );
    folder
}

fn install(releases: &Path, runner: &Path, version: &str) -> Output {
    Command::new(Path::new(PROJECT).join(".github/action/install.sh"))
        .env("INPUT_VERSION", version)
        .env("RELEASES", format!("file://{}", releases.display()))
        .env("RUNNER_OS", "Linux")
        .env("RUNNER_ARCH", "X64")
        .env("RUNNER_TEMP", runner)
        .env("GITHUB_PATH", runner.join("path"))
        .env("GITHUB_ACTION_PATH", PROJECT)
        .output()
        .unwrap()
}

#[test]
fn a_release_is_downloaded_and_put_on_the_path() {
    let (releases, runner) = (release(), tempfile::tempdir().unwrap());
    for version in ["9.9.9", "v9.9.9"] {
        let output = install(releases.path(), runner.path(), version);
        assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
    }
    let path = std::fs::read_to_string(runner.path().join("path")).unwrap();
    assert_eq!(shell("./connlint", Path::new(path.lines().next().unwrap())), "released\n");
}

#[test]
fn a_changed_archive_is_refused() {
    let (releases, runner) = (release(), tempfile::tempdir().unwrap());
    shell(&format!("printf x >>v9.9.9/{ARCHIVE}"), releases.path());
    let output = install(releases.path(), runner.path(), "9.9.9");
    assert_eq!(output.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&output.stderr).contains("wrong checksum"));
    assert!(!runner.path().join("path").exists());
}

#[test]
fn a_missing_release_and_a_version_that_is_none_are_refused() {
    let (releases, runner) = (release(), tempfile::tempdir().unwrap());
    for version in ["1.2.3", "../../etc", "9.9.9; true"] {
        assert_eq!(install(releases.path(), runner.path(), version).status.code(), Some(2), "{version}");
    }
}

#[test]
fn arguments_are_taken_line_by_line() {
    let runner = tempfile::tempdir().unwrap();
    let site = tempfile::tempdir().unwrap();
    let name = "a page.connector.yaml";
    std::fs::copy(Path::new(PROJECT).join("fixtures/pipedrive/bad.connector.yaml"), site.path().join(name)).unwrap();
    let programs = Path::new(env!("CARGO_BIN_EXE_connlint")).parent().unwrap();
    let path = format!("{}:{}", programs.display(), std::env::var("PATH").unwrap());
    let output = Command::new(Path::new(PROJECT).join(".github/action/check.sh"))
        .env("INPUT_ARGUMENTS", format!("--severity\ninfo\n\n{name}\n"))
        .env("INPUT_SARIF_FILE", runner.path().join("report.sarif"))
        .env("GITHUB_STEP_SUMMARY", runner.path().join("summary"))
        .env("GITHUB_OUTPUT", runner.path().join("output"))
        .env("PATH", path)
        .current_dir(site.path())
        .output()
        .unwrap();
    let text = String::from_utf8(output.stdout).unwrap();
    assert_eq!(output.status.code(), Some(1), "{text}{}", String::from_utf8_lossy(&output.stderr));
    assert!(text.contains("::error file=a page.connector.yaml,"), "{text}");
    let written = |name: &str| std::fs::read_to_string(runner.path().join(name)).unwrap();
    assert_eq!(written("output"), "exit-code=1\n");
    let heading = format!("### `{name}`");
    assert_eq!(written("summary").matches(&heading).count(), 1, "{}", written("summary"));
    assert!(written("report.sarif").contains("\"2.1.0\""));
}
