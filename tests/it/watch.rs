//! `--watch`: what is saved is checked at once, and so is what depends on it.

#![allow(clippy::disallowed_methods, reason = "the tests write the files that are watched")]

use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::time::{Duration, Instant};

/// What is promised for a saved mistake.
const SOON: Duration = Duration::from_millis(200);

/// How often a machine that is busy with other things may try.
const TRIES: usize = 20;

const RIGHT: &str = "Connector: acme-connector\nAuthType: Basic\n";
const WRONG: &str = "Connector: acme-connector\nAuthType: Bsaic\n";

/// A run that watches, and the lines that it prints on both streams.
struct Watching {
    child: Child,
    lines: Receiver<String>,
}

impl Watching {
    fn start(folder: &Path, arguments: &[&str]) -> Self {
        let mut child = Command::new(env!("CARGO_BIN_EXE_connlint"))
            .current_dir(folder)
            .args(["check", "--watch", "--format", "concise"])
            .args(arguments)
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("it starts");
        let (sender, lines) = channel();
        let streams: [Box<dyn std::io::Read + Send>; 2] =
            [Box::new(child.stdout.take().expect("a pipe")), Box::new(child.stderr.take().expect("a pipe"))];
        for stream in streams {
            let sender = sender.clone();
            std::thread::spawn(move || {
                for line in BufReader::new(stream).lines().map_while(Result::ok) {
                    let _ = sender.send(line);
                }
            });
        }
        let watching = Self { child, lines };
        watching.wait_for("waiting for changes");
        watching
    }

    /// Waits for a line that contains `part`, and drops those before it.
    fn wait_for(&self, part: &str) {
        let end = Instant::now() + Duration::from_secs(30);
        while let Ok(line) = self.lines.recv_timeout(end.saturating_duration_since(Instant::now())) {
            if line.contains(part) {
                return;
            }
        }
        panic!("`{part}` was never said");
    }
}

impl Drop for Watching {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

#[test]
fn a_saved_mistake_shows_at_once() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.connector.yaml");
    std::fs::write(&path, RIGHT).unwrap();
    let watching = Watching::start(folder.path(), &["--severity", "error"]);
    let mut best = Duration::MAX;
    for _ in 0..TRIES {
        let saved = Instant::now();
        std::fs::write(&path, WRONG).unwrap();
        watching.wait_for("config/invalid-value");
        best = best.min(saved.elapsed());
        watching.wait_for(" in 1 file");
        if best < SOON {
            break;
        }
        std::fs::write(&path, RIGHT).unwrap();
        watching.wait_for("Checked 1 file: no findings");
    }
    assert!(best < SOON, "{best:?}");
}

#[test]
fn new_files_and_replaced_ones_are_checked() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("a.connector.yaml"), RIGHT).unwrap();
    let watching = Watching::start(folder.path(), &[]);
    std::fs::create_dir(folder.path().join("new")).unwrap();
    std::fs::write(folder.path().join("new/b.connector.yaml"), WRONG).unwrap();
    watching.wait_for("new/b.connector.yaml:2:11: error[config/invalid-value]");
    // As many editors save.
    std::fs::write(folder.path().join("saving"), WRONG).unwrap();
    std::fs::rename(folder.path().join("saving"), folder.path().join("a.connector.yaml")).unwrap();
    watching.wait_for("a.connector.yaml:2:11: error[config/invalid-value]");
}

#[test]
fn a_change_of_the_settings_counts_even_outside_and_a_mistake_in_them_is_told() {
    let folder = tempfile::tempdir().unwrap();
    let settings = folder.path().join("connlint.toml");
    std::fs::write(&settings, "").unwrap();
    std::fs::create_dir(folder.path().join("docs")).unwrap();
    std::fs::write(folder.path().join("docs/a.connector.yaml"), WRONG).unwrap();
    let watching = Watching::start(folder.path(), &["docs"]);
    std::fs::write(&settings, "[rules]\nconfig = \"of\"\n").unwrap();
    watching.wait_for("cannot be used");
    std::fs::write(&settings, "[rules]\nconfig = \"off\"\n").unwrap();
    watching.wait_for("Checked 1 file: no findings");
}

#[test]
fn what_cannot_be_watched_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("a.connector.yaml"), RIGHT).unwrap();
    for wrong in [&["--fix"][..], &["--output", "report.txt"], &["--format", "sarif:out.sarif"], &["-"], &["missing"]] {
        let output = Command::new(env!("CARGO_BIN_EXE_connlint"))
            .current_dir(folder.path())
            .args(["check", "--watch"])
            .args(wrong)
            .stdin(Stdio::null())
            .output()
            .unwrap();
        assert_eq!(output.status.code(), Some(2), "{wrong:?}");
        assert!(!output.stderr.is_empty(), "{wrong:?}");
    }
}

#[test]
fn settings_that_appear_above_count_at_once() {
    let folder = tempfile::tempdir().unwrap();
    let inner = folder.path().join("inner");
    std::fs::create_dir(&inner).unwrap();
    std::fs::write(inner.join("a.connector.yaml"), WRONG).unwrap();
    let watching = Watching::start(folder.path(), &["inner"]);
    std::fs::write(folder.path().join("other.txt"), "").unwrap();
    std::fs::write(folder.path().join("connlint.toml"), "[rules]\nconfig = \"off\"\n").unwrap();
    watching.wait_for("Checked 1 file: no findings");
}

/// A report that is written below the folder would start the run again and again.
#[test]
fn the_report_of_the_run_itself_is_no_change() {
    let folder = tempfile::tempdir().expect("a folder");
    std::fs::write(folder.path().join("a.connector.yaml"), WRONG).expect("it can be written");
    for name in ["out.txt", "out.json"] {
        let out = std::fs::File::create(folder.path().join(name)).expect("it can be made");
        let mut child = Command::new(env!("CARGO_BIN_EXE_connlint"))
            .current_dir(folder.path())
            .args(["check", "--watch", "--format", "concise", "."])
            .stdout(out)
            .stderr(Stdio::null())
            .spawn()
            .expect("it starts");
        let runs = || {
            let text = std::fs::read_to_string(folder.path().join(name)).expect("it can be read");
            text.matches("Found ").count()
        };
        let end = Instant::now() + Duration::from_secs(30);
        while runs() == 0 && Instant::now() < end {
            std::thread::sleep(SOON);
        }
        std::thread::sleep(5 * SOON);
        let idle = runs();
        std::fs::write(folder.path().join("notes.txt"), "made").expect("it can be written");
        std::thread::sleep(2 * SOON);
        let made = runs();
        std::fs::write(folder.path().join("notes.txt"), "changed").expect("it can be written");
        std::thread::sleep(2 * SOON);
        let changed = runs();
        child.kill().expect("it runs");
        child.wait().expect("it ends");
        assert_eq!(idle, 1, "{name}");
        assert_eq!(made, changed, "{name}: no run reads the notes");
    }
}
