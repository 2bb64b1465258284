//! Edits of the graph's files. An edit is made in memory, checked as a graph, and only then written
//! to all files together.

mod add;
mod change;
mod fields;
mod flags;
mod prompt;
mod record;
mod start;
mod typing;

use std::collections::{BTreeMap, HashMap};
use std::path::{Path, PathBuf};
use std::sync::Arc;

pub(crate) use add::Add;
pub(crate) use change::{Merge, Move, Remove, Rename, Set};
pub(crate) use start::New;

use crate::cli::session::Session;
use crate::cli::{Failure, out};
use crate::diagnostic::{Diagnostic, Severity};
use crate::disk::{self, Change, Failed, Hold, Overlay};
use crate::edit::{self, Refusal, Splice, spliced};
use crate::graph::Graph;
use crate::render::{Places, diagnostics, unified_diff};
use crate::syntax::comment_end;
use crate::text::{FileId, Place, Text};
use crate::words::{first_few, line_of, shown};

/// How often an edit is retried when somebody else changes a file in the meantime.
const ATTEMPTS: usize = 5;
/// How many of the records in the way of an edit, or removed with it, are shown.
const SHOWN: usize = 10;
/// How many characters of each record are shown.
const GLIMPSE: usize = 70;

/// The message when the same edit was killed earlier and has now been finished.
const DONE: &str = "that was this command: nothing is left to do\n";

// The flags of every edit. Not a doc comment: it would become the help of each command that takes
// them.
#[derive(Clone, Debug, Default, clap::Args)]
pub(crate) struct Really {
    /// Write nothing: show what would change
    #[arg(long)]
    dry_run: bool,
}

/// An edit that has been made but not written.
#[derive(Debug, Default)]
struct Edit {
    splices: Vec<Splice>,
    /// New files and their contents.
    new_files: Vec<(PathBuf, String)>,
    /// The message printed once it is written, after the location of the first change.
    said: String,
    /// Notes to the user about the edit.
    notes: Vec<String>,
    /// Notes about records that stay; each is printed with the record's location after the edit.
    changed: Vec<(Place, String)>,
}

/// Why an edit is not made.
enum Refused {
    /// An argument is wrong.
    Failure(Failure),
    /// The graph does not allow it.
    Refusal(Refusal),
}

impl From<Failure> for Refused {
    fn from(failure: Failure) -> Refused {
        Refused::Failure(failure)
    }
}

impl From<Refusal> for Refused {
    fn from(refusal: Refusal) -> Refused {
        Refused::Refusal(refusal)
    }
}

/// Makes an edit, writes it and reports it. `name` identifies the edit in case it is killed.
/// Returns what else to print.
fn run(
    session: &Session<'_>,
    name: &str,
    really: &Really,
    make: &dyn Fn(&Graph) -> Result<Edit, Refused>,
) -> Result<String, Failure> {
    let paths = session.paths()?;
    if paths.iter().any(|path| path.as_os_str() == disk::STDIN) {
        return Err(Failure::new("standard input can't be edited").help("name the files with `-g`"));
    }
    let mut attempt = 1;
    loop {
        let mut holds = if really.dry_run {
            Vec::new()
        } else {
            hold_all(session, &paths)?
        };
        let (mut graph, before) =
            disk::read(&paths).map_err(|error| Failure::new(error.to_string()))?;
        session.settle_day(&mut graph);
        if really.dry_run {
            session.find_edits([&mut graph]);
        } else {
            let changed = finish_others(session, &graph, &mut holds)?;
            if holds.iter().any(|hold| hold.has_done(name)) {
                return Ok(DONE.to_owned());
            }
            if changed == Changed::Maybe {
                continue;
            }
        }
        if !graph.is_whole() {
            return Err(session.half(&graph));
        }
        let edit = match make(&graph) {
            Ok(edit) => edit,
            Err(Refused::Failure(failure)) => return Err(failure),
            Err(Refused::Refusal(refusal)) => return Err(refused(&graph, refusal)),
        };
        let after = spliced(&graph.texts, &edit.splices);
        what_breaks(session, &paths, &graph, &before, &edit, &after)?;
        print_notes(session, &graph, really, &edit, &after);
        if really.dry_run {
            return Ok(diffs(session, &graph.texts, &edit, &after));
        }
        let changes = changes(&graph.texts, &edit, &after);
        if changes.is_empty() {
            return Ok("nothing to change\n".to_owned());
        }
        holds.extend(hold_others(session, &holds, &changes)?);
        let Some((first, others)) = holds.split_first_mut() else {
            return Err(Failure::new("there is no folder to write to"));
        };
        let mut say = |said: &str| session.complain(&format!("note: {said}"));
        match first.write_with(others, name, &changes, &mut say) {
            Ok(()) => {
                out::print_done(&said(&graph.texts, &edit, &after))?;
                return Ok(String::new());
            }
            Err(Failed::Changed(_)) if attempt < ATTEMPTS => attempt += 1,
            Err(error) => return Err(error.into()),
        }
    }
}

