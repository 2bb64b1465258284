//! What the comparison leaves out and open, on each side.

use crate::query::caveats::left_out;
use crate::query::diff::Version;
use crate::query::missing;
use crate::query::{Answer, Evidence};

/// What both sides leave out: what could not be read, and what was not asked for.
pub(super) fn left_out_of_both(old: &Version, new: &Version) -> Vec<String> {
    let mut notes: Vec<String> = [old, new].into_iter().filter_map(mistakes).collect();
    let other_day = old.view.restriction.day != new.view.restriction.day;
    let [before, after] = [old, new].map(|version| {
        let view = &version.view;
        let mut omitted = view.omitted.clone();
        // What was not yet there on one of two days, or over, is what is asked about.
        omitted
            .counts
            .retain(|(reason, _), _| !(other_day && reason.is_of_time()));
        left_out(&view.graph, view.lens, &view.restriction, &omitted)
    });
    for [before, after] in [
        [old, new].map(|version| missing(&version.view.graph)),
        [before, after],
    ] {
        if before == after {
            notes.extend(before);
        } else {
            notes.extend(before.iter().map(|note| format!("{}: {note}", old.name)));
            notes.extend(after.iter().map(|note| format!("{}: {note}", new.name)));
        }
    }
    notes
}

fn mistakes(version: &Version) -> Option<String> {
    let mistakes = match version.mistakes {
        0 => return None,
        1 => "is 1 mistake".to_owned(),
        many => format!("are {many} mistakes"),
    };
    Some(format!(
        "There {mistakes} in {}: what can't be read there counts as not there.",
        version.name
    ))
}

/// The evidence of an answer that passes a test.
pub(super) fn resting_on(answer: &Answer, wanted: impl Fn(Evidence) -> bool) -> Answer {
    let mut part = answer.clone();
    for row in part
        .sections
        .iter_mut()
        .flat_map(|section| &mut section.rows)
    {
        row.evidence.retain(|evidence| wanted(*evidence));
        row.place = None;
    }
    part
}
