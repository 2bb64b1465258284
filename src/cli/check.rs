//! `demarche check`: everything that is wrong, or worth a look, in a graph.

use std::collections::BTreeMap;
use std::path::PathBuf;

use crate::check::Report;
use crate::cli::session::today;
use crate::diagnostic::{Diagnostic, Severity};
use crate::disk::Author;
use crate::graph::Graph;
use crate::progress::step;
use crate::render::diagnostics::{Style, json, sarif, text};
use crate::resolve::ReadError;

#[derive(Debug, clap::Args)]
pub(crate) struct Check {
    /// Files and folders to check as one graph, `-` for standard input; by default the graph at
    /// hand
    #[arg(value_name = "FILE")]
    files: Vec<PathBuf>,
    /// How to print what was found
    #[arg(long, value_enum, default_value_t)]
    format: Format,
    /// Treat warnings as errors
    #[arg(long)]
    strict: bool,
    /// Print every warning, however many are alike
    #[arg(long)]
    all: bool,
}

/// The output format of findings.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, clap::ValueEnum)]
pub(crate) enum Format {
    /// For people
    #[default]
    Text,
    /// An array, for editors and scripts
    Json,
    /// SARIF 2.1.0, for code hosts and review tools
    Sarif,
}

impl Check {
    /// Returns the files and folders named on the command line; empty if none.
    pub(crate) fn files(&self) -> &[PathBuf] {
        &self.files
    }

    /// Checks files and folders as one graph. Returns the output and the exit code; with exit code
    /// 2, the output is for standard error.
    pub(crate) fn run(&self, paths: &[PathBuf], style: Style, author: &Author) -> (String, u8) {
        let (graph, Report { findings, silenced }) = match findings(paths, author) {
            Ok(found) => found,
            Err(error) => return (format!("error: {error}\n"), 2),
        };
        let mut found = match self.all {
            true => findings,
            false => crate::check::summed_up(findings),
        };
        if self.strict {
            for diagnostic in &mut found {
                diagnostic.severity = Severity::Error;
            }
        }
        let output = match self.format {
            Format::Text => text(&found, &graph.texts, style) + &told(&silenced),
            Format::Json => json(&found, &silenced, &graph.texts),
            Format::Sarif => sarif(&found, &silenced, &graph.texts),
        };
        (output, exit_code(&found))
    }
}

/// Reads a graph with the local copies of its sources and runs every check on it.
pub(crate) fn findings(paths: &[PathBuf], author: &Author) -> Result<(Graph, Report), ReadError> {
    let reading = step("reading the graph", 0);
    let mut graph = Graph::of_paths(paths, author)?;
    drop(reading);
    let report = graph.check(today());
    Ok((graph, report))
}

/// Counts the silenced findings by code, on one line; empty if there are none.
fn told(silenced: &[Diagnostic]) -> String {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for finding in silenced {
        *counts.entry(finding.code).or_default() += 1;
    }
    let counts: Vec<String> = counts
        .iter()
        .map(|(code, count)| format!("{count} {code}"))
        .collect();
    match counts.is_empty() {
        true => String::new(),
        false => format!("silenced by `allow`: {}\n", counts.join(", ")),
    }
}

fn exit_code(found: &[Diagnostic]) -> u8 {
    u8::from(
        found
            .iter()
            .any(|diagnostic| diagnostic.severity == Severity::Error),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    const STYLE: Style = Style {
        color: false,
        width: Some(100),
    };

    fn check(text: &str, format: Format, strict: bool) -> (String, u8) {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("a.ron");
        std::fs::write(&file, text).unwrap();
        Check {
            files: Vec::new(),
            format,
            strict,
            all: false,
        }
        .run(&[file], STYLE, &Author::default())
    }

    #[test]
    fn exit_codes() {
        let unused = "Graph(actors: {\"us\": (name: \"US\", kind: State)})";
        assert_eq!(check("Graph()", Format::Text, false), (String::new(), 0));
        assert_eq!(
            check("Graph()", Format::Json, false),
            ("[]\n".to_owned(), 0)
        );
        assert_eq!(check("Graph(", Format::Text, false).1, 1);
        assert_eq!(check(unused, Format::Text, false).1, 0);
        let (output, code) = check(unused, Format::Text, true);
        assert!(
            output.starts_with("error[unused]")
                && output.ends_with("1 error in 1 file\n")
                && code == 1,
            "{output}"
        );
        let missing = Check {
            files: Vec::new(),
            format: Format::Text,
            strict: false,
            all: false,
        };
        assert_eq!(
            missing.run(&["no-such.ron".into()], STYLE, &Author::default()),
            (
                "error: can't read `no-such.ron`: there is no such file\n".to_owned(),
                2
            )
        );
    }
}
