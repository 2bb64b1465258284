//! A graph in memory, and the answers to its questions.

use std::path::PathBuf;
use std::sync::Arc;

use demarche::Error;
use demarche::cli::{self, today};
use demarche::graph::Entity;
use demarche::picture::Format;
use demarche::query::{self, Body, Noted, Section, Value as Figure, View};
use demarche::render::{self, Paint, Shape, Why, diagnostics};
use numpy::{PyArray1, PyArray2, PyArrayMethods};
use pyo3::prelude::*;
use pyo3::types::PyBytes;
use serde_json::{Map, Value};

use crate::error::detached;
use crate::network::{Network, Nodes};
use crate::table::{Batches, Table, batches};

/// A graph.
#[pyclass(frozen, module = "demarche_graph._native")]
pub(crate) struct Graph {
    graph: Arc<demarche::Graph>,
}

/// An answer: its tables, and what is to be said of them.
#[pyclass(frozen, get_all, module = "demarche_graph._native")]
pub(crate) struct Answer {
    /// The name of the answer, as in `docs/schema`.
    name: &'static str,
    /// What was asked, in words.
    title: String,
    /// The notes, a row each.
    notes: Py<Table>,
    /// The keys of the tables.
    keys: Vec<&'static str>,
    /// The headings of the tables, for people.
    headings: Vec<String>,
    /// The index of the table that it is about, if it has any.
    main: Option<usize>,
    /// The index of the matrix, if it is one.
    matrix: Option<usize>,
    /// The tables; a matrix is `None`, as it may be far larger as a table.
    tables: Vec<Option<Py<Table>>>,
}

#[pymethods]
impl Graph {
    /// Opens a file or a folder.
    #[staticmethod]
    fn open(py: Python<'_>, path: PathBuf) -> PyResult<Graph> {
        let graph = detached(py, || demarche::Graph::open(path))?;
        Ok(Graph {
            graph: Arc::new(graph),
        })
    }

    /// Reads a text; messages call it `name`.
    #[staticmethod]
    fn read(py: Python<'_>, name: &str, text: &str) -> PyResult<Graph> {
        let graph = detached(py, || demarche::Graph::read(name, text))?;
        Ok(Graph {
            graph: Arc::new(graph),
        })
    }

    #[getter]
    fn title(&self) -> Option<&str> {
        self.graph.title()
    }

    /// The number of actors, issues, statements, meetings, ties, sources and facts.
    #[getter]
    fn counts(&self) -> [usize; 7] {
        let graph = &self.graph;
        [
            graph.actors().count(),
            graph.issues().count(),
            graph.stances().count(),
            graph.meetings().count(),
            graph.ties().count(),
            graph.sources().count(),
            graph.facts().count(),
        ]
    }

    /// Checks the graph; returns the findings as JSON.
    fn check(&self, py: Python<'_>) -> PyResult<String> {
        detached(py, || {
            let mut graph = (*self.graph).clone();
            let report = graph.check(today());
            Ok(diagnostics::json(&report.findings, &[], graph.texts()))
        })
    }

    /// Answers a question, whose arguments are JSON.
    fn ask(&self, py: Python<'_>, question: &str, arguments: &str, why: bool) -> PyResult<Answer> {
        let asked = detached(py, || {
            self.asked(question, arguments, &mut |view, answer| {
                Asked::of(view, answer, why_of(why))
            })
        })?;
        asked.into_answer(py)
    }

    /// Answers a question, and makes one table of the answer.
    fn table(
        &self,
        py: Python<'_>,
        question: &str,
        arguments: &str,
        why: bool,
        key: &str,
    ) -> PyResult<Table> {
        let batches = detached(py, || {
            self.asked(question, arguments, &mut |view, answer| {
                let sections = answer.sections();
                let section = sections.iter().find(|section| section.key == key);
                let section = section.ok_or_else(|| refused("the answer has no such table"))?;
                batches(&view.graph, section, why_of(why)).map_err(refused)
            })
        })?;
        Ok(Table { batches })
    }

    /// Answers a question, and gives the ids of the rows and columns of its matrix.
    fn labels(
        &self,
        py: Python<'_>,
        question: &str,
        arguments: &str,
    ) -> PyResult<(Vec<String>, Vec<String>)> {
        detached(py, || {
            self.with_matrix(question, arguments, &mut |view, matrix| {
                let ids = |things: &[Entity]| -> Vec<String> {
                    let ids = things.iter().map(|thing| view.graph.id(*thing).to_owned());
                    ids.collect()
                };
                Ok((ids(&matrix.rows), ids(&matrix.columns)))
            })
        })
    }

