//! Secrets end here: a diagnostic becomes an [`Entry`] whose texts hold none, before any renderer sees it.
//!
//! Where secrets are is known by the source file ([`SourceFile::hidden`]). Snippets of source are cut
//! in `snippet`, with the same [`Secrets`].

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::Arc;

use super::Sources;
use crate::diagnostic::{Diagnostic, Edit, FAULT, Fix, Label, Severity};
use crate::fingerprint::Fingerprint;
use crate::source::{FileId, Position, Secrets, SourceFile, Span};

/// A diagnostic as it may leave the program.
#[derive(Debug)]
pub struct Entry<'a> {
    pub rule: &'static str,
    /// How bad it is.
    pub severity: Severity,
    pub message: Cow<'a, str>,
    pub help: Option<Cow<'a, str>>,
    pub primary: Place<'a>,
    /// Other locations that matter.
    pub labels: Vec<Place<'a>>,
    /// Absent also where the fix would have to spell out a secret.
    pub fix: Option<Cow<'a, Fix>>,
    pub(super) files: BTreeMap<FileId, Arc<SourceFile>>,
    pub(super) secrets: Secrets,
}

impl Entry<'_> {
    /// What was found, and on a line below it what to do.
    pub(super) fn described(&self) -> String {
        match &self.help {
            Some(help) => format!("{}\n{help}", self.message),
            None => self.message.to_string(),
        }
    }

    /// The help, unless the fix says the same: its line also describes how to apply it.
    pub(super) fn help_beside_fix(&self) -> Option<&str> {
        let help = self.help.as_deref()?;
        self.fix.as_ref().is_none_or(|fix| fix.title != help).then_some(help)
    }

    /// The fix as one replacement: from the first edit to the last, with the text between them as it
    /// is. `None` where that text holds a secret.
    pub(super) fn replacement(&self) -> Option<(Span, String)> {
        let edits = &self.fix.as_ref()?.edits;
        let (first, last) = (edits.first()?, edits.last()?);
        let file =
            self.files.get(&first.span.file).filter(|file| edits.iter().all(|edit| edit.span.file == file.id()))?;
        let mut text = String::new();
        let mut done = first.span.start as usize;
        for Edit { span, text: new } in edits {
            text.push_str(file.text().get(done..span.start as usize)?);
            text.push_str(new);
            done = span.end as usize;
        }
        let whole = first.span.to(last.span);
        (!file.is_hidden(whole.range()) && self.secrets.places_in(&text).is_empty()).then_some((whole, text))
    }

    /// The mark by which a baseline knows the finding, too.
    pub(super) fn fingerprint(&self) -> Fingerprint {
        Fingerprint::new(self.rule, &self.primary.file, self.primary.span)
    }
}

/// A labelled place: a span that lies within its file, on character boundaries.
#[derive(Debug)]
pub struct Place<'a> {
    /// The file, with its secrets marked.
    pub file: Arc<SourceFile>,
    pub span: Span,
    /// What is said there; may be empty.
    pub message: Cow<'a, str>,
}

impl Place<'_> {
    /// Line and column of the first character.
    pub fn start(&self) -> Position {
        self.file.position(self.span.start)
    }

    pub(super) fn end(&self) -> Position {
        self.file.position(self.span.end)
    }
}

/// The entry of a diagnostic: files looked up, spans brought into bounds, secrets redacted.
pub fn entry<'a>(diagnostic: &'a Diagnostic, sources: &dyn Sources) -> Entry<'a> {
    let finding = &diagnostic.finding;
    let labels = || std::iter::once(&finding.primary).chain(&finding.labels);
    let edits = finding.fix.iter().flat_map(|fix| &fix.edits);
    let mut files = BTreeMap::new();
    for id in labels().map(|label| label.span.file).chain(edits.map(|edit| edit.span.file)) {
        files.entry(id).or_insert_with(|| sources.source(id));
    }
    if diagnostic.rule == FAULT {
        // A fault shows nothing of the file that it is in.
        for file in files.values_mut() {
            *file = Arc::new(SourceFile::new(file.id(), file.path(), ""));
        }
    }
    let secrets = Secrets::of(files.values());
    let place = |label: &'a Label| {
        let file = Arc::clone(&files[&label.span.file]);
        Place { span: within(&file, label.span), message: secrets.redact(&label.message), file }
    };
    Entry {
        rule: diagnostic.rule,
        severity: diagnostic.severity,
        message: secrets.redact(&finding.message),
        help: finding.help.as_deref().map(|help| secrets.redact(help)),
        primary: place(&finding.primary),
        labels: finding.labels.iter().map(place).collect(),
        fix: finding.fix.as_ref().and_then(|fix| safe_fix(fix, &secrets, &files)),
        files,
        secrets,
    }
}

/// The fix without secrets; a fix that writes one is dropped, since a redacted edit would destroy the file.
fn safe_fix<'a>(fix: &'a Fix, secrets: &Secrets, files: &BTreeMap<FileId, Arc<SourceFile>>) -> Option<Cow<'a, Fix>> {
    let clean = fix.edits.iter().all(|edit| secrets.places_in(&edit.text).is_empty() && !rewrites_secret(edit, files));
    clean.then(|| match secrets.redact(&fix.title) {
        Cow::Borrowed(_) => Cow::Borrowed(fix),
        Cow::Owned(title) => Cow::Owned(Fix { title, ..fix.clone() }),
    })
}

/// Whether an edit writes something in the place of a secret: the secret in another form.
fn rewrites_secret(edit: &Edit, files: &BTreeMap<FileId, Arc<SourceFile>>) -> bool {
    let is_hidden = || files.get(&edit.span.file).is_some_and(|file| file.is_hidden(edit.span.range()));
    !edit.text.is_empty() && is_hidden()
}

/// The span cut to the file and widened to whole characters.
fn within(file: &SourceFile, span: Span) -> Span {
    let text = file.text();
    let start = text.floor_char_boundary(span.start as usize);
    file.span(start..text.ceil_char_boundary((span.end as usize).max(start)))
}
