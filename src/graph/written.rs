//! Records as written: read again from their text, with all prose, when an answer shows them.

use crate::graph::{Graph, Meeting, Told};
use crate::model;
use crate::syntax::{Rare, Reader, read_attributes};
use crate::text::Place;

macro_rules! written {
    ($($(#[$meta:meta])* $name:ident: $record:ident,)*) => {$(
        $(#[$meta])*
        pub fn $name(&self, place: Place) -> model::$record<'_> {
            self.written(place)
        }
    )*};
}

impl Graph {
    written! {
        /// Reads the source in a place again.
        written_source: Source,
        /// Reads the actor in a place again.
        written_actor: Actor,
        /// Reads the stance in a place again.
        written_stance: Stance,
        /// Reads the meeting in a place again.
        written_meeting: Meeting,
        /// Reads the tie in a place again.
        written_tie: Tie,
        /// Reads the fact in a place again.
        written_fact: Fact,
    }

    /// Reads the issue in a place again, without numbers that are not on its scale.
    pub fn written_issue(&self, place: Place) -> model::Issue<'_> {
        let mut issue: model::Issue<'_> = self.written(place);
        let scale = issue.scale.take();
        let is_on = |number: &f64| scale.as_ref().is_some_and(|scale| scale.holds(*number));
        (issue.status_quo, issue.outcome) =
            (issue.status_quo.filter(is_on), issue.outcome.filter(is_on));
        issue.scale = scale.map(|mut scale| {
            let marks = std::mem::take(&mut scale.marks.0);
            scale.marks.0 = marks
                .into_iter()
                .filter(|(number, _)| scale.holds(*number))
                .collect();
            scale
        });
        issue
    }

    /// Reads a meeting again. If it is shown with an earlier status, it has the evidence of that
    /// status and no outcome.
    pub fn written_meeting_as_told(&self, meeting: &Meeting) -> model::Meeting<'_> {
        let mut written = self.written_meeting(meeting.place);
        let earlier = match meeting.told() {
            Told::Present | Told::Later(_) | Told::Withdrawn(_) => None,
            Told::Earlier(nth) => written.earlier.get_mut(*nth as usize).map(std::mem::take),
            Told::OneOf(_) => Some(model::Earlier::default()),
        };
        if let Some(earlier) = earlier {
            (written.outcome, written.likelihood, written.note) =
                (Rare::default(), None, earlier.note);
            (written.quote, written.at, written.credibility) =
                (earlier.quote, earlier.at, earlier.credibility);
        }
        written
    }

    /// Reads a record again. A record that can't be read, such as one known only by its id, is
    /// empty.
    fn written<'a, T: crate::syntax::Read<'a> + Default>(&'a self, place: Place) -> T {
        let Some(text) = place.file.of(&self.texts) else {
            return T::default();
        };
        let (extensions, ..) = read_attributes(&text.text, place.file);
        let mut reader = Reader::new(
            &text.text,
            place.file,
            place.span.start as usize,
            extensions,
            &[],
        );
        reader.entry_value().unwrap_or_default()
    }
}
