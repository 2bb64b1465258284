//! Dates wider than a day, where an answer depends on them: whether something was made, or was
//! over, by the day asked for, and which of two statements is newer.

use std::collections::{BTreeSet, HashSet};

use crate::graph::{
    ActorId, Entity, FactId, Fate, Footing, Graph, IssueId, Lens, MeetingId, Office, StanceId,
    TieId, Words,
};
use crate::model::{Date, Day, Period};
use crate::query::caveats::{Shown, counted, named};
use crate::query::{Evidence, Note, Notes};
use crate::words::{first_few, joined};

/// Returns whether a date leaves open if something has begun by a day.
fn may_begin_later(date: Option<Date>, day: Day) -> bool {
    date.map(Date::period)
        .is_some_and(|period| period.from <= day && day < period.to)
}

/// Returns whether the date on which something ends leaves open if it is over by a day.
fn may_be_over(until: Option<Date>, day: Day) -> bool {
    until
        .map(Date::period)
        .is_some_and(|period| period.from < day && day <= period.to)
}

/// Notes what the dates of the statements in force behind an answer leave open.
pub(super) fn of_statements(graph: &Graph, lens: Lens, answer: &Shown) -> Notes {
    let with = |fates: &[Fate]| -> BTreeSet<StanceId> {
        let evidence = answer.evidence.iter();
        let of_stances = evidence.filter_map(|evidence| match evidence {
            Evidence::Stance(id, fate) if fates.contains(fate) => Some(*id),
            _ => None,
        });
        of_stances.collect()
    };
    // A statement that gives only a salience replaces no position, but adds weight.
    let counting = with(&[Fate::InForce, Fate::SalienceOnly]);
    let of = |id: &StanceId| &graph[*id];
    let note = |open: Vec<Date>, what: &str, such: &str| {
        let first = open.iter().min_by_key(|date| date.period())?;
        let statements = counted(open.len(), "statement");
        let text = format!(
            "Possibly {what} {}, by their dates: {statements} (such as one {such} {first}).",
            lens.day
        );
        Some((text, open.len()))
    };
    let made = counting.iter().filter_map(|id| graph.stance_date(of(id)));
    let later = made
        .filter(|date| may_begin_later(Some(*date), lens.day))
        .collect();
    let ends = counting.iter().filter_map(|id| of(id).until());
    let over = ends
        .filter(|date| may_be_over(Some(*date), lens.day))
        .collect();
    let notes = [
        offices(graph, lens, answer),
        note(later, "later than", "of")
            .map(|(text, count)| Note::new("possibly_later", text).of(count)),
        note(over, "over by", "until")
            .map(|(text, count)| Note::new("possibly_over", text).of(count)),
        undecided(graph, lens, &with(&[Fate::InForce])),
    ];
    notes.into_iter().flatten().collect()
}

/// Notes statements that count for an actor although their speaker perhaps did not speak for it
/// when they were made, and statements that count for nobody because their speaker spoke for
/// another too.
fn offices(graph: &Graph, lens: Lens, answer: &Shown) -> Option<Note> {
    let voices = graph.voices();
    if lens.words == Words::Own || !voices.are_dated() {
        return None;
    }
    let shown: BTreeSet<StanceId> = answer
        .evidence
        .iter()
        .filter_map(|evidence| match evidence {
            Evidence::Stance(id, _) => Some(*id),
            _ => None,
        })
        .collect();
    let is_told = |id: StanceId| {
        let issue = graph[id].issue;
        let name = graph[issue].name.as_ref();
        shown.contains(&id) || answer.title.contains(name) || answer.issues.contains(&issue)
    };
    let name = |id: ActorId| graph[id].name.as_ref();
    let (mut perhaps, mut elsewhere) = (Vec::new(), Vec::new());
    for id in StanceId::all(graph) {
        let stance = &graph[id];
        let speakers = stance.actors.as_slice().iter().copied();
        let speakers: Vec<ActorId> = speakers.chain(stance.said_by()).collect();
        if !speakers.iter().any(|one| voices.has_principals(*one)) {
            continue;
        }
        let date = graph.stance_date(stance);
        let of = speakers.iter().flat_map(|one| voices.ever(*one));
        for actor in of.collect::<BTreeSet<ActorId>>() {
            let Some(footing) = graph.footing(id, actor, date, lens.day) else {
                continue;
            };
            let by = stance.said_by().unwrap_or(footing.through);
            let on = graph[stance.issue].name.as_ref();
            let words = || format!("{} for {} on {on}", name(by), name(actor));
            match footing.fate {
                Fate::OtherOffice if is_told(id) => elsewhere.push(words()),
                Fate::InForce if footing.office == Office::Perhaps && shown.contains(&id) => {
                    perhaps.push(words());
                }
                _ => {}
            }
        }
    }
    let (mut notes, mut count): (Vec<String>, usize) = Default::default();
    for (what, mut words) in [
        ("Perhaps not in office when that was said", perhaps),
        (
            "Not counted, because the speaker also spoke for another then",
            elsewhere,
        ),
    ] {
        words.sort_unstable();
        words.dedup();
        count += words.len();
        if !words.is_empty() {
            notes.push(format!("{what}: {}.", named(&words, String::clone)));
        }
    }
    (!notes.is_empty()).then(|| Note::new("offices", notes.join(" ")).of(count))
}