/// Prints the notes of an edit, with the places where records will be after it.
fn print_notes(
    session: &Session<'_>,
    graph: &Graph,
    really: &Really,
    edit: &Edit,
    after: &BTreeMap<FileId, String>,
) {
    for note in &edit.notes {
        session.complain(&format!("note: {note}"));
    }
    for (place, note) in &edit.changed {
        let stands = match really.dry_run {
            true => Places::new(graph).as_named(*place),
            false => where_then(graph, edit, after, *place),
        };
        session.complain(&format!("note: {stands}: {note}"));
    }
}

/// Joins words as they would be typed in a shell, quoted where necessary.
pub(super) fn typed<W: AsRef<str>>(words: impl IntoIterator<Item = W>) -> String {
    let is_plain = |c: char| c.is_ascii_alphanumeric() || "-_.:/,".contains(c);
    let word = |word: &str| match !word.is_empty() && word.chars().all(is_plain) {
        true => word.to_owned(),
        false => format!("'{}'", word.replace('\'', r"'\''")),
    };
    let words = words.into_iter().map(|typed| word(typed.as_ref()));
    words.collect::<Vec<_>>().join(" ")
}

/// Locks the folders of the paths that the graph is read from.
fn hold_all(session: &Session<'_>, paths: &[PathBuf]) -> Result<Vec<Hold>, Failure> {
    let mut folders: Vec<PathBuf> = paths.iter().map(|path| disk::folder(path)).collect();
    folders.sort();
    folders.dedup();
    folders.iter().map(|folder| hold(session, folder)).collect()
}

fn hold(session: &Session<'_>, folder: &Path) -> Result<Hold, Failure> {
    let held = disk::hold(folder, &session.author())?;
    for edit in &held.recovered {
        session.complain(&format!("note: {}", edit.said));
    }
    Ok(held)
}

/// Locks the folders of changed files that aren't locked yet.
fn hold_others(
    session: &Session<'_>,
    holds: &[Hold],
    changes: &[Change],
) -> Result<Vec<Hold>, Failure> {
    let mut folders: Vec<PathBuf> = changes
        .iter()
        .map(|change| disk::folder(&change.path))
        .collect();
    folders.sort();
    folders.dedup();
    folders.retain(|folder| !holds.iter().any(|hold| hold.folder() == *folder));
    folders.iter().map(|folder| hold(session, folder)).collect()
}

/// Whether files may have changed since they were read.
#[derive(PartialEq, Eq)]
enum Changed {
    Not,
    Maybe,
}

/// Locks the folders of a graph's other files in which an edit was killed; that finishes or undoes
/// it.
fn finish_others(
    session: &Session<'_>,
    graph: &Graph,
    holds: &mut Vec<Hold>,
) -> Result<Changed, Failure> {
    let files: Vec<PathBuf> = graph
        .texts
        .iter()
        .map(|text| disk::path(&text.name))
        .collect();
    let mut changed = Changed::Not;
    for folder in disk::left_behind(&files) {
        let held = hold(session, &folder)?;
        if !held.recovered.is_empty() {
            changed = Changed::Maybe;
        }
        holds.push(held);
    }
    Ok(changed)
}

fn changes(texts: &[Text], edit: &Edit, after: &BTreeMap<FileId, String>) -> Vec<Change> {
    let old = after
        .iter()
        .filter_map(|(file, after)| Some((file.of(texts)?, after)));
    let changed = old
        .filter(|(text, after)| text.text != **after)
        .map(|(text, after)| Change {
            path: disk::path(&text.name),
            before: Some(text.text.clone().into_bytes()),
            after: after.clone().into_bytes(),
        });
    let new = edit.new_files.iter().map(|(path, text)| Change {
        path: path.clone(),
        before: None,
        after: text.clone().into_bytes(),
    });
    let mut changes: Vec<Change> = changed.chain(new).collect();
    // Files that lose text come last: if the edit is killed between two files, what it moves is in
    // both.
    changes.sort_by_key(|change| takes_out(texts, edit, change));
    changes
}

/// Returns whether an edit removes text from a file.
fn takes_out(texts: &[Text], edit: &Edit, change: &Change) -> bool {
    edit.splices.iter().any(|splice| {
        let text = splice.place.file.of(texts);
        text.is_some_and(|text| {
            disk::path(&text.name) == change.path
                && !text.slice(splice.place.span).trim().is_empty()
        })
    })
}

