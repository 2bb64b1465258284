//! What the comparison leaves out and leaves open, on each side.

use crate::query::caveats::left_out;
use crate::query::diff::Version;
use crate::query::missing;
use crate::query::{Note, Notes, TieUse};

/// Notes what both sides leave out: what could not be read, and what was not asked for.
pub(super) fn left_out_of_both(old: &Version, new: &Version) -> Notes {
    let mut notes: Notes = [old, new].into_iter().filter_map(mistakes).collect();
    let other_day = old.view.restriction.day != new.view.restriction.day;
    let [before, after] = [old, new].map(|version| {
        let view = &version.view;
        let mut omitted = view.omitted.clone();
        // When two days are compared, what did not exist yet or was over on one of them is the
        // question itself.
        omitted
            .counts
            .retain(|(reason, _), _| !(other_day && reason.is_of_time()));
        left_out(
            &view.graph,
            view.lens,
            &view.restriction,
            &omitted,
            TieUse::Used,
        )
    });
    for [before, after] in [
        [old, new].map(|version| missing(&version.view.graph)),
        [before, after],
    ] {
        if before == after {
            notes.extend(before);
        } else {
            notes.extend(before.into_iter().map(|note| of(old, note)));
            notes.extend(after.into_iter().map(|note| of(new, note)));
        }
    }
    notes
}

/// Marks a note as about one side only.
fn of(version: &Version, note: Note) -> Note {
    Note {
        text: format!("{}: {}", version.name, note.text),
        ..note
    }
}

fn mistakes(version: &Version) -> Option<Note> {
    let mistakes = match version.mistakes {
        0 => return None,
        1 => "is 1 mistake".to_owned(),
        many => format!("are {many} mistakes"),
    };
    let text = format!(
        "There {mistakes} in {}: what can't be read is treated as not there.",
        version.name
    );
    Some(Note::new("mistakes", text).of(version.mistakes))
}
