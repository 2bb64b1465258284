//! Records, and half a graph: what there is, once what is wrong is left out.

use std::collections::{BTreeMap, BTreeSet};

use demarche::model::{
    Actor, Earlier, Fact, Issue, Meeting, MeetingStatus, Position, Record, Source, Split, Stance,
    Tie, TieKind, read,
};
use demarche::syntax::OneOrMany;
use demarche::text::FileId;

use crate::days::{Days, earliest, latest};
use crate::rules::when;

/// Where a record stands: the file, and the line from 1.
pub(crate) type At = (usize, usize);

/// A graph as the contract has it: ids are names still.
#[derive(Clone, Default)]
pub(crate) struct Graph<'a> {
    pub(crate) sources: BTreeMap<String, Source<'a>>,
    pub(crate) actors: BTreeMap<String, Actor<'a>>,
    pub(crate) issues: BTreeMap<String, Issue<'a>>,
    pub(crate) stances: Vec<(At, Stance<'a>)>,
    pub(crate) meetings: BTreeMap<String, Met<'a>>,
    pub(crate) ties: Vec<(At, Tie<'a>)>,
    pub(crate) facts: BTreeMap<String, Fact<'a>>,
    /// The statements that were withdrawn (E2); `stances` has them no more.
    pub(crate) withdrawn: Vec<(At, Stance<'a>)>,
}

/// A meeting, and whether its status is known (T5).
#[derive(Clone)]
pub(crate) struct Met<'a> {
    pub(crate) record: Meeting<'a>,
    pub(crate) status_is_known: bool,
    /// Whether what it says of the present is admitted; else only some of its `earlier` entries are.
    pub(crate) present: bool,
}

/// Ids, as strings.
pub(crate) fn ids<'s>(list: &'s OneOrMany<'_>) -> Vec<&'s str> {
    list.as_slice().iter().map(|id| &**id).collect()
}

/// Reads the files of a graph, and leaves out what is wrong.
pub(crate) fn graph<'a>(files: &[&'a str]) -> Graph<'a> {
    let mut graph = Graph::default();
    for (nth, text) in files.iter().enumerate() {
        read(text, FileId::default(), Split::default(), |entry| {
            let start = entry.place.span.start as usize;
            let at = (nth, 1 + text[..start].matches('\n').count());
            let id = entry.id.as_deref().unwrap_or_default().to_owned();
            match &mut entry.record {
                Record::Source(record) => drop(graph.sources.insert(id, std::mem::take(record))),
                Record::Actor(record) => drop(graph.actors.insert(id, std::mem::take(record))),
                Record::Issue(record) => drop(graph.issues.insert(id, std::mem::take(record))),
                Record::Meeting(record) => {
                    let record = std::mem::take(record);
                    graph.meetings.insert(
                        id,
                        Met {
                            record,
                            status_is_known: true,
                            present: true,
                        },
                    );
                }
                Record::Fact(record) => drop(graph.facts.insert(id, std::mem::take(record))),
                // H2: "A stance, tie or `earlier` entry with any error is left out whole".
                Record::Stance(record) if !entry.faulty => {
                    graph.stances.push((at, std::mem::take(record)))
                }
                Record::Tie(record) if !entry.faulty => {
                    graph.ties.push((at, std::mem::take(record)))
                }
                _ => {}
            }
        });
    }
    h2_faulty_records(&mut graph);
    r3_short_forms(&mut graph);
    h2_circles(&mut graph);
    graph
}