    /// Answers a question, and gives the numbers of its matrix.
    fn matrix<'py>(
        &self,
        py: Python<'py>,
        question: &str,
        arguments: &str,
    ) -> PyResult<Bound<'py, PyArray2<f64>>> {
        py.import("numpy")?;
        let (shape, numbers) = detached(py, || {
            self.with_matrix(question, arguments, &mut |_, matrix| {
                if matrix.is_in_words() && !matrix.rows.is_empty() {
                    let reason = "this matrix has words, not numbers: `rows` gives them";
                    return Err(refused(reason));
                }
                let shape = [matrix.rows.len(), matrix.columns.len()];
                Ok((shape, numbers(matrix)))
            })
        })?;
        PyArray1::from_vec(py, numbers).reshape(shape)
    }

    /// Answers a question in a format: text, json or md.
    fn written(
        &self,
        py: Python<'_>,
        question: &str,
        arguments: &str,
        why: bool,
        format: &str,
    ) -> PyResult<String> {
        let shape = Shape {
            width: None,
            limit: None,
            paint: Paint::Plain,
        };
        detached(py, || {
            self.asked(question, arguments, &mut |view, answer| {
                let graph = &view.graph;
                Ok(match format {
                    "json" => render::json(graph, answer),
                    "md" => render::markdown(graph, answer, why_of(why), None),
                    _ => render::text(graph, answer, why_of(why), shape),
                })
            })
        })
    }

    /// Draws the graph in a format; returns the picture, and what is to be said of it.
    fn draw<'py>(
        &self,
        py: Python<'py>,
        arguments: &str,
        format: &str,
    ) -> PyResult<(Bound<'py, PyBytes>, Vec<String>)> {
        let (picture, said) = detached(py, || {
            let format = format_of(format)?;
            cli::draw(&self.graph, today(), &read(arguments)?, format)
        })?;
        Ok((PyBytes::new(py, &picture), said))
    }

    /// Returns the nodes and edges of the network, each with its attributes.
    fn network<'py>(&self, py: Python<'py>, arguments: &str) -> PyResult<Nodes<'py>> {
        let network = detached(py, || {
            let mut network = Network::default();
            cli::network(&self.graph, today(), &read(arguments)?, &mut network)?;
            Ok(network)
        })?;
        network.into_python(py)
    }

    /// Writes a file, whole or not at all; one that the graph is made of is refused.
    fn save(&self, py: Python<'_>, path: PathBuf, bytes: &[u8]) -> PyResult<()> {
        detached(py, || cli::save(&self.graph, &path, bytes))
    }
}

impl Graph {
    /// Answers a question, and makes something of its matrix.
    fn with_matrix<T>(
        &self,
        question: &str,
        arguments: &str,
        make: &mut dyn FnMut(&View, &query::Matrix) -> Result<T, Error>,
    ) -> Result<T, Error> {
        self.asked(question, arguments, &mut |view, answer| {
            let sections = answer.sections();
            match sections.iter().find_map(|section| section.matrix) {
                Some(matrix) => make(view, matrix),
                None => Err(refused("the answer has no matrix")),
            }
        })
    }

    /// Answers a question, and makes something of the answer.
    fn asked<T>(
        &self,
        question: &str,
        arguments: &str,
        make: &mut dyn FnMut(&View, &mut dyn Noted) -> Result<T, Error>,
    ) -> Result<T, Error> {
        let mut made = Err(refused("there is no answer"));
        cli::ask(
            &self.graph,
            today(),
            question,
            &read(arguments)?,
            &mut |view, answer| made = make(view, answer),
        )?;
        made
    }
}

/// Returns the text of a graph file with these records, which are JSON by their sections.
#[pyfunction]
pub(crate) fn write_records(py: Python<'_>, sections: &str) -> PyResult<String> {
    detached(py, || demarche::mcp::written(&read(sections)?))
}

/// Checks the text of a graph file; returns the findings as JSON.
#[pyfunction]
pub(crate) fn check_text(py: Python<'_>, name: &str, text: &str) -> PyResult<String> {
    detached(py, || {
        let mut graph = demarche::Graph::read_partial(name, text);
        let report = graph.check(today());
        Ok(diagnostics::json(&report.findings, &[], graph.texts()))
    })
}

