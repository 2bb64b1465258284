//! The lines of the texts that findings and answers are about.

use std::cell::OnceCell;

use crate::text::{FileId, Place, Text};
use crate::words::{LineColumn, Lines, Unit};

/// Texts, whose lines are counted when one of them is first asked about.
#[derive(Debug)]
pub(in crate::render) struct Sources<'t> {
    texts: &'t [Text],
    lines: Vec<OnceCell<Lines<'t>>>,
}

impl<'t> Sources<'t> {
    pub(in crate::render) fn new(texts: &'t [Text]) -> Sources<'t> {
        Sources {
            texts,
            lines: texts.iter().map(|_| OnceCell::new()).collect(),
        }
    }

    /// What messages call a text.
    pub(in crate::render) fn name(&self, file: FileId) -> &'t str {
        self.texts
            .get(file.0 as usize)
            .map_or("", |text| &text.name)
    }

    /// The lines of a text.
    pub(super) fn lines(&self, file: FileId) -> Option<&Lines<'t>> {
        let text = self.texts.get(file.0 as usize)?;
        Some(
            self.lines
                .get(file.0 as usize)?
                .get_or_init(|| Lines::new(&text.text)),
        )
    }

    /// Where a place starts.
    pub(in crate::render) fn start(&self, place: Place, unit: Unit) -> LineColumn {
        self.position(place.file, place.span.start, unit)
    }

    /// Where a place starts and ends.
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