/// H2: "A stance, tie or `earlier` entry with any error is left out whole … A record with an id of which something is wrong
/// stays, with what is right of it; what is wrong is unknown, and no value is put in its place."
fn h2_faulty_records(graph: &mut Graph<'_>) {
    let whole = graph.clone();
    let actor = |id: &str| whole.actors.contains_key(id);
    let issue = |id: &str| whole.issues.contains_key(id);
    let source = |id: &str| whole.sources.contains_key(id);
    let all = |list: &OneOrMany<'_>, known: &dyn Fn(&str) -> bool| ids(list).into_iter().all(known);
    let one = |id: Option<&str>, known: &dyn Fn(&str) -> bool| id.is_none_or(known);
    let digit = |credibility: Option<u32>| credibility.is_none_or(|digit| (1..=6).contains(&digit));
    graph.stances.retain(|(_, stance)| {
        all(&stance.actor, &actor)
            && issue(&stance.issue)
            && all(&stance.toward, &actor)
            && one(stance.said_by.as_deref(), &actor)
            && all(&stance.source, &source)
            && one(stance.withdrawn_in.as_deref(), &source)
            && stance.depends_on.iter().all(|id| actor(id) || issue(id))
            && digit(stance.credibility)
            // "A `condition` without `position` is an error"; "`depends_on` (needs a `condition`)".
            && (stance.condition.is_none() || stance.position.is_some())
            && (stance.condition.is_some() || stance.depends_on.is_empty())
            && stance
                .salience
                .is_none_or(|salience| (0.0..=1.0).contains(&salience))
            && stance.power.is_none_or(|power| power >= 0.0)
            && (stance.position.is_some() || stance.salience.is_some())
            && stance
                .position
                .is_none_or(|position| fits(position, &whole.issues[&*stance.issue]))
    });
    graph.ties.retain(|(_, tie)| {
        actor(&tie.from)
            && actor(&tie.to)
            && tie.over.iter().all(|id| issue(id))
            && one(tie.said_by.as_deref(), &actor)
            && all(&tie.source, &source)
            && one(tie.withdrawn_in.as_deref(), &source)
            && digit(tie.credibility)
    });
    for record in graph.actors.values_mut() {
        record.speaks_for = ids(&record.speaks_for)
            .into_iter()
            .filter(|id| actor(id))
            .map(str::to_owned)
            .fold(OneOrMany::default(), |known, id| {
                OneOrMany::Many(
                    known
                        .as_slice()
                        .iter()
                        .cloned()
                        .chain([id.into()])
                        .collect(),
                )
            });
        record.members.retain(|id| actor(id));
    }
    for met in graph.meetings.values_mut() {
        let meeting = &mut met.record;
        meeting.participants.retain(|id| actor(id));
        meeting.invited.retain(|id| actor(id));
        meeting.declined.retain(|id| actor(id));
        meeting.topics.retain(|id| issue(id));
        meeting
            .earlier
            .retain(|earlier| all(&earlier.source, &source) && !t5_too_late(&whole, earlier));
        let held_too_late = meeting.status == MeetingStatus::Held
            && t5_later_than_told(&whole, meeting.date, &meeting.source);
        met.status_is_known = !held_too_late;
    }
}

/// "`Supports` and `Opposes` score 1 and -1, `Neutral` needs 3, Strongly… is an error."
fn fits(position: Position, issue: &Issue<'_>) -> bool {
    let levels = issue.levels.unwrap_or(5);
    match position {
        Position::StronglySupports | Position::StronglyOpposes => levels == 5,
        Position::Neutral => levels >= 3,
        Position::At(number) => issue.scale.as_ref().is_some_and(|scale| {
            let (low, high) = (scale.from.min(scale.to), scale.from.max(scale.to));
            (low..=high).contains(&number)
        }),
        Position::Supports | Position::Opposes | Position::Mixed => true,
    }
}

fn t5_too_late(graph: &Graph<'_>, earlier: &Earlier<'_>) -> bool {
    earlier.status == MeetingStatus::Held
        && t5_later_than_told(graph, earlier.date, &earlier.source)
}

/// T5: "A source may tell of what is dated one day after it … Later still: … what was held, an error, and the status is
/// unknown." Of several sources one that can tell of it is enough.
fn t5_later_than_told(
    graph: &Graph<'_>,
    date: Option<demarche::model::Date>,
    sources: &OneOrMany<'_>,
) -> bool {
    let Some(date) = date else { return false };
    let sources = ids(sources);
    let told = |id: &&str| {
        graph
            .sources
            .get(*id)
            .and_then(|source| source.date)
            .is_none_or(|told| earliest(date) <= latest(told) + 1)
    };
    !sources.is_empty() && !sources.iter().any(told)
}