/// Refuses an edit that would add errors. Errors that were there before don't count.
fn what_breaks(
    session: &Session<'_>,
    paths: &[PathBuf],
    graph: &Graph,
    before: &[Diagnostic],
    edit: &Edit,
    after: &BTreeMap<FileId, String>,
) -> Result<(), Failure> {
    let mut overlay = Overlay::default();
    for (file, text) in after {
        if let Some(old) = file.of(&graph.texts) {
            overlay.0.insert(old.name.clone(), Arc::from(text.as_str()));
        }
    }
    let mut paths = paths.to_vec();
    for (path, text) in &edit.new_files {
        overlay.0.insert(disk::name(path), Arc::from(text.as_str()));
        paths.push(path.clone());
    }
    let (new_graph, found) =
        disk::read_over(&paths, &overlay).map_err(|error| Failure::new(error.to_string()))?;
    // How often each error was there before.
    let mut known: HashMap<(&str, &str), usize> = HashMap::new();
    for known_before in before {
        *known
            .entry((known_before.code, &known_before.message))
            .or_default() += 1;
    }
    let mut fresh: Vec<Diagnostic> = Vec::new();
    for error in &found {
        if error.severity != Severity::Error {
            continue;
        }
        match known.get_mut(&(error.code, error.message.as_str())) {
            Some(times) if *times > 0 => *times -= 1,
            Some(_) | None => fresh.push(error.clone()),
        }
    }
    if fresh.is_empty() {
        return Ok(());
    }
    Err(Failure {
        shown: diagnostics::text(&fresh, &new_graph.texts, session.diagnostic_style()),
        ..Failure::new("this edit would add these errors to the graph; nothing was changed")
    })
}

/// Turns a refusal into an error that shows the records in the way.
fn refused(graph: &Graph, refusal: Refusal) -> Failure {
    let lines = std::iter::once(refusal.message).chain(
        glimpses(graph, &refusal.places)
            .into_iter()
            .map(|glimpse| format!("  {glimpse}")),
    );
    Failure {
        help: refusal.help,
        ..Failure::new(lines.collect::<Vec<_>>().join("\n"))
    }
}

/// Shows the location and beginning of the first few records, and how many more there are.
fn glimpses(graph: &Graph, places: &[Place]) -> Vec<String> {
    let known = Places::new(graph);
    first_few(places, SHOWN, |place| {
        format!(
            "{}: {}",
            known.as_named(*place),
            beginning(graph.slice(*place))
        )
    })
}

/// Returns the beginning of a record, joined to one line and cut to [`GLIMPSE`] characters.
fn beginning(record: &str) -> String {
    let mut line = String::new();
    for part in record
        .lines()
        .map(str::trim)
        .filter(|part| !part.is_empty())
    {
        let is_inside =
            line.is_empty() || line.ends_with(['(', '[', '{']) || part.starts_with([')', ']', '}']);
        line = if is_inside {
            line + part
        } else {
            format!("{line} {part}")
        };
    }
    let line: Vec<char> = line.chars().collect();
    match line.len() > GLIMPSE {
        true => {
            line[..GLIMPSE - 1]
                .iter()
                .collect::<String>()
                .trim_end()
                .to_owned()
                + "…"
        }
        false => line.into_iter().collect(),
    }
}

fn diffs(
    session: &Session<'_>,
    texts: &[Text],
    edit: &Edit,
    after: &BTreeMap<FileId, String>,
) -> String {
    let paint = session.paint();
    let old = after
        .iter()
        .filter_map(|(file, after)| Some((file.of(texts)?, after)));
    let changed = old.map(|(text, after)| unified_diff(&text.name, &text.text, after, paint));
    let new = edit
        .new_files
        .iter()
        .map(|(path, text)| unified_diff(&disk::name(path), "", text, paint));
    changed.chain(new).collect()
}

/// Returns where an unchanged record stands once the edit is made.
fn where_then(
    graph: &Graph,
    edit: &Edit,
    after: &BTreeMap<FileId, String>,
    place: Place,
) -> String {
    match (place.file.of(&graph.texts), after.get(&place.file)) {
        (Some(text), Some(after)) => at_line(
            &text.name,
            after,
            edit::shifted(&edit.splices, place) as usize,
        ),
        _ => Places::new(graph).as_named(place),
    }
}

fn at_line(name: &str, text: &str, at: usize) -> String {
    format!("{name}:{}", line_of(text.as_bytes(), at))
}

/// Returns the message of a written edit: the location of the first change in each file, then what
/// was done.
fn said(texts: &[Text], edit: &Edit, after: &BTreeMap<FileId, String>) -> String {
    let mut places: Vec<String> = edit
        .new_files
        .iter()
        .map(|(path, _)| disk::name(path))
        .collect();
    for (file, after) in after {
        let Some(text) = file.of(texts) else {
            continue;
        };
        let in_file = edit
            .splices
            .iter()
            .filter(|splice| splice.place.file == *file && splice.text != ",");
        let Some(first) = in_file.min_by_key(|splice| splice.place.span.start) else {
            continue;
        };
        places.push(at_line(
            &text.name,
            after,
            first.place.span.start as usize + blank(&first.text),
        ));
    }
    shown(&format!("{}: {}\n", places.join(", "), edit.said)).into_owned()
}

/// Returns the length of the whitespace and comments at the start of a text.
fn blank(text: &str) -> usize {
    let mut at = text.len() - text.trim_start().len();
    while let Some(end) = Some(&text[at..])
        .filter(|rest| rest.starts_with('/'))
        .and_then(|_| comment_end(text, at))
    {
        at = text.len() - text[end..].trim_start().len();
    }
    at
}
