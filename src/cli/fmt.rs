//! `demarche fmt`: the layout of files.

use std::path::PathBuf;

use crate::cli::Failure;
use crate::cli::session::Session;
use crate::diagnostic::Diagnostic;
use crate::disk::{self, Change, Hold};
use crate::edit::{self, Layout, Order};
use crate::render::diagnostics::{Style, text as shown};
use crate::render::{Paint, unified_diff};
use crate::resolve::ReadError;
use crate::text::Text;
use crate::words::shown as seen;

#[derive(Debug, clap::Args)]
pub(crate) struct Fmt {
    /// Files, and folders with all graphs in them; `-` for standard input; by default the graph at
    /// hand
    #[arg(value_name = "FILE")]
    files: Vec<PathBuf>,
    /// Change nothing: name the files that are not laid out
    #[arg(long)]
    check: bool,
    /// Change nothing: show what would change
    #[arg(long)]
    diff: bool,
    /// Sort sections and fields in the order of the format
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

/// The output, the list of files that were written, the complaints, and the exit code.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Done {
    pub(super) output: String,
    pub(super) written: String,
    pub(super) complaints: Vec<String>,
    pub(super) code: u8,
}

impl Done {
    /// Adds a complaint, shown without colours.
    fn complain(&mut self, complaint: &str) {
        self.complaints.push(seen(complaint).into_owned());
    }

    fn fail(&mut self, complaint: &str) {
        self.complain(complaint);
        self.code = 2;
    }

    /// Reports killed edits that were finished or undone on the way.
    fn recovered(&mut self, held: &Hold) {
        for edit in &held.recovered {
            self.complain(&format!("note: {}", edit.said));
        }
    }

    /// Reports an edit that failed, once: several files may fail for the same reason.
    fn failed(&mut self, failed: &disk::Failed) {
        let help = failed.help().map(|help| format!("\nhelp: {help}"));
        let complaint = format!("error: {failed}{}", help.unwrap_or_default());
        if !self.complaints.contains(&seen(&complaint).into_owned()) {
            self.fail(&complaint);
        }
    }
}

impl Fmt {
    /// Returns the files and folders named on the command line; empty if none.
    pub(super) fn files(&self) -> &[PathBuf] {
        &self.files
    }

    /// Formats the named paths, or the session's graph if there are none.
    pub(super) fn run(&self, session: &Session<'_>) -> Result<Done, Failure> {
        let mut done = Done::default();
        let names = self.names(session, &mut done)?;
        self.look_for_unfinished(session, &names, &mut done);
        for file in &names {
            self.one(session, file, &mut done);
        }
        Ok(done)
    }

    /// Finishes killed edits first, so that what they write is formatted too. With `--check` or
    /// `--diff`, only reports them.
    fn look_for_unfinished(&self, session: &Session<'_>, names: &[String], done: &mut Done) {
        let files: Vec<PathBuf> = names.iter().map(|name| disk::path(name)).collect();
        if self.check || self.diff {
            for edit in disk::unfinished(&files, &session.author()) {
                done.complain(&format!("warning: {}", edit.in_a_line()));
            }
            return;
        }
        for folder in disk::left_behind(&files) {
            match disk::hold(&folder, &session.author()) {
                Ok(held) => done.recovered(&held),
                Err(error) => done.failed(&error),
            }
        }
    }

    /// Returns the names of the files to format.
    fn names(&self, session: &Session<'_>, done: &mut Done) -> Result<Vec<String>, Failure> {
        let unreadable = |error: ReadError| Failure::new(error.to_string());
        if self.files.is_empty() {
            let paths = session.paths()?;
            if paths.iter().any(|path| path.as_os_str() == disk::STDIN) {
                return Ok(vec![disk::STDIN.to_owned()]);
            }
            let (graph, _) = disk::read(&paths).map_err(unreadable)?;
            return Ok(graph.texts.iter().map(|text| text.name.clone()).collect());
        }
        let mut names = Vec::new();
        for file in &self.files {
            let found = disk::graph_files(file).map_err(unreadable)?;
            names.extend(found.names);
            for ReadError { name, reason } in &found.passed {
                done.complain(&format!("warning: `{name}` was passed over: {reason}"));
            }
            for error in found.unread {
                done.fail(&format!("error: {error}"));
            }
        }
        Ok(names)
    }

    fn one(&self, session: &Session<'_>, name: &str, done: &mut Done) {
        let style = session.diagnostic_style();
        let bytes = match disk::read_bytes(name) {
            Ok(bytes) => bytes,
            Err(error) => return done.fail(&format!("error: {error}")),
        };
        let text = match String::from_utf8(bytes) {
            Ok(text) => text,
            Err(error) => {
                let at = error.utf8_error().valid_up_to();
                return done.fail(&format!(
                    "error: `{name}` is left alone: byte {at} is not UTF-8"
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
            Err(mistakes) => {
                done.complaints.push(refused(name, text, &mistakes, style));
                done.code = 2;
                return;
            }
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
            (false, false) if !same => self.write(session, name, [text, laid_out], done),
            (false, false) => {}
        }
    }

    fn write(&self, session: &Session<'_>, name: &str, texts: [String; 2], done: &mut Done) {
        let [before, after] = texts.map(String::into_bytes);
        let path = disk::path(name);
        let change = Change {
            path: path.clone(),
            before: Some(before),
            after,
        };
        let mut say = |said: &str| session.complain(&format!("note: {said}"));
        let written = disk::hold(&path, &session.author()).and_then(|mut held| {
            done.recovered(&held);
            held.write(&format!("fmt {name}"), &[change], &mut say)
        });
        match written {
            Ok(()) => done.written += &format!("{name}: laid out\n"),
            Err(error) => done.failed(&error),
        }
    }
}

/// Renders why a file is left alone.
fn refused(name: &str, text: String, mistakes: &[Diagnostic], style: Style) -> String {
    let text = Text {
        name: name.to_owned(),
        text,
    };
    let mistakes = shown(mistakes, &[text], style);
    if name == disk::STDIN {
        mistakes.trim_end().to_owned()
    } else {
        format!("{mistakes}`{}` is left alone", seen(name))
    }
}
