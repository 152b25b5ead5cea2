//! The binary: hands the arguments to the command line and exits with its code.

/// Checking a page makes thousands of small allocations on each thread; the system's allocator takes a
/// tenth of the whole run longer for them.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> std::process::ExitCode {
    connlint::cli::run(std::env::args_os())
}
