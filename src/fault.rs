//! Faults of the program itself: a panic ends the work at one file and not the run.
//!
//! What a panic says may quote the file that was read, so it is not printed: all that is kept is the location in
//! the program.

use std::cell::{Cell, RefCell};
use std::panic::{self, AssertUnwindSafe};

thread_local! {
    /// How many guards this thread is in.
    static GUARDS: Cell<usize> = const { Cell::new(0) };
    /// Where the last panic of this thread was.
    static PLACE: RefCell<Option<String>> = const { RefCell::new(None) };
}

/// Work that was given up.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// Where in the program: file, line and column. Known only once the process [listens](listen).
    pub place: Option<String>,
}

impl std::fmt::Display for Fault {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match &self.place {
            Some(place) => write!(out, "internal error in connlint ({place})"),
            None => out.write_str("internal error in connlint"),
        }
    }
}

/// After this call, panics of the whole process print nothing. Those outside of every [`guard`] are reported to `say`.
pub fn listen(say: impl Fn(&Fault) + Send + Sync + 'static) {
    panic::set_hook(Box::new(move |info| {
        let place = info.location().map(|at| format!("{}:{}:{}", in_crate(at.file()), at.line(), at.column()));
        if GUARDS.get() > 0 {
            PLACE.set(place);
        } else {
            say(&Fault { place });
        }
    }));
}

/// Does `work`; a panic in it becomes a fault.
pub fn guard<T>(work: impl FnOnce() -> T) -> Result<T, Fault> {
    GUARDS.set(GUARDS.get() + 1);
    // Nothing that the work left half done is looked at again: it is dropped, or remade from the file.
    let done = panic::catch_unwind(AssertUnwindSafe(work));
    GUARDS.set(GUARDS.get() - 1);
    done.map_err(|_| Fault { place: PLACE.take() })
}

/// Lets the tests see what becomes of a fault. Releases never do it, and neither do fuzz targets, which would find it.
///
/// # Panics
/// In builds with debug assertions, where the text asks for it; with the text in the message.
pub fn provoke(text: &str) {
    assert!(!(CAN_BE_PROVOKED && text.contains("connlint-test: fault")), "{text}");
}

/// Like [`provoke`], in one rule.
///
/// # Panics
/// In builds with debug assertions, where the text asks for it; with the text in the message.
pub fn provoke_in(rule: &str, text: &str) {
    assert!(!(CAN_BE_PROVOKED && text.contains(&format!("connlint-test: {rule} fails"))), "{text}");
}

const CAN_BE_PROVOKED: bool = cfg!(all(debug_assertions, not(fuzzing)));

/// The path of a source file without the folders of the machine that built the program.
fn in_crate(path: &str) -> &str {
    let start = ["/registry/src/", "/rustc/"].into_iter().find_map(|part| Some(path.find(part)? + part.len()));
    start.and_then(|start| path[start..].split_once('/')).map_or(path, |(_, path)| path)
}