/// R3: "`speaks_for` and `members` are short forms of ties without dates and mean the same in every answer."
fn r3_short_forms(graph: &mut Graph<'_>) {
    let mut short = Vec::new();
    for (id, actor) in &graph.actors {
        let tie = |from: &str, to: &str, kind| Tie {
            from: from.to_owned().into(),
            to: to.to_owned().into(),
            kind,
            ..Tie::default()
        };
        short.extend(
            ids(&actor.speaks_for)
                .into_iter()
                .map(|whom| tie(id, whom, TieKind::SpeaksFor)),
        );
        short.extend(
            actor
                .members
                .iter()
                .map(|member| tie(member, id, TieKind::Member)),
        );
    }
    graph
        .ties
        .extend(short.into_iter().map(|tie| ((0, 0), tie)));
}

/// H2: "Of a circle all links are left out."
fn h2_circles(graph: &mut Graph<'_>) {
    let via: Vec<(String, String)> = graph
        .sources
        .iter()
        .flat_map(|(id, source)| {
            ids(&source.via)
                .into_iter()
                .map(|via| (id.clone(), via.to_owned()))
        })
        .collect();
    for (id, source) in &mut graph.sources {
        let kept = ids(&source.via)
            .into_iter()
            .filter(|to| !reaches(&via, to, id))
            .map(|id| id.to_owned().into());
        source.via = OneOrMany::Many(kept.collect());
    }
    let withdrawals: Vec<(String, String)> = graph
        .sources
        .iter()
        .filter_map(|(id, source)| Some((id.clone(), source.withdrawn_in.as_deref()?.to_owned())))
        .collect();
    for (id, source) in &mut graph.sources {
        let by = source.withdrawn_in.as_deref();
        if by.is_some_and(|by| reaches(&withdrawals, by, id)) {
            source.withdrawn_in = Default::default();
        }
    }
    // Of ties, those that hold on one day: W4, "in a chain, the days on which all its ties hold".
    for kind in [TieKind::SpeaksFor, TieKind::Member] {
        let ties: Vec<Tie<'_>> = graph
            .ties
            .iter()
            .filter(|(_, tie)| tie.kind == kind)
            .map(|(_, tie)| tie.clone())
            .collect();
        let leads_back_on = |tie: &Tie<'_>, day: &Days| {
            let holds = |tie: &&Tie<'_>| when::r3_tie_holds(tie).has_all_of(day);
            let links: Vec<(String, String)> = ties
                .iter()
                .filter(holds)
                .map(|tie| (tie.from.to_string(), tie.to.to_string()))
                .collect();
            holds(&tie) && reaches(&links, &tie.to, &tie.from)
        };
        // Where ties have a day in common, one of them begins on the first such day.
        let days: Vec<Days> = ties
            .iter()
            .map(|tie| tie.since.map_or(i64::MIN / 2, earliest))
            .map(|day| Days::span(day, day))
            .collect();
        graph
            .ties
            .retain(|(_, tie)| tie.kind != kind || !days.iter().any(|day| leads_back_on(tie, day)));
    }
}

/// Whether links lead from one to the other; to itself always.
fn reaches(links: &[(String, String)], from: &str, to: &str) -> bool {
    let mut seen = BTreeSet::from([from.to_owned()]);
    loop {
        let more: Vec<String> = links
            .iter()
            .filter(|(start, end)| seen.contains(start) && !seen.contains(end))
            .map(|(_, end)| end.clone())
            .collect();
        if more.is_empty() {
            return seen.contains(to);
        }
        seen.extend(more);
    }
}

impl Graph<'_> {
    /// Every day on which an answer may change: where a date begins, ends, or is over.
    pub(crate) fn turning_days(&self) -> Vec<i64> {
        let mut days = BTreeSet::new();
        let mut add = |date: Option<demarche::model::Date>| {
            if let Some(date) = date {
                days.extend([
                    earliest(date) - 1,
                    earliest(date),
                    latest(date),
                    latest(date) + 1,
                ]);
            }
        };
        for source in self.sources.values() {
            add(source.date);
        }
        for (_, stance) in &self.stances {
            add(stance.date);
            add(stance.until);
            add(when::t1_date(self, stance));
        }
        for (_, tie) in &self.ties {
            add(tie.since);
            add(tie.until);
        }
        for met in self.meetings.values() {
            add(met.record.date);
            add(met.record.on);
        }
        days.into_iter().collect()
    }
}
