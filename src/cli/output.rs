//! Where an answer goes: printed, written to a file, or table by table to a folder.

use std::fs;
use std::io::{self, BufRead, BufReader, BufWriter, IsTerminal, Read, Write};
use std::path::{Path, PathBuf};

use clap::ValueEnum;

use crate::cli::file;
use crate::cli::select::Select;
use crate::cli::session::Session;
use crate::cli::{Failure, out};
use crate::graph::Graph;
use crate::query::rows::NoteRow;
use crate::query::{self, Answer, Body, Notes, Row, Section};
use crate::render::{self, Paint, Shape, Spreadsheet, Why};
use crate::words::listed;

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(super) enum AnswerFormat {
    /// For people
    #[default]
    Text,
    /// For programs, with ids, names, file and line
    Json,
    /// One table, for programs and spreadsheets
    Csv,
    /// For documents: Markdown
    Md,
}

// How an answer is written. The `after_help` here is shown below every question's help.
#[derive(clap::Args, Debug)]
#[command(
    after_help = "How to choose whom and what, time, evidence and format: `demarche help selection`."
)]
pub(super) struct Output {
    /// How to print the answer; default: by the extension of `-o`, else text
    #[arg(long, value_enum, ignore_case = true, hide = true)]
    format: Option<AnswerFormat>,
    /// Only this table of the answer, by its key in JSON
    #[arg(long, value_name = "TABLE", hide = true)]
    section: Option<String>,
    /// CSV for a spreadsheet: columns separated by this, a byte-order mark, and an apostrophe
    /// before text that it would execute; semicolons come with decimal commas
    #[arg(
        long,
        value_enum,
        ignore_case = true,
        value_name = "SEPARATOR",
        hide = true
    )]
    spreadsheet: Option<Separator>,
    /// At most this many lines of each table, 0 for all; default: 50 on a terminal, else all. JSON
    /// and CSV always hold every row
    #[arg(long, value_name = "N", hide = true)]
    limit: Option<usize>,
    #[command(flatten)]
    pub(super) select: Select,
    /// Write to this file; CSV to a folder: a file for each table
    #[arg(short, long, value_name = "FILE|FOLDER", hide = true)]
    output: Option<PathBuf>,
}

/// The name that stands for standard output.
const STDOUT: &str = "-";

/// The most lines of a table on a terminal, where none is asked for.
const MOST_ON_TERMINAL: usize = 50;

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Separator {
    Comma,
    Semicolon,
}

impl Output {
    /// Returns the file or folder to write to, or `None` for standard output.
    fn path(&self) -> Option<&Path> {
        let path = self.output.as_deref();
        path.filter(|path| *path != Path::new(STDOUT))
    }

    /// Returns the requested format: that of the flags, else of the file name, else text.
    pub(super) fn format(&self) -> Result<AnswerFormat, Failure> {
        self.check_word()?;
        let by_ending = self.path().and_then(of_ending);
        let format = match (self.format, self.spreadsheet) {
            (Some(AnswerFormat::Csv) | None, Some(_)) => AnswerFormat::Csv,
            (Some(_), Some(_)) => {
                return Err(Failure::new("`--spreadsheet` is for CSV").help("leave `--format` out"));
            }
            (Some(format), None) => format,
            (None, None) => match self.path() {
                Some(path) => by_ending.or(self.is_folder().then_some(AnswerFormat::Csv)).ok_or_else(|| {
                    file::formatless(path)
                        .help("end the name in .txt, .json, .csv or .md, name a folder, or add `--format`")
                })?,
                None => AnswerFormat::Text,
            },
        };
        match (format, self.limit) {
            (AnswerFormat::Json | AnswerFormat::Csv, Some(_)) => Err(Failure::new(
                "`--limit` is for text and Markdown: JSON and CSV hold every row",
            )
            .help("leave it out, or choose fewer records: `demarche help selection`")),
            _ => Ok(format),
        }
    }

    /// Returns the most lines of a table that was asked for; 0 asks for all.
    fn limit(&self) -> Option<usize> {
        self.limit.filter(|limit| *limit > 0)
    }

    /// Returns the most lines of a table of text: as asked for, else what can be read on a terminal.
    fn text_limit(&self) -> Option<usize> {
        let on_terminal = self.path().is_none() && io::stdout().is_terminal();
        match self.limit {
            None => on_terminal.then_some(MOST_ON_TERMINAL),
            Some(_) => self.limit(),
        }
    }

