//! Why the library could not do something: one type for all that is public.

use std::fmt;

use crate::diagnostic::Diagnostic;
use crate::text::{ReadError, Text};
use crate::words::{counted, either, line_of, listed};

/// The end of the message about a panic.
#[cfg(any(feature = "lsp", feature = "mcp"))]
pub(crate) const OUR_MISTAKE: &str = "this is a bug in `demarche`, please report it";

/// What is said of a graph of which a part can't be read.
pub(crate) const HALF: &str = "this is half a graph, which may say the opposite of the whole";

/// Why something could not be done.
///
/// Its `Display` is one line: what is wrong, where, and what to do about it. The variants hold the
/// same as data.
///
/// ```
/// use demarche::{Error, Graph};
///
/// let error = Graph::read("pact.ron", "Graph(\n    stances: [").unwrap_err();
/// assert!(error.to_string().contains("pact.ron:2: "));
/// let Error::Half { findings, .. } = error else { unreachable!() };
/// assert_eq!(findings[0].code, "syntax");
/// ```
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum Error {
    /// A file or folder can't be read, or holds no graph.
    Unreadable(ReadError),
    /// A part of the graph can't be read, and what is left may say the opposite of the whole.
    Half {
        /// What can't be read, sorted by file and position.
        findings: Vec<Diagnostic>,
        /// The texts that the findings point into.
        texts: Vec<Text>,
    },
    /// No record has this name.
    UnknownName {
        /// The kind of record that was asked for: `actor`, `issue`, `source` or `record`.
        kind: &'static str,
        /// The name.
        name: String,
        /// The ids of records whose names are similar, nearest first.
        near: Vec<String>,
    },
    /// Several records have this name.
    AmbiguousName {
        /// The name.
        name: String,
        /// The ids of these records.
        ids: Vec<String>,
    },
    /// There is nothing to draw, or more than a picture can show; the reason in words.
    Picture(String),
    /// A date or a grade is not written as one; the reason in words.
    Value(String),
    /// A document can't be written as RON; the reason in words.
    Unwritable(String),
    /// A question can't be answered as it is asked.
    Question {
        /// Why not.
        reason: String,
        /// What to do about it, a sentence each.
        help: Vec<String>,
    },
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Error::Unreadable(error) => error.fmt(f),
            Error::Half { findings, texts } => {
                f.write_str(HALF)?;
                if let Some(first) = findings.first() {
                    write!(f, ": {}{}", place(first, texts), first.in_a_line())?;
                }
                match findings.len() {
                    0 | 1 => Ok(()),
                    several => write!(f, "; and {}", counted(several - 1, "more place")),
                }
            }
            Error::UnknownName { kind, name, near } => {
                write!(f, "no {kind} is called `{name}`")?;
                match near.is_empty() {
                    true => Ok(()),
                    false => write!(f, "; did you mean {}?", either(near)),
                }
            }
            Error::AmbiguousName { name, ids } => {
                write!(f, "`{name}` could be several: {}", listed(ids))
            }
            Error::Picture(reason) | Error::Value(reason) | Error::Unwritable(reason) => {
                f.write_str(reason)
            }
            Error::Question { reason, help } => {
                f.write_str(reason)?;
                help.iter().try_for_each(|help| write!(f, "; {help}"))
            }
        }
    }
}

impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Error::Unreadable(error) => Some(error),
            Error::Half { .. }
            | Error::UnknownName { .. }
            | Error::AmbiguousName { .. }
            | Error::Picture(_)
            | Error::Value(_)
            | Error::Unwritable(_)
            | Error::Question { .. } => None,
        }
    }
}

impl From<ReadError> for Error {
    fn from(error: ReadError) -> Error {
        Error::Unreadable(error)
    }
}

/// Returns `pact.ron:3: `, or nothing if the finding has no text.
fn place(finding: &Diagnostic, texts: &[Text]) -> String {
    let place = finding.place();
    place.file.of(texts).map_or_else(String::new, |text| {
        let line = line_of(text.text.as_bytes(), place.span.start as usize);
        format!("{}:{line}: ", text.name)
    })
}
