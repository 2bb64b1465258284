//! What an answer does not rest on, and what it leaves open: the notes below every answer from a
//! restricted graph, and from statements whose dates leave open whether they were made in time.

mod dates;

use std::collections::HashSet;

use crate::graph::{
    Entity, Fate, Graph, IssueId, Lens, MeetingId, Offers, Omitted, Reason, Restriction, Selection,
    SourceId, Words,
};
use crate::model::{Date, Day, MeetingKind, Period};
use crate::query::counted::some;
use crate::query::rows::distinct;
use crate::query::{
    Answer, Cell, Evidence, Kind, Note, Notes, TieUse, View, answer, first_rows, lookup,
};
use crate::query::{scope, status};
use crate::text::Place;
use crate::words::{by_number, counted, either, first_few, folded, joined};

/// The number of things named in a note before the rest is summed up.
const MOST: usize = 5;
/// The same of meetings in a picture, where each stands with its date.
const PRINTED: usize = 2;

/// The parts of an answer that notes depend on.
#[derive(Debug)]
pub struct Shown {
    title: String,
    /// The records that its rows rest on.
    evidence: Vec<Evidence>,
    /// The locations of the records that its rows show; collected only if the graph has meetings.
    places: HashSet<Place>,
    /// The issues that its cells name; collected only if a speaker may be out of office.
    issues: Vec<IssueId>,
    /// The most meetings that a note names.
    named: usize,
}

impl Shown {
    /// Collects what an answer shows.
    pub fn of(graph: &Graph, answer: &dyn Answer) -> Shown {
        let wants_issues = graph.voices().are_dated();
        let has_meetings = !graph.meetings.is_empty();
        let mut shown = Shown {
            title: answer.title().to_owned(),
            evidence: Vec::new(),
            places: HashSet::new(),
            issues: Vec::new(),
            named: MOST,
        };
        for section in answer.sections() {
            let matrix = section.matrix.into_iter();
            shown
                .evidence
                .extend(matrix.flat_map(|matrix| &matrix.evidence));
            for (cells, behind) in first_rows(section.rows, section.rows.count()) {
                shown.evidence.extend(&behind.evidence);
                shown.places.extend(behind.place.filter(|_| has_meetings));
                if wants_issues {
                    let cells = cells.into_iter();
                    shown.issues.extend(cells.filter_map(|cell| match cell {
                        Cell::Thing(entity) => entity.issue(),
                        _ => None,
                    }));
                }
            }
        }
        shown
    }

    /// Keeps only the evidence that is wanted, and drops the records shown.
    pub(super) fn keep(&mut self, wanted: impl Fn(Evidence) -> bool) {
        self.evidence.retain(|evidence| wanted(*evidence));
        self.places.clear();
    }
}

/// Notes what the restriction left out of the graph. Ties left out because of the day are mentioned
/// only to answers that use ties.
pub fn left_out(
    graph: &Graph,
    lens: Lens,
    restriction: &Restriction,
    omitted: &Omitted,
    ties: TieUse,
) -> Notes {
    let mut notes = Notes::default();
    notes.extend(selected(graph, &restriction.selection));
    let without = || joined(restriction.without.iter().map(|id| graph[*id].id.as_ref()));
    let concerns = |(reason, section): &(Reason, &str)| {
        !(reason.is_of_time() && *section == "ties" && ties == TieUse::Unused)
    };
    let counts = omitted.counts.iter().filter(|(what, _)| concerns(what));
    let reasons = distinct(counts.clone().map(|((reason, _), _)| *reason));
    for reason in reasons {
        let of = counts.clone().filter(|((why, _), _)| *why == reason);
        let total = of.clone().map(|(_, count)| count).sum();
        let counts: Vec<String> = of
            .map(|((_, section), count)| {
                counted(*count, section.strip_suffix('s').unwrap_or(section))
            })
            .collect();
        let text = match reason {
            Reason::Withdrawn => {
                format!("Withdrawn, so counted on no day: {}.", joined(&counts))
            }
            _ => format!(
                "Left out of the graph: {}, {}.",
                joined(&counts),
                because(reason, total, restriction, &without())
            ),
        };
        notes.push(Note::new(kind(reason), text).of(total));
    }
    notes.extend(own_words(graph, lens));
    notes.extend(offers_in_place(graph, lens));
    if lens.min_sources > 0 {
        let weak = |footings: &[crate::graph::Footing]| {
            footings
                .iter()
                .any(|footing| footing.fate == Fate::FewSources)
        };
        let positions = graph
            .positions(lens, |actor, issue| graph.scope().has(actor, issue))
            .into_values()
            .filter(|standing| weak(&standing.footings))
            .count();
        if positions > 0 {
            let least = counted(lens.min_sources, "independent source");
            let text = format!(
                "Left out of the graph: what fewer than {least} say of {}.",
                counted(positions, "position")
            );
            notes.push(Note::new("few_sources", text).of(positions));
        }
    }
    notes
}

