//! What an answer does not rest on and leaves open: the notes below every answer from a graph that was restricted, and from
//! statements whose dates do not settle whether they were made in time.

mod dates;

use crate::graph::{Entity, Fate, Graph, Lens, MeetingId, Omitted, Reason, Restriction, SourceId};
use crate::model::Day;
use crate::query::rows::distinct;
use crate::query::{Answer, Evidence};
use crate::words::{by_number, counted, joined};

/// So many are named.
const MOST: usize = 5;

/// What the restriction left out, in sentences.
pub fn left_out(
    graph: &Graph,
    lens: Lens,
    restriction: &Restriction,
    omitted: &Omitted,
) -> Vec<String> {
    let mut notes = Vec::new();
    let without = || {
        joined(
            restriction
                .without
                .iter()
                .map(|id| graph.sources[id.index()].id.as_ref()),
        )
    };
    let reasons = distinct(omitted.counts.keys().map(|(reason, _)| *reason));
    for reason in reasons {
        let of = omitted.counts.iter().filter(|((why, _), _)| *why == reason);
        let all = of.clone().map(|(_, count)| count).sum();
        let counts: Vec<String> = of
            .map(|((_, section), count)| {
                counted(*count, section.strip_suffix('s').unwrap_or(section))
            })
            .collect();
        notes.push(format!(
            "Left out of the graph: {}, {}.",
            joined(&counts),
            because(reason, all, restriction, &without())
        ));
    }
    if lens.min_sources > 0 {
        let weak = |footings: &[crate::graph::Footing]| {
            footings
                .iter()
                .any(|footing| footing.fate == Fate::FewSources)
        };
        let positions = graph
            .positions(lens, |_, _| true)
            .into_values()
            .filter(|standing| weak(&standing.footings))
            .count();
        if positions > 0 {
            let least = counted(lens.min_sources, "source");
            notes.push(format!(
                "Left out: what fewer than {least} say independently, of {}.",
                counted(positions, "position")
            ));
        }
    }
    notes
}

/// What the dates behind an answer leave open.
pub fn left_open(
    graph: &Graph,
    lens: Lens,
    restriction: &Restriction,
    omitted: &Omitted,
    answer: &Answer,
) -> Vec<String> {
    let mut notes = dates::of_statements(graph, lens, answer);
    notes.extend(sources_left_open(graph, restriction, omitted));
    let day = restriction.day.unwrap_or(lens.day);
    notes.extend(dates::of_ties_and_facts(graph, day, answer));
    let titles = |ids: &[MeetingId]| {
        let mut ids: Vec<MeetingId> = ids
            .iter()
            .copied()
            .filter(|id| shows(graph, answer, *id))
            .collect();
        ids.sort_by_key(|id| &graph.meetings[id.index()].id);
        let title = |id: &MeetingId| {
            format!(
                "“{}” ({})",
                graph.meetings[id.index()].title,
                graph.meetings[id.index()].status_words()
            )
        };
        named(&ids, title)
    };
    // What is told as recorded, as on a timeline, is as open as what is told as of a day.
    let as_recorded = || dates::of_meetings(graph, day);
    let uncertain = match restriction.day {
        Some(_) => titles(&omitted.uncertain),
        None => titles(&as_recorded()),
    };
    let unrecorded = match restriction.day {
        Some(_) => titles(&omitted.unrecorded),
        None => String::new(),
    };
    if !uncertain.is_empty() {
        notes.push(format!(
            "Whether it was so by {day} is open, by its date: {uncertain}."
        ));
    }
    if !unrecorded.is_empty() {
        notes.push(format!("When that was set is not recorded: {unrecorded}."));
    }
    notes
}

/// Whether a meeting is in an answer.
fn shows(graph: &Graph, answer: &Answer, id: MeetingId) -> bool {
    let mut rows = answer.sections.iter().flat_map(|section| &section.rows);
    let place = Some(graph.meetings[id.index()].place);
    rows.any(|row| {
        row.place == place || row.evidence.contains(&Evidence::Thing(Entity::Meeting(id)))
    })
}

fn sources_left_open(
    graph: &Graph,
    restriction: &Restriction,
    omitted: &Omitted,
) -> Option<String> {
    let known_by = restriction
        .known_by
        .filter(|_| !omitted.perhaps_known.is_empty())?;
    let dated = |id: &SourceId| {
        let source = &graph.sources[id.index()];
        format!(
            "{} ({})",
            source.id,
            source.date.map_or(String::new(), |date| date.to_string())
        )
    };
    Some(format!(
        "Whether it was out by {known_by} is open: {}.",
        named(&omitted.perhaps_known, dated)
    ))
}

fn named<T>(things: &[T], name: impl Fn(&T) -> String) -> String {
    let mut names: Vec<String> = things.iter().take(MOST).map(name).collect();
    if things.len() > MOST {
        names.push(format!("{} more", things.len() - MOST));
    }
    joined(&names)
}

/// Why so many records are left out.
fn because(reason: Reason, records: usize, restriction: &Restriction, without: &str) -> String {
    let day = |day: Option<Day>| day.map_or(String::new(), |day| day.to_string());
    match reason {
        Reason::Excluded => {
            let rest = by_number(records, "rests", "rest");
            format!("which {rest} on {without} alone")
        }
        Reason::LaterSource => format!(
            "whose sources are dated after {}",
            day(restriction.known_by)
        ),
        Reason::Undated => {
            format!(
                "without a dated source: whether {} known by {} can't be told",
                by_number(records, "it was", "they were"),
                day(restriction.known_by)
            )
        }
        Reason::Grade => {
            format!(
                "graded lower than {} or not at all",
                restriction
                    .min_grade
                    .map_or(String::new(), |grade| grade.to_string())
            )
        }
        Reason::FewSources => format!(
            "which fewer than {} say",
            counted(restriction.min_sources, "independent source")
        ),
        Reason::Later => format!("not yet there on {}", day(restriction.day)),
        Reason::Over => format!("over by {}", day(restriction.day)),
    }
}

/// The answer where a thing is asked for that the restriction left out; none where it never was in the graph.
pub fn gone(omitted: &Omitted, restriction: &Restriction, name: &str) -> Option<Answer> {
    let asked = crate::words::folded(name);
    let (_, title) = omitted.gone.iter().find(|(id, title)| {
        [id, title]
            .iter()
            .any(|known| crate::words::folded(known) == asked)
    })?;
    let mut limits: Vec<String> = Vec::new();
    limits.extend(restriction.day.map(|day| format!("as of {day}")));
    limits.extend(restriction.known_by.map(|day| format!("known by {day}")));
    let limits = if limits.is_empty() {
        "under the evidence asked for".to_owned()
    } else {
        joined(&limits)
    };
    Some(Answer {
        title: title.to_string(),
        notes: vec![format!("Nothing is known of it {limits}.")],
        ..Answer::default()
    })
}
