//! `demarche check`: everything that is wrong, or worth a look, in a graph.

use std::collections::BTreeMap;
use std::path::PathBuf;

use crate::check::Report;
use crate::cli::session::today;
use crate::diagnostic::{Diagnostic, Severity};
use crate::disk::Author;
use crate::exchange::twins::{Twins, twins};
use crate::graph::Graph;
use crate::progress::step;
use crate::render::diagnostics::{Style, json, sarif, text};
use crate::resolve::ReadError;
use crate::words::one_line;

#[derive(Debug, clap::Args)]
pub(crate) struct Check {
    /// Files and folders to check as one graph, `-` for standard input; by default the graph at
    /// hand
    #[arg(value_name = "FILE")]
    files: Vec<PathBuf>,
    /// How to print what was found
    #[arg(long, value_enum, default_value_t)]
    format: ReportFormat,
    /// Treat warnings as errors
    #[arg(long)]
    strict: bool,
    /// Print every warning, however many are alike
    #[arg(long)]
    all: bool,
    /// List actors and issues whose names resemble each other instead, with the commands that merge
    /// them
    #[arg(long, conflicts_with_all = ["format", "strict", "all"])]
    names: bool,
}

/// The output format of findings.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, clap::ValueEnum)]
pub(crate) enum ReportFormat {
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
        if self.names {
            return match Graph::of_paths(paths, author) {
                Ok(graph) => (alike(&graph, paths), 0),
                Err(error) => (format!("error: {error}\n"), 2),
            };
        }
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
            ReportFormat::Text => text(&found, &graph.texts, style) + &counts(&silenced),
            ReportFormat::Json => json(&found, &silenced, &graph.texts),
            ReportFormat::Sarif => sarif(&found, &silenced, &graph.texts),
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

/// Lists the commands that merge records which may be the same, each after how their names resemble each
/// other. Nobody but a person knows whether they are.
fn alike(graph: &Graph, paths: &[PathBuf]) -> String {
    let twins = twins(graph);
    if twins.is_empty() {
        return "no names resemble each other\n".to_owned();
    }
    let graphs: String = paths
        .iter()
        .map(|path| format!(" -g {}", path.display()))
        .collect();
    let mut text = String::new();
    for Twins {
        rarer,
        commoner,
        likeness,
    } in twins
    {
        let why = likeness.word();
        let (one, other) = (one_line(rarer.1), one_line(commoner.1));
        text += &format!("# “{one}” and “{other}”: {why}\n");
        let (gone, stays) = (graph.id(rarer.0), graph.id(commoner.0));
        text += &format!("demarche{graphs} merge {gone} {stays}\n");
    }
    text
}

/// Counts the silenced findings by code, on one line; empty if there are none.
fn counts(silenced: &[Diagnostic]) -> String {
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

    fn check(text: &str, format: ReportFormat, strict: bool) -> (String, u8) {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("a.ron");
        std::fs::write(&file, text).unwrap();
        Check {
            files: Vec::new(),
            format,
            strict,
            all: false,
            names: false,
        }
        .run(&[file], STYLE, &Author::default())
    }

    #[test]
    fn exit_codes() {
        let unused = "Graph(actors: {\"us\": (name: \"US\", kind: State)})";
        assert_eq!(
            check("Graph()", ReportFormat::Text, false),
            (String::new(), 0)
        );
        assert_eq!(
            check("Graph()", ReportFormat::Json, false),
            ("[]\n".to_owned(), 0)
        );
        assert_eq!(check("Graph(", ReportFormat::Text, false).1, 1);
        assert_eq!(check(unused, ReportFormat::Text, false).1, 0);
        let (output, code) = check(unused, ReportFormat::Text, true);
        assert!(
            output.starts_with("error[unused]")
                && output.ends_with("1 error in 1 file\n")
                && code == 1,
            "{output}"
        );
        let alike = "Graph(actors: {\"epa\": (name: \"EPA\", kind: Organization), \"a\": (name: \"Environmental Protection Agency\", kind: Organization)}, issues: {\"i\": (name: \"I\")}, stances: [(actor: \"a\", issue: \"i\", position: Supports)])";
        let names = |text: &str| {
            let folder = tempfile::tempdir().unwrap();
            let file = folder.path().join("a.ron");
            std::fs::write(&file, text).unwrap();
            let check = Check {
                files: Vec::new(),
                format: ReportFormat::Text,
                strict: false,
                all: false,
                names: true,
            };
            check.run(&[file], STYLE, &Author::default())
        };
        let (output, code) = names(alike);
        let first = "# “EPA” and “Environmental Protection Agency”: initials\ndemarche -g ";
        assert!(
            output.starts_with(first) && output.ends_with("a.ron merge epa a\n"),
            "{output}"
        );
        assert_eq!(code, 0);
        assert_eq!(
            names("Graph()"),
            ("no names resemble each other\n".to_owned(), 0)
        );
        let missing = Check {
            files: Vec::new(),
            format: ReportFormat::Text,
            strict: false,
            all: false,
            names: false,
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