/// Notes statements that say different things and both count only because their dates overlap, so
/// that neither is newer.
fn undecided(graph: &Graph, lens: Lens, shown: &BTreeSet<StanceId>) -> Option<Note> {
    let is_wide = |date: Date| date.period().from < date.period().to;
    let stance = |id: StanceId| &graph[id];
    let wide = shown
        .iter()
        .map(|id| stance(*id))
        .filter(|stance| graph.stance_date(stance).is_some_and(is_wide));
    let issues: HashSet<IssueId> = wide.map(|stance| stance.issue).collect();
    if issues.is_empty() {
        return None;
    }
    let mut noted: Vec<(StanceId, StanceId)> = Vec::new();
    let mut pairs: Vec<String> = Vec::new();
    for ((actor, issue), standing) in graph.positions(lens, |_, issue| issues.contains(&issue)) {
        let in_force: Vec<&Footing> = standing
            .in_force()
            .filter(|footing| shown.contains(&footing.stance))
            .collect();
        let differ = |a: &Footing, b: &Footing| {
            let dates = a.date.zip(b.date).filter(|(a, b)| a.period() != b.period());
            let (a, b) = (stance(a.stance), stance(b.stance));
            // Offers on different conditions stand beside each other, whatever their dates.
            dates.filter(|_| a.position != b.position && a.condition() == b.condition())
        };
        let each = in_force
            .iter()
            .enumerate()
            .flat_map(|(nth, a)| in_force[nth + 1..].iter().map(move |b| (*a, *b)));
        let Some((a, b, dates)) = each.filter_map(|(a, b)| Some((a, b, differ(a, b)?))).next()
        else {
            continue;
        };
        // A pair is listed once, even if it makes the positions of both a speaker and the one it
        // speaks for.
        if !noted.contains(&(a.stance, b.stance)) {
            noted.push((a.stance, b.stance));
            let names = (&graph[actor].name, &graph[issue].name);
            pairs.push(format!(
                "{} and {} ({} on {})",
                dates.1, dates.0, names.0, names.1
            ));
        }
    }
    (!pairs.is_empty()).then(|| {
        let text = format!(
            "By their dates neither is newer, so both count: {}.",
            named(&pairs, String::clone)
        );
        Note::new("neither_newer", text).of(pairs.len())
    })
}

/// Returns the meetings whose recorded status may have been set after a day, by its date.
pub(super) fn of_meetings(graph: &Graph, day: Day) -> Vec<MeetingId> {
    let is_open = |id: &MeetingId| {
        let meeting = &graph[*id];
        let set = graph.present_set_on(meeting, meeting.sources());
        meeting.status.is_some() && may_begin_later(set, day)
    };
    let all = MeetingId::all(graph);
    all.filter(is_open).collect()
}

/// Notes what the dates of the ties and facts behind an answer leave open.
pub(super) fn of_ties_and_facts(graph: &Graph, day: Day, answer: &Shown) -> Option<Note> {
    let ties: BTreeSet<TieId> = answer
        .evidence
        .iter()
        .filter_map(|evidence| {
            if let Evidence::Tie(id) = evidence {
                Some(*id)
            } else {
                None
            }
        })
        .collect();
    let facts: BTreeSet<FactId> = answer
        .evidence
        .iter()
        .filter_map(|evidence| {
            if let Evidence::Thing(Entity::Fact(id)) = evidence {
                Some(*id)
            } else {
                None
            }
        })
        .collect();
    let ties = ties.into_iter().map(|id| &graph[id]).filter(|tie| {
        may_begin_later(tie.since, day)
            || may_be_over(
                tie.until.filter(|until| matches!(until, Date::Single(_))),
                day,
            )
    });
    let facts = facts.into_iter().map(|id| &graph[id]);
    let facts = facts.filter(|fact| may_begin_later(graph.fact_date(fact), day));
    let name = |id: ActorId| graph[id].name.as_ref();
    let mut open: Vec<String> = ties
        .map(|tie| {
            format!(
                "{} – {} ({})",
                name(tie.from),
                name(tie.to),
                tie.kind.word()
            )
        })
        .collect();
    open.extend(facts.map(|fact| fact.id.to_string()));
    (!open.is_empty()).then(|| {
        let text = format!(
            "These may not have held on {day}, by their dates: {}.",
            named(&open, String::clone)
        );
        Note::new("open_by_date", text).of(open.len())
    })
}

/// Notes the statements, meetings and facts behind an answer that lie only partly within a period.
pub(super) fn partly_within(graph: &Graph, period: Period, answer: &Shown) -> Option<Note> {
    // A statement may be in force for one actor and not for another; count it once.
    let records = answer.evidence.iter().map(|evidence| match evidence {
        Evidence::Stance(id, _) => Evidence::Stance(*id, Fate::InForce),
        other => *other,
    });
    let records: HashSet<Evidence> = records.collect();
    let dates = records.into_iter().filter_map(|evidence| match evidence {
        Evidence::Stance(id, _) => graph.stance_date(&graph[id]),
        Evidence::Thing(Entity::Meeting(id)) => graph[id].date,
        Evidence::Thing(Entity::Fact(id)) => {
            let fact = &graph[id];
            graph.fact_date(fact)
        }
        Evidence::Tie(_) | Evidence::Thing(_) => None,
    });
    let sticks_out = |date: &Date| {
        let date = date.period();
        date.touch(period) && (date.from < period.from || date.to > period.to)
    };
    let mut open: Vec<Date> = dates.filter(sticks_out).collect();
    open.sort_unstable_by_key(|date| date.period());
    let first = joined(first_few(&open, 1, Date::to_string));
    let text = format!("Only partly within the dates asked for, and perhaps outside: {first}.");
    (!open.is_empty()).then(|| Note::new("partly_within", text).of(open.len()))
}
