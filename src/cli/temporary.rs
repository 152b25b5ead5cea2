//! Files that are being written beside those whose place they take: none is left when the run ends.
//!
//! Each is locked while it is written. One that is not is what a run that was killed has left; the next run that
//! writes to its folder removes it.

use std::collections::BTreeSet;
use std::fs::{self, File, TryLockError};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::process;
#[cfg(unix)]
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};

use tempfile::{NamedTempFile, PersistError};

/// The name: this, the number of the process, `-`, some letters, and the end.
const START: &str = ".connlint-";
const END: &str = ".tmp";
const LETTERS: usize = 6;

/// The temporary files of this process.
static OPEN: Mutex<Open> = Mutex::new(Open { files: BTreeSet::new(), folders: BTreeSet::new() });

struct Open {
    files: BTreeSet<PathBuf>,
    /// The folders without files of other runs that are gone.
    folders: BTreeSet<PathBuf>,
}

fn open() -> MutexGuard<'static, Open> {
    OPEN.lock().unwrap_or_else(PoisonError::into_inner)
}

/// After this call, Ctrl-C and a termination signal remove the files first. Elsewhere than on Unix the next run removes
/// them.
pub(super) fn handle_signals() -> io::Result<()> {
    #[cfg(unix)]
    {
        static HANDLED: AtomicBool = AtomicBool::new(false);
        if !HANDLED.swap(true, Ordering::Relaxed) {
            signals::handle()?;
        }
    }
    Ok(())
}

/// A file that replaces another one when it is whole.
#[derive(Debug)]
pub(super) struct Temporary {
    file: NamedTempFile,
    path: PathBuf,
}

impl Temporary {
    /// An empty file in the folder of `target`.
    pub(super) fn beside(target: &Path) -> io::Result<Self> {
        let folder = target.parent().ok_or(io::ErrorKind::NotFound)?;
        handle_signals()?;
        let mut open = open();
        if open.folders.insert(folder.to_owned()) {
            remove_abandoned(folder);
        }
        loop {
            let file = create(folder)?;
            match file.as_file().try_lock() {
                // Another run takes it for an abandoned one: it was not locked yet.
                Err(TryLockError::WouldBlock) => {}
                Ok(()) if !file.path().exists() => {}
                // Where files cannot be locked, none is taken for an abandoned one.
                Ok(()) | Err(TryLockError::Error(_)) => {
                    let path = file.path().to_owned();
                    open.files.insert(path.clone());
                    return Ok(Self { file, path });
                }
            }
        }
    }

    /// Gives the file owner, group and permissions of `target`, if it is there, and writes it to the disk.
    pub(super) fn sync(&self, target: &Path) -> io::Result<()> {
        if let Ok(there) = target.metadata() {
            #[cfg(unix)]
            keep_owner(self.file.as_file(), &there)?;
            self.file.as_file().set_permissions(there.permissions())?;
        }
        self.file.as_file().sync_all()
    }

    /// Moves the file to `target`, which it replaces.
    pub(super) fn persist(self, target: &Path) -> io::Result<()> {
        self.moved(|file| file.persist(target))
    }

    /// Moves the file to `target`, where nothing may be.
    pub(super) fn persist_new(self, target: &Path) -> io::Result<()> {
        self.moved(|file| file.persist_noclobber(target))
    }

    fn moved(self, persist: impl FnOnce(NamedTempFile) -> Result<File, PersistError>) -> io::Result<()> {
        let mut open = open();
        open.files.remove(&self.path);
        persist(self.file).map(drop).map_err(|error| error.error)
    }
}

impl Write for Temporary {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.file.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.flush()
    }
}

fn create(folder: &Path) -> io::Result<NamedTempFile> {
    let mut builder = tempfile::Builder::new();
    // What a new file gets, less what the user's mask takes away; the crate's own default shuts others out.
    #[cfg(unix)]
    builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
    let start = format!("{START}{}-", process::id());
    builder.prefix(&start).suffix(END).rand_bytes(LETTERS).tempfile_in(folder)
}

/// Gives a file the owner and group of another one. Who may not give files away keeps at least the group, if it is
/// one of theirs.
#[cfg(unix)]
fn keep_owner(file: &File, other: &fs::Metadata) -> io::Result<()> {
    use std::os::unix::fs::{MetadataExt, fchown};

    let own = file.metadata()?;
    if (own.uid(), own.gid()) != (other.uid(), other.gid()) {
        let kept = fchown(file, Some(other.uid()), Some(other.gid()));
        let _ = kept.or_else(|_| fchown(file, None, Some(other.gid())));
    }
    Ok(())
}

/// Removes what runs that are gone left in a folder. What cannot be removed does not fail.
fn remove_abandoned(folder: &Path) {
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let is_ours = is_temporary(&entry.file_name().to_string_lossy());
        if is_ours && entry.file_type().is_ok_and(|kind| kind.is_file()) {
            let path = entry.path();
            let file = File::open(&path);
            // It stays locked until it is removed: whoever is about to lock it makes another one.
            if file.as_ref().is_ok_and(|file| file.try_lock().is_ok()) {
                let _ = fs::remove_file(path);
            }
        }
    }
}

/// Whether a name is one that only this program gives.
fn is_temporary(name: &str) -> bool {
    let inner = name.strip_prefix(START).and_then(|rest| rest.strip_suffix(END));
    inner.and_then(|inner| inner.split_once('-')).is_some_and(|(process, letters)| {
        let is_number = !process.is_empty() && process.bytes().all(|byte| byte.is_ascii_digit());
        is_number && letters.len() == LETTERS && letters.bytes().all(|byte| byte.is_ascii_alphanumeric())
    })
}

#[cfg(unix)]
mod signals {
    use std::sync::Arc;
    use std::sync::atomic::AtomicBool;
    use std::{fs, io, process, thread};

    use signal_hook::consts::{SIGINT, SIGTERM};
    use signal_hook::flag;
    use signal_hook::iterator::Signals;

    pub(super) fn handle() -> io::Result<()> {
        for signal in [SIGINT, SIGTERM] {
            // A second one does not wait for a disk that does not answer.
            let again = Arc::new(AtomicBool::new(false));
            flag::register_conditional_shutdown(signal, code(signal), Arc::clone(&again))?;
            flag::register(signal, again)?;
        }
        let mut signals = Signals::new([SIGINT, SIGTERM])?;
        thread::spawn(move || signals.forever().for_each(end));
        Ok(())
    }

    #[allow(clippy::exit, reason = "a signal ends the process wherever it is")]
    fn end(signal: i32) {
        // Held to the end: no file is created or moved meanwhile.
        let open = super::open();
        for path in &open.files {
            let _ = fs::remove_file(path);
        }
        process::exit(code(signal));
    }

    /// The exit code that shells give a program that a signal ended.
    fn code(signal: i32) -> i32 {
        128 + signal
    }
}
