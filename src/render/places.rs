//! Lines and columns of many places, each text scanned once.

use std::collections::HashMap;

use crate::graph::Graph;
use crate::render::diagnostics::lines::Sources;
use crate::text::Place;
use crate::words::{LineColumn, Unit};

/// Knows the lines of a graph's texts.
#[derive(Debug)]
pub struct Places<'g> {
    sources: Sources<'g>,
    /// The length of the folder that all texts lie in.
    folder: usize,
    /// How many texts have the same last name.
    alike: HashMap<&'g str, usize>,
}

impl<'g> Places<'g> {
    /// For the texts of a graph; none is scanned yet.
    pub fn new(graph: &'g Graph) -> Places<'g> {
        let mut alike = HashMap::new();
        for text in &graph.texts {
            *alike.entry(last(&text.name)).or_default() += 1;
        }
        Places {
            sources: Sources::new(&graph.texts),
            folder: graph.folder().len(),
            alike,
        }
    }

    /// The name of the text of a place, from the folder of the graph on.
    pub fn file(&self, place: Place) -> &'g str {
        let name = self.sources.name(place.file);
        name.get(self.folder..).unwrap_or(name)
    }

    /// The line and column at which a place starts.
    pub fn start(&self, place: Place) -> LineColumn {
        self.sources.start(place, Unit::Characters)
    }

    /// `file:line`, the file by its last name alone where no other text has the same.
    pub fn short(&self, place: Place) -> String {
        let file = self.file(place);
        let unique = self.alike.get(last(file)) == Some(&1);
        let name = if unique { last(file) } else { file };
        format!("{name}:{}", self.start(place).line)
    }

    /// `file:line`, the file by its path from here: what an edit changes is opened from here.
    pub fn as_named(&self, place: Place) -> String {
        let name = self.sources.name(place.file);
        format!("{name}:{}", self.start(place).line)
    }

    /// `file:line`, the file from the folder of the graph on.
    pub fn full(&self, place: Place) -> String {
        format!("{}:{}", self.file(place), self.start(place).line)
    }
}

fn last(name: &str) -> &str {
    let ends = |c: char| c == ':' || std::path::is_separator(c);
    name.rsplit(ends).next().unwrap_or(name)
}
