//! Opens graphs, by path or from text in memory, and checks them.

use std::path::Path;
use std::sync::Arc;

use crate::check::{self, Report};
use crate::disk::{self, Author};
use crate::error::Error;
use crate::graph::{Graph, ReadFrom};
use crate::model::Day;
use crate::resolve;
use crate::text::ReadError;

impl Graph {
    /// Opens the graph of a file, or the one that all graph files of a folder make together.
    ///
    /// As on the command line, a file that another graph includes stands for that graph. A graph
    /// with mistakes in single records opens without these records; [`Graph::check`] lists them.
    ///
    /// ```
    /// let graph = demarche::Graph::open("graphs/blinken-2023.ron")?;
    /// assert_eq!(graph.title(), Some("Blinken in Beijing, June 2023"));
    /// # Ok::<(), demarche::Error>(())
    /// ```
    ///
    /// # Errors
    /// [`Error::Unreadable`] if the path can't be read or holds no graph; [`Error::Half`] if a part
    /// of the graph can't be read, such as an included file, so that answers could be wrong.
    pub fn open(path: impl AsRef<Path>) -> Result<Graph, Error> {
        whole(Graph::open_partial(path)?)
    }

    /// Opens what can be read of a graph. [`Graph::missing`] lists what can't.
    ///
    /// # Errors
    /// [`Error::Unreadable`] if the path can't be read or holds no graph.
    pub fn open_partial(path: impl AsRef<Path>) -> Result<Graph, Error> {
        let path = path.as_ref();
        let graph = disk::including(path, None);
        let mut graph = Graph::of_paths(&[graph.as_deref().unwrap_or(path)], &Author::default())?;
        graph.settle_day();
        Ok(graph)
    }

    /// Reads what can be read of the graph of some files or folders. Looks for unfinished edits
    /// beside the files, too; `author` is who asks.
    ///
    /// # Errors
    /// If a path can't be read or holds no graph.
    pub(crate) fn of_paths<P: AsRef<Path>>(
        paths: &[P],
        author: &Author,
    ) -> Result<Graph, ReadError> {
        let (mut graph, mut found) = disk::read(paths)?;
        found.extend(disk::read_edits(&mut graph, author));
        (graph.found, graph.read_from) = (found, ReadFrom::Disk);
        Ok(graph)
    }

    /// Reads a graph from text. Messages call it `name`; it can't include other files.
    ///
    /// ```
    /// use demarche::Graph;
    ///
    /// let graph = Graph::read("pact.ron", r#"Graph(
    ///     actors: { "north": (name: "Northland", kind: State) },
    /// )"#)?;
    /// let north = graph.actor("Northland")?;
    /// assert_eq!(&*graph[north].id, "north");
    /// # Ok::<(), demarche::Error>(())
    /// ```
    ///
    /// # Errors
    /// [`Error::Half`] if a part of the graph can't be read.
    pub fn read(name: &str, text: &str) -> Result<Graph, Error> {
        whole(Graph::read_partial(name, text))
    }

    /// Reads what can be read of a graph from text. [`Graph::missing`] lists what can't.
    #[must_use]
    pub fn read_partial(name: &str, text: &str) -> Graph {
        let (mut graph, found) = resolve::read(name, text);
        graph.found = found;
        graph.settle_day();
        graph
    }

    /// Checks the graph as `demarche check` does: mistakes in its files, quotes that are not in the
    /// texts of their sources, what is said to have happened after `today`, and all other warnings.
    ///
    /// Quotes are checked against the local copies of their sources. The first call reads these, if
    /// the graph was opened by its path.
    ///
    /// ```
    /// use demarche::Graph;
    /// use demarche::model::Day;
    ///
    /// let mut graph = Graph::read("pact.ron", r#"Graph(
    ///     actors: { "north": (name: "Northland", kind: State) },
    /// )"#)?;
    /// let report = graph.check(Day::of(2024, 6, 1));
    /// assert_eq!(report.findings[0].code, "unused");
    /// # Ok::<(), demarche::Error>(())
    /// ```
    pub fn check(&mut self, today: Day) -> Report {
        self.read_copies();
        check::report(self, self.found.clone(), today)
    }

    /// Reads the local copies of the sources, once, if the graph was opened by its path.
    pub(crate) fn read_copies(&mut self) {
        if self.read_from == ReadFrom::Disk && self.copies.is_empty() {
            let unread = disk::read_copies(self);
            self.found.extend(unread);
        }
    }
}

/// Refuses half a graph.
fn whole(graph: Graph) -> Result<Graph, Error> {
    match graph.is_whole() {
        true => Ok(graph),
        false => Err(Error::Half {
            findings: graph.missing,
            texts: Arc::unwrap_or_clone(graph.texts),
        }),
    }
}
