//! Lines and columns of many places, each text scanned once.

use std::cell::OnceCell;

use crate::graph::Graph;
use crate::text::{LineColumn, Place, Text};

/// Knows the lines of a graph's texts.
#[derive(Debug)]
pub struct Places<'g> {
    texts: &'g [Text],
    /// For each text, where its lines start.
    lines: Vec<OnceCell<Vec<u32>>>,
}

impl<'g> Places<'g> {
    /// For the texts of a graph; none is scanned yet.
    pub fn new(graph: &'g Graph) -> Places<'g> {
        Places {
            texts: &graph.texts,
            lines: graph.texts.iter().map(|_| OnceCell::new()).collect(),
        }
    }

    /// The name of the text of a place.
    pub fn file(&self, place: Place) -> &'g str {
        self.texts
            .get(place.file.0 as usize)
            .map_or("", |text| text.name.as_str())
    }

    /// The line and column at which a place starts.
    pub fn start(&self, place: Place) -> LineColumn {
        let (Some(text), Some(lines)) = (
            self.texts.get(place.file.0 as usize),
            self.lines.get(place.file.0 as usize),
        ) else {
            return LineColumn { line: 1, column: 1 };
        };
        let lines = lines.get_or_init(|| line_starts(&text.text));
        let line = lines
            .partition_point(|start| *start <= place.span.start)
            .max(1);
        let start = lines.get(line - 1).copied().unwrap_or(0) as usize;
        let before = text
            .text
            .as_bytes()
            .get(start..place.span.start as usize)
            .unwrap_or_default();
        LineColumn {
            line,
            column: before.iter().filter(|byte| **byte & 0xC0 != 0x80).count() + 1,
        }
    }

    /// `file:line`, the file by its last name alone where no other text has the same.
    pub fn short(&self, place: Place) -> String {
        let ends = |c: char| c == ':' || std::path::is_separator(c);
        let last = |name: &'g str| name.rsplit(ends).next().unwrap_or(name);
        let name = last(self.file(place));
        let unique = self
            .texts
            .iter()
            .filter(|text| last(&text.name) == name)
            .count()
            == 1;
        format!(
            "{}:{}",
            if unique { name } else { self.file(place) },
            self.start(place).line
        )
    }

    /// `file:line`, the file as it was named.
    pub fn full(&self, place: Place) -> String {
        format!("{}:{}", self.file(place), self.start(place).line)
    }
}

fn line_starts(text: &str) -> Vec<u32> {
    std::iter::once(0)
        .chain(memchr::memchr_iter(b'\n', text.as_bytes()).map(|at| at as u32 + 1))
        .collect()
}