/// Notes what only own words and meetings leave out.
fn own_words(graph: &Graph, lens: Lens) -> Option<Note> {
    if lens.words != Words::Own {
        return None;
    }
    let stances = graph.stances.iter();
    let spoken = stances.filter(|stance| scope::is_spoken(graph, lens, stance));
    let met = graph.meetings();
    let met = met.filter(|(_, meeting)| scope::is_met_for(graph, meeting));
    let (spoken, met) = (spoken.count(), met.count());
    let (statements, meetings) = (counted(spoken, "statement"), counted(met, "meeting"));
    let text = match (spoken, met) {
        (0, 0) => return None,
        (_, 0) => format!("what somebody says counts for nobody else: {statements}"),
        (0, _) => format!("whom somebody meets counts for nobody else: {meetings}"),
        _ => format!(
            "what somebody says, and whom somebody meets, counts for nobody else: {statements}, {meetings}"
        ),
    };
    Some(Note::new("own_words", format!("With `--own`, {text}.")).of(spoken + met))
}

/// Names the offers that stand in place of positions.
fn offers_in_place(graph: &Graph, lens: Lens) -> Option<Note> {
    if lens.offers != Offers::InPlace || graph.stances.iter().all(|one| one.condition().is_none()) {
        return None;
    }
    let positions = graph.positions(lens, |actor, issue| graph.scope().has(actor, issue));
    let mut offers = Vec::new();
    for ((actor, issue), standing) in positions {
        let made = graph.offers_in_place(&standing).into_iter();
        let (actor, issue) = (&graph[actor].name, &graph[issue].name);
        offers.extend(made.map(|offer| format!("{actor} {} (on {issue})", offer.words())));
    }
    let text = format!(
        "With `--offers`, these stand in place of positions: {}.",
        some(&offers)
    );
    (!offers.is_empty()).then(|| Note::new("offers_in_place", text).of(offers.len()))
}

/// Notes whom and what the answer is about, if that is not everything.
fn selected(graph: &Graph, selection: &Selection) -> Option<Note> {
    let Selection {
        tags,
        meeting_kinds,
        period,
        ..
    } = selection;
    let scope = graph.scope();
    let part = |chosen: bool, some: usize, all: usize, what: &str| {
        chosen.then(|| format!("{some} of {}", counted(all, what)))
    };
    let records = [
        part(
            scope.chooses_actors(),
            scope.actors(graph).count(),
            graph.actors.len(),
            "actor",
        ),
        part(
            scope.chooses_issues(),
            scope.issues(graph).count(),
            graph.issues.len(),
            "issue",
        ),
        (!tags.is_empty()).then(|| format!("what is tagged {}", either(tags))),
        (!meeting_kinds.is_empty()).then(|| format!("meetings {}", of_kinds(meeting_kinds))),
    ];
    let mut parts: Vec<String> = records.into_iter().flatten().collect();
    let kind = match parts.is_empty() {
        true => "period",
        false => "selection",
    };
    parts.splice(..0, period.map(of_period));
    (!parts.is_empty()).then(|| Note::new(kind, format!("Selected: {}.", parts.join("; "))))
}

/// Returns the words for being of one of these kinds.
fn of_kinds(kinds: &[MeetingKind]) -> String {
    format!("of kind {}", either(kinds.iter().map(|kind| kind.word())))
}

/// Writes a period as short as it can be: `of 2006`, `of 2006-03`, else with its days.
fn of_period(period: Period) -> String {
    let (year, month, _) = period.from.calendar();
    let whole = [format!("{year:04}"), format!("{year:04}-{month:02}")];
    let whole = whole.into_iter().find(|whole| {
        let date = Date::of_text(whole);
        date.is_ok_and(|date| date.period() == period)
    });
    whole.map_or_else(|| in_words(period), |whole| format!("of {whole}"))
}

/// Notes what the dates behind an answer leave open.
pub fn left_open(
    graph: &Graph,
    lens: Lens,
    restriction: &Restriction,
    omitted: &Omitted,
    answer: &Shown,
) -> Notes {
    let mut notes = dates::of_statements(graph, lens, answer);
    notes.extend(sources_left_open(graph, restriction, omitted));
    let day = restriction.day.unwrap_or(lens.day);
    notes.extend(dates::of_ties_and_facts(graph, day, answer));
    notes.extend(
        restriction
            .selection
            .period
            .and_then(|period| dates::partly_within(graph, period, answer)),
    );
    notes.extend(meetings_left_open(graph, day, restriction, omitted, answer));
    notes
}

