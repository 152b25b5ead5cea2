//! How time and memory grow with the size of a file, for each construct that a file can be made of.
//!
//! `cargo bench --bench scale` prints for each construct the time of each size, the greatest exponent of the time
//! between two sizes (1 is linear) and, on Linux, the most memory per byte of the file. It exits with 1 if an exponent
//! or the memory is over the bar, or a file takes too long. An argument picks the constructs whose names contain it; it
//! exits with 2 if none does.

#![allow(clippy::print_stdout, missing_docs, reason = "a benchmark prints what it measured")]

mod constructs;

use std::io::Read;
use std::process::{Command, ExitCode, Stdio};
use std::time::{Duration, Instant};

use connlint::testing::Settings;
use connlint::testing::engine::{self, Filter};
use connlint::testing::profile::Profile;
use connlint::testing::report::{Format, Renderer, Sources, Terminal};
use connlint::testing::source::{FileId, Size, SourceFile};
use connlint::testing::workspace::{Options, Workspace};
use constructs::{CONSTRUCTS, Construct, FILES};

/// The binary's allocator, for the binary's figures.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// How often a construct is repeated.
const SIZES: &[usize] = &[2_000, 8_000, 64_000];

/// How large files of usual text are, in bytes.
const FILE_SIZES: &[usize] = &[1_000_000, 16_000_000];

/// The greatest exponent that passes.
const BAR: f64 = 1.15;

/// The most bytes of memory per byte of a file of usual text that pass.
const MEMORY_BAR: f64 = 12.0;

/// What takes longer is stopped.
const LIMIT: Duration = Duration::from_mins(1);

/// A time below it says nothing about growth, in seconds.
const NOISE: f64 = 0.002;

/// Asks a process of its own to measure: construct and size.
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
    let mut count = 0;
    for (constructs, sizes, memory_bar) in [(FILES, FILE_SIZES, Some(MEMORY_BAR)), (CONSTRUCTS, SIZES, None)] {
        for (name, _, _) in constructs.iter().filter(|(name, _, _)| name.contains(wanted)) {
            passes &= report(name, sizes, memory_bar);
            count += 1;
        }
    }
    if count == 0 {
        println!("no construct has `{wanted}` in its name");
        return ExitCode::from(2);
    }
    ExitCode::from(u8::from(!passes))
}

/// Measures a construct and prints the figures; whether they pass.
fn report(name: &str, sizes: &[usize], memory_bar: Option<f64>) -> bool {
    let mut all: Vec<Figures> = Vec::new();
    for size in sizes {
        match measured(name, *size) {
            Some(figures) => all.push(figures),
            None => break,
        }
    }
    let pairs = all.windows(2).filter(|pair| pair[0].seconds > NOISE);
    let exponent = pairs.map(|pair| exponent(&pair[0], &pair[1])).fold(0.0, f64::max);
    let times: Vec<String> = all.iter().map(|figures| format!("{:9.1}", figures.seconds * 1e3)).collect();
    let times = times.concat();
    let memory = all.last().and_then(|last| last.memory.map(|memory| memory / last.bytes));
    let finished = all.len() == sizes.len();
    let passes = finished && exponent <= BAR && memory_bar.zip(memory).is_none_or(|(bar, memory)| memory <= bar);
    let end = if finished { "" } else { " stopped" };
    let memory = memory.map_or_else(|| "?".to_owned(), |memory| format!("{memory:.0}"));
    let mark = if passes { "" } else { "  over the bar" };
    println!("{name:32} exponent {exponent:5.2}  ms {times}{end}  memory {memory:>4} x{mark}");
    passes
}

/// How time grows from one file to a larger one: 1 is linear.
fn exponent(small: &Figures, large: &Figures) -> f64 {
    (large.seconds / small.seconds).ln() / (large.bytes / small.bytes).ln()
}

/// What was measured of a file.
struct Figures {
    seconds: f64,
    bytes: f64,
    /// The most memory in use beyond that of an empty file, in bytes.
    memory: Option<f64>,
}

/// Measures in a process of its own, whose memory nothing else was in. `None` if it fails or takes too long.
fn measured(name: &str, size: usize) -> Option<Figures> {
    let program = std::env::current_exe().ok()?;
    let arguments = [MEASURE, name, &size.to_string()];
    let mut child = Command::new(program).args(arguments).stdout(Stdio::piped()).stderr(Stdio::null()).spawn().ok()?;
    let start = Instant::now();
    while child.try_wait().ok()?.is_none() {
        if start.elapsed() > LIMIT {
            child.kill().ok()?;
            child.wait().ok()?;
            return None;
        }
        std::thread::sleep(Duration::from_millis(5));
    }
    let mut text = String::new();
    child.stdout?.read_to_string(&mut text).ok()?;
    let mut numbers = text.split_whitespace().map(|number| number.parse::<f64>().ok());
    let (seconds, bytes) = (numbers.next()??, numbers.next()??);
    Some(Figures { seconds, bytes, memory: numbers.next().flatten() })
}

fn measure_here(name: &str, size: &str) -> ExitCode {
    let construct: Option<&Construct> = CONSTRUCTS.iter().chain(FILES).find(|(known, _, _)| *known == name);
    let (Some((_, path, text)), Ok(size)) = (construct, size.parse::<usize>()) else { return ExitCode::from(2) };
    // What is made once for the whole run is not part of a file's time.
    check(path, text(8));
    let before = peak();
    let text = text(size);
    let bytes = text.len();
    let (start, worked) = (Instant::now(), work());
    check(path, text);
    let elapsed = || start.elapsed().as_secs_f64();
    let seconds = work().zip(worked).map_or_else(elapsed, |(end, start)| end - start);
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

/// Checks a file and makes reports of what was found.
fn check(path: &str, text: String) {
    let settings = Settings { severity: connlint::testing::diagnostic::Severity::Info, ..Settings::default() };
    let options = Options { max_file_size: Size::MAX, ..Profile::builtin().into() };
    let workspace = Workspace::open(options, &[], vec![(path.to_owned(), text.into_bytes())])
        .expect("a file in memory can be opened");
    let renderers = [Format::Full, Format::Json].map(|format| Renderer::new(format, Terminal::default()));
    let render = |checked: engine::Checked| {
        let own = Own(checked.source.clone());
        renderers.map(|renderer| renderer.file(&checked.diagnostics, &own).text().len())
    };
    engine::run(&workspace, &settings, &mut Filter::default(), render, |_| {}).expect("a file in memory can be read");
}

/// How long the threads of the process have worked, in seconds: other programs on the machine do not count.
#[allow(clippy::disallowed_methods, reason = "the kernel reports it in files")]
fn work() -> Option<f64> {
    // The kernel counts a thread's time when it rests, else at every tick, which is too seldom.
    std::thread::sleep(Duration::from_micros(50));
    let tasks = std::fs::read_dir("/proc/self/task").ok()?.filter_map(Result::ok);
    let nanoseconds = tasks.filter_map(|task| {
        let text = std::fs::read_to_string(task.path().join("schedstat")).ok()?;
        text.split_whitespace().next()?.parse::<f64>().ok()
    });
    Some(nanoseconds.sum::<f64>() / 1e9)
}

/// The most memory that the process had in use, in bytes.
#[allow(clippy::disallowed_methods, reason = "the kernel reports it in a file")]
fn peak() -> Option<f64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    Some(line.trim().strip_suffix("kB")?.trim().parse::<f64>().ok()? * 1024.0)
}
