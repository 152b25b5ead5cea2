//! The lines that changed since a revision.
//!
//! Git's plumbing gives the revision's files; they are compared with the files on disk here. Git itself never
//! reads the working tree, so no filter, hook, monitor or external program of the repository's configuration runs.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;
use std::io::{self, BufRead, BufReader, Read, Write};
use std::ops::RangeInclusive;
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdout, Command, Stdio};
use std::sync::{Mutex, PoisonError};

use similar::{Algorithm, DiffOp, capture_diff_slices};

use crate::diagnostic::Finding;
use crate::paths;
use crate::source::{FileId, SourceFile, Span};

/// What changed in the working tree since a revision.
#[derive(Debug)]
pub struct Changes {
    /// The top folder of the working tree.
    top: PathBuf,
    /// The names of the texts of the revision, by their paths from the top, renamed files by the new ones; any other
    /// file is new as a whole.
    before: BTreeMap<String, String>,
    compared: Mutex<Compared>,
}

/// The files that were asked for.
#[derive(Debug)]
struct Compared {
    /// Their changed lines, counted from 1.
    lines: BTreeMap<PathBuf, Vec<RangeInclusive<u32>>>,
    reader: Option<Reader>,
}

/// Why the changes are unknown.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// Git could not be started.
    #[error("cannot run `git`: {0}")]
    NoGit(std::io::Error),
    /// The text names no commit.
    #[error("unknown Git revision `{0}`{hint}", hint = with_three_dots(.0))]
    NoRevision(String),
    #[error("the repository has no commit")]
    NoCommit,
    /// The clone lacks the commits that are needed to find the revision or the merge base.
    #[error(
        "unknown Git revision `{0}`: the clone is shallow; fetch the whole history \
         (`fetch-depth: 0` for `actions/checkout`, `git fetch --unshallow`)"
    )]
    Shallow(String),
    /// The revision and the current commit have no common ancestor.
    #[error("`{0}` and the current commit have no common ancestor")]
    NoMergeBase(String),
    /// The clone lacks the text that a file had.
    #[error("the clone lacks the earlier text of `{0}`: clone without `--filter`")]
    Missing(String),
    /// Git refused: its own words.
    #[error("Git cannot list the changes: {0}")]
    Refused(String),
}

/// What may have been meant by two dots.
fn with_three_dots(revision: &str) -> String {
    let sides = revision.split_once("..").filter(|_| !revision.contains("..."));
    sides.map_or_else(String::new, |(a, b)| format!("; did you mean `{a}...{b}`?"))
}

impl Changes {
    /// Finds what changed under `paths` between the files as they are now and the merge base of `revision` and the
    /// current commit, or that of both sides of `A...B`.
    ///
    /// # Errors
    /// Git is missing, the paths are in no repository or in several, or the revision is unknown.
    pub fn since(revision: &str, paths: &[PathBuf]) -> Result<Self, Error> {
        let paths: Vec<PathBuf> = paths.iter().map(|path| paths::absolute(path)).collect();
        let first = paths.first().cloned().unwrap_or_else(|| paths::absolute(Path::new("")));
        let folder = if first.is_dir() { first.as_path() } else { first.parent().unwrap_or(&first) };
        // The way up rather than the top itself, which Git gives with symbolic links resolved.
        let up = git(folder, &["rev-parse", "--show-cdup"], &[])?;
        let top = paths::absolute(&folder.join(text(&up).trim()));
        let base = merge_base(&top, revision)?;
        let listed = git(&top, &["ls-tree", "-r", "-z", "--full-tree", &base], &[])?;
        let mut before: BTreeMap<String, String> = fields(&listed).filter_map(|entry| blob(&entry)).collect();
        for (old, new) in renames(&git(&top, &["diff-index", "--cached", "--raw", "-z", "-M", &base], &[])?) {
            if let Some(oid) = before.get(&old).cloned() {
                before.insert(new, oid);
            }
        }
        // Git refuses paths of other repositories.
        git(&top, &["ls-files", "-z"], &paths)?;
        let compared = Mutex::new(Compared { lines: BTreeMap::new(), reader: None });
        Ok(Self { top, before, compared })
    }

