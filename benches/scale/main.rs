//! How time and memory grow with the size of a file, for each construct that a file can be made of.
//!
//! `cargo bench --bench scale` prints for each construct the exponent of the time between two sizes (1 is linear)
//! and, on Linux, the most memory per byte of the file. It exits with 1 if an exponent is over the bar. An argument
//! picks the constructs whose names contain it.

#![allow(clippy::print_stdout, missing_docs, reason = "a benchmark prints what it measured")]

mod constructs;

use std::process::{Command, ExitCode};
use std::time::Instant;

use connlint::engine::{self, Filter};
use connlint::profile::Profile;
use connlint::report::{Format, Renderer, Sources, Terminal};
use connlint::settings::Settings;
use connlint::source::{FileId, SourceFile};
use connlint::workspace::Workspace;
use constructs::CONSTRUCTS;

/// The binary's allocator, for the binary's figures.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// How often a construct is repeated.
const SIZES: [usize; 2] = [8_000, 64_000];

/// The greatest exponent that passes.
const BAR: f64 = 1.15;

/// Tells a process of its own what to measure: construct and size.
const MEASURE: &str = "--measure";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).filter(|argument| argument != "--bench").collect();
    if let [measure, name, size] = &arguments[..]
        && measure == MEASURE
    {
        return measure_here(name, size);
    }
    let wanted = arguments.first().map_or("", String::as_str);
    let mut passes = true;
    for (name, _, _) in CONSTRUCTS.iter().filter(|(name, _, _)| name.contains(wanted)) {
        let [small, large] = SIZES.map(|size| measured(name, size));
        let (Some(small), Some(large)) = (small, large) else {
            println!("{name:32} no figures");
            passes = false;
            continue;
        };
        let exponent = (large.seconds / small.seconds).ln() / (large.bytes / small.bytes).ln();
        let over = exponent > BAR;
        passes &= !over;
        let memory = large.memory.map_or_else(|| "?".to_owned(), |memory| format!("{:.0}", memory / large.bytes));
        let mark = if over { "  over the bar" } else { "" };
        println!("{name:32} exponent {exponent:5.2}  {:8.1} ms  memory {memory:>4} x{mark}", large.seconds * 1e3);
    }
    ExitCode::from(u8::from(!passes))
}

/// What was measured of a file.
struct Figures {
    seconds: f64,
    bytes: f64,
    /// The most memory in use beyond that of an empty file, in bytes.
    memory: Option<f64>,
}

/// Measures in a process of its own, whose memory nothing else was in.
fn measured(name: &str, size: usize) -> Option<Figures> {
    let program = std::env::current_exe().ok()?;
    let output = Command::new(program).args([MEASURE, name, &size.to_string()]).output().ok()?;
    let text = String::from_utf8(output.stdout).ok()?;
    let mut numbers = text.split_whitespace().map(|number| number.parse::<f64>().ok());
    let (seconds, bytes) = (numbers.next()??, numbers.next()??);
    Some(Figures { seconds, bytes, memory: numbers.next().flatten() })
}

fn measure_here(name: &str, size: &str) -> ExitCode {
    let construct = CONSTRUCTS.iter().find(|(known, _, _)| *known == name);
    let (Some((_, path, text)), Ok(size)) = (construct, size.parse::<usize>()) else { return ExitCode::from(2) };
    // What is made once for the whole run is no part of a file's time.
    check(path, text(8));
    let before = peak();
    let text = text(size);
    let bytes = text.len();
    let start = Instant::now();
    check(path, text);
    let seconds = start.elapsed().as_secs_f64();
    let memory = peak().zip(before).map_or_else(String::new, |(peak, before)| (peak - before).to_string());
    println!("{seconds} {bytes} {memory}");
    ExitCode::SUCCESS
}

struct Own(std::sync::Arc<SourceFile>);

impl Sources for Own {
    fn source(&self, _: FileId) -> std::sync::Arc<SourceFile> {
        self.0.clone()
    }
}

/// Checks a file and makes a report of what was found.
fn check(path: &str, text: String) {
    let settings = Settings { severity: connlint::diagnostic::Severity::Info, ..Settings::default() };
    let workspace = Workspace::open(Profile::builtin(), &[], vec![(path.to_owned(), text.into_bytes())])
        .expect("a file in memory can be opened");
    let renderer = Renderer::new(Format::Concise, Terminal::default());
    let render = |checked: engine::Checked| renderer.file(&checked.diagnostics, &Own(checked.source.clone())).len();
    engine::run(&workspace, &settings, &mut Filter::default(), render, |_| {}).expect("a file in memory can be read");
}

/// The most memory that the process had in use, in bytes.
#[allow(clippy::disallowed_methods, reason = "the kernel tells it in a file")]
fn peak() -> Option<f64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    Some(line.trim().strip_suffix("kB")?.trim().parse::<f64>().ok()? * 1024.0)
}
