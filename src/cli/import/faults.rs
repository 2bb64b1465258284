//! What `check` would say of a graph that is made, before it is written: mistakes that no cell has by itself,
//! such as actors that belong to one another in a circle, or a quote that is not in its text.

use std::path::{self, Path, PathBuf};
use std::sync::Arc;

use crate::check::report;
use crate::cli::import::{Import, Made};
use crate::cli::session::{Session, today};
use crate::cli::{Failure, out};
use crate::diagnostic::{Diagnostic, Severity};
use crate::disk::{self, Overlay};
use crate::graph::Graph;
use crate::render::diagnostics;
use crate::resolve::{self, Files, Included, ReadError};
use crate::text::Text;
use crate::words::{counted, line_of};

/// The size of a graph with its texts, in bytes, up to which it is checked. A larger one would need more time and memory than
/// its import.
const CHECKED: usize = 32 << 20;
/// The most mistakes that are shown.
const SHOWN: usize = 20;
/// What a graph is called that is printed.
const PRINTED: &str = "import.ron";

/// What is made, in place of the files that it becomes; the texts of sources need not be there yet.
struct Fresh {
    texts: Overlay,
}

impl Files for Fresh {
    fn read(&self, name: &str) -> Result<Vec<u8>, ReadError> {
        self.texts.read(name)
    }

    fn included(&self, root: &str, from: &str, pattern: &str) -> Included {
        // The path of a text is passed on as a pattern.
        let mut path = pattern.to_owned();
        for sign in ["?", "*", "[", "]"] {
            path = path.replace(&format!("[{sign}]"), sign);
        }
        let name = disk::name(&disk::folder_of(&disk::path(from)).join(path));
        match self.texts.0.contains_key(&name) {
            true => Included::Files(vec![name], Vec::new()),
            false => self.texts.included(root, from, pattern),
        }
    }

    fn real(&self, name: &str) -> String {
        self.texts.real(name)
    }
}

impl Import {
    /// Reads the graph whose names are looked up, if the command line names one. It may include the file
    /// that is yet to be made.
    pub(super) fn graph_of_names(&self, session: &Session<'_>) -> Result<Option<Graph>, Failure> {
        if !session.names_graph() {
            return Ok(None);
        }
        let is_output = |graph: &Graph, finding: &Diagnostic| {
            finding.code == "include-nothing" && self.is_included(graph, finding)
        };
        session.graph_but_for(&is_output).map(Some)
    }

    /// Returns whether the pattern of an `include` stands for the file that is made.
    fn is_included(&self, graph: &Graph, finding: &Diagnostic) -> bool {
        let place = finding.place();
        let pattern = graph.slice(place).trim_matches('"');
        let from = place.file.of(&graph.texts);
        let folder = from.map(|text| disk::folder_of(&disk::path(&text.name)));
        let pattern = folder.and_then(|folder| path::absolute(folder.join(pattern)).ok());
        let output = self
            .output
            .as_ref()
            .and_then(|path| path::absolute(path).ok());
        let (Some(pattern), Some(output)) = (pattern, output) else {
            return false;
        };
        let pattern = pattern
            .to_str()
            .and_then(|text| glob::Pattern::new(text).ok());
        pattern.is_some_and(|pattern| pattern.matches_path(&output))
    }

    /// Shows the errors of what is made. Returns how many there are.
    pub(super) fn faults(&self, session: &Session<'_>, made: &Made) -> Result<usize, Failure> {
        let sizes = made.text.iter().map(String::len);
        let sizes = sizes.chain(made.texts.values().map(Vec::len));
        if sizes.sum::<usize>() > CHECKED {
            return Ok(0);
        }
        let mut names = Vec::new();
        if session.names_graph() {
            for path in session.paths()? {
                let files = disk::graph_files(&path);
                names.extend(
                    files
                        .map_err(|error| Failure::new(error.to_string()))?
                        .names,
                );
            }
        }
        let own = match self.name_in(&names)? {
            Some(own) => own,
            None => {
                let own = self.output.as_deref();
                let own = own.map_or_else(|| PRINTED.to_owned(), disk::name);
                names.push(own.clone());
                own
            }
        };
        self.faults_of(session, made, &names, &own)
    }

    /// Returns the name by which a graph knows the file that is made, if it includes it.
    fn name_in(&self, names: &[String]) -> Result<Option<String>, Failure> {
        let Some(output) = self.output.as_deref().filter(|path| path.exists()) else {
            return Ok(None);
        };
        let files = Fresh {
            texts: Overlay::default(),
        };
        let (graph, _) = self.read_over(names, &files)?;
        let is_it = |text: &&Text| disk::is_same_file(&disk::path(&text.name), output);
        let own = graph.texts.iter().find(is_it);
        Ok(own.map(|text| text.name.clone()))
    }

    fn read_over(
        &self,
        names: &[String],
        files: &Fresh,
    ) -> Result<(Graph, Vec<Diagnostic>), Failure> {
        resolve::load(files, names).map_err(|error| Failure::new(error.to_string()))
    }

    /// Shows the errors of these files, of which one is what is made.
    fn faults_of(
        &self,
        session: &Session<'_>,
        made: &Made,
        names: &[String],
        own: &str,
    ) -> Result<usize, Failure> {
        let mut texts = Overlay::default();
        texts.0.insert(own.to_owned(), made.text.concat().into());
        let folder = disk::folder_of(Path::new(own)).join(self.texts_name());
        for (name, text) in &made.texts {
            let path: PathBuf = folder.join(name);
            let text: Arc<str> = String::from_utf8_lossy(text).into();
            texts.0.insert(disk::name(&path), text);
        }
        let files = Fresh { texts };
        let (mut graph, mut found) = self.read_over(names, &files)?;
        found.extend(resolve::read_copies(&files, &mut graph));
        let mut errors = report(&graph, found, today()).findings;
        errors.retain(|finding| finding.severity == Severity::Error);
        let name_of = |finding: &Diagnostic| {
            let text = finding.place().file.of(&graph.texts);
            text.map_or("", |text| text.name.as_str())
        };
        let (mut ours, others): (Vec<Diagnostic>, Vec<Diagnostic>) = errors
            .into_iter()
            .partition(|finding| name_of(finding) == own);
        let mut others = others.iter().filter(|finding| {
            finding.code != "include-nothing" || !self.is_included(&graph, finding)
        });
        if let Some(first) = others.next() {
            let place = first.place();
            let line = line_of(graph.text(place.file).as_bytes(), place.span.start as usize);
            session.complain(&format!(
                "note: with this file, other files of the graph have {}, the first at {}:{line}: {}",
                counted(others.count() + 1, "error"),
                name_of(first),
                first.message
            ));
        }
        let count = ours.len();
        if count > SHOWN {
            ours.truncate(SHOWN);
            session.complain(&format!(
                "note: the first {SHOWN} of {count} mistakes are shown"
            ));
        }
        if count > 0 {
            let style = session.diagnostic_style();
            out::complain(
                diagnostics::text(&ours, &graph.texts, style).trim_end(),
                session.paint(),
            );
        }
        Ok(count)
    }
}
