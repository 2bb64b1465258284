//! Line and column lookup in the texts that findings and answers refer to.

use std::sync::OnceLock;

use crate::text::{FileId, Place, Text};
use crate::words::{LineColumn, Lines, Unit};

/// A set of texts; the lines of each are counted when first needed.
#[derive(Debug)]
pub(in crate::render) struct Sources<'t> {
    texts: &'t [Text],
    lines: Vec<OnceLock<Lines<'t>>>,
}

impl<'t> Sources<'t> {
    pub(in crate::render) fn new(texts: &'t [Text]) -> Sources<'t> {
        Sources {
            texts,
            lines: texts.iter().map(|_| OnceLock::new()).collect(),
        }
    }

    /// Returns the name messages use for a text, or an empty string if there is no such text.
    pub(in crate::render) fn name(&self, file: FileId) -> &'t str {
        file.of(self.texts).map_or("", |text| &text.name)
    }

    /// Returns the lines of a text, or `None` if there is no such text.
    pub(super) fn lines(&self, file: FileId) -> Option<&Lines<'t>> {
        let text = file.of(self.texts)?;
        Some(file.of(&self.lines)?.get_or_init(|| Lines::new(&text.text)))
    }

    /// Returns the line and column at which a span starts.
    pub(in crate::render) fn start(&self, place: Place, unit: Unit) -> LineColumn {
        self.position(place.file, place.span.start, unit)
    }

    /// Returns the line at which a span starts.
    pub(in crate::render) fn line(&self, place: Place) -> usize {
        let lines = self.lines(place.file);
        1 + lines.map_or(0, |lines| lines.line(place.span.start as usize))
    }

    /// Returns the lines and columns at which a span starts and ends.
    pub(super) fn ends(&self, place: Place, unit: Unit) -> (LineColumn, LineColumn) {
        let end = self.position(place.file, place.span.end, unit);
        (self.start(place, unit), end)
    }

    fn position(&self, file: FileId, offset: u32, unit: Unit) -> LineColumn {
        let first = LineColumn { line: 1, column: 1 };
        self.lines(file)
            .map_or(first, |lines| lines.position(offset as usize, unit))
    }
}