/// Writes a file, whole or not at all.
#[pyfunction]
pub(crate) fn save(py: Python<'_>, path: PathBuf, bytes: &[u8]) -> PyResult<()> {
    detached(py, || cli::save(&demarche::Graph::default(), &path, bytes))
}

fn why_of(why: bool) -> Why {
    match why {
        true => Why::Shown,
        false => Why::Brief,
    }
}

fn read(arguments: &str) -> Result<Map<String, Value>, Error> {
    serde_json::from_str(arguments).map_err(refused)
}

fn refused(reason: impl ToString) -> Error {
    Error::Question {
        reason: reason.to_string(),
        help: Vec::new(),
    }
}

fn format_of(name: &str) -> Result<Format, Error> {
    Ok(match name {
        "svg" => Format::Svg,
        "png" => Format::Png,
        "pdf" => Format::Pdf,
        "html" => Format::Html,
        "dot" | "gv" => Format::Dot,
        "mmd" => Format::Mermaid,
        "txt" => Format::Text,
        _ => {
            return Err(Error::Question {
                reason: format!("`{name}` is no format of a picture"),
                help: vec![
                    "end the name in .svg, .png, .pdf, .html, .dot, .mmd or .txt".to_owned(),
                ],
            });
        }
    })
}

/// Returns the cells of a matrix, row by row; NaN where nothing is known.
fn numbers(matrix: &query::Matrix) -> Vec<f64> {
    let many = matrix.columns.len();
    let lines = matrix.lines(|line| {
        let mut numbers = vec![f64::NAN; many];
        line.each(|column, figure| {
            if let Figure::Number(number) = figure.value {
                numbers[column] = number;
            }
        });
        numbers
    });
    lines.concat()
}

/// Returns the index of the table that an answer is about. Of a thing of which that tells nothing, its
/// own record says more.
fn main(sections: &[Section<'_>]) -> Option<usize> {
    let has_rows = |section: &Section<'_>| section.matrix.is_some() || section.rows.count() > 0;
    let main = query::main_table(sections)?;
    if has_rows(&sections[main]) {
        return Some(main);
    }
    let is_record =
        |section: &Section<'_>| section.form == query::Form::Record && has_rows(section);
    sections.iter().position(is_record).or(Some(main))
}

/// An answer before Python has it.
struct Asked {
    name: &'static str,
    title: String,
    notes: Batches,
    sections: Vec<Told>,
    main: Option<usize>,
}

/// A table before Python has it.
struct Told {
    key: &'static str,
    heading: String,
    is_matrix: bool,
    batches: Option<Batches>,
}

impl Asked {
    fn of(view: &View, answer: &mut dyn Noted, why: Why) -> Result<Asked, Error> {
        let graph = &view.graph;
        let told = |section: &Section<'_>| {
            let made = match section.matrix {
                Some(_) => None,
                None => Some(batches(graph, section, why).map_err(refused)?),
            };
            Ok(Told {
                key: section.key,
                heading: section.heading.to_owned(),
                is_matrix: section.matrix.is_some(),
                batches: made,
            })
        };
        let sections = answer.sections();
        let notes = answer.notes().table();
        let notes = batches(graph, &notes.section("notes"), Why::Brief).map_err(refused)?;
        let told: Result<Vec<Told>, Error> = sections.iter().map(told).collect();
        Ok(Asked {
            name: answer.name(),
            title: answer.title().to_owned(),
            notes,
            main: main(&sections),
            sections: told?,
        })
    }

    fn into_answer(self, py: Python<'_>) -> PyResult<Answer> {
        let matrix = self.sections.iter().position(|told| told.is_matrix);
        let keys = self.sections.iter().map(|told| told.key).collect();
        let headings = self.sections.iter().map(|told| told.heading.clone());
        let headings = headings.collect();
        let tables = self.sections.into_iter().map(|told| match told.batches {
            Some(batches) => Py::new(py, Table { batches }).map(Some),
            None => Ok(None),
        });
        Ok(Answer {
            name: self.name,
            title: self.title,
            notes: Py::new(
                py,
                Table {
                    batches: self.notes,
                },
            )?,
            keys,
            headings,
            main: self.main,
            matrix,
            tables: tables.collect::<PyResult<Vec<Option<Py<Table>>>>>()?,
        })
    }
}
