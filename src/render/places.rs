//! Lines and columns of many records, scanning each text once.

use crate::graph::Graph;
use crate::render::diagnostics::lines::Sources;
use crate::text::Place;
use crate::words::{LineColumn, Unit};

/// Finds files and lines in a graph's texts.
#[derive(Debug)]
pub struct Places<'g> {
    sources: Sources<'g>,
    /// The length of the path of the folder that holds all texts.
    folder: usize,
}

impl<'g> Places<'g> {
    /// Makes a lookup for the texts of a graph, without scanning any yet.
    pub fn new(graph: &'g Graph) -> Places<'g> {
        Places {
            sources: Sources::new(&graph.texts),
            folder: graph.folder().len(),
        }
    }

    /// Returns the file's path relative to the graph's folder.
    pub fn file(&self, place: Place) -> &'g str {
        let name = self.sources.name(place.file);
        name.get(self.folder..).unwrap_or(name)
    }

    /// Returns the line and column, in characters, at which a record starts.
    pub fn start(&self, place: Place) -> LineColumn {
        self.sources.start(place, Unit::Characters)
    }

    /// Returns the line at which a record starts.
    pub fn line_number(&self, place: Place) -> usize {
        self.sources.line(place)
    }

    /// Returns `file:line`, with the path from the working directory, from which a changed file can
    /// be opened.
    pub fn as_named(&self, place: Place) -> String {
        let name = self.sources.name(place.file);
        format!("{name}:{}", self.line_number(place))
    }

    /// Returns `file:line`, with the path relative to the graph's folder.
    pub fn line(&self, place: Place) -> String {
        format!("{}:{}", self.file(place), self.line_number(place))
    }
}
