//! Replacements of bytes in texts.

use std::collections::BTreeMap;

use crate::text::{FileId, Place, Span, Text};

/// A replacement of some bytes by a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Splice {
    /// The bytes to replace; empty to insert.
    pub place: Place,
    /// The text that replaces them.
    pub text: String,
}

impl Splice {
    pub(super) fn new(file: FileId, start: usize, end: usize, text: impl Into<String>) -> Splice {
        Splice {
            place: Place {
                file,
                span: Span::new(start, end),
            },
            text: text.into(),
        }
    }
}

/// Why an edit is refused: what is wrong, the records in the way, and what to do.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Refusal {
    /// Lower case, names in backticks, no full stop.
    pub message: String,
    /// The records in the way.
    pub places: Vec<Place>,
    /// What to do about it, one hint per item.
    pub help: Vec<String>,
}

impl Refusal {
    pub(crate) fn new(message: impl Into<String>) -> Refusal {
        Refusal {
            message: message.into(),
            ..Refusal::default()
        }
    }

    pub(crate) fn help(mut self, help: impl Into<String>) -> Refusal {
        self.help.push(help.into());
        self
    }
}

/// Returns each changed text as it is after the splices. Splices must not overlap; those that
/// insert at the same offset insert in their order.
pub fn spliced(texts: &[Text], splices: &[Splice]) -> BTreeMap<FileId, String> {
    let mut by_file: BTreeMap<FileId, Vec<&Splice>> = BTreeMap::new();
    for splice in splices {
        by_file.entry(splice.place.file).or_default().push(splice);
    }
    let texts = |file: FileId| file.of(texts).map_or("", |text| text.text.as_str());
    by_file
        .into_iter()
        .map(|(file, splices)| (file, one_spliced(texts(file), splices)))
        .collect()
}

/// Returns the offset of a place's start after the splices. If it lies in replaced bytes, that is
/// the start of their replacement.
pub fn shifted(splices: &[Splice], place: Place) -> u32 {
    let start = place.span.start;
    let mut shift = 0;
    for splice in splices
        .iter()
        .filter(|splice| splice.place.file == place.file && splice.place.span.start < start)
    {
        let Span { start: from, end } = splice.place.span;
        // Inside replaced bytes, no offset is preserved.
        shift += if end > start {
            i64::from(from) - i64::from(start)
        } else {
            splice.text.len() as i64 - i64::from(end - from)
        };
    }
    u32::try_from(i64::from(start) + shift).unwrap_or(0)
}

/// Applies splices to one text.
pub(super) fn one_spliced(text: &str, mut splices: Vec<&Splice>) -> String {
    splices.sort_by_key(|splice| (splice.place.span.start, splice.place.span.end));
    let mut out = String::with_capacity(
        text.len()
            + splices
                .iter()
                .map(|splice| splice.text.len())
                .sum::<usize>(),
    );
    let mut done = 0;
    for splice in splices {
        let Span { start, end } = splice.place.span;
        out.push_str(text.get(done..start as usize).unwrap_or_default());
        out.push_str(&splice.text);
        done = (end as usize).max(done);
    }
    out.push_str(text.get(done..).unwrap_or_default());
    out
}