    /// Refuses the name of a format after `-o`: it would become a folder of tables.
    fn check_word(&self) -> Result<(), Failure> {
        let word = self.path().and_then(Path::to_str);
        let word = word.filter(|word| !Path::new(word).exists());
        let Some(format) = word.and_then(|word| AnswerFormat::from_str(word, true).ok()) else {
            return Ok(());
        };
        let word = format
            .to_possible_value()
            .map_or(String::new(), |value| value.get_name().to_owned());
        let ending = if format == AnswerFormat::Text {
            "txt"
        } else {
            &word
        };
        Err(
            Failure::new(format!("`-o {word}` names a file, not a format")).help(format!(
                "`--format {word}` prints it, `-o answer.{ending}` writes it"
            )),
        )
    }

    /// Returns whether the output is a folder: an existing one, or a new name without an extension.
    fn is_folder(&self) -> bool {
        let is_folder = |path: &Path| path.is_dir() || !path.exists() && path.extension().is_none();
        self.path().is_some_and(is_folder)
    }

    /// Prints the answer, or writes it to the file or folder.
    pub(super) fn give(
        &self,
        session: &Session<'_>,
        graph: &Graph,
        answer: &dyn Answer,
    ) -> Result<(), Failure> {
        let answer = &Picked::of(answer, self.section.as_deref())?;
        let format = self.format()?;
        if let (AnswerFormat::Csv, Some(folder), true) = (format, self.path(), self.is_folder()) {
            return self.fill(session, graph, answer, folder);
        }
        let sections = answer.sections();
        let main = match format {
            AnswerFormat::Csv => self.main_table(session, answer, &sections),
            _ => None,
        };
        let write = |out: &mut dyn io::Write| match format {
            AnswerFormat::Text => {
                let shape = Shape {
                    limit: self.text_limit(),
                    ..session.shape()
                };
                render::write_text(out, graph, answer, session.why(), shape)
            }
            AnswerFormat::Json => render::write_json(out, graph, answer),
            AnswerFormat::Md => {
                render::write_markdown(out, graph, answer, session.why(), self.limit())
            }
            AnswerFormat::Csv => main.map_or(Ok(()), |main| self.csv(out, session, graph, main)),
        };
        match (self.path(), format) {
            (Some(path), _) => write_beside(session, graph, path, &write),
            (None, AnswerFormat::Csv) => out::stream_data(session.paint(), write),
            (None, AnswerFormat::Text) => out::stream(session.paint(), write),
            (None, AnswerFormat::Json | AnswerFormat::Md) => out::stream(Paint::Plain, write),
        }
    }

    /// Returns the main table, and tells the notes and names the others on standard error.
    fn main_table<'s>(
        &self,
        session: &Session<'_>,
        answer: &Picked<'_>,
        sections: &'s [Section<'s>],
    ) -> Option<&'s Section<'s>> {
        // A table has no room for notes.
        for note in answer.notes().iter() {
            session.complain(&format!("note: {}", note.text));
        }
        let main = query::main_table(sections)?;
        let has_rows =
            |section: &Section<'_>| section.filled().is_some() || section.rows.count() > 0;
        // Of a thing of which the first table tells nothing, its own record says more.
        let is_record =
            |section: &Section<'_>| section.form == query::Form::Record && has_rows(section);
        let record = sections.iter().position(is_record);
        let main = match has_rows(&sections[main]) {
            true => main,
            false => record.unwrap_or(main),
        };
        let section = &sections[main];
        let others = sections.iter().enumerate();
        let others = others.filter(|(nth, section)| *nth != main && has_rows(section));
        let others: Vec<&str> = others.map(|(_, section)| section.key).collect();
        if !others.is_empty() {
            session.complain(&format!(
                "note: this is the table `{}`; there are more: {}. `--section TABLE` prints one, `-o FOLDER` writes all",
                section.key,
                listed(others)
            ));
        }
        Some(section)
    }

    fn csv(
        &self,
        out: &mut dyn io::Write,
        session: &Session<'_>,
        graph: &Graph,
        section: &Section<'_>,
    ) -> io::Result<()> {
        if section.matrix.is_some() && session.why() == Why::Shown {
            session.complain(
                "note: `--why` adds nothing to a matrix as CSV: `--cell A,B` shows what a cell rests on",
            );
        }
        let spreadsheet = self.spreadsheet.map(|separator| match separator {
            Separator::Comma => Spreadsheet::Comma,
            Separator::Semicolon => Spreadsheet::Semicolon,
        });
        render::write_csv(out, graph, section, session.why(), spreadsheet)
    }

    /// Writes each table, and the notes, to a file in a folder; replaces an older answer.
    fn fill(
        &self,
        session: &Session<'_>,
        graph: &Graph,
        answer: &Picked<'_>,
        folder: &Path,
    ) -> Result<(), Failure> {
        let notes = answer.notes().table();
        let notes = notes.section("notes");
        let mut written = Vec::new();
        file::write_folder(folder, &is_table, &[file::OTHER_FOLDER], &mut |make| {
            for section in answer.sections().iter().chain([&notes]) {
                let name = format!("{}.csv", section.key);
                let mut out = BufWriter::new(make(&name)?);
                self.csv(&mut out, session, graph, section)?;
                out.flush()?;
                written.push(name);
            }
            Ok(())
        })?;
        session.complain(&format!("{}: {}", folder.display(), written.join(", ")));
        Ok(())
    }
}