    /// Whether a finding is on a changed line of its file, or points to one there.
    pub fn touch(&self, source: &SourceFile, finding: &Finding) -> Result<bool, Error> {
        let mut compared = self.compared.lock().unwrap_or_else(PoisonError::into_inner);
        let Compared { lines, reader } = &mut *compared;
        let changed = match lines.entry(source.path().into()) {
            Entry::Occupied(known) => known.into_mut(),
            Entry::Vacant(unknown) => unknown.insert(self.changed(source, reader)?),
        };
        let touches = |span: Span| {
            let last = span.end.saturating_sub(1).max(span.start);
            let (first, last) = (source.line(span.start), source.line(last));
            changed.iter().any(|lines| *lines.start() <= last && first <= *lines.end())
        };
        let places = std::iter::once(&finding.primary).chain(&finding.labels).map(|label| label.span);
        Ok(places.filter(|span| span.file == source.id()).any(touches))
    }

    /// The lines of a file that differ from its text in the revision.
    fn changed(&self, source: &SourceFile, reader: &mut Option<Reader>) -> Result<Vec<RangeInclusive<u32>>, Error> {
        let path = paths::absolute(Path::new(source.path()));
        // Git keeps a linked file under the path that the link leads to.
        let (top, path) = match (self.top.canonicalize(), path.canonicalize()) {
            (Ok(top), Ok(path)) => (top, path),
            _ => (self.top.clone(), path),
        };
        let Some(oid) = self.before.get(&paths::relative(&top, &path)) else { return Ok(vec![1..=u32::MAX]) };
        let before = self.read(oid, reader).map_err(|error| Error::Refused(error.to_string()))?;
        let before = before.ok_or_else(|| Error::Missing(source.path().to_owned()))?;
        let before = SourceFile::from_bytes(FileId::default(), source.path(), before);
        // Line endings may be converted on checkout.
        let [old, new] = [&before, source].map(|file| file.text().lines().collect::<Vec<_>>());
        Ok(capture_diff_slices(Algorithm::Myers, &old, &new).iter().filter_map(lines_of).collect())
    }

    /// The text with a name, read by one run of Git for all; `None` if the repository does not have it.
    fn read(&self, oid: &str, reader: &mut Option<Reader>) -> io::Result<Option<Vec<u8>>> {
        match reader {
            Some(reader) => reader.read(oid),
            None => reader.insert(Reader::start(&self.top)?).read(oid),
        }
    }
}

/// A run of Git that answers the name of a text with the text.
#[derive(Debug)]
struct Reader {
    process: Child,
    answers: BufReader<ChildStdout>,
}

impl Reader {
    fn start(top: &Path) -> io::Result<Self> {
        let mut command = command(top, &["cat-file", "--batch"]);
        let mut process = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null()).spawn()?;
        let answers = process.stdout.take().ok_or(io::ErrorKind::BrokenPipe)?;
        Ok(Self { process, answers: BufReader::new(answers) })
    }

    /// The text with a name; `None` if the repository does not have it.
    fn read(&mut self, oid: &str) -> io::Result<Option<Vec<u8>>> {
        let questions = self.process.stdin.as_mut().ok_or(io::ErrorKind::BrokenPipe)?;
        writeln!(questions, "{oid}")?;
        questions.flush()?;
        // `NAME blob SIZE`, then the text and a line break; or `NAME missing`.
        let mut head = String::new();
        self.answers.read_line(&mut head)?;
        let Some(size) = head.trim_end().strip_prefix(&format!("{oid} blob ")) else {
            return if head.ends_with(" missing\n") { Ok(None) } else { Err(io::ErrorKind::InvalidData.into()) };
        };
        let size: usize = size.parse().map_err(io::Error::other)?;
        let mut blob = Vec::new();
        self.answers.by_ref().take(size as u64 + 1).read_to_end(&mut blob)?;
        if blob.pop() != Some(b'\n') || blob.len() != size {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        Ok(Some(blob))
    }
}

