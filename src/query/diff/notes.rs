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
    let names = [&*old.name, &new.name];
    let missing = [old, new].map(|version| missing(&version.view.graph));
    notes.extend(of_both(names, missing, |_, _| true));
    notes.extend(of_both(names, [before, after], |_, _| true));
    notes
}

/// Returns whether the other side has a note of the same kind, which says something else.
pub(super) fn is_on_both(note: &Note, others: &Notes) -> bool {
    others.iter().any(|other| other.kind == note.kind)
}

/// Returns the notes on both sides: those that are alike once, the others with the name of their
/// side if they need it, given the notes on the other side.
pub(super) fn of_both(
    [old, new]: [&str; 2],
    [before, after]: [Notes; 2],
    needs_name: fn(&Note, &Notes) -> bool,
) -> Notes {
    let of = |name: &str, note: &Note, others: &Notes| match needs_name(note, others) {
        true => Note {
            text: format!("{name}: {}", note.text),
            ..note.clone()
        },
        false => note.clone(),
    };
    let (alike, before_only): (Vec<&Note>, Vec<&Note>) =
        before.iter().partition(|note| after.contains(note));
    let after_only = after.iter().filter(|note| !before.contains(note));
    let alike = alike.into_iter().cloned();
    let before_only = before_only.into_iter().map(|note| of(old, note, &after));
    alike
        .chain(before_only)
        .chain(after_only.map(|note| of(new, note, &before)))
        .collect()
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
