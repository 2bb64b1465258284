//! `demarche fmt`: the layout of files.

use std::io::{self, Read};
use std::path::PathBuf;

use crate::cli::Failure;
use crate::diagnostic::Diagnostic;
use crate::disk::{self, Change};
use crate::edit::{self, Layout, Order};
use crate::render::diagnostics::{Style, text as shown};
use crate::render::{Paint, unified_diff};
use crate::text::{Text, shown as seen};

#[derive(Debug, clap::Args)]
pub(crate) struct Fmt {
    /// Files, and folders with all graphs in them; `-` for standard input; the graph at hand where none is given
    #[arg(value_name = "FILE")]
    files: Vec<PathBuf>,
    /// Change nothing: name the files that are not laid out
    #[arg(long)]
    check: bool,
    /// Change nothing: show what would change
    #[arg(long)]
    diff: bool,
    /// Put sections and fields in the order of the format
    #[arg(long)]
    sort: bool,
    /// How many columns a line should keep to
    #[arg(long, value_name = "COLUMNS", default_value_t = edit::WIDTH, value_parser = width)]
    width: usize,
}

fn width(typed: &str) -> Result<usize, String> {
    let width = typed
        .parse()
        .map_err(|_| "it is not a whole number".to_owned())?;
    if (20..=10_000).contains(&width) {
        Ok(width)
    } else {
        Err("it is not between 20 and 10000".to_owned())
    }
}

/// What is printed, what is complained of, and the exit code.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Done {
    pub(crate) output: String,
    pub(crate) complaints: Vec<String>,
    pub(crate) code: u8,
}

impl Done {
    fn fail(&mut self, complaint: impl Into<String>) {
        self.complaints.push(complaint.into());
        self.code = 2;
    }
}

impl Fmt {
    /// The paths named, or those of the session where none is.
    pub(crate) fn run(
        &self,
        session: impl FnOnce() -> Result<Vec<PathBuf>, Failure>,
        style: Style,
    ) -> Result<Done, Failure> {
        let mut done = Done::default();
        let names = self.names(session)?;
        self.look_for_unfinished(&names, &mut done);
        for file in &names {
            self.one(file, style, &mut done);
        }
        Ok(done)
    }

    /// Brings edits to their end that were killed, so that what they wrote is laid out too; only names them where nothing is
    /// to change.
    fn look_for_unfinished(&self, names: &[String], done: &mut Done) {
        let unfinished = disk::unfinished(names);
        if self.check || self.diff {
            return done
                .complaints
                .extend(unfinished.iter().map(|said| format!("warning: {said}")));
        }
        if unfinished.is_empty() {
            return;
        }
        for folder in disk::left_behind(names) {
            match disk::hold(&folder) {
                Ok(held) => done
                    .complaints
                    .extend(held.recovered.iter().map(|said| format!("note: {said}"))),
                Err(error) => done.fail(format!("error: {error}")),
            }
        }
    }

    /// The files that are to be laid out.
    fn names(
        &self,
        session: impl FnOnce() -> Result<Vec<PathBuf>, Failure>,
    ) -> Result<Vec<String>, Failure> {
        let unreadable = |error: crate::resolve::ReadError| Failure::new(error.to_string());
        if self.files.is_empty() {
            let paths = session()?;
            if paths.iter().any(|path| path.as_os_str() == disk::STDIN) {
                return Ok(vec![disk::STDIN.to_owned()]);
            }
            let (graph, _) = disk::read(&paths).map_err(unreadable)?;
            return Ok(graph.texts.into_iter().map(|text| text.name).collect());
        }
        let mut names = Vec::new();
        for file in &self.files {
            names.extend(disk::graph_files(file).map_err(unreadable)?);
        }
        Ok(names)
    }

    fn one(&self, name: &str, style: Style, done: &mut Done) {
        let bytes = match read(name) {
            Ok(bytes) => bytes,
            Err(error) => return done.fail(format!("error: can't read `{name}`: {error}")),
        };
        let text = match String::from_utf8(bytes) {
            Ok(text) => text,
            Err(error) => {
                let at = error.utf8_error().valid_up_to();
                return done.fail(format!(
                    "error: `{name}` is left alone: it is not UTF-8, see its byte {at}"
                ));
            }
        };
        let order = if self.sort {
            Order::OfFormat
        } else {
            Order::Kept
        };
        let laid_out = match edit::format(
            &text,
            Layout {
                width: self.width,
                order,
            },
        ) {
            Ok(laid_out) => laid_out,
            Err(mistakes) => return done.fail(refused(name, text, &mistakes, style)),
        };
        let paint = if style.color {
            Paint::Coloured
        } else {
            Paint::Plain
        };
        let same = laid_out == text;
        if self.check && !same {
            done.code = done.code.max(1);
        }
        match (self.diff, self.check) {
            (true, _) => done.output += &unified_diff(name, &text, &laid_out, paint),
            (false, true) if !same => done.output += &seen(&format!("{name}\n")),
            (false, true) => {}
            (false, false) if name == disk::STDIN => done.output += &laid_out,
            (false, false) if !same => self.write(name, text, laid_out, done),
            (false, false) => {}
        }
    }

    fn write(&self, name: &str, before: String, after: String, done: &mut Done) {
        let path = PathBuf::from(name);
        let change = Change {
            path: path.clone(),
            before: Some(before.into_bytes()),
            after: after.into_bytes(),
        };
        let written = disk::hold(&path).and_then(|mut held| {
            done.complaints
                .extend(held.recovered.iter().map(|said| format!("note: {said}")));
            held.write(&format!("fmt {name}"), &[change])
        });
        match written {
            Ok(()) => done.output += &seen(&format!("{name}: laid out\n")),
            Err(error) => done.fail(format!("error: {error}")),
        }
    }
}

fn read(name: &str) -> io::Result<Vec<u8>> {
    if name != disk::STDIN {
        return std::fs::read(name);
    }
    let mut bytes = Vec::new();
    io::stdin().lock().read_to_end(&mut bytes).map(|_| bytes)
}

/// Why a file is left alone.
fn refused(name: &str, text: String, mistakes: &[Diagnostic], style: Style) -> String {
    let text = Text {
        name: name.to_owned(),
        text,
    };
    let mistakes = shown(mistakes, &[text], style);
    if name == disk::STDIN {
        mistakes.trim_end().to_owned()
    } else {
        format!("{mistakes}`{name}` is left alone")
    }
}