impl Drop for Reader {
    fn drop(&mut self) {
        // It only waits for the next name, or writes what is not read any more.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// The lines that a difference adds or changes; where lines were only removed, the two lines around the gap: what
/// is wrong now that something is missing is found there.
fn lines_of(op: &DiffOp) -> Option<RangeInclusive<u32>> {
    let new = op.new_range();
    match op {
        DiffOp::Equal { .. } => None,
        DiffOp::Delete { .. } => Some(new.start as u32..=new.start as u32 + 1),
        DiffOp::Insert { .. } | DiffOp::Replace { .. } => Some(new.start as u32 + 1..=new.end as u32),
    }
}

/// The commit to compare with.
fn merge_base(top: &Path, revision: &str) -> Result<String, Error> {
    if revision.trim().is_empty() {
        return Err(Error::NoRevision(revision.to_owned()));
    }
    let or_head = |side: &str| if side.is_empty() { "HEAD".to_owned() } else { side.to_owned() };
    let (a, b) = revision.split_once("...").unwrap_or((revision, "HEAD"));
    let [a, b] = [commit(top, revision, &or_head(a))?, commit(top, revision, &or_head(b))?];
    let base = git(top, &["merge-base", &a, &b], &[]).map_err(|error| match error {
        Error::Refused(_) if is_shallow(top) => Error::Shallow(revision.to_owned()),
        Error::Refused(_) => Error::NoMergeBase(revision.to_owned()),
        other => other,
    })?;
    Ok(text(&base).trim().to_owned())
}

/// The name of the commit that one side of a revision names.
fn commit(top: &Path, revision: &str, side: &str) -> Result<String, Error> {
    let commit = format!("{side}^{{commit}}");
    let commit = git(top, &["rev-parse", "--verify", "--quiet", "--end-of-options", &commit], &[]);
    let commit = commit.map_err(|error| match error {
        Error::Refused(_) if is_shallow(top) => Error::Shallow(revision.to_owned()),
        Error::Refused(_) if git(top, &["rev-list", "-n1", "--all"], &[]).is_ok_and(|commits| commits.is_empty()) => {
            Error::NoCommit
        }
        Error::Refused(_) => Error::NoRevision(revision.to_owned()),
        other => other,
    })?;
    Ok(text(&commit).trim().to_owned())
}

fn is_shallow(top: &Path) -> bool {
    git(top, &["rev-parse", "--is-shallow-repository"], &[]).is_ok_and(|answer| text(&answer).trim() == "true")
}

/// Path and name of a file in a line of `git ls-tree`: `100644 blob NAME`, a tab, the path. The mode of a link is
/// `120000`.
fn blob(entry: &str) -> Option<(String, String)> {
    let (head, path) = entry.split_once('\t')?;
    let name = head.split(' ').nth(2).filter(|_| head.contains(" blob ") && !head.starts_with("120000 "))?;
    Some((path.to_owned(), name.to_owned()))
}

/// Old and new paths of renamed files in the raw output of `git diff-index`: a field that ends with the status, then
/// one path, for a rename two.
fn renames(raw: &[u8]) -> Vec<(String, String)> {
    let mut fields = fields(raw);
    let mut renamed = Vec::new();
    while let (Some(head), Some(path)) = (fields.next(), fields.next()) {
        if head.rsplit(' ').next().is_some_and(|status| status.starts_with('R')) {
            renamed.extend(fields.next().map(|new| (path, new)));
        }
    }
    renamed
}

/// Configuration that keeps Git from running programs of the repository, whatever its own configuration says, and
/// from taking a folder in the working tree for a bare repository.
const SWITCHED_OFF: [&str; 4] =
    ["core.fsmonitor=false", "core.hooksPath=/dev/null", "core.quotePath=false", "safe.bareRepository=explicit"];

/// Variables with which Git names a repository to its hooks: the one of the folder is meant.
const INHERITED: [&str; 5] = ["GIT_DIR", "GIT_WORK_TREE", "GIT_COMMON_DIR", "GIT_OBJECT_DIRECTORY", "GIT_PREFIX"];

/// A command of Git's plumbing in a folder.
fn command(folder: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new("git");
    command.arg("-C").arg(folder).args(["--literal-pathspecs", "--no-optional-locks", "--no-pager"]);
    command.args(SWITCHED_OFF.iter().flat_map(|setting| ["-c", setting])).args(arguments);
    for variable in INHERITED {
        command.env_remove(variable);
    }
    // A missing object is an error, not a reason to run a transport.
    command.env("GIT_NO_LAZY_FETCH", "1").env("GIT_ALLOW_PROTOCOL", "none").env("GIT_TERMINAL_PROMPT", "0");
    command
}

/// Runs Git's plumbing in a folder and gives what it prints.
fn git(folder: &Path, arguments: &[&str], paths: &[PathBuf]) -> Result<Vec<u8>, Error> {
    let mut command = command(folder, arguments);
    if !paths.is_empty() {
        command.arg("--").args(paths);
    }
    let output = command.output().map_err(Error::NoGit)?;
    if output.status.success() {
        return Ok(output.stdout);
    }
    Err(Error::Refused(text(&output.stderr).trim().to_owned()))
}

/// What is between NUL bytes.
fn fields(bytes: &[u8]) -> impl Iterator<Item = String> + '_ {
    bytes.split(|byte| *byte == 0).filter(|field| !field.is_empty()).map(text)
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}