/// Notes the meetings behind an answer of which a source withdrew a status, or whose status may not
/// have been set by the day, or was set on a day that is not recorded.
fn meetings_left_open(
    graph: &Graph,
    day: Day,
    restriction: &Restriction,
    omitted: &Omitted,
    answer: &Shown,
) -> Notes {
    let mut notes = Notes::default();
    let meetings = answer
        .evidence
        .iter()
        .filter_map(|evidence| match evidence {
            Evidence::Thing(Entity::Meeting(id)) => Some(*id),
            _ => None,
        });
    let rests_on: HashSet<MeetingId> = meetings.collect();
    let is_shown =
        |id: &MeetingId| answer.places.contains(&graph[*id].place) || rests_on.contains(id);
    let titles = |mut ids: Vec<MeetingId>| {
        ids.retain(is_shown);
        ids.sort_by_key(|id| &graph[*id].id);
        let title = |id: &MeetingId| {
            let meeting = &graph[*id];
            let lost = match meeting.lost_day_set() {
                true => ", on a date that can't be read",
                false => "",
            };
            format!("“{}” ({}{lost})", meeting.title, meeting.status_words())
        };
        joined(first_few(&ids, answer.named, title))
    };
    // What is shown as recorded, as on a timeline, is as uncertain as what is shown as of a day.
    let uncertain = titles(match restriction.day {
        Some(_) => omitted.uncertain.clone(),
        None => dates::of_meetings(graph, day),
    });
    let ids = MeetingId::all(graph).filter(|id| graph[*id].day_set().is_none());
    let unrecorded = titles(ids.collect());
    let withdrawn = MeetingId::all(graph)
        .filter(|id| is_shown(id) && !graph[*id].withdrawn().is_empty())
        .map(|id| {
            let meeting = &graph[id];
            let statuses = status::withdrawn_statuses(graph, meeting);
            let words = statuses.iter().map(|word| word.words.as_ref());
            format!(
                "“{}” ({})",
                meeting.title,
                words.collect::<Vec<&str>>().join("; ")
            )
        });
    let withdrawn: Vec<String> = withdrawn.collect();
    if !withdrawn.is_empty() {
        let text = format!(
            "A source withdrew a status of these meetings: {}.",
            named(&withdrawn, String::clone)
        );
        notes.push(Note::new("status_withdrawn", text).of(withdrawn.len()));
    }
    if !uncertain.is_empty() {
        let text = format!("By their dates, these may be later than {day}: {uncertain}.");
        notes.push(Note::new("open_by_date", text));
    }
    if !unrecorded.is_empty() {
        let text = format!("When their status was set is not recorded: {unrecorded}.");
        notes.push(Note::new("not_recorded", text));
    }
    notes
}

fn sources_left_open(graph: &Graph, restriction: &Restriction, omitted: &Omitted) -> Option<Note> {
    let known_by = restriction
        .known_by
        .filter(|_| !omitted.perhaps_known.is_empty())?;
    let dated = |id: &SourceId| {
        let source = &graph[*id];
        format!(
            "{} ({})",
            source.id,
            source.date.map_or(String::new(), |date| date.to_string())
        )
    };
    let text = format!(
        "These sources may not have been published by {known_by}: {}.",
        named(&omitted.perhaps_known, dated)
    );
    let sources = omitted.perhaps_known.iter().copied();
    Some(
        Note::new("perhaps_known", text)
            .of(omitted.perhaps_known.len())
            .about(sources.map(Entity::Source)),
    )
}

fn named<T>(things: &[T], name: impl Fn(&T) -> String) -> String {
    joined(first_few(things, MOST, name))
}

/// Returns the reason why records are left out, in words.
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
                "without a dated source: {} may not have been known by {}",
                by_number(records, "it", "they"),
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
        Reason::Untagged => format!("not tagged {}", either(&restriction.selection.tags)),
        Reason::OtherKind => format!("not {}", of_kinds(&restriction.selection.meeting_kinds)),
        Reason::Outside => format!(
            "with no day {}",
            restriction.selection.period.map_or(String::new(), in_words)
        ),
        Reason::NoDay => format!(
            "because {} a date",
            by_number(
                records,
                "neither it nor a source of it has",
                "neither they nor their sources have"
            )
        ),
        Reason::Withdrawn => "withdrawn".to_owned(),
        Reason::Later => format!("later than {}", day(restriction.day)),
        Reason::Over => format!("already over by {}", day(restriction.day)),
    }
}

