//! The local copies of sources, against which quotes are checked. They are read only on request.
//! One that can't be read is reported once for each source.

use std::sync::Arc;

use hashbrown::HashMap;

use crate::diagnostic::{self, Diagnostic};
use crate::graph::{Graph, SourceId};
use crate::resolve::{Files, Included};
use crate::syntax::{Step, locate, quoted};
use crate::text::{FileId, Place, Text};
use crate::words::{self, line_of};

/// Reads the copies of all sources that have one into the texts of the graph. Returns findings
/// sorted by file and position.
pub fn read_copies<F: Files>(files: &F, graph: &mut Graph) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    graph.copies = vec![None; graph.sources.len()];
    let mut known: HashMap<String, FileId> = HashMap::new();
    known.extend(
        graph
            .texts
            .iter()
            .enumerate()
            .map(|(nth, text)| (text.name.clone(), FileId(nth as u32))),
    );
    for nth in 0..graph.sources.len() {
        let place = graph.sources[nth].place;
        let Some(path) = graph
            .written_source(place)
            .text
            .map(|path| path.into_owned())
        else {
            continue;
        };
        match copy(files, graph, &mut known, place, &path) {
            Ok(file) => graph.copies[nth] = Some(file),
            Err(problem) => found.push(unreadable(graph, SourceId(nth as u32), &path, problem)),
        }
    }
    diagnostic::sort(&mut found);
    found
}

/// The reason why a copy can't be used, the label shown at its name, and what to do.
struct Problem {
    message: String,
    label: &'static str,
    help: String,
    /// Paths that may be meant instead.
    paths: Vec<String>,
}

impl Problem {
    fn new(message: impl Into<String>, label: &'static str, help: impl Into<String>) -> Problem {
        Problem {
            message: message.into(),
            label,
            help: help.into(),
            paths: Vec::new(),
        }
    }
}

fn unreadable(graph: &Graph, source: SourceId, path: &str, problem: Problem) -> Diagnostic {
    let source = &graph[source];
    let text = graph.text(source.place.file);
    let span = locate(text, source.place.span.start, &[Step::Field("text")]);
    let message = format!("the text of `{}`, `{path}`, {}", source.id, problem.message);
    let place = Place {
        file: source.place.file,
        span,
    };
    let finding = Diagnostic::warning("text-unreadable", message, place, problem.label);
    let near: Vec<&str> = problem.paths.iter().map(String::as_str).collect();
    match near[..] {
        [] => finding.help(problem.help),
        _ => finding.did_you_mean(place, path, &near, quoted),
    }
}

/// Returns the file of a copy among the texts of the graph, and reads it if it is not there yet.
fn copy<F: Files>(
    files: &F,
    graph: &mut Graph,
    known: &mut HashMap<String, FileId>,
    source: Place,
    path: &str,
) -> Result<FileId, Problem> {
    let name_of = |file: FileId| file.of(&graph.texts).map_or("", |text| text.name.as_str());
    let home = source.file.of(&graph.homes).copied().unwrap_or(source.file);
    let (root, from) = (name_of(home), name_of(source.file));
    let name = match files.included(root, from, &glob::Pattern::escape(path)) {
        Included::Files(found, _) => found.into_iter().next().ok_or_else(|| {
            let help =
                "the path is relative to this file; without a `text` quotes are left unchecked";
            Problem {
                paths: near_paths(files, root, from, path),
                ..Problem::new("does not exist", "no such file", help)
            }
        })?,
        Included::Outside(_) | Included::BadPattern(_) => {
            let help = "texts must be within the folder of the first file, also after following links: copy the text there";
            return Err(Problem::new(
                "is outside the folder of the graph",
                "outside",
                help,
            ));
        }
    };
    if let Some(known) = known.get(&name) {
        return Ok(*known);
    }
    let bytes = files.read(&name).map_err(|error| {
        Problem::new(
            format!("can't be read: {}", error.reason),
            "not read",
            "name a text file that can be read",
        )
    })?;
    let text = decoded(bytes)?;
    let file = FileId(graph.texts.len() as u32);
    known.insert(name.clone(), file);
    Arc::make_mut(&mut graph.texts).push(Text { name, text });
    Ok(file)
}

/// Returns the paths of files in the same folder whose names are similar.
fn near_paths<F: Files>(files: &F, root: &str, from: &str, path: &str) -> Vec<String> {
    let (folder, last) = path
        .rsplit_once('/')
        .map_or(("", path), |(folder, last)| (&path[..=folder.len()], last));
    let Included::Files(beside, _) =
        files.included(root, from, &format!("{}*", glob::Pattern::escape(folder)))
    else {
        return Vec::new();
    };
    let names = beside
        .iter()
        .filter_map(|name| name.rsplit(std::path::is_separator).next());
    let near = words::equally_near(last, names);
    near.iter().map(|near| format!("{folder}{near}")).collect()
}