/// Writes a file of the user's, whole or not at all.
fn write_beside(
    session: &Session<'_>,
    graph: &Graph,
    path: &Path,
    write: &dyn Fn(&mut dyn io::Write) -> io::Result<()>,
) -> Result<(), Failure> {
    file::write_beside(graph, path, &mut |said| session.complain(said), &|out| {
        let mut out = BufWriter::new(out);
        write(&mut out)?;
        out.flush()
    })
}

/// Returns whether a file is a table of an answer, judging by its name and header.
fn is_table(path: &Path) -> bool {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let Some(key) = name.strip_suffix(".csv") else {
        return false;
    };
    let mut header = String::new();
    let read = fs::File::open(path)
        .and_then(|file| BufReader::new(file.take(LONGEST_HEADER)).read_line(&mut header));
    let notes = (key == "notes").then_some(Some(NoteRow::COLUMNS));
    let tables = query::SHAPES.iter().flat_map(|shape| shape.tables);
    let tables = tables.filter(|table| table.key == key);
    let mut columns = tables.map(|table| table.columns).chain(notes);
    read.is_ok() && columns.any(|columns| render::is_header(&header, columns))
}

/// The most bytes read of a header; every table's header is shorter.
const LONGEST_HEADER: u64 = 10_000;

/// Returns the format of an answer written to a file of this name.
pub(super) fn of_ending(path: &Path) -> Option<AnswerFormat> {
    let ending = path.extension()?.to_string_lossy().to_lowercase();
    Some(match ending.as_str() {
        "txt" => AnswerFormat::Text,
        "json" => AnswerFormat::Json,
        "csv" => AnswerFormat::Csv,
        "md" | "markdown" => AnswerFormat::Md,
        _ => return None,
    })
}

/// An answer, or one table of it.
struct Picked<'a> {
    answer: &'a dyn Answer,
    key: Option<&'a str>,
}

impl<'a> Picked<'a> {
    fn of(answer: &'a dyn Answer, key: Option<&'a str>) -> Result<Picked<'a>, Failure> {
        let sections = answer.sections();
        let has = |key: &str| sections.iter().any(|section| section.key == key);
        match key {
            Some(key) if !has(key) => Err(Failure::new(format!("the answer has no table `{key}`"))
                .help(format!(
                    "it has {}",
                    listed(sections.iter().map(|section| section.key))
                ))),
            _ => Ok(Picked { answer, key }),
        }
    }
}

impl Answer for Picked<'_> {
    fn name(&self) -> &'static str {
        self.answer.name()
    }
    fn title(&self) -> &str {
        self.answer.title()
    }
    fn sections(&self) -> Vec<Section<'_>> {
        let mut sections = self.answer.sections();
        if let Some(key) = self.key {
            sections.retain(|section| section.key == key);
            for section in sections
                .iter_mut()
                .filter(|section| section.empty.is_empty())
            {
                section.empty = "Nothing.";
            }
        }
        sections
    }
    fn notes(&self) -> &Notes {
        self.answer.notes()
    }
}