/// What a view leaves out of a graph and may leave open, for the foot of a picture. By default,
/// nothing.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Limits {
    /// What is left out for other reasons than time, in sentences. Everything that is drawn tells
    /// its days anyway.
    pub cuts: Vec<String>,
    asked: Option<(Lens, Restriction, Omitted)>,
}

impl Limits {
    /// Returns the limits of a view, given the notes on what it leaves out.
    pub fn of(view: &View, left_out: &Notes) -> Limits {
        let of_time = [Reason::Outside, Reason::Later, Reason::Over].map(kind);
        let notes = left_out.iter();
        let notes = notes.filter(|note| !of_time.contains(&note.kind) && note.kind != "period");
        Limits {
            cuts: notes.map(|note| note.text.clone()).collect(),
            asked: Some((view.lens, view.restriction.clone(), view.omitted.clone())),
        }
    }

    /// Says in sentences what these records leave open, as any answer that rests on them does.
    pub(crate) fn left_open(&self, graph: &Graph, evidence: Vec<Evidence>) -> Vec<String> {
        let Some((lens, restriction, omitted)) = &self.asked else {
            return Vec::new();
        };
        let issues = evidence.iter().filter_map(|evidence| match evidence {
            Evidence::Stance(id, _) => Some(graph[*id].issue),
            Evidence::Tie(_) | Evidence::Thing(_) => None,
        });
        let shown = Shown {
            title: String::new(),
            issues: issues.collect(),
            evidence,
            places: HashSet::new(),
            named: PRINTED,
        };
        let notes = left_open(graph, *lens, restriction, omitted, &shown);
        notes.into_iter().map(|note| note.text).collect()
    }
}

/// Writes a period in words.
fn in_words(period: Period) -> String {
    let Period { from, to } = period;
    match (from, to) {
        (from, Day::LAST) => format!("from {from} on"),
        (Day::FIRST, to) => format!("up to {to}"),
        (from, to) => format!("from {from} to {to}"),
    }
}

/// Returns the kind of the note that gives a reason for leaving something out.
fn kind(reason: Reason) -> &'static str {
    match reason {
        Reason::Excluded => "excluded",
        Reason::LaterSource => "later_source",
        Reason::Undated => "undated_source",
        Reason::Grade => "low_grade",
        Reason::FewSources => "few_sources",
        Reason::Untagged => "untagged",
        Reason::OtherKind => "other_kind",
        Reason::Outside => "outside",
        Reason::NoDay => "no_day",
        Reason::Withdrawn => "withdrawn",
        Reason::Later => "later",
        Reason::Over => "over",
    }
}

answer! {
    /// Something left out by the evidence asked for.
    pub struct Gone = "gone" {}
}

/// Returns the answer about a thing that the restriction left out of the graph, or `None` if the
/// thing was never in it, or if something that remains has the same name.
pub fn gone(
    graph: &Graph,
    omitted: &Omitted,
    restriction: &Restriction,
    name: &str,
) -> Option<Gone> {
    if graph.entity(name).is_some() {
        return None;
    }
    let by_id = omitted.gone.iter().find(|(id, _)| **id == *name);
    let asked = folded(name);
    let by_name = || {
        let mut gone = omitted.gone.iter();
        let is_left = lookup(graph, Kind::Any, name).is_ok();
        gone.find(|(id, title)| !is_left && [id, title].iter().any(|known| folded(known) == asked))
    };
    let (_, title) = by_id.or_else(by_name)?;
    let mut limits: Vec<String> = Vec::new();
    let ends = restriction.selection.period.map(|period| period.to);
    let day = restriction.day.filter(|day| Some(*day) != ends);
    limits.extend(day.map(|day| format!("as of {day}")));
    limits.extend(restriction.selection.period.map(in_words));
    let Selection {
        tags,
        meeting_kinds,
        ..
    } = &restriction.selection;
    limits.extend((!tags.is_empty()).then(|| format!("tagged {}", either(tags))));
    let of_kinds = || format!("among meetings {}", of_kinds(meeting_kinds));
    limits.extend((!meeting_kinds.is_empty()).then(of_kinds));
    limits.extend(restriction.known_by.map(|day| format!("known by {day}")));
    let limits = if limits.is_empty() {
        "under the evidence asked for".to_owned()
    } else {
        joined(&limits)
    };
    let text = format!("Nothing is known of it {limits}.");
    Some(Gone {
        title: title.to_string(),
        notes: Notes(vec![Note::new("gone", text)]),
    })
}