/// Decodes bytes as a text in UTF-8 or UTF-16.
///
/// # Errors
/// Returns what else the bytes are, in words that fit after the name of the file, and what to do.
pub fn plain_text(bytes: Vec<u8>) -> Result<String, (String, String)> {
    decoded(bytes).map_err(|problem| (problem.message, problem.help))
}

fn decoded(bytes: Vec<u8>) -> Result<String, Problem> {
    if bytes.len() >= u32::MAX as usize {
        return Err(Problem::new(
            "is larger than 4 GiB",
            "too large",
            "keep only what is quoted from it",
        ));
    }
    let as_text = "save what is quoted from it as plain text or Markdown, in UTF-8";
    let text = match bytes.as_slice() {
        [0xFF, 0xFE, 0, 0, ..] | [0, 0, 0xFE, 0xFF, ..] => {
            return Err(Problem::new("is UTF-32", "not UTF-8", as_text));
        }
        _ => match (utf16(&bytes), known_format(&bytes)) {
            (Some(text), _) => text.ok_or_else(|| {
                Problem::new("is broken UTF-16", "not a text", "save it as UTF-8")
            })?,
            (None, Some(format)) => {
                return Err(Problem::new(
                    format!("is {format}, not a text"),
                    "not a text",
                    as_text,
                ));
            }
            (None, None) => utf8(bytes, as_text)?,
        },
    };
    if text.trim_start_matches('\u{FEFF}').trim().is_empty() {
        return Err(Problem::new(
            "is empty",
            "nothing in it",
            "put the source's words there, or leave `text` out",
        ));
    }
    Ok(text)
}

fn utf8(bytes: Vec<u8>, as_text: &str) -> Result<String, Problem> {
    if let Some(at) = bytes.iter().position(|byte| *byte == 0) {
        return Err(Problem::new(
            format!("is not a text: byte 0 at offset {at}"),
            "not a text",
            as_text,
        ));
    }
    String::from_utf8(bytes).map_err(|error| {
        let at = error.utf8_error().valid_up_to();
        let byte = error.as_bytes().get(at).copied().unwrap_or_default();
        let line = line_of(error.as_bytes(), at);
        let help = format!(
            "save it as UTF-8; read as Latin-1 this byte is `{}`",
            char::from(byte)
        );
        Problem::new(
            format!("is not UTF-8: byte 0x{byte:02X} in line {line}"),
            "not UTF-8",
            help,
        )
    })
}

/// Decodes the two bytes of a unit of UTF-16, in one of the two orders.
type Unit = fn([u8; 2]) -> u16;

/// Decodes UTF-16, with a byte order mark or without. Returns `None` if the bytes are no UTF-16,
/// and `Some(None)` if they are, but broken.
pub(super) fn utf16(bytes: &[u8]) -> Option<Option<String>> {
    let (bytes, unit): (&[u8], Unit) = match bytes {
        [0xFF, 0xFE, rest @ ..] => (rest, u16::from_le_bytes),
        [0xFE, 0xFF, rest @ ..] => (rest, u16::from_be_bytes),
        _ => (bytes, unmarked_utf16(bytes)?),
    };
    let units = bytes
        .chunks(2)
        .map(|pair| unit([pair[0], pair.get(1).copied().unwrap_or_default()]));
    Some(char::decode_utf16(units).collect::<Result<_, _>>().ok())
}

/// Returns the order of the bytes in UTF-16 that has no byte order mark, or `None` if this is
/// something else. In a text in Latin letters, every other byte is 0.
fn unmarked_utf16(bytes: &[u8]) -> Option<Unit> {
    let start = &bytes[..bytes.len().min(1024) & !1];
    let zeros = |odd: usize| {
        start
            .iter()
            .skip(odd)
            .step_by(2)
            .filter(|byte| **byte == 0)
            .count()
            * 2
    };
    match start.len() {
        0..4 => None,
        length if zeros(1) > length * 3 / 4 && zeros(0) == 0 => Some(u16::from_le_bytes),
        length if zeros(0) > length * 3 / 4 && zeros(1) == 0 => Some(u16::from_be_bytes),
        _ => None,
    }
}

/// Returns the format whose signature these bytes begin with.
fn known_format(bytes: &[u8]) -> Option<&'static str> {
    let known: [(&[u8], &str); 5] = [
        (b"%PDF", "a PDF"),
        (b"PK\x03\x04", "an archive or a word processor document"),
        (b"\xD0\xCF\x11\xE0", "a word processor document"),
        (b"{\\rtf", "a document in Rich Text Format"),
        (b"\x89PNG", "a picture"),
    ];
    known
        .iter()
        .find(|(start, _)| bytes.starts_with(start))
        .map(|(_, name)| *name)
}
